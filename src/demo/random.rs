//! Pseudo-random numbers that are the same on every run: SplitMix64 (Steele, Lea and Flood, 2014).
//!
//! Each topic ("card sales of this dong and trade") draws from a stream of its own, so that adding a trade or a dong
//! leaves the numbers of all others as they were.

/// The golden ratio in 64 bits, the step of SplitMix64.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of pseudo-random numbers.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The stream of one topic under one seed.
    pub fn for_topic(seed: u64, topic: &str) -> Self {
        // FNV-1a spreads the topic over 64 bits; SplitMix64 itself then mixes seed and topic.
        let hash = topic
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let mut mixer = Self { state: seed };
        Self { state: mixer.next_bits() ^ hash }
    }

    /// The next 64 bits.
    pub fn next_bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(STEP);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        // 53 bits are what an f64 between 0 and 1 can hold exactly.
        (self.next_bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in [low, high).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `limit`; 0 when the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        ((self.unit() * limit as f64) as usize).min(limit.saturating_sub(1))
    }

    /// A whole number from `low` to `high`, both included.
    pub fn whole(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) as usize + 1) as u32
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Standard normal, by Box and Muller (1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Log-normal with mean 1 and this standard deviation of the logarithm.
    pub fn around_one(&mut self, sigma: f64) -> f64 {
        (sigma * self.normal() - sigma * sigma / 2.0).exp()
    }

    /// A count with this mean: Poisson by Knuth's product for small means, its normal approximation above.
    pub fn count(&mut self, mean: f64) -> u32 {
        if mean.is_nan() || mean <= 0.0 {
            return 0;
        }
        if mean > 30.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u32;
        }
        let floor = (-mean).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > floor {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// One of these, or `None` when there are none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// One of these words; the empty word when there are none.
    pub fn word<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        self.pick(choices).copied().unwrap_or_default()
    }

    /// An index drawn in proportion to the weights; negative weights count as 0.
    pub fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let total: f64 = weights.clone().map(|weight| weight.max(0.0)).sum();
        let mut left = self.unit() * total;
        let mut last = 0;
        for (index, weight) in weights.enumerate() {
            last = index;
            left -= weight.max(0.0);
            if left < 0.0 {
                break;
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_splitmix64() {
        // First outputs for seed 1234567 as printed with the reference C code of SplitMix64.
        let mut random = Random { state: 1_234_567 };
        assert_eq!(random.next_bits(), 6_457_827_717_110_365_317);
        assert_eq!(random.next_bits(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn topics_do_not_share_a_stream() {
        let mut left = Random::for_topic(7, "a");
        let mut right = Random::for_topic(7, "b");
        assert_ne!(left.next_bits(), right.next_bits());
    }

    #[test]
    fn counts_have_their_mean_on_both_sides_of_the_approximation() {
        for mean in [0.4, 3.0, 29.0, 31.0, 400.0] {
            let mut random = Random::for_topic(1, "counts");
            let drawn: f64 = (0..20_000).map(|_| f64::from(random.count(mean))).sum::<f64>() / 20_000.0;
            let four_standard_errors = 4.0 * (mean / 20_000.0_f64).sqrt();
            assert!((drawn - mean).abs() < four_standard_errors, "mean {mean} gave {drawn}");
        }
    }

    #[test]
    fn a_weight_of_zero_is_never_drawn() {
        let mut random = Random::for_topic(1, "weights");
        assert!((0..1_000).all(|_| random.weighted([0.0, 1.0, 0.0].into_iter()) == 1));
    }
}
