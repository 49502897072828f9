//! One thread with a connection of its own, on which the database tells what changes.
//!
//! The client library gives no way to wait for a notification, so the thread looks every few milliseconds whether one
//! has come; that asks the system, not the database.

use std::sync::Weak;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::load::load;
use super::seen::WATCHER;
use super::{LEASE, Shared};
use crate::db::{self, While};
use crate::error::{Error, Result};

/// Pause between two looks for a notification.
const LOOK: Duration = Duration::from_millis(4);
/// Pause between two questions that prove that the connection stands.
const BEAT: Duration = Duration::from_millis(400);
/// Pause before a new connection.
const PAUSE: Duration = Duration::from_millis(200);
/// Pause between two lines in the log about a connection that cannot be made.
const QUIET: Duration = Duration::from_secs(10);

/// Watches until nobody holds the publications any more. While the connection is lost, the others ask for themselves.
pub(super) fn watch(url: String, shared: Weak<Shared>) -> Result<()> {
    let thread = std::thread::Builder::new().name("publications".to_owned());
    let watching = thread.spawn(move || {
        let mut told: Option<Instant> = None;
        while let Err(error) = listen(&url, &shared) {
            if let Some(shared) = shared.upgrade() {
                shared.not_told();
            }
            if told.is_none_or(|told| told.elapsed() >= QUIET) {
                told = Some(Instant::now());
                tracing::warn!(error = error.for_log(), "publications are not told; every request asks for them");
            }
            std::thread::sleep(PAUSE);
        }
    });
    watching.map(drop).map_err(|e| Error::internal(format!("no thread for the publications: {e}")))
}

/// Ends well when nobody holds the publications any more.
fn listen(url: &str, shared: &Weak<Shared>) -> Result<()> {
    if shared.strong_count() == 0 {
        return Ok(());
    }
    let mut conn = db::connect(url)?;
    // A question that takes longer than the lease would prove nothing.
    let limits = format!("SET statement_timeout = {}; SET lock_timeout = 500;", LEASE.as_millis());
    conn.batch_execute(&format!("{limits} LISTEN dongjak_publications")).doing("listening for publications")?;
    let mut asked: Option<Instant> = None;
    let mut shown = String::new();
    loop {
        let Some(shared) = shared.upgrade() else { return Ok(()) };
        let mut something = false;
        for notification in conn.notifications_iter() {
            notification.doing("waiting for publications")?;
            something = true;
        }
        if something {
            shared.not_told();
        }
        if something || asked.is_none_or(|asked| asked.elapsed() >= BEAT) {
            let started = Instant::now();
            let known = shared.last().map(|last| last.publication);
            let publication = load(&mut conn, known)?;
            shared.told(&publication, started);
            if publication.key != shown {
                shown.clone_from(&publication.key);
                show(&mut conn, &shown)?;
            }
            asked = Some(started);
        }
        drop(shared);
        std::thread::sleep(LOOK);
    }
}

/// Says where whoever has published can see it that this server knows.
fn show(conn: &mut PgConnection, key: &str) -> Result<()> {
    diesel::sql_query("SELECT set_config('application_name', $1, false)")
        .bind::<Text, _>(format!("{WATCHER}{key}"))
        .execute(conn)
        .doing("showing which publications are known")?;
    Ok(())
}
