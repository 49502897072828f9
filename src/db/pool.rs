//! The one door between the async threads and the database.
//!
//! Without a bound in front, blocking work piles up: hundreds of threads, and answers after sixteen seconds. So at
//! most as many closures run as there are connections, at most twice as many wait, and nobody waits long.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool};
use tokio::sync::Semaphore;

use crate::config::Settings;
use crate::error::{Error, Kind, Result, both};

/// A bounded pool of connections. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool<ConnectionManager<PgConnection>>,
    permits: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
    most_waiting: usize,
    longest_wait: Duration,
}

impl Db {
    /// Opens no connection yet, so that the process starts and says "not ready" while the database is away.
    pub fn open(settings: &Settings) -> Result<Self> {
        let url = settings.required_database_url()?;
        let limits = SessionLimits { statement: settings.statement_timeout };
        let pool = Pool::builder()
            .max_size(settings.pool_size)
            // The default of 30 s also sets the pause between attempts to reconnect, up to 15 s.
            .connection_timeout(Duration::from_secs(1))
            .connection_customizer(Box::new(limits))
            .error_handler(Box::new(QuietHandler::default()))
            .build_unchecked(ConnectionManager::<PgConnection>::new(url));
        let size = usize::try_from(settings.pool_size).unwrap_or(1);
        Ok(Self {
            pool,
            permits: Arc::new(Semaphore::new(size)),
            waiting: Arc::new(AtomicUsize::new(0)),
            most_waiting: 2 * size,
            longest_wait: settings.pool_wait,
        })
    }

    /// Runs blocking work on a connection, away from the async threads.
    pub async fn run<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut PgConnection) -> Result<T> + Send + 'static,
    {
        let pool = self.pool.clone();
        self.away(move || {
            let mut conn = pool.get().map_err(|e| Error::unavailable(format!("while taking a connection: {e}")))?;
            work(&mut conn)
        })
        .await
    }

    /// Runs heavy arithmetic away from the async threads, behind the same bounded queue, with the caller's span carried
    /// along.
    pub async fn away<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T> + Send + 'static,
    {
        let permit = self.permit().await?;
        let span = tracing::Span::current();
        let done = tokio::task::spawn_blocking(move || {
            // The permit lives in the thread: a request that gives up must not free a place that is still taken.
            let _permit = permit;
            span.in_scope(work)
        });
        done.await.map_err(|e| Error::internal(format!("blocking work ended early: {e}")))?
    }

    /// Connections in use and requests that wait, for the metrics.
    pub fn load(&self) -> (u32, usize) {
        let state = self.pool.state();
        (state.connections - state.idle_connections, self.waiting.load(Ordering::Relaxed))
    }

    async fn permit(&self) -> Result<tokio::sync::OwnedSemaphorePermit> {
        let busy = || {
            Error::new(
                Kind::Busy,
                both(
                    "Too many questions at once. Please try again in a moment.",
                    "지금 요청이 너무 많습니다. 잠시 후 다시 시도해 주십시오.",
                ),
            )
        };
        if let Ok(permit) = self.permits.clone().try_acquire_owned() {
            return Ok(permit);
        }
        if self.waiting.fetch_add(1, Ordering::AcqRel) >= self.most_waiting {
            self.waiting.fetch_sub(1, Ordering::AcqRel);
            return Err(busy());
        }
        // Dropped when the client leaves as well, so the count cannot drift.
        let _leave = Leave(self.waiting.clone());
        match tokio::time::timeout(self.longest_wait, self.permits.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(busy()),
        }
    }
}

struct Leave(Arc<AtomicUsize>);

impl Drop for Leave {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Limits that every connection carries, so that no statement outlives its request by much.
#[derive(Debug)]
struct SessionLimits {
    statement: Duration,
}

impl CustomizeConnection<PgConnection, diesel::r2d2::Error> for SessionLimits {
    fn on_acquire(&self, conn: &mut PgConnection) -> std::result::Result<(), diesel::r2d2::Error> {
        let ms = self.statement.as_millis();
        conn.batch_execute(&format!(
            "SET statement_timeout = {ms}; SET lock_timeout = 500; SET idle_in_transaction_session_timeout = 5000; \
             SET TIME ZONE 'Asia/Seoul';"
        ))
        .map_err(diesel::r2d2::Error::QueryError)
    }
}

/// r2d2 tells every failed attempt, some fifty a second in an outage. Ten seconds apart is enough.
#[derive(Debug, Default)]
struct QuietHandler(std::sync::Mutex<Option<std::time::Instant>>);

impl<E: std::fmt::Display> diesel::r2d2::HandleError<E> for QuietHandler {
    fn handle_error(&self, error: E) {
        let Ok(mut last) = self.0.lock() else { return };
        if last.is_none_or(|t| t.elapsed() > Duration::from_secs(10)) {
            *last = Some(std::time::Instant::now());
            tracing::warn!(%error, "the database cannot be reached");
        }
    }
}
