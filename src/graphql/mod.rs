//! Speaks GraphQL: the words that every answer shares. Ids, figures, scalars, pages, languages, limits, error codes.
//!
//! Knows nothing of the three questions, of the database or of HTTP. Each question's `graphql` file says what may be
//! asked there; [`crate::api`] merges them.

pub mod errors;
pub mod figure;
pub mod ids;
pub mod language;
pub mod limits;
pub mod paging;
pub mod scalars;
pub mod stored;

use std::sync::atomic::{AtomicBool, Ordering};

/// What one request has touched so far; the server turns it into `extensions`.
#[derive(Debug, Default)]
pub struct Seen {
    synthetic: AtomicBool,
}

impl Seen {
    /// Notes that the answer rests on generated data.
    pub fn synthetic(&self) {
        self.synthetic.store(true, Ordering::Relaxed);
    }

    /// Whether any part of the answer rests on generated data.
    pub fn is_synthetic(&self) -> bool {
        self.synthetic.load(Ordering::Relaxed)
    }
}
