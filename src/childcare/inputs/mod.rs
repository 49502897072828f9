//! From source tables to what the analysis asks for. Places come in metres of EPSG:5179.

mod candidates;
mod care;
mod earlier;

use std::collections::BTreeMap;

use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Double, Integer, Nullable, Text};

use super::analysis::{
    CellInput, ChildcareInputs, DongInput, Listener, Listening, PostInput, Reader, Reading as PostReading,
};
use super::lexicon;
use crate::db::While;
use crate::error::{Error, Result};
use crate::run::dataset::DatasetVersion;
use crate::run::reading::Reading;
use crate::text::tokeniser::Tokeniser;

#[derive(QueryableByName)]
struct DongRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Text)]
    name_ko: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    children: Option<i64>,
}

#[derive(QueryableByName)]
struct CellRow {
    #[diesel(sql_type = Text)]
    dong_code: String,
    #[diesel(sql_type = Double)]
    x_m: f64,
    #[diesel(sql_type = Double)]
    y_m: f64,
    #[diesel(sql_type = Double)]
    border_m: f64,
}

#[derive(QueryableByName)]
struct PostRow {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = diesel::sql_types::Date)]
    written_on: chrono::NaiveDate,
    #[diesel(sql_type = Text)]
    channel: String,
    #[diesel(sql_type = Nullable<Text>)]
    author_hash: Option<String>,
    #[diesel(sql_type = Text)]
    text_masked: String,
}

/// Everything that a run reads, and the dataset versions that it comes from. Posts and centres may each be
/// absent, but not both: what is absent gives figures that say so.
pub fn inputs(
    conn: &mut PgConnection,
    reading: Reading,
    district: &str,
    listening: &Listening,
    tokeniser: &Tokeniser,
) -> Result<(ChildcareInputs, Vec<DatasetVersion>)> {
    let mut used = Vec::new();
    let mut versions = |conn: &mut PgConnection, dataset: &str| -> Result<Vec<i32>> {
        let found = reading.versions(conn, dataset)?;
        let ids = found.iter().map(|v| v.id).collect();
        used.extend(found);
        Ok(ids)
    };
    let boundaries = versions(conn, "dongs")?;
    let registers = versions(conn, "children")?;
    let centres = versions(conn, "daycare-centres")?;
    let usage = versions(conn, "childcare-use")?;
    let sites = versions(conn, "childcare-candidates")?;
    let posts = versions(conn, "posts")?;
    let earlier = {
        let read: Vec<DatasetVersion> = used.iter().filter(|v| posts.contains(&v.id)).cloned().collect();
        earlier::earlier(conn, reading, &read)?
    };
    let dongs: Vec<DongRow> = diesel::sql_query(include_str!("dongs.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(&boundaries)
        .bind::<Array<Integer>, _>(&registers)
        .load(conn)
        .doing("reading the dongs with their children")?;
    if dongs.is_empty() {
        return Err(Error::bad_input(
            "There are no boundaries of this district. Import them first: `dongjak import dongs FILE`.",
        ));
    }
    if posts.is_empty() && centres.is_empty() {
        return Err(Error::bad_input(
            "There are neither posts nor daycare centres to analyse. Import one first: `dongjak import posts FILE` or \
             `dongjak import daycare-centres FILE`.",
        ));
    }
    let mut cells = BTreeMap::<String, Vec<CellInput>>::new();
    let rows: Vec<CellRow> = diesel::sql_query(include_str!("cells.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(&boundaries)
        .load(conn)
        .doing("laying cells over the dongs")?;
    for row in rows {
        let cell = CellInput { at: (row.x_m, row.y_m), border_m: row.border_m };
        cells.entry(row.dong_code).or_default().push(cell);
    }
    let names: Vec<(String, String)> = dongs.iter().map(|d| (d.dong_code.clone(), d.name_ko.clone())).collect();
    let place_names = lexicon::shipped_names().map_err(|e| Error::internal(format!("the shipped place names: {e}")))?;
    let gazetteer = lexicon::gazetteer(&names, &place_names);
    let readings = heard(conn, &posts, Reader { listening, gazetteer: &gazetteer, tokeniser })?;
    let (found, usage) = care::care(conn, district, &boundaries, &centres, &usage)?;
    Ok((
        ChildcareInputs {
            // Posts whose texts were dropped are as good as never imported: nobody can tell what they said.
            readings: Some(readings).filter(|readings| !readings.is_empty()),
            earlier,
            centres: (!centres.is_empty()).then_some(found),
            usage,
            candidates: candidates::candidates(conn, district, &boundaries, &sites)?,
            dongs: dongs
                .into_iter()
                .map(|d| DongInput {
                    cells: cells.remove(&d.dong_code).unwrap_or_default(),
                    children: d.children.and_then(|n| u32::try_from(n).ok()),
                    code: d.dong_code,
                })
                .collect(),
        },
        used,
    ))
}

/// What was read in the posts of these versions. They come row by row, and no text outlives its reading.
fn heard(conn: &mut PgConnection, versions: &[i32], reader: Reader) -> Result<Vec<PostReading>> {
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    let mut listener = Listener::new(reader);
    diesel::sql_query(include_str!("posts.sql"))
        .bind::<Array<Integer>, _>(versions)
        .load_iter::<PostRow, PgRowByRowLoadingMode>(conn)
        .doing("reading the posts")?
        .map(|row| {
            let row = row.doing("reading a post")?;
            let post = PostInput {
                id: row.id,
                on: row.written_on,
                channel: row.channel.into(),
                author: row.author_hash,
                text: row.text_masked,
            };
            Ok(listener.hear(&post))
        })
        .collect()
}
