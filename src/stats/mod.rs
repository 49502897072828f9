//! Statistics that more than one question needs: regression with dependent errors, intervals, ranks, suppression.
//!
//! Numbers in, numbers out. Knows no district, no file and no database; what cannot be computed is `None`, never NaN.

pub mod ar1;
pub mod composite;
pub mod decisions;
pub mod disclosure;
pub mod gamma;
pub mod gini;
pub mod groups;
pub mod interval;
pub mod line;
pub mod linear;
pub mod log_odds;
pub mod multiple;
pub mod order;
pub mod panel;
pub mod poisson;
pub mod span;
pub mod spatial;
pub mod splitmix;
pub mod suppression;
