//! Sales by week, month and quarter, of the district, its neighbourhoods, its industries and every cell of the two.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset, NaiveDate};

use super::chosen;
use super::industry::{Industry, industry_of};
use crate::calendar::Grain;
use crate::db::Db;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::results::EconomyRun;
use crate::economy::results::series::{self, Of, PeriodRow, SeriesRow, Wanted};
use crate::economy::shown;
use crate::error::{Error, Result, both, too_many};
use crate::graphql::ids;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::run::graphql::{AnalysisRun, Figure, Page, Rows, data};
use crate::run::record::Run;

/// How long the periods of a series are.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "SalesGrain")]
pub enum SalesGrain {
    /// ISO weeks, Monday to Sunday (주).
    Week,
    /// Calendar months (월).
    Month,
    /// Quarters (분기).
    Quarter,
}

impl SalesGrain {
    pub(super) fn grain(self) -> Grain {
        match self {
            Self::Week => Grain::Week,
            Self::Month => Grain::Month,
            Self::Quarter => Grain::Quarter,
        }
    }
}

/// What a series of sales speaks of.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "SalesScope")]
pub enum SalesScope {
    /// The whole district (구 전체).
    District,
    /// One neighbourhood, all industries (행정동).
    Neighbourhood,
    /// One industry, the whole district (업종).
    Industry,
    /// One industry in one neighbourhood (동·업종).
    IndustryInNeighbourhood,
}

/// Which base the change of a period compares with.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "PeriodAlignment")]
pub enum PeriodAlignment {
    /// The weeks of Seollal and Chuseok face the same holiday weeks of the base year. Of months and quarters the weeks
    /// are compared whose Thursday they hold.
    HolidayAligned,
    /// The same week, month or quarter of the base year, wherever the lunar holidays fall.
    Plain,
}

/// Which series of sales are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "EconomySalesFilter")]
pub struct SalesFilter {
    /// Only this scope.
    scope: Option<SalesScope>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only these industries, by code of the district's list; at most 50.
    industries: Option<Vec<String>>,
}

impl SalesFilter {
    pub(super) fn wanted(self, grain: SalesGrain) -> Result<Wanted> {
        let too_long = |codes: &Option<Vec<String>>| codes.as_ref().is_some_and(|c| c.len() > 50);
        if too_long(&self.neighbourhoods) || too_long(&self.industries) {
            return Err(Error::bad_input(too_many("A filter", "필터 하나", 50)));
        }
        Ok(Wanted {
            grain: grain.grain(),
            of: self.scope.map(|scope| match scope {
                SalesScope::District => Of::District,
                SalesScope::Neighbourhood => Of::Dong,
                SalesScope::Industry => Of::Industry,
                SalesScope::IndustryInNeighbourhood => Of::Cell,
            }),
            dongs: self.neighbourhoods,
            industries: self.industries,
        })
    }
}

/// First and last day that are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    from: Option<Date>,
    to: Option<Date>,
}

impl Days {
    /// Checks that the days are in order.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Result<Self> {
        match (from, to) {
            (Some(from), Some(to)) if from > to => Err(Error::bad_input(both(
                "from must not be later than to.",
                "from은 to보다 늦을 수 없습니다. 두 날짜를 확인해 주십시오.",
            ))),
            _ => Ok(Self { from, to }),
        }
    }

    fn meet(self, start: NaiveDate, end: NaiveDate) -> bool {
        self.from.is_none_or(|from| end >= from.0) && self.to.is_none_or(|to| start <= to.0)
    }
}

/// One week, month or quarter of sales.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "SalesPeriod")]
pub struct SalesPeriod {
    /// The period as people write it: "2020-W10", "2020-03", "2020-Q1".
    label: String,
    /// First day.
    start: Date,
    /// Last day.
    end: Date,
    /// Card sales of the period in won. A period of a cell that lacks a few days (2 of 7 at most, unless the run's
    /// `minDays` says otherwise) is scaled to all its days; one that lacks more is filled in between its neighbours,
    /// and then the status is IMPUTED.
    sales: Figure,
    /// Sales over those of the base year's period (`baseYear` of the run, 2019 by default), minus 1.
    year_on_year: Figure,
}

