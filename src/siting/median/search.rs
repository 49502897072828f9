//! Branch and bound: better prices first, then decisions about the candidates that the prices leave open.

use super::Instance;
use super::bound::{Bound, State, bound};
use super::improve::{greedy, improved, shaken};

/// Steps of better prices at the root, and below it, where the prices of the parent are a good beginning.
const STEPS: (u32, u32) = (400, 20);
/// Steps without a better bound after which the next ones are half as long.
const PATIENCE: (u32, u32) = (12, 4);
/// Shorter steps change nothing.
const SHORTEST: f64 = 0.01;
/// How much of the estimate of the parts is renewed in each step.
const FRESH: f64 = 0.15;

/// A choice with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// Chosen candidates in order of their numbers.
    pub chosen: Vec<usize>,
    /// What the choice costs.
    pub value: i64,
    /// No choice costs less than this.
    pub bound: i64,
    /// What the greedy list alone costs.
    pub greedy_value: i64,
    /// Pairs of a candidate and a point that were looked at.
    pub work: u64,
}

impl Solution {
    /// Nothing cheaper exists.
    pub fn is_optimal(&self) -> bool {
        self.bound >= self.value
    }
}

#[derive(Clone)]
struct Node {
    states: Vec<State>,
    /// By point: what the chosen candidates ask, or what it costs unserved. No price is above it.
    caps: Vec<i64>,
    prices: Vec<i64>,
    bound: i64,
}

struct Search<'a> {
    instance: &'a Instance,
    chosen: Vec<usize>,
    value: i64,
    work: u64,
    most_work: u64,
}

/// Solves the problem, or as much of it as `most_work` pairs of a candidate and a point allow: a measure that, unlike a
/// clock, gives the same answer on every machine.
pub fn solve(instance: &Instance, most_work: u64) -> Solution {
    let first = greedy(instance);
    let greedy_value = instance.value(&first);
    let chosen = shaken(instance, improved(instance, first));
    let value = instance.value(&chosen);
    let mut search = Search { instance, chosen, value, work: 0, most_work };
    let bound = search.run();
    let mut chosen = search.chosen;
    chosen.sort_unstable();
    Solution { chosen, value: search.value, bound: bound.min(search.value), greedy_value, work: search.work }
}

