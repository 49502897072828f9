//! Words of the user: place names and terms of a field that the dictionary cuts into pieces (시간제보육, 노량진2동).
//!
//! They come as data, one `surface,tag` a line, and enter the lattice beside the dictionary's own words. Context ids
//! are those that the dictionary gives most often to plain words of the same tag that end alike (with or without a
//! final consonant, which decides the particles that may follow).

use std::collections::{BTreeMap, BTreeSet};

use super::{Dictionary, DictionaryError, Token, UserWordError};

/// By how much a user's word undercuts the cheapest way to cut it into words of the dictionary. About the cost of one
/// rare noun: enough to win beside any particle, too little to steal the beginning of a longer word.
const ADVANTAGE: i32 = 1_500;

/// No word is longer; a whole paragraph in the list is a mistake of the file.
const LONGEST_WORD_CHARACTERS: usize = 50;

/// One word of the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserWord {
    /// The word as written.
    pub surface: String,
    /// Its tag, a simple one of the dictionary's, mostly `NNG` or `NNP`.
    pub tag: String,
}

/// A list of words, read but not yet fitted to a dictionary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserWords(Vec<UserWord>);

impl UserWords {
    /// Reads `surface,tag` lines. Empty lines and lines that begin with `#` are skipped, a word given twice counts once.
    pub fn parse(text: &str) -> Result<Self, UserWordError> {
        let mut words = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let refuse = |reason: &str| UserWordError { line: index + 1, reason: format!("{reason}: `{line}`") };
            let (surface, tag) = line.split_once(',').ok_or_else(|| refuse("no comma between word and tag"))?;
            let (surface, tag) = (surface.trim(), tag.trim());
            if surface.is_empty() || surface.chars().any(char::is_whitespace) {
                return Err(refuse("a word must have letters and no white space"));
            }
            if surface.chars().count() > LONGEST_WORD_CHARACTERS {
                return Err(refuse("longer than any word"));
            }
            if tag.is_empty() || !tag.chars().all(|c| c.is_ascii_uppercase()) {
                return Err(refuse("a tag is one of the dictionary's simple tags, such as NNG"));
            }
            if seen.insert((surface, tag)) {
                words.push(UserWord { surface: surface.to_owned(), tag: tag.to_owned() });
            }
        }
        Ok(Self(words))
    }
}

/// Left id, right id and part-of-speech id.
type Ids = (u16, u16, u16);

/// The commonest ids by tag and by whether the word ends in a final consonant.
struct Contexts(BTreeMap<(String, bool), Ids>);

impl Contexts {
    /// Goes through the dictionary once and counts the ids of plain words (no meaning class, no compound) of the tags
    /// that the user's words need.
    fn learn(dictionary: &Dictionary, words: &UserWords) -> Self {
        let tags: BTreeSet<&str> = words.0.iter().map(|word| word.tag.as_str()).collect();
        let mut counts: BTreeMap<(String, bool), BTreeMap<Ids, u32>> = BTreeMap::new();
        for token in dictionary.system.all_tokens() {
            let mut fields = dictionary.system.feature(token.feature).split(',');
            let (Some(tag), Some("*"), Some(ending)) = (fields.next(), fields.next(), fields.next()) else { continue };
            if !tags.contains(tag) || fields.nth(1) != Some("*") {
                continue;
            }
            let ids = (token.left_id, token.right_id, token.part_of_speech_id);
            *counts.entry((tag.to_owned(), ending == "T")).or_default().entry(ids).or_default() += 1;
        }
        // The first of equally common ids in their order, so that the choice never depends on the file's order.
        let commonest = |ids: BTreeMap<Ids, u32>| {
            ids.into_iter().fold(None, |best: Option<(Ids, u32)>, (id, count)| match best {
                Some((_, most)) if most >= count => best,
                _ => Some((id, count)),
            })
        };
        Self(counts.into_iter().filter_map(|(key, ids)| Some((key, commonest(ids)?.0))).collect())
    }
}

