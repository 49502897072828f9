//! A plan: the greedy list, improved by exchanges. A heuristic: nothing here is called optimal.

use super::greedy::{Step, ranked};
use super::swap::improve;
use super::{Limit, Problem};

/// A set of sites with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Chosen candidates with their marginal gains, best next first.
    pub sites: Vec<Step>,
    /// Weight that they cover together.
    pub value: u64,
    /// Weight that the greedy list alone covers.
    pub greedy_value: u64,
}

/// Chooses sites within the limit.
pub fn plan(problem: &Problem, limit: Limit) -> Plan {
    let greedy = ranked(problem, limit);
    let greedy_value = greedy.iter().map(|step| step.gain).sum();
    let chosen = improve(problem, greedy.iter().map(|step| step.candidate).collect(), limit);
    let value = problem.value(&chosen);
    Plan { sites: in_order(problem, chosen), value, greedy_value }
}

/// The same sites, best next first.
fn in_order(problem: &Problem, mut chosen: Vec<usize>) -> Vec<Step> {
    chosen.sort_unstable();
    let mut covered = vec![false; problem.classes.len()];
    let mut steps = Vec::with_capacity(chosen.len());
    while !chosen.is_empty() {
        let gain = |j: usize| {
            problem.classes.of(j).iter().filter(|c| !covered[**c]).map(|c| problem.classes.weight(*c)).sum::<u64>()
        };
        // Of equal gains the earlier candidate: the list is sorted, and only a larger gain moves on.
        let mut best = (0, gain(chosen[0]));
        for (at, candidate) in chosen.iter().enumerate().skip(1) {
            let g = gain(*candidate);
            if g > best.1 {
                best = (at, g);
            }
        }
        let candidate = chosen.remove(best.0);
        problem.classes.of(candidate).iter().for_each(|class| covered[*class] = true);
        steps.push(Step { candidate, gain: best.1 });
    }
    steps
}
