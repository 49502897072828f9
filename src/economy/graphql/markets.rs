//! Markets and shopping streets.

use std::sync::Arc;

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};

use super::structure::Quarters;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::results::EconomyRun;
use crate::economy::results::local::MarketRow;
use crate::economy::shown::local::{
    Basis, MarketQuarter as MarketQuarterSales, market_change, market_name, market_sales, market_shops, market_trend,
};
use crate::error::{Error, Result, out_of_range, too_many};
use crate::graphql::figure::{Reason, reason_text};
use crate::graphql::language::Language;
use crate::graphql::scalars::{Date, GeoJsonPoint};
use crate::run::graphql::{AnalysisRun, Figure};
use crate::run::record::Run;

/// Kinds of markets.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "MarketKind")]
pub enum MarketKind {
    /// A traditional market (전통시장).
    TraditionalMarket,
    /// A shopping street (상점가).
    ShoppingStreet,
    /// A commercial area of alleys (골목상권).
    AlleyArea,
    /// A developed commercial area (발달상권).
    DevelopedArea,
    /// A tourist zone (관광특구).
    TouristZone,
    /// Anything else.
    Other,
}

impl MarketKind {
    fn named(name: &str) -> Self {
        match name {
            "traditional_market" => Self::TraditionalMarket,
            "shopping_street" => Self::ShoppingStreet,
            "alley_area" => Self::AlleyArea,
            "developed_area" => Self::DevelopedArea,
            "tourist_zone" => Self::TouristZone,
            _ => Self::Other,
        }
    }
}

/// Whose sales a trend is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "MarketTrendBasis")]
pub enum TrendBasis {
    /// Of the market itself, from a file of commercial areas (상권) that names it.
    Market,
    /// Of the neighbourhood around it: nobody has counted the market's own sales.
    Neighbourhood,
    /// There is no trend.
    None,
}

impl From<Basis> for TrendBasis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::Market => Self::Market,
            Basis::Neighbourhood => Self::Neighbourhood,
            Basis::None => Self::None,
        }
    }
}

/// Which markets are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "MarketFilter")]
pub struct MarketFilter {
    /// Only markets in these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only markets of these kinds.
    kinds: Option<Vec<MarketKind>>,
    /// Only markets with (true) or without (false) sales of their own.
    own_sales: Option<bool>,
}

impl MarketFilter {
    /// Refuses lists that are too long.
    pub fn check(&self) -> Result<()> {
        if self.neighbourhoods.as_ref().is_some_and(|codes| codes.len() > 50) {
            return Err(Error::bad_input(too_many("A filter", "필터 하나", 50)));
        }
        Ok(())
    }

    /// Is the market wanted?
    pub fn takes(&self, row: &MarketRow) -> bool {
        let inside = |codes: &Vec<String>| row.dong_code.as_ref().is_some_and(|dong| codes.contains(dong));
        self.neighbourhoods.as_ref().is_none_or(inside)
            && self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&MarketKind::named(&row.kind)))
            && self.own_sales.is_none_or(|own| own == row.sales_link.is_some())
    }
}

/// A market or a shopping street.
#[derive(Debug, Clone)]
pub struct Market {
    pub(super) run: Arc<Run>,
    pub(super) all: Arc<EconomyRun>,
    pub(super) row: MarketRow,
}

/// A traditional market, a shopping street or a commercial area (전통시장·상점가·상권), as the imported lists name it.
#[Object(name = "Market")]
impl Market {
    /// Number in the list of the run, from 1, by name.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// Its name, as the lists write it.
    async fn name(&self) -> &str {
        &self.row.name_ko
    }

    /// What kind of market it is.
    async fn kind(&self) -> MarketKind {
        MarketKind::named(&self.row.kind)
    }

    /// Its address, where a list has one.
    async fn address(&self) -> Option<&str> {
        self.row.address.as_deref()
    }

