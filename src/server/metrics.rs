//! Figures about ourselves, in the text form of Prometheus.

use actix_web::{HttpResponse, web};
use prometheus::{Encoder, Histogram, HistogramOpts, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

use super::State;
use crate::error::{Error, Result};

/// Counters and gauges of one server.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    /// GraphQL requests by outcome.
    pub requests: IntCounterVec,
    /// GraphQL answers by where they come from.
    pub answers: IntCounterVec,
    /// Seconds from the first byte read to the answer.
    pub seconds: Histogram,
    connections_in_use: IntGauge,
    requests_waiting: IntGauge,
    streams_open: IntGauge,
}

impl Metrics {
    /// A fresh set.
    pub fn new() -> Result<Self> {
        let fault = |e: prometheus::Error| Error::internal(format!("while preparing metrics: {e}"));
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new(
                    "dongjak_graphql_requests_total",
                    "GraphQL requests by outcome: ok, or the code of the worst error.",
                ),
                &["outcome"],
            )
            .map_err(fault)?,
            answers: IntCounterVec::new(
                Opts::new(
                    "dongjak_graphql_answers_total",
                    "GraphQL answers by where they come from: kept as sent (found by the bytes of the request), kept, computed.",
                ),
                &["from"],
            )
            .map_err(fault)?,
            seconds: Histogram::with_opts(
                HistogramOpts::new(
                    "dongjak_graphql_request_seconds",
                    "Seconds from the whole request read to the answer.",
                )
                .buckets(vec![0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0]),
            )
            .map_err(fault)?,
            connections_in_use: IntGauge::new("dongjak_database_connections_in_use", "Database connections at work.")
                .map_err(fault)?,
            requests_waiting: IntGauge::new(
                "dongjak_database_requests_waiting",
                "Requests that wait for a database connection.",
            )
            .map_err(fault)?,
            streams_open: IntGauge::new("dongjak_streams_open", "WebSockets and streams of events that are open.")
                .map_err(fault)?,
        };
        for collector in [
            Box::new(metrics.requests.clone()) as Box<dyn prometheus::core::Collector>,
            Box::new(metrics.answers.clone()),
            Box::new(metrics.seconds.clone()),
            Box::new(metrics.connections_in_use.clone()),
            Box::new(metrics.requests_waiting.clone()),
            Box::new(metrics.streams_open.clone()),
        ] {
            metrics.registry.register(collector).map_err(fault)?;
        }
        Ok(metrics)
    }
}

/// `/metrics`.
pub async fn metrics(state: web::Data<State>) -> HttpResponse {
    let (in_use, waiting) = state.db.load();
    state.metrics.connections_in_use.set(i64::from(in_use));
    state.metrics.requests_waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
    state.metrics.streams_open.set(i64::try_from(state.places.taken()).unwrap_or(i64::MAX));
    let mut text = Vec::new();
    match TextEncoder::new().encode(&state.metrics.registry.gather(), &mut text) {
        Ok(()) => HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text),
        Err(error) => {
            tracing::error!(%error, "metrics cannot be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}
