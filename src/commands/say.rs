//! Words to a terminal: results on stdout, progress and errors on stderr.
#![allow(clippy::print_stdout)]

use std::io::Write;

use crate::error::Error;

/// A line of the result.
pub fn line(text: &str) {
    // A reader that went away, as `head` does, is no failure of ours.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The result as it is.
pub fn text(text: &str) {
    let _ = write!(std::io::stdout(), "{text}");
}

/// What is being done.
pub fn progress(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// What went wrong, in one sentence; the inner message too, because whoever types is the operator.
pub fn error(error: &Error) {
    let _ = writeln!(std::io::stderr(), "{}", error.outside());
    if error.for_log() != error.outside() {
        let _ = writeln!(std::io::stderr(), "  ({})", error.for_log().replace('\n', " "));
    }
}

/// Rows in columns as wide as their widest cell.
pub fn table(head: &[&str], rows: &[Vec<String>]) {
    let width = |at: usize| {
        rows.iter()
            .filter_map(|row| row.get(at))
            .map(|cell| cell.chars().count())
            .chain([head[at].len()])
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let padded = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    line(&padded(&head.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>()));
    for row in rows {
        line(&padded(row));
    }
}
