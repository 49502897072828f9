//! Do neighbours resemble one another? Global and local Moran, and Getis and Ord's G*.
//!
//! With fifteen areas no normal approximation holds, so the local p values are exact: every set of as many areas as
//! there are neighbours takes their place once. Areas are few, so a full table of neighbours is kept.

use super::groups::{binomial, next_combination};

/// Who borders on whom, by position; nobody borders on himself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbours(Vec<Vec<usize>>);

impl Neighbours {
    /// From pairs of positions below `n`, in either order.
    pub fn of_pairs(n: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut sets = vec![std::collections::BTreeSet::new(); n];
        for (a, b) in pairs.into_iter().filter(|(a, b)| a != b && *a < n && *b < n) {
            sets[a].insert(b);
            sets[b].insert(a);
        }
        Self(sets.into_iter().map(|set| set.into_iter().collect()).collect())
    }

    fn len(&self) -> usize {
        self.0.len()
    }
}

/// Global Moran's I with row-standardised weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moran {
    /// The statistic.
    pub i: f64,
    /// Its expectation when nothing depends on place.
    pub expected: f64,
    /// Its variance for normal values.
    pub variance_normal: f64,
    /// Its variance when the values are shuffled over the areas.
    pub variance_shuffled: f64,
}

/// Global Moran's I. `None` for fewer than four areas, equal values, or an area without a neighbour.
pub fn moran(values: &[f64], neighbours: &Neighbours) -> Option<Moran> {
    let n = values.len();
    let z = centred(values)?;
    if n < 4 || n != neighbours.len() || neighbours.0.iter().any(Vec::is_empty) {
        return None;
    }
    let nf = n as f64;
    let weight =
        |i: usize, j: usize| if neighbours.0[i].contains(&j) { 1.0 / neighbours.0[i].len() as f64 } else { 0.0 };
    let (m2, m4) = (z.iter().map(|v| v * v).sum::<f64>(), z.iter().map(|v| v.powi(4)).sum::<f64>());
    let lagged: f64 = (0..n).map(|i| z[i] * lag(&z, &neighbours.0[i])).sum();
    // With rows that sum to one the weights sum to n.
    let s0 = nf;
    let (mut s1, mut s2) = (0.0, 0.0);
    for i in 0..n {
        let (mut row, mut column) = (0.0, 0.0);
        for j in 0..n {
            s1 += (weight(i, j) + weight(j, i)).powi(2) / 2.0;
            row += weight(i, j);
            column += weight(j, i);
        }
        s2 += (row + column) * (row + column);
    }
    let expected = -1.0 / (nf - 1.0);
    let normal = (nf * nf * s1 - nf * s2 + 3.0 * s0 * s0) / (s0 * s0 * (nf * nf - 1.0)) - expected * expected;
    let kurtosis = (m4 / nf) / (m2 / nf).powi(2);
    let numerator = nf * ((nf * nf - 3.0 * nf + 3.0) * s1 - nf * s2 + 3.0 * s0 * s0)
        - kurtosis * ((nf * nf - nf) * s1 - 2.0 * nf * s2 + 6.0 * s0 * s0);
    let shuffled = numerator / ((nf - 1.0) * (nf - 2.0) * (nf - 3.0) * s0 * s0) - expected * expected;
    Some(Moran { i: nf / s0 * lagged / m2, expected, variance_normal: normal, variance_shuffled: shuffled })
}

/// How an area and its neighbours stand to the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quadrant {
    /// Both above.
    HighHigh,
    /// Below among those above.
    LowHigh,
    /// Both below.
    LowLow,
    /// Above among those below.
    HighLow,
}

/// Local Moran of one area, with exact p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Local {
    /// The statistic: (n − 1)·z·lag / Σz².
    pub i: f64,
    /// Neighbours.
    pub neighbours: usize,
    /// Where it stands.
    pub quadrant: Quadrant,
    /// Sets of other areas that were put in the neighbours' place.
    pub subsets: u64,
    /// Share of them at least as far out, on the nearer side.
    pub p_folded: f64,
    /// The same without those that are equal on the upper side, as esda counts.
    pub p_folded_upper_open: f64,
    /// Two-sided: twice the folded one, at most 1.
    pub p: f64,
}

/// Sets up to which p is exact; with more it is not computed at all.
const MOST_SUBSETS: u64 = 5_000_000;

