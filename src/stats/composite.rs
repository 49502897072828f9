//! One number out of several: components made comparable, weighted, added up.
//!
//! A component that is not known for everybody, or that does not vary, takes no part, and its weight goes to the others
//! in proportion.

use super::order::{ranks_descending, robust_z};

/// Robust scores are clipped here, so that one outlier does not decide everything.
const CLIP: f64 = 3.0;

/// How values are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// (value − median) / (1.4826 · median absolute deviation), within ±3.
    Robust,
    /// By rank alone, from 1 for the largest value to −1 for the smallest.
    Rank,
}

/// Comparable values by component, and the weights of those that take part, which add up to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparable<const N: usize> {
    /// By component: one value for each row; `None` for a component that takes no part.
    pub z: [Option<Vec<f64>>; N],
    /// Weights that are used.
    pub weights: [f64; N],
}

impl<const N: usize> Comparable<N> {
    /// Makes rows of components comparable. `None` when no component with a weight takes part.
    pub fn new(observed: &[[Option<f64>; N]], weights: &[f64; N], scale: Scale) -> Option<Self> {
        let z: [Option<Vec<f64>>; N] = std::array::from_fn(|c| {
            let values = observed.iter().map(|row| row[c]).collect::<Option<Vec<f64>>>()?;
            scaled(&values, scale).filter(|_| weights[c] > 0.0)
        });
        let total: f64 = z.iter().zip(weights).filter(|(z, _)| z.is_some()).map(|(_, w)| w).sum();
        let used = std::array::from_fn(|c| if z[c].is_some() { weights[c] / total } else { 0.0 });
        (total > 0.0).then_some(Self { z, weights: used })
    }

    /// 50 + 10 · Σ weight · z for each row.
    pub fn indices(&self) -> Vec<f64> {
        let rows = self.z.iter().flatten().map(Vec::len).next().unwrap_or(0);
        let sum =
            |at: usize| self.z.iter().zip(self.weights).filter_map(|(z, w)| z.as_ref().map(|z| w * z[at])).sum::<f64>();
        (0..rows).map(|at| 50.0 + 10.0 * sum(at)).collect()
    }

    /// The same without one component.
    #[must_use]
    pub fn without(&self, component: usize) -> Self {
        let mut without = self.clone();
        without.z[component] = None;
        without
    }
}

fn scaled(values: &[f64], scale: Scale) -> Option<Vec<f64>> {
    match scale {
        Scale::Robust => robust_z(values, CLIP),
        Scale::Rank => {
            // Equal values say nothing about an order.
            let varies = values.iter().any(|value| *value != values[0]);
            let steps = values.len().saturating_sub(1).max(1) as f64;
            let score = |rank: usize| 1.0 - 2.0 * (rank - 1) as f64 / steps;
            varies.then(|| ranks_descending(values).into_iter().map(score).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_is_the_weighted_sum_by_pencil_and_an_unknown_component_gives_its_weight_away() {
        // Both known components have the robust scores −0.6745, 0, 0.6745 and their mirror.
        let rows =
            [[Some(1.0), Some(30.0), None], [Some(2.0), Some(20.0), Some(1.0)], [Some(3.0), Some(10.0), Some(2.0)]];
        let found = Comparable::new(&rows, &[0.6, 0.2, 0.2], Scale::Robust).unwrap();
        assert_eq!(found.z[2], None);
        assert!((found.weights[0] - 0.75).abs() < 1e-15 && found.weights[2] == 0.0);
        let z = 1.0 / 1.482_602_218_5;
        let index = found.indices();
        assert!((index[2] - (50.0 + 10.0 * (0.75 * z - 0.25 * z))).abs() < 1e-12, "{index:?}");
        assert!((found.without(1).indices()[2] - (50.0 + 7.5 * z)).abs() < 1e-12);
    }

    #[test]
    fn by_rank_the_largest_is_one_and_equal_values_take_no_part() {
        let rows = [[Some(5.0), Some(1.0)], [Some(500.0), Some(1.0)], [Some(6.0), Some(1.0)]];
        let found = Comparable::new(&rows, &[0.5, 0.5], Scale::Rank).unwrap();
        assert_eq!(found.z, [Some(vec![-1.0, 1.0, 0.0]), None]);
        assert_eq!(Comparable::new(&rows, &[0.0, 1.0], Scale::Rank), None);
    }
}