/// The periods of a stored series that meet the days.
pub fn periods(run: &Arc<Run>, row: &SeriesRow, days: Days, alignment: PeriodAlignment) -> Vec<SalesPeriod> {
    let Some(grain) = Grain::named(&row.grain) else { return Vec::new() };
    let (scope, code) = match (row.dong_code.as_str(), row.industry_code.as_str()) {
        ("", "") => ("district", String::new()),
        (dong, "") => ("dong", dong.to_owned()),
        ("", industry) => ("industry", industry.to_owned()),
        (dong, industry) => ("cell", format!("{dong},{industry}")),
    };
    let aligned = alignment == PeriodAlignment::HolidayAligned;
    let at = |figure: Figure, kind: &str, label: &str| figure.at(&[kind, scope, &code, label]);
    let one = |period: PeriodRow| {
        let label = grain.label(period.start);
        let change = Figure::of(run, shown::change(&period, aligned));
        SalesPeriod {
            start: Date(period.start),
            end: Date(grain.end(period.start)),
            sales: at(Figure::of(run, shown::sales(&period)), "sales", &label),
            year_on_year: at(change, if aligned { "change-aligned" } else { "change-plain" }, &label),
            label,
        }
    };
    row.periods().filter(|p| days.meet(p.start, grain.end(p.start))).map(one).collect()
}

/// Sales of one neighbourhood, industry, or both, by period.
#[derive(Debug, Clone)]
pub struct EconomySales {
    pub(super) run: Arc<Run>,
    pub(super) all: Arc<EconomyRun>,
    pub(super) row: SeriesRow,
    pub(super) days: Days,
    pub(super) alignment: PeriodAlignment,
}

/// Card sales of the district, a neighbourhood, an industry or an industry in a neighbourhood, by period (기간별 카드매출).
///
/// What too few shops stand behind is SUPPRESSED in all periods and at all lengths alike, with partners, so that no sum
/// or difference of what is shown gives it back.
#[Object(name = "EconomySales")]
impl EconomySales {
    /// Opaque global id of this series in its run.
    pub(crate) async fn id(&self) -> ID {
        let row = &self.row;
        ids::encode("EconomySales", &format!("{}/{}/{}/{}", self.run.id, row.grain, row.dong_code, row.industry_code))
    }

    /// What the series speaks of.
    async fn scope(&self) -> SalesScope {
        match (self.row.dong_code.is_empty(), self.row.industry_code.is_empty()) {
            (true, true) => SalesScope::District,
            (false, true) => SalesScope::Neighbourhood,
            (true, false) => SalesScope::Industry,
            (false, false) => SalesScope::IndustryInNeighbourhood,
        }
    }

    /// The neighbourhood. Null for all of them, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        if self.row.dong_code.is_empty() {
            return None;
        }
        neighbourhood(ctx, &self.row.dong_code).await.transpose()
    }

    /// The industry. Null for all of them.
    async fn industry(&self) -> Option<Industry> {
        (!self.row.industry_code.is_empty()).then(|| industry_of(&self.all, &self.row.industry_code))
    }

    /// Length of the periods.
    async fn grain(&self) -> SalesGrain {
        match Grain::named(&self.row.grain) {
            Some(Grain::Month) => SalesGrain::Month,
            Some(Grain::Quarter) => SalesGrain::Quarter,
            _ => SalesGrain::Week,
        }
    }

    /// Share of the sales of all periods that had to be filled in, 0 to 1. Null when the series is suppressed.
    async fn interpolated_share(&self) -> Option<f64> {
        self.row.interpolated_share
    }

    /// The periods that meet the days asked for, in order of time.
    async fn periods(&self) -> Vec<SalesPeriod> {
        periods(&self.run, &self.row, self.days, self.alignment)
    }

    /// The run that added the sales up.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// One day of the baseline index.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "BaselineIndexDay")]
