//! Results of an economy run: stored as the analysis returns them, loaded as clients ask for them.

pub mod local;
pub mod series;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use diesel::prelude::*;

use self::series::{SeriesKey, SeriesRow};
use super::analysis::{CheckedParams, EconomyResults, Gap, PolicyEffect, Protection, Resampled, Scope, Series};
use super::figures;
use super::tables::{PolicyEvent, policy_events};
use crate::calendar::{Grain, IsoWeek};
use crate::db::While;
use crate::db::schema::{
    economy_exposure, economy_mix_sentiment, economy_policy, economy_ranking, economy_scope, economy_sensitivity,
    economy_sentiment, industry, run_input,
};
use crate::error::{Error, Result};
use crate::graphql::stored::StoredFigures;

/// Sensitivity of the district, a dong or an industry.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_sensitivity)]
pub struct SensitivityRow {
    /// The run that computed it.
    pub run_id: i32,
    /// `district`, `dong` or `industry`.
    pub scope: String,
    /// Code of the dong or industry; empty for the district.
    pub code: String,
    /// Name of the status, such as `ESTIMATED`.
    pub status: String,
    /// Why it is missing or weak.
    pub reason: Option<serde_json::Value>,
    /// Slope.
    pub beta: Option<f64>,
    /// Standard error of the slope.
    pub se: Option<f64>,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval.
    pub upper: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// Pairs of weeks.
    pub weeks: Option<i32>,
    /// Effects at fixed numbers of cases.
    pub effects: serde_json::Value,
    /// Share of base sales that was interpolated.
    pub interpolated_share: Option<f64>,
}

/// Sentiment of one industry in one month.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_sentiment)]
pub struct SentimentRow {
    /// The run that computed it.
    pub run_id: i32,
    /// Code of the industry.
    pub industry_code: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Name of the status.
    pub status: String,
    /// Why it is missing or weak.
    pub reason: Option<serde_json::Value>,
    /// Index as experienced.
    pub actual: Option<f64>,
    /// Index as expected beforehand.
    pub outlook: Option<f64>,
    /// Average of all industries.
    pub average: Option<f64>,
    /// Index minus average.
    pub gap: Option<f64>,
    /// Standard error of the gap.
    pub se: Option<f64>,
    /// Lower end of the 95 % interval of the gap.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the gap.
    pub upper: Option<f64>,
    /// Respondents of the industry.
    pub respondents: Option<i32>,
    /// Index of the region.
    pub region_index: Option<f64>,
    /// Index of the country.
    pub nation_index: Option<f64>,
    /// The first minus the second.
    pub region_gap: Option<f64>,
    /// Standard error of that gap.
    pub region_se: Option<f64>,
}

/// An industry as the run knew it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = industry)]
pub struct IndustryRow {
    /// Code of the district's own list.
    pub code: String,
    /// Korean name.
    pub name_ko: String,
    /// English name, where the list has one.
    pub name_en: Option<String>,
    /// The group that it belongs to; surveys speak of groups.
    pub parent: Option<String>,
}

/// Everything that clients may ask of one run.
#[derive(Debug, Clone, Default)]
pub struct EconomyRun {
    /// District first, then dongs, then industries, each by code. Answers share the rows.
    pub sensitivity: Vec<Arc<SensitivityRow>>,
    /// Sales of the district, the dongs and the industries by period.
    pub series: BTreeMap<SeriesKey, SeriesRow>,
    /// Baseline index of the district by day.
    pub index: Vec<(NaiveDate, f64)>,
    /// By industry and month.
    pub sentiment: Vec<SentimentRow>,
    /// By code.
    pub industries: Vec<IndustryRow>,
    /// Relative sensitivity and shape of the shock, by scope and code.
    pub scopes: BTreeMap<(String, String), StoredFigures>,
    /// Policy events by code, each with its effect where there is one.
    pub policies: Vec<(PolicyEvent, Option<PolicyEffect>)>,
    /// What ranks follow from; none with too few dongs or weeks.
    pub ranking: Option<Resampled>,
    /// By dong and month.
    pub mix: Vec<MixRow>,
    /// Structure, markets, use of merchants, policies by other outcomes, levels.
    pub local: local::LocalRun,
    /// log(1 + mean daily new cases) by week; empty for runs that did not keep it.
    pub exposure: BTreeMap<IsoWeek, f64>,
}

