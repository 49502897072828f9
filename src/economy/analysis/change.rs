//! Year-on-year change: sales of a period over those of the period that it faces in the base year, minus 1.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use crate::calendar::{Alignment, Grain, IsoWeek, LunarHolidays};

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

/// Sales of the base year that each later week is compared with, aligned by holidays.
pub fn references(sales: &BTreeMap<IsoWeek, f64>, holidays: &LunarHolidays, base_year: i32) -> BTreeMap<IsoWeek, f64> {
    let base: BTreeMap<IsoWeek, f64> =
        sales.iter().filter(|(w, _)| w.year == base_year).map(|(w, s)| (*w, *s)).collect();
    let holiday_weeks = holidays.weeks(base_year);
    let reference = |week: &IsoWeek| match holidays.align(*week, base_year) {
        Some(Alignment::Week(w)) => base.get(&w).copied(),
        Some(Alignment::Interpolated(w)) => between_normal_weeks(&base, &holiday_weeks, w),
        None => None,
    };
    let later = sales.keys().filter(|week| week.year > base_year);
    later.filter_map(|week| reference(week).filter(|r| *r > 0.0).map(|r| (*week, r))).collect()
}

/// The changes of all weeks after the base year, in order.
pub fn changes(sales: &BTreeMap<IsoWeek, f64>, holidays: &LunarHolidays, base_year: i32) -> Vec<Change> {
    let aligned = references(sales, holidays, base_year);
    sales
        .iter()
        .filter(|(week, _)| week.year > base_year)
        .map(|(week, now)| {
            let plain = LunarHolidays::plain(*week, base_year).and_then(|w| sales.get(&w).copied());
            Change {
                week: *week,
                aligned: aligned.get(week).map(|r| now / r - 1.0),
                plain: plain.filter(|r| *r > 0.0).map(|r| now / r - 1.0),
            }
        })
        .collect()
}

/// Change of a month or quarter against the same one of the base year; `None` when the base has no sales.
pub fn plain_change(sales: &BTreeMap<NaiveDate, f64>, grain: Grain, start: NaiveDate, base_year: i32) -> Option<f64> {
    let now = sales.get(&start)?;
    let base = grain.in_year(start, base_year).filter(|_| grain.year(start) > base_year)?;
    sales.get(&base).filter(|r| **r > 0.0).map(|r| now / r - 1.0)
}

/// Holiday-aligned change of a month or quarter, by its weeks: a week belongs to the month that holds its Thursday, as
/// in ISO 8601 it belongs to a year. Sums of the weeks over the sums of what they face; `None` when more than one of
/// them has nothing to face.
pub fn aligned_change(
    weeks: &BTreeMap<IsoWeek, f64>,
    references: &BTreeMap<IsoWeek, f64>,
    grain: Grain,
    start: NaiveDate,
) -> Option<f64> {
    let thursday = |week: &IsoWeek| week.monday().and_then(|monday| monday.checked_add_days(Days::new(3)));
    let wanted = grain
        .start_of(start)
        .iter_days()
        .take(grain.days(start) as usize)
        .filter(|day| thursday(&IsoWeek::of(*day)) == Some(*day))
        .count();
    let (mut now, mut base, mut found) = (0.0, 0.0, 0);
    for (week, sales) in weeks.iter().filter(|(week, _)| thursday(week).map(|day| grain.start_of(day)) == Some(start)) {
        if let Some(reference) = references.get(week) {
            (now, base, found) = (now + sales, base + reference, found + 1);
        }
    }
    (found + 1 >= wanted && base > 0.0).then(|| now / base - 1.0)
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
