//! "What if": the best sites under other settings than those of the run, with a bound.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::demand::{Demanded, demand, point};
use super::inputs::{CandidateInput, CheckedParams, MASKED_MOST, Params, WifiInputs};
use crate::error::{Sentence, both, grouped, out_of_range, too_many};
use crate::siting::{Candidate, Effort, Layer, Limit, Point, Problem, Rules, SpecError, Status, solve};

/// Largest question that is answered at once; larger ones are a matter of an analysis run.
pub const MOST_CANDIDATES: usize = 20_000;
/// See [`MOST_CANDIDATES`].
pub const MOST_DEMAND: usize = 200_000;

/// What one plan may take.
struct Work {
    candidates: usize,
    demand: usize,
    effort: Effort,
}

/// An answer at once: a second or two on the largest district.
const AT_ONCE: Work =
    Work { candidates: MOST_CANDIDATES, demand: MOST_DEMAND, effort: Effort { parts: 60, ..Effort::BOUNDED } };
/// A run may take minutes and any size.
const RUN: Work = Work { candidates: usize::MAX, demand: usize::MAX, effort: Effort::PROVEN };

/// One step of a reach that fades.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReachStep {
    /// Metres.
    pub radius_m: f64,
    /// Share of a person-hour that counts up to there.
    pub share: f64,
}

/// What is asked, as somebody may write it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WhatIf {
    /// Number of sites; not together with a budget.
    pub sites: Option<i64>,
    /// Budget in won.
    pub budget_won: Option<f64>,
    /// Least number of sites in each neighbourhood.
    pub minimum_per_dong: i64,
    /// Facilities that must be chosen, as kind/id.
    pub fixed: Vec<String>,
    /// Facilities that must not be chosen, as kind/id.
    pub excluded: Vec<String>,
    /// Steps of the reach; none means the radius counts in full.
    pub steps: Vec<ReachStep>,
    /// Share of the demand that counts only with a second site in reach.
    pub second_share: f64,
    /// Cost of one site by kind, won.
    pub costs: Vec<(String, f64)>,
}

/// A chosen site of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedSite {
    /// The facility.
    pub candidate: CandidateInput,
    /// Counted person-hours a day that it adds to those before it.
    pub gain: f64,
    /// Cost in won.
    pub cost_won: u64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct WifiPlan {
    /// Best next first.
    pub sites: Vec<PlannedSite>,
    /// Counted person-hours a day of all of them.
    pub value: f64,
    /// The same with nobody, and with three persons, behind each masked count; `None` where nothing is masked, and in a
    /// curve of plans.
    pub range: Option<(f64, f64)>,
    /// No plan under the same terms counts more; `None` when the work was stopped before.
    pub bound: Option<f64>,
    /// What the greedy list counts.
    pub greedy_value: f64,
    /// Share that the plan may lose against the best one.
    pub gap: Option<f64>,
    /// What is known.
    pub status: Status,
    /// Cost of all sites, won.
    pub cost_won: u64,
    /// Requests that lie in reach.
    pub requests_served: u32,
    /// What of the value is people: counted person-hours a day without requests. `None` in plans of runs that are older.
    pub people: Option<f64>,
    /// Each dong with its people, by code; none in plans of runs that are older.
    pub dongs: Vec<PlannedDong>,
}

/// A dong under a plan. Person-hours a day of people, faded and doubled as the question says.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedDong {
    /// Its code.
    pub code: String,
    /// Sites of the plan that stand in it.
    pub sites: u32,
    /// Its demand.
    pub demand: f64,
    /// What of it access points that work already reach.
    pub today: f64,
    /// What of it the plan reaches besides, wherever its sites stand.
    pub gain: f64,
}

/// Thousandths of a factor.
const PARTS: f64 = 1_000.0;
/// What the solver counts for one person-hour.
const UNIT: f64 = Demanded::SCALE * PARTS;

/// Answers the question. The error is a sentence with the allowed range.
pub fn what_if(
    inputs: &WifiInputs,
    params: &CheckedParams,
    asked: &WhatIf,
    stop: &dyn Fn() -> bool,
) -> Result<WifiPlan, Sentence> {
    best(inputs, params, asked, &AT_ONCE, stop)
}

/// The plan that the parameters of a run ask for, of any size and with more work for the proof.
pub fn plan_of_run(inputs: &WifiInputs, params: &CheckedParams, asked: &WhatIf) -> Result<WifiPlan, Sentence> {
    best(inputs, params, asked, &RUN, &|| false)
}

