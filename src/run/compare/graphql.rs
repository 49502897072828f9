//! The comparison of two runs as clients see it.

use std::sync::Arc;

use async_graphql::{Enum, Json, Object, SimpleObject};

use super::{Cause, Change, Changed};
use crate::error::Result;
use crate::graphql::ids;
use crate::graphql::paging::{List, PageArguments};
use crate::run::dataset::DatasetVersion;
use crate::run::graphql::{AnalysisRun, DatasetVersionNode, Figure, Rows, connect};
use crate::run::record::Run;

/// What happened to a figure from the one run to the other.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "FigureChangeKind", remote = "Change")]
pub enum FigureChangeKind {
    /// Only the second run has it.
    Appeared,
    /// Only the first run has it.
    Vanished,
    /// Both have it, with another status.
    Status,
    /// Both have it with the same status, but another value or interval.
    Value,
}

/// Why figures may differ.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "RunCauseKind")]
pub enum CauseKind {
    /// Only the second run has read this dataset version.
    InputAdded,
    /// Only the first run has read this dataset version.
    InputRemoved,
    /// The second run has read another version of the dataset.
    InputReplaced,
    /// A parameter has another value.
    Parameter,
    /// The method has another version.
    Method,
    /// The program has another revision.
    Code,
}

/// One thing that entered the two runs and differs.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "RunCause")]
pub struct RunCause {
    /// What kind of thing.
    kind: CauseKind,
    /// Name of the parameter or dataset; "method" or "code".
    name: String,
    /// Value of the parameter, method or revision in the first run. Null for inputs.
    before: Option<Json<serde_json::Value>>,
    /// The same in the second run.
    after: Option<Json<serde_json::Value>>,
    /// Version that only the first run has read. Null for other kinds.
    input_before: Option<DatasetVersionNode>,
    /// Version that only the second run has read. Null for other kinds.
    input_after: Option<DatasetVersionNode>,
}

/// Two runs of one question side by side.
#[derive(Debug, Clone)]
pub struct RunComparison {
    /// The first run with its inputs.
    pub a: (Arc<Run>, Vec<Arc<DatasetVersion>>),
    /// The second run with its inputs.
    pub b: (Arc<Run>, Vec<Arc<DatasetVersion>>),
    /// Figures that differ, in order.
    pub changed: Vec<Changed>,
    /// Figures that either run has.
    pub compared: usize,
}

/// Two runs of one question side by side (분석 실행 비교): what entered them, and which figures differ. A figure that
/// either run hides has no difference.
#[Object(name = "RunComparison")]
impl RunComparison {
    /// The first run.
    async fn a(&self) -> AnalysisRun {
        AnalysisRun(self.a.0.clone())
    }

    /// The second run.
    async fn b(&self) -> AnalysisRun {
        AnalysisRun(self.b.0.clone())
    }

    /// Everything that entered the two runs and differs: method, program, parameters, dataset versions with their
    /// digests. The figures differ because of these together.
    async fn causes(&self) -> Vec<RunCause> {
        let causes = super::causes((&*self.a.0, self.a.1.as_slice()), (&*self.b.0, self.b.1.as_slice()));
        causes.into_iter().map(|cause| self.cause(cause)).collect()
    }

    /// Figures that either run has, counted once.
    async fn compared(&self) -> i64 {
        i64::try_from(self.compared).unwrap_or(i64::MAX)
    }

    /// Figures that differ: first those that appeared, vanished or changed their status, then the others, the largest
    /// relative difference first.
    async fn figures(
        &self,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Result<Rows<FigureChange>> {
        let list = List::new(&format!("compareRuns {} {}", self.a.0.id, self.b.0.id), self.changed.len());
        connect(&list, &PageArguments { first, after, last, before }, &self.changed, |changed| FigureChange {
            runs: (self.a.0.clone(), self.b.0.clone()),
            changed: changed.clone(),
        })
    }
}

impl RunComparison {
    fn cause(&self, cause: Cause) -> RunCause {
        let version = |id: i32| {
            let all = self.a.1.iter().chain(&self.b.1);
            all.into_iter().find(|v| v.id == id).cloned()
        };
        let input = |kind, before: Option<i32>, after: Option<i32>| {
            let (before, after) = (before.and_then(version), after.and_then(version));
            RunCause {
                kind,
                name: before.as_ref().or(after.as_ref()).map(|v| v.dataset.clone()).unwrap_or_default(),
                before: None,
                after: None,
                input_before: before.map(DatasetVersionNode),
                input_after: after.map(DatasetVersionNode),
            }
        };
        let values = |kind, name: &str, before: serde_json::Value, after: serde_json::Value| RunCause {
            kind,
            name: name.to_owned(),
            before: Some(Json(before)),
            after: Some(Json(after)),
            input_before: None,
            input_after: None,
        };
        let (a, b) = (&self.a.0, &self.b.0);
        match cause {
            Cause::InputAdded(id) => input(CauseKind::InputAdded, None, Some(id)),
            Cause::InputRemoved(id) => input(CauseKind::InputRemoved, Some(id), None),
            Cause::InputReplaced(old, new) => input(CauseKind::InputReplaced, Some(old), Some(new)),
            Cause::Parameter(name, old, new) => values(CauseKind::Parameter, &name, old, new),
            Cause::Method => {
                values(CauseKind::Method, "method", a.method_version.clone().into(), b.method_version.clone().into())
            }
            Cause::Code => {
                values(CauseKind::Code, "code", a.code_revision.clone().into(), b.code_revision.clone().into())
            }
        }
    }
}

/// One figure that differs.
#[derive(Debug, Clone)]
pub struct FigureChange {
    runs: (Arc<Run>, Arc<Run>),
    changed: Changed,
}

/// One figure that differs between two runs.
#[Object(name = "FigureChange")]
impl FigureChange {
    /// Where the figure stands in its run, such as "shock/dong/11590510/depth".
    async fn path(&self) -> String {
        let parts: Vec<&str> = self.changed.path.iter().map(String::as_str).collect();
        ids::join(&parts)
    }

    /// What happened to it.
    async fn kind(&self) -> FigureChangeKind {
        self.changed.change.into()
    }

    /// The figure in the first run. Null when that run does not have it.
    async fn a(&self) -> Option<Figure> {
        let path: Vec<&str> = self.changed.path.iter().map(String::as_str).collect();
        self.changed.a.clone().map(|data| Figure::of(&self.runs.0, data).at(&path))
    }

    /// The figure in the second run. Null when that run does not have it.
    async fn b(&self) -> Option<Figure> {
        let path: Vec<&str> = self.changed.path.iter().map(String::as_str).collect();
        self.changed.b.clone().map(|data| Figure::of(&self.runs.1, data).at(&path))
    }

    /// Second minus first, in the unit of the figure. Null unless both runs show a value.
    async fn difference(&self) -> Option<f64> {
        self.changed.difference()
    }

    /// Size of the difference against the larger of the two values, 0 to 2. Null unless both runs show a value.
    async fn relative_difference(&self) -> Option<f64> {
        self.changed.relative()
    }
}
