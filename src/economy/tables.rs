//! Source tables of the economy: how rows go in, and how an analysis gets what it asks for.
//!
//! Rows go in with COPY. Reading takes, of the versions that a run names, the newest that speaks for a row, and maps
//! the codes of the portals to the district's own industries.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{
    area_sales, bsi, calendar_day, card_sales, covid_cases, establishment, industry, industry_code, market,
    merchant_usage, policy_event,
};
use crate::error::Result;

/// One cell of card sales.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = card_sales, treat_none_as_default_value = false)]
pub struct CardSales {
    /// Eight digits.
    pub dong_code: String,
    /// Whose industry codes these are.
    pub system: String,
    /// Code of the industry in that system.
    pub industry_code: String,
    /// `day`, `week`, `month` or `quarter`.
    pub grain: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Version that brings the row.
    pub version_id: i32,
    /// Won.
    pub amount_won: i64,
    /// Payments.
    pub transactions: Option<i64>,
    /// Merchants behind the cell.
    pub merchants: Option<i32>,
    /// Share of the largest merchant.
    pub largest_share: Option<f64>,
}

/// Establishments of one dong, industry and quarter.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = establishment, treat_none_as_default_value = false)]
pub struct Establishments {
    /// Eight digits.
    pub dong_code: String,
    /// Whose industry codes these are.
    pub system: String,
    /// Code of the industry in that system.
    pub industry_code: String,
    /// First day of the quarter.
    pub quarter: NaiveDate,
    /// Version that brings the row.
    pub version_id: i32,
    /// Shops.
    pub establishments: i32,
    /// Of them chains.
    pub franchises: Option<i32>,
    /// Opened in the quarter.
    pub opened: Option<i32>,
    /// Closed in the quarter.
    pub closed: Option<i32>,
}

/// New cases of one day.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = covid_cases, treat_none_as_default_value = false)]
pub struct CovidCases {
    /// `seoul` or a district.
    pub area: String,
    /// The day.
    pub on_date: NaiveDate,
    /// Version that brings the row.
    pub version_id: i32,
    /// Persons.
    pub new_cases: i32,
}

/// A day of the calendar.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = calendar_day, treat_none_as_default_value = false)]
pub struct CalendarDay {
    /// The day.
    pub on_date: NaiveDate,
    /// What kind of day.
    pub kind: String,
    /// Its name.
    pub name_ko: String,
    /// Version that brings the row.
    pub version_id: i32,
}

/// An industry of the district's list.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = industry, treat_none_as_default_value = false)]
pub struct Industry {
    /// Its code.
    pub code: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: Option<String>,
    /// Code of the group it belongs to.
    pub parent: Option<String>,
    /// Closeness of contact, 0 to 2.
    pub contact: Option<i16>,
    /// May the relief fund be spent there?
    pub relief_eligible: Option<bool>,
    /// Version that brings the row.
    pub version_id: i32,
}

/// One code of a portal and ours.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = industry_code, treat_none_as_default_value = false)]
pub struct IndustryCode {
    /// The portal.
    pub system: String,
    /// Its code.
    pub code: String,
    /// Our code.
    pub own_code: String,
    /// Version that brings the row.
    pub version_id: i32,
}

/// Sentiment of one industry in one month.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = bsi, treat_none_as_default_value = false)]
pub struct Sentiment {
    /// `national`, `seoul` or a district.
    pub area: String,
    /// Whose industry codes these are.
    pub system: String,
    /// Code of the industry in that system.
    pub industry_code: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Version that brings the row.
    pub version_id: i32,
    /// Index as experienced.
    pub actual: Option<f64>,
    /// Index as expected.
    pub outlook: Option<f64>,
    /// Firms that answered.
    pub respondents: Option<i32>,
}

/// A policy with a first day.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = policy_event, treat_none_as_default_value = false)]
pub struct PolicyEvent {
    /// Code in the district's list.
    pub code: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day; none while it is in force.
    pub ends_on: Option<NaiveDate>,
    /// `subsidy`, `distancing` or `other`.
    pub kind: String,
    /// Own codes of the industries that it reached; empty means all.
    pub industries: Vec<Option<String>>,
    /// Codes of the dongs that it reached; empty means all.
    pub dongs: Vec<Option<String>>,
    /// Where the dates were published.
    pub source: Option<String>,
    /// Version that brings the row.
    pub version_id: i32,
}