/// The plans with at least 0, 1, 2 ... sites in each neighbourhood, without what masked counts leave open. Ends before
/// the first minimum that cannot be met, unless none can.
pub fn equity_curve(
    inputs: &WifiInputs,
    params: &CheckedParams,
    asked: &WhatIf,
    up_to: i64,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<WifiPlan>, Sentence> {
    let question = Question::new(inputs, params, asked, &AT_ONCE)?;
    let problem = question.problem()?;
    let mut plans = Vec::new();
    for minimum in 0..=up_to {
        let asked = WhatIf { minimum_per_dong: minimum, ..asked.clone() };
        match question.rules(&asked).and_then(|rules| question.solve(&problem, &rules, stop)) {
            Ok(plan) => plans.push(plan),
            Err(_) if !plans.is_empty() => break,
            Err(sentence) => return Err(sentence),
        }
    }
    Ok(nested(plans))
}

/// A plan that meets a larger minimum meets a smaller one too, and what nothing with a smaller one exceeds, nothing with a
/// larger one does. So each plan is at least as good as the next, which a search that ends early may not have seen.
pub(super) fn nested(mut plans: Vec<WifiPlan>) -> Vec<WifiPlan> {
    for k in (1..plans.len()).rev() {
        if plans[k].value > plans[k - 1].value {
            plans[k - 1] = WifiPlan { bound: plans[k - 1].bound, ..plans[k].clone() };
        }
    }
    let mut least = None;
    for plan in &mut plans {
        least = [least, plan.bound].into_iter().flatten().min_by(f64::total_cmp);
        // Where the work was stopped nothing is known of a plan itself.
        if plan.status == Status::Stopped {
            continue;
        }
        plan.bound = least;
        plan.gap = least.map(|bound| if bound > 0.0 { (bound - plan.value) / bound } else { 0.0 });
        plan.status = if least == Some(plan.value) { Status::Optimal } else { Status::Bounded };
    }
    plans
}

fn best(
    inputs: &WifiInputs,
    params: &CheckedParams,
    asked: &WhatIf,
    work: &Work,
    stop: &dyn Fn() -> bool,
) -> Result<WifiPlan, Sentence> {
    let question = Question::new(inputs, params, asked, work)?;
    let rules = question.rules(asked)?;
    let plan = question.solve(&question.problem()?, &rules, stop)?;
    Ok(WifiPlan { range: question.range(&plan)?, ..plan })
}

impl WhatIf {
    /// Refuses what no district could answer, before anything is read.
    pub(super) fn check(&self, radius_dm: u32) -> Result<(), Sentence> {
        limit(self)?;
        layers(radius_dm, self)?;
        least(self).map(drop)
    }
}

/// What is asked of whom: all that plans with other rules have in common.
struct Question<'a> {
    inputs: &'a WifiInputs,
    params: &'a CheckedParams,
    demanded: Demanded<'a>,
    layers: Vec<Layer>,
    costs: BTreeMap<&'a str, u64>,
    limit: Limit,
    effort: Effort,
}

