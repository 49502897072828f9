//! A small generator of pseudo-random numbers that gives the same numbers everywhere, for ever.
//!
//! Ranks of a run must be repeatable bit for bit, so the generator is one that no release of a library can change:
//! SplitMix64 (Steele, Lea and Flood 2014).

/// The state of the generator.
#[derive(Debug, Clone)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// The same seed gives the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in [0, 1), from the upper 53 bits.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from 0 to `below` − 1. `below` must not be 0.
    pub fn below(&mut self, below: usize) -> usize {
        ((self.unit() * below as f64) as usize).min(below.saturating_sub(1))
    }

    /// Brings a list into a random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first five numbers of seed 20200120, from the reference values.
    #[test]
    fn the_numbers_are_those_of_the_reference() {
        let mut random = SplitMix64::new(20_200_120);
        let found: Vec<u64> = (0..5).map(|_| random.next_u64()).collect();
        let expected: [u64; 5] = [
            9_405_762_769_126_830_133,
            17_800_612_623_627_272_478,
            5_157_020_256_350_680_515,
            16_448_463_554_820_483_930,
            13_925_870_220_979_987_619,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all_of_it() {
        let mut random = SplitMix64::new(1);
        let mut seen = [false; 7];
        (0..1_000).for_each(|_| seen[random.below(7)] = true);
        assert_eq!(seen, [true; 7]);
        assert_eq!(random.below(1), 0);
    }

    #[test]
    fn a_shuffled_list_holds_the_same_things_in_another_order() {
        let mut list: Vec<usize> = (0..50).collect();
        SplitMix64::new(3).shuffle(&mut list);
        assert_ne!(list, (0..50).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..50).collect::<Vec<_>>());
    }
}
