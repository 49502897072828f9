//! Demand points that the same candidates cover are one class: thousands of points become hundreds, and no sum changes.

use super::lists::Lists;

/// Classes of demand: their weights and who covers them, both ways round.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    /// Weight of each class when one site covers it.
    pub(super) first: Vec<u64>,
    /// What a second site adds to it; at most as much as the first.
    pub(super) second: Vec<u64>,
    /// Candidates that cover a class, in order.
    pub(super) covering: Lists,
    /// Classes that a candidate covers, in order.
    pub(super) of_candidate: Lists,
}

/// Gathers points by the set of candidates that cover them.
#[derive(Debug)]
pub(super) struct Merger {
    /// Open addressing: number of a class plus one, or 0.
    table: Vec<u32>,
    hashes: Vec<u64>,
    first: Vec<u64>,
    second: Vec<u64>,
    covering: Lists,
}

impl Merger {
    pub(super) fn new() -> Self {
        Self {
            table: vec![0; 1 << 10],
            hashes: Vec::new(),
            first: Vec::new(),
            second: Vec::new(),
            covering: Lists::new(),
        }
    }

    /// Adds demand that `set` (in order) covers and returns its class for now. Demand without weight, or that nobody
    /// covers, is left out: no choice changes it.
    pub(super) fn add(&mut self, set: &[u32], first: u64, second: u64) -> Option<u32> {
        if set.is_empty() || (first == 0 && second == 0) {
            return None;
        }
        let hash = hash(set);
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        while self.table[slot] != 0 {
            let class = self.table[slot] as usize - 1;
            if self.hashes[class] == hash && self.covering.of(class) == set {
                self.first[class] += first;
                self.second[class] += second;
                return Some(class as u32);
            }
            slot = (slot + 1) & mask;
        }
        let class = self.hashes.len() as u32;
        self.table[slot] = class + 1;
        self.hashes.push(hash);
        self.first.push(first);
        self.second.push(second);
        self.covering.push(set.iter().copied());
        if self.hashes.len() * 2 > self.table.len() {
            self.grow();
        }
        Some(class)
    }

    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        self.table = vec![0; mask + 1];
        for (class, hash) in (1_u32..).zip(&self.hashes) {
            let mut slot = *hash as usize & mask;
            while self.table[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.table[slot] = class;
        }
    }

    /// The classes in an order that does not depend on the order of the points, and for each class as `add` named it
    /// its final number.
    pub(super) fn finish(self, candidates: usize) -> (Classes, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.hashes.len() as u32).collect();
        let set = |class: u32| self.covering.of(class as usize);
        // Two sets of one hash are told apart by what they hold.
        order.sort_unstable_by(|a, b| {
            let key = |class: u32| (set(class).first(), self.hashes[class as usize]);
            key(*a).cmp(&key(*b)).then_with(|| set(*a).cmp(set(*b)))
        });
        let mut names = vec![0; order.len()];
        let mut covering = Lists::with_capacity(order.len(), self.covering.items());
        for (name, class) in (0_u32..).zip(&order) {
            names[*class as usize] = name;
            covering.push(set(*class).iter().copied());
        }
        let in_order = |weights: &[u64]| order.iter().map(|class| weights[*class as usize]).collect();
        let of_candidate = covering.turned(candidates);
        let classes = Classes { first: in_order(&self.first), second: in_order(&self.second), covering, of_candidate };
        (classes, names)
    }
}

impl Classes {
    /// Number of classes.
    pub fn len(&self) -> usize {
        self.first.len()
    }

    /// What one site more adds to a class that `sites` sites cover.
    pub fn step(&self, class: usize, sites: u32) -> u64 {
        match sites {
            0 => self.first[class],
            1 => self.second[class],
            _ => 0,
        }
    }

    /// Classes that a candidate covers.
    pub fn of(&self, candidate: usize) -> &[u32] {
        self.of_candidate.of(candidate)
    }
}

fn hash(set: &[u32]) -> u64 {
    let mixed = set
        .iter()
        .fold(set.len() as u64, |h, item| (h.rotate_left(5) ^ u64::from(*item)).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mixed ^ (mixed >> 29)
}
