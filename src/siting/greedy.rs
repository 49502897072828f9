//! Best next: again and again the candidate that adds most.
//!
//! What a candidate adds can only fall while others are chosen, so an old number is an upper bound: the candidate on
//! top of the heap is looked at again, and when it stays on top nobody else can beat it (Minoux 1978). The list has a
//! pleasant property: each of its prefixes is a good choice of that size, at least 63 % of the best.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::{Limit, Problem};

/// A chosen candidate and what it added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Number of the candidate.
    pub candidate: usize,
    /// Weight that it adds to those before it.
    pub gain: u64,
}

#[derive(Debug, PartialEq, Eq)]
struct Bound {
    gain: u64,
    /// What the gain is divided by: 1, or the cost.
    per: u64,
    candidate: usize,
}

impl Ord for Bound {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (u128::from(self.gain) * u128::from(other.per), u128::from(other.gain) * u128::from(self.per));
        a.cmp(&b).then(self.gain.cmp(&other.gain)).then(other.candidate.cmp(&self.candidate))
    }
}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The list of candidates, best next first, as far as the limit goes and as long as anything is added.
pub fn ranked(problem: &Problem, limit: Limit) -> Vec<Step> {
    match limit {
        Limit::Sites(p) => walk(problem, p, u64::MAX, false),
        // Gain for money alone has no guarantee; the better of it, of plain gain and of the best single one has.
        Limit::Budget(budget) => {
            let value = |steps: &[Step]| steps.iter().map(|s| s.gain).sum::<u64>();
            let by_money = walk(problem, usize::MAX, budget, true);
            let by_gain = walk(problem, usize::MAX, budget, false);
            if value(&by_gain) > value(&by_money) { by_gain } else { by_money }
        }
    }
}

fn walk(problem: &Problem, sites: usize, budget: u64, per_cost: bool) -> Vec<Step> {
    let classes = &problem.classes;
    let mut count = vec![0_u32; classes.len()];
    let mut left = budget;
    let mut heap: BinaryHeap<Bound> = (0..problem.candidates.len())
        .map(|candidate| Bound {
            gain: problem.alone(candidate),
            per: if per_cost { problem.candidates[candidate].cost } else { 1 },
            candidate,
        })
        .collect();
    let mut steps = Vec::new();
    let counts_money = budget != u64::MAX;
    while steps.len() < sites
        && let Some(top) = heap.pop()
    {
        let cost = problem.candidates[top.candidate].cost;
        if counts_money && cost > left {
            continue;
        }
        let of = classes.of(top.candidate);
        let gain = of.iter().map(|class| classes.step(*class as usize, count[*class as usize])).sum();
        if gain == 0 {
            continue;
        }
        let fresh = Bound { gain, ..top };
        if heap.peek().is_some_and(|next| *next > fresh) {
            heap.push(fresh);
            continue;
        }
        of.iter().for_each(|class| count[*class as usize] += 1);
        if counts_money {
            left -= cost;
        }
        steps.push(Step { candidate: fresh.candidate, gain });
    }
    steps
}
