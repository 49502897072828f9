//! Stored rows as the figures that clients see, and every figure of a run by its path.
//!
//! GraphQL, explanations and comparisons take a figure from here, so they cannot disagree about it.

pub mod local;

use chrono::NaiveDate;

use super::analysis::{Composite, Params, PathPoint, PolicyEffect, QUANTILE, Ranked};
use super::results::series::{PeriodRow, SeriesRow};
use super::results::{EconomyRun, MixRow, SensitivityRow, SentimentRow};
use crate::calendar::Grain;
use crate::error::{Error, Result};
use crate::graphql::figure::{FigureData, FigureStatus, Reason, Unit};
use crate::graphql::stored::{StoredFigures, show};
use crate::run::record::Run;

/// How intervals of slopes are made.
pub const INTERVAL_METHOD: &str = "AR(1) regression, autocorrelation integrated over a grid by restricted likelihood; quantiles of the mixture of t distributions";

const SURVEY_METHOD: &str = "normal, standard error from the published margin of the survey";

/// Figures of the shape of a shock, with their units.
pub const SHOCK: [(&str, Unit); 6] = [
    ("growth_before", Unit::ChangeRatio),
    ("depth", Unit::Percent),
    ("weeks_to_trough", Unit::Weeks),
    ("half_life", Unit::Weeks),
    ("resilience", Unit::Ratio),
    ("loss", Unit::Won),
];

/// The slope.
pub fn slope(r: &SensitivityRow) -> FigureData {
    FigureData::stored(r.beta, Unit::LogPerLogCases, &r.status, r.reason.as_ref())
        .with_interval(r.lower.zip(r.upper), INTERVAL_METHOD)
        .with_sample_size(r.weeks.map(i64::from))
}

/// The effects by cases a day; empty when there is no estimate.
pub fn effects(r: &SensitivityRow) -> Result<Vec<(f64, FigureData)>> {
    let effects: Vec<(f64, f64, f64, f64)> = serde_json::from_value(r.effects.clone())
        .map_err(|e| Error::internal(format!("effects of a sensitivity: {e}")))?;
    let one = |(cases, value, lower, upper): (f64, f64, f64, f64)| {
        let figure = FigureData::stored(Some(value), Unit::Percent, &r.status, r.reason.as_ref())
            .with_interval(Some((lower, upper)), INTERVAL_METHOD)
            .with_sample_size(r.weeks.map(i64::from));
        (cases, figure)
    };
    Ok(effects.into_iter().map(one).collect())
}

/// The slope against the district.
pub fn relative(figures: &StoredFigures) -> FigureData {
    show(figures, "relative", Unit::LogPerLogCases, INTERVAL_METHOD)
}

/// One figure of the shape of a shock.
pub fn shock(figures: &StoredFigures, name: &str) -> Option<FigureData> {
    let (name, unit) = SHOCK.iter().find(|(known, _)| *known == name)?;
    Some(show(figures, name, *unit, "none"))
}

/// Sales of a period.
pub fn sales(period: &PeriodRow) -> FigureData {
    let status = FigureStatus::named(&period.status);
    match period.sales_won {
        Some(sales) => FigureData::plain(sales, Unit::Won, status).with_reason(period_reason(status)),
        None => hidden_period(Unit::Won, status),
    }
}

/// Change of a period; `aligned` by holidays.
pub fn change(period: &PeriodRow, aligned: bool) -> FigureData {
    let status = FigureStatus::named(&period.status);
    let change = if aligned { period.change_aligned } else { period.change_plain };
    match (period.sales_won, change) {
        (None, _) => hidden_period(Unit::ChangeRatio, status),
        // A period of the base year, or one that faces a base without sales. Nothing is wrong with it.
        (Some(_), None) => FigureData::missing(
            Unit::ChangeRatio,
            FigureStatus::NotAvailable,
            "비교할 기준연도의 기간이 없습니다.",
            "There is no period of the base year to compare with.",
        ),
        (Some(_), Some(change)) => {
            FigureData::plain(change, Unit::ChangeRatio, status).with_reason(period_reason(status))
        }
    }
}

fn hidden_period(unit: Unit, status: FigureStatus) -> FigureData {
    FigureData { value: None, unit, status, reason: period_reason(status), interval: None, sample_size: None }
}

