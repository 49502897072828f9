//! What the analysis asks for, and its settings.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::composite::COMPONENTS;
use super::policy::{PolicyInput, Window};
use super::protection::Earlier;
use super::sales::Sales;
use crate::calendar::{IsoWeek, LunarHolidays};
use crate::error::{Sentence, both, within};

/// Daily amounts by dong and industry. A missing day has no entry; a true zero is 0.
pub type DailyCells = BTreeMap<(String, String), BTreeMap<NaiveDate, i64>>;

/// Everything that the analysis reads.
#[derive(Debug, Clone, Default)]
pub struct EconomyInputs {
    /// Card sales in won (or in any one unit: only ratios matter, but for the sums that are shown).
    pub sales: Sales,
    /// What earlier runs have shown of the same sales.
    pub earlier: Earlier,
    /// New cases a day in the area that the run names. A day without an entry had none.
    pub new_cases: BTreeMap<NaiveDate, u32>,
    /// Weeks of Seollal and Chuseok.
    pub holidays: LunarHolidays,
    /// Business sentiment.
    pub sentiment: Vec<SentimentInput>,
    /// Business sentiment of the region beside that of the country.
    pub region_sentiment: Vec<RegionInput>,
    /// Establishments by dong and industry, where they are known.
    pub establishments: BTreeMap<(String, String), u32>,
    /// What the industries are like.
    pub industries: BTreeMap<String, IndustryTraits>,
    /// Policy events.
    pub policies: Vec<PolicyInput>,
    /// Pairs of dongs that share a border.
    pub borders: Vec<(String, String)>,
}

/// What an industry is like, as far as the district's list says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndustryTraits {
    /// How close it brings people: 0 little, 1 some, 2 much.
    pub contact: Option<u8>,
    /// The wider industry that surveys speak of.
    pub group: Option<String>,
}

/// One day of a calendar for the daily panel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Day {
    /// A public holiday of any kind.
    pub public_holiday: bool,
    /// Seollal or Chuseok, with the days beside it.
    pub lunar_core: bool,
    /// The days before them, on which people shop.
    pub lunar_before: bool,
    /// New cases of the day.
    pub new_cases: u32,
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
    /// Index as expected beforehand.
    pub outlook: Option<f64>,
    /// Firms that answered.
    pub respondents: Option<u32>,
}

/// Sentiment of one industry in one month, in a region and in the whole country.
#[derive(Debug, Clone, PartialEq)]
pub struct RegionInput {
    /// First day of the month.
    pub month: NaiveDate,
    /// Code of the industry.
    pub industry: String,
    /// Index of the region.
    pub region: f64,
    /// Firms of the region that answered.
    pub region_respondents: Option<u32>,
    /// Index of the country.
    pub nation: f64,
    /// Firms of the country that answered, those of the region among them.
    pub nation_respondents: Option<u32>,
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
    /// Region whose business sentiment is compared with that of the country.
    pub sentiment_area: String,
    /// ISO week in which the shock began.
    pub shock_onset: String,
    /// Last ISO week in which the trough is looked for.
    pub shock_window_end: String,
    /// Weeks before and after a policy event that are compared.
    pub policy_weeks: (usize, usize),
    /// Weights of elasticity, depth, loss, contact share and sentiment in the composite index.
    pub composite_weights: [f64; 5],
    /// Month whose sentiment is part of the composite index, as YYYY-MM.
    pub sentiment_month: String,
    /// Resampled years behind the intervals of ranks.
    pub draws: usize,
    /// Seed of the resampling.
    pub seed: u64,
    /// First and last day of the weeks before the first case.
    pub index_base: (NaiveDate, NaiveDate),
    /// The same a year before.
    pub index_base_before: (NaiveDate, NaiveDate),
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
            sentiment_area: "seoul".to_owned(),
            shock_onset: "2020-W04".to_owned(),
            shock_window_end: "2020-W30".to_owned(),
            policy_weeks: (8, 6),
            composite_weights: [0.35, 0.20, 0.20, 0.10, 0.15],
            sentiment_month: "2020-09".to_owned(),
            draws: 1_000,
            seed: 20_200_120,
            // Before the first case in Korea; Seollal of either year lies outside.
            index_base: (day(2020, 1, 6), day(2020, 1, 19)),
            index_base_before: (day(2019, 1, 7), day(2019, 1, 20)),
        }
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
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
    /// See [`Params`].
    pub shock_onset: IsoWeek,
    /// See [`Params`].
    pub shock_window_end: IsoWeek,
    /// See [`Params`].
    pub policy_window: Window,
    /// See [`Params`].
    pub composite_weights: [f64; 5],
    /// First day of the month; see [`Params`].
    pub sentiment_month: NaiveDate,
    /// See [`Params`].
    pub draws: usize,
    /// See [`Params`].
    pub seed: u64,
    /// See [`Params`].
    pub index_base: (NaiveDate, NaiveDate),
    /// See [`Params`].
    pub index_base_before: (NaiveDate, NaiveDate),
}

