//! The rows of a run out of the database.

use std::collections::BTreeMap;
use std::sync::Arc;

use diesel::prelude::*;

use super::series::{self, SeriesRow};
use super::{EconomyRun, IndustryRow, MixRow, SensitivityRow, SentimentRow, local};
use crate::calendar::{Grain, IsoWeek};
use crate::db::While;
use crate::db::schema::{
    economy_exposure, economy_mix_sentiment, economy_policy, economy_ranking, economy_scope, economy_sensitivity,
    economy_sentiment, industry, run_input,
};
use crate::economy::analysis::{PolicyEffect, Resampled};
use crate::economy::tables::{PolicyEvent, policy_events};
use crate::error::{Error, Result};

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

pub(super) fn from_json<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> Result<T> {
    serde_json::from_value(value).map_err(|e| Error::internal(format!("results from JSON: {e}")))
}
