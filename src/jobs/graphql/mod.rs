//! What clients may ask of the queue, with a key that may start analyses, and what they may do with its runs.

mod job;
mod progress;
mod publish;
mod start;

use async_graphql::{Context, ID, Object};

use crate::db::Db;
use crate::error::{Error, Result, Sentence, both};
use crate::graphql::ids;
use crate::graphql::paging::{List, PageArguments};
use crate::keys::{Access, Asker, Scope};
use crate::run::Analysis;
use crate::run::graphql::{Page, Rows, data, note_fleeting};

use super::queue::{job_count, job_of_run, job_page, jobs_numbered};

pub use job::AnalysisJob;
pub use progress::JobSubscription;
pub use publish::RunMutation;
pub use start::JobMutation;

/// Root fields about the queue.
#[derive(Debug, Default, Clone, Copy)]
pub struct JobQuery;

/// Root fields about the queue.
#[Object]
impl JobQuery {
    /// One job of the queue (분석 작업), by its id or by the run that it became; give exactly one. Ask again to see how far it
    /// is. Null when there is none. Needs a key with the scope analyse.
    async fn analysis_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the job, from startAnalysis or analysisJobs.")] id: Option<ID>,
        #[graphql(desc = "Id of the run that the job became; a run that was computed at once has no job.")] run: Option<
            ID,
        >,
    ) -> Option<Result<AnalysisJob>> {
        wanted(ctx, ("id", id), run).await.transpose()
    }

    /// The jobs of the queue, newest first (분석 작업 목록). Needs a key with the scope analyse.
    #[allow(clippy::too_many_arguments)]
    async fn analysis_jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only jobs of this question.")] analysis: Option<Analysis>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Rows<AnalysisJob>>> {
        let asked = PageArguments { first, after, last, before };
        Some(page(ctx, analysis, asked).await)
    }
}

async fn page(ctx: &Context<'_>, analysis: Option<Analysis>, asked: PageArguments) -> Result<Rows<AnalysisJob>> {
    require_analyse(ctx)?;
    note_fleeting(ctx);
    let (page, rows) = data::<Db>(ctx)?
        .run(move |conn| {
            let (total, newest) = job_count(conn, analysis)?;
            let list = List::new(&format!("analysisJobs {analysis:?} {newest} {total}"), total);
            let range = list.page(&asked)?;
            let rows = job_page(conn, analysis, &range)?;
            Ok((Page { list, range }, rows))
        })
        .await?;
    Ok(page.connect(rows.into_iter().map(AnalysisJob)))
}

/// The job that is meant, by its own id (an argument of this name) or by the run that it became. None for a run that who
/// asks may not see: nobody learns of it by its job either.
async fn wanted(ctx: &Context<'_>, (name, job): (&str, Option<ID>), run: Option<ID>) -> Result<Option<AnalysisJob>> {
    require_analyse(ctx)?;
    note_fleeting(ctx);
    let (job, run) = match (job, run) {
        (Some(job), None) => (number("AnalysisJob", &job), None),
        (None, Some(run)) => (None, number("AnalysisRun", &run)),
        _ => {
            return Err(Error::bad_input(both(
                format!("Give {name} or run, exactly one of them."),
                format!("{name}와 run 가운데 하나만 주십시오."),
            )));
        }
    };
    let found = data::<Db>(ctx)?.run(move |conn| {
        let job = match run {
            Some(run) => job_of_run(conn, run)?,
            None => job,
        };
        jobs_numbered(conn, job.as_slice())
    });
    let found = found.await?.into_iter().next().map(AnalysisJob);
    let access = data::<Access>(ctx)?;
    Ok(found.filter(|job| run.is_none() || job.run_for(access).is_some()))
}

/// The job with this global id, for those who may see it; for everybody else there is none.
pub async fn by_key(ctx: &Context<'_>, id: &str) -> Result<Option<AnalysisJob>> {
    if require_analyse(ctx).is_err() { Ok(None) } else { wanted(ctx, ("id", Some(id.into())), None).await }
}

/// The number in an id of this kind.
fn number(kind: &str, id: &str) -> Option<i32> {
    ids::decode(id).filter(|(found, _)| found == kind).and_then(|(_, key)| key.parse().ok())
}

fn no_job() -> Sentence {
    both(
        "There is no such job; analysisJobs lists them.",
        "그런 분석 작업이 없습니다. analysisJobs에서 확인해 주십시오.",
    )
}

fn require_analyse(ctx: &Context<'_>) -> Result<()> {
    data::<Asker>(ctx)?.require(Scope::Analyse)
}
