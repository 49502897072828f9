//! Choosing a few sites exactly, when each demand point is served by the cheapest chosen one.
//!
//! The p-median (Hakimi 1964): choose at most p candidates so that Σ over the demand points of the cost of the cheapest
//! chosen candidate is least. Maximal covering is the same problem with costs of 0 within the radius and the weight of
//! the point beyond it (Church and ReVelle 1976), so both are solved here. A budget, candidates that must be chosen, and
//! pairs that are too close to be chosen together bound the choice.
//!
//! The bound is Lagrangian (Narula, Ogbu and Samuelsson 1977): each point is offered a price; a candidate is worth what
//! the points would pay above its costs, and no choice can cost less than all prices minus the worth of the best
//! candidates. Better prices are found step by step, and what they leave open is decided by branching. Everything is
//! counted in whole numbers, so that an optimum is proven and not only met within a tolerance.
//!
//! Made for some hundred candidates; the covering problem of thousands has its own solver in the rooms beside, which also
//! bounds the small one where circles overlap much (`solve_covering`).

mod bound;
mod build;
mod cover;
mod improve;
mod instance;
mod search;

pub use build::{covering, walking};
pub use cover::solve_covering;
pub use improve::{greedy, improved};
pub use instance::{Costs, Instance, Terms, TermsError};
pub use search::{Solution, solve};

#[cfg(test)]
mod tests;
