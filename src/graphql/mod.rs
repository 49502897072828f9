//! Speaks GraphQL: the words that every answer shares. Ids, figures, scalars, pages, languages, limits, error codes.
//!
//! Knows nothing of the three questions, of the database or of HTTP. Each question's `graphql` file says what may be
//! asked there; [`crate::api`] merges them.

pub mod check;
pub mod errors;
pub mod faults;
pub mod figure;
pub mod ids;
pub mod language;
pub mod paging;
pub mod place;
pub mod scalars;
pub mod stored;
pub mod user_error;

mod seen;

pub use seen::Seen;

use async_graphql::Context;

use crate::error::{Error, Result};

/// Something that the server put beside the request; missing means that we forgot to.
pub fn data<'a, T: Send + Sync + 'static>(ctx: &Context<'a>) -> Result<&'a T> {
    ctx.data_opt::<T>()
        .ok_or_else(|| Error::internal(format!("{} is missing in the request", std::any::type_name::<T>())))
}
