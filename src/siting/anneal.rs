//! Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): sites move, mostly to a neighbour, and losses are taken
//! the more seldom the colder it gets. Where circles overlap much it finds what exchanges and walks do not.
//!
//! A step looks at the demand of one candidate only, so that millions are cheap. How often it ends well is chance:
//! several shorter ones find more than one long one.

use super::Limit;
use super::core::Core;
use super::lists::Lists;
use super::random::Random;

/// At first a loss of this share of what a site is worth on average is taken once in e times.
const HOT: f64 = 0.02;
/// By how much each stage is colder than the one before: the last one seven times.
const COOLING: f64 = 0.996_213;
const STAGES: usize = 500;
/// Places that a site is offered before another site has its turn.
const OFFERS: usize = 4;
/// Of so many offers half are one of the nearest candidates and one lies anywhere; the others share demand with the site.
const KINDS: usize = 16;
/// Candidates that count as nearest.
const NEAREST: usize = 32;

struct State<'a> {
    core: &'a Core,
    /// What one site more over each class of demand adds: small and in one piece, because every step reads much of it.
    next: Vec<u64>,
    /// Chosen sites over each class.
    sites: Vec<u32>,
    chosen: Vec<u32>,
    is_chosen: Vec<bool>,
    in_group: Vec<usize>,
    value: u64,
    spent: u64,
    reads: u64,
}

/// The best choice that an annealing met, in own numbers.
pub(super) struct Annealed {
    pub sites: Vec<u32>,
    /// Classes of demand looked at: the work that it was.
    pub reads: u64,
}

/// Anneals for so many steps, as hot as usual (1) or less so as not to lose a good start.
pub(super) fn anneal(
    core: &Core,
    near: &Lists,
    start: &[u32],
    (steps, warmth): (usize, f64),
    seed: u64,
    stop: &dyn Fn() -> bool,
) -> Annealed {
    let mut state = State::of(core, start);
    let mut best = (start.to_vec(), state.value);
    if start.is_empty() || start.len() == core.len() {
        return Annealed { sites: best.0, reads: 0 };
    }
    let mut random = Random::new(seed);
    let mut heat = warmth * HOT * state.value as f64 / start.len() as f64;
    for _ in 0..STAGES {
        if stop() {
            break;
        }
        for _ in 0..steps / STAGES / OFFERS {
            let place = random.below(state.chosen.len());
            if state.moves(place, heat, near, &mut random) && state.value > best.1 {
                best = (state.chosen.clone(), state.value);
            }
        }
        heat *= COOLING;
    }
    Annealed { sites: best.0, reads: state.reads }
}

impl<'a> State<'a> {
    fn of(core: &'a Core, start: &[u32]) -> Self {
        let mut state = Self {
            core,
            next: core.classes.first.clone(),
            sites: vec![0; core.classes.first.len()],
            chosen: start.to_vec(),
            is_chosen: vec![false; core.len()],
            in_group: vec![0; core.needs.len()],
            value: 0,
            spent: 0,
            reads: 0,
        };
        for site in start {
            state.value += state.gain(*site);
            state.put(*site);
            state.count(*site);
        }
        state
    }

    fn gain(&self, candidate: u32) -> u64 {
        self.core.classes.of(candidate as usize).iter().map(|class| self.next[*class as usize]).sum()
    }

    /// What one site more adds where so many stand already.
    fn after(&self, class: usize, sites: u32) -> u64 {
        match sites {
            0 => self.core.classes.first[class],
            1 => self.core.classes.second[class],
            _ => 0,
        }
    }

    fn put(&mut self, candidate: u32) {
        for class in self.core.classes.of(candidate as usize) {
            let class = *class as usize;
            self.sites[class] += 1;
            self.next[class] = self.after(class, self.sites[class]);
        }
    }

    /// Takes a site off the demand and says what that loses.
    fn pull(&mut self, candidate: u32) -> u64 {
        let mut loss = 0;
        for class in self.core.classes.of(candidate as usize) {
            let class = *class as usize;
            self.sites[class] -= 1;
            self.next[class] = self.after(class, self.sites[class]);
            loss += self.next[class];
        }
        loss
    }

