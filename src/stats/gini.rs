//! How unequal are shares? The Gini coefficient.

/// Mean difference of all pairs over twice the mean: 0 when all are equal, near 1 when one has everything. `None` of
/// nothing, of numbers below 0, and where all are 0.
///
/// One of four has everything: of 16 pairs 6 differ by 1, 6/16 over twice a quarter is 0.75.
pub fn gini(values: &[f64]) -> Option<f64> {
    let (n, sum) = (values.len() as f64, values.iter().sum::<f64>());
    if values.iter().any(|value| !value.is_finite() || *value < 0.0) || sum <= 0.0 {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    // Of sorted values the k-th is larger than k - 1 and smaller than n - k others.
    let ranked: f64 = (1..).zip(&sorted).map(|(rank, value)| (2.0 * f64::from(rank) - n - 1.0) * value).sum();
    Some(ranked / (n * sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_shares_are_0_and_the_mean_difference_of_pairs_is_what_counts() {
        assert_eq!(gini(&[0.4, 0.4, 0.4]), Some(0.0));
        assert_eq!(gini(&[0.0, 1.0, 0.0, 0.0]), Some(0.75));
        // Two of four pairs differ by 0.5: a quarter, over twice a half.
        assert_eq!(gini(&[0.25, 0.75]), Some(0.25));
        assert_eq!([gini(&[]), gini(&[0.0, 0.0]), gini(&[-1.0, 2.0])], [None; 3]);
    }
}
