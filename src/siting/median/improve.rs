//! Good choices quickly: best next, then exchanges (Teitz and Bart 1968), counted as Whitaker (1983) does.

use super::Instance;

/// Times that a choice is shaken, as far as this many pairs of a candidate and a point allow.
const SHAKES: usize = 40;
const SHAKING_PAIRS: usize = 8_000_000;
/// Most exchanges. Each makes the choice cheaper, so the end comes by itself; the limit keeps a huge problem bounded.
const MOST_EXCHANGES: usize = 200;

/// Again and again the candidate that saves most, beginning with those that must be chosen. Under a budget also the one
/// that saves most for its price; the better of both lists.
pub fn greedy(instance: &Instance) -> Vec<usize> {
    let plain = walk(instance, false);
    if instance.terms.budget.is_none() {
        return plain;
    }
    let by_price = walk(instance, true);
    if instance.value(&by_price) < instance.value(&plain) { by_price } else { plain }
}

fn walk(instance: &Instance, by_price: bool) -> Vec<usize> {
    let mut chosen = instance.terms.fixed.clone();
    let mut cheapest = instance.costs.unserved.clone();
    chosen.iter().for_each(|at| serve(instance, &mut cheapest, *at));
    loop {
        let mut best: Option<(usize, i64)> = None;
        for candidate in 0..instance.candidates() {
            if !instance.may_join(&chosen, candidate) {
                continue;
            }
            let saved = saving(instance, &cheapest, candidate);
            let better = best.is_none_or(|(rival, most)| {
                let per = |at: usize| i128::from(if by_price { instance.price(at).max(1) } else { 1 });
                i128::from(saved) * per(rival) > i128::from(most) * per(candidate)
            });
            if saved > 0 && better {
                best = Some((candidate, saved));
            }
        }
        let Some((candidate, _)) = best else { return chosen };
        serve(instance, &mut cheapest, candidate);
        chosen.push(candidate);
    }
}

fn saving(instance: &Instance, cheapest: &[i64], candidate: usize) -> i64 {
    instance.costs.served[candidate].iter().map(|(point, cost)| (cheapest[*point as usize] - cost).max(0)).sum()
}

fn serve(instance: &Instance, cheapest: &mut [i64], candidate: usize) {
    for (point, cost) in &instance.costs.served[candidate] {
        let best = &mut cheapest[*point as usize];
        *best = (*best).min(*cost);
    }
}

/// Exchanges one site for another as long as that makes the choice cheaper, and adds what fits.
pub fn improved(instance: &Instance, mut chosen: Vec<usize>) -> Vec<usize> {
    for _ in 0..MOST_EXCHANGES {
        let Some((enters, leaves)) = best_exchange(instance, &chosen) else { break };
        if let Some(at) = leaves {
            chosen.remove(at);
        }
        chosen.push(enters);
    }
    chosen
}

/// A linear congruential generator with the constants of Knuth's MMIX: enough to shake, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The upper bits are the good ones.
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// Leaves a choice from which no exchange leads on: drops some sites at random, fills up, exchanges again, and keeps what
/// is cheaper. The numbers are the same every time, so the answer is too.
pub fn shaken(instance: &Instance, mut chosen: Vec<usize>) -> Vec<usize> {
    let pairs: usize = instance.costs.served.iter().map(Vec::len).sum();
    let mut value = instance.value(&chosen);
    let mut dice = Dice(1);
    for _ in 0..SHAKES.min(SHAKING_PAIRS / pairs.max(1)) {
        let mut other = chosen.clone();
        other.retain(|site| instance.terms.fixed.contains(site) || dice.below(3) > 0);
        for _ in 0..2 {
            let enters = dice.below(instance.candidates());
            if instance.may_join(&other, enters) {
                other.push(enters);
            }
        }
        let other = improved(instance, other);
        let cost = instance.value(&other);
        if cost < value {
            (chosen, value) = (other, cost);
        }
    }
    chosen
}

/// The first and second cheapest chosen site of every point.
struct Served {
    first: Vec<(i64, usize)>,
    second: Vec<i64>,
}

impl Served {
    fn by(instance: &Instance, chosen: &[usize]) -> Self {
        let unserved = &instance.costs.unserved;
        let mut served =
            Self { first: unserved.iter().map(|cost| (*cost, usize::MAX)).collect(), second: unserved.clone() };
        for (at, site) in chosen.iter().enumerate() {
            for (point, cost) in &instance.costs.served[*site] {
                let point = *point as usize;
                if *cost < served.first[point].0 {
                    served.second[point] = served.first[point].0;
                    served.first[point] = (*cost, at);
                } else {
                    served.second[point] = served.second[point].min(*cost);
                }
            }
        }
        served
    }
}

/// The candidate that enters, and the place in the list of the one that leaves; `None` when nothing gets cheaper.
fn best_exchange(instance: &Instance, chosen: &[usize]) -> Option<(usize, Option<usize>)> {
    let served = Served::by(instance, chosen);
    let mut loss = vec![0_i64; chosen.len()];
    for (first, second) in served.first.iter().zip(&served.second) {
        if let Some(loss) = loss.get_mut(first.1) {
            *loss += second - first.0;
        }
    }
    let mut best: Option<(i64, usize, Option<usize>)> = None;
    let mut adjusted = loss.clone();
    for candidate in (0..instance.candidates()).filter(|at| !chosen.contains(at)) {
        adjusted.copy_from_slice(&loss);
        let mut gain = 0;
        for (point, cost) in &instance.costs.served[candidate] {
            let point = *point as usize;
            let (first, site) = served.first[point];
            if *cost < first {
                gain += first - cost;
                if let Some(loss) = adjusted.get_mut(site) {
                    *loss -= served.second[point] - first;
                }
            } else if *cost < served.second[point]
                && let Some(loss) = adjusted.get_mut(site)
            {
                *loss -= served.second[point] - cost;
            }
        }
        let mut consider = |profit: i64, leaves: Option<usize>| {
            if profit > 0 && best.is_none_or(|(most, _, _)| profit > most) {
                best = Some((profit, candidate, leaves));
            }
        };
        if instance.may_join(chosen, candidate) {
            consider(gain, None);
        }
        for (at, site) in chosen.iter().enumerate() {
            let profit = gain - adjusted[at];
            // The terms are only looked at where it pays.
            if profit > 0 && !instance.terms.fixed.contains(site) {
                let without: Vec<usize> = chosen.iter().copied().filter(|other| other != site).collect();
                if instance.may_join(&without, candidate) {
                    consider(profit, Some(at));
                }
            }
        }
    }
    best.map(|(_, enters, leaves)| (enters, leaves))
}
