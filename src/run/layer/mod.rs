//! Layers of a map: rows with a place, bound to the runs that they come from.
//!
//! Each question says in SQL which rows a layer has; what every layer can do, to be filtered, paged, written as GeoJSON
//! and cut into tiles, stands here once.

mod query;

pub use query::{Filter, Page, Row, Shape, page, tile};

use super::Analysis;

/// A named list of places with figures.
///
/// `sql` gives `id` (text, unique in the layer), `dong_code` (text or null), `place` (geometry in EPSG:4326, may be
/// null) and `figures` (jsonb). It may use $1, the district; $2, the numbers of the runs in the order of `analyses`,
/// null where nothing is published; and $3, the numbers of the dataset versions that those runs have read.
#[derive(Debug)]
pub struct Layer {
    /// Name in addresses.
    pub name: &'static str,
    /// What it shows, in Korean.
    pub title_ko: &'static str,
    /// What it shows, in English.
    pub title_en: &'static str,
    /// The questions that its figures answer.
    pub analyses: &'static [Analysis],
    /// It has rows even before any of these has been published.
    pub always: bool,
    /// Its rows are points.
    pub points: bool,
    /// What each row says, in order.
    pub columns: &'static [Column],
    /// Which column says what the figures of which question are worth.
    pub statuses: &'static [Status],
    /// Where the rows come from.
    pub sql: &'static str,
}

/// One thing that a row says.
#[derive(Debug)]
pub struct Column {
    /// Name in GeoJSON, NDJSON and tiles.
    pub name: &'static str,
    /// Korean heading.
    pub ko: &'static str,
    /// English heading, with the unit.
    pub en: &'static str,
}

/// A column that says what a figure is worth. Its SQL says so for a run in force; once the run is withdrawn it says
/// WITHDRAWN.
#[derive(Debug)]
pub struct Status {
    /// Name of the column.
    pub column: &'static str,
    /// The question whose run the figure comes from.
    pub analysis: Analysis,
    /// The column with the figure. A missing figure keeps its own status. None: the whole row comes from the run.
    pub of: Option<&'static str>,
}

/// The status of every row of a layer with one question.
pub const fn row_status(analysis: Analysis) -> [Status; 1] {
    [Status { column: "runStatus", analysis, of: None }]
}

/// Its column.
pub const RUN_STATUS: Column = column("runStatus", "분석 상태", "status of the run: PUBLISHED or WITHDRAWN");

/// A column in one line.
pub const fn column(name: &'static str, ko: &'static str, en: &'static str) -> Column {
    Column { name, ko, en }
}
