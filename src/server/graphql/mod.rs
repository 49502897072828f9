//! GraphQL over HTTP: from bytes to a checked query, and from an answer to bytes. Errors are always JSON.
//!
//! The order is that of cost: a request that came in the same bytes before is answered at once, when it is known what is
//! published; then what can be refused without the database is refused; then comes the question what is published, then
//! an answer that is kept, and only then is anything computed.

mod answer;
mod asked;
mod kept;
mod media;
pub mod streamed;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use async_graphql::{Request, Response};
use futures_util::FutureExt as _;

use self::answer::Answer;
use self::asked::{Unread, Unresolved, read_body};
use self::kept::{Circumstances, Sent};
use self::media::MediaType;
use super::State;
use super::reply::{refusal, request_id};
use crate::api::request::{self, Checked, Query, Refused};
use crate::config::Settings;
use crate::error::{Error, Kind, Result, both, grouped};
use crate::graphql::language::Language;
use crate::graphql::{Seen, errors};
use crate::keys::{Asker, Scope};
use crate::run::graphql::RequestCatalog;
use crate::run::publication::Publication;

pub use asked::{Asked, Remembered};
pub use kept::Kept;

/// `GET /graphql?query=…`
pub async fn get(http: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let Some(exchange) = Exchange::new(&http, &state) else { return not_acceptable(&http) };
    let sent = Sent::Address(http.query_string());
    if let Some(answer) = exchange.kept_as_sent(sent) {
        return exchange.send(&answer);
    }
    match Asked::from_address(http.query_string()) {
        Ok(asked) => exchange.answer(asked, sent).await,
        Err(error) => exchange.refuse(StatusCode::BAD_REQUEST, &error),
    }
}

/// `POST /graphql` with `Content-Type: application/json`.
pub async fn post(http: HttpRequest, body: web::Payload, state: web::Data<State>) -> HttpResponse {
    let Some(exchange) = Exchange::new(&http, &state) else { return not_acceptable(&http) };
    let bytes = match read_post(&http, body, &state.settings).await {
        Ok(bytes) => bytes,
        Err((status, error)) => return exchange.refuse(status, &error),
    };
    let sent = Sent::Body(&bytes);
    if let Some(answer) = exchange.kept_as_sent(sent) {
        return exchange.send(&answer);
    }
    match Asked::from_json(&bytes) {
        Ok(asked) => exchange.answer(asked, sent).await,
        Err(error) => exchange.refuse(StatusCode::BAD_REQUEST, &error),
    }
}

/// What was sent by POST: plain JSON of a bounded size, within the time of a request.
pub async fn read_post(
    http: &HttpRequest,
    body: web::Payload,
    settings: &Settings,
) -> std::result::Result<Vec<u8>, (StatusCode, Error)> {
    let content_type = http.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let essence = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if essence != "application/json" || http.headers().contains_key(header::CONTENT_ENCODING) {
        let error = Error::bad_input("Send the request as plain JSON with Content-Type: application/json.")
            .in_korean("Content-Type: application/json으로, 압축하지 않은 JSON을 보내십시오.");
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, error));
    }
    let most = settings.max_body_bytes;
    match read_body(body, most, settings.request_timeout).await {
        Ok(bytes) => Ok(bytes),
        Err(Unread::TooLarge) => {
            let most = grouped(most);
            let error = Error::bad_input(format!("The request is larger than {most} bytes."))
                .in_korean(format!("요청이 {most}바이트보다 큽니다."));
            Err((StatusCode::PAYLOAD_TOO_LARGE, error))
        }
        Err(Unread::TooSlow) => {
            let error = Error::bad_input(both(
                "The body of the request did not come in time.",
                "요청 본문이 제시간에 오지 않았습니다. 다시 보내 주십시오.",
            ));
            Err((StatusCode::REQUEST_TIMEOUT, error))
        }
        Err(Unread::CutOff(error)) => Err((StatusCode::BAD_REQUEST, error)),
    }
}

