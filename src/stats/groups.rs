//! Two groups compared: an interval that does not assume equal spread, and a p value that assumes nothing but that the
//! groups were drawn by lot.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::splitmix::SplitMix64;

/// Difference of two means.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Mean of the first group minus that of the second.
    pub point: f64,
    /// Standard error.
    pub se: f64,
    /// Degrees of freedom (Welch and Satterthwaite).
    pub df: f64,
    /// 95 % interval.
    pub ci95: (f64, f64),
}

/// Welch's comparison (1947). `None` when a group has fewer than two members or nothing varies.
pub fn welch(first: &[f64], second: &[f64]) -> Option<Difference> {
    let describe = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
        (mean, variance / n, n)
    };
    if first.len() < 2 || second.len() < 2 || !first.iter().chain(second).all(|v| v.is_finite()) {
        return None;
    }
    let ((mean_a, var_a, n_a), (mean_b, var_b, n_b)) = (describe(first), describe(second));
    let variance = var_a + var_b;
    if variance <= 0.0 {
        return None;
    }
    let df = variance * variance / (var_a * var_a / (n_a - 1.0) + var_b * var_b / (n_b - 1.0));
    let reach = StudentsT::new(0.0, 1.0, df).ok()?.inverse_cdf(0.975) * variance.sqrt();
    let point = mean_a - mean_b;
    Some(Difference { point, se: variance.sqrt(), df, ci95: (point - reach, point + reach) })
}

/// How likely so large a difference is when the groups are drawn by lot.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Randomisation {
    /// Share of assignments whose difference is at least as large, the one that happened included.
    pub p: f64,
    /// Assignments that were looked at.
    pub assignments: u64,
    /// All there are were looked at; otherwise a sample was drawn.
    pub exact: bool,
}

/// Assignments up to which all are looked at.
const MOST_EXACT: u64 = 1_000_000;
/// Assignments that are drawn when there are more.
const DRAWN: u64 = 99_999;

/// Two-sided randomisation test of the difference of means. `None` when a group is empty.
pub fn randomisation(values: &[f64], treated: &[bool]) -> Option<Randomisation> {
    let n = values.len();
    let k = treated.iter().filter(|t| **t).count();
    if k == 0 || k == n || n != treated.len() {
        return None;
    }
    let total: f64 = values.iter().sum();
    let difference = |sum: f64| (sum / k as f64 - (total - sum) / (n - k) as f64).abs();
    let mine: f64 = values.iter().zip(treated).filter(|(_, t)| **t).map(|(v, _)| v).sum();
    // Another order of summing may move the last bits of an equal difference.
    let least = difference(mine) * (1.0 - 1e-12);
    match binomial(n as u64, k as u64).filter(|all| *all <= MOST_EXACT) {
        Some(all) => {
            let mut chosen: Vec<usize> = (0..k).collect();
            let mut extreme = 0_u64;
            loop {
                extreme += u64::from(difference(chosen.iter().map(|at| values[*at]).sum()) >= least);
                if !next_combination(&mut chosen, n) {
                    break;
                }
            }
            Some(Randomisation { p: extreme as f64 / all as f64, assignments: all, exact: true })
        }
        None => {
            let mut random = SplitMix64::new(0);
            let mut shuffled = values.to_vec();
            let extreme = (0..DRAWN)
                .filter(|_| {
                    (0..k).for_each(|i| shuffled.swap(i, i + random.below(n - i)));
                    difference(shuffled[..k].iter().sum()) >= least
                })
                .count() as u64;
            Some(Randomisation { p: (extreme + 1) as f64 / (DRAWN + 1) as f64, assignments: DRAWN, exact: false })
        }
    }
}

/// Number of ways to choose k of n; `None` beyond 64 bits.
pub fn binomial(n: u64, k: u64) -> Option<u64> {
    (0..k.min(n.checked_sub(k)?)).try_fold(1_u64, |ways, i| ways.checked_mul(n - i).map(|w| w / (i + 1)))
}

/// The next combination in lexicographic order; false after the last.
pub fn next_combination(chosen: &mut [usize], n: usize) -> bool {
    let k = chosen.len();
    let Some(at) = (0..k).rev().find(|at| chosen[*at] < n - k + *at) else { return false };
    chosen[at] += 1;
    for next in at + 1..k {
        chosen[next] = chosen[next - 1] + 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups 1, 2, 3 and 2, 4, 6: means 2 and 4, variances of the means 1/3 and 4/3, df = (5/3)² / ((1/9 + 16/9)/2).
    #[test]
    fn welch_is_the_one_by_pencil() {
        let found = welch(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]).unwrap();
        assert!((found.point + 2.0).abs() < 1e-15);
        assert!((found.se - (5.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        assert!((found.df - 50.0 / 17.0).abs() < 1e-12);
        assert_eq!(welch(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(welch(&[1.0, 1.0], &[2.0, 2.0]), None);
    }

    /// Of the six ways to treat two of four, {3, 4} and {1, 2} are as far apart as what happened.
    #[test]
    fn an_exact_p_counts_the_assignments() {
        let found = randomisation(&[1.0, 2.0, 3.0, 4.0], &[false, false, true, true]).unwrap();
        assert_eq!(found, Randomisation { p: 2.0 / 6.0, assignments: 6, exact: true });
        assert_eq!(randomisation(&[1.0, 2.0], &[true, true]), None);
    }

    #[test]
    fn too_many_assignments_are_sampled_and_it_says_so() {
        let values: Vec<f64> = (0..60).map(f64::from).collect();
        let treated: Vec<bool> = (0..60).map(|i| i >= 30).collect();
        let found = randomisation(&values, &treated).unwrap();
        assert!(!found.exact && found.p == 1.0 / 100_000.0, "{found:?}");
    }

    #[test]
    fn combinations_are_all_and_each_once() {
        let mut chosen = vec![0, 1, 2];
        let mut seen = std::collections::BTreeSet::from([chosen.clone()]);
        while next_combination(&mut chosen, 6) {
            assert!(seen.insert(chosen.clone()));
        }
        assert_eq!(seen.len() as u64, binomial(6, 3).unwrap());
        assert_eq!(binomial(20, 6), Some(38_760));
    }
}
