//! Follows jobs for those who wait for them: one look at the database for all, twice a second, and none while nobody
//! waits.
//!
//! Whoever waits holds no connection. The state is that of the database, so it does not matter which process computes
//! the job, or whether that process is still the one that began.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch::{Receiver, Sender, channel};

use super::queue::{Queued, jobs_numbered};
use crate::db::Db;
use crate::error::Result;

/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// The jobs that somebody follows. Cheap to clone.
#[derive(Clone)]
pub struct Watch {
    db: Db,
    followed: Arc<Mutex<HashMap<i32, Sender<Queued>>>>,
}

impl Watch {
    /// Looks through these connections.
    pub fn new(db: Db) -> Self {
        Self { db, followed: Arc::default() }
    }

    /// The job as it is now and whatever becomes of it; `None` when there is no such job.
    pub async fn follow(&self, id: i32) -> Result<Option<Receiver<Queued>>> {
        let Some(now) = self.db.run(move |conn| jobs_numbered(conn, &[id])).await?.pop() else { return Ok(None) };
        let mut followed = self.followed();
        if let Some(sender) = followed.get(&id) {
            return Ok(Some(sender.subscribe()));
        }
        let (sender, receiver) = channel(now);
        followed.insert(id, sender);
        if followed.len() == 1 {
            tokio::spawn(self.clone().look_again_and_again());
        }
        Ok(Some(receiver))
    }

    async fn look_again_and_again(self) {
        loop {
            tokio::time::sleep(PAUSE).await;
            let ids: Vec<i32> = {
                let mut followed = self.followed();
                followed.retain(|_, sender| sender.receiver_count() > 0 && !sender.borrow().job.is_over());
                if followed.is_empty() {
                    return;
                }
                followed.keys().copied().collect()
            };
            match self.db.run(move |conn| jobs_numbered(conn, &ids)).await {
                Ok(seen) => self.tell(seen),
                // They wait on; the next look may find the database again.
                Err(error) => tracing::debug!(error = error.for_log(), "jobs could not be looked at"),
            }
        }
    }

    fn tell(&self, seen: Vec<Queued>) {
        let followed = self.followed();
        for now in seen {
            let Some(sender) = followed.get(&now.job.id) else { continue };
            sender.send_if_modified(|before| {
                let is_new = before.job != now.job || before.ahead != now.ahead;
                if is_new {
                    *before = now;
                }
                is_new
            });
        }
    }

    fn followed(&self) -> MutexGuard<'_, HashMap<i32, Sender<Queued>>> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
