//! Reads public files: bytes in, rows with line numbers out.
//!
//! One reader for UTF-8 and CP949, CSV and workbooks, whatever the header is called. It knows nothing of the database
//! and keeps nothing; what a column means is said by each question's `import`. A bad row is refused with its line and
//! a reason and never stops the file; a file that is not what it claims is refused whole, with a sentence.

mod encoding;
pub mod geojson;
mod header;
mod lines;
mod table;
pub mod value;
mod workbook;

pub use encoding::Encoding;
pub use header::normalise as normalise_header;
pub use lines::{LONGEST_LINE, Line, LineSource};
pub use table::{Column, Row, Table};

use crate::geo::Crs;

/// One file as it was given.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name without the folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What the caller knows better than the reader.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Encoding, when the guess is wrong.
    pub encoding: Option<Encoding>,
    /// Reference system of the coordinates.
    pub crs: Option<Crs>,
    /// Property that holds the dong code in a boundary file.
    pub code_property: Option<String>,
    /// Won in one unit of the amounts.
    pub amount_unit: Option<i64>,
    /// Day of the data, for files that carry none.
    pub as_of: Option<chrono::NaiveDate>,
    /// First and last day that the file was to hold.
    pub period: (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>),
}

impl ReadOptions {
    /// Checks what was typed. The error is a sentence.
    pub fn parse(
        encoding: Option<&str>,
        crs: Option<&str>,
        code_property: Option<String>,
        amount_unit: Option<i64>,
        as_of: Option<chrono::NaiveDate>,
        period: (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>),
    ) -> Result<Self, String> {
        let encoding = encoding
            .map(|text| {
                Encoding::parse(text).ok_or_else(|| format!("--encoding is \"{text}\", but must be utf-8 or cp949."))
            })
            .transpose()?;
        let crs = crs
            .map(|text| {
                Crs::parse(text)
                    .ok_or_else(|| format!("--crs is \"{text}\", but must be EPSG:4326, 5179, 5181, 5186 or 5174."))
            })
            .transpose()?;
        if amount_unit.is_some_and(|unit| !(1..=1_000_000_000).contains(&unit)) {
            return Err("--amount-unit must be from 1 to 1,000,000,000 won.".to_owned());
        }
        if let (Some(from), Some(to)) = period
            && from > to
        {
            return Err(format!("--from {from} lies after --to {to}."));
        }
        Ok(Self { encoding, crs, code_property, amount_unit, as_of, period })
    }
}

/// Why a file is refused whole, as a sentence for the person who gave it.
pub type FileError = String;

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Line in the file, counted from 1.
    pub line: u64,
    /// Why.
    pub reason: String,
    /// The line as it stood.
    pub raw: String,
}

/// What was read of one file.
#[derive(Debug, Clone)]
pub struct Parsed<R> {
    /// The layout that was recognised.
    pub layout: &'static str,
    /// Rows with the line each stood in.
    pub rows: Vec<(u64, R)>,
    /// Rows that were not taken.
    pub refused: Vec<Refusal>,
    /// Data lines: rows and refused together, unless one line makes several rows or several lines one.
    pub lines_read: u64,
    /// What the reader noticed.
    pub notes: Vec<String>,
}

impl<R> Parsed<R> {
    /// Reads every row of a table. A row may give any number of rows, or a reason to refuse it.
    pub fn from_table(
        layout: &'static str,
        table: &Table,
        mut read: impl FnMut(&Row<'_>) -> Result<Vec<R>, String>,
    ) -> Self {
        let mut parsed =
            Self { layout, rows: Vec::new(), refused: table.broken().to_vec(), lines_read: 0, notes: Vec::new() };
        for row in table.rows() {
            match read(&row) {
                Ok(rows) => parsed.rows.extend(rows.into_iter().map(|r| (row.line(), r))),
                Err(reason) => parsed.refused.push(Refusal { line: row.line(), reason, raw: row.raw().to_owned() }),
            }
        }
        parsed.lines_read = table.len() as u64 + table.broken().len() as u64;
        let unused = table.unused_columns();
        if !unused.is_empty() {
            parsed.notes.push(format!("Columns not used: {}.", unused.join(", ")));
        }
        parsed
    }

    /// Refuses every later row with the key of an earlier one. `raw` finds the line again.
    pub fn refuse_duplicates<K: Ord>(&mut self, table: &Table, key: impl Fn(&R) -> K) {
        let mut seen = std::collections::BTreeMap::<K, u64>::new();
        let mut refused = Vec::new();
        self.rows.retain(|(line, row)| match seen.get(&key(row)) {
            // One line may give several rows; only another line is a repetition.
            Some(first) if first != line => {
                refused.push(Refusal {
                    line: *line,
                    reason: format!("says again what line {first} said"),
                    raw: table.raw_line(*line).to_owned(),
                });
                false
            }
            Some(_) => true,
            None => {
                seen.insert(key(row), *line);
                true
            }
        });
        refused.dedup_by_key(|r| r.line);
        self.refused.extend(refused);
    }
}
