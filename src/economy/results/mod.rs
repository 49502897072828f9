//! Results of an economy run: stored as the analysis returns them, loaded as clients ask for them.

mod load;
pub mod local;
mod rows;
pub mod series;
mod store;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use diesel::prelude::*;

pub use self::load::{load, of_cell};
pub use self::rows::{Rows, rows};
use self::series::{SeriesKey, SeriesRow};
pub use self::store::store;
use super::analysis::{PolicyEffect, Resampled};
use super::tables::PolicyEvent;
use crate::calendar::IsoWeek;
use crate::db::schema::{economy_mix_sentiment, economy_sensitivity, economy_sentiment, industry};
use crate::graphql::stored::StoredFigures;

/// Sensitivity of the district, a dong or an industry.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_sensitivity)]
pub struct SensitivityRow {
    /// The run that computed it.
    pub run_id: i32,
    /// `district`, `dong` or `industry`.
    pub scope: String,
    /// Code of the dong or industry; empty for the district.
    pub code: String,
    /// Name of the status, such as `ESTIMATED`.
    pub status: String,
    /// Why it is missing or weak.
    pub reason: Option<serde_json::Value>,
    /// Slope.
    pub beta: Option<f64>,
    /// Standard error of the slope.
    pub se: Option<f64>,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval.
    pub upper: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// Pairs of weeks.
    pub weeks: Option<i32>,
    /// Effects at fixed numbers of cases.
    pub effects: serde_json::Value,
    /// Share of base sales that was interpolated.
    pub interpolated_share: Option<f64>,
}

/// Sentiment of one industry in one month.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_sentiment)]
pub struct SentimentRow {
    /// The run that computed it.
    pub run_id: i32,
    /// Code of the industry.
    pub industry_code: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Name of the status.
    pub status: String,
    /// Why it is missing or weak.
    pub reason: Option<serde_json::Value>,
    /// Index as experienced.
    pub actual: Option<f64>,
    /// Index as expected beforehand.
    pub outlook: Option<f64>,
    /// Average of all industries.
    pub average: Option<f64>,
    /// Index minus average.
    pub gap: Option<f64>,
    /// Standard error of the gap.
    pub se: Option<f64>,
    /// Lower end of the 95 % interval of the gap.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the gap.
    pub upper: Option<f64>,
    /// Respondents of the industry.
    pub respondents: Option<i32>,
    /// Index of the region.
    pub region_index: Option<f64>,
    /// Index of the country.
    pub nation_index: Option<f64>,
    /// The first minus the second.
    pub region_gap: Option<f64>,
    /// Standard error of that gap.
    pub region_se: Option<f64>,
}

/// An industry as the run knew it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = industry)]
pub struct IndustryRow {
    /// Code of the district's own list.
    pub code: String,
    /// Korean name.
    pub name_ko: String,
    /// English name, where the list has one.
    pub name_en: Option<String>,
    /// The group that it belongs to; surveys speak of groups.
    pub parent: Option<String>,
}

/// Everything that clients may ask of one run.
#[derive(Debug, Clone, Default)]
pub struct EconomyRun {
    /// District first, then dongs, then industries, each by code. Answers share the rows.
    pub sensitivity: Vec<Arc<SensitivityRow>>,
    /// Sales of the district, the dongs and the industries by period.
    pub series: BTreeMap<SeriesKey, SeriesRow>,
    /// Baseline index of the district by day.
    pub index: Vec<(NaiveDate, f64)>,
    /// By industry and month.
    pub sentiment: Vec<SentimentRow>,
    /// By code.
    pub industries: Vec<IndustryRow>,
    /// Relative sensitivity and shape of the shock, by scope and code.
    pub scopes: BTreeMap<(String, String), StoredFigures>,
    /// Policy events by code, each with its effect where there is one.
    pub policies: Vec<(PolicyEvent, Option<PolicyEffect>)>,
    /// What ranks follow from; none with too few dongs or weeks.
    pub ranking: Option<Resampled>,
    /// By dong and month.
    pub mix: Vec<MixRow>,
    /// Structure, markets, use of merchants, policies by other outcomes, levels.
    pub local: local::LocalRun,
    /// log(1 + mean daily new cases) by week; empty for runs that did not keep it.
    pub exposure: BTreeMap<IsoWeek, f64>,
}

/// Mix-implied sentiment of one dong and month.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_mix_sentiment)]
pub struct MixRow {
    /// The run that computed it.
    pub run_id: i32,
    /// Eight digits.
    pub dong_code: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Index points.
    pub gap: f64,
    /// Standard error; none where the numbers of firms are not known.
    pub se: Option<f64>,
    /// Share of the dong's sales that the survey covers.
    pub coverage: f64,
}
