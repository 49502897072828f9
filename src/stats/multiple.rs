//! Many tests at once: how many of the findings may be false (Benjamini and Hochberg 1995).

/// Adjusted p values in the order of the given ones: reject those up to q, and on average at most a share q of the
/// rejected are false.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![0.0; p.len()];
    let mut least = 1.0_f64;
    for (rank, at) in order.iter().enumerate().rev() {
        least = least.min(p[*at] * p.len() as f64 / (rank as f64 + 1.0));
        adjusted[*at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four tests by pencil: 0.01·4/1, min(0.02·4/2, …), 0.03·4/3, 0.5.
    #[test]
    fn adjusted_values_are_those_by_pencil_and_keep_the_order() {
        let found = benjamini_hochberg(&[0.5, 0.01, 0.03, 0.02]);
        let expected = [0.5, 0.04, 0.04, 0.04];
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-15), "{found:?}");
        assert_eq!(benjamini_hochberg(&[]), Vec::<f64>::new());
    }
}
