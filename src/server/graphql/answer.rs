//! An answer as bytes, with everything that its headers say.

use actix_web::http::StatusCode;
use async_graphql::{Response, Value};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::media::MediaType;
use crate::config::HttpProfile;
use crate::error::Kind;
use crate::graphql::errors;

/// A finished answer. The same bytes go to everybody who asked the same.
#[derive(Debug)]
pub struct Answer {
    /// JSON. In what is kept, `extensions` is the last member and never empty.
    pub body: Bytes,
    /// Status over HTTP.
    pub status: StatusCode,
    /// Strong entity tag, with its quotes.
    pub etag: String,
    /// Languages of the content.
    pub languages: &'static str,
    /// It speaks of whatever is newest.
    pub newest: bool,
    /// It may be kept: nothing in it has failed.
    pub keep: bool,
    /// `ok`, or the code of its worst error; for the metrics.
    pub outcome: &'static str,
}

/// What is sent. It is written out as it stands, because a detour over a JSON value would sort the fields of `data`,
/// which come in the order in which the client asked for them.
#[derive(serde::Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [async_graphql::ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    extensions: &'a serde_json::Map<String, serde_json::Value>,
}

impl Answer {
    /// An answer of the schema. `worst` is the kind of its worst error.
    pub fn new(
        response: &Response,
        worst: Option<Kind>,
        extensions: &serde_json::Map<String, serde_json::Value>,
        (media_type, profile): (MediaType, HttpProfile),
        (languages, newest): (&'static str, bool),
    ) -> Self {
        let status = status(response, worst, media_type, profile);
        Self::with_status(response, worst, extensions, status, media_type, (languages, newest))
    }

    /// An answer whose status is known.
    pub fn with_status(
        response: &Response,
        worst: Option<Kind>,
        extensions: &serde_json::Map<String, serde_json::Value>,
        status: StatusCode,
        media_type: MediaType,
        (languages, newest): (&'static str, bool),
    ) -> Self {
        // Nothing was executed when there is no object: then the answer has no member `data`.
        let data = Some(&response.data).filter(|data| **data != Value::Null);
        let body = serde_json::to_vec(&Body { errors: &response.errors, data, extensions }).unwrap_or_default();
        let mut digest = Sha256::new();
        digest.update(format!("{media_type:?}"));
        digest.update(&body);
        let digest = digest.finalize();
        Self {
            etag: format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.get(..18).unwrap_or_default())),
            body: body.into(),
            status,
            languages,
            newest,
            keep: worst.is_none() && status == StatusCode::OK,
            outcome: worst.map_or("ok", errors::code),
        }
    }

    /// The body with the remark that it may be old: it was certainly the newest so many seconds ago.
    pub fn stale_body(&self, seconds: u64) -> Vec<u8> {
        let kept = self.body.strip_suffix(b"}}").unwrap_or(&self.body);
        let remark = format!(",\"stale\":true,\"ageSeconds\":{seconds}}}}}");
        [kept, remark.as_bytes()].concat()
    }

    #[cfg(test)]
    pub(super) fn for_tests(body: Vec<u8>, keep: bool) -> Self {
        let status = StatusCode::OK;
        Self { body: body.into(), status, etag: String::new(), languages: "ko", newest: true, keep, outcome: "ok" }
    }
}

fn status(response: &Response, worst: Option<Kind>, media_type: MediaType, profile: HttpProfile) -> StatusCode {
    let empty = match &response.data {
        Value::Object(fields) => fields.values().all(|v| *v == Value::Null),
        data => *data == Value::Null,
    };
    match worst {
        Some(Kind::Unavailable | Kind::Busy) if empty => StatusCode::SERVICE_UNAVAILABLE,
        Some(Kind::Timeout) if empty => StatusCode::GATEWAY_TIMEOUT,
        Some(Kind::Internal) if empty => StatusCode::INTERNAL_SERVER_ERROR,
        Some(_) if response.data == Value::Null => media_type.document_status(profile, false),
        Some(_) => MediaType::partial_status(profile),
        None => StatusCode::OK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_answer_says_so_and_is_still_json() {
        let extensions = serde_json::json!({"cost": {"requested": 1, "limit": 2}}).as_object().unwrap().clone();
        let response = Response::new(Value::from_json(serde_json::json!({"a": {"b": null}})).unwrap());
        let answer = Answer::new(&response, None, &extensions, (MediaType::Json, HttpProfile::Audit), ("ko", true));
        let stale: serde_json::Value = serde_json::from_slice(&answer.stale_body(7)).unwrap();
        assert_eq!(stale["extensions"]["stale"], true);
        assert_eq!(stale["extensions"]["ageSeconds"], 7);
        assert_eq!(stale["data"], serde_json::json!({"a": {"b": null}}));
    }
}
