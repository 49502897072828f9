//! `dongjak drop-personal`: what is personal in contributions is kept as long as somebody may need to be reached.

use chrono::{Days, Utc};

use super::{operator, say};
use crate::audit::{Entry, audit_add};
use crate::change::personal::drop_personal;
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};

/// Drops it from contributions that are older than so many days, and says of how many.
pub fn command(settings: &Settings, retain_days: u32) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    let before = Utc::now()
        .checked_sub_days(Days::new(u64::from(retain_days)))
        .ok_or_else(|| Error::bad_input(format!("--retain-days {retain_days} is too many.")))?;
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
