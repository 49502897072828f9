//! From source tables to what the analysis asks for. Places come in metres of EPSG:5179.

mod people;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Integer, Nullable, Text};

use super::analysis::{AccessPointInput, CandidateInput, RequestInput, WifiInputs};
use crate::db::While;
use crate::error::{Error, Result};
use crate::run::dataset::DatasetVersion;
use crate::run::reading::Reading;

#[derive(QueryableByName)]
struct FacilityRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    install_cost_won: Option<i64>,
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Double)]
    x_m: f64,
    #[diesel(sql_type = Double)]
    y_m: f64,
    #[diesel(sql_type = Double)]
    longitude: f64,
    #[diesel(sql_type = Double)]
    latitude: f64,
}

#[derive(QueryableByName)]
struct AccessPointRow {
    #[diesel(sql_type = Double)]
    x_m: f64,
    #[diesel(sql_type = Double)]
    y_m: f64,
    #[diesel(sql_type = Nullable<Bool>)]
    indoor: Option<bool>,
}

#[derive(QueryableByName)]
struct PlaceRow {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Double)]
    x_m: f64,
    #[diesel(sql_type = Double)]
    y_m: f64,
}

/// Everything that a run reads, and the dataset versions that it comes from.
pub fn inputs(conn: &mut PgConnection, reading: Reading, district: &str) -> Result<(WifiInputs, Vec<DatasetVersion>)> {
    let mut used = Vec::new();
    for dataset in DATASETS {
        used.extend(reading.versions(conn, dataset)?);
    }
    let read = read(conn, district, |dataset| used.iter().filter(|v| v.dataset == dataset).map(|v| v.id).collect())?;
    Ok((read, used))
}

/// Datasets that a run reads.
const DATASETS: [&str; 9] = [
    "dongs",
    "floating-population",
    "buildings",
    "public-spaces",
    "bus-stops",
    "streetlights",
    "facilities",
    "access-points",
    "wifi-requests",
];

fn read(conn: &mut PgConnection, district: &str, versions: impl Fn(&str) -> Vec<i32>) -> Result<WifiInputs> {
    let dongs = versions("dongs");
    let people = versions("floating-population");
    let mut facilities = versions("bus-stops");
    for (what, found) in [("dongs", &dongs), ("floating-population", &people), ("bus-stops", &facilities)] {
        if found.is_empty() {
            return Err(Error::bad_input(format!(
                "There are no {what} to analyse. Import them first: `dongjak import {what} FILE`."
            )));
        }
    }
    facilities.extend(versions("streetlights"));
    facilities.extend(versions("facilities"));
    let working = versions("access-points");
    let requested = versions("wifi-requests");
    let (cells, of) = people::cells(
        conn,
        district,
        &people::Sources {
            dongs: &dongs,
            people: &people,
            buildings: &versions("buildings"),
            public_spaces: &versions("public-spaces"),
        },
    )?;
    let rows: Vec<FacilityRow> = diesel::sql_query(include_str!("candidates.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(&dongs)
        .bind::<Array<Integer>, _>(&facilities)
        .load(conn)
        .doing("reading the candidates")?;
    let candidates = rows
        .into_iter()
        .map(|r| CandidateInput {
            kind: r.kind,
            id: r.id,
            name: r.name,
            x_m: r.x_m,
            y_m: r.y_m,
            place: Some(geo_types::Point::new(r.longitude, r.latitude)),
            dong: Some(r.dong_code),
            cost_won: r.install_cost_won.and_then(|won| u64::try_from(won).ok()),
        })
        .collect();
    let rows: Vec<AccessPointRow> = diesel::sql_query(include_str!("access_points.sql"))
        .bind::<Array<Integer>, _>(working)
        .load(conn)
        .doing("reading the access points")?;
    let access_points =
        rows.into_iter().map(|r| AccessPointInput { x_m: r.x_m, y_m: r.y_m, indoor: r.indoor }).collect();
    let requests = places(conn, "SELECT requested_kind AS kind, ST_X(p) AS x_m, ST_Y(p) AS y_m FROM (SELECT requested_kind, ST_Transform(place, 5179) AS p FROM wifi_request WHERE version_id = ANY ($1) ORDER BY version_id, id) AS r", &requested)?
        .into_iter()
        .map(|r| RequestInput { kind: r.kind, x_m: r.x_m, y_m: r.y_m })
        .collect();
    Ok(WifiInputs { cells, people: of, candidates, access_points, requests })
}

fn places(conn: &mut PgConnection, sql: &str, versions: &[i32]) -> Result<Vec<PlaceRow>> {
    diesel::sql_query(sql).bind::<Array<Integer>, _>(versions).load(conn).doing("reading places")
}
