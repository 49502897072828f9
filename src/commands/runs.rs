//! `dongjak runs`, `dongjak publish` and `dongjak withdraw`.

use super::{operator, say};
use crate::config::Settings;
use crate::db;
use crate::error::Result;
use crate::run::publication::seen_everywhere;
use crate::run::record::{Audience, run_list, run_publish, run_withdraw};

/// Lists the runs, newest first.
pub fn list(settings: &Settings) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    let runs = run_list(&mut conn)?;
    let rows: Vec<Vec<String>> = runs
        .iter()
        .map(|run| {
            vec![
                run.id.to_string(),
                run.analysis.clone(),
                run.method_version.clone(),
                run.finished_at.format("%Y-%m-%d %H:%M").to_string(),
                match (run.audience.as_deref(), run.withdrawn_at, run.withdrawn_for_privacy) {
                    (None, ..) => "not published".to_owned(),
                    (Some(audience), None, _) => audience.to_owned(),
                    (Some(audience), Some(_), false) => format!("{audience}, withdrawn"),
                    (Some(audience), Some(_), true) => format!("{audience}, withdrawn for privacy"),
                },
                if run.synthetic { "synthetic".to_owned() } else { String::new() },
                run.source_hash.chars().take(12).collect(),
            ]
        })
        .collect();
    say::table(&["run", "analysis", "method", "finished (UTC)", "audience", "data", "sources"], &rows);
    Ok(())
}

/// Makes a run visible.
pub fn publish(settings: &Settings, id: i32, audience: Audience) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    let run = db::in_transaction(&mut conn, |conn| run_publish(conn, &operator(), id, audience))?;
    seen_everywhere(&mut conn);
    say::line(&format!("Run {} of {} is published as {}.", run.id, run.analysis, audience.name()));
    Ok(())
}

/// Withdraws a published run.
pub fn withdraw(settings: &Settings, id: i32, reason: &str, privacy: bool) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    let run = db::in_transaction(&mut conn, |conn| run_withdraw(conn, &operator(), id, reason, privacy))?;
    seen_everywhere(&mut conn);
    let now = if privacy { "cannot be read any more" } else { "stays readable and is marked" };
    say::line(&format!("Run {} of {} is withdrawn; it {now}.", run.id, run.analysis));
    Ok(())
}
