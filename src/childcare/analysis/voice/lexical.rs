//! Judging words: a list with scores, read with negation.
//!
//! A word counts with the sign of the list. It is turned round by 안 or 못 before it, and by -지 않다, -지 못하다, 없다,
//! 아니다 behind it. Twice turned is not turned.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Cues;
use crate::text::tokeniser::Morpheme;

/// Words as data.
#[derive(Debug, Clone, Default)]
pub struct WordLists {
    /// Score of a dictionary form, -2 to 2.
    pub scores: BTreeMap<String, f64>,
    /// Words of which at least one stands in most posts about childcare.
    pub topic: Vec<String>,
    /// Words that hardly stand in other texts.
    pub core: Vec<String>,
    /// Phrases that adverts use.
    pub spam: Vec<String>,
    /// Phrases that ask.
    pub questions: Vec<String>,
    /// Phrases of mock praise.
    pub irony: Vec<String>,
    /// Words of a notice, which judges nothing.
    pub notices: Vec<String>,
    /// Words that every text has, in dictionary form: never keywords.
    pub stop: BTreeSet<String>,
    /// Phrases that praise.
    pub praise: Vec<String>,
    /// Phrases that complain.
    pub complaint: Vec<String>,
    /// Cues of the issues.
    pub cues: Cues,
}

/// Words between a judgement and the negation that turns it round.
const NEGATION_REACH: usize = 4;
/// A negated judgement is weaker than its opposite: "not bad" is less than "good".
const NEGATED: f64 = -0.8;

/// Sums of the praising and of the complaining words of a text, both as positive numbers.
pub fn judgements(parts: &[(&str, &str)], words: &WordLists) -> (f64, f64) {
    let mut sums = (0.0, 0.0);
    for (at, (lemma, tag)) in parts.iter().enumerate() {
        if tag.starts_with('J') || tag.starts_with('E') {
            continue;
        }
        let Some(score) = words.scores.get(*lemma) else { continue };
        let score = if is_negated(parts, at) { score * NEGATED } else { *score };
        if score > 0.0 {
            sums.0 += score;
        } else {
            sums.1 -= score;
        }
    }
    sums
}

/// The bytes of judging words that a negation turns round. What they say is known by [`judgements`]; as mere words they
/// would still speak for the opposite.
pub fn negated_spans(morphemes: &[Morpheme], words: &WordLists) -> Vec<Range<usize>> {
    let parts: Vec<(&str, &str, &Morpheme)> =
        morphemes.iter().flat_map(|m| m.lemmas().into_iter().map(move |(lemma, tag)| (lemma, tag, m))).collect();
    let plain: Vec<(&str, &str)> = parts.iter().map(|(lemma, tag, _)| (*lemma, *tag)).collect();
    parts
        .iter()
        .enumerate()
        .filter(|(at, (lemma, tag, _))| {
            !tag.starts_with('J')
                && !tag.starts_with('E')
                && words.scores.contains_key(*lemma)
                && is_negated(&plain, *at)
        })
        .map(|(_, (_, _, morpheme))| morpheme.start..morpheme.end)
        .collect()
}

fn is_negated(parts: &[(&str, &str)], at: usize) -> bool {
    let before = parts[at.saturating_sub(1)..at]
        .iter()
        .filter(|(lemma, tag)| matches!(*lemma, "안" | "못") && tag.starts_with("MA"))
        .count();
    let behind = &parts[(at + 1).min(parts.len())..(at + 1 + NEGATION_REACH).min(parts.len())];
    let mut turns = before;
    for (i, (lemma, tag)) in behind.iter().enumerate() {
        // A new clause begins: what is negated there is something else.
        if tag.starts_with("EF") || tag.starts_with("SF") {
            break;
        }
        let after_ji = i > 0 && behind[i - 1].0 == "지";
        let turned = match *lemma {
            "않" | "못하" | "못" => after_ji,
            "없" | "아니" => i <= 1,
            _ => false,
        };
        if turned {
            turns += 1;
            break;
        }
    }
    turns % 2 == 1
}
