//! Rows of a layer from the database: filtered, in pages by id, as GeoJSON geometry or as a vector tile.

use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Double, Integer, Jsonb, Nullable, Text};

use super::Layer;
use crate::db::While;
use crate::error::Result;

/// Which rows are wanted. Conditions are joined by "and".
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The district.
    pub district: String,
    /// Numbers of the runs, in the order of the layer's questions.
    pub runs: Vec<Option<i32>>,
    /// Numbers of the dataset versions that these have read.
    pub versions: Vec<i32>,
    /// For each column with the status of figures of withdrawn runs, the column with the figure, or an empty text where
    /// the whole row comes from the run.
    pub withdrawn: serde_json::Map<String, serde_json::Value>,
    /// West, south, east, north.
    pub bbox: Option<[f64; 4]>,
    /// Longitude, latitude, metres.
    pub near: Option<[f64; 3]>,
    /// A polygon or multipolygon as GeoJSON.
    pub within: Option<String>,
    /// Codes of neighbourhoods.
    pub dongs: Option<Vec<String>>,
}

/// How the place of a row is written.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Decimals kept, 0 to 8.
    pub precision: i32,
    /// Metres by which a line may deviate.
    pub simplify_m: Option<f64>,
}

/// One row.
#[derive(Debug, Clone, QueryableByName)]
pub struct Row {
    /// Unique in the layer.
    #[diesel(sql_type = Text)]
    pub id: String,
    /// GeoJSON geometry: EPSG:4326, right-hand rule, closed rings. None where the place is not known.
    #[diesel(sql_type = Nullable<Text>)]
    pub geometry: Option<String>,
    /// Longitude of a point.
    #[diesel(sql_type = Nullable<Double>)]
    pub longitude: Option<f64>,
    /// Latitude of a point.
    #[diesel(sql_type = Nullable<Double>)]
    pub latitude: Option<f64>,
    /// What it says.
    #[diesel(sql_type = Jsonb)]
    pub figures: serde_json::Value,
}

/// Rows after one id.
#[derive(Debug, Clone)]
pub struct Page {
    /// Only rows after this id.
    pub after: String,
    /// At most so many.
    pub rows: i32,
}

/// The rows of one page, by id.
pub fn page(conn: &mut PgConnection, layer: &Layer, filter: &Filter, shape: Shape, page: &Page) -> Result<Vec<Row>> {
    let sql = format!(
        "WITH feature AS ({}), wanted AS ({}) {}",
        layer.sql,
        include_str!("wanted.sql"),
        include_str!("page.sql")
    );
    diesel::sql_query(sql)
        .bind::<Text, _>(&filter.district)
        .bind::<Array<Nullable<Integer>>, _>(&filter.runs)
        .bind::<Array<Integer>, _>(&filter.versions)
        .bind::<Nullable<Array<Double>>, _>(filter.bbox.map(|b| b.to_vec()))
        .bind::<Nullable<Array<Double>>, _>(filter.near.map(|n| n.to_vec()))
        .bind::<Nullable<Text>, _>(&filter.within)
        .bind::<Nullable<Array<Text>>, _>(&filter.dongs)
        .bind::<Integer, _>(shape.precision)
        .bind::<Nullable<Double>, _>(shape.simplify_m)
        .bind::<Text, _>(&page.after)
        .bind::<Integer, _>(page.rows)
        .bind::<Jsonb, _>(serde_json::Value::Object(filter.withdrawn.clone()))
        .load(conn)
        .doing("reading a layer")
}

/// The rows inside one tile of the web map grid, as a vector tile.
pub fn tile(conn: &mut PgConnection, layer: &Layer, filter: &Filter, (z, x, y): (i32, i32, i32)) -> Result<Vec<u8>> {
    #[derive(QueryableByName)]
    struct Tile {
        #[diesel(sql_type = Binary)]
        tile: Vec<u8>,
    }
    let sql = format!(
        "WITH feature AS ({}), wanted AS ({}) {}",
        layer.sql,
        include_str!("wanted.sql"),
        include_str!("tile.sql")
    );
    let tile: Tile = diesel::sql_query(sql)
        .bind::<Text, _>(&filter.district)
        .bind::<Array<Nullable<Integer>>, _>(&filter.runs)
        .bind::<Array<Integer>, _>(&filter.versions)
        .bind::<Nullable<Array<Double>>, _>(filter.bbox.map(|b| b.to_vec()))
        .bind::<Nullable<Array<Double>>, _>(filter.near.map(|n| n.to_vec()))
        .bind::<Nullable<Text>, _>(&filter.within)
        .bind::<Nullable<Array<Text>>, _>(&filter.dongs)
        .bind::<Text, _>(layer.name)
        .bind::<Integer, _>(z)
        .bind::<Integer, _>(x)
        .bind::<Integer, _>(y)
        .bind::<Jsonb, _>(serde_json::Value::Object(filter.withdrawn.clone()))
        .get_result(conn)
        .doing("cutting a tile")?;
    Ok(tile.tile)
}
