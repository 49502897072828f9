//! What choosing sites needs, as a run has seen it.

use diesel::prelude::*;

use crate::childcare::analysis::Siting;
use crate::db::While;
use crate::db::schema::childcare_siting;
use crate::error::{Error, Result};

/// Stores it.
pub fn store(conn: &mut PgConnection, run: i32, siting: &Siting) -> Result<()> {
    let problem = serde_json::to_value(siting).map_err(|e| Error::internal(format!("the siting problem: {e}")))?;
    diesel::insert_into(childcare_siting::table)
        .values((childcare_siting::run_id.eq(run), childcare_siting::problem.eq(problem)))
        .execute(conn)
        .map(drop)
        .doing("storing the siting problem")
}

/// Loads it.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<Option<Siting>> {
    let problem: Option<serde_json::Value> = childcare_siting::table
        .find(run)
        .select(childcare_siting::problem)
        .first(conn)
        .optional()
        .doing("reading the siting problem")?;
    problem
        .map(|problem| {
            serde_json::from_value(problem).map_err(|e| Error::internal(format!("siting problem of run {run}: {e}")))
        })
        .transpose()
}
