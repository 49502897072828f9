//! Where care is missing: places, what can be reached of them, and how many children are left over.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use super::sentiment::ChildcareScope;
use crate::childcare::explain;
use crate::childcare::results::PlaceRow;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::{Error, Result, too_many};
use crate::graphql::figure::Unit;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::stored::show;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

/// Which places are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareAccessFilter")]
pub struct AccessFilter {
    /// Only this scope: DISTRICT or NEIGHBOURHOOD.
    scope: Option<ChildcareScope>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only childcare deserts (보육 사막), or only the others. Where it is not known, the place is in neither list.
    desert: Option<bool>,
}

/// How places may be ordered. Ties are broken by code; missing values come last.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ChildcareAccessOrder")]
pub enum AccessOrder {
    /// District, then neighbourhoods by code.
    Code,
    /// Fewest reachable places for each child first.
    LeastAccess,
    /// Most children without a place in reach first.
    MostUnmet,
    /// Fewest reachable part-time places for each child first.
    LeastPartTime,
}

/// Care in one place.
#[derive(Debug, Clone)]
pub struct ChildcareAccess {
    run: Arc<Run>,
    row: Arc<PlaceRow>,
}

impl ChildcareAccess {
    fn figure(&self, name: &str, unit: Unit) -> Figure {
        let figure = Figure::of(&self.run, show(&self.row.figures, name, unit, "none"));
        if explain::is_known("care", name) { figure.at(&["care", &self.row.place, name]) } else { figure }
    }
}

/// What daycare there is in one place, and how much of it children can reach (동별 보육 접근성).
///
/// Unless another method is named, accessibility is E2SFCA (Luo and Qi 2009): R = places / Σ weight · children within
/// reach of each centre, A = Σ weight · R over the centres within reach of each child; zones of 0–500–1000–1500 m on
/// foot with weights 1, 0.68 and 0.22, walked distance 1.3 times the straight one, children spread evenly over cells of
/// 100 m. The parameters of the run say when they were others.
#[Object(name = "ChildcareAccess")]
impl ChildcareAccess {
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

    /// Registered children aged 0 to 5 (영유아 수).
    async fn children(&self) -> Figure {
        self.figure("children", Unit::Persons)
    }

    /// Licensed places of the centres inside (정원).
    async fn places(&self) -> Figure {
        self.figure("places", Unit::Places)
    }

    /// Licensed places without a child, Σ max(0, 정원 − 현원), of the centres inside.
    async fn vacant_places(&self) -> Figure {
        self.figure("vacant_places", Unit::Places)
    }

    /// Licensed places of the public centres inside (국공립 정원).
    async fn public_places(&self) -> Figure {
        self.figure("public_places", Unit::Places)
    }

    /// Part-time places inside (시간제보육). Files say whether a centre offers part-time care, not how many places; each
    /// counts the places that the parameter care.partTimePlaces assumes.
    async fn part_time_places(&self) -> Figure {
        self.figure("part_time_places", Unit::Places)
    }

    /// Licensed places inside for each child living inside, whether reachable or not.
    async fn places_per_child(&self) -> Figure {
        self.figure("places_per_child", Unit::PlacesPerChild)
    }

    /// Children on the waiting lists of the centres inside (대기 아동). NOT_AVAILABLE where the file has no waiting list.
    async fn waiting(&self) -> Figure {
        self.figure("waiting", Unit::Persons)
    }

    /// Children waiting for each licensed place of the centres that have a waiting list.
    async fn waiting_per_place(&self) -> Figure {
        self.figure("waiting_per_place", Unit::Ratio)
    }

    /// Reachable places for each child (접근성), mean over the children.
    async fn accessibility(&self) -> Figure {
        self.figure("accessibility", Unit::PlacesPerChild)
    }

    /// Reachable vacant places for each child (빈자리 접근성).
    async fn vacant_accessibility(&self) -> Figure {
        self.figure("vacant_accessibility", Unit::PlacesPerChild)
    }

    /// Reachable places of public centres for each child (국공립 접근성).
    async fn public_accessibility(&self) -> Figure {
        self.figure("public_accessibility", Unit::PlacesPerChild)
    }

    /// Reachable part-time places for each child (시간제보육 접근성), on the assumption of partTimePlaces.
    async fn part_time_accessibility(&self) -> Figure {
        self.figure("part_time_accessibility", Unit::PlacesPerChild)
    }

