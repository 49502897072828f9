//! Exchanging one site for another while that helps.

use super::{Limit, Problem};

/// Most passes over all candidates. Each pass that changes anything raises the value, so the end comes by itself;
/// the limit keeps a huge problem bounded, and unlike a clock it gives the same answer on every machine.
const MOST_PASSES: usize = 60;

/// Improves a choice: adds what still fits, and exchanges a chosen site for another as long as the value rises.
pub fn improve(problem: &Problem, mut chosen: Vec<usize>, limit: Limit) -> Vec<usize> {
    let mut count = vec![0_u32; problem.classes.len()];
    let mut is_chosen = vec![false; problem.candidates.len()];
    for j in &chosen {
        is_chosen[*j] = true;
        problem.classes.of(*j).iter().for_each(|class| count[*class] += 1);
    }
    for _ in 0..MOST_PASSES {
        let mut changed = false;
        for newcomer in 0..problem.candidates.len() {
            if is_chosen[newcomer] {
                continue;
            }
            if let Some(leaver) = best_exchange(problem, &chosen, &count, newcomer, limit) {
                if let Some(at) = leaver {
                    let out = std::mem::replace(&mut chosen[at], newcomer);
                    is_chosen[out] = false;
                    problem.classes.of(out).iter().for_each(|class| count[*class] -= 1);
                } else {
                    chosen.push(newcomer);
                }
                is_chosen[newcomer] = true;
                problem.classes.of(newcomer).iter().for_each(|class| count[*class] += 1);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    chosen
}

/// `Some(None)`: add it. `Some(Some(at))`: put it in the place of the site at `at`. `None`: leave it out.
fn best_exchange(
    problem: &Problem,
    chosen: &[usize],
    count: &[u32],
    newcomer: usize,
    limit: Limit,
) -> Option<Option<usize>> {
    let classes = &problem.classes;
    let gain: u64 = classes.of(newcomer).iter().filter(|c| count[**c] == 0).map(|c| classes.weight(*c)).sum();
    let cost = |j: usize| problem.candidates[j].cost;
    let spare = match limit {
        Limit::Sites(p) if chosen.len() < p => return (gain > 0).then_some(None),
        Limit::Sites(_) => u64::MAX,
        Limit::Budget(budget) => {
            let spent: u64 = chosen.iter().map(|j| cost(*j)).sum();
            let spare = budget.saturating_sub(spent);
            if cost(newcomer) <= spare {
                return (gain > 0).then_some(None);
            }
            spare
        }
    };
    let mut arrives = vec![false; 0];
    let mut best: Option<(u64, usize)> = None;
    for (at, leaver) in chosen.iter().enumerate() {
        if spare != u64::MAX && cost(newcomer) > spare + cost(*leaver) {
            continue;
        }
        // What only the leaver covers is lost, unless the newcomer covers it too.
        let alone = || classes.of(*leaver).iter().filter(|c| count[**c] == 1);
        let most: u64 = alone().map(|c| classes.weight(*c)).sum();
        let loss = if most < gain {
            most
        } else {
            if arrives.is_empty() {
                arrives = vec![false; classes.len()];
                classes.of(newcomer).iter().for_each(|class| arrives[*class] = true);
            }
            alone().filter(|c| !arrives[**c]).map(|c| classes.weight(*c)).sum()
        };
        if loss < gain && best.is_none_or(|(least, _)| loss < least) {
            best = Some((loss, at));
        }
    }
    best.map(|(_, at)| Some(at))
}
