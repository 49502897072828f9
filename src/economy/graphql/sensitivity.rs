//! Whose sales fell when cases rose.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use super::industry::{Industry, industry_of};
use super::sales::{self, Days, PeriodAlignment, SalesPeriod};
use super::sentiment::{BusinessSentiment, MixSentiment};
use super::shock::{EconomicShock, RelativeSensitivity};
use crate::calendar::Grain;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::results::{EconomyRun, SensitivityRow, SentimentRow};
use crate::economy::shown;
use crate::error::{Error, Result, too_many};
use crate::graphql::figure::FigureData;
use crate::graphql::ids;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::graphql::stored::StoredFigures;
use crate::run::graphql::{AnalysisRun, Figure, Rows, connect};
use crate::run::record::Run;

/// What a sensitivity speaks of.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "EconomyScope")]
pub enum EconomyScope {
    /// The whole district (구 전체).
    District,
    /// One neighbourhood, all industries (행정동).
    Neighbourhood,
    /// One industry, the whole district (업종).
    Industry,
}

impl EconomyScope {
    fn stored(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Neighbourhood => "dong",
            Self::Industry => "industry",
        }
    }
}

/// Which sensitivities are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "EconomicSensitivityFilter")]
pub struct SensitivityFilter {
    /// Only this scope.
    scope: Option<EconomyScope>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only these industries, by code of the district's list; at most 50.
    industries: Option<Vec<String>>,
}

impl SensitivityFilter {
    fn check(&self) -> Result<()> {
        let too_long = |codes: &Option<Vec<String>>| codes.as_ref().is_some_and(|c| c.len() > 50);
        if too_long(&self.neighbourhoods) || too_long(&self.industries) {
            return Err(Error::bad_input(too_many("A filter", "필터 하나", 50)));
        }
        Ok(())
    }

    fn takes(&self, row: &SensitivityRow) -> bool {
        let listed = |codes: &Option<Vec<String>>, scope: &str| {
            codes.as_ref().is_none_or(|codes| row.scope == scope && codes.contains(&row.code))
        };
        self.scope.is_none_or(|s| s.stored() == row.scope)
            && listed(&self.neighbourhoods, "dong")
            && listed(&self.industries, "industry")
    }
}

/// How sensitivities may be ordered. Ties are broken by code.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "EconomicSensitivityOrder")]
pub enum SensitivityOrder {
    /// District, then neighbourhoods, then industries, each by code.
    Code,
    /// The most sensitive (the most negative slope) first; missing values last.
    MostSensitive,
    /// The least sensitive first; missing values last.
    LeastSensitive,
}

/// Sensitivity of sales to the epidemic, of one district, neighbourhood or industry.
#[derive(Debug, Clone)]
pub struct EconomicSensitivity {
    run: Arc<Run>,
    all: Arc<EconomyRun>,
    row: Arc<SensitivityRow>,
}

/// Sensitivity of card sales to the epidemic (경제 민감도) of the district, one neighbourhood or one industry.
///
/// y = a + b·x + e by week, where y is the log of holiday-aligned sales over those of the base year, x = log(1 + mean
/// daily new cases in Seoul), and e follows an AR(1) process. An association, gross of policies; not a causal effect.
#[Object(name = "EconomicSensitivity")]
impl EconomicSensitivity {
    /// Opaque global id of this estimate in its run.
    pub(crate) async fn id(&self) -> ID {
        ids::encode("EconomicSensitivity", &format!("{}/{}/{}", self.run.id, self.row.scope, self.row.code))
    }

    /// What the estimate speaks of.
    async fn scope(&self) -> EconomyScope {
        match self.row.scope.as_str() {
            "dong" => EconomyScope::Neighbourhood,
            "industry" => EconomyScope::Industry,
            _ => EconomyScope::District,
        }
    }