/// Any other method.
pub async fn other_method(http: HttpRequest) -> HttpResponse {
    let said = both("Use GET or POST.", "GET 또는 POST로 요청해 주십시오.");
    let mut response = refusal(http.headers(), StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", &said);
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, POST"));
    response
}

fn not_acceptable(http: &HttpRequest) -> HttpResponse {
    let said = both(
        "Only application/graphql-response+json and application/json can be sent; name one of them in Accept.",
        "application/graphql-response+json과 application/json으로만 답할 수 있습니다. Accept에 하나를 적어 주십시오.",
    );
    refusal(http.headers(), StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", &said)
}

/// One request and its answer in the making.
struct Exchange {
    state: web::Data<State>,
    media_type: MediaType,
    language: Language,
    asker: Asker,
    /// The entity tags that the client has, when they may be compared: only a GET can be answered "not modified".
    if_none_match: Option<String>,
    request_id: String,
    started: Instant,
}

impl Exchange {
    /// `None` when the client accepts nothing that we send.
    fn new(http: &HttpRequest, state: &web::Data<State>) -> Option<Self> {
        let text = |name: header::HeaderName| http.headers().get(name).and_then(|v| v.to_str().ok());
        let by_get = http.method() == actix_web::http::Method::GET;
        Some(Self {
            state: state.clone(),
            media_type: MediaType::negotiate(text(header::ACCEPT))?,
            language: Language::from_header(text(header::ACCEPT_LANGUAGE)),
            asker: http.extensions().get::<Asker>().cloned().unwrap_or_default(),
            if_none_match: text(header::IF_NONE_MATCH).filter(|_| by_get).map(str::to_owned),
            request_id: request_id(),
            started: Instant::now(),
        })
    }

    /// Equal bytes under equal circumstances have an equal answer, so they need not be read again.
    fn kept_as_sent(&self, sent: Sent<'_>) -> Option<Arc<Answer>> {
        let publication = self.state.publications.known()?;
        let answer = self.state.kept.get_as_sent(&self.circumstances(&publication).of_request(sent))?;
        self.state.metrics.answers.with_label_values(&["kept as sent"]).inc();
        Some(answer)
    }

    async fn answer(self, asked: Asked, sent: Sent<'_>) -> HttpResponse {
        let by_get = matches!(sent, Sent::Address(_));
        let resolved = match asked.resolve(&self.state.remembered) {
            Ok(resolved) => resolved,
            Err(Unresolved::Wrong(error)) => return self.refuse(StatusCode::BAD_REQUEST, &error),
            Err(Unresolved::PersistedQueryNotFound) => return self.persisted_query_not_found(),
        };
        let query = resolved.query;
        let checked = match request::prepare(&self.state.types, &self.state.settings.limits, &query, by_get) {
            Ok(checked) => checked,
            Err(Refused::Syntax(error)) => return self.refuse(self.document_status(true), &error),
            Err(Refused::Document(error)) => return self.refuse(self.document_status(false), &error),
            Err(Refused::Misfit(misfit)) => {
                let (error, at) = *misfit;
                let response = errors::refusal_at(&error, Some(at), &self.request_id, self.language);
                return self.refuse_with(self.document_status(false), &response, Some(error.kind()));
            }
            Err(Refused::MutationByGet) => {
                let error =
                    Error::bad_input("Send mutations by POST.").in_korean("변경(mutation)은 POST로 보내십시오.");
                let mut response = self.refuse(StatusCode::METHOD_NOT_ALLOWED, &error);
                response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
                return response;
            }
        };
        if checked.is_subscription {
            let error =
                Error::bad_input("A subscription is answered over WebSocket, or with Accept: text/event-stream.")
                    .in_korean("구독(subscription)은 WebSocket이나 Accept: text/event-stream으로 요청해 주십시오.");
            return self.refuse(self.document_status(false), &error);
        }
        let registers = resolved.remember.is_some();
        if let Some(digest) = resolved.remember {
            self.state.remembered.insert(digest, query.text.clone());
        }
        if checked.about_contract {
            let answer = self.compute(checked, None).await;
            return self.send(&answer);
        }
        if checked.changes
            && let Some(wait) = self.state.rates.change(&self.asker).and_then(|left| left.wait)
        {
            return self.too_many_changes(wait);
        }
        match self.state.publications.current().await {
            Ok(publication) if checked.changes => {
                let answer = self.compute(checked, Some(publication)).await;
                self.send(&answer)
            }
            Ok(publication) => {
                let circumstances = self.circumstances(&publication);
                let (key, as_sent) = (circumstances.of_query(&query), circumstances.of_request(sent));
                let answer = match self.state.kept.get(&key) {
                    Some(answer) => {
                        self.state.metrics.answers.with_label_values(&["kept"]).inc();
                        answer
                    }
                    None => {
                        self.state.metrics.answers.with_label_values(&["computed"]).inc();
                        self.state.kept.get_or_compute(key, || self.compute(checked, Some(publication.clone()))).await
                    }
                };
                // A text that is to be remembered must be read each time, for it may have been forgotten.
                if answer.keep && !registers {
                    self.state.kept.also_as_sent(as_sent, key);
                }
                self.send(&answer)
            }
            Err(error) => self.answer_without_database(&query, &error),
        }
    }

    fn circumstances<'a>(&'a self, publication: &'a Publication) -> Circumstances<'a> {
        Circumstances {
            media_type: self.media_type,
            language: self.language,
            scopes: &self.asker.access.scopes,
            publication: &publication.key,
        }
    }

    /// Runs the query. The work is no part of this request: others may wait for it too.
    fn compute(
        &self,
        checked: Checked,
        publication: Option<Arc<Publication>>,
    ) -> impl Future<Output = Arc<Answer>> + Send + use<> {
        let seen = Arc::new(Seen::default());
        let request =
            furnished(checked.request, &self.state, &self.asker, self.language, &seen, publication.as_deref());
        let (schema, settings) = (self.state.schema.clone(), &self.state.settings);
        let (timeout, profile, limit) = (settings.request_timeout, settings.http_profile, settings.limits.cost);
        let (media_type, language, request_id) = (self.media_type, self.language, self.request_id.clone());
        async move {
            let (response, worst) = finished(guarded(schema.execute(request), timeout).await, &request_id, language);
            let extensions = extensions(checked.cost.cost, limit, &seen);
            let content = (seen.languages(language), seen.is_newest());
            let mut answer = Answer::new(&response, worst, &extensions, (media_type, profile), content);
            // A change is answered to who made it; and a list that grows without a publication would never grow.
            answer.keep &= !checked.changes && !seen.is_fleeting();
            Arc::new(answer)
        }
    }

    /// The database is away: an answer that is kept is better than none, as long as it says how old it may be.
    fn answer_without_database(&self, query: &Query, error: &Error) -> HttpResponse {
        let away = matches!(error.kind(), Kind::Unavailable | Kind::Timeout | Kind::Busy);
        let last = self.state.publications.last().filter(|_| away);
        let kept = last.and_then(|last| {
            let answer = self.state.kept.get(&self.circumstances(&last.publication).of_query(query))?;
            Some((answer, last.confirmed.elapsed().as_secs()))
        });
        let Some((answer, age)) = kept else {
            let status = if away { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
            return self.refuse(status, error);
        };
        self.count("stale");
        self.start(answer.status, answer.languages)
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::AGE, age))
            .insert_header((header::WARNING, "110 - \"Response is Stale\""))
            .body(answer.stale_body(age))
    }

    fn send(&self, answer: &Answer) -> HttpResponse {
        self.count(answer.outcome);
        let cache_control = match (answer.keep, self.asker.access.key, answer.newest) {
            // Failed, a change, or for one holder of a key only.
            (false, _, _) | (_, Some(_), _) => "no-store",
            (true, None, true) => "public, max-age=10",
            (true, None, false) => "public, no-cache",
        };
        let matches = |tags: &String| {
            tags.split(',').any(|tag| matches!(tag.trim(), "*") || tag.trim().trim_start_matches("W/") == answer.etag)
        };
        let not_modified = answer.keep && self.if_none_match.as_ref().is_some_and(matches);
        let status = if not_modified { StatusCode::NOT_MODIFIED } else { answer.status };
        let mut http = self.start(status, answer.languages);
        http.insert_header((header::CACHE_CONTROL, cache_control));
        if answer.keep {
            http.insert_header((header::ETAG, answer.etag.as_str()));
        }
        if not_modified { http.finish() } else { http.body(answer.body.clone()) }
    }

    fn refuse(&self, status: StatusCode, error: &Error) -> HttpResponse {
        let response = errors::refusal(error, &self.request_id, self.language);
        if error.kind() == Kind::Internal {
            tracing::error!(request_id = self.request_id, error = error.for_log(), "a request failed");
        }
        self.refuse_with(status, &response, Some(error.kind()))
    }

    fn refuse_with(&self, status: StatusCode, response: &Response, kind: Option<Kind>) -> HttpResponse {
        let extensions = serde_json::Map::new();
        let content = (self.language.tag(), true);
        let answer = Answer::with_status(response, kind, &extensions, status, self.media_type, content);
        self.send(&answer)
    }

    fn too_many_changes(&self, wait: Duration) -> HttpResponse {
        let seconds = wait.as_secs() + 1;
        let message = match self.language {
            Language::Ko => format!("변경 요청이 너무 많습니다. {seconds}초 뒤에 다시 보내 주십시오."),
            Language::En => format!("Too many changes; send this one again in {seconds} s."),
        };
        let response = errors::coded(&message, "RATE_LIMITED");
        let mut http = self.refuse_with(StatusCode::TOO_MANY_REQUESTS, &response, Some(Kind::Busy));
        http.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
        http
    }

    /// Clients of persisted queries look for exactly this message.
    fn persisted_query_not_found(&self) -> HttpResponse {
        let response = errors::coded("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND");
        self.refuse_with(self.document_status(false), &response, Some(Kind::BadInput))
    }

    fn document_status(&self, syntax: bool) -> StatusCode {
        self.media_type.document_status(self.state.settings.http_profile, syntax)
    }

    fn count(&self, outcome: &str) {
        self.state.metrics.requests.with_label_values(&[outcome]).inc();
        self.state.metrics.seconds.observe(self.started.elapsed().as_secs_f64());
    }

    fn start(&self, status: StatusCode, languages: &'static str) -> actix_web::HttpResponseBuilder {
        let mut http = HttpResponse::build(status);
        http.insert_header(("x-request-id", self.request_id.as_str()))
            .insert_header((header::VARY, "Accept, Accept-Language, Authorization"))
            .insert_header((header::CONTENT_LANGUAGE, languages));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            http.insert_header((header::RETRY_AFTER, "1"));
        }
        http.content_type(self.media_type.header(status, self.state.settings.http_profile));
        http
    }
}

