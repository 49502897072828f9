//! A table with a header, whatever file it came in.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::encoding::decode;
use super::header::normalise;
use super::workbook;
use super::{FileError, ReadOptions, Refusal, Source};

/// Largest file. A district's largest official file has some 100 MB.
const LARGEST_FILE: usize = 400 * 1024 * 1024;
/// Longest line. No official table comes near it; a file without line ends would fill the memory.
const LONGEST_LINE: usize = 1024 * 1024;
/// Lines that one quoted cell may span. Free text in official files spans a few.
const LONGEST_CELL_LINES: usize = 60;

/// A column that a layout needs: the name that a person would look for, and every accepted spelling.
#[derive(Debug, Clone, Copy)]
pub struct Column(pub &'static [&'static str]);

/// A table in memory.
#[derive(Debug)]
pub struct Table {
    headers: Vec<String>,
    original: Vec<String>,
    records: Vec<(u64, Vec<String>)>,
    lines: Vec<String>,
    broken: Vec<Refusal>,
    used: RefCell<BTreeSet<usize>>,
}

/// One row with its place in the file.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    line: u64,
    fields: &'a [String],
    raw: &'a str,
}

impl<'a> Row<'a> {
    /// Line in the file, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The line as it stood.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// The cell, without blanks around it. `None` when it is empty or the row is too short.
    pub fn get(&self, column: usize) -> Option<&'a str> {
        self.fields.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// The cell, or a reason that names the column.
    pub fn need(&self, column: usize, name: &str) -> Result<&'a str, String> {
        self.get(column).ok_or_else(|| format!("{name} is empty"))
    }
}

impl Table {
    /// Reads a file. The error is a sentence for the person who gave it.
    pub fn read(source: &Source, options: &ReadOptions) -> Result<Self, FileError> {
        let bytes = &source.bytes;
        if bytes.len() > LARGEST_FILE {
            return Err(format!("The file has more than {} MB.", LARGEST_FILE / 1024 / 1024));
        }
        if workbook::is_workbook(bytes) {
            return workbook::read(bytes).and_then(Self::from_cells);
        }
        Self::from_text(&decode(bytes, options.encoding)?)
    }

    fn from_text(text: &str) -> Result<Self, FileError> {
        let mut lines: Vec<String> =
            text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line).to_owned()).collect();
        if lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        if let Some(at) = lines.iter().position(|line| line.len() > LONGEST_LINE) {
            return Err(format!("Line {} is longer than 1 MB: this is not a table.", at + 1));
        }
        let delimiter = delimiter(&lines);
        let broken = broken_lines(&lines, delimiter);
        let mut sound = lines.clone();
        for refusal in &broken {
            if let Some(line) = usize::try_from(refusal.line).ok().and_then(|n| sound.get_mut(n - 1)) {
                line.clear();
            }
        }
        let joined = sound.join("\n");
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(joined.as_bytes());
        let mut cells = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|_| "The file cannot be read as a table.".to_owned())?;
            // The reader says where its skipping of blank lines began; ours is where the text stands.
            let begins = record.position().map_or(1, csv::Position::line);
            let blank =
                sound.iter().skip(usize::try_from(begins).unwrap_or(1) - 1).take_while(|line| line.is_empty()).count();
            let line = begins + blank as u64;
            cells.push((line, record.iter().map(str::to_owned).collect()));
        }
        let mut table = Self::from_records(cells)?;
        table.broken = broken;
        table.lines = lines;
        Ok(table)
    }

    fn from_cells(rows: Vec<Vec<String>>) -> Result<Self, FileError> {
        let lines = rows.iter().map(|row| row.join(",")).collect();
        let cells = (1..).zip(rows).filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        let mut table = Self::from_records(cells)?;
        table.lines = lines;
        Ok(table)
    }

    fn from_records(mut records: Vec<(u64, Vec<String>)>) -> Result<Self, FileError> {
        records.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
        if records.is_empty() {
            return Err("The file is empty.".to_owned());
        }
        let (_, original) = records.remove(0);
        let headers = original.iter().map(|name| normalise(name)).collect();
        Ok(Self { headers, original, records, lines: Vec::new(), broken: Vec::new(), used: RefCell::default() })
    }

    /// The column with one of these spellings.
    pub fn column(&self, spellings: &[&str]) -> Option<usize> {
        let wanted = spellings.iter().map(|name| normalise(name));
        let found = wanted.into_iter().find_map(|name| self.headers.iter().position(|header| *header == name));
        if let Some(at) = found {
            self.used.borrow_mut().insert(at);
        }
        found
    }

    /// The first column whose normalised name passes.
    pub fn column_where(&self, passes: impl Fn(&str) -> bool) -> Option<usize> {
        let found = self.headers.iter().position(|header| passes(header));
        if let Some(at) = found {
            self.used.borrow_mut().insert(at);
        }
        found
    }

    /// Normalised column names in order.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Are all of these columns here?
    pub fn has(&self, columns: &[Column]) -> bool {
        columns.iter().all(|column| self.column(column.0).is_some())
    }

    /// All of these columns, or a sentence that names those that are missing.
    pub fn require<const N: usize>(&self, columns: [Column; N]) -> Result<[usize; N], FileError> {
        let found = columns.map(|column| self.column(column.0));
        let missing: Vec<&str> = columns
            .iter()
            .zip(&found)
            .filter(|(_, at)| at.is_none())
            .filter_map(|(column, _)| column.0.first().copied())
            .collect();
        if !missing.is_empty() {
            return Err(format!(
                "The file lacks the column{} {}. Its columns are: {}.",
                if missing.len() > 1 { "s" } else { "" },
                missing.join(", "),
                self.original.join(", ").chars().take(300).collect::<String>()
            ));
        }
        Ok(found.map(|at| at.unwrap_or(usize::MAX)))
    }

    /// The rows below the header.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|(line, fields)| Row { line: *line, fields, raw: self.raw_line(*line) })
    }

    /// Rows below the header.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// A header and nothing below it.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Lines that could not be taken apart.
    pub fn broken(&self) -> &[Refusal] {
        &self.broken
    }

    /// The line as it stood in the file.
    pub fn raw_line(&self, line: u64) -> &str {
        usize::try_from(line).ok().and_then(|n| self.lines.get(n.checked_sub(1)?)).map_or("", String::as_str)
    }

    /// Columns that no layout asked for, as the file spells them.
    pub fn unused_columns(&self) -> Vec<String> {
        let used = self.used.borrow();
        self.original
            .iter()
            .enumerate()
            .filter(|(at, name)| !used.contains(at) && !name.trim().is_empty())
            .map(|(_, name)| name.trim().to_owned())
            .collect()
    }
}

