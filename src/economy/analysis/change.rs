//! Year-on-year change: sales of a week over those of the week that it faces in the base year, minus 1.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Alignment, IsoWeek, LunarHolidays};

/// The change of one week, aligned by holidays and plain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The week after the base year.
    pub week: IsoWeek,
    /// Against the holiday-aligned week; `None` when the base has no sales.
    pub aligned: Option<f64>,
    /// Against the week with the same number; `None` when the base has no sales.
    pub plain: Option<f64>,
}

/// The changes of all weeks after the base year, in order.
pub fn changes(sales: &BTreeMap<IsoWeek, f64>, holidays: &LunarHolidays, base_year: i32) -> Vec<Change> {
    let base: BTreeMap<IsoWeek, f64> =
        sales.iter().filter(|(w, _)| w.year == base_year).map(|(w, s)| (*w, *s)).collect();
    let holiday_weeks = holidays.weeks(base_year);
    sales
        .iter()
        .filter(|(week, _)| week.year > base_year)
        .map(|(week, now)| {
            let over = |reference: Option<f64>| reference.filter(|r| *r > 0.0).map(|r| now / r - 1.0);
            let aligned = match holidays.align(*week, base_year) {
                Some(Alignment::Week(w)) => base.get(&w).copied(),
                Some(Alignment::Interpolated(w)) => between_normal_weeks(&base, &holiday_weeks, w),
                None => None,
            };
            let plain = LunarHolidays::plain(*week, base_year).and_then(|w| base.get(&w).copied());
            Change { week: *week, aligned: over(aligned), plain: over(plain) }
        })
        .collect()
}

/// The level that a holiday week would have had: linear in logs between the nearest normal weeks.
fn between_normal_weeks(base: &BTreeMap<IsoWeek, f64>, holidays: &BTreeSet<IsoWeek>, week: IsoWeek) -> Option<f64> {
    let normal = |(w, s): (&IsoWeek, &f64)| (!holidays.contains(w) && *s > 0.0).then_some((*w, *s));
    let before = base.range(..week).rev().find_map(normal);
    let after = base.range(week..).find_map(normal);
    match (before, after) {
        (Some((a, low)), Some((b, high))) => {
            let share = f64::from(week.week - a.week) / f64::from(b.week - a.week);
            Some((low.ln() + (high.ln() - low.ln()) * share).exp())
        }
        (Some((_, level)), None) | (None, Some((_, level))) => Some(level),
        (None, None) => None,
    }
}
