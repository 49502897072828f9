//! What clients may ask about runs, dataset versions and the provenance of a figure.

use std::sync::Arc;

use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, Enum, ID, Json, Object, SimpleObject};
use chrono::{DateTime, FixedOffset, Utc};

use super::Analysis;
use super::catalog::Catalog;
use super::dataset::DatasetVersion;
use super::reading::versions_of_run;
use super::record::{Audience, Run};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::graphql::figure::{FigureData, FigureStatus, Interval, Reason, Unit, reason_text};
use crate::graphql::language::Language;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::graphql::{Seen, ids};

pub use crate::graphql::data;

/// The publications as this request sees them.
#[derive(Debug, Clone)]
pub struct RequestCatalog(pub Arc<Catalog>);

/// The publications as this request sees them.
pub async fn catalog(ctx: &Context<'_>) -> Result<Arc<Catalog>> {
    Ok(data::<RequestCatalog>(ctx)?.0.clone())
}

/// Notes that the answer may be another one in a moment, without any publication: nobody keeps it.
pub fn note_fleeting(ctx: &Context<'_>) {
    note_newest(ctx);
    if let Some(seen) = ctx.data_opt::<Arc<Seen>>() {
        seen.fleeting();
    }
}

/// Notes that a later publication may change the answer.
pub fn note_newest(ctx: &Context<'_>) {
    if let Some(seen) = ctx.data_opt::<Arc<Seen>>() {
        seen.newest();
    }
}

/// The run that a question is answered from; notes when the answer will rest on generated data.
pub async fn chosen_run(
    ctx: &Context<'_>,
    analysis: Analysis,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<Arc<Run>>> {
    if run.is_none() {
        note_newest(ctx);
    }
    let chosen = catalog(ctx).await?.choose(analysis, run.map(|id| id.as_str()), as_of)?;
    if let Some(run) = &chosen
        && run.synthetic
        && let Some(seen) = ctx.data_opt::<Arc<Seen>>()
    {
        seen.synthetic();
    }
    Ok(chosen)
}

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

async fn inputs(ctx: &Context<'_>, run: &Run) -> Result<Vec<DatasetVersionNode>> {
    let known = catalog(ctx).await?.inputs_of(run.id).to_vec();
    if !known.is_empty() {
        return Ok(known.into_iter().map(DatasetVersionNode).collect());
    }
    // It was computed after this request began, or nothing was published since.
    let id = run.id;
    let read = data::<Db>(ctx)?.run(move |conn| versions_of_run(conn, id)).await?;
    Ok(read.into_iter().map(|version| DatasetVersionNode(Arc::new(version))).collect())
}

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

/// A dataset version as clients see it.
#[derive(Debug, Clone)]
pub struct DatasetVersionNode(pub Arc<DatasetVersion>);

/// One imported file or set of files (데이터셋 버전). It never changes; a later file becomes a new version.
#[Object(name = "DatasetVersion")]
impl DatasetVersionNode {
    /// Opaque global id.
    pub(crate) async fn id(&self) -> ID {
        ids::encode("DatasetVersion", &self.0.id.to_string())
    }

    /// Name of the dataset, such as "card-sales".
    async fn dataset(&self) -> &str {
        &self.0.dataset
    }

    /// Layout that was recognised in the file.
    async fn layout(&self) -> &str {
        &self.0.layout
    }

    /// Names of the imported files.
    async fn files(&self) -> Vec<&str> {
        self.0.files.iter().flatten().map(String::as_str).collect()
    }

    /// SHA-256 of the bytes; of several files, of their digests joined in order.
    async fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// Who published the data.
    async fn publisher(&self) -> &str {
        &self.0.publisher
    }

    /// Licence of the data.
    async fn licence(&self) -> &str {
        &self.0.licence
    }

    /// What must be said where the data are shown.
    async fn attribution(&self) -> &str {
        &self.0.attribution
    }

    /// First and last day that the rows speak of. Null for data without time.
    async fn period(&self) -> Option<Period> {
        match (self.0.period_start, self.0.period_end) {
            (Some(start), Some(end)) => Some(Period { start: Date(start), end_inclusive: Date(end) }),
            _ => None,
        }
    }

    /// Data lines of the file.
    async fn lines_read(&self) -> i64 {
        self.0.lines_read
    }

    /// Rows kept.
    async fn rows_kept(&self) -> i64 {
        self.0.rows_kept
    }

    /// Rows refused, each of them kept with line and reason.
    async fn rows_refused(&self) -> i64 {
        self.0.rows_refused
    }

    /// True when the file was generated and not observed.
    async fn synthetic(&self) -> bool {
        self.0.synthetic
    }

    /// When the file was imported.
    async fn imported_at(&self) -> DateTime<FixedOffset> {
        seoul(self.0.imported_at)
    }
}

/// First and last day of a period, both included, in Asia/Seoul.
#[derive(SimpleObject, Debug, Clone, Copy)]
#[graphql(name = "Period")]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day, included.
    pub end_inclusive: Date,
}

