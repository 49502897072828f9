//! One Diesel type for PostGIS geometry: EWKB of the `postgis` crate outside, `geo-types` inside.
//!
//! Everything stored is EPSG:4326, so that number is written here once and checked on the way in.

use diesel::deserialize::{self, FromSql};
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::{AsExpression, FromSqlRow};
use postgis::ewkb::{self, AsEwkbMultiPolygon, AsEwkbPoint, EwkbRead, EwkbWrite};

/// The spatial reference of everything stored.
pub const STORED_SRID: i32 = 4326;

pub use super::schema::sql_types::Geometry;

/// A point in longitude and latitude.
#[derive(Debug, Clone, Copy, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Geometry)]
pub struct PointColumn(pub geo_types::Point<f64>);

/// An area in longitude and latitude.
#[derive(Debug, Clone, PartialEq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Geometry)]
pub struct AreaColumn(pub geo_types::MultiPolygon<f64>);

impl ToSql<Geometry, Pg> for PointColumn {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ewkb::Point::new(self.0.x(), self.0.y(), Some(STORED_SRID)).as_ewkb().write_ewkb(out)?;
        Ok(IsNull::No)
    }
}

impl FromSql<Geometry, Pg> for PointColumn {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let point = ewkb::Point::read_ewkb(&mut value.as_bytes())?;
        check_srid(point.srid)?;
        Ok(Self(geo_types::Point::new(postgis::Point::x(&point), postgis::Point::y(&point))))
    }
}

impl ToSql<Geometry, Pg> for AreaColumn {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        to_ewkb(&self.0, STORED_SRID).as_ewkb().write_ewkb(out)?;
        Ok(IsNull::No)
    }
}

impl FromSql<Geometry, Pg> for AreaColumn {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let area = ewkb::MultiPolygon::read_ewkb(&mut value.as_bytes())?;
        check_srid(area.srid)?;
        let ring = |line: &ewkb::LineString| {
            line.points
                .iter()
                .map(|p| (postgis::Point::x(p), postgis::Point::y(p)))
                .collect::<geo_types::LineString<f64>>()
        };
        let polygons = area.polygons.iter().map(|polygon| {
            let mut rings = polygon.rings.iter().map(ring);
            let outer = rings.next().unwrap_or_else(|| geo_types::LineString::new(Vec::new()));
            geo_types::Polygon::new(outer, rings.collect())
        });
        Ok(Self(polygons.collect()))
    }
}

/// Well-known bytes of an area in any reference system, for PostGIS to transform.
pub fn area_as_ewkb(area: &geo_types::MultiPolygon<f64>, srid: i32) -> Result<Vec<u8>, postgis::error::Error> {
    let mut bytes = Vec::new();
    to_ewkb(area, srid).as_ewkb().write_ewkb(&mut bytes)?;
    Ok(bytes)
}

fn to_ewkb(area: &geo_types::MultiPolygon<f64>, srid: i32) -> ewkb::MultiPolygon {
    let srid = Some(srid);
    let ring = |line: &geo_types::LineString<f64>| ewkb::LineString {
        points: line.coords().map(|c| ewkb::Point::new(c.x, c.y, srid)).collect(),
        srid,
    };
    ewkb::MultiPolygon {
        polygons: area
            .iter()
            .map(|polygon| ewkb::Polygon {
                rings: std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect(),
                srid,
            })
            .collect(),
        srid,
    }
}

fn check_srid(srid: Option<i32>) -> deserialize::Result<()> {
    match srid {
        Some(STORED_SRID) => Ok(()),
        other => Err(format!("geometry in reference system {other:?}, but {STORED_SRID} is stored").into()),
    }
}

/// Points of any system in longitude and latitude, in the order given. PostGIS does the arithmetic.
pub fn points_to_degrees(
    conn: &mut diesel::PgConnection,
    points: &[(f64, f64)],
    srid: i32,
) -> crate::error::Result<Vec<geo_types::Point<f64>>> {
    use diesel::RunQueryDsl;
    use diesel::sql_types::{Array, Double, Integer};

    use super::While;

    if srid == STORED_SRID {
        return Ok(points.iter().map(|(x, y)| geo_types::Point::new(*x, *y)).collect());
    }
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Geometry)]
        place: PointColumn,
    }
    let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT ST_Transform(ST_SetSRID(ST_MakePoint(p.x, p.y), $3), 4326) AS place \
           FROM unnest($1, $2) WITH ORDINALITY AS p (x, y, nth) ORDER BY p.nth",
    )
    .bind::<Array<Double>, _>(xs)
    .bind::<Array<Double>, _>(ys)
    .bind::<Integer, _>(srid)
    .load(conn)
    .doing("transforming coordinates")?;
    Ok(rows.into_iter().map(|row| row.place.0).collect())
}

/// Longitudes and latitudes in the metres of a plane, in the order given.
pub fn points_to_metres(
    conn: &mut diesel::PgConnection,
    points: &[(f64, f64)],
    srid: i32,
) -> crate::error::Result<Vec<(f64, f64)>> {
    use diesel::RunQueryDsl;
    use diesel::sql_types::{Array, Double, Integer};

    use super::While;

    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Double)]
        x: f64,
        #[diesel(sql_type = Double)]
        y: f64,
    }
    let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().copied().unzip();
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT ST_X(there.place) AS x, ST_Y(there.place) AS y \
           FROM unnest($1, $2) WITH ORDINALITY AS p (x, y, nth), \
                ST_Transform(ST_SetSRID(ST_MakePoint(p.x, p.y), 4326), $3) AS there (place) ORDER BY p.nth",
    )
    .bind::<Array<Double>, _>(xs)
    .bind::<Array<Double>, _>(ys)
    .bind::<Integer, _>(srid)
    .load(conn)
    .doing("transforming coordinates")?;
    Ok(rows.into_iter().map(|row| (row.x, row.y)).collect())
}
