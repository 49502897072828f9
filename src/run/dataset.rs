//! Dataset versions: what was imported, what it speaks for, and which versions are in force.
//!
//! A later file may restate earlier periods. It never touches the rows of an older version; it only speaks for the
//! same scope and days, and reading takes the newest version that speaks for a row. So a run that named the older
//! version still reads what it read.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::db::While;
use crate::db::schema::{dataset_scope, dataset_version, refused_row};
use crate::error::{Error, Result};

/// One imported file or set of files.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dataset_version)]
pub struct DatasetVersion {
    /// Number of the version, growing with every import.
    pub id: i32,
    /// Name as in `dongjak import`.
    pub dataset: String,
    /// Layout that was recognised.
    pub layout: String,
    /// Names of the files.
    pub files: Vec<Option<String>>,
    /// Digest of the bytes.
    pub sha256: String,
    /// Options that change what the bytes mean.
    pub options: serde_json::Value,
    /// Who published the file.
    pub publisher: String,
    /// Under which licence.
    pub licence: String,
    /// What must be said when the data are shown.
    pub attribution: String,
    /// First day that the rows speak of.
    pub period_start: Option<NaiveDate>,
    /// Last day that the rows speak of.
    pub period_end: Option<NaiveDate>,
    /// Data lines of the file.
    pub lines_read: i64,
    /// Rows kept.
    pub rows_kept: i64,
    /// Rows refused.
    pub rows_refused: i64,
    /// Generated, not observed.
    pub synthetic: bool,
    /// The publisher has protected small cells already.
    pub disclosure_checked: bool,
    /// What the importer noticed.
    pub notes: Vec<Option<String>>,
    /// When it was imported.
    pub imported_at: DateTime<Utc>,
}

/// A version that is about to be written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = dataset_version)]
pub struct NewDatasetVersion {
    /// See [`DatasetVersion`].
    pub dataset: String,
    /// See [`DatasetVersion`].
    pub layout: String,
    /// See [`DatasetVersion`].
    pub files: Vec<String>,
    /// See [`DatasetVersion`].
    pub sha256: String,
    /// See [`DatasetVersion`].
    pub options: serde_json::Value,
    /// See [`DatasetVersion`].
    pub publisher: String,
    /// See [`DatasetVersion`].
    pub licence: String,
    /// See [`DatasetVersion`].
    pub attribution: String,
    /// See [`DatasetVersion`].
    pub period_start: Option<NaiveDate>,
    /// See [`DatasetVersion`].
    pub period_end: Option<NaiveDate>,
    /// See [`DatasetVersion`].
    pub lines_read: i64,
    /// See [`DatasetVersion`].
    pub rows_kept: i64,
    /// See [`DatasetVersion`].
    pub rows_refused: i64,
    /// See [`DatasetVersion`].
    pub synthetic: bool,
    /// See [`DatasetVersion`].
    pub disclosure_checked: bool,
    /// See [`DatasetVersion`].
    pub notes: Vec<String>,
}

/// What a version speaks for: a scope and its days, or everything of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// A dong code, an area, or empty for the whole dataset.
    pub scope: String,
    /// First and last day; `None` for a snapshot.
    pub days: Option<(NaiveDate, NaiveDate)>,
}

impl Scope {
    /// The scope of a snapshot: the newest file speaks for everything.
    pub fn snapshot() -> Vec<Self> {
        vec![Self { scope: String::new(), days: None }]
    }

    /// The smallest scopes that hold every (scope, day).
    pub fn around<'a>(rows: impl Iterator<Item = (&'a str, NaiveDate)>) -> Vec<Self> {
        let mut spans = std::collections::BTreeMap::<&str, (NaiveDate, NaiveDate)>::new();
        for (scope, day) in rows {
            let span = spans.entry(scope).or_insert((day, day));
            *span = (span.0.min(day), span.1.max(day));
        }
        spans.into_iter().map(|(scope, days)| Self { scope: scope.to_owned(), days: Some(days) }).collect()
    }
}

/// A refused row as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = refused_row)]
pub struct RefusedRow {
    /// The version whose import refused it.
    pub version_id: i32,
    /// Name of the file.
    pub file: String,
    /// Line in the file, counted from 1.
    pub line: i64,
    /// Why.
    pub reason: String,
    /// The line as it stood; `None` for posts and requests.
    pub raw: Option<String>,
    /// Digest of the line.
    pub raw_sha256: String,
}

