//! From days to weeks, and from cells to sums.
//!
//! A week with five or six observed days is scaled to seven; one with fewer is missing. A missing week of a cell is
//! filled in linearly between its neighbours before cells are summed, so that one closed terminal does not make a
//! whole dong fall; how much was filled in is kept beside the sum.

use std::collections::{BTreeMap, BTreeSet};

use super::CheckedParams;
use super::inputs::DailyCells;
use crate::calendar::IsoWeek;

/// Weekly sales by cell, without gaps.
#[derive(Debug, Clone)]
pub struct WeeklyTable {
    weeks: Vec<IsoWeek>,
    cells: BTreeMap<(String, String), Vec<Filled>>,
    missing: usize,
}

#[derive(Debug, Clone, Copy)]
struct Filled {
    amount: f64,
    observed: bool,
}

/// A sum of cells by week.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    /// Sales by week.
    pub sales: BTreeMap<IsoWeek, f64>,
    /// Weeks in which a cell was filled in.
    pub imputed: BTreeSet<IsoWeek>,
    /// Share of all sales that was filled in.
    pub interpolated_share: f64,
}

impl WeeklyTable {
    /// Sums the days of every cell by complete week. A cell without any complete week does not exist.
    pub fn new(sales: &DailyCells, params: &CheckedParams) -> Self {
        let first = sales.values().filter_map(|days| days.keys().next()).min();
        let last = sales.values().filter_map(|days| days.keys().next_back()).max();
        let weeks = match (first, last) {
            (Some(first), Some(last)) => IsoWeek::complete_between(*first, *last),
            _ => Vec::new(),
        };
        let mut missing = 0;
        let mut cells = BTreeMap::new();
        for (cell, days) in sales {
            let mut sums = BTreeMap::<IsoWeek, (i64, u32)>::new();
            for (day, amount) in days {
                let sum = sums.entry(IsoWeek::of(*day)).or_default();
                *sum = (sum.0 + amount, sum.1 + 1);
            }
            let weekly: Vec<Option<f64>> = weeks
                .iter()
                .map(|week| {
                    sums.get(week)
                        .filter(|(_, n)| *n >= params.min_days)
                        .map(|(sum, n)| *sum as f64 * 7.0 / f64::from(*n))
                })
                .collect();
            missing += weekly.iter().filter(|w| w.is_none()).count();
            if let Some(filled) = fill(&weekly) {
                cells.insert(cell.clone(), filled);
            }
        }
        Self { weeks, cells, missing }
    }

    /// Complete weeks in order.
    pub fn weeks(&self) -> &[IsoWeek] {
        &self.weeks
    }

    /// Weeks of cells that were missing.
    pub fn missing_cell_weeks(&self) -> usize {
        self.missing
    }

    /// Weeks of cells in which nothing was sold.
    pub fn zero_cell_weeks(&self) -> usize {
        self.cells.values().flatten().filter(|week| week.observed && week.amount == 0.0).count()
    }

    /// What was observed of every cell by week; NaN where nothing was.
    pub fn observed(&self) -> impl Iterator<Item = (&(String, String), Vec<f64>)> {
        self.cells.iter().map(|(cell, weeks)| {
            (cell, weeks.iter().map(|week| if week.observed { week.amount } else { f64::NAN }).collect())
        })
    }

    /// Sales of every cell in the complete weeks of a year.
    pub fn of_year(&self, year: i32) -> BTreeMap<&(String, String), f64> {
        let total = |weeks: &[Filled]| {
            self.weeks.iter().zip(weeks).filter(|(w, _)| w.year == year).map(|(_, f)| f.amount).sum()
        };
        self.cells.iter().map(|(cell, weeks)| (cell, total(weeks))).collect()
    }

    /// Codes of the dongs that have cells.
    pub fn dongs(&self) -> BTreeSet<String> {
        self.cells.keys().map(|(dong, _)| dong.clone()).collect()
    }

    /// Codes of the industries that have cells.
    pub fn industries(&self) -> BTreeSet<String> {
        self.cells.keys().map(|(_, industry)| industry.clone()).collect()
    }

    /// The sum of the cells that are wanted, in the order of their codes.
    pub fn aggregate(&self, wanted: impl Fn(&str, &str) -> bool) -> Aggregate {
        let mut sums = vec![0.0; self.weeks.len()];
        let (mut all, mut filled_in) = (0.0, 0.0);
        let mut imputed = BTreeSet::new();
        for (_, weeks) in self.cells.iter().filter(|((dong, industry), _)| wanted(dong, industry)) {
            for ((sum, week), iso) in sums.iter_mut().zip(weeks).zip(&self.weeks) {
                *sum += week.amount;
                all += week.amount;
                if !week.observed {
                    filled_in += week.amount;
                    imputed.insert(*iso);
                }
            }
        }
        Aggregate {
            sales: self.weeks.iter().copied().zip(sums).collect(),
            imputed,
            interpolated_share: if all > 0.0 { filled_in / all } else { 0.0 },
        }
    }
}

/// Linear between the nearest observed weeks; before the first and after the last, their level.
fn fill(weekly: &[Option<f64>]) -> Option<Vec<Filled>> {
    let observed: Vec<(usize, f64)> = weekly.iter().enumerate().filter_map(|(at, w)| w.map(|w| (at, w))).collect();
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
        weekly
            .iter()
            .enumerate()
            .map(|(at, w)| match w {
                Some(amount) => Filled { amount: *amount, observed: true },
                None => Filled { amount: level(at), observed: false },
            })
            .collect(),
    )
}
