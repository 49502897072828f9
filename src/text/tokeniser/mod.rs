//! The tokeniser: Korean text into morphemes, the way mecab-ko does it.
//!
//! It knows nothing of childcare or of any other subject, and nothing of files: the dictionary and the user's words
//! are handed in. Whatever text it is given, it returns morphemes whose surfaces, put together, are the text without
//! its white space; it has no error.

mod candidates;
mod lattice;
mod morpheme;

pub use morpheme::Morpheme;

use super::dictionary::{CompiledUserWords, Dictionary, DictionaryError, UserWords};
use candidates::Origin;
use lattice::{PathWord, cheapest_path};

/// How many characters of a text are read; the rest is left out.
///
/// A long post has some 2,000 characters. The limit keeps a whole novel from holding a worker for minutes, and keeps
/// the sum of costs within 32 bits (at most 131,071 a word).
pub const LONGEST_TEXT_CHARACTERS: usize = 10_000;

/// A dictionary and the user's words, ready to read texts. Reading changes nothing in it, so threads can share one.
#[derive(Debug)]
pub struct Tokeniser {
    dictionary: Dictionary,
    user: CompiledUserWords,
}

impl Tokeniser {
    /// Fits the user's words to the dictionary. Fails when a word's tag is none of the dictionary's.
    pub fn new(dictionary: Dictionary, user_words: &UserWords) -> Result<Self, DictionaryError> {
        let nothing = CompiledUserWords::default();
        let cheapest_cost = |text: &str| cheapest_path(&dictionary, &nothing, text).1;
        let user = CompiledUserWords::compile(user_words, &dictionary, cheapest_cost)?;
        Ok(Self { dictionary, user })
    }

    /// The morphemes of the first [`LONGEST_TEXT_CHARACTERS`] characters of the text.
    pub fn tokenise(&self, text: &str) -> Vec<Morpheme> {
        let end = text.char_indices().nth(LONGEST_TEXT_CHARACTERS).map_or(text.len(), |(byte, _)| byte);
        let text = text.get(..end).unwrap_or_default();
        let (path, _) = cheapest_path(&self.dictionary, &self.user, text);
        path.iter().map(|word| self.morpheme(text, word)).collect()
    }

    fn morpheme(&self, text: &str, word: &PathWord) -> Morpheme {
        let feature = match word.origin {
            Origin::System => self.dictionary.system.feature(word.feature),
            Origin::Unknown => self.dictionary.unknown.feature(word.feature),
            Origin::User(number) => self.user.tag(number),
        };
        let mut fields = feature.split(',');
        let tag = fields.next().unwrap_or_default().to_owned();
        // tag, meaning, final consonant, reading, kind, first tag, last tag, expression
        let expression = fields.nth(6).filter(|field| *field != "*").map(str::to_owned);
        let surface = text.get(word.start..word.end).unwrap_or_default().to_owned();
        Morpheme { surface, tag, start: word.start, end: word.end, expression }
    }
}

#[cfg(test)]
mod tests;
