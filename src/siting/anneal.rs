//! Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): sites move, mostly to a neighbour, and losses are taken
//! the more seldom the colder it gets. Where circles overlap much it finds what exchanges and walks do not.
//!
//! A step looks at the demand of one candidate only, so that millions are cheap. What is hot for one city is cold for
//! another, so the heat follows the share of offers that are taken. How often an annealing ends well is chance: several
//! shorter ones find more than one long one, and one corner after the other, annealed anew, finds what is left.

use super::Limit;
use super::core::Core;
use super::lists::Lists;
use super::random::Random;

/// The heat of the first stage: a loss of this share of what a site is worth on average is taken once in e times.
const HOT: f64 = 0.02;
/// Stages of one annealing, each with a heat of its own.
const STAGES: usize = 500;
/// Share of offers that are to be taken in the first stage; by how much it falls with each stage, to a fifth at last.
const TAKEN: f64 = 0.05;
const FALL: f64 = 0.996_786;
/// From this stage on it is cool enough for the best choice met to be kept.
const COOL: usize = 300;
/// Places that a lifted site is offered before it is put down.
const OFFERS: usize = 16;
/// Of so many offers half are one of the nearest candidates and one lies anywhere; the others share demand with the site.
const KINDS: usize = 16;
/// Candidates that count as nearest.
const NEAREST: usize = 32;
/// What an offer costs beside the demand that it looks at: as much as looking at so many classes.
const OFFER: u64 = 40;

/// What annealings of one core share.
pub(super) struct Ground<'a> {
    core: &'a Core,
    /// For each candidate those that cover most nearly the same.
    near: Lists,
    /// Weights of the first and of the second site, in so large units that all together fit into 32 bits: a step reads
    /// much of them, and a heuristic does not miss the billionth part.
    first: Vec<u32>,
    second: Vec<u32>,
}

/// How long and where to anneal.
pub(super) struct Course<'a> {
    pub steps: usize,
    /// Places of the list of sites that may move.
    pub places: &'a [usize],
    pub seed: u64,
}

/// The best choice that an annealing met when it was cool, in own numbers.
pub(super) struct Annealed {
    pub sites: Vec<u32>,
    /// Classes of demand looked at, and offers made: the work that it was.
    pub work: u64,
}

impl<'a> Ground<'a> {
    pub(super) fn of(core: &'a Core) -> Self {
        let classes = &core.classes;
        let total: u64 = classes.first.iter().chain(&classes.second).sum();
        let shift = u64::BITS.saturating_sub(total.leading_zeros()).saturating_sub(u32::BITS);
        let small = |weights: &[u64]| weights.iter().map(|w| (w >> shift) as u32).collect();
        Self { core, near: nearest(core), first: small(&classes.first), second: small(&classes.second) }
    }

    /// Anneals from a choice.
    pub(super) fn anneal(&self, start: &[u32], course: &Course<'_>, stop: &dyn Fn() -> bool) -> Annealed {
        let mut state = State::of(self, start);
        let mut best = (start.to_vec(), state.value);
        if course.places.is_empty() || start.len() == self.core.len() {
            return Annealed { sites: best.0, work: 0 };
        }
        let mut random = Random::new(course.seed);
        let mut heat = HOT * state.value as f64 / start.len() as f64;
        let turns = course.steps / STAGES / OFFERS + 1;
        let mut wanted = TAKEN;
        for stage in 0..STAGES {
            if stop() {
                break;
            }
            if stage == COOL {
                best = (state.chosen.clone(), state.value);
            }
            let before = state.taken;
            for _ in 0..turns {
                let place = course.places[random.below(course.places.len())];
                state.moves(place, heat, &mut random, &mut best);
            }
            let taken = (state.taken - before) as f64 / (turns * OFFERS) as f64;
            heat *= (0.9 + 0.1 * wanted / taken).min(1.1);
            wanted *= FALL;
        }
        Annealed { sites: best.0, work: state.work }
    }

