//! What parents say, of a run: volumes by period, issues, keywords.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::childcare::analysis::Grain;
use crate::db::While;
use crate::db::schema::childcare_voice;
use crate::error::{Error, Result};
use crate::graphql::stored::StoredFigures;

/// Everything that was said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// Volumes by place or channel and period.
    pub volumes: Vec<VolumeRow>,
    /// Issues by place.
    pub issues: Vec<IssueRow>,
    /// Issues by period, for the whole district; none in runs of older versions.
    #[serde(default)]
    pub trends: Vec<TrendRow>,
    /// Keywords by group, the strongest first.
    pub keywords: Vec<KeywordRow>,
}

/// Posts of one place or channel in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VolumeRow {
    /// A dong code, `district` or `unresolved`.
    pub place: String,
    /// Where they were written; `None` for all channels. Channels are told apart for the whole district only.
    pub channel: Option<String>,
    /// Length of the period.
    pub grain: Grain,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Far more than the periods before; `None` where that cannot be said.
    pub is_burst: Option<bool>,
    /// Figures by name.
    pub figures: StoredFigures,
}

/// One issue in one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IssueRow {
    /// A dong code, `district` or `unresolved`.
    pub place: String,
    /// The issue by name.
    pub issue: String,
    /// Figures by name.
    pub figures: StoredFigures,
    /// Keywords of the posts that praise it.
    pub praised: Vec<String>,
    /// Keywords of the posts that complain about it.
    pub complained: Vec<String>,
}

/// One issue in one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrendRow {
    /// The issue by name.
    pub issue: String,
    /// Length of the period.
    pub grain: Grain,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// Figures by name.
    pub figures: StoredFigures,
}

/// One keyword of a group of posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeywordRow {
    /// A dong code, or `district`.
    pub place: String,
    /// The issue of the group, if it has one.
    pub issue: Option<String>,
    /// The polarity of the group, if it has one: pos, neu or neg.
    pub polarity: Option<String>,
    /// 1 for the strongest of its group.
    pub rank: u32,
    /// Dictionary form.
    pub term: String,
    /// Words that stand beside it.
    pub associated: Vec<String>,
    /// Figures by name.
    pub figures: StoredFigures,
}

/// Stores what was said in a run.
pub fn store(conn: &mut PgConnection, run: i32, voice: &Voice) -> Result<()> {
    let voice = serde_json::to_value(voice).map_err(|e| Error::internal(format!("what parents say: {e}")))?;
    diesel::insert_into(childcare_voice::table)
        .values((childcare_voice::run_id.eq(run), childcare_voice::voice.eq(voice)))
        .execute(conn)
        .map(drop)
        .doing("storing what parents say")
}

/// Loads what was said in a run; nothing for a run of an older version.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<Voice> {
    let stored: Option<serde_json::Value> = childcare_voice::table
        .find(run)
        .select(childcare_voice::voice)
        .first(conn)
        .optional()
        .doing("reading what parents say")?;
    stored.map_or_else(
        || Ok(Voice::default()),
        |voice| serde_json::from_value(voice).map_err(|e| Error::internal(format!("what parents say: {e}"))),
    )
}
