//! Least squares for a panel whose regressors vary by day only: one pass over the values of every cell.
//!
//! log y(cell, day) = effect(cell) + Xᵗ(day)·b + e. Because X is the same for all cells, the matrix of a cell that is
//! observed every day is the same as that of any other such cell; a gap takes the rows of the missing days off again.
//! Every cell then needs one product of its values with X, and no large system is ever solved. Standard errors are
//! clustered by cell: (X'X)⁻¹ · Σ s·sᵗ · (X'X)⁻¹ with s the score of a cell. They treat cells as strangers to one another, so they
//! are far too small when a common shock moves all (it is the comparison, not the headline).

use super::linear::Symmetric;

/// Regressors by day.
#[derive(Debug, Clone)]
pub struct Design {
    columns: usize,
    /// Day by day.
    rows: Vec<f64>,
}

impl Design {
    /// From one row of regressors a day. `None` for rows of different lengths.
    pub fn new(rows: &[Vec<f64>]) -> Option<Self> {
        let columns = rows.first()?.len();
        let flat: Vec<f64> = rows.iter().flatten().copied().collect();
        (flat.len() == columns * rows.len() && columns > 0).then_some(Self { columns, rows: flat })
    }

    fn row(&self, day: usize) -> &[f64] {
        &self.rows[day * self.columns..(day + 1) * self.columns]
    }
}

/// A fitted panel.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelFit {
    /// Values that took part.
    pub n: usize,
    /// Cells that took part.
    pub cells: usize,
    /// Coefficients in the order of the columns.
    pub slopes: Vec<f64>,
    /// Variance of each coefficient, clustered by cell, without any small-sample correction.
    pub variances: Vec<f64>,
    /// X'X after the effects of the cells are taken out.
    pub cross_products: Symmetric,
}

/// Fits the panel. `cells` hold one value a day, NaN where there is none. `None` when the columns depend on one
/// another.
pub fn fit(design: &Design, cells: &[Vec<f64>]) -> Option<PanelFit> {
    let k = design.columns;
    let days = design.rows.len() / k;
    let mut full = Symmetric::zero(k);
    let mut full_sum = vec![0.0; k];
    for day in 0..days {
        full.add_outer(design.row(day), 1.0);
        full_sum.iter_mut().zip(design.row(day)).for_each(|(sum, x)| *sum += x);
    }
    let (mut cross, mut product) = (Symmetric::zero(k), vec![0.0; k]);
    let mut moments = Vec::with_capacity(cells.len());
    for values in cells {
        let Some(cell) = Moments::of(design, values, &full, &full_sum) else { continue };
        cross.add(&cell.cross);
        product.iter_mut().zip(&cell.product).for_each(|(sum, p)| *sum += p);
        moments.push(cell);
    }
    let inverse = cross.inverse()?;
    let slopes = inverse.times(&product);
    // The score of a cell is X'(y − Xb): its product minus its matrix times b. No second pass over the values.
    let mut meat = Symmetric::zero(k);
    for cell in &moments {
        let explained = cell.cross.times(&slopes);
        let score: Vec<f64> = cell.product.iter().zip(explained).map(|(p, e)| p - e).collect();
        meat.add_outer(&score, 1.0);
    }
    let variances = (0..k)
        .map(|i| {
            let row: Vec<f64> = (0..k).map(|j| inverse.get(i, j)).collect();
            meat.quadratic(&row)
        })
        .collect();
    Some(PanelFit {
        n: moments.iter().map(|c| c.n).sum(),
        cells: moments.len(),
        slopes,
        variances,
        cross_products: cross,
    })
}

/// X'X and X'y of one cell, both after taking out its mean.
struct Moments {
    n: usize,
    cross: Symmetric,
    product: Vec<f64>,
}

impl Moments {
    fn of(design: &Design, values: &[f64], full: &Symmetric, full_sum: &[f64]) -> Option<Self> {
        let k = design.columns;
        let (mut n, mut total) = (0_usize, 0.0);
        let mut product = vec![0.0; k];
        let mut absent = Vec::new();
        for (day, value) in values.iter().enumerate() {
            if value.is_nan() {
                absent.push(day);
                continue;
            }
            n += 1;
            total += value;
            product.iter_mut().zip(design.row(day)).for_each(|(sum, x)| *sum += x * value);
        }
        if n == 0 {
            return None;
        }
        let mut cross = full.clone();
        let mut sum = full_sum.to_vec();
        for day in absent {
            cross.add_outer(design.row(day), -1.0);
            sum.iter_mut().zip(design.row(day)).for_each(|(s, x)| *s -= x);
        }
        cross.add_outer(&sum, -1.0 / n as f64);
        let mean = total / n as f64;
        product.iter_mut().zip(&sum).for_each(|(p, s)| *p -= s * mean);
        Some(Self { n, cross, product })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two cells, y = effect + 2·x without error: the slope is 2 whatever the effects and the gaps.
    #[test]
    fn a_slope_without_error_is_found_in_spite_of_effects_and_gaps() {
        let design = Design::new(&[vec![0.0], vec![1.0], vec![3.0], vec![4.0]]).unwrap();
        let cells = vec![vec![5.0, 7.0, 11.0, 13.0], vec![-1.0, f64::NAN, 5.0, 7.0], vec![f64::NAN; 4]];
        let found = fit(&design, &cells).unwrap();
        assert_eq!((found.n, found.cells), (7, 2));
        assert!((found.slopes[0] - 2.0).abs() < 1e-14);
        assert!(found.variances[0].abs() < 1e-25);
    }

    /// One regressor, two cells of two days: slopes 1 and 3 within, mean 2; scores ∓½, X'X = 1, variance ½.
    #[test]
    fn the_clustered_variance_is_the_one_by_pencil() {
        let design = Design::new(&[vec![0.0], vec![1.0]]).unwrap();
        let found = fit(&design, &[vec![0.0, 1.0], vec![0.0, 3.0]]).unwrap();
        assert!((found.slopes[0] - 2.0).abs() < 1e-15);
        assert!((found.variances[0] - 0.5).abs() < 1e-15);
    }

    #[test]
    fn columns_that_say_the_same_cannot_be_fitted() {
        let design = Design::new(&[vec![0.0, 0.0], vec![1.0, 2.0], vec![2.0, 4.0]]).unwrap();
        assert_eq!(fit(&design, &[vec![1.0, 2.0, 3.0]]), None);
        assert!(Design::new(&[vec![1.0], vec![1.0, 2.0]]).is_none());
    }
}
