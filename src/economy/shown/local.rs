//! Structure, markets, use of merchants, policies by other outcomes, and levels as figures.

use chrono::NaiveDate;

use crate::economy::analysis::{NoComparison, Outcome, StructureQuarter};
use crate::economy::results::EconomyRun;
use crate::economy::results::local::{JudgedRow, LevelRow, LocalRun, MarketRow, StructureRow, UsageRow};
use crate::graphql::figure::{FigureData, FigureStatus, Reason, Unit};

/// How the interval of a level is made.
pub const LEVEL_METHOD: &str = "AR(1) regression of all weeks with a step before the last eight, autocorrelation integrated over a grid by restricted likelihood";

const TOO_FEW_SHOPS: (&str, &str) = (
    "점포 수가 너무 적어, 또는 그런 값을 보호하기 위해 공개하지 않습니다.",
    "Hidden because too few shops stand behind it, or to protect a figure of which that is true.",
);
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

/// Figures of a quarter of the structure, in the order of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfQuarter {
    /// Shops at the end of the quarter.
    Establishments,
    /// Shops opened.
    Opened,
    /// Shops closed.
    Closed,
    /// Openings less closures over the shops before.
    NetRate,
    /// Chains over all shops.
    FranchiseShare,
    /// Won.
    Sales,
    /// Won a shop.
    SalesPerEstablishment,
    /// Share of the district.
    MarketShare,
    /// Payments.
    Payments,
    /// Won a payment.
    Ticket,
    /// Change of sales against the base year.
    AmountChange,
    /// What of it is the number of payments, in logs.
    CountEffect,
    /// What of it is won a payment, in logs.
    TicketEffect,
    /// People on the street.
    Footfall,
}

impl OfQuarter {
    /// All of them with their names in paths.
    pub const ALL: [(Self, &'static str); 14] = [
        (Self::Establishments, "establishments"),
        (Self::Opened, "opened"),
        (Self::Closed, "closed"),
        (Self::NetRate, "net_rate"),
        (Self::FranchiseShare, "franchise_share"),
        (Self::Sales, "sales"),
        (Self::SalesPerEstablishment, "sales_per_establishment"),
        (Self::MarketShare, "market_share"),
        (Self::Payments, "payments"),
        (Self::Ticket, "ticket"),
        (Self::AmountChange, "amount_change"),
        (Self::CountEffect, "count_effect"),
        (Self::TicketEffect, "ticket_effect"),
        (Self::Footfall, "footfall"),
    ];

    /// The name in paths.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(one, _)| one)
    }
}

/// Won a payment.
pub fn ticket(values: &StructureQuarter) -> Option<f64> {
    values.sales.zip(values.payments.filter(|n| *n > 0.0)).map(|(won, n)| won / n)
}

/// One figure of a quarter of the structure.
pub fn structure(values: &StructureQuarter, suppressed: bool, which: OfQuarter) -> FigureData {
    let shops = values.shops;
    let count = |n: Option<u64>| n.map(|n| n as f64);
    // What rests on sales may have been filled in; counts have not.
    let (value, unit, missing, sold) = match which {
        OfQuarter::Establishments => (count(shops.map(|s| s.establishments)), Unit::Establishments, NO_COUNT, false),
        OfQuarter::Opened => (count(shops.and_then(|s| s.opened)), Unit::Establishments, NO_DETAIL, false),
        OfQuarter::Closed => (count(shops.and_then(|s| s.closed)), Unit::Establishments, NO_DETAIL, false),
        OfQuarter::NetRate => (values.net_rate(), Unit::ChangeRatio, NO_DETAIL, false),
        OfQuarter::FranchiseShare => (values.franchise_share(), Unit::Ratio, NO_DETAIL, false),
        OfQuarter::Sales => (values.sales, Unit::Won, NO_BASE, true),
        OfQuarter::SalesPerEstablishment => {
            (values.sales_per_establishment(), Unit::WonPerEstablishment, NO_COUNT, true)
        }
        OfQuarter::MarketShare => (values.market_share, Unit::Ratio, NO_BASE, true),
        OfQuarter::Payments => (values.payments, Unit::Payments, NO_PAYMENTS, true),
        OfQuarter::Ticket => (ticket(values), Unit::WonPerPayment, NO_PAYMENTS, true),
        OfQuarter::AmountChange => (values.amount_log.map(f64::exp_m1), Unit::ChangeRatio, NO_BASE, true),
        OfQuarter::CountEffect => (values.count_log(), Unit::LogChange, NO_PAYMENTS, true),
        OfQuarter::TicketEffect => (values.ticket_log, Unit::LogChange, NO_PAYMENTS, true),
        OfQuarter::Footfall => (values.footfall, Unit::Persons, NO_FOOTFALL, false),
    };
    match value {
        _ if suppressed => missing_figure(unit, FigureStatus::Suppressed, TOO_FEW_SHOPS),
        Some(value) if values.imputed && sold => imputed(value, unit),
        Some(value) => FigureData::plain(value, unit, FigureStatus::Measured),
        None => missing_figure(unit, FigureStatus::NotAvailable, missing),
    }
}