    /// Where it is (EPSG:4326). Null where no list has coordinates.
    async fn location(
        &self,
        #[graphql(desc = "Decimals kept, 0 to 8; six are about 10 cm.", default = 6)] precision: i32,
    ) -> Option<Result<GeoJsonPoint>> {
        let place = self.row.place?;
        let precision = u8::try_from(precision)
            .ok()
            .filter(|p| *p <= 8)
            .ok_or_else(|| Error::bad_input(out_of_range("precision", (0, 8), precision)));
        Some(precision.map(|precision| GeoJsonPoint { point: place.0, precision }))
    }

    /// The neighbourhood whose boundary holds the place. Null without a place, or with one beyond the district.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        neighbourhood(ctx, self.row.dong_code.as_deref()?).await.transpose()
    }

    /// Why it has no neighbourhood. Null when it has one.
    async fn placement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> Option<&str> {
        let language = Language::choose(lang, ctx);
        match (&self.row.dong_code, &self.row.place) {
            (Some(_), _) => None,
            (None, None) => Some(language.pick(
                "목록에 좌표가 없어 행정동을 정할 수 없습니다.",
                "No list has coordinates, so the neighbourhood is not known.",
            )),
            (None, Some(_)) => Some(language.pick(
                "목록에는 이 구로 되어 있으나 좌표는 구 밖입니다.",
                "A list counts it to the district, but its coordinates lie beyond.",
            )),
        }
    }

    /// Shops in the market (점포 수).
    async fn shops(&self) -> Figure {
        let name = market_name(&self.all.local, &self.row);
        Figure::of(&self.run, market_shops(&self.row)).at(&["market", &name, "shops"])
    }

    /// Year of opening (개설연도), where a list has one.
    async fn opened_in(&self) -> Option<i32> {
        self.row.opened_in.map(i32::from)
    }

    /// The lists that name it, by layout.
    async fn lists(&self) -> Vec<&str> {
        self.row.lists.iter().flatten().map(String::as_str).collect()
    }

    /// The trend of sales by quarter: its own where a file of commercial areas has them; otherwise that of the
    /// neighbourhood, which is not the market's and says so.
    async fn trend(
        &self,
        #[graphql(desc = "Only quarters that begin on or after this day.")] from: Option<Date>,
        #[graphql(desc = "Only quarters that begin on or before this day.")] to: Option<Date>,
    ) -> Result<MarketTrend> {
        let quarters = Quarters::new(from, to)?;
        let (basis, reason, found) = market_trend(&self.all.local, &self.row);
        let name = market_name(&self.all.local, &self.row);
        let quarter = |quarter: &MarketQuarterSales| {
            let start = quarter.start.to_string();
            let figure = |data, which: &str| Figure::of(&self.run, data).at(&["market", &name, &start, which]);
            MarketQuarter {
                start: Date(quarter.start),
                sales: figure(market_sales(basis, quarter), "sales"),
                year_on_year: figure(market_change(basis, quarter), "change"),
            }
        };
        Ok(MarketTrend {
            basis: basis.into(),
            reason,
            quarters: found.iter().filter(|found| quarters.hold(found.start)).map(quarter).collect(),
        })
    }

    /// The run that lists the market.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// The trend of a market.
#[derive(Debug, Clone)]
pub struct MarketTrend {
    basis: TrendBasis,
    reason: Option<Reason>,
    quarters: Vec<MarketQuarter>,
}

/// The trend of sales of a market (매출 추이). Read first whose sales they are.
#[Object(name = "MarketTrend")]
impl MarketTrend {
    /// Whose sales these are.
    async fn basis(&self) -> TrendBasis {
        self.basis
    }

    /// Why they are not the market's own, or how they were found. Null when there is nothing to say.
    async fn reason(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> Option<String> {
        reason_text(self.reason.as_ref(), lang, ctx)
    }

    /// The quarters in order of time. Empty where there is no trend.
    async fn quarters(&self) -> &[MarketQuarter] {
        &self.quarters
    }
}

/// One quarter of a market's trend.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "MarketQuarter")]
pub struct MarketQuarter {
    /// First day of the quarter.
    start: Date,
    /// Sales in won, of whom the trend says.
    sales: Figure,
    /// Sales over those of the same quarter of the base year, minus 1.
    year_on_year: Figure,
}
