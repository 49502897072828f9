//! Demand points that the same candidates cover are one class: thousands of points become hundreds, and no sum changes.

use std::collections::HashMap;

/// Classes of demand and, for each candidate, those that it covers.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    weights: Vec<u64>,
    by_candidate: Vec<Vec<usize>>,
    pairs: usize,
}

impl Classes {
    /// Merges (candidates in order, weight). Points that nobody covers or that weigh nothing
    /// are left out: no choice changes them.
    pub fn merge(points: impl Iterator<Item = (Vec<usize>, u64)>, candidates: usize) -> Self {
        let mut known = HashMap::<Vec<usize>, usize>::new();
        let mut classes = Self { weights: Vec::new(), by_candidate: vec![Vec::new(); candidates], pairs: 0 };
        for (set, weight) in points {
            classes.pairs += set.len();
            if set.is_empty() || weight == 0 {
                continue;
            }
            match known.get(&set) {
                Some(class) => classes.weights[*class] += weight,
                None => {
                    let class = classes.weights.len();
                    set.iter().for_each(|candidate| classes.by_candidate[*candidate].push(class));
                    classes.weights.push(weight);
                    known.insert(set, class);
                }
            }
        }
        classes
    }

    /// Pairs of a point and a candidate before merging.
    pub fn pairs(&self) -> usize {
        self.pairs
    }

    /// Number of classes.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Weight of a class.
    pub fn weight(&self, class: usize) -> u64 {
        self.weights[class]
    }

    /// Classes that a candidate covers.
    pub fn of(&self, candidate: usize) -> &[usize] {
        self.by_candidate.get(candidate).map_or(&[], Vec::as_slice)
    }
}
