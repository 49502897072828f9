//! Card sales: the export of a card company (daily), the Seoul file by dong (quarterly), or our own layout.

use chrono::NaiveDate;

use super::sales_faults::{Known, amount, day, payments, refuse_other_units};
use crate::economy::tables::CardSales;
use crate::import::{Column, FileError, Parsed, ReadOptions, Row, Source, Table, value};

struct Layout {
    name: &'static str,
    system: &'static str,
    grain: &'static str,
    dong: usize,
    industry: usize,
    amount: usize,
    transactions: usize,
    start: Start,
    merchants: Option<usize>,
    largest_share: Option<usize>,
}

enum Start {
    Column(usize, ReadDay),
    YearAndQuarter(usize, usize),
}

/// How a layout writes the day, or the first day of its weeks, months or quarters.
type ReadDay = fn(&str) -> Result<NaiveDate, String>;

/// Reads a file of card sales. Amounts are multiplied by `--amount-unit`.
pub fn card_sales(source: &Source, options: &ReadOptions, known: Known<'_>) -> Result<Parsed<CardSales>, FileError> {
    let table = Table::read(source, options)?;
    let layout = recognise(&table)?;
    let mut parsed = Parsed::from_table(layout.name, &table, |row| one(row, &layout, options, known).map(|r| vec![r]));
    parsed.refuse_duplicates(&table, |r| (r.dong_code.clone(), r.industry_code.clone(), r.starts_on));
    refuse_other_units(&mut parsed, &table);
    Ok(parsed)
}

fn recognise(table: &Table) -> Result<Layout, FileError> {
    if table.column(&["receipt_dttm"]).is_some() {
        let [day, dong, industry, transactions, amount] = table.require([
            Column(&["receipt_dttm"]),
            Column(&["adstrd_code"]),
            Column(&["mrhst_induty_cl_code"]),
            Column(&["selng_cascnt"]),
            Column(&["salamt"]),
        ])?;
        // Names stand beside the codes; they are known and not needed.
        let _ = (table.column(&["adstrd_nm"]), table.column(&["mrhst_induty_cl_nm"]));
        return Ok(Layout {
            name: "card-company",
            system: "card",
            grain: "day",
            dong,
            industry,
            amount,
            transactions,
            start: Start::Column(day, value::day),
            merchants: None,
            largest_share: None,
        });
    }
    if table.column(&["서비스_업종_코드"]).is_some() {
        return seoul(table);
    }
    let [dong, industry, amount, transactions] = table.require([
        Column(&["dong_code"]),
        Column(&["industry_code"]),
        Column(&["amount_won"]),
        Column(&["transactions"]),
    ])?;
    let (grain, start): (_, ReadDay) = if table.column(&["date"]).is_some() {
        ("day", value::day)
    } else if table.column(&["week"]).is_some() {
        ("week", week)
    } else if table.column(&["month"]).is_some() {
        ("month", value::month)
    } else {
        ("quarter", value::quarter)
    };
    let [at] = table.require([Column(&["date", "week", "month", "quarter"])])?;
    Ok(Layout {
        name: "own",
        system: "own",
        grain,
        dong,
        industry,
        amount,
        transactions,
        start: Start::Column(at, start),
        merchants: table.column(&["merchants"]),
        largest_share: table.column(&["largest_share"]),
    })
}

fn seoul(table: &Table) -> Result<Layout, FileError> {
    if table.column(&["상권_코드"]).is_some() {
        return Err(
            "The file counts sales by commercial area (상권), not by dong, and cannot be imported together with files by dong.".to_owned()
        );
    }
    let [dong, industry, amount, transactions] = table.require([
        Column(&["행정동_코드"]),
        Column(&["서비스_업종_코드"]),
        Column(&["당월_매출_금액", "분기당_매출_금액"]),
        Column(&["당월_매출_건수", "분기당_매출_건수"]),
    ])?;
    let start = match table.column(&["기준_년분기_코드"]) {
        Some(at) => Start::Column(at, value::quarter),
        None => {
            let [year, quarter] = table.require([Column(&["기준_년_코드"]), Column(&["기준_분기_코드"])])?;
            Start::YearAndQuarter(year, quarter)
        }
    };
    Ok(Layout {
        name: "seoul-sales-dong",
        system: "seoul",
        grain: "quarter",
        dong,
        industry,
        amount,
        transactions,
        start,
        merchants: table.column(&["점포수"]),
        largest_share: None,
    })
}

/// Monday of "2020-W10", or of the week around a day.
fn week(text: &str) -> Result<NaiveDate, String> {
    use chrono::{Datelike, Weekday};
    if let Some((year, week)) = text.split_once("-W") {
        return year
            .parse()
            .ok()
            .zip(week.parse().ok())
            .and_then(|(y, w)| NaiveDate::from_isoywd_opt(y, w, Weekday::Mon))
            .ok_or_else(|| format!("\"{text}\" is not an ISO week"));
    }
    let day = value::day(text)?;
    Ok(day - chrono::Days::new(u64::from(day.weekday().num_days_from_monday())))
}

fn one(row: &Row<'_>, layout: &Layout, options: &ReadOptions, known: Known<'_>) -> Result<CardSales, String> {
    let starts_on = match layout.start {
        Start::Column(at, read) => read(row.need(at, "the date")?)?,
        Start::YearAndQuarter(y, q) => {
            value::quarter(&format!("{}{}", row.need(y, "the year")?, row.need(q, "the quarter")?))?
        }
    };
    day(starts_on, known.today, options.period)?;
    let days = match layout.grain {
        "day" => 1,
        "week" => 7,
        "month" => 31,
        _ => 92,
    };
    let amount_won = amount(row.need(layout.amount, "the amount")?, options.amount_unit.unwrap_or(1), days)?;
    let transactions = value::optional(row.get(layout.transactions), value::integer)?;
    payments(amount_won, transactions)?;
    let largest_share = value::optional(layout.largest_share.and_then(|at| row.get(at)), value::decimal)?;
    if largest_share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        return Err("largest_share is not from 0 to 1".to_owned());
    }
    let dong = row.need(layout.dong, "the dong code")?;
    // The files of the city hold all of its districts; what a district has ordered for itself holds only its own dongs.
    let dong =
        if layout.system == "seoul" { known.directory.resolve(dong) } else { known.directory.resolve_own(dong) }?;
    let industry = row.need(layout.industry, "the industry code")?;
    if layout.system == "own" && !known.industries.is_empty() && !known.industries.contains(industry) {
        return Err(format!("the district's list of industries has no code {industry}"));
    }
    Ok(CardSales {
        dong_code: dong.as_str().to_owned(),
        system: layout.system.to_owned(),
        industry_code: industry.to_owned(),
        grain: layout.grain.to_owned(),
        starts_on,
        version_id: 0,
        amount_won,
        transactions,
        merchants: value::optional(layout.merchants.and_then(|at| row.get(at)), value::count)?,
        largest_share,
    })
}
