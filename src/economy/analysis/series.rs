//! Sales of the district, its dongs, its industries and every cell of the two, by week, month and quarter, with their
//! change against the base year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::change::{aligned_change, plain_change, references};
use super::periods::{Aggregate, PeriodTable};
use super::sales::Cell;
use super::{CheckedParams, EconomyInputs, by_week};
use crate::calendar::{Grain, IsoWeek};

/// One period of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeriodSales {
    /// First day.
    pub start: NaiveDate,
    /// Sales.
    pub sales: f64,
    /// Change against the holiday-aligned period of the base year; `None` where there is nothing to face.
    pub aligned: Option<f64>,
    /// Change against the same period of the base year; `None` where there is nothing to face.
    pub plain: Option<f64>,
    /// A cell was filled in.
    pub imputed: bool,
    /// Among the last weeks of the data, which will still be revised, or holding one of them.
    pub recent: bool,
}

/// A series. The empty code stands for all dongs, or all industries.
#[derive(Debug, Clone, PartialEq)]
pub struct SalesSeries {
    /// Code of the dong, or empty.
    pub dong: String,
    /// Code of the industry, or empty.
    pub industry: String,
    /// Length of the periods.
    pub grain: Grain,
    /// Share of all sales of the series that was filled in.
    pub interpolated_share: f64,
    /// In order of time.
    pub periods: Vec<PeriodSales>,
}

/// Every series that the data allow. `weekly` is the table of weeks.
pub fn all(inputs: &EconomyInputs, weekly: &PeriodTable, params: &CheckedParams) -> Vec<SalesSeries> {
    let recent = weekly.periods().iter().rev().take(params.recent_weeks).next_back().copied();
    let coarse: Vec<(Grain, PeriodTable)> = [Grain::Month, Grain::Quarter]
        .into_iter()
        .filter(|grain| !inputs.sales.of(*grain).is_empty())
        .map(|grain| (grain, PeriodTable::new(&inputs.sales, grain, params)))
        .collect();
    let cells: BTreeSet<&Cell> = weekly.cells().chain(coarse.iter().flat_map(|(_, table)| table.cells())).collect();
    let of = |dong: &str, industry: &str, sum: &dyn Fn(&PeriodTable) -> Aggregate| {
        let weeks = sum(weekly);
        let sales = by_week(&weeks.sales);
        let references = references(&sales, &inputs.holidays, params.base_year);
        let one = |grain: Grain, aggregate: &Aggregate| SalesSeries {
            dong: dong.to_owned(),
            industry: industry.to_owned(),
            grain,
            interpolated_share: aggregate.interpolated_share,
            periods: aggregate
                .sales
                .iter()
                .map(|(start, amount)| PeriodSales {
                    start: *start,
                    sales: *amount,
                    aligned: match grain {
                        Grain::Week => references.get(&IsoWeek::of(*start)).map(|r| amount / r - 1.0),
                        _ => aligned_change(&sales, &references, grain, *start),
                    },
                    plain: plain_change(&aggregate.sales, grain, *start, params.base_year),
                    imputed: aggregate.imputed.contains(start),
                    recent: recent.is_some_and(|from| grain.end(*start) >= from),
                })
                .collect(),
        };
        let mut found = vec![one(Grain::Week, &weeks)];
        found.extend(coarse.iter().map(|(grain, table)| one(*grain, &sum(table))));
        found.retain(|series| !series.periods.is_empty());
        found
    };
    let mut found = of("", "", &|table| table.aggregate(|_, _| true));
    let mut members = BTreeMap::<(&str, &str), ()>::new();
    for (dong, industry) in &cells {
        members.insert((dong, ""), ());
        members.insert(("", industry), ());
    }
    for (dong, industry) in members.into_keys() {
        let wanted = |d: &str, i: &str| if dong.is_empty() { i == industry } else { d == dong };
        found.extend(of(dong, industry, &|table| table.aggregate(wanted)));
    }
    for cell in cells {
        found.extend(of(&cell.0, &cell.1, &|table| table.cell(cell)));
    }
    found
}
