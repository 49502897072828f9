//! Source tables of childcare: how rows go in, and how an analysis gets what it asks for.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{children, daycare_centre, post};
use crate::error::Result;

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
    /// Text after masking.
    pub text_masked: String,
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

/// Writes children of one version.
pub fn children_store(conn: &mut PgConnection, rows: &[Children]) -> Result<()> {
    diesel::copy_from(children::table).from_insertable(rows).execute(conn).map(drop).doing("writing children")
}
