//! `dongjak key`: keys for signed-in users.

use chrono::{Days, Utc};
use clap::{Subcommand, ValueEnum};

use super::{operator, say};
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};
use crate::keys::{self, NewKey, key_create, key_list, key_revoke};

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a key and print it. It is shown this once only.
    Create {
        /// Who will hold it, in words.
        #[arg(long)]
        label: String,
        /// What it allows; may be given several times. Without it: only more requests a minute.
        #[arg(long = "scope")]
        scopes: Vec<Scope>,
        /// How many requests a minute it may make.
        #[arg(long, default_value = "standard")]
        tier: Tier,
        /// Days until it ends; 0 for never.
        #[arg(long, default_value_t = 365)]
        days: u32,
    },
    /// List the keys. The keys themselves are nowhere to be seen.
    List,
    /// End a key within seconds.
    Revoke {
        /// Number of the key, from `dongjak key list`.
        key: i32,
    },
}

/// What a key allows.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Scope {
    /// Read runs that are published for signed-in users only.
    ReadInternal,
    /// File requests, ideas and demands as a department.
    Write,
    /// Start analyses.
    Analyse,
    /// Everything.
    Admin,
}

/// How many requests a minute a key may make.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Tier {
    /// As many as DONGJAK_RATE_PER_MINUTE_WITH_KEY says.
    Standard,
    /// Ten times as many.
    High,
}

/// Runs what was typed.
pub fn command(settings: &Settings, command: KeyCommand) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    match command {
        KeyCommand::Create { label, scopes, tier, days } => {
            let expires_at = match days {
                0 => None,
                days => Some(
                    Utc::now()
                        .checked_add_days(Days::new(days.into()))
                        .ok_or_else(|| Error::bad_input("That many days reach beyond the calendar."))?,
                ),
            };
            let scopes = scopes.into_iter().map(Into::into).collect();
            let (key, secret) =
                key_create(&mut conn, &operator(), &NewKey { label, tier: tier.into(), scopes, expires_at })?;
            say::progress(&format!("Key {} for {}. It is shown this once only:", key.id, key.label));
            say::line(secret.show());
            Ok(())
        }
        KeyCommand::List => {
            let day = |at: Option<chrono::DateTime<Utc>>| {
                at.map_or_else(|| "never".to_owned(), |at| at.format("%Y-%m-%d %H:%M").to_string())
            };
            let rows: Vec<Vec<String>> = key_list(&mut conn)?
                .iter()
                .map(|key| {
                    vec![
                        key.id.to_string(),
                        key.label.clone(),
                        key.tier.clone(),
                        key.scopes.iter().flatten().cloned().collect::<Vec<_>>().join(" "),
                        day(Some(key.created_at)),
                        day(key.expires_at),
                        day(key.last_used_at),
                        key.revoked_at.map_or_else(String::new, |at| format!("revoked {}", day(Some(at)))),
                    ]
                })
                .collect();
            say::table(&["key", "label", "tier", "scopes", "made (UTC)", "ends", "last used", "state"], &rows);
            Ok(())
        }
        KeyCommand::Revoke { key } => {
            let key = key_revoke(&mut conn, &operator(), key)?;
            say::line(&format!("Key {} for {} is revoked.", key.id, key.label));
            Ok(())
        }
    }
}

impl From<Scope> for keys::Scope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::ReadInternal => Self::ReadInternal,
            Scope::Write => Self::Write,
            Scope::Analyse => Self::Analyse,
            Scope::Admin => Self::Admin,
        }
    }
}

impl From<Tier> for keys::Tier {
    fn from(tier: Tier) -> Self {
        match tier {
            Tier::Standard => Self::Standard,
            Tier::High => Self::High,
        }
    }
}
