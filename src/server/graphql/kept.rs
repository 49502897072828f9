//! Answers that are kept: one computation for many equal requests, bounded in bytes.
//!
//! An answer is kept under everything that it depends on, the set of publications included. Nothing is ever removed
//! because it became wrong: a publication changes the key, and what nobody asks for any more leaves by age.
//!
//! A query can be written in many ways, so the key is that of the query as it was read. Beside it stands, for each way in
//! which it was sent, the digest of the bytes as they came: equal bytes find the answer before anything is parsed.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::{Shared, WeakShared};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use super::answer::Answer;
use super::media::MediaType;
use crate::api::request::Query;
use crate::graphql::language::Language;
use crate::keys::Scope;

/// What an answer depends on, as a digest.
pub type Key = [u8; 32];

/// Everything that an answer depends on beside what was asked.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// What the client wants to read.
    pub media_type: MediaType,
    /// Language of the request.
    pub language: Language,
    /// What the key of the asker allows.
    pub scopes: &'a [Scope],
    /// Key of the publications.
    pub publication: &'a str,
}

impl Circumstances<'_> {
    /// The key of the answer to a query.
    pub fn of_query(&self, query: &Query) -> Key {
        let variables = serde_json::Value::Object(query.variables.clone()).to_string();
        let name = query.operation_name.as_deref().unwrap_or("");
        self.digest("query", &[query.text.as_bytes(), name.as_bytes(), variables.as_bytes()])
    }

    /// The key of what was sent, as it came.
    pub fn of_request(&self, sent: Sent<'_>) -> Key {
        match sent {
            Sent::Address(query_string) => self.digest("address", &[query_string.as_bytes()]),
            Sent::Body(bytes) => self.digest("body", &[bytes]),
        }
    }

    fn digest(&self, kind: &str, asked: &[&[u8]]) -> Key {
        let mut digest = Sha256::new();
        let media_type: &[u8] = match self.media_type {
            MediaType::Json => b"json",
            MediaType::GraphqlResponse => b"graphql-response",
        };
        let scopes = format!("{:?}", self.scopes);
        let about =
            [kind, self.language.tag(), &scopes, self.publication].map(str::as_bytes).into_iter().chain([media_type]);
        for part in about.chain(asked.iter().copied()) {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        digest.finalize().into()
    }
}

/// A request as it came.
#[derive(Debug, Clone, Copy)]
pub enum Sent<'a> {
    /// By GET: the part of the address after the question mark.
    Address(&'a str),
    /// By POST: the body.
    Body(&'a [u8]),
}

type Work = Pin<Box<dyn Future<Output = Arc<Answer>> + Send>>;

/// The answers of one server.
pub struct Kept {
    answers: Cache<Key, Held, Bytes>,
    computing: Mutex<HashMap<Key, WeakShared<Work>>>,
}

/// What is found under a key.
#[derive(Debug, Clone)]
enum Held {
    /// The answer.
    Answer(Arc<Answer>),
    /// The key of the answer.
    Under(Key),
}

#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<Key, Held> for Bytes {
    fn weight(&self, _: &Key, held: &Held) -> u64 {
        // The key, the entry and the headers, roughly.
        match held {
            Held::Answer(answer) => (answer.body.len() + 300) as u64,
            Held::Under(_) => 150,
        }
    }
}

impl Kept {
    /// Keeps at most so many bytes; none when 0.
    pub fn new(bytes: u64) -> Self {
        let items = usize::try_from(bytes / 4_096).unwrap_or(0).clamp(16, 1_000_000);
        Self { answers: Cache::with_weighter(items, bytes, Bytes), computing: Mutex::default() }
    }

    /// The answer that is kept under this key.
    pub fn get(&self, key: &Key) -> Option<Arc<Answer>> {
        match self.answers.get(key)? {
            Held::Answer(answer) => Some(answer),
            Held::Under(_) => None,
        }
    }

    /// The answer to a request that came in exactly these bytes before.
    pub fn get_as_sent(&self, sent: &Key) -> Option<Arc<Answer>> {
        match self.answers.get(sent)? {
            Held::Under(key) => self.get(&key),
            Held::Answer(_) => None,
        }
    }

    /// From now on a request in these bytes finds what is kept under the key.
    pub fn also_as_sent(&self, sent: Key, key: Key) {
        self.answers.insert(sent, Held::Under(key));
    }

    /// The answer under this key: kept, being computed for somebody else, or computed now. The work stops when the
    /// last one who waits for it has left.
    pub async fn get_or_compute<F>(&self, key: Key, compute: impl FnOnce() -> F) -> Arc<Answer>
    where
        F: Future<Output = Arc<Answer>> + Send + 'static,
    {
        if let Some(answer) = self.get(&key) {
            return answer;
        }
        let answer = self.join(key, compute).await;
        if answer.keep {
            self.answers.insert(key, Held::Answer(answer.clone()));
        }
        if let Ok(mut computing) = self.computing.lock() {
            computing.remove(&key);
        }
        answer
    }