fn delimiter(lines: &[String]) -> u8 {
    let header = lines.iter().find(|line| !line.trim().is_empty()).map_or("", String::as_str);
    if header.matches('\t').count() > header.matches(',').count() { b'\t' } else { b',' }
}

/// Lines with a NUL, and lines that open a quote which nobody closes. Without this a single stray quote would swallow
/// the rest of the file into one cell.
fn broken_lines(lines: &[String], delimiter: u8) -> Vec<Refusal> {
    let mut broken = Vec::new();
    let mut refuse = |at: usize, reason: &str| {
        broken.push(Refusal {
            line: at as u64 + 1,
            reason: reason.to_owned(),
            raw: lines[at].replace('\0', "\u{fffd}"),
        });
    };
    let mut at = 0;
    while at < lines.len() {
        if lines[at].contains('\0') {
            refuse(at, "the line holds a NUL byte");
            at += 1;
            continue;
        }
        if !leaves_quote_open(&lines[at], delimiter, false) {
            at += 1;
            continue;
        }
        let last = lines.len().min(at + LONGEST_CELL_LINES);
        match (at + 1..last).find(|next| !leaves_quote_open(&lines[*next], delimiter, true)) {
            Some(end) => at = end + 1,
            None => {
                refuse(at, "a quote is opened and never closed");
                at += 1;
            }
        }
    }
    broken
}

/// Whether a cell is still inside quotes at the end of the line. A quote counts only where a cell begins.
fn leaves_quote_open(line: &str, delimiter: u8, mut inside: bool) -> bool {
    let bytes = line.as_bytes();
    let mut begins = !inside;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if inside {
            if byte == b'"' {
                if bytes.get(at + 1) == Some(&b'"') {
                    at += 1;
                } else {
                    inside = false;
                }
            }
        } else if byte == b'"' && begins {
            inside = true;
        }
        begins = !inside && byte == delimiter;
        at += 1;
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::read(&Source { name: "x.csv".into(), bytes: text.as_bytes().to_vec() }, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn mixed_line_ends_short_rows_long_rows_and_blank_lines_keep_their_line_numbers() {
        let t = table("a,b\r\n1,2\n\n3\r\n4,5,6\n");
        let rows: Vec<_> = t.rows().map(|r| (r.line(), r.get(0), r.get(1))).collect();
        assert_eq!(rows, [(2, Some("1"), Some("2")), (4, Some("3"), None), (5, Some("4"), Some("5"))]);
        assert_eq!(t.rows().nth(1).unwrap().raw(), "3");
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line_only() {
        let t = table("a,b\n1,\"x\n2,y\n3,z\n");
        assert_eq!(t.broken().len(), 1);
        assert_eq!((t.broken()[0].line, t.rows().count()), (2, 2));
    }

    #[test]
    fn a_cell_may_span_lines_and_a_quote_inside_a_word_is_a_letter() {
        let t = table("a,b\n\"one\ntwo\",2\n5\" pipe,3\n");
        let cells: Vec<_> = t.rows().map(|r| r.get(0).unwrap().to_owned()).collect();
        assert_eq!(cells, ["one\ntwo", "5\" pipe"]);
    }

    #[test]
    fn missing_columns_are_named() {
        let error =
            table("a,b\n1,2\n").require([Column(&["a"]), Column(&["위도", "lat"]), Column(&["경도"])]).unwrap_err();
        assert!(error.contains("위도, 경도") && error.contains("a, b"), "{error}");
    }

    #[test]
    fn columns_that_nobody_asks_for_are_reported() {
        let t = table("a,b,,\n1,2\n");
        t.column(&["B"]);
        assert_eq!(t.unused_columns(), ["a"]);
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
            let _ = Table::read(&Source { name: String::new(), bytes }, &ReadOptions::default());
        }

        #[test]
        fn every_line_is_a_row_or_refused(cells in proptest::collection::vec("[a-z\"]{1,5}", 1..30)) {
            let text = format!("h\n{}\n", cells.join("\n"));
            let t = Table::read(&Source { name: String::new(), bytes: text.into_bytes() }, &ReadOptions::default()).unwrap();
            let spanned: usize = t.records.iter().map(|(_, f)| f[0].matches('\n').count()).sum();
            // A cell of nothing but quotes is an empty row, which is not data.
            let empty = cells.iter().filter(|c| c.chars().all(|x| x == '"')).count();
            let counted = t.len() + t.broken().len() + spanned;
            proptest::prop_assert!(counted <= cells.len() && counted + 2 * empty + spanned >= cells.len(), "{} of {}", counted, cells.len());
        }
    }
}