fn missing_figure(unit: Unit, status: FigureStatus, (ko, en): (&str, &str)) -> FigureData {
    FigureData::missing(unit, status, ko, en)
}

fn imputed(value: f64, unit: Unit) -> FigureData {
    FigureData::plain(value, unit, FigureStatus::Imputed).with_reason(Some(Reason {
        ko: "이 분기 또는 기준연도 같은 분기의 빠진 매출을 앞뒤 분기로 채웠습니다.".to_owned(),
        en: "Missing sales of the quarter, or of the one of the base year, were filled in from their neighbours."
            .to_owned(),
    }))
}

/// Whose sales the trend of a market is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Its own.
    Market,
    /// Those of the neighbourhood around it.
    Neighbourhood,
    /// There are none.
    None,
}

/// One quarter of the trend of a market.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarketQuarter {
    /// First day.
    pub start: NaiveDate,
    /// Won.
    pub sales: Option<f64>,
    /// Change against the same quarter of the base year.
    pub change: Option<f64>,
    /// Sales were filled in.
    pub imputed: bool,
}

/// The trend of a market: whose sales there are, why not its own, and the sales.
pub fn market_trend(all: &LocalRun, row: &MarketRow) -> (Basis, Option<Reason>, Vec<MarketQuarter>) {
    let reason = |ko: &str, en: &str| Some(Reason { ko: ko.to_owned(), en: en.to_owned() });
    if row.sales_link.is_some() {
        let by_name = row.sales_link.as_deref() == Some("name");
        let note = reason(
            "상권 매출과 이름으로 연결했습니다.",
            "The sales of the commercial area were found by its name, which no other market in the lists has.",
        );
        let own = row.own_sales().into_iter();
        let quarters = own.map(|(start, sales, change)| MarketQuarter { start, sales, change, imputed: false });
        return (Basis::Market, note.filter(|_| by_name), quarters.collect());
    }
    let dong = row.dong_code.as_ref();
    let line =
        dong.and_then(|dong| all.margins.iter().find(|line| line.dong_code == *dong && line.industry_code.is_empty()));
    match line {
        Some(line) => (
            Basis::Neighbourhood,
            reason(
                "시장 자체의 매출 자료가 없어 행정동 전체의 매출을 보여 줍니다. 시장의 매출이 아닙니다.",
                "Nobody has counted the market's own sales: these are those of the whole neighbourhood, not the market's.",
            ),
            line.by_quarter()
                .into_iter()
                .map(|(start, values)| MarketQuarter {
                    start,
                    sales: values.sales,
                    change: values.amount_log.map(f64::exp_m1),
                    imputed: values.imputed,
                })
                .collect(),
        ),
        None => (
            Basis::None,
            reason(
                "시장의 매출도 주변 행정동의 매출도 알 수 없습니다.",
                "Neither the market's own sales nor those of a neighbourhood around it are known.",
            ),
            Vec::new(),
        ),
    }
}

/// Sales of one quarter of a market's trend.
pub fn market_sales(basis: Basis, quarter: &MarketQuarter) -> FigureData {
    of_market(basis, quarter, quarter.sales, Unit::Won)
}

