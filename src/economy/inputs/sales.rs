//! Card sales, added up where they are stored.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Double, Integer, Nullable, Text};

use crate::calendar::Grain;
use crate::db::While;
use crate::db::schema::{card_sales, dataset_version};
use crate::economy::analysis::{Cell, Earlier, Merchants, MissingDays, Observed, Sales, Sums, fill, missing_days};
use crate::error::Result;
use crate::run::reading::Reading;

#[derive(QueryableByName)]
struct CellRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = Array<Date>)]
    periods: Vec<NaiveDate>,
    #[diesel(sql_type = Array<BigInt>)]
    amounts: Vec<i64>,
    #[diesel(sql_type = Array<BigInt>)]
    seen: Vec<i64>,
    #[diesel(sql_type = Array<Nullable<BigInt>>)]
    payments: Vec<Option<i64>>,
    #[diesel(sql_type = Nullable<Integer>)]
    merchants: Option<i32>,
    #[diesel(sql_type = Nullable<Double>)]
    largest_share: Option<f64>,
}

#[derive(QueryableByName)]
struct DayRow {
    #[diesel(sql_type = Date)]
    on_date: NaiveDate,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

#[derive(QueryableByName)]
struct CellDayRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = Date)]
    on_date: NaiveDate,
    #[diesel(sql_type = BigInt)]
    amount: i64,
}

/// The gaps of every cell, in order.
type CellGaps = Vec<(Cell, Vec<MissingDays>)>;

#[derive(QueryableByName)]
struct EarlierRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = Bool)]
    shown: bool,
    #[diesel(sql_type = Bool)]
    sensitive: bool,
}

/// Grains of rows in the source table, from the finest. Files of different grains count different shops, so the finest
/// that there is speaks alone.
const SOURCE_GRAINS: [&str; 4] = ["day", "week", "month", "quarter"];

/// The sales of a district from the named versions; empty when they hold none.
pub fn read(conn: &mut PgConnection, district: &str, versions: &[i32], codes: &[i32]) -> Result<Sales> {
    let grains: Vec<(String, Option<NaiveDate>, Option<NaiveDate>)> = card_sales::table
        .filter(card_sales::version_id.eq_any(versions))
        .filter(card_sales::dong_code.like(format!("{district}%")))
        .group_by(card_sales::grain)
        .select((card_sales::grain, diesel::dsl::min(card_sales::starts_on), diesel::dsl::max(card_sales::starts_on)))
        .load(conn)
        .doing("looking which grains the card sales have")?;
    let finest = SOURCE_GRAINS.into_iter().find_map(|wanted| grains.iter().find(|(grain, _, _)| grain == wanted));
    let Some((source, Some(first), Some(last))) = finest else { return Ok(Sales::default()) };
    let last = Grain::named(source).map_or(*last, |grain| grain.end(*last));
    let mut sales = Sales {
        span: Some((*first, last)),
        disclosure_checked: disclosure_checked(conn, versions)?,
        ..Sales::default()
    };
    let span = (*first, last);
    let mut lacking = CellGaps::new();
    let mut cells = |conn: &mut PgConnection, grain: Grain| -> Result<Sums> {
        let rows: Vec<CellRow> = diesel::sql_query(include_str!("../sales_by_period.sql"))
            .bind::<Text, _>(district)
            .bind::<Array<Integer>, _>(versions)
            .bind::<Array<Integer>, _>(codes)
            .bind::<Text, _>(grain.name())
            .bind::<Text, _>(source)
            .load(conn)
            .doing("adding up card sales")?;
        let mut sums = Sums::new();
        for row in rows {
            let cell = (row.dong_code, row.industry_code);
            sales.merchants.insert(
                cell.clone(),
                Merchants { fewest: row.merchants.map(i32::unsigned_abs), largest_share: row.largest_share },
            );
            let days = |start: NaiveDate, seen: i64| match source.as_str() {
                "day" => seen.count_ones(),
                _ => grain.days(start),
            };
            if source == "day" && grain == Grain::Month {
                let months = row.periods.iter().zip(&row.seen).map(|(start, seen)| (*start, seen.cast_unsigned()));
                lacking.push((cell.clone(), missing_days(months, span)));
            }
            let periods = row.periods.into_iter().zip(row.amounts).zip(row.seen).zip(row.payments);
            sums.insert(
                cell,
                periods
                    .map(|(((start, amount), seen), payments)| {
                        (start, Observed { amount, days: days(start, seen), payments })
                    })
                    .collect(),
            );
        }
        Ok(sums)
    };
    match source.as_str() {
        "day" => {
            sales.weeks = cells(conn, Grain::Week)?;
            sales.months = cells(conn, Grain::Month)?;
        }
        "week" => sales.weeks = cells(conn, Grain::Week)?,
        "month" => sales.months = cells(conn, Grain::Month)?,
        _ => sales.quarters = cells(conn, Grain::Quarter)?,
    }
    if sales.quarters.is_empty() {
        sales.quarters = by_quarter(&sales.months);
    }
    if source == "day" {
        sales.daily_total = by_day(conn, district, versions)?;
        fill_in(conn, district, versions, codes, &lacking, span, &mut sales.daily_total)?;
    }
    Ok(sales)
}

