//! What is published, as of now: one digest that every publication, withdrawal and import changes.
//!
//! An answer is kept under this digest, so it is true for exactly as long as the digest stays. The database tells every
//! server that listens at the end of the transaction that changes it. What a server was told it may trust for the time
//! of a lease, which it renews by asking, so that a connection that is lost without a sign is found out. A server that is
//! not told asks before every answer, and requests that wait at the same time share one question.
//!
//! So a change is in every answer that is asked for a few milliseconds after its commit, and after the lease at the
//! latest. [`seen_everywhere`] waits for that: whoever calls it after a commit knows that nobody is answered from what
//! was before.

mod load;
mod seen;
mod watch;

use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use self::load::load;
use super::catalog::Catalog;
use crate::config::{Settings, Watching};
use crate::db::Db;
use crate::error::{Error, Kind, Result};

pub use self::seen::seen_everywhere;

/// How long a server that listens may trust what it knows without having asked.
const LEASE: Duration = Duration::from_millis(1_000);
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

/// Knows what is published. Cheap to clone.
#[derive(Clone)]
pub struct Publications {
    db: Db,
    trusted: Duration,
    shared: Arc<Shared>,
}

/// What the requests and the thread that listens know together.
#[derive(Default)]
struct Shared {
    known: RwLock<Known>,
    asking: Mutex<Option<Asked>>,
    away: RwLock<Option<Error>>,
}

#[derive(Default)]
struct Known {
    last: Option<Last>,
    /// The database has told it and will tell the next one.
    told: bool,
}

struct Asked {
    started: Instant,
    answer: Result<Arc<Publication>>,
}

impl Shared {
    /// The newest publication that was seen, however long ago.
    fn last(&self) -> Option<Last> {
        self.known.read().ok()?.last.clone()
    }

    /// From the one who listens. It overrules what requests have found: of what changed after its question it will be
    /// told.
    fn told(&self, publication: &Arc<Publication>, confirmed: Instant) {
        if let Ok(mut known) = self.known.write() {
            *known = Known { last: Some(Last { publication: publication.clone(), confirmed }), told: true };
        }
    }

    /// Something has changed, or changes are not told any more.
    fn not_told(&self) {
        if let Ok(mut known) = self.known.write() {
            known.told = false;
        }
    }

    /// From a request. It knows nothing of what changes after its question.
    fn asked(&self, publication: &Arc<Publication>, confirmed: Instant) {
        if let Ok(mut known) = self.known.write() {
            let is_told = known.told && known.last.as_ref().is_some_and(|last| last.confirmed.elapsed() < LEASE);
            if !is_told {
                *known = Known { last: Some(Last { publication: publication.clone(), confirmed }), told: false };
            }
        }
    }
}

impl Publications {
    /// Begins to listen where the settings say so. The pool for questions is one of its own with one connection, so that
    /// slow questions of others do not make this one wait.
    pub fn open(settings: &Settings) -> Result<Self> {
        let db = Db::open(&Settings { pool_size: 1, ..settings.clone() })?;
        let shared = Arc::<Shared>::default();
        if settings.publications == Watching::Listen {
            watch::watch(settings.required_database_url()?.to_owned(), Arc::downgrade(&shared))?;
        }
        Ok(Self { db, trusted: settings.publication_check, shared })
    }

    /// The publications as they stand, when that is known without asking.
    pub fn known(&self) -> Option<Arc<Publication>> {
        let known = self.shared.known.read().ok()?;
        let trusted = if known.told { LEASE } else { self.trusted };
        let last = known.last.as_ref().filter(|last| last.confirmed.elapsed() < trusted)?;
        Some(last.publication.clone())
    }

    /// The publications as they stand: known, or as they are at some moment after this call.
    pub async fn current(&self) -> Result<Arc<Publication>> {
        let arrived = Instant::now();
        if let Some(publication) = self.known() {
            return Ok(publication);
        }
        if let Some(error) = self.shared.away.read().ok().and_then(|away| away.clone()) {
            return Err(error);
        }
        let mut asking = self.shared.asking.lock().await;
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
        self.shared.last()
    }

    async fn ask(&self, started: Instant) -> Result<Arc<Publication>> {
        let known = self.last().map(|last| last.publication);
        let asked = self.db.run(move |conn| load(conn, known));
        let publication = tokio::time::timeout(LONGEST, asked).await.map_err(|_| away("no answer in time"))??;
        self.shared.asked(&publication, started);
        Ok(publication)
    }

    /// While the database is away nobody waits for it: one task asks again and again, the others are told at once.
    fn wait_for_database(&self, error: Error) {
        if let Ok(mut away) = self.shared.away.write() {
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
            if let Ok(mut away) = me.shared.away.write() {
                *away = None;
            }
        });
    }
}

fn away(log: &str) -> Error {
    Error::unavailable(log)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn publication(key: &str) -> Arc<Publication> {
        Arc::new(Publication { key: key.to_owned(), public: Arc::default(), internal: Arc::default() })
    }

    fn publications() -> Publications {
        let settings = Settings::read(|name| match name {
            "DATABASE_URL" => Some("postgres://nobody@localhost:1/nowhere".to_owned()),
            "DONGJAK_PUBLICATIONS" => Some("ask".to_owned()),
            _ => None,
        });
        Publications::open(&settings.unwrap()).unwrap()
    }

    fn key(publications: &Publications) -> Option<String> {
        publications.known().map(|known| known.key.clone())
    }

    #[test]
    fn what_is_told_is_trusted_until_something_changes_or_the_lease_ends() {
        let publications = publications();
        publications.shared.told(&publication("a"), Instant::now());
        assert_eq!(key(&publications).as_deref(), Some("a"));
        publications.shared.not_told();
        assert_eq!(key(&publications), None);
        publications.shared.told(&publication("b"), Instant::now() - LEASE);
        assert_eq!(key(&publications), None);
        assert_eq!(publications.last().map(|last| last.publication.key.clone()).as_deref(), Some("b"));
    }

    #[test]
    fn a_slow_question_of_a_request_does_not_overrule_what_was_told_meanwhile() {
        let publications = publications();
        let started = Instant::now();
        publications.shared.told(&publication("new"), started);
        publications.shared.asked(&publication("old"), started + Duration::from_millis(1));
        assert_eq!(key(&publications).as_deref(), Some("new"));
    }

    #[test]
    fn what_a_request_has_found_does_not_renew_the_lease_of_a_connection_that_is_silent() {
        let publications = publications();
        publications.shared.told(&publication("old"), Instant::now() - LEASE);
        publications.shared.asked(&publication("now"), Instant::now());
        assert_eq!(key(&publications), None, "the next request asks again");
    }
}
