//! Analysis runs: written once with all their results, published in one step, never changed.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::Analysis;
use super::dataset::DatasetVersion;
use crate::audit::{Actor, Entry, audit_add};
use crate::db::While;
use crate::db::schema::{analysis_run, run_input};
use crate::error::{Error, Result};

/// A run as it is stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = analysis_run)]
pub struct Run {
    /// Number of the run.
    pub id: i32,
    /// Which question: `economy`, `childcare` or `wifi`.
    pub analysis: String,
    /// Version of the method, such as `economy-1`.
    pub method_version: String,
    /// Checked parameters.
    pub parameters: serde_json::Value,
    /// Revision of the code.
    pub code_revision: String,
    /// Digest over method, parameters and inputs.
    pub source_hash: String,
    /// Any input was generated.
    pub synthetic: bool,
    /// When the computation began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: DateTime<Utc>,
    /// `PUBLIC` or `INTERNAL`; none before publication.
    pub audience: Option<String>,
    /// When it became visible.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn.
    pub withdrawal_reason: Option<String>,
    /// Its results may not be read any more.
    pub withdrawn_for_privacy: bool,
}

/// A run that is about to be written.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = analysis_run)]
pub struct NewRun {
    analysis: String,
    method_version: String,
    parameters: serde_json::Value,
    code_revision: String,
    source_hash: String,
    synthetic: bool,
    started_at: DateTime<Utc>,
    finished_at: DateTime<Utc>,
}

impl NewRun {
    /// Describes a finished computation. Mixing generated and observed inputs is refused: such a figure would look
    /// more real than it is.
    pub fn new(
        analysis: Analysis,
        method_version: &str,
        parameters: serde_json::Value,
        inputs: &[DatasetVersion],
        started_at: DateTime<Utc>,
    ) -> Result<Self> {
        let named = |synthetic: bool| {
            let names: Vec<_> = inputs
                .iter()
                .filter(|v| v.synthetic == synthetic)
                .filter(|v| !REFERENCE_DATASETS.contains(&v.dataset.as_str()))
                .map(|v| v.dataset.as_str())
                .collect();
            names
        };
        let (generated, observed) = (named(true), named(false));
        if !generated.is_empty() && !observed.is_empty() {
            return Err(Error::bad_input(format!(
                "This run would mix generated data ({}) with observed data ({}). Remove the demo with `dongjak demo --remove`, or import the missing files.",
                generated.join(", "),
                observed.join(", ")
            )));
        }
        Ok(Self {
            analysis: analysis.name().to_owned(),
            method_version: method_version.to_owned(),
            source_hash: source_hash(method_version, &parameters, inputs),
            parameters,
            code_revision: CODE_REVISION.to_owned(),
            synthetic: !generated.is_empty(),
            started_at,
            finished_at: Utc::now(),
        })
    }
}

impl NewRun {
    /// Version of the method that has computed it.
    pub fn method_version(&self) -> &str {
        &self.method_version
    }

    /// Revision of the program that has computed it.
    pub fn code_revision(&self) -> &str {
        &self.code_revision
    }
}

impl Run {
    /// Whether these are the inputs, parameters and method that the run was made of, by its digest.
    pub fn has_inputs(&self, inputs: &[DatasetVersion]) -> bool {
        source_hash(&self.method_version, &self.parameters, inputs) == self.source_hash
    }
}

/// Datasets that are the same for everybody: boundaries, code lists, the calendar, policies. Generated sales over real
/// boundaries are still a demo, so these do not count as observed data.
const REFERENCE_DATASETS: [&str; 5] = ["dongs", "industries", "industry-codes", "calendar", "policy-events"];

/// The revision that the build was told of, else the version of the package.
const CODE_REVISION: &str = match option_env!("DONGJAK_CODE_REVISION") {
    Some(revision) => revision,
    None => concat!("v", env!("CARGO_PKG_VERSION")),
};

fn source_hash(method_version: &str, parameters: &serde_json::Value, inputs: &[DatasetVersion]) -> String {
    let mut inputs: Vec<_> = inputs.iter().map(|v| (v.dataset.as_str(), v.id, v.sha256.as_str())).collect();
    inputs.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(method_version);
    hash.update(parameters.to_string());
    for (dataset, id, sha256) in inputs {
        hash.update(format!("{dataset}\n{id}\n{sha256}\n"));
    }
    hex(&hash.finalize())
}

/// Lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Writes a run and its inputs; the caller writes the results in the same transaction.
pub fn run_insert(conn: &mut PgConnection, run: &NewRun, inputs: &[DatasetVersion]) -> Result<Run> {
    let written: Run = diesel::insert_into(analysis_run::table)
        .values(run)
        .returning(Run::as_returning())
        .get_result(conn)
        .doing("writing a run")?;
    let rows: Vec<_> =
        inputs.iter().map(|v| (run_input::run_id.eq(written.id), run_input::version_id.eq(v.id))).collect();
    diesel::insert_into(run_input::table).values(&rows).execute(conn).doing("writing the inputs of a run")?;
    Ok(written)
}

/// Makes a run visible, in a transaction of the caller's. Publishing it again changes nothing.
pub fn run_publish(conn: &mut PgConnection, by: &Actor, id: i32, audience: Audience) -> Result<Run> {
    let run = run_get(conn, id)?;
    match run.audience.as_deref() {
        Some(already) if already == audience.name() => Ok(run),
        Some(already) => Err(Error::bad_input(format!(
            "Run {id} is already published as {already}; a publication is never changed."
        ))),
        None => {
            let run = diesel::update(analysis_run::table.find(id))
                .set((analysis_run::audience.eq(audience.name()), analysis_run::published_at.eq(diesel::dsl::now)))
                .returning(Run::as_returning())
                .get_result(conn)
                .doing("publishing a run")?;
            let detail = serde_json::json!({"audience": audience.name()});
            audit_add(conn, &Entry { actor: by, action: "publish", subject: format!("run {id}"), detail })?;
            Ok(run)
        }
    }
}

/// Withdraws a published run. It stays readable and marked, unless it is withdrawn for privacy. A run that was withdrawn
/// may still be withdrawn for privacy; nothing else about a withdrawal changes afterwards. In a transaction of the
/// caller's.
pub fn run_withdraw(conn: &mut PgConnection, by: &Actor, id: i32, reason: &str, privacy: bool) -> Result<Run> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::bad_input("A withdrawal needs a reason in words; it is shown to everybody."));
    }
    let run = run_get(conn, id)?;
    if run.published_at.is_none() {
        return Err(Error::bad_input(format!("Run {id} is not published, so there is nothing to withdraw.")));
    }
    let is_new = run.withdrawn_at.is_none() || (privacy && !run.withdrawn_for_privacy);
    if !is_new {
        return Err(Error::bad_input(format!("Run {id} is withdrawn already.")));
    }
    let run = diesel::update(analysis_run::table.find(id))
        .set((
            analysis_run::withdrawn_at.eq(run.withdrawn_at.unwrap_or_else(Utc::now)),
            analysis_run::withdrawal_reason.eq(reason),
            analysis_run::withdrawn_for_privacy.eq(privacy),
        ))
        .returning(Run::as_returning())
        .get_result(conn)
        .doing("withdrawing a run")?;
    let detail = serde_json::json!({"reason": reason, "privacy": privacy});
    audit_add(conn, &Entry { actor: by, action: "withdraw", subject: format!("run {id}"), detail })?;
    Ok(run)
}

/// The run with this number.
pub fn run_get(conn: &mut PgConnection, id: i32) -> Result<Run> {
    analysis_run::table
        .find(id)
        .select(Run::as_select())
        .first(conn)
        .optional()
        .doing("reading a run")?
        .ok_or_else(|| Error::bad_input(format!("There is no run {id}; `dongjak runs` lists them.")))
}

/// The runs with these numbers, as far as there are such.
pub fn run_some(conn: &mut PgConnection, ids: &[i32]) -> Result<Vec<Arc<Run>>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let runs: Vec<Run> = analysis_run::table
        .filter(analysis_run::id.eq_any(ids))
        .select(Run::as_select())
        .load(conn)
        .doing("reading some runs")?;
    Ok(runs.into_iter().map(Arc::new).collect())
}

/// The run that answers a question now: the newest that is published and not withdrawn.
pub fn run_in_force(conn: &mut PgConnection, analysis: &str) -> Result<Option<i32>> {
    analysis_run::table
        .filter(analysis_run::analysis.eq(analysis))
        .filter(analysis_run::published_at.is_not_null())
        .filter(analysis_run::withdrawn_at.is_null())
        .order((analysis_run::published_at.desc(), analysis_run::id.desc()))
        .select(analysis_run::id)
        .first(conn)
        .optional()
        .doing("looking for the run in force")
}

/// Every run, newest first.
pub fn run_list(conn: &mut PgConnection) -> Result<Vec<Run>> {
    analysis_run::table.order(analysis_run::id.desc()).select(Run::as_select()).load(conn).doing("reading the runs")
}

/// Who may see a published run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Signed-in users with that right.
    Internal,
}

impl Audience {
    /// The word in tables and answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Internal => "INTERNAL",
        }
    }
}
