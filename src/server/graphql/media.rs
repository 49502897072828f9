//! Which media type an answer has, and what that means for its status.

use actix_web::http::StatusCode;

use crate::config::HttpProfile;

/// The two media types of a GraphQL answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// `application/json`: clients that know nothing of statuses.
    Json,
    /// `application/graphql-response+json`.
    GraphqlResponse,
}

impl MediaType {
    /// The best of the two for an `Accept` header; `None` when neither is wanted.
    pub fn negotiate(accept: Option<&str>) -> Option<Self> {
        let Some(accept) = accept.filter(|a| !a.trim().is_empty()) else { return Some(Self::Json) };
        let mut best: Option<(f64, Self)> = None;
        for range in accept.split(',') {
            let mut pieces = range.split(';');
            let name = pieces.next().unwrap_or("").trim().to_ascii_lowercase();
            let quality =
                pieces.find_map(|p| p.trim().strip_prefix("q=").and_then(|q| q.parse::<f64>().ok())).unwrap_or(1.0);
            let media_type = match name.as_str() {
                "application/graphql-response+json" => Self::GraphqlResponse,
                "application/json" | "application/*" | "*/*" => Self::Json,
                _ => continue,
            };
            if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
                best = Some((quality, media_type));
            }
        }
        best.map(|(_, media_type)| media_type)
    }

    /// The header, for an answer with this status. Under the draft, plain JSON is for answers that succeeded.
    pub fn header(self, status: StatusCode, profile: HttpProfile) -> &'static str {
        match self {
            Self::Json if profile == HttpProfile::Audit || status.is_success() => "application/json; charset=utf-8",
            _ => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// The status of a document that cannot be executed. Audit: 400, but 200 for plain JSON. Draft: 422, and 400 for
    /// text that is no GraphQL.
    pub fn document_status(self, profile: HttpProfile, syntax: bool) -> StatusCode {
        match (profile, self) {
            (HttpProfile::Audit, Self::Json) => StatusCode::OK,
            (HttpProfile::Audit, Self::GraphqlResponse) => StatusCode::BAD_REQUEST,
            (HttpProfile::Draft, _) if syntax => StatusCode::BAD_REQUEST,
            (HttpProfile::Draft, _) => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// The status of an answer that holds data and errors.
    pub fn partial_status(profile: HttpProfile) -> StatusCode {
        match profile {
            HttpProfile::Audit => StatusCode::OK,
            // "Partial success", not yet registered.
            HttpProfile::Draft => StatusCode::from_u16(294).unwrap_or(StatusCode::OK),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_chooses_the_media_type_and_json_is_the_default() {
        for (accept, chosen) in [
            (None, Some(MediaType::Json)),
            (Some("*/*"), Some(MediaType::Json)),
            (Some("application/graphql-response+json, application/json;q=0.9"), Some(MediaType::GraphqlResponse)),
            (Some("application/json, application/graphql-response+json"), Some(MediaType::Json)),
            (Some("text/html"), None),
            (Some("application/json;q=0"), None),
        ] {
            assert_eq!(MediaType::negotiate(accept), chosen, "{accept:?}");
        }
    }
}
