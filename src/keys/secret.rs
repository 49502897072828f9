//! A key as its holder has it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

const PREFIX: &str = "djk_";
const BYTES: usize = 32;

/// A key in full. It has neither `Debug` nor `Display`, so that no log line can hold one by accident.
pub struct Secret(String);

impl Secret {
    /// A new key from the randomness of the system.
    pub fn new() -> Result<Self> {
        let mut bits = [0_u8; BYTES];
        getrandom::fill(&mut bits).map_err(|e| Error::internal(format!("the system gives no random bits: {e}")))?;
        Ok(Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bits))))
    }

    /// The key of an `Authorization` header. `None` when it is no bearer token of ours.
    pub fn from_header(header: &str) -> Option<Self> {
        let (scheme, token) = header.split_once(' ')?;
        let token = token.trim();
        let bits = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
        (scheme.eq_ignore_ascii_case("bearer") && bits.len() == BYTES).then(|| Self(token.to_owned()))
    }

    /// For its holder, once.
    pub fn show(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_from_a_header_and_two_keys_differ() {
        let (one, other) = (Secret::new().unwrap(), Secret::new().unwrap());
        let read = Secret::from_header(&format!("Bearer {}", one.show())).unwrap();
        assert_eq!(read.digest(), one.digest());
        assert_ne!(one.digest(), other.digest());
    }

    #[test]
    fn what_is_no_key_of_ours_is_nothing() {
        for wrong in ["", "Bearer", "Bearer djk_", "Bearer djk_AAAA", "Basic djk_x", "Bearer ghp_0123456789"] {
            assert!(Secret::from_header(wrong).is_none(), "{wrong}");
        }
        let key = Secret::new().unwrap();
        assert!(Secret::from_header(&format!("Basic {}", key.show())).is_none());
        assert!(Secret::from_header(&format!("Bearer {}A", key.show())).is_none());
    }
}
