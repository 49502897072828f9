//! Cues of the issues: words that say what a post is about, and words that only hint at it.
//!
//! A cue stands in a text with or without blanks; one that is a dictionary form is looked for among the morphemes, so
//! that 법 is not found in 방법. Of cues that overlap the longest counts: 대기번호 is not 대기 and 번호 as well.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::Issue;

/// How plainly a cue speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// It says the issue: 입소대기.
    Says,
    /// It stands in other posts too: 연락.
    Hints,
}

/// A cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// What it is a cue of.
    pub issue: Issue,
    /// How plainly it speaks.
    pub strength: Strength,
    /// The cue without blanks; a dictionary form with `=` before it.
    pub text: String,
}

/// Issues, once for each strength.
const KINDS: usize = 2 * Issue::ALL.len();

/// Cues, ready to be looked for.
#[derive(Debug, Clone, Default)]
pub struct Cues {
    finder: Option<AhoCorasick>,
    /// Of each written cue, its place among the counts.
    written: Vec<usize>,
    /// By dictionary form, the places among the counts.
    forms: BTreeMap<String, BTreeSet<usize>>,
}

/// How many cues of each issue stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CueCounts([u8; KINDS]);

impl CueCounts {
    /// Cues of that issue and strength.
    pub fn of(&self, issue: Issue, strength: Strength) -> u8 {
        self.0[place(issue, strength)]
    }
}

impl Cues {
    /// Makes them ready; the error is a sentence.
    pub fn new(list: &[Cue]) -> Result<Self, String> {
        let (mut patterns, mut cues) = (Vec::new(), Self::default());
        for cue in list {
            let kind = place(cue.issue, cue.strength);
            match cue.text.strip_prefix('=') {
                Some(form) => drop(cues.forms.entry(form.to_owned()).or_default().insert(kind)),
                None => {
                    patterns.push(cue.text.as_str());
                    cues.written.push(kind);
                }
            }
        }
        cues.finder = Some(AhoCorasick::new(patterns).map_err(|e| format!("The cues cannot be looked for: {e}."))?);
        Ok(cues)
    }

    /// Counts them in a text without blanks and among the dictionary forms of its words.
    pub fn count<'a>(&self, dense: &str, forms: impl IntoIterator<Item = &'a str>) -> CueCounts {
        let mut counts = [0_u8; KINDS];
        for form in forms.into_iter().collect::<BTreeSet<_>>() {
            for kind in self.forms.get(form).into_iter().flatten() {
                counts[*kind] = counts[*kind].saturating_add(1);
            }
        }
        let Some(finder) = &self.finder else { return CueCounts(counts) };
        let mut found: Vec<(usize, Range<usize>)> =
            finder.find_overlapping_iter(dense).map(|m| (m.pattern().as_usize(), m.range())).collect();
        found.sort_unstable_by_key(|(cue, range)| (Reverse(range.len()), *cue, range.start));
        let mut taken: [Vec<Range<usize>>; KINDS] = Default::default();
        let mut counted = None;
        for (cue, range) in found {
            let kind = self.written[cue];
            let is_covered = taken[kind].iter().any(|other| other.start < range.end && range.start < other.end);
            if is_covered {
                continue;
            }
            taken[kind].push(range);
            // A cue that is repeated says nothing more.
            if counted != Some(cue) {
                counted = Some(cue);
                counts[kind] = counts[kind].saturating_add(1);
            }
        }
        CueCounts(counts)
    }
}

fn place(issue: Issue, strength: Strength) -> usize {
    match strength {
        Strength::Says => issue as usize,
        Strength::Hints => Issue::ALL.len() + issue as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_cue_counts_once_and_a_form_is_a_whole_word() {
        let cue = |issue, strength, text: &str| Cue { issue, strength, text: text.to_owned() };
        let cues = Cues::new(&[
            cue(Issue::Waitlist, Strength::Says, "대기"),
            cue(Issue::Waitlist, Strength::Says, "대기번호"),
            cue(Issue::Waitlist, Strength::Hints, "번호"),
            cue(Issue::Policy, Strength::Hints, "=법"),
        ])
        .unwrap();
        let count = |text: &str, forms: &[&str]| {
            let counts = cues.count(text, forms.iter().copied());
            [
                counts.of(Issue::Waitlist, Strength::Says),
                counts.of(Issue::Waitlist, Strength::Hints),
                counts.of(Issue::Policy, Strength::Hints),
            ]
        };
        assert_eq!(count("대기번호가대기번호", &[]), [1, 1, 0]);
        assert_eq!(count("대기하고대기번호", &[]), [2, 1, 0], "one of them stands free");
        assert_eq!(count("방법이법이", &["방법", "이"]), [0, 0, 0]);
        assert_eq!(count("법이", &["법", "법"]), [0, 0, 1]);
    }
}
