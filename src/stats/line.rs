//! A line by ordinary least squares, with errors that may remember one another (Newey and West 1987).

/// A fitted line y = intercept + slope·x.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Value at x = 0.
    pub intercept: f64,
    /// Change of y for one unit of x.
    pub slope: f64,
    /// What the line leaves over, row by row.
    pub residuals: Vec<f64>,
    x: Vec<f64>,
    mean_x: f64,
    sum_of_squares: f64,
}

impl Line {
    /// Fits the line. `None` for fewer than three rows, an x that does not vary, or numbers that are not finite.
    pub fn fit(x: &[f64], y: &[f64]) -> Option<Self> {
        let n = x.len();
        if n != y.len() || n < 3 || !x.iter().chain(y).all(|v| v.is_finite()) {
            return None;
        }
        let mean = |v: &[f64]| v.iter().sum::<f64>() / n as f64;
        let (mean_x, mean_y) = (mean(x), mean(y));
        let sum_of_squares: f64 = x.iter().map(|v| (v - mean_x) * (v - mean_x)).sum();
        if sum_of_squares <= 1e-14 * x.iter().map(|v| v * v).sum::<f64>().max(f64::MIN_POSITIVE) {
            return None;
        }
        let products: f64 = x.iter().zip(y).map(|(a, b)| (a - mean_x) * (b - mean_y)).sum();
        let slope = products / sum_of_squares;
        let intercept = mean_y - slope * mean_x;
        let residuals = x.iter().zip(y).map(|(a, b)| b - intercept - slope * a).collect();
        Some(Self { intercept, slope, residuals, x: x.to_vec(), mean_x, sum_of_squares })
    }

    /// The value of the line at every row.
    pub fn fitted(&self) -> impl Iterator<Item = f64> {
        self.x.iter().map(|x| self.intercept + self.slope * x)
    }

    /// Standard error of the slope with Bartlett weights up to `lag`, times √(n / (n − 2)).
    pub fn newey_west(&self, lag: usize) -> f64 {
        let n = self.residuals.len();
        let scores: Vec<f64> = self.x.iter().zip(&self.residuals).map(|(x, e)| (x - self.mean_x) * e).collect();
        let covariance = |j: usize| scores[j..].iter().zip(&scores).map(|(a, b)| a * b).sum::<f64>();
        let spread = (1..=lag.min(n - 1))
            .map(|j| 2.0 * (1.0 - j as f64 / (lag as f64 + 1.0)) * covariance(j))
            .fold(covariance(0), |sum, part| sum + part);
        (spread.max(0.0) * n as f64 / (n as f64 - 2.0)).sqrt() / self.sum_of_squares
    }
}

/// The 97.5 % critical value for [`Line::newey_west`] when the lag is a fixed share of the series (Kiefer and
/// Vogelsang 2005, Bartlett).
pub fn fixed_b_critical(lag: usize, n: usize) -> f64 {
    let b = (lag as f64 + 1.0) / n as f64;
    1.96 + b * (2.9694 + b * (0.4160 - 0.5324 * b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_by_pencil_has_its_slope_and_leaves_nothing_over() {
        let line = Line::fit(&[0.0, 1.0, 2.0, 3.0], &[1.0, 3.0, 5.0, 7.0]).unwrap();
        assert_eq!((line.intercept, line.slope), (1.0, 2.0));
        assert!(line.residuals.iter().all(|e| e.abs() < 1e-15));
        assert_eq!(line.fitted().collect::<Vec<_>>(), [1.0, 3.0, 5.0, 7.0]);
    }

    /// x = −1, 0, 1 and y = 1, −2, 1: slope 0, residuals 1, −2, 1, scores −1, 0, 1; lag 0 gives √(2·3/1)/2.
    #[test]
    fn the_error_without_memory_is_the_one_by_pencil() {
        let line = Line::fit(&[-1.0, 0.0, 1.0], &[1.0, -2.0, 1.0]).unwrap();
        assert!((line.newey_west(0) - 6.0_f64.sqrt() / 2.0).abs() < 1e-15);
        assert!((fixed_b_critical(8, 51) - 2.494_040_911_866_477).abs() < 1e-12, "from the reference values");
    }

    #[test]
    fn what_cannot_be_fitted_is_none() {
        assert_eq!(Line::fit(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), None);
        assert_eq!(Line::fit(&[1.0, 2.0], &[1.0, 2.0]), None);
        assert_eq!(Line::fit(&[1.0, 2.0, f64::NAN], &[1.0, 2.0, 3.0]), None);
    }
}
