//! Baseline index: a moving week of sales over the weeks before the first case, against the same of a year before.
//!
//! I = [mean of 7 days up to t / base of the year] / [mean of 7 days up to t − 364 / base of the year before] − 1.
//! 364 days are 52 whole weeks, so Mondays face Mondays.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::inputs::DailyCells;
use super::missing_days::level;

/// First and last day, both included.
pub type Span = (NaiveDate, NaiveDate);

/// The sum of all cells day by day. A day that a cell lacks is filled in linearly between its neighbours; before the
/// first and after the last the level stays.
pub fn daily_total(sales: &DailyCells) -> BTreeMap<NaiveDate, f64> {
    let first = sales.values().filter_map(|days| days.keys().next()).min();
    let last = sales.values().filter_map(|days| days.keys().next_back()).max();
    let (Some(first), Some(last)) = (first, last) else { return BTreeMap::new() };
    let mut total: BTreeMap<NaiveDate, f64> =
        first.iter_days().take_while(|day| day <= last).map(|day| (day, 0.0)).collect();
    for days in sales.values().filter(|days| !days.is_empty()) {
        for (day, sum) in &mut total {
            *sum += match days.get(day) {
                Some(amount) => *amount as f64,
                // A cell with any day has a level on every day.
                None => filled(days, *day).unwrap_or(0.0),
            };
        }
    }
    total
}

fn filled(days: &BTreeMap<NaiveDate, i64>, day: NaiveDate) -> Option<f64> {
    let known = |(day, amount): (&NaiveDate, &i64)| (*day, *amount);
    level(days.range(..day).next_back().map(known), days.range(day..).next().map(known), day)
}

/// The index of every day that has its seven days, and those of a year before, in the data.
pub fn baseline_index(total: &BTreeMap<NaiveDate, f64>, base: Span, base_before: Span) -> BTreeMap<NaiveDate, f64> {
    let mean = |(from, to): Span| {
        let days: Vec<f64> = total.range(from..=to).map(|(_, sales)| *sales).collect();
        let wanted = (to - from).num_days() + 1;
        let complete = usize::try_from(wanted).is_ok_and(|n| n == days.len());
        Some(days.iter().sum::<f64>() / days.len() as f64).filter(|mean| complete && *mean > 0.0)
    };
    let (Some(now), Some(before)) = (mean(base), mean(base_before)) else { return BTreeMap::new() };
    let week = |to: NaiveDate| mean((to.checked_sub_days(Days::new(6))?, to));
    total
        .keys()
        .filter_map(|day| {
            let index = (week(*day)? / now) / (week(day.checked_sub_days(Days::new(364))?)? / before) - 1.0;
            Some((*day, index))
        })
        .collect()
}
