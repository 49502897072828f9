//! `dongjak roles`: a role of the database for each kind of work, with no more rights than that work needs.

use super::say;
use crate::config::Settings;
use crate::db::{self, roles};
use crate::error::Result;

/// Makes the roles and sets their rights anew.
pub fn command(settings: &Settings) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    roles::set(&mut conn)?;
    for (role, what) in [
        ("dj_migrator", "owns every table: dongjak migrate, key, call, demo"),
        ("dj_importer", "dongjak import, analyze, work, publish, requests, drop-texts, drop-personal"),
        ("dj_server", "reads what is served: DATABASE_URL of dongjak serve"),
        ("dj_writer", "adds what clients file: DONGJAK_WRITER_DATABASE_URL of dongjak serve"),
        ("dj_backup", "reads all but what is personal: pg_dump"),
    ] {
        say::line(&format!("{role:<12} {what}"));
    }
    say::line(
        "None has a password yet; give each one with ALTER ROLE … PASSWORD, or let users of the system in by peer.",
    );
    Ok(())
}
