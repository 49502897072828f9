//! A file that was read and checked but not yet kept.
//!
//! Reading knows nothing of the database, and writing happens in one transaction later; between the two stands this.

use chrono::NaiveDate;
use diesel::PgConnection;

use super::dataset::Scope;
use crate::error::Result;

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
    /// The line as it stood.
    pub raw: String,
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
