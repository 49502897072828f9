//! Errors for two readers: one message for the person outside, another for the log.
//!
//! This room knows no database, no web and no GraphQL. [`crate::graphql`] turns a [`Kind`] into a stable code,
//! [`crate::server`] into an HTTP status. There are no more kinds than somebody outside can act upon.

mod sentence;

use std::fmt;

pub use sentence::{Sentence, both, grouped, out_of_range, too_many, within};

/// Whose turn it is to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The question or the file was wrong: the asker must change it.
    BadInput,
    /// The query does not fit the contract: whoever writes the client must change it.
    Misfit,
    /// The asker may not see this.
    Restricted,
    /// The database cannot be reached, or is not ready: ask again later.
    Unavailable,
    /// More is asked than can be answered now: ask again in a moment.
    Busy,
    /// The answer took longer than allowed.
    Timeout,
    /// Our fault. The log knows more.
    Internal,
}

/// A failure with a sentence for the person outside and, where it helps, a second one for the log.
#[derive(Debug, Clone)]
pub struct Error {
    kind: Kind,
    outside: Sentence,
    log: Option<String>,
}

/// The result of everything that can fail in this crate above the pure rooms.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A mistake of the asker. `outside` says what is wrong and what to do; a client hears it in its own language, so
    /// what a client can meet is said with [`both`].
    pub fn bad_input(outside: impl Into<Sentence>) -> Self {
        Self::new(Kind::BadInput, outside)
    }

    /// Any kind with its own sentence for the person outside.
    pub fn new(kind: Kind, outside: impl Into<Sentence>) -> Self {
        Self { kind, outside: outside.into(), log: None }
    }

    /// A query that does not fit the contract.
    pub fn misfit(outside: Sentence) -> Self {
        Self::new(Kind::Misfit, outside)
    }

    /// Our fault: the person outside learns only that; `log` tells the rest to the operator.
    pub fn internal(log: impl Into<String>) -> Self {
        Self::new(
            Kind::Internal,
            both(
                "Something went wrong on our side. Please try again; if it stays, send the request id to the operator.",
                "서버 내부 오류입니다. 다시 시도해 주십시오. 계속되면 requestId를 운영자에게 알려 주십시오.",
            ),
        )
        .with_log(log)
    }

    /// The database does not answer: nothing that was asked is wrong, and in a moment it may be answered.
    pub fn unavailable(log: impl Into<String>) -> Self {
        Self::new(
            Kind::Unavailable,
            both(
                "The database cannot be reached at the moment. Please try again shortly.",
                "지금은 데이터베이스에 연결할 수 없습니다. 잠시 후 다시 시도해 주십시오.",
            ),
        )
        .with_log(log)
    }

    /// The answer took longer than allowed.
    pub fn timeout(log: impl Into<String>) -> Self {
        Self::new(
            Kind::Timeout,
            both(
                "The answer took too long. Ask for less, or try again later.",
                "응답에 시간이 너무 오래 걸렸습니다. 요청을 줄이거나 잠시 후 다시 시도해 주십시오.",
            ),
        )
        .with_log(log)
    }

    /// Adds what only the log may know.
    #[must_use]
    pub fn with_log(mut self, log: impl Into<String>) -> Self {
        self.log = Some(log.into());
        self
    }

    /// Says the sentence for the person outside in Korean too.
    #[must_use]
    pub fn in_korean(mut self, outside: impl Into<String>) -> Self {
        self.outside = self.outside.in_korean(outside);
        self
    }

    /// Whose turn it is to act.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The sentence for the person outside.
    pub fn outside(&self) -> &str {
        self.outside.english()
    }

    /// The same sentence in Korean, where it was written.
    pub fn outside_in_korean(&self) -> Option<&str> {
        self.outside.korean()
    }

    /// What the log should say: the inner message where there is one.
    pub fn for_log(&self) -> &str {
        self.log.as_deref().unwrap_or(self.outside.english())
    }
}

/// Shows only what the person outside may read, so that a stray `?` can never leak more.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.outside.english())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_log_knows_is_never_shown_outside() {
        let error = Error::internal("password of the database: secret");
        assert!(!error.to_string().contains("secret"));
        assert!(error.for_log().contains("secret"));
    }
}