/// A market, a shopping street or a commercial area.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = market, treat_none_as_default_value = false)]
pub struct Market {
    /// Version that brings the row.
    pub version_id: i32,
    /// Which list it comes from.
    pub layout: String,
    /// Code in the list, or name and address.
    pub id: String,
    /// Its name.
    pub name_ko: String,
    /// `traditional_market`, `shopping_street`, `alley_area`, `developed_area`, `tourist_zone` or `other`.
    pub kind: String,
    /// Address as the list has it.
    pub address: Option<String>,
    /// District as the list or the address names it.
    pub district_ko: Option<String>,
    /// Shops.
    pub shops: Option<i32>,
    /// Year of opening.
    pub opened_in: Option<i16>,
    /// Where it is.
    pub place: Option<PointColumn>,
}

/// Sales of a commercial area by industry and quarter.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = area_sales, treat_none_as_default_value = false)]
pub struct AreaSales {
    /// Code of the area.
    pub area_code: String,
    /// Its name.
    pub area_name: String,
    /// Its kind, as the file says.
    pub area_kind: String,
    /// Code of the city's portal.
    pub industry_code: String,
    /// First day of the quarter.
    pub quarter: NaiveDate,
    /// Version that brings the row.
    pub version_id: i32,
    /// Won.
    pub amount_won: i64,
    /// Payments.
    pub transactions: Option<i64>,
}

/// Use of merchants by scheme, dong, industry and month.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = merchant_usage, treat_none_as_default_value = false)]
pub struct MerchantUsage {
    /// Eight digits.
    pub dong_code: String,
    /// Such as `zero_pay`.
    pub scheme: String,
    /// Code of the district's own list.
    pub industry_code: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Version that brings the row.
    pub version_id: i32,
    /// Merchants.
    pub merchants: i32,
    /// Payments.
    pub transactions: i64,
    /// Won.
    pub amount_won: i64,
}

/// Bulk rows go in with COPY: one statement, no limit on parameters.
macro_rules! store {
    ($name:ident, $row:ty, $table:ident, $what:literal) => {
        #[doc = concat!("Writes ", $what, " of one version.")]
        pub fn $name(conn: &mut PgConnection, rows: &[$row]) -> Result<()> {
            diesel::copy_from($table::table)
                .from_insertable(rows)
                .execute(conn)
                .map(drop)
                .doing(concat!("writing ", $what))
        }
    };
}

store!(card_sales_store, CardSales, card_sales, "card sales");
store!(establishments_store, Establishments, establishment, "establishments");
store!(covid_cases_store, CovidCases, covid_cases, "new cases");
store!(calendar_store, CalendarDay, calendar_day, "calendar days");
store!(industries_store, Industry, industry, "industries");
store!(industry_codes_store, IndustryCode, industry_code, "industry codes");
store!(sentiment_store, Sentiment, bsi, "business sentiment");
store!(markets_store, Market, market, "markets");
store!(area_sales_store, AreaSales, area_sales, "sales of commercial areas");
store!(merchant_usage_store, MerchantUsage, merchant_usage, "the use of merchants");
store!(policy_events_store, PolicyEvent, policy_event, "policy events");

/// Policy events of the named versions, the newest of each code, by code.
pub fn policy_events(conn: &mut PgConnection, versions: &[i32]) -> Result<Vec<PolicyEvent>> {
    policy_event::table
        .filter(policy_event::version_id.eq_any(versions))
        .distinct_on(policy_event::code)
        .order((policy_event::code, policy_event::version_id.desc()))
        .select(PolicyEvent::as_select())
        .load(conn)
        .doing("reading policy events")
}

/// A portal, and a code of its own.
pub type PortalCode = (String, String);

/// Codes of the district's industries, and (system, code) of the portals' codes that are joined to one. Of any version:
/// a list that was imported once says what its codes were.
pub fn known_industries(conn: &mut PgConnection) -> Result<(BTreeSet<String>, BTreeSet<PortalCode>)> {
    let own: Vec<String> =
        industry::table.select(industry::code).distinct().load(conn).doing("reading the codes of industries")?;
    let mapped: Vec<(String, String)> = industry_code::table
        .select((industry_code::system, industry_code::code))
        .distinct()
        .load(conn)
        .doing("reading the portals' codes of industries")?;
    Ok((own.into_iter().collect(), mapped.into_iter().collect()))
}
