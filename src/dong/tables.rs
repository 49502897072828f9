//! Dongs as they are stored: codes and boundaries, the newest version of each.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Double, Integer, Nullable, Text};

use super::import::{BoundaryRow, CodeRow, code_table};
use crate::db::While;
use crate::db::geometry::{AreaColumn, Geometry, area_as_ewkb};
use crate::db::schema::{dong_boundary, dong_code};
use crate::error::{Error, Result};
use crate::geo::DongDirectory;
use crate::import::{ReadOptions, Source};

/// One dong of the district, with the size of its area.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct Dong {
    /// Eight digits of the ministry's code.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Official Korean name.
    #[diesel(sql_type = Text)]
    pub name_ko: String,
    /// Area in square metres on the ellipsoid.
    #[diesel(sql_type = Double)]
    pub area_m2: f64,
    /// The dataset version that drew it.
    #[diesel(sql_type = Integer)]
    pub version_id: i32,
}

/// The dongs of a district in the order of their codes, each as the newest file draws it.
pub fn dong_list(conn: &mut PgConnection, district: &str) -> Result<Vec<Dong>> {
    diesel::sql_query(
        "SELECT dong_code AS code, name_ko, ST_Area(boundary::geography) AS area_m2, version_id \
           FROM newest_dongs($1, NULL) ORDER BY dong_code",
    )
    .bind::<Text, _>(district)
    .load(conn)
    .doing("reading the dongs")
}

/// The boundaries of a district by dong code, simplified by at most so many metres where that is asked for.
pub fn boundary_list(
    conn: &mut PgConnection,
    district: &str,
    simplify_m: Option<f64>,
) -> Result<BTreeMap<String, geo_types::MultiPolygon<f64>>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        code: String,
        #[diesel(sql_type = Geometry)]
        boundary: AreaColumn,
    }
    let rows: Vec<Row> = diesel::sql_query(include_str!("boundary_list.sql"))
        .bind::<Text, _>(district)
        .bind::<Nullable<Double>, _>(simplify_m)
        .load(conn)
        .doing("reading the boundaries")?;
    Ok(rows.into_iter().map(|row| (row.code, row.boundary.0)).collect())
}

/// How many of these points (longitude, latitude) lie inside the district. `None` until boundaries are imported.
pub fn points_inside(conn: &mut PgConnection, district: &str, points: &[geo_types::Point<f64>]) -> Result<Option<i64>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        dongs: i64,
        #[diesel(sql_type = BigInt)]
        inside: i64,
    }
    let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().map(|p| (p.x(), p.y())).unzip();
    let row: Row = diesel::sql_query(include_str!("points_inside.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Double>, _>(xs)
        .bind::<Array<Double>, _>(ys)
        .get_result(conn)
        .doing("counting the points inside the district")?;
    Ok((row.dongs > 0).then_some(row.inside))
}

/// Everything that is known about codes and names: the shipped table, imported tables, imported boundaries.
pub fn directory(conn: &mut PgConnection, district: &str) -> Result<DongDirectory> {
    let source =
        Source { name: "dong-codes.csv".to_owned(), bytes: include_bytes!("../../data/dong-codes.csv").to_vec() };
    let shipped = code_table(&source, &ReadOptions::default())
        .map_err(|e| Error::internal(format!("the shipped code table: {e}")))?;
    let mut rows: Vec<(String, String, String)> =
        shipped.rows.into_iter().map(|(_, row)| (row.code, row.statistics_code, row.name_ko)).collect();
    let imported: Vec<(String, String, String)> = dong_code::table
        .order(dong_code::version_id)
        .select((dong_code::dong_code_, dong_code::statistics_code, dong_code::name_ko))
        .load(conn)
        .doing("reading the code table")?;
    rows.extend(imported);
    let drawn: Vec<(String, String)> = dong_boundary::table
        .order(dong_boundary::version_id)
        .select((dong_boundary::dong_code, dong_boundary::name_ko))
        .load(conn)
        .doing("reading the names of the dongs")?;
    rows.extend(drawn.into_iter().map(|(code, name)| (code, String::new(), name)));
    Ok(DongDirectory::new(district, rows))
}

/// Writes boundaries of one version. PostGIS repairs and transforms them.
pub fn boundaries_store(conn: &mut PgConnection, version: i32, rows: &[BoundaryRow]) -> Result<()> {
    for row in rows {
        let bytes = area_as_ewkb(&row.area, row.crs.srid())
            .map_err(|e| Error::internal(format!("boundary of {}: {e}", row.code)))?;
        diesel::sql_query(
            "INSERT INTO dong_boundary (dong_code, name_ko, version_id, boundary) VALUES ($1, $2, $3, \
               ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_Transform(ST_GeomFromEWKB($4), 4326)), 3)))",
        )
        .bind::<Text, _>(&row.code)
        .bind::<Text, _>(&row.name_ko)
        .bind::<Integer, _>(version)
        .bind::<Binary, _>(bytes)
        .execute(conn)
        .doing("writing a boundary")?;
    }
    Ok(())
}

/// Writes a code table of one version.
pub fn codes_store(conn: &mut PgConnection, version: i32, rows: &[CodeRow]) -> Result<()> {
    let values: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                dong_code::dong_code_.eq(&row.code),
                dong_code::statistics_code.eq(&row.statistics_code),
                dong_code::name_ko.eq(&row.name_ko),
                dong_code::district_ko.eq(&row.district_ko),
                dong_code::version_id.eq(version),
            )
        })
        .collect();
    diesel::insert_into(dong_code::table).values(&values).execute(conn).map(drop).doing("writing the code table")
}
