//! A job as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Json, Object};
use chrono::{DateTime, FixedOffset};

use crate::error::{Error, Result};
use crate::graphql::ids;
use crate::graphql::language::Language;
use crate::jobs::Stage;
use crate::jobs::queue::Queued;
use crate::keys::{Access, Scope};
use crate::run::Analysis;
use crate::run::graphql::{AnalysisRun, AudienceName, data, seoul};
use crate::run::record::{Audience, Run};

/// What has become of a job.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "AnalysisJobState")]
pub enum JobState {
    /// It waits for a worker (대기).
    Waiting,
    /// A worker is at it (진행 중).
    Running,
    /// Its run is there (완료).
    Done,
    /// There will be no run; the message says why (실패).
    Failed,
    /// It was taken back (취소).
    Cancelled,
}

/// What a worker does for a job.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "AnalysisStage", remote = "Stage")]
pub enum StageName {
    /// Rows are read from the database (자료 읽기).
    Reading,
    /// Figures are computed (계산).
    Analysing,
    /// Results are written (저장).
    Storing,
}

/// A job as clients see it.
#[derive(Debug, Clone)]
pub struct AnalysisJob(pub Queued);

impl AnalysisJob {
    /// The run that it became, unless it is published for others than those with this access.
    pub(super) fn run_for(&self, access: &Access) -> Option<&Arc<Run>> {
        let run = self.0.run.as_ref()?;
        let is_internal = run.audience.as_deref() == Some(Audience::Internal.name());
        (!is_internal || access.may(Scope::ReadInternal)).then_some(run)
    }

    fn stage_now(&self) -> Option<Stage> {
        let name = self.0.job.stage.as_deref()?;
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// A run that was asked for (분석 작업). It waits in the database until a worker takes it, one at a time, and outlives the
/// server and the worker.
#[Object(name = "AnalysisJob")]
impl AnalysisJob {
    /// Opaque global id.
    pub(crate) async fn id(&self) -> ID {
        ids::encode("AnalysisJob", &self.0.job.id.to_string())
    }

    /// Which of the three questions the run will answer.
    async fn analysis(&self) -> Result<Analysis> {
        let name = &self.0.job.analysis;
        Analysis::named(name).ok_or_else(|| Error::internal(format!("unknown analysis {name}")))
    }

    /// Parameters after checking, every default filled in, as one JSON object.
    async fn parameters(&self) -> Json<serde_json::Value> {
        Json(self.0.job.parameters.clone())
    }

    /// For whom the run is published when it is done. Null when it is not published by itself.
    async fn audience(&self) -> Option<AudienceName> {
        match self.0.job.audience.as_deref()? {
            name if name == Audience::Public.name() => Some(AudienceName::Public),
            _ => Some(AudienceName::Internal),
        }
    }

    /// What has become of it.
    async fn state(&self) -> Result<JobState> {
        match self.0.job.state.as_str() {
            "WAITING" => Ok(JobState::Waiting),
            "RUNNING" => Ok(JobState::Running),
            "DONE" => Ok(JobState::Done),
            "FAILED" => Ok(JobState::Failed),
            "CANCELLED" => Ok(JobState::Cancelled),
            other => Err(Error::internal(format!("unknown state {other} of a job"))),
        }
    }

    /// How many jobs are computed before it. Null unless it waits.
    async fn jobs_ahead(&self) -> Option<i32> {
        self.0.ahead.map(|ahead| i32::try_from(ahead).unwrap_or(i32::MAX))
    }

    /// What the worker does now. Null unless a worker is at it.
    async fn stage(&self) -> Option<StageName> {
        self.stage_now().map(StageName::from)
    }

    /// Stages that are finished, from 0 to stagesTotal. Stages take unlike times, so this is no share of the time.
    async fn stages_done(&self) -> i32 {
        let stages =
            if self.0.job.state == "DONE" { Stage::ALL.len() } else { self.stage_now().map_or(0, |s| s as usize) };
        i32::try_from(stages).unwrap_or(0)
    }

    /// Stages of every job.
    async fn stages_total(&self) -> i32 {
        i32::try_from(Stage::ALL.len()).unwrap_or(0)
    }

    /// How often a worker has taken it: more than once when a worker was interrupted. After three times it fails.
    async fn attempts(&self) -> i32 {
        self.0.job.attempts
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<FixedOffset> {
        seoul(self.0.job.created_at)
    }

    /// When a worker has taken it last. Null before.
    async fn started_at(&self) -> Option<DateTime<FixedOffset>> {
        self.0.job.started_at.map(seoul)
    }

    /// When it was done, failed or cancelled. Null before.
    async fn ended_at(&self) -> Option<DateTime<FixedOffset>> {
        self.0.job.ended_at.map(seoul)
    }

    /// Why it failed, in words. Null unless it failed.
    async fn message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> Option<&str> {
        let english = self.0.job.message.as_deref()?;
        let korean = self.0.job.message_ko.as_deref().unwrap_or(english);
        Some(Language::choose(lang, ctx).pick(korean, english))
    }

    /// The run that it became, published or not. Null before it is done, and for an internal run without that right.
    async fn run(&self, ctx: &Context<'_>) -> Option<Result<AnalysisRun>> {
        match data::<Access>(ctx) {
            Ok(access) => self.run_for(access).map(|run| Ok(AnalysisRun(run.clone()))),
            Err(error) => Some(Err(error)),
        }
    }
}
