//! Least squares for a panel whose regressors vary by day only: one pass over the values of every cell.
//!
//! log y(cell, day) = effect(cell) + Xᵗ(day)·b + e. Because X is the same for all cells, the matrix of a cell that is
//! observed every day is the same as that of any other such cell; a gap takes the rows of the missing days off again.
//! Every cell then needs one product of its values with X, and no large system is ever solved. Standard errors are
//! clustered by cell: (X'X)⁻¹ · Σ s·sᵗ · (X'X)⁻¹ with s the score of a cell. They treat cells as strangers to one
//! another, so they are far too small when a common shock moves all (it is the comparison, not the headline).

use super::linear::Symmetric;

/// Regressors by day. Most are effects of weeks and weekdays, zero on most days, so only the others are kept.
#[derive(Debug, Clone)]
pub struct Design {
    columns: usize,
    /// Column and value of what is not zero, day after day.
    entries: Vec<(usize, f64)>,
    /// Where the entries of each day begin, and where the last day's end.
    starts: Vec<usize>,
}

impl Design {
    /// From one row of regressors a day. `None` for rows of different lengths.
    pub fn new(rows: &[Vec<f64>]) -> Option<Self> {
        let columns = rows.first()?.len();
        if columns == 0 || rows.iter().any(|row| row.len() != columns) {
            return None;
        }
        let (mut entries, mut starts) = (Vec::new(), vec![0]);
        for row in rows {
            entries.extend(row.iter().copied().enumerate().filter(|(_, value)| *value != 0.0));
            starts.push(entries.len());
        }
        Some(Self { columns, entries, starts })
    }

    fn days(&self) -> usize {
        self.starts.len() - 1
    }

    /// Sums of the columns over all days.
    fn sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.columns];
        (0..self.days()).for_each(|day| add(&mut sums, self.row(day), 1.0));
        sums
    }

    fn row(&self, day: usize) -> &[(usize, f64)] {
        &self.entries[self.starts[day]..self.starts[day + 1]]
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
    let all_sums = design.sums();
    let cells: Vec<Cell> = cells.iter().filter_map(|values| Cell::of(design, values, &all_sums)).collect();
    let cross = cross_products(design, &cells, &all_sums);
    let mut product = vec![0.0; k];
    cells.iter().for_each(|cell| product.iter_mut().zip(&cell.product).for_each(|(sum, p)| *sum += p));
    let inverse = cross.inverse()?;
    let slopes = inverse.times(&product);
    // The score of a cell is X'(y − Xb): its product minus its matrix times b. No second pass over the values, and no
    // matrix of its own: that of all days times b, without the missing days.
    let fitted: Vec<f64> = (0..design.days()).map(|day| dot(design.row(day), &slopes)).collect();
    let mut explained_by_all = vec![0.0; k];
    (0..design.days()).for_each(|day| add(&mut explained_by_all, design.row(day), fitted[day]));
    let mut meat = Symmetric::zero(k);
    for cell in &cells {
        let mut explained = explained_by_all.clone();
        cell.absent.iter().for_each(|day| add(&mut explained, design.row(*day), -fitted[*day]));
        let sums = cell.sums(design, &all_sums);
        let mean = sums.iter().zip(&slopes).map(|(s, b)| s * b).sum::<f64>() / cell.n as f64;
        let score: Vec<f64> = (0..k).map(|i| cell.product[i] - (explained[i] - sums[i] * mean)).collect();
        meat.add_outer(&score, 1.0);
    }
    let variances = (0..k)
        .map(|i| {
            let row: Vec<f64> = (0..k).map(|j| inverse.get(i, j)).collect();
            meat.quadratic(&row)
        })
        .collect();
    Some(PanelFit { n: cells.iter().map(|c| c.n).sum(), cells: cells.len(), slopes, variances, cross_products: cross })
}

/// X'X over all cells after their means are taken out. A day counts as often as cells have it.
fn cross_products(design: &Design, cells: &[Cell], all_sums: &[f64]) -> Symmetric {
    let mut cells_with = vec![cells.len(); design.days()];
    cells.iter().flat_map(|cell| &cell.absent).for_each(|day| cells_with[*day] -= 1);
    let mut cross = Symmetric::zero(design.columns);
    cells_with.iter().enumerate().for_each(|(day, count)| cross.add_sparse_outer(design.row(day), *count as f64));
    let complete = cells.iter().filter(|cell| cell.absent.is_empty()).count() as f64;
    cross.add_outer(all_sums, -complete / design.days() as f64);
    for cell in cells.iter().filter(|cell| !cell.absent.is_empty()) {
        cross.add_outer(&cell.sums(design, all_sums), -1.0 / cell.n as f64);
    }
    cross
}

fn dot(row: &[(usize, f64)], vector: &[f64]) -> f64 {
    row.iter().map(|(column, x)| x * vector[*column]).sum()
}

fn add(to: &mut [f64], row: &[(usize, f64)], weight: f64) {
    row.iter().for_each(|(column, x)| to[*column] += weight * x);
}

/// A cell: its missing days, and X'y after its mean is taken out.
struct Cell {
    n: usize,
    absent: Vec<usize>,
    product: Vec<f64>,
}

impl Cell {
    fn of(design: &Design, values: &[f64], all_sums: &[f64]) -> Option<Self> {
        let mut total = 0.0;
        let mut product = vec![0.0; design.columns];
        let mut absent = Vec::new();
        for (day, value) in values.iter().enumerate() {
            if value.is_nan() {
                absent.push(day);
                continue;
            }
            total += value;
            add(&mut product, design.row(day), *value);
        }
        let mut cell = Self { n: design.days() - absent.len(), absent, product };
        if cell.n == 0 {
            return None;
        }
        let mean = total / cell.n as f64;
        let sums = cell.sums(design, all_sums);
        cell.product.iter_mut().zip(sums).for_each(|(p, s)| *p -= s * mean);
        Some(cell)
    }

    /// Sums of the columns over its days.
    fn sums(&self, design: &Design, all: &[f64]) -> Vec<f64> {
        let mut sums = all.to_vec();
        self.absent.iter().for_each(|day| add(&mut sums, design.row(*day), -1.0));
        sums
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
