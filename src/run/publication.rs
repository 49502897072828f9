//! What is published, as of now: one digest that every publication, withdrawal and import changes.
//!
//! An answer is kept under this digest, so it is true for exactly as long as the digest stays. Every instance asks the
//! database for it, and requests that wait at the same time share one question.

use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Text;
use tokio::sync::Mutex;

use super::catalog::Catalog;
use crate::db::{Db, While};
use crate::error::{Error, Kind, Result};

/// How long the database may take to say what is published before it counts as away.
const LONGEST: Duration = Duration::from_millis(1_500);
/// Pause between questions while the database is away.
const PAUSE: Duration = Duration::from_millis(200);

/// The publications at one moment.
#[derive(Debug)]
pub struct Publication {
    /// Digest over what is published and what is imported.
    pub key: String,
    /// For everybody.
    pub public: Arc<Catalog>,
    /// For signed-in users who may read what is internal.
    pub internal: Arc<Catalog>,
}

impl Publication {
    /// What somebody may see.
    pub fn catalog(&self, internal: bool) -> &Arc<Catalog> {
        if internal { &self.internal } else { &self.public }
    }
}

/// The newest publication that was seen.
#[derive(Debug, Clone)]
pub struct Last {
    /// What it was.
    pub publication: Arc<Publication>,
    /// When it was certainly the newest.
    pub confirmed: Instant,
}

/// Asks what is published. Cheap to clone.
#[derive(Clone)]
pub struct Publications {
    db: Db,
    trusted: Duration,
    asking: Arc<Mutex<Option<Asked>>>,
    last: Arc<RwLock<Option<Last>>>,
    away: Arc<RwLock<Option<Error>>>,
}

struct Asked {
    started: Instant,
    answer: Result<Arc<Publication>>,
}

impl Publications {
    /// `db` should be a pool of its own, so that slow questions of others do not make this one wait. An answer is
    /// trusted for so long.
    pub fn new(db: Db, trusted: Duration) -> Self {
        Self { db, trusted, asking: Arc::default(), last: Arc::default(), away: Arc::default() }
    }

    /// The publications as they stand at some moment after this call, or within the time of trust before it.
    pub async fn current(&self) -> Result<Arc<Publication>> {
        let arrived = Instant::now();
        if let Some(last) = self.last().filter(|l| !self.trusted.is_zero() && l.confirmed.elapsed() < self.trusted) {
            return Ok(last.publication);
        }
        if let Some(error) = self.away.read().ok().and_then(|away| away.clone()) {
            return Err(error);
        }
        let mut asking = self.asking.lock().await;
        // Somebody who came later has asked meanwhile: that answer is young enough for us.
        if let Some(asked) = asking.as_ref().filter(|asked| asked.started >= arrived) {
            return asked.answer.clone();
        }
        let started = Instant::now();
        let answer = self.ask(started).await;
        *asking = Some(Asked { started, answer: answer.clone() });
        if let Err(error) = &answer
            && matches!(error.kind(), Kind::Unavailable | Kind::Timeout | Kind::Busy)
        {
            self.wait_for_database(error.clone());
        }
        answer
    }

    /// The newest publication that was seen, however long ago.
    pub fn last(&self) -> Option<Last> {
        self.last.read().ok()?.clone()
    }

    async fn ask(&self, started: Instant) -> Result<Arc<Publication>> {
        let known = self.last().map(|last| last.publication);
        let asked = self.db.run(move |conn| load(conn, known));
        let publication = tokio::time::timeout(LONGEST, asked).await.map_err(|_| away("no answer in time"))??;
        if let Ok(mut last) = self.last.write() {
            *last = Some(Last { publication: publication.clone(), confirmed: started });
        }
        Ok(publication)
    }

    /// While the database is away nobody waits for it: one task asks again and again, the others are told at once.
    fn wait_for_database(&self, error: Error) {
        if let Ok(mut away) = self.away.write() {
            if away.is_some() {
                return;
            }
            *away = Some(error);
        }
        let me = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(PAUSE).await;
                if me.ask(Instant::now()).await.is_ok() {
                    break;
                }
            }
            if let Ok(mut away) = me.away.write() {
                *away = None;
            }
        });
    }
}

fn away(log: &str) -> Error {
    Error::unavailable(log)
}

fn load(conn: &mut PgConnection, known: Option<Arc<Publication>>) -> Result<Arc<Publication>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        key: String,
    }
    let digest = |conn: &mut PgConnection| -> Result<String> {
        let row: Row =
            diesel::sql_query(include_str!("publication.sql")).get_result(conn).doing("asking what is published")?;
        Ok(row.key)
    };
    let mut key = digest(conn)?;
    if let Some(known) = known.filter(|known| known.key == key) {
        return Ok(known);
    }
    // The lists are read after the digest. If it has changed meanwhile they may be a mixture, so they are read again.
    loop {
        let public = Catalog::load(conn)?;
        let after = digest(conn)?;
        if after == key {
            let internal = Arc::new(public.for_signed_in());
            return Ok(Arc::new(Publication { key, public: Arc::new(public), internal }));
        }
        key = after;
    }
}