/// Local Moran of every area. `None` under the conditions of [`moran`], or where an area has too many neighbours.
pub fn local_moran(values: &[f64], neighbours: &Neighbours) -> Option<Vec<Local>> {
    let n = values.len();
    let z = centred(values)?;
    if n < 4 || n != neighbours.len() {
        return None;
    }
    let squares: f64 = z.iter().map(|v| v * v).sum();
    (0..n)
        .map(|i| {
            let mine = &neighbours.0[i];
            let k = mine.len();
            let subsets = binomial(n as u64 - 1, k as u64).filter(|all| k > 0 && *all <= MOST_SUBSETS)?;
            let statistic = |lag: f64| (n as f64 - 1.0) * z[i] * lag / squares;
            let found = statistic(lag(&z, mine));
            let others: Vec<f64> = (0..n).filter(|j| *j != i).map(|j| z[j]).collect();
            let equal = 1e-12 * found.abs().max(1e-12);
            let (mut up, mut down) = (0_u64, 0_u64);
            let mut chosen: Vec<usize> = (0..k).collect();
            loop {
                let drawn = statistic(chosen.iter().map(|at| others[*at]).sum::<f64>() / k as f64);
                up += u64::from(drawn >= found - equal);
                down += u64::from(drawn <= found + equal);
                if !next_combination(&mut chosen, n - 1) {
                    break;
                }
            }
            let share = |count: u64| count as f64 / subsets as f64;
            let folded = share(up.min(down));
            Some(Local {
                i: found,
                neighbours: k,
                quadrant: match (z[i] > 0.0, lag(&z, mine) > 0.0) {
                    (true, true) => Quadrant::HighHigh,
                    (false, true) => Quadrant::LowHigh,
                    (false, false) => Quadrant::LowLow,
                    (true, false) => Quadrant::HighLow,
                },
                subsets,
                p_folded: folded,
                p_folded_upper_open: share(up.min(subsets - up)),
                p: (2.0 * folded).min(1.0),
            })
        })
        .collect()
}

/// Getis and Ord's G* as a standard score, each area among its own neighbours. Values must be positive. `None` under
/// the conditions of [`moran`].
pub fn getis_ord_star(values: &[f64], neighbours: &Neighbours) -> Option<Vec<f64>> {
    let n = values.len();
    if n != neighbours.len() || values.iter().any(|v| *v <= 0.0) {
        return None;
    }
    centred(values)?;
    let nf = n as f64;
    let mean = values.iter().sum::<f64>() / nf;
    let spread = (values.iter().map(|v| v * v).sum::<f64>() / nf - mean * mean).sqrt();
    Some(
        (0..n)
            .map(|i| {
                let w = neighbours.0[i].len() as f64 + 1.0;
                let sum = values[i] + neighbours.0[i].iter().map(|j| values[*j]).sum::<f64>();
                (sum - mean * w) / (spread * ((nf * w - w * w) / (nf - 1.0)).sqrt())
            })
            .collect(),
    )
}

fn centred(values: &[f64]) -> Option<Vec<f64>> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let z: Vec<f64> = values.iter().map(|v| v - mean).collect();
    (z.iter().all(|v| v.is_finite()) && z.iter().any(|v| *v != 0.0)).then_some(z)
}

fn lag(z: &[f64], neighbours: &[usize]) -> f64 {
    neighbours.iter().map(|j| z[*j]).sum::<f64>() / neighbours.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(n: usize) -> Neighbours {
        Neighbours::of_pairs(n, (0..n).map(|i| (i, (i + 1) % n)))
    }

    /// Four areas in a ring, 1, −1, 1, −1: every neighbour is the opposite, so I = −1.
    #[test]
    fn opposite_neighbours_give_minus_one() {
        let found = moran(&[1.0, -1.0, 1.0, -1.0], &ring(4)).unwrap();
        assert!((found.i + 1.0).abs() < 1e-15 && (found.expected + 1.0 / 3.0).abs() < 1e-15);
        let local = local_moran(&[1.0, -1.0, 1.0, -1.0], &ring(4)).unwrap();
        assert_eq!((local[0].quadrant, local[1].quadrant, local[0].subsets), (Quadrant::HighLow, Quadrant::LowHigh, 3));
        // Of the pairs among −1, 1, −1 one is (−1, −1), which is what happened.
        assert!((local[0].p_folded - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn equal_values_and_areas_alone_have_no_answer() {
        assert_eq!(moran(&[2.0; 5], &ring(5)), None);
        assert_eq!(moran(&[1.0, 2.0, 3.0, 4.0], &Neighbours::of_pairs(4, [(0, 1), (1, 2)])), None);
        assert_eq!(getis_ord_star(&[1.0, -2.0, 3.0, 4.0], &ring(4)), None);
    }
}
