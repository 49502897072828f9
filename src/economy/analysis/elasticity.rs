//! Panel elasticity: what everybody computes first, kept for comparison.
//!
//! log sales of every cell and day on log(1 + cases), with effects of cells, weeks of the year, days of the week and
//! holidays. Its interval treats every cell as news although one wave moved them all: in simulations it held the truth
//! in 26 to 42 of 100 cases, not 95. It is therefore computed for `evaluate` and the benchmark and never published.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use super::inputs::{DailyCells, Day};
use super::periods::PeriodTable;
use crate::calendar::{Holiday, IsoWeek, LunarHolidays};
use crate::stats::{panel, poisson};

/// Names of the daily regressors that are no effects of weeks.
pub const SLOPES: [&str; 11] = ["x", "yr", "pub", "lun", "pre", "d2", "d3", "d4", "d5", "d6", "d7"];

/// A daily panel that is ready to be fitted.
#[derive(Debug, Clone)]
pub struct DailyPanel {
    design: panel::Design,
    cells: Vec<Vec<f64>>,
    /// Effects of weeks of the year, the one that is left out included.
    pub weeks_of_year: usize,
}

impl DailyPanel {
    /// `calendar` holds every day of the panel. Without `controls` only the cases are left, as in the first regression
    /// that comes to mind: growth from one year to the next is then booked as an effect of the cases.
    pub fn new(
        sales: &DailyCells,
        calendar: &BTreeMap<NaiveDate, Day>,
        wanted: impl Fn(&(String, String)) -> bool,
        controls: bool,
    ) -> Option<Self> {
        // Both run through the days in order, so that no day has to be looked up.
        let logs = |days: &BTreeMap<NaiveDate, i64>| {
            let mut seen = days.iter().peekable();
            calendar
                .keys()
                .map(|date| {
                    while seen.next_if(|(day, _)| *day < date).is_some() {}
                    let amount = seen.next_if(|(day, _)| *day == date).map_or(0, |(_, amount)| *amount);
                    if amount > 0 { (amount as f64).ln() } else { f64::NAN }
                })
                .collect()
        };
        Some(Self {
            design: Self::design(calendar, controls)?,
            cells: sales.iter().filter(|(cell, _)| wanted(cell)).map(|(_, days)| logs(days)).collect(),
            weeks_of_year: weeks_of_year(calendar).len(),
        })
    }

    /// The regressors of the days of a calendar.
    pub fn design(calendar: &BTreeMap<NaiveDate, Day>, controls: bool) -> Option<panel::Design> {
        let first_year = calendar.keys().next()?.year();
        let weeks = weeks_of_year(calendar);
        let rows: Vec<Vec<f64>> = calendar
            .iter()
            .map(|(date, day)| {
                let flag = |on: bool| if on { 1.0 } else { 0.0 };
                let mut row = vec![trailing_cases(calendar, *date).ln_1p()];
                if controls {
                    let weekday = date.weekday().number_from_monday();
                    row.push(flag(date.year() > first_year));
                    row.extend([flag(day.public_holiday), flag(day.lunar_core), flag(day.lunar_before)]);
                    row.extend((2..=7).map(|d| flag(weekday == d)));
                }
                // One week is left out: together they would be the effect of the cell.
                row.extend(weeks.iter().skip(1).map(|w| flag(date.iso_week().week() == *w)));
                row
            })
            .collect();
        panel::Design::new(&rows)
    }

    /// Fits it.
    pub fn fit(&self) -> Option<panel::PanelFit> {
        panel::fit(&self.design, &self.cells)
    }
}

fn weeks_of_year(calendar: &BTreeMap<NaiveDate, Day>) -> BTreeSet<u32> {
    calendar.keys().map(|day| day.iso_week().week()).collect()
}

/// Mean of the new cases of seven days up to this one; days before the calendar had none.
fn trailing_cases(calendar: &BTreeMap<NaiveDate, Day>, date: NaiveDate) -> f64 {
    let from = date.checked_sub_days(Days::new(6)).unwrap_or(date);
    calendar.range(from..=date).map(|(_, day)| f64::from(day.new_cases)).sum::<f64>() / 7.0
}

/// The weekly panel, fitted twice.
#[derive(Debug, Clone, PartialEq)]
pub struct WeeklyPanel {
    /// With zeros.
    pub poisson: poisson::PoissonFit,
    /// Of logs, without zeros.
    pub logs: panel::PanelFit,
    /// Effects of weeks of the year, the one that is left out included.
    pub weeks_of_year: usize,
}

/// The weekly panel, by Poisson pseudo-maximum likelihood with zeros, and by logs without.
pub fn weekly(
    table: &PeriodTable,
    exposure: &BTreeMap<IsoWeek, f64>,
    holidays: &LunarHolidays,
    wanted: impl Fn(&(String, String)) -> bool,
) -> Option<WeeklyPanel> {
    let weeks = table.iso_weeks();
    let first_year = weeks.first()?.year;
    let mut years = BTreeMap::<u32, u32>::new();
    weeks.iter().for_each(|w| *years.entry(w.week).or_default() += 1);
    // A week that only one year has would be explained by its own effect: it says nothing.
    let kept: Vec<usize> = (0..weeks.len()).filter(|at| years.get(&weeks[*at].week).is_some_and(|n| *n > 1)).collect();
    let woy: Vec<u32> = years.into_iter().filter(|(_, n)| *n > 1).map(|(week, _)| week).collect();
    let festive = |week: &IsoWeek| {
        [Holiday::Seollal, Holiday::Chuseok].into_iter().any(|h| holidays.week(week.year, h) == Some(*week))
    };
    let flag = |on: bool| if on { 1.0 } else { 0.0 };
    let rows: Vec<Vec<f64>> = kept
        .iter()
        .map(|at| &weeks[*at])
        .map(|week| {
            let mut row = vec![exposure.get(week).copied().unwrap_or(0.0), flag(week.year > first_year)];
            row.extend([flag(festive(week)), flag(week.next().is_some_and(|next| festive(&next)))]);
            row.extend(woy.iter().skip(1).map(|w| flag(week.week == *w)));
            row
        })
        .collect();
    let of_kept = |values: Vec<f64>| kept.iter().map(|at| values[*at]).collect::<Vec<f64>>();
    let amounts: Vec<Vec<f64>> =
        table.observed().filter(|(cell, _)| wanted(cell)).map(|(_, values)| of_kept(values)).collect();
    let logs: Vec<Vec<f64>> = amounts
        .iter()
        .map(|values| values.iter().map(|v| if *v > 0.0 { v.ln() } else { f64::NAN }).collect())
        .collect();
    Some(WeeklyPanel {
        poisson: poisson::fit(&rows, &amounts)?,
        logs: panel::fit(&panel::Design::new(&rows)?, &logs)?,
        weeks_of_year: woy.len(),
    })
}
