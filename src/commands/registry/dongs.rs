//! Reads the boundaries and codes of dongs.

use diesel::PgConnection;

use super::{Files, merged};
use crate::dong::import::{self, DongFile};
use crate::dong::tables;
use crate::error::{Error, Result};
use crate::geo::DongDirectory;
use crate::import::{ReadOptions, Source};
use crate::run::dataset::Scope;
use crate::run::staged::Staged;

/// Reads the files of a dataset of this room; none where it is of another room.
pub(super) fn stage(_: &mut PgConnection, dataset: &str, files: Files<'_>) -> Result<Option<Staged>> {
    if dataset != "dongs" {
        return Ok(None);
    }
    dongs(files.sources, files.options, files.directory).map(Some)
}

fn dongs(sources: &[Source], options: &ReadOptions, directory: &DongDirectory) -> Result<Staged> {
    let [source] = sources else { return Err(Error::bad_input("Import one file of dongs at a time.")) };
    let file = import::parse(source, options, directory)
        .map_err(|sentence| Error::bad_input(format!("{}: {sentence}", source.name)))?;
    let snapshot = |scope: &str| Scope { scope: scope.to_owned(), days: None };
    match file {
        DongFile::Boundaries(parsed) => {
            let scopes = parsed.rows.iter().map(|(_, row)| snapshot(&row.code)).collect();
            Ok(merged(source, parsed)
                .stage(scopes, None, |conn, version, rows| tables::boundaries_store(conn, version, &rows)))
        }
        DongFile::Codes(parsed) => {
            Ok(merged(source, parsed).stage(vec![snapshot("code-table")], None, |conn, version, rows| {
                tables::codes_store(conn, version, &rows)
            }))
        }
    }
}
