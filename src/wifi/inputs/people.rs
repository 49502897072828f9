//! People by cell: as a grid counts them, or as counts by dong are spread.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Double, Integer, Nullable, SmallInt, Text};

use crate::db::While;
use crate::error::{Error, Result};
use crate::wifi::analysis::{CellInput, DongCount, Part, People, Presence, SQUARE_M, spread};

#[derive(QueryableByName)]
struct CellRow {
    #[diesel(sql_type = Text)]
    cell: String,
    #[diesel(sql_type = Double)]
    x_m: f64,
    #[diesel(sql_type = Double)]
    y_m: f64,
    #[diesel(sql_type = Double)]
    longitude: f64,
    #[diesel(sql_type = Double)]
    latitude: f64,
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Nullable<Double>)]
    public_share: Option<f64>,
}

#[derive(QueryableByName)]
struct HourRow {
    #[diesel(sql_type = Text)]
    cell: String,
    #[diesel(sql_type = Text)]
    day_type: String,
    #[diesel(sql_type = SmallInt)]
    hour: i16,
    #[diesel(sql_type = Nullable<Double>)]
    people: Option<f64>,
}

#[derive(QueryableByName)]
struct DongCountRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Date)]
    starts_on: NaiveDate,
    #[diesel(sql_type = Integer)]
    days: i32,
    #[diesel(sql_type = SmallInt)]
    hour_from: i16,
    #[diesel(sql_type = SmallInt)]
    hour_to: i16,
    #[diesel(sql_type = Nullable<Double>)]
    people: Option<f64>,
}

#[derive(QueryableByName)]
struct PartRow {
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
    #[diesel(sql_type = Double)]
    area_m2: f64,
    #[diesel(sql_type = Double)]
    floor_area_m2: f64,
    #[diesel(sql_type = Nullable<Double>)]
    public_m2: Option<f64>,
}

/// Dataset versions, by what they tell.
pub(super) struct Sources<'a> {
    pub dongs: &'a [i32],
    pub people: &'a [i32],
    pub buildings: &'a [i32],
    pub public_spaces: &'a [i32],
}

/// Cells inside the district with people by hour. A grid is taken as it is; counts by dong are spread only where no
/// grid has a cell in the district.
pub(super) fn cells(conn: &mut PgConnection, district: &str, from: &Sources<'_>) -> Result<(Vec<CellInput>, People)> {
    let (on_grid, of) = on_grid(conn, district, from)?;
    if !on_grid.is_empty() {
        return Ok((on_grid, of));
    }
    let counts = counts(conn, district, from.people)?;
    if counts.is_empty() {
        return Err(Error::bad_input(
            "The imported floating population has neither a cell inside the district nor a count for one of its dongs. \
             Import an hourly grid or counts by dong, and the dongs of this district.",
        ));
    }
    let (cells, of) = spread(&counts, &parts(conn, district, from)?);
    if cells.is_empty() {
        return Err(Error::bad_input(
            "People are counted by dong, but no boundary of those dongs is known. Import the boundaries: `dongjak import dongs FILE`.",
        ));
    }
    Ok((cells, of))
}

fn on_grid(conn: &mut PgConnection, district: &str, from: &Sources<'_>) -> Result<(Vec<CellInput>, People)> {
    let rows: Vec<CellRow> = diesel::sql_query(include_str!("cells.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(from.dongs)
        .bind::<Array<Integer>, _>(from.people)
        .bind::<Array<Integer>, _>(from.public_spaces)
        .load(conn)
        .doing("reading the cells")?;
    let empty = |row: CellRow| {
        let hours = [Presence::default(); 24];
        let cell = CellInput {
            x_m: row.x_m,
            y_m: row.y_m,
            place: Some(geo_types::Point::new(row.longitude, row.latitude)),
            dong: Some(row.dong_code),
            public_share: row.public_share,
            weekday: hours,
            weekend: hours,
        };
        (row.cell, cell)
    };
    let mut cells: BTreeMap<String, CellInput> = rows.into_iter().map(empty).collect();
    if cells.is_empty() {
        return Ok((Vec::new(), People::default()));
    }
    let hours: Vec<HourRow> =
        diesel::sql_query("SELECT cell, day_type, hour, people FROM floating_population WHERE version_id = ANY ($1) ORDER BY version_id, cell")
            .bind::<Array<Integer>, _>(from.people)
            .load(conn)
            .doing("reading people by hour")?;
    let mut counted = (false, false);
    for row in hours {
        let Some(cell) = cells.get_mut(&row.cell) else { continue };
        let (day, is_counted) = match row.day_type.as_str() {
            "weekday" => (&mut cell.weekday, &mut counted.0),
            _ => (&mut cell.weekend, &mut counted.1),
        };
        *is_counted = true;
        if let Some(hour) = usize::try_from(row.hour).ok().and_then(|h| day.get_mut(h)) {
            *hour = Presence::of(row.people);
        }
    }
    let cells: Vec<CellInput> = cells.into_values().map(|cell| cell.with_one_day(counted)).collect();
    let knows_public_space = cells.iter().any(|cell| cell.public_share.is_some());
    Ok((cells, People { one_day: counted != (true, true), knows_public_space, ..People::default() }))
}

fn counts(conn: &mut PgConnection, district: &str, people: &[i32]) -> Result<Vec<DongCount>> {
    let rows: Vec<DongCountRow> = diesel::sql_query(include_str!("dong_counts.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(people)
        .load(conn)
        .doing("reading people by dong")?;
    let hour = |hour: i16| u8::try_from(hour).unwrap_or(0);
    Ok(rows
        .into_iter()
        .map(|row| DongCount {
            dong: row.dong_code,
            starts_on: row.starts_on,
            days: u32::try_from(row.days).unwrap_or(1),
            hour_from: hour(row.hour_from),
            hour_to: hour(row.hour_to),
            people: row.people,
        })
        .collect())
}

fn parts(conn: &mut PgConnection, district: &str, from: &Sources<'_>) -> Result<Vec<Part>> {
    let rows: Vec<PartRow> = diesel::sql_query(include_str!("parts.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(from.dongs)
        .bind::<Array<Integer>, _>(from.buildings)
        .bind::<Array<Integer>, _>(from.public_spaces)
        .bind::<Double, _>(f64::from(SQUARE_M))
        .load(conn)
        .doing("cutting the dongs into squares")?;
    let part = |row: PartRow| Part {
        dong: row.dong_code,
        x_m: row.x_m,
        y_m: row.y_m,
        place: Some(geo_types::Point::new(row.longitude, row.latitude)),
        area_m2: row.area_m2,
        floor_area_m2: row.floor_area_m2,
        public_m2: row.public_m2,
    };
    Ok(rows.into_iter().map(part).collect())
}
