//! What clients may ask about the economy.

mod act;
mod composite;
mod industry;
mod judged;
mod local;
mod markets;
mod parameters;
mod policy;
mod sales;
mod sensitivity;
mod sentiment;
mod shock;
mod structure;
mod usage;

use std::sync::Arc;

use async_graphql::{Context, ID, MergedObject};
use chrono::{DateTime, FixedOffset};

pub use self::act::ActionLine;
pub use self::industry::{Industry, industry_by_key};
pub use self::local::{LocalEconomyQuery, markets_of_neighbourhood, structure_of_neighbourhood};
pub use self::markets::Market;
pub use self::parameters::EconomyParametersInput;
pub use self::sales::{EconomySales, sales_by_key};
pub use self::sensitivity::{EconomicSensitivity, EconomyScope, by_key, of_neighbourhood};
pub use self::structure::EconomicStructure;
pub use self::usage::MerchantUsage;
use super::results::{self, EconomyRun};
use crate::db::Db;
use crate::error::Result;
use crate::run::Analysis;
use crate::run::graphql::{chosen_run, data};
use crate::run::record::Run;

/// Results of economy runs in memory.
pub type Cache = crate::run::results::Cache<EconomyRun>;

/// Root fields about the economy.
#[derive(MergedObject, Debug, Default, Clone, Copy)]
pub struct EconomyQuery(
    sensitivity::SensitivityQuery,
    sales::SalesQuery,
    composite::CompositeQuery,
    policy::PolicyQuery,
);

/// The run that a question asks for, with its results; none before the first publication.
pub(crate) async fn chosen(
    ctx: &Context<'_>,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<(Arc<Run>, Arc<EconomyRun>)>> {
    let Some(run) = chosen_run(ctx, Analysis::Economy, run, as_of).await? else { return Ok(None) };
    let all = data::<Cache>(ctx)?.get(data::<Db>(ctx)?, run.id, results::load).await?;
    Ok(Some((run, all)))
}
