//! What clients may ask about runs, dataset versions and the provenance of a figure.

mod figure;
mod pages;
mod runs;
mod versions;

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, FixedOffset, Utc};

pub use self::figure::{Figure, Provenance};
pub use self::pages::{Page, Rows, Total, connect};
pub use self::runs::{AnalysisRun, AudienceName, RunStatus};
pub use self::versions::{DatasetVersionNode, Period};
use super::Analysis;
use super::catalog::Catalog;
use super::record::Run;
use crate::error::Result;
use crate::graphql::Seen;
use crate::graphql::paging::{List, PageArguments};

pub use crate::graphql::data;

/// The publications as this request sees them.
#[derive(Debug, Clone)]
pub struct RequestCatalog(pub Arc<Catalog>);

/// The publications as this request sees them.
pub async fn catalog(ctx: &Context<'_>) -> Result<Arc<Catalog>> {
    Ok(data::<RequestCatalog>(ctx)?.0.clone())
}

/// Notes that the answer may be another one in a moment, without any publication: nobody keeps it.
pub fn note_fleeting(ctx: &Context<'_>) {
    note_newest(ctx);
    if let Some(seen) = ctx.data_opt::<Arc<Seen>>() {
        seen.fleeting();
    }
}

/// Notes that a later publication may change the answer.
pub fn note_newest(ctx: &Context<'_>) {
    if let Some(seen) = ctx.data_opt::<Arc<Seen>>() {
        seen.newest();
    }
}

/// The run that a question is answered from; notes when the answer will rest on generated data.
pub async fn chosen_run(
    ctx: &Context<'_>,
    analysis: Analysis,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<Arc<Run>>> {
    if run.is_none() {
        note_newest(ctx);
    }
    let chosen = catalog(ctx).await?.choose(analysis, run.map(|id| id.as_str()), as_of)?;
    if let Some(run) = &chosen
        && run.synthetic
        && let Some(seen) = ctx.data_opt::<Arc<Seen>>()
    {
        seen.synthetic();
    }
    Ok(chosen)
}

/// A moment on the clocks of Seoul.
pub fn seoul(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    // Korea has kept UTC+9 without summer time since 1988.
    FixedOffset::east_opt(9 * 3600).map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset))
}

/// Root fields about runs and datasets.
#[derive(Debug, Default, Clone, Copy)]
pub struct RunQuery;

/// Root fields about runs and datasets.
#[Object]
impl RunQuery {
    /// Published analysis runs, newest publication first (분석 실행 목록).
    #[allow(clippy::too_many_arguments)]
    async fn analysis_runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only runs of this question.")] analysis: Option<Analysis>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Rows<AnalysisRun>>> {
        let answer = async {
            note_newest(ctx);
            let catalog = catalog(ctx).await?;
            let rows: Vec<_> =
                catalog.visible_runs().filter(|r| analysis.is_none_or(|a| a.name() == r.analysis)).cloned().collect();
            let newest = rows.first().map_or(0, |r| r.id);
            let list = List::new(&format!("analysisRuns {analysis:?} {newest} {}", rows.len()), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |run| AnalysisRun(run.clone()))
        };
        Some(answer.await)
    }

    /// Dataset versions that a published run has read, newest first (데이터셋 목록).
    #[allow(clippy::too_many_arguments)]
    async fn datasets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only versions of this dataset, such as \"card-sales\".")] dataset: Option<String>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Rows<DatasetVersionNode>>> {
        let answer = async {
            note_newest(ctx);
            let mut rows = catalog(ctx).await?.visible_versions();
            rows.retain(|v| dataset.as_ref().is_none_or(|name| *name == v.dataset));
            let newest = rows.first().map_or(0, |v| v.id);
            let list = List::new(&format!("datasets {dataset:?} {newest} {}", rows.len()), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |v| DatasetVersionNode(v.clone()))
        };
        Some(answer.await)
    }
}
