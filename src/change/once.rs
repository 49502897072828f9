//! A change is made once, however often it is asked for.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{Act, Done, Outcome, Writer};
use crate::audit::{Actor, Entry, audit_add};
use crate::db::schema::change_answer;
use crate::db::{While, in_transaction};
use crate::error::{Error, Result, both};
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::keys::{Asker, Installation};

/// Shortest and longest idempotency key.
const KEY_LENGTH: std::ops::RangeInclusive<usize> = 8..=100;

/// What somebody wants, so that it can be known again.
pub struct Wish {
    mutation: &'static str,
    key: String,
    input: Vec<u8>,
}

impl Wish {
    /// `input` is everything that was asked for beside the idempotency key.
    pub fn new(mutation: &'static str, idempotency_key: &str, input: &impl Serialize) -> Result<Self> {
        let input = serde_json::to_vec(input).map_err(|e| Error::internal(format!("an input as JSON: {e}")))?;
        Ok(Self { mutation, key: idempotency_key.to_owned(), input })
    }

    fn fault(&self) -> Option<UserError> {
        let sound = KEY_LENGTH.contains(&self.key.len()) && self.key.bytes().all(|b| b.is_ascii_graphic());
        (!sound).then(|| {
            UserError::new(
                &["input", "idempotencyKey"],
                UserErrorCode::Invalid,
                both(
                    "An idempotency key has 8 to 100 letters, digits or signs without spaces; a UUID will do.",
                    "idempotencyKey는 공백 없는 영문자·숫자·기호 8~100자여야 합니다. UUID를 쓰면 됩니다.",
                ),
            )
        })
    }
}

/// The answer to a change, made now or before.
pub struct Kept<A> {
    /// What the answer is made of.
    pub answer: A,
    /// A secret that only this asker can be told, and again when the same is asked again. It is derived from the
    /// installation's secret and the idempotency key, neither of which is stored beside the change, so that nothing
    /// but its SHA-256 ([`Act::receipt_digest`]) needs to be kept.
    pub receipt: String,
}

/// The SHA-256 of a receipt as somebody sends it.
pub fn receipt_digest(receipt: &str) -> [u8; 32] {
    Sha256::digest(receipt.trim().as_bytes()).into()
}

