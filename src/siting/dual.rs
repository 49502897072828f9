//! A bound from above (Galvão and ReVelle 1996): let λ be a price for covering a class, from 0 to its weight.
//!
//! Whoever breaks the rule "no demand is covered without a site" pays λ; then classes and candidates part, and the best
//! answer of the easier problem is L(λ) = base + Σ (first − λ)⁺ + (second − λ)⁺ + the best choice of candidates by
//! c_j = Σ λ of their classes. No choice of the true problem is worth more, whatever λ is; a subgradient walk makes
//! L small. Under a budget the easier choice is a knapsack, bounded by its continuous form; where groups need sites as
//! well, by a price of money (`needs`).

use super::Limit;
use super::core::Core;
use super::needs;

/// Prices with what they prove.
#[derive(Debug, Clone)]
pub(super) struct Dual {
    pub lambda: Vec<f64>,
    /// No choice is worth more, rounding included.
    pub bound: f64,
    /// How often the easier problem chose each candidate of late, 0 to 1: near the answer of the continuous problem.
    pub leaning: Vec<f64>,
}

/// The easier choice for given prices.
#[derive(Debug, Default)]
pub(super) struct Easy {
    /// c_j
    pub price: Vec<f64>,
    pub chosen: Vec<u32>,
    pub is_chosen: Vec<bool>,
    pub bound: f64,
    /// What one site more, or one unit of money more, is worth.
    pub margin: f64,
    order: Vec<u32>,
    in_group: Vec<usize>,
}

/// Share of the last direction that goes into the next.
const MOMENTUM: f64 = 0.7;

/// Terms summed lose at most this share of the sum each; the sum of non-negative terms loses no more than all together.
const ROUNDING: f64 = f64::EPSILON;

/// What the prices leave of the weights.
fn open(core: &Core, lambda: &[f64]) -> f64 {
    let weights = core.classes.first.iter().zip(&core.classes.second).zip(lambda);
    weights.map(|((first, second), l)| (*first as f64 - l).max(0.0) + (*second as f64 - l).max(0.0)).sum()
}

/// The factor that makes up for all rounding of a bound.
fn rounding(core: &Core) -> f64 {
    let terms = (core.classes.len() * 2 + core.classes.covering.items() + core.len() + 16) as f64;
    1.0 + terms * ROUNDING
}

/// What no choice of 1, 2, ... `most` sites can exceed by these prices, rules aside.
pub(super) fn prefix_bounds(core: &Core, lambda: &[f64], most: usize) -> Vec<f64> {
    let price = |j: usize| core.classes.of(j).iter().map(|c| lambda[*c as usize]).sum::<f64>();
    let mut prices: Vec<f64> = (0..core.len()).map(price).collect();
    prices.sort_unstable_by(|a, b| b.total_cmp(a));
    let (open, rounding) = (open(core, lambda), rounding(core));
    let mut sum = 0.0;
    (0..most)
        .map(|p| {
            sum += prices.get(p).copied().unwrap_or(0.0);
            core.base as f64 + (open + sum) * rounding
        })
        .collect()
}

impl Easy {
    pub(super) fn solve(&mut self, core: &Core, lambda: &[f64]) {
        let n = core.len();
        self.price.clear();
        self.price.extend((0..n).map(|j| core.classes.of(j).iter().map(|c| lambda[*c as usize]).sum::<f64>()));
        self.chosen.clear();
        self.is_chosen.clear();
        self.is_chosen.resize(n, false);
        self.order.clear();
        self.order.extend(0..n as u32);
        let sum = match core.limit {
            Limit::Sites(p) => self.most_sites(core, p),
            Limit::Budget(budget) if core.needs.iter().all(|needs| *needs == 0) => self.most_money(core, budget),
            Limit::Budget(budget) => {
                let needs::Priced { chosen, bound, margin } = needs::choose(core, &self.price, budget);
                chosen.iter().for_each(|k| self.is_chosen[*k as usize] = true);
                (self.chosen, self.margin) = (chosen, margin);
                self.chosen.sort_unstable();
                bound
            }
        };
        self.bound = core.base as f64 + (open(core, lambda) + sum) * rounding(core);
    }

