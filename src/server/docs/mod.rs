//! `/docs`: what the contract says, as pages for people. No sentence about a figure is written here a second time.

mod contract;
mod korean;
mod page;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::{Request, Response};

use self::contract::Contract;
use self::page::{Page, Sample};
use super::State;
use super::pages::{File, not_found};
use crate::dong::graphql::RequestDongs;
use crate::error::Result;
use crate::graphql::Seen;
use crate::graphql::language::Language;
use crate::keys::Access;
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

/// `/docs/{chapter}`, or the name of a type.
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
    let contract = match contract() {
        Ok(contract) => contract,
        Err(error) => {
            tracing::error!(error = error.for_log(), "the documentation cannot be shown");
            return HttpResponse::InternalServerError().finish();
        }
    };
    let Some(chapter) = page::chapter(name) else {
        // The name of a type leads to its chapter, so that a link need not know how the chapters are cut.
        return if contract.has(name) { to_chapter_of(contract, name, asked) } else { not_found(http.clone()).await };
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

fn to_chapter_of(contract: &Contract, type_name: &str, asked: &Asked) -> HttpResponse {
    let language = Language::from_header(asked.lang.as_deref()).pick("ko", "en");
    let address = format!("/docs/{}?lang={language}", page::slug(contract.chapter_of(type_name)));
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
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

/// What the API answers to a sample, as anybody without a key would get it.
async fn answer(state: &State, query: &str, language: Language) -> String {
    let answered = tokio::time::timeout(state.settings.request_timeout, execute(state, query, language)).await;
    match answered {
        Ok(Ok(response)) if response.errors.is_empty() => {
            // Written out as it stands: a detour over a JSON value would sort the fields.
            serde_json::to_string_pretty(&BTreeMap::from([("data", &response.data)])).unwrap_or_default()
        }
        Ok(Ok(_) | Err(_)) | Err(_) => language.pick("지금은 답할 수 없습니다.", "There is no answer now.").to_owned(),
    }
}

async fn execute(state: &State, query: &str, language: Language) -> Result<Response> {
    let publication = state.publications.current().await?;
    let request = Request::new(query)
        .data(language)
        .data(Arc::new(Seen::default()))
        .data(Access::default())
        .data(RequestCatalog(publication.catalog(false).clone()))
        .data(RequestDongs::default());
    Ok(state.schema.execute(request).await)
}