impl Writer {
    /// Makes a change, or answers as before when it was made before. `work` makes it; when it finds something wrong with
    /// the wish, or fails, nothing is kept.
    pub async fn once<A, F>(&self, asker: &Asker, wish: Wish, work: F) -> Result<Outcome<Kept<A>>>
    where
        A: Serialize + DeserializeOwned + Send + 'static,
        F: FnOnce(&mut Act<'_>) -> Result<Outcome<Done<A>>> + Send + 'static,
    {
        if let Some(fault) = wish.fault() {
            return Ok(Err(vec![fault]));
        }
        let asker = asker.clone();
        self.0.run(move |conn| once(conn, &asker, &wish, work)).await
    }
}

fn once<A: Serialize + DeserializeOwned>(
    conn: &mut PgConnection,
    asker: &Asker,
    wish: &Wish,
    work: impl FnOnce(&mut Act<'_>) -> Result<Outcome<Done<A>>>,
) -> Result<Outcome<Kept<A>>> {
    let secret = Installation::read(conn)?;
    let actor = asker.actor(&secret)?;
    let (who, mutation, key) = (actor.as_str().as_bytes(), wish.mutation.as_bytes(), wish.key.as_bytes());
    let key_digest = secret.digest("idempotency key", &[who, key])?;
    let input_digest = secret.digest("input", &[mutation, &wish.input])?;
    let receipt = secret.digest("receipt", &[who, key, mutation, &wish.input])?;
    let receipt = format!("djr_{}", URL_SAFE_NO_PAD.encode(receipt));
    let mut faults = None;
    let made = in_transaction(conn, |conn| {
        // Two that ask for the same at the same time: the second waits, and then finds the answer.
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<diesel::sql_types::BigInt, _>(lock_number(&key_digest))
            .execute(conn)
            .doing("waiting for the same change")?;
        if let Some(known) = known(conn, &key_digest)? {
            return known.answer(wish, &input_digest, &mut faults);
        }
        let mut act = Act { conn, actor: &actor, receipt_digest: receipt_digest(&receipt) };
        match work(&mut act)? {
            Ok(done) => keep(conn, &actor, wish, (&key_digest, &input_digest), done),
            Err(wrong) => {
                faults = Some(wrong);
                // Whatever was written on the way is undone with the transaction.
                Err(Error::bad_input("a change was not made"))
            }
        }
    });
    match (faults, made) {
        (Some(faults), _) => Ok(Err(faults)),
        (None, made) => made.map(|answer| Ok(Kept { answer, receipt })),
    }
}

#[derive(Queryable)]
struct Known {
    mutation: String,
    input_digest: Vec<u8>,
    answer: serde_json::Value,
}

impl Known {
    fn answer<A: DeserializeOwned>(
        self,
        wish: &Wish,
        input_digest: &[u8; 32],
        faults: &mut Option<Vec<UserError>>,
    ) -> Result<A> {
        if self.mutation != wish.mutation || self.input_digest != input_digest {
            *faults = Some(vec![UserError::new(
                &["input", "idempotencyKey"],
                UserErrorCode::IdempotencyKeyReused,
                both(
                    "This idempotency key was used before, with another input. Send the same input, or a new key.",
                    "이 idempotencyKey는 다른 입력에 이미 쓰였습니다. 같은 입력을 보내거나 새 키를 쓰십시오.",
                ),
            )]);
            return Err(Error::bad_input("a change was not made"));
        }
        serde_json::from_value(self.answer).map_err(|e| Error::internal(format!("a kept answer: {e}")))
    }
}

fn known(conn: &mut PgConnection, key_digest: &[u8; 32]) -> Result<Option<Known>> {
    change_answer::table
        .find(key_digest.to_vec())
        .select((change_answer::mutation, change_answer::input_digest, change_answer::answer))
        .first(conn)
        .optional()
        .doing("looking for an earlier answer")
}

fn keep<A: Serialize>(
    conn: &mut PgConnection,
    actor: &Actor,
    wish: &Wish,
    (key_digest, input_digest): (&[u8; 32], &[u8; 32]),
    done: Done<A>,
) -> Result<A> {
    let answer = serde_json::to_value(&done.answer).map_err(|e| Error::internal(format!("an answer as JSON: {e}")))?;
    diesel::insert_into(change_answer::table)
        .values((
            change_answer::key_digest.eq(key_digest.to_vec()),
            change_answer::mutation.eq(wish.mutation),
            change_answer::input_digest.eq(input_digest.to_vec()),
            change_answer::answer.eq(answer),
        ))
        .execute(conn)
        .doing("keeping an answer")?;
    audit_add(conn, &Entry { actor, action: wish.mutation, subject: done.subject, detail: done.detail })?;
    Ok(done.answer)
}

fn lock_number(digest: &[u8; 32]) -> i64 {
    digest.iter().take(8).fold(0_i64, |n, byte| (n << 8) | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_too_short_too_long_or_has_a_space_is_refused() {
        let fault = |key: &str| Wish::new("m", key, &()).unwrap().fault().map(|e| e.code());
        for wrong in ["", "1234567", "with space", &"x".repeat(101), "열쇠열쇠열쇠"] {
            assert_eq!(fault(wrong), Some(UserErrorCode::Invalid), "{wrong}");
        }
        for sound in ["12345678", "4c0f6a8e-0d7c-4b42-9d3a-6f1d3c1f2a77", &"x".repeat(100)] {
            assert_eq!(fault(sound), None, "{sound}");
        }
    }
}