/// The user's words fitted to a dictionary, by their first character.
#[derive(Debug, Default)]
pub struct CompiledUserWords {
    by_first: BTreeMap<char, Vec<usize>>,
    words: Vec<(UserWord, Token)>,
}

impl CompiledUserWords {
    /// Gives every word ids and a cost. `cheapest_cost` says what the dictionary's cheapest reading of a text costs as
    /// a sentence of its own.
    pub fn compile(
        words: &UserWords,
        dictionary: &Dictionary,
        cheapest_cost: impl Fn(&str) -> i32,
    ) -> Result<Self, DictionaryError> {
        if words.0.is_empty() {
            return Ok(Self::default());
        }
        let contexts = Contexts::learn(dictionary, words);
        let mut compiled = Self::default();
        for word in &words.0 {
            let ending = ends_in_final_consonant(&word.surface);
            let Some(&(left_id, right_id, part_of_speech_id)) = contexts.0.get(&(word.tag.clone(), ending)) else {
                let reason = format!("has no plain word of the tag {} to model `{}` on", word.tag, word.surface);
                return Err(DictionaryError::Unfit { file: "sys.dic", reason });
            };
            // The sentence of this word alone costs its own cost and the two connections to the sentence's borders.
            let borders = dictionary.matrix.cost(0, left_id) + dictionary.matrix.cost(right_id, 0);
            // A word of one syllable begins too many others (반, 반전) to be made cheaper.
            let advantage = if word.surface.chars().count() > 1 { ADVANTAGE } else { 0 };
            let cost = cheapest_cost(&word.surface) - borders - advantage;
            let cost = cost.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
            let first = word.surface.chars().next().unwrap_or_default();
            compiled.by_first.entry(first).or_default().push(compiled.words.len());
            compiled.words.push((word.clone(), Token { left_id, right_id, part_of_speech_id, cost, feature: 0 }));
        }
        Ok(compiled)
    }

    /// Calls `found(length in bytes, number of the word, reading)` for every user's word that `text` begins with.
    pub fn at_the_beginning(&self, text: &str, mut found: impl FnMut(usize, usize, Token)) {
        let Some(numbers) = text.chars().next().and_then(|first| self.by_first.get(&first)) else { return };
        for number in numbers {
            if let Some((word, token)) = self.words.get(*number)
                && text.starts_with(&word.surface)
            {
                found(word.surface.len(), *number, *token);
            }
        }
    }

    /// The tag of a word by its number.
    pub fn tag(&self, number: usize) -> &str {
        self.words.get(number).map_or("", |(word, _)| &word.tag)
    }
}

/// Does the word end in a Hangul syllable with a final consonant? Syllables are laid out in blocks of 28 from U+AC00,
/// the first of each block without one (Unicode Standard, section 3.12).
fn ends_in_final_consonant(word: &str) -> bool {
    word.chars()
        .next_back()
        .is_some_and(|last| ('가'..='힣').contains(&last) && !(last as u32 - 0xac00).is_multiple_of(28))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_words_and_comments_are_skipped() {
        let words = UserWords::parse("# 동네\n\n시간제보육, NNG\r\n상도1동,NNP\n시간제보육,NNG\n").unwrap();
        let list: Vec<_> = words.0.iter().map(|w| (w.surface.as_str(), w.tag.as_str())).collect();
        assert_eq!(list, [("시간제보육", "NNG"), ("상도1동", "NNP")]);
    }

    #[test]
    fn a_bad_line_is_named_by_its_number() {
        assert_eq!(UserWords::parse("가,NNG\n나\n").unwrap_err().line, 2);
        assert_eq!(UserWords::parse("가 나,NNG").unwrap_err().line, 1);
        assert_eq!(UserWords::parse("가나,VV+EC").unwrap_err().line, 1);
    }

    #[test]
    fn a_final_consonant_is_seen() {
        assert!(ends_in_final_consonant("상도1동"));
        assert!(!ends_in_final_consonant("특활비"));
        assert!(!ends_in_final_consonant("상도1"));
    }
}
