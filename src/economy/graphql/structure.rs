//! The structure of the trade by quarter.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object};

use super::industry::{Industry, industry_of};
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::analysis::StructureQuarter;
use crate::economy::results::EconomyRun;
use crate::economy::results::local::{StructureRow, Wanted};
use crate::economy::shown::local::{OfQuarter, structure};
use crate::error::{Error, Result, both, too_many};
use crate::graphql::scalars::Date;
use crate::run::graphql::{AnalysisRun, Figure};
use crate::run::record::Run;

/// Which lines of the structure are wanted. Conditions are joined by "and". Without a condition on neighbourhoods the
/// lines of all of them and of the district are given; the same holds for industries.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "EconomicStructureFilter")]
pub struct StructureFilter {
    /// Only these neighbourhoods, by eight-digit code; at most 50. An empty list asks for the district as a whole.
    neighbourhoods: Option<Vec<String>>,
    /// Only these industries, by code of the district's list; at most 50. An empty list asks for all industries together.
    industries: Option<Vec<String>>,
}

impl StructureFilter {
    /// The same as the results know it.
    pub fn wanted(&self) -> Result<Wanted> {
        let codes = |codes: &Option<Vec<String>>| match codes {
            Some(codes) if codes.len() > 50 => Err(Error::bad_input(too_many("A filter", "필터 하나", 50))),
            // The sum of all has the empty code.
            Some(codes) if codes.is_empty() => Ok(Some(vec![String::new()])),
            other => Ok(other.clone()),
        };
        Ok(Wanted { dongs: codes(&self.neighbourhoods)?, industries: codes(&self.industries)? })
    }
}

/// Which quarters are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Quarters {
    from: Option<Date>,
    to: Option<Date>,
}

impl Quarters {
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

    /// Does a period that begins on this day take part?
    pub fn hold(self, start: chrono::NaiveDate) -> bool {
        self.from.is_none_or(|from| start >= from.0) && self.to.is_none_or(|to| start <= to.0)
    }
}

/// The structure of the district, a neighbourhood, an industry, or an industry in a neighbourhood.
#[derive(Debug, Clone)]
pub struct EconomicStructure {
    pub(super) run: Arc<Run>,
    pub(super) all: Arc<EconomyRun>,
    pub(super) row: StructureRow,
    pub(super) quarters: Quarters,
}

/// Structure of the trade (산업 구조) by quarter: shops, openings and closures, chains, sales for each shop, market share,
/// and the parts of the change of sales. It speaks of the industries whose sales are read.
#[Object(name = "EconomicStructure")]
impl EconomicStructure {
    /// The neighbourhood. Null for the district as a whole, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        if self.row.dong_code.is_empty() {
            return None;
        }
        neighbourhood(ctx, &self.row.dong_code).await.transpose()
    }

    /// Code of the neighbourhood; null for the district as a whole.
    async fn neighbourhood_code(&self) -> Option<&str> {
        Some(self.row.dong_code.as_str()).filter(|code| !code.is_empty())
    }

    /// The industry. Null for all industries together.
    async fn industry(&self) -> Option<Industry> {
        (!self.row.industry_code.is_empty()).then(|| industry_of(&self.all, &self.row.industry_code))
    }

    /// The quarters in order of time. All figures of a line that may not be shown are SUPPRESSED.
    async fn quarters(&self) -> Vec<StructureOfQuarter> {
        self.row
            .by_quarter()
            .into_iter()
            .filter(|(start, _)| self.quarters.hold(*start))
            .map(|(start, values)| StructureOfQuarter {
                run: self.run.clone(),
                dong: self.row.dong_code.clone(),
                industry: self.row.industry_code.clone(),
                suppressed: self.row.status == "SUPPRESSED",
                start,
                values,
            })
            .collect()
    }

    /// The run that computed the structure.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// One quarter of a line.
#[derive(Debug, Clone)]
pub struct StructureOfQuarter {
    run: Arc<Run>,
    dong: String,
    industry: String,
    suppressed: bool,
    start: chrono::NaiveDate,
    values: StructureQuarter,
}

impl StructureOfQuarter {
    fn figure(&self, which: OfQuarter) -> Figure {
        let path = ["structure", &self.dong, &self.industry, &self.start.to_string(), which.name()];
        Figure::of(&self.run, structure(&self.values, self.suppressed, which)).at(&path)
    }
}

/// One quarter of the structure. Counted and added up, not estimated: there is no interval.
#[Object(name = "StructureQuarter")]
impl StructureOfQuarter {
    /// First day of the quarter.
    async fn start(&self) -> Date {
        Date(self.start)
    }

    /// Shops (점포 수) at the end of the quarter.
    async fn establishments(&self) -> Figure {
        self.figure(OfQuarter::Establishments)
    }

    /// Shops opened in the quarter (개업).
    async fn opened(&self) -> Figure {
        self.figure(OfQuarter::Opened)
    }

    /// Shops closed in the quarter (폐업).
    async fn closed(&self) -> Figure {
        self.figure(OfQuarter::Closed)
    }

    /// Net rate (순증가율): (opened − closed) / shops when the quarter began, which are shops − opened + closed.
    async fn net_rate(&self) -> Figure {
        self.figure(OfQuarter::NetRate)
    }

    /// Share of chains (프랜차이즈 비율): franchises / shops.
    async fn franchise_share(&self) -> Figure {
        self.figure(OfQuarter::FranchiseShare)
    }

    /// Card sales of the quarter in won.
    async fn sales(&self) -> Figure {
        self.figure(OfQuarter::Sales)
    }

    /// Card sales for each shop (점포당 매출), in won.
    async fn sales_per_establishment(&self) -> Figure {
        self.figure(OfQuarter::SalesPerEstablishment)
    }

    /// Share of the sales of the district in the same quarter (시장 점유율).
    async fn market_share(&self) -> Figure {
        self.figure(OfQuarter::MarketShare)
    }

    /// Payments (결제 건수) that go with the sales.
    async fn payments(&self) -> Figure {
        self.figure(OfQuarter::Payments)
    }

    /// Won a payment (건당 금액): sales / payments.
    async fn ticket(&self) -> Figure {
        self.figure(OfQuarter::Ticket)
    }

    /// Change of sales against the same quarter of the base year: sales / base − 1.
    async fn amount_change(&self) -> Figure {
        self.figure(OfQuarter::AmountChange)
    }

    /// The part of the change that is a change of the number of payments: log(payments / base). Together with
    /// `ticketEffect` it makes log(1 + amountChange), exactly.
    async fn count_effect(&self) -> Figure {
        self.figure(OfQuarter::CountEffect)
    }

    /// The part of the change that is a change of won a payment: log(ticket / base).
    async fn ticket_effect(&self) -> Figure {
        self.figure(OfQuarter::TicketEffect)
    }

    /// People on the street (길단위 유동인구) in the quarter, as context; of neighbourhoods and the district.
    async fn footfall(&self) -> Figure {
        self.figure(OfQuarter::Footfall)
    }
}