    /// The neighbourhood, when the scope is one. Null otherwise, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        if self.row.scope != "dong" {
            return None;
        }
        neighbourhood(ctx, &self.row.code).await.transpose()
    }

    /// The industry, when the scope is one. Null otherwise.
    async fn industry(&self) -> Option<Industry> {
        if self.row.scope != "industry" {
            return None;
        }
        Some(industry_of(&self.all, &self.row.code))
    }

    /// The slope b: change of log year-on-year sales for one unit of log(1 + daily cases). Below zero: sales fell when
    /// cases rose. Sample size: complete pairs of weeks.
    async fn sensitivity(&self) -> Figure {
        let r = &self.row;
        Figure::of(&self.run, shown::slope(r)).at(&["sensitivity", &r.scope, &r.code])
    }

    /// Two-sided p value of the hypothesis that the slope is zero. Null when there is no estimate.
    async fn p_value(&self) -> Option<f64> {
        self.row.p_value
    }

    /// Share of the base year's sales that had to be interpolated, 0 to 1. Above the run's
    /// `mostInterpolated` (0.1 unless its parameters say otherwise) the estimate is PROVISIONAL.
    async fn interpolated_share(&self) -> Option<f64> {
        self.row.interpolated_share
    }

    /// What the slope means at 10, 50, 100 and 400 new cases a day: 100·(exp(b·log(1 + cases)) − 1) per cent of sales.
    /// Empty when there is no estimate.
    async fn effects(&self) -> Result<Vec<CaseEffect>> {
        let one = |(cases, figure): (f64, FigureData)| CaseEffect {
            cases_per_day: cases,
            sales_change: Figure::of(&self.run, figure).at(&[
                "effect",
                &self.row.scope,
                &self.row.code,
                &cases.to_string(),
            ]),
        };
        Ok(shown::effects(&self.row)?.into_iter().map(one).collect())
    }

    /// Weekly sales and their change against the base year, in order of time. Empty where the data are coarser.
    async fn weeks(
        &self,
        #[graphql(desc = "Only weeks that end on or after this day.")] from: Option<Date>,
        #[graphql(desc = "Only weeks that begin on or before this day.")] to: Option<Date>,
        #[graphql(desc = "Which two weeks the change compares.", default_with = "PeriodAlignment::HolidayAligned")]
        alignment: PeriodAlignment,
    ) -> Result<Vec<SalesPeriod>> {
        let days = Days::new(from, to)?;
        let of = |scope: &str| if self.row.scope == scope { self.row.code.clone() } else { String::new() };
        let row = self.all.series.get(&(of("dong"), of("industry"), Grain::Week.name().to_owned()));
        Ok(row.map(|row| sales::periods(&self.run, row, days, alignment)).unwrap_or_default())
    }

    /// Business sentiment (경기체감지수, BSI) of the industry, or of the survey's wider industry that it belongs to,
    /// against the average, in order of time. Empty for other scopes: there is no survey by neighbourhood.
    async fn sentiment(
        &self,
        #[graphql(desc = "Only months that begin on or after this day.")] from: Option<Date>,
        #[graphql(desc = "Only months that begin on or before this day.")] to: Option<Date>,
    ) -> Vec<BusinessSentiment> {
        let parent = industry_of(&self.all, &self.row.code).0.parent;
        let has_own = self.all.sentiment.iter().any(|s| s.industry_code == self.row.code);
        let wanted = if has_own { Some(&self.row.code) } else { parent.as_ref() };
        let mine = |s: &&SentimentRow| self.row.scope == "industry" && Some(&s.industry_code) == wanted;
        self.all
            .sentiment
            .iter()
            .filter(mine)
            .filter(|s| from.is_none_or(|f| s.month >= f.0) && to.is_none_or(|t| s.month <= t.0))
            .map(|s| BusinessSentiment::new(&self.run, s))
            .collect()
    }

    /// Sensitivity against the district (상대 민감도). Null for the district itself.
    async fn relative(&self) -> Option<RelativeSensitivity> {
        (self.row.scope != "district").then(|| RelativeSensitivity {
            run: self.run.clone(),
            scope: self.key(),
            figures: self.figures(),
        })
    }

    /// How sales fell and came back (충격과 회복).
    async fn shock(&self) -> EconomicShock {
        EconomicShock { run: self.run.clone(), scope: self.key(), figures: self.figures() }
    }

    /// Sentiment that the mix of industries implies for the neighbourhood, in order of time. Empty for other scopes,
    /// and where the survey covers less than 80 % of the sales.
    async fn mix_sentiment(
        &self,
        #[graphql(desc = "Only months that begin on or after this day.")] from: Option<Date>,
        #[graphql(desc = "Only months that begin on or before this day.")] to: Option<Date>,
    ) -> Vec<MixSentiment> {
        self.all
            .mix
            .iter()
            .filter(|row| self.row.scope == "dong" && row.dong_code == self.row.code)
            .filter(|row| from.is_none_or(|f| row.month >= f.0) && to.is_none_or(|t| row.month <= t.0))
            .map(|row| MixSentiment::new(&self.run, row))
            .collect()
    }

    /// The run that computed the estimate.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

