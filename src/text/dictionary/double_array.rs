//! The double array: a trie in two columns, `base` and `check`, as laid out by Darts.
//!
//! From a state with the value `base`, the byte `c` leads to the unit `base + c + 1`, which belongs to the state when
//! its `check` equals `base`. The unit `base` itself ends a word when its own `base` is negative: the word's value is
//! then `-base - 1`. (Aoe, J.: An efficient digital search algorithm by using a double-array structure, IEEE
//! Transactions on Software Engineering 15(9), 1989.)

/// One unit: `i32` base, `u32` check.
pub const UNIT_BYTES: usize = 8;

fn unit(units: &[[u8; UNIT_BYTES]], index: u32) -> Option<(i32, u32)> {
    let [b0, b1, b2, b3, c0, c1, c2, c3] = *units.get(index as usize)?;
    Some((i32::from_le_bytes([b0, b1, b2, b3]), u32::from_le_bytes([c0, c1, c2, c3])))
}

/// Calls `found(length, value)` for every word of the trie that `text` begins with, the shortest first.
///
/// Whatever the units hold, each byte of the text is looked at once, so that a corrupt trie cannot make it run long.
pub fn words_at_the_beginning(units: &[[u8; UNIT_BYTES]], text: &[u8], mut found: impl FnMut(usize, u32)) {
    let Some((mut base, _)) = unit(units, 0) else { return };
    for length in 0..=text.len() {
        let state = base as u32;
        if let Some((value, check)) = unit(units, state)
            && check == state
            && value < 0
        {
            found(length, !value as u32);
        }
        let Some(byte) = text.get(length) else { return };
        let Some((next, check)) = unit(units, state.wrapping_add(u32::from(*byte) + 1)) else { return };
        if check != state {
            return;
        }
        base = next;
    }
}

/// The largest value of the trie, so that a reader can check once that all values point into its table.
pub fn values(units: &[[u8; UNIT_BYTES]]) -> impl Iterator<Item = u32> {
    units.iter().filter_map(|&[b0, b1, b2, b3, ..]| {
        let base = i32::from_le_bytes([b0, b1, b2, b3]);
        (base < 0).then_some(!base as u32)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A trie of the words "a" (value 7) and "ab" (value 9), laid out by hand: the root's base is 1, "a" leads to
    /// 1 + 97 + 1 = 99, whose base 2 has its end mark at 2; "b" leads to 2 + 98 + 1 = 101, whose base 3 ends at 3.
    fn two_words() -> Vec<[u8; UNIT_BYTES]> {
        let mut units = vec![[0; UNIT_BYTES]; 102];
        for (index, base, check) in [(0, 1, 0), (99, 2, 1), (2, -8, 2), (101, 3, 2), (3, -10, 3_u32)] {
            units[index][..4].copy_from_slice(&i32::to_le_bytes(base));
            units[index][4..].copy_from_slice(&check.to_le_bytes());
        }
        units
    }

    fn found(text: &str) -> Vec<(usize, u32)> {
        let mut all = Vec::new();
        words_at_the_beginning(&two_words(), text.as_bytes(), |length, value| all.push((length, value)));
        all
    }

    #[test]
    fn all_words_at_the_beginning_are_found_the_shortest_first() {
        assert_eq!(found("abc"), [(1, 7), (2, 9)]);
        assert_eq!(found("ax"), [(1, 7)]);
        assert_eq!(found("b"), []);
        assert_eq!(found(""), []);
    }

    #[test]
    fn the_values_are_listed() {
        let mut all: Vec<u32> = values(&two_words()).collect();
        all.sort_unstable();
        assert_eq!(all, [7, 9]);
    }

    #[test]
    fn a_trie_without_units_knows_nothing() {
        words_at_the_beginning(&[], b"a", |_, _| panic!("nothing to find"));
    }
}
