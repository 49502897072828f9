//! Answers that are no GraphQL answers, in the same JSON; and the number that finds a request in the log.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse};

use crate::error::{Sentence, both};
use crate::graphql::language::Language;

/// A refusal in the language of the request, as one error with a stable code.
pub fn refusal(asked: &HeaderMap, status: StatusCode, code: &str, said: &Sentence) -> HttpResponse {
    let language = Language::from_header(asked.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()));
    let message = language.pick(said.korean().unwrap_or(said.english()), said.english());
    HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept-Language"))
        .json(plain_error(message, code))
}

/// What is answered where a path takes GET alone and another method was used.
pub async fn only_get(http: HttpRequest) -> HttpResponse {
    let said = both("This address takes GET only.", "이 주소는 GET으로만 요청할 수 있습니다.");
    let mut response = refusal(http.headers(), StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", &said);
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET"));
    response
}

/// One error with a stable code.
pub fn plain_error(message: &str, code: &str) -> serde_json::Value {
    serde_json::json!({"errors": [{"message": message, "extensions": {"code": code}}]})
}

/// A number that finds one request in the log: the start of the process and a count.
pub fn request_id() -> String {
    static START: OnceLock<u64> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let start = START
        .get_or_init(|| std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |t| t.as_secs()));
    format!("{start:x}-{:x}", COUNT.fetch_add(1, Ordering::Relaxed))
}
