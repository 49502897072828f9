//! The rows of a run into the database.

use diesel::prelude::*;

use super::{Rows, series};
use crate::db::While;
use crate::db::schema::{
    economy_exposure, economy_mix_sentiment, economy_policy, economy_ranking, economy_scope, economy_sensitivity,
    economy_sentiment,
};
use crate::error::{Error, Result};

/// Stores the rows of a run. The caller holds the transaction.
pub fn store(conn: &mut PgConnection, run: i32, rows: &Rows) -> Result<()> {
    diesel::insert_into(economy_sensitivity::table)
        .values(&rows.sensitivity)
        .execute(conn)
        .doing("storing sensitivities")?;
    series::store(conn, &rows.series)?;
    series::index_store(conn, run, &rows.index)?;
    for part in rows.sentiment.chunks(4_000) {
        diesel::insert_into(economy_sentiment::table).values(part).execute(conn).doing("storing sentiment")?;
    }
    for part in rows.mix.chunks(8_000) {
        diesel::insert_into(economy_mix_sentiment::table)
            .values(part)
            .execute(conn)
            .doing("storing mix-implied sentiment")?;
    }
    let exposure: Vec<_> = rows
        .exposure
        .iter()
        .map(|(week, log_cases)| {
            (
                economy_exposure::run_id.eq(run),
                economy_exposure::iso_year.eq(week.year),
                economy_exposure::iso_week.eq(i32::try_from(week.week).unwrap_or(0)),
                economy_exposure::log_cases.eq(*log_cases),
            )
        })
        .collect();
    for part in exposure.chunks(8_000) {
        diesel::insert_into(economy_exposure::table).values(part).execute(conn).doing("storing exposure")?;
    }
    for (scope, code, figures) in &rows.scopes {
        use economy_scope::dsl;
        diesel::insert_into(economy_scope::table)
            .values((dsl::run_id.eq(run), dsl::scope.eq(*scope), dsl::code.eq(code), dsl::figures.eq(json(figures)?)))
            .execute(conn)
            .doing("storing shocks")?;
    }
    for (code, effect) in &rows.policies {
        use economy_policy::dsl;
        let effect = effect.as_ref().map(json).transpose()?;
        diesel::insert_into(economy_policy::table)
            .values((dsl::run_id.eq(run), dsl::code.eq(code), dsl::effect.eq(effect)))
            .execute(conn)
            .doing("storing policy effects")?;
    }
    if let Some(ranking) = &rows.ranking {
        use economy_ranking::dsl;
        diesel::insert_into(economy_ranking::table)
            .values((dsl::run_id.eq(run), dsl::ranking.eq(json(ranking)?)))
            .execute(conn)
            .doing("storing ranks")?;
    }
    Ok(())
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|e| Error::internal(format!("results as JSON: {e}")))
}
