//! Migrations, one process at a time.
//!
//! diesel_migrations takes no lock of its own, so two servers that start together would race. The advisory lock is
//! held by a session of ours for the length of the work and released when that connection closes, whatever happens.

use std::collections::HashSet;

use diesel::migration::{Migration as _, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{While, roles};
use crate::error::{Error, Kind, Result};

/// Every migration, compiled in.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Any number will do, as long as nobody else uses it: "dongjak" on a telephone keypad.
const LOCK: i64 = 3_664_525;

/// What came of a migration.
pub struct Migrated {
    /// Steps that were taken.
    pub steps: Vec<String>,
    /// The rights of the roles were set anew.
    pub roles_set: bool,
}

/// Brings the database to the newest form. Where its roles are in use, their rights are set anew as well: nobody has any on a
/// table that is new, and who serves would find it closed.
pub fn migrate(url: &str) -> Result<Migrated> {
    let mut conn = super::connect(url)?;
    diesel::sql_query("SELECT pg_advisory_lock($1)")
        .bind::<diesel::sql_types::BigInt, _>(LOCK)
        .execute(&mut conn)
        .doing("waiting for another migration")?;
    // A table that is read all the time must not stop its readers for long.
    diesel::sql_query("SET lock_timeout = '10s'").execute(&mut conn).doing("setting the lock timeout")?;
    let applied = conn
        .run_pending_migrations(MIGRATIONS)
        .map_err(|e| Error::new(Kind::Internal, "The database could not be brought to the form that this version needs. The log says which step failed; PostGIS must be installed on the server, and the role in DATABASE_URL must own the tables or be a member of dj_migrator, which does.").with_log(format!("while migrating: {e}")))?;
    let steps = applied.iter().map(ToString::to_string).collect();
    let roles_set = roles::tables_without_rights(&mut conn)?.is_some();
    if roles_set {
        roles::set(&mut conn).map_err(|e| {
            Error::new(
                e.kind(),
                "The database has the form that this version needs, but the rights of its roles could not be set anew. Run `dongjak roles` as dj_migrator or as an administrator of the database before the service starts again.",
            )
            .with_log(e.for_log())
        })?;
    }
    Ok(Migrated { steps, roles_set })
}

/// Steps that this version knows and the database has not seen. Diesel's own way to ask would make its table where that
/// is missing; who serves may make none.
pub fn pending(conn: &mut PgConnection) -> Result<usize> {
    #[derive(QueryableByName)]
    struct Applied {
        #[diesel(sql_type = diesel::sql_types::Text)]
        version: String,
    }
    let known = MigrationSource::<Pg>::migrations(&MIGRATIONS)
        .map_err(|e| Error::internal(format!("while reading the migrations: {e}")))?;
    let applied: Vec<Applied> =
        diesel::sql_query("SELECT version::text AS version FROM public.__diesel_schema_migrations")
            .load(conn)
            .or_else(|e| match e {
                DieselError::DatabaseError(_, info) if info.message().contains("does not exist") => Ok(Vec::new()),
                other => Err(other),
            })
            .doing("comparing migrations")?;
    let applied: HashSet<String> = applied.into_iter().map(|row| row.version).collect();
    Ok(known.iter().filter(|step| !applied.contains(&step.name().version().to_string())).count())
}
