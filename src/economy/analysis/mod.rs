//! The arithmetic of the economy: sums of cells in, sensitivities out.
//!
//! Knows no database, no file and no clock. What cannot be said is said with a reason.

mod before_after;
mod change;
mod composite;
mod elasticity;
mod index;
mod inputs;
mod level;
mod local;
mod markets;
mod missing_days;
mod periods;
mod policy;
mod protection;
mod relative;
mod sales;
mod sensitivity;
mod sentiment;
mod series;
mod shock;
mod structure;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use before_after::{Comparison, NoComparison};
pub use change::{Change, changes};
pub use composite::{COMPONENTS, Composite, Fixed, Ranked, Resampled, resample};
pub use elasticity::{DailyPanel, SLOPES, WeeklyPanel, weekly as weekly_panel};
pub use index::{baseline_index, daily_total};
pub use inputs::{CheckedParams, DailyCells, Day, EconomyInputs, IndustryTraits, Params, RegionInput, SentimentInput};
pub use level::{LEVEL_WEEKS, Level, Standing};
pub use local::{LocalInputs, LocalResults, Outcome, local};
pub use markets::{AreaInput, Link, Market, MarketInput, change as market_change};
pub use missing_days::{MissingDays, fill, missing_days};
pub use periods::{Aggregate, PeriodTable};
pub use policy::{PathPoint, PolicyEffect, PolicyInput, PolicyKind, Window, around, effect};
pub use protection::{Earlier, Protection};
pub use relative::{Relative, over, relatives};
pub use sales::{Cell, Merchants, Observed, Sales, Sums};
pub use sensitivity::{CASES_A_DAY, Estimate, Pair, Shortfall, estimate, exposure, pairs};
pub use sentiment::{FIRMS, Gap, MARGIN, MixGap, QUANTILE, RegionGap, gaps, mix_gaps, region_gaps};
pub use series::{PeriodSales, SalesSeries};
pub use shock::{Ratios, Shock, ratios, shock};
pub use structure::{ShopCounts, Shops, Structure, StructureQuarter};
pub use usage::{EarlierUsage, Usage, UsageInput};

use crate::calendar::{Grain, IsoWeek};

/// Version of the method: it changes whenever the same inputs would give other numbers.
pub const METHOD_VERSION: &str = "economy-4";

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
    /// Weeks in which a cell had to be filled in.
    pub imputed: BTreeSet<IsoWeek>,
    /// Change of each week after the base year.
    pub changes: Vec<Change>,
    /// Sensitivity, or why there is none.
    pub sensitivity: Result<Estimate, Shortfall>,
    /// Shape of the shock; `None` when weeks around it are missing.
    pub shock: Option<Shock>,
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
    /// Sentiment of the region against the country, by industry and month.
    pub region_gaps: BTreeMap<(String, NaiveDate), RegionGap>,
    /// Sentiment that the mix of industries implies for dongs.
    pub mix_gaps: Vec<MixGap>,
    /// Sensitivity against the district, by dong and industry.
    pub relatives: BTreeMap<Scope, Result<Relative, Shortfall>>,
    /// What the composite index is made of, observed and resampled; `None` with too few dongs or weeks.
    pub resampled: Option<Resampled>,
    /// Effects of the policy events by code; `None` where the data do not cover the event or a group is too small.
    pub policies: BTreeMap<String, Option<PolicyEffect>>,
    /// Sales of the district, every dong, industry and cell by week, month and quarter.
    pub periods: Vec<SalesSeries>,
    /// What of the sales may not be shown. The series here are whole; what is hidden is left out before they are stored.
    pub protection: Protection,
    /// Baseline index of the district by day.
    pub index: BTreeMap<NaiveDate, f64>,
    /// The last weeks, which will still be revised.
    pub recent: Vec<IsoWeek>,
    /// log(1 + mean daily new cases) by week.
    pub exposure: BTreeMap<IsoWeek, f64>,
}

