//! Every dataset by name: what it is, who publishes it, how it is read and kept. The rooms beside read those of one
//! question each.

mod childcare;
mod dongs;
mod economy;
mod entries;
mod places;
mod wifi;

use diesel::PgConnection;

pub use self::entries::{ENTRIES, Entry, entry};
use crate::config::Settings;
use crate::dong::tables::directory;
use crate::error::{Error, Result};
use crate::geo::DongDirectory;
use crate::import::{Parsed, ReadOptions, Source};
use crate::run::staged::{Merged, RawLine, RefusedLine, Staged};

/// What is to be read, and how.
#[derive(Clone, Copy)]
struct Files<'a> {
    settings: &'a Settings,
    sources: &'a [Source],
    options: &'a ReadOptions,
    directory: &'a DongDirectory,
}

/// Reads the files of a dataset; nothing is kept yet.
pub fn stage(
    conn: &mut PgConnection,
    settings: &Settings,
    entry: &Entry,
    sources: &[Source],
    options: &ReadOptions,
) -> Result<Staged> {
    let directory = &directory(conn, &settings.district)?;
    let files = Files { settings, sources, options, directory };
    for read in [dongs::stage, economy::stage, childcare::stage, wifi::stage] {
        if let Some(staged) = read(conn, entry.dataset, files)? {
            return Ok(staged);
        }
    }
    Err(Error::internal(format!("the dataset {} has no reader", entry.dataset)))
}

/// One file in the form in which several are merged.
fn merged<R>(source: &Source, parsed: Parsed<R>) -> Merged<R> {
    let file = source.name.clone();
    Merged {
        layout: parsed.layout.to_owned(),
        rows: parsed.rows.into_iter().map(|(_, row)| row).collect(),
        refused: parsed
            .refused
            .into_iter()
            .map(|r| RefusedLine { file: file.clone(), line: r.line, reason: r.reason, raw: RawLine::Whole(r.raw) })
            .collect(),
        lines_read: parsed.lines_read,
        notes: parsed.notes,
    }
}

/// Korea has kept UTC+9 without summer time since 1988.
pub(super) fn seoul() -> chrono::FixedOffset {
    chrono::FixedOffset::east_opt(9 * 3600).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc))
}
