//! Places as numbers: reference systems, ranges, areas, codes of dongs.
//!
//! Knows no database and no file; PostGIS does the transformations.

mod area;
mod code;
mod crs;
mod point;

pub use area::{area_json, area_on_earth, on_earth};
pub use code::{DongCode, DongDirectory};
pub use crs::Crs;
pub use point::{PointFault, degrees, is_placeholder, split_joined_pair};