impl Params {
    /// Checks every setting once. The error is a sentence with the allowed range.
    pub fn check(&self) -> Result<CheckedParams, Sentence> {
        let sound = |ok: bool, en: &str, ko: &str| if ok { Ok(()) } else { Err(both(en, ko)) };
        within("baseYear", (1990, 2100), self.base_year)?;
        within("minDays", (1, 7), self.min_days)?;
        within("minWeeks", (10, 1_000), self.min_weeks)?;
        within("minExposureSd", (0.0, 10.0), self.min_exposure_sd)?;
        within("mostInterpolated", (0.0, 1.0), self.most_interpolated)?;
        within("recentWeeks", (0, 52), self.recent_weeks)?;
        within("minEstablishments", (1, 100), self.min_establishments)?;
        sound(
            !self.cases_area.is_empty(),
            "casesArea must name an area, such as seoul.",
            "casesArea에는 seoul처럼 지역 이름을 주십시오.",
        )?;
        sound(
            !self.sentiment_area.is_empty() && self.sentiment_area != "national",
            "sentimentArea must name a region, such as seoul.",
            "sentimentArea에는 seoul처럼 전국이 아닌 지역 이름을 주십시오.",
        )?;
        let week = |name: &str, text: &str| {
            IsoWeek::parse(text).ok_or_else(|| {
                both(
                    format!("{name} must be an ISO week such as 2020-W04."),
                    format!("{name}에는 2020-W04처럼 ISO 주를 주십시오."),
                )
            })
        };
        let (shock_onset, shock_window_end) =
            (week("shockOnset", &self.shock_onset)?, week("shockWindowEnd", &self.shock_window_end)?);
        sound(
            shock_onset <= shock_window_end,
            "shockWindowEnd must not lie before shockOnset.",
            "shockWindowEnd는 shockOnset보다 앞설 수 없습니다.",
        )?;
        let (before, after) = self.policy_weeks;
        sound(
            (2..=52).contains(&before) && (1..=52).contains(&after),
            "policyWeeks must be 2 to 52 weeks before and 1 to 52 after.",
            "policyWeeks는 앞 2~52주, 뒤 1~52주로 주십시오.",
        )?;
        let weighs = self.composite_weights.iter().all(|w| (0.0..=1.0).contains(w));
        let parts = COMPONENTS.join(", ");
        sound(
            weighs && self.composite_weights.iter().sum::<f64>() > 0.0,
            &format!("compositeWeights must be five numbers from 0 to 1, not all 0: {parts}."),
            &format!("compositeWeights에는 0~1의 숫자 다섯 개를 주십시오. 모두 0일 수는 없습니다({parts})."),
        )?;
        let sentiment_month =
            NaiveDate::parse_from_str(&format!("{}-01", self.sentiment_month), "%Y-%m-%d").map_err(|_| {
                both("sentimentMonth must be a month such as 2020-09.", "sentimentMonth에는 2020-09처럼 달을 주십시오.")
            })?;
        within("draws", (100, 100_000), self.draws)?;
        for (from, to) in [self.index_base, self.index_base_before] {
            sound(
                from <= to,
                "indexBase and indexBaseBefore must be a first and a last day.",
                "indexBase와 indexBaseBefore에는 첫날과 마지막 날을 주십시오.",
            )?;
        }
        Ok(CheckedParams {
            shock_onset,
            shock_window_end,
            policy_window: Window { before, after },
            composite_weights: self.composite_weights,
            sentiment_month,
            draws: self.draws,
            seed: self.seed,
            index_base: self.index_base,
            index_base_before: self.index_base_before,
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
