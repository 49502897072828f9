//! Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): sites move, mostly to a neighbour, and losses are taken
//! the more seldom the colder it gets. Where circles overlap much it finds what exchanges and walks do not.
//!
//! A step looks at the demand of one candidate only, so that millions are cheap.

use super::Limit;
use super::core::Core;
use super::random::Random;

/// At first a loss of this share of what a site is worth on average is taken once in e times.
const HOT: f64 = 0.06;
/// By how much each stage is colder than the one before: the last one twenty times.
const COOLING: f64 = 0.994_03;
const STAGES: usize = 500;
/// Places that a site is offered before another site has its turn.
const OFFERS: usize = 4;
/// One in so many offers lies anywhere, the others share demand with the site.
const FAR: usize = 8;

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
}

/// Anneals for so many steps and returns the best choice met, in own numbers.
pub(super) fn anneal(core: &Core, start: &[u32], steps: usize, seed: u64, stop: &dyn Fn() -> bool) -> Vec<u32> {
    let mut state = State::of(core, start);
    let mut best = (start.to_vec(), state.value);
    if start.is_empty() || start.len() == core.len() {
        return best.0;
    }
    let mut random = Random::new(seed);
    let mut heat = HOT * state.value as f64 / start.len() as f64;
    for _ in 0..STAGES {
        if stop() {
            break;
        }
        for _ in 0..steps / STAGES / OFFERS {
            let place = random.below(state.chosen.len());
            if state.moves(place, heat, &mut random) && state.value > best.1 {
                best = (state.chosen.clone(), state.value);
            }
        }
        heat *= COOLING;
    }
    best.0
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
    fn moves(&mut self, place: usize, heat: f64, random: &mut Random) -> bool {
        let old = self.chosen[place];
        let loss = self.pull(old);
        for _ in 0..OFFERS {
            let Some(new) = offer(self.core, old, random) else { continue };
            if self.is_chosen[new as usize] || !self.may(old, new) {
                continue;
            }
            let gain = self.gain(new);
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

/// A candidate that shares demand with the site, and now and then any.
fn offer(core: &Core, site: u32, random: &mut Random) -> Option<u32> {
    if random.below(FAR) == 0 {
        return Some(random.below(core.len()) as u32);
    }
    let classes = core.classes.of(site as usize);
    let class = *classes.get(random.below(classes.len()))?;
    let covering = core.classes.covering.of(class as usize);
    covering.get(random.below(covering.len())).copied()
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
