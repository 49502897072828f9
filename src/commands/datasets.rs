//! `dongjak datasets` and `dongjak refused`.

use super::{registry, say};
use crate::config::Settings;
use crate::db;
use crate::error::Result;
use crate::run::dataset::{refused_list, version_list};

/// Lists the datasets that can be imported, and the versions that were.
pub fn list(settings: &Settings) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    let versions = version_list(&mut conn)?;
    let rows: Vec<Vec<String>> = versions
        .iter()
        .map(|v| {
            let period = match (v.period_start, v.period_end) {
                (Some(start), Some(end)) => format!("{start}..{end}"),
                _ => String::new(),
            };
            vec![
                v.id.to_string(),
                v.dataset.clone(),
                v.layout.clone(),
                v.rows_kept.to_string(),
                v.rows_refused.to_string(),
                period,
                if v.synthetic { "synthetic".to_owned() } else { String::new() },
                v.sha256.chars().take(12).collect(),
            ]
        })
        .collect();
    say::table(&["version", "dataset", "layout", "kept", "refused", "period", "data", "sha256"], &rows);
    say::line("");
    say::line("Datasets that can be imported:");
    for entry in registry::ENTRIES {
        say::line(&format!("  {:<20} {}", entry.dataset, entry.what));
    }
    Ok(())
}

/// Lists the refused rows of a version.
pub fn refused(settings: &Settings, version: i32) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    let rows = refused_list(&mut conn, version)?;
    for row in &rows {
        let raw = row.raw.as_deref().unwrap_or("(text is not kept)");
        say::line(&format!("{}:{}: {} | {}", row.file, row.line, row.reason, raw.replace(['\n', '\r'], " ")));
    }
    say::line(&format!("{} refused rows in version {version}.", rows.len()));
    Ok(())
}
