//! `dongjak analyze`: computes a run aside, stores it whole, and publishes it where that was asked.

use std::path::Path;

use chrono::Utc;
use diesel::PgConnection;

use super::say;
use crate::config::Settings;
use crate::db::geometry::points_to_degrees;
use crate::db::{self, While};
use crate::error::{Error, Result};
use crate::run::Analysis;
use crate::run::dataset::DatasetVersion;
use crate::run::reading::Reading;
use crate::run::record::{Audience, NewRun, Run, run_insert, run_publish};
use crate::{childcare, economy, wifi};

/// Computes the runs and says what was done.
pub fn command(settings: &Settings, analyses: &[Analysis], params: Option<&Path>, publish: bool) -> Result<()> {
    let params = match params {
        Some(path) if analyses.len() > 1 => {
            return Err(Error::bad_input(format!(
                "{}--params {} belongs to one question; name economy, childcare or wifi instead of all.",
                super::WRONG_USAGE,
                path.display()
            )));
        }
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|e| Error::bad_input(format!("The file {} cannot be read: {e}.", path.display())))?;
            Some(
                serde_json::from_str(&text)
                    .map_err(|e| Error::bad_input(format!("{} is not JSON: {e}.", path.display())))?,
            )
        }
        None => None,
    };
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    for analysis in analyses {
        let run = analyze_and_publish(&mut conn, settings, *analysis, params.as_ref(), publish)?;
        let state = if publish { "published" } else { "not published; `dongjak publish` makes it visible" };
        say::line(&format!("Run {} of {} is done ({state}).", run.id, run.analysis));
    }
    Ok(())
}

/// Computes one run from the data in force. Its results and its publication become visible in one transaction.
pub fn analyze_and_publish(
    conn: &mut PgConnection,
    settings: &Settings,
    analysis: Analysis,
    params: Option<&serde_json::Value>,
    publish: bool,
) -> Result<Run> {
    let empty = serde_json::json!({});
    let params = params.unwrap_or(&empty);
    let computed = compute(conn, settings, analysis, Reading::InForce, params)?;
    db::in_transaction(conn, |conn| {
        let run = run_insert(conn, &computed.run, &computed.inputs)?;
        (computed.store)(conn, run.id)?;
        if publish { run_publish(conn, run.id, Audience::Public) } else { Ok(run) }
    })
}

/// Computes a run from the versions that are named; nothing is kept yet.
pub(super) fn compute(
    conn: &mut PgConnection,
    settings: &Settings,
    analysis: Analysis,
    reading: Reading,
    params: &serde_json::Value,
) -> Result<Computed> {
    match analysis {
        Analysis::Economy => economy_run(conn, settings, reading, params),
        Analysis::Childcare => childcare_run(conn, settings, reading, params),
        Analysis::Wifi => wifi_run(conn, settings, reading, params),
    }
}

type Store = Box<dyn FnOnce(&mut PgConnection, i32) -> Result<()>>;

/// A run that is not kept yet.
pub(super) struct Computed {
    pub(super) run: NewRun,
    pub(super) inputs: Vec<DatasetVersion>,
    pub(super) store: Store,
}

fn read_params<P: serde::de::DeserializeOwned>(json: &serde_json::Value) -> Result<P> {
    serde_json::from_value(json.clone()).map_err(|e| Error::bad_input(format!("The parameters make no sense: {e}.")))
}

fn as_json<P: serde::Serialize>(params: &P) -> Result<serde_json::Value> {
    serde_json::to_value(params).map_err(|e| Error::internal(format!("parameters as JSON: {e}")))
}

