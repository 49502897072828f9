//! Structure, markets, use of merchants, policies by other outcomes, and levels: stored whole, loaded with the run but for
//! the cells of the structure, of which a city has thousands.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::load::from_json;
use super::store::json;
use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{economy_comparison, economy_level, economy_market, economy_structure, economy_usage};
use crate::economy::analysis::{
    Comparison, Level, Link, LocalResults, Market, NoComparison, Outcome, Protection, Scope, Shops, Structure,
    StructureQuarter, Usage, market_change,
};
use crate::error::{Error, Result};

/// A line of the structure.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_structure, treat_none_as_default_value = false)]
pub struct StructureRow {
    /// The run that computed it.
    pub run_id: i32,
    /// Eight digits, or empty for all dongs.
    pub dong_code: String,
    /// Code of the industry, or empty for all.
    pub industry_code: String,
    /// `MEASURED` or `SUPPRESSED`.
    pub status: String,
    /// First days.
    pub quarters: Vec<Option<NaiveDate>>,
    /// Shops.
    pub establishments: Vec<Option<i64>>,
    /// Chains.
    pub franchises: Vec<Option<i64>>,
    /// Opened.
    pub opened: Vec<Option<i64>>,
    /// Closed.
    pub closed: Vec<Option<i64>>,
    /// Won.
    pub sales_won: Vec<Option<f64>>,
    /// Payments.
    pub payments: Vec<Option<f64>>,
    /// Share of the district.
    pub market_share: Vec<Option<f64>>,
    /// Log change of the amount.
    pub amount_log: Vec<Option<f64>>,
    /// Log change of the ticket.
    pub ticket_log: Vec<Option<f64>>,
    /// People on the street.
    pub footfall: Vec<Option<f64>>,
    /// Filled in.
    pub imputed: Vec<Option<bool>>,
}

impl StructureRow {
    fn of(run_id: i32, line: &Structure) -> Self {
        let shown = || line.quarters.values().filter(|_| !line.hidden);
        let numbers = |of: fn(&StructureQuarter) -> Option<f64>| shown().map(of).collect();
        let counts = |of: fn(&Shops) -> Option<u64>| {
            shown().map(|q| q.shops.as_ref().and_then(of).and_then(|n| i64::try_from(n).ok())).collect()
        };
        Self {
            run_id,
            dong_code: line.dong.clone(),
            industry_code: line.industry.clone(),
            status: status(line.hidden),
            quarters: line.quarters.keys().copied().map(Some).collect(),
            establishments: counts(|s| Some(s.establishments)),
            franchises: counts(|s| s.franchises),
            opened: counts(|s| s.opened),
            closed: counts(|s| s.closed),
            sales_won: numbers(|q| q.sales),
            payments: numbers(|q| q.payments),
            market_share: numbers(|q| q.market_share),
            amount_log: numbers(|q| q.amount_log),
            ticket_log: numbers(|q| q.ticket_log),
            footfall: numbers(|q| q.footfall),
            imputed: shown().map(|q| Some(q.imputed)).collect(),
        }
    }

    /// Its quarters in order of time; empty values where it is suppressed.
    pub fn by_quarter(&self) -> Vec<(NaiveDate, StructureQuarter)> {
        let number = |values: &[Option<f64>], i: usize| values.get(i).copied().flatten();
        let count = |values: &[Option<i64>], i: usize| values.get(i).copied().flatten().map(i64::unsigned_abs);
        let one = |(i, start): (usize, NaiveDate)| {
            let shops = count(&self.establishments, i).map(|establishments| Shops {
                establishments,
                franchises: count(&self.franchises, i),
                opened: count(&self.opened, i),
                closed: count(&self.closed, i),
            });
            let quarter = StructureQuarter {
                shops,
                sales: number(&self.sales_won, i),
                payments: number(&self.payments, i),
                market_share: number(&self.market_share, i),
                amount_log: number(&self.amount_log, i),
                ticket_log: number(&self.ticket_log, i),
                footfall: number(&self.footfall, i),
                imputed: self.imputed.get(i).copied().flatten().unwrap_or(false),
            };
            (start, quarter)
        };
        self.quarters.iter().enumerate().filter_map(|(i, start)| Some((i, (*start)?))).map(one).collect()
    }
}

