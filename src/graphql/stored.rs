//! Figures as result tables keep them: one JSON object by name. Each question says which names it has.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::figure::{FigureData, Reason, Unit};

/// One stored figure. A value that is suppressed is absent here, not hidden.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredFigure {
    /// The number, if there is one to show.
    pub value: Option<f64>,
    /// Name of the status, such as `ESTIMATED`.
    pub status: String,
    /// Why it is missing or weak.
    pub reason: Option<Reason>,
    /// Ends of the 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Observations behind it.
    pub n: Option<i64>,
}

impl StoredFigure {
    /// A value without an interval. One that is not finite becomes missing.
    pub fn value(value: f64, status: &str) -> Self {
        if value.is_finite() {
            Self { value: Some(value), status: status.to_owned(), reason: None, interval: None, n: None }
        } else {
            Self::missing(
                "INSUFFICIENT_DATA",
                "계산할 수 없는 값입니다.",
                "The value cannot be computed from these data.",
            )
        }
    }

    /// No value, with the reason.
    pub fn missing(status: &str, ko: &str, en: &str) -> Self {
        let reason = Some(Reason { ko: ko.to_owned(), en: en.to_owned() });
        Self { value: None, status: status.to_owned(), reason, interval: None, n: None }
    }
}

/// Figures by name.
pub type StoredFigures = BTreeMap<String, StoredFigure>;

/// The figure of that name as clients see it. One that was never stored is NOT_AVAILABLE.
pub fn show(figures: &StoredFigures, name: &str, unit: Unit, method: &str) -> FigureData {
    match figures.get(name) {
        Some(f) => {
            let reason = f.reason.as_ref().and_then(|r| serde_json::to_value(r).ok());
            FigureData::stored(f.value, unit, &f.status, reason.as_ref())
                .with_interval(f.interval, method)
                .with_sample_size(f.n)
        }
        None => FigureData::missing(
            unit,
            super::figure::FigureStatus::NotAvailable,
            "이 분석 실행에는 이 수치가 없습니다.",
            "This run does not hold the figure.",
        ),
    }
}
