//! What clients get instead of a bare number: value, unit, status, interval, sample size, provenance.
//!
//! Missing is null with a reason, never 0. The list of statuses is the only one in the product; each analysis maps
//! its own onto it at its border.

use async_graphql::{Context, Enum, SimpleObject};

use super::language::Language;

/// How sure a figure is, or why it is missing.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "FigureStatus")]
pub enum FigureStatus {
    /// Counted or measured in the source (측정값).
    Measured,
    /// Computed by the method of the run from measured inputs (추정값).
    Estimated,
    /// Measured, but with gaps filled in (대체값).
    Imputed,
    /// Recent or partly filled in, and likely to be revised (잠정값).
    Provisional,
    /// The event was not seen before the data end (중도절단).
    Censored,
    /// Hidden because too few people or shops stand behind it (비공개 처리).
    Suppressed,
    /// There are data, but too few for the method (자료 부족).
    InsufficientData,
    /// Published for signed-in users only (열람 제한).
    Restricted,
    /// The run was withdrawn (철회됨).
    Withdrawn,
    /// The input that it needs does not exist (자료 없음).
    NotAvailable,
}

/// What a value counts.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "Unit")]
pub enum Unit {
    /// Share of one, 0 to 1.
    Ratio,
    /// Change as a share of the base: 0.1 is ten per cent more.
    ChangeRatio,
    /// Per cent.
    Percent,
    /// Change of the natural logarithm of sales for one unit of log(1 + daily cases).
    LogPerLogCases,
    /// Korean won.
    Won,
    /// Persons.
    Persons,
    /// Posts.
    Posts,
    /// Posts for every 1,000 children aged 0 to 5.
    PostsPerThousandChildren,
    /// Licensed daycare places.
    Places,
    /// Sites for an access point.
    Sites,
    /// Licensed daycare places for each child.
    PlacesPerChild,
    /// Daycare centres.
    Centres,
    /// Uses of a place: one child in one band of hours of one day.
    Uses,
    /// Minutes.
    Minutes,
    /// 1 for yes, 0 for no.
    YesNo,
    /// Person-hours a day.
    PersonHoursPerDay,
    /// Metres.
    Metres,
    /// Points of the business survey index, 100 meaning no change.
    IndexPoints,
    /// Balance from -1 to 1.
    Balance,
    /// Requests.
    Requests,
    /// Weeks.
    Weeks,
    /// Establishments: shops.
    Establishments,
    /// Merchants that accept a payment scheme.
    Merchants,
    /// Payments.
    Payments,
    /// Korean won for each establishment.
    WonPerEstablishment,
    /// Korean won for each payment.
    WonPerPayment,
    /// Korean won for each person-hour a day.
    WonPerPersonHourPerDay,
    /// Change of a natural logarithm: 0.1 is 10.5 per cent more.
    LogChange,
    /// Difference of natural log-odds.
    LogOdds,
    /// Standard deviations.
    StandardDeviations,
    /// Probability, 0 to 1.
    Probability,
}

/// The range in which the true value lies with the stated confidence.
#[derive(SimpleObject, Debug, Clone, PartialEq)]
#[graphql(name = "Interval")]
pub struct Interval {
    /// Lower end, in the unit of the figure.
    pub lower: f64,
    /// Upper end, in the unit of the figure.
    pub upper: f64,
    /// Confidence level, 0 to 1: 0.95, or 1 where the true value cannot lie outside.
    pub level: f64,
    /// How the interval was made.
    pub method: String,
}

/// Why a value is missing or weak, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Reason {
    /// 한국어.
    pub ko: String,
    /// English.
    pub en: String,
}

/// A figure before it knows its provenance.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureData {
    /// The number; null whenever the status says that there is none to show.
    pub value: Option<f64>,
    /// What the number counts.
    pub unit: Unit,
    /// How sure it is.
    pub status: FigureStatus,
    /// Why it is missing or weak.
    pub reason: Option<Reason>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// How many observations stand behind it.
    pub sample_size: Option<i64>,
}

