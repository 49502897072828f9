//! GraphQL over HTTP: from bytes to a checked request, and from an answer to bytes. Errors are always JSON.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Request, Response, Value, Variables};
use futures_util::{FutureExt, StreamExt};

use super::State;
use crate::dong::graphql::RequestDongs;
use crate::error::{Error, Kind, Result};
use crate::graphql::language::Language;
use crate::graphql::{Seen, errors, limits};
use crate::run::graphql::RequestCatalog;

/// What a client may send. Unknown members are ignored, as the specification asks.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    query: Option<String>,
    #[serde(default)]
    variables: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    operation_name: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MediaType {
    Json,
    GraphqlResponse,
}

/// `GET /graphql?query=…`
pub async fn get(http: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let answer = Answer::new(&http, &state);
    let Some(answer) = answer else { return not_acceptable() };
    let asked = match asked_by_get(http.query_string()) {
        Ok(asked) => asked,
        Err(error) => return answer.refuse(StatusCode::BAD_REQUEST, &error),
    };
    answer.execute(asked, true).await
}

/// `POST /graphql` with `Content-Type: application/json`.
pub async fn post(http: HttpRequest, body: web::Payload, state: web::Data<State>) -> HttpResponse {
    let Some(answer) = Answer::new(&http, &state) else { return not_acceptable() };
    let content_type = http.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    let essence = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if essence != "application/json" || http.headers().contains_key(header::CONTENT_ENCODING) {
        return answer.refuse(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            &Error::bad_input("Send the request as plain JSON with Content-Type: application/json."),
        );
    }
    let bytes = match read_body(body, state.settings.max_body_bytes).await {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let most = state.settings.max_body_bytes;
            return answer.refuse(
                StatusCode::PAYLOAD_TOO_LARGE,
                &Error::bad_input(format!("The request is larger than {most} bytes.")),
            );
        }
        Err(error) => return answer.refuse(StatusCode::BAD_REQUEST, &error),
    };
    match serde_json::from_slice::<Asked>(&bytes) {
        Ok(asked) => answer.execute(asked, false).await,
        Err(_) => answer.refuse(
            StatusCode::BAD_REQUEST,
            &Error::bad_input("The body must be a JSON object with a string `query`, and optionally an object `variables` and a string `operationName`."),
        ),
    }
}

/// Any other method.
pub async fn other_method() -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((header::ALLOW, "GET, POST"))
        .json(plain_error("Use GET or POST.", "METHOD_NOT_ALLOWED"))
}

fn not_acceptable() -> HttpResponse {
    HttpResponse::NotAcceptable()
        .json(plain_error("Only application/graphql-response+json and application/json can be sent.", "NOT_ACCEPTABLE"))
}

fn plain_error(message: &str, code: &str) -> serde_json::Value {
    serde_json::json!({"errors": [{"message": message, "extensions": {"code": code}}]})
}

fn asked_by_get(query_string: &str) -> Result<Asked> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query_string)
        .map_err(|_| Error::bad_input("The address is not well-formed."))?
        .into_inner();
    let text = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let variables = match text("variables").filter(|v| !v.is_empty()) {
        Some(json) => serde_json::from_str(&json)
            .map_err(|_| Error::bad_input("`variables` in the address must be a JSON object."))?,
        None => None,
    };
    Ok(Asked { query: text("query"), variables, operation_name: text("operationName").filter(|n| !n.is_empty()) })
}

/// `None` when the body is larger than allowed; reading stops there, whatever was announced.
async fn read_body(mut body: web::Payload, most: usize) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| Error::bad_input("The body of the request was cut off."))?;
        if bytes.len() + part.len() > most {
            return Ok(None);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(Some(bytes))
}

/// One answer in the making.
struct Answer {
    state: web::Data<State>,
    media_type: MediaType,
    language: Language,
    request_id: String,
    started: Instant,
}

impl Answer {
    /// `None` when the client accepts nothing that we send.
    fn new(http: &HttpRequest, state: &web::Data<State>) -> Option<Self> {
        let text = |name: header::HeaderName| http.headers().get(name).and_then(|v| v.to_str().ok());
        Some(Self {
            state: state.clone(),
            media_type: negotiate(text(header::ACCEPT))?,
            language: Language::from_header(text(header::ACCEPT_LANGUAGE)),
            request_id: request_id(),
            started: Instant::now(),
        })
    }

