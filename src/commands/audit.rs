//! `dongjak audit`: who has changed what, and whether the log still says what it said.

use clap::Subcommand;

use super::say;
use crate::audit::{Break, audit_list, audit_verify};
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};
use crate::run::record::hex;

/// What can be done with the log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// List the newest rows.
    List {
        /// Rows to show.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=1_000_000))]
        most: i64,
    },
    /// Compute the chain of all rows once more. Exit 0 when it is whole, 1 when a row was changed or taken out.
    Verify {
        /// A row noted earlier, as this command prints it: its end cannot have been cut off when the log still holds it.
        #[arg(long, value_name = "NUMBER:HASH", value_parser = noted)]
        noted: Option<(i64, [u8; 32])>,
    },
}

fn noted(text: &str) -> std::result::Result<(i64, [u8; 32]), String> {
    let wrong = || "write it as the number of a row, a colon and 64 hexadecimal digits".to_owned();
    let (number, digits) = text.split_once(':').ok_or_else(wrong)?;
    let mut hash = [0; 32];
    if digits.len() != 64 || !digits.is_ascii() {
        return Err(wrong());
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).map_err(|_| wrong())?;
    }
    Ok((number.parse().map_err(|_| wrong())?, hash))
}

/// Runs what was typed.
pub fn command(settings: &Settings, command: AuditCommand) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    super::import::require_migrated(&mut conn)?;
    match command {
        AuditCommand::List { most } => {
            let rows: Vec<Vec<String>> = audit_list(&mut conn, most)?
                .into_iter()
                .map(|row| {
                    let at = row.at.format("%Y-%m-%d %H:%M:%S").to_string();
                    vec![row.number.to_string(), at, row.actor, row.action, row.subject, row.detail, row.db_role]
                })
                .collect();
            say::table(&["row", "at (UTC)", "who", "what", "to what", "detail", "database role"], &rows);
            Ok(())
        }
        AuditCommand::Verify { noted } => {
            let noted = noted.as_ref().map(|(number, hash)| (*number, hash.as_slice()));
            match audit_verify(&mut conn, noted)? {
                Ok(None) => say::line("The log is empty."),
                Ok(Some(last)) => say::line(&format!(
                    "All {} rows are as they were added. Note the last one elsewhere: {}:{}",
                    last.number,
                    last.number,
                    hex(&last.hash)
                )),
                Err(broken) => return Err(Error::bad_input(sentence(&broken))),
            }
            Ok(())
        }
    }
}

fn sentence(broken: &Break) -> String {
    match broken {
        Break::Missing(row) => format!("The row before row {row} is missing: it was taken out of the log."),
        Break::Unlinked(row) => {
            format!("Row {row} does not follow the row before it: one of the two was written anew.")
        }
        Break::Changed(row) => format!("Row {row} does not say what it said when it was added: it was changed."),
    }
}
