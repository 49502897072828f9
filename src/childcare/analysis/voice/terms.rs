//! The words of a post that may become keywords: nouns, and the stems of verbs and adjectives, in dictionary form.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::lexical::WordLists;
use crate::text::tokeniser::Morpheme;

/// Each word once, in order. Place names (`skip`), placeholders of masked data and stop words are left out.
pub fn terms(text: &str, morphemes: &[Morpheme], skip: &[Range<usize>], words: &WordLists) -> Vec<Arc<str>> {
    let mut found = BTreeSet::new();
    for morpheme in morphemes {
        let inside = skip.iter().any(|range| range.contains(&morpheme.start));
        if inside || is_placeholder(text, morpheme) {
            continue;
        }
        for (lemma, tag) in morpheme.lemmas() {
            let letters = lemma.chars().count();
            let term = match tag {
                "NNG" | "NNP" | "XR" if letters > 1 => lemma.to_owned(),
                "VV" | "VA" => format!("{lemma}다"),
                _ => continue,
            };
            let is_hangul = term.chars().all(|c| ('가'..='힣').contains(&c));
            if is_hangul && !words.stop.contains(&term) {
                found.insert(term);
            }
        }
    }
    found.into_iter().map(Arc::from).collect()
}

fn is_placeholder(text: &str, morpheme: &Morpheme) -> bool {
    let before = text.get(..morpheme.start).and_then(|t| t.chars().next_back());
    let after = text.get(morpheme.end..).and_then(|t| t.chars().next());
    before == Some('[') || after == Some(']')
}
