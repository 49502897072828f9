//! `dongjak analyze --reproduce`: computes a run again from what it has named, and compares every stored bit.

use diesel::PgConnection;

use super::say;
use crate::childcare::tables::posts_dropped;
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};
use crate::jobs::compute::{self, compute};
use crate::run::Analysis;
use crate::run::reading::{Reading, versions_of_run};
use crate::run::record::{NewRun, Run, run_get, run_insert};
use crate::run::stored_rows::StoredRows;

/// Differences that are printed.
const MOST: usize = 40;

/// Computes a run again; fails with a sentence when anything differs.
pub fn command(settings: &Settings, id: i32) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    let run = run_get(&mut conn, id)?;
    let analysis =
        Analysis::named(&run.analysis).ok_or_else(|| Error::internal(format!("unknown analysis {}", run.analysis)))?;
    let stored = StoredRows::load(&mut conn, id)?;
    let (again, now) = again(&mut conn, settings, analysis, &run)?;
    let differences = stored.differences(&again);
    if differences.is_empty() && !stored.is_empty() {
        say::line(&format!(
            "Run {id} of {} is reproduced: {} stored rows are the same bit for bit.",
            run.analysis,
            stored.len()
        ));
        return Ok(());
    }
    for difference in differences.iter().take(MOST) {
        say::line(difference);
    }
    if differences.len() > MOST {
        say::line(&format!("and {} more", differences.len() - MOST));
    }
    let reasons = reasons(&mut conn, &run, &now)?;
    Err(Error::bad_input(format!("Run {id} of {} differs in {} places. {reasons}", run.analysis, differences.len())))
}

/// The results as they would be stored now, and the run that they would belong to. Nothing is kept.
fn again(conn: &mut PgConnection, settings: &Settings, analysis: Analysis, run: &Run) -> Result<(StoredRows, NewRun)> {
    let computed = compute(conn, settings, analysis, Reading::AsRun(run.id), &run.parameters, &mut compute::silent)?;
    db::undone(conn, |conn| {
        let written = run_insert(conn, &computed.run, &computed.inputs)?;
        (computed.store)(conn, written.id)?;
        Ok((StoredRows::load(conn, written.id)?, computed.run))
    })
}

/// Why the results may differ, as far as the run tells.
fn reasons(conn: &mut PgConnection, run: &Run, now: &NewRun) -> Result<String> {
    let mut reasons = Vec::new();
    let versions = versions_of_run(conn, run.id)?;
    if run.method_version != now.method_version() {
        reasons.push(format!("The method was {} and is {} now.", run.method_version, now.method_version()));
    }
    if run.code_revision != now.code_revision() {
        reasons.push(format!("The program was {} and is {} now.", run.code_revision, now.code_revision()));
    }
    if !run.has_inputs(&versions) {
        reasons.push("An input that it has named was removed, or its parameters or inputs were altered.".to_owned());
    }
    let dropped = posts_dropped(conn, &versions)?;
    if run.analysis == Analysis::Childcare.name() && dropped > 0 {
        reasons.push(format!("The texts of {dropped} posts that it may have read were dropped since."));
    }
    if reasons.is_empty() {
        reasons.push(
            "Method, program, parameters and inputs are the same, so stored rows were altered, or rows of an input, or the \
             program runs with another DONGJAK_DISTRICT or dictionary."
                .to_owned(),
        );
    }
    Ok(reasons.join(" "))
}
