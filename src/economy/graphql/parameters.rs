//! What a run about the economy may be asked to do otherwise. How few shops may stand behind a figure is no wish of
//! clients.

use async_graphql::InputObject;
use serde::Serialize;

/// Weeks around a policy event.
#[derive(InputObject, Debug, Clone, Copy, Serialize)]
#[graphql(name = "PolicyWindowInput")]
#[serde(into = "(i32, i32)")]
pub struct PolicyWindowInput {
    /// Weeks before it, 2 to 52.
    before: i32,
    /// Weeks after it, 1 to 52.
    after: i32,
}

impl From<PolicyWindowInput> for (i32, i32) {
    fn from(window: PolicyWindowInput) -> Self {
        (window.before, window.after)
    }
}

/// Parameters of a run about the economy (경제 분석 매개변수). What is left out keeps its default.
#[derive(InputObject, Debug, Default, Serialize)]
#[graphql(name = "EconomyParametersInput")]
#[serde(rename_all = "camelCase")]
pub struct EconomyParametersInput {
    /// Year that every later week is compared with, 1990 to 2100; 2019 by default.
    base_year: Option<i32>,
    /// Observed days that a week needs, 1 to 7; 5 by default.
    min_days: Option<i32>,
    /// Pairs of weeks that an estimate needs, 10 to 1,000; 26 by default.
    min_weeks: Option<i32>,
    /// Standard deviation of log(1 + cases) that an estimate needs, 0 to 10; 0.5 by default.
    min_exposure_sd: Option<f64>,
    /// Share of interpolated sales above which an estimate is provisional, 0 to 1; 0.1 by default.
    most_interpolated: Option<f64>,
    /// Last weeks that are provisional, 0 to 52; 3 by default.
    recent_weeks: Option<i32>,
    /// Area whose cases are counted; "seoul" by default.
    cases_area: Option<String>,
    /// Region whose business sentiment is compared with that of the country; "seoul" by default.
    sentiment_area: Option<String>,
    /// ISO week in which the shock began; "2020-W04" by default.
    shock_onset: Option<String>,
    /// Last ISO week in which the trough is looked for, not before shockOnset; "2020-W30" by default.
    shock_window_end: Option<String>,
    /// Weeks before and after a policy event that are compared; 8 and 6 by default.
    policy_weeks: Option<PolicyWindowInput>,
    /// Weights of elasticity, depth, loss, contact share and sentiment in the composite index: five numbers from 0 to 1,
    /// not all 0; 0.35, 0.2, 0.2, 0.1 and 0.15 by default.
    composite_weights: Option<Vec<f64>>,
    /// Month whose sentiment is part of the composite index; "2020-09" by default.
    sentiment_month: Option<String>,
    /// Resampled years behind the intervals of ranks, 100 to 100,000; 1,000 by default.
    draws: Option<i32>,
}
