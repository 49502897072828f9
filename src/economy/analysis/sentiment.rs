//! Business sentiment of an industry against the average of all industries in the same month.
//!
//! The average is weighted by the firms that answered. The standard error follows from the published margin of the
//! survey, ±1.85 points at 95 % for 2,400 firms: σ = 1.85/1.95996·√2400 points a firm. An industry is part of the
//! average, so var(gap) = σ²·(1/n − 1/N). Where the survey gives no numbers there is a plain average and no interval.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::inputs::{RegionInput, SentimentInput};

/// Published margin of the small-business survey at 95 %, index points.
pub const MARGIN: f64 = 1.85;
/// Firms of that survey.
pub const FIRMS: f64 = 2_400.0;
/// The quantile that the margin was made with.
pub const QUANTILE: f64 = 1.959_963_984_540_054;

/// The gap of one industry in one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// First day of the month.
    pub month: NaiveDate,
    /// Code of the industry.
    pub industry: String,
    /// Index as experienced.
    pub actual: f64,
    /// Index as expected beforehand.
    pub outlook: Option<f64>,
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

/// Sentiment of an industry in the region against the country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RegionGap {
    /// Index of the region.
    pub region: f64,
    /// Index of the country.
    pub nation: f64,
    /// The first minus the second.
    pub gap: f64,
    /// Standard error; `None` where the numbers of firms are not known.
    pub se: Option<f64>,
}

/// Gaps of the region by industry and month. Its firms are part of the country's, so var(gap) = σ²·(1/n − 1/N).
pub fn region_gaps(rows: &[RegionInput]) -> BTreeMap<(String, NaiveDate), RegionGap> {
    let sigma = MARGIN / QUANTILE * FIRMS.sqrt();
    let one = |row: &RegionInput| {
        let firms = row.region_respondents.zip(row.nation_respondents).filter(|(n, all)| *n > 0 && all > n);
        let se = firms.map(|(n, all)| sigma * (1.0 / f64::from(n) - 1.0 / f64::from(all)).sqrt());
        let gap = RegionGap { region: row.region, nation: row.nation, gap: row.region - row.nation, se };
        ((row.industry.clone(), row.month), gap)
    };
    rows.iter().filter(|row| row.region.is_finite() && row.nation.is_finite()).map(one).collect()
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
    /// Share of the dong's sales in industries that the survey covers.
    pub coverage: f64,
}

impl MixGap {
    /// The 95 % interval.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.se.map(|se| (self.gap - QUANTILE * se, self.gap + QUANTILE * se))
    }
}

/// Mix-implied gaps by month and dong. `sales` are those of the base year by dong and industry; `group` names the wider
/// industry where the survey does not know an industry itself. Industries without either are left out of the mix.
pub fn mix_gaps<'a>(
    rows: &'a [SentimentInput],
    sales: &BTreeMap<&(String, String), f64>,
    group: &dyn Fn(&str) -> Option<&'a str>,
) -> Vec<MixGap> {
    let mut months = BTreeMap::<NaiveDate, BTreeMap<&str, &SentimentInput>>::new();
    for row in rows.iter().filter(|row| row.actual.is_finite()) {
        months.entry(row.month).or_default().insert(&row.industry, row);
    }
    months.iter().flat_map(|(month, index)| of_mix(*month, index, sales, group)).collect()
}

/// Least share of a dong's sales that the survey must cover.
const LEAST_COVERAGE: f64 = 0.8;

fn of_mix<'a>(
    month: NaiveDate,
    index: &BTreeMap<&str, &SentimentInput>,
    sales: &BTreeMap<&(String, String), f64>,
    group: &dyn Fn(&str) -> Option<&'a str>,
) -> Vec<MixGap> {
    let row_of = |industry: &str| index.get(industry).or_else(|| index.get(group(industry)?)).copied();
    // By dong: all sales, and those by the industry of the survey.
    let mut dongs = BTreeMap::<&str, (f64, BTreeMap<&str, f64>)>::new();
    let mut district = BTreeMap::<&str, f64>::new();
    for ((dong, industry), amount) in sales {
        let (all, mix) = dongs.entry(dong).or_default();
        *all += amount;
        if let Some(row) = row_of(industry) {
            *mix.entry(&row.industry).or_default() += amount;
            *district.entry(&row.industry).or_default() += amount;
        }
    }
    let covered: f64 = district.values().sum();
    let sigma = MARGIN / QUANTILE * FIRMS.sqrt();
    dongs
        .into_iter()
        .filter_map(|(dong, (all, mix))| {
            let own: f64 = mix.values().sum();
            let coverage = own / all;
            if all <= 0.0 || coverage < LEAST_COVERAGE {
                return None;
            }
            let parts: Vec<(f64, &SentimentInput)> = district
                .iter()
                .map(|(industry, amount)| {
                    (mix.get(industry).copied().unwrap_or(0.0) / own - amount / covered, index[industry])
                })
                .collect();
            let gap = parts.iter().map(|(difference, row)| difference * row.actual).sum();
            let variance = parts
                .iter()
                .map(|(d, row)| row.respondents.filter(|n| *n > 0).map(|n| d * d * sigma * sigma / f64::from(n)))
                .sum::<Option<f64>>();
            Some(MixGap { month, dong: dong.to_owned(), gap, se: variance.map(f64::sqrt), coverage })
        })
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
            outlook: row.outlook,
            average,
            gap: row.actual - average,
            se: known.then(|| sigma * (1.0 / weight(row) - 1.0 / total).max(0.0).sqrt()),
            respondents: row.respondents,
        })
        .collect()
}