/// Mix-implied sentiment of one dong and month.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_mix_sentiment)]
pub struct MixRow {
    /// The run that computed it.
    pub run_id: i32,
    /// Eight digits.
    pub dong_code: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Index points.
    pub gap: f64,
    /// Standard error; none where the numbers of firms are not known.
    pub se: Option<f64>,
    /// Share of the dong's sales that the survey covers.
    pub coverage: f64,
}

/// Everything that a run writes.
#[derive(Debug, Clone)]
pub struct Rows {
    sensitivity: Vec<SensitivityRow>,
    series: Vec<SeriesRow>,
    index: BTreeMap<NaiveDate, f64>,
    sentiment: Vec<SentimentRow>,
    mix: Vec<MixRow>,
    scopes: Vec<(&'static str, String, StoredFigures)>,
    policies: Vec<(String, Option<PolicyEffect>)>,
    ranking: Option<Resampled>,
    exposure: BTreeMap<IsoWeek, f64>,
}

/// Stores the rows of a run. The caller holds the transaction.
pub fn store(conn: &mut PgConnection, run: i32, rows: &Rows) -> Result<()> {
    diesel::insert_into(economy_sensitivity::table)
        .values(&rows.sensitivity)
        .execute(conn)
        .doing("storing sensitivities")?;
    series::store(conn, &rows.series)?;
    series::index_store(conn, run, &rows.index)?;
    for part in rows.sentiment.chunks(4_000) {
        diesel::insert_into(economy_sentiment::table).values(part).execute(conn).doing("storing sentiment")?;
    }
    for part in rows.mix.chunks(8_000) {
        diesel::insert_into(economy_mix_sentiment::table)
            .values(part)
            .execute(conn)
            .doing("storing mix-implied sentiment")?;
    }
    let exposure: Vec<_> = rows
        .exposure
        .iter()
        .map(|(week, log_cases)| {
            (
                economy_exposure::run_id.eq(run),
                economy_exposure::iso_year.eq(week.year),
                economy_exposure::iso_week.eq(i32::try_from(week.week).unwrap_or(0)),
                economy_exposure::log_cases.eq(*log_cases),
            )
        })
        .collect();
    for part in exposure.chunks(8_000) {
        diesel::insert_into(economy_exposure::table).values(part).execute(conn).doing("storing exposure")?;
    }
    for (scope, code, figures) in &rows.scopes {
        use economy_scope::dsl;
        diesel::insert_into(economy_scope::table)
            .values((dsl::run_id.eq(run), dsl::scope.eq(*scope), dsl::code.eq(code), dsl::figures.eq(json(figures)?)))
            .execute(conn)
            .doing("storing shocks")?;
    }
    for (code, effect) in &rows.policies {
        use economy_policy::dsl;
        let effect = effect.as_ref().map(json).transpose()?;
        diesel::insert_into(economy_policy::table)
            .values((dsl::run_id.eq(run), dsl::code.eq(code), dsl::effect.eq(effect)))
            .execute(conn)
            .doing("storing policy effects")?;
    }
    if let Some(ranking) = &rows.ranking {
        use economy_ranking::dsl;
        diesel::insert_into(economy_ranking::table)
            .values((dsl::run_id.eq(run), dsl::ranking.eq(json(ranking)?)))
            .execute(conn)
            .doing("storing ranks")?;
    }
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|e| Error::internal(format!("results as JSON: {e}")))
}

fn from_json<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> Result<T> {
    serde_json::from_value(value).map_err(|e| Error::internal(format!("results from JSON: {e}")))
}

/// What a run knows of one dong and industry, in the place of its margins: with it a figure of the cell can be looked up
/// as those of the margins are.
pub fn of_cell(
    conn: &mut PgConnection,
    run: i32,
    dong: &str,
    industry: &str,
    industries: &[IndustryRow],
) -> Result<EconomyRun> {
    let key = [(dong.to_owned(), industry.to_owned())];
    let mut cell = EconomyRun { industries: industries.to_vec(), ..EconomyRun::default() };
    for grain in Grain::ALL {
        let rows = series::with_keys(conn, run, grain, &key)?;
        let keyed = |row: SeriesRow| ((row.dong_code.clone(), row.industry_code.clone(), row.grain.clone()), row);
        cell.series.extend(rows.into_iter().map(keyed));
    }
    // The district stands beside it, for shares.
    cell.local.margins = local::with_keys(conn, run, &[(String::new(), String::new())])?;
    cell.local.margins.extend(local::with_keys(conn, run, &key)?);
    Ok(cell)
}

