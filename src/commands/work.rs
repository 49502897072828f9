//! `dongjak work` and `dongjak jobs`: the queue of runs.

use super::say;
use super::signal::wait_for_signal;
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};
use crate::jobs::queue::{job_cancel, job_list};
use crate::jobs::shift::{Event, Shift};

/// Computes what waits, and then stops or waits for more. Told to stop, it gives the job at work back.
pub fn work(settings: &Settings, once: bool) -> Result<()> {
    super::import::require_migrated(&mut db::connect(settings.required_database_url()?)?)?;
    let shift = Shift::default();
    let (send_end, ended) = tokio::sync::oneshot::channel();
    let (mine, own) = (shift.clone(), settings.clone());
    std::thread::spawn(move || send_end.send(mine.work(&own, once, &mut |event| tell(&event, once))));
    let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let waiting = waiting.map_err(|e| Error::internal(format!("a worker cannot wait for signals: {e}")))?;
    waiting.block_on(async {
        tokio::select! {
            ended = ended => ended.unwrap_or_else(|_| Err(Error::internal("the worker has panicked"))),
            () = wait_for_signal() => shift.end(settings),
        }
    })
}

fn tell(event: &Event<'_>, once: bool) {
    match event {
        Event::Worked(worked) => match &worked.outcome {
            Ok(run) => say::line(&format!("Job {} of {} is done: run {}.", worked.job.id, run.analysis, run.id)),
            Err(error) => {
                say::line(&format!("Job {} of {} has failed.", worked.job.id, worked.job.analysis));
                say::error(error);
            }
        },
        Event::SomebodyElse if once => say::line("Another worker is at work; it takes the jobs that wait."),
        Event::SomebodyElse => {}
        Event::Trouble(error) => say::error(error),
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
