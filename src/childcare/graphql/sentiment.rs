//! What is said about childcare place by place, and what care can be reached there.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use crate::childcare::explain;
use crate::childcare::results::PlaceRow;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::{Error, Result, too_many};
use crate::graphql::figure::Unit;
use crate::graphql::ids;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::stored::show;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

/// What posts and care are counted for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ChildcareScope")]
pub enum ChildcareScope {
    /// The whole district (구 전체).
    District,
    /// One neighbourhood (행정동).
    Neighbourhood,
    /// Posts that name no neighbourhood, several, or a place that several share (동 미확정): never forced into one.
    Unresolved,
    /// Posts about a place outside the district (구 밖).
    Outside,
}

impl ChildcareScope {
    pub(super) fn of(place: &str) -> Self {
        match place {
            "district" => Self::District,
            "unresolved" => Self::Unresolved,
            "outside" => Self::Outside,
            _ => Self::Neighbourhood,
        }
    }
}

/// Which places are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareSentimentFilter")]
pub struct ChildcareFilter {
    /// Only this scope.
    scope: Option<ChildcareScope>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
}

/// How places may be ordered. Ties are broken by code; missing values come last.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ChildcareSentimentOrder")]
pub enum ChildcareOrder {
    /// District, neighbourhoods by code, then the posts that belong to none.
    Code,
    /// Most mentions first.
    MostMentions,
    /// The most negative balance of opinion first.
    MostNegative,
    /// Fewest reachable places for each child first.
    LeastAccess,
}

/// What is said about childcare in one place, and what care there is.
#[derive(Debug, Clone)]
pub struct ChildcareSentiment {
    run: Arc<Run>,
    row: Arc<PlaceRow>,
}

impl ChildcareSentiment {
    fn figure(&self, name: &str, unit: Unit, method: &str) -> Figure {
        let figure = Figure::of(&self.run, show(&self.row.figures, name, unit, method));
        if explain::is_known("place", name) { figure.at(&["place", &self.row.place, name]) } else { figure }
    }
}

/// What public posts say about childcare in one place (동별 육아 여론), and what daycare can be reached there (접근성).
///
/// Posts measure voice, not need. Duplicates, adverts and off-topic posts are left out. Counts below 5 are SUPPRESSED,
/// and so are those that would give them away.
#[Object(name = "ChildcareSentiment")]
impl ChildcareSentiment {
    /// Opaque global id of this place in its run.
    pub(crate) async fn id(&self) -> ID {
        ids::encode("ChildcareSentiment", &format!("{}/{}", self.run.id, self.row.place))
    }

    /// What the figures speak of.
    async fn scope(&self) -> ChildcareScope {
        ChildcareScope::of(&self.row.place)
    }