fn period_reason(status: FigureStatus) -> Option<Reason> {
    let (ko, en) = match status {
        FigureStatus::Provisional => ("최근 주의 값은 이후 수정될 수 있습니다.", "Recent weeks may still be revised."),
        FigureStatus::Imputed => (
            "일부 동·업종의 빠진 기간을 앞뒤 값으로 채웠습니다.",
            "A missing period of some cells was filled in from its neighbours.",
        ),
        FigureStatus::Suppressed => (
            "점포 수가 너무 적거나 알려지지 않아, 또는 그런 값을 보호하기 위해 공개하지 않습니다.",
            "Hidden because too few shops stand behind it, or nobody knows how many, or to protect a figure of which that is true.",
        ),
        _ => return None,
    };
    Some(Reason { ko: ko.to_owned(), en: en.to_owned() })
}

/// The length of the period that a label names.
pub fn grain_of(label: &str) -> Grain {
    match label {
        label if label.contains("-W") => Grain::Week,
        label if label.contains("-Q") => Grain::Quarter,
        _ => Grain::Month,
    }
}

/// One figure of business sentiment: `actual`, `outlook`, `average`, `gap`, or `region` against the country.
pub fn sentiment(r: &SentimentRow, name: &str) -> Option<FigureData> {
    let respondents = r.respondents.map(i64::from);
    let figure = match name {
        "actual" => {
            FigureData::stored(r.actual, Unit::IndexPoints, "MEASURED", r.reason.as_ref()).with_sample_size(respondents)
        }
        "outlook" => match r.outlook {
            Some(value) => FigureData::plain(value, Unit::IndexPoints, FigureStatus::Measured),
            None => FigureData::missing(
                Unit::IndexPoints,
                FigureStatus::NotAvailable,
                "자료에 전망 지수가 없습니다.",
                "The survey file holds no outlook for this month.",
            ),
        }
        .with_sample_size(respondents),
        "average" => FigureData::stored(r.average, Unit::IndexPoints, "MEASURED", None),
        "gap" => FigureData::stored(r.gap, Unit::IndexPoints, &r.status, r.reason.as_ref())
            .with_interval(r.lower.zip(r.upper), SURVEY_METHOD)
            .with_sample_size(respondents),
        "region" => region(r),
        _ => return None,
    };
    Some(figure)
}

fn region(r: &SentimentRow) -> FigureData {
    match (r.region_gap, r.region_se) {
        (Some(gap), Some(se)) => FigureData::plain(gap, Unit::IndexPoints, FigureStatus::Estimated)
            .with_interval(Some((gap - QUANTILE * se, gap + QUANTILE * se)), SURVEY_METHOD),
        (Some(gap), None) => {
            FigureData::plain(gap, Unit::IndexPoints, FigureStatus::Measured).with_reason(Some(Reason {
                ko: "응답 업체 수가 공개되지 않아 구간을 낼 수 없습니다.".to_owned(),
                en: "The survey publishes no numbers of respondents, so there is no interval.".to_owned(),
            }))
        }
        (None, _) => FigureData::missing(
            Unit::IndexPoints,
            FigureStatus::NotAvailable,
            "이 업종·달에는 지역과 전국의 지수가 함께 있지 않습니다.",
            "The imported surveys do not have both an index of the region and one of the country for this industry and month.",
        ),
    }
}

/// Mix-implied sentiment.
pub fn mix(row: &MixRow) -> FigureData {
    let (status, reason) = match row.se {
        Some(_) => (FigureStatus::Estimated, None),
        None => (
            FigureStatus::Measured,
            Some(Reason {
                ko: "응답 업체 수가 공개되지 않아 구간을 낼 수 없습니다.".to_owned(),
                en: "The survey publishes no numbers of respondents, so there is no interval.".to_owned(),
            }),
        ),
    };
    let interval = row.se.map(|se| (row.gap - 1.96 * se, row.gap + 1.96 * se));
    FigureData::plain(row.gap, Unit::IndexPoints, status).with_interval(interval, SURVEY_METHOD).with_reason(reason)
}

/// What went with a policy.
pub fn policy(effect: Option<&PolicyEffect>) -> FigureData {
    match effect {
        Some(effect) => {
            let d = &effect.difference;
            let industries = i64::try_from(effect.treated.len() + effect.control.len()).ok();
            FigureData::plain(percent(d.point), Unit::Percent, FigureStatus::Estimated)
                .with_interval(Some((percent(d.ci95.0), percent(d.ci95.1))), "Welch, change of each industry")
                .with_sample_size(industries)
        }
        None => FigureData::missing(
            Unit::Percent,
            FigureStatus::InsufficientData,
            "정책 전후의 주가 자료에 없거나, 비교할 업종이 두 개 미만입니다.",
            "The weeks around the policy are not all in the data, or a group has fewer than two industries.",
        ),
    }
}

