//! `sys.dic` and `unk.dic`: the words, their context ids and costs, and what is known about each.

use std::ops::Range;

use super::DictionaryError;
use super::bytes::{need, u32_at};
use super::double_array::{self, UNIT_BYTES};

/// The magic number is the file's length, disguised with this constant.
const MAGIC: u32 = 0xef71_8f77;
/// Ten `u32`: magic, version, kind, words, right ids, left ids, bytes of the trie, of the tokens, of the features, 0.
const HEADER_BYTES: usize = 40;
/// The name of the character set, padded with zero bytes.
const CHARSET_BYTES: usize = 32;
const TOKEN_BYTES: usize = 16;

/// One reading of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Left context id: how the word looks to the word before it.
    pub left_id: u16,
    /// Right context id: how the word looks to the word after it.
    pub right_id: u16,
    /// Part-of-speech id, needed for the left-space penalty only.
    pub part_of_speech_id: u16,
    /// Cost of the word itself; the cheaper, the likelier.
    pub cost: i16,
    /// Where its description begins in the table of features, in bytes.
    pub feature: u32,
}

/// A word file whose lengths and offsets have been checked once.
#[derive(Debug)]
pub struct Words {
    bytes: Vec<u8>,
    units: Range<usize>,
    tokens: Range<usize>,
    features: Range<usize>,
    /// How many right context ids the file was made for.
    pub right_ids: usize,
    /// How many left context ids the file was made for.
    pub left_ids: usize,
}

impl Words {
    /// Takes the bytes of a word file of the given kind (0 = system, 2 = unknown words) and checks every number in it.
    pub fn from_bytes(file: &'static str, kind: u32, bytes: Vec<u8>) -> Result<Self, DictionaryError> {
        need(file, "header", &bytes, HEADER_BYTES + CHARSET_BYTES)?;
        let field = |index: usize| u32_at(&bytes, 4 * index).unwrap_or(0);
        let promised = (field(0) ^ MAGIC) as usize;
        if promised != bytes.len() {
            return Err(DictionaryError::WrongMagic { file, promised, found: bytes.len() });
        }
        let unfit = |reason: String| DictionaryError::Unfit { file, reason };
        if field(2) != kind {
            return Err(unfit(format!("is of kind {}, not {kind}", field(2))));
        }
        let charset = &bytes[HEADER_BYTES..HEADER_BYTES + CHARSET_BYTES];
        if !charset.to_ascii_lowercase().starts_with(b"utf-8\0") {
            return Err(unfit("its character set is not UTF-8".to_owned()));
        }
        let [units_len, tokens_len, features_len] = [field(6) as usize, field(7) as usize, field(8) as usize];
        if !units_len.is_multiple_of(UNIT_BYTES) || !tokens_len.is_multiple_of(TOKEN_BYTES) {
            return Err(unfit(format!(
                "{units_len} bytes of trie or {tokens_len} bytes of tokens are no whole number"
            )));
        }
        let units = HEADER_BYTES + CHARSET_BYTES..HEADER_BYTES + CHARSET_BYTES + units_len;
        let tokens = units.end..units.end + tokens_len;
        let features = tokens.end..tokens.end + features_len;
        need(file, "trie, tokens and features", &bytes, features.end)?;
        let words = Self { units, tokens, features, right_ids: field(4) as usize, left_ids: field(5) as usize, bytes };
        words.check(file)?;
        Ok(words)
    }

    /// Every token must have ids that the matrix has and a description that exists; every value of the trie must point
    /// at tokens that exist.
    fn check(&self, file: &'static str) -> Result<(), DictionaryError> {
        let within = |what: &'static str, value: usize, count: usize| {
            if value < count {
                return Ok(());
            }
            let limit = (count as u64).saturating_sub(1);
            Err(DictionaryError::OutOfRange { file, what, value: value as u64, limit })
        };
        let features = &self.bytes[self.features.clone()];
        if std::str::from_utf8(features).is_err() || features.last().is_some_and(|byte| *byte != 0) {
            return Err(DictionaryError::Unfit { file, reason: "its features are not zero-ended UTF-8".to_owned() });
        }
        for token in self.all_tokens() {
            within("right context id of a word", usize::from(token.right_id), self.right_ids)?;
            within("left context id of a word", usize::from(token.left_id), self.left_ids)?;
            within("feature offset of a word", token.feature as usize, features.len())?;
        }
        let count = self.tokens.len() / TOKEN_BYTES;
        for value in double_array::values(self.units()) {
            let tokens = token_range(value);
            within("last token of a word", (tokens.end as usize).saturating_sub(1), count)?;
        }
        Ok(())
    }

    fn units(&self) -> &[[u8; UNIT_BYTES]] {
        self.bytes.get(self.units.clone()).unwrap_or_default().as_chunks().0
    }

    fn token_chunks(&self) -> &[[u8; TOKEN_BYTES]] {
        self.bytes.get(self.tokens.clone()).unwrap_or_default().as_chunks().0
    }

    /// All readings of all words, in the file's order.
    pub fn all_tokens(&self) -> impl Iterator<Item = Token> {
        self.token_chunks().iter().map(token)
    }

    /// Calls `found(length in bytes, reading)` for every reading of every word that `text` begins with, the shortest
    /// word first.
    pub fn at_the_beginning(&self, text: &[u8], mut found: impl FnMut(usize, Token)) {
        let tokens = self.token_chunks();
        double_array::words_at_the_beginning(self.units(), text, |length, value| {
            let range = token_range(value);
            let readings = tokens.get(range.start as usize..range.end as usize).unwrap_or_default();
            for reading in readings {
                found(length, token(reading));
            }
        });
    }

    /// The readings of exactly this word.
    pub fn readings(&self, word: &str) -> Vec<Token> {
        let mut all = Vec::new();
        self.at_the_beginning(word.as_bytes(), |length, token| {
            if length == word.len() {
                all.push(token);
            }
        });
        all
    }

    /// A reading's description: fields separated by commas, the first of which is the tag. Empty when there is none.
    pub fn feature(&self, offset: u32) -> &str {
        let features = self.bytes.get(self.features.clone()).unwrap_or_default();
        let rest = features.get(offset as usize..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
        rest.get(..end).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// A value of the trie holds the number of the first token, and in its lowest 8 bits how many there are.
fn token_range(value: u32) -> Range<u32> {
    let first = value >> 8;
    first..first + (value & 0xff)
}

/// Layout: `u16` left id, `u16` right id, `u16` part of speech, `i16` cost, `u32` feature, `u32` unused.
fn token(bytes: &[u8; TOKEN_BYTES]) -> Token {
    let [l0, l1, r0, r1, p0, p1, c0, c1, f0, f1, f2, f3, ..] = *bytes;
    Token {
        left_id: u16::from_le_bytes([l0, l1]),
        right_id: u16::from_le_bytes([r0, r1]),
        part_of_speech_id: u16::from_le_bytes([p0, p1]),
        cost: i16::from_le_bytes([c0, c1]),
        feature: u32::from_le_bytes([f0, f1, f2, f3]),
    }
}
