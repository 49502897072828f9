//! A text as a sparse vector: hashed pieces of its words, and its morphemes one by one and in pairs.
//!
//! Pieces of one to four letters survive bad spelling and unknown words; morphemes bring endings and particles together
//! with their stems. Both are hashed into a fixed number of places (Weinberger et al. 2009, feature hashing), each kind
//! into a half of its own.

use std::ops::Range;

use crate::text::duplicate::{FNV_OFFSET, FNV_PRIME};
use crate::text::tokeniser::Morpheme;

/// The longest piece of a word, in letters.
const LONGEST_PIECE: usize = 4;
/// A letter that is repeated more often counts as that many: ㅋㅋㅋㅋㅋ and ㅋㅋㅋ say the same.
const MOST_REPEATS: usize = 3;
/// Stands at both ends of a word, so that a piece knows where it begins.
const BORDER: char = '\u{2}';

/// A sparse vector: places in rising order, each with its value.
pub type Sparse = Vec<(u32, f32)>;

/// The features of a text, scaled to length one. `buckets` is a power of two; what lies in `skip` (bytes of the text) is
/// left out as if it were white space: place names must not decide what a post says.
pub fn features(text: &str, morphemes: &[Morpheme], skip: &[Range<usize>], buckets: u32) -> Sparse {
    let half = buckets / 2;
    let mut places = Vec::with_capacity(text.len() * 2);
    pieces(text, skip, |hash| places.push(place(hash, half)));
    pairs(morphemes, skip, |hash| places.push(half + place(hash, half)));
    places.sort_unstable();
    places.dedup();
    let value = 1.0 / (places.len().max(1) as f32).sqrt();
    places.into_iter().map(|place| (place, value)).collect()
}

fn place(hash: u64, size: u32) -> u32 {
    // The low bits of FNV are weak; the high ones are folded in.
    ((hash ^ (hash >> 29)) as u32) & (size - 1)
}

fn step(hash: u64, letter: char) -> u64 {
    (hash ^ u64::from(u32::from(letter))).wrapping_mul(FNV_PRIME)
}

fn pieces(text: &str, skip: &[Range<usize>], mut found: impl FnMut(u64)) {
    let mut word: Vec<char> = Vec::with_capacity(24);
    let mut flush = |word: &mut Vec<char>| {
        if word.len() > 1 {
            word.push(BORDER);
            for start in 0..word.len() {
                let mut hash = FNV_OFFSET;
                for letter in word.iter().skip(start).take(LONGEST_PIECE) {
                    hash = step(hash, *letter);
                    found(hash);
                }
            }
        }
        word.clear();
        word.push(BORDER);
    };
    flush(&mut word);
    for (at, letter) in text.char_indices() {
        if letter.is_whitespace() || skip.iter().any(|range| range.contains(&at)) {
            flush(&mut word);
            continue;
        }
        let letter = letter.to_lowercase().next().unwrap_or(letter);
        let repeats = word.iter().rev().take_while(|before| **before == letter).count();
        if repeats < MOST_REPEATS {
            word.push(letter);
        }
    }
    flush(&mut word);
}

fn pairs(morphemes: &[Morpheme], skip: &[Range<usize>], mut found: impl FnMut(u64)) {
    let mut before = FNV_OFFSET;
    for morpheme in morphemes {
        if skip.iter().any(|range| range.contains(&morpheme.start)) {
            before = FNV_OFFSET;
            continue;
        }
        for (lemma, tag) in morpheme.lemmas() {
            let alone = lemma.chars().chain(tag.chars().take(2)).fold(FNV_OFFSET, step);
            found(alone);
            found(before.rotate_left(17).wrapping_mul(FNV_PRIME) ^ alone);
            before = alone;
        }
    }
    found(before.rotate_left(17).wrapping_mul(FNV_PRIME) ^ FNV_OFFSET);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_a_vector_of_length_one_without_repeats() {
        let vector = features("너무 너무 좋아요", &[], &[], 1 << 12);
        let length: f32 = vector.iter().map(|(_, v)| v * v).sum();
        assert!((length - 1.0).abs() < 1e-5, "{length}");
        assert!(vector.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(vector, features("좋아요 너무", &[], &[], 1 << 12), "words are a set");
    }

    #[test]
    fn laughter_counts_the_same_however_long() {
        assert_eq!(features("ㅋㅋㅋ", &[], &[], 1 << 12), features("ㅋㅋㅋㅋㅋㅋㅋㅋ", &[], &[], 1 << 12));
        assert_ne!(features("ㅋㅋㅋ", &[], &[], 1 << 12), features("ㅠㅠㅠ", &[], &[], 1 << 12));
    }

    #[test]
    fn what_is_skipped_leaves_no_trace() {
        let text = "대방동 급식";
        let place = std::slice::from_ref(&(0..9));
        assert_eq!(features(text, &[], place, 1 << 12), features("급식", &[], &[], 1 << 12));
    }
}
