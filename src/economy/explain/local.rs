//! Structure, markets, use of merchants, policies by other outcomes, and levels.

use super::series::{changes, scope_name};
use crate::economy::analysis::{LEVEL_WEEKS, Outcome, StructureQuarter};
use crate::economy::results::EconomyRun;
use crate::economy::results::local::{JudgedRow, MarketRow};
use crate::economy::shown::local::{Basis, market_trend, ticket};
use crate::economy::shown::{params, percent};
use crate::error::Result;
use crate::graphql::figure::{FigureData, Reason};
use crate::run::explain::{Explanation, Table, both, number};
use crate::run::record::Run;

/// A line of the structure: the name of its place and trade.
fn line_name(all: &EconomyRun, dong: &str, industry: &str) -> Reason {
    match (dong, industry) {
        ("", "") => scope_name(all, "district", ""),
        (dong, "") => scope_name(all, "dong", dong),
        ("", industry) => scope_name(all, "industry", industry),
        (dong, industry) => scope_name(all, "cell", &format!("{dong},{industry}")),
    }
}

/// One figure of a quarter of the structure.
pub fn structure(
    run: &Run,
    all: &EconomyRun,
    [dong, industry, quarter, name]: [&str; 4],
    figure: &FigureData,
) -> Result<Explanation> {
    let of = line_name(all, dong, industry);
    let (ko, en, words, formula) = wording(name);
    let mut e = Explanation::new(
        both(
            format!("{}의 {quarter} 시작 분기: {ko}.", of.ko),
            format!("{} in the quarter from {quarter}: {en}.", of.en),
        ),
        words,
        formula,
    )
    .with_parameters(&["baseYear", "minDays", "minEstablishments"]);
    let Some((now, _)) = all.local.quarter(dong, industry, quarter) else { return Ok(e) };
    let base_year = params(run)?.base_year;
    let base = same_quarter_of(quarter, base_year).and_then(|start| all.local.quarter(dong, industry, &start));
    let base = base.map(|(values, _)| values);
    let of_shops =
        |get: fn(&crate::economy::analysis::Shops) -> Option<u64>| now.shops.as_ref().and_then(get).map(|n| n as f64);
    let value = figure.value;
    match name {
        "establishments" | "opened" | "closed" => e.term("n", "점포 수", "Shops", value),
        "net_rate" => {
            let (shops, opened, closed) =
                (of_shops(|s| Some(s.establishments)), of_shops(|s| s.opened), of_shops(|s| s.closed));
            e.term("shops", "분기 말 점포 수", "Shops at the end", shops);
            e.term("opened", "개업", "Opened", opened);
            e.term("closed", "폐업", "Closed", closed);
            if let (Some(shops), Some(opened), Some(closed), Some(value)) = (shops, opened, closed, value) {
                e.filled = Some(format!("({opened} − {closed}) / ({shops} − {opened} + {closed}) = {}", number(value)));
            }
        }
        "franchise_share" => quotient(
            &mut e,
            ("franchises", "프랜차이즈 점포 수", "Chains", of_shops(|s| s.franchises)),
            ("shops", "점포 수", "Shops", of_shops(|s| Some(s.establishments))),
            value,
        ),
        "sales_per_establishment" => quotient(
            &mut e,
            ("sales", "매출(원)", "Sales, won", now.sales),
            ("shops", "점포 수", "Shops", of_shops(|s| Some(s.establishments))),
            value,
        ),
        "market_share" => {
            let whole =
                all.local.quarter("", "", quarter).and_then(|(values, hidden)| values.sales.filter(|_| !hidden));
            quotient(
                &mut e,
                ("sales", "매출(원)", "Sales, won", now.sales),
                ("sales of the district", "구 전체 매출(원)", "Sales of the district, won", whole),
                value,
            );
        }
        "ticket" => quotient(
            &mut e,
            ("sales", "매출(원)", "Sales, won", now.sales),
            ("payments", "결제 건수", "Payments", now.payments),
            value,
        ),
        "amount_change" => quotient_less_one(&mut e, now.sales, base.and_then(|b| b.sales), value),
        "count_effect" => logs(&mut e, now.payments, base.and_then(|b| b.payments), value),
        "ticket_effect" => logs(&mut e, ticket(&now), base.as_ref().and_then(ticket), value),
        _ => e.term("sum", "합", "The sum", value),
    }
    notes(&mut e, &now, name);
    Ok(e)
}