    fn count(&mut self, candidate: u32) {
        let j = candidate as usize;
        self.is_chosen[j] = true;
        self.in_group[self.core.group[j] as usize] += 1;
        self.spent += self.core.cost[j];
    }

    /// Offers the site at a place of the list some other places; says whether it took one.
    fn moves(&mut self, place: usize, heat: f64, near: &Lists, random: &mut Random) -> bool {
        let old = self.chosen[place];
        let loss = self.pull(old);
        for _ in 0..OFFERS {
            let Some(new) = offer(self.core, old, near, random) else { continue };
            if self.is_chosen[new as usize] || !self.may(old, new) {
                continue;
            }
            let gain = self.gain(new);
            self.reads += self.core.classes.of(new as usize).len() as u64;
            if gain < loss && !takes((loss - gain) as f64 / heat, random) {
                continue;
            }
            self.put(new);
            self.value = self.value + gain - loss;
            self.spent -= self.core.cost[old as usize];
            self.is_chosen[old as usize] = false;
            self.in_group[self.core.group[old as usize] as usize] -= 1;
            self.count(new);
            self.chosen[place] = new;
            return true;
        }
        self.put(old);
        false
    }

    /// Whether limit and needs allow `new` in the place of `old`.
    fn may(&self, old: u32, new: u32) -> bool {
        let (old, new) = (old as usize, new as usize);
        let group = self.core.group[old] as usize;
        let is_needed = group != self.core.group[new] as usize && self.in_group[group] <= self.core.needs[group];
        let is_affordable = match self.core.limit {
            Limit::Sites(_) => true,
            Limit::Budget(budget) => self.spent - self.core.cost[old] + self.core.cost[new] <= budget,
        };
        !is_needed && is_affordable
    }
}

/// A candidate that covers nearly the same, one that shares demand with the site, and now and then any.
fn offer(core: &Core, site: u32, near: &Lists, random: &mut Random) -> Option<u32> {
    let any_of = |list: &[u32], random: &mut Random| {
        if list.is_empty() { None } else { list.get(random.below(list.len())).copied() }
    };
    match random.below(KINDS) {
        0 => Some(random.below(core.len()) as u32),
        kind if kind <= KINDS / 2 => any_of(near.of(site as usize), random),
        _ => {
            let class = any_of(core.classes.of(site as usize), random)?;
            any_of(core.classes.covering.of(class as usize), random)
        }
    }
}

/// For each candidate those that cover most nearly the same: with the least weight that only one of the two covers.
pub(super) fn nearest(core: &Core) -> Lists {
    let classes = &core.classes;
    let alone: Vec<u64> =
        (0..core.len()).map(|j| classes.of(j).iter().map(|class| classes.first[*class as usize]).sum()).collect();
    let mut nearest = Lists::with_capacity(core.len(), core.len() * NEAREST);
    let mut shared = vec![0_u64; core.len()];
    for j in 0..core.len() {
        let mut met = Vec::new();
        for class in classes.of(j) {
            for k in classes.covering.of(*class as usize) {
                if shared[*k as usize] == 0 {
                    met.push(*k);
                }
                shared[*k as usize] += classes.first[*class as usize];
            }
        }
        let apart = |k: u32| alone[j] + alone[k as usize] - 2 * shared[k as usize];
        let mut others: Vec<(u64, u32)> = met.iter().filter(|k| **k as usize != j).map(|k| (apart(*k), *k)).collect();
        others.sort_unstable();
        nearest.push(others.iter().take(NEAREST).map(|(_, k)| *k));
        met.iter().for_each(|k| shared[*k as usize] = 0);
    }
    nearest
}

/// Once in eˣ times. The power is taken by squaring, because the exponential function of one machine's library need not
/// be that of another's.
fn takes(x: f64, random: &mut Random) -> bool {
    const SQUARINGS: i32 = 10;
    const FINE: usize = 1 << 24;
    let mut chance = (1.0 - x / f64::from(1 << SQUARINGS)).max(0.0);
    for _ in 0..SQUARINGS {
        chance *= chance;
    }
    (random.below(FINE) as f64) < chance * FINE as f64
}
