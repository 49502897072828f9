//! Business sentiment of an industry against the average of all industries in the same month.
//!
//! The average is weighted by the firms that answered. The standard error follows from the published margin of the
//! survey, ±1.85 points at 95 % for 2,400 firms: σ = 1.85/1.95996·√2400 points a firm. An industry is part of the
//! average, so var(gap) = σ²·(1/n − 1/N). Where the survey gives no numbers there is a plain average and no interval.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::inputs::SentimentInput;

/// Published margin of the small-business survey at 95 %, index points.
const MARGIN: f64 = 1.85;
/// Firms of that survey.
const FIRMS: f64 = 2_400.0;
/// The quantile that the margin was made with.
const QUANTILE: f64 = 1.959_963_984_540_054;

/// The gap of one industry in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// First day of the month.
    pub month: NaiveDate,
    /// Code of the industry.
    pub industry: String,
    /// Index as experienced.
    pub actual: f64,
    /// Average of the month.
    pub average: f64,
    /// Index minus average.
    pub gap: f64,
    /// Standard error; `None` where the numbers of firms are not known.
    pub se: Option<f64>,
    /// Firms of the industry.
    pub respondents: Option<u32>,
}

impl Gap {
    /// The 95 % interval.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.se.map(|se| (self.gap - QUANTILE * se, self.gap + QUANTILE * se))
    }
}

/// All gaps, by month and industry.
pub fn gaps(rows: &[SentimentInput]) -> Vec<Gap> {
    let mut months = BTreeMap::<NaiveDate, BTreeMap<&str, &SentimentInput>>::new();
    for row in rows.iter().filter(|row| row.actual.is_finite()) {
        months.entry(row.month).or_default().insert(&row.industry, row);
    }
    months.into_values().flat_map(|month| of_month(&month)).collect()
}

fn of_month(rows: &BTreeMap<&str, &SentimentInput>) -> Vec<Gap> {
    // With one number missing a weighted average would silently leave an industry out.
    let known = rows.values().all(|row| row.respondents.is_some_and(|n| n > 0));
    let weight = |row: &SentimentInput| if known { row.respondents.map_or(1.0, f64::from) } else { 1.0 };
    let total: f64 = rows.values().map(|row| weight(row)).sum();
    let average = rows.values().map(|row| weight(row) * row.actual).sum::<f64>() / total;
    let sigma = MARGIN / QUANTILE * FIRMS.sqrt();
    rows.values()
        .map(|row| Gap {
            month: row.month,
            industry: row.industry.clone(),
            actual: row.actual,
            average,
            gap: row.actual - average,
            se: known.then(|| sigma * (1.0 / weight(row) - 1.0 / total).max(0.0).sqrt()),
            respondents: row.respondents,
        })
        .collect()
}