/// Their change against the base year.
pub fn market_change(basis: Basis, quarter: &MarketQuarter) -> FigureData {
    of_market(basis, quarter, quarter.change, Unit::ChangeRatio)
}

fn of_market(basis: Basis, quarter: &MarketQuarter, value: Option<f64>, unit: Unit) -> FigureData {
    match value {
        Some(value) if quarter.imputed => imputed(value, unit),
        Some(value) => FigureData::plain(value, unit, FigureStatus::Measured),
        None if basis == Basis::Neighbourhood && quarter.sales.is_none() => missing_figure(
            unit,
            FigureStatus::Suppressed,
            ("행정동의 매출이 비공개입니다.", "The sales of the neighbourhood are hidden."),
        ),
        None => missing_figure(unit, FigureStatus::NotAvailable, NO_BASE),
    }
}

/// Shops of a market.
pub fn market_shops(row: &MarketRow) -> FigureData {
    match row.shops {
        Some(n) => FigureData::plain(f64::from(n), Unit::Establishments, FigureStatus::Measured),
        None => missing_figure(
            Unit::Establishments,
            FigureStatus::NotAvailable,
            ("목록에 점포 수가 없습니다.", "No list counts its shops."),
        ),
    }
}

/// What a market is called in paths: its name, and its number where several have the same name.
pub fn market_name(all: &LocalRun, row: &MarketRow) -> String {
    let alike = all.markets.iter().filter(|other| other.name_ko == row.name_ko).count();
    if alike > 1 { format!("{} {}", row.name_ko, row.number) } else { row.name_ko.clone() }
}

/// One figure of the use of merchants: one of the numbers of a line, by the place of the month in it.
pub fn usage(numbers: &[Option<i64>], at: usize, unit: Unit) -> FigureData {
    match numbers.get(at).copied().flatten() {
        Some(value) => FigureData::plain(value as f64, unit, FigureStatus::Measured),
        None => missing_figure(
            unit,
            FigureStatus::Suppressed,
            (
                "가맹점 수가 너무 적어, 또는 그런 값을 보호하기 위해 공개하지 않습니다.",
                "Hidden because too few merchants stand behind it, or to protect a figure of which that is true.",
            ),
        ),
    }
}

