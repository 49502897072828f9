//! Choosing places: which candidates cover the most demand?
//!
//! Maximal covering (Church and ReVelle 1974): of the candidates j choose p, or as many as a budget pays for, so that
//! the weight of the demand points within the radius of a chosen one is as large as possible. A point that two sites
//! cover counts once.
//!
//! The best plan is found in three steps, each of which is an answer: a greedy list improved by exchanges, a bound from
//! above that says what it may lose (`dual`), and the exact finish that proves it (`branch`).
//!
//! Numbers in, numbers out: knows no district, no Wi-Fi and no database. Coordinates are whole decimetres and weights
//! whole numbers, so that the edge of a radius is exact and every sum is too.

mod anneal;
mod branch;
mod choice;
mod core;
pub mod coverage;
mod dual;
mod greedy;
mod lists;
pub mod median;
mod merge;
mod needs;
mod plan;
mod prefixes;
mod problem;
mod random;
mod rules;
mod search;

pub use greedy::{Step, ranked};
pub use plan::{Effort, Plan, Status, in_order, plan, solve};
pub use prefixes::prefix_bounds;
pub use problem::{Candidate, Layer, Limit, Point, Problem, SpecError, decimetres};
pub use rules::Rules;

#[cfg(test)]
mod tests;
