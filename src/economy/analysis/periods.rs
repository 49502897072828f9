//! From sums of cells to sums of the district, its dongs and its industries, without gaps.
//!
//! A week with five or six observed days is scaled to seven; one with fewer is missing, and so for months and quarters
//! in the same proportion. A missing period of a cell is filled in linearly between its neighbours before cells are
//! summed, so that one closed terminal does not make a whole dong fall; how much was filled in is kept beside the sum.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::CheckedParams;
use super::sales::{Cell, Observed, Sales};
use crate::calendar::{Grain, IsoWeek};

/// Sums by cell and period, without gaps.
#[derive(Debug, Clone)]
pub struct PeriodTable {
    periods: Vec<NaiveDate>,
    cells: BTreeMap<Cell, Vec<Filled>>,
    missing: usize,
}

#[derive(Debug, Clone, Copy)]
struct Filled {
    amount: f64,
    observed: bool,
}

/// A sum of cells by period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aggregate {
    /// Sales by first day of the period.
    pub sales: BTreeMap<NaiveDate, f64>,
    /// Periods in which a cell was filled in.
    pub imputed: BTreeSet<NaiveDate>,
    /// Share of all sales that was filled in.
    pub interpolated_share: f64,
}

impl PeriodTable {
    /// The complete periods of a grain. A cell without any complete period does not exist.
    pub fn new(sales: &Sales, grain: Grain, params: &CheckedParams) -> Self {
        let periods = sales.span.map_or_else(Vec::new, |(first, last)| grain.complete_between(first, last));
        let mut missing = 0;
        let mut cells = BTreeMap::new();
        for (cell, sums) in sales.of(grain) {
            let values: Vec<Option<f64>> = periods
                .iter()
                .map(|start| sums.get(start).and_then(|sum| scaled(*sum, grain.days(*start), params.min_days)))
                .collect();
            missing += values.iter().filter(|value| value.is_none()).count();
            if let Some(filled) = fill(&values) {
                cells.insert(cell.clone(), filled);
            }
        }
        Self { periods, cells, missing }
    }

    /// First days of the complete periods in order.
    pub fn periods(&self) -> &[NaiveDate] {
        &self.periods
    }

    /// The weeks around the first days; those of the periods themselves where they are weeks.
    pub fn iso_weeks(&self) -> Vec<IsoWeek> {
        self.periods.iter().map(|start| IsoWeek::of(*start)).collect()
    }

    /// Periods of cells that were missing.
    pub fn missing_cell_periods(&self) -> usize {
        self.missing
    }

    /// Periods of cells in which nothing was sold.
    pub fn zero_cell_periods(&self) -> usize {
        self.cells.values().flatten().filter(|period| period.observed && period.amount == 0.0).count()
    }

    /// What was observed of every cell by period; NaN where nothing was.
    pub fn observed(&self) -> impl Iterator<Item = (&Cell, Vec<f64>)> {
        self.cells.iter().map(|(cell, periods)| {
            (cell, periods.iter().map(|period| if period.observed { period.amount } else { f64::NAN }).collect())
        })
    }

    /// Sales of every cell in the complete periods of a year.
    pub fn of_year(&self, year: i32, grain: Grain) -> BTreeMap<&Cell, f64> {
        let total = |values: &[Filled]| {
            let of_year = self.periods.iter().zip(values).filter(|(start, _)| grain.year(**start) == year);
            of_year.map(|(_, filled)| filled.amount).sum()
        };
        self.cells.iter().map(|(cell, values)| (cell, total(values))).collect()
    }

    /// The cells that there are.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.cells.keys()
    }

    /// The sum of the cells that are wanted, in the order of their codes. Empty when there are none.
    pub fn aggregate(&self, wanted: impl Fn(&str, &str) -> bool) -> Aggregate {
        let mut sums = vec![0.0; self.periods.len()];
        let (mut all, mut filled_in) = (0.0, 0.0);
        let mut imputed = BTreeSet::new();
        let mut members = self.cells.iter().filter(|((dong, industry), _)| wanted(dong, industry)).peekable();
        // Nothing is known of the sum of no cells; it is not 0.
        if members.peek().is_none() {
            return Aggregate::default();
        }
        for (_, values) in members {
            for ((sum, value), start) in sums.iter_mut().zip(values).zip(&self.periods) {
                *sum += value.amount;
                all += value.amount;
                if !value.observed {
                    filled_in += value.amount;
                    imputed.insert(*start);
                }
            }
        }
        Aggregate {
            sales: self.periods.iter().copied().zip(sums).collect(),
            imputed,
            interpolated_share: if all > 0.0 { filled_in / all } else { 0.0 },
        }
    }

    /// One cell alone.
    pub fn cell(&self, cell: &Cell) -> Aggregate {
        let Some(values) = self.cells.get(cell) else { return Aggregate::default() };
        let pairs = || self.periods.iter().copied().zip(values);
        let all: f64 = values.iter().map(|v| v.amount).sum();
        let filled_in: f64 = values.iter().filter(|v| !v.observed).map(|v| v.amount).sum();
        Aggregate {
            sales: pairs().map(|(start, v)| (start, v.amount)).collect(),
            imputed: pairs().filter(|(_, v)| !v.observed).map(|(start, _)| start).collect(),
            interpolated_share: if all > 0.0 { filled_in / all } else { 0.0 },
        }
    }
}

/// The sum as if every day had been observed; `None` with fewer than `min_days` of seven.
fn scaled(sum: Observed, days: u32, min_days: u32) -> Option<f64> {
    if sum.days * 7 < min_days * days {
        return None;
    }
    Some(if sum.days == days { sum.amount as f64 } else { sum.amount as f64 * f64::from(days) / f64::from(sum.days) })
}

/// Linear between the nearest observed periods; before the first and after the last, their level.
fn fill(values: &[Option<f64>]) -> Option<Vec<Filled>> {
    let observed: Vec<(usize, f64)> = values.iter().enumerate().filter_map(|(at, w)| w.map(|w| (at, w))).collect();
    let (first, last) = (*observed.first()?, *observed.last()?);
    let level = |at: usize| {
        if at <= first.0 {
            return first.1;
        }
        if at >= last.0 {
            return last.1;
        }
        let after = observed.partition_point(|(seen, _)| *seen < at);
        let ((a, low), (b, high)) = (observed[after - 1], observed[after]);
        low + (high - low) * (at - a) as f64 / (b - a) as f64
    };
    Some(
        values
            .iter()
            .enumerate()
            .map(|(at, value)| match value {
                Some(amount) => Filled { amount: *amount, observed: true },
                None => Filled { amount: level(at), observed: false },
            })
            .collect(),
    )
}