/// The numbers of a line of the use of merchants with their names in paths.
pub fn usage_numbers(row: &UsageRow) -> [(&'static str, &[Option<i64>], Unit); 3] {
    [
        ("merchants", &row.merchants, Unit::Merchants),
        ("transactions", &row.transactions, Unit::Payments),
        ("amount", &row.amount_won, Unit::Won),
    ]
}

/// What went with a policy by another outcome, in per cent.
pub fn comparison(row: &JudgedRow) -> FigureData {
    match &row.found {
        Ok(found) => {
            let (lower, upper) = found.difference.ci95;
            FigureData::plain(super::percent(found.difference.point), Unit::Percent, FigureStatus::Estimated)
                .with_interval(Some((super::percent(lower), super::percent(upper))), "Welch, change of each member")
                .with_sample_size(i64::try_from(found.treated.len() + found.control.len()).ok())
        }
        Err(shortfall) => {
            let (status, sentences) = no_comparison(*shortfall, row.outcome);
            missing_figure(Unit::Percent, status, sentences)
        }
    }
}

fn no_comparison(shortfall: NoComparison, outcome: Outcome) -> (FigureStatus, (&'static str, &'static str)) {
    match (shortfall, outcome) {
        (NoComparison::NoData, Outcome::FranchiseSales) => (
            FigureStatus::NotAvailable,
            (
                "프랜차이즈와 개인 점포의 매출을 구분하는 자료가 없습니다.",
                "No file that is read tells the sales of chains from those of independent shops.",
            ),
        ),
        (NoComparison::NoData, Outcome::MarketSales) => (
            FigureStatus::NotAvailable,
            (
                "구 안의 시장·상권 자체의 매출 자료가 없습니다.",
                "No sales of the district's own markets and commercial areas are imported.",
            ),
        ),
        (NoComparison::NoData, _) => (
            FigureStatus::NotAvailable,
            ("이 비교에 필요한 자료가 없습니다.", "The data that this comparison needs are not imported."),
        ),
        (NoComparison::PeriodsMissing, _) => (
            FigureStatus::InsufficientData,
            (
                "정책 전후의 기간, 또는 기준연도의 같은 기간이 자료에 없습니다.",
                "The periods around the policy, or the same ones of the base year, are not all in the data.",
            ),
        ),
        (NoComparison::TooFewMembers, _) => (
            FigureStatus::InsufficientData,
            ("비교할 대상이 한쪽에 두 개 미만입니다.", "A group has fewer than two members, or nothing in it varies."),
        ),
        (NoComparison::NothingToCompare, _) => (
            FigureStatus::NotAvailable,
            (
                "정책이 업종을 지정하지 않아 비교할 대상이 없습니다.",
                "The policy names no industries, so there is nothing to compare with.",
            ),
        ),
    }
}

/// The level of the last weeks of a scope.
pub fn level(row: &LevelRow) -> FigureData {
    match &row.level {
        Some(level) => FigureData::plain(level.point, Unit::Ratio, FigureStatus::Estimated)
            .with_interval(Some(level.ci95), LEVEL_METHOD)
            .with_sample_size(i64::try_from(level.weeks).ok()),
        None if row.status == "SUPPRESSED" => missing_figure(Unit::Ratio, FigureStatus::Suppressed, TOO_FEW_SHOPS),
        None => missing_figure(
            Unit::Ratio,
            FigureStatus::InsufficientData,
            (
                "주간 자료가 너무 적어 최근 수준과 구간을 낼 수 없습니다.",
                "There are too few weeks for a level of the last ones with an interval.",
            ),
        ),
    }
}

/// The level of the last quarter of a market's own sales. A market is never said to be below by the sales of its
/// neighbourhood.
pub fn market_level(all: &LocalRun, row: &MarketRow) -> FigureData {
    let (basis, reason, quarters) = market_trend(all, row);
    if basis != Basis::Market {
        let reason = reason.unwrap_or_else(|| Reason { ko: String::new(), en: String::new() });
        return missing_figure(Unit::Ratio, FigureStatus::NotAvailable, (&reason.ko, &reason.en));
    }
    match quarters.iter().rev().find_map(|quarter| quarter.change) {
        Some(change) => FigureData::plain(1.0 + change, Unit::Ratio, FigureStatus::Measured).with_reason(Some(Reason {
            ko: "마지막 분기의 실측 수준입니다. 분기 자료만 있어 구간이 없으므로 확실히 낮다고 말할 수 없습니다.".to_owned(),
            en: "The measured level of the last quarter. Quarters alone give no interval, so nothing is said with confidence."
                .to_owned(),
        })),
        None => missing_figure(
            Unit::Ratio,
            FigureStatus::InsufficientData,
            (
                "시장의 매출에 비교할 기준연도의 분기가 없습니다.",
                "The market's own sales have no quarter of the base year to compare with.",
            ),
        ),
    }
}

impl LocalRun {
    /// The line of the structure of a dong and an industry; empty codes stand for all.
    pub fn line(&self, dong: &str, industry: &str) -> Option<&StructureRow> {
        self.margins.iter().find(|line| line.dong_code == dong && line.industry_code == industry)
    }

    /// A quarter of that line, and whether it is hidden.
    pub fn quarter(&self, dong: &str, industry: &str, quarter: &str) -> Option<(StructureQuarter, bool)> {
        let line = self.line(dong, industry)?;
        let found = line.by_quarter().into_iter().find(|(start, _)| start.to_string() == quarter);
        found.map(|(_, values)| (values, line.status == "SUPPRESSED"))
    }

    /// The market with this name in paths.
    pub fn market(&self, name: &str) -> Option<&MarketRow> {
        self.markets.iter().find(|row| market_name(self, row) == name)
    }

    /// The line of the use of merchants with the place of a month in it.
    pub fn usage_in(&self, scheme: &str, dong: &str, industry: &str, month: &str) -> Option<(&UsageRow, usize)> {
        let is = |row: &&UsageRow| row.scheme == scheme && row.dong_code == dong && row.industry_code == industry;
        let row = self.usage.iter().find(is)?;
        let at = row.months.iter().position(|start| start.is_some_and(|start| start.to_string() == month))?;
        Some((row, at))
    }

    /// A policy judged by an outcome.
    pub fn judged_by(&self, policy: &str, outcome: &str, scheme: &str) -> Option<&JudgedRow> {
        let is = |row: &&JudgedRow| row.policy == policy && row.outcome.name() == outcome && row.scheme == scheme;
        self.judged.iter().find(is)
    }

    /// Where a scope stands.
    pub fn level_of(&self, scope: &str, code: &str) -> Option<&LevelRow> {
        self.levels.iter().find(|row| row.scope == scope && row.code == code)
    }
}

/// The figure at a path; none where there is no such figure.
pub fn figure(all: &LocalRun, path: &[&str]) -> Option<FigureData> {
    match path {
        ["structure", dong, industry, quarter, name] => {
            let (values, hidden) = all.quarter(dong, industry, quarter)?;
            Some(structure(&values, hidden, OfQuarter::named(name)?))
        }
        ["market", name, "shops"] => all.market(name).map(market_shops),
        ["market", market, quarter, name] => {
            let (basis, _, quarters) = market_trend(all, all.market(market)?);
            let quarter = quarters.iter().find(|found| found.start.to_string() == *quarter)?;
            match *name {
                "sales" => Some(market_sales(basis, quarter)),
                "change" => Some(market_change(basis, quarter)),
                _ => None,
            }
        }
        ["usage", scheme, dong, industry, month, name] => {
            let (row, at) = all.usage_in(scheme, dong, industry, month)?;
            let (_, numbers, unit) = usage_numbers(row).into_iter().find(|(known, ..)| known == name)?;
            Some(usage(numbers, at, unit))
        }
        ["comparison", policy, outcome, scheme] => all.judged_by(policy, outcome, scheme).map(comparison),
        ["level", "market", name] => all.market(name).map(|row| market_level(all, row)),
        ["level", scope, code] => all.level_of(scope, code).map(level),
        _ => None,
    }
}

/// Every figure with its path, in the order of the tables. Those of single cells are not loaded with a run.
pub fn figures(run: &EconomyRun) -> Vec<(Vec<String>, FigureData)> {
    let all = &run.local;
    let mut found = Vec::new();
    let mut put = |path: &[&str], figure: FigureData| {
        found.push((path.iter().map(|part| (*part).to_owned()).collect(), figure));
    };
    for line in &all.margins {
        for (start, values) in line.by_quarter() {
            for (which, name) in OfQuarter::ALL {
                let path = ["structure", &line.dong_code, &line.industry_code, &start.to_string(), name];
                put(&path, structure(&values, line.status == "SUPPRESSED", which));
            }
        }
    }
    for row in &all.markets {
        let market = market_name(all, row);
        put(&["market", &market, "shops"], market_shops(row));
        let (basis, _, quarters) = market_trend(all, row);
        for quarter in quarters.iter().filter(|_| basis == Basis::Market) {
            let start = quarter.start.to_string();
            put(&["market", &market, &start, "sales"], market_sales(basis, quarter));
            put(&["market", &market, &start, "change"], market_change(basis, quarter));
        }
        put(&["level", "market", &market], market_level(all, row));
    }
    for row in &all.usage {
        for (at, month) in row.months.iter().enumerate().filter_map(|(at, month)| Some((at, (*month)?))) {
            for (name, numbers, unit) in usage_numbers(row) {
                let path = ["usage", &row.scheme, &row.dong_code, &row.industry_code, &month.to_string(), name];
                put(&path, usage(numbers, at, unit));
            }
        }
    }
    for row in &all.judged {
        put(&["comparison", &row.policy, row.outcome.name(), &row.scheme], comparison(row));
    }
    for row in &all.levels {
        put(&["level", &row.scope, &row.code], level(row));
    }
    found
}