    fn most_sites(&mut self, core: &Core, p: usize) -> f64 {
        let (price, order) = (&self.price, &mut self.order);
        let by_price = |a: &u32, b: &u32| price[*b as usize].total_cmp(&price[*a as usize]).then(a.cmp(b));
        self.margin = 0.0;
        if core.needs.iter().all(|needs| *needs == 0) {
            if p < order.len() {
                order.select_nth_unstable_by(p, by_price);
                self.margin = price[order[p] as usize];
                order.truncate(p);
            }
            self.chosen.extend_from_slice(order);
        } else {
            // First what the groups need, then the best of the rest: the sites form a matroid, so this is the best.
            order.sort_unstable_by(by_price);
            self.in_group.clear();
            self.in_group.resize(core.needs.len(), 0);
            for k in order.iter() {
                let group = core.group[*k as usize] as usize;
                if self.in_group[group] < core.needs[group] {
                    self.in_group[group] += 1;
                    self.is_chosen[*k as usize] = true;
                    self.chosen.push(*k);
                }
            }
            let mut rest = order.iter().copied().filter(|k| !self.is_chosen[*k as usize]);
            let room = p.saturating_sub(self.chosen.len());
            let more: Vec<u32> = rest.by_ref().take(room).collect();
            self.margin = rest.next().map_or(0.0, |k| price[k as usize]);
            self.chosen.extend(more);
        }
        self.chosen.sort_unstable();
        self.chosen.iter().for_each(|k| self.is_chosen[*k as usize] = true);
        self.chosen.iter().map(|k| self.price[*k as usize]).sum()
    }

    fn most_money(&mut self, core: &Core, budget: u64) -> f64 {
        let price = &self.price;
        let ratio = |k: u32| price[k as usize] / core.cost[k as usize] as f64;
        self.order.sort_unstable_by(|a, b| ratio(*b).total_cmp(&ratio(*a)).then(a.cmp(b)));
        self.margin = 0.0;
        let mut left = budget;
        let mut sum = 0.0;
        for k in &self.order {
            let cost = core.cost[*k as usize];
            if cost <= left {
                left -= cost;
                sum += price[*k as usize];
                self.chosen.push(*k);
                self.is_chosen[*k as usize] = true;
            } else {
                self.margin = ratio(*k);
                sum += self.margin * left as f64;
                break;
            }
        }
        sum
    }

    /// Candidates that every choice above `target` must or must not hold, by what the bound would be if they were
    /// decided against the easier choice: (taken, dropped), own numbers ascending.
    pub(super) fn decided(&self, core: &Core, target: f64) -> (Vec<u32>, Vec<u32>) {
        let groups = core.needs.len();
        let is_free = core.needs.iter().all(|needs| *needs == 0);
        // What a candidate is worth above its money, where money is the limit.
        let worth = |k: usize| match core.limit {
            Limit::Sites(_) => self.price[k],
            Limit::Budget(_) => self.price[k] - self.margin * core.cost[k] as f64,
        };
        let (mut least_in, mut most_out) = (vec![f64::INFINITY; groups], vec![f64::NEG_INFINITY; groups]);
        let mut count = vec![0; groups];
        for (k, group) in core.group.iter().enumerate() {
            let group = *group as usize;
            if self.is_chosen[k] {
                count[group] += 1;
                least_in[group] = least_in[group].min(worth(k));
            } else {
                most_out[group] = most_out[group].max(worth(k));
            }
        }
        let spare = |g: usize| count[g] > core.needs[g];
        // Whoever is there only because the group needs sites may go when another one comes.
        let made_free = |g: usize| if spare(g) { 0.0 } else { least_in[g].min(0.0) };
        let least_spare = (0..groups).filter(|g| spare(*g)).map(|g| least_in[g]).fold(f64::INFINITY, f64::min);
        let most_left = most_out.iter().copied().fold(0.0, f64::max);
        let (mut taken, mut dropped) = (Vec::new(), Vec::new());
        for k in 0..core.len() {
            let (worth, group) = (worth(k), core.group[k] as usize);
            let loss = match core.limit {
                Limit::Budget(_) if is_free => {
                    if self.is_chosen[k] {
                        worth.max(0.0)
                    } else {
                        (-worth).max(0.0)
                    }
                }
                // Another one of the group takes the place of one that it needs.
                Limit::Budget(_) if self.is_chosen[k] => worth - if spare(group) { 0.0 } else { most_out[group] },
                Limit::Budget(_) => made_free(group) - worth,
                Limit::Sites(_) if self.is_chosen[k] => worth - if spare(group) { most_left } else { most_out[group] },
                Limit::Sites(_) => least_in[group].min(least_spare) - worth,
            };
            if self.bound - loss < target {
                if self.is_chosen[k] { taken.push(k as u32) } else { dropped.push(k as u32) }
            }
        }
        (taken, dropped)
    }
}