    async fn execute(self, asked: Asked, by_get: bool) -> HttpResponse {
        let (request, cost) = match prepare(asked, by_get) {
            Ok(prepared) => prepared,
            Err(Refused::Request(error)) => return self.refuse(StatusCode::BAD_REQUEST, &error),
            Err(Refused::Document(error)) => return self.refuse(self.document_status(), &error),
            Err(Refused::MutationByGet) => {
                let mut response =
                    self.refuse(StatusCode::METHOD_NOT_ALLOWED, &Error::bad_input("Send mutations by POST."));
                response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
                return response;
            }
        };
        let seen = std::sync::Arc::new(Seen::default());
        let request = request
            .data(self.language)
            .data(seen.clone())
            .data(RequestCatalog::default())
            .data(RequestDongs::default());
        let work = AssertUnwindSafe(self.state.schema.execute(request)).catch_unwind();
        let mut response = match tokio::time::timeout(self.state.settings.request_timeout, work).await {
            Ok(Ok(response)) => response,
            Ok(Err(_panic)) => errors::refusal(&Error::internal("a resolver panicked"), &self.request_id),
            Err(_) => errors::refusal(
                &Error::new(Kind::Timeout, "The answer took too long. Ask for less, or try again later."),
                &self.request_id,
            ),
        };
        let worst = errors::finish(&mut response, &self.request_id);
        let status = self.status(&response, worst);
        let mut extensions = serde_json::Map::new();
        extensions.insert("cost".to_owned(), serde_json::json!({"requested": cost.cost, "limit": limits::MOST_COST}));
        if seen.is_synthetic() {
            extensions.insert("synthetic".to_owned(), serde_json::Value::Bool(true));
        }
        self.send(status, &response, extensions, worst)
    }

    fn refuse(&self, status: StatusCode, error: &Error) -> HttpResponse {
        let response = errors::refusal(error, &self.request_id);
        self.send(status, &response, serde_json::Map::new(), Some(error.kind()))
    }

    /// A document that cannot be executed is 400, but 200 for clients that ask for plain JSON only: they know nothing
    /// of statuses.
    fn document_status(&self) -> StatusCode {
        match self.media_type {
            MediaType::GraphqlResponse => StatusCode::BAD_REQUEST,
            MediaType::Json => StatusCode::OK,
        }
    }

    fn status(&self, response: &Response, worst: Option<Kind>) -> StatusCode {
        let empty = match &response.data {
            Value::Object(fields) => fields.values().all(|v| *v == Value::Null),
            data => *data == Value::Null,
        };
        match worst {
            Some(Kind::Unavailable | Kind::Busy) if empty => StatusCode::SERVICE_UNAVAILABLE,
            Some(Kind::Timeout) if empty => StatusCode::GATEWAY_TIMEOUT,
            Some(Kind::Internal) if empty => StatusCode::INTERNAL_SERVER_ERROR,
            Some(_) if response.data == Value::Null => self.document_status(),
            _ => StatusCode::OK,
        }
    }

