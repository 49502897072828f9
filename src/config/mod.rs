//! Settings: read once from the environment, checked once, then only passed on.
//!
//! This room does not touch the environment itself; the caller hands in a way to look names up, so that tests can
//! hand in a map. Every name stands with a sentence in `.env.example`, and a test holds the two lists together.

mod limits;

use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;

use crate::error::{Error, Result};

pub use limits::{QueryLimits, StreamLimits};

/// Every setting by name, in the order of `.env.example`.
pub const NAMES: [&str; 38] = [
    "HOST",
    "PORT",
    "DATABASE_URL",
    "DONGJAK_WRITER_DATABASE_URL",
    "DONGJAK_STATE_DIR",
    "DONGJAK_DISTRICT",
    "DONGJAK_CORS_ORIGINS",
    "DONGJAK_POOL_SIZE",
    "DONGJAK_POOL_WAIT_MS",
    "DONGJAK_STATEMENT_TIMEOUT_MS",
    "DONGJAK_REQUEST_TIMEOUT_MS",
    "DONGJAK_MAX_BODY_BYTES",
    "DONGJAK_MAX_COST",
    "DONGJAK_MAX_DEPTH",
    "DONGJAK_MAX_FIELDS",
    "DONGJAK_MAX_ROOT_FIELDS",
    "DONGJAK_MAX_FRAGMENTS",
    "DONGJAK_MAX_ALIASES",
    "DONGJAK_MAX_DIRECTIVES",
    "DONGJAK_MAX_TOKENS",
    "DONGJAK_GRAPHQL_HTTP",
    "DONGJAK_RATE_PER_MINUTE",
    "DONGJAK_RATE_PER_MINUTE_WITH_KEY",
    "DONGJAK_CHANGES_PER_MINUTE",
    "DONGJAK_CHANGES_PER_MINUTE_WITH_KEY",
    "DONGJAK_TRUSTED_PROXIES",
    "DONGJAK_CACHE_BYTES",
    "DONGJAK_PUBLICATIONS",
    "DONGJAK_PUBLICATION_CHECK_MS",
    "DONGJAK_WORKER",
    "DONGJAK_MAX_WAITING_JOBS",
    "DONGJAK_STREAMS_PER_CLIENT",
    "DONGJAK_STREAMS",
    "DONGJAK_OPERATIONS_PER_STREAM",
    "DONGJAK_STREAM_INIT_MS",
    "DONGJAK_STREAM_PING_MS",
    "DONGJAK_LOG",
    "DONGJAK_LOG_FORMAT",
];

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person at a terminal.
    Text,
    /// One JSON object a line, for a collector.
    Json,
}

/// Which rules the statuses of GraphQL answers follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpProfile {
    /// Those that the audits of graphql-http check: 400 for a document that cannot be executed, 200 for plain JSON.
    Audit,
    /// The newer draft of GraphQL over HTTP: 422 for a document that cannot be executed, 294 for a partial answer.
    Draft,
}

/// How a server knows what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watching {
    /// The database tells it, on a connection of its own.
    Listen,
    /// It asks before every answer.
    Ask,
}

