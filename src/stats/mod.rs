//! Statistics that more than one question needs: regression with dependent errors, intervals, suppression.
//!
//! Numbers in, numbers out. Knows no district, no file and no database; what cannot be computed is `None`, never NaN.

pub mod ar1;
pub mod interval;
pub mod suppression;