/// How a walk down goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Descent {
    pub iterations: usize,
    /// First length of a step, as a share of what would reach the target at once.
    pub step: f64,
    /// Iterations without a better bound after which the step is halved.
    pub patience: usize,
}

/// Walks down from `lambda` until nothing above `target` is possible, the iterations are used up or the steps have
/// become too short. `look` sees every easier choice that improved the bound and may raise the target.
pub(super) fn descend(
    core: &Core,
    mut lambda: Vec<f64>,
    mut target: f64,
    how: Descent,
    stop: &dyn Fn() -> bool,
    mut look: impl FnMut(&Easy, f64) -> f64,
) -> Dual {
    let classes = &core.classes;
    let mut easy = Easy::default();
    let mut best = Dual { lambda: lambda.clone(), bound: f64::INFINITY, leaning: vec![0.0; core.len()] };
    let mut direction = vec![0.0_f64; classes.len()];
    let mut covered = vec![0_u32; classes.len()];
    // Prices are walked in units of the root of the weight: heavy classes move further than light ones. Of plain prices,
    // roots and shares of the weight the roots come closest in the same number of steps.
    let scale: Vec<f64> = classes.first.iter().map(|w| (*w as f64).sqrt()).collect();
    let (mut step, mut since) = (how.step, 0);
    for _ in 0..how.iterations {
        easy.solve(core, &lambda);
        best.leaning.iter_mut().zip(&easy.is_chosen).for_each(|(l, is)| *l += 0.1 * (f64::from(u8::from(*is)) - *l));
        if easy.bound < best.bound {
            // Only a gain that counts keeps the step long.
            let gain = best.bound - easy.bound;
            since = if gain > 1e-4 * (best.bound - target).abs() { 0 } else { since + 1 };
            best.bound = easy.bound;
            best.lambda.copy_from_slice(&lambda);
            target = look(&easy, easy.bound).max(target);
        } else {
            since += 1;
        }
        if best.bound < target || stop() {
            break;
        }
        if since >= how.patience {
            (step, since) = (step * 0.5, 0);
            lambda.copy_from_slice(&best.lambda);
            if step < how.step / 300.0 {
                break;
            }
            easy.solve(core, &lambda);
            direction.fill(0.0);
        }
        covered.fill(0);
        for k in &easy.chosen {
            classes.of(*k as usize).iter().for_each(|class| covered[*class as usize] += 1);
        }
        let mut norm = 0.0;
        for class in 0..classes.len() {
            let (first, second, l) = (classes.first[class] as f64, classes.second[class] as f64, lambda[class]);
            let mut slope = f64::from(covered[class]);
            slope -= f64::from(u8::from(l < first)) + f64::from(u8::from(l < second));
            if l >= first && slope < 0.0 || l <= 0.0 && slope > 0.0 {
                slope = 0.0;
            }
            direction[class] = slope * scale[class] + MOMENTUM * direction[class];
            norm += direction[class] * direction[class];
        }
        if norm <= 0.0 {
            break;
        }
        let length = step * (easy.bound - target).max(1.0) / norm;
        for class in 0..classes.len() {
            let first = classes.first[class] as f64;
            lambda[class] = (lambda[class] - length * direction[class] * scale[class]).clamp(0.0, first);
        }
    }
    best
}
