//! Ranks, and measures that a single outlier does not move.

/// The middle value; of an even number the mean of the two in the middle. `None` of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[half]),
        _ => Some((sorted[half - 1] + sorted[half]) / 2.0),
    }
}

/// Makes the median absolute deviation of normal values equal to their standard deviation: 1 / Φ⁻¹(3/4).
const NORMAL: f64 = 1.482_602_218_5;

/// (value − median) / (1.4826 · median absolute deviation), clipped to ±`clip`. `None` when most values are equal.
pub fn robust_z(values: &[f64], clip: f64) -> Option<Vec<f64>> {
    let middle = median(values)?;
    let deviations: Vec<f64> = values.iter().map(|v| (v - middle).abs()).collect();
    let scale = NORMAL * median(&deviations)?;
    (scale > 0.0).then(|| values.iter().map(|v| ((v - middle) / scale).clamp(-clip, clip)).collect())
}

/// Ranks from 1 for the largest value. Of equal values the one that stands first has the better rank.
pub fn ranks_descending(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    let mut ranks = vec![0; values.len()];
    order.into_iter().zip(1..).for_each(|(at, rank)| ranks[at] = rank);
    ranks
}

/// Kendall's tau of two rankings without ties: (pairs in the same order − pairs in opposite order) / all pairs.
/// `None` for fewer than two.
pub fn kendall_tau(a: &[usize], b: &[usize]) -> Option<f64> {
    let n = a.len().min(b.len());
    let pairs = n.checked_sub(1).filter(|m| *m > 0)? * n / 2;
    let agreement: i64 = (0..n)
        .flat_map(|i| (i + 1..n).map(move |j| (i, j)))
        .map(|(i, j)| if (a[i] < a[j]) == (b[i] < b[j]) { 1 } else { -1 })
        .sum();
    Some(agreement as f64 / pairs as f64)
}

/// The value at a share of a list: the smallest of which at least that share lies at or below. `None` of nothing.
pub fn quantile(values: &[usize], share: f64) -> Option<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_ranks_and_quantiles_are_those_by_pencil() {
        assert_eq!(
            (median(&[3.0, 1.0, 2.0]), median(&[4.0, 1.0, 2.0, 3.0]), median(&[])),
            (Some(2.0), Some(2.5), None)
        );
        assert_eq!(ranks_descending(&[1.0, 5.0, 5.0, 3.0]), [4, 1, 2, 3]);
        assert_eq!((quantile(&[5, 1, 4, 2, 3], 0.2), quantile(&[5, 1, 4, 2, 3], 0.21)), (Some(1), Some(2)));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn tau_is_one_for_the_same_order_and_minus_one_for_the_opposite() {
        assert_eq!(kendall_tau(&[1, 2, 3], &[1, 2, 3]), Some(1.0));
        assert_eq!(kendall_tau(&[1, 2, 3], &[3, 2, 1]), Some(-1.0));
        assert_eq!(kendall_tau(&[1, 2, 3], &[1, 3, 2]), Some(1.0 / 3.0));
        assert_eq!(kendall_tau(&[1], &[1]), None);
    }

    #[test]
    fn a_robust_z_clips_outliers_and_gives_up_on_equal_values() {
        let z = robust_z(&[1.0, 2.0, 3.0, 4.0, 100.0], 3.0).unwrap();
        assert_eq!((z[2], z[4]), (0.0, 3.0));
        assert!((z[3] - 1.0 / 1.482_602_218_5).abs() < 1e-15);
        assert_eq!(robust_z(&[1.0, 1.0, 1.0, 9.0], 3.0), None);
    }
}
