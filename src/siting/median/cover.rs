//! Covering, where every cost is 0: the solver of covering problems bounds it more closely than that of the p-median.
//!
//! That solver knows no pairs that are too close and one limit only. Without them a choice can only cover more, so its bound
//! holds all the same, and its choice is taken when it keeps to the terms.

use super::Instance;
use super::search::{Solution, solve};
use crate::siting::{Candidate, Effort, Limit, Plan, Point, Problem, Rules, SpecError};

/// Solves a covering problem as `solve` does; what that leaves open is bounded and searched with `effort`.
pub fn solve_covering(instance: &Instance, most_work: u64, effort: Effort) -> Solution {
    let found = solve(instance, most_work);
    let is_covering = instance.costs.served.iter().flatten().all(|(_, cost)| *cost == 0);
    if found.is_optimal() || !is_covering {
        return found;
    }
    // A candidate that costs nothing has no place under a budget there: what was found stays.
    match relaxed(instance, effort) {
        Ok(plan) => better(instance, found, &plan),
        Err(_) => found,
    }
}

fn relaxed(instance: &Instance, effort: Effort) -> Result<Plan, SpecError> {
    let costs = &instance.costs;
    let limit = match &instance.terms.budget {
        Some((budget, _)) => Limit::Budget(*budget),
        None => Limit::Sites(instance.terms.sites),
    };
    let mut covering = vec![Vec::new(); costs.unserved.len()];
    for (candidate, served) in (0_u32..).zip(&costs.served) {
        served.iter().for_each(|(point, _)| covering[*point as usize].push(candidate));
    }
    let candidate = |at| Candidate { at: Point { x: 0, y: 0 }, cost: instance.price(at) };
    let candidates: Vec<Candidate> = (0..instance.candidates()).map(candidate).collect();
    // What it costs to serve nobody is never below 0.
    let demand = covering.into_iter().zip(costs.unserved.iter().map(|weight| weight.unsigned_abs()));
    let problem = Problem::covered(demand, candidates, limit)?;
    let rules = Rules { fixed: instance.terms.fixed.clone(), ..Rules::default() };
    crate::siting::solve(&problem, limit, &rules, effort, &|| false)
}

fn better(instance: &Instance, found: Solution, plan: &Plan) -> Solution {
    let all = instance.value(&[]);
    let mut chosen: Vec<usize> = plan.sites.iter().map(|step| step.candidate).collect();
    chosen.sort_unstable();
    let value = instance.value(&chosen);
    let is_better = value < found.value && instance.allows(&chosen);
    let best = if is_better { Solution { chosen, value, ..found } } else { found };
    let bound = plan.bound.map_or(i64::MIN, |bound| all.saturating_sub_unsigned(bound));
    Solution { bound: best.bound.max(bound).min(best.value), ..best }
}
