//! A number as clients see it, with where it comes from.

use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::versions::inputs;
use super::{AnalysisRun, DatasetVersionNode};
use crate::error::Result;
use crate::graphql::figure::{FigureData, FigureStatus, Interval, Reason, Unit, reason_text};
use crate::graphql::ids;
use crate::graphql::language::Language;
use crate::run::record::Run;

/// A figure with its provenance.
#[derive(Debug, Clone)]
pub struct Figure {
    data: FigureData,
    run: Arc<Run>,
    path: Option<String>,
}

impl Figure {
    /// Binds a figure to the run that computed it.
    ///
    /// A number of a withdrawn run stays readable and is marked with the reason; a missing one keeps its own.
    pub fn of(run: &Arc<Run>, mut data: FigureData) -> Self {
        if run.withdrawn_at.is_some() && data.value.is_some() {
            let reason = run.withdrawal_reason.as_deref().unwrap_or("");
            data.status = FigureStatus::Withdrawn;
            data.reason = Some(Reason {
                ko: format!("철회된 분석 실행입니다. {reason}").trim_end().to_owned(),
                en: format!("The run was withdrawn. {reason}").trim_end().to_owned(),
            });
        }
        Self { data, run: run.clone(), path: None }
    }

    /// Says where in its run the figure stands, so that it gets an id and can be explained.
    #[must_use]
    pub fn at(self, path: &[&str]) -> Self {
        Self { path: Some(ids::join(path)), ..self }
    }
}

/// A published figure (수치). Read the value together with its status: a missing value is null with a reason, never 0.
#[Object(name = "Figure")]
impl Figure {
    /// Opaque id of the figure in its run; it stays when newer runs are published. Null where it cannot be explained.
    async fn id(&self) -> Option<ID> {
        self.path.as_ref().map(|path| ids::encode("Figure", &format!("{}/{}/{path}", self.run.analysis, self.run.id)))
    }

    /// The number, in the unit beside it. Null when the status says that there is none to show.
    async fn value(&self) -> Option<f64> {
        self.data.value
    }

    /// What the number counts.
    async fn unit(&self) -> Unit {
        self.data.unit
    }

    /// How sure the figure is, or why it is missing.
    async fn status(&self) -> FigureStatus {
        self.data.status
    }

    /// Why the figure is missing or weak, in words. Null when there is nothing to say.
    async fn reason(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> Option<String> {
        reason_text(self.data.reason.as_ref(), lang, ctx)
    }

    /// The range in which the true value lies with the stated confidence. Null where none can be given.
    async fn interval(&self) -> Option<Interval> {
        self.data.interval.clone()
    }

    /// How many observations stand behind the figure: weeks, posts, respondents, as the field says. Null when unknown.
    async fn sample_size(&self) -> Option<i64> {
        self.data.sample_size
    }

    /// The run that computed the figure and the files that it read.
    async fn provenance(&self) -> Provenance {
        Provenance { run: self.run.clone() }
    }
}

/// Where a figure comes from.
#[derive(Debug, Clone)]
pub struct Provenance {
    run: Arc<Run>,
}

/// Where a figure comes from (출처): the run that computed it and the dataset versions that the run has read.
#[Object(name = "Provenance")]
impl Provenance {
    /// The analysis run that computed the figure.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }

    /// The dataset versions that the run has read, oldest first.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<DatasetVersionNode>> {
        inputs(ctx, &self.run).await
    }
}
