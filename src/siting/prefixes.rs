//! What no list of 1, 2, 3 ... sites can exceed.
//!
//! Prices that bound the best choice of p sites bound that of any other number as well: only the sum of the largest c_j
//! changes (see `dual`). So prices are walked down for a few numbers, and every prefix takes the least bound that any of
//! them gives.

use super::core::Core;
use super::dual::{Descent, descend, prefix_bounds as of_prices};
use super::greedy::ranked;
use super::{Limit, Problem, Rules};

/// Numbers of sites for which prices are walked down.
const ANCHORS: [usize; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/// Bounds for the first 1, 2, ... `most` sites, in the weight of the problem; shorter where there are fewer candidates.
pub fn prefix_bounds(problem: &Problem, most: usize, iterations: usize) -> Vec<u64> {
    let most = most.min(problem.candidates());
    let mut bounds = vec![problem.total(); most];
    let greedy = ranked(problem, Limit::Sites(most));
    let anchors = ANCHORS.into_iter().filter(|p| *p < most).chain([most]);
    for sites in anchors.filter(|p| *p > 0) {
        let limit = Limit::Sites(sites);
        let Ok((core, unit)) = Core::new(problem, limit, &Rules::default()) else { continue };
        let value: u64 = greedy.iter().take(sites).map(|step| step.gain).sum();
        let shares = core.classes.first.iter().enumerate();
        let lambda = shares.map(|(c, w)| *w as f64 / core.classes.covering.of(c).len().max(1) as f64).collect();
        let how = Descent { iterations, step: 1.0, patience: iterations / 60 + 2 };
        let target = (value / unit) as f64;
        let dual = descend(&core, lambda, target, how, &|| false, |_, _| target);
        for (best, bound) in bounds.iter_mut().zip(of_prices(&core, &dual.lambda, most)) {
            *best = (*best).min((bound.floor() as u64).saturating_mul(unit));
        }
    }
    bounds
}
