//! `matrix.bin`: what it costs to put one word after another.

use super::DictionaryError;
use super::bytes::{need, u16_at};

const FILE: &str = "matrix.bin";
/// The two sizes before the costs.
const HEADER_BYTES: usize = 4;
const COST_BYTES: usize = 2;

/// Connection costs between the right context id of a word and the left context id of the word that follows.
///
/// Layout: `u16` number of right context ids of the word on the left, `u16` number of left context ids of the word on
/// the right, then one `i16` for each pair, all pairs of one following word side by side.
#[derive(Debug)]
pub struct Matrix {
    bytes: Vec<u8>,
    /// How many right context ids a preceding word can have.
    pub preceding: usize,
    /// How many left context ids a following word can have.
    pub following: usize,
}

impl Matrix {
    /// Takes the file's bytes and checks that it holds exactly the costs that its header promises.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DictionaryError> {
        need(FILE, "header", &bytes, HEADER_BYTES)?;
        let preceding = usize::from(u16_at(&bytes, 0).unwrap_or(0));
        let following = usize::from(u16_at(&bytes, 2).unwrap_or(0));
        let needed = HEADER_BYTES + COST_BYTES * preceding * following;
        need(FILE, "costs", &bytes, needed)?;
        if bytes.len() != needed || preceding == 0 || following == 0 {
            return Err(DictionaryError::Unfit {
                file: FILE,
                reason: format!("{preceding} by {following} costs need {needed} bytes, {} there", bytes.len()),
            });
        }
        Ok(Self { bytes, preceding, following })
    }

    /// The costs of all preceding words before a word with the left context id `left_id`; empty for an unknown id.
    pub fn row(&self, left_id: u16) -> &[[u8; COST_BYTES]] {
        let start = HEADER_BYTES + usize::from(left_id) * self.preceding * COST_BYTES;
        let row = self.bytes.get(start..start + self.preceding * COST_BYTES).unwrap_or_default();
        row.as_chunks().0
    }

    /// The cost of the pair, 0 for ids that the matrix does not have (the reader has checked that none occurs).
    pub fn cost(&self, right_id: u16, left_id: u16) -> i32 {
        row_cost(self.row(left_id), right_id)
    }
}

/// The cost at a preceding word's right context id in a row of [`Matrix::row`].
pub fn row_cost(row: &[[u8; COST_BYTES]], right_id: u16) -> i32 {
    row.get(usize::from(right_id)).map_or(0, |b| i32::from(i16::from_le_bytes(*b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two preceding ids (0, 1) and three following ids; the cost is 10 * following + preceding, and one is negative.
    fn small() -> Vec<u8> {
        let mut bytes = vec![2, 0, 3, 0];
        for cost in [0_i16, 1, 10, 11, 20, -21] {
            bytes.extend(cost.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn a_cost_is_found_by_its_two_ids() {
        let matrix = Matrix::from_bytes(small()).unwrap();
        assert_eq!(matrix.cost(1, 0), 1);
        assert_eq!(matrix.cost(0, 2), 20);
        assert_eq!(matrix.cost(1, 2), -21);
    }

    #[test]
    fn a_torn_matrix_is_refused_with_both_lengths() {
        let mut bytes = small();
        bytes.pop();
        let error = Matrix::from_bytes(bytes).unwrap_err();
        assert_eq!(error, DictionaryError::TooShort { file: FILE, part: "costs", needed: 16, found: 15 });
    }

    #[test]
    fn trailing_bytes_are_refused() {
        let mut bytes = small();
        bytes.push(0);
        assert!(Matrix::from_bytes(bytes).is_err());
    }
}
