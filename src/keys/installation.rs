//! The installation's secret: digests under it lead back to nothing without it.
//!
//! It stands in the schema `personal`, which no backup needs and the serving role cannot read. Whoever deletes it makes
//! every mark of an address anonymous for good.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::db::While;
use crate::error::{Error, Result};

/// 256 random bits of this installation.
pub struct Installation(Vec<u8>);

impl Installation {
    /// Reads the secret; the first one to ask makes it.
    pub fn read(conn: &mut PgConnection) -> Result<Self> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Bytea)]
            bits: Vec<u8>,
        }
        let read = |conn: &mut PgConnection| -> Result<Option<Row>> {
            diesel::sql_query("SELECT bits FROM personal.secret WHERE name = 'marks'")
                .get_result(conn)
                .optional()
                .doing("reading the installation's secret")
        };
        if let Some(row) = read(conn)? {
            return Ok(Self(row.bits));
        }
        let mut bits = vec![0_u8; 32];
        getrandom::fill(&mut bits).map_err(|e| Error::internal(format!("the system gives no random bits: {e}")))?;
        diesel::sql_query("INSERT INTO personal.secret (name, bits) VALUES ('marks', $1) ON CONFLICT DO NOTHING")
            .bind::<diesel::sql_types::Bytea, _>(&bits)
            .execute(conn)
            .doing("storing the installation's secret")?;
        read(conn)?.map(|row| Self(row.bits)).ok_or_else(|| Error::internal("the installation's secret is gone"))
    }

    /// The digest of some parts for one purpose. Each part goes in with its length, so that parts cannot run together.
    pub fn digest(&self, purpose: &str, parts: &[&[u8]]) -> Result<[u8; 32]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .map_err(|e| Error::internal(format!("the installation's secret: {e}")))?;
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        Ok(mac.finalize().into_bytes().into())
    }

    /// A short mark of a text: equal texts have equal marks.
    pub fn mark(&self, text: &str) -> Result<String> {
        let digest = self.digest("mark", &[text.as_bytes()])?;
        Ok(URL_SAFE_NO_PAD.encode(&digest[..12]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_depends_on_the_secret_the_purpose_and_where_parts_end() {
        let digest =
            |secret: u8, purpose: &str, parts: &[&[u8]]| Installation(vec![secret; 32]).digest(purpose, parts).unwrap();
        let base = digest(1, "a", &[b"bc", b"d"]);
        assert_eq!(base, digest(1, "a", &[b"bc", b"d"]));
        for other in [
            digest(2, "a", &[b"bc", b"d"]),
            digest(1, "b", &[b"bc", b"d"]),
            digest(1, "a", &[b"b", b"cd"]),
            digest(1, "ab", &[b"c", b"d"]),
        ] {
            assert_ne!(base, other);
        }
        let mark = |secret: u8| Installation(vec![secret; 32]).mark("198.51.100.1").unwrap();
        assert!(mark(1) == mark(1) && mark(1) != mark(2));
    }
}
