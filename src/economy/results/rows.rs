//! From what the analysis returns to the rows of a run. What must stay hidden never becomes a row.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::series::{self, SeriesRow};
use super::{MixRow, SensitivityRow, SentimentRow};
use crate::calendar::IsoWeek;
use crate::economy::analysis::{
    CheckedParams, EconomyResults, Gap, PolicyEffect, Protection, Resampled, Scope, Series,
};
use crate::economy::figures;
use crate::graphql::stored::StoredFigures;

/// Everything that a run writes.
#[derive(Debug, Clone)]
pub struct Rows {
    pub(super) sensitivity: Vec<SensitivityRow>,
    pub(super) series: Vec<SeriesRow>,
    pub(super) index: BTreeMap<NaiveDate, f64>,
    pub(super) sentiment: Vec<SentimentRow>,
    pub(super) mix: Vec<MixRow>,
    pub(super) scopes: Vec<(&'static str, String, StoredFigures)>,
    pub(super) policies: Vec<(String, Option<PolicyEffect>)>,
    pub(super) ranking: Option<Resampled>,
    pub(super) exposure: BTreeMap<IsoWeek, f64>,
}

/// The answer of the analysis as rows of a run. What too few shops stand behind is left out here, before it is stored.
pub fn rows(run_id: i32, results: &EconomyResults, params: &CheckedParams) -> Rows {
    let hidden = |scope: &Scope| is_hidden(&results.protection, scope);
    let sensitivity = results
        .series
        .iter()
        .map(|series| {
            let (scope, code) = name(&series.scope);
            sensitivity_row(run_id, scope, &code, series, hidden(&series.scope), params)
        })
        .collect();
    let sentiment = results.gaps.iter().map(|gap| sentiment_row(run_id, gap, results)).collect();
    let hidden_dongs = results.series.iter().filter_map(|series| match &series.scope {
        Scope::Dong(code) if hidden(&series.scope) => Some(code.clone()),
        _ => None,
    });
    let hidden_dongs = hidden_dongs.collect();
    let mix = results.mix_gaps.iter().filter(|gap| !hidden(&Scope::Dong(gap.dong.clone())));
    Rows {
        sensitivity,
        series: series::rows(run_id, results),
        // An index of the district says what its sales do.
        index: if hidden(&Scope::District) { BTreeMap::new() } else { results.index.clone() },
        sentiment,
        mix: mix
            .map(|gap| MixRow {
                run_id,
                dong_code: gap.dong.clone(),
                month: gap.month,
                gap: gap.gap,
                se: gap.se,
                coverage: gap.coverage,
            })
            .collect(),
        scopes: results
            .series
            .iter()
            .map(|series| {
                let (scope, code) = name(&series.scope);
                let suppressed = hidden(&series.scope);
                (scope, code, figures::of_scope(series, results.relatives.get(&series.scope), suppressed, params))
            })
            .collect(),
        policies: results.policies.iter().map(|(code, effect)| (code.clone(), effect.clone())).collect(),
        ranking: results.resampled.as_ref().map(|r| r.without(&hidden_dongs)),
        exposure: results.exposure.clone(),
    }
}

fn sensitivity_row(
    run_id: i32,
    scope: &str,
    code: &str,
    series: &Series,
    suppressed: bool,
    params: &CheckedParams,
) -> SensitivityRow {
    let mut row = SensitivityRow {
        run_id,
        scope: scope.to_owned(),
        code: code.to_owned(),
        status: "SUPPRESSED".to_owned(),
        reason: Some(too_few_shops()),
        beta: None,
        se: None,
        lower: None,
        upper: None,
        p_value: None,
        weeks: None,
        effects: serde_json::json!([]),
        interpolated_share: None,
    };
    if suppressed {
        return row;
    }
    row.interpolated_share = Some(series.interpolated_share);
    match &series.sensitivity {
        Err(shortfall) => {
            let (ko, en) = shortfall.sentences();
            row.status = "INSUFFICIENT_DATA".to_owned();
            row.reason = Some(reason(&ko, &en));
        }
        Ok(estimate) => {
            let slope = &estimate.fit.slope;
            (row.beta, row.se, row.p_value) = (Some(slope.point), Some(slope.se), Some(slope.p));
            (row.lower, row.upper) = (Some(slope.ci95.0), Some(slope.ci95.1));
            row.weeks = i32::try_from(estimate.fit.n).ok();
            row.effects = serde_json::json!(estimate.effects);
            let filled_in = series.interpolated_share > params.most_interpolated;
            row.status = if filled_in { "PROVISIONAL" } else { "ESTIMATED" }.to_owned();
            row.reason = filled_in.then(|| {
                reason("매출의 10% 넘게 보간되었습니다.", "More of the sales was filled in than the run allows.")
            });
        }
    }
    row
}

fn sentiment_row(run_id: i32, gap: &Gap, results: &EconomyResults) -> SentimentRow {
    let interval = gap.interval();
    let region = results.region_gaps.get(&(gap.industry.clone(), gap.month));
    SentimentRow {
        run_id,
        industry_code: gap.industry.clone(),
        month: gap.month,
        // Without an interval it is arithmetic on published numbers, and no estimate.
        status: if gap.se.is_some() { "ESTIMATED" } else { "MEASURED" }.to_owned(),
        reason: gap.se.is_none().then(|| {
            reason(
                "응답 업체 수가 공개되지 않아 구간을 낼 수 없습니다.",
                "The survey publishes no numbers of respondents, so there is no interval.",
            )
        }),
        actual: Some(gap.actual),
        outlook: gap.outlook,
        average: Some(gap.average),
        gap: Some(gap.gap),
        se: gap.se,
        lower: interval.map(|i| i.0),
        upper: interval.map(|i| i.1),
        respondents: gap.respondents.and_then(|n| i32::try_from(n).ok()),
        region_index: region.map(|r| r.region),
        nation_index: region.map(|r| r.nation),
        region_gap: region.map(|r| r.gap),
        region_se: region.and_then(|r| r.se),
    }
}

fn is_hidden(protection: &Protection, scope: &Scope) -> bool {
    match scope {
        Scope::District => !protection.shows("", ""),
        Scope::Dong(code) => !protection.shows(code, ""),
        Scope::Industry(code) => !protection.shows("", code),
    }
}

fn name(scope: &Scope) -> (&'static str, String) {
    match scope {
        Scope::District => ("district", String::new()),
        Scope::Dong(code) => ("dong", code.clone()),
        Scope::Industry(code) => ("industry", code.clone()),
    }
}

fn reason(ko: &str, en: &str) -> serde_json::Value {
    serde_json::json!({"ko": ko, "en": en})
}

fn too_few_shops() -> serde_json::Value {
    reason(
        "점포 수가 너무 적어, 또는 그런 값을 보호하기 위해 공개하지 않습니다.",
        "Hidden because too few shops stand behind it, or to protect a figure of which that is true.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economy::analysis::{EconomyInputs, Params, PolicyInput, PolicyKind, Sales, analyse};

    /// Four dongs and four industries over two years, all with as many shops.
    fn stored(shops: u32, min_establishments: u32) -> Rows {
        let first = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap();
        let days = || first.iter_days().take(731).enumerate();
        let cells = (0..4_u8).flat_map(|d| (0..4_u8).map(move |i| (format!("D{d}"), format!("I{i}"))));
        let sales = |at: usize| days().map(move |(n, day)| (day, 1_000 + ((n * (at + 3)) % 97) as i64)).collect();
        let daily: BTreeMap<_, BTreeMap<NaiveDate, i64>> =
            cells.enumerate().map(|(at, cell)| (cell, sales(at))).collect();
        let inputs = EconomyInputs {
            establishments: daily.keys().map(|cell| (cell.clone(), shops)).collect(),
            new_cases: days().skip(400).map(|(n, day)| (day, (n as u32 * 37) % 300)).collect(),
            policies: vec![PolicyInput {
                code: "relief".to_owned(),
                starts_on: NaiveDate::from_ymd_opt(2020, 5, 13).unwrap(),
                kind: PolicyKind::Subsidy,
                industries: ["I0".to_owned(), "I1".to_owned()].into(),
            }],
            sales: Sales::from_days(&daily),
            ..EconomyInputs::default()
        };
        let params = Params { draws: 100, ..Params::default() }.check().unwrap();
        let params = CheckedParams { min_establishments, ..params };
        rows(1, &analyse(&inputs, &params), &params)
    }

    /// One shop in each of sixteen cells, and a hundred asked for: even the district is small.
    #[test]
    fn where_every_cell_is_small_no_number_is_stored() {
        let small = stored(1, 100);
        assert!(small.series.iter().all(|row| row.status == "SUPPRESSED" && row.sales_won.is_empty()));
        assert!(small.sensitivity.iter().all(|row| row.status == "SUPPRESSED" && row.beta.is_none()));
        assert!(small.scopes.iter().flat_map(|(_, _, f)| f.values()).all(|f| f.value.is_none()));
        assert!(small.index.is_empty() && small.mix.is_empty() && small.sentiment.is_empty());
        assert!(small.ranking.is_none_or(|ranking| ranking.dongs.is_empty()));
        assert!(small.policies.iter().all(|(_, effect)| effect.is_none()));
    }

    #[test]
    fn where_every_cell_is_large_every_number_is_stored_and_every_estimate_has_an_interval() {
        let large = stored(100, 3);
        assert!(large.series.iter().all(|row| row.status == "MEASURED" && !row.sales_won.is_empty()));
        assert!(large.sensitivity.iter().all(|row| row.status == "ESTIMATED" && row.lower < row.upper));
        let estimates = large.scopes.iter().flat_map(|(_, _, f)| f.values()).filter(|f| f.status == "ESTIMATED");
        assert!(estimates.into_iter().all(|f| f.interval.is_some()));
        assert!(!large.index.is_empty() && large.ranking.is_some_and(|ranking| ranking.dongs.len() == 4));
        assert!(large.policies.iter().all(|(_, effect)| effect.is_some()));
    }
}
