//! The structure of the trade by quarter.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object};

use super::{Industry, industry_of};
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::analysis::StructureQuarter;
use crate::economy::results::EconomyRun;
use crate::economy::results::local::{StructureRow, Wanted};
use crate::error::{Error, Result};
use crate::graphql::figure::{FigureData, FigureStatus, Reason, Unit};
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
            Some(codes) if codes.len() > 50 => Err(Error::bad_input("A filter may list at most 50 codes.")),
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
            (Some(from), Some(to)) if from > to => Err(Error::bad_input("from must not be later than to.")),
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
    suppressed: bool,
    start: chrono::NaiveDate,
    values: StructureQuarter,
}

const NO_COUNT: (&str, &str) = (
    "이 분기의 점포 수 자료가 없거나, 일부 업종의 점포 수를 알 수 없습니다.",
    "The quarter has no count of shops, or some of its industries have none.",
);
const NO_DETAIL: (&str, &str) = (
    "점포 자료에 이 항목이 없습니다.",
    "The file of establishments does not say, or there were no shops to divide by.",
);
const NO_PAYMENTS: (&str, &str) =
    ("매출 자료에 결제 건수가 없습니다.", "The files of sales do not count the payments of every industry here.");
const NO_BASE: (&str, &str) =
    ("비교할 기준연도의 같은 분기가 없습니다.", "There is no same quarter of the base year to compare with.");
const NO_FOOTFALL: (&str, &str) = (
    "이 지역·분기의 길단위 유동인구 자료가 없습니다.",
    "No quarterly floating population is imported for this place and quarter; it is counted for neighbourhoods, not industries.",
);

/// Figures that rest on the sales.
const SOLD: [&str; 8] = [
    "sales",
    "sales_per_establishment",
    "market_share",
    "payments",
    "ticket",
    "amount_change",
    "count_effect",
    "ticket_effect",
];

/// What stands beside a figure whose sales were filled in.
pub(super) fn filled_in() -> Reason {
    Reason {
        ko: "이 분기 또는 기준연도 같은 분기의 빠진 매출을 앞뒤 분기로 채웠습니다.".to_owned(),
        en: "Missing sales of the quarter, or of the one of the base year, were filled in from their neighbours."
            .to_owned(),
    }
}

impl StructureOfQuarter {
    fn figure(&self, name: &str, value: Option<f64>, unit: Unit, missing: (&str, &str)) -> Figure {
        let figure = match value {
            _ if self.suppressed => FigureData::missing(
                unit,
                FigureStatus::Suppressed,
                "점포 수가 너무 적어, 또는 그런 값을 보호하기 위해 공개하지 않습니다.",
                "Hidden because too few shops stand behind it, or to protect a figure of which that is true.",
            ),
            Some(value) if self.values.imputed && SOLD.contains(&name) => {
                FigureData::plain(value, unit, FigureStatus::Imputed).with_reason(Some(filled_in()))
            }
            Some(value) => FigureData::plain(value, unit, FigureStatus::Measured),
            None => FigureData::missing(unit, FigureStatus::NotAvailable, missing.0, missing.1),
        };
        Figure::of(&self.run, figure)
    }

    fn count(&self, name: &str, value: Option<u64>, missing: (&str, &str)) -> Figure {
        self.figure(name, value.map(|n| n as f64), Unit::Establishments, missing)
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
        self.count("establishments", self.values.shops.map(|s| s.establishments), NO_COUNT)
    }

    /// Shops opened in the quarter (개업).
    async fn opened(&self) -> Figure {
        self.count("opened", self.values.shops.and_then(|s| s.opened), NO_DETAIL)
    }

    /// Shops closed in the quarter (폐업).
    async fn closed(&self) -> Figure {
        self.count("closed", self.values.shops.and_then(|s| s.closed), NO_DETAIL)
    }

    /// Net rate (순증가율): (opened − closed) / shops when the quarter began, which are shops − opened + closed.
    async fn net_rate(&self) -> Figure {
        self.figure("net_rate", self.values.net_rate(), Unit::ChangeRatio, NO_DETAIL)
    }

    /// Share of chains (프랜차이즈 비율): franchises / shops.
    async fn franchise_share(&self) -> Figure {
        self.figure("franchise_share", self.values.franchise_share(), Unit::Ratio, NO_DETAIL)
    }

    /// Card sales of the quarter in won.
    async fn sales(&self) -> Figure {
        self.figure("sales", self.values.sales, Unit::Won, NO_BASE)
    }

    /// Card sales for each shop (점포당 매출), in won.
    async fn sales_per_establishment(&self) -> Figure {
        let value = self.values.sales_per_establishment();
        self.figure("sales_per_establishment", value, Unit::WonPerEstablishment, NO_COUNT)
    }

    /// Share of the sales of the district in the same quarter (시장 점유율).
    async fn market_share(&self) -> Figure {
        self.figure("market_share", self.values.market_share, Unit::Ratio, NO_BASE)
    }

    /// Payments (결제 건수) that go with the sales.
    async fn payments(&self) -> Figure {
        self.figure("payments", self.values.payments, Unit::Payments, NO_PAYMENTS)
    }

    /// Won a payment (건당 금액): sales / payments.
    async fn ticket(&self) -> Figure {
        let value = self.values.sales.zip(self.values.payments.filter(|n| *n > 0.0)).map(|(won, n)| won / n);
        self.figure("ticket", value, Unit::WonPerPayment, NO_PAYMENTS)
    }

    /// Change of sales against the same quarter of the base year: sales / base − 1.
    async fn amount_change(&self) -> Figure {
        self.figure("amount_change", self.values.amount_log.map(f64::exp_m1), Unit::ChangeRatio, NO_BASE)
    }

    /// The part of the change that is a change of the number of payments: log(payments / base). Together with
    /// `ticketEffect` it makes log(1 + amountChange), exactly.
    async fn count_effect(&self) -> Figure {
        self.figure("count_effect", self.values.count_log(), Unit::LogChange, NO_PAYMENTS)
    }

    /// The part of the change that is a change of won a payment: log(ticket / base).
    async fn ticket_effect(&self) -> Figure {
        self.figure("ticket_effect", self.values.ticket_log, Unit::LogChange, NO_PAYMENTS)
    }

    /// People on the street (길단위 유동인구) in the quarter, as context; of neighbourhoods and the district.
    async fn footfall(&self) -> Figure {
        self.figure("footfall", self.values.footfall, Unit::Persons, NO_FOOTFALL)
    }
}
