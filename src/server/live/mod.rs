//! Connections that stay open: WebSockets that speak graphql-transport-ws, and streams of events (GraphQL over SSE,
//! distinct connections). Both carry the same operations under the same limits.

mod client;
mod events;
mod protocol;
mod socket;

use actix_web::HttpResponse;
use actix_web::guard::GuardContext;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};

use super::reply::refusal;
use crate::error::both;

pub use client::Places;
pub use events::events;
pub use socket::socket;

/// The type of a stream of events.
const EVENTS: &str = "text/event-stream";

/// Whether a request wants to become a WebSocket.
pub fn is_upgrade(guard: &GuardContext<'_>) -> bool {
    let upgrade = guard.head().headers().get(header::UPGRADE).and_then(|v| v.to_str().ok()).unwrap_or("");
    upgrade.eq_ignore_ascii_case("websocket")
}

/// Whether a request wants a stream of events more than anything else that it would take. Usual clients name it last,
/// for want of something better.
pub fn wants_events(guard: &GuardContext<'_>) -> bool {
    prefers_events(guard.head().headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or(""))
}

fn prefers_events(accept: &str) -> bool {
    let mut best: Option<(f64, bool)> = None;
    for range in accept.split(',') {
        let mut pieces = range.split(';');
        let name = pieces.next().unwrap_or("").trim().to_ascii_lowercase();
        let quality = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f64>().ok()).unwrap_or(1.0);
        // Of two equal wishes the first counts.
        if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
            best = Some((quality, name == EVENTS));
        }
    }
    best.is_some_and(|(_, events)| events)
}

/// Whether a page of this origin may open a connection. Browsers do not ask before they open a WebSocket, so the list
/// of origins is kept here. What is no browser names no origin.
fn may_connect(headers: &HeaderMap, origins: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok());
    let own = origin.split_once("://").map(|(_, host)| host);
    origins.iter().any(|known| known == origin) || (own.is_some() && own == host)
}

/// Too many are open already.
fn no_place(headers: &HeaderMap) -> HttpResponse {
    let said = both(
        "Too many connections are open; close one, or try again later.",
        "열린 연결이 너무 많습니다. 하나를 닫거나 잠시 후 다시 시도해 주십시오.",
    );
    let mut response = refusal(headers, StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", &said);
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("10"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_sent_to_those_who_want_them_most() {
        for (accept, wanted) in [
            ("text/event-stream", true),
            ("text/event-stream, application/json;q=0.9", true),
            ("application/graphql-response+json, application/json, text/event-stream, multipart/mixed", false),
            ("application/json;q=0.5, text/event-stream", true),
            ("text/event-stream;q=0", false),
            ("*/*", false),
            ("", false),
        ] {
            assert_eq!(prefers_events(accept), wanted, "{accept}");
        }
    }

    #[test]
    fn a_page_of_another_origin_connects_only_when_it_is_named() {
        let origins = ["https://portal.example".to_owned()];
        let may = |origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, header::HeaderValue::from_static("api.example:8080"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, header::HeaderValue::from_static(origin));
            }
            may_connect(&headers, &origins)
        };
        assert!(may(None) && may(Some("https://portal.example")) && may(Some("http://api.example:8080")));
        for other in ["https://evil.example", "null", "http://api.example", "https://portal.example.evil.example"] {
            assert!(!may(Some(other)), "{other}");
        }
    }
}