fn notes(e: &mut Explanation, now: &StructureQuarter, name: &str) {
    let rests_on_sales =
        !["establishments", "opened", "closed", "net_rate", "franchise_share", "footfall"].contains(&name);
    if rests_on_sales && now.imputed {
        e.leave_out(
            "이 분기나 기준 분기의 빠진 매출을 앞뒤 분기로 채웠습니다(제외하지 않음).",
            "Missing sales of the quarter, or of the one of the base year, were filled in (they did enter).",
            None,
        );
    }
    e.leave_out(
        "매출 자료가 없는 업종의 점포는 넣지 않습니다. 동·업종별 값은 여기에 나열하지 않습니다.",
        "Shops of industries without sales in the files do not enter. Single cells are not listed here.",
        None,
    );
}

/// What a figure of the structure is, how it is computed in words, and in symbols.
fn wording(name: &str) -> (&'static str, &'static str, Reason, &'static str) {
    let counted = || both("점포 자료의 수를 더합니다.", "The counts of the file of establishments are summed.");
    let divided = || both("앞의 수를 뒤의 수로 나눕니다.", "The first number over the second.");
    let added = || both("그 분기의 값을 칸마다 더합니다.", "The values of the quarter are summed over the cells.");
    let logs = || {
        both(
            "매출 변화의 로그는 건수 변화와 건당 금액 변화의 합과 같습니다.",
            "The log change of sales is the sum of that of the payments and that of won a payment, exactly.",
        )
    };
    match name {
        "establishments" => ("점포 수", "shops", counted(), "Σ shops"),
        "opened" => ("개업", "shops opened", counted(), "Σ opened"),
        "closed" => ("폐업", "shops closed", counted(), "Σ closed"),
        "net_rate" => ("순증가율", "net rate", divided(), "(opened − closed) / (shops − opened + closed)"),
        "franchise_share" => ("프랜차이즈 비율", "share of chains", divided(), "franchises / shops"),
        "sales" => ("카드매출(원)", "card sales, won", added(), "Σ over cells sales"),
        "sales_per_establishment" => ("점포당 매출(원)", "won a shop", divided(), "sales / shops"),
        "market_share" => ("시장 점유율", "share of the district's sales", divided(), "sales / sales of the district"),
        "payments" => ("결제 건수", "payments", added(), "Σ over cells payments"),
        "ticket" => ("건당 금액(원)", "won a payment", divided(), "sales / payments"),
        "amount_change" => ("기준연도 대비 매출 변화", "change of sales", divided(), "sales / base − 1"),
        "count_effect" => ("건수 효과(로그)", "the part of the payments, logs", logs(), "log(payments / base)"),
        "ticket_effect" => ("건당 금액 효과(로그)", "the part of won a payment, logs", logs(), "log(ticket / base)"),
        _ => ("길단위 유동인구(명)", "people on the street", added(), "Σ over bands of hours people"),
    }
}

type Number<'a> = (&'static str, &'a str, &'a str, Option<f64>);

fn quotient(e: &mut Explanation, above: Number<'_>, below: Number<'_>, value: Option<f64>) {
    for (symbol, ko, en, number) in [above, below] {
        e.term(symbol, ko, en, number);
    }
    if let (Some(above), Some(below), Some(value)) = (above.3, below.3, value) {
        e.filled = Some(format!("{above} / {below} = {}", number(value)));
    }
}

fn quotient_less_one(e: &mut Explanation, now: Option<f64>, base: Option<f64>, value: Option<f64>) {
    e.term("sales", "그 분기의 매출(원)", "Sales of the quarter, won", now);
    e.term("base", "기준연도 같은 분기의 매출(원)", "Sales of the same quarter of the base year, won", base);
    if let (Some(now), Some(base), Some(value)) = (now, base, value) {
        e.filled = Some(format!("{now} / {base} − 1 = {}", number(value)));
    }
}

fn logs(e: &mut Explanation, now: Option<f64>, base: Option<f64>, value: Option<f64>) {
    e.term("now", "그 분기의 값", "The value of the quarter", now);
    e.term("base", "기준연도 같은 분기의 값", "The value of the same quarter of the base year", base);
    if let (Some(now), Some(base), Some(value)) = (now, base, value) {
        e.filled = Some(format!("log({now} / {base}) = {}", number(value)));
    }
}

/// First day of the same quarter of another year, as a path has it.
fn same_quarter_of(quarter: &str, year: i32) -> Option<String> {
    quarter.split_once('-').map(|(_, rest)| format!("{year}-{rest}"))
}

