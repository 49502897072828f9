//! Small symmetric systems of equations. Rows lie one after the other.

/// A symmetric matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Symmetric {
    size: usize,
    values: Vec<f64>,
}

impl Symmetric {
    /// All zero.
    pub fn zero(size: usize) -> Self {
        Self { size, values: vec![0.0; size * size] }
    }

    /// Rows and columns.
    pub fn size(&self) -> usize {
        self.size
    }

    /// One value.
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.size + column]
    }

    /// Adds `weight` · v · vᵗ.
    pub fn add_outer(&mut self, v: &[f64], weight: f64) {
        for (row, a) in v.iter().enumerate() {
            let scaled = a * weight;
            if scaled != 0.0 {
                let start = row * self.size;
                self.values[start..start + self.size].iter_mut().zip(v).for_each(|(sum, b)| *sum += scaled * b);
            }
        }
    }

    /// Adds `weight` · v · vᵗ of a vector that is given by its places that are not zero.
    pub fn add_sparse_outer(&mut self, v: &[(usize, f64)], weight: f64) {
        for (row, a) in v {
            for (column, b) in v {
                self.values[row * self.size + column] += weight * a * b;
            }
        }
    }

    /// Adds another matrix of the same size.
    pub fn add(&mut self, other: &Self) {
        self.values.iter_mut().zip(&other.values).for_each(|(sum, v)| *sum += v);
    }

    /// The inverse, by Cholesky. `None` when it is not positive definite.
    pub fn inverse(&self) -> Option<Self> {
        let n = self.size;
        let lower = self.cholesky()?;
        // Columns of the inverse of the lower factor; then L⁻ᵗ·L⁻¹.
        let mut inverse = vec![0.0; n * n];
        for column in 0..n {
            inverse[column * n + column] = 1.0 / lower[column * n + column];
            for row in column + 1..n {
                let sum: f64 = (column..row).map(|k| lower[row * n + k] * inverse[k * n + column]).sum();
                inverse[row * n + column] = -sum / lower[row * n + row];
            }
        }
        let mut product = Self::zero(n);
        for i in 0..n {
            for j in 0..=i {
                let sum: f64 = (i..n).map(|k| inverse[k * n + i] * inverse[k * n + j]).sum();
                product.values[i * n + j] = sum;
                product.values[j * n + i] = sum;
            }
        }
        Some(product)
    }

    fn cholesky(&self) -> Option<Vec<f64>> {
        let n = self.size;
        let mut lower = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let sum: f64 = self.get(i, j) - (0..j).map(|k| lower[i * n + k] * lower[j * n + k]).sum::<f64>();
                if i == j {
                    // Rounding leaves a column that is a sum of others a hair above zero.
                    if sum <= 1e-12 * self.get(i, i).abs() || !sum.is_finite() {
                        return None;
                    }
                    lower[i * n + i] = sum.sqrt();
                } else {
                    lower[i * n + j] = sum / lower[j * n + j];
                }
            }
        }
        Some(lower)
    }

    /// The product with a vector.
    pub fn times(&self, v: &[f64]) -> Vec<f64> {
        (0..self.size).map(|row| (0..self.size).map(|column| self.get(row, column) * v[column]).sum()).collect()
    }

    /// vᵗ · M · v.
    pub fn quadratic(&self, v: &[f64]) -> f64 {
        self.times(v).iter().zip(v).map(|(a, b)| a * b).sum()
    }

    /// The largest eigenvalue over the smallest, by Jacobi's rotations. `None` when it is not positive definite.
    pub fn condition(&self) -> Option<f64> {
        let n = self.size;
        let mut a = self.values.clone();
        for _sweep in 0..100 {
            let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i * n + j].powi(2)).sum();
            let diagonal: f64 = (0..n).map(|i| a[i * n + i].powi(2)).sum();
            if off <= 1e-30 * diagonal {
                break;
            }
            for p in 0..n {
                for q in p + 1..n {
                    rotate(&mut a, n, p, q);
                }
            }
        }
        let (low, high) = (0..n).map(|i| a[i * n + i]).fold((f64::INFINITY, 0.0_f64), |(l, h), v| (l.min(v), h.max(v)));
        (low > 0.0).then(|| high / low)
    }
}

fn rotate(a: &mut [f64], n: usize, p: usize, q: usize) {
    let apq = a[p * n + q];
    if apq == 0.0 {
        return;
    }
    let theta = (a[q * n + q] - a[p * n + p]) / (2.0 * apq);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let t = if theta == 0.0 { 1.0 } else { t };
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for k in 0..n {
        let (akp, akq) = (a[k * n + p], a[k * n + q]);
        a[k * n + p] = c * akp - s * akq;
        a[k * n + q] = s * akp + c * akq;
    }
    for k in 0..n {
        let (apk, aqk) = (a[p * n + k], a[q * n + k]);
        a[p * n + k] = c * apk - s * aqk;
        a[q * n + k] = s * apk + c * aqk;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: &[[f64; 2]]) -> Symmetric {
        let mut m = Symmetric::zero(2);
        rows.iter().for_each(|row| m.add_outer(row, 1.0));
        m
    }

    /// (1, 0) and (1, 1): the sum of outer products is [[2, 1], [1, 1]], its inverse [[1, −1], [−1, 2]].
    #[test]
    fn inverse_and_condition_are_those_by_pencil() {
        let m = matrix(&[[1.0, 0.0], [1.0, 1.0]]);
        let inverse = m.inverse().unwrap();
        for (at, expected) in [((0, 0), 1.0), ((0, 1), -1.0), ((1, 0), -1.0), ((1, 1), 2.0)] {
            assert!((inverse.get(at.0, at.1) - expected).abs() < 1e-14);
        }
        let root = 5.0_f64.sqrt();
        assert!((m.condition().unwrap() - (3.0 + root) / (3.0 - root)).abs() < 1e-12);
        assert_eq!(m.quadratic(&[1.0, 2.0]), 2.0 + 4.0 + 4.0);
    }

    #[test]
    fn columns_that_depend_on_one_another_have_no_inverse() {
        assert_eq!(matrix(&[[1.0, 2.0], [2.0, 4.0]]).inverse(), None);
    }

    proptest::proptest! {
        #[test]
        fn the_inverse_undoes_the_matrix(rows in proptest::collection::vec(proptest::array::uniform3(-10.0..10.0_f64), 8)) {
            let mut m = Symmetric::zero(3);
            rows.iter().for_each(|row| m.add_outer(row, 1.0));
            (0..3).for_each(|i| { let mut e = [0.0; 3]; e[i] = 1.0; m.add_outer(&e, 1.0); });
            let inverse = m.inverse().unwrap();
            let back = m.times(&inverse.times(&[1.0, 2.0, 3.0]));
            proptest::prop_assert!(back.iter().zip([1.0, 2.0, 3.0]).all(|(a, b)| (a - b).abs() < 1e-8), "{back:?}");
        }
    }
}
