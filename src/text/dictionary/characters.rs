//! `char.bin`: which category a character belongs to, and how unknown words of that category are formed.

use super::DictionaryError;
use super::bytes::{need, u32_at};

const FILE: &str = "char.bin";
const NAME_BYTES: usize = 32;
/// The table has one entry for each code from 0 up to, but without, U+FFFF.
const TABLE_ENTRIES: usize = 0xffff;

/// One character's entry: 18 bits of categories, 8 bits default category, 4 bits length, one bit each for grouping and
/// for always trying an unknown word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharacterClass(u32);

impl CharacterClass {
    /// Do the two share a category?
    pub fn shares_category(self, other: Self) -> bool {
        self.0 & other.0 & 0x3_ffff != 0
    }

    /// The category whose unknown words this character begins.
    pub fn category(self) -> usize {
        (self.0 >> 18 & 0xff) as usize
    }

    /// Unknown words of 1 up to this many characters are tried.
    pub fn longest_unknown(self) -> u32 {
        self.0 >> 26 & 0xf
    }

    /// Is the whole run of characters of one category tried as an unknown word?
    pub fn groups(self) -> bool {
        self.0 >> 30 & 1 == 1
    }

    /// Are unknown words tried even where the dictionary knows a word?
    pub fn always_tries_unknown(self) -> bool {
        self.0 >> 31 == 1
    }
}

/// The table of all characters.
#[derive(Debug)]
pub struct Characters {
    names: Vec<String>,
    table: Vec<CharacterClass>,
    space: CharacterClass,
}

impl Characters {
    /// Reads the table. The entry of the ordinary space says which characters are skipped between words.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DictionaryError> {
        need(FILE, "number of categories", bytes, 4)?;
        let count = u32_at(bytes, 0).unwrap_or(0) as usize;
        if count == 0 || count > 18 {
            // Eighteen bits of a class say to which categories the character belongs.
            return Err(DictionaryError::OutOfRange {
                file: FILE,
                what: "number of categories",
                value: count as u64,
                limit: 18,
            });
        }
        let table_start = 4 + count * NAME_BYTES;
        let needed = table_start + TABLE_ENTRIES * 4;
        need(FILE, "table of characters", bytes, needed)?;
        let names = bytes[4..table_start].chunks_exact(NAME_BYTES).map(name).collect();
        let table: Vec<CharacterClass> =
            bytes[table_start..needed].as_chunks().0.iter().map(|b| CharacterClass(u32::from_le_bytes(*b))).collect();
        if let Some(stray) = table.iter().find(|class| class.category() >= count) {
            return Err(DictionaryError::OutOfRange {
                file: FILE,
                what: "default category of a character",
                value: stray.category() as u64,
                limit: count as u64 - 1,
            });
        }
        let space = table[usize::from(b' ')];
        Ok(Self { names, table, space })
    }

    /// Category names in the order of their numbers.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The class of a character. Characters outside the table (U+FFFF and above) are like the character 0.
    pub fn class(&self, character: char) -> CharacterClass {
        self.table.get(character as usize).or(self.table.first()).copied().unwrap_or(self.space)
    }

    /// Is the character skipped between words?
    pub fn is_space(&self, character: char) -> bool {
        self.class(character).shares_category(self.space)
    }
}

/// A category name is padded with zero bytes.
fn name(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}
