//! Which words set one body of text apart from another: log-odds with an informative Dirichlet prior.
//!
//! Monroe, Colaresi and Quinn, "Fightin' Words" (2008), formulae 15 to 22. With counts yᵢ of a word among nᵢ words, and a
//! prior α of it taken from a background (α = a₀ · its share there),
//!
//! δ = ln((y₁+α) / (n₁+a₀−y₁−α)) − ln((y₂+α) / (n₂+a₀−y₂−α)), variance ≈ 1/(y₁+α) + 1/(y₂+α), z = δ / √variance.
//!
//! A rare word needs a great difference to stand out, and a word that one side never uses has a finite value.

/// One word: how often either side and the background use it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WordCounts {
    /// On the first side.
    pub first: f64,
    /// On the second side.
    pub second: f64,
    /// In the background.
    pub background: f64,
}

/// How far a word leans to the first side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leaning {
    /// Difference of log-odds; above 0 the first side uses the word more.
    pub delta: f64,
    /// The difference in units of its standard deviation.
    pub z: f64,
}

/// One leaning for each word. `prior` is a₀, the weight of the background in words. A word that the background lacks has
/// no prior and gets none.
pub fn log_odds(words: &[WordCounts], prior: f64) -> Vec<Option<Leaning>> {
    let sum = |count: fn(&WordCounts) -> f64| words.iter().map(count).sum::<f64>();
    let (first, second, background) = (sum(|w| w.first), sum(|w| w.second), sum(|w| w.background));
    words
        .iter()
        .map(|word| {
            let alpha = prior * word.background / background;
            let (mine, theirs) = (word.first + alpha, word.second + alpha);
            let (my_rest, their_rest) = (first + prior - mine, second + prior - theirs);
            let possible = alpha > 0.0 && my_rest > 0.0 && their_rest > 0.0;
            possible.then(|| {
                let delta = (mine / my_rest).ln() - (theirs / their_rest).ln();
                Leaning { delta, z: delta / (1.0 / mine + 1.0 / theirs).sqrt() }
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(first: f64, second: f64, background: f64) -> WordCounts {
        WordCounts { first, second, background }
    }

    /// Two words, shares ¾ and ¼ in the background, prior 4: α is 3 and 1.
    #[test]
    fn leanings_are_those_by_pencil() {
        let found = log_odds(&[word(7.0, 2.0, 30.0), word(3.0, 8.0, 10.0)], 4.0);
        // First word: (7+3)/(10+4−10) = 10/4 against (2+3)/(10+4−5) = 5/9.
        let delta = (10.0_f64 / 4.0 / (5.0 / 9.0)).ln();
        let leaning = found[0].unwrap();
        assert!((leaning.delta - delta).abs() < 1e-12);
        assert!((leaning.z - delta / (1.0 / 10.0 + 1.0 / 5.0_f64).sqrt()).abs() < 1e-12);
        // Of two words the other leans the other way by as much.
        assert!((found[1].unwrap().delta + delta).abs() < 1e-12);
    }

    #[test]
    fn sides_that_speak_alike_lean_nowhere_and_an_unknown_word_has_no_leaning() {
        let found = log_odds(&[word(5.0, 5.0, 5.0), word(2.0, 2.0, 9.0), word(1.0, 0.0, 0.0)], 10.0);
        assert!(found[2].is_none());
        let even = log_odds(&[word(5.0, 5.0, 5.0), word(2.0, 2.0, 9.0)], 10.0);
        assert!(even.iter().flatten().all(|l| l.delta.abs() < 1e-12));
    }

    proptest::proptest! {
        #[test]
        fn exchanging_the_sides_turns_every_sign(
            counts in proptest::collection::vec((0_u32..50, 0_u32..50, 1_u32..90), 2..12), prior in 1.0..500.0_f64
        ) {
            let words: Vec<WordCounts> =
                counts.iter().map(|(a, b, c)| word(f64::from(*a), f64::from(*b), f64::from(*c))).collect();
            let turned: Vec<WordCounts> =
                words.iter().map(|w| WordCounts { first: w.second, second: w.first, ..*w }).collect();
            for (a, b) in log_odds(&words, prior).into_iter().zip(log_odds(&turned, prior)) {
                let (a, b) = (a.unwrap(), b.unwrap());
                proptest::prop_assert!((a.delta + b.delta).abs() < 1e-9 && (a.z + b.z).abs() < 1e-9);
                proptest::prop_assert!(a.delta.is_finite() && a.z.is_finite());
            }
        }
    }
}
