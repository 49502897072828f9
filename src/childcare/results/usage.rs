//! Use of places of a run.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::While;
use crate::db::schema::childcare_use_rate;
use crate::error::{Error, Result};
use crate::graphql::stored::StoredFigures;

/// One place, kind of care and band of hours.
#[derive(Debug, Clone, PartialEq)]
pub struct UseRow {
    /// A dong code, `district` or `unresolved`.
    pub place: String,
    /// `all_day` or `part_time`.
    pub kind: String,
    /// First hour, and the hour at which the band ends.
    pub band: (u8, u8),
    /// Months that were added up.
    pub months: usize,
    /// The newest of them.
    pub last_month: NaiveDate,
    /// Its figures by name.
    pub figures: StoredFigures,
}

/// Stores the rows of a run.
pub fn store(conn: &mut PgConnection, run: i32, rows: &[UseRow]) -> Result<()> {
    use childcare_use_rate as table;
    for row in rows {
        let figures =
            serde_json::to_value(&row.figures).map_err(|e| Error::internal(format!("figures of use: {e}")))?;
        diesel::insert_into(table::table)
            .values((
                table::run_id.eq(run),
                table::place.eq(&row.place),
                table::kind.eq(&row.kind),
                table::hour_from.eq(i16::from(row.band.0)),
                table::hour_to.eq(i16::from(row.band.1)),
                table::months.eq(i16::try_from(row.months).unwrap_or(i16::MAX)),
                table::last_month.eq(row.last_month),
                table::figures.eq(figures),
            ))
            .execute(conn)
            .doing("storing the use of places")?;
    }
    Ok(())
}

type Stored = (String, String, i16, i16, i16, NaiveDate, serde_json::Value);

/// Loads the rows of a run, by kind, band and place: the district, dongs by code, then what is on no map.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<Vec<UseRow>> {
    use childcare_use_rate as table;
    let rows: Vec<Stored> = table::table
        .filter(table::run_id.eq(run))
        .select((
            table::place,
            table::kind,
            table::hour_from,
            table::hour_to,
            table::months,
            table::last_month,
            table::figures,
        ))
        .load(conn)
        .doing("reading the use of places")?;
    let mut rows = rows.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    let key = |r: &UseRow| (r.kind.clone(), r.band, super::order(&r.place), r.place.clone());
    rows.sort_by_key(key);
    Ok(rows)
}

fn row((place, kind, hour_from, hour_to, months, last_month, figures): Stored) -> Result<UseRow> {
    let figures =
        serde_json::from_value(figures).map_err(|e| Error::internal(format!("figures of use in {place}: {e}")))?;
    let hour = |n: i16| u8::try_from(n).map_err(|_| Error::internal(format!("the hour {n}")));
    let months = usize::try_from(months).unwrap_or(0);
    Ok(UseRow { place, kind, band: (hour(hour_from)?, hour(hour_to)?), months, last_month, figures })
}
