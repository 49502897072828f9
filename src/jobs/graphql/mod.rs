//! What clients may ask of the queue, with a key that may start analyses, and what they may do with its runs.

mod job;
mod progress;
mod publish;
mod start;

use async_graphql::{Context, ID, Object};

use crate::db::Db;
use crate::error::Result;
use crate::graphql::ids;
use crate::graphql::paging::{List, PageArguments};
use crate::keys::{Asker, Scope};
use crate::run::Analysis;
use crate::run::graphql::{Page, Rows, data, note_fleeting};

use super::queue::{job_count, job_page, jobs_numbered};

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
    /// One job of the queue (분석 작업), by its id: ask again to see how far it is. Null when there is none. Needs a key with
    /// the scope analyse.
    async fn analysis_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the job, from startAnalysis or analysisJobs.")] id: ID,
    ) -> Option<Result<AnalysisJob>> {
        by_id(ctx, &id).await.transpose()
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

async fn by_id(ctx: &Context<'_>, id: &str) -> Result<Option<AnalysisJob>> {
    require_analyse(ctx)?;
    note_fleeting(ctx);
    let Some(number) = number(id) else { return Ok(None) };
    let found = data::<Db>(ctx)?.run(move |conn| jobs_numbered(conn, &[number])).await?;
    Ok(found.into_iter().next().map(AnalysisJob))
}

/// The job with this global id, for those who may see it; for everybody else there is none.
pub async fn by_key(ctx: &Context<'_>, id: &str) -> Result<Option<AnalysisJob>> {
    if require_analyse(ctx).is_err() { Ok(None) } else { by_id(ctx, id).await }
}

fn number(id: &str) -> Option<i32> {
    ids::decode(id).filter(|(kind, _)| kind == "AnalysisJob").and_then(|(_, key)| key.parse().ok())
}

fn require_analyse(ctx: &Context<'_>) -> Result<()> {
    data::<Asker>(ctx)?.require(Scope::Analyse)
}
