//! Points of a folder of reference values: an id, two metres, a weight.

use std::path::Path;

use crate::childcare::analysis::Point;
use crate::error::{Error, Result};
use crate::import::{ReadOptions, Source, Table, value};

/// Reads points with their weights.
pub fn points(dir: &Path, name: &str, id: &str, weight: &str) -> Result<Vec<(String, Point)>> {
    read(dir, name, id, Some(weight))
}

/// Reads points that weigh nothing.
pub fn places(dir: &Path, name: &str, id: &str) -> Result<Vec<(String, Point)>> {
    read(dir, name, id, None)
}

fn read(dir: &Path, name: &str, id: &str, weight: Option<&str>) -> Result<Vec<(String, Point)>> {
    let path = dir.join(name);
    let bytes =
        std::fs::read(&path).map_err(|e| Error::bad_input(format!("{} cannot be read: {e}.", path.display())))?;
    let table = Table::read(&Source { name: name.to_owned(), bytes }, &ReadOptions::default())
        .map_err(|sentence| Error::bad_input(format!("{name}: {sentence}")))?;
    let column = |wanted: &str| {
        table.column(&[wanted]).ok_or_else(|| Error::bad_input(format!("{name} lacks the column {wanted}.")))
    };
    let (id, x, y, weight) = (column(id)?, column("x")?, column("y")?, weight.map(column).transpose()?);
    table
        .rows()
        .map(|row| {
            let wrong = |reason: String| Error::bad_input(format!("{name}, line {}: {reason}.", row.line()));
            let number = |at: usize| row.need(at, "a number").and_then(value::decimal).map_err(wrong);
            Ok((
                row.need(id, "an id").map_err(wrong)?.to_owned(),
                Point { at: (number(x)?, number(y)?), weight: weight.map_or(Ok(0.0), number)? },
            ))
        })
        .collect()
}
