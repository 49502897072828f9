//! The place that all three questions talk about: the dong (행정동), publicly a `Neighbourhood`.
//!
//! Knows nothing of the questions. Their fields on a neighbourhood are added one level up, in [`crate::api`].

pub mod graphql;
pub mod import;
mod romanise;
pub mod tables;

pub use romanise::romanise;
