//! Where the next service should open: the exact plan for any question.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use chrono::{DateTime, FixedOffset};

use super::chosen;
use super::usage::ChildcareKind;
use crate::childcare::analysis::{PlannedSite, SitePlan, SiteRequest, plan};
use crate::db::Db;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::{Error, Result, out_of_range};
use crate::graphql::figure::{FigureData, FigureStatus, Unit};
use crate::graphql::scalars::GeoJsonPoint;
use crate::run::graphql::{AnalysisRun, Figure, data};
use crate::run::record::Run;

/// What is asked of the choice. What is left out keeps its default.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "ChildcareSitesInput")]
pub struct SitesInput {
    /// Most sites, 1 to 10; 3 without it. Covering choices of more than about 7 among 200 candidates
    /// may stay unproven.
    sites: Option<i32>,
    /// Walking reach of a site in metres, 100 to 3,000; 1,000 without it.
    reach_meters: Option<f64>,
    /// Least straight distance between two sites in metres, 0 to 5,000; 300 without it.
    apart_meters: Option<f64>,
    /// Most money for all sites in won, 1 to 1,000,000,000,000; unbounded without it. Candidates whose cost the file does
    /// not give then take no part.
    budget_won: Option<i64>,
    /// Reachable places for each child that count as enough, 0.001 to 1; that of the run without it.
    need: Option<f64>,
    /// Ids of candidates that must be chosen, as in the source file; no more than sites.
    fixed: Option<Vec<String>>,
    /// Ids of candidates that must not be chosen, at most 200.
    excluded: Option<Vec<String>>,
}

impl SitesInput {
    fn request(self, kind: ChildcareKind) -> Result<SiteRequest> {
        let base = SiteRequest::default();
        let size = |n: i32| usize::try_from(n).map_err(|_| Error::bad_input(out_of_range("sites", (1, 10), n)));
        let money = |won: i64| {
            u64::try_from(won).map_err(|_| Error::bad_input(out_of_range("budgetWon", (1, 1_000_000_000_000_i64), won)))
        };
        Ok(SiteRequest {
            kind: kind.into(),
            sites: self.sites.map_or(Ok(base.sites), size)?,
            reach_m: self.reach_meters.unwrap_or(base.reach_m),
            apart_m: self.apart_meters.unwrap_or(base.apart_m),
            budget_won: self.budget_won.map(money).transpose()?,
            need: self.need,
            fixed: self.fixed.unwrap_or_default(),
            excluded: self.excluded.unwrap_or_default(),
        })
    }
}

/// How good a choice is known to be.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "PlanStatus")]
pub enum PlanStatus {
    /// Proven: no choice under the same terms is better.
    Optimal,
    /// It respects the terms; the bound says how much better another could be at most.
    Feasible,
}

impl PlanStatus {
    fn of(is_optimal: bool) -> Self {
        if is_optimal { Self::Optimal } else { Self::Feasible }
    }
}

/// One site of a plan with its run.
#[derive(Debug, Clone)]
pub struct ChildcareSite {
    run: Arc<Run>,
    rank: i32,
    site: PlannedSite,
}

impl ChildcareSite {
    fn estimate(&self, value: f64, unit: Unit) -> Figure {
        Figure::of(&self.run, FigureData::plain(value, unit, FigureStatus::Estimated))
    }
}

/// A building in which the next childcare service should open (보육 서비스 선정지).
#[Object(name = "ChildcareSite")]
impl ChildcareSite {
    /// Place in the plan, from 1: best next first.
    async fn rank(&self) -> i32 {
        self.rank
    }

    /// Id of the candidate in the source file; fixed and excluded take it.
    async fn candidate_id(&self) -> &str {
        &self.site.candidate.id
    }

    /// Name in the source file.
    async fn name(&self) -> &str {
        &self.site.candidate.name
    }

    /// Kind as the source file writes it, such as "community_centre", "apartment" or "vacated_centre".
    async fn kind(&self) -> &str {
        &self.site.candidate.kind
    }

