//! Draws from gamma and Dirichlet distributions, and rates of small areas shrunk towards their common mean.

use super::splitmix::SplitMix64;

/// A draw from the gamma distribution with this shape and rate (Marsaglia and Tsang 2000). Both must be above 0.
pub fn gamma(random: &mut SplitMix64, shape: f64, rate: f64) -> f64 {
    if shape < 1.0 {
        // A draw with one more, times a power of a uniform number.
        let unit = 1.0 - random.unit();
        return gamma(random, shape + 1.0, rate) * unit.powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = normal(random);
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && (1.0 - random.unit()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v / rate;
        }
    }
}

/// Standard normal, by Box and Muller (1958).
fn normal(random: &mut SplitMix64) -> f64 {
    let radius = (-2.0 * (1.0 - random.unit()).ln()).sqrt();
    radius * (std::f64::consts::TAU * random.unit()).cos()
}

/// Weights around these, which must not all be 0: the larger the concentration, the closer. Zero stays zero.
pub fn dirichlet<const N: usize>(random: &mut SplitMix64, weights: &[f64; N], concentration: f64) -> [f64; N] {
    let total: f64 = weights.iter().sum();
    let drawn: [f64; N] = std::array::from_fn(|at| {
        if weights[at] > 0.0 { gamma(random, concentration * weights[at] / total, 1.0) } else { 0.0 }
    });
    let sum: f64 = drawn.iter().sum();
    drawn.map(|weight| weight / sum)
}

/// What is known about rates before one area is looked at: a gamma distribution with this shape and rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Mean of all areas.
    pub mean: f64,
    /// Shape and rate; `None` when the areas differ no more than chance makes them, so that the mean is all there is.
    pub gamma: Option<(f64, f64)>,
}

impl Prior {
    /// Empirical Bayes by moments (Marshall 1991) from (count, exposure) of the areas. `None` without any count.
    pub fn of(areas: &[(f64, f64)]) -> Option<Self> {
        let (counts, exposure) = areas.iter().fold((0.0, 0.0), |sum, area| (sum.0 + area.0, sum.1 + area.1));
        if counts <= 0.0 || exposure <= 0.0 {
            return None;
        }
        let mean = counts / exposure;
        let known: Vec<&(f64, f64)> = areas.iter().filter(|(_, n)| *n > 0.0).collect();
        let spread = known.iter().map(|(y, n)| n * (y / n - mean) * (y / n - mean)).sum::<f64>() / exposure;
        // What chance alone would give is taken off.
        let variance = spread - mean / (exposure / known.len() as f64);
        let gamma = (variance > 0.0).then(|| (mean * mean / variance, mean / variance));
        Some(Self { mean, gamma })
    }

    /// The rate of an area after its count; without a count that of all.
    pub fn shrunk(&self, area: Option<(f64, f64)>) -> f64 {
        match (self.gamma, area) {
            (Some((shape, rate)), Some((count, exposure))) => (count + shape) / (exposure + rate),
            _ => self.mean,
        }
    }

    /// A draw of that rate.
    pub fn draw(&self, random: &mut SplitMix64, area: Option<(f64, f64)>) -> f64 {
        let Some((shape, rate)) = self.gamma else { return self.mean };
        let (count, exposure) = area.unwrap_or((0.0, 0.0));
        gamma(random, count + shape, exposure + rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_mean_and_the_variance_of_their_distribution() {
        for (shape, rate) in [(0.3, 2.0), (1.0, 1.0), (7.5, 0.5)] {
            let mut random = SplitMix64::new(9);
            let draws: Vec<f64> = (0..40_000).map(|_| gamma(&mut random, shape, rate)).collect();
            let mean = draws.iter().sum::<f64>() / draws.len() as f64;
            let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / draws.len() as f64;
            assert!((mean / (shape / rate) - 1.0).abs() < 0.05, "mean of {shape}, {rate}: {mean}");
            assert!((variance / (shape / (rate * rate)) - 1.0).abs() < 0.15, "variance of {shape}, {rate}: {variance}");
        }
    }

    #[test]
    fn weights_lie_around_those_asked_for_and_zero_stays_zero() {
        let mut random = SplitMix64::new(1);
        let mut sums = [0.0; 3];
        for _ in 0..5_000 {
            let drawn = dirichlet(&mut random, &[3.0, 1.0, 0.0], 20.0);
            assert!((drawn.iter().sum::<f64>() - 1.0).abs() < 1e-12 && drawn[2] == 0.0);
            sums.iter_mut().zip(drawn).for_each(|(sum, weight)| *sum += weight / 5_000.0);
        }
        assert!((sums[0] - 0.75).abs() < 0.01, "{sums:?}");
    }

    /// Ten of 100 and 30 of 100: mean 0.2, spread 0.01, of which 0.002 is chance; shape 0.04 / 0.008, rate 0.2 / 0.008.
    #[test]
    fn a_rate_is_shrunk_as_by_pencil_and_an_unknown_count_gives_the_mean() {
        let prior = Prior::of(&[(10.0, 100.0), (30.0, 100.0)]).unwrap();
        let (shape, rate) = prior.gamma.unwrap();
        assert!((shape - 5.0).abs() < 1e-9 && (rate - 25.0).abs() < 1e-9);
        assert!((prior.shrunk(Some((10.0, 100.0))) - 15.0 / 125.0).abs() < 1e-12);
        assert_eq!(prior.shrunk(None), 0.2);
        // Areas that differ by chance alone are all alike.
        let alike = Prior::of(&[(10.0, 100.0), (11.0, 100.0)]).unwrap();
        assert_eq!((alike.gamma, alike.shrunk(Some((10.0, 100.0)))), (None, 0.105));
        assert_eq!(Prior::of(&[(0.0, 100.0)]), None);
    }
}