/// Three months each; a month that is not there counts no day.
fn by_quarter(months: &Sums) -> Sums {
    let of_cell = |months: &BTreeMap<NaiveDate, Observed>| {
        let mut quarters = BTreeMap::<NaiveDate, Observed>::new();
        for (start, month) in months {
            let sum = quarters.entry(Grain::Quarter.start_of(*start)).or_default();
            let payments =
                if sum.days == 0 { month.payments } else { sum.payments.zip(month.payments).map(|(a, b)| a + b) };
            *sum = Observed { amount: sum.amount + month.amount, days: sum.days + month.days, payments };
        }
        quarters
    };
    months.iter().map(|(cell, months)| (cell.clone(), of_cell(months))).collect()
}

fn by_day(conn: &mut PgConnection, district: &str, versions: &[i32]) -> Result<BTreeMap<NaiveDate, f64>> {
    let rows: Vec<DayRow> = diesel::sql_query(include_str!("../sales_by_day.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(versions)
        .load(conn)
        .doing("adding up card sales by day")?;
    Ok(rows.into_iter().map(|row| (row.on_date, row.amount as f64)).collect())
}

/// Adds what the gaps of the cells are filled with. Of a cell only the days beside a gap are read.
fn fill_in(
    conn: &mut PgConnection,
    district: &str,
    versions: &[i32],
    codes: &[i32],
    lacking: &CellGaps,
    span: (NaiveDate, NaiveDate),
    total: &mut BTreeMap<NaiveDate, f64>,
) -> Result<()> {
    let (mut dongs, mut industries, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for ((dong, industry), gaps) in lacking {
        for day in gaps.iter().flat_map(|gap| [gap.before, gap.after]).flatten() {
            dongs.push(dong.as_str());
            industries.push(industry.as_str());
            days.push(day);
        }
    }
    if days.is_empty() {
        return Ok(());
    }
    let rows: Vec<CellDayRow> = diesel::sql_query(include_str!("../sales_of_days.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(versions)
        .bind::<Array<Integer>, _>(codes)
        .bind::<Array<Text>, _>(dongs)
        .bind::<Array<Text>, _>(industries)
        .bind::<Array<Date>, _>(days)
        .load(conn)
        .doing("reading the days beside gaps")?;
    let mut beside = BTreeMap::<Cell, BTreeMap<NaiveDate, i64>>::new();
    for row in rows {
        beside.entry((row.dong_code, row.industry_code)).or_default().insert(row.on_date, row.amount);
    }
    // In the order of the cells, so that the same data give the same bits.
    for (cell, gaps) in lacking {
        let Some(amounts) = beside.get(cell) else { continue };
        for (day, amount) in gaps.iter().flat_map(|gap| fill(*gap, span, |day| amounts.get(&day).copied())) {
            *total.entry(day).or_default() += amount;
        }
    }
    Ok(())
}

fn disclosure_checked(conn: &mut PgConnection, versions: &[i32]) -> Result<bool> {
    let unchecked: i64 = dataset_version::table
        .filter(dataset_version::id.eq_any(versions))
        .filter(dataset_version::disclosure_checked.eq(false))
        .count()
        .get_result(conn)
        .doing("looking whether the publishers have protected small cells")?;
    Ok(unchecked == 0)
}

/// What earlier runs have shown of sales between two days, and what they held to be sensitive.
pub fn earlier(conn: &mut PgConnection, reading: Reading, first: NaiveDate, last: NaiveDate) -> Result<Earlier> {
    let rows: Vec<EarlierRow> = diesel::sql_query(include_str!("../earlier_sales.sql"))
        .bind::<Date, _>(first)
        .bind::<Date, _>(last)
        .bind::<Integer, _>(reading.before())
        .load(conn)
        .doing("reading what earlier runs have shown")?;
    let mut earlier = Earlier::default();
    for row in rows {
        let key = (row.dong_code, row.industry_code);
        if row.shown {
            earlier.shown.insert(key.clone());
        }
        if row.sensitive {
            earlier.sensitive.insert(key);
        }
    }
    Ok(earlier)
}
