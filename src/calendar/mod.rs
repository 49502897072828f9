//! Weeks, months, quarters and lunar holidays: which week of one year faces which week of another.
//!
//! Knows no holiday by date: they are handed in, because another country or another decade has others.

mod grain;
mod holiday;
mod week;

pub use grain::Grain;
pub use holiday::{Alignment, Holiday, LunarHolidays};
pub use week::IsoWeek;
