//! The progress of a job, told as it happens.

use async_graphql::{Context, ID, Subscription};
use futures_util::{Stream, stream};

use super::job::AnalysisJob;
use super::{no_job, wanted};
use crate::error::{Error, Result, Sentence, both};
use crate::jobs::watch::Watch;
use crate::run::graphql::data;

/// Root fields that go on and on.
#[derive(Debug, Default, Clone, Copy)]
pub struct JobSubscription;

/// Root fields that go on and on.
#[Subscription]
impl JobSubscription {
    /// A job as it is now, and again whenever something becomes of it, until it is over (분석 진행 상황). Give the job, or the
    /// run that it became, exactly one. The server looks twice a second, so a short stage may be passed over. Needs a key
    /// with the scope analyse.
    async fn analysis_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the job, from startAnalysis or analysisJobs.")] job: Option<ID>,
        #[graphql(desc = "Id of the run that the job became; a run that was computed at once has no job.")] run: Option<
            ID,
        >,
    ) -> Result<impl Stream<Item = AnalysisJob> + use<>> {
        let by_run = run.is_some();
        let unknown = || Error::bad_input(if by_run { no_job_of_run() } else { no_job() });
        let AnalysisJob(found) = wanted(ctx, ("job", job), run).await?.ok_or_else(unknown)?;
        let receiver = data::<Watch>(ctx)?.follow(found.job.id).await?.ok_or_else(unknown)?;
        Ok(stream::unfold((receiver, false), |(mut receiver, is_told)| async move {
            if is_told && (receiver.borrow().job.is_over() || receiver.changed().await.is_err()) {
                return None;
            }
            let now = receiver.borrow_and_update().clone();
            Some((AnalysisJob(now), (receiver, true)))
        }))
    }
}

fn no_job_of_run() -> Sentence {
    both(
        "No job became this run: it was computed at once, or there is no such run. analysisJobs lists the jobs.",
        "이 분석 실행이 된 작업이 없습니다. 바로 계산했거나 그런 분석 실행이 없습니다. 작업은 analysisJobs에 있습니다.",
    )
}