fn economy_run(
    conn: &mut PgConnection,
    settings: &Settings,
    reading: Reading,
    params: &serde_json::Value,
) -> Result<Computed> {
    let started = Utc::now();
    let params: economy::analysis::Params = read_params(params)?;
    let checked = params.check().map_err(Error::bad_input)?;
    let (data, mut inputs) = economy::inputs::inputs(conn, reading, &settings.district, &params)?;
    let streets = economy::inputs::local(conn, reading, &settings.district, &mut inputs)?;
    let results = economy::analysis::analyse(&data, &checked);
    let local = economy::analysis::local(&data, &streets, &results, &checked);
    let run = NewRun::new(Analysis::Economy, economy::analysis::METHOD_VERSION, as_json(&params)?, &inputs, started)?;
    let store: Store = Box::new(move |conn, id| {
        economy::results::store(conn, id, &economy::results::rows(id, &results, &checked))?;
        economy::results::local::store(conn, id, &local, &results.protection, checked.base_year)
    });
    Ok(Computed { run, inputs, store })
}

fn wifi_run(
    conn: &mut PgConnection,
    settings: &Settings,
    reading: Reading,
    params: &serde_json::Value,
) -> Result<Computed> {
    let started = Utc::now();
    let params: wifi::analysis::Params = read_params(params)?;
    let checked = params.check().map_err(Error::bad_input)?;
    let (data, inputs) = wifi::inputs::inputs(conn, reading, &settings.district)?;
    let results =
        wifi::analysis::analyse(&data, &checked).map_err(|e| Error::internal(format!("Wi-Fi analysis: {e}")))?;
    let metres: Vec<(f64, f64)> = results.sites.iter().map(|s| (s.candidate.x_m, s.candidate.y_m)).collect();
    let places = points_to_degrees(conn, &metres, 5179)?;
    let run = NewRun::new(Analysis::Wifi, wifi::analysis::METHOD_VERSION, as_json(&params)?, &inputs, started)?;
    let store: Store = Box::new(move |conn, id| {
        let (sites, figures) = wifi::results::rows(id, &results, &places);
        wifi::results::store(conn, id, &sites, &figures, &wifi::results::scenario_rows(id, &results.scenarios))
    });
    Ok(Computed { run, inputs, store })
}

fn childcare_run(
    conn: &mut PgConnection,
    settings: &Settings,
    reading: Reading,
    params: &serde_json::Value,
) -> Result<Computed> {
    let started = Utc::now();
    let params: childcare::analysis::Params = read_params(params)?;
    let checked = params.check().map_err(Error::bad_input)?;
    let tokeniser = super::dictionary::tokeniser(settings)?;
    let listening = super::dictionary::listening(settings)?;
    let (data, inputs) = childcare::inputs::inputs(conn, reading, &settings.district, &listening, &tokeniser)?;
    let results = childcare::analysis::analyse(&data, &checked);
    let run =
        NewRun::new(Analysis::Childcare, childcare::analysis::METHOD_VERSION, as_json(&params)?, &inputs, started)?;
    let store: Store = Box::new(move |conn, id| {
        let places = childcare::figures::rows(&results, &checked);
        childcare::results::store(conn, id, &places)?;
        childcare::results::care::store(conn, id, &childcare::figures::care::rows(&results.missing, &checked))?;
        childcare::results::voice::store(conn, id, &childcare::figures::voice::rows(&results, &checked))?;
        let usage = childcare::figures::usage::rows(results.usage.as_ref(), &checked);
        childcare::results::usage::store(conn, id, &usage)?;
        let siting = childcare::figures::with_complaints(results.siting, &places);
        childcare::results::siting::store(conn, id, &siting)?;
        let evidence = childcare::figures::with_complaints_of(results.evidence, &places);
        childcare::results::vulnerability::store(conn, id, &evidence)
    });
    Ok(Computed { run, inputs, store })
}

/// Removes every generated version, the runs that read one, and so everything that rests on them.
pub fn remove_synthetic(conn: &mut PgConnection) -> Result<(usize, usize)> {
    use diesel::prelude::*;
    db::in_transaction(conn, |conn| {
        let runs = diesel::sql_query("DELETE FROM analysis_run WHERE synthetic")
            .execute(conn)
            .doing("removing the demo's runs")?;
        let versions = diesel::sql_query("DELETE FROM dataset_version WHERE synthetic")
            .execute(conn)
            .doing("removing the demo's data")?;
        Ok((runs, versions))
    })
}
