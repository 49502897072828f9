//! A plan: the greedy list, improved by exchanges and a search, bounded from above, and proven where the effort allows.

use super::anneal::{Course, Ground};
use super::branch::{Incumbent, finish, improve};
use super::choice::Choice;
use super::core::{Core, GONE};
use super::dual::{Descent, Easy, descend};
use super::greedy::{Step, ranked};
use super::random::Random;
use super::search::walk;
use super::{Limit, Problem, Rules, SpecError};

/// How much work a plan is worth. Counts, not seconds: the same plan on every machine, however busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Times that the choice is annealed, each with other chances, where the first bound leaves much open.
    pub anneals: usize,
    /// Times that a corner of the best choice is annealed anew after that.
    pub corners: usize,
    /// Classes of demand that all annealing may look at, about half of them in corners: none begins after that.
    pub work: u64,
    /// Most steps of one annealing.
    pub steps: usize,
    /// Most steps of one annealing for each candidate: a small problem takes fewer.
    pub steps_for_each: usize,
    /// Steps towards the bound; 0 gives a plan without one.
    pub iterations: usize,
    /// Moves of the search.
    pub moves: usize,
    /// Parts that the exact finish may look at.
    pub parts: usize,
}

impl Effort {
    /// Greedy and exchanges only.
    pub const QUICK: Self =
        Self { anneals: 0, corners: 0, work: 0, steps: 0, steps_for_each: 0, iterations: 0, moves: 0, parts: 0 };
    /// For hundreds of circles over every point: annealed for some seconds, and a rough bound.
    pub const ANNEALED: Self = Self {
        anneals: usize::MAX,
        corners: usize::MAX,
        work: 10_000_000_000,
        steps: 8_000_000,
        steps_for_each: 6_000,
        iterations: 60,
        moves: 0,
        parts: 0,
    };
    /// With a bound.
    pub const BOUNDED: Self = Self {
        anneals: 1,
        corners: 0,
        work: u64::MAX,
        steps: 1_000_000,
        steps_for_each: 2_500,
        iterations: 700,
        moves: 4_000,
        parts: 0,
    };
    /// With a proof, as a rule.
    pub const PROVEN: Self = Self {
        anneals: 3,
        corners: 0,
        work: u64::MAX,
        steps: 3_000_000,
        steps_for_each: 2_500,
        iterations: 1_500,
        moves: 12_000,
        parts: 2_000,
    };
}

/// What is known about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No plan within the limit covers more: proven.
    Optimal,
    /// Nothing covers more than the bound.
    Bounded,
    /// A good plan without a bound.
    Heuristic,
    /// Stopped from outside; what was found until then.
    Stopped,
}

/// A set of sites with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Chosen candidates with their marginal gains, best next first.
    pub sites: Vec<Step>,
    /// Weight that they cover together.
    pub value: u64,
    /// Weight that the greedy list alone covers, the rules aside.
    pub greedy_value: u64,
    /// No plan covers more; `None` when no bound was asked for.
    pub bound: Option<u64>,
    /// What is known.
    pub status: Status,
    /// Parts that the exact finish looked at.
    pub parts: usize,
}

impl Plan {
    /// What the plan may lose against the best one, as a share of the bound.
    pub fn gap(&self) -> Option<f64> {
        self.bound.map(|bound| if bound == 0 { 0.0 } else { (bound - self.value) as f64 / bound as f64 })
    }
}

impl Plan {
    /// The same plan with what another computation proved.
    pub fn with_bound(mut self, bound: Option<u64>) -> Self {
        self.bound = match (self.bound, bound) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if self.bound == Some(self.value) {
            self.status = Status::Optimal;
        }
        self
    }
}

/// Chooses sites within the limit, quickly and without a bound.
pub fn plan(problem: &Problem, limit: Limit) -> Plan {
    let greedy = ranked(problem, limit);
    let value = greedy.iter().map(|step| step.gain).sum();
    let fallback = Plan { sites: greedy, value, greedy_value: value, bound: None, status: Status::Heuristic, parts: 0 };
    // Without rules there is nothing that could be refused.
    solve(problem, limit, &Rules::default(), Effort::QUICK, &|| false).unwrap_or(fallback)
}

