//! Poisson pseudo-maximum likelihood for the same panels as [`super::panel`], zeros included (Santos Silva and Tenreyro
//! 2006): E y(cell, day) = effect(cell) · exp(Xᵗ(day)·b).
//!
//! The effect of a cell follows from b alone, because its fitted sum must equal its observed sum. What remains are
//! Newton steps on b.

use super::linear::Symmetric;

/// A fitted panel of counts or amounts.
#[derive(Debug, Clone, PartialEq)]
pub struct PoissonFit {
    /// Values that took part; cells in which every value is zero say nothing and are left out.
    pub n: usize,
    /// Cells that took part.
    pub cells: usize,
    /// Coefficients in the order of the columns.
    pub slopes: Vec<f64>,
    /// Variance of each coefficient, clustered by cell, without any small-sample correction.
    pub variances: Vec<f64>,
}

/// Newton steps until the coefficients stand still; more than that means that they run away.
const MOST_STEPS: usize = 50;
const STILL: f64 = 1e-13;

/// Fits the panel. `design` has one row a day, `cells` one value a day, NaN where there is none. `None` when the columns
/// depend on one another or the coefficients run away.
pub fn fit(design: &[Vec<f64>], cells: &[Vec<f64>]) -> Option<PoissonFit> {
    let k = design.first()?.len();
    let cells: Vec<Cell> = cells.iter().filter_map(|values| Cell::of(values)).collect();
    let mut slopes = vec![0.0; k];
    for _ in 0..MOST_STEPS {
        let (hessian, score, _) = derivatives(design, &cells, &slopes, false);
        let step = hessian.inverse()?.times(&score);
        slopes.iter_mut().zip(&step).for_each(|(b, s)| *b += s);
        if step.iter().all(|s| s.abs() < STILL) {
            let (hessian, _, meat) = derivatives(design, &cells, &slopes, true);
            let inverse = hessian.inverse()?;
            let variances =
                (0..k).map(|i| meat.quadratic(&(0..k).map(|j| inverse.get(i, j)).collect::<Vec<_>>())).collect();
            return Some(PoissonFit {
                n: cells.iter().map(|c| c.observed.len()).sum(),
                cells: cells.len(),
                slopes,
                variances,
            });
        }
        if !slopes.iter().all(|b| b.is_finite() && b.abs() < 1e3) {
            return None;
        }
    }
    None
}

struct Cell {
    observed: Vec<(usize, f64)>,
    total: f64,
}

impl Cell {
    fn of(values: &[f64]) -> Option<Self> {
        let observed: Vec<(usize, f64)> = values.iter().copied().enumerate().filter(|(_, v)| !v.is_nan()).collect();
        let total = observed.iter().map(|(_, v)| v).sum();
        (total > 0.0).then_some(Self { observed, total })
    }
}

/// Second derivative with the sign turned, first derivative, and on request the sum of outer products of the cells'.
fn derivatives(
    design: &[Vec<f64>],
    cells: &[Cell],
    slopes: &[f64],
    with_meat: bool,
) -> (Symmetric, Vec<f64>, Symmetric) {
    let k = slopes.len();
    let relative: Vec<f64> =
        design.iter().map(|row| row.iter().zip(slopes).map(|(x, b)| x * b).sum::<f64>().exp()).collect();
    let (mut hessian, mut meat) = (Symmetric::zero(k), Symmetric::zero(k));
    let mut score = vec![0.0; k];
    for cell in cells {
        let all: f64 = cell.observed.iter().map(|(day, _)| relative[*day]).sum();
        let mut mean = vec![0.0; k];
        let mut mine = vec![0.0; k];
        for (day, value) in &cell.observed {
            let share = relative[*day] / all;
            for ((m, s), x) in mean.iter_mut().zip(&mut mine).zip(&design[*day]) {
                *m += share * x;
                *s += value * x;
            }
            hessian.add_outer(&design[*day], cell.total * share);
        }
        hessian.add_outer(&mean, -cell.total);
        mine.iter_mut().zip(&mean).for_each(|(s, m)| *s -= cell.total * m);
        score.iter_mut().zip(&mine).for_each(|(sum, s)| *sum += s);
        if with_meat {
            meat.add_outer(&mine, 1.0);
        }
    }
    (hessian, score, meat)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice and four times as much on the second day: one slope for both is log(total₂ / total₁) = log(14 / 4).
    #[test]
    fn one_dummy_has_the_ratio_of_the_totals() {
        let design = [vec![0.0], vec![1.0]];
        let found = fit(&design, &[vec![1.0, 2.0], vec![3.0, 12.0], vec![0.0, 0.0]]).unwrap();
        assert_eq!((found.n, found.cells), (4, 2));
        assert!((found.slopes[0] - 3.5_f64.ln()).abs() < 1e-12);
        // Scores: 2 − 3·14/18 and 12 − 15·14/18, equal but for the sign; second derivative 18·(14/18)·(4/18).
        let (score, hessian) = (2.0 - 3.0 * 14.0 / 18.0, 18.0 * 14.0 / 18.0 * 4.0 / 18.0);
        assert!((found.variances[0] - 2.0 * score * score / (hessian * hessian)).abs() < 1e-12);
    }

    #[test]
    fn a_day_on_which_nobody_sells_anything_has_no_finite_coefficient() {
        assert_eq!(fit(&[vec![0.0], vec![1.0]], &[vec![1.0, 0.0], vec![2.0, 0.0]]), None);
    }
}
