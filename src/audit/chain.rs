//! The chain of the rows, computed from what they say. Knows no database.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// What the hash of a row is computed from, and the two hashes that the row carries.
#[derive(Debug, Clone)]
pub struct Seal<'a> {
    /// Counts from 1.
    pub number: i64,
    /// When it was added, to the microsecond.
    pub at: DateTime<Utc>,
    /// Role of the session, actor, action, subject, and the detail as PostgreSQL writes it.
    pub words: [&'a str; 5],
    /// Hash of the row before, as this row says.
    pub previous: &'a [u8],
    /// Hash of this row, as it says itself.
    pub hash: &'a [u8],
}

/// Where the chain is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// A row before this one is missing.
    Missing(i64),
    /// This row does not follow the row before it.
    Unlinked(i64),
    /// This row does not say what it said when it was added.
    Changed(i64),
}

/// The end of the first row's chain.
pub(super) const START: [u8; 32] = [0; 32];

/// The hash of a row after another one.
fn hash(previous: &[u8], row: &Seal<'_>) -> [u8; 32] {
    let (number, at) = (row.number.to_string(), row.at.format("%Y-%m-%d %H:%M:%S%.6f").to_string());
    let mut digest = Sha256::new_with_prefix(previous);
    for field in [number.as_str(), &at].into_iter().chain(row.words) {
        // The length in front keeps "ab, c" and "a, bc" apart.
        digest.update(u32::try_from(field.len()).unwrap_or(u32::MAX).to_be_bytes());
        digest.update(field);
    }
    digest.finalize().into()
}

/// Checks that a row follows one with this number and hash.
pub(super) fn check(before: (i64, &[u8]), row: &Seal<'_>) -> Result<(), Break> {
    if row.number != before.0 + 1 {
        return Err(Break::Missing(row.number));
    }
    if row.previous != before.1 {
        return Err(Break::Unlinked(row.number));
    }
    if row.hash != hash(before.1, row) { Err(Break::Changed(row.number)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The hash of the row 1 of 2026-01-02 03:04:05.000006 by `r`, `key 1`, `publish`, `run 7`, `{}` after 32 zero
    /// bytes, computed with Python's hashlib from the description of the column.
    const FIRST: &str = "10a1e9cee8c72ae0cf15d25fe95e889ec45c992d0cf92053aadeb5da7b682679";

    fn row<'a>(subject: &'a str, hash: &'a [u8]) -> Seal<'a> {
        let at = DateTime::parse_from_rfc3339("2026-01-02T03:04:05.000006Z").unwrap().to_utc();
        Seal { number: 1, at, words: ["r", "key 1", "publish", subject, "{}"], previous: &START, hash }
    }

    fn first() -> Vec<u8> {
        (0..32).map(|n| u8::from_str_radix(&FIRST[2 * n..2 * n + 2], 16).unwrap()).collect()
    }

    #[test]
    fn a_row_is_sealed_by_every_word_of_it_and_by_the_row_before() {
        let hash = first();
        assert_eq!(check((0, &START), &row("run 7", &hash)), Ok(()));
        assert_eq!(check((0, &START), &row("run 8", &hash)), Err(Break::Changed(1)));
        assert_eq!(check((1, &START), &row("run 7", &hash)), Err(Break::Missing(1)));
        assert_eq!(check((0, &[1; 32]), &row("run 7", &hash)), Err(Break::Unlinked(1)));
    }

    #[test]
    fn a_letter_that_moves_to_the_next_field_changes_the_hash() {
        let mut moved = row("run 7", &[]);
        let before = hash(&START, &moved);
        moved.words = ["r", "key 1p", "ublish", "run 7", "{}"];
        assert_ne!(before, hash(&START, &moved));
    }
}
