//! Anything by its global id.

use async_graphql::{Context, ID, Interface, Object};

use crate::childcare::graphql::ChildcareSentiment;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::graphql::{EconomicSensitivity, EconomySales, Industry};
use crate::error::{Error, Kind, Result, too_many};
use crate::graphql::ids;
use crate::jobs::graphql::AnalysisJob;
use crate::run::graphql::{AnalysisRun, DatasetVersionNode, catalog};
use crate::wifi::graphql::WifiSite;
use crate::{childcare, economy, jobs, wifi};

/// Anything with a global id.
#[derive(Interface)]
#[graphql(name = "Node", field(name = "id", ty = "ID", desc = "Opaque global id."))]
// An answer holds few nodes; boxing each would cost more than the unused bytes.
#[allow(clippy::large_enum_variant)]
pub enum Node {
    /// A neighbourhood.
    Neighbourhood(Neighbourhood),
    /// An industry.
    Industry(Industry),
    /// An analysis run.
    AnalysisRun(AnalysisRun),
    /// A job of the queue.
    AnalysisJob(AnalysisJob),
    /// A dataset version.
    DatasetVersion(DatasetVersionNode),
    /// A sensitivity.
    EconomicSensitivity(EconomicSensitivity),
    /// A series of sales.
    EconomySales(EconomySales),
    /// A place and what is said about childcare there.
    ChildcareSentiment(ChildcareSentiment),
    /// A ranked site.
    WifiSite(WifiSite),
}

/// Root fields for global ids.
#[derive(Debug, Default, Clone, Copy)]
pub struct NodeQuery;

/// Root fields for global ids.
#[Object]
impl NodeQuery {
    /// The thing with this global id. Null when there is none, or when it is not published.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Opaque global id.")] id: ID) -> Option<Result<Node>> {
        find(ctx, &id).await.transpose()
    }

    /// The things with these global ids, in the order asked for; null in the place of each that there is not.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Opaque global ids, at most 100.")] ids: Vec<ID>,
    ) -> Option<Result<Vec<Option<Node>>>> {
        let answer = async {
            if ids.len() > 100 {
                return Err(Error::bad_input(too_many("ids", "ids", 100)));
            }
            let mut found = Vec::with_capacity(ids.len());
            for id in &ids {
                found.push(find(ctx, id).await?);
            }
            Ok(found)
        };
        Some(answer.await)
    }
}

async fn find(ctx: &Context<'_>, id: &str) -> Result<Option<Node>> {
    let Some((kind, key)) = ids::decode(id) else { return Ok(None) };
    let found = match kind.as_str() {
        "Neighbourhood" => neighbourhood(ctx, &key).await?.map(Node::Neighbourhood),
        "Industry" => economy::graphql::industry_by_key(ctx, &key).await?.map(Node::Industry),
        "AnalysisRun" => {
            let catalog = catalog(ctx).await?;
            let run = catalog.visible_runs().find(|run| run.id.to_string() == key).cloned();
            run.map(|run| Node::AnalysisRun(AnalysisRun(run)))
        }
        "AnalysisJob" => jobs::graphql::by_key(ctx, id).await?.map(Node::AnalysisJob),
        "DatasetVersion" => {
            let versions = catalog(ctx).await?.visible_versions();
            let version = versions.into_iter().find(|version| version.id.to_string() == key);
            version.map(|version| Node::DatasetVersion(DatasetVersionNode(version)))
        }
        "EconomicSensitivity" => {
            absent_if_unknown(economy::graphql::by_key(ctx, &key).await)?.map(Node::EconomicSensitivity)
        }
        "EconomySales" => absent_if_unknown(economy::graphql::sales_by_key(ctx, &key).await)?.map(Node::EconomySales),
        "ChildcareSentiment" => {
            absent_if_unknown(childcare::graphql::by_key(ctx, &key).await)?.map(Node::ChildcareSentiment)
        }
        "WifiSite" => absent_if_unknown(wifi::graphql::by_key(ctx, &key).await)?.map(Node::WifiSite),
        _ => None,
    };
    Ok(found)
}

/// An id of a run that there is not, or that may not be seen, is no mistake: there is simply nothing to show.
fn absent_if_unknown<T>(found: Result<Option<T>>) -> Result<Option<T>> {
    match found {
        Err(error) if matches!(error.kind(), Kind::BadInput | Kind::Restricted) => Ok(None),
        other => other,
    }
}
