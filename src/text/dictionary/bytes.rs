//! Little-endian numbers out of a slice of bytes, without a panic when the slice is too short.

use super::DictionaryError;

/// The two bytes at `offset`, or `None` past the end.
pub fn u16_at(bytes: &[u8], offset: usize) -> Option<u16> {
    bytes.get(offset..)?.first_chunk().map(|b| u16::from_le_bytes(*b))
}

/// The four bytes at `offset`, or `None` past the end.
pub fn u32_at(bytes: &[u8], offset: usize) -> Option<u32> {
    bytes.get(offset..)?.first_chunk().map(|b| u32::from_le_bytes(*b))
}

/// Refuses a file that has fewer than `needed` bytes, naming the part that would not fit.
pub fn need(file: &'static str, part: &'static str, bytes: &[u8], needed: usize) -> Result<(), DictionaryError> {
    if bytes.len() < needed {
        return Err(DictionaryError::TooShort { file, part, needed, found: bytes.len() });
    }
    Ok(())
}
