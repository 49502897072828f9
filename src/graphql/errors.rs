//! One place where failures become GraphQL errors with a stable `extensions.code`.
//!
//! A resolver returns [`crate::error::Error`]; async-graphql carries it along as the source of the error, and here it
//! gets its code. An error of any other source that arose in a resolver is our fault and is masked.

use async_graphql::{ErrorExtensionValues, Pos, Response, ServerError};

use super::language::Language;
use crate::error::{Error, Kind};

/// Longest message that is sent; the library echoes whole queries otherwise.
const LONGEST_MESSAGE: usize = 300;
/// Most errors of one answer.
const MOST_ERRORS: usize = 20;

/// The stable code of a kind.
pub fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::BadInput => "BAD_USER_INPUT",
        Kind::Misfit => "GRAPHQL_VALIDATION_FAILED",
        Kind::Restricted => "RESTRICTED",
        Kind::Unavailable => "DATABASE_UNAVAILABLE",
        Kind::Busy => "TOO_BUSY",
        Kind::Timeout => "QUERY_TIMEOUT",
        Kind::Internal => "INTERNAL",
    }
}

/// The sentence for the person outside in a language. What has no Korean sentence of its own is introduced in Korean.
pub fn message(error: &Error, language: Language) -> String {
    match (language, error.outside_in_korean()) {
        (Language::En, _) => error.outside().to_owned(),
        (Language::Ko, Some(korean)) => korean.to_owned(),
        (Language::Ko, None) => introduced(error.kind(), error.outside()),
    }
}

/// A name that somebody has invented may be as long as a whole request.
fn shortened(mut message: String) -> String {
    if message.len() > LONGEST_MESSAGE {
        message.truncate(message.floor_char_boundary(LONGEST_MESSAGE));
        message.push('…');
    }
    message
}

fn introduced(kind: Kind, english: &str) -> String {
    let korean = match kind {
        Kind::BadInput | Kind::Misfit => "질의가 스키마에 맞지 않습니다. 아래를 확인해 고쳐 주십시오",
        Kind::Restricted => "열람이 제한된 자료입니다",
        Kind::Unavailable => "지금은 데이터베이스에 연결할 수 없습니다. 잠시 후 다시 시도해 주십시오",
        Kind::Busy => "요청이 너무 많습니다. 잠시 후 다시 시도해 주십시오",
        Kind::Timeout => "응답에 시간이 너무 오래 걸렸습니다. 요청을 줄여 주십시오",
        Kind::Internal => "서버 내부 오류입니다",
    };
    format!("{korean}: {english}")
}

/// Gives every error of an answer its code, its language and, where it is our fault, the request id; tells the log
/// once. Returns the worst kind, for the HTTP status.
pub fn finish(response: &mut Response, request_id: &str, language: Language) -> Option<Kind> {
    response.errors.truncate(MOST_ERRORS);
    let mut worst = None;
    for error in &mut response.errors {
        let kind = finish_one(error, request_id, language);
        if worst.is_none_or(|w| severity(kind) > severity(w)) {
            worst = Some(kind);
        }
    }
    worst
}

/// An answer that holds one error and no data.
pub fn refusal(error: &Error, request_id: &str, language: Language) -> Response {
    refusal_at(error, None, request_id, language)
}

/// The same with the place in the query.
pub fn refusal_at(error: &Error, at: Option<Pos>, request_id: &str, language: Language) -> Response {
    let mut server_error = ServerError::new(shortened(message(error, language)), at);
    set(&mut server_error, error.kind(), request_id);
    Response::from_errors(vec![server_error])
}

/// An answer that holds one error with a code that is no kind of failure of ours.
pub fn coded(message: &str, code: &str) -> Response {
    let mut error = ServerError::new(message, None);
    error.extensions.get_or_insert_default().set("code", code);
    Response::from_errors(vec![error])
}

fn finish_one(error: &mut ServerError, request_id: &str, language: Language) -> Kind {
    let mut sentence = None;
    let kind = match error.source::<Error>() {
        Some(ours) => {
            let kind = ours.kind();
            sentence = Some(message(ours, language));
            if kind == Kind::Internal {
                tracing::error!(request_id, error = ours.for_log(), "a resolver failed");
            } else if kind != Kind::BadInput {
                tracing::warn!(request_id, error = ours.for_log(), "a request was not answered");
            }
            kind
        }
        // Syntax, validation and coercion carry no source; anything else that does is a stray failure of ours.
        None if error.source.is_none() => {
            if language == Language::Ko {
                sentence = Some(introduced(Kind::BadInput, &error.message));
            }
            Kind::BadInput
        }
        None => {
            tracing::error!(request_id, error = %error.message, "a resolver failed with a foreign error");
            sentence = Some(message(&Error::internal(""), language));
            Kind::Internal
        }
    };
    if let Some(sentence) = sentence {
        error.message = sentence;
    }
    error.message = shortened(std::mem::take(&mut error.message));
    let validation = error.source.is_none() && error.path.is_empty();
    if validation && error.extensions.as_ref().and_then(|e| e.get("code")).is_none() {
        error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", "GRAPHQL_VALIDATION_FAILED");
    } else if !validation {
        set(error, kind, request_id);
    }
    kind
}

fn set(error: &mut ServerError, kind: Kind, request_id: &str) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", code(kind));
    if kind == Kind::Internal {
        extensions.set("requestId", request_id);
    }
}

fn severity(kind: Kind) -> u8 {
    match kind {
        Kind::BadInput | Kind::Misfit => 0,
        Kind::Restricted => 1,
        Kind::Busy => 2,
        Kind::Timeout => 3,
        Kind::Unavailable => 4,
        Kind::Internal => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_error_of_a_resolver_is_masked_and_carries_the_request_id() {
        let mut foreign = ServerError::new("relation \"post\" does not exist", None);
        foreign.source = Some(std::sync::Arc::new(std::io::Error::other("secret")));
        let mut response = Response::from_errors(vec![foreign]);
        assert_eq!(finish(&mut response, "r-1", Language::Ko), Some(Kind::Internal));
        let json = serde_json::to_string(&response.errors).unwrap();
        assert!(json.contains("INTERNAL") && json.contains("r-1") && !json.contains("relation"), "{json}");
    }

    #[test]
    fn a_message_is_in_the_language_asked_for_and_the_code_in_none() {
        let wish = Error::bad_input("Give less.").in_korean("줄이십시오.");
        assert_eq!(
            (message(&wish, Language::Ko), message(&wish, Language::En)),
            ("줄이십시오.".into(), "Give less.".into())
        );
        let english_only = Error::bad_input("Give less.");
        assert!(message(&english_only, Language::Ko).ends_with("Give less."));
        let codes = [Language::Ko, Language::En].map(|l| {
            let json = serde_json::to_value(refusal(&wish, "r-1", l).errors).unwrap();
            json[0]["extensions"]["code"].clone()
        });
        assert_eq!(codes[0], codes[1]);
    }

    #[test]
    fn a_long_message_is_cut_and_many_errors_are_not_all_sent() {
        let errors = (0..500).map(|_| ServerError::new("가".repeat(5_000), None)).collect();
        let mut response = Response::from_errors(errors);
        finish(&mut response, "r-1", Language::Ko);
        assert!(serde_json::to_string(&response.errors).unwrap().len() < 20_000);
    }
}