    /// The same as accessibility by 2SFCA (Radke and Mu 2000): one circle, 1,000 m on foot.
    async fn two_step_accessibility(&self) -> Figure {
        self.figure("two_step_accessibility", Unit::PlacesPerChild)
    }

    /// The same by 3SFCA (Wan et al. 2012): children choose among the centres in reach, the nearer more often.
    async fn three_step_accessibility(&self) -> Figure {
        self.figure("three_step_accessibility", Unit::PlacesPerChild)
    }

    /// The same by Gaussian 2SFCA (Dai 2010): (exp(−d²/2r²) − exp(−½)) / (1 − exp(−½)), r = 1,500 m on foot.
    async fn gaussian_accessibility(&self) -> Figure {
        self.figure("gaussian_accessibility", Unit::PlacesPerChild)
    }

    /// Children for whom no place is in reach: Σ over cells of children · max(0, need − accessibility), need = 0.6.
    async fn unmet_children(&self) -> Figure {
        self.figure("unmet_children", Unit::Persons)
    }

    /// The same of part-time care; its need, 0.03 places for each child, is a judgement of the run's parameters.
    async fn unmet_part_time_children(&self) -> Figure {
        self.figure("unmet_part_time_children", Unit::Persons)
    }

    /// Childcare desert (보육 사막), after the Center for American Progress: more than 50 children, and no licensed place
    /// inside or more than three children for each.
    async fn desert(&self) -> Figure {
        self.figure("desert", Unit::YesNo)
    }

    /// Children in cells with less than a third of a place in reach (its definition by distance, "more than three local
    /// children for each local place").
    async fn children_in_desert(&self) -> Figure {
        self.figure("children_in_desert", Unit::Persons)
    }

    /// Share of the children within reach of the border of the district (경계 효과). Where the files hold no centre
    /// beyond it, the reason says so, and the figures of this place are not to be relied on.
    async fn border_share(&self) -> Figure {
        self.figure("at_border", Unit::Ratio)
    }

    /// Centres of the district whose coordinates the file does not give: counted here, in no neighbourhood, and in no
    /// accessibility. Only for the scope DISTRICT.
    async fn centres_without_location(&self) -> Figure {
        self.figure("centres_without_location", Unit::Centres)
    }

    /// Licensed places of those centres. Only for the scope DISTRICT.
    async fn places_without_location(&self) -> Figure {
        self.figure("places_without_location", Unit::Places)
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Root field about accessibility.
#[derive(Debug, Default, Clone, Copy)]
pub struct AccessQuery;

/// Root field about accessibility.
#[Object]
impl AccessQuery {
    /// Where care is missing, by neighbourhood (동별 보육 접근성). Null before the first publication.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_access(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which places are wanted; all without it.")] filter: Option<AccessFilter>,
        #[graphql(desc = "Order of the rows.", default_with = "AccessOrder::Code")] order_by: AccessOrder,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareAccess>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            if filter.neighbourhoods.as_ref().is_some_and(|codes| codes.len() > 50) {
                return Err(Error::bad_input(too_many("A filter", "필터 하나", 50)));
            }
            let desert = |row: &PlaceRow| row.figures.get("desert").and_then(|f| f.value).map(|value| value > 0.0);
            let takes = |row: &&Arc<PlaceRow>| {
                filter.scope.is_none_or(|s| s == ChildcareScope::of(&row.place))
                    && filter.neighbourhoods.as_ref().is_none_or(|codes| codes.contains(&row.place))
                    && filter.desert.is_none_or(|wanted| desert(row) == Some(wanted))
            };
            let mut rows: Vec<_> = all.care.iter().filter(takes).cloned().collect();
            sort(&mut rows, order_by);
            let list = List::new(&format!("childcareAccess {} {filter:?} {order_by:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareAccess {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }
}

fn sort(rows: &mut [Arc<PlaceRow>], order: AccessOrder) {
    let (name, descending) = match order {
        AccessOrder::Code => return,
        AccessOrder::LeastAccess => ("accessibility", false),
        AccessOrder::MostUnmet => ("unmet_children", true),
        AccessOrder::LeastPartTime => ("part_time_accessibility", false),
    };
    let value = |row: &PlaceRow| row.figures.get(name).and_then(|f| f.value);
    rows.sort_by(|a, b| match (value(a), value(b)) {
        (Some(x), Some(y)) if descending => y.total_cmp(&x),
        (Some(x), Some(y)) => x.total_cmp(&y),
        (x, y) => x.is_none().cmp(&y.is_none()),
    });
}
