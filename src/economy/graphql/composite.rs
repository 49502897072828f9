//! The composite index with its ranks: tiers and intervals, never a bare league table.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::analysis::{COMPONENTS, Composite, Ranked};
use crate::economy::results::EconomyRun;
use crate::economy::shown;
use crate::error::{Error, Result, both};
use crate::graphql::language::Language;
use crate::run::graphql::{AnalysisRun, Figure};
use crate::run::record::Run;

/// What the composite index is made of.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "CompositeComponentName")]
pub enum ComponentName {
    /// Minus the slope of log year-on-year sales on log(1 + cases), by least squares.
    Elasticity,
    /// Minus the depth of the trough, per cent.
    Depth,
    /// Mean weekly loss since the onset, as a share of what the growth before would have brought.
    Loss,
    /// Share of the base year's sales in industries with much contact.
    ContactShare,
    /// Minus the sentiment gap that the mix of industries implies, index points.
    Sentiment,
}

const NAMES: [ComponentName; COMPONENTS.len()] = [
    ComponentName::Elasticity,
    ComponentName::Depth,
    ComponentName::Loss,
    ComponentName::ContactShare,
    ComponentName::Sentiment,
];

/// Weights of the components. One that is left out keeps the weight of the run.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "CompositeWeightsInput")]
pub struct WeightsInput {
    /// Weight of the slope, 0 to 1.
    elasticity: Option<f64>,
    /// Weight of the depth, 0 to 1.
    depth: Option<f64>,
    /// Weight of the loss, 0 to 1.
    loss: Option<f64>,
    /// Weight of the contact share, 0 to 1.
    contact_share: Option<f64>,
    /// Weight of the sentiment, 0 to 1.
    sentiment: Option<f64>,
}

impl WeightsInput {
    fn over(&self, run: [f64; 5]) -> Result<[f64; 5]> {
        let asked = [self.elasticity, self.depth, self.loss, self.contact_share, self.sentiment];
        let weights: [f64; 5] = std::array::from_fn(|at| asked[at].unwrap_or(run[at]));
        if !weights.iter().all(|w| (0.0..=1.0).contains(w)) || weights.iter().sum::<f64>() <= 0.0 {
            return Err(Error::bad_input(both(
                "Every weight must be from 0 to 1, and not all may be 0.",
                "가중치는 각각 0 이상 1 이하로 주십시오. 모두 0일 수는 없습니다.",
            )));
        }
        Ok(weights)
    }
}

/// Where a neighbourhood stands, as far as the resampled years agree.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "SensitivityTier")]
pub enum Tier {
    /// Among the more sensitive half in at least 90 % of the resampled years.
    More,
    /// Sometimes in the one half and sometimes in the other: do not rank it.
    Unclear,
    /// Among the less sensitive half in at least 90 % of the resampled years.
    Less,
}

/// The weight of a component.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "CompositeWeight")]
pub struct Weight {
    /// The component.
    component: ComponentName,
    /// Weight that was used; the weights add up to 1. Zero when the component has no data or does not vary.
    weight: f64,
    /// Agreement of the ranks without this component with those given here (Kendall's tau, -1 to 1). Null when it
    /// takes no part.
    tau_without: Option<f64>,
}

/// The value of a component.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "CompositeComponent")]
pub struct Component {
    /// The component.
    component: ComponentName,
    /// Its value; larger is more sensitive. Null where there are no data.
    value: Option<f64>,
    /// (value − median) / (1.4826 · median absolute deviation), within ±3. Null when the component takes no part.
    z: Option<f64>,
}

/// One neighbourhood in the composite index.
#[derive(Debug, Clone)]
pub struct CompositeRank {
    run: Arc<Run>,
    ranked: Ranked,
    of: usize,
    weights: [f64; 5],
}

