//! After a publication: waiting until no server answers from what was before.
//!
//! A server that listens shows in `pg_stat_activity` which publications it knows. Whoever has published waits until all
//! of them show the new ones, which takes milliseconds, or until the lease of the others has run out.

use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::LEASE;
use super::load::KEY;

/// What a connection that listens is called, before the key that it knows.
pub(super) const WATCHER: &str = "dongjak knows ";

/// Pause between two looks.
const LOOK: Duration = Duration::from_millis(2);

/// Waits, outside any transaction, until every server answers from what is published now. Never longer than the lease.
pub fn seen_everywhere(conn: &mut PgConnection) {
    let committed = Instant::now();
    while committed.elapsed() < LEASE {
        match behind(conn) {
            Ok(0) => return,
            // A server that asks before every answer is never behind; nor is one whose lease has ended.
            Ok(_) => std::thread::sleep(LOOK),
            Err(error) => {
                tracing::warn!(%error, "which servers know the publications cannot be seen");
                std::thread::sleep(LEASE.saturating_sub(committed.elapsed()));
            }
        }
    }
}

/// Servers that listen and do not know what is published now.
fn behind(conn: &mut PgConnection) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        behind: i64,
    }
    let row: Row = diesel::sql_query(format!(
        "SELECT count(*) AS behind FROM pg_stat_activity \
         WHERE datname = current_database() AND starts_with(application_name, $1) \
         AND application_name <> $1 || ({KEY})"
    ))
    .bind::<Text, _>(WATCHER)
    .get_result(conn)?;
    Ok(row.behind)
}