/// The checked settings of one process.
#[derive(Clone)]
pub struct Settings {
    /// Address to listen on.
    pub host: String,
    /// Port to listen on; 0 lets the system choose.
    pub port: u16,
    /// Where PostgreSQL is, if it was said. May hold a password: this type therefore has no `Debug`.
    pub database_url: Option<String>,
    /// Where the server connects for changes that clients make, if it is not the same.
    pub writer_database_url: Option<String>,
    /// Folder of the private cluster and of the Korean dictionary.
    pub state_dir: PathBuf,
    /// Five-digit code of the district whose dongs are answered for.
    pub district: String,
    /// Origins whose pages may call the API from a browser.
    pub cors_origins: Vec<String>,
    /// Database connections, and so the number of queries at work at once.
    pub pool_size: u32,
    /// How long a request may wait for a free connection before it is told to come back.
    pub pool_wait: Duration,
    /// How long PostgreSQL may work on one statement.
    pub statement_timeout: Duration,
    /// How long a whole request may take.
    pub request_timeout: Duration,
    /// Largest body of a request in bytes.
    pub max_body_bytes: usize,
    /// How much one query may ask for.
    pub limits: QueryLimits,
    /// Which rules the statuses of GraphQL answers follow.
    pub http_profile: HttpProfile,
    /// Requests a minute from one address without a key; 0 for no limit.
    pub rate_per_minute: u32,
    /// Requests a minute with one key of the standard tier; 0 for no limit.
    pub rate_per_minute_with_key: u32,
    /// Changes a minute from one address without a key; 0 for no limit.
    pub changes_per_minute: u32,
    /// Changes a minute with one key; 0 for no limit.
    pub changes_per_minute_with_key: u32,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Most bytes of answers that are kept.
    pub cache_bytes: u64,
    /// How it is known what is published.
    pub publications: Watching,
    /// How long what a request has found to be published may be trusted by others without asking the database.
    pub publication_check: Duration,
    /// Whether `dongjak serve` computes the runs that wait in the queue.
    pub worker: bool,
    /// Most jobs that may wait before no more are taken from clients.
    pub max_waiting_jobs: i64,
    /// How much one client may keep open.
    pub streams: StreamLimits,
    /// Which log lines are written, in the notation of `tracing`.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
}

