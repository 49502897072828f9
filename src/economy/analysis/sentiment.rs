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

/// What the mix of industries implies for a dong: there is no survey by dong.
#[derive(Debug, Clone, PartialEq)]
pub struct MixGap {
    /// First day of the month.
    pub month: NaiveDate,
    /// Eight digits.
    pub dong: String,
    /// Σ (share of the industry in the dong − in the district) · index of the industry.
    pub gap: f64,
    /// Standard error; `None` where the numbers of firms are not known.
    pub se: Option<f64>,
}

impl MixGap {
    /// The 95 % interval.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.se.map(|se| (self.gap - QUANTILE * se, self.gap + QUANTILE * se))
    }
}

/// Mix-implied gaps by month and dong. `sales` are those of the base year by dong and industry; a dong that sells in an
/// industry without an index in a month gets none for that month.
pub fn mix_gaps(rows: &[SentimentInput], sales: &BTreeMap<&(String, String), f64>) -> Vec<MixGap> {
    let mut dongs = BTreeMap::<&str, BTreeMap<&str, f64>>::new();
    let mut district = BTreeMap::<&str, f64>::new();
    for ((dong, industry), amount) in sales {
        *dongs.entry(dong).or_default().entry(industry).or_default() += amount;
        *district.entry(industry).or_default() += amount;
    }
    let all: f64 = district.values().sum();
    let sigma = MARGIN / QUANTILE * FIRMS.sqrt();
    let mut months = BTreeMap::<NaiveDate, BTreeMap<&str, &SentimentInput>>::new();
    for row in rows.iter().filter(|row| row.actual.is_finite()) {
        months.entry(row.month).or_default().insert(&row.industry, row);
    }
    let one = |month: NaiveDate, index: &BTreeMap<&str, &SentimentInput>, dong: &str, mix: &BTreeMap<&str, f64>| {
        let own: f64 = mix.values().sum();
        let parts = district
            .iter()
            .map(|(industry, amount)| {
                let difference = mix.get(industry).copied().unwrap_or(0.0) / own - amount / all;
                index.get(industry).map(|row| (difference, *row))
            })
            .collect::<Option<Vec<_>>>()?;
        let gap = parts.iter().map(|(difference, row)| difference * row.actual).sum();
        let variance = parts
            .iter()
            .map(|(d, row)| row.respondents.filter(|n| *n > 0).map(|n| d * d * sigma * sigma / f64::from(n)))
            .sum::<Option<f64>>();
        (own > 0.0).then(|| MixGap { month, dong: dong.to_owned(), gap, se: variance.map(f64::sqrt) })
    };
    months
        .iter()
        .flat_map(|(month, index)| dongs.iter().filter_map(|(dong, mix)| one(*month, index, dong, mix)))
        .collect()
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
