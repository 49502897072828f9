//! Sensitivity: how log year-on-year sales move with log(1 + daily new cases), week by week.
//!
//! Cases are one series for all, so the information is some fifty weeks, however many rows of sales there are; see
//! [`crate::stats::ar1`] for what follows from that. An association, gross of policies.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::CheckedParams;
use super::change::Change;
use crate::calendar::{IsoWeek, LunarHolidays};
use crate::stats::ar1::{self, Ar1Fit};

/// Numbers of daily cases at which the effect is told.
pub const CASES_A_DAY: [f64; 4] = [10.0, 50.0, 100.0, 400.0];

/// A sensitivity.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The fitted line.
    pub fit: Ar1Fit,
    /// (cases a day, change in per cent, lower, upper): 100·(exp(b·log(1 + cases)) − 1).
    pub effects: Vec<(f64, f64, f64, f64)>,
}

/// Why there is no estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shortfall {
    /// Fewer pairs of weeks than the method needs.
    TooFewWeeks {
        /// How many there are.
        found: usize,
        /// How many it needs.
        needed: usize,
    },
    /// The number of cases hardly varied.
    CasesHardlyVary,
    /// The series is perfectly regular, or otherwise cannot be fitted.
    NotEstimable,
}

impl Shortfall {
    /// A sentence in Korean and in English.
    pub fn sentences(self) -> (String, String) {
        match self {
            Self::TooFewWeeks { found, needed } => (
                format!("비교할 수 있는 주가 {found}개뿐이며 {needed}개가 필요합니다."),
                format!("Only {found} pairs of weeks can be compared, and {needed} are needed."),
            ),
            Self::CasesHardlyVary => (
                "확진자 수의 변동이 너무 작아 민감도를 추정할 수 없습니다.".to_owned(),
                "The number of cases hardly varied, so a sensitivity cannot be estimated.".to_owned(),
            ),
            Self::NotEstimable => (
                "자료가 지나치게 규칙적이거나 비어 있어 추정할 수 없습니다.".to_owned(),
                "The series is too regular or empty to be estimated.".to_owned(),
            ),
        }
    }
}

/// log(1 + mean daily new cases) by week; a day without an entry had no case.
pub fn exposure(new_cases: &BTreeMap<NaiveDate, u32>, weeks: &[IsoWeek]) -> BTreeMap<IsoWeek, f64> {
    weeks
        .iter()
        .filter_map(|week| {
            let monday = week.monday()?;
            let sunday = monday.checked_add_days(Days::new(6))?;
            let cases: u64 = new_cases.range(monday..=sunday).map(|(_, n)| u64::from(*n)).sum();
            Some((*week, (cases as f64 / 7.0).ln_1p()))
        })
        .collect()
}

/// One week of the regression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The week.
    pub week: IsoWeek,
    /// Exposure of the week minus that of the week with the same number in the base year.
    pub x: f64,
    /// log(1 + change).
    pub y: f64,
}

/// The weeks that have both a change and an exposure.
pub fn pairs(changes: &[Change], exposure: &BTreeMap<IsoWeek, f64>, base_year: i32) -> Vec<Pair> {
    changes
        .iter()
        .filter_map(|change| {
            let y = change.aligned.filter(|s| *s > -1.0)?.ln_1p();
            let base =
                LunarHolidays::plain(change.week, base_year).and_then(|w| exposure.get(&w)).copied().unwrap_or(0.0);
            Some(Pair { week: change.week, x: exposure.get(&change.week)? - base, y })
        })
        .collect()
}

/// The sensitivity of one series. The exposure of the base year's week is taken off, should it have had cases.
pub fn estimate(
    changes: &[Change],
    exposure: &BTreeMap<IsoWeek, f64>,
    params: &CheckedParams,
) -> Result<Estimate, Shortfall> {
    let (x, y): (Vec<f64>, Vec<f64>) =
        pairs(changes, exposure, params.base_year).into_iter().map(|pair| (pair.x, pair.y)).unzip();
    if x.len() < params.min_weeks {
        return Err(Shortfall::TooFewWeeks { found: x.len(), needed: params.min_weeks });
    }
    if standard_deviation(&x) < params.min_exposure_sd {
        return Err(Shortfall::CasesHardlyVary);
    }
    let fit = ar1::fit(&x, &y).ok_or(Shortfall::NotEstimable)?;
    let effect = |b: f64, cases: f64| 100.0 * (b * cases.ln_1p()).exp_m1();
    let effects = CASES_A_DAY
        .iter()
        .map(|c| (*c, effect(fit.slope.point, *c), effect(fit.slope.ci95.0, *c), effect(fit.slope.ci95.1, *c)))
        .collect();
    Ok(Estimate { fit, effects })
}

fn standard_deviation(x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    (x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt()
}
