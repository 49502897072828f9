//! Jobs in the database.

use std::ops::Range;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::Stage;
use super::compute::checked_parameters;
use crate::db::While;
use crate::db::schema::analysis_job;
use crate::error::{Error, Result};
use crate::run::Analysis;
use crate::run::record::{Audience, Run, run_some};

/// A worker may end so often while it is at a job before the job counts as the cause.
pub const MOST_ATTEMPTS: i32 = 3;

/// A job as it is stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = analysis_job)]
pub struct Job {
    /// Number of the job.
    pub id: i32,
    /// Which question.
    pub analysis: String,
    /// Checked parameters.
    pub parameters: serde_json::Value,
    /// For whom the run is published when it is done.
    pub audience: Option<String>,
    /// `WAITING`, `RUNNING`, `DONE`, `FAILED` or `CANCELLED`.
    pub state: String,
    /// What the worker does.
    pub stage: Option<String>,
    /// How often a worker has taken it.
    pub attempts: i32,
    /// The run that it became.
    pub run_id: Option<i32>,
    /// Why it failed, in words for whoever asked.
    pub message: Option<String>,
    /// The same in Korean, where it was written.
    pub message_ko: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When a worker has taken it last.
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

impl Job {
    /// Nothing will happen to it any more.
    pub fn is_over(&self) -> bool {
        matches!(self.state.as_str(), "DONE" | "FAILED" | "CANCELLED")
    }
}

/// A job with its run and its place in the queue.
#[derive(Debug, Clone)]
pub struct Queued {
    /// The job.
    pub job: Job,
    /// The run that it became.
    pub run: Option<Arc<Run>>,
    /// How many jobs are computed before it; none unless it waits.
    pub ahead: Option<usize>,
}

/// A job that is about to wait.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = analysis_job)]
pub struct NewJob {
    analysis: String,
    parameters: serde_json::Value,
    audience: Option<&'static str>,
}

impl NewJob {
    /// Checks the parameters, so that nothing waits that could not be computed.
    pub fn new(analysis: Analysis, parameters: &serde_json::Value, audience: Option<Audience>) -> Result<Self> {
        Ok(Self {
            analysis: analysis.name().to_owned(),
            parameters: checked_parameters(analysis, parameters)?,
            audience: audience.map(Audience::name),
        })
    }
}

/// Puts a job at the end of the queue.
pub fn job_add(conn: &mut PgConnection, job: &NewJob) -> Result<Job> {
    diesel::insert_into(analysis_job::table)
        .values(job)
        .returning(Job::as_returning())
        .get_result(conn)
        .doing("putting a job into the queue")
}

/// Every job, newest first.
pub fn job_list(conn: &mut PgConnection) -> Result<Vec<Job>> {
    analysis_job::table.order(analysis_job::id.desc()).select(Job::as_select()).load(conn).doing("reading the jobs")
}

/// How many jobs wait.
pub fn jobs_waiting(conn: &mut PgConnection) -> Result<i64> {
    analysis_job::table
        .filter(analysis_job::state.eq("WAITING"))
        .count()
        .get_result(conn)
        .doing("counting the jobs that wait")
}

/// How many jobs of a question there are, or of all of them, and the number of the newest.
pub fn job_count(conn: &mut PgConnection, analysis: Option<Analysis>) -> Result<(usize, i32)> {
    let of = analysis.map_or("%", Analysis::name);
    let (count, newest): (i64, Option<i32>) = analysis_job::table
        .filter(analysis_job::analysis.like(of))
        .select((diesel::dsl::count_star(), diesel::dsl::max(analysis_job::id)))
        .first(conn)
        .doing("counting the jobs")?;
    Ok((usize::try_from(count).unwrap_or(0), newest.unwrap_or(0)))
}

/// Some jobs of that list, newest first.
pub fn job_page(conn: &mut PgConnection, analysis: Option<Analysis>, rows: &Range<usize>) -> Result<Vec<Queued>> {
    let of = analysis.map_or("%", Analysis::name);
    let jobs = analysis_job::table
        .filter(analysis_job::analysis.like(of))
        .order(analysis_job::id.desc())
        .offset(i64::try_from(rows.start).unwrap_or(i64::MAX))
        .limit(i64::try_from(rows.len()).unwrap_or(i64::MAX))
        .select(Job::as_select())
        .load(conn)
        .doing("reading a page of jobs")?;
    queued(conn, jobs)
}

/// The jobs with these numbers, as far as there are such.
pub fn jobs_numbered(conn: &mut PgConnection, ids: &[i32]) -> Result<Vec<Queued>> {
    let jobs = analysis_job::table
        .filter(analysis_job::id.eq_any(ids))
        .select(Job::as_select())
        .load(conn)
        .doing("looking at jobs")?;
    queued(conn, jobs)
}

/// The number of the job that became this run; `None` for a run that never waited.
pub fn job_of_run(conn: &mut PgConnection, run: i32) -> Result<Option<i32>> {
    analysis_job::table
        .filter(analysis_job::run_id.eq(run))
        .select(analysis_job::id)
        .first(conn)
        .optional()
        .doing("looking for the job of a run")
}

fn queued(conn: &mut PgConnection, jobs: Vec<Job>) -> Result<Vec<Queued>> {
    let open: Vec<i32> = analysis_job::table
        .filter(analysis_job::state.eq_any(["WAITING", "RUNNING"]))
        .select(analysis_job::id)
        .load(conn)
        .doing("looking at the queue")?;
    let ids: Vec<i32> = jobs.iter().filter_map(|job| job.run_id).collect();
    let runs = run_some(conn, &ids)?;
    let with_its_place = |job: Job| Queued {
        run: runs.iter().find(|run| Some(run.id) == job.run_id).cloned(),
        ahead: (job.state == "WAITING").then(|| open.iter().filter(|id| **id < job.id).count()),
        job,
    };
    Ok(jobs.into_iter().map(with_its_place).collect())
}

/// Takes back a job that still waits.
pub fn job_cancel(conn: &mut PgConnection, id: i32) -> Result<Job> {
    let cancelled = diesel::update(analysis_job::table.find(id).filter(analysis_job::state.eq("WAITING")))
        .set((analysis_job::state.eq("CANCELLED"), analysis_job::ended_at.eq(diesel::dsl::now)))
        .returning(Job::as_returning())
        .get_result(conn)
        .optional()
        .doing("cancelling a job")?;
    cancelled.ok_or_else(|| {
        Error::bad_input(format!("There is no job {id} that waits; `dongjak jobs` says what became of each."))
            .in_korean(format!("대기 중인 작업 {id}이(가) 없습니다."))
    })
}

/// Cancels a job that waits or is at work; whatever its worker still computes is not kept. `None` when it is over
/// already, or when there is none.
pub fn job_stop(conn: &mut PgConnection, id: i32) -> Result<Option<Job>> {
    diesel::update(analysis_job::table.find(id).filter(analysis_job::state.eq_any(["WAITING", "RUNNING"])))
        .set((
            analysis_job::state.eq("CANCELLED"),
            analysis_job::stage.eq(None::<String>),
            analysis_job::ended_at.eq(diesel::dsl::now),
        ))
        .returning(Job::as_returning())
        .get_result(conn)
        .optional()
        .doing("stopping a job")
}

/// Takes the job that waits longest. The caller holds the lock of the queue.
pub(super) fn job_take(conn: &mut PgConnection) -> Result<Option<Job>> {
    let next: Option<i32> = analysis_job::table
        .filter(analysis_job::state.eq("WAITING"))
        .order(analysis_job::id)
        .select(analysis_job::id)
        .first(conn)
        .optional()
        .doing("looking for a job that waits")?;
    let Some(next) = next else { return Ok(None) };
    // It may have been cancelled between the two statements; then the next look finds another.
    diesel::update(analysis_job::table.find(next).filter(analysis_job::state.eq("WAITING")))
        .set((
            analysis_job::state.eq("RUNNING"),
            analysis_job::stage.eq(Stage::Reading.name()),
            analysis_job::attempts.eq(analysis_job::attempts + 1),
            analysis_job::started_at.eq(diesel::dsl::now),
        ))
        .returning(Job::as_returning())
        .get_result(conn)
        .optional()
        .doing("taking a job")
}

/// Whoever holds the lock of the queue and finds a job at work knows that its worker is gone: it waits again, or has
/// failed when that has happened too often. Returns how many were found.
pub(super) fn job_recover(conn: &mut PgConnection) -> Result<usize> {
    let no_stage = None::<String>;
    let orphaned = analysis_job::state.eq("RUNNING");
    let failed = diesel::update(analysis_job::table.filter(orphaned).filter(analysis_job::attempts.ge(MOST_ATTEMPTS)))
        .set((
            analysis_job::state.eq("FAILED"),
            analysis_job::stage.eq(&no_stage),
            analysis_job::message.eq("The computation was interrupted several times and is not tried again."),
            analysis_job::message_ko.eq("계산이 여러 번 중단되어 다시 시도하지 않습니다."),
            analysis_job::log_message.eq(format!("{MOST_ATTEMPTS} workers ended while they were at this job")),
            analysis_job::ended_at.eq(diesel::dsl::now),
        ))
        .execute(conn)
        .doing("giving jobs up")?;
    let again = diesel::update(analysis_job::table.filter(orphaned))
        .set((analysis_job::state.eq("WAITING"), analysis_job::stage.eq(&no_stage)))
        .execute(conn)
        .doing("taking jobs up again")?;
    Ok(failed + again)
}

/// Gives a job back that a worker is at and will not finish, because somebody has told it to stop: that is no attempt.
pub fn job_give_back(conn: &mut PgConnection, id: i32) -> Result<()> {
    diesel::update(analysis_job::table.find(id).filter(analysis_job::state.eq("RUNNING")))
        .set((
            analysis_job::state.eq("WAITING"),
            analysis_job::stage.eq(None::<String>),
            analysis_job::attempts.eq(analysis_job::attempts - 1),
        ))
        .execute(conn)
        .doing("giving a job back")?;
    Ok(())
}

/// Notes what is being done for a job. Fails when it was cancelled meanwhile.
pub(super) fn job_stage(conn: &mut PgConnection, id: i32, stage: Stage) -> Result<()> {
    let noted = diesel::update(analysis_job::table.find(id).filter(analysis_job::state.eq("RUNNING")))
        .set(analysis_job::stage.eq(stage.name()))
        .execute(conn)
        .doing("noting the stage of a job")?;
    if noted == 1 { Ok(()) } else { Err(stopped()) }
}

fn stopped() -> Error {
    Error::bad_input("The job was cancelled or given back while it was computed.")
}

/// Ends a job with its run.
pub(super) fn job_done(conn: &mut PgConnection, id: i32, run: i32) -> Result<()> {
    let ended = diesel::update(analysis_job::table.find(id).filter(analysis_job::state.eq("RUNNING")))
        .set((
            analysis_job::state.eq("DONE"),
            analysis_job::stage.eq(None::<String>),
            analysis_job::run_id.eq(run),
            analysis_job::ended_at.eq(diesel::dsl::now),
        ))
        .execute(conn)
        .doing("ending a job")?;
    if ended == 1 { Ok(()) } else { Err(stopped()) }
}

/// Ends a job that could not be computed.
pub(super) fn job_failed(conn: &mut PgConnection, id: i32, error: &Error) -> Result<()> {
    diesel::update(analysis_job::table.find(id).filter(analysis_job::state.eq("RUNNING")))
        .set((
            analysis_job::state.eq("FAILED"),
            analysis_job::stage.eq(None::<String>),
            analysis_job::message.eq(error.outside()),
            analysis_job::message_ko.eq(error.outside_in_korean()),
            analysis_job::log_message.eq(error.for_log()),
            analysis_job::ended_at.eq(diesel::dsl::now),
        ))
        .execute(conn)
        .doing("ending a job that failed")?;
    Ok(())
}