/// A market.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_market, treat_none_as_default_value = false)]
pub struct MarketRow {
    /// The run that lists it.
    pub run_id: i32,
    /// Its place in the list of the run.
    pub number: i32,
    /// Its name.
    pub name_ko: String,
    /// Its kind.
    pub kind: String,
    /// Its address.
    pub address: Option<String>,
    /// Lists that name it.
    pub lists: Vec<Option<String>>,
    /// Shops.
    pub shops: Option<i32>,
    /// Year of opening.
    pub opened_in: Option<i16>,
    /// The dong around it.
    pub dong_code: Option<String>,
    /// Where it is.
    pub place: Option<PointColumn>,
    /// `code` or `name`; none where it has no sales of its own.
    pub sales_link: Option<String>,
    /// First days.
    pub quarters: Vec<Option<NaiveDate>>,
    /// Won.
    pub sales_won: Vec<Option<f64>>,
    /// Change against the base year.
    pub change: Vec<Option<f64>>,
}

impl MarketRow {
    fn of(run_id: i32, number: usize, market: &Market, base_year: i32) -> Self {
        let facts = &market.facts;
        let own = market.sales.as_ref().map(|(_, sales)| sales);
        Self {
            run_id,
            number: i32::try_from(number).unwrap_or(i32::MAX),
            name_ko: facts.name.clone(),
            kind: facts.kind.clone(),
            address: facts.address.clone(),
            lists: market.lists.iter().cloned().map(Some).collect(),
            shops: facts.shops.and_then(|n| i32::try_from(n).ok()),
            opened_in: facts.opened_in,
            dong_code: facts.dong.clone(),
            place: facts.at.map(|(lon, lat)| PointColumn(geo_types::Point::new(lon, lat))),
            sales_link: market.sales.as_ref().map(|(link, _)| {
                match link {
                    Link::Code => "code",
                    Link::Name => "name",
                }
                .to_owned()
            }),
            quarters: own.iter().flat_map(|sales| sales.keys().copied().map(Some)).collect(),
            sales_won: own.iter().flat_map(|sales| sales.values().copied().map(Some)).collect(),
            change: own
                .iter()
                .flat_map(|sales| sales.keys().map(|quarter| market_change(sales, *quarter, base_year)))
                .collect(),
        }
    }

    /// Its own sales: first day, won, change.
    pub fn own_sales(&self) -> Vec<(NaiveDate, Option<f64>, Option<f64>)> {
        let at = |values: &[Option<f64>], i: usize| values.get(i).copied().flatten();
        let quarters = self.quarters.iter().enumerate();
        quarters.filter_map(|(i, start)| Some(((*start)?, at(&self.sales_won, i), at(&self.change, i)))).collect()
    }
}

/// Use of merchants of one line.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_usage, treat_none_as_default_value = false)]
pub struct UsageRow {
    /// The run that computed it.
    pub run_id: i32,
    /// The scheme.
    pub scheme: String,
    /// Eight digits, or empty for all dongs.
    pub dong_code: String,
    /// Code of the industry, or empty for all.
    pub industry_code: String,
    /// `MEASURED` or `SUPPRESSED`.
    pub status: String,
    /// First days.
    pub months: Vec<Option<NaiveDate>>,
    /// Merchants; empty when suppressed.
    pub merchants: Vec<Option<i64>>,
    /// Payments; empty when suppressed.
    pub transactions: Vec<Option<i64>>,
    /// Won; empty when suppressed.
    pub amount_won: Vec<Option<i64>>,
}

impl UsageRow {
    fn of(run_id: i32, line: &Usage) -> Self {
        let shown = || line.months.values().filter(|_| !line.hidden);
        let whole = |n: u64| i64::try_from(n).ok();
        Self {
            run_id,
            scheme: line.scheme.clone(),
            dong_code: line.dong.clone(),
            industry_code: line.industry.clone(),
            status: status(line.hidden),
            months: line.months.keys().copied().map(Some).collect(),
            merchants: shown().map(|m| whole(m.merchants)).collect(),
            transactions: shown().map(|m| whole(m.transactions)).collect(),
            amount_won: shown().map(|m| Some(m.amount)).collect(),
        }
    }
}

