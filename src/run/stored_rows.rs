//! The stored results of a run as text, and where two runs differ in them.
//!
//! PostgreSQL writes a double with the fewest digits that give back the same bits, so equal text is equal bits. Which
//! tables hold results follows from the keys that point at a run: a new one takes part from its first day.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Nullable, Text};

use crate::db::While;
use crate::error::Result;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Bool)]
    is_key: bool,
}

#[derive(QueryableByName)]
struct Cells {
    #[diesel(sql_type = Array<Nullable<Text>>)]
    cells: Vec<Option<String>>,
}

/// Columns of a row by name, but for those of its key.
type Row = BTreeMap<String, Option<String>>;

/// Everything that a run has stored, by table and key.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StoredRows(BTreeMap<(String, String), Row>);

impl StoredRows {
    /// Reads the results of a run.
    pub fn load(conn: &mut PgConnection, run: i32) -> Result<Self> {
        let columns: Vec<Column> =
            diesel::sql_query(include_str!("result_columns.sql")).load(conn).doing("finding the tables of results")?;
        let mut tables = BTreeMap::<String, Vec<Column>>::new();
        for column in columns {
            tables.entry(column.table_name.clone()).or_default().push(column);
        }
        let mut rows = BTreeMap::new();
        for (table, columns) in tables {
            let list: Vec<String> = columns.iter().map(|c| format!("{}::text", quoted(&c.column_name))).collect();
            let sql =
                format!("SELECT ARRAY[{}]::text[] AS cells FROM {} WHERE run_id = $1", list.join(", "), quoted(&table));
            let found: Vec<Cells> =
                diesel::sql_query(sql).bind::<Integer, _>(run).load(conn).doing("reading stored results")?;
            for row in found {
                let (mut key, mut cells) = (Vec::new(), Row::new());
                for (column, cell) in columns.iter().zip(row.cells) {
                    if column.is_key {
                        key.push(cell.unwrap_or_default());
                    } else {
                        cells.insert(column.column_name.clone(), cell);
                    }
                }
                rows.insert((table.clone(), key.join("/")), cells);
            }
        }
        Ok(Self(rows))
    }

    /// Rows of all tables.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when the run has stored nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where `self`, as it is stored, and `again`, as it was computed now, differ. Empty when every bit is the same.
    pub fn differences(&self, again: &Self) -> Vec<String> {
        let keys: BTreeSet<_> = self.0.keys().chain(again.0.keys()).collect();
        let mut found = Vec::new();
        for key in keys {
            let place = if key.1.is_empty() { key.0.clone() } else { format!("{} {}", key.0, key.1) };
            match (self.0.get(key), again.0.get(key)) {
                (Some(_), None) => found.push(format!("{place}: stored, but not computed again")),
                (None, Some(_)) => found.push(format!("{place}: computed again, but not stored")),
                (Some(stored), Some(now)) => {
                    for (column, old) in stored {
                        let new = now.get(column).cloned().flatten();
                        if *old != new {
                            cell(&format!("{place}, {column}"), old.as_deref(), new.as_deref(), &mut found);
                        }
                    }
                }
                (None, None) => {}
            }
        }
        found
    }
}

/// A cell of JSON is told leaf by leaf: a whole object would hide which number it is.
fn cell(place: &str, old: Option<&str>, new: Option<&str>, found: &mut Vec<String>) {
    let json = |text: Option<&str>| {
        text.filter(|t| t.starts_with(['{', '['])).and_then(|t| serde_json::from_str::<serde_json::Value>(t).ok())
    };
    match (json(old), json(new)) {
        (Some(old), Some(new)) => {
            let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
            leaves("", &old, &mut before);
            leaves("", &new, &mut after);
            let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            let text = |value: Option<&String>| value.map_or("nothing", String::as_str).to_owned();
            for key in keys.into_iter().filter(|key| before.get(*key) != after.get(*key)) {
                found.push(format!(
                    "{place}{key}: stored {}, computed again {}",
                    text(before.get(key)),
                    text(after.get(key))
                ));
            }
        }
        _ => found.push(format!(
            "{place}: stored {}, computed again {}",
            old.unwrap_or("nothing"),
            new.unwrap_or("nothing")
        )),
    }
}

fn leaves(at: &str, value: &serde_json::Value, found: &mut BTreeMap<String, String>) {
    match value {
        serde_json::Value::Object(members) => {
            members.iter().for_each(|(name, value)| leaves(&format!("{at}/{name}"), value, found));
        }
        serde_json::Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, value)| leaves(&format!("{at}/{n}"), value, found));
        }
        leaf => {
            found.insert(at.to_owned(), leaf.to_string());
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[(&str, &str)]) -> StoredRows {
        let row = cells.iter().map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned()))).collect();
        StoredRows(BTreeMap::from([(("t".to_owned(), "a/1".to_owned()), row)]))
    }

    #[test]
    fn a_difference_is_told_by_table_key_column_and_leaf() {
        let stored = rows(&[("n", "0.1"), ("figures", r#"{"depth": {"value": 1, "n": 2}}"#)]);
        assert_eq!(stored.differences(&stored), Vec::<String>::new());
        let again = rows(&[("n", "0.10000000000000002"), ("figures", r#"{"depth": {"value": 3, "n": 2}}"#)]);
        assert_eq!(
            stored.differences(&again),
            [
                "t a/1, figures/depth/value: stored 1, computed again 3",
                "t a/1, n: stored 0.1, computed again 0.10000000000000002"
            ]
        );
        assert_eq!(stored.differences(&StoredRows::default()), ["t a/1: stored, but not computed again"]);
        assert_eq!(StoredRows::default().differences(&stored), ["t a/1: computed again, but not stored"]);
    }
}
