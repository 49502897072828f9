//! Pages and files that are served as they are. Everything comes from the binary: the inner network has no internet.

mod files;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::reply::refusal;
use crate::api;
use crate::error::both;
pub use files::File;

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const PICTURE: &str = "image/svg+xml";

/// GraphiQL may load from this server only. It writes styles into the page, hence the one exception.
const GRAPHIQL_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
                               object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
/// The page may load from this server only, without exception; the map's worker is a file as well.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; connect-src 'self'; \
                           img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static INDEX: File = File::new("index.html", HTML, include_bytes!("../../../assets/page/index.html"));

/// Files of the page by name.
static PAGE: [File; 4] = [
    File::new("page.js", SCRIPT, include_bytes!("../../../assets/page/page.js")),
    File::new("page.css", STYLE, include_bytes!("../../../assets/page/page.css")),
    File::new("maplibre-gl-worker.mjs", SCRIPT, include_bytes!("../../../assets/page/maplibre-gl-worker.mjs")),
    File::new("licences.txt", TEXT, include_bytes!("../../../assets/page/licences.txt")),
];

static GRAPHIQL_INDEX: File = File::new("index.html", HTML, include_bytes!("../../../assets/graphiql/index.html"));

/// Files of the GraphQL page by name.
static GRAPHIQL: [File; 7] = [
    File::new("graphiql.min.js", SCRIPT, include_bytes!("../../../assets/graphiql/graphiql.min.js")),
    File::new("graphiql.min.css", STYLE, include_bytes!("../../../assets/graphiql/graphiql.min.css")),
    File::new("react.production.min.js", SCRIPT, include_bytes!("../../../assets/graphiql/react.production.min.js")),
    File::new(
        "react-dom.production.min.js",
        SCRIPT,
        include_bytes!("../../../assets/graphiql/react-dom.production.min.js"),
    ),
    File::new("page.css", STYLE, include_bytes!("../../../assets/graphiql/page.css")),
    File::new("start.js", SCRIPT, include_bytes!("../../../assets/graphiql/start.js")),
    File::new("favicon.svg", PICTURE, include_bytes!("../../../assets/graphiql/favicon.svg")),
];

/// One query for each question; the README shows them with their answers.
const SAMPLES: [&str; 3] = [
    include_str!("../../../assets/samples/economy.graphql"),
    include_str!("../../../assets/samples/childcare.graphql"),
    include_str!("../../../assets/samples/wifi.graphql"),
];

/// `/`: the map, the figures and where they come from.
pub async fn index(http: HttpRequest) -> HttpResponse {
    INDEX.answer(&http, Some(PAGE_POLICY))
}

/// `/page/{file}`.
pub async fn page_file(http: HttpRequest, name: web::Path<String>) -> HttpResponse {
    answer_file(&http, &PAGE, &name).await
}

/// `/graphiql`: a page to write queries in.
pub async fn graphiql(http: HttpRequest) -> HttpResponse {
    GRAPHIQL_INDEX.answer(&http, Some(GRAPHIQL_POLICY))
}

/// `/graphiql/{file}`.
pub async fn graphiql_file(http: HttpRequest, name: web::Path<String>) -> HttpResponse {
    answer_file(&http, &GRAPHIQL, &name).await
}

async fn answer_file(http: &HttpRequest, files: &[File], name: &str) -> HttpResponse {
    match files::find(files, name) {
        Some(file) => file.answer(http, None),
        None => not_found(http.clone()).await,
    }
}

/// `/graphiql/samples.js`: the sample queries as the page reads them.
pub async fn samples() -> HttpResponse {
    HttpResponse::Ok().content_type(SCRIPT).body(format!("window.samples = {};\n", serde_json::json!(SAMPLES)))
}

/// `/schema.graphql`: the contract as text.
pub async fn schema() -> HttpResponse {
    HttpResponse::Ok().content_type(TEXT).body(api::sdl())
}

/// Any other path.
pub async fn not_found(http: HttpRequest) -> HttpResponse {
    const PATHS: &str =
        "/, /docs, /graphiql, /graphql, /schema.graphql, /features, /health/live, /health/ready, /metrics";
    let said = both(
        format!("There is nothing here. These addresses answer: {PATHS}."),
        format!("이 주소에는 아무것도 없습니다. 다음 주소를 이용해 주십시오: {PATHS}."),
    );
    refusal(http.headers(), StatusCode::NOT_FOUND, "NOT_FOUND", &said)
}
