//! Learning the weights: a linear support vector machine with squared hinge loss, by dual coordinate descent.
//!
//! Minimise ½·‖w‖² + Σ Cᵢ·max(0, 1 − yᵢ·w·xᵢ)². Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent
//! method for large-scale linear SVM" (2008), algorithm 1. Only sums, products and one division take part, so the same
//! examples and seed give the same weights on every machine.

use super::features::Sparse;
use crate::stats::splitmix::SplitMix64;

/// One labelled example.
#[derive(Debug, Clone)]
pub struct Example<'a> {
    /// Its features.
    pub vector: &'a Sparse,
    /// Does it belong to the class?
    pub is_member: bool,
    /// How much a mistake on it costs.
    pub cost: f64,
}

/// Learns one weight for each of `size` places. `rounds` passes over the examples, in an order that `seed` shuffles.
pub fn train(examples: &[Example], size: usize, rounds: usize, seed: u64) -> Vec<f32> {
    let mut weights = vec![0.0_f32; size];
    let mut dual = vec![0.0_f64; examples.len()];
    let squared: Vec<f64> = examples.iter().map(|e| e.vector.iter().map(|(_, v)| f64::from(v * v)).sum()).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = SplitMix64::new(seed);
    for _ in 0..rounds {
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last + 1));
        }
        for at in &order {
            let example = &examples[*at];
            let sign = if example.is_member { 1.0 } else { -1.0 };
            let slack = 1.0 / (2.0 * example.cost);
            let gradient = sign * dot(&weights, example.vector) - 1.0 + dual[*at] * slack;
            let updated = (dual[*at] - gradient / (squared[*at] + slack)).max(0.0);
            let step = ((updated - dual[*at]) * sign) as f32;
            dual[*at] = updated;
            if step != 0.0 {
                for (place, value) in example.vector {
                    if let Some(weight) = weights.get_mut(*place as usize) {
                        *weight += step * value;
                    }
                }
            }
        }
    }
    weights
}

/// The scalar product.
pub fn dot(weights: &[f32], vector: &Sparse) -> f64 {
    vector.iter().map(|(place, value)| f64::from(weights.get(*place as usize).copied().unwrap_or(0.0) * value)).sum()
}
