//! What clients may ask about childcare. Counts only: no text of a post and no author is ever served.

mod access;
mod parameters;
mod sentiment;
mod sites;
mod trends;
mod usage;
mod voice;
mod vulnerability;

use std::sync::Arc;

use async_graphql::{Context, ID, MergedObject};
use chrono::{DateTime, FixedOffset};

pub use self::access::ChildcareAccess;
pub use self::parameters::ChildcareParametersInput;
pub use self::sentiment::{ChildcareSentiment, by_key, of_neighbourhood};
pub use self::trends::ChildcareIssueTrend;
pub use self::usage::ChildcareUse;
pub use self::voice::{ChildcareIssue, ChildcareKeyword, ChildcareVolume};
use super::results::{self, ChildcareRun};
use crate::db::Db;
use crate::error::Result;
use crate::run::Analysis;
use crate::run::graphql::{chosen_run, data};
use crate::run::record::Run;

/// Results of childcare runs in memory.
pub type Cache = crate::run::results::Cache<ChildcareRun>;

/// Root fields about childcare.
#[derive(MergedObject, Debug, Default, Clone, Copy)]
pub struct ChildcareQuery(
    sentiment::SentimentQuery,
    access::AccessQuery,
    usage::UseQuery,
    voice::VoiceQuery,
    trends::TrendQuery,
    sites::SitesQuery,
    vulnerability::VulnerabilityQuery,
);

/// The run that a question asks for, with its results; none before the first publication.
pub(crate) async fn chosen(
    ctx: &Context<'_>,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<(Arc<Run>, Arc<ChildcareRun>)>> {
    let Some(run) = chosen_run(ctx, Analysis::Childcare, run, as_of).await? else { return Ok(None) };
    let all = data::<Cache>(ctx)?.get(data::<Db>(ctx)?, run.id, results::load).await?;
    Ok(Some((run, all)))
}