/// A policy judged by one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedRow {
    /// Code of the policy.
    pub policy: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The scheme, of the use of merchants; otherwise empty.
    pub scheme: String,
    /// What was found.
    pub found: std::result::Result<Comparison, NoComparison>,
}

/// Where one scope stands.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelRow {
    /// `district`, `dong` or `industry`.
    pub scope: String,
    /// Code of the dong or industry; empty for the district.
    pub code: String,
    /// Name of the status.
    pub status: String,
    /// The level, where it is estimated.
    pub level: Option<Level>,
}

/// Everything of a run that is loaded with it.
#[derive(Debug, Clone, Default)]
pub struct LocalRun {
    /// The lines of the district, the dongs and the industries.
    pub margins: Vec<StructureRow>,
    /// By number.
    pub markets: Vec<MarketRow>,
    /// By scheme, dong and industry.
    pub usage: Vec<UsageRow>,
    /// By policy, outcome and scheme.
    pub judged: Vec<JudgedRow>,
    /// By scope and code.
    pub levels: Vec<LevelRow>,
}

fn status(hidden: bool) -> String {
    if hidden { "SUPPRESSED" } else { "MEASURED" }.to_owned()
}

/// Stores the answers of a run. What may not be shown is left out here. The caller holds the transaction.
pub fn store(
    conn: &mut PgConnection,
    run: i32,
    results: &LocalResults,
    protection: &Protection,
    base_year: i32,
) -> Result<()> {
    let lines: Vec<StructureRow> = results.structure.iter().map(|line| StructureRow::of(run, line)).collect();
    let markets: Vec<MarketRow> =
        results.markets.iter().enumerate().map(|(at, market)| MarketRow::of(run, at + 1, market, base_year)).collect();
    let usage: Vec<UsageRow> = results.usage.iter().map(|line| UsageRow::of(run, line)).collect();
    diesel::copy_from(economy_structure::table).from_insertable(&lines).execute(conn).doing("storing the structure")?;
    diesel::copy_from(economy_market::table).from_insertable(&markets).execute(conn).doing("storing markets")?;
    diesel::copy_from(economy_usage::table)
        .from_insertable(&usage)
        .execute(conn)
        .doing("storing the use of merchants")?;
    for judged in &results.judged {
        use economy_comparison::dsl;
        let (comparison, shortfall) = match &judged.found {
            Ok(comparison) => (Some(json(comparison)?), None),
            Err(shortfall) => (None, json(shortfall)?.as_str().map(str::to_owned)),
        };
        diesel::insert_into(dsl::economy_comparison)
            .values((
                dsl::run_id.eq(run),
                dsl::policy.eq(&judged.policy),
                dsl::outcome.eq(judged.outcome.name()),
                dsl::scheme.eq(&judged.scheme),
                dsl::comparison.eq(comparison),
                dsl::shortfall.eq(shortfall),
            ))
            .execute(conn)
            .doing("storing what went with policies")?;
    }
    for (scope, level) in &results.levels {
        use economy_level::dsl;
        let (name, code, shown) = match scope {
            Scope::District => ("district", "", protection.shows("", "")),
            Scope::Dong(code) => ("dong", code.as_str(), protection.shows(code, "")),
            Scope::Industry(code) => ("industry", code.as_str(), protection.shows("", code)),
        };
        let level = level.as_ref().filter(|_| shown);
        let status = match level {
            Some(_) => "ESTIMATED",
            None if shown => "INSUFFICIENT_DATA",
            None => "SUPPRESSED",
        };
        diesel::insert_into(dsl::economy_level)
            .values((
                dsl::run_id.eq(run),
                dsl::scope.eq(name),
                dsl::code.eq(code),
                dsl::status.eq(status),
                dsl::level.eq(level.map(json).transpose()?),
            ))
            .execute(conn)
            .doing("storing levels")?;
    }
    Ok(())
}

