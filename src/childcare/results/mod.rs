//! Results of a childcare run: stored as the analysis returns them, loaded as clients ask for them.

pub mod care;
pub mod siting;
pub mod usage;
pub mod voice;
pub mod vulnerability;

use std::sync::Arc;

use diesel::prelude::*;

use super::analysis::{Evidence, Siting};

use crate::db::While;
use crate::db::schema::childcare_dong;
use crate::error::{Error, Result};
use crate::graphql::stored::StoredFigures;

/// One place of a run: a dong code, `district`, `unresolved` or `outside`.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// The place.
    pub place: String,
    /// Its figures by name.
    pub figures: StoredFigures,
}

/// Everything that clients may ask of one run.
#[derive(Debug, Clone)]
pub struct ChildcareRun {
    /// District, then dongs by code, then the posts that belong to none.
    pub places: Vec<Arc<PlaceRow>>,
    /// Where care is missing: the district, then its dongs by code.
    pub care: Vec<Arc<PlaceRow>>,
    /// Use of places by kind, band of hours and place.
    pub usage: Vec<usage::UseRow>,
    /// What parents say.
    pub voice: voice::Voice,
    /// What choosing sites needs; none in runs that knew no candidates.
    pub siting: Option<Arc<Siting>>,
    /// What ranks of vulnerability rest on; none in older runs.
    pub evidence: Option<Arc<Evidence>>,
}

/// Stores the rows of a run. The caller holds the transaction.
pub fn store(conn: &mut PgConnection, run: i32, places: &[PlaceRow]) -> Result<()> {
    for row in places {
        let figures =
            serde_json::to_value(&row.figures).map_err(|e| Error::internal(format!("figures of a place: {e}")))?;
        diesel::insert_into(childcare_dong::table)
            .values((
                childcare_dong::run_id.eq(run),
                childcare_dong::place.eq(&row.place),
                childcare_dong::figures.eq(figures),
            ))
            .execute(conn)
            .doing("storing childcare figures")?;
    }
    Ok(())
}

/// Loads the places of a run.
pub fn places(conn: &mut PgConnection, run: i32) -> Result<Vec<Arc<PlaceRow>>> {
    let rows: Vec<(String, serde_json::Value)> = childcare_dong::table
        .filter(childcare_dong::run_id.eq(run))
        .select((childcare_dong::place, childcare_dong::figures))
        .load(conn)
        .doing("reading childcare figures")?;
    place_rows(rows)
}

/// Loads everything of a run.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<ChildcareRun> {
    Ok(ChildcareRun {
        places: places(conn, run)?,
        care: care::load(conn, run)?,
        usage: usage::load(conn, run)?,
        voice: voice::load(conn, run)?,
        siting: siting::load(conn, run)?.map(Arc::new),
        evidence: vulnerability::load(conn, run)?.map(Arc::new),
    })
}

fn place_rows(rows: Vec<(String, serde_json::Value)>) -> Result<Vec<Arc<PlaceRow>>> {
    let mut places = rows
        .into_iter()
        .map(|(place, figures)| {
            let figures =
                serde_json::from_value(figures).map_err(|e| Error::internal(format!("figures of {place}: {e}")))?;
            Ok(Arc::new(PlaceRow { place, figures }))
        })
        .collect::<Result<Vec<_>>>()?;
    places.sort_by(|a, b| (order(&a.place), &a.place).cmp(&(order(&b.place), &b.place)));
    Ok(places)
}

fn order(place: &str) -> u8 {
    match place {
        "district" => 0,
        "unresolved" => 2,
        "outside" => 3,
        _ => 1,
    }
}