    /// The neighbourhood, when the scope is one. Null otherwise, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        match ChildcareScope::of(&self.row.place) {
            ChildcareScope::Neighbourhood => neighbourhood(ctx, &self.row.place).await.transpose(),
            _ => None,
        }
    }

    /// Posts about childcare (언급량), each counted once. The district is the sum of its neighbourhoods and of the posts
    /// that belong to none of them (UNRESOLVED); OUTSIDE stands apart.
    async fn mentions(&self) -> Figure {
        self.figure("mentions", Unit::Posts, "exact Poisson (Garwood)")
    }

    /// Posts for every 1,000 registered children aged 0 to 5.
    async fn mentions_per_thousand_children(&self) -> Figure {
        self.figure("mentions_per_thousand_children", Unit::PostsPerThousandChildren, "exact Poisson (Garwood)")
    }

    /// Share of the posts that praise (긍정 비율). Sample size: posts.
    async fn positive_share(&self) -> Figure {
        self.figure("positive_share", Unit::Ratio, "Wilson")
    }

    /// Share of the posts that neither praise nor complain (중립 비율). Questions count here.
    async fn neutral_share(&self) -> Figure {
        self.figure("neutral_share", Unit::Ratio, "Wilson")
    }

    /// Share of the posts that complain (부정 비율). Sample size: posts.
    async fn negative_share(&self) -> Figure {
        self.figure("negative_share", Unit::Ratio, "Wilson")
    }

    /// Balance of opinion: positive share minus negative share, -1 to 1.
    async fn balance(&self) -> Figure {
        self.figure("balance", Unit::Balance, "none")
    }

    /// Registered children aged 0 to 5 (영유아 수).
    async fn children(&self) -> Figure {
        self.figure("children", Unit::Persons, "none")
    }

    /// Licensed places of the daycare centres inside (정원).
    async fn places(&self) -> Figure {
        self.figure("places", Unit::Places, "none")
    }

    /// Licensed places inside for each child living inside, whether reachable or not.
    async fn places_per_child(&self) -> Figure {
        self.figure("places_per_child", Unit::PlacesPerChild, "none")
    }

    /// Reachable places for each child (접근성), E2SFCA (Luo and Qi 2009), children spread evenly over their dong.
    /// Unless the run's parameters say otherwise: zones of 0–500–1000–1500 m with weights 1, 0.68 and 0.22, and
    /// walked distance 1.3 times the straight one. Places beyond the border of the district count only where the file
    /// has them; the reason says when it has none.
    async fn accessibility(&self) -> Figure {
        self.figure("accessibility", Unit::PlacesPerChild, "none")
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Root field about places.
#[derive(Debug, Default, Clone, Copy)]
pub struct SentimentQuery;

/// Root field about places.
#[Object]
impl SentimentQuery {
    /// What is said about childcare by neighbourhood, and what care can be reached there (동별 육아 여론과 보육 접근성).
    /// Null before the first publication.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_sentiment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which places are wanted; all without it.")] filter: Option<ChildcareFilter>,
        #[graphql(desc = "Order of the rows.", default_with = "ChildcareOrder::Code")] order_by: ChildcareOrder,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareSentiment>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            if filter.neighbourhoods.as_ref().is_some_and(|codes| codes.len() > 50) {
                return Err(Error::bad_input(too_many("A filter", "필터 하나", 50)));
            }
            let takes = |row: &&Arc<PlaceRow>| {
                filter.scope.is_none_or(|s| s == ChildcareScope::of(&row.place))
                    && filter.neighbourhoods.as_ref().is_none_or(|codes| codes.contains(&row.place))
            };
            let mut rows: Vec<_> = all.places.iter().filter(takes).cloned().collect();
            sort(&mut rows, order_by);
            let list = List::new(&format!("childcareSentiment {} {filter:?} {order_by:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareSentiment {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }
}

/// The figures of one neighbourhood, for the field on it.
pub async fn of_neighbourhood(
    ctx: &Context<'_>,
    code: &str,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<ChildcareSentiment>> {
    let Some((run, all)) = chosen(ctx, run, as_of).await? else { return Ok(None) };
    let row = all.places.iter().find(|r| r.place == code).cloned();
    Ok(row.map(|row| ChildcareSentiment { run, row }))
}

/// The place behind a global id, if its run is published.
pub async fn by_key(ctx: &Context<'_>, key: &str) -> Result<Option<ChildcareSentiment>> {
    let Some((run, place)) = key.split_once('/') else { return Ok(None) };
    of_neighbourhood(ctx, place, Some(&ids::encode("AnalysisRun", run)), None).await
}

fn sort(rows: &mut [Arc<PlaceRow>], order: ChildcareOrder) {
    let (name, descending) = match order {
        ChildcareOrder::Code => return,
        ChildcareOrder::MostMentions => ("mentions", true),
        ChildcareOrder::MostNegative => ("balance", false),
        ChildcareOrder::LeastAccess => ("accessibility", false),
    };
    let value = |row: &PlaceRow| row.figures.get(name).and_then(|f| f.value);
    rows.sort_by(|a, b| match (value(a), value(b)) {
        (Some(x), Some(y)) if descending => y.total_cmp(&x),
        (Some(x), Some(y)) => x.total_cmp(&y),
        (x, y) => x.is_none().cmp(&y.is_none()),
    });
}