/// Loads what is kept with a run.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<LocalRun> {
    use economy_structure::dsl;
    let margins = dsl::economy_structure
        .filter(dsl::run_id.eq(run))
        .filter(dsl::dong_code.eq("").or(dsl::industry_code.eq("")))
        .order((dsl::dong_code, dsl::industry_code))
        .select(StructureRow::as_select())
        .load(conn)
        .doing("reading the structure")?;
    let markets = economy_market::table
        .filter(economy_market::run_id.eq(run))
        .order(economy_market::number)
        .select(MarketRow::as_select())
        .load(conn)
        .doing("reading markets")?;
    let usage = economy_usage::table
        .filter(economy_usage::run_id.eq(run))
        .order((economy_usage::scheme, economy_usage::dong_code, economy_usage::industry_code))
        .select(UsageRow::as_select())
        .load(conn)
        .doing("reading the use of merchants")?;
    Ok(LocalRun { margins, markets, usage, judged: judged(conn, run)?, levels: levels(conn, run)? })
}

fn judged(conn: &mut PgConnection, run: i32) -> Result<Vec<JudgedRow>> {
    use economy_comparison::dsl;
    type Row = (String, String, String, Option<serde_json::Value>, Option<String>);
    let rows: Vec<Row> = dsl::economy_comparison
        .filter(dsl::run_id.eq(run))
        .order((dsl::policy, dsl::outcome, dsl::scheme))
        .select((dsl::policy, dsl::outcome, dsl::scheme, dsl::comparison, dsl::shortfall))
        .load(conn)
        .doing("reading what went with policies")?;
    rows.into_iter()
        .map(|(policy, outcome, scheme, comparison, shortfall)| {
            let found = match (comparison, shortfall) {
                (Some(comparison), _) => Ok(from_json(comparison)?),
                (None, shortfall) => Err(from_json(serde_json::json!(shortfall))?),
            };
            let unknown = || Error::internal(format!("unknown outcome {outcome}"));
            Ok(JudgedRow { policy, outcome: Outcome::named(&outcome).ok_or_else(unknown)?, scheme, found })
        })
        .collect()
}

fn levels(conn: &mut PgConnection, run: i32) -> Result<Vec<LevelRow>> {
    use economy_level::dsl;
    let rows: Vec<(String, String, String, Option<serde_json::Value>)> = dsl::economy_level
        .filter(dsl::run_id.eq(run))
        .order((dsl::scope, dsl::code))
        .select((dsl::scope, dsl::code, dsl::status, dsl::level))
        .load(conn)
        .doing("reading levels")?;
    rows.into_iter()
        .map(|(scope, code, status, level)| {
            Ok(LevelRow { scope, code, status, level: level.map(from_json).transpose()? })
        })
        .collect()
}

/// Which lines of the structure are wanted; empty lists want all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only lines of these dongs; the empty code stands for all dongs together.
    pub dongs: Option<Vec<String>>,
    /// Only lines of these industries; the empty code stands for all industries together.
    pub industries: Option<Vec<String>>,
}

/// Dong and industry of the lines that are wanted, in order.
pub fn keys(conn: &mut PgConnection, run: i32, wanted: &Wanted) -> Result<Vec<(String, String)>> {
    use economy_structure::dsl;
    let mut query = dsl::economy_structure
        .filter(dsl::run_id.eq(run))
        .order((dsl::dong_code, dsl::industry_code))
        .select((dsl::dong_code, dsl::industry_code))
        .into_boxed();
    if let Some(dongs) = &wanted.dongs {
        query = query.filter(dsl::dong_code.eq_any(dongs.clone()));
    }
    if let Some(industries) = &wanted.industries {
        query = query.filter(dsl::industry_code.eq_any(industries.clone()));
    }
    query.load(conn).doing("looking for lines of the structure")
}

/// The lines with these keys, in the order of the keys.
pub fn with_keys(conn: &mut PgConnection, run: i32, keys: &[(String, String)]) -> Result<Vec<StructureRow>> {
    use economy_structure::dsl;
    let (dongs, industries): (Vec<&String>, Vec<&String>) = keys.iter().map(|(d, i)| (d, i)).unzip();
    let mut rows: Vec<StructureRow> = dsl::economy_structure
        .filter(dsl::run_id.eq(run))
        .filter(dsl::dong_code.eq_any(dongs))
        .filter(dsl::industry_code.eq_any(industries))
        .order((dsl::dong_code, dsl::industry_code))
        .select(StructureRow::as_select())
        .load(conn)
        .doing("reading lines of the structure")?;
    rows.retain(|row| keys.binary_search(&(row.dong_code.clone(), row.industry_code.clone())).is_ok());
    Ok(rows)
}
