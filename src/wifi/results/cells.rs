//! The squares over which a run spread the people of a dong, for whoever draws a map.

use diesel::prelude::*;

use crate::db::While;
use crate::db::geometry::{PointColumn, points_to_degrees};
use crate::db::schema::wifi_cell;
use crate::error::Result;
use crate::wifi::analysis::{Placement, Presence, SQUARE_M, WifiInputs};

#[derive(Insertable)]
#[diesel(table_name = wifi_cell)]
struct CellRow<'a> {
    run_id: i32,
    number: i32,
    dong_code: Option<&'a str>,
    place: PointColumn,
    cell_m: i32,
    weekday_person_hours: f64,
    weekend_person_hours: f64,
    masked_hours: i32,
}

/// Stores the squares of a run; none where the source counts on a grid of its own. The caller holds the transaction.
pub fn store(conn: &mut PgConnection, run_id: i32, inputs: &WifiInputs) -> Result<()> {
    if inputs.people.placement == Placement::Counted {
        return Ok(());
    }
    let metres: Vec<(f64, f64)> = inputs.cells.iter().map(|cell| (cell.x_m, cell.y_m)).collect();
    let places = points_to_degrees(conn, &metres, 5179)?;
    let counted = |hours: &[Presence; 24]| hours.iter().map(|hour| hour.people).sum();
    let rows: Vec<CellRow<'_>> = (1..)
        .zip(inputs.cells.iter().zip(places))
        .map(|(number, (cell, place))| CellRow {
            run_id,
            number,
            dong_code: cell.dong.as_deref(),
            place: PointColumn(place),
            cell_m: SQUARE_M,
            weekday_person_hours: counted(&cell.weekday),
            weekend_person_hours: counted(&cell.weekend),
            masked_hours: cell.masked_hours() as i32,
        })
        .collect();
    for part in rows.chunks(5_000) {
        diesel::insert_into(wifi_cell::table).values(part).execute(conn).doing("storing cells")?;
    }
    Ok(())
}
