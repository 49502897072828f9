//! From source tables to what the analysis asks for.

mod local;
mod sales;

pub use local::local;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Double, Integer, Nullable, SmallInt, Text};

use crate::calendar::{Holiday, LunarHolidays};
use crate::db::While;
use crate::economy::analysis::{
    EconomyInputs, IndustryTraits, Params, PolicyInput, PolicyKind, RegionInput, SentimentInput,
};
use crate::economy::tables::{PolicyEvent, policy_events};
use crate::error::{Error, Result};
use crate::run::dataset::DatasetVersion;
use crate::run::reading::Reading;

#[derive(QueryableByName)]
struct CaseRow {
    #[diesel(sql_type = Date)]
    on_date: NaiveDate,
    #[diesel(sql_type = Integer)]
    new_cases: i32,
}

#[derive(QueryableByName)]
struct HolidayRow {
    #[diesel(sql_type = Date)]
    on_date: NaiveDate,
    #[diesel(sql_type = Text)]
    kind: String,
}

#[derive(QueryableByName)]
struct SentimentRow {
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = Double)]
    actual: f64,
    #[diesel(sql_type = Nullable<Double>)]
    outlook: Option<f64>,
    #[diesel(sql_type = Nullable<Integer>)]
    respondents: Option<i32>,
}

#[derive(QueryableByName)]
struct RegionRow {
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = Double)]
    region_index: f64,
    #[diesel(sql_type = Nullable<Integer>)]
    region_respondents: Option<i32>,
    #[diesel(sql_type = Double)]
    nation_index: f64,
    #[diesel(sql_type = Nullable<Integer>)]
    nation_respondents: Option<i32>,
}

#[derive(QueryableByName)]
struct IndustryRow {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<String>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    contact: Option<i16>,
}

#[derive(QueryableByName)]
struct ShopRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Text)]
    industry_code: String,
    #[diesel(sql_type = BigInt)]
    establishments: i64,
}

/// Everything that a run reads, and the dataset versions that it comes from.
pub fn inputs(
    conn: &mut PgConnection,
    reading: Reading,
    district: &str,
    params: &Params,
) -> Result<(EconomyInputs, Vec<DatasetVersion>)> {
    let mut used = Vec::new();
    let mut versions = |conn: &mut PgConnection, dataset: &str| -> Result<Vec<i32>> {
        let found = reading.versions(conn, dataset)?;
        let ids = found.iter().map(|v| v.id).collect();
        used.extend(found);
        Ok(ids)
    };
    let card_sales = versions(conn, "card-sales")?;
    if card_sales.is_empty() {
        return Err(Error::bad_input(
            "There are no card sales to analyse. Import them first: `dongjak import card-sales FILE`.",
        ));
    }
    let cases = versions(conn, "covid-cases")?;
    let codes = versions(conn, "industry-codes")?;
    let industries = versions(conn, "industries")?;
    let policies = versions(conn, "policy-events")?;
    let calendar = versions(conn, "calendar")?;
    let bsi = versions(conn, "bsi")?;
    let shops = versions(conn, "establishments")?;
    let sales = sales::read(conn, district, &card_sales, &codes)?;
    let mut inputs = EconomyInputs { sales, ..EconomyInputs::default() };
    let Some((first, last)) = inputs.sales.span else {
        return Err(Error::bad_input(format!(
            "The imported card sales hold no rows of the district {district}. DONGJAK_DISTRICT says which district is meant."
        )));
    };
    inputs.earlier = sales::earlier(conn, reading, first, last)?;
    let rows: Vec<CaseRow> = diesel::sql_query(include_str!("../cases.sql"))
        .bind::<Text, _>(&params.cases_area)
        .bind::<Array<Integer>, _>(&cases)
        .load(conn)
        .doing("reading new cases")?;
    inputs.new_cases = rows.into_iter().map(|r| (r.on_date, r.new_cases.unsigned_abs())).collect();
    let rows: Vec<HolidayRow> = diesel::sql_query(
        "SELECT DISTINCT on_date, kind FROM calendar_day WHERE version_id = ANY ($1) AND kind IN ('seollal', 'chuseok') ORDER BY 1, 2",
    )
    .bind::<Array<Integer>, _>(&calendar)
    .load(conn)
    .doing("reading the holidays")?;
    let holiday = |kind: &str| if kind == "seollal" { Holiday::Seollal } else { Holiday::Chuseok };
    inputs.holidays = LunarHolidays::new(rows.into_iter().map(|r| (r.on_date, holiday(&r.kind))));
    let rows: Vec<SentimentRow> = diesel::sql_query(include_str!("../sentiment.sql"))
        .bind::<Array<Integer>, _>(&bsi)
        .bind::<Array<Integer>, _>(&codes)
        .load(conn)
        .doing("reading business sentiment")?;
    inputs.sentiment = rows
        .into_iter()
        .map(|r| SentimentInput {
            month: r.month,
            industry: r.industry_code,
            actual: r.actual,
            outlook: r.outlook,
            respondents: r.respondents.map(i32::unsigned_abs),
        })
        .collect();
    let rows: Vec<RegionRow> = diesel::sql_query(include_str!("../region_sentiment.sql"))
        .bind::<Array<Integer>, _>(&bsi)
        .bind::<Array<Integer>, _>(&codes)
        .bind::<Text, _>(&params.sentiment_area)
        .load(conn)
        .doing("reading business sentiment of the region")?;
    inputs.region_sentiment = rows
        .into_iter()
        .map(|r| RegionInput {
            month: r.month,
            industry: r.industry_code,
            region: r.region_index,
            region_respondents: r.region_respondents.map(i32::unsigned_abs),
            nation: r.nation_index,
            nation_respondents: r.nation_respondents.map(i32::unsigned_abs),
        })
        .collect();
    let rows: Vec<IndustryRow> = diesel::sql_query(
        "SELECT DISTINCT ON (code) code, parent, contact FROM industry WHERE version_id = ANY ($1) ORDER BY code, version_id DESC",
    )
    .bind::<Array<Integer>, _>(&industries)
    .load(conn)
    .doing("reading the industries")?;
    inputs.industries = rows
        .into_iter()
        .map(|r| (r.code, IndustryTraits { contact: r.contact.and_then(|c| u8::try_from(c).ok()), group: r.parent }))
        .collect();
    inputs.policies = policy_events(conn, &policies)?.into_iter().map(policy).collect();
    let rows: Vec<ShopRow> = diesel::sql_query(include_str!("../newest_shops.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(&shops)
        .bind::<Array<Integer>, _>(&codes)
        .load(conn)
        .doing("reading establishments")?;
    inputs.establishments = rows
        .into_iter()
        .map(|r| ((r.dong_code, r.industry_code), u32::try_from(r.establishments).unwrap_or(u32::MAX)))
        .collect::<BTreeMap<_, _>>();
    Ok((inputs, used))
}

fn policy(event: PolicyEvent) -> PolicyInput {
    PolicyInput {
        code: event.code,
        starts_on: event.starts_on,
        kind: match event.kind.as_str() {
            "subsidy" => PolicyKind::Subsidy,
            "distancing" => PolicyKind::Distancing,
            _ => PolicyKind::Other,
        },
        industries: event.industries.into_iter().flatten().collect(),
    }
}
