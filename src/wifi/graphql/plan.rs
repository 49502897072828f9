//! "What if" over GraphQL: the best sites for other settings than those of the run, and the price of equity.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use super::plan_dongs::PlannedNeighbourhood;
use super::reached::{WifiCoverage, WifiCoverageOptions, place};
use super::{Facility, chosen, point};
use crate::config::Settings;
use crate::db::Db;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::{Error, Result, Sentence, out_of_range};
use crate::graphql::figure::{FigureData, FigureStatus, Unit};
use crate::graphql::ids;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::place::{Circle, GeoJsonArea};
use crate::graphql::scalars::GeoJsonPoint;
use crate::run::Analysis;
use crate::run::graphql::{AnalysisRun, Figure, Rows, chosen_run, connect, data};
use crate::run::reading::Reading;
use crate::run::record::Run;
use crate::siting::Status;
use crate::wifi::analysis::{
    CheckedParams, Params, PlannedDong, PlannedSite, ReachStep, WhatIf, WifiInputs, WifiPlan, equity_curve, reached,
    what_if,
};
use crate::wifi::inputs;
use crate::wifi::shown;
use crate::wifi::shown::plan as of_plan;

/// What the questions of a run need, in memory: a few runs at most, for a large district is tens of megabytes.
#[derive(Debug)]
pub struct InputsCache(crate::run::results::Cache<WifiInputs>);

impl Default for InputsCache {
    fn default() -> Self {
        Self(crate::run::results::Cache::keeping(3))
    }
}

/// One step of a reach that fades with distance.
#[derive(InputObject, Debug, Clone, Copy, Serialize)]
#[graphql(name = "ReachStepInput")]
#[serde(rename_all = "camelCase")]
pub struct ReachStepInput {
    /// Metres, 10 to 500, edge included; larger than that of the step before.
    radius_m: f64,
    /// Share of a person-hour that counts up to there, 0.001 to 1, to a thousandth; smaller than that of the step before.
    share: f64,
}

/// Cost of one site on one kind of facility.
#[derive(InputObject, Debug, Clone)]
#[graphql(name = "FacilityCostInput")]
pub struct FacilityCostInput {
    /// Kind, such as "bus_stop".
    kind: String,
    /// Whole won, 1 to 10,000,000,000.
    won: f64,
}

impl FacilityCostInput {
    /// Kind and won.
    pub fn pair(&self) -> (String, f64) {
        (self.kind.clone(), self.won)
    }
}

/// Settings of a plan. What is left out is as in the run.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "WifiPlanOptions")]
pub struct WifiPlanOptions {
    /// Reach of an access point in metres, 10 to 500, edge included.
    radius_m: Option<f64>,
    /// Weight of each hour of the day from 0 to 23: 24 numbers from 0 to 1.
    hour_weights: Option<Vec<f64>>,
    /// Share of the days that are weekdays, 0 to 1.
    weekday_share: Option<f64>,
    /// Persons assumed behind a count that the source masks (비식별 처리, 3명 이하), 0 to 3.
    masked_people: Option<f64>,
    /// Person-hours a day that one request (설치 요청) counts for, 0 to 1,000,000.
    request_weight: Option<f64>,
    /// Kinds of requests that count: wifi, bus_stop, streetlight, other. The requests of the announcement can be read as
    /// requests for Wi-Fi or for the facilities themselves; here one says which.
    request_kinds: Option<Vec<String>>,
    /// Kinds of facilities that may be chosen.
    facility_kinds: Option<Vec<String>>,
    /// Whether access points that work already serve their surroundings.
    count_access_points: Option<bool>,
    /// Whether those of them count that stand inside a building, where their list says so (실내).
    count_indoor_access_points: Option<bool>,
    /// Whether of the people of a cell only those in public space (공공공간) count, where the run knows it: its share of the
    /// ground of the cell. Without effect on runs that read no public-spaces.
    public_space_only: Option<bool>,
    /// Least number of sites in each neighbourhood that has candidates, 0 to 50.
    minimum_per_neighbourhood: Option<i64>,
    /// Facilities that must be chosen, as kind/id, at most 1,000.
    fixed: Option<Vec<String>>,
    /// Facilities that must not be chosen, as kind/id, at most 1,000.
    excluded: Option<Vec<String>>,
    /// Reach that fades step by step instead of radiusM, 1 to 5 steps: 100 % up to 40 m, 60 % up to 70 m, say.
    reach_steps: Option<Vec<ReachStepInput>>,
    /// Share of the demand, 0 to 0.5, that counts only with a second site in reach (예비 접속). What a working access point
    /// reaches is served and does not ask for a second.
    second_cover_share: Option<f64>,
    /// Cost of one site by kind of facility. Where nothing is said, that of the run (`costs`): by default 3,000,000 won for
    /// a bus stop, 6,000,000 for a park or a subway station, 4,500,000 for everything else. These are orders of size for
    /// planning, not prices.
    costs: Option<Vec<FacilityCostInput>>,
}

