//! Intervals for counts and shares that hold also when there are few.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// 97.5 % quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % interval of Wilson (1927) for a share of `successes` in `n`. `None` when n is 0 or less than the successes.
pub fn wilson(successes: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 || successes > n {
        return None;
    }
    let (n, p) = (n as f64, successes as f64 / n as f64);
    let z2 = Z * Z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some(((centre - half).max(0.0), (centre + half).min(1.0)))
}

/// The exact 95 % interval of Garwood (1936) for the mean of a Poisson count.
pub fn garwood(count: u64) -> Option<(f64, f64)> {
    let half = |p: f64, freedom: u64| ChiSquared::new(freedom as f64).ok().map(|c| c.inverse_cdf(p) / 2.0);
    let lower = if count == 0 { 0.0 } else { half(0.025, 2 * count)? };
    let upper = half(0.975, 2 * count + 2)?;
    (lower.is_finite() && upper.is_finite()).then_some((lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    #[test]
    fn shares_have_the_published_intervals_of_wilson() {
        for (r, n, lower, upper) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (l, u) = wilson(r, n).unwrap();
            assert!((l - lower).abs() < 5e-5 && (u - upper).abs() < 5e-5, "{r} of {n}: {l} {u}");
        }
        assert_eq!(wilson(1, 0), None);
        assert_eq!(wilson(2, 1), None);
    }

    /// The usual table of exact Poisson limits: 0, 1, 5, 10 events.
    #[test]
    fn counts_have_the_published_exact_limits() {
        for (n, lower, upper) in [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390)] {
            let (l, u) = garwood(n).unwrap();
            assert!((l - lower).abs() < 1e-3 && (u - upper).abs() < 1e-3, "{n}: {l} {u}");
        }
    }
}
