//! How the issues of childcare move in time.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use super::voice::{GARWOOD, IssueKind, MentionGrain};
use crate::childcare::results::voice::TrendRow;
use crate::error::Result;
use crate::graphql::figure::Unit;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::graphql::stored::show;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

/// Which periods of which issues are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareIssueTrendFilter")]
pub struct TrendFilter {
    /// Only these issues.
    issues: Option<Vec<IssueKind>>,
    /// Only periods that begin on this day or later.
    from: Option<Date>,
    /// Only periods that begin on this day or earlier.
    to: Option<Date>,
}

/// One issue in one period.
#[derive(Debug, Clone)]
pub struct ChildcareIssueTrend {
    run: Arc<Run>,
    row: TrendRow,
}

impl ChildcareIssueTrend {
    fn figure(&self, name: &str, unit: Unit, method: &str) -> Figure {
        let path = ["trend", &self.row.issue, &self.row.starts_on.to_string(), name];
        Figure::of(&self.run, show(&self.row.figures, name, unit, method)).at(&path)
    }
}

/// One issue of childcare in one period (쟁점 추이), for the whole district: how much was said about it, and how much of
/// that praised or complained. A post may be about several issues, so issues do not add up to the posts of a period.
#[Object(name = "ChildcareIssueTrend")]
impl ChildcareIssueTrend {
    /// The issue. Null when the run knows one that this version does not.
    async fn issue(&self) -> Option<IssueKind> {
        IssueKind::named(&self.row.issue)
    }

    /// Length of the period: the parameter `grain` of the run.
    async fn grain(&self) -> MentionGrain {
        MentionGrain::from(self.row.grain)
    }

    /// First day of the period.
    async fn starts_on(&self) -> Date {
        Date(self.row.starts_on)
    }

    /// Posts about the issue in the period.
    async fn mentions(&self) -> Figure {
        self.figure("mentions", Unit::Posts, GARWOOD)
    }

    /// Share of them that praise.
    async fn positive_share(&self) -> Figure {
        self.figure("positive_share", Unit::Ratio, "Wilson")
    }

    /// Share of them that do neither.
    async fn neutral_share(&self) -> Figure {
        self.figure("neutral_share", Unit::Ratio, "Wilson")
    }

    /// Share of them that complain.
    async fn negative_share(&self) -> Figure {
        self.figure("negative_share", Unit::Ratio, "Wilson")
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Root field about issues in time.
#[derive(Debug, Default, Clone, Copy)]
pub struct TrendQuery;

/// Root field about issues in time.
#[Object]
impl TrendQuery {
    /// The thirteen issues of childcare period by period (쟁점 추이), by issue and then in the order of time. Null before
    /// the first publication; empty when the run read no posts, or was computed before this was counted.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_issue_trends(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which periods of which issues are wanted; all without it.")] filter: Option<TrendFilter>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareIssueTrend>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            let takes = |row: &&TrendRow| {
                let kind = IssueKind::named(&row.issue);
                filter.issues.as_ref().is_none_or(|issues| issues.iter().any(|issue| Some(*issue) == kind))
                    && filter.from.is_none_or(|day| row.starts_on >= day.0)
                    && filter.to.is_none_or(|day| row.starts_on <= day.0)
            };
            let rows: Vec<TrendRow> = all.voice.trends.iter().filter(takes).cloned().collect();
            let list = List::new(&format!("childcareIssueTrends {} {filter:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareIssueTrend {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }
}
