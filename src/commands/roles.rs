//! `dongjak roles`: a role of the database for each kind of work, with no more rights than that work needs.

use diesel::connection::SimpleConnection as _;

use super::say;
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Kind, Result};

/// Makes the roles and sets their rights anew.
pub fn command(settings: &Settings) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    db::in_transaction(&mut conn, |conn| {
        conn.batch_execute(db::ROLES).map_err(|e| {
            Error::new(
                Kind::Internal,
                "The roles could not be made or their rights not be set. The first time this needs an administrator of the database, later the owner of its tables.",
            )
            .with_log(format!("while setting the rights of the roles: {e}"))
        })
    })?;
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
