//! Speaks GraphQL: the words that every answer shares. Ids, figures, scalars, pages, languages, limits, error codes.
//!
//! Knows nothing of the three questions, of the database or of HTTP. Each question's `graphql` file says what may be
//! asked there; [`crate::api`] merges them.

pub mod check;
pub mod errors;
pub mod figure;
pub mod ids;
pub mod language;
pub mod paging;
pub mod place;
pub mod scalars;
pub mod stored;

mod seen;

pub use seen::Seen;