    /// Places of the list whose sites lie about a candidate: the first that are met from circle to circle.
    pub(super) fn about(&self, sites: &[u32], centre: u32, most: usize) -> Vec<usize> {
        let classes = &self.core.classes;
        let mut place_of = vec![None; self.core.len()];
        sites.iter().enumerate().for_each(|(place, site)| place_of[*site as usize] = Some(place));
        let mut is_met = vec![false; self.core.len()];
        let mut is_seen = vec![false; classes.len()];
        is_met[centre as usize] = true;
        let mut queue = vec![centre];
        let mut places = Vec::with_capacity(most);
        let mut at = 0;
        while at < queue.len() && places.len() < most {
            let candidate = queue[at] as usize;
            at += 1;
            places.extend(place_of[candidate]);
            for class in classes.of(candidate) {
                if !std::mem::replace(&mut is_seen[*class as usize], true) {
                    let covering = classes.covering.of(*class as usize).iter();
                    queue.extend(covering.filter(|k| !std::mem::replace(&mut is_met[**k as usize], true)));
                }
            }
        }
        places
    }

    /// A choice with as many sites about a candidate as it says replaced by those of another choice. Where both lists
    /// differ in length afterwards, or name a site twice, sites are missing.
    pub(super) fn with_corner_of(&self, sites: &[u32], other: &[u32], centre: u32, size: usize) -> Vec<u32> {
        let mut mixed = sites.to_vec();
        let mut out = self.about(sites, centre, size);
        out.sort_unstable();
        for place in out.iter().rev() {
            mixed.swap_remove(*place);
        }
        for place in self.about(other, centre, out.len()) {
            if !mixed.contains(&other[place]) {
                mixed.push(other[place]);
            }
        }
        mixed
    }
}

struct State<'a> {
    ground: &'a Ground<'a>,
    /// What one site more over each class of demand adds: small and in one piece, because every step reads much of it.
    next: Vec<u32>,
    /// Chosen sites over each class.
    sites: Vec<u32>,
    chosen: Vec<u32>,
    is_chosen: Vec<bool>,
    in_group: Vec<usize>,
    value: u64,
    spent: u64,
    /// Offers taken.
    taken: u64,
    work: u64,
}

impl<'a> State<'a> {
    fn of(ground: &'a Ground<'a>, start: &[u32]) -> Self {
        let core = ground.core;
        let mut state = Self {
            ground,
            next: ground.first.clone(),
            sites: vec![0; core.classes.len()],
            chosen: start.to_vec(),
            is_chosen: vec![false; core.len()],
            in_group: vec![0; core.needs.len()],
            value: 0,
            spent: 0,
            taken: 0,
            work: 0,
        };
        for site in start {
            state.value += state.gain(*site);
            state.put(*site);
            state.count(*site);
        }
        state
    }

    /// What a candidate would add: in four sums, which the processor adds up side by side.
    fn gain(&self, candidate: u32) -> u64 {
        let next = self.next.as_slice();
        let (fours, rest) = self.ground.core.classes.of(candidate as usize).as_chunks::<4>();
        let mut sums = [0_u32; 4];
        for four in fours {
            sums.iter_mut().zip(four).for_each(|(sum, class)| *sum += next[*class as usize]);
        }
        let rest: u32 = rest.iter().map(|class| next[*class as usize]).sum();
        u64::from(sums.iter().sum::<u32>() + rest)
    }

    /// What one site more adds where so many stand already.
    fn after(&self, class: usize, sites: u32) -> u32 {
        match sites {
            0 => self.ground.first[class],
            1 => self.ground.second[class],
            _ => 0,
        }
    }

    fn put(&mut self, candidate: u32) {
        for class in self.ground.core.classes.of(candidate as usize) {
            let class = *class as usize;
            self.sites[class] += 1;
            self.next[class] = self.after(class, self.sites[class]);
        }
    }

