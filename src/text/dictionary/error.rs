//! What can be wrong with a dictionary or with a list of user words.

use thiserror::Error;

/// Why the bytes of a compiled dictionary were refused. Every sentence names the file and the thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DictionaryError {
    /// The file ends before the thing that its header promises.
    #[error("{file}: too short for its {part}: {needed} bytes needed, {found} there")]
    TooShort {
        /// The dictionary file.
        file: &'static str,
        /// The part that does not fit.
        part: &'static str,
        /// Bytes that the part needs, counted from the beginning of the file.
        needed: usize,
        /// Bytes in the file.
        found: usize,
    },
    /// The magic number does not name this file's length, so that it is another kind of file or a torn one.
    #[error("{file}: the magic number stands for {promised} bytes, but the file has {found}")]
    WrongMagic {
        /// The dictionary file.
        file: &'static str,
        /// Length that the magic number stands for.
        promised: usize,
        /// Bytes in the file.
        found: usize,
    },
    /// A number in the file contradicts another one.
    #[error("{file}: {what}: {value} (at most {limit} fits)")]
    OutOfRange {
        /// The dictionary file.
        file: &'static str,
        /// What the number is.
        what: &'static str,
        /// The number found.
        value: u64,
        /// The largest number that would fit.
        limit: u64,
    },
    /// Two files do not belong together, or a file is not what it should be.
    #[error("{file}: {reason}")]
    Unfit {
        /// The dictionary file.
        file: &'static str,
        /// What does not fit, in words.
        reason: String,
    },
}

/// Why a list of user words was refused: the line, counted from 1, and the reason in words.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("user word list, line {line}: {reason}")]
pub struct UserWordError {
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}
