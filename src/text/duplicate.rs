//! A key under which copies of a post meet.

use super::normalise::comparable;

/// FNV-1a, 64 bits: starting value and multiplier as published (Fowler, Noll, Vo; <http://www.isthe.com/chongo/tech/comp/fnv/>).
pub(super) const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
pub(super) const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// The same number for texts that differ only in links, handles, capital letters, white space and compatibility forms.
///
/// The number is stored, so the hash is a published one that no release of a library will change.
pub fn duplicate_key(text: &str) -> u64 {
    fnv1a(comparable(text).as_bytes())
}

/// FNV-1a of the bytes.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(FNV_OFFSET, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the test vectors on the authors' page.
    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_copy_with_another_link_has_the_same_key() {
        let first = duplicate_key("연장반 자리 났어요!  https://ex.kr/1");
        assert_eq!(first, duplicate_key("@이웃 연장반 자리 났어요! http://ex.kr/2\n"));
        assert_ne!(first, duplicate_key("연장반 자리 없어요! https://ex.kr/1"));
    }
}