/// Chooses sites within the limit and the rules. `stop` is asked between steps; it ends the work early.
pub fn solve(
    problem: &Problem,
    limit: Limit,
    rules: &Rules,
    effort: Effort,
    stop: &dyn Fn() -> bool,
) -> Result<Plan, SpecError> {
    let (core, unit) = Core::new(problem, limit, rules)?;
    let greedy = ranked(problem, limit);
    let greedy_value = greedy.iter().map(|step| step.gain).sum();
    let mut known = Incumbent::default();
    start(&core, &greedy, &mut known);
    let mut bound = None;
    let mut parts = 0;
    if effort.iterations > 0 && !stop() {
        let found = bounded(core, effort, &mut known, stop);
        bound = Some(found.bound);
        parts = found.parts;
    }
    let mut sites: Vec<usize> = known.sites.iter().map(|j| *j as usize).collect();
    sites.sort_unstable();
    let value = known.value * unit;
    let bound = bound.map(|b| (b.max(known.value as f64).floor() as u64).saturating_mul(unit).min(problem.total()));
    let status = match bound {
        Some(bound) if bound == value => Status::Optimal,
        _ if stop() => Status::Stopped,
        Some(_) => Status::Bounded,
        None => Status::Heuristic,
    };
    Ok(Plan { sites: in_order(problem, sites), value, greedy_value, bound, status, parts })
}

/// The greedy list as far as the rules allow it, filled up and exchanged.
fn start(core: &Core, greedy: &[Step], known: &mut Incumbent) {
    let mut choice = Choice::none(core);
    for step in greedy {
        if let Ok(k) = core.ids.binary_search(&(step.candidate as u32))
            && choice.may_add(k as u32)
        {
            choice.add(k as u32);
        }
    }
    choice.fill(|_| true);
    choice.exchange(60);
    known.sites = core.taken.iter().copied().chain(choice.sites().iter().map(|k| core.ids[*k as usize])).collect();
    known.value = core.base + choice.value();
}

/// Fewest sites of a corner, and how many more it may have: some faults are mended in a quarter, others across the town.
const CORNER: usize = 15;
const WIDER: usize = 45;
/// Fewest sites that come from another choice together, and how many more.
const MIXED: usize = 5;
const MORE_MIXED: usize = 11;
/// Steps for each site of a corner, as a share of those of an annealing of all.
const CORNER_STEPS: f64 = 0.3;
/// The search goes on from a corner annealed anew when that loses at most this share of the best value known.
const DETOUR: f64 = 0.000_2;
/// Annealing is worth its time where the best choice may lose more than this share of the bound.
const WIDE: f64 = 0.002;

struct Bounded {
    bound: f64,
    parts: usize,
}

fn bounded(mut core: Core, effort: Effort, known: &mut Incumbent, stop: &dyn Fn() -> bool) -> Bounded {
    let keep: Vec<bool> = core.dominated().iter().map(|out| !out).collect();
    core = core.shrink(&[], &keep).core;
    let mut lambda: Vec<f64> = core
        .classes
        .first
        .iter()
        .enumerate()
        .map(|(c, w)| *w as f64 / core.classes.covering.of(c).len() as f64)
        .collect();
    let mut bound = f64::INFINITY;
    for round in 0..6 {
        if !core.feasible() {
            // Whatever is better than what is known had to be decided so, and that cannot be.
            return Bounded { bound: known.value as f64, parts: 0 };
        }
        if core.len() == 0 {
            known.offer(&core, &[], 0);
            return Bounded { bound: known.value as f64, parts: 0 };
        }
        let mut looks = 0;
        let how = Descent {
            iterations: if round == 0 { effort.iterations } else { effort.iterations / 3 },
            step: if round == 0 { 1.0 } else { 0.5 },
            patience: effort.iterations / 60 + 2,
        };
        let dual = descend(&core, lambda.clone(), known.target(), how, stop, |easy, _| {
            looks += 1;
            if looks % 40 == 20 {
                improve(&core, easy, known);
            }
            known.target()
        });
        bound = bound.min(dual.bound);
        if bound < known.target() || stop() {
            break;
        }
        if round == 0 && bound - known.value as f64 > WIDE * bound {
            annealed(&core, effort, known, stop);
        }
        let mut easy = Easy::default();
        easy.solve(&core, &dual.lambda);
        if round < 2 && effort.moves > 0 {
            walk(&core, &easy.chosen, (effort.moves / 2, 1 + round as u64), known, stop);
        }
        let (taken, dropped) = easy.decided(&core, known.target());
        if (taken.len() + dropped.len()) * 20 < core.len() && round > 0 {
            lambda = dual.lambda;
            break;
        }
        let mut keep = vec![true; core.len()];
        dropped.iter().for_each(|k| keep[*k as usize] = false);
        let small = core.shrink(&taken, &keep);
        lambda = carried(&dual.lambda, &small.class, &small.core);
        core = small.core;
        let keep: Vec<bool> = core.dominated().iter().map(|out| !out).collect();
        let small = core.shrink(&[], &keep);
        lambda = carried(&lambda, &small.class, &small.core);
        core = small.core;
    }
    if bound < known.target() {
        return Bounded { bound: known.value as f64, parts: 0 };
    }
    let done = finish(&core, &lambda, bound, known, effort.parts, stop);
    Bounded { bound: done.bound.min(bound), parts: done.parts }
}