/// The answer with codes and languages, or why there is none; and the worst that went wrong.
fn finished(executed: Result<Response>, request_id: &str, language: Language) -> (Response, Option<Kind>) {
    match executed {
        Ok(mut response) => {
            let worst = errors::finish(&mut response, request_id, language);
            (response, worst)
        }
        Err(error) => {
            tracing::error!(request_id, error = error.for_log(), "a query was not answered");
            (errors::refusal(&error, request_id, language), Some(error.kind()))
        }
    }
}

/// The request with what resolvers find beside it.
fn furnished(
    request: Request,
    state: &State,
    asker: &Asker,
    language: Language,
    seen: &Arc<Seen>,
    publication: Option<&Publication>,
) -> Request {
    let dongs = publication.map(|p| state.dongs.for_request(&p.key)).unwrap_or_default();
    let catalog = publication.map(|p| p.catalog(asker.access.may(Scope::ReadInternal)).clone()).unwrap_or_default();
    request
        .data(language)
        .data(seen.clone())
        .data(asker.access.clone())
        .data(asker.clone())
        .data(RequestCatalog(catalog))
        .data(dongs)
}

fn extensions(cost: u64, limit: u64, seen: &Seen) -> serde_json::Map<String, serde_json::Value> {
    let mut extensions = serde_json::Map::new();
    extensions.insert("cost".to_owned(), serde_json::json!({"requested": cost, "limit": limit}));
    if seen.is_synthetic() {
        extensions.insert("synthetic".to_owned(), serde_json::Value::Bool(true));
    }
    extensions
}

/// Work that may panic or take too long. Neither ends the process.
async fn guarded<T>(work: impl Future<Output = T>, timeout: Duration) -> Result<T> {
    match tokio::time::timeout(timeout, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(_panic)) => Err(Error::internal("a resolver panicked")),
        Err(_) => Err(Error::timeout("the time for one request was over")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_internal_error_with_the_request_id_and_slowness_a_timeout() {
        let soon = Duration::from_millis(20);
        let panicked = guarded(async { panic!("secret") }, soon).await.map(|(): ()| ()).unwrap_err();
        assert_eq!(panicked.kind(), Kind::Internal);
        let json = serde_json::to_string(&errors::refusal(&panicked, "r-7", Language::En).errors).unwrap();
        assert!(json.contains("INTERNAL") && json.contains("r-7") && !json.contains("secret"), "{json}");
        let slow = guarded(std::future::pending::<()>(), soon).await.unwrap_err();
        assert_eq!(slow.kind(), Kind::Timeout);
        assert!(guarded(async { 1 }, soon).await.is_ok());
    }
}
