//! Shops by quarter, markets, sales of commercial areas, use of merchants, and people on the street.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Double, Integer, Nullable, SmallInt, Text};

use crate::db::While;
use crate::db::schema::dong_code;
use crate::economy::analysis::{AreaInput, EarlierUsage, LocalInputs, MarketInput, ShopCounts, Shops, UsageInput};
use crate::error::Result;
use crate::run::dataset::DatasetVersion;
use crate::run::reading::Reading;

#[derive(QueryableByName)]
struct ShopRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = Date)]
    quarter: NaiveDate,
    #[diesel(sql_type = BigInt)]
    establishments: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    franchises: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    opened: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    closed: Option<i64>,
}

#[derive(QueryableByName)]
struct MarketRow {
    #[diesel(sql_type = Text)]
    layout: String,
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    name_ko: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    address: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    shops: Option<i32>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    opened_in: Option<i16>,
    #[diesel(sql_type = Nullable<Double>)]
    lon: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    lat: Option<f64>,
    #[diesel(sql_type = Nullable<Text>)]
    dong_code: Option<String>,
    #[diesel(sql_type = Bool)]
    ours: bool,
}

#[derive(QueryableByName)]
struct AreaRow {
    #[diesel(sql_type = Text)]
    area_code: String,
    #[diesel(sql_type = Text)]
    area_name: String,
    #[diesel(sql_type = Text)]
    area_kind: String,
    #[diesel(sql_type = Date)]
    quarter: NaiveDate,
    #[diesel(sql_type = BigInt)]
    amount_won: i64,
}

#[derive(QueryableByName)]
struct UsageRow {
    #[diesel(sql_type = Text)]
    scheme: String,
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = Integer)]
    merchants: i32,
    #[diesel(sql_type = BigInt)]
    transactions: i64,
    #[diesel(sql_type = BigInt)]
    amount_won: i64,
}

#[derive(QueryableByName)]
struct FootfallRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Date)]
    quarter: NaiveDate,
    #[diesel(sql_type = Double)]
    people: f64,
}

#[derive(QueryableByName)]
struct EarlierRow {
    #[diesel(sql_type = Text)]
    scheme: String,
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = Bool)]
    shown: bool,
    #[diesel(sql_type = Bool)]
    hidden: bool,
}

/// Versions that [`super::inputs`] has not read already are added to `used`.
pub fn local(
    conn: &mut PgConnection,
    reading: Reading,
    district: &str,
    used: &mut Vec<DatasetVersion>,
) -> Result<LocalInputs> {
    let mut versions = |conn: &mut PgConnection, dataset: &str| -> Result<Vec<i32>> {
        let mut found = reading.versions(conn, dataset)?;
        if dataset == "floating-population" {
            // A grid of hours says nothing about quarters.
            found.retain(|version| version.layout == "seoul-floating-dong");
        }
        let ids = found.iter().map(|v| v.id).collect();
        found.retain(|version| used.iter().all(|known| known.id != version.id));
        used.extend(found);
        Ok(ids)
    };
    let (sales, codes) = (versions(conn, "card-sales")?, versions(conn, "industry-codes")?);
    let establishments = versions(conn, "establishments")?;
    let (lists, usage) = (versions(conn, "markets")?, versions(conn, "merchant-usage")?);
    let footfall = versions(conn, "floating-population")?;
    // Boundaries matter only where there is something to place.
    let boundaries = if lists.is_empty() { Vec::new() } else { versions(conn, "dongs")? };
    let rows = merchant_usage(conn, district, &usage)?;
    Ok(LocalInputs {
        shops: shops(conn, district, &establishments, &codes)?,
        markets: markets(conn, district, &boundaries, &lists)?,
        areas: areas(conn, &sales)?,
        earlier_usage: earlier_usage(conn, reading, &rows)?,
        usage: rows,
        footfall: people(conn, district, &footfall)?,
    })
}