/// Shops of a market, or a quarter of its trend.
pub fn market(run: &Run, all: &EconomyRun, row: &MarketRow, at: &[&str], figure: &FigureData) -> Result<Explanation> {
    let name = &row.name_ko;
    let (basis, reason, quarters) = market_trend(&all.local, row);
    let mut e = match at {
        ["shops"] => Explanation::new(
            both(format!("{name}의 점포 수."), format!("Shops of {name}.")),
            both("시장 목록에 적힌 수입니다.", "The number that a list of markets gives."),
            "n",
        ),
        [quarter, "sales"] => Explanation::new(
            both(format!("{name}, {quarter} 시작 분기의 매출(원)."), format!("Sales of {name} from {quarter}, won.")),
            both("상권 파일의 업종별 매출을 더합니다.", "Sales by industry of the file of commercial areas, summed."),
            "Σ over industries sales",
        ),
        _ => Explanation::new(
            both(
                format!("{name}, {} 시작 분기의 기준연도 대비 매출 변화.", at.first().unwrap_or(&"")),
                format!("Change of the sales of {name} from {}, against the base year.", at.first().unwrap_or(&"")),
            ),
            both(
                "그 분기의 매출을 기준연도 같은 분기의 매출로 나누고 1을 뺍니다.",
                "Sales over those of the same quarter of the base year, minus 1.",
            ),
            "sales / base − 1",
        )
        .with_parameters(&["baseYear"]),
    };
    if let [quarter, "change"] = at {
        let base = same_quarter_of(quarter, params(run)?.base_year);
        let sales = |start: &str| quarters.iter().find(|q| q.start.to_string() == start).and_then(|q| q.sales);
        quotient_less_one(&mut e, sales(quarter), base.as_deref().and_then(sales), figure.value);
    } else {
        e.term("n", "값", "The number", figure.value);
    }
    if let Some(reason) = reason.filter(|_| at != ["shops"]) {
        e.leave_out(&reason.ko, &reason.en, None);
    }
    if basis == Basis::Neighbourhood && at != ["shops"] {
        e.leave_out("시장 자체의 값이 아닙니다.", "It is not the market's own.", None);
    }
    Ok(e)
}

/// One number of a month of the use of merchants.
pub fn usage(all: &EconomyRun, path: [&str; 5], figure: &FigureData) -> Explanation {
    let [scheme, dong, industry, month, name] = path;
    let of = line_name(all, dong, industry);
    let (ko, en) = match name {
        "merchants" => ("가맹점 수", "merchants"),
        "transactions" => ("결제 건수", "payments"),
        _ => ("금액(원)", "won"),
    };
    let mut e = Explanation::new(
        both(format!("{scheme}, {} {month}: {ko}.", of.ko), format!("{scheme}, {} in {month}: {en}.", of.en)),
        both(
            "파일의 행을 동·업종별로 더합니다. 두 업종에 속한 가맹점은 합에 두 번 셉니다.",
            "Rows of the file are summed. A merchant in two industries counts twice in their sum.",
        ),
        "Σ over rows n",
    )
    .with_parameters(&["minEstablishments"]);
    e.term("n", "합", "The sum", figure.value);
    e.leave_out("동과 업종이 만나는 칸은 공개하지 않습니다.", "Cells of dong and industry are not shown.", None);
    e
}

/// A policy by another outcome.
pub fn comparison(row: &JudgedRow, figure: &FigureData) -> Explanation {
    let what = match row.outcome {
        Outcome::MarketSales => {
            ("전통시장 대 그 밖의 상권의 분기 매출", "quarterly sales of markets against other commercial areas")
        }
        Outcome::FranchiseSales => ("프랜차이즈 대 개인 점포의 매출", "sales of chains against independent shops"),
        Outcome::FranchiseShops => ("프랜차이즈 대 개인 점포의 수", "number of chains against independent shops"),
        Outcome::MerchantUsage => ("가맹점 이용 금액", "monthly amounts of a payment scheme"),
    };
    let mut e = Explanation::new(
        both(format!("정책 {}: {}.", row.policy, what.0), format!("Policy {}: {}.", row.policy, what.1)),
        both(
            "구성원마다 기준연도 같은 기간 대비 로그의 정책 후 평균에서 정책 전 평균을 빼고, 첫째 집단의 평균에서 둘째 집단의 평균을 \
             뺍니다. 구간은 Welch의 방법입니다. 연관이지 인과가 아닙니다.",
            "For each member: the mean log over the base year after the policy minus that before. Then the mean of the first \
             group minus that of the second, with Welch's interval. An association, not a cause.",
        ),
        "100·(exp(m₁ − m₀) − 1)",
    )
    .with_parameters(&["baseYear", "policyWeeks"]);
    if let Ok(found) = &row.found {
        let d = &found.difference;
        e.term("n₁", "첫째 집단의 수", "Members of the first group", Some(found.treated.len() as f64));
        e.term("n₀", "둘째 집단의 수", "Members of the second group", Some(found.control.len() as f64));
        e.term("d", "로그의 차이", "Difference of logs", Some(d.point));
        e.term("se", "표준오차", "Standard error", Some(d.se));
        e.term("df", "자유도 (Welch·Satterthwaite)", "Degrees of freedom (Welch)", Some(d.df));
        e.term("periods before", "정책 전 기간의 수", "Periods before", Some(found.before.len() as f64));
        e.term("periods after", "정책 후 기간의 수", "Periods after", Some(found.after.len() as f64));
        e.filled = figure.value.map(|_| format!("100·(exp({}) − 1) = {}", number(d.point), percent(d.point)));
        e.leave_out(
            "정책이 시작된 기간(일부만 적용)",
            "The period in which the policy began, which is only partly reached",
            Some(1.0),
        );
    } else if let Some(reason) = &figure.reason {
        e.leave_out(&reason.ko, &reason.en, None);
    }
    e
}