impl WifiPlanOptions {
    fn of_coverage(options: WifiCoverageOptions, radius_m: Option<f64>) -> Self {
        Self {
            radius_m,
            hour_weights: options.hour_weights,
            weekday_share: options.weekday_share,
            masked_people: options.masked_people,
            count_access_points: options.count_access_points,
            count_indoor_access_points: options.count_indoor_access_points,
            public_space_only: options.public_space_only,
            ..Self::default()
        }
    }

    fn settings(&self, run: &Run) -> Result<CheckedParams> {
        let params: Params = serde_json::from_value(run.parameters.clone())
            .map_err(|e| Error::internal(format!("parameters of run {}: {e}", run.id)))?;
        Params {
            radius_m: self.radius_m.unwrap_or(params.radius_m),
            sites: params.sites,
            hour_weights: self.hour_weights.clone().unwrap_or(params.hour_weights),
            weekday_share: self.weekday_share.unwrap_or(params.weekday_share),
            masked_people: self.masked_people.unwrap_or(params.masked_people),
            request_weight: self.request_weight.unwrap_or(params.request_weight),
            request_kinds: self.request_kinds.clone().unwrap_or(params.request_kinds),
            candidate_kinds: self.facility_kinds.clone().unwrap_or(params.candidate_kinds),
            excluded: params.excluded,
            count_access_points: self.count_access_points.unwrap_or(params.count_access_points),
            count_indoor_access_points: self.count_indoor_access_points.unwrap_or(params.count_indoor_access_points),
            public_space_only: self.public_space_only.unwrap_or(params.public_space_only),
            costs: params.costs,
            plan: None,
        }
        .check()
        .map_err(Error::bad_input)
    }

    fn asked(&self, sites: Option<i64>, budget_won: Option<f64>) -> WhatIf {
        let steps = self.reach_steps.iter().flatten();
        let costs = self.costs.iter().flatten();
        WhatIf {
            sites,
            budget_won,
            minimum_per_dong: self.minimum_per_neighbourhood.unwrap_or(0),
            fixed: self.fixed.clone().unwrap_or_default(),
            excluded: self.excluded.clone().unwrap_or_default(),
            steps: steps.map(|s| ReachStep { radius_m: s.radius_m, share: s.share }).collect(),
            second_share: self.second_cover_share.unwrap_or(0.0),
            costs: costs.map(FacilityCostInput::pair).collect(),
        }
    }
}

/// What is known about a plan.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "WifiPlanStatus")]
pub enum WifiPlanStatus {
    /// Proven: no plan under the same terms counts more.
    Optimal,
    /// No plan counts more than the upper bound; whether one counts more than this is open.
    Bounded,
}

fn status(plan: &WifiPlan) -> WifiPlanStatus {
    if plan.status == Status::Optimal { WifiPlanStatus::Optimal } else { WifiPlanStatus::Bounded }
}

fn person_hours(run: &Arc<Run>, value: f64) -> Figure {
    Figure::of(run, shown::person_hours(value, None))
}

/// The best sites under given terms (최적 설치 계획), with a bound that says what they may lose.
#[derive(Debug, Clone)]
pub struct WifiPlanNode {
    run: Arc<Run>,
    plan: Arc<WifiPlan>,
    terms: String,
    /// A run keeps it, so that its figures can be asked for again.
    is_kept: bool,
}

impl WifiPlanNode {
    fn figure(&self, name: &str, of: of_plan::OfPlan) -> Figure {
        let figure = Figure::of(&self.run, of(&self.plan));
        if self.is_kept { figure.at(&["plan", name]) } else { figure }
    }
}

/// The best sites under given terms (최적 설치 계획), with a bound that says what they may lose.
///
/// Maximal covering, solved by a Lagrangian bound and a branch and bound. Counted person-hours are people present times
/// hours, requests at their weight, faded and doubled as the options say.
#[Object(name = "WifiPlan")]
impl WifiPlanNode {
    /// What is known about the plan.
    async fn status(&self) -> WifiPlanStatus {
        status(&self.plan)
    }

