//! Works the queue off, one job at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::Stage;
use super::compute::compute;
use super::queue::{Job, job_done, job_failed, job_recover, job_stage, job_take};
use super::shift::Shift;
use crate::audit::Actor;
use crate::config::Settings;
use crate::db::{self, While};
use crate::error::{Error, Kind, Result};
use crate::run::Analysis;
use crate::run::publication::seen_everywhere;
use crate::run::reading::Reading;
use crate::run::record::{Audience, Run};

/// Any number that nobody else uses.
const LOCK: i64 = 36_645_264;

/// What became of a job.
#[derive(Debug)]
pub struct Worked {
    /// The job as it was taken.
    pub job: Job,
    /// Its run, or why there is none.
    pub outcome: Result<Run>,
}

/// The one worker of a database. The lock ends with the connection, whatever becomes of the process.
pub struct Worker {
    conn: PgConnection,
}

impl Worker {
    /// The worker, with a connection of its own; `None` while another one is at work.
    pub fn hired(url: &str) -> Result<Option<Self>> {
        #[derive(QueryableByName)]
        struct Got {
            #[diesel(sql_type = Bool)]
            got: bool,
        }
        let mut conn = db::connect(url)?;
        let lock: Got = diesel::sql_query("SELECT pg_try_advisory_lock($1) AS got")
            .bind::<BigInt, _>(LOCK)
            .get_result(&mut conn)
            .doing("asking for the lock of the queue")?;
        if !lock.got {
            return Ok(None);
        }
        job_recover(&mut conn)?;
        Ok(Some(Self { conn }))
    }

    /// Computes the job that waits longest; `None` when nothing waits. An error means that the database is away or that
    /// the analysis has panicked: this worker is of no use any more, and the next one takes the job up again.
    pub fn next(&mut self, settings: &Settings, shift: &Shift) -> Result<Option<Worked>> {
        let conn = &mut self.conn;
        let Some(job) = shift.take(|| job_take(conn))? else { return Ok(None) };
        let worked = self.finish(settings, job);
        shift.put_down();
        worked
    }

    fn finish(&mut self, settings: &Settings, job: Job) -> Result<Option<Worked>> {
        let conn = &mut self.conn;
        let outcome = catch_unwind(AssertUnwindSafe(|| work(conn, settings, &job)))
            .map_err(|_| Error::internal(format!("the analysis of job {} panicked", job.id)))?;
        match &outcome {
            Err(error) if matches!(error.kind(), Kind::Unavailable | Kind::Timeout | Kind::Busy) => {
                return Err(error.clone());
            }
            Err(error) => job_failed(&mut self.conn, job.id, error)?,
            Ok(_) => {}
        }
        Ok(Some(Worked { job, outcome }))
    }
}

/// The run and the end of its job become visible together.
fn work(conn: &mut PgConnection, settings: &Settings, job: &Job) -> Result<Run> {
    let analysis =
        Analysis::named(&job.analysis).ok_or_else(|| Error::internal(format!("unknown analysis {}", job.analysis)))?;
    let audience = match job.audience.as_deref() {
        None => None,
        Some(name) if name == Audience::Public.name() => Some(Audience::Public),
        Some(_) => Some(Audience::Internal),
    };
    let mut tell = |conn: &mut PgConnection, stage: Stage| job_stage(conn, job.id, stage);
    let computed = compute(conn, settings, analysis, Reading::InForce, &job.parameters, &mut tell)?;
    tell(conn, Stage::Storing)?;
    let worker = Actor::worker();
    let run = db::in_transaction(conn, |conn| {
        let run = computed.keep(conn, audience.map(|audience| (audience, &worker)))?;
        job_done(conn, job.id, run.id)?;
        Ok(run)
    })?;
    seen_everywhere(conn);
    Ok(run)
}
