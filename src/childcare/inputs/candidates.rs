//! Buildings in which a service could open.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Double, Integer, Nullable, Text};

use crate::childcare::analysis::SiteCandidate;
use crate::db::While;
use crate::error::Result;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    cost_won: Option<i64>,
    #[diesel(sql_type = Bool)]
    all_day: bool,
    #[diesel(sql_type = Bool)]
    part_time: bool,
    #[diesel(sql_type = Nullable<Text>)]
    dong_code: Option<String>,
    #[diesel(sql_type = Double)]
    lon: f64,
    #[diesel(sql_type = Double)]
    lat: f64,
    #[diesel(sql_type = Double)]
    x_m: f64,
    #[diesel(sql_type = Double)]
    y_m: f64,
}

/// Candidates by id.
pub fn candidates(
    conn: &mut PgConnection,
    district: &str,
    boundaries: &[i32],
    versions: &[i32],
) -> Result<Vec<SiteCandidate>> {
    let rows: Vec<Row> = diesel::sql_query(include_str!("candidates.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(boundaries)
        .bind::<Array<Integer>, _>(versions)
        .load(conn)
        .doing("reading the candidates")?;
    let candidate = |r: Row| SiteCandidate {
        id: r.id,
        name: r.name,
        kind: r.kind,
        at: (r.x_m, r.y_m),
        place: (r.lon, r.lat),
        dong: r.dong_code,
        cost_won: r.cost_won.and_then(|won| u64::try_from(won).ok()),
        fit: [r.all_day, r.part_time],
    };
    Ok(rows.into_iter().map(candidate).collect())
}