    /// Where it is, in longitude and latitude.
    async fn location(
        &self,
        #[graphql(desc = "Decimals kept, 0 to 8; six are about 10 cm.", default = 6)] precision: i32,
    ) -> Option<Result<GeoJsonPoint>> {
        let point = geo_types::Point::new(self.site.candidate.place.0, self.site.candidate.place.1);
        let precision = u8::try_from(precision)
            .ok()
            .filter(|p| *p <= 8)
            .ok_or_else(|| Error::bad_input(out_of_range("precision", (0, 8), precision)));
        Some(precision.map(|precision| GeoJsonPoint { point, precision }))
    }

    /// The neighbourhood around it. Null when it stands outside the district.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        neighbourhood(ctx, self.site.candidate.dong.as_deref()?).await.transpose()
    }

    /// Cost of opening, won. NOT_AVAILABLE where the file does not give it.
    async fn cost(&self) -> Figure {
        Figure::of(&self.run, won(self.site.candidate.cost_won))
    }

    /// Children without a place in reach who live within its reach (미충족 아동). The places that it would have are not
    /// known, so all of them count.
    async fn covered_children(&self) -> Figure {
        self.estimate(self.site.covered, Unit::Persons)
    }

    /// Those of them whom no site before it covers.
    async fn marginal_children(&self) -> Figure {
        self.estimate(self.site.marginal, Unit::Persons)
    }

    /// Mean minutes that these children walk to it: straight distance times the run's detour, at 4 km an hour.
    async fn walking_time(&self) -> Figure {
        let figure = match self.site.walking_minutes {
            Some(minutes) => FigureData::plain(minutes, Unit::Minutes, FigureStatus::Estimated),
            None => FigureData::missing(
                Unit::Minutes,
                FigureStatus::InsufficientData,
                "도달 범위 안에 미충족 아동이 없습니다.",
                "No child without a place lives within its reach.",
            ),
        };
        Figure::of(&self.run, figure)
    }

    /// Posts that complain about childcare in its neighbourhood (근거 게시글 수). They measure voice, not need, and take
    /// no part in the choice. SUPPRESSED where the neighbourhood's number is.
    async fn supporting_posts(&self) -> Figure {
        let figure = match self.site.supporting_posts {
            Some(posts) => FigureData::plain(posts as f64, Unit::Posts, FigureStatus::Estimated),
            None => FigureData::missing(
                Unit::Posts,
                FigureStatus::Suppressed,
                "게시글이 없거나 너무 적어 공개하지 않습니다.",
                "There are no posts to count, or too few to be shown.",
            ),
        };
        Figure::of(&self.run, figure)
    }

    /// Share of 60 perturbed problems in which the site is chosen (순위 안정성), 0 to 1: reach, need and the unmet children
    /// of each neighbourhood move independently by up to a quarter.
    async fn stability(&self) -> Figure {
        self.estimate(self.site.stability, Unit::Ratio)
    }
}

/// A plan with its run.
#[derive(Debug, Clone)]
pub struct ChildcareSitePlan {
    run: Arc<Run>,
    plan: SitePlan,
    need: f64,
}

impl ChildcareSitePlan {
    fn figure(&self, value: f64, unit: Unit) -> Figure {
        Figure::of(&self.run, FigureData::plain(value, unit, FigureStatus::Estimated))
    }

    fn minutes(&self, value: Option<f64>) -> Figure {
        let none = || {
            FigureData::missing(
                Unit::Minutes,
                FigureStatus::InsufficientData,
                "선정된 곳이나 아동이 없습니다.",
                "There is no chosen site, or there are no children.",
            )
        };
        Figure::of(
            &self.run,
            value.map_or_else(none, |value| FigureData::plain(value, Unit::Minutes, FigureStatus::Estimated)),
        )
    }
}

/// Where the next childcare services should open (보육 서비스 후보지 선정), for the question that was asked.
///
/// Maximal covering (Church and ReVelle 1974), solved exactly: of the candidates at most so many are chosen, so that the
/// children without a place in reach who live within walking reach of a site are as many as possible; each child counts
/// once. Unmet children of a cell are children · max(0, need − accessibility), so what is there already is counted.
#[Object(name = "ChildcareSitePlan")]
impl ChildcareSitePlan {
    /// How good the plan is known to be.
    async fn status(&self) -> PlanStatus {
        PlanStatus::of(self.plan.is_optimal)
    }

