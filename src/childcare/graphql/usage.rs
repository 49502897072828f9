//! Use of childcare places against what is offered, by neighbourhood and band of hours.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use super::sentiment::ChildcareScope;
use crate::childcare::explain;
use crate::childcare::results::usage::UseRow;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::{Error, Result, out_of_range, too_many};
use crate::graphql::figure::Unit;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::graphql::stored::show;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

/// What kind of care.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ChildcareKind", remote = "crate::childcare::analysis::CareKind")]
pub enum ChildcareKind {
    /// All-day care (종일 보육).
    AllDay,
    /// Part-time care (시간제보육).
    PartTime,
}

impl ChildcareKind {
    fn of(name: &str) -> Self {
        crate::childcare::analysis::CareKind::named(name).map_or(Self::AllDay, Self::from)
    }
}

/// Which uses are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareUseFilter")]
pub struct UseFilter {
    /// Only this scope: DISTRICT, NEIGHBOURHOOD, or UNRESOLVED for centres that are not on the map.
    scope: Option<ChildcareScope>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only this kind of care.
    kind: Option<ChildcareKind>,
    /// Only bands that this hour of the day lies in, 0 to 23.
    hour: Option<i32>,
}

/// How uses may be ordered. Ties keep the order of kind, band and code; missing values come last.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "ChildcareUseOrder")]
pub enum UseOrder {
    /// By kind, band of hours, then district and neighbourhoods by code.
    Band,
    /// Fullest first.
    MostUsed,
    /// Emptiest first.
    LeastUsed,
}

/// Use of the places of one kind in one place and band of hours.
#[derive(Debug, Clone)]
pub struct ChildcareUse {
    run: Arc<Run>,
    row: UseRow,
}

impl ChildcareUse {
    fn figure(&self, name: &str, unit: Unit) -> Figure {
        let figure = Figure::of(&self.run, show(&self.row.figures, name, unit, "none"));
        if !explain::is_known("use", name) {
            return figure;
        }
        let band = format!("{}-{}", self.row.band.0, self.row.band.1);
        figure.at(&["use", &self.row.place, &self.row.kind, &band, name])
    }
}

/// Use of childcare places against what is offered (보육 이용 현황, 시간제보육 이용), by place and band of hours, over the
/// newest twelve months of the file. Counts below 5 are SUPPRESSED, and so are those that would give them away.
#[Object(name = "ChildcareUse")]
impl ChildcareUse {
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

    /// What kind of care.
    async fn kind(&self) -> ChildcareKind {
        ChildcareKind::of(&self.row.kind)
    }

    /// Hour of the day at which the band begins, 0 to 23.
    async fn from_hour(&self) -> i32 {
        i32::from(self.row.band.0)
    }

    /// Hour of the day at which the band ends, 1 to 24.
    async fn to_hour(&self) -> i32 {
        i32::from(self.row.band.1)
    }

    /// Months that were added up, 1 to 12.
    async fn months(&self) -> i32 {
        i32::try_from(self.row.months).unwrap_or(i32::MAX)
    }

    /// First day of the newest of these months.
    async fn last_month(&self) -> Date {
        Date(self.row.last_month)
    }

    /// Places offered: one place in one band on one day counts once (제공 자리).
    async fn places(&self) -> Figure {
        self.figure("places", Unit::Uses)
    }

    /// Places taken, counted alike (이용).
    async fn used(&self) -> Figure {
        self.figure("used", Unit::Uses)
    }

    /// Used / places (이용률); above 1 where the file counts more uses than places. Sample size: uses.
    async fn use_ratio(&self) -> Figure {
        self.figure("use_ratio", Unit::Ratio)
    }

    /// The run that computed the figures.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Root field about the use of places.
#[derive(Debug, Default, Clone, Copy)]
pub struct UseQuery;

/// Root field about the use of places.
#[Object]
impl UseQuery {
    /// Use of childcare places against what is offered, by neighbourhood and band of hours (시간제보육 이용 현황). Null
    /// before the first publication; empty when the run read no file of use.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_use(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which uses are wanted; all without it.")] filter: Option<UseFilter>,
        #[graphql(desc = "Order of the rows.", default_with = "UseOrder::Band")] order_by: UseOrder,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ChildcareUse>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            if filter.neighbourhoods.as_ref().is_some_and(|codes| codes.len() > 50) {
                return Err(Error::bad_input(too_many("A filter", "필터 하나", 50)));
            }
            if let Some(hour) = filter.hour.filter(|hour| !(0..=23).contains(hour)) {
                return Err(Error::bad_input(out_of_range("hour", (0, 23), hour)));
            }
            let inside = |row: &UseRow, hour: i32| (i32::from(row.band.0)..i32::from(row.band.1)).contains(&hour);
            let takes = |row: &&UseRow| {
                filter.scope.is_none_or(|s| s == ChildcareScope::of(&row.place))
                    && filter.neighbourhoods.as_ref().is_none_or(|codes| codes.contains(&row.place))
                    && filter.kind.is_none_or(|kind| kind == ChildcareKind::of(&row.kind))
                    && filter.hour.is_none_or(|hour| inside(row, hour))
            };
            let mut rows: Vec<UseRow> = all.usage.iter().filter(takes).cloned().collect();
            sort(&mut rows, order_by);
            let list = List::new(&format!("childcareUse {} {filter:?} {order_by:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| ChildcareUse {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }
}

fn sort(rows: &mut [UseRow], order: UseOrder) {
    let value = |row: &UseRow| row.figures.get("use_ratio").and_then(|f| f.value);
    if order == UseOrder::Band {
        return;
    }
    rows.sort_by(|a, b| match (value(a), value(b)) {
        (Some(x), Some(y)) if order == UseOrder::MostUsed => y.total_cmp(&x),
        (Some(x), Some(y)) => x.total_cmp(&y),
        (x, y) => x.is_none().cmp(&y.is_none()),
    });
}
