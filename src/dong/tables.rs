//! Dongs as they are stored: codes and boundaries, the newest version of each.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{Double, Integer, Nullable, Text};

use crate::db::While;
use crate::db::geometry::{AreaColumn, Geometry};
use crate::error::Result;

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
        "SELECT DISTINCT ON (dong_code) dong_code AS code, name_ko, ST_Area(boundary::geography) AS area_m2, version_id \
           FROM dong_boundary WHERE dong_code LIKE $1 || '%' ORDER BY dong_code, version_id DESC",
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
