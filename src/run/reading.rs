//! Which dataset versions a computation reads: those in force now, or those that an earlier run has named.

use diesel::prelude::*;

use super::dataset::{DatasetVersion, versions_in_force};
use crate::db::While;
use crate::db::schema::{dataset_version, run_input};
use crate::error::Result;

/// Where the versions come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// What is in force now, as every new run reads it.
    InForce,
    /// What this run has read, whatever was imported since.
    AsRun(i32),
}

impl Reading {
    /// What earlier runs have published counts up to here: all of them now, those before the run for a run.
    pub fn before(self) -> i32 {
        match self {
            Self::InForce => i32::MAX,
            Self::AsRun(run) => run,
        }
    }

    /// The versions of a dataset, oldest first.
    pub fn versions(self, conn: &mut PgConnection, dataset: &str) -> Result<Vec<DatasetVersion>> {
        match self {
            Self::InForce => versions_in_force(conn, dataset),
            Self::AsRun(run) => dataset_version::table
                .inner_join(run_input::table.on(run_input::version_id.eq(dataset_version::id)))
                .filter(run_input::run_id.eq(run))
                .filter(dataset_version::dataset.eq(dataset))
                .order(dataset_version::id)
                .select(DatasetVersion::as_select())
                .load(conn)
                .doing("reading the versions of a run"),
        }
    }
}

/// Every version that a run has named and that still exists, oldest first.
pub fn versions_of_run(conn: &mut PgConnection, run: i32) -> Result<Vec<DatasetVersion>> {
    dataset_version::table
        .inner_join(run_input::table.on(run_input::version_id.eq(dataset_version::id)))
        .filter(run_input::run_id.eq(run))
        .order(dataset_version::id)
        .select(DatasetVersion::as_select())
        .load(conn)
        .doing("reading the versions of a run")
}
