//! Operations whose answers go out one by one, over a WebSocket or as a stream of events. They pass the same checks as
//! those over plain HTTP, are computed anew each time, and are kept by nobody.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::web;
use async_graphql::Response;
use bytes::Bytes;
use futures_util::{FutureExt as _, Stream, StreamExt as _, stream};

use super::answer::Answer;
use super::asked::{Asked, Unresolved};
use super::media::MediaType;
use super::{State, extensions, finished, furnished, guarded};
use crate::api::request::{self, Checked, Refused};
use crate::error::{Error, Kind, Result};
use crate::graphql::language::Language;
use crate::graphql::{Seen, errors};
use crate::keys::Asker;
use crate::server::reply::request_id;

/// Who asks.
#[derive(Clone)]
pub struct Speaker {
    /// The server.
    pub state: web::Data<State>,
    /// What its key allows, and its address.
    pub asker: Asker,
    /// Its language.
    pub language: Language,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Said {
    /// The answer as JSON.
    pub body: Bytes,
    /// The errors, when there is nothing but errors: the operation was not carried out.
    pub refusal: Option<serde_json::Value>,
}

/// The answers of one operation, as they come.
pub type Saying = Pin<Box<dyn Stream<Item = Said>>>;

/// Checks an operation and begins it. What is wrong with it is its only answer.
pub async fn begin(speaker: &Speaker, asked: Asked) -> Saying {
    let request_id = request_id();
    match checked(speaker, asked, &request_id) {
        Ok(checked) => answers(speaker, checked, request_id).await,
        Err(response) => refused(speaker, &response, Kind::BadInput),
    }
}

/// One refusal as the only answer.
pub fn refused(speaker: &Speaker, response: &Response, kind: Kind) -> Saying {
    count(speaker, Some(kind));
    Box::pin(stream::iter([said(speaker, response, Some(kind), &serde_json::Map::new())]))
}

fn checked(speaker: &Speaker, asked: Asked, request_id: &str) -> std::result::Result<Checked, Box<Response>> {
    let state = &speaker.state;
    let refuse = |error: &Error| Box::new(errors::refusal(error, request_id, speaker.language));
    let resolved = asked.resolve(&state.remembered).map_err(|unresolved| match unresolved {
        Unresolved::Wrong(error) => refuse(&error),
        Unresolved::PersistedQueryNotFound => {
            Box::new(errors::coded("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND"))
        }
    })?;
    // Whatever changes something comes by POST, where it is answered once.
    let checked = request::prepare(&state.types, &state.settings.limits, &resolved.query, true);
    let checked = checked.map_err(|refused| match refused {
        Refused::Syntax(error) | Refused::Document(error) => refuse(&error),
        Refused::Misfit(misfit) => {
            let (error, at) = *misfit;
            Box::new(errors::refusal_at(&error, Some(at), request_id, speaker.language))
        }
        Refused::MutationByGet => refuse(
            &Error::bad_input("A mutation is answered once: send it by POST, with Accept: application/json.")
                .in_korean("변경(mutation)은 한 번만 답합니다. Accept: application/json과 함께 POST로 보내 주십시오."),
        ),
    })?;
    if let Some(digest) = resolved.remember {
        state.remembered.insert(digest, resolved.query.text);
    }
    Ok(checked)
}

async fn answers(speaker: &Speaker, checked: Checked, request_id: String) -> Saying {
    let state = &speaker.state;
    let publication = if checked.about_contract {
        None
    } else {
        match state.publications.current().await {
            Ok(publication) => Some(publication),
            Err(error) => {
                let response = errors::refusal(&error, &request_id, speaker.language);
                return refused(speaker, &response, error.kind());
            }
        }
    };
    let seen = Arc::new(Seen::default());
    let request = furnished(checked.request, state, &speaker.asker, speaker.language, &seen, publication.as_deref());
    let responses: Pin<Box<dyn Stream<Item = Result<Response>>>> = if checked.is_subscription {
        let responses = AssertUnwindSafe(state.schema.execute_stream(request)).catch_unwind();
        Box::pin(responses.map(|response| response.map_err(|_| Error::internal("a resolver panicked"))))
    } else {
        let (schema, timeout) = (state.schema.clone(), state.settings.request_timeout);
        Box::pin(async move { guarded(schema.execute(request), timeout).await }.into_stream())
    };
    let (speaker, cost) = (speaker.clone(), checked.cost.cost);
    let mut is_first = true;
    Box::pin(responses.map(move |response| {
        let (response, worst) = finished(response, &request_id, speaker.language);
        if std::mem::take(&mut is_first) {
            count(&speaker, worst);
        }
        let limit = speaker.state.settings.limits.cost;
        said(&speaker, &response, worst, &extensions(cost, limit, &seen))
    }))
}

fn said(
    speaker: &Speaker,
    response: &Response,
    worst: Option<Kind>,
    extensions: &serde_json::Map<String, serde_json::Value>,
) -> Said {
    let form = (MediaType::GraphqlResponse, speaker.state.settings.http_profile);
    let answer = Answer::new(response, worst, extensions, form, (speaker.language.tag(), true));
    let nothing_else = response.data == async_graphql::Value::Null && !response.errors.is_empty();
    let refusal = nothing_else.then(|| serde_json::to_value(&response.errors).unwrap_or_default());
    Said { body: answer.body, refusal }
}

fn count(speaker: &Speaker, worst: Option<Kind>) {
    let outcome = worst.map_or("ok", errors::code);
    speaker.state.metrics.requests.with_label_values(&[outcome]).inc();
}