    fn join<F>(&self, key: Key, compute: impl FnOnce() -> F) -> Shared<Work>
    where
        F: Future<Output = Arc<Answer>> + Send + 'static,
    {
        let Ok(mut computing) = self.computing.lock() else { return compute().boxed().shared() };
        if let Some(running) = computing.get(&key).and_then(WeakShared::upgrade) {
            return running;
        }
        // Those whose last client left were never finished, and so never removed.
        if computing.len() >= 1_024 {
            computing.retain(|_, running| running.upgrade().is_some());
        }
        let running = compute().boxed().shared();
        if let Some(weak) = running.downgrade() {
            computing.insert(key, weak);
        }
        running
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_an_answer_depends_on_changes_its_key() {
        let query = |text: &str, name: Option<&str>, n: i32| Query {
            text: text.to_owned(),
            operation_name: name.map(str::to_owned),
            variables: [("n".to_owned(), n.into())].into_iter().collect(),
        };
        let base = query("{ a }", None, 1);
        let here = HERE;
        let others = [
            Circumstances { media_type: MediaType::GraphqlResponse, ..here },
            Circumstances { language: Language::En, ..here },
            Circumstances { scopes: &[Scope::ReadInternal], ..here },
            Circumstances { publication: "p2", ..here },
        ];
        let mut keys = vec![
            here.of_query(&base),
            here.of_query(&query("{ b }", None, 1)),
            here.of_query(&query("{ a }", Some("x"), 1)),
            here.of_query(&query("{ a }", None, 2)),
            here.of_request(Sent::Body(b"{ a }")),
            here.of_request(Sent::Body(b"{ a } ")),
            here.of_request(Sent::Address("{ a }")),
        ];
        keys.extend(others.iter().flat_map(|c| [c.of_query(&base), c.of_request(Sent::Body(b"{ a }"))]));
        let different: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
        assert_eq!(keys[0], here.of_query(&base));
    }

    const HERE: Circumstances<'_> =
        Circumstances { media_type: MediaType::Json, language: Language::Ko, scopes: &[], publication: "p1" };

    #[tokio::test]
    async fn equal_bytes_find_an_answer_for_as_long_as_it_is_kept_and_weigh_too() {
        let kept = Kept::new(20_000);
        kept.get_or_compute([1; 32], || async { answer(10, true) }).await;
        kept.also_as_sent([2; 32], [1; 32]);
        assert!(kept.get_as_sent(&[2; 32]).is_some() && kept.get(&[2; 32]).is_none());
        assert!(kept.get_as_sent(&[1; 32]).is_none(), "a key of a query is not one of bytes");
        for n in 0..10_000_u32 {
            kept.also_as_sent(HERE.of_request(Sent::Body(&n.to_be_bytes())), [1; 32]);
        }
        assert!(kept.answers.len() <= 20_000 / 150, "{} ways of asking are kept", kept.answers.len());
    }

    fn answer(bytes: usize, keep: bool) -> Arc<Answer> {
        Arc::new(Answer::for_tests(vec![b' '; bytes], keep))
    }

    #[tokio::test]
    async fn equal_requests_at_the_same_time_are_computed_once() {
        let kept = Kept::new(1 << 20);
        let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let ask = |n: u8| {
            let count = count.clone();
            kept.get_or_compute([n; 32], move || async move {
                count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                for _ in 0..9 {
                    tokio::task::yield_now().await;
                }
                answer(10, false)
            })
        };
        let _ = tokio::join!(ask(1), ask(1), ask(1), ask(2));
        assert_eq!(count.load(std::sync::atomic::Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn what_may_not_be_kept_is_not_and_the_rest_stays_within_its_bytes() {
        let kept = Kept::new(20_000);
        kept.get_or_compute([0; 32], || async { answer(10, false) }).await;
        assert!(kept.get(&[0; 32]).is_none());
        for n in 1..=200 {
            kept.get_or_compute([n; 32], || async { answer(1_000, true) }).await;
        }
        let bytes: usize = (1..=200).filter_map(|n| kept.get(&[n; 32])).map(|a| a.body.len()).sum();
        assert!((1_000..=20_000).contains(&bytes), "{bytes} bytes are kept");
    }

    #[tokio::test]
    async fn the_work_stops_when_the_last_one_who_waits_has_left() {
        struct Dropped(Arc<std::sync::atomic::AtomicBool>);
        impl Drop for Dropped {
            fn drop(&mut self) {
                self.0.store(true, std::sync::atomic::Ordering::Relaxed);
            }
        }
        let kept = Kept::new(1 << 20);
        let dropped = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let ask = || {
            let at_the_end = Dropped(dropped.clone());
            kept.get_or_compute([1; 32], move || async move {
                let _at_the_end = at_the_end;
                std::future::pending().await
            })
        };
        let stopped = || dropped.load(std::sync::atomic::Ordering::Relaxed);
        let (mut stays, mut leaves) = (Box::pin(ask()), Box::pin(ask()));
        assert!(futures_util::poll!(&mut stays).is_pending() && futures_util::poll!(&mut leaves).is_pending());
        // The second one brought work of its own, which was never begun because it joined the first.
        dropped.store(false, std::sync::atomic::Ordering::Relaxed);
        drop(leaves);
        assert!(!stopped(), "the first one still waits");
        drop(stays);
        assert!(stopped(), "nobody waits, and the work goes on");
    }
}
