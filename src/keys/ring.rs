//! Keys that were seen lately, so that not every request asks the database.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use chrono::Utc;

use super::{Access, Secret, store};
use crate::db::Db;
use crate::error::{Error, Result};

/// How long a key is trusted after it was looked up, and so how long a revoked one may still be used.
const TRUSTED: Duration = Duration::from_secs(5);
/// Most keys remembered, known and unknown.
const MOST: usize = 10_000;

/// When a key was looked up, and what was found.
type Seen = (Instant, Option<Access>);

/// The keys that were seen lately, by digest.
#[derive(Debug, Default)]
pub struct Ring(Mutex<HashMap<[u8; 32], Seen>>);

fn remember(known: &mut HashMap<[u8; 32], Seen>, digest: [u8; 32], access: Option<Access>) {
    if known.len() >= MOST {
        known.retain(|_, (seen, _)| seen.elapsed() < TRUSTED);
    }
    // Somebody tries many keys. Those that there are must not make room for those that there are not.
    if known.len() >= MOST && access.is_some() {
        known.retain(|_, (_, access)| access.is_some());
    }
    if known.len() < MOST {
        known.insert(digest, (Instant::now(), access));
    }
}

impl Ring {
    /// What the key allows, if that is remembered: the inner `None` says that there is no such key.
    pub fn remembered(&self, secret: &Secret) -> Option<Option<Access>> {
        let known = self.0.lock().ok()?;
        known.get(&secret.digest()).filter(|(seen, _)| seen.elapsed() < TRUSTED).map(|(_, access)| access.clone())
    }

    /// What the key allows; `None` when there is no such key in force.
    pub async fn look_up(&self, db: &Db, secret: &Secret) -> Result<Option<Access>> {
        let digest = secret.digest();
        let found = db.run(move |conn| store::access(conn, &digest)).await?;
        // One that ends within the time of trust is asked for again each time.
        let lasting = found
            .as_ref()
            .is_none_or(|(_, end)| end.is_none_or(|end| (end - Utc::now()).to_std().is_ok_and(|left| left > TRUSTED)));
        let access = found.map(|(access, _)| access);
        if lasting {
            let mut known = self.0.lock().map_err(|_| Error::internal("the keys in memory were left half-written"))?;
            remember(&mut known, digest, access.clone());
        }
        Ok(access)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_invented_keys_takes_no_place_from_a_key_that_there_is() {
        let mut known = HashMap::new();
        let digest = |n: usize| {
            let mut digest = [0; 32];
            digest[..8].copy_from_slice(&n.to_be_bytes());
            digest
        };
        (0..MOST + 10).for_each(|n| remember(&mut known, digest(n), None));
        assert_eq!(known.len(), MOST);
        remember(&mut known, digest(usize::MAX), Some(Access::default()));
        assert!(known.contains_key(&digest(usize::MAX)) && known.len() <= MOST);
    }
}