impl FigureStatus {
    /// The status with this name in tables and answers. An unknown name is a fault of ours and shows nothing.
    pub fn named(name: &str) -> Self {
        match name {
            "MEASURED" => Self::Measured,
            "ESTIMATED" => Self::Estimated,
            "IMPUTED" => Self::Imputed,
            "PROVISIONAL" => Self::Provisional,
            "CENSORED" => Self::Censored,
            "SUPPRESSED" => Self::Suppressed,
            "INSUFFICIENT_DATA" => Self::InsufficientData,
            "RESTRICTED" => Self::Restricted,
            "WITHDRAWN" => Self::Withdrawn,
            _ => Self::NotAvailable,
        }
    }
}

impl FigureData {
    /// A number without an interval. One that is not finite becomes missing: NaN never leaves the house.
    pub fn plain(value: f64, unit: Unit, status: FigureStatus) -> Self {
        if value.is_finite() {
            // The sum of nothing is minus zero in floating point; nobody should read that.
            let value = value + 0.0;
            Self { value: Some(value), unit, status, reason: None, interval: None, sample_size: None }
        } else {
            Self::missing(
                unit,
                FigureStatus::InsufficientData,
                "계산할 수 없는 값입니다.",
                "The value cannot be computed from these data.",
            )
        }
    }

    /// No number, with the reason.
    pub fn missing(unit: Unit, status: FigureStatus, ko: &str, en: &str) -> Self {
        Self {
            value: None,
            unit,
            status,
            reason: Some(Reason { ko: ko.to_owned(), en: en.to_owned() }),
            interval: None,
            sample_size: None,
        }
    }

    /// A stored figure: its number if it has one, otherwise the status and the reason that were stored.
    pub fn stored(value: Option<f64>, unit: Unit, status: &str, reason: Option<&serde_json::Value>) -> Self {
        let reason = reason.and_then(|json| serde_json::from_value::<Reason>(json.clone()).ok());
        let status = FigureStatus::named(status);
        match value {
            Some(value) => Self::plain(value, unit, status).with_reason(reason),
            None => Self { value: None, unit, status, reason, interval: None, sample_size: None },
        }
    }

    /// Adds a 95 % interval; ends that are not finite give none.
    #[must_use]
    pub fn with_interval(mut self, ends: Option<(f64, f64)>, method: &str) -> Self {
        self.interval = ends
            .filter(|(lower, upper)| self.value.is_some() && lower.is_finite() && upper.is_finite())
            .map(|(lower, upper)| Interval { lower, upper, level: 0.95, method: method.to_owned() });
        self
    }

    /// Adds the range outside which the true value cannot lie.
    #[must_use]
    pub fn with_whole_range(self, ends: Option<(f64, f64)>, method: &str) -> Self {
        let mut figure = self.with_interval(ends, method);
        if let Some(interval) = &mut figure.interval {
            interval.level = 1.0;
        }
        figure
    }

    /// Adds the number of observations.
    #[must_use]
    pub fn with_sample_size(mut self, n: Option<i64>) -> Self {
        self.sample_size = n;
        self
    }

    /// Adds a reason to a figure that has a value.
    #[must_use]
    pub fn with_reason(mut self, reason: Option<Reason>) -> Self {
        if reason.is_some() {
            self.reason = reason;
        }
        self
    }
}

/// The reason in the language asked for.
pub fn reason_text(reason: Option<&Reason>, language: Option<Language>, ctx: &Context<'_>) -> Option<String> {
    reason.map(|r| Language::choose(language, ctx).pick(&r.ko, &r.en).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_is_not_finite_becomes_missing_with_a_reason() {
        let figure = FigureData::plain(f64::NAN, Unit::Ratio, FigureStatus::Estimated);
        assert_eq!((figure.value, figure.status), (None, FigureStatus::InsufficientData));
        assert!(figure.reason.is_some());
    }

    #[test]
    fn the_sum_of_nothing_is_zero_without_a_sign() {
        let nothing: f64 = std::iter::empty::<f64>().sum();
        let value = FigureData::plain(nothing, Unit::Ratio, FigureStatus::Estimated).value;
        assert_eq!(value.map(|v| v.to_string()).as_deref(), Some("0"));
    }

    #[test]
    fn a_missing_figure_carries_no_interval() {
        let figure = FigureData::missing(Unit::Ratio, FigureStatus::Suppressed, "ㄱ", "a")
            .with_interval(Some((0.0, 1.0)), "Wilson");
        assert_eq!(figure.interval, None);
    }
}
