//! Sales as the analysis reads them: sums by cell and period, with the days behind each sum.
//!
//! Days are added up where they are stored; two years of daily rows of a city are millions, their weeks are not.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::inputs::DailyCells;
use crate::calendar::Grain;

/// Dong and industry, by code.
pub type Cell = (String, String);

/// What was sold in a period, and on how many days of it anything was reported. A day with nothing sold counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Observed {
    /// Won, or any one unit.
    pub amount: i64,
    /// Days with a row.
    pub days: u32,
    /// Payments; `None` where a row does not count them.
    pub payments: Option<i64>,
}

/// Sums of every cell by the first day of the period.
pub type Sums = BTreeMap<Cell, BTreeMap<NaiveDate, Observed>>;

/// What is known of the merchants behind a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Merchants {
    /// The fewest in any period; `None` where no source says.
    pub fewest: Option<u32>,
    /// The largest share of one merchant in any period, 0 to 1; `None` where no source says.
    pub largest_share: Option<f64>,
}

/// Card sales of a district.
#[derive(Debug, Clone, Default)]
pub struct Sales {
    /// First and last day that the rows speak of.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// By ISO week; empty where the files are coarser.
    pub weeks: Sums,
    /// By month; empty where the files are coarser, or by week.
    pub months: Sums,
    /// By quarter; empty where the files are by week.
    pub quarters: Sums,
    /// Sum of all cells by day, gaps filled in; empty where the files are not daily.
    pub daily_total: BTreeMap<NaiveDate, f64>,
    /// Merchants behind the cells, as the sales files themselves say.
    pub merchants: BTreeMap<Cell, Merchants>,
    /// The publisher of every file has protected small cells already.
    pub disclosure_checked: bool,
}

impl Sales {
    /// The sums of a grain.
    pub fn of(&self, grain: Grain) -> &Sums {
        match grain {
            Grain::Week => &self.weeks,
            Grain::Month => &self.months,
            Grain::Quarter => &self.quarters,
        }
    }

    /// The finest sums that there are.
    pub fn finest(&self) -> Option<Grain> {
        Grain::ALL.into_iter().find(|grain| !self.of(*grain).is_empty())
    }

    /// Adds up days. What is read from the database is added up there, by the same rules.
    pub fn from_days(daily: &DailyCells) -> Self {
        let sums = |grain: Grain| -> Sums {
            let of_cell = |days: &BTreeMap<NaiveDate, i64>| {
                let mut sums = BTreeMap::<NaiveDate, Observed>::new();
                for (day, amount) in days {
                    let sum = sums.entry(grain.start_of(*day)).or_default();
                    *sum = Observed { amount: sum.amount + amount, days: sum.days + 1, payments: None };
                }
                sums
            };
            daily.iter().map(|(cell, days)| (cell.clone(), of_cell(days))).collect()
        };
        let first = daily.values().filter_map(|days| days.keys().next()).min();
        let last = daily.values().filter_map(|days| days.keys().next_back()).max();
        Self {
            span: first.copied().zip(last.copied()),
            weeks: sums(Grain::Week),
            months: sums(Grain::Month),
            quarters: sums(Grain::Quarter),
            daily_total: super::index::daily_total(daily),
            merchants: BTreeMap::new(),
            disclosure_checked: false,
        }
    }
}