    /// Counted person-hours a day that the sites cover together, people and requests; the interval is what masked counts
    /// leave open.
    async fn value(&self) -> Figure {
        self.figure("value", of_plan::value)
    }

    /// What of the value is people: counted person-hours a day without requests. The rest of it are requests at their weight.
    async fn people_value(&self) -> Figure {
        self.figure("people", of_plan::people)
    }

    /// Proven: no plan under the same terms, masked counts at what is assumed, counts more person-hours a day than this.
    async fn upper_bound(&self) -> Figure {
        self.figure("upper_bound", of_plan::upper_bound)
    }

    /// Share of the upper bound, 0 to 1, that the plan may lose against the best one; 0 when it is proven best.
    async fn gap(&self) -> Figure {
        self.figure("gap", of_plan::gap)
    }

    /// Counted person-hours a day of the ranked list under the same settings, fixed, excluded and least numbers aside:
    /// what choosing best next would give.
    async fn greedy_value(&self) -> Figure {
        self.figure("greedy", of_plan::greedy)
    }

    /// Cost of all sites in won, by the costs of the options.
    async fn cost(&self) -> Figure {
        self.figure("cost", of_plan::cost)
    }

    /// Requests of the kinds that count within reach of the sites.
    async fn requests_served(&self) -> Figure {
        self.figure("requests_served", of_plan::requests_served)
    }

    /// How unequally neighbourhoods are reached with the plan (불평등도): the Gini coefficient of `shareAfter`, 0 when all are
    /// reached alike, near 1 when one alone is.
    async fn inequality(&self) -> Figure {
        self.figure("inequality", of_plan::inequality)
    }

    /// What each neighbourhood gets of the plan, by code. Empty in plans of runs that have not kept it.
    async fn neighbourhoods(&self) -> Vec<PlannedNeighbourhood> {
        let node = |dong: &PlannedDong| PlannedNeighbourhood {
            run: self.run.clone(),
            dong: dong.clone(),
            is_kept: self.is_kept,
        };
        self.plan.dongs.iter().map(node).collect()
    }