impl Search<'_> {
    /// Searches, and hands back what no choice can fall below.
    fn run(&mut self) -> i64 {
        let mut root = Node {
            states: vec![State::Open; self.instance.candidates()],
            caps: self.instance.costs.unserved.clone(),
            prices: self.first_prices(),
            bound: i64::MIN,
        };
        root.drop_too_dear(self.instance);
        for fixed in &self.instance.terms.fixed {
            root.take(self.instance, *fixed);
        }
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if node.bound >= self.value {
                continue;
            }
            if self.work >= self.most_work {
                let rest = open.iter().map(|node| node.bound).min().unwrap_or(i64::MAX);
                return rest.min(node.bound).min(self.value);
            }
            self.branch(node, &mut open);
        }
        self.value
    }

    /// A point pays what its second choice would cost: then its first is worth keeping.
    fn first_prices(&self) -> Vec<i64> {
        let unserved = &self.instance.costs.unserved;
        let (mut first, mut second) = (unserved.clone(), unserved.clone());
        for (point, cost) in self.chosen.iter().flat_map(|at| &self.instance.costs.served[*at]) {
            let point = *point as usize;
            if *cost < first[point] {
                second[point] = first[point];
                first[point] = *cost;
            } else {
                second[point] = second[point].min(*cost);
            }
        }
        second.iter().zip(&first).map(|(second, first)| first + (second - first) / 2).collect()
    }

    fn branch(&mut self, mut node: Node, open: &mut Vec<Node>) {
        let is_root = node.bound == i64::MIN;
        let Some((best, parts)) = self.price(&mut node, is_root) else { return };
        self.settle(&mut node, &best);
        let full =
            |states: &[State]| states.iter().filter(|state| **state == State::In).count() >= self.instance.terms.sites;
        if full(&node.states) {
            return self.offer(chosen_of(&node.states));
        }
        let undecided = |at: usize| (parts[at].min(1.0 - parts[at]), best.worth[at]);
        let candidates = (0..node.states.len()).filter(|at| node.states[*at] == State::Open && best.worth[*at] > 0);
        let Some(next) = candidates.max_by(|a, b| {
            let (a, b) = ((undecided(*a), *b), (undecided(*b), *a));
            a.0.0.total_cmp(&b.0.0).then(a.0.1.cmp(&b.0.1)).then(a.1.cmp(&b.1))
        }) else {
            // Nothing open is worth anything: the choice so far is the best of this branch.
            self.offer(chosen_of(&node.states));
            return;
        };
        node.bound = best.value;
        let mut without = node.clone();
        without.states[next] = State::Out;
        open.push(without);
        node.take(self.instance, next);
        if full(&node.states) {
            self.offer(chosen_of(&node.states));
        } else {
            open.push(node);
        }
    }

    /// Looks for better prices. `None` when the branch cannot beat the best choice known.
    fn price(&mut self, node: &mut Node, is_root: bool) -> Option<(Bound, Vec<f64>)> {
        let pick = |(root, below): (u32, u32)| if is_root { root } else { below };
        let (most, patience) = (pick(STEPS), pick(PATIENCE));
        let mut length = if is_root { 1.5 } else { 0.7 };
        let mut prices = node.prices.clone();
        let mut parts: Vec<f64> = Vec::new();
        let mut best: Option<Bound> = None;
        let mut idle = 0;
        let served = node.served(self.instance);
        let pairs: u64 = served.iter().map(|served| served.len() as u64).sum::<u64>() + prices.len() as u64;
        for _ in 0..most {
            self.work += pairs;
            let found = bound(self.instance, &node.states, &served, &prices);
            if found.value >= self.value {
                return None;
            }
            average(&mut parts, &found, node.states.len());
            let (slopes, norm) = slopes(&found, &served, &prices, &node.caps);
            let better = best.as_ref().is_none_or(|best| found.value > best.value);
            let gap = (self.value - found.value) as f64;
            if better {
                self.offer_repaired(&found, &node.states);
                node.prices.clone_from(&prices);
                best = Some(found);
                idle = 0;
            } else {
                idle += 1;
                if idle >= patience {
                    length /= 2.0;
                    idle = 0;
                    prices.clone_from(&node.prices);
                }
            }
            if length < SHORTEST || norm == 0.0 {
                break;
            }
            let step = length * gap / norm;
            for ((price, slope), most) in prices.iter_mut().zip(&slopes).zip(&node.caps) {
                *price = (*price + (step * slope).round() as i64).clamp(0, *most);
            }
        }
        best.filter(|best| best.value < self.value).map(|best| (best, parts))
    }

    /// Decides what the best bound decides: whoever would lift it to the best choice known is out, or must be in.
    fn settle(&self, node: &mut Node, best: &Bound) {
        let Some(last) = best.last else { return };
        let gap = self.value - best.value;
        let mut chosen = vec![false; node.states.len()];
        let mut groups = vec![false; self.instance.groups];
        for (candidate, _) in &best.chosen {
            chosen[*candidate] = true;
            groups[self.instance.group[*candidate]] = true;
        }
        let mut must = Vec::new();
        for candidate in 0..node.states.len() {
            if node.states[candidate] != State::Open {
                continue;
            }
            let worth = best.worth[candidate];
            if chosen[candidate] {
                // Without it its group gives its second best, or another group moves up; nobody is worth more.
                let group = self.instance.group[candidate];
                let second = (0..node.states.len())
                    .filter(|at| *at != candidate && self.instance.group[*at] == group)
                    .filter(|at| node.states[*at] == State::Open)
                    .map(|at| best.worth[at])
                    .max()
                    .unwrap_or(0);
                if worth - second.max(best.first_without) >= gap {
                    must.push(candidate);
                }
            } else {
                // With it the weakest chosen group, or the other one of its own group, has to leave.
                let own = (0..node.states.len())
                    .filter(|at| chosen[*at] && node.states[*at] == State::Open)
                    .filter(|at| self.instance.group[*at] == self.instance.group[candidate])
                    .map(|at| best.worth[at])
                    .max();
                let leaves = if groups[self.instance.group[candidate]] { own.unwrap_or(last) } else { last };
                if leaves - worth >= gap {
                    node.states[candidate] = State::Out;
                }
            }
        }
        for candidate in must {
            if node.states[candidate] == State::Open {
                node.take(self.instance, candidate);
            }
        }
    }

    /// The choice of the bound, made to respect the terms.
    fn offer_repaired(&mut self, found: &Bound, states: &[State]) {
        let mut chosen = chosen_of(states);
        let mut wished: Vec<usize> =
            found.chosen.iter().map(|(at, _)| *at).filter(|at| states[*at] == State::Open).collect();
        wished.sort_unstable_by_key(|at| (std::cmp::Reverse(found.worth[*at]), *at));
        for candidate in wished {
            if self.instance.may_join(&chosen, candidate) {
                chosen.push(candidate);
            }
        }
        self.offer(chosen);
    }

    fn offer(&mut self, chosen: Vec<usize>) {
        if self.instance.value(&chosen) < self.value {
            self.chosen = improved(self.instance, chosen);
            self.value = self.instance.value(&self.chosen);
        }
    }
}

