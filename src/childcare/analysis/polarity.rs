//! Does a post praise or complain? A small word list, read with negation.
//!
//! A word counts with the sign of the list. It is turned round by 안 or 못 before it, and by -지 않다, -지 못하다, 없다,
//! 아니다 behind it. After a "but" (-지만, -는데) the later half weighs more. A question that judges nothing is neutral.

use std::collections::BTreeMap;

use crate::text::tokeniser::Morpheme;

/// What a post says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Polarity {
    /// It praises.
    Positive,
    /// It does neither.
    Neutral,
    /// It complains.
    Negative,
}

/// Words as data.
#[derive(Debug, Clone, Default)]
pub struct WordLists {
    /// Score of a dictionary form, -2 to 2.
    pub scores: BTreeMap<String, f64>,
    /// Words of which at least one stands in a post about childcare.
    pub topic: Vec<String>,
    /// Phrases that adverts use.
    pub spam: Vec<String>,
    /// Phrases that ask.
    pub questions: Vec<String>,
}

/// Words between a judgement and the negation that turns it round.
const NEGATION_REACH: usize = 4;
/// A negated judgement is weaker than its opposite: "not bad" is less than "good".
const NEGATED: f64 = -0.8;
/// Weight of what stands after a "but"; before it the rest of two.
const AFTER_BUT: f64 = 1.4;
/// Scores nearer to zero than this judge nothing.
const LEAST: f64 = 0.5;
/// A question needs a clearer judgement than that to count as one.
const LEAST_IN_QUESTION: f64 = 1.5;

/// Reads a post.
pub fn polarity(text: &str, morphemes: &[Morpheme], words: &WordLists) -> Polarity {
    let parts: Vec<(&str, &str)> = morphemes.iter().flat_map(Morpheme::lemmas).collect();
    let but = parts
        .iter()
        .rposition(|(lemma, tag)| tag.starts_with("EC") && ["지만", "는데", "은데", "ㄴ데", "으나"].contains(lemma));
    let score: f64 = parts
        .iter()
        .enumerate()
        .filter(|(_, (_, tag))| !tag.starts_with('J') && !tag.starts_with('E'))
        .filter_map(|(at, (lemma, _))| words.scores.get(*lemma).map(|score| (at, *score)))
        .map(|(at, score)| {
            let sign = if is_negated(&parts, at) { NEGATED } else { 1.0 };
            let weight = match but {
                Some(but) if at > but => AFTER_BUT,
                Some(_) => 2.0 - AFTER_BUT,
                None => 1.0,
            };
            score * sign * weight
        })
        .sum();
    let asks = text.trim_end().ends_with('?') || words.questions.iter().any(|q| text.contains(q.as_str()));
    let least = if asks { LEAST_IN_QUESTION } else { LEAST };
    match score {
        s if s >= least => Polarity::Positive,
        s if s <= -least => Polarity::Negative,
        _ => Polarity::Neutral,
    }
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
