//! Results of an economy run: stored as the analysis returns them, loaded as clients ask for them.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::While;
use crate::db::schema::{economy_sensitivity, economy_sentiment, economy_week, industry, run_input};
use crate::error::Result;

/// Sensitivity of the district, a dong or an industry.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_sensitivity)]
pub struct SensitivityRow {
    /// The run that computed it.
    pub run_id: i32,
    /// `district`, `dong` or `industry`.
    pub scope: String,
    /// Code of the dong or industry; empty for the district.
    pub code: String,
    /// Name of the status, such as `ESTIMATED`.
    pub status: String,
    /// Why it is missing or weak.
    pub reason: Option<serde_json::Value>,
    /// Slope.
    pub beta: Option<f64>,
    /// Standard error of the slope.
    pub se: Option<f64>,
    /// Lower end of the 95 % interval.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval.
    pub upper: Option<f64>,
    /// Two-sided p value.
    pub p_value: Option<f64>,
    /// Pairs of weeks.
    pub weeks: Option<i32>,
    /// Effects at fixed numbers of cases.
    pub effects: serde_json::Value,
    /// Share of base sales that was interpolated.
    pub interpolated_share: Option<f64>,
}

/// One week of a series.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_week)]
pub struct WeekRow {
    /// The run that computed it.
    pub run_id: i32,
    /// `district`, `dong` or `industry`.
    pub scope: String,
    /// Code of the dong or industry; empty for the district.
    pub code: String,
    /// ISO year.
    pub iso_year: i32,
    /// ISO week.
    pub iso_week: i32,
    /// Name of the status.
    pub status: String,
    /// Why it is missing or weak.
    pub reason: Option<serde_json::Value>,
    /// Sales of the week.
    pub sales_won: Option<f64>,
    /// Holiday-aligned change.
    pub yoy_aligned: Option<f64>,
    /// Plain change.
    pub yoy_plain: Option<f64>,
}

/// Sentiment of one industry in one month.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_sentiment)]
pub struct SentimentRow {
    /// The run that computed it.
    pub run_id: i32,
    /// Code of the industry.
    pub industry_code: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Name of the status.
    pub status: String,
    /// Why it is missing or weak.
    pub reason: Option<serde_json::Value>,
    /// Index as experienced.
    pub actual: Option<f64>,
    /// Average of all industries.
    pub average: Option<f64>,
    /// Index minus average.
    pub gap: Option<f64>,
    /// Standard error of the gap.
    pub se: Option<f64>,
    /// Lower end of the 95 % interval of the gap.
    pub lower: Option<f64>,
    /// Upper end of the 95 % interval of the gap.
    pub upper: Option<f64>,
    /// Respondents of the industry.
    pub respondents: Option<i32>,
}

/// An industry as the run knew it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = industry)]
pub struct IndustryRow {
    /// Code of the district's own list.
    pub code: String,
    /// Korean name.
    pub name_ko: String,
    /// English name, where the list has one.
    pub name_en: Option<String>,
}

/// Everything that clients may ask of one run.
#[derive(Debug, Clone)]
pub struct EconomyRun {
    /// District first, then dongs, then industries, each by code.
    pub sensitivity: Vec<SensitivityRow>,
    /// By scope, code, year and week.
    pub weeks: Vec<WeekRow>,
    /// By industry and month.
    pub sentiment: Vec<SentimentRow>,
    /// By code.
    pub industries: Vec<IndustryRow>,
}

/// Stores the rows of a run. The caller holds the transaction.
pub fn store(
    conn: &mut PgConnection,
    sensitivity: &[SensitivityRow],
    weeks: &[WeekRow],
    sentiment: &[SentimentRow],
) -> Result<()> {
    diesel::insert_into(economy_sensitivity::table).values(sensitivity).execute(conn).doing("storing sensitivities")?;
    for part in weeks.chunks(5_000) {
        diesel::insert_into(economy_week::table).values(part).execute(conn).doing("storing weeks")?;
    }
    for part in sentiment.chunks(4_000) {
        diesel::insert_into(economy_sentiment::table).values(part).execute(conn).doing("storing sentiment")?;
    }
    Ok(())
}

/// Loads everything of a run.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<EconomyRun> {
    let mut sensitivity: Vec<SensitivityRow> = economy_sensitivity::table
        .filter(economy_sensitivity::run_id.eq(run))
        .select(SensitivityRow::as_select())
        .load(conn)
        .doing("reading sensitivities")?;
    sensitivity.sort_by(|a, b| (scope_order(&a.scope), &a.code).cmp(&(scope_order(&b.scope), &b.code)));
    let weeks = economy_week::table
        .filter(economy_week::run_id.eq(run))
        .order((economy_week::scope, economy_week::code, economy_week::iso_year, economy_week::iso_week))
        .select(WeekRow::as_select())
        .load(conn)
        .doing("reading weeks")?;
    let sentiment = economy_sentiment::table
        .filter(economy_sentiment::run_id.eq(run))
        .order((economy_sentiment::industry_code, economy_sentiment::month))
        .select(SentimentRow::as_select())
        .load(conn)
        .doing("reading sentiment")?;
    let industries = industry::table
        .inner_join(run_input::table.on(run_input::version_id.eq(industry::version_id)))
        .filter(run_input::run_id.eq(run))
        .distinct_on(industry::code)
        .order((industry::code, industry::version_id.desc()))
        .select(IndustryRow::as_select())
        .load(conn)
        .doing("reading the industries of a run")?;
    Ok(EconomyRun { sensitivity, weeks, sentiment, industries })
}

fn scope_order(scope: &str) -> u8 {
    match scope {
        "district" => 0,
        "dong" => 1,
        _ => 2,
    }
}