fn chosen_of(states: &[State]) -> Vec<usize> {
    (0..states.len()).filter(|at| states[*at] == State::In).collect()
}

impl Node {
    /// Chooses a candidate, and so decides against those too close to it and those too dear beside it.
    fn take(&mut self, instance: &Instance, candidate: usize) {
        self.states[candidate] = State::In;
        for rival in &instance.rivals[candidate] {
            if self.states[*rival] == State::Open {
                self.states[*rival] = State::Out;
            }
        }
        self.drop_too_dear(instance);
        for (point, cost) in &instance.costs.served[candidate] {
            let point = *point as usize;
            self.caps[point] = self.caps[point].min(*cost);
            self.prices[point] = self.prices[point].min(*cost);
        }
    }

    /// Decides against what the rest of the money does not pay for.
    fn drop_too_dear(&mut self, instance: &Instance) {
        let Some((budget, _)) = &instance.terms.budget else { return };
        let spent = chosen_of(&self.states).iter().map(|at| instance.price(*at)).fold(0_u64, u64::saturating_add);
        let left = budget.saturating_sub(spent);
        for at in 0..self.states.len() {
            if self.states[at] == State::Open && instance.price(at) > left {
                self.states[at] = State::Out;
            }
        }
    }

    /// What each open candidate can serve for less than the chosen ones.
    fn served(&self, instance: &Instance) -> Vec<Vec<(u32, i64)>> {
        let cheaper = |(point, cost): &&(u32, i64)| *cost < self.caps[*point as usize];
        let of = |(served, state): (&Vec<(u32, i64)>, &State)| match state {
            State::Open => served.iter().filter(cheaper).copied().collect(),
            State::In | State::Out => Vec::new(),
        };
        instance.costs.served.iter().zip(&self.states).map(of).collect()
    }
}

/// One minus how often each point is served by what the bound would choose, and the sum of squares.
fn slopes(found: &Bound, served: &[Vec<(u32, i64)>], prices: &[i64], caps: &[i64]) -> (Vec<f64>, f64) {
    let mut slopes = vec![1.0; prices.len()];
    for (candidate, part) in &found.chosen {
        for (point, cost) in &served[*candidate] {
            let point = *point as usize;
            if *cost < prices[point] {
                slopes[point] -= part;
            }
        }
    }
    // A price at its end cannot move further.
    for ((slope, price), cap) in slopes.iter_mut().zip(prices).zip(caps) {
        if (*price == 0 && *slope < 0.0) || (price == cap && *slope > 0.0) {
            *slope = 0.0;
        }
    }
    let norm = slopes.iter().map(|slope| slope * slope).sum();
    (slopes, norm)
}

/// Renews the running estimate of how much of each candidate a solution in parts would take.
fn average(parts: &mut Vec<f64>, found: &Bound, candidates: usize) {
    let mut now = vec![0.0; candidates];
    found.chosen.iter().for_each(|(candidate, part)| now[*candidate] = *part);
    if parts.is_empty() {
        *parts = now;
    } else {
        parts.iter_mut().zip(now).for_each(|(part, now)| *part += FRESH * (now - *part));
    }
}
