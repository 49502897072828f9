//! Results of a Wi-Fi run: stored as the analysis returns them, loaded as clients ask for them.

use diesel::prelude::*;

use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{wifi_site, wifi_summary};
use crate::error::{Error, Result};
use crate::graphql::stored::StoredFigures;

/// One ranked site.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = wifi_site)]
pub struct SiteRow {
    /// The run that chose it.
    pub run_id: i32,
    /// Place in the list, from 1.
    pub rank: i32,
    /// Kind of the facility that would carry the access point.
    pub facility_kind: String,
    /// Its id in the source file.
    pub facility_id: String,
    /// Its name, where the file has one.
    pub facility_name: Option<String>,
    /// The dong around it; none outside the district.
    pub dong_code: Option<String>,
    /// Where it stands.
    pub place: PointColumn,
    /// Person-hours a day that it adds to those ranked before it.
    pub marginal_person_hours: f64,
    /// Person-hours a day that it would cover alone.
    pub standalone_person_hours: f64,
    /// Person-hours a day covered by the list up to here.
    pub cumulative_person_hours: f64,
    /// The same as a share of the demand that nobody serves yet.
    pub cumulative_share: Option<f64>,
    /// Requests that it serves first.
    pub requests_served: i32,
    /// Distance to the nearest access point that works already.
    pub nearest_access_point_m: Option<f64>,
    /// The three hours with most people in reach.
    pub top_hours: Vec<Option<i16>>,
}

/// Everything that clients may ask of one run.
#[derive(Debug, Clone)]
pub struct WifiRun {
    /// By rank.
    pub sites: Vec<SiteRow>,
    /// Figures of the run as a whole.
    pub figures: StoredFigures,
}

/// Stores the rows of a run. The caller holds the transaction.
pub fn store(conn: &mut PgConnection, run: i32, sites: &[SiteRow], figures: &StoredFigures) -> Result<()> {
    for part in sites.chunks(4_000) {
        diesel::insert_into(wifi_site::table).values(part).execute(conn).doing("storing sites")?;
    }
    let figures = serde_json::to_value(figures).map_err(|e| Error::internal(format!("figures of a run: {e}")))?;
    diesel::insert_into(wifi_summary::table)
        .values((wifi_summary::run_id.eq(run), wifi_summary::figures.eq(figures)))
        .execute(conn)
        .doing("storing the figures of a run")?;
    Ok(())
}

/// Loads everything of a run.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<WifiRun> {
    let sites = wifi_site::table
        .filter(wifi_site::run_id.eq(run))
        .order(wifi_site::rank)
        .select(SiteRow::as_select())
        .load(conn)
        .doing("reading sites")?;
    let figures: serde_json::Value = wifi_summary::table
        .find(run)
        .select(wifi_summary::figures)
        .first(conn)
        .doing("reading the figures of a run")?;
    let figures = serde_json::from_value(figures).map_err(|e| Error::internal(format!("figures of run {run}: {e}")))?;
    Ok(WifiRun { sites, figures })
}
