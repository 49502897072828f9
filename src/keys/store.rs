//! Keys in the database.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use subtle::ConstantTimeEq as _;

use super::{Access, Scope, Secret, Tier};
use crate::audit::{Actor, Entry, audit_add};
use crate::db::schema::api_key;
use crate::db::{While, in_transaction};
use crate::error::{Error, Result};

/// A key as it is stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = api_key)]
pub struct Key {
    /// Number of the key.
    pub id: i32,
    /// Who holds it, in words.
    pub label: String,
    digest: Vec<u8>,
    /// `standard` or `high`.
    pub tier: String,
    /// Names of its scopes.
    pub scopes: Vec<Option<String>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A key that is about to be made.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// Who will hold it.
    pub label: String,
    /// How many requests it may make.
    pub tier: Tier,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Makes a key. The secret exists nowhere else.
pub fn key_create(conn: &mut PgConnection, by: &Actor, new: &NewKey) -> Result<(Key, Secret)> {
    if new.label.trim().is_empty() {
        return Err(Error::bad_input("A key needs a label that says who holds it."));
    }
    let secret = Secret::new()?;
    let mut scopes: Vec<&str> = new.scopes.iter().map(|s| s.name()).collect();
    scopes.sort_unstable();
    scopes.dedup();
    let key = in_transaction(conn, |conn| {
        let key = diesel::insert_into(api_key::table)
            .values((
                api_key::label.eq(new.label.trim()),
                api_key::digest.eq(secret.digest().to_vec()),
                api_key::tier.eq(new.tier.name()),
                api_key::scopes.eq(&scopes),
                api_key::expires_at.eq(new.expires_at),
            ))
            .returning(Key::as_returning())
            .get_result(conn)
            .doing("storing a key")?;
        let detail = serde_json::json!({"scopes": scopes, "tier": new.tier.name()});
        audit_add(conn, &Entry { actor: by, action: "issue a key", subject: subject(&key), detail })?;
        Ok(key)
    })?;
    Ok((key, secret))
}

/// Every key, newest first.
pub fn key_list(conn: &mut PgConnection) -> Result<Vec<Key>> {
    api_key::table.order(api_key::id.desc()).select(Key::as_select()).load(conn).doing("reading the keys")
}

/// Ends a key. Revoking it again changes nothing.
pub fn key_revoke(conn: &mut PgConnection, by: &Actor, id: i32) -> Result<Key> {
    in_transaction(conn, |conn| {
        let ended = diesel::update(api_key::table.find(id).filter(api_key::revoked_at.is_null()))
            .set(api_key::revoked_at.eq(diesel::dsl::now))
            .execute(conn)
            .doing("revoking a key")?;
        let key = api_key::table
            .find(id)
            .select(Key::as_select())
            .first(conn)
            .optional()
            .doing("reading a key")?
            .ok_or_else(|| Error::bad_input(format!("There is no key {id}; `dongjak key list` lists them.")))?;
        if ended > 0 {
            let (subject, detail) = (subject(&key), serde_json::json!({}));
            audit_add(conn, &Entry { actor: by, action: "revoke a key", subject, detail })?;
        }
        Ok(key)
    })
}

fn subject(key: &Key) -> String {
    format!("key {}", key.id)
}

/// What the key with this digest allows, and until when; none when there is no such key in force. Notes its use.
pub(super) fn access(conn: &mut PgConnection, digest: &[u8; 32]) -> Result<Option<(Access, Option<DateTime<Utc>>)>> {
    let key: Option<Key> = api_key::table
        .filter(api_key::digest.eq(digest.to_vec()))
        .filter(api_key::revoked_at.is_null())
        .filter(api_key::expires_at.is_null().or(api_key::expires_at.gt(diesel::dsl::now)))
        .select(Key::as_select())
        .first(conn)
        .optional()
        .doing("looking a key up")?;
    // The index has found it; the comparison that decides takes the same time for every key.
    let Some(key) = key.filter(|key| bool::from(key.digest.as_slice().ct_eq(digest.as_slice()))) else {
        return Ok(None);
    };
    diesel::sql_query(
        "UPDATE api_key SET last_used_at = now() WHERE id = $1 AND coalesce(last_used_at, '-infinity') < now() - interval '1 minute'",
    )
    .bind::<diesel::sql_types::Integer, _>(key.id)
    .execute(conn)
    .doing("noting the use of a key")?;
    let scopes = Scope::ALL.into_iter().filter(|s| key.scopes.iter().flatten().any(|name| name == s.name())).collect();
    let tier = if key.tier == Tier::High.name() { Tier::High } else { Tier::Standard };
    Ok(Some((Access { key: Some(key.id), tier, scopes }, key.expires_at)))
}
