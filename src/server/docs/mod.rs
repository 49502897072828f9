//! `/docs`: what the contract says, as pages for people. No sentence about a figure is written here a second time.

mod contract;
mod korean;
mod page;

use std::sync::{Arc, OnceLock};

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::Request;

use self::contract::Contract;
use self::page::{Page, Sample};
use super::State;
use super::pages::{File, not_found};
use crate::dong::graphql::RequestDongs;
use crate::error::Result;
use crate::graphql::Seen;
use crate::graphql::language::Language;
use crate::run::graphql::RequestCatalog;

/// Only this server's style sheet; there is no script.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static STYLE: File = File::new("docs.css", "text/css; charset=utf-8", include_bytes!("../../../assets/docs/docs.css"));

/// What an address may ask for.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    lang: Option<String>,
}

/// `/docs`: the first chapter.
pub async fn first(http: HttpRequest, asked: web::Query<Asked>, state: web::Data<State>) -> HttpResponse {
    let [first, ..] = page::chapters();
    show(&http, &asked, &state, page::slug(first)).await
}

/// `/docs/{chapter}`.
pub async fn chapter(
    http: HttpRequest,
    name: web::Path<String>,
    asked: web::Query<Asked>,
    state: web::Data<State>,
) -> HttpResponse {
    show(&http, &asked, &state, &name).await
}

/// `/docs.css`.
pub async fn style(http: HttpRequest) -> HttpResponse {
    STYLE.answer(&http, None)
}

async fn show(http: &HttpRequest, asked: &Asked, state: &State, name: &str) -> HttpResponse {
    let Some(chapter) = page::chapter(name) else { return not_found().await };
    let contract = match contract() {
        Ok(contract) => contract,
        Err(error) => {
            tracing::error!(error = error.for_log(), "the documentation cannot be shown");
            return HttpResponse::InternalServerError().finish();
        }
    };
    let header = http.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let language = Language::from_header(asked.lang.as_deref().or(header));
    let sample = match page::sample_query(chapter) {
        Some(query) => Some(Sample { query, answer: answer(state, query, language).await }),
        None => None,
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((header::VARY, "Accept-Language"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .content_type("text/html; charset=utf-8")
        .body(Page { contract, chapter, language, sample }.html())
}

/// The parsed contract. It is part of the program, so it is read once.
fn contract() -> Result<&'static Contract> {
    static READ: OnceLock<Contract> = OnceLock::new();
    if let Some(read) = READ.get() {
        return Ok(read);
    }
    let read = Contract::read()?;
    Ok(READ.get_or_init(|| read))
}

/// What the API answers to a sample, as anybody would get it.
async fn answer(state: &State, query: &str, language: Language) -> String {
    let request = Request::new(query)
        .data(language)
        .data(Arc::new(Seen::default()))
        .data(RequestCatalog::default())
        .data(RequestDongs::default());
    let answered = tokio::time::timeout(state.settings.request_timeout, state.schema.execute(request)).await;
    match answered {
        Ok(response) if response.errors.is_empty() => {
            serde_json::to_string_pretty(&serde_json::json!({"data": response.data})).unwrap_or_default()
        }
        Ok(_) | Err(_) => language.pick("지금은 답할 수 없습니다.", "There is no answer now.").to_owned(),
    }
}