    fn send(
        &self,
        status: StatusCode,
        response: &Response,
        extensions: serde_json::Map<String, serde_json::Value>,
        worst: Option<Kind>,
    ) -> HttpResponse {
        let metrics = &self.state.metrics;
        metrics.requests.with_label_values(&[worst.map_or("ok", errors::code)]).inc();
        metrics.seconds.observe(self.started.elapsed().as_secs_f64());
        let body = Body {
            errors: &response.errors,
            // Nothing was executed when there is no object: then the answer has no member `data`.
            data: Some(&response.data).filter(|data| **data != Value::Null),
            extensions,
        };
        let mut http = HttpResponse::build(status);
        http.insert_header(("x-request-id", self.request_id.as_str()))
            .insert_header((header::VARY, "Accept, Accept-Language"))
            .insert_header((header::CACHE_CONTROL, "no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            http.insert_header((header::RETRY_AFTER, "1"));
        }
        http.content_type(match self.media_type {
            MediaType::Json => "application/json; charset=utf-8",
            MediaType::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        })
        .json(body)
    }
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
    extensions: serde_json::Map<String, serde_json::Value>,
}

enum Refused {
    Request(Error),
    Document(Error),
    MutationByGet,
}

/// Parses, counts and checks what can be checked before anything runs.
fn prepare(asked: Asked, by_get: bool) -> std::result::Result<(Request, limits::Cost), Refused> {
    let query = asked.query.ok_or_else(|| Refused::Request(Error::bad_input("The request has no `query`.")))?;
    limits::check_nesting(&query).map_err(Refused::Document)?;
    let document = async_graphql::parser::parse_query(&query).map_err(|e| {
        let place =
            e.positions().next().map_or_else(String::new, |p| format!(" at line {}, column {}", p.line, p.column));
        Refused::Document(Error::bad_input(format!("The query is not well-formed GraphQL{place}.")))
    })?;
    let operation = operation(&document, asked.operation_name.as_deref()).map_err(Refused::Document)?;
    if by_get && operation.ty == OperationType::Mutation {
        return Err(Refused::MutationByGet);
    }
    let variables = Variables::from_json(serde_json::Value::Object(asked.variables.unwrap_or_default()));
    for definition in &operation.variable_definitions {
        let definition = &definition.node;
        let given = variables.get(&definition.name.node).is_some_and(|v| *v != Value::Null);
        if !definition.var_type.node.nullable && definition.default_value.is_none() && !given {
            return Err(Refused::Document(Error::bad_input(format!(
                "The variable ${} is required.",
                definition.name.node
            ))));
        }
    }
    let known = variables.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    let cost = limits::check(&document, &known).map_err(Refused::Document)?;
    let mut request = Request::new(query).variables(variables);
    if let Some(name) = asked.operation_name {
        request = request.operation_name(name);
    }
    request.set_parsed_query(document);
    Ok((request, cost))
}

fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Result<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(&operation.node),
        (DocumentOperations::Multiple(operations), Some(name)) => operations
            .iter()
            .find(|(n, _)| n.as_str() == name)
            .map(|(_, operation)| &operation.node)
            .ok_or_else(|| Error::bad_input(format!("The document has no operation named {name}."))),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => operations
            .values()
            .next()
            .map(|operation| &operation.node)
            .ok_or_else(|| Error::bad_input("The document has no operation.")),
        (DocumentOperations::Multiple(_), None) => {
            Err(Error::bad_input("The document has several operations; say which with `operationName`."))
        }
        (DocumentOperations::Single(_), Some(name)) => {
            Err(Error::bad_input(format!("The document has no operation named {name}.")))
        }
    }
}

/// The best of the two media types for an `Accept` header; `None` when neither is wanted.
fn negotiate(accept: Option<&str>) -> Option<MediaType> {
    let Some(accept) = accept.filter(|a| !a.trim().is_empty()) else { return Some(MediaType::Json) };
    let mut best: Option<(f64, MediaType)> = None;
    for range in accept.split(',') {
        let mut pieces = range.split(';');
        let name = pieces.next().unwrap_or("").trim().to_ascii_lowercase();
        let quality =
            pieces.find_map(|p| p.trim().strip_prefix("q=").and_then(|q| q.parse::<f64>().ok())).unwrap_or(1.0);
        let media_type = match name.as_str() {
            "application/graphql-response+json" => MediaType::GraphqlResponse,
            "application/json" | "application/*" | "*/*" => MediaType::Json,
            _ => continue,
        };
        if quality > 0.0 && best.is_none_or(|(q, _)| quality > q) {
            best = Some((quality, media_type));
        }
    }
    best.map(|(_, media_type)| media_type)
}

/// A number that finds one request in the log: the start of the process and a count.
fn request_id() -> String {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    static START: OnceLock<u64> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let start = START
        .get_or_init(|| std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |t| t.as_secs()));
    format!("{start:x}-{:x}", COUNT.fetch_add(1, Ordering::Relaxed))
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
            assert_eq!(negotiate(accept), chosen, "{accept:?}");
        }
    }
}
