//! Writes a table in the manner of a Korean portal: which encoding, which line ends, quoted or not.

use std::fmt::Write as _;

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// CP949, the Korean code page of most portal files.
    Cp949,
}

/// When a field stands in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// Every field.
    Always,
    /// Only fields with a comma, a quote or a line end in them (RFC 4180).
    Needed,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    pub encoding: Encoding,
    pub quotes: Quotes,
    pub line_end: &'static str,
    /// Some portal files stop without a line end after the last row.
    pub ends_with_line_end: bool,
}

/// Our own layouts.
pub const OWN: Manner =
    Manner { encoding: Encoding::Utf8, quotes: Quotes::Needed, line_end: "\n", ends_with_line_end: true };
/// CP949, bare, LF.
pub const PORTAL_BARE: Manner = Manner { encoding: Encoding::Cp949, ..OWN };
/// CP949, quoted, LF.
pub const PORTAL_QUOTED: Manner = Manner { quotes: Quotes::Always, ..PORTAL_BARE };

/// A table being written.
#[derive(Debug)]
pub struct Table {
    text: String,
    manner: Manner,
}

impl Table {
    /// Starts with the header line.
    pub fn new(manner: Manner, header: &[&str]) -> Self {
        let mut table = Self { text: String::new(), manner };
        table.row(header);
        table
    }

    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, fields: &[S]) {
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.field(field.as_ref());
        }
        self.text.push_str(self.manner.line_end);
    }

    fn field(&mut self, field: &str) {
        let quoted = self.manner.quotes == Quotes::Always || field.contains([',', '"', '\n', '\r']);
        if !quoted {
            self.text.push_str(field);
        } else if field.contains('"') {
            // Writing to a String cannot fail.
            let _ = write!(self.text, "\"{}\"", field.replace('"', "\"\""));
        } else {
            let _ = write!(self.text, "\"{field}\"");
        }
    }

    /// The bytes of the file. A letter that CP949 lacks becomes a numeric reference, as browsers do it.
    pub fn into_bytes(mut self) -> Vec<u8> {
        if !self.manner.ends_with_line_end {
            let kept = self.text.len().saturating_sub(self.manner.line_end.len());
            self.text.truncate(kept);
        }
        match self.manner.encoding {
            Encoding::Utf8 => self.text.into_bytes(),
            Encoding::Cp949 => encoding_rs::EUC_KR.encode(&self.text).0.into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_and_commas_are_wrapped() {
        let mut table = Table::new(OWN, &["a", "b"]);
        table.row(&["say \"hi\"", "1,2"]);
        assert_eq!(table.into_bytes(), b"a,b\n\"say \"\"hi\"\"\",\"1,2\"\n");
    }

    #[test]
    fn a_cp949_file_is_two_bytes_a_syllable() {
        let table = Table::new(PORTAL_BARE, &["가"]);
        assert_eq!(table.into_bytes(), [0xb0, 0xa1, b'\n']);
    }

    #[test]
    fn a_file_may_stop_without_a_line_end() {
        let mut table = Table::new(Manner { ends_with_line_end: false, ..PORTAL_QUOTED }, &["a"]);
        table.row(&["b"]);
        assert_eq!(table.into_bytes(), b"\"a\"\n\"b\"");
    }
}
