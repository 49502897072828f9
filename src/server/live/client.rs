//! Whom an open connection counts for, and how many may be open.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::keys::Asker;

/// Whom a connection counts for; this machine itself is counted for nobody.
type Client = Option<Who>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Who {
    Key(i32),
    Address(IpAddr),
}

/// Places for open connections.
#[derive(Debug)]
pub struct Places {
    per_client: usize,
    all: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_client: HashMap<Who, usize>,
}

/// A place that is taken until it is dropped.
#[derive(Debug)]
pub struct Place {
    places: Arc<Places>,
    client: Client,
}

impl Places {
    /// So many for one client, and so many in all.
    pub fn new(per_client: usize, all: usize) -> Self {
        Self { per_client, all, taken: Mutex::default() }
    }

    /// A place for a key, or for an address without one; `None` when no more are free.
    pub fn take(self: &Arc<Self>, asker: &Asker) -> Option<Place> {
        let client = asker.access.key.map(Who::Key).or(asker.address.map(Who::Address));
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.all {
            return None;
        }
        if let Some(who) = client {
            let count = taken.by_client.entry(who).or_default();
            if *count >= self.per_client {
                return None;
            }
            *count += 1;
        }
        taken.all += 1;
        Some(Place { places: self.clone(), client })
    }

    /// Places that are taken.
    pub fn taken(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).all
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        let Some(who) = self.client else { return };
        if let Some(count) = taken.by_client.get_mut(&who) {
            *count -= 1;
            if *count == 0 {
                taken.by_client.remove(&who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Access;

    #[test]
    fn places_are_counted_by_client_and_come_back() {
        let places = Arc::new(Places::new(2, 4));
        let address: Option<IpAddr> = "203.0.113.1".parse().ok();
        let nobody = Asker { address, ..Asker::default() };
        let key = |n| Asker { access: Access { key: Some(n), ..Access::default() }, address };
        let first = places.take(&nobody).unwrap();
        let _second = places.take(&nobody).unwrap();
        assert!(places.take(&nobody).is_none(), "two for one address");
        let _third = places.take(&key(1)).unwrap();
        drop(first);
        let _fourth = places.take(&nobody).unwrap();
        let _fifth = places.take(&Asker::default()).unwrap();
        assert!(places.take(&key(2)).is_none(), "four in all");
        assert_eq!((places.taken(), places.taken.lock().unwrap().by_client.len()), (4, 2));
    }
}
