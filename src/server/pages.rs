//! Pages and files that are served as they are. Everything comes from the binary: the inner network has no internet.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::api;

/// The page may load from this server only. GraphiQL writes styles into the page, hence the one exception.
const CONTENT_SECURITY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; \
                                object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Files of the GraphQL page by name, with their media types.
const ASSETS: [(&str, &str, &[u8]); 7] = [
    ("graphiql.min.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/graphiql/graphiql.min.js")),
    ("graphiql.min.css", "text/css; charset=utf-8", include_bytes!("../../assets/graphiql/graphiql.min.css")),
    (
        "react.production.min.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../assets/graphiql/react.production.min.js"),
    ),
    (
        "react-dom.production.min.js",
        "text/javascript; charset=utf-8",
        include_bytes!("../../assets/graphiql/react-dom.production.min.js"),
    ),
    ("page.css", "text/css; charset=utf-8", include_bytes!("../../assets/graphiql/page.css")),
    ("start.js", "text/javascript; charset=utf-8", include_bytes!("../../assets/graphiql/start.js")),
    ("favicon.svg", "image/svg+xml", include_bytes!("../../assets/graphiql/favicon.svg")),
];

/// One query for each question; the README shows them with their answers.
const SAMPLES: [&str; 3] = [
    include_str!("../../assets/samples/economy.graphql"),
    include_str!("../../assets/samples/childcare.graphql"),
    include_str!("../../assets/samples/wifi.graphql"),
];

/// `/graphiql`: a page to write queries in.
pub async fn graphiql() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY))
        .content_type("text/html; charset=utf-8")
        .body(include_str!("../../assets/graphiql/index.html"))
}

/// `/graphiql/{file}`.
pub async fn asset(name: web::Path<String>) -> HttpResponse {
    match ASSETS.iter().find(|(known, _, _)| *known == name.as_str()) {
        Some((_, media_type, bytes)) => HttpResponse::Ok()
            .content_type(*media_type)
            .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
            .body(*bytes),
        None => not_found().await,
    }
}

/// `/graphiql/samples.js`: the sample queries as the page reads them.
pub async fn samples() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .body(format!("window.samples = {};\n", serde_json::json!(SAMPLES)))
}

/// `/schema.graphql`: the contract as text.
pub async fn schema() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(api::sdl())
}

/// Any other path.
pub async fn not_found() -> HttpResponse {
    HttpResponse::NotFound().json(serde_json::json!({
        "errors": [{
            "message": "There is nothing here. Try /graphiql, /graphql, /schema.graphql, /health/live, /health/ready or /metrics.",
            "extensions": {"code": "NOT_FOUND"}
        }]
    }))
}
