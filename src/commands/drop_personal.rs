//! `dongjak drop-personal`: what is personal in contributions is kept as long as somebody may need to be reached.

use super::{days_ago, operator, say};
use crate::audit::{Entry, audit_add};
use crate::change::personal::drop_personal;
use crate::config::Settings;
use crate::db;
use crate::error::Result;

/// Drops it from contributions that are older than so many days, and says of how many.
pub fn command(settings: &Settings, retain_days: u32) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    let before = days_ago(retain_days)?;
    let dropped = db::in_transaction(&mut conn, |conn| {
        let dropped = drop_personal(conn, before)?;
        let subject = format!("contributions older than {retain_days} days");
        let detail = serde_json::json!({"contributions": dropped.contributions, "answers": dropped.answers});
        audit_add(conn, &Entry { actor: &operator(), action: "drop what is personal", subject, detail })?;
        Ok(dropped)
    })?;
    say::line(&format!(
        "What is personal in {} contributions older than {retain_days} days is dropped, and {} answers to old changes.",
        dropped.contributions, dropped.answers
    ));
    Ok(())
}