/// Anneals, each time with other chances: all of it from the greedy choice, then corners of the best one known. Every
/// second corner begins as it stands in one of the others, which may have laid it out better.
fn annealed(core: &Core, effort: Effort, known: &mut Incumbent, stop: &dyn Fn() -> bool) {
    let ground = Ground::of(core);
    let filled = |sites: &[u32]| {
        let mut choice = Choice::of(core, sites);
        choice.fill(|_| true);
        choice
    };
    let offer_polished = |sites: &[u32], known: &mut Incumbent| {
        let mut choice = filled(sites);
        choice.exchange(60);
        known.offer_choice(core, &choice);
    };
    let open = |known: &Incumbent| -> Vec<u32> {
        known.sites.iter().filter_map(|site| core.ids.binary_search(site).ok()).map(|k| k as u32).collect()
    };
    let first = filled(&open(known));
    let everywhere: Vec<usize> = (0..first.sites().len()).collect();
    let steps = effort.steps.min(effort.steps_for_each * core.len());
    let mut work = 0;
    let mut found = Vec::new();
    for seed in 0..effort.anneals as u64 {
        if stop() || work > effort.work / 2 {
            break;
        }
        let annealed = ground.anneal(first.sites(), &Course { steps, places: &everywhere, seed }, stop);
        if annealed.work == 0 {
            // There is nothing that could move.
            return;
        }
        work += annealed.work;
        offer_polished(&annealed.sites, known);
        found.push(annealed.sites);
    }
    let mut here = filled(&open(known));
    let mut random = Random::new(u64::MAX);
    for corner in 0..effort.corners as u64 {
        if stop() || work > effort.work {
            break;
        }
        let centre = random.below(core.len()) as u32;
        let start = match found.get(random.below(found.len())) {
            // Under a budget sites of another choice could cost more than those that they replace.
            Some(other) if corner % 2 == 1 && matches!(core.limit, Limit::Sites(_)) => {
                let size = MIXED + random.below(MORE_MIXED + 1);
                filled(&ground.with_corner_of(here.sites(), other, centre, size))
            }
            _ => here.clone(),
        };
        let places = ground.about(start.sites(), centre, CORNER + random.below(WIDER + 1));
        let share = CORNER_STEPS * places.len() as f64 / everywhere.len() as f64;
        let course = Course { steps: (steps as f64 * share) as usize, places: &places, seed: u64::MAX - corner };
        let annealed = ground.anneal(start.sites(), &course, stop);
        // A corner where nothing stands is work as well.
        work += annealed.work + core.len() as u64;
        let there = filled(&annealed.sites);
        if there.is_complete() && (core.base + there.value()) as f64 >= known.value as f64 * (1.0 - DETOUR) {
            known.offer_choice(core, &there);
            here = there;
        }
    }
    offer_polished(&open(known), known);
}

/// Prices of a smaller core: classes that became one have the sum.
fn carried(lambda: &[f64], class: &[u32], core: &Core) -> Vec<f64> {
    let mut sums = vec![0.0; core.classes.len()];
    for (old, new) in class.iter().enumerate().filter(|(_, new)| **new != GONE) {
        sums[*new as usize] += lambda[old];
    }
    sums.iter_mut().zip(&core.classes.first).for_each(|(l, w)| *l = f64::clamp(*l, 0.0, *w as f64));
    sums
}

/// The same sites, best next first; of equals the earlier candidate.
pub fn in_order(problem: &Problem, mut sites: Vec<usize>) -> Vec<Step> {
    sites.sort_unstable();
    sites.dedup();
    let classes = &problem.classes;
    let mut count = vec![0_u32; classes.len()];
    let mut steps = Vec::with_capacity(sites.len());
    let mut heap: std::collections::BinaryHeap<(u64, std::cmp::Reverse<usize>)> =
        sites.into_iter().map(|j| (problem.alone(j), std::cmp::Reverse(j))).collect();
    while let Some((_, std::cmp::Reverse(candidate))) = heap.pop() {
        let of = classes.of(candidate);
        let gain = of.iter().map(|class| classes.step(*class as usize, count[*class as usize])).sum();
        let fresh = (gain, std::cmp::Reverse(candidate));
        if heap.peek().is_some_and(|next| *next > fresh) {
            heap.push(fresh);
            continue;
        }
        of.iter().for_each(|class| count[*class as usize] += 1);
        steps.push(Step { candidate, gain });
    }
    steps
}
