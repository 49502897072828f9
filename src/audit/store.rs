//! Rows of the log in the database.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bytea, Jsonb, Text, Timestamptz};

use super::Actor;
use super::chain::{Break, START, Seal, check};
use crate::db::While;
use crate::error::{Error, Result};

/// Rows that are verified at once.
const BATCH: i64 = 5_000;

/// A row that is about to be added.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Who does it.
    pub actor: &'a Actor,
    /// What is done, such as `publish` or the name of a mutation.
    pub action: &'a str,
    /// To what, such as `run 7`.
    pub subject: String,
    /// What else matters of it; never personal data.
    pub detail: serde_json::Value,
}

/// A row as it stands.
#[derive(Debug, Clone, QueryableByName)]
pub struct Row {
    /// Counts from 1.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    /// When it was added.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Role of the database session.
    #[diesel(sql_type = Text)]
    pub db_role: String,
    /// Who did it.
    #[diesel(sql_type = Text)]
    pub actor: String,
    /// What was done.
    #[diesel(sql_type = Text)]
    pub action: String,
    /// To what.
    #[diesel(sql_type = Text)]
    pub subject: String,
    /// What else matters, as JSON.
    #[diesel(sql_type = Text)]
    pub detail: String,
    #[diesel(sql_type = Bytea)]
    previous: Vec<u8>,
    /// Hash of the row.
    #[diesel(sql_type = Bytea)]
    pub hash: Vec<u8>,
}

impl Row {
    fn seal(&self) -> Seal<'_> {
        Seal {
            number: self.number,
            at: self.at,
            words: [&self.db_role, &self.actor, &self.action, &self.subject, &self.detail],
            previous: &self.previous,
            hash: &self.hash,
        }
    }
}

/// Adds a row in the transaction of what it tells of. Others wait from here to the end of that transaction, so this
/// comes last in it.
pub fn audit_add(conn: &mut PgConnection, entry: &Entry<'_>) -> Result<()> {
    diesel::sql_query("INSERT INTO audit_log (actor, action, subject, detail) VALUES ($1, $2, $3, $4)")
        .bind::<Text, _>(entry.actor.as_str())
        .bind::<Text, _>(entry.action)
        .bind::<Text, _>(&entry.subject)
        .bind::<Jsonb, _>(&entry.detail)
        .execute(conn)
        .map(drop)
        .doing("adding to the audit log")
}

/// The newest rows, newest first.
pub fn audit_list(conn: &mut PgConnection, most: i64) -> Result<Vec<Row>> {
    diesel::sql_query(
        "SELECT number, at, db_role, actor, action, subject, detail::text AS detail, previous, hash \
           FROM audit_log ORDER BY number DESC LIMIT $1",
    )
    .bind::<BigInt, _>(most)
    .load(conn)
    .doing("reading the audit log")
}

/// Computes the chain once more. The inner result says where it breaks, or names its last row, none when the log is
/// empty. `noted` is the number and hash of a row that was written down elsewhere: the log must still hold it, which
/// shows that its end was not cut off.
pub fn audit_verify(
    conn: &mut PgConnection,
    noted: Option<(i64, &[u8])>,
) -> Result<std::result::Result<Option<Row>, Break>> {
    let mut last: Option<Row> = None;
    let mut seen = noted.is_none();
    loop {
        let after = last.as_ref().map_or(0, |row| row.number);
        let rows: Vec<Row> = diesel::sql_query(
            "SELECT number, at, db_role, actor, action, subject, detail::text AS detail, previous, hash \
               FROM audit_log WHERE number > $1 ORDER BY number LIMIT $2",
        )
        .bind::<BigInt, _>(after)
        .bind::<BigInt, _>(BATCH)
        .load(conn)
        .doing("reading the audit log")?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let before = last.as_ref().map_or((0, START.as_slice()), |l| (l.number, l.hash.as_slice()));
            if let Err(broken) = check(before, &row.seal()) {
                return Ok(Err(broken));
            }
            seen |= noted.is_some_and(|noted| noted == (row.number, row.hash.as_slice()));
            last = Some(row);
        }
    }
    match noted {
        Some((number, _)) if !seen => Err(Error::bad_input(format!(
            "The log is sound in itself, but does not hold row {number} with the hash that was noted: its end was cut off or it was written anew."
        ))),
        _ => Ok(Ok(last)),
    }
}
