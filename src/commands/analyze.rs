//! `dongjak analyze`: computes a run now, or leaves it to `dongjak work`, and publishes it where that was asked.

use std::path::Path;

use super::{operator, say};
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};
use crate::jobs::compute::analyze_and_publish;
use crate::jobs::queue::{NewJob, job_add};
use crate::run::Analysis;
use crate::run::record::Audience;

/// Computes the runs and says what was done.
pub fn command(
    settings: &Settings,
    analyses: &[Analysis],
    params: Option<&Path>,
    publish: bool,
    later: bool,
) -> Result<()> {
    let params = match params {
        Some(path) if analyses.len() > 1 => {
            return Err(Error::bad_input(format!(
                "{}--params {} belongs to one question; name economy, childcare or wifi instead of all.",
                super::WRONG_USAGE,
                path.display()
            )));
        }
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|e| Error::bad_input(format!("The file {} cannot be read: {e}.", path.display())))?;
            Some(
                serde_json::from_str(&text)
                    .map_err(|e| Error::bad_input(format!("{} is not JSON: {e}.", path.display())))?,
            )
        }
        None => None,
    };
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    for analysis in analyses {
        if later {
            let audience = publish.then_some(Audience::Public);
            let parameters = params.clone().unwrap_or_else(|| serde_json::json!({}));
            let job = job_add(&mut conn, &NewJob::new(*analysis, &parameters, audience)?)?;
            say::line(&format!("Job {} for {} waits; `dongjak work` takes it.", job.id, job.analysis));
            continue;
        }
        let run =
            analyze_and_publish(&mut conn, settings, *analysis, params.as_ref(), publish.then(operator).as_ref())?;
        let state = if publish { "published" } else { "not published; `dongjak publish` makes it visible" };
        say::line(&format!("Run {} of {} is done ({state}).", run.id, run.analysis));
    }
    Ok(())
}