impl<'a> Question<'a> {
    fn new(
        inputs: &'a WifiInputs,
        params: &'a CheckedParams,
        asked: &'a WhatIf,
        work: &Work,
    ) -> Result<Self, Sentence> {
        let kinds: BTreeSet<&str> = inputs.candidates.iter().map(|c| c.kind.as_str()).collect();
        let known_kinds = || kinds.iter().copied().collect::<Vec<_>>().join(", ");
        let usual = Params::default().candidate_kinds;
        for kind in params.candidate_kinds.iter().chain(asked.costs.iter().map(|(kind, _)| kind)) {
            // What a run takes without being told may be missing in a district; what somebody names must be there.
            if !kinds.contains(kind.as_str()) && !usual.contains(kind) {
                let known = known_kinds();
                return Err(both(
                    format!("\"{kind}\" is no kind of facility of this run; there are {known}."),
                    format!("이 분석 실행에는 시설 종류 \"{kind}\"가 없습니다. 쓸 수 있는 종류: {known}."),
                ));
            }
        }
        let layers = layers(params.radius_dm, asked)?;
        let costs = costs(asked)?;
        let demanded = Demanded::new(inputs, params).map_err(|e| sentence(&e))?;
        if demanded.candidates.len() > work.candidates || demanded.demand.len() > work.demand {
            let (candidates, demand) = (grouped(demanded.candidates.len()), grouped(demanded.demand.len()));
            let (most_candidates, most_demand) = (grouped(MOST_CANDIDATES), grouped(MOST_DEMAND));
            return Err(both(
                format!(
                    "A question may hold at most {most_candidates} candidates and {most_demand} demand points; this one holds {candidates} and {demand}. Ask for fewer kinds of facilities, or have a run compute it: mutation startAnalysis with the parameter plan."
                ),
                format!(
                    "한 번에 후보지 {most_candidates}곳, 수요 지점 {most_demand}곳까지 계산할 수 있는데 지금은 {candidates}곳과 {demand}곳입니다. 시설 종류를 줄이거나 startAnalysis의 매개변수 plan으로 분석을 실행해 주십시오."
                ),
            ));
        }
        let limit = limit(asked)?;
        let question = Self { inputs, params, demanded, layers, costs, limit, effort: work.effort };
        if let (Limit::Budget(won), Some(cheapest)) = (limit, question.cheapest())
            && won < cheapest
        {
            let (cheapest, won) = (grouped(cheapest), grouped(won));
            return Err(both(
                format!("budget must be at least {cheapest} won, what the cheapest candidate costs, but is {won}."),
                format!("budget은 가장 싼 후보지의 비용인 {cheapest}원 이상으로 주십시오. 받은 값은 {won}원입니다."),
            ));
        }
        Ok(question)
    }

    fn cheapest(&self) -> Option<u64> {
        self.demanded.candidates.iter().map(|(_, candidate)| self.cost(candidate)).min()
    }

    fn cost(&self, candidate: &CandidateInput) -> u64 {
        self.costs.get(candidate.kind.as_str()).copied().unwrap_or_else(|| self.params.cost(candidate))
    }

    fn rules(&self, asked: &WhatIf) -> Result<Rules, Sentence> {
        rules(&self.demanded, asked)
    }

    fn problem(&self) -> Result<Problem, Sentence> {
        let candidates = &self.demanded.candidates;
        let choice = candidates.iter().map(|(at, c)| Candidate { at: *at, cost: self.cost(c) }).collect();
        let demand = self.demanded.weighted(self.params);
        Problem::layered(&demand, choice, &self.demanded.existing, &self.layers, self.limit).map_err(|e| sentence(&e))
    }

    fn solve(&self, problem: &Problem, rules: &Rules, stop: &dyn Fn() -> bool) -> Result<WifiPlan, Sentence> {
        let found = solve(problem, self.limit, rules, self.effort, stop).map_err(|e| sentence(&e))?;
        let chosen = || found.sites.iter().filter_map(|s| Some((s.gain, self.demanded.candidates.get(s.candidate)?)));
        let site = |(gain, (_, candidate)): (u64, &(Point, &CandidateInput))| PlannedSite {
            candidate: (*candidate).clone(),
            gain: gain as f64 / UNIT,
            cost_won: self.cost(candidate),
        };
        let sites: Vec<PlannedSite> = chosen().map(site).collect();
        let places: Vec<Point> = chosen().map(|(_, (at, _))| *at).collect();
        let (people, dongs) = self.people(&sites, &places);
        let farthest = self.layers.iter().map(|l| l.radius).max().unwrap_or(0);
        Ok(WifiPlan {
            cost_won: sites.iter().map(|s| s.cost_won).sum(),
            sites,
            value: found.value as f64 / UNIT,
            range: None,
            bound: found.bound.map(|b| b as f64 / UNIT),
            greedy_value: found.greedy_value as f64 / UNIT,
            gap: found.gap(),
            status: found.status,
            requests_served: self.demanded.requests_within(&places, farthest),
            people: Some(people),
            dongs,
        })
    }

