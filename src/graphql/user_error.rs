//! What is wrong with a change that somebody wants, as data: a client can show it beside the field.

use async_graphql::{Context, Enum, Object};

use super::language::Language;
use crate::error::Sentence;

/// Why a change was not made (사용자 오류). The value is stable; the sentence is for people.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "UserErrorCode")]
pub enum UserErrorCode {
    /// Nothing is written where something must be.
    Blank,
    /// The value is longer than allowed.
    TooLong,
    /// The value is not one of those that may be given.
    Invalid,
    /// The place lies outside the district.
    OutsideDistrict,
    /// There is nothing of this name or number.
    NotFound,
    /// The same was filed already.
    Duplicate,
    /// So many were filed that no more are taken for the time being.
    LimitReached,
    /// It is not open: not yet, not any more, or withdrawn.
    Closed,
    /// It is already in another state, which does not allow the change.
    Conflict,
    /// The idempotency key was used before, with another input.
    IdempotencyKeyReused,
}

/// One reason why a change was not made.
#[derive(Debug, Clone)]
pub struct UserError {
    field: Vec<String>,
    code: UserErrorCode,
    said: Sentence,
}

impl UserError {
    /// `field` leads from the argument to the value, such as `["input", "place", "longitude"]`.
    pub fn new(field: &[&str], code: UserErrorCode, said: Sentence) -> Self {
        Self { field: field.iter().map(|part| (*part).to_owned()).collect(), code, said }
    }

    /// The way to the value.
    pub fn path(&self) -> &[String] {
        &self.field
    }

    /// The stable value.
    pub fn code(&self) -> UserErrorCode {
        self.code
    }
}

/// One reason why a change was not made, for a client to show. Nothing was changed when there is one.
#[Object(name = "UserError")]
impl UserError {
    /// The way from the argument to the value that is wrong; only the argument when it is the whole.
    async fn field(&self) -> &[String] {
        &self.field
    }

    /// What kind of reason; stable.
    #[graphql(name = "code")]
    async fn stable_code(&self) -> UserErrorCode {
        self.code
    }

    /// What is wrong and what to do, in words.
    async fn message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> &str {
        let language = Language::choose(lang, ctx);
        language.pick(self.said.korean().unwrap_or(self.said.english()), self.said.english())
    }
}
