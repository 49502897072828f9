//! The web: routes, HTTP rules, health, metrics, and a stop that loses nothing.
//!
//! Knows nothing of what is asked; that is [`crate::api`].

mod address;
mod docs;
mod draining;
mod gate;
mod graphql;
mod health;
mod live;
mod map;
mod metrics;
mod pages;
mod rates;
mod reply;

use std::sync::Arc;

use actix_cors::Cors;
use actix_web::http::header;
use actix_web::middleware::{Condition, DefaultHeaders, from_fn};
use actix_web::{App, HttpServer, guard, web};

use crate::api::{self, ApiSchema};
use crate::change::Writer;
use crate::config::Settings;
use crate::db::Db;
use crate::dong::graphql::SharedDongs;
use crate::error::{Error, Kind, Result};
use crate::graphql::check::types::Types;
use crate::keys::Ring;
use crate::run::publication::Publications;

pub use draining::Draining;
pub use metrics::Metrics;

/// Everything that a handler needs.
#[derive(Clone)]
pub struct State {
    /// Checked settings.
    pub settings: Settings,
    /// The database.
    pub db: Db,
    /// The connections that may change something.
    pub writer: Writer,
    /// The GraphQL schema.
    pub schema: ApiSchema,
    /// The types of the schema, for the checks before anything runs.
    pub types: Arc<Types>,
    /// What is published.
    pub publications: Publications,
    /// Answers that are kept.
    pub kept: Arc<graphql::Kept>,
    /// The dongs as the newest publication sees them.
    pub dongs: Arc<SharedDongs>,
    /// Features and tiles that are kept.
    pub kept_bodies: map::KeptBodies,
    /// Texts of persisted queries.
    pub remembered: Arc<graphql::Remembered>,
    /// Keys that were seen lately.
    pub ring: Arc<Ring>,
    /// How many requests somebody may still make.
    pub rates: Arc<rates::Rates>,
    /// Figures about ourselves.
    pub metrics: Arc<Metrics>,
    /// Set when the process is about to stop: not ready any more, connections close after their answer.
    pub draining: Draining,
    /// Places for connections that stay open.
    pub places: Arc<live::Places>,
}

/// A server that listens already; its address is known even when the system chose the port.
pub struct Listening {
    /// `http://address:port`.
    pub url: String,
    /// Runs until it is stopped.
    pub server: actix_web::dev::Server,
    /// Begins before the stop.
    pub draining: Draining,
}

/// Binds the address and starts to answer.
pub fn listen(settings: &Settings) -> Result<Listening> {
    let db = Db::open(settings)?;
    let writer = Writer::open(settings)?;
    let state = State {
        settings: settings.clone(),
        schema: api::schema(settings, &db, &writer),
        types: Arc::new(Types::read(&api::sdl())?),
        publications: Publications::open(settings)?,
        kept: Arc::new(graphql::Kept::new(settings.cache_bytes)),
        dongs: Arc::default(),
        kept_bodies: map::KeptBodies::new(settings.cache_bytes),
        remembered: Arc::default(),
        ring: Arc::default(),
        rates: Arc::new(rates::Rates::new(settings)),
        db,
        writer,
        metrics: Arc::new(Metrics::new()?),
        draining: Draining::default(),
        places: Arc::new(live::Places::new(settings.streams.per_client, settings.streams.all)),
    };
    let draining = state.draining.clone();
    let http = HttpServer::new(move || {
        App::new()
            .wrap(from_fn(gate::gate))
            .wrap(from_fn(health::close_while_draining))
            .wrap(
                DefaultHeaders::new()
                    .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
                    .add((header::REFERRER_POLICY, "no-referrer")),
            )
            // Without origins that may call, the answers say nothing about origins and do not vary by them.
            .wrap(Condition::new(!state.settings.cors_origins.is_empty(), cors(&state.settings)))
            .app_data(web::Data::new(state.clone()))
            .configure(routes)
    })
    .workers(2)
    // As many as the pool lets run, and a few for the time between a permit and its thread.
    .worker_max_blocking_threads(16)
    // A client that has left gets no answer: its work stops.
    .h1_allow_half_closed(false)
    .client_request_timeout(std::time::Duration::from_secs(5))
    .shutdown_timeout(8)
    .disable_signals();
    let address = (settings.host.as_str(), settings.port);
    let bound = http.bind(address).map_err(|e| {
        Error::new(
            Kind::BadInput,
            format!(
                "The address {}:{} cannot be used ({}). Choose another with PORT=…, or stop the program that uses it.",
                settings.host,
                settings.port,
                e.kind()
            ),
        )
    })?;
    let url = bound.addrs().first().map_or_else(String::new, |a| format!("http://{a}"));
    Ok(Listening { url, server: bound.run(), draining })
}

fn routes(app: &mut web::ServiceConfig) {
    let only = |path: &str| web::resource(path).default_service(web::to(reply::only_get));
    app.service(
        web::resource("/graphql")
            .route(web::get().guard(guard::fn_guard(live::is_upgrade)).to(live::socket))
            .route(web::route().guard(guard::fn_guard(live::wants_events)).to(live::events))
            .route(web::get().to(graphql::get))
            .route(web::post().to(graphql::post))
            .default_service(web::to(graphql::other_method)),
    )
    .configure(map::routes)
    .service(only("/schema.graphql").route(web::get().to(pages::schema)))
    .service(only("/graphiql").route(web::get().to(pages::graphiql)))
    .service(only("/graphiql/samples.js").route(web::get().to(pages::samples)))
    .service(only("/graphiql/{file}").route(web::get().to(pages::graphiql_file)))
    .service(only("/docs").route(web::get().to(docs::first)))
    .service(only("/docs/{chapter}").route(web::get().to(docs::chapter)))
    .service(only("/docs.css").route(web::get().to(docs::style)))
    .service(only("/").route(web::get().to(pages::index)))
    .service(only("/page/{file}").route(web::get().to(pages::page_file)))
    .service(only("/health/live").route(web::get().to(health::live)))
    .service(only("/health/ready").route(web::get().to(health::ready)))
    .service(only("/metrics").route(web::get().to(metrics::metrics)))
    .default_service(web::to(pages::not_found));
}

fn cors(settings: &Settings) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST"])
        .allowed_headers([
            header::CONTENT_TYPE,
            header::ACCEPT,
            header::ACCEPT_LANGUAGE,
            header::AUTHORIZATION,
            header::IF_NONE_MATCH,
        ])
        .expose_headers([
            "x-request-id",
            "retry-after",
            "etag",
            "age",
            "content-language",
            "ratelimit",
            "ratelimit-policy",
        ])
        .max_age(3600);
    settings.cors_origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
