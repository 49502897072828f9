//! What the analysis asks for, and its settings.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::LunarHolidays;

/// Daily amounts by dong and industry. A missing day has no entry; a true zero is 0.
pub type DailyCells = BTreeMap<(String, String), BTreeMap<NaiveDate, i64>>;

/// Everything that the analysis reads.
#[derive(Debug, Clone, Default)]
pub struct EconomyInputs {
    /// Card sales in won (or in any one unit: only ratios matter, but for the sums that are shown).
    pub sales: DailyCells,
    /// New cases a day in the area that the run names. A day without an entry had none.
    pub new_cases: BTreeMap<NaiveDate, u32>,
    /// Weeks of Seollal and Chuseok.
    pub holidays: LunarHolidays,
    /// Business sentiment.
    pub sentiment: Vec<SentimentInput>,
    /// Establishments by dong and industry, where they are known.
    pub establishments: BTreeMap<(String, String), u32>,
}

/// Sentiment of one industry in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct SentimentInput {
    /// First day of the month.
    pub month: NaiveDate,
    /// Code of the industry.
    pub industry: String,
    /// Index as experienced.
    pub actual: f64,
    /// Firms that answered.
    pub respondents: Option<u32>,
}

/// Settings as somebody may write them; what is left out keeps its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Params {
    /// Year that every later week is compared with. It stays the year before the epidemic.
    pub base_year: i32,
    /// Observed days that a week needs; it is scaled to seven.
    pub min_days: u32,
    /// Pairs of weeks that an estimate needs.
    pub min_weeks: u32,
    /// Standard deviation of log(1 + cases) that an estimate needs.
    pub min_exposure_sd: f64,
    /// Share of interpolated sales above which an estimate is provisional.
    pub most_interpolated: f64,
    /// Last weeks that are provisional.
    pub recent_weeks: u32,
    /// Shops that must stand behind a published figure.
    pub min_establishments: u32,
    /// Area whose cases are counted.
    pub cases_area: String,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            base_year: 2019,
            min_days: 5,
            min_weeks: 26,
            min_exposure_sd: 0.5,
            most_interpolated: 0.1,
            recent_weeks: 3,
            min_establishments: 3,
            cases_area: "seoul".to_owned(),
        }
    }
}

/// Settings that make sense.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedParams {
    /// See [`Params`].
    pub base_year: i32,
    /// See [`Params`].
    pub min_days: u32,
    /// See [`Params`].
    pub min_weeks: usize,
    /// See [`Params`].
    pub min_exposure_sd: f64,
    /// See [`Params`].
    pub most_interpolated: f64,
    /// See [`Params`].
    pub recent_weeks: usize,
    /// See [`Params`].
    pub min_establishments: u32,
}

impl Params {
    /// Checks every setting once. The error is a sentence with the allowed range.
    pub fn check(&self) -> Result<CheckedParams, String> {
        let range = |ok: bool, sentence: &str| if ok { Ok(()) } else { Err(sentence.to_owned()) };
        range((1990..=2100).contains(&self.base_year), "baseYear must be from 1990 to 2100.")?;
        range((1..=7).contains(&self.min_days), "minDays must be from 1 to 7.")?;
        range((10..=1_000).contains(&self.min_weeks), "minWeeks must be from 10 to 1000.")?;
        range((0.0..=10.0).contains(&self.min_exposure_sd), "minExposureSd must be from 0 to 10.")?;
        range((0.0..=1.0).contains(&self.most_interpolated), "mostInterpolated must be from 0 to 1.")?;
        range(self.recent_weeks <= 52, "recentWeeks must be at most 52.")?;
        range((1..=100).contains(&self.min_establishments), "minEstablishments must be from 1 to 100.")?;
        range(!self.cases_area.is_empty(), "casesArea must name an area, such as seoul.")?;
        Ok(CheckedParams {
            base_year: self.base_year,
            min_days: self.min_days,
            min_weeks: self.min_weeks as usize,
            min_exposure_sd: self.min_exposure_sd,
            most_interpolated: self.most_interpolated,
            recent_weeks: self.recent_weeks as usize,
            min_establishments: self.min_establishments,
        })
    }
}
