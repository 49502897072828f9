//! Source tables of childcare: how rows go in, and how an analysis gets what it asks for.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};

use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{childcare_candidate, childcare_use, children, daycare_centre, post};
use crate::error::Result;
use crate::run::dataset::DatasetVersion;

/// A post after masking.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = post, treat_none_as_default_value = false)]
pub struct Post {
    /// Version that brings the row.
    pub version_id: i32,
    /// Id in the source.
    pub id: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Where it was written.
    pub channel: String,
    /// Text after masking; none once it was dropped.
    pub text_masked: Option<String>,
    /// Salted hash of the author.
    pub author_hash: Option<String>,
    /// How often it was passed on.
    pub reposts: i32,
}

/// A daycare centre that was open.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = daycare_centre, treat_none_as_default_value = false)]
pub struct DaycareCentre {
    /// Version that brings the row.
    pub version_id: i32,
    /// Id in the source.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind: public, private, home, ...
    pub kind: Option<String>,
    /// Licensed places.
    pub capacity: i32,
    /// Children enrolled.
    pub enrolled: Option<i32>,
    /// Children waiting.
    pub waiting: Option<i32>,
    /// Offers part-time care.
    pub part_time: Option<bool>,
    /// District as the file names it.
    pub area: Option<String>,
    /// Where it is; `None` where the file does not say.
    pub place: Option<PointColumn>,
}

/// Use of the places of one dong or centre in one band of hours of a month.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = childcare_use, treat_none_as_default_value = false)]
pub struct CareUse {
    /// Version that brings the row.
    pub version_id: i32,
    /// Line in the file; of several files, counted on.
    pub line: i64,
    /// First day of the month.
    pub month: NaiveDate,
    /// Eight digits, where the file speaks of a dong.
    pub dong_code: Option<String>,
    /// Id or name, where the file speaks of a centre.
    pub centre: Option<String>,
    /// `all_day` or `part_time`.
    pub kind: String,
    /// First hour of the band.
    pub hour_from: i16,
    /// Hour at which the band ends.
    pub hour_to: i16,
    /// Places offered.
    pub places: i32,
    /// Places used.
    pub used: i32,
}

/// A building in which a service could open.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = childcare_candidate, treat_none_as_default_value = false)]
pub struct Candidate {
    /// Version that brings the row.
    pub version_id: i32,
    /// Id in the source.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind: community centre, apartment, vacated centre, ...
    pub kind: String,
    /// Cost of opening, won.
    pub cost_won: Option<i64>,
    /// Fit for all-day care.
    pub all_day: bool,
    /// Fit for part-time care.
    pub part_time: bool,
    /// Where it is.
    pub place: PointColumn,
}

/// Registered children of one dong and age.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = children, treat_none_as_default_value = false)]
pub struct Children {
    /// Eight digits.
    pub dong_code: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Years.
    pub age: i16,
    /// Version that brings the row.
    pub version_id: i32,
    /// Persons.
    pub persons: i32,
}

/// Writes posts of one version.
pub fn posts_store(conn: &mut PgConnection, rows: &[Post]) -> Result<()> {
    diesel::copy_from(post::table).from_insertable(rows).execute(conn).map(drop).doing("writing posts")
}

/// Writes daycare centres of one version.
pub fn daycare_centres_store(conn: &mut PgConnection, rows: &[DaycareCentre]) -> Result<()> {
    diesel::copy_from(daycare_centre::table)
        .from_insertable(rows)
        .execute(conn)
        .map(drop)
        .doing("writing daycare centres")
}

/// Writes the use of places of one version.
pub fn usage_store(conn: &mut PgConnection, rows: &[CareUse]) -> Result<()> {
    diesel::copy_from(childcare_use::table)
        .from_insertable(rows)
        .execute(conn)
        .map(drop)
        .doing("writing the use of places")
}

/// Writes candidates of one version.
pub fn candidates_store(conn: &mut PgConnection, rows: &[Candidate]) -> Result<()> {
    diesel::copy_from(childcare_candidate::table)
        .from_insertable(rows)
        .execute(conn)
        .map(drop)
        .doing("writing candidates")
}

/// Writes children of one version.
pub fn children_store(conn: &mut PgConnection, rows: &[Children]) -> Result<()> {
    diesel::copy_from(children::table).from_insertable(rows).execute(conn).map(drop).doing("writing children")
}

/// Drops texts and authors of the posts that were written before `before`, and notes it with each version: how many
/// posts by version.
pub fn posts_drop_texts(conn: &mut PgConnection, before: DateTime<Utc>) -> Result<Vec<(i32, i64)>> {
    #[derive(QueryableByName)]
    struct Dropped {
        #[diesel(sql_type = Integer)]
        version_id: i32,
        #[diesel(sql_type = BigInt)]
        posts: i64,
    }
    let dropped: Vec<Dropped> = diesel::sql_query(include_str!("drop_texts.sql"))
        .bind::<diesel::sql_types::Timestamptz, _>(before)
        .load(conn)
        .doing("dropping the texts of old posts")?;
    Ok(dropped.into_iter().map(|row| (row.version_id, row.posts)).collect())
}

/// Posts of these versions whose texts were dropped.
pub fn posts_dropped(conn: &mut PgConnection, versions: &[DatasetVersion]) -> Result<i64> {
    let ids: Vec<i32> = versions.iter().map(|version| version.id).collect();
    post::table
        .filter(post::version_id.eq_any(ids))
        .filter(post::text_masked.is_null())
        .count()
        .get_result(conn)
        .doing("counting dropped texts")
}