/// A moment on the clocks of Seoul.
pub fn seoul(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    // Korea has kept UTC+9 without summer time since 1988.
    FixedOffset::east_opt(9 * 3600).map_or_else(|| at.fixed_offset(), |offset| at.with_timezone(&offset))
}

/// A page of rows.
pub type Rows<N> = Connection<String, N, Total, EmptyFields>;

/// Rows with what a client needs to page through them.
pub fn connect<T, N, F>(list: &List, page: &PageArguments, rows: &[T], node: F) -> Result<Rows<N>>
where
    N: async_graphql::OutputType + async_graphql::ObjectType,
    F: Fn(&T) -> N,
{
    let range = list.page(page)?;
    let shown: Vec<N> = rows.get(range.clone()).unwrap_or_default().iter().map(node).collect();
    Ok(Page { list: list.clone(), range }.connect(shown))
}

/// One page of a list of which only the rows of the page were read.
#[derive(Debug, Clone)]
pub struct Page {
    /// The list as it was asked for.
    pub list: List,
    /// Positions of the rows.
    pub range: std::ops::Range<usize>,
}

impl Page {
    /// The page as a connection. `rows` are those of the range.
    pub fn connect<N>(self, rows: impl IntoIterator<Item = N>) -> Rows<N>
    where
        N: async_graphql::OutputType + async_graphql::ObjectType,
    {
        let total = self.list.total();
        let mut connection = Connection::with_additional_fields(
            self.range.start > 0,
            self.range.end < total,
            Total { total_count: i64::try_from(total).unwrap_or(i64::MAX) },
        );
        let edges = self.range.zip(rows).map(|(at, row)| Edge::new(self.list.cursor(at), row));
        connection.edges.extend(edges);
        connection
    }
}

/// What every connection says beside its rows.
#[derive(SimpleObject, Debug, Clone, Copy)]
#[graphql(name = "Total")]
pub struct Total {
    /// Rows of the whole list, before paging.
    pub total_count: i64,
}

/// Root fields about runs and datasets.
#[derive(Debug, Default, Clone, Copy)]
pub struct RunQuery;

/// Root fields about runs and datasets.
#[Object]
impl RunQuery {
    /// Published analysis runs, newest publication first (분석 실행 목록).
    #[allow(clippy::too_many_arguments)]
    async fn analysis_runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only runs of this question.")] analysis: Option<Analysis>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Rows<AnalysisRun>>> {
        let answer = async {
            note_newest(ctx);
            let catalog = catalog(ctx).await?;
            let rows: Vec<_> =
                catalog.visible_runs().filter(|r| analysis.is_none_or(|a| a.name() == r.analysis)).cloned().collect();
            let newest = rows.first().map_or(0, |r| r.id);
            let list = List::new(&format!("analysisRuns {analysis:?} {newest} {}", rows.len()), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |run| AnalysisRun(run.clone()))
        };
        Some(answer.await)
    }

    /// Dataset versions that a published run has read, newest first (데이터셋 목록).
    #[allow(clippy::too_many_arguments)]
    async fn datasets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only versions of this dataset, such as \"card-sales\".")] dataset: Option<String>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Rows<DatasetVersionNode>>> {
        let answer = async {
            note_newest(ctx);
            let mut rows = catalog(ctx).await?.visible_versions();
            rows.retain(|v| dataset.as_ref().is_none_or(|name| *name == v.dataset));
            let newest = rows.first().map_or(0, |v| v.id);
            let list = List::new(&format!("datasets {dataset:?} {newest} {}", rows.len()), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |v| DatasetVersionNode(v.clone()))
        };
        Some(answer.await)
    }
}