    /// Lifts a site off the demand and says what that loses.
    fn lift(&mut self, candidate: u32) -> u64 {
        let mut loss = 0;
        for class in self.ground.core.classes.of(candidate as usize) {
            let class = *class as usize;
            self.sites[class] -= 1;
            self.next[class] = self.after(class, self.sites[class]);
            loss += u64::from(self.next[class]);
        }
        loss
    }

    fn count(&mut self, candidate: u32) {
        let (j, core) = (candidate as usize, self.ground.core);
        self.is_chosen[j] = true;
        self.in_group[core.group[j] as usize] += 1;
        self.spent += core.cost[j];
    }

    fn discount(&mut self, candidate: u32) {
        let (j, core) = (candidate as usize, self.ground.core);
        self.is_chosen[j] = false;
        self.in_group[core.group[j] as usize] -= 1;
        self.spent -= core.cost[j];
    }

    /// Lifts the site at a place of the list, offers it some other places, and puts it down where it got to. As long
    /// as it is lifted, what each place is worth stays the same, so that all are looked at first: no offer has to wait
    /// for the memory of the one before.
    fn moves(&mut self, place: usize, heat: f64, random: &mut Random, best: &mut (Vec<u32>, u64)) {
        let mut site = self.chosen[place];
        let mut worth = self.lift(site);
        let offers = std::array::from_fn::<u32, OFFERS, _>(|_| self.offer(site, random).unwrap_or(site));
        let gains = offers.map(|new| self.gain(new));
        for (new, gain) in offers.into_iter().zip(gains) {
            self.work += self.ground.core.classes.of(new as usize).len() as u64 + OFFER;
            if gain < worth && !takes((worth - gain) as f64 / heat, random) {
                continue;
            }
            if self.is_chosen[new as usize] || !self.may(site, new) {
                continue;
            }
            self.discount(site);
            self.count(new);
            self.chosen[place] = new;
            self.taken += 1;
            self.value = self.value + gain - worth;
            (site, worth) = (new, gain);
            if self.value > best.1 {
                *best = (self.chosen.clone(), self.value);
            }
        }
        self.put(site);
    }

    /// Whether limit and needs allow `new` in the place of `old`.
    fn may(&self, old: u32, new: u32) -> bool {
        let core = self.ground.core;
        let (old, new) = (old as usize, new as usize);
        let group = core.group[old] as usize;
        let is_needed = group != core.group[new] as usize && self.in_group[group] <= core.needs[group];
        let is_affordable = match core.limit {
            Limit::Sites(_) => true,
            Limit::Budget(budget) => self.spent - core.cost[old] + core.cost[new] <= budget,
        };
        !is_needed && is_affordable
    }

    /// A candidate that covers nearly the same, one that shares demand with the site, and now and then any.
    fn offer(&self, site: u32, random: &mut Random) -> Option<u32> {
        let any_of = |list: &[u32], random: &mut Random| list.get(random.below(list.len())).copied();
        let classes = &self.ground.core.classes;
        match random.below(KINDS) {
            0 => Some(random.below(self.ground.core.len()) as u32),
            kind if kind <= KINDS / 2 => any_of(self.ground.near.of(site as usize), random),
            _ => {
                let class = any_of(classes.of(site as usize), random)?;
                any_of(classes.covering.of(class as usize), random)
            }
        }
    }
}

/// For each candidate those that cover most nearly the same: with the least weight that only one of the two covers.
fn nearest(core: &Core) -> Lists {
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
    let drawn = random.below(FINE) as f64 / FINE as f64;
    // Most offers end here: the power is at most 1 / (1 + x).
    if drawn * (1.0 + x) >= 1.0 {
        return false;
    }
    let mut chance = (1.0 - x / f64::from(1 << SQUARINGS)).max(0.0);
    for _ in 0..SQUARINGS {
        chance *= chance;
    }
    drawn < chance
}
