//! What is said about each issue, and whether it praises or complains.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::{GARWOOD, IssueKind, check_codes, place, takes_place};
use crate::childcare::graphql::chosen;
use crate::childcare::graphql::sentiment::ChildcareScope;
use crate::childcare::results::voice::IssueRow;
use crate::dong::graphql::Neighbourhood;
use crate::error::Result;
use crate::graphql::figure::Unit;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::stored::show;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

/// Which issues are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareIssueFilter")]
pub struct IssueFilter {
    /// Only this scope: DISTRICT, NEIGHBOURHOOD or UNRESOLVED.
    scope: Option<ChildcareScope>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only these issues.
    issues: Option<Vec<IssueKind>>,
}

/// How issues may be ordered. Ties keep the order of issue and place; missing values come last.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ChildcareIssueOrder")]
pub enum IssueOrder {
    /// By issue, then district, neighbourhoods by code, unresolved.
    Issue,
    /// Most mentions first.
    MostMentions,
    /// The largest share of complaints first.
    MostNegative,
    /// The largest share of praise first.
    MostPositive,
}

/// What is said about one issue in one place.
#[derive(Debug, Clone)]
pub struct ChildcareIssue {
    run: Arc<Run>,
    row: IssueRow,
}

impl ChildcareIssue {
    fn figure(&self, name: &str, unit: Unit, method: &str) -> Figure {
        let path = ["issue", &self.row.place, &self.row.issue, name];
        Figure::of(&self.run, show(&self.row.figures, name, unit, method)).at(&path)
    }
}

/// One issue of childcare (쟁점) in one place: how much is said about it, and how much of that praises or complains. A
/// post may be about several issues. Its polarity is told for each: that of the clauses about the issue.
#[Object(name = "ChildcareIssue")]
impl ChildcareIssue {
    /// What the figures speak of.
    async fn scope(&self) -> ChildcareScope {
        ChildcareScope::of(&self.row.place)
    }

    /// The neighbourhood, when the scope is one. Null otherwise, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        place(ctx, &self.row.place).await
    }

    /// The issue. Null when the run knows one that this version does not.
    async fn issue(&self) -> Option<IssueKind> {
        IssueKind::named(&self.row.issue)
    }

    /// Posts about the issue.
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

    /// What is praised: keywords of the praising posts, the strongest first. For the whole district only.
    async fn praised(&self) -> Vec<String> {
        self.row.praised.clone()
    }

    /// What is complained about: keywords of the complaining posts, the strongest first. For the whole district only.
    async fn complained(&self) -> Vec<String> {
        self.row.complained.clone()
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Root fields about issues.
#[derive(Debug, Default, Clone, Copy)]
pub struct IssueQuery;

/// Root fields about issues.
#[Object]
impl IssueQuery {
    /// What is said about the thirteen issues of childcare (쟁점별 여론). Null before the first publication; empty when
    /// the run read no posts.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_issues(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which issues are wanted; all without it.")] filter: Option<IssueFilter>,
        #[graphql(desc = "Order of the rows.", default_with = "IssueOrder::Issue")] order_by: IssueOrder,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareIssue>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            check_codes(filter.neighbourhoods.as_ref())?;
            let is_wanted = |row: &IssueRow| {
                let kind = IssueKind::named(&row.issue);
                filter.issues.as_ref().is_none_or(|issues| issues.iter().any(|issue| Some(*issue) == kind))
            };
            let takes = |row: &&IssueRow| {
                takes_place(&row.place, filter.scope, filter.neighbourhoods.as_ref()) && is_wanted(row)
            };
            let mut rows: Vec<IssueRow> = all.voice.issues.iter().filter(takes).cloned().collect();
            sort(&mut rows, order_by);
            let list = List::new(&format!("childcareIssues {} {filter:?} {order_by:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareIssue {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }
}

fn sort(rows: &mut [IssueRow], order: IssueOrder) {
    let name = match order {
        IssueOrder::Issue => return,
        IssueOrder::MostMentions => "mentions",
        IssueOrder::MostNegative => "negative_share",
        IssueOrder::MostPositive => "positive_share",
    };
    let value = |row: &IssueRow| row.figures.get(name).and_then(|f| f.value);
    rows.sort_by(|a, b| match (value(a), value(b)) {
        (Some(x), Some(y)) => y.total_cmp(&x),
        (x, y) => x.is_none().cmp(&y.is_none()),
    });
}
