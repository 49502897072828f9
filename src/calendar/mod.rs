//! Weeks and lunar holidays: which week of one year faces which week of another.
//!
//! Knows no holiday by date: they are handed in, because another country or another decade has others.

mod holiday;
mod week;

pub use holiday::{Alignment, Holiday, LunarHolidays};
pub use week::IsoWeek;
