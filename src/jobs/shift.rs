//! How long a worker works: until nothing waits, or until somebody tells it to stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::queue::{Job, job_give_back};
use super::worker::{Worked, Worker};
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};

/// Pause before the queue is looked at again.
const LOOK: Duration = Duration::from_secs(1);
/// Pause before a worker applies again, while another one is at work or the database is away.
const APPLY: Duration = Duration::from_secs(5);

/// What happens in a shift.
pub enum Event<'a> {
    /// A job has ended.
    Worked(&'a Worked),
    /// Another worker is at work.
    SomebodyElse,
    /// The database is away, or an analysis has panicked. The worker begins anew.
    Trouble(&'a Error),
}

/// A worker's time, shared with whoever may end it.
#[derive(Debug, Clone, Default)]
pub struct Shift(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    over: AtomicBool,
    at: Mutex<Option<i32>>,
}

impl Shift {
    /// Works until nothing waits, or with `once` not set until the shift ends.
    pub fn work(&self, settings: &Settings, once: bool, tell: &mut dyn FnMut(Event<'_>)) -> Result<()> {
        let url = settings.required_database_url()?;
        while !self.is_over() {
            match Worker::hired(url) {
                Ok(Some(worker)) => match self.until_it_ends(worker, settings, once, tell) {
                    Ok(()) => return Ok(()),
                    // The next worker takes the job up again, a bounded number of times.
                    Err(error) => tell(Event::Trouble(&error)),
                },
                Ok(None) => {
                    tell(Event::SomebodyElse);
                    if once {
                        return Ok(());
                    }
                }
                Err(error) if once => return Err(error),
                Err(error) => tell(Event::Trouble(&error)),
            }
            self.rest(if once { LOOK } else { APPLY });
        }
        Ok(())
    }

    fn until_it_ends(
        &self,
        mut worker: Worker,
        settings: &Settings,
        once: bool,
        tell: &mut dyn FnMut(Event<'_>),
    ) -> Result<()> {
        while !self.is_over() {
            match worker.next(settings, self)? {
                Some(worked) => tell(Event::Worked(&worked)),
                None if once => return Ok(()),
                None => self.rest(LOOK),
            }
        }
        Ok(())
    }

    /// Ends the shift, and gives the job back that the worker is at: whatever it still computes is not kept.
    pub fn end(&self, settings: &Settings) -> Result<()> {
        self.0.over.store(true, Ordering::Relaxed);
        let Some(job) = *self.at() else { return Ok(()) };
        job_give_back(&mut db::connect(settings.required_database_url()?)?, job)
    }

    /// Takes a job, unless the shift is over. Whoever ends the shift waits for this, and so knows of the job.
    pub(super) fn take(&self, take: impl FnOnce() -> Result<Option<Job>>) -> Result<Option<Job>> {
        let mut at = self.at();
        if self.is_over() {
            return Ok(None);
        }
        let job = take()?;
        *at = job.as_ref().map(|job| job.id);
        Ok(job)
    }

    pub(super) fn put_down(&self) {
        *self.at() = None;
    }

    fn is_over(&self) -> bool {
        self.0.over.load(Ordering::Relaxed)
    }

    fn rest(&self, pause: Duration) {
        let step = Duration::from_millis(100);
        let mut left = pause;
        while !left.is_zero() && !self.is_over() {
            std::thread::sleep(step.min(left));
            left = left.saturating_sub(step);
        }
    }

    fn at(&self) -> MutexGuard<'_, Option<i32>> {
        self.0.at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