    /// The sites, best next first.
    async fn chosen_sites(
        &self,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Rows<PlannedSiteNode>>> {
        let rows: Vec<(i32, &PlannedSite)> = (1..).zip(&self.plan.sites).collect();
        let list = List::new(&format!("wifiPlan {} {}", self.run.id, self.terms), rows.len());
        Some(connect(&list, &PageArguments { first, after, last, before }, &rows, |(rank, site)| PlannedSiteNode {
            run: self.run.clone(),
            rank: *rank,
            site: (*site).clone(),
            is_kept: self.is_kept,
        }))
    }

    /// The run whose people, facilities, access points and requests were used.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// A site of a plan.
#[derive(Debug, Clone)]
pub struct PlannedSiteNode {
    run: Arc<Run>,
    rank: i32,
    site: PlannedSite,
    is_kept: bool,
}

impl PlannedSiteNode {
    fn figure(&self, name: &str, of: of_plan::OfPlanned) -> Figure {
        let figure = Figure::of(&self.run, of(&self.site));
        if self.is_kept { figure.at(&["plan_site", &self.rank.to_string(), name]) } else { figure }
    }
}

/// A site of a plan.
#[Object(name = "WifiPlannedSite")]
impl PlannedSiteNode {
    /// Place in the plan, from 1: by what a site adds to those before it.
    async fn rank(&self) -> i32 {
        self.rank
    }

    /// The facility that would carry the access point.
    async fn facility(&self) -> Facility {
        let candidate = &self.site.candidate;
        Facility {
            id: ids::encode("Facility", &format!("{}/{}", candidate.kind, candidate.id)),
            kind: candidate.kind.clone(),
            source_id: candidate.id.clone(),
            name: candidate.name.clone(),
        }
    }

    /// Where it stands, in longitude and latitude.
    async fn location(
        &self,
        #[graphql(desc = "Decimals kept, 0 to 8; six are about 10 cm.", default = 6)] precision: i32,
    ) -> Option<Result<GeoJsonPoint>> {
        Some(point(self.site.candidate.place?, precision))
    }

    /// The neighbourhood around it. Null when it stands outside the district.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        neighbourhood(ctx, self.site.candidate.dong.as_deref()?).await.transpose()
    }

    /// Counted person-hours a day that it adds to those before it.
    async fn marginal_gain(&self) -> Figure {
        self.figure("marginal", of_plan::site_gain)
    }

    /// Cost in won, by the costs of the options.
    async fn cost(&self) -> Figure {
        self.figure("cost", of_plan::site_cost)
    }
}

/// One point of the price-of-equity curve.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "WifiEquityPoint")]
pub struct EquityPoint {
    /// Least number of sites in each neighbourhood that has candidates.
    minimum: i64,
    /// Counted person-hours a day of the best plan found with this minimum.
    value: Figure,
    /// Proven: no plan with this minimum counts more.
    upper_bound: Figure,
    /// What is known about the plan.
    status: WifiPlanStatus,
    /// Share of the person-hours, 0 to 1, that the minimum costs against a plan without any: 1 - value / value at 0.
    price: Figure,
}

/// Root fields about plans.
#[derive(Debug, Default, Clone, Copy)]
pub struct WifiPlanQuery;

/// Root fields about plans.
#[Object]
impl WifiPlanQuery {
    /// The best sites for a number of sites or a budget, under other settings than those of the run if wanted (가정
    /// 분석). Null before the first publication. Costs ten times what its fields cost.
    #[allow(clippy::too_many_arguments)]
    async fn wifi_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of sites, 1 to 1,000; not together with budget.")] sites: Option<i64>,
        #[graphql(
            desc = "Budget in won, from the cost of the cheapest candidate to 1,000,000,000,000; not together with sites."
        )]
        budget: Option<f64>,
        #[graphql(desc = "Settings; those of the run without it.")] options: Option<WifiPlanOptions>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<WifiPlanNode>> {
        let answer = async {
            let options = options.unwrap_or_default();
            let asked = options.asked(sites, budget);
            let terms = format!("{options:?} {asked:?}");
            let work = move |question: Question<'_>| what_if(question.inputs, question.params, &asked, question.stop);
            let solved = solved(ctx, run.as_ref(), as_of, &options, work).await?;
            Ok(solved.map(|(run, plan)| WifiPlanNode { run, plan: Arc::new(plan), terms, is_kept: false }))
        };
        answer.await.transpose()
    }

    /// The plan that a run was asked to compute by its parameter `plan` (분석 실행에 저장된 설치 계획): of any size, and the same
    /// for as long as the run is there. Null before the first publication, and for a run that was asked for none.
    async fn wifi_run_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<WifiPlanNode>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let node = |plan: &Arc<WifiPlan>| WifiPlanNode {
                run,
                plan: plan.clone(),
                terms: "of the run".to_owned(),
                is_kept: true,
            };
            Ok(all.plan.as_ref().map(node))
        };
        answer.await.transpose()
    }

    /// Who is reached in the district, a neighbourhood, a circle or an area that is drawn: today, by a set of facilities, and by another to compare it with
    /// (도달 범위·계획 비교). Null before the first publication. Costs ten times what its fields cost.
    #[allow(clippy::too_many_arguments)]
    async fn wifi_coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only people in this neighbourhood, by eight-digit code; the whole district without it.")]
        neighbourhood: Option<String>,
        #[graphql(desc = "Only people in this circle, by the middles of their cells: who is around a point, say.")]
        near: Option<Circle>,
        #[graphql(desc = "Only people in this area, by the middles of their cells.")] within: Option<GeoJsonArea>,
        #[graphql(desc = "A set of facilities, as kind/id, at most 1,000: the sites of a plan, say.")]
        facilities: Option<Vec<String>>,
        #[graphql(desc = "Another set to compare it with, as kind/id, at most 1,000.")] against: Option<Vec<String>>,
        #[graphql(desc = "Reach of an access point in metres, 10 to 500, edge included; that of the run without it.")]
        radius_m: Option<f64>,
        #[graphql(
            desc = "Who counts, and when; as in the run without it. Give those of a plan to compare it by its own terms."
        )]
        options: Option<WifiCoverageOptions>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<WifiCoverage>> {
        let answer = async {
            let Some(run) = chosen_run(ctx, Analysis::Wifi, run.as_ref(), as_of).await? else { return Ok(None) };
            let params = WifiPlanOptions::of_coverage(options.unwrap_or_default(), radius_m).settings(&run)?;
            let inputs = inputs_of(ctx, &run).await?;
            if let Some(code) =
                neighbourhood.as_deref().filter(|code| inputs.cells.iter().all(|c| c.dong.as_deref() != Some(code)))
            {
                return Err(Error::bad_input(format!(
                    "The run has no people in a neighbourhood {code}; give its eight-digit code."
                ))
                .in_korean(format!("이 분석 실행에는 행정동 {code}의 인구가 없습니다. 여덟 자리 코드를 쓰십시오.")));
            }
            near.as_ref().map_or(Ok(()), Circle::check)?;
            let (first, second) = (facilities.unwrap_or_default(), against.unwrap_or_default());
            let people = inputs.people;
            let in_public_space = people.in_public_space(&params);
            let answer = data::<Db>(ctx)?.run(move |conn| {
                let place = place(conn, neighbourhood, near, within)?;
                reached(&inputs, &params, &place, &first, &second).map_err(Error::bad_input)
            });
            let reached = answer.await?;
            Ok(Some(WifiCoverage { run, people, in_public_space, reached }))
        };
        answer.await.transpose()
    }

    /// What it costs to give each neighbourhood at least 0, 1, 2 ... sites (형평성의 비용). The curve ends before the
    /// first minimum that cannot be met. Null before the first publication. Costs fifty times what its fields cost.
    #[allow(clippy::too_many_arguments)]
    async fn wifi_equity_curve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of sites, 1 to 1,000; not together with a budget.")] sites: Option<i64>,
        #[graphql(
            desc = "Budget in won, from the cost of the cheapest candidate to 1,000,000,000,000; not together with sites."
        )]
        budget: Option<f64>,
        #[graphql(desc = "Largest minimum for each neighbourhood, 0 to 10.", default = 4)] up_to: i64,
        #[graphql(desc = "Settings; those of the run without it. Its minimumPerNeighbourhood is not used.")]
        options: Option<WifiPlanOptions>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Vec<EquityPoint>>> {
        let answer = async {
            if !(0..=10).contains(&up_to) {
                return Err(Error::bad_input(out_of_range("upTo", (0, 10), up_to)));
            }
            let options = options.unwrap_or_default();
            let asked = options.asked(sites, budget);
            let work = move |question: Question<'_>| {
                equity_curve(question.inputs, question.params, &asked, up_to, question.stop)
            };
            let Some((run, plans)) = solved(ctx, run.as_ref(), as_of, &options, work).await? else { return Ok(None) };
            let free = plans.first().map_or(0.0, |plan| plan.value);
            let point = |(minimum, plan): (i64, &WifiPlan)| EquityPoint {
                minimum,
                value: person_hours(&run, plan.value),
                upper_bound: Figure::of(&run, of_plan::upper_bound(plan)),
                status: status(plan),
                price: if free > 0.0 {
                    let price = FigureData::plain(1.0 - plan.value / free, Unit::Ratio, FigureStatus::Estimated);
                    Figure::of(&run, price)
                } else {
                    let none = FigureData::missing(
                        Unit::Ratio,
                        FigureStatus::InsufficientData,
                        "수요가 없습니다.",
                        "There is no demand.",
                    );
                    Figure::of(&run, none)
                },
            };
            Ok(Some((0..).zip(&plans).map(point).collect()))
        };
        answer.await.transpose()
    }
}