/// Answers the question.
pub fn analyse(inputs: &EconomyInputs, params: &CheckedParams) -> EconomyResults {
    let table = PeriodTable::new(&inputs.sales, Grain::Week, params);
    let weeks = table.iso_weeks();
    let exposure = exposure(&inputs.new_cases, &weeks);
    let one = |scope: Scope, aggregate: Aggregate| {
        let sales = by_week(&aggregate.sales);
        let changes = changes(&sales, &inputs.holidays, params.base_year);
        let establishments = shops(&inputs.establishments, &scope);
        Series {
            sensitivity: estimate(&changes, &exposure, params),
            shock: shock(&changes, &sales, params),
            scope,
            changes,
            sales,
            imputed: aggregate.imputed.iter().map(|start| IsoWeek::of(*start)).collect(),
            interpolated_share: aggregate.interpolated_share,
            establishments,
        }
    };
    let finest = inputs.sales.finest().unwrap_or(Grain::Week);
    let coarse = (finest != Grain::Week).then(|| PeriodTable::new(&inputs.sales, finest, params));
    let known = coarse.as_ref().unwrap_or(&table);
    let dongs: BTreeSet<&String> = known.cells().map(|(dong, _)| dong).collect();
    let industries: BTreeSet<&String> = known.cells().map(|(_, industry)| industry).collect();
    let mut series = vec![one(Scope::District, table.aggregate(|_, _| true))];
    series.extend(dongs.into_iter().map(|dong| one(Scope::Dong(dong.clone()), table.aggregate(|d, _| d == dong))));
    series.extend(
        industries
            .into_iter()
            .map(|industry| one(Scope::Industry(industry.clone()), table.aggregate(|_, i| i == industry))),
    );
    let recent = weeks.iter().rev().take(params.recent_weeks).copied().collect();
    let all_years =
        known.observed().map(|(cell, values)| (cell.clone(), values.iter().filter(|v| v.is_finite()).sum()));
    let protection = protection::protection(&all_years.collect(), inputs, params);
    // The mix of a dong is that of the cells that may be shown: over the months, everything in it could be worked out.
    let mut sales = known.of_year(params.base_year, finest);
    sales.retain(|cell, _| !protection.hidden.contains(*cell));
    let group = |industry: &str| inputs.industries.get(industry).and_then(|traits| traits.group.as_deref());
    let mix_gaps = mix_gaps(&inputs.sentiment, &sales, &group);
    let fixed = fixed_components(&sales, &mix_gaps, inputs, params);
    EconomyResults {
        gaps: gaps(&inputs.sentiment),
        region_gaps: region_gaps(&inputs.region_sentiment),
        relatives: relatives(&series, &exposure, params),
        resampled: resample(&series, &exposure, &fixed, params),
        policies: inputs
            .policies
            .iter()
            .map(|p| (p.code.clone(), policy_effect(p, &series, &protection, inputs, params)))
            .collect(),
        index: baseline_index(&inputs.sales.daily_total, params.index_base, params.index_base_before),
        periods: series::all(inputs, &table, params),
        protection,
        mix_gaps,
        series,
        recent,
        exposure,
    }
}

/// Weeks by their number.
fn by_week(sales: &BTreeMap<NaiveDate, f64>) -> BTreeMap<IsoWeek, f64> {
    sales.iter().map(|(start, sales)| (IsoWeek::of(*start), *sales)).collect()
}

/// What of the composite index does not follow from the weeks.
fn fixed_components(
    sales: &BTreeMap<&Cell, f64>,
    mix_gaps: &[MixGap],
    inputs: &EconomyInputs,
    params: &CheckedParams,
) -> BTreeMap<String, Fixed> {
    let mut fixed = BTreeMap::<String, Fixed>::new();
    let contact = |industry: &String| inputs.industries.get(industry).and_then(|traits| traits.contact);
    if sales.keys().all(|(_, industry)| contact(industry).is_some()) {
        let mut totals = BTreeMap::<&str, (f64, f64)>::new();
        for ((dong, industry), amount) in sales {
            let (close, all) = totals.entry(dong).or_default();
            *all += amount;
            *close += if contact(industry) == Some(2) { *amount } else { 0.0 };
        }
        for (dong, (close, all)) in totals.into_iter().filter(|(_, (_, all))| *all > 0.0) {
            fixed.entry(dong.to_owned()).or_default().contact_share = Some(close / all);
        }
    }
    for gap in mix_gaps.iter().filter(|gap| gap.month == params.sentiment_month) {
        fixed.entry(gap.dong.clone()).or_default().sentiment_gap = Some(gap.gap);
    }
    fixed
}

/// A policy that names its industries is compared with the others. Distancing reached everybody, so industries with
/// much contact are compared with those with little. Anything else that reached everybody has nothing to be compared
/// with. Hidden industries take no part: the mean of a group and its other members would show them.
fn policy_effect(
    policy: &PolicyInput,
    series: &[Series],
    protection: &Protection,
    inputs: &EconomyInputs,
    params: &CheckedParams,
) -> Option<PolicyEffect> {
    let changes: BTreeMap<String, Vec<Change>> = series
        .iter()
        .filter_map(|s| match &s.scope {
            Scope::Industry(code) if protection.shows("", code) => Some((code.clone(), s.changes.clone())),
            _ => None,
        })
        .collect();
    let with_contact = |level: u8| -> BTreeSet<String> {
        let has = |code: &&String| inputs.industries.get(*code).is_some_and(|traits| traits.contact == Some(level));
        changes.keys().filter(has).cloned().collect()
    };
    let (treated, control) = if !policy.industries.is_empty() {
        (policy.industries.clone(), changes.keys().filter(|code| !policy.industries.contains(*code)).cloned().collect())
    } else if policy.kind == PolicyKind::Distancing {
        (with_contact(2), with_contact(0))
    } else {
        return None;
    };
    effect(&changes, &treated, &control, IsoWeek::of(policy.starts_on), params.policy_window)
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
mod property_tests;
#[cfg(test)]
mod tests;
