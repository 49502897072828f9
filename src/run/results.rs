//! Results of published runs, kept in memory.
//!
//! A run never changes, so what was read once stays true; only the number of runs kept is bounded.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use diesel::PgConnection;

use crate::db::Db;
use crate::error::{Error, Result};

/// Runs kept for each question. The oldest number leaves first.
const MOST_RUNS: usize = 16;

/// The results of one question, by run.
#[derive(Debug)]
pub struct Cache<T> {
    kept: RwLock<BTreeMap<i32, Arc<T>>>,
    /// Held while a run is read: many rows of one answer may want the same run at once, and one of them reads it for all.
    reading: tokio::sync::Mutex<()>,
    most: usize,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self::keeping(MOST_RUNS)
    }
}

impl<T> Cache<T> {
    /// Keeps so many runs at most: fewer where a run is large.
    pub fn keeping(most: usize) -> Self {
        Self { kept: RwLock::new(BTreeMap::new()), reading: tokio::sync::Mutex::new(()), most }
    }
}

impl<T: Send + Sync + 'static> Cache<T> {
    /// The results of a run, read from the database at the first question only.
    pub async fn get<F>(&self, db: &Db, run: i32, load: F) -> Result<Arc<T>>
    where
        F: FnOnce(&mut PgConnection, i32) -> Result<T> + Send + 'static,
    {
        if let Some(known) = self.known(run)? {
            return Ok(known);
        }
        let _reading = self.reading.lock().await;
        if let Some(known) = self.known(run)? {
            return Ok(known);
        }
        let loaded = Arc::new(db.run(move |conn| load(conn, run)).await?);
        let mut kept = self.kept.write().map_err(|_| poisoned())?;
        kept.insert(run, loaded.clone());
        while kept.len() > self.most {
            kept.pop_first();
        }
        Ok(loaded)
    }

    fn known(&self, run: i32) -> Result<Option<Arc<T>>> {
        Ok(self.kept.read().map_err(|_| poisoned())?.get(&run).cloned())
    }
}

fn poisoned() -> Error {
    Error::internal("the results in memory were left half-written")
}
