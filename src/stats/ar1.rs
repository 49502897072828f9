//! A line through a time series whose errors remember the week before.
//!
//! y = a + b·x + e with e an AR(1) process of unknown autocorrelation ρ. Ordinary standard errors treat every week as
//! news and are far too short. Choosing one ρ and forgetting that it was chosen is too short as well. So ρ runs over a
//! grid, each value is weighted by its restricted likelihood, and the interval is that of the mixture:
//!
//! 1. Prais–Winsten: each row minus ρ times the row before, the first row times √(1 − ρ²).
//! 2. Least squares give b(ρ), its standard error with s² = RSS / (n − 2), and
//!    log L(ρ) = −(n − 2)/2·log RSS + ½·log(1 − ρ²) − ½·log det X'X.
//! 3. The answer is the mixture of the t(n − 2) distributions around b(ρ) with weights proportional to L(ρ).

use statrs::distribution::{Continuous, ContinuousCDF, StudentsT};

/// Values of ρ: −0.5 to 0.98 in 149 steps.
const GRID: (f64, f64, usize) = (-0.5, 0.98, 149);
/// Quantiles are found to this width.
const PRECISION: f64 = 1e-12;

/// One coefficient with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// Weighted mean over ρ.
    pub point: f64,
    /// Standard deviation of the mixture.
    pub se: f64,
    /// 2.5 % and 97.5 % quantiles of the mixture.
    pub ci95: (f64, f64),
    /// Two-sided p value of the hypothesis that the coefficient is zero.
    pub p: f64,
}

/// The fitted line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ar1Fit {
    /// Observations.
    pub n: usize,
    /// a.
    pub intercept: Coefficient,
    /// b.
    pub slope: Coefficient,
    /// The likeliest ρ on the grid.
    pub rho_mode: f64,
    /// Weighted mean of ρ.
    pub rho_mean: f64,
    /// The slope and its standard error at the likeliest ρ.
    pub slope_at_mode: (f64, f64),
}

struct AtRho {
    rho: f64,
    log_likelihood: f64,
    coefficients: [(f64, f64); 2],
}

/// Fits the line. `None` for fewer than five rows, an x that does not vary, or numbers that are not finite.
pub fn fit(x: &[f64], y: &[f64]) -> Option<Ar1Fit> {
    let n = x.len();
    if n != y.len() || n < 5 || !x.iter().chain(y).all(|v| v.is_finite()) {
        return None;
    }
    let (low, high, steps) = GRID;
    let grid: Vec<AtRho> = (0..steps)
        .map(|i| low + (high - low) * i as f64 / (steps - 1) as f64)
        .map(|rho| at_rho(x, y, rho))
        .collect::<Option<_>>()?;
    let mode = grid.iter().max_by(|a, b| a.log_likelihood.total_cmp(&b.log_likelihood))?;
    let raw: Vec<f64> = grid.iter().map(|g| (g.log_likelihood - mode.log_likelihood).exp()).collect();
    let total: f64 = raw.iter().sum();
    let weights: Vec<f64> = raw.iter().map(|w| w / total).collect();
    let t = StudentsT::new(0.0, 1.0, (n - 2) as f64).ok()?;
    let coefficient = |which: usize| {
        let parts: Vec<(f64, f64, f64)> =
            grid.iter().zip(&weights).map(|(g, w)| (*w, g.coefficients[which].0, g.coefficients[which].1)).collect();
        mixture(&parts, &t, (n - 2) as f64)
    };
    Some(Ar1Fit {
        n,
        intercept: coefficient(0)?,
        slope: coefficient(1)?,
        rho_mode: mode.rho,
        rho_mean: grid.iter().zip(&weights).map(|(g, w)| g.rho * w).sum(),
        slope_at_mode: mode.coefficients[1],
    })
}