    /// People whom a plan reaches, in all and by dong.
    fn people(&self, sites: &[PlannedSite], places: &[Point]) -> (f64, Vec<PlannedDong>) {
        let (served, factors) = (self.demanded.served(&self.layers), self.demanded.factors(places, &self.layers));
        let mut dongs = BTreeMap::<&str, PlannedDong>::new();
        let mut counted = 0;
        let cells = self.demanded.demand.iter().filter(|d| d.requests == 0);
        for ((d, factor), served) in cells.zip(factors).zip(served) {
            let weight = d.weight(self.params);
            counted += factor * weight;
            let Some(code) = d.dong else { continue };
            let empty = || PlannedDong { code: code.to_owned(), sites: 0, demand: 0.0, today: 0.0, gain: 0.0 };
            let dong = dongs.entry(code).or_insert_with(empty);
            dong.demand += d.person_hours;
            dong.today += served as f64 * weight as f64 / UNIT;
            dong.gain += factor as f64 * weight as f64 / UNIT;
        }
        for site in sites {
            if let Some(dong) = site.candidate.dong.as_deref().and_then(|code| dongs.get_mut(code)) {
                dong.sites += 1;
            }
        }
        (counted as f64 / UNIT, dongs.into_values().collect())
    }

    /// What a plan counts with nobody, and with three persons, behind each masked count. Who is in reach does not
    /// depend on it and is looked up once, for the chosen sites only.
    fn range(&self, plan: &WifiPlan) -> Result<Option<(f64, f64)>, Sentence> {
        if self.demanded.demand.iter().all(|d| d.masked == 0.0) {
            return Ok(None);
        }
        let place = |site: &PlannedSite| point(site.candidate.x_m, site.candidate.y_m);
        let places: Vec<Point> = plan.sites.iter().map(place).collect::<Result<_, _>>().map_err(|e| sentence(&e))?;
        let factors = self.demanded.factors(&places, &self.layers);
        let with_masked = |people: f64| -> Result<f64, Sentence> {
            let params = CheckedParams { masked_people: people, ..self.params.clone() };
            let demand = demand(self.inputs, &params).map_err(|e| sentence(&e))?;
            let counted = demand.iter().zip(&factors).map(|(d, factor)| factor * d.weight(&params)).sum::<u64>();
            Ok(counted as f64 / UNIT)
        };
        Ok(Some((with_masked(0.0)?, with_masked(MASKED_MOST)?)))
    }
}

fn limit(asked: &WhatIf) -> Result<Limit, Sentence> {
    match (asked.sites, asked.budget_won) {
        (Some(sites), None) => usize::try_from(sites)
            .ok()
            .filter(|p| (1..=1_000).contains(p))
            .map(Limit::Sites)
            .ok_or_else(|| out_of_range("sites", (1, 1_000), sites)),
        (None, Some(won)) if (1.0..=1e12).contains(&won) => Ok(Limit::Budget(won as u64)),
        (None, Some(won)) => Err(out_of_range("budget", (1, 1_000_000_000_000_u64), won)),
        (Some(_), Some(_)) => {
            Err(both("Give sites or budget, not both.", "sites와 budget은 함께 쓸 수 없습니다. 하나만 주십시오."))
        }
        (None, None) => Err(both(
            "Give sites, from 1 to 1,000, or budget, from 1 to 1,000,000,000,000.",
            "sites(1~1,000)나 budget(1~1,000,000,000,000) 가운데 하나를 주십시오.",
        )),
    }
}

/// The steps as layers: what a step counts beyond the next one is a layer of its own.
fn layers(radius_dm: u32, asked: &WhatIf) -> Result<Vec<Layer>, Sentence> {
    if !(0.0..=0.5).contains(&asked.second_share) {
        return Err(out_of_range("secondCoverShare", (0, 0.5), asked.second_share));
    }
    let layer = |radius: u32, whole: f64| {
        let second = (whole * asked.second_share).round();
        Layer { radius, first: (whole - second) as u64, second: second as u64 }
    };
    if asked.steps.is_empty() {
        return Ok(vec![layer(radius_dm, PARTS)]);
    }
    // Shares are told apart by thousandths.
    let parts = |step: &ReachStep| (step.share * PARTS).round();
    let sound = asked.steps.len() <= 5
        && asked.steps.iter().all(|s| (10.0..=500.0).contains(&s.radius_m) && s.share <= 1.0 && parts(s) >= 1.0)
        && asked.steps.windows(2).all(|w| w[0].radius_m < w[1].radius_m && parts(&w[0]) > parts(&w[1]));
    if !sound {
        return Err(both(
            "reachSteps needs at most 5 steps with growing radiusM from 10 to 500 metres and share falling from at most 1 to at least 0.001, by at least 0.001 each.",
            "reachSteps는 5단계까지이며, radiusM은 10~500미터에서 점점 커지고 share는 1 이하 0.001 이상에서 단계마다 0.001 이상 작아지게 주십시오.",
        ));
    }
    let next = asked.steps.iter().skip(1).map(parts).chain([0.0]);
    Ok(asked
        .steps
        .iter()
        .zip(next)
        .map(|(s, next)| layer((s.radius_m * 10.0).round() as u32, parts(s) - next))
        .collect())
}

