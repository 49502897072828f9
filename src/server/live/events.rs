//! A stream of events: one operation, one connection. Each answer is an event `next`; `complete` says that there will
//! be no more. What is wrong with the operation is an answer too, because browsers show no other.

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use tokio::time::{Instant, Interval, interval_at};

use super::client::Place;
use super::{EVENTS, may_connect, no_place};
use crate::error::{Error, both};
use crate::graphql::language::Language;
use crate::keys::{Asker, Secret};
use crate::server::State;
use crate::server::graphql::streamed::{self, Saying, Speaker};
use crate::server::graphql::{Asked, other_method, read_post};
use crate::server::reply::{refusal, request_id};

/// A line that says only that the connection lives.
const COMMENT: &[u8] = b":\n\n";
const COMPLETE: &[u8] = b"event: complete\ndata:\n\n";

/// `GET` or `POST /graphql` with `Accept: text/event-stream`.
pub async fn events(http: HttpRequest, body: web::Payload, state: web::Data<State>) -> HttpResponse {
    let headers = http.headers();
    if !may_connect(headers, &state.settings.cors_origins) {
        let said = both(
            "Pages of this origin may not connect; the operator names origins in DONGJAK_CORS_ORIGINS.",
            "이 출처의 페이지에서는 연결할 수 없습니다. 운영자가 DONGJAK_CORS_ORIGINS에 출처를 적어야 합니다.",
        );
        return refusal(headers, StatusCode::FORBIDDEN, "RESTRICTED", &said);
    }
    let asked = match *http.method() {
        Method::GET => Asked::from_address(http.query_string()),
        Method::POST => match read_post(&http, body, &state.settings).await {
            Ok(bytes) => Asked::from_json(&bytes),
            Err((status, error)) => return wrong(headers, status, &error),
        },
        _ => return other_method(http).await,
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(error) => return wrong(headers, StatusCode::BAD_REQUEST, &error),
    };
    let asker = http.extensions().get::<Asker>().cloned().unwrap_or_default();
    let Some(place) = state.places.take(&asker) else { return no_place(headers) };
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let language = Language::from_header(text(header::ACCEPT_LANGUAGE));
    let secret = text(header::AUTHORIZATION).and_then(Secret::from_header);
    let pause = state.settings.streams.ping;
    let speaker = Speaker { state, asker, language };
    let saying = streamed::begin(&speaker, asked).await;
    let ping = interval_at(Instant::now() + pause, pause);
    let events = Events { speaker, secret, saying, ping, _place: place };
    let first = stream::iter([Ok::<_, actix_web::Error>(Bytes::from_static(COMMENT))]);
    let rest = stream::unfold(Some(events), |events| async {
        let mut events = events?;
        let (bytes, goes_on) = events.next().await?;
        Some((Ok(bytes), goes_on.then_some(events)))
    });
    HttpResponse::Ok()
        .content_type(EVENTS)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept, Accept-Language, Authorization"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header(("x-request-id", request_id()))
        // Proxies would collect the events otherwise.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(first.chain(rest))
}

fn wrong(headers: &header::HeaderMap, status: StatusCode, error: &Error) -> HttpResponse {
    let said = both(error.outside(), error.outside_in_korean().unwrap_or(error.outside()));
    refusal(headers, status, "BAD_USER_INPUT", &said)
}

/// An open stream. Dropped when the client leaves, and its operation with it.
struct Events {
    speaker: Speaker,
    secret: Option<Secret>,
    saying: Saying,
    ping: Interval,
    _place: Place,
}

impl Events {
    /// The next bytes, and whether there are more to come; `None` when the stream breaks off, so that the client asks
    /// again, perhaps another server.
    async fn next(&mut self) -> Option<(Bytes, bool)> {
        let state = self.speaker.state.clone();
        tokio::select! {
            () = state.draining.begun() => None,
            _ = self.ping.tick() => self.may_go_on().await.then_some((Bytes::from_static(COMMENT), true)),
            answer = self.saying.next() => Some(match answer {
                Some(answer) => {
                    let event = [b"event: next\ndata: ".as_slice(), &answer.body, b"\n\n"].concat();
                    (event.into(), true)
                }
                None => (Bytes::from_static(COMPLETE), false),
            }),
        }
    }

    /// A stream must not outlive the right to it.
    async fn may_go_on(&self) -> bool {
        let Some(secret) = &self.secret else { return true };
        let state = &self.speaker.state;
        match state.ring.remembered(secret) {
            Some(access) => access.is_some(),
            // The database may be away: nothing is known against the key then.
            None => state.ring.look_up(state.writer.db(), secret).await.map_or(true, |access| access.is_some()),
        }
    }
}
