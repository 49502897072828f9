//! `dongjak call`: calls for ideas.

use chrono::NaiveDate;
use clap::Subcommand;

use super::{operator, say};
use crate::config::Settings;
use crate::db;
use crate::error::Result;
use crate::ideas::calls::{call_close, call_list, call_open, today};

/// What can be done with calls.
#[derive(Debug, Subcommand)]
pub enum CallCommand {
    /// Make a call: ideas are taken from its first to its last day.
    Open {
        /// What it asks for, in Korean.
        #[arg(long)]
        title_ko: String,
        /// The same in English.
        #[arg(long)]
        title_en: String,
        /// First day, as YYYY-MM-DD; today without it.
        #[arg(long)]
        opens: Option<NaiveDate>,
        /// Last day, as YYYY-MM-DD.
        #[arg(long)]
        closes: NaiveDate,
    },
    /// Set the last day of a call: earlier to end it, later to prolong it.
    Close {
        /// Number of the call, from `dongjak call list`.
        call: i32,
        /// Last day, as YYYY-MM-DD; today without it.
        #[arg(long)]
        on: Option<NaiveDate>,
    },
    /// List the calls.
    List,
}

/// Runs what was typed.
pub fn command(settings: &Settings, command: CallCommand) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    match command {
        CallCommand::Open { title_ko, title_en, opens, closes } => {
            let days = (opens.unwrap_or_else(today), closes);
            let call = call_open(&mut conn, &operator(), (&title_ko, &title_en), days)?;
            say::line(&format!("Call {} takes ideas from {} to {}.", call.number, call.opens_on, call.closes_on));
        }
        CallCommand::Close { call, on } => {
            let call = call_close(&mut conn, &operator(), call, on.unwrap_or_else(today))?;
            say::line(&format!("Call {} takes ideas until {}.", call.number, call.closes_on));
        }
        CallCommand::List => {
            let today = today();
            let rows: Vec<Vec<String>> = call_list(&mut conn)?
                .into_iter()
                .map(|call| {
                    let state = if call.is_open(today) { "open" } else { "" };
                    let (opens, closes) = (call.opens_on.to_string(), call.closes_on.to_string());
                    vec![call.number.to_string(), opens, closes, state.to_owned(), call.title_ko, call.title_en]
                })
                .collect();
            say::table(&["call", "opens", "closes", "state", "title (ko)", "title (en)"], &rows);
        }
    }
    Ok(())
}