pub struct IndexDay {
    /// The day.
    date: Date,
    /// Mean sales of the seven days up to this one over those of the weeks before the first case (`indexBase` of the
    /// run, 6 to 19 January 2020 by default), divided by the same ratio 364 days earlier, minus 1.
    index: Figure,
}

impl IndexDay {
    /// The days asked for, in order of time.
    pub fn all(run: &Arc<Run>, all: &EconomyRun, days: Days) -> Vec<Self> {
        let wanted = all.index.iter().filter(|(day, _)| days.meet(*day, *day));
        wanted
            .map(|(day, value)| Self {
                date: Date(*day),
                index: Figure::of(run, shown::baseline(*value)).at(&["baseline-index", &day.to_string()]),
            })
            .collect()
    }
}

/// Root fields about sales.
#[derive(Debug, Default, Clone, Copy)]
pub struct SalesQuery;

/// Root fields about sales.
#[Object]
impl SalesQuery {
    /// Card sales by week, month or quarter (기간별 카드매출): the district, then its industries, then each neighbourhood with
    /// its industries, by code. Null before the first publication.
    #[allow(clippy::too_many_arguments)]
    async fn economy_sales(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which series are wanted; all without it.")] filter: Option<SalesFilter>,
        #[graphql(desc = "Length of the periods.", default_with = "SalesGrain::Month")] grain: SalesGrain,
        #[graphql(desc = "Only periods that end on or after this day.")] from: Option<Date>,
        #[graphql(desc = "Only periods that begin on or before this day.")] to: Option<Date>,
        #[graphql(
            desc = "Which period of the base year the change compares with.",
            default_with = "PeriodAlignment::HolidayAligned"
        )]
        alignment: PeriodAlignment,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<EconomySales>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let days = Days::new(from, to)?;
            let wanted = filter.unwrap_or_default().wanted(grain)?;
            let asked = format!("economySales {} {wanted:?}", run.id);
            let page = PageArguments { first, after, last, before };
            let id = run.id;
            let (list, rows) = data::<Db>(ctx)?
                .run(move |conn| {
                    let keys = series::keys(conn, id, &wanted)?;
                    let list = List::new(&asked, keys.len());
                    let range = list.page(&page)?;
                    let rows = series::with_keys(conn, id, wanted.grain, &keys[range.clone()])?;
                    Ok((Page { list, range }, rows))
                })
                .await?;
            let row = |row| EconomySales { run: run.clone(), all: all.clone(), row, days, alignment };
            Ok(Some(list.connect(rows.into_iter().map(row))))
        };
        answer.await.transpose()
    }

    /// Baseline index of the district's sales by day (기준시점 대비 매출지수). Null before the first publication; empty where
    /// the data are not daily.
    async fn baseline_index(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only days from this one on.")] from: Option<Date>,
        #[graphql(desc = "Only days up to this one.")] to: Option<Date>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Vec<IndexDay>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            Ok(Some(IndexDay::all(&run, &all, Days::new(from, to)?)))
        };
        answer.await.transpose()
    }
}

/// The series of sales behind a global id, all its periods, if its run is published.
pub async fn sales_by_key(ctx: &Context<'_>, key: &str) -> Result<Option<EconomySales>> {
    let parts: Vec<&str> = key.split('/').collect();
    let [run, grain, dong, industry] = parts.as_slice() else { return Ok(None) };
    let Some(grain) = Grain::named(grain) else { return Ok(None) };
    let run = ids::encode("AnalysisRun", run);
    let Some((run, all)) = chosen(ctx, Some(&run), None).await? else { return Ok(None) };
    let (id, keys) = (run.id, [((*dong).to_owned(), (*industry).to_owned())]);
    let rows = data::<Db>(ctx)?.run(move |conn| series::with_keys(conn, id, grain, &keys)).await?;
    let (days, alignment) = (Days::new(None, None)?, PeriodAlignment::HolidayAligned);
    Ok(rows.into_iter().next().map(|row| EconomySales { run, all, row, days, alignment }))
}