/// What plans are made from.
struct Question<'a> {
    inputs: &'a WifiInputs,
    params: &'a CheckedParams,
    /// Asked between steps: whether nobody waits any more.
    stop: &'a dyn Fn() -> bool,
}

/// The answer to a question on one run, with the run.
async fn solved<T: Send + 'static>(
    ctx: &Context<'_>,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
    options: &WifiPlanOptions,
    work: impl FnOnce(Question<'_>) -> std::result::Result<T, Sentence> + Send + 'static,
) -> Result<Option<(Arc<Run>, T)>> {
    let Some(run) = chosen_run(ctx, Analysis::Wifi, run, as_of).await? else { return Ok(None) };
    let params = options.settings(&run)?;
    let db = data::<Db>(ctx)?;
    let inputs = inputs_of(ctx, &run).await?;
    let leaving = Leaving::default();
    let left = leaving.0.clone();
    let answer = db.run(move |_| {
        let stop = || left.load(Ordering::Relaxed);
        work(Question { inputs: &inputs, params: &params, stop: &stop }).map_err(Error::bad_input)
    });
    let answer = answer.await?;
    drop(leaving);
    Ok(Some((run, answer)))
}

/// What a run has read, kept in memory for the next question.
async fn inputs_of(ctx: &Context<'_>, run: &Run) -> Result<Arc<WifiInputs>> {
    let district = data::<Settings>(ctx)?.district.clone();
    let load = move |conn: &mut diesel::PgConnection, id: i32| {
        inputs::inputs(conn, Reading::AsRun(id), &district).map(|(read, _)| read)
    };
    data::<InputsCache>(ctx)?.0.get(data::<Db>(ctx)?, run.id, load).await
}

/// Tells the work that nobody waits any more: dropped with the request when the client leaves.
#[derive(Default)]
struct Leaving(Arc<AtomicBool>);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