fn shops(conn: &mut PgConnection, district: &str, versions: &[i32], codes: &[i32]) -> Result<ShopCounts> {
    let rows: Vec<ShopRow> = diesel::sql_query(include_str!("../shops_by_quarter.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(versions)
        .bind::<Array<Integer>, _>(codes)
        .load(conn)
        .doing("reading establishments by quarter")?;
    let mut counts = ShopCounts::new();
    for row in rows {
        let count = |n: Option<i64>| n.map(i64::unsigned_abs);
        let shops = Shops {
            establishments: row.establishments.unsigned_abs(),
            franchises: count(row.franchises),
            opened: count(row.opened),
            closed: count(row.closed),
        };
        counts.entry((row.dong_code, row.industry_code)).or_default().insert(row.quarter, shops);
    }
    Ok(counts)
}

fn markets(conn: &mut PgConnection, district: &str, boundaries: &[i32], lists: &[i32]) -> Result<Vec<MarketInput>> {
    let names: Vec<String> = dong_code::table
        .filter(dong_code::dong_code_.like(format!("{district}%")))
        .select(dong_code::district_ko)
        .distinct()
        .load(conn)
        .doing("reading the name of the district")?;
    // Two names for one district would be a code table that cannot be relied on. "서울특별시 동작구" is 동작구 in the lists.
    let name = if let [name] = names.as_slice() { name.rsplit(' ').next().unwrap_or(name) } else { "" };
    let rows: Vec<MarketRow> = diesel::sql_query(include_str!("../markets.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(boundaries)
        .bind::<Array<Integer>, _>(lists)
        .bind::<Text, _>(name)
        .load(conn)
        .doing("reading markets")?;
    let input = |row: MarketRow| MarketInput {
        layout: row.layout,
        id: row.id,
        name: row.name_ko,
        kind: row.kind,
        address: row.address,
        shops: row.shops.map(i32::unsigned_abs),
        opened_in: row.opened_in,
        at: row.lon.zip(row.lat),
        dong: row.dong_code,
        ours: row.ours,
    };
    Ok(rows.into_iter().map(input).collect())
}

fn areas(conn: &mut PgConnection, sales: &[i32]) -> Result<Vec<AreaInput>> {
    let rows: Vec<AreaRow> = diesel::sql_query(include_str!("../area_sales.sql"))
        .bind::<Array<Integer>, _>(sales)
        .load(conn)
        .doing("reading sales of commercial areas")?;
    let mut areas = BTreeMap::<String, AreaInput>::new();
    for row in rows {
        let area = areas.entry(row.area_code.clone()).or_insert_with(|| AreaInput {
            code: row.area_code,
            name: row.area_name,
            kind: row.area_kind,
            sales: BTreeMap::new(),
        });
        area.sales.insert(row.quarter, row.amount_won as f64);
    }
    Ok(areas.into_values().collect())
}

fn merchant_usage(conn: &mut PgConnection, district: &str, versions: &[i32]) -> Result<Vec<UsageInput>> {
    let rows: Vec<UsageRow> = diesel::sql_query(include_str!("../usage.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(versions)
        .load(conn)
        .doing("reading the use of merchants")?;
    let input = |row: UsageRow| UsageInput {
        scheme: row.scheme,
        dong: row.dong_code,
        industry: row.industry_code,
        month: row.month,
        merchants: u64::from(row.merchants.unsigned_abs()),
        transactions: row.transactions.unsigned_abs(),
        amount: row.amount_won,
    };
    Ok(rows.into_iter().map(input).collect())
}

/// What earlier runs have shown and hidden of the months that are read.
fn earlier_usage(conn: &mut PgConnection, reading: Reading, rows: &[UsageInput]) -> Result<EarlierUsage> {
    let months = || rows.iter().map(|row| row.month);
    let Some((first, last)) = months().min().zip(months().max()) else { return Ok(EarlierUsage::new()) };
    let rows: Vec<EarlierRow> = diesel::sql_query(include_str!("../earlier_usage.sql"))
        .bind::<Date, _>(first)
        .bind::<Date, _>(last)
        .bind::<Integer, _>(reading.before())
        .load(conn)
        .doing("reading what earlier runs have shown of the use of merchants")?;
    let mut earlier = EarlierUsage::new();
    for row in rows {
        let of_scheme = earlier.entry(row.scheme).or_default();
        let key = (row.dong_code, row.industry_code);
        if row.shown {
            of_scheme.shown.insert(key.clone());
        }
        if row.hidden {
            of_scheme.sensitive.insert(key);
        }
    }
    Ok(earlier)
}

fn people(
    conn: &mut PgConnection,
    district: &str,
    versions: &[i32],
) -> Result<BTreeMap<String, BTreeMap<NaiveDate, f64>>> {
    let rows: Vec<FootfallRow> = diesel::sql_query(include_str!("../footfall.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(versions)
        .load(conn)
        .doing("reading people on the street")?;
    let mut counts = BTreeMap::<String, BTreeMap<NaiveDate, f64>>::new();
    for row in rows {
        counts.entry(row.dong_code).or_default().insert(row.quarter, row.people);
    }
    Ok(counts)
}
