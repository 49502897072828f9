//! Talks to PostgreSQL: connections, migrations, geometry, bulk rows.
//!
//! Knows nothing of the three questions, of files or of the web. Diesel is synchronous, so there is exactly one
//! place, [`Db::run`], where work leaves the async threads; commands use a connection of their own.

pub mod geometry;
pub mod migrate;
mod pool;
pub mod roles;
#[rustfmt::skip]
pub mod schema;

pub use pool::Db;

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::error::{Error, Kind, Result};

/// One connection outside the pool, for a command that runs alone.
pub fn connect(url: &str) -> Result<PgConnection> {
    PgConnection::establish(url).map_err(|e| {
        Error::new(
            Kind::Unavailable,
            "The database cannot be reached. Check that PostgreSQL runs and that DATABASE_URL names it; script/server brings its own.",
        )
        .with_log(e.to_string())
    })
}

/// Turns what the database says into what the person outside may know; the rest is for the log.
pub fn failed(while_doing: &str, error: &DieselError) -> Error {
    let log = format!("while {while_doing}: {error}");
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) | DieselError::BrokenTransactionManager => {
            Error::unavailable(log)
        }
        DieselError::DatabaseError(_, info) if info.message().contains("statement timeout") => Error::timeout(log),
        DieselError::DatabaseError(_, info) if info.message().contains("terminating connection") => {
            Error::unavailable(log)
        }
        _ => Error::internal(log),
    }
}

/// Adds what we were doing to a database failure.
pub trait While<T> {
    /// `rows.doing("reading the dongs")?`
    fn doing(self, what: &str) -> Result<T>;
}

impl<T> While<T> for std::result::Result<T, DieselError> {
    fn doing(self, what: &str) -> Result<T> {
        self.map_err(|e| failed(what, &e))
    }
}

/// Does something, looks at it, and undoes it whatever came out.
pub fn undone<T>(conn: &mut PgConnection, body: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
    let mut done = Err(Error::internal("a transaction did not begin"));
    let end: std::result::Result<(), DieselError> = conn.transaction(|conn| {
        done = body(conn);
        Err(DieselError::RollbackTransaction)
    });
    match end {
        Ok(()) | Err(DieselError::RollbackTransaction) => done,
        Err(e) => done.and(Err(failed("undoing a transaction", &e))),
    }
}

/// A transaction whose body speaks our own errors. Everything or nothing.
pub fn in_transaction<T>(conn: &mut PgConnection, body: impl FnOnce(&mut PgConnection) -> Result<T>) -> Result<T> {
    enum Inner {
        Ours(Error),
        Diesel(DieselError),
    }
    impl From<DieselError> for Inner {
        fn from(e: DieselError) -> Self {
            Self::Diesel(e)
        }
    }
    conn.transaction(|conn| body(conn).map_err(Inner::Ours)).map_err(|e| match e {
        Inner::Ours(e) => e,
        Inner::Diesel(e) => failed("finishing a transaction", &e),
    })
}
