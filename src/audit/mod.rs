//! The audit log (감사 기록): who has changed what, when. Rows are only ever added, and each seals the one before.
//!
//! The database numbers and seals a row, so whoever may add one cannot invent its place in the chain; it refuses to
//! change or remove any. Here a row is added, and the chain is computed once more from what the rows say.

mod chain;
mod store;

pub use chain::{Break, Seal};
pub use store::{Entry, Row, audit_add, audit_list, audit_verify};

/// Who changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor(String);

impl Actor {
    /// The holder of a key, by its number.
    pub fn key(number: i32) -> Self {
        Self(format!("key {number}"))
    }

    /// Somebody without a key, by the mark of the address; see [`crate::keys::Asker`].
    pub fn address(mark: &str) -> Self {
        Self(format!("address {mark}"))
    }

    /// Somebody without a key at the machine on which the server runs.
    pub fn this_machine() -> Self {
        Self("this machine".to_owned())
    }

    /// A command, and who has typed it.
    pub fn command(user: &str) -> Self {
        Self(format!("command {}", if user.is_empty() { "unknown" } else { user }))
    }

    /// The worker of the queue of analyses.
    pub fn worker() -> Self {
        Self("worker".to_owned())
    }

    /// As it stands in the log.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
