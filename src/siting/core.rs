//! A problem on the way to its proof: the candidates still open, the demand still open, and what is decided.

use super::merge::{Classes, Merger};
use super::{Limit, Problem, Rules, SpecError};

/// What of a problem is still open. Candidates and groups are numbered anew; `ids` knows the old numbers.
#[derive(Debug, Clone)]
pub(super) struct Core {
    /// Number of each candidate in the problem, ascending.
    pub ids: Vec<u32>,
    pub cost: Vec<u64>,
    pub group: Vec<u32>,
    pub classes: Classes,
    pub limit: Limit,
    /// Sites that each group still needs.
    pub needs: Vec<usize>,
    /// Weight that decided sites cover.
    pub base: u64,
    /// Decided sites, as numbers of the problem.
    pub taken: Vec<u32>,
}

/// A smaller core and where each class of the larger one went.
pub(super) struct Shrunk {
    pub core: Core,
    /// Class of the smaller core, or `GONE`.
    pub class: Vec<u32>,
}

/// A class that no longer matters: covered, or out of reach of every open candidate.
pub(super) const GONE: u32 = u32::MAX;

impl Core {
    /// The whole problem under its rules. All weights are divided by their greatest common divisor, which is returned:
    /// the same problem in smaller units has the same answer and the same path to it.
    pub(super) fn new(problem: &Problem, limit: Limit, rules: &Rules) -> Result<(Self, u64), SpecError> {
        let candidates = problem.candidates.len();
        for j in rules.fixed.iter().chain(&rules.excluded) {
            if *j >= candidates {
                return Err(SpecError::UnknownCandidate(*j));
            }
        }
        if let Some(both) = rules.fixed.iter().find(|j| rules.excluded.contains(j)) {
            return Err(SpecError::FixedAndExcluded(*both));
        }
        let needs = rules.at_least.clone();
        let weights = problem.classes.first.iter().chain(&problem.classes.second);
        let unit = weights.fold(0, |a, b| gcd(a, *b)).max(1);
        let mut classes = problem.classes.clone();
        classes.first.iter_mut().chain(&mut classes.second).for_each(|w| *w /= unit);
        let group = |j: usize| rules.groups.get(j).copied().filter(|g| (*g as usize) < needs.len());
        // Whoever is in no group that needs anything is in one more group, which needs nothing.
        let none = needs.len() as u32;
        let whole = Self {
            ids: (0..candidates as u32).collect(),
            cost: problem.candidates.iter().map(|c| c.cost).collect(),
            group: (0..candidates).map(|j| group(j).unwrap_or(none)).collect(),
            classes,
            limit,
            needs: needs.into_iter().chain([0]).collect(),
            base: 0,
            taken: Vec::new(),
        };
        let mut fixed: Vec<u32> = rules.fixed.iter().map(|j| *j as u32).collect();
        fixed.sort_unstable();
        fixed.dedup();
        let mut open = vec![true; candidates];
        rules.excluded.iter().for_each(|j| open[*j] = false);
        let room = match limit {
            Limit::Sites(p) => fixed.len() <= p,
            Limit::Budget(b) => fixed.iter().map(|j| whole.cost[*j as usize]).sum::<u64>() <= b,
        };
        if !room {
            return Err(SpecError::FixedExceedLimit);
        }
        let core = whole.shrink(&fixed, &open).core;
        if core.feasible() { Ok((core, unit)) } else { Err(SpecError::MinimumNotPossible) }
    }

    /// Number of open candidates.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether the groups can still get what they need.
    pub(super) fn feasible(&self) -> bool {
        let mut there = vec![Vec::new(); self.needs.len()];
        self.group.iter().zip(&self.cost).for_each(|(group, cost)| there[*group as usize].push(*cost));
        let enough = there.iter().zip(&self.needs).all(|(there, needs)| there.len() >= *needs);
        enough
            && match self.limit {
                Limit::Sites(p) => self.needs.iter().sum::<usize>() <= p,
                Limit::Budget(b) => {
                    there.iter_mut().for_each(|costs| costs.sort_unstable());
                    let cheapest = there.iter().zip(&self.needs).flat_map(|(costs, needs)| costs.iter().take(*needs));
                    cheapest.sum::<u64>() <= b
                }
            }
    }

