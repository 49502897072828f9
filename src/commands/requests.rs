//! `dongjak requests`: what citizens and departments have asked for over the API, on its way into an analysis.

use clap::Subcommand;

use super::{operator, say};
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};
use crate::wifi::requests::take::{Taken, request_list, request_reject, requests_take};

/// What can be done with requests.
#[derive(Debug, Subcommand)]
pub enum RequestsCommand {
    /// List the newest requests, with their reasons masked.
    List {
        /// Rows to show.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1_000_000))]
        most: i64,
    },
    /// Do not count a request.
    Reject {
        /// Number of the request, from `dongjak requests list`.
        request: i32,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Write all requests that stand open into a dataset version; the next analysis of Wi-Fi reads it.
    Take {
        /// They were filed to try the product out, beside a demo.
        #[arg(long)]
        synthetic: bool,
    },
}

/// Runs what was typed.
pub fn command(settings: &Settings, command: RequestsCommand) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    match command {
        RequestsCommand::List { most } => {
            let rows: Vec<Vec<String>> = request_list(&mut conn, most)?
                .into_iter()
                .map(|request| {
                    vec![
                        request.number.to_string(),
                        request.filed_at.format("%Y-%m-%d %H:%M").to_string(),
                        request.kind,
                        request.requester,
                        format!("{:.6} {:.6}", request.place.0, request.place.1),
                        request.ended.unwrap_or_else(|| "OPEN".to_owned()),
                        request.reason.unwrap_or_default().replace('\n', " "),
                    ]
                })
                .collect();
            say::table(&["request", "filed (UTC)", "kind", "requester", "place", "state", "reason"], &rows);
        }
        RequestsCommand::Reject { request, reason } => {
            if reason.trim().is_empty() {
                return Err(Error::bad_input("A rejection needs a reason in words."));
            }
            db::in_transaction(&mut conn, |conn| request_reject(conn, &operator(), request, reason.trim()))?;
            say::line(&format!("Request {request} is not counted."));
        }
        RequestsCommand::Take { synthetic } => {
            let taken = db::in_transaction(&mut conn, |conn| {
                super::import::one_at_a_time(conn, "wifi-requests")?;
                requests_take(conn, &operator(), synthetic)
            })?;
            say::line(&match taken {
                Taken::Version(version) => format!(
                    "Version {} of wifi-requests holds {} requests; `dongjak analyze wifi` reads it.",
                    version.id, version.rows_kept
                ),
                Taken::Nothing(Some(version)) => {
                    format!("Nothing has changed since version {} of wifi-requests.", version.id)
                }
                Taken::Nothing(None) => "Nobody has filed a request yet.".to_owned(),
            });
        }
    }
    Ok(())
}
