//! `dongjak work` and `dongjak jobs`: the queue of runs.

use std::time::Duration;

use super::say;
use crate::config::Settings;
use crate::db;
use crate::error::Result;
use crate::jobs::queue::{job_cancel, job_list};
use crate::jobs::worker::Worker;

/// Pause before the queue is looked at again.
const PAUSE: Duration = Duration::from_secs(1);

/// Computes what waits, and then stops or waits for more.
pub fn work(settings: &Settings, once: bool) -> Result<()> {
    let url = settings.required_database_url()?;
    super::import::require_migrated(&mut db::connect(url)?)?;
    loop {
        match Worker::hired(url) {
            Ok(Some(worker)) => match until_it_ends(worker, settings, once) {
                Ok(()) => return Ok(()),
                // The next worker takes the job up again, a bounded number of times.
                Err(error) => say::error(&error),
            },
            Ok(None) if once => {
                say::line("Another worker is at work; it takes the jobs that wait.");
                return Ok(());
            }
            Ok(None) => {}
            Err(error) if once => return Err(error),
            Err(error) => say::error(&error),
        }
        std::thread::sleep(PAUSE);
    }
}

fn until_it_ends(mut worker: Worker, settings: &Settings, once: bool) -> Result<()> {
    loop {
        match worker.next(settings)? {
            Some(worked) => match worked.outcome {
                Ok(run) => say::line(&format!("Job {} of {} is done: run {}.", worked.job.id, run.analysis, run.id)),
                Err(error) => {
                    say::line(&format!("Job {} of {} has failed.", worked.job.id, worked.job.analysis));
                    say::error(&error);
                }
            },
            None if once => return Ok(()),
            None => std::thread::sleep(PAUSE),
        }
    }
}

/// Lists the jobs, or cancels one that waits.
pub fn jobs(settings: &Settings, cancel: Option<i32>) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    if let Some(id) = cancel {
        let job = job_cancel(&mut conn, id)?;
        say::line(&format!("Job {} of {} is cancelled.", job.id, job.analysis));
        return Ok(());
    }
    let rows: Vec<Vec<String>> = job_list(&mut conn)?
        .into_iter()
        .map(|job| {
            vec![
                job.id.to_string(),
                job.analysis,
                job.stage.unwrap_or(job.state),
                job.attempts.to_string(),
                job.run_id.map_or_else(String::new, |run| run.to_string()),
                job.created_at.format("%Y-%m-%d %H:%M").to_string(),
                job.message.unwrap_or_default(),
            ]
        })
        .collect();
    say::table(&["job", "analysis", "state", "attempts", "run", "asked for (UTC)", "message"], &rows);
    Ok(())
}