/// One neighbourhood in the composite index. Read the tier and the interval, not the rank alone.
#[Object(name = "CompositeRank")]
impl CompositeRank {
    /// The neighbourhood. Null when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        neighbourhood(ctx, &self.ranked.dong).await.transpose()
    }

    /// Eight-digit code of the neighbourhood.
    async fn code(&self) -> &str {
        &self.ranked.dong
    }

    /// 50 + 10 · Σ weight · z.
    async fn index(&self) -> Figure {
        let weights = shown::weights_name(&self.weights);
        Figure::of(&self.run, shown::composite(&self.ranked)).at(&["composite", &self.ranked.dong, &weights])
    }

    /// Where it stands, as far as the resampled years agree.
    async fn tier(&self) -> Tier {
        let half = self.of / 2;
        let (best, worst) = self.ranked.rank_interval;
        match (worst <= half, best > self.of - half) {
            (true, _) => Tier::More,
            (_, true) => Tier::Less,
            _ => Tier::Unclear,
        }
    }

    /// Rank, 1 for the most sensitive.
    async fn rank(&self) -> i32 {
        small(self.ranked.rank)
    }

    /// 5 % quantile of its ranks in the resampled years.
    async fn rank_lower(&self) -> i32 {
        small(self.ranked.rank_interval.0)
    }

    /// 95 % quantile of its ranks in the resampled years.
    async fn rank_upper(&self) -> i32 {
        small(self.ranked.rank_interval.1)
    }

    /// Share of the resampled years in which it was among the first three, 0 to 1.
    async fn top_three_probability(&self) -> f64 {
        self.ranked.top3
    }

    /// What the index is made of.
    async fn components(&self) -> Vec<Component> {
        NAMES
            .into_iter()
            .zip(self.ranked.components.into_iter().zip(self.ranked.z))
            .map(|(component, (value, z))| Component { component, value, z })
            .collect()
    }
}

/// The composite index of a run.
#[derive(Debug, Clone)]
pub struct CompositeSensitivity {
    run: Arc<Run>,
    weights: [f64; 5],
    composite: Option<Composite>,
}

/// Composite sensitivity of the neighbourhoods (종합 민감도): several components, weighted by a judgement that everybody
/// may change. Ranks come with what they were in resampled years (blocks of four weeks, the same for all).
///
/// Neighbourhoods that may not be shown take no part.
#[Object(name = "CompositeSensitivity")]
impl CompositeSensitivity {
    /// Weights that were used. A component without data gives its weight to the others.
    async fn weights(&self) -> Vec<Weight> {
        let Some(composite) = &self.composite else { return Vec::new() };
        NAMES
            .into_iter()
            .zip(composite.weights.into_iter().zip(composite.tau_without))
            .map(|(component, (weight, tau_without))| Weight { component, weight, tau_without })
            .collect()
    }

    /// Mean agreement of the resampled ranks with those given here (Kendall's tau, -1 to 1). Null without ranks.
    async fn agreement(&self) -> Option<f64> {
        self.composite.as_ref().map(|c| c.mean_tau)
    }

    /// The neighbourhoods by rank. Empty without ranks.
    async fn ranks(&self) -> Vec<CompositeRank> {
        let Some(composite) = &self.composite else { return Vec::new() };
        let mut dongs = composite.dongs.clone();
        dongs.sort_by_key(|d| d.rank);
        let of = dongs.len();
        dongs
            .into_iter()
            .map(|ranked| CompositeRank { run: self.run.clone(), ranked, of, weights: self.weights })
            .collect()
    }

    /// Why there are no ranks. Null when there are.
    async fn reason(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> Option<String> {
        let sentence = Language::choose(lang, ctx).pick(
            "순위를 매기려면 같은 주간 자료가 있는 동이 셋 이상 필요합니다.",
            "Ranks need at least three neighbourhoods with the same weeks, and a component that varies.",
        );
        self.composite.is_none().then(|| sentence.to_owned())
    }

    /// The run behind the index.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// Ranks the neighbourhoods of a run with the weights that were asked for.
pub fn composite(run: Arc<Run>, all: &EconomyRun, weights: Option<&WeightsInput>) -> Result<CompositeSensitivity> {
    let weights = weights.cloned().unwrap_or_default().over(shown::params(&run)?.composite_weights)?;
    let composite = shown::ranked(all, &weights);
    Ok(CompositeSensitivity { run, weights, composite })
}

fn small(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// Root fields about the composite sensitivity.
#[derive(Debug, Default, Clone, Copy)]
pub struct CompositeQuery;

/// Root fields about the composite sensitivity.
#[Object]
impl CompositeQuery {
    /// Composite sensitivity of the neighbourhoods (동별 종합 민감도), with tiers and intervals of ranks. Null before the
    /// first publication.
    async fn composite_sensitivity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Weights of the components; those of the run without it.")] weights: Option<WeightsInput>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<CompositeSensitivity>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            composite(run, &all, weights.as_ref()).map(Some)
        };
        answer.await.transpose()
    }
}
