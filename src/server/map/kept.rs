//! Bodies of the map that are kept: what was sent once is sent again without the database, and is still there while the
//! database is away.
//!
//! The entity tag says everything that a body depends on, the set of publications included, so it is the key. Nothing
//! is removed because it became wrong: a publication changes the tag, and what nobody asks for any more leaves by age.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::error::Result;

/// Bodies of one server by entity tag, bounded in bytes. Cheap to clone.
#[derive(Clone)]
pub struct KeptBodies {
    bodies: Arc<Cache<String, Bytes, Weight>>,
    largest: usize,
}

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<String, Bytes> for Weight {
    fn weight(&self, tag: &String, body: &Bytes) -> u64 {
        // The tag and the entry, roughly.
        (tag.len() + body.len() + 200) as u64
    }
}

impl KeptBodies {
    /// Keeps at most so many bytes, none of them longer than an eighth of it.
    pub fn new(bytes: u64) -> Self {
        let items = usize::try_from(bytes / 4_096).unwrap_or(0).clamp(16, 1_000_000);
        let largest = usize::try_from(bytes / 8).unwrap_or(usize::MAX);
        Self { bodies: Arc::new(Cache::with_weighter(items, bytes, Weight)), largest }
    }

    /// The body under this tag.
    pub fn get(&self, tag: &str) -> Option<Bytes> {
        self.bodies.get(tag)
    }

    /// Keeps a body that is whole.
    pub fn insert(&self, tag: &str, body: Bytes) {
        if body.len() <= self.largest {
            self.bodies.insert(tag.to_owned(), body);
        }
    }

    /// Hands on what comes and keeps it once it has come whole. What is cut off, fails or grows too large is not kept.
    pub fn keeping<S>(&self, tag: String, stream: S) -> impl Stream<Item = Result<Bytes>> + use<S>
    where
        S: Stream<Item = Result<Bytes>>,
    {
        let me = self.clone();
        let mut so_far = Some(Vec::new());
        // The end of the stream is an item of its own here, so that the last part is seen to be the last.
        stream.map(Some).chain(futures_util::stream::once(async { None })).filter_map(move |part| {
            match &part {
                Some(Ok(bytes)) => {
                    if let Some(kept) = &mut so_far {
                        kept.extend_from_slice(bytes);
                    }
                    if so_far.as_ref().is_some_and(|kept| kept.len() > me.largest) {
                        so_far = None;
                    }
                }
                Some(Err(_)) => so_far = None,
                None => {
                    if let Some(whole) = so_far.take() {
                        me.insert(&tag, whole.into());
                    }
                }
            }
            std::future::ready(part)
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream::iter;

    use super::*;
    use crate::error::Error;

    async fn sent(kept: &KeptBodies, tag: &str, parts: Vec<Result<Bytes>>) -> usize {
        kept.keeping(tag.to_owned(), iter(parts)).count().await
    }

    #[tokio::test]
    async fn a_body_is_kept_when_it_came_whole_and_is_not_too_large() {
        let kept = KeptBodies::new(80_000);
        let part = |n: usize| Ok(Bytes::from(vec![b'x'; n]));
        assert_eq!(sent(&kept, "whole", vec![part(10), part(20)]).await, 2);
        assert_eq!(kept.get("whole").map(|b| b.len()), Some(30));
        sent(&kept, "failed", vec![part(10), Err(Error::internal("gone"))]).await;
        sent(&kept, "large", vec![part(9_000), part(2_000)]).await;
        assert!(kept.get("failed").is_none() && kept.get("large").is_none());
    }

    #[tokio::test]
    async fn a_client_who_leaves_early_leaves_no_half_body_behind() {
        let kept = KeptBodies::new(80_000);
        let parts = vec![Ok(Bytes::from_static(b"a")), Ok(Bytes::from_static(b"b"))];
        let mut stream = Box::pin(kept.keeping("half".to_owned(), iter(parts)));
        assert!(stream.next().await.is_some());
        drop(stream);
        assert!(kept.get("half").is_none());
    }
}
