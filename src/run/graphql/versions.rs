//! A dataset version as clients see it.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};

use super::{catalog, data, seoul};
use crate::db::Db;
use crate::error::Result;
use crate::graphql::ids;
use crate::graphql::scalars::Date;
use crate::run::dataset::DatasetVersion;
use crate::run::reading::versions_of_run;
use crate::run::record::Run;

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

/// The dataset versions that a run has read, oldest first.
pub(super) async fn inputs(ctx: &Context<'_>, run: &Run) -> Result<Vec<DatasetVersionNode>> {
    let known = catalog(ctx).await?.inputs_of(run.id).to_vec();
    if !known.is_empty() {
        return Ok(known.into_iter().map(DatasetVersionNode).collect());
    }
    // It was computed after this request began, or nothing was published since.
    let id = run.id;
    let read = data::<Db>(ctx)?.run(move |conn| versions_of_run(conn, id)).await?;
    Ok(read.into_iter().map(|version| DatasetVersionNode(Arc::new(version))).collect())
}
