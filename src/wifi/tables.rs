//! Source tables of Wi-Fi: how rows go in, and how an analysis gets what it asks for.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Integer, Nullable, Text};

use super::import::PublicSpaceRow;
use crate::db::While;
use crate::db::geometry::{PointColumn, area_as_ewkb};
use crate::db::schema::{
    access_point, building, facility, floating_population, floating_population_dong, wifi_request,
};
use crate::error::{Error, Result};

/// Public spaces in one statement.
const PUBLIC_SPACES_AT_ONCE: usize = 500;

/// People in one cell in one hour.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = floating_population, treat_none_as_default_value = false)]
pub struct FloatingPopulation {
    /// Version that brings the row.
    pub version_id: i32,
    /// Centre of the cell to six decimals.
    pub cell: String,
    /// `weekday` or `weekend`.
    pub day_type: String,
    /// 0 to 23.
    pub hour: i16,
    /// Mean persons present; `None` where masked.
    pub people: Option<f64>,
    /// Side of the cell.
    pub cell_m: i32,
    /// Centre of the cell.
    pub place: PointColumn,
}

/// People in one dong in one band of hours.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = floating_population_dong, treat_none_as_default_value = false)]
pub struct FloatingPopulationDong {
    /// Eight digits.
    pub dong_code: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// `day` or `quarter`.
    pub grain: String,
    /// First hour of the band.
    pub hour_from: i16,
    /// Hour after the band.
    pub hour_to: i16,
    /// Version that brings the row.
    pub version_id: i32,
    /// Persons; `None` where masked.
    pub people: Option<f64>,
}

/// A facility that could carry an access point.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = facility, treat_none_as_default_value = false)]
pub struct Facility {
    /// Version that brings the row.
    pub version_id: i32,
    /// `bus_stop`, `streetlight`, ...
    pub kind: String,
    /// Id in the source.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Where it stands.
    pub place: PointColumn,
    /// What a site here costs, won.
    pub install_cost_won: Option<i64>,
}

/// A building.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = building, treat_none_as_default_value = false)]
pub struct Building {
    /// Version that brings the row.
    pub version_id: i32,
    /// Id in the source, or the number of the line.
    pub id: String,
    /// Total floor area in square metres.
    pub floor_area_m2: f64,
    /// Where it stands.
    pub place: PointColumn,
}

/// An access point that works already.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = access_point, treat_none_as_default_value = false)]
pub struct AccessPoint {
    /// Version that brings the row.
    pub version_id: i32,
    /// Id in the source.
    pub id: String,
    /// Since when.
    pub installed_on: Option<NaiveDate>,
    /// Name of the place.
    pub place_name: Option<String>,
    /// Inside a building.
    pub indoor: Option<bool>,
    /// Where it is.
    pub place: PointColumn,
}

/// A request after masking.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = wifi_request, treat_none_as_default_value = false)]
pub struct WifiRequest {
    /// Version that brings the row.
    pub version_id: i32,
    /// Number within the file.
    pub id: String,
    /// When it was asked.
    pub requested_on: NaiveDate,
    /// What is asked for.
    pub requested_kind: String,
    /// Who asks: `citizen`, `department` or `unknown`.
    pub requester: String,
    /// Why, after masking.
    pub reason_masked: Option<String>,
    /// Where.
    pub place: PointColumn,
}

/// Writes people by cell of one version.
pub fn floating_population_store(conn: &mut PgConnection, rows: &[FloatingPopulation]) -> Result<()> {
    diesel::copy_from(floating_population::table)
        .from_insertable(rows)
        .execute(conn)
        .map(drop)
        .doing("writing people by cell")
}

/// Writes people by dong of one version.
pub fn floating_population_dong_store(conn: &mut PgConnection, rows: &[FloatingPopulationDong]) -> Result<()> {
    diesel::copy_from(floating_population_dong::table)
        .from_insertable(rows)
        .execute(conn)
        .map(drop)
        .doing("writing people by dong")
}

/// Writes facilities of one version.
pub fn facilities_store(conn: &mut PgConnection, rows: &[Facility]) -> Result<()> {
    diesel::copy_from(facility::table).from_insertable(rows).execute(conn).map(drop).doing("writing facilities")
}

/// Writes buildings of one version.
pub fn buildings_store(conn: &mut PgConnection, rows: &[Building]) -> Result<()> {
    diesel::copy_from(building::table).from_insertable(rows).execute(conn).map(drop).doing("writing buildings")
}

/// Writes public spaces of one version. PostGIS repairs, transforms and cuts them.
pub fn public_spaces_store(conn: &mut PgConnection, version: i32, rows: &[PublicSpaceRow]) -> Result<()> {
    for (part, rows) in rows.chunks(PUBLIC_SPACES_AT_ONCE).enumerate() {
        let first = (part * PUBLIC_SPACES_AT_ONCE) as i32;
        let kinds: Vec<Option<&str>> = rows.iter().map(|row| row.kind.as_deref()).collect();
        let areas = rows
            .iter()
            .map(|row| area_as_ewkb(&row.area, row.crs.srid()))
            .collect::<std::result::Result<Vec<_>, _>>()
            .map_err(|e| Error::internal(format!("a public space as bytes: {e}")))?;
        diesel::sql_query(include_str!("public_spaces.sql"))
            .bind::<Integer, _>(version)
            .bind::<Integer, _>(first)
            .bind::<Array<Nullable<Text>>, _>(kinds)
            .bind::<Array<Binary>, _>(areas)
            .execute(conn)
            .doing("writing public spaces")?;
    }
    Ok(())
}

/// Writes access points of one version.
pub fn access_points_store(conn: &mut PgConnection, rows: &[AccessPoint]) -> Result<()> {
    diesel::copy_from(access_point::table).from_insertable(rows).execute(conn).map(drop).doing("writing access points")
}

/// Writes requests of one version.
pub fn wifi_requests_store(conn: &mut PgConnection, rows: &[WifiRequest]) -> Result<()> {
    diesel::copy_from(wifi_request::table).from_insertable(rows).execute(conn).map(drop).doing("writing requests")
}
