//! What a map can show of childcare.

use crate::run::Analysis;
use crate::run::layer::{Layer, RUN_STATUS, column, row_status};

/// The layers of this question.
pub const LAYERS: [Layer; 1] = [Layer {
    name: "care-centres",
    title_ko: "어린이집",
    title_en: "Daycare centres",
    analyses: &[Analysis::Childcare],
    always: false,
    points: true,
    columns: &[
        column("name", "어린이집명", "name"),
        column("kind", "유형", "kind"),
        column("neighbourhood", "행정동코드", "code of the neighbourhood"),
        column("capacity", "정원", "licensed places"),
        column("partTime", "시간제보육", "part-time care"),
        RUN_STATUS,
    ],
    statuses: &row_status(Analysis::Childcare),
    sql: include_str!("centres.sql"),
}];
