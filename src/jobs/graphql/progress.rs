//! The progress of a job, told as it happens.

use async_graphql::{Context, ID, Subscription};
use futures_util::{Stream, stream};

use super::job::AnalysisJob;
use super::{number, require_analyse};
use crate::error::{Error, Result};
use crate::jobs::watch::Watch;
use crate::run::graphql::data;

/// Root fields that go on and on.
#[derive(Debug, Default, Clone, Copy)]
pub struct JobSubscription;

/// Root fields that go on and on.
#[Subscription]
impl JobSubscription {
    /// A job as it is now, and again whenever something becomes of it, until it is over (분석 진행 상황). The server looks
    /// twice a second, so a short stage may be passed over. Needs a key with the scope analyse.
    async fn analysis_progress(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the job, from startAnalysis or analysisJobs.")] job: ID,
    ) -> Result<impl Stream<Item = AnalysisJob> + use<>> {
        require_analyse(ctx)?;
        let unknown = || {
            Error::bad_input("There is no such job; analysisJobs lists them.")
                .in_korean("그런 분석 작업이 없습니다. analysisJobs에서 확인해 주십시오.")
        };
        let number = number(&job).ok_or_else(unknown)?;
        let receiver = data::<Watch>(ctx)?.follow(number).await?.ok_or_else(unknown)?;
        Ok(stream::unfold((receiver, false), |(mut receiver, is_told)| async move {
            if is_told && (receiver.borrow().job.is_over() || receiver.changed().await.is_err()) {
                return None;
            }
            let now = receiver.borrow_and_update().clone();
            Some((AnalysisJob(now), (receiver, true)))
        }))
    }
}
