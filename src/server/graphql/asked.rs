//! What a client has sent: a body or an address, a text or the digest of one.

use std::time::Duration;

use actix_web::web;
use futures_util::StreamExt as _;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use crate::api::request::Query;
use crate::error::{Error, Result, both};
use crate::run::record::hex;

/// What a client may send. Unknown members are ignored, as the specification asks.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    query: Option<String>,
    #[serde(default)]
    variables: Option<serde_json::Map<String, serde_json::Value>>,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    extensions: Option<Extensions>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    #[serde(default)]
    persisted_query: Option<PersistedQuery>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: u32,
    sha256_hash: String,
}

/// The text of a query and, when the client wants it remembered, its digest.
#[derive(Debug)]
pub struct Resolved {
    /// What is asked.
    pub query: Query,
    /// Under which digest the text that was sent is to be remembered, once it has been found sound.
    pub remember: Option<String>,
}

/// Why nothing can be asked.
#[derive(Debug)]
pub enum Unresolved {
    /// The request makes no sense.
    Wrong(Error),
    /// The digest is not known; the client sends the text.
    PersistedQueryNotFound,
}

impl Asked {
    /// Reads a body.
    pub fn from_json(bytes: &[u8]) -> Result<Self> {
        serde_json::from_slice(bytes).map_err(|_| {
            Error::bad_input("The body must be a JSON object with a string `query`, and optionally an object `variables` and a string `operationName`.")
                .in_korean("본문은 문자열 `query`를 가진 JSON 객체여야 하며, 객체 `variables`와 문자열 `operationName`을 더할 수 있습니다.")
        })
    }

    /// Reads the part of an address after the question mark.
    pub fn from_address(query_string: &str) -> Result<Self> {
        let pairs = web::Query::<Vec<(String, String)>>::from_query(query_string)
            .map_err(|_| {
                Error::bad_input(both(
                    "The address is not well-formed.",
                    "주소 형식이 올바르지 않습니다. 퍼센트 인코딩을 확인해 주십시오.",
                ))
            })?
            .into_inner();
        let text = |name: &str| pairs.iter().find(|(n, v)| n == name && !v.is_empty()).map(|(_, value)| value.as_str());
        let json = |name: &str| {
            Error::bad_input(format!("`{name}` in the address must be a JSON object."))
                .in_korean(format!("주소의 `{name}`은(는) JSON 객체여야 합니다."))
        };
        let variables =
            text("variables").map(|v| serde_json::from_str(v).map_err(|_| json("variables"))).transpose()?;
        let extensions =
            text("extensions").map(|v| serde_json::from_str(v).map_err(|_| json("extensions"))).transpose()?;
        Ok(Self {
            query: text("query").map(str::to_owned),
            variables,
            operation_name: text("operationName").map(str::to_owned),
            extensions,
        })
    }

    /// Finds the text: as sent, or as remembered.
    pub fn resolve(self, remembered: &Remembered) -> std::result::Result<Resolved, Unresolved> {
        let wrong = |en: &str, ko: &str| Unresolved::Wrong(Error::bad_input(en).in_korean(ko));
        let persisted = self.extensions.and_then(|e| e.persisted_query);
        if persisted.as_ref().is_some_and(|p| p.version != 1) {
            return Err(wrong(
                "Only version 1 of persisted queries is known.",
                "persistedQuery는 버전 1만 지원합니다.",
            ));
        }
        let digest = persisted.map(|p| p.sha256_hash.to_ascii_lowercase());
        let sent = self.query.is_some();
        let text = match (self.query, &digest) {
            (Some(text), Some(digest)) if hex(&Sha256::digest(text.as_bytes())) != *digest => {
                return Err(wrong("The digest is not that of the query.", "sha256Hash가 query와 맞지 않습니다."));
            }
            (Some(text), _) => text,
            (None, Some(digest)) => remembered.get(digest).ok_or(Unresolved::PersistedQueryNotFound)?,
            (None, None) => return Err(wrong("The request has no `query`.", "요청에 `query`가 없습니다.")),
        };
        let query = Query {
            text,
            variables: self.variables.unwrap_or_default(),
            operation_name: self.operation_name.filter(|name| !name.is_empty()),
        };
        Ok(Resolved { query, remember: digest.filter(|_| sent) })
    }
}

/// Texts of persisted queries by digest, bounded in bytes. Each instance remembers its own; a client whose digest is
/// not known sends the text once.
pub struct Remembered(Cache<String, String, Bytes>);

#[derive(Debug, Clone)]
struct Bytes;

impl Weighter<String, String> for Bytes {
    fn weight(&self, digest: &String, text: &String) -> u64 {
        (digest.len() + text.len() + 100) as u64
    }
}

impl Default for Remembered {
    fn default() -> Self {
        Self(Cache::with_weighter(4_000, 4_194_304, Bytes))
    }
}

impl Remembered {
    fn get(&self, digest: &str) -> Option<String> {
        self.0.get(digest)
    }

    /// Remembers a text that has been found sound.
    pub fn insert(&self, digest: String, text: String) {
        self.0.insert(digest, text);
    }
}

/// Why a body was not read to its end.
#[derive(Debug)]
pub enum Unread {
    /// It is larger than allowed.
    TooLarge,
    /// It comes too slowly.
    TooSlow,
    /// It was cut off.
    CutOff(Error),
}

/// Reads a body. Reading stops where it grows too large, whatever was announced, and when the time is over: a client that
/// sends a byte now and then must not hold a connection.
pub async fn read_body(body: web::Payload, most: usize, time: Duration) -> std::result::Result<Vec<u8>, Unread> {
    tokio::time::timeout(time, read_whole(body, most)).await.map_err(|_| Unread::TooSlow)?
}

async fn read_whole(mut body: web::Payload, most: usize) -> std::result::Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| {
            Unread::CutOff(Error::bad_input(both(
                "The body of the request was cut off.",
                "요청 본문이 중간에 끊겼습니다. 다시 보내 주십시오.",
            )))
        })?;
        if bytes.len() + part.len() > most {
            return Err(Unread::TooLarge);
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}
