//! Changes that clients make (변경): each once only, in one transaction, with its line in the audit log.
//!
//! Whoever asks twice with the same idempotency key and the same input, because the line broke, is answered twice and
//! has changed something once. What is wrong with the input is data, not a failure: [`UserError`].

mod once;
pub mod personal;

use async_graphql::Context;
use diesel::PgConnection;

use crate::audit::Actor;
use crate::config::Settings;
use crate::db::Db;
use crate::error::Result;
use crate::graphql::data;
use crate::graphql::user_error::UserError;
use crate::keys::{Asker, Scope};

pub use once::{Kept, Wish, receipt_digest};

/// What came of a wish: an answer, or what is wrong with the wish.
pub type Outcome<A> = std::result::Result<A, Vec<UserError>>;

/// The connections that may change something; those of the queries may not.
#[derive(Clone)]
pub struct Writer(Db);

/// One change at work: its connection is in a transaction.
pub struct Act<'a> {
    /// The connection.
    pub conn: &'a mut PgConnection,
    /// Who asks.
    pub actor: &'a Actor,
    /// SHA-256 of the receipt; see [`Kept::receipt`].
    pub receipt_digest: [u8; 32],
}

/// A change that was made.
pub struct Done<A> {
    /// What the answer is made of. It is kept, so that it can be given again.
    pub answer: A,
    /// What was changed, such as `run 7`, for the audit log.
    pub subject: String,
    /// What else matters for the audit log; never personal data.
    pub detail: serde_json::Value,
}

impl<A> Done<A> {
    /// A change of which there is no more to say.
    pub fn new(answer: A, subject: impl Into<String>) -> Self {
        Self { answer, subject: subject.into(), detail: serde_json::json!({}) }
    }
}

impl Writer {
    /// The pool for changes. Opens no connection yet.
    pub fn open(settings: &Settings) -> Result<Self> {
        Db::open(&settings.for_writing()).map(Self)
    }

    /// The connections themselves, for what is no change by a client.
    pub fn db(&self) -> &Db {
        &self.0
    }
}

/// Who asks. A request without the server's mark comes from nobody.
pub fn asker(ctx: &Context<'_>) -> Result<Asker> {
    data::<Asker>(ctx).cloned()
}

/// Who asks, if a key with this scope is shown.
pub fn asker_with(ctx: &Context<'_>, scope: Scope) -> Result<Asker> {
    let asker = asker(ctx)?;
    asker.require(scope)?;
    Ok(asker)
}

/// The connections for changes.
pub fn writer<'a>(ctx: &Context<'a>) -> Result<&'a Writer> {
    data(ctx)
}