impl Settings {
    /// Reads and checks every setting. The first one that makes no sense is named, with what it may be.
    pub fn read(look_up: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let text = |name: &str, default: &str| match look_up(name) {
            Some(value) if !value.trim().is_empty() => value.trim().to_owned(),
            _ => default.to_owned(),
        };
        let number = |name: &str, default: u64, low: u64, high: u64| -> Result<u64> {
            let value = text(name, &default.to_string());
            match value.parse::<u64>() {
                Ok(n) if (low..=high).contains(&n) => Ok(n),
                _ => Err(Error::bad_input(format!(
                    "{name} is \"{value}\", but must be a whole number from {low} to {high}."
                ))),
            }
        };
        let district = text("DONGJAK_DISTRICT", "11590");
        if district.len() != 5 || !district.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Error::bad_input(format!(
                "DONGJAK_DISTRICT is \"{district}\", but must be the five digits of a district, such as 11590."
            )));
        }
        let log_format = match text("DONGJAK_LOG_FORMAT", "text").as_str() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            other => {
                return Err(Error::bad_input(format!("DONGJAK_LOG_FORMAT is \"{other}\", but must be text or json.")));
            }
        };
        let cors_origins = text("DONGJAK_CORS_ORIGINS", "")
            .split(',')
            .map(|origin| origin.trim().trim_end_matches('/').to_owned())
            .filter(|origin| !origin.is_empty())
            .collect::<Vec<_>>();
        if let Some(wrong) = cors_origins.iter().find(|o| !(o.starts_with("http://") || o.starts_with("https://"))) {
            return Err(Error::bad_input(format!(
                "DONGJAK_CORS_ORIGINS holds \"{wrong}\", but each origin must start with http:// or https://; \"*\" is not offered."
            )));
        }
        let http_profile = match text("DONGJAK_GRAPHQL_HTTP", "audit").as_str() {
            "audit" => HttpProfile::Audit,
            "draft" => HttpProfile::Draft,
            other => {
                return Err(Error::bad_input(format!(
                    "DONGJAK_GRAPHQL_HTTP is \"{other}\", but must be audit or draft."
                )));
            }
        };
        let writer_database_url = look_up("DONGJAK_WRITER_DATABASE_URL").filter(|url| !url.trim().is_empty());
        let worker = match text("DONGJAK_WORKER", "").as_str() {
            // With a role of its own for changes the server may not write results.
            "" => writer_database_url.is_none(),
            "on" => true,
            "off" => false,
            other => return Err(Error::bad_input(format!("DONGJAK_WORKER is \"{other}\", but must be on or off."))),
        };
        let trusted_proxies = text("DONGJAK_TRUSTED_PROXIES", "")
            .split(',')
            .map(str::trim)
            .filter(|network| !network.is_empty())
            .map(|network| {
                let one = network.parse::<std::net::IpAddr>().map(IpNet::from);
                one.or_else(|_| network.parse::<IpNet>()).map_err(|_| {
                    Error::bad_input(format!(
                        "DONGJAK_TRUSTED_PROXIES holds \"{network}\", but takes addresses and networks such as 10.0.0.0/8."
                    ))
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let known = QueryLimits::default();
        let size = |name: &str, default: usize, high: u64| -> Result<usize> {
            Ok(usize::try_from(number(name, default as u64, 1, high)?).unwrap_or(default))
        };
        let limits = QueryLimits {
            cost: number("DONGJAK_MAX_COST", known.cost, 1, 100_000_000)?,
            depth: size("DONGJAK_MAX_DEPTH", known.depth, 60)?,
            fields: number("DONGJAK_MAX_FIELDS", known.fields, 1, 1_000_000)?,
            root_fields: size("DONGJAK_MAX_ROOT_FIELDS", known.root_fields, 10_000)?,
            fragments: size("DONGJAK_MAX_FRAGMENTS", known.fragments, 10_000)?,
            aliases: size("DONGJAK_MAX_ALIASES", known.aliases, 100_000)?,
            directives: size("DONGJAK_MAX_DIRECTIVES", known.directives, 100_000)?,
            tokens: size("DONGJAK_MAX_TOKENS", known.tokens, 1_000_000)?,
        };
        let publications = match text("DONGJAK_PUBLICATIONS", "listen").as_str() {
            "listen" => Watching::Listen,
            "ask" => Watching::Ask,
            other => {
                return Err(Error::bad_input(format!(
                    "DONGJAK_PUBLICATIONS is \"{other}\", but must be listen or ask."
                )));
            }
        };
        let streams = StreamLimits {
            per_client: size("DONGJAK_STREAMS_PER_CLIENT", 10, 100_000)?,
            all: size("DONGJAK_STREAMS", 1_000, 1_000_000)?,
            operations: size("DONGJAK_OPERATIONS_PER_STREAM", 10, 10_000)?,
            init: Duration::from_millis(number("DONGJAK_STREAM_INIT_MS", 3_000, 10, 60_000)?),
            ping: Duration::from_millis(number("DONGJAK_STREAM_PING_MS", 15_000, 10, 600_000)?),
        };
        let rate = |name: &str, default: u64| -> Result<u32> {
            Ok(u32::try_from(number(name, default, 0, 10_000_000)?).unwrap_or(0))
        };
        Ok(Self {
            host: text("HOST", "127.0.0.1"),
            port: u16::try_from(number("PORT", 8080, 0, 65_535)?).unwrap_or(0),
            database_url: look_up("DATABASE_URL").filter(|url| !url.trim().is_empty()),
            writer_database_url,
            state_dir: PathBuf::from(text("DONGJAK_STATE_DIR", ".local")),
            district,
            cors_origins,
            pool_size: u32::try_from(number("DONGJAK_POOL_SIZE", 8, 1, 200)?).unwrap_or(8),
            pool_wait: Duration::from_millis(number("DONGJAK_POOL_WAIT_MS", 150, 1, 60_000)?),
            statement_timeout: Duration::from_millis(number("DONGJAK_STATEMENT_TIMEOUT_MS", 2_000, 10, 600_000)?),
            request_timeout: Duration::from_millis(number("DONGJAK_REQUEST_TIMEOUT_MS", 5_000, 10, 600_000)?),
            max_body_bytes: usize::try_from(number("DONGJAK_MAX_BODY_BYTES", 65_536, 1_024, 10_485_760)?)
                .unwrap_or(65_536),
            limits,
            http_profile,
            rate_per_minute: rate("DONGJAK_RATE_PER_MINUTE", 600)?,
            rate_per_minute_with_key: rate("DONGJAK_RATE_PER_MINUTE_WITH_KEY", 6_000)?,
            changes_per_minute: rate("DONGJAK_CHANGES_PER_MINUTE", 10)?,
            changes_per_minute_with_key: rate("DONGJAK_CHANGES_PER_MINUTE_WITH_KEY", 60)?,
            trusted_proxies,
            cache_bytes: number("DONGJAK_CACHE_BYTES", 33_554_432, 0, 17_179_869_184)?,
            publications,
            publication_check: Duration::from_millis(number("DONGJAK_PUBLICATION_CHECK_MS", 0, 0, 60_000)?),
            worker,
            max_waiting_jobs: i64::try_from(number("DONGJAK_MAX_WAITING_JOBS", 20, 1, 100_000)?).unwrap_or(20),
            streams,
            log: text("DONGJAK_LOG", "info,actix_server=warn,actix_http=off"),
            log_format,
        })
    }

    /// The folder that holds the compiled Korean dictionary.
    pub fn dictionary_dir(&self) -> PathBuf {
        self.state_dir.join("dictionary")
    }

    /// The same settings for the connections that make changes: few, because changes are few.
    pub fn for_writing(&self) -> Self {
        let database_url = self.writer_database_url.clone().or_else(|| self.database_url.clone());
        Self { database_url, pool_size: self.pool_size.min(4), ..self.clone() }
    }

    /// Where PostgreSQL is, or a sentence about how to say it.
    pub fn required_database_url(&self) -> Result<&str> {
        self.database_url.as_deref().ok_or_else(|| {
            Error::bad_input(
                "DATABASE_URL is not set. Set it to a PostgreSQL database with PostGIS, or start with script/server, which brings its own.",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &'static str) -> Result<Settings> {
        Settings::read(move |asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn an_empty_environment_gives_the_documented_defaults() {
        let settings = Settings::read(|_| None).unwrap();
        assert_eq!((settings.host.as_str(), settings.port), ("127.0.0.1", 8080));
        assert_eq!(settings.state_dir, PathBuf::from(".local"));
        assert!(settings.database_url.is_none() && settings.cors_origins.is_empty());
    }

    #[test]
    fn a_senseless_setting_is_named_with_what_it_may_be() {
        for (name, value) in [
            ("PORT", "eighty"),
            ("PORT", "70000"),
            ("DONGJAK_POOL_SIZE", "0"),
            ("DONGJAK_LOG_FORMAT", "xml"),
            ("DONGJAK_DISTRICT", "Dongjak"),
            ("DONGJAK_CORS_ORIGINS", "*"),
            ("DONGJAK_GRAPHQL_HTTP", "yes"),
            ("DONGJAK_PUBLICATIONS", "sometimes"),
            ("DONGJAK_TRUSTED_PROXIES", "proxy.example"),
            ("DONGJAK_MAX_DEPTH", "0"),
            ("DONGJAK_WORKER", "maybe"),
            ("DONGJAK_STREAM_PING_MS", "0"),
        ] {
            let error = with(name, value).err().unwrap_or_else(|| panic!("{name}={value} was taken"));
            assert!(error.outside().contains(name), "{error}");
        }
    }

    #[test]
    fn every_setting_stands_in_the_example_file_and_no_other() {
        let example = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example")).unwrap();
        let named: Vec<&str> = example
            .lines()
            .map(|line| line.trim_start_matches("# "))
            .filter_map(|line| line.split_once('=').map(|(name, _)| name))
            .filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
            .collect();
        assert_eq!(named, NAMES);
    }
}