    /// The core after some candidates (own numbers, ascending) are taken and all that are not `open` are dropped.
    /// The caller sees to it that the limit allows what is taken.
    pub(super) fn shrink(&self, take: &[u32], open: &[bool]) -> Shrunk {
        let mut name = vec![GONE; self.len()];
        let mut core = Self {
            ids: Vec::new(),
            cost: Vec::new(),
            group: Vec::new(),
            classes: Classes::default(),
            limit: self.limit,
            needs: self.needs.clone(),
            base: self.base,
            taken: self.taken.clone(),
        };
        let mut is_taken = vec![false; self.len()];
        let mut count = vec![0_u32; self.classes.len()];
        for j in take {
            let j = *j as usize;
            is_taken[j] = true;
            core.taken.push(self.ids[j]);
            let needs = &mut core.needs[self.group[j] as usize];
            *needs = needs.saturating_sub(1);
            core.limit = match core.limit {
                Limit::Sites(p) => Limit::Sites(p.saturating_sub(1)),
                Limit::Budget(b) => Limit::Budget(b.saturating_sub(self.cost[j])),
            };
            for class in self.classes.of(j) {
                core.base += self.classes.step(*class as usize, count[*class as usize]);
                count[*class as usize] += 1;
            }
        }
        for j in 0..self.len() {
            let affordable = match core.limit {
                Limit::Sites(p) => p > 0,
                Limit::Budget(b) => self.cost[j] <= b,
            };
            if open[j] && !is_taken[j] && affordable {
                name[j] = core.ids.len() as u32;
                core.ids.push(self.ids[j]);
                core.cost.push(self.cost[j]);
                core.group.push(self.group[j]);
            }
        }
        let mut merger = Merger::new();
        let mut set = Vec::new();
        let mut class_of = vec![GONE; self.classes.len()];
        for class in 0..self.classes.len() {
            let (first, second) = match count[class] {
                0 => (self.classes.first[class], self.classes.second[class]),
                1 => (self.classes.second[class], 0),
                _ => continue,
            };
            set.clear();
            set.extend(self.classes.covering.of(class).iter().map(|j| name[*j as usize]).filter(|j| *j != GONE));
            if let Some(merged) = merger.add(&set, first, second) {
                class_of[class] = merged;
            }
        }
        let (classes, names) = merger.finish(core.ids.len());
        core.classes = classes;
        class_of.iter_mut().filter(|c| **c != GONE).for_each(|c| *c = names[*c as usize]);
        Shrunk { core, class: class_of }
    }

    /// Candidates that another one replaces in every plan: it covers all that they cover and costs no more. Of equals
    /// the first stays. Where a second site counts, or a group still needs sites, a lesser one may be wanted as well.
    pub(super) fn dominated(&self) -> Vec<bool> {
        let mut out = vec![false; self.len()];
        if self.classes.second.iter().any(|w| *w > 0) {
            return out;
        }
        let mut shared = vec![0_u32; self.len()];
        for j in (0..self.len()).filter(|j| self.needs[self.group[*j] as usize] == 0) {
            let mine = self.classes.of(j);
            // Whoever covers all classes of j covers its rarest one.
            let Some(rarest) = mine.iter().min_by_key(|c| self.classes.covering.of(**c as usize).len()) else {
                out[j] = true;
                continue;
            };
            let rivals = self.classes.covering.of(*rarest as usize);
            if rivals.len() < 2 {
                continue;
            }
            let others = || mine.iter().flat_map(|class| self.classes.covering.of(*class as usize));
            others().for_each(|k| shared[*k as usize] += 1);
            out[j] = rivals.iter().map(|k| *k as usize).any(|k| {
                let equal = self.classes.of(k).len() == mine.len() && self.cost[k] == self.cost[j];
                let covers_all = shared[k] as usize == mine.len();
                k != j && !out[k] && covers_all && self.cost[k] <= self.cost[j] && (!equal || k < j)
            });
            others().for_each(|k| shared[*k as usize] = 0);
        }
        out
    }
}

pub(super) fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
