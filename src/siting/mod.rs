//! Choosing places: which candidates cover the most demand?
//!
//! Maximal covering (Church and ReVelle 1974): of the candidates j choose p, or as many as a budget pays for, so that
//! the weight of the demand points within the radius of a chosen one is as large as possible. A point that two sites
//! cover counts once.
//!
//! Numbers in, numbers out: knows no district, no Wi-Fi and no database. Coordinates are whole decimetres and weights
//! whole numbers, so that the edge of a radius is exact and every sum is too.

pub mod coverage;
mod greedy;
mod merge;
mod plan;
mod problem;
mod swap;

pub use greedy::{Step, ranked};
pub use plan::{Plan, plan};
pub use problem::{Candidate, Limit, Point, Problem, SpecError, decimetres};

#[cfg(test)]
mod tests;