/// One week of a policy's path.
pub fn policy_week(p: &PathPoint) -> FigureData {
    let reach = 1.96 * p.se;
    FigureData::plain(percent(p.point), Unit::Percent, FigureStatus::Estimated).with_interval(
        Some((percent(p.point - reach), percent(p.point + reach))),
        "normal, errors clustered by industry; too short with few industries",
    )
}

/// The composite index of a dong.
pub fn composite(ranked: &Ranked) -> FigureData {
    FigureData::plain(ranked.index, Unit::IndexPoints, FigureStatus::Estimated)
}

/// One day of the baseline index.
pub fn baseline(value: f64) -> FigureData {
    FigureData::plain(value, Unit::ChangeRatio, FigureStatus::Measured)
}

/// A difference of logs in per cent.
pub fn percent(log: f64) -> f64 {
    100.0 * log.exp_m1()
}

/// The parameters of a run as the analysis reads them.
pub fn params(run: &Run) -> Result<Params> {
    serde_json::from_value(run.parameters.clone())
        .map_err(|e| Error::internal(format!("parameters of run {}: {e}", run.id)))
}

/// Weights as a path holds them.
pub fn weights_name(weights: &[f64; 5]) -> String {
    weights.map(|w| w.to_string()).join(",")
}

/// Weights out of a path; none when they make no sense.
pub fn weights_named(name: &str) -> Option<[f64; 5]> {
    let weights: Vec<f64> = name.split(',').map(|w| w.parse().ok()).collect::<Option<_>>()?;
    let weights: [f64; 5] = weights.try_into().ok()?;
    (weights.iter().all(|w| (0.0..=1.0).contains(w)) && weights.iter().sum::<f64>() > 0.0).then_some(weights)
}

/// The composite index of a run with some weights.
pub fn ranked(all: &EconomyRun, weights: &[f64; 5]) -> Option<Composite> {
    all.ranking.as_ref().and_then(|ranking| ranking.rank(weights))
}

impl EconomyRun {
    /// The sensitivity of a scope.
    pub fn sensitivity_of(&self, scope: &str, code: &str) -> Option<&SensitivityRow> {
        self.sensitivity.iter().find(|r| r.scope == scope && r.code == code).map(AsRef::as_ref)
    }

    /// The series of a scope with periods of one length.
    pub fn series_of(&self, scope: &str, code: &str, grain: Grain) -> Option<&SeriesRow> {
        let (dong, industry) = match scope {
            "dong" => (code, ""),
            "industry" => ("", code),
            "cell" => code.split_once(',')?,
            _ => ("", ""),
        };
        self.series.get(&(dong.to_owned(), industry.to_owned(), grain.name().to_owned()))
    }

    /// The weeks of a scope, in order.
    pub fn weeks_of(&self, scope: &str, code: &str) -> Vec<PeriodRow> {
        self.series_of(scope, code, Grain::Week).map(|row| row.periods().collect()).unwrap_or_default()
    }

    /// The period of a scope with this label.
    pub fn period_of(&self, scope: &str, code: &str, label: &str) -> Option<PeriodRow> {
        let grain = grain_of(label);
        self.series_of(scope, code, grain)?.periods().find(|period| grain.label(period.start) == label)
    }

    /// Relative sensitivity and shock of a scope.
    pub fn figures_of(&self, scope: &str, code: &str) -> Option<&StoredFigures> {
        self.scopes.get(&(scope.to_owned(), code.to_owned()))
    }

    /// Sentiment of an industry in a month.
    pub fn sentiment_of(&self, industry: &str, month: &str) -> Option<&SentimentRow> {
        let month: NaiveDate = month.parse().ok()?;
        self.sentiment.iter().find(|s| s.industry_code == industry && s.month == month)
    }
}

