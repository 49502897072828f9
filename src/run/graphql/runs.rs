//! A run as clients see it.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Json, Object};
use chrono::{DateTime, FixedOffset};

use super::versions::inputs;
use super::{DatasetVersionNode, seoul};
use crate::error::{Error, Result};
use crate::graphql::ids;
use crate::run::Analysis;
use crate::run::record::{Audience, Run};

/// Who may see a published run.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[graphql(name = "Audience")]
pub enum AudienceName {
    /// Everybody.
    Public,
    /// Signed-in users with that right.
    Internal,
}

impl AudienceName {
    /// As it is stored.
    pub fn audience(self) -> Audience {
        match self {
            Self::Public => Audience::Public,
            Self::Internal => Audience::Internal,
        }
    }
}

/// Whether the results of a run may be relied on and read.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "RunStatus")]
pub enum RunStatus {
    /// Computed and not published (미공개): only those who may start analyses see that it is there.
    Computed,
    /// In force, or replaced by a newer run that stands beside it (공개).
    Published,
    /// Found wrong (철회됨). Its results stay readable, and each figure is marked WITHDRAWN.
    Withdrawn,
    /// Withdrawn to protect privacy (열람 제한). Its results cannot be read any more.
    Restricted,
}

/// A run as clients see it.
#[derive(Debug, Clone)]
pub struct AnalysisRun(pub Arc<Run>);

/// One computation of one question (분석 실행). Its results never change; a later run stands beside it.
#[Object(name = "AnalysisRun")]
impl AnalysisRun {
    /// Opaque global id; pass it as `run:` to pin an answer to this run.
    pub(crate) async fn id(&self) -> ID {
        ids::encode("AnalysisRun", &self.0.id.to_string())
    }

    /// Which of the three questions the run answers.
    async fn analysis(&self) -> Result<Analysis> {
        Analysis::named(&self.0.analysis)
            .ok_or_else(|| Error::internal(format!("unknown analysis {}", self.0.analysis)))
    }

    /// Version of the method, such as "economy-1".
    async fn method_version(&self) -> &str {
        &self.0.method_version
    }

    /// Parameters after checking, as one JSON object.
    async fn parameters(&self) -> Json<serde_json::Value> {
        Json(self.0.parameters.clone())
    }

    /// Revision of the program that computed the run.
    async fn code_revision(&self) -> &str {
        &self.0.code_revision
    }

    /// SHA-256 over the method, its parameters and the digests of all inputs: two runs with the same hash asked the
    /// same question of the same data.
    async fn source_hash(&self) -> &str {
        &self.0.source_hash
    }

    /// True when any input was generated and not observed.
    async fn synthetic(&self) -> bool {
        self.0.synthetic
    }

    /// When the computation began.
    async fn started_at(&self) -> DateTime<FixedOffset> {
        seoul(self.0.started_at)
    }

    /// When the computation ended.
    async fn finished_at(&self) -> DateTime<FixedOffset> {
        seoul(self.0.finished_at)
    }

    /// When the run became visible. Null while it is not published.
    async fn published_at(&self) -> Option<DateTime<FixedOffset>> {
        self.0.published_at.map(seoul)
    }

    /// Whether the results may be relied on and read.
    async fn status(&self) -> RunStatus {
        match (self.0.withdrawn_at, self.0.withdrawn_for_privacy) {
            _ if self.0.published_at.is_none() => RunStatus::Computed,
            (_, true) => RunStatus::Restricted,
            (Some(_), false) => RunStatus::Withdrawn,
            (None, false) => RunStatus::Published,
        }
    }

    /// When the run was withdrawn. Null while it is not.
    async fn withdrawn_at(&self) -> Option<DateTime<FixedOffset>> {
        self.0.withdrawn_at.map(seoul)
    }

    /// Why the run was withdrawn, as the district wrote it. Null while it is not.
    async fn withdrawal_reason(&self) -> Option<&str> {
        self.0.withdrawal_reason.as_deref()
    }

    /// Who may see the run. Null while it is not published.
    async fn audience(&self) -> Option<AudienceName> {
        match self.0.audience.as_deref() {
            Some("PUBLIC") => Some(AudienceName::Public),
            Some("INTERNAL") => Some(AudienceName::Internal),
            _ => None,
        }
    }

    /// The dataset versions that the run has read, oldest first.
    async fn inputs(&self, ctx: &Context<'_>) -> Result<Vec<DatasetVersionNode>> {
        inputs(ctx, &self.0).await
    }
}
