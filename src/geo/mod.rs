//! Places as numbers: reference systems, ranges, codes of dongs.
//!
//! Knows no database and no file; PostGIS does the transformations.

mod code;
mod crs;
mod point;

pub use code::{DongCode, DongDirectory};
pub use crs::Crs;
pub use point::{PointFault, degrees, is_placeholder, split_joined_pair};