/// Loads everything of a run.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<EconomyRun> {
    let mut sensitivity: Vec<SensitivityRow> = economy_sensitivity::table
        .filter(economy_sensitivity::run_id.eq(run))
        .select(SensitivityRow::as_select())
        .load(conn)
        .doing("reading sensitivities")?;
    sensitivity.sort_by(|a, b| (scope_order(&a.scope), &a.code).cmp(&(scope_order(&b.scope), &b.code)));
    let (series, index) = (series::margins(conn, run)?, series::index(conn, run)?);
    let sentiment = economy_sentiment::table
        .filter(economy_sentiment::run_id.eq(run))
        .order((economy_sentiment::industry_code, economy_sentiment::month))
        .select(SentimentRow::as_select())
        .load(conn)
        .doing("reading sentiment")?;
    let industries = industry::table
        .inner_join(run_input::table.on(run_input::version_id.eq(industry::version_id)))
        .filter(run_input::run_id.eq(run))
        .distinct_on(industry::code)
        .order((industry::code, industry::version_id.desc()))
        .select(IndustryRow::as_select())
        .load(conn)
        .doing("reading the industries of a run")?;
    let (policies, ranking) = (load_policies(conn, run)?, load_ranking(conn, run)?);
    let mix = economy_mix_sentiment::table
        .filter(economy_mix_sentiment::run_id.eq(run))
        .order((economy_mix_sentiment::dong_code, economy_mix_sentiment::month))
        .select(MixRow::as_select())
        .load(conn)
        .doing("reading mix-implied sentiment")?;
    let scopes: Vec<(String, String, serde_json::Value)> = economy_scope::table
        .filter(economy_scope::run_id.eq(run))
        .select((economy_scope::scope, economy_scope::code, economy_scope::figures))
        .load(conn)
        .doing("reading shocks")?;
    let scopes = scopes
        .into_iter()
        .map(|(scope, code, figures)| Ok(((scope, code), from_json(figures)?)))
        .collect::<Result<BTreeMap<_, _>>>()?;
    let exposure = load_exposure(conn, run)?;
    Ok(EconomyRun {
        sensitivity: sensitivity.into_iter().map(Arc::new).collect(),
        series,
        index,
        sentiment,
        industries,
        scopes,
        policies,
        ranking,
        mix,
        local: local::load(conn, run)?,
        exposure,
    })
}

fn load_exposure(conn: &mut PgConnection, run: i32) -> Result<BTreeMap<IsoWeek, f64>> {
    let rows: Vec<(i32, i32, f64)> = economy_exposure::table
        .filter(economy_exposure::run_id.eq(run))
        .select((economy_exposure::iso_year, economy_exposure::iso_week, economy_exposure::log_cases))
        .load(conn)
        .doing("reading exposure")?;
    let week = |year, week| IsoWeek::new(year, u32::try_from(week).ok()?);
    Ok(rows.into_iter().filter_map(|(year, number, log)| Some((week(year, number)?, log))).collect())
}

/// The events that the run read, with their effects.
fn load_policies(conn: &mut PgConnection, run: i32) -> Result<Vec<(PolicyEvent, Option<PolicyEffect>)>> {
    let versions: Vec<i32> = run_input::table
        .filter(run_input::run_id.eq(run))
        .select(run_input::version_id)
        .load(conn)
        .doing("reading the inputs of a run")?;
    let effects: Vec<(String, Option<serde_json::Value>)> = economy_policy::table
        .filter(economy_policy::run_id.eq(run))
        .select((economy_policy::code, economy_policy::effect))
        .load(conn)
        .doing("reading policy effects")?;
    let mut effects: BTreeMap<String, Option<serde_json::Value>> = effects.into_iter().collect();
    policy_events(conn, &versions)?
        .into_iter()
        .filter_map(|event| effects.remove(&event.code).map(|effect| (event, effect)))
        .map(|(event, effect)| Ok((event, effect.map(from_json).transpose()?)))
        .collect()
}

fn load_ranking(conn: &mut PgConnection, run: i32) -> Result<Option<Resampled>> {
    let ranking: Option<serde_json::Value> = economy_ranking::table
        .find(run)
        .select(economy_ranking::ranking)
        .first(conn)
        .optional()
        .doing("reading ranks")?;
    ranking.map(from_json).transpose()
}

fn scope_order(scope: &str) -> u8 {
    match scope {
        "district" => 0,
        "dong" => 1,
        _ => 2,
    }
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
