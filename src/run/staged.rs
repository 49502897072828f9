//! A file that was read and checked but not yet kept.
//!
//! Reading knows nothing of the database, and writing happens in one transaction later; between the two stands this.

use chrono::NaiveDate;
use diesel::PgConnection;

use super::dataset::Scope;
use crate::error::{Error, Result};
use crate::import::{FileError, Parsed, Source};

/// What writes the rows of a version, once the version has its number.
pub type Write = Box<dyn FnOnce(&mut PgConnection, i32) -> Result<()> + Send>;

/// A refused line with the file it stood in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    /// Name of the file.
    pub file: String,
    /// Line in the file, counted from 1.
    pub line: u64,
    /// Why, in one sentence.
    pub reason: String,
    /// The line, as far as it is held.
    pub raw: RawLine,
}

/// A refused line as it stood, or only its digest where nothing of it may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RawLine {
    /// The line.
    Whole(String),
    /// SHA-256 of the line, in hexadecimal digits.
    Digest(String),
}

/// Everything that one import is about to keep.
pub struct Staged {
    /// Layout that was recognised.
    pub layout: String,
    /// Data lines of all files.
    pub lines_read: u64,
    /// Rows that will be kept.
    pub rows: u64,
    /// Lines that will be refused.
    pub refused: Vec<RefusedLine>,
    /// What the reader noticed: unknown columns, unmapped codes.
    pub notes: Vec<String>,
    /// What the version will speak for.
    pub scopes: Vec<Scope>,
    /// First and last day of the rows.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// False for posts and requests: of them only line, reason and digest are kept.
    pub keep_raw: bool,
    /// Writes the rows.
    pub write: Write,
}

/// First and last of some days.
pub fn period(days: impl Iterator<Item = NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
    days.fold(None, |span, day| match span {
        None => Some((day, day)),
        Some((first, last)) => Some((first.min(day), last.max(day))),
    })
}

/// Several files of one dataset, read one after the other.
#[derive(Debug)]
pub struct Merged<R> {
    /// Layouts that were recognised, joined by "+".
    pub layout: String,
    /// All rows.
    pub rows: Vec<R>,
    /// All refused lines.
    pub refused: Vec<RefusedLine>,
    /// Data lines of all files.
    pub lines_read: u64,
    /// What was noticed, each note once.
    pub notes: Vec<String>,
}

/// Reads every file. The first that is refused whole refuses the import, by its name.
pub fn merge<R>(
    sources: &[Source],
    parse: impl Fn(&Source) -> std::result::Result<Parsed<R>, FileError>,
) -> Result<Merged<R>> {
    let mut merged =
        Merged { layout: String::new(), rows: Vec::new(), refused: Vec::new(), lines_read: 0, notes: Vec::new() };
    let mut layouts = Vec::new();
    for source in sources {
        let parsed = parse(source).map_err(|sentence| Error::bad_input(format!("{}: {sentence}", source.name)))?;
        if !layouts.contains(&parsed.layout) {
            layouts.push(parsed.layout);
        }
        merged.lines_read += parsed.lines_read;
        merged.rows.extend(parsed.rows.into_iter().map(|(_, row)| row));
        merged.refused.extend(parsed.refused.into_iter().map(|r| RefusedLine {
            file: source.name.clone(),
            line: r.line,
            reason: r.reason,
            raw: RawLine::Whole(r.raw),
        }));
        for note in parsed.notes {
            if !merged.notes.contains(&note) {
                merged.notes.push(note);
            }
        }
    }
    merged.layout = layouts.join("+");
    Ok(merged)
}

impl<R> Merged<R> {
    /// Ready to be kept: `write` gets the rows and the number of the version.
    pub fn stage(
        self,
        scopes: Vec<Scope>,
        period: Option<(NaiveDate, NaiveDate)>,
        write: impl FnOnce(&mut PgConnection, i32, Vec<R>) -> Result<()> + Send + 'static,
    ) -> Staged
    where
        R: Send + 'static,
    {
        let rows = self.rows;
        Staged {
            layout: self.layout,
            lines_read: self.lines_read,
            rows: rows.len() as u64,
            refused: self.refused,
            notes: self.notes,
            scopes,
            period,
            keep_raw: true,
            write: Box::new(move |conn, version| write(conn, version, rows)),
        }
    }
}
