//! Places, accessibility and unmet need of a run.

use std::sync::Arc;

use diesel::prelude::*;

use super::PlaceRow;
use crate::db::While;
use crate::db::schema::childcare_care;
use crate::error::{Error, Result};

/// Stores the rows of a run.
pub fn store(conn: &mut PgConnection, run: i32, rows: &[PlaceRow]) -> Result<()> {
    for row in rows {
        let figures =
            serde_json::to_value(&row.figures).map_err(|e| Error::internal(format!("figures of a place: {e}")))?;
        diesel::insert_into(childcare_care::table)
            .values((
                childcare_care::run_id.eq(run),
                childcare_care::place.eq(&row.place),
                childcare_care::figures.eq(figures),
            ))
            .execute(conn)
            .doing("storing figures of care")?;
    }
    Ok(())
}

/// Loads the rows of a run: the district, then its dongs by code.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<Vec<Arc<PlaceRow>>> {
    let rows: Vec<(String, serde_json::Value)> = childcare_care::table
        .filter(childcare_care::run_id.eq(run))
        .select((childcare_care::place, childcare_care::figures))
        .load(conn)
        .doing("reading figures of care")?;
    super::place_rows(rows)
}