/// The level of the last weeks of a scope.
pub fn level(run: &Run, all: &EconomyRun, scope: &str, code: &str, figure: &FigureData) -> Result<Explanation> {
    let of = scope_name(all, scope, code);
    let mut e = Explanation::new(
        both(
            format!("{}의 마지막 {LEVEL_WEEKS}주 매출 수준(기준연도=1).", of.ko),
            format!("Level of the sales of {} in the last {LEVEL_WEEKS} weeks, 1 being the base year.", of.en),
        ),
        both(
            "주간 로그 변화를 '마지막 주들의 수준 + 그 이전 주의 차이'로 놓고 AR(1) 오차로 추정합니다. 절편의 지수가 수준입니다.",
            "The log changes of all weeks are a level of the last weeks plus a step for the weeks before, with AR(1) errors; \
             the level is the exponential of the intercept.",
        ),
        "exp(a),  y(t) = a + s·[t before the last weeks] + e(t)",
    )
    .with_parameters(&["baseYear", "minWeeks", "minDays"]);
    if figure.value.is_some() {
        let weeks: Vec<(String, f64)> = changes(all, scope, code, params(run)?.base_year)
            .into_iter()
            .filter_map(|c| {
                Some((format!("{}-W{:02}", c.week.year, c.week.week), c.aligned.filter(|s| *s > -1.0)?.ln_1p()))
            })
            .collect();
        let from = weeks.len().saturating_sub(LEVEL_WEEKS);
        e.table = Table {
            columns: vec!["before", "y"],
            rows: weeks
                .into_iter()
                .enumerate()
                .map(|(i, (week, y))| (week, vec![Some(if i < from { 1.0 } else { 0.0 }), Some(y)]))
                .collect(),
        };
    }
    e.term("exp(a)", "수준", "The level", figure.value);
    super::series::left_out(&mut e, all, scope, code, params(run)?.base_year);
    Ok(e)
}

/// The level of the last quarter of a market.
pub fn market_level(run: &Run, all: &EconomyRun, row: &MarketRow, figure: &FigureData) -> Result<Explanation> {
    let (_, _, quarters) = market_trend(&all.local, row);
    let mut e = Explanation::new(
        both(
            format!("{}의 마지막 분기 매출 수준(기준연도=1).", row.name_ko),
            format!("Level of the sales of {} in its last quarter, 1 being the base year.", row.name_ko),
        ),
        both(
            "시장 자체의 매출을 기준연도 같은 분기의 매출로 나눕니다.",
            "The market's own sales over those of the same quarter of the base year.",
        ),
        "sales / base",
    )
    .with_parameters(&["baseYear"]);
    if let Some((value, last)) = figure.value.zip(quarters.iter().rev().find(|q| q.change.is_some())) {
        let base = same_quarter_of(&last.start.to_string(), params(run)?.base_year)
            .and_then(|start| quarters.iter().find(|q| q.start.to_string() == start).and_then(|q| q.sales));
        quotient(
            &mut e,
            ("sales", "마지막 분기의 매출(원)", "Sales of the last quarter, won", last.sales),
            ("base", "기준연도 같은 분기의 매출(원)", "Sales of the same quarter of the base year, won", base),
            Some(value),
        );
    }
    if let Some(reason) = &figure.reason {
        e.leave_out(&reason.ko, &reason.en, None);
    }
    Ok(e)
}