/// The figure at a path of a run; none where there is no such figure.
pub fn figure(all: &EconomyRun, path: &[&str]) -> Result<Option<FigureData>> {
    let found = match path {
        ["sensitivity", scope, code] => all.sensitivity_of(scope, code).map(slope),
        ["effect", scope, code, cases] => {
            let effects = all.sensitivity_of(scope, code).map(effects).transpose()?.unwrap_or_default();
            effects.into_iter().find(|(n, _)| n.to_string() == *cases).map(|(_, figure)| figure)
        }
        ["relative", scope, code] if *scope != "district" => all.figures_of(scope, code).map(relative),
        ["shock", scope, code, name] => all.figures_of(scope, code).and_then(|figures| shock(figures, name)),
        ["sales", scope, code, label] => all.period_of(scope, code, label).map(|period| sales(&period)),
        ["change-aligned", scope, code, label] => all.period_of(scope, code, label).map(|p| change(&p, true)),
        ["change-plain", scope, code, label] => all.period_of(scope, code, label).map(|p| change(&p, false)),
        ["sentiment", industry, month, name] => all.sentiment_of(industry, month).and_then(|row| sentiment(row, name)),
        ["mix", dong, month] => {
            all.mix.iter().find(|row| row.dong_code == *dong && row.month.to_string() == *month).map(mix)
        }
        ["policy", code] => all.policies.iter().find(|(event, _)| event.code == *code).map(|(_, e)| policy(e.as_ref())),
        ["policy-path", code, week] => all
            .policies
            .iter()
            .find(|(event, _)| event.code == *code)
            .and_then(|(_, effect)| effect.as_ref()?.path.iter().find(|p| p.week.to_string() == *week))
            .map(policy_week),
        ["baseline-index", day] => {
            all.index.iter().find(|(on, _)| on.to_string() == *day).map(|(_, value)| baseline(*value))
        }
        ["composite", dong, weights] => weights_named(weights)
            .and_then(|weights| ranked(all, &weights))
            .and_then(|found| found.dongs.iter().find(|d| d.dong == *dong).map(composite)),
        path => local::figure(&all.local, path),
    };
    Ok(found)
}

/// Every figure of a run with its path, in the order of the tables. The composite index is that of the run's weights.
pub fn figures(run: &Run, all: &EconomyRun) -> Result<Vec<(Vec<String>, FigureData)>> {
    let mut found = Vec::new();
    let mut put = |path: &[&str], figure: FigureData| {
        found.push((path.iter().map(|part| (*part).to_owned()).collect(), figure));
    };
    for r in &all.sensitivity {
        put(&["sensitivity", &r.scope, &r.code], slope(r));
        for (cases, figure) in effects(r)? {
            put(&["effect", &r.scope, &r.code, &cases.to_string()], figure);
        }
    }
    for ((scope, code), stored) in &all.scopes {
        if scope != "district" {
            put(&["relative", scope, code], relative(stored));
        }
        for (name, unit) in SHOCK {
            put(&["shock", scope, code, name], show(stored, name, unit, "none"));
        }
    }
    for row in all.series.values() {
        let Some(grain) = Grain::named(&row.grain) else { continue };
        let (scope, code) = match (row.dong_code.as_str(), row.industry_code.as_str()) {
            ("", "") => ("district", ""),
            (dong, "") => ("dong", dong),
            (_, industry) => ("industry", industry),
        };
        for period in row.periods() {
            let label = grain.label(period.start);
            put(&["sales", scope, code, &label], sales(&period));
            put(&["change-aligned", scope, code, &label], change(&period, true));
            put(&["change-plain", scope, code, &label], change(&period, false));
        }
    }
    for row in &all.sentiment {
        for name in ["actual", "outlook", "average", "gap", "region"] {
            if let Some(figure) = sentiment(row, name) {
                put(&["sentiment", &row.industry_code, &row.month.to_string(), name], figure);
            }
        }
    }
    for row in &all.mix {
        put(&["mix", &row.dong_code, &row.month.to_string()], mix(row));
    }
    for (event, effect) in &all.policies {
        put(&["policy", &event.code], policy(effect.as_ref()));
        for point in effect.iter().flat_map(|e| &e.path) {
            put(&["policy-path", &event.code, &point.week.to_string()], policy_week(point));
        }
    }
    for (day, value) in &all.index {
        put(&["baseline-index", &day.to_string()], baseline(*value));
    }
    let weights = params(run)?.composite_weights;
    for dong in ranked(all, &weights).iter().flat_map(|c| &c.dongs) {
        put(&["composite", &dong.dong, &weights_name(&weights)], composite(dong));
    }
    found.extend(local::figures(all));
    Ok(found)
}
