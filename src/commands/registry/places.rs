//! Places of rows on the map.

use diesel::PgConnection;

use crate::db::geometry::points_to_degrees;
use crate::dong::tables::points_inside;
use crate::error::Result;
use crate::import::value::Place;
use crate::run::staged::Merged;

/// The places of all rows in degrees, and a note of how many lie inside the district.
pub(super) fn located<R>(
    conn: &mut PgConnection,
    district: &str,
    read: Merged<R>,
    place: impl Fn(&R) -> Place,
) -> Result<(Vec<geo_types::Point<f64>>, Merged<R>)> {
    let raw: Vec<Place> = read.rows.iter().map(place).collect();
    located_where(conn, district, read, &raw)
}

/// These places in degrees, and a note of how many of the rows lie inside the district.
pub(super) fn located_where<R>(
    conn: &mut PgConnection,
    district: &str,
    mut read: Merged<R>,
    raw: &[Place],
) -> Result<(Vec<geo_types::Point<f64>>, Merged<R>)> {
    let srid = raw.first().map_or(4326, |p| p.crs.srid());
    let pairs: Vec<(f64, f64)> = raw.iter().map(|p| (p.x, p.y)).collect();
    let places = points_to_degrees(conn, &pairs, srid)?;
    if let Some(inside) = points_inside(conn, district, &places)? {
        read.notes.push(format!("{inside} of {} rows lie inside the district.", read.rows.len()));
    }
    Ok((places, read))
}
