//! The dictionary: a compiled MeCab dictionary of Korean (mecab-ko-dic), read from bytes.
//!
//! It knows nothing of the disk: the caller reads the five files and hands their bytes over, so that a broken download
//! is a value in a test rather than a file. The two large files (100 MB together) are moved in and used as they are;
//! all lengths, offsets and ids are checked once, in [`Dictionary::from_bytes`], and a corrupt file is refused with a
//! [`DictionaryError`] that says what is wrong. What the check cannot see (a word with the wrong cost) gives a wrong
//! analysis, never a panic.
//!
//! The layout is that of MeCab 0.996 with the left-space penalty of mecab-ko (Kudo, T.: MeCab, Yet Another
//! Part-of-Speech and Morphological Analyzer; <https://taku910.github.io/mecab/>).

mod bytes;
mod characters;
mod double_array;
mod error;
mod matrix;
mod settings;
mod user_words;
mod words;

pub use characters::{CharacterClass, Characters};
pub use error::{DictionaryError, UserWordError};
pub use matrix::{Matrix, row_cost};
pub use settings::LeftSpacePenalties;
pub(super) use user_words::CompiledUserWords;
pub use user_words::{UserWord, UserWords};
pub use words::{Token, Words};

/// The bytes of the five files of a compiled dictionary.
#[derive(Debug)]
pub struct DictionaryFiles {
    /// `sys.dic`: the words.
    pub system: Vec<u8>,
    /// `unk.dic`: how unknown words of each character category are described.
    pub unknown: Vec<u8>,
    /// `matrix.bin`: the connection costs.
    pub matrix: Vec<u8>,
    /// `char.bin`: the character categories.
    pub characters: Vec<u8>,
    /// `dicrc`: the settings, as text.
    pub settings: Vec<u8>,
}

/// A dictionary whose files fit together.
#[derive(Debug)]
pub struct Dictionary {
    pub(super) system: Words,
    pub(super) unknown: Words,
    pub(super) matrix: Matrix,
    pub(super) characters: Characters,
    pub(super) penalties: LeftSpacePenalties,
    /// For each character category the readings of an unknown word; never empty.
    pub(super) unknown_readings: Vec<Vec<Token>>,
}

impl Dictionary {
    /// Takes the five files and checks each, and that they were made for one another.
    pub fn from_bytes(files: DictionaryFiles) -> Result<Self, DictionaryError> {
        let matrix = Matrix::from_bytes(files.matrix)?;
        let characters = Characters::from_bytes(&files.characters)?;
        let penalties = LeftSpacePenalties::from_bytes(&files.settings)?;
        let system = Words::from_bytes("sys.dic", 0, files.system)?;
        let unknown = Words::from_bytes("unk.dic", 2, files.unknown)?;
        for (file, words) in [("sys.dic", &system), ("unk.dic", &unknown)] {
            if (words.right_ids, words.left_ids) != (matrix.preceding, matrix.following) {
                return Err(DictionaryError::Unfit {
                    file,
                    reason: format!(
                        "made for {} by {} connections, matrix.bin has {} by {}",
                        words.right_ids, words.left_ids, matrix.preceding, matrix.following
                    ),
                });
            }
        }
        let mut unknown_readings = Vec::new();
        for name in characters.names() {
            let readings = unknown.readings(name);
            if readings.is_empty() {
                let reason = format!("has no entry for the character category {name}");
                return Err(DictionaryError::Unfit { file: "unk.dic", reason });
            }
            unknown_readings.push(readings);
        }
        Ok(Self { system, unknown, matrix, characters, penalties, unknown_readings })
    }
}

#[cfg(test)]
mod tests;