    /// The sites, best next first; fewer than asked for where no more would help or fit.
    async fn sites(&self) -> Vec<ChildcareSite> {
        (1..)
            .zip(&self.plan.sites)
            .map(|(rank, site)| ChildcareSite { run: self.run.clone(), rank, site: site.clone() })
            .collect()
    }

    /// Candidates that could be chosen: fit for this kind of care, not excluded, and under a budget with a known cost.
    async fn candidates(&self) -> i32 {
        i32::try_from(self.plan.candidates).unwrap_or(i32::MAX)
    }

    /// Reachable places for each child that counted as enough.
    async fn need(&self) -> f64 {
        self.need
    }

    /// Children without a place in reach in the whole district.
    async fn unmet_children(&self) -> Figure {
        self.figure(self.plan.unmet, Unit::Persons)
    }

    /// Those of them within reach of a site of the plan.
    async fn covered_children(&self) -> Figure {
        self.figure(self.plan.covered, Unit::Persons)
    }

    /// No plan under the same terms covers more; equal to what is covered when the plan is OPTIMAL.
    async fn bound(&self) -> Figure {
        self.figure(self.plan.bound, Unit::Persons)
    }

    /// What choosing again and again the best next site would have covered.
    async fn greedy_children(&self) -> Figure {
        self.figure(self.plan.greedy, Unit::Persons)
    }

    /// Cost of all sites, won. NOT_AVAILABLE where the cost of one is not known.
    async fn cost(&self) -> Figure {
        Figure::of(&self.run, won(self.plan.cost_won))
    }

    /// Mean minutes that all children of the district walk to the nearest site of the plan.
    async fn walking_time(&self) -> Figure {
        self.minutes(self.plan.mean_minutes)
    }

    /// The same for the choice that makes it shortest under the same terms (p-median, an equity check): where it is much
    /// shorter, covering most children leaves somebody far away.
    async fn shortest_walking_time(&self) -> Figure {
        self.minutes(self.plan.shortest_minutes)
    }

    /// Ids of the candidates of that choice.
    async fn shortest_candidate_ids(&self) -> &[String] {
        &self.plan.shortest_sites
    }

    /// How good that choice is known to be.
    async fn shortest_status(&self) -> PlanStatus {
        PlanStatus::of(self.plan.shortest_is_optimal)
    }

    /// The run whose children, centres and candidates were used.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

fn won(value: Option<u64>) -> FigureData {
    match value {
        Some(won) => FigureData::plain(won as f64, Unit::Won, FigureStatus::Measured),
        None => FigureData::missing(
            Unit::Won,
            FigureStatus::NotAvailable,
            "비용 자료가 없습니다.",
            "The file does not give the cost.",
        ),
    }
}

/// Root field about sites.
#[derive(Debug, Default, Clone, Copy)]
pub struct SitesQuery;

/// Root field about sites.
#[Object]
impl SitesQuery {
    /// Where the next childcare services should open, for any number of sites, reach, distance, budget, and with sites
    /// fixed or excluded (후보지 선정과 가정 분석). Null before the first publication, and for runs without candidates.
    #[allow(clippy::too_many_arguments)]
    async fn childcare_sites(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What kind of care is to be offered.", default_with = "ChildcareKind::AllDay")]
        kind: ChildcareKind,
        #[graphql(desc = "What is asked of the choice; the defaults without it.")] input: Option<SitesInput>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<ChildcareSitePlan>> {
        let answer = async {
            let request = input.unwrap_or_default().request(kind)?;
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let Some(siting) = all.siting.clone().filter(|siting| !siting.candidates.is_empty()) else {
                return Ok(None);
            };
            let checked = request.check(&siting).map_err(Error::bad_input)?;
            let need = checked.need;
            let plan = data::<Db>(ctx)?.away(move || plan(&siting, &checked).map_err(Error::bad_input)).await?;
            Ok(Some(ChildcareSitePlan { run, plan, need }))
        };
        answer.await.transpose()
    }
}
