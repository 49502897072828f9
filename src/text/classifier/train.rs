//! Learning the weights: a linear support vector machine with squared hinge loss, by dual coordinate descent.
//!
//! Minimise ½·‖w‖² + Σ Cᵢ·max(0, 1 − yᵢ·w·xᵢ)². Hsieh, Chang, Lin, Keerthi and Sundararajan, "A dual coordinate descent
//! method for large-scale linear SVM" (2008), algorithm 1. Only sums, products and one division take part, so the same
//! examples and seed give the same weights on every machine.

use super::features::Sparse;

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

/// Learns one weight for each of `size` places, in `rounds` passes over the examples. Before each pass `shuffle` brings
/// them into an order, which decides what little the weights depend on chance.
pub fn train(examples: &[Example], size: usize, rounds: usize, mut shuffle: impl FnMut(&mut [usize])) -> Vec<f32> {
    let mut weights = vec![0.0_f32; size];
    let mut dual = vec![0.0_f64; examples.len()];
    let squared: Vec<f64> = examples.iter().map(|e| e.vector.iter().map(|(_, v)| f64::from(v * v)).sum()).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..rounds {
        shuffle(&mut order);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Two points at +1 and −1 and cost C: minimise w²/2 + 2·C·(1 − w)², so w = 4C / (1 + 4C); for C = 0.5, ⅔.
    #[test]
    fn the_weight_of_two_points_is_that_by_pencil() {
        let (plus, minus) = (vec![(0, 1.0)], vec![(0, -1.0)]);
        let examples = [
            Example { vector: &plus, is_member: true, cost: 0.5 },
            Example { vector: &minus, is_member: false, cost: 0.5 },
        ];
        let weights = train(&examples, 1, 200, |_| {});
        assert!((f64::from(weights[0]) - 2.0 / 3.0).abs() < 1e-5, "{weights:?}");
        let turned = train(&examples, 1, 200, |order| order.reverse());
        assert!((turned[0] - weights[0]).abs() < 1e-5, "the order hardly matters");
    }

    #[test]
    fn a_mistake_that_costs_more_moves_the_weights_more() {
        let vector = vec![(0, 1.0)];
        let weight = |cost| train(&[Example { vector: &vector, is_member: true, cost }], 1, 100, |_| {})[0];
        // One point: w = 2C / (1 + 2C).
        assert!((weight(0.5) - 0.5).abs() < 1e-5 && (weight(2.0) - 0.8).abs() < 1e-5);
    }
}
