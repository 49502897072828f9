//! The published runs and their inputs, as one request sees them.
//!
//! Read once per request, so that every part of an answer speaks of the same publications, whatever is published
//! meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, Utc};
use diesel::prelude::*;

use super::Analysis;
use super::dataset::DatasetVersion;
use super::record::{Audience, Run};
use crate::db::While;
use crate::db::schema::{analysis_run, dataset_version, run_input};
use crate::error::{Error, Kind, Result, both};
use crate::graphql::ids;

/// Published runs, newest first, with the dataset versions that they read.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    signed_in: bool,
    runs: Vec<Arc<Run>>,
    inputs: BTreeMap<i32, Vec<Arc<DatasetVersion>>>,
    versions: BTreeMap<i32, Arc<DatasetVersion>>,
}

impl Catalog {
    /// Reads the publications as they stand.
    pub fn load(conn: &mut PgConnection) -> Result<Self> {
        let runs: Vec<Run> = analysis_run::table
            .filter(analysis_run::published_at.is_not_null())
            .order((analysis_run::published_at.desc(), analysis_run::id.desc()))
            .select(Run::as_select())
            .load(conn)
            .doing("reading the published runs")?;
        let versions: Vec<DatasetVersion> = dataset_version::table
            .select(DatasetVersion::as_select())
            .load(conn)
            .doing("reading the dataset versions")?;
        let versions: BTreeMap<i32, Arc<DatasetVersion>> = versions.into_iter().map(|v| (v.id, Arc::new(v))).collect();
        let pairs: Vec<(i32, i32)> = run_input::table
            .order((run_input::run_id, run_input::version_id))
            .select((run_input::run_id, run_input::version_id))
            .load(conn)
            .doing("reading the inputs of the runs")?;
        let mut inputs = BTreeMap::<i32, Vec<Arc<DatasetVersion>>>::new();
        for (run, version) in pairs {
            if let Some(version) = versions.get(&version) {
                inputs.entry(run).or_default().push(version.clone());
            }
        }
        Ok(Self { signed_in: false, runs: runs.into_iter().map(Arc::new).collect(), inputs, versions })
    }

    /// The same publications for somebody who may read what is internal.
    #[must_use]
    pub fn for_signed_in(&self) -> Self {
        Self { signed_in: true, ..self.clone() }
    }

    fn may_see(&self, run: &Run) -> bool {
        self.signed_in || run.audience.as_deref() == Some(Audience::Public.name())
    }

    /// Runs that the asker may see, newest publication first.
    pub fn visible_runs(&self) -> impl Iterator<Item = &Arc<Run>> {
        self.runs.iter().filter(|run| self.may_see(run))
    }

    /// Dataset versions that a visible run has read, newest first: what has not been published is nobody's business.
    pub fn visible_versions(&self) -> Vec<Arc<DatasetVersion>> {
        let read: std::collections::BTreeSet<i32> =
            self.visible_runs().flat_map(|run| self.inputs_of(run.id).iter().map(|v| v.id)).collect();
        self.versions.values().rev().filter(|v| read.contains(&v.id)).cloned().collect()
    }

    /// The dataset versions that a run has read.
    pub fn inputs_of(&self, run: i32) -> &[Arc<DatasetVersion>] {
        self.inputs.get(&run).map_or(&[], Vec::as_slice)
    }

    /// The run that a question is answered from: the one that is named, or the newest that was in force at `as_of`, or
    /// the newest in force. `None` before the first publication. What was in force then may be withdrawn since: it is
    /// answered, and its figures say so.
    pub fn choose(
        &self,
        analysis: Analysis,
        run: Option<&str>,
        as_of: Option<DateTime<FixedOffset>>,
    ) -> Result<Option<Arc<Run>>> {
        match (run, as_of) {
            (Some(_), Some(_)) => {
                Err(Error::bad_input("Give either run or asOf, not both.")
                    .in_korean("run과 asOf는 함께 쓸 수 없습니다."))
            }
            (Some(id), None) => self.named(analysis, id).map(Some),
            (None, as_of) => {
                let as_of = as_of.map_or(DateTime::<Utc>::MAX_UTC, |t| t.with_timezone(&Utc));
                let in_force = |r: &&Arc<Run>| {
                    r.analysis == analysis.name()
                        && r.published_at.is_some_and(|published| published <= as_of)
                        && r.withdrawn_at.is_none_or(|withdrawn| withdrawn > as_of)
                };
                self.visible_runs().find(in_force).map(readable).transpose()
            }
        }
    }

    fn named(&self, analysis: Analysis, id: &str) -> Result<Arc<Run>> {
        let unknown = || {
            Error::bad_input("There is no such run; analysisRuns lists the published ones.")
                .in_korean("그런 분석 실행이 없습니다. 공개된 실행은 analysisRuns에 있습니다.")
        };
        let number = match ids::decode(id) {
            Some((kind, key)) if kind == "AnalysisRun" => key.parse::<i32>().map_err(|_| unknown())?,
            _ => return Err(unknown()),
        };
        // "+1" is a number too, but no id that was given out.
        if ids::encode("AnalysisRun", &number.to_string()).as_str() != id {
            return Err(unknown());
        }
        let run = self.runs.iter().find(|r| r.id == number).ok_or_else(unknown)?;
        if !self.may_see(run) {
            return Err(Error::new(Kind::Restricted, "This run is published for signed-in users only.")
                .in_korean("이 분석 실행은 권한이 있는 이용자에게만 공개됩니다."));
        }
        if run.analysis != analysis.name() {
            let (its, asked) = (&run.analysis, analysis.name());
            return Err(Error::bad_input(both(
                format!("This run answers the question of {its}, not of {asked}."),
                format!("이 분석 실행은 {asked} 분석이 아니라 {its} 분석의 결과입니다. 다른 실행을 고르십시오."),
            )));
        }
        readable(run)
    }
}

/// A run withdrawn for privacy is not read any more, by anybody.
fn readable(run: &Arc<Run>) -> Result<Arc<Run>> {
    if run.withdrawn_for_privacy {
        return Err(Error::new(
            Kind::Restricted,
            "This run was withdrawn to protect privacy and cannot be read any more.",
        )
        .in_korean("이 분석 실행은 개인정보 보호를 위해 철회되어 더 이상 열람할 수 없습니다."));
    }
    Ok(run.clone())
}
