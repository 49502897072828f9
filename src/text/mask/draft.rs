//! The text while it is being masked: its characters, and which of them are already taken.

use std::collections::BTreeSet;
use std::ops::Range;

use super::PersonalData;

/// A text on which the finders of personal data mark what they find. A character that one finder has taken, or that
/// belongs to a placeholder of an earlier masking, is like the end of the text to all others.
pub struct Draft {
    characters: Vec<char>,
    free: Vec<bool>,
    taken: Vec<(Range<usize>, PersonalData)>,
}

impl Draft {
    /// Placeholders that the text already has are set aside.
    pub fn new(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let mut draft = Self { free: vec![true; characters.len()], characters, taken: Vec::new() };
        for kind in PersonalData::ALL {
            let length = kind.placeholder().chars().count();
            for start in 0..draft.len() {
                if draft.starts_with(start, kind.placeholder()) {
                    draft.free[start..start + length].fill(false);
                }
            }
        }
        draft
    }

    /// Characters in the text.
    pub fn len(&self) -> usize {
        self.characters.len()
    }

    /// The character at `index`, or `None` at the end and where it is taken.
    pub fn at(&self, index: usize) -> Option<char> {
        if *self.free.get(index)? { self.characters.get(index).copied() } else { None }
    }

    /// The character before `index`, or `None` at the beginning and where it is taken.
    pub fn before(&self, index: usize) -> Option<char> {
        self.at(index.checked_sub(1)?)
    }

    /// Do the free characters from `index` on spell this word? Small and capital letters count as the same.
    pub fn starts_with(&self, index: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, c)| self.at(index + offset).is_some_and(|d| d.eq_ignore_ascii_case(&c)))
    }

    /// The length in characters of the first of these words that stands at `index`.
    pub fn any_at(&self, index: usize, words: &[&str]) -> Option<usize> {
        words.iter().find(|word| self.starts_with(index, word)).map(|word| word.chars().count())
    }

    /// Does one of these words begin somewhere in the range?
    pub fn has_any_in(&self, mut range: Range<usize>, words: &[&str]) -> bool {
        range.any(|index| self.any_at(index, words).is_some())
    }

    /// The end of the run of free characters from `index` on for which `holds`.
    pub fn run_end(&self, index: usize, holds: impl Fn(char) -> bool) -> usize {
        let mut end = index;
        while self.at(end).is_some_and(&holds) {
            end += 1;
        }
        end
    }

    /// The beginning of the run of free characters before `index` for which `holds`.
    pub fn run_start(&self, index: usize, holds: impl Fn(char) -> bool) -> usize {
        let mut start = index;
        while self.before(start).is_some_and(&holds) {
            start -= 1;
        }
        start
    }

    /// The characters of a range, taken or not.
    pub fn slice(&self, range: Range<usize>) -> &[char] {
        self.characters.get(range).unwrap_or_default()
    }

    /// Marks the range, unless it is empty or a part of it is already taken.
    pub fn take(&mut self, range: Range<usize>, kind: PersonalData) {
        if range.is_empty() || !range.clone().all(|index| self.at(index).is_some()) {
            return;
        }
        if let Some(free) = self.free.get_mut(range.clone()) {
            free.fill(false);
        }
        self.taken.push((range, kind));
    }

    /// The text with placeholders in place of what was taken, and the kinds of it.
    pub fn finish(mut self) -> (String, BTreeSet<PersonalData>) {
        self.taken.sort_by_key(|(range, _)| range.start);
        let mut text = String::new();
        let mut position = 0;
        for (range, kind) in &self.taken {
            text.extend(self.slice(position..range.start));
            text.push_str(kind.placeholder());
            position = range.end;
        }
        text.extend(self.slice(position..self.len()));
        (text, self.taken.into_iter().map(|(_, kind)| kind).collect())
    }
}