fn costs(asked: &WhatIf) -> Result<BTreeMap<&str, u64>, Sentence> {
    let mut costs = BTreeMap::new();
    for (kind, won) in &asked.costs {
        if !(1.0..=1e10).contains(won) {
            return Err(out_of_range(&format!("costs[{kind}]"), (1, 10_000_000_000_u64), won));
        }
        if won.fract() != 0.0 {
            return Err(both(
                format!("costs[{kind}] must be a whole number of won, but is {won}."),
                format!("costs[{kind}] 값은 원 단위의 정수로 주십시오. 받은 값은 {won}입니다."),
            ));
        }
        if costs.insert(kind.as_str(), *won as u64).is_some() {
            return Err(both(
                format!("costs names {kind} twice; give one cost for each kind."),
                format!("costs에 {kind}가 두 번 있습니다. 종류마다 비용을 하나만 주십시오."),
            ));
        }
    }
    Ok(costs)
}

fn rules(demanded: &Demanded<'_>, asked: &WhatIf) -> Result<Rules, Sentence> {
    if asked.fixed.len() > 1_000 || asked.excluded.len() > 1_000 {
        return Err(too_many("fixed and excluded each", "fixed와 excluded 각각", 1_000));
    }
    let numbers = |names: &[String], what: &str| {
        names
            .iter()
            .map(|name| {
                demanded
                    .candidates
                    .iter()
                    .position(|(_, c)| name.split_once('/') == Some((c.kind.as_str(), c.id.as_str())))
                    .ok_or_else(|| {
                        both(
                            format!(
                                "{what} names \"{name}\", which is no candidate; write kind/id, such as bus_stop/20101."
                            ),
                            format!(
                                "{what}의 \"{name}\"는 후보지가 아닙니다. bus_stop/20101처럼 종류/id로 적어 주십시오."
                            ),
                        )
                    })
            })
            .collect::<Result<Vec<_>, _>>()
    };
    let least = least(asked)?;
    let mut dongs: Vec<&str> = demanded.candidates.iter().filter_map(|(_, c)| c.dong.as_deref()).collect();
    dongs.sort_unstable();
    dongs.dedup();
    let group = |c: &CandidateInput| c.dong.as_deref().and_then(|dong| dongs.binary_search(&dong).ok());
    Ok(Rules {
        fixed: numbers(&asked.fixed, "fixed")?,
        excluded: numbers(&asked.excluded, "excluded")?,
        groups: demanded.candidates.iter().map(|(_, c)| group(c).map_or(u32::MAX, |g| g as u32)).collect(),
        at_least: if least == 0 { Vec::new() } else { vec![least; dongs.len()] },
    })
}

fn least(asked: &WhatIf) -> Result<usize, Sentence> {
    usize::try_from(asked.minimum_per_dong)
        .ok()
        .filter(|least| *least <= 50)
        .ok_or_else(|| out_of_range("minimumPerNeighbourhood", (0, 50), asked.minimum_per_dong))
}

/// What the model says, in the words of the question.
pub(super) fn sentence(error: &SpecError) -> Sentence {
    match error {
        SpecError::MinimumNotPossible => both(
            "minimumPerNeighbourhood cannot be met: there are too few sites, too little money, or a neighbourhood has too few candidates.",
            "minimumPerNeighbourhood를 채울 수 없습니다. sites나 예산이 모자라거나 후보지가 모자란 행정동이 있습니다. 값을 줄이십시오.",
        ),
        SpecError::FixedExceedLimit => both(
            "The fixed facilities alone exceed sites or budget.",
            "fixed로 고정한 시설만으로 sites나 budget을 넘습니다. fixed를 줄이거나 한도를 늘리십시오.",
        ),
        SpecError::FixedAndExcluded(_) => both(
            "A facility cannot be both fixed and excluded.",
            "같은 시설을 fixed와 excluded에 함께 넣을 수 없습니다. 한쪽에서 빼 주십시오.",
        ),
        other => both(
            format!("The question makes no sense: {other}."),
            format!("이 조건으로는 계산할 수 없습니다. 값을 확인해 주십시오({other})."),
        ),
    }
}
