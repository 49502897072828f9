//! Errors for two readers: one message for the person outside, another for the log.
//!
//! This room knows no database, no web and no GraphQL. [`crate::graphql`] turns a [`Kind`] into a stable code,
//! [`crate::server`] into an HTTP status. There are no more kinds than somebody outside can act upon.

use std::fmt;

/// Whose turn it is to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The question or the file was wrong: the asker must change it.
    BadInput,
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
    outside: String,
    korean: Option<String>,
    log: Option<String>,
}

/// The result of everything that can fail in this crate above the pure rooms.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A mistake of the asker. `outside` says what is wrong and what to do.
    pub fn bad_input(outside: impl Into<String>) -> Self {
        Self { kind: Kind::BadInput, outside: outside.into(), korean: None, log: None }
    }

    /// Any kind with its own sentence for the person outside.
    pub fn new(kind: Kind, outside: impl Into<String>) -> Self {
        Self { kind, outside: outside.into(), korean: None, log: None }
    }

    /// Our fault: the person outside learns only that; `log` tells the rest to the operator.
    pub fn internal(log: impl Into<String>) -> Self {
        Self {
            kind: Kind::Internal,
            outside:
                "Something went wrong on our side. Please try again; if it stays, send the request id to the operator."
                    .to_owned(),
            korean: Some(
                "서버 내부 오류입니다. 다시 시도해 주십시오. 계속되면 requestId를 운영자에게 알려 주십시오.".to_owned(),
            ),
            log: Some(log.into()),
        }
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
        self.korean = Some(outside.into());
        self
    }

    /// Whose turn it is to act.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The sentence for the person outside.
    pub fn outside(&self) -> &str {
        &self.outside
    }

    /// The same sentence in Korean, where it was written.
    pub fn outside_in_korean(&self) -> Option<&str> {
        self.korean.as_deref()
    }

    /// What the log should say: the inner message where there is one.
    pub fn for_log(&self) -> &str {
        self.log.as_deref().unwrap_or(&self.outside)
    }
}

/// Shows only what the person outside may read, so that a stray `?` can never leak more.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.outside)
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
