//! Words that set a group of posts apart from the others.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::{IssueKind, PolarityKind, check_codes, place, takes_place};
use crate::childcare::explain;
use crate::childcare::graphql::chosen;
use crate::childcare::graphql::sentiment::ChildcareScope;
use crate::childcare::results::voice::KeywordRow;
use crate::dong::graphql::Neighbourhood;
use crate::error::{Error, Result, out_of_range};
use crate::graphql::figure::Unit;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::stored::show;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

/// Which keywords are wanted: those of the group of posts that the conditions name. Without any condition, all groups.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareKeywordFilter")]
pub struct KeywordFilter {
    /// Only groups of this scope: DISTRICT or NEIGHBOURHOOD.
    scope: Option<ChildcareScope>,
    /// Only groups of these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only groups of posts about this issue.
    issue: Option<IssueKind>,
    /// Only groups of posts that say this.
    polarity: Option<PolarityKind>,
    /// Only the strongest words of each group: ranks up to this, 1 to 20.
    top: Option<i32>,
}

/// One keyword of a group of posts.
#[derive(Debug, Clone)]
pub struct ChildcareKeyword {
    run: Arc<Run>,
    row: KeywordRow,
}

impl ChildcareKeyword {
    fn figure(&self, name: &str, unit: Unit) -> Figure {
        let [issue, polarity] = explain::group_of(&self.row);
        let path = ["keyword", &self.row.place, issue, polarity, &self.row.term, name];
        Figure::of(&self.run, show(&self.row.figures, name, unit, "none")).at(&path)
    }
}

/// A word (연관어) that sets a group of posts apart from the other posts of the district: by log-odds with an informative
/// Dirichlet prior (Monroe, Colaresi and Quinn 2008), adjusted p value below 0.05. At least 5 posts by at least 3 known
/// authors of the group use it. Its numbers are SUPPRESSED where they would tell of fewer outside the group or in a part
/// of it.
#[Object(name = "ChildcareKeyword")]
impl ChildcareKeyword {
    /// What posts the group holds.
    async fn scope(&self) -> ChildcareScope {
        ChildcareScope::of(&self.row.place)
    }

    /// The neighbourhood, when the scope is one. Null otherwise, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        place(ctx, &self.row.place).await
    }

    /// The issue that the posts of the group are about. Null: any.
    async fn issue(&self) -> Option<IssueKind> {
        self.row.issue.as_deref().and_then(IssueKind::named)
    }

    /// What the posts of the group say. Null: anything.
    async fn polarity(&self) -> Option<PolarityKind> {
        self.row.polarity.as_deref().and_then(PolarityKind::named)
    }

    /// 1 for the word of the group with the largest z.
    async fn rank(&self) -> i32 {
        i32::try_from(self.row.rank).unwrap_or(i32::MAX)
    }

    /// The word in dictionary form.
    async fn term(&self) -> &str {
        &self.row.term
    }

    /// Up to three words that share a post of the group with it oftener than chance (pointwise mutual information), with
    /// the same floor of posts and authors.
    async fn associated(&self) -> &[String] {
        &self.row.associated
    }

    /// Posts of the group that use it.
    async fn posts(&self) -> Figure {
        self.figure("posts", Unit::Posts)
    }

    /// Its log-odds in the group minus those in the other posts of the district.
    async fn log_odds(&self) -> Figure {
        self.figure("log_odds", Unit::LogOdds)
    }

    /// The same in units of its standard deviation.
    async fn z(&self) -> Figure {
        self.figure("z", Unit::StandardDeviations)
    }

    /// The p value of z, adjusted over the words of the group (Benjamini and Hochberg).
    async fn p_adjusted(&self) -> Figure {
        self.figure("p_adjusted", Unit::Probability)
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Root fields about keywords.
#[derive(Debug, Default, Clone, Copy)]
pub struct KeywordQuery;

/// Root fields about keywords.
#[Object]
impl KeywordQuery {
    /// Words that set a neighbourhood, an issue or a polarity apart (연관어). Null before the first publication; empty
    /// when the run read no posts or no word has enough people behind it.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_keywords(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which groups of posts are wanted; all without it.")] filter: Option<KeywordFilter>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareKeyword>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            check_codes(filter.neighbourhoods.as_ref())?;
            if let Some(top) = filter.top.filter(|top| !(1..=20).contains(top)) {
                return Err(Error::bad_input(out_of_range("top", (1, 20), top)));
            }
            let takes = |row: &&KeywordRow| {
                takes_place(&row.place, filter.scope, filter.neighbourhoods.as_ref())
                    && filter.issue.is_none_or(|issue| row.issue.as_deref().and_then(IssueKind::named) == Some(issue))
                    && filter
                        .polarity
                        .is_none_or(|said| row.polarity.as_deref().and_then(PolarityKind::named) == Some(said))
                    && filter.top.is_none_or(|top| i64::from(row.rank) <= i64::from(top))
            };
            let rows: Vec<KeywordRow> = all.voice.keywords.iter().filter(takes).cloned().collect();
            let list = List::new(&format!("childcareKeywords {} {filter:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareKeyword {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }
}
