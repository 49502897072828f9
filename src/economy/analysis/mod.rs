//! The arithmetic of the economy: daily cells in, sensitivities out.
//!
//! Knows no database, no file and no clock. What cannot be said is said with a reason.

mod change;
mod inputs;
mod sensitivity;
mod sentiment;
mod weekly;

use std::collections::BTreeMap;

pub use change::{Change, changes};
pub use inputs::{CheckedParams, EconomyInputs, Params, SentimentInput};
pub use sensitivity::{CASES_A_DAY, Estimate, Shortfall, estimate, exposure};
pub use sentiment::{Gap, gaps};
pub use weekly::{Aggregate, WeeklyTable};

use crate::calendar::IsoWeek;

/// Version of the method: it changes whenever the same inputs would give other numbers.
pub const METHOD_VERSION: &str = "economy-1";

/// What a series speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The whole district.
    District,
    /// One dong, by code.
    Dong(String),
    /// One industry, by code.
    Industry(String),
}

/// Everything about the district, one dong or one industry.
#[derive(Debug, Clone)]
pub struct Series {
    /// What it speaks of.
    pub scope: Scope,
    /// Weekly sales.
    pub sales: BTreeMap<IsoWeek, f64>,
    /// Change of each week after the base year.
    pub changes: Vec<Change>,
    /// Sensitivity, or why there is none.
    pub sensitivity: Result<Estimate, Shortfall>,
    /// Share of all sales that was interpolated.
    pub interpolated_share: f64,
    /// Establishments behind it, where they are known.
    pub establishments: Option<u32>,
}

/// The answer to the question.
#[derive(Debug, Clone)]
pub struct EconomyResults {
    /// District, dongs, industries.
    pub series: Vec<Series>,
    /// Sentiment by industry and month.
    pub gaps: Vec<Gap>,
    /// The last weeks, which will still be revised.
    pub recent: Vec<IsoWeek>,
}

/// Answers the question.
pub fn analyse(inputs: &EconomyInputs, params: &CheckedParams) -> EconomyResults {
    let table = WeeklyTable::new(&inputs.sales, params);
    let exposure = exposure(&inputs.new_cases, table.weeks());
    let one = |scope: Scope, aggregate: Aggregate| {
        let changes = changes(&aggregate.sales, &inputs.holidays, params.base_year);
        let establishments = shops(&inputs.establishments, &scope);
        Series {
            sensitivity: estimate(&changes, &exposure, params),
            scope,
            changes,
            sales: aggregate.sales,
            interpolated_share: aggregate.interpolated_share,
            establishments,
        }
    };
    let mut series = vec![one(Scope::District, table.aggregate(|_, _| true))];
    series.extend(table.dongs().into_iter().map(|dong| {
        let aggregate = table.aggregate(|d, _| d == dong);
        one(Scope::Dong(dong), aggregate)
    }));
    series.extend(table.industries().into_iter().map(|industry| {
        let aggregate = table.aggregate(|_, i| i == industry);
        one(Scope::Industry(industry), aggregate)
    }));
    let recent = table.weeks().iter().rev().take(params.recent_weeks).copied().collect();
    EconomyResults { series, gaps: gaps(&inputs.sentiment), recent }
}

fn shops(establishments: &BTreeMap<(String, String), u32>, scope: &Scope) -> Option<u32> {
    let mut counted = establishments
        .iter()
        .filter(|((dong, industry), _)| match scope {
            Scope::District => true,
            Scope::Dong(code) => dong == code,
            Scope::Industry(code) => industry == code,
        })
        .map(|(_, n)| *n)
        .peekable();
    counted.peek()?;
    Some(counted.sum())
}

#[cfg(test)]
mod tests;
