//! How many requests a minute somebody may make, counted in this process.

use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::config::Settings;
use crate::keys::{Access, Asker, Tier};

/// Most addresses that are counted one by one. Beyond, addresses share counters, so that a flood of invented
/// addresses cannot fill the memory.
const MOST_ADDRESSES: usize = 100_000;
/// Counters that addresses share then.
const SHARED: u64 = 4_096;
/// Requests between two removals of counters that are full again.
const SWEEP: u32 = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Who {
    Address(IpAddr),
    Some(u64),
    Key(i32),
}

type Limiter = RateLimiter<Who, DashMapStateStore<Who>, DefaultClock, StateInformationMiddleware>;

/// What is left of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Requests a minute.
    pub quota: u32,
    /// Requests left now.
    pub remaining: u32,
    /// Time until there is one more; none when the request may be answered.
    pub wait: Option<Duration>,
}

/// The counters of one server.
pub struct Rates {
    by_address: Option<(u32, Limiter)>,
    by_key: Option<(u32, Limiter)>,
    by_high_key: Option<(u32, Limiter)>,
    changes_by_address: Option<(u32, Limiter)>,
    changes_by_key: Option<(u32, Limiter)>,
    requests: AtomicU32,
    hasher: RandomState,
}

impl Rates {
    /// Counters that start full.
    pub fn new(settings: &Settings) -> Self {
        let limiter = |quota: u32| {
            let quota = NonZeroU32::new(quota)?;
            Some((quota.get(), RateLimiter::keyed(Quota::per_minute(quota)).with_middleware()))
        };
        Self {
            by_address: limiter(settings.rate_per_minute),
            by_key: limiter(settings.rate_per_minute_with_key),
            by_high_key: limiter(settings.rate_per_minute_with_key.saturating_mul(10)),
            changes_by_address: limiter(settings.changes_per_minute),
            changes_by_key: limiter(settings.changes_per_minute_with_key),
            requests: AtomicU32::new(0),
            hasher: RandomState::new(),
        }
    }

    /// Counts one request of an address.
    pub fn address(&self, address: IpAddr) -> Option<Left> {
        self.count_address(self.by_address.as_ref()?, address)
    }

    fn count_address(&self, (quota, limiter): &(u32, Limiter), address: IpAddr) -> Option<Left> {
        if self.requests.fetch_add(1, Ordering::Relaxed).is_multiple_of(SWEEP) {
            limiter.retain_recent();
        }
        let who = if limiter.len() < MOST_ADDRESSES {
            Who::Address(address)
        } else {
            Who::Some(self.hasher.hash_one(address) % SHARED)
        };
        Some(count(*quota, limiter, &who))
    }

    /// Counts one request that changes something, beside the count of all requests.
    pub fn change(&self, asker: &Asker) -> Option<Left> {
        match asker.access.key {
            Some(key) => {
                let (quota, limiter) = self.changes_by_key.as_ref()?;
                Some(count(*quota, limiter, &Who::Key(key)))
            }
            None => self.count_address(self.changes_by_address.as_ref()?, asker.address?),
        }
    }

    /// Counts one request with a key.
    pub fn key(&self, access: &Access) -> Option<Left> {
        let limiter = if access.tier == Tier::High { &self.by_high_key } else { &self.by_key };
        let (quota, limiter) = limiter.as_ref()?;
        Some(count(*quota, limiter, &Who::Key(access.key?)))
    }
}

fn count(quota: u32, limiter: &Limiter, who: &Who) -> Left {
    match limiter.check_key(who) {
        Ok(state) => Left { quota, remaining: state.remaining_burst_capacity(), wait: None },
        Err(until) => Left { quota, remaining: 0, wait: Some(until.wait_time_from(DefaultClock::default().now())) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(quota: &'static str) -> Rates {
        let settings = Settings::read(|name| name.starts_with("DONGJAK_RATE").then(|| quota.to_owned())).unwrap();
        Rates::new(&settings)
    }

    #[test]
    fn one_address_runs_dry_while_another_and_a_key_are_still_answered() {
        let rates = rates("3");
        let (one, other): (IpAddr, IpAddr) = ("203.0.113.1".parse().unwrap(), "203.0.113.2".parse().unwrap());
        let left: Vec<u32> = (0..3).map(|_| rates.address(one).unwrap().remaining).collect();
        assert_eq!(left, [2, 1, 0]);
        let dry = rates.address(one).unwrap();
        assert!(dry.wait.is_some_and(|w| w <= Duration::from_secs(20)), "{dry:?}");
        assert_eq!(rates.address(other).unwrap().wait, None);
        let access = Access { key: Some(1), ..Access::default() };
        assert_eq!(rates.key(&access).unwrap().wait, None);
        let high = Access { key: Some(2), tier: Tier::High, ..Access::default() };
        assert_eq!(rates.key(&high).unwrap().quota, 30);
    }

    #[test]
    fn a_flood_of_addresses_cannot_fill_the_memory() {
        let rates = rates("60");
        for n in 0..300_000_u32 {
            rates.address(IpAddr::V4(n.into()));
        }
        let (_, limiter) = rates.by_address.as_ref().unwrap();
        assert!(limiter.len() <= MOST_ADDRESSES + SHARED as usize, "{} counters", limiter.len());
    }

    #[test]
    fn zero_is_no_limit() {
        assert_eq!(rates("0").address("203.0.113.1".parse().unwrap()), None);
    }
}