fn at_rho(x: &[f64], y: &[f64], rho: f64) -> Option<AtRho> {
    let n = x.len();
    let first = (1.0 - rho * rho).sqrt();
    let row = |i: usize| {
        if i == 0 {
            (first, first * x[0], first * y[0])
        } else {
            (1.0 - rho, x[i] - rho * x[i - 1], y[i] - rho * y[i - 1])
        }
    };
    let (mut cc, mut cx, mut xx, mut cy, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for i in 0..n {
        let (c, u, v) = row(i);
        cc += c * c;
        cx += c * u;
        xx += u * u;
        cy += c * v;
        xy += u * v;
    }
    let det = cc * xx - cx * cx;
    if det <= 1e-12 * cc * xx {
        return None;
    }
    let a = (xx * cy - cx * xy) / det;
    let b = (cc * xy - cx * cy) / det;
    let rss: f64 = (0..n)
        .map(|i| {
            let (c, u, v) = row(i);
            let e = v - a * c - b * u;
            e * e
        })
        .sum();
    if rss <= 0.0 {
        return None;
    }
    let freedom = (n - 2) as f64;
    let s2 = rss / freedom;
    Some(AtRho {
        rho,
        log_likelihood: -freedom / 2.0 * rss.ln() + 0.5 * (1.0 - rho * rho).ln() - 0.5 * det.ln(),
        coefficients: [(a, (s2 * xx / det).sqrt()), (b, (s2 * cc / det).sqrt())],
    })
}

/// `parts` are (weight, centre, scale) of t distributions.
fn mixture(parts: &[(f64, f64, f64)], t: &StudentsT, freedom: f64) -> Option<Coefficient> {
    let point: f64 = parts.iter().map(|(w, c, _)| w * c).sum();
    let variance: f64 =
        parts.iter().map(|(w, c, s)| w * (s * s * freedom / (freedom - 2.0) + (c - point) * (c - point))).sum();
    let below = |at: f64| parts.iter().map(|(w, c, s)| w * t.cdf((at - c) / s)).sum::<f64>();
    let density = |at: f64| parts.iter().map(|(w, c, s)| w / s * t.pdf((at - c) / s)).sum::<f64>();
    // Newton's steps, halving the bracket where one would leave it.
    let quantile = |p: f64| {
        let reach = 60.0 * variance.sqrt();
        let (mut low, mut high) = (point - reach, point + reach);
        let mut at = point;
        for _ in 0..200 {
            let over = below(at) - p;
            if over < 0.0 {
                low = at;
            } else {
                high = at;
            }
            let step = at - over / density(at);
            let next = if (low..=high).contains(&step) { step } else { 0.5 * (low + high) };
            if (next - at).abs() <= PRECISION {
                return next;
            }
            at = next;
        }
        at
    };
    let zero = below(0.0);
    let found = Coefficient {
        point,
        se: variance.sqrt(),
        ci95: (quantile(0.025), quantile(0.975)),
        p: 2.0 * zero.min(1.0 - zero),
    };
    [found.point, found.se, found.ci95.0, found.ci95.1, found.p].iter().all(|v| v.is_finite()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(n: usize) -> Vec<f64> {
        // A fixed, irregular series; its values matter less than that they are not a line.
        (0..n).map(|i| ((i * 7_919 + 13) % 101) as f64 / 101.0 - 0.5).collect()
    }

    #[test]
    fn a_line_under_noise_lies_inside_its_interval() {
        let x: Vec<f64> = (0..60).map(|i| ((i % 13) as f64).sqrt()).collect();
        let y: Vec<f64> = x.iter().zip(noise(60)).map(|(x, e)| 0.5 - 0.3 * x + 0.05 * e).collect();
        let fit = fit(&x, &y).unwrap();
        assert!(fit.slope.ci95.0 < -0.3 && -0.3 < fit.slope.ci95.1, "{fit:?}");
        assert!(fit.slope.p < 1e-6 && fit.slope.se > 0.0);
    }

    #[test]
    fn an_x_that_does_not_vary_and_too_few_rows_give_nothing() {
        assert_eq!(fit(&[1.0; 30], &noise(30)), None);
        assert_eq!(fit(&[1.0, 2.0], &[1.0, 2.0]), None);
        assert_eq!(fit(&[1.0, 2.0, 3.0, 4.0, f64::NAN], &noise(5)), None);
    }

    proptest::proptest! {
        #[test]
        fn scaling_y_scales_the_slope_and_its_interval(scale in 0.1_f64..10.0, seed in 0_usize..500) {
            let x: Vec<f64> = (0..40).map(|i| ((i * 31 + seed) % 17) as f64).collect();
            let y = noise(40);
            let scaled: Vec<f64> = y.iter().map(|v| v * scale).collect();
            let (one, two) = (fit(&x, &y).unwrap(), fit(&x, &scaled).unwrap());
            for (a, b) in [(one.slope.point, two.slope.point), (one.slope.ci95.0, two.slope.ci95.0), (one.slope.se, two.slope.se)] {
                proptest::prop_assert!((a * scale - b).abs() < 1e-9 * scale.max(1.0), "{} {}", a * scale, b);
            }
        }
    }
}
