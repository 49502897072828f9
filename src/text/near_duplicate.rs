//! Texts that say the same in almost the same words.
//!
//! A text is the set of its runs of five letters; two texts are near copies when their sets share four in five of the
//! letters' runs that either has (Jaccard, J ≥ 0.8). Comparing each with each would take for ever, so 125 minima of hash
//! functions are taken of every set (MinHash, Broder 1997) and cut into 25 bands of 5: sets that agree in a whole band
//! are compared exactly, all others never. Near copies at J = 0.8 are missed once in 20,000 times, 1 − (1 − 0.8⁵)²⁵.

use std::collections::HashMap;

use super::duplicate::fnv1a;
use super::normalise::comparable;

/// Letters of a run.
const RUN: usize = 5;
const BANDS: usize = 25;
const ROWS: usize = 5;
/// Fewest letters of a text that is compared: of shorter ones one word is a large part.
const SHORTEST: usize = 20;
/// Odd constant of the golden ratio, with which one hash becomes many (Knuth).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The runs of letters of a text, as sorted hashes without doubles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// Of a text as it is compared; `None` when it is too short to have near copies.
    pub fn of(text: &str) -> Option<Self> {
        let letters: Vec<char> = comparable(text).chars().filter(|c| c.is_alphanumeric()).collect();
        if letters.len() < SHORTEST {
            return None;
        }
        let mut run = String::with_capacity(4 * RUN);
        let hash = |letters: &[char]| {
            run.clear();
            run.extend(letters);
            fnv1a(run.as_bytes())
        };
        let mut hashes: Vec<u64> = letters.windows(RUN).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Some(Self(hashes))
    }

    /// Shared runs over all runs.
    pub fn jaccard(&self, other: &Self) -> f64 {
        let (mut left, mut right, mut shared) = (0, 0, 0_usize);
        while let (Some(a), Some(b)) = (self.0.get(left), other.0.get(right)) {
            shared += usize::from(a == b);
            left += usize::from(a <= b);
            right += usize::from(b <= a);
        }
        shared as f64 / (self.0.len() + other.0.len() - shared) as f64
    }

    /// One key a band. Equal sets have equal keys.
    fn bands(&self) -> [u64; BANDS] {
        let minimum = |function: usize| {
            let factor = GOLDEN.wrapping_mul(2 * function as u64 + 1);
            // The upper half of a product is well mixed, the lower half is not.
            let mixed = |hash: &u64| {
                let product = u128::from(*hash ^ factor) * u128::from(factor);
                (product >> 64) as u64 ^ hash.wrapping_mul(factor)
            };
            self.0.iter().map(mixed).min().unwrap_or(0)
        };
        std::array::from_fn(|band| {
            (0..ROWS)
                .fold(band as u64, |key, row| (key ^ minimum(band * ROWS + row)).wrapping_mul(GOLDEN).rotate_left(29))
        })
    }
}

/// Texts that were kept, by band, so that near copies of them are found.
#[derive(Debug, Default)]
pub struct NearCopies<T> {
    kept: Vec<(Shingles, T)>,
    bands: HashMap<(u8, u64), Vec<u32>>,
}

impl<T> NearCopies<T> {
    /// Nothing is kept yet.
    pub fn new() -> Self {
        Self { kept: Vec::new(), bands: HashMap::new() }
    }

    /// Is the text a near copy, with J of at least `least`, of one that is kept and that `fits`? If not, it is kept.
    pub fn is_copy_or_keep(&mut self, shingles: Shingles, what: T, least: f64, fits: impl Fn(&T) -> bool) -> bool {
        let bands = shingles.bands();
        let mut compared = Vec::new();
        for (band, key) in (0..).zip(bands) {
            for at in self.bands.get(&(band, key)).into_iter().flatten() {
                if compared.contains(at) {
                    continue;
                }
                compared.push(*at);
                if let Some((kept, other)) = self.kept.get(*at as usize)
                    && fits(other)
                    && shingles.jaccard(kept) >= least
                {
                    return true;
                }
            }
        }
        let Ok(at) = u32::try_from(self.kept.len()) else { return false };
        for (band, key) in (0..).zip(bands) {
            self.bands.entry((band, key)).or_default().push(at);
        }
        self.kept.push((shingles, what));
        false
    }

    /// Forgets everything that does not pass.
    pub fn retain(&mut self, passes: impl Fn(&T) -> bool) {
        let kept = std::mem::take(&mut self.kept);
        self.bands.clear();
        for (shingles, what) in kept.into_iter().filter(|(_, what)| passes(what)) {
            let Ok(at) = u32::try_from(self.kept.len()) else { return };
            for (band, key) in (0..).zip(shingles.bands()) {
                self.bands.entry((band, key)).or_default().push(at);
            }
            self.kept.push((shingles, what));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "어린이집 대기가 너무 길어서 복직을 미루었습니다 국공립을 늘려 주세요 정말 답답합니다";

    /// 가나다라마바사아자차… of 24 letters has 20 runs; one other letter at the end takes away one run and adds one: 19/21.
    #[test]
    fn likeness_is_that_by_pencil() {
        let text = "가나다라마바사아자차카타파하거너더러머버서어저처";
        let first = Shingles::of(text).unwrap();
        assert_eq!(first.jaccard(&first), 1.0);
        let other = Shingles::of(&text.replace('처', "커")).unwrap();
        assert!((first.jaccard(&other) - 19.0 / 21.0).abs() < 1e-12);
        assert!(Shingles::of("짧은 글").is_none());
    }

    #[test]
    fn a_reworded_copy_is_found_and_another_text_is_not() {
        let mut copies = NearCopies::new();
        let mut is_copy = |text: &str| copies.is_copy_or_keep(Shingles::of(text).unwrap(), (), 0.8, |()| true);
        assert!(!is_copy(TEXT));
        assert!(is_copy(&format!("{TEXT}!! ㅠㅠ")));
        assert!(!is_copy("어린이집 급식이 다양하고 선생님도 친절하셔서 아이가 매일 즐겁게 다니고 있습니다"));
        assert!(!is_copy(&TEXT.replace("국공립을 늘려 주세요", "방법이 없을까요")));
    }

    #[test]
    fn what_does_not_fit_or_was_forgotten_is_no_original() {
        let mut copies = NearCopies::new();
        let shingles = || Shingles::of(TEXT).unwrap();
        assert!(!copies.is_copy_or_keep(shingles(), 1, 0.8, |_| true));
        assert!(!copies.is_copy_or_keep(shingles(), 2, 0.8, |day| *day == 2));
        copies.retain(|day| *day == 2);
        assert!(copies.is_copy_or_keep(shingles(), 3, 0.8, |day| *day == 2));
        assert!(!copies.is_copy_or_keep(shingles(), 3, 0.8, |day| *day == 1));
    }

    proptest! {
        /// The bands let no near copy through that comparing each with each would find.
        #[test]
        fn bands_find_what_comparing_all_finds(text in "[가-하]{40,80}", at in 0..40_usize, new in "[가-하]{1,2}") {
            let mut letters: Vec<char> = text.chars().collect();
            letters.splice(at..=at, new.chars());
            let changed: String = letters.into_iter().collect();
            let (first, second) = (Shingles::of(&text).unwrap(), Shingles::of(&changed).unwrap());
            let near = first.jaccard(&second) >= 0.8;
            let mut copies = NearCopies::new();
            copies.is_copy_or_keep(first, (), 0.8, |()| true);
            prop_assert_eq!(copies.is_copy_or_keep(second, (), 0.8, |()| true), near);
        }
    }
}