impl EconomicSensitivity {
    fn key(&self) -> (String, String) {
        (self.row.scope.clone(), self.row.code.clone())
    }

    fn figures(&self) -> StoredFigures {
        self.all.scopes.get(&self.key()).cloned().unwrap_or_default()
    }
}

/// What a sensitivity means at a fixed number of cases.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "CaseEffect")]
pub struct CaseEffect {
    /// New cases a day in Seoul.
    cases_per_day: f64,
    /// Change of sales that goes with so many cases, in per cent.
    sales_change: Figure,
}

/// Root fields about sensitivity.
#[derive(Debug, Default, Clone, Copy)]
pub struct SensitivityQuery;

/// Root fields about sensitivity.
#[Object]
impl SensitivityQuery {
    /// Sensitivity of card sales to the epidemic for the district, its neighbourhoods and its industries
    /// (지역별·업종별 경제 민감도). Null before the first publication.
    #[allow(clippy::too_many_arguments)]
    async fn economic_sensitivity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sensitivities are wanted; all without it.")] filter: Option<SensitivityFilter>,
        #[graphql(desc = "Order of the rows.", default_with = "SensitivityOrder::Code")] order_by: SensitivityOrder,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<EconomicSensitivity>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            filter.check()?;
            let mut rows: Vec<_> = all.sensitivity.iter().filter(|r| filter.takes(r)).cloned().collect();
            sort(&mut rows, order_by);
            let list = List::new(&format!("economicSensitivity {} {filter:?} {order_by:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| EconomicSensitivity {
                run: run.clone(),
                all: all.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }
}

/// The sensitivity of one neighbourhood, for the field on it.
pub async fn of_neighbourhood(
    ctx: &Context<'_>,
    code: &str,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<EconomicSensitivity>> {
    let Some((run, all)) = chosen(ctx, run, as_of).await? else { return Ok(None) };
    let row = all.sensitivity.iter().find(|r| r.scope == "dong" && r.code == code).cloned();
    Ok(row.map(|row| EconomicSensitivity { run, all, row }))
}

/// The estimate behind a global id, if its run is published.
pub async fn by_key(ctx: &Context<'_>, key: &str) -> Result<Option<EconomicSensitivity>> {
    let mut parts = key.splitn(3, '/');
    let (Some(run), Some(scope), Some(code)) = (parts.next(), parts.next(), parts.next()) else { return Ok(None) };
    let run = ids::encode("AnalysisRun", run);
    let Some((run, all)) = chosen(ctx, Some(&run), None).await? else { return Ok(None) };
    let row = all.sensitivity.iter().find(|r| r.scope == scope && r.code == code).cloned();
    Ok(row.map(|row| EconomicSensitivity { run, all, row }))
}

fn sort(rows: &mut [Arc<SensitivityRow>], order: SensitivityOrder) {
    let missing_last = |r: &SensitivityRow| r.beta.is_none();
    let slope = |r: &SensitivityRow| r.beta.unwrap_or(f64::INFINITY);
    match order {
        SensitivityOrder::Code => {}
        SensitivityOrder::MostSensitive => {
            rows.sort_by(|a, b| missing_last(a).cmp(&missing_last(b)).then(slope(a).total_cmp(&slope(b))));
        }
        SensitivityOrder::LeastSensitive => {
            rows.sort_by(|a, b| missing_last(a).cmp(&missing_last(b)).then(slope(b).total_cmp(&slope(a))));
        }
    }
}
