//! A run from the data in force, or from the versions that an earlier run has read: computed aside, stored whole, and
//! published where that was asked.

use chrono::Utc;
use diesel::PgConnection;

use super::Stage;
use crate::audit::Actor;
use crate::childcare::dictionary;
use crate::config::Settings;
use crate::db;
use crate::db::geometry::points_to_degrees;
use crate::error::{Error, Result, both};
use crate::run::Analysis;
use crate::run::dataset::DatasetVersion;
use crate::run::publication::seen_everywhere;
use crate::run::reading::Reading;
use crate::run::record::{Audience, NewRun, Run, run_insert, run_publish};
use crate::{childcare, economy, wifi};

/// Is told of every stage as it begins.
pub type Tell<'a> = &'a mut dyn FnMut(&mut PgConnection, Stage) -> Result<()>;

/// Tells nobody.
pub fn silent(_: &mut PgConnection, _: Stage) -> Result<()> {
    Ok(())
}

/// Computes one run from the data in force, and publishes it for everybody when there is somebody in whose name. Its
/// results and its publication become visible in one transaction.
pub fn analyze_and_publish(
    conn: &mut PgConnection,
    settings: &Settings,
    analysis: Analysis,
    params: Option<&serde_json::Value>,
    publish: Option<&Actor>,
) -> Result<Run> {
    let empty = serde_json::json!({});
    let params = params.unwrap_or(&empty);
    let computed = compute(conn, settings, analysis, Reading::InForce, params, &mut silent)?;
    let run = db::in_transaction(conn, |conn| computed.keep(conn, publish.map(|by| (Audience::Public, by))))?;
    seen_everywhere(conn);
    Ok(run)
}

/// Computes a run from the versions that are named; nothing is kept yet.
pub fn compute(
    conn: &mut PgConnection,
    settings: &Settings,
    analysis: Analysis,
    reading: Reading,
    params: &serde_json::Value,
    tell: Tell<'_>,
) -> Result<Computed> {
    tell(conn, Stage::Reading)?;
    match analysis {
        Analysis::Economy => economy_run(conn, settings, reading, params, tell),
        Analysis::Childcare => childcare_run(conn, settings, reading, params, tell),
        Analysis::Wifi => wifi_run(conn, settings, reading, params, tell),
    }
}

/// Writes the results of a run.
pub type Store = Box<dyn FnOnce(&mut PgConnection, i32) -> Result<()>>;

/// A run that is not kept yet.
pub struct Computed {
    /// What it is.
    pub run: NewRun,
    /// What it has read.
    pub inputs: Vec<DatasetVersion>,
    /// Writes its results under the number of the run.
    pub store: Store,
}

impl Computed {
    /// Writes the run with its results, and publishes it where it is said for whom and by whom. The caller holds the transaction.
    pub fn keep(self, conn: &mut PgConnection, publish: Option<(Audience, &Actor)>) -> Result<Run> {
        let run = run_insert(conn, &self.run, &self.inputs)?;
        (self.store)(conn, run.id)?;
        match publish {
            Some((audience, by)) => run_publish(conn, by, run.id, audience),
            None => Ok(run),
        }
    }
}

/// The parameters with every default filled in, or a sentence about what makes no sense in them.
pub fn checked_parameters(analysis: Analysis, params: &serde_json::Value) -> Result<serde_json::Value> {
    match analysis {
        Analysis::Economy => {
            let params: economy::analysis::Params = read_params(params)?;
            params.check().map_err(Error::bad_input)?;
            as_json(&params)
        }
        Analysis::Childcare => {
            let params: childcare::analysis::Params = read_params(params)?;
            params.check().map_err(Error::bad_input)?;
            as_json(&params)
        }
        Analysis::Wifi => {
            let params: wifi::analysis::Params = read_params(params)?;
            params.check().map_err(Error::bad_input)?;
            as_json(&params)
        }
    }
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
    tell: Tell<'_>,
) -> Result<Computed> {
    let started = Utc::now();
    let params: economy::analysis::Params = read_params(params)?;
    let checked = params.check().map_err(Error::bad_input)?;
    let (data, mut inputs) = economy::inputs::inputs(conn, reading, &settings.district, &params)?;
    let streets = economy::inputs::local(conn, reading, &settings.district, &mut inputs)?;
    tell(conn, Stage::Analysing)?;
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
    tell: Tell<'_>,
) -> Result<Computed> {
    let started = Utc::now();
    let params: wifi::analysis::Params = read_params(params)?;
    let checked = params.check().map_err(Error::bad_input)?;
    let (data, inputs) = wifi::inputs::inputs(conn, reading, &settings.district)?;
    if let Some(name) = data.unknown(&checked) {
        return Err(Error::bad_input(both(
            format!("excluded names \"{name}\", which is no facility; write kind/id, such as bus_stop/20101."),
            format!("excluded의 \"{name}\"는 없는 시설입니다. bus_stop/20101처럼 종류/id로 적어 주십시오."),
        )));
    }
    tell(conn, Stage::Analysing)?;
    let results =
        wifi::analysis::analyse(&data, &checked).map_err(|e| Error::internal(format!("Wi-Fi analysis: {e}")))?;
    let planned = checked.plan.as_ref().map(|asked| wifi::analysis::plan_of_run(&data, &checked, asked));
    let planned = planned.transpose().map_err(Error::bad_input)?;
    let metres: Vec<(f64, f64)> = results.sites.iter().map(|s| (s.candidate.x_m, s.candidate.y_m)).collect();
    let places = points_to_degrees(conn, &metres, 5179)?;
    let run = NewRun::new(Analysis::Wifi, wifi::analysis::METHOD_VERSION, as_json(&params)?, &inputs, started)?;
    let store: Store = Box::new(move |conn, id| {
        let (sites, figures) = wifi::results::rows(id, &results, &places);
        wifi::results::cells::store(conn, id, &data)?;
        let scenarios = wifi::results::scenario_rows(id, &results.scenarios);
        wifi::results::store(conn, id, &sites, &figures, &scenarios, planned.as_ref())
    });
    Ok(Computed { run, inputs, store })
}

fn childcare_run(
    conn: &mut PgConnection,
    settings: &Settings,
    reading: Reading,
    params: &serde_json::Value,
    tell: Tell<'_>,
) -> Result<Computed> {
    let started = Utc::now();
    let params: childcare::analysis::Params = read_params(params)?;
    let checked = params.check().map_err(Error::bad_input)?;
    let tokeniser = dictionary::tokeniser(settings)?;
    let listening = dictionary::listening(settings)?;
    let (data, inputs) = childcare::inputs::inputs(conn, reading, &settings.district, &listening, &tokeniser)?;
    tell(conn, Stage::Analysing)?;
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
