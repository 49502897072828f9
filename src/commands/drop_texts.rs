//! `dongjak drop-texts`: posts are kept as long as their texts are needed, counts of them for good.

use super::{days_ago, operator, say};
use crate::audit::{Entry, audit_add};
use crate::childcare::tables::posts_drop_texts;
use crate::config::Settings;
use crate::db;
use crate::error::Result;

/// Drops the texts of posts that are older than so many days, and says how many.
pub fn command(settings: &Settings, retain_days: u32) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    let before = days_ago(retain_days)?;
    let dropped = db::in_transaction(&mut conn, |conn| {
        let dropped = posts_drop_texts(conn, before)?;
        for (version, posts) in &dropped {
            let (subject, detail) = (format!("posts version {version}"), serde_json::json!({"posts": posts}));
            audit_add(conn, &Entry { actor: &operator(), action: "drop texts", subject, detail })?;
        }
        Ok(dropped)
    })?;
    if dropped.is_empty() {
        say::line(&format!("No post older than {retain_days} days has a text."));
    }
    for (version, posts) in &dropped {
        say::line(&format!("Version {version}: the texts of {posts} posts older than {retain_days} days are dropped."));
    }
    if !dropped.is_empty() {
        say::line("Runs keep what they counted. New runs begin with the month after the newest dropped text.");
    }
    Ok(())
}
