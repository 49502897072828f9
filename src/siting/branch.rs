//! The exact finish: split what is left into "with this candidate" and "without it", bound both, and go on where the
//! bound is highest until no part can hold anything better than what is known.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::Limit;
use super::choice::Choice;
use super::core::{Core, GONE};
use super::dual::{Descent, Easy, descend};

/// The best choice known (numbers of the problem, ascending) and what it covers.
#[derive(Debug, Clone, Default)]
pub(super) struct Incumbent {
    pub sites: Vec<u32>,
    pub value: u64,
}

impl Incumbent {
    /// Keeps the better one.
    pub(super) fn offer(&mut self, core: &Core, sites: &[u32], value: u64) {
        if core.base + value > self.value {
            self.value = core.base + value;
            self.sites = core.taken.iter().copied().chain(sites.iter().map(|k| core.ids[*k as usize])).collect();
            self.sites.sort_unstable();
        }
    }

    /// The same of a choice, which may lack what a group needs; then it is none.
    pub(super) fn offer_choice(&mut self, core: &Core, choice: &Choice<'_>) {
        if choice.is_complete() {
            self.offer(core, choice.sites(), choice.value());
        }
    }

    /// Only a choice of at least this value is worth finding.
    pub(super) fn target(&self) -> f64 {
        self.value as f64 + 1.0
    }
}

struct Part {
    bound: f64,
    number: usize,
    with: Vec<u32>,
    without: Vec<u32>,
    lambda: Rc<Vec<f32>>,
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Part {}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        // Of equal bounds the later part: it is the deeper one, nearer to an answer.
        self.bound.total_cmp(&other.bound).then(self.number.cmp(&other.number))
    }
}

/// What is left open when the parts allowed are used up.
pub(super) struct Finish {
    /// No choice is worth more.
    pub bound: f64,
    pub parts: usize,
}

/// Looks at up to `most_parts` parts of the core.
pub(super) fn finish(
    core: &Core,
    lambda: &[f64],
    bound: f64,
    known: &mut Incumbent,
    most_parts: usize,
    stop: &dyn Fn() -> bool,
) -> Finish {
    let start = Rc::new(lambda.iter().map(|l| *l as f32).collect());
    let mut open = BinaryHeap::from([Part { bound, number: 0, with: Vec::new(), without: Vec::new(), lambda: start }]);
    let mut number = 0;
    let mut looked = 0;
    while let Some(part) = open.pop() {
        if part.bound < known.target() {
            return Finish { bound: known.value as f64, parts: looked };
        }
        if looked == most_parts || stop() {
            return Finish { bound: part.bound, parts: looked };
        }
        looked += 1;
        split(core, part, known, &mut number, &mut open, stop);
    }
    Finish { bound: known.value as f64, parts: looked }
}

/// Bounds a part; when it may still hold something better, puts its two halves on the heap.
fn split(
    core: &Core,
    part: Part,
    known: &mut Incumbent,
    number: &mut usize,
    open: &mut BinaryHeap<Part>,
    stop: &dyn Fn() -> bool,
) {
    let Part { bound: upper, mut with, mut without, lambda, .. } = part;
    let mut prices = lambda;
    for round in 0..8 {
        let mut is_open = vec![true; core.len()];
        without.iter().for_each(|k| is_open[*k as usize] = false);
        if !affordable(core, &with) {
            return;
        }
        let small = core.shrink(&with, &is_open);
        if !small.core.feasible() {
            return;
        }
        let (here, class) = (small.core, small.class);
        if here.len() == 0 || matches!(here.limit, Limit::Sites(p) if p >= here.len()) {
            let all: Vec<u32> = (0..here.len() as u32).collect();
            known.offer(&here, &all, Choice::of(&here, &all).value());
            return;
        }
        // Classes that became one have the sum of their prices.
        let mut start = vec![0.0; here.classes.len()];
        for (old, new) in class.iter().enumerate().filter(|(_, new)| **new != GONE) {
            start[*new as usize] += f64::from(prices[old]);
        }
        start.iter_mut().zip(&here.classes.first).for_each(|(l, w)| *l = l.clamp(0.0, *w as f64));
        let how = Descent { iterations: if round == 0 { 120 } else { 60 }, step: 0.6, patience: 8 };
        let mut looks = 0;
        let dual = descend(&here, start, known.target(), how, stop, |easy, _| {
            looks += 1;
            if looks % 16 == 1 {
                improve(&here, easy, known);
            }
            known.target()
        });
        if dual.bound < known.target() {
            return;
        }
        let mut easy = Easy::default();
        easy.solve(&here, &dual.lambda);
        let (taken, dropped) = easy.decided(&here, known.target());
        // Back to the numbers of the root: both lists ascend.
        let root = |k: &u32| core.ids.binary_search(&here.ids[*k as usize]).ok().map(|at| at as u32);
        let settled = taken.len() + dropped.len();
        with.extend(taken.iter().filter_map(root));
        without.extend(dropped.iter().filter_map(root));
        let mut back = vec![0.0_f32; core.classes.len()];
        for (old, new) in class.iter().enumerate().filter(|(_, new)| **new != GONE) {
            let new = *new as usize;
            let share = core.classes.first[old] as f64 / here.classes.first[new].max(1) as f64;
            back[old] = (dual.lambda[new] * share) as f32;
        }
        prices = Rc::new(back);
        if settled * 5 > here.len() {
            continue;
        }
        let undecided =
            |k: &usize| taken.binary_search(&(*k as u32)).is_err() && dropped.binary_search(&(*k as u32)).is_err();
        let Some(pivot) = (0..here.len()).filter(undecided).min_by(|a, b| {
            let off = |k: usize| (dual.leaning[k] - 0.5).abs();
            off(*a).total_cmp(&off(*b)).then(a.cmp(b))
        }) else {
            continue;
        };
        let Some(pivot) = root(&(pivot as u32)) else { return };
        let bound = dual.bound.min(upper);
        let mut half = |with: Vec<u32>, without: Vec<u32>| {
            *number += 1;
            open.push(Part { bound, number: *number, with, without, lambda: prices.clone() });
        };
        half(with.clone(), [&without[..], &[pivot]].concat());
        half([&with[..], &[pivot]].concat(), without);
        return;
    }
    // Eight rounds that each settled a fifth and still something is open: split later, at the top of the heap.
    *number += 1;
    open.push(Part { bound: upper, number: *number, with, without, lambda: prices });
}

fn affordable(core: &Core, with: &[u32]) -> bool {
    match core.limit {
        Limit::Sites(p) => with.len() <= p,
        Limit::Budget(b) => with.iter().map(|k| core.cost[*k as usize]).sum::<u64>() <= b,
    }
}

/// The easier choice, made a true one.
pub(super) fn improve(core: &Core, easy: &Easy, known: &mut Incumbent) {
    let mut choice = Choice::of(core, &easy.chosen);
    choice.fill(|_| true);
    choice.exchange(3);
    known.offer_choice(core, &choice);
}