/// The version with these bytes and options, if they were imported before.
pub fn version_find(
    conn: &mut PgConnection,
    dataset: &str,
    sha256: &str,
    options: &serde_json::Value,
) -> Result<Option<DatasetVersion>> {
    dataset_version::table
        .filter(dataset_version::dataset.eq(dataset))
        .filter(dataset_version::sha256.eq(sha256))
        .filter(dataset_version::options.eq(options))
        .select(DatasetVersion::as_select())
        .first(conn)
        .optional()
        .doing("looking for an earlier import")
}

/// Writes a version and what it speaks for; its rows follow in the same transaction.
pub fn version_insert(
    conn: &mut PgConnection,
    version: &NewDatasetVersion,
    scopes: &[Scope],
) -> Result<DatasetVersion> {
    let written: DatasetVersion = diesel::insert_into(dataset_version::table)
        .values(version)
        .returning(DatasetVersion::as_returning())
        .get_result(conn)
        .doing("writing a dataset version")?;
    let rows: Vec<_> = scopes
        .iter()
        .map(|s| {
            (
                dataset_scope::version_id.eq(written.id),
                dataset_scope::scope.eq(&s.scope),
                dataset_scope::starts_on.eq(s.days.map(|d| d.0)),
                dataset_scope::ends_on.eq(s.days.map(|d| d.1)),
            )
        })
        .collect();
    diesel::insert_into(dataset_scope::table).values(&rows).execute(conn).doing("writing what a version speaks for")?;
    Ok(written)
}

/// Keeps the refused rows of a version.
pub fn refused_insert(conn: &mut PgConnection, rows: &[RefusedRow]) -> Result<()> {
    // PostgreSQL takes at most 65,535 parameters a statement.
    for part in rows.chunks(8_000) {
        diesel::insert_into(refused_row::table).values(part).execute(conn).doing("keeping refused rows")?;
    }
    Ok(())
}

/// The refused rows of a version, by file and line.
pub fn refused_list(conn: &mut PgConnection, version: i32) -> Result<Vec<RefusedRow>> {
    let known: i64 = dataset_version::table
        .filter(dataset_version::id.eq(version))
        .count()
        .get_result(conn)
        .doing("looking for a version")?;
    if known == 0 {
        return Err(Error::bad_input(format!("There is no dataset version {version}; `dongjak datasets` lists them.")));
    }
    refused_row::table
        .filter(refused_row::version_id.eq(version))
        .order((refused_row::file, refused_row::line))
        .select(RefusedRow::as_select())
        .load(conn)
        .doing("reading refused rows")
}

/// Every version, newest first.
pub fn version_list(conn: &mut PgConnection) -> Result<Vec<DatasetVersion>> {
    dataset_version::table
        .order(dataset_version::id.desc())
        .select(DatasetVersion::as_select())
        .load(conn)
        .doing("reading the dataset versions")
}

/// The versions of a dataset that still speak for something: no newer one speaks for all that they do.
pub fn versions_in_force(conn: &mut PgConnection, dataset: &str) -> Result<Vec<DatasetVersion>> {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        id: i32,
    }
    let ids: Vec<Id> = diesel::sql_query(include_str!("versions_in_force.sql"))
        .bind::<diesel::sql_types::Text, _>(dataset)
        .load(conn)
        .doing("finding the versions in force")?;
    let ids: Vec<i32> = ids.into_iter().map(|row| row.id).collect();
    dataset_version::table
        .filter(dataset_version::id.eq_any(ids))
        .order(dataset_version::id)
        .select(DatasetVersion::as_select())
        .load(conn)
        .doing("reading the versions in force")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scope_of_a_dong_is_its_own_first_and_last_day() {
        let day = |d| NaiveDate::from_ymd_opt(2020, 1, d).unwrap();
        let scopes = Scope::around([("A", day(3)), ("B", day(9)), ("A", day(1))].into_iter());
        assert_eq!(
            scopes,
            [
                Scope { scope: "A".into(), days: Some((day(1), day(3))) },
                Scope { scope: "B".into(), days: Some((day(9), day(9))) },
            ]
        );
    }
}
