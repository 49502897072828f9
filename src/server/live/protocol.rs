//! The messages of graphql-transport-ws, and why a connection is closed.

use std::borrow::Cow;

use actix_ws::{CloseCode, CloseReason};
use bytes::Bytes;

use crate::server::graphql::Asked;

/// The name of the protocol.
pub const PROTOCOL: &str = "graphql-transport-ws";
/// Longest id of an operation.
const LONGEST_ID: usize = 128;

/// What a client says.
#[derive(Debug, serde::Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromClient {
    /// It introduces itself.
    ConnectionInit {
        /// Whatever it wants to say of itself; we look for its key.
        #[serde(default)]
        payload: Option<serde_json::Map<String, serde_json::Value>>,
    },
    /// It wants a sign of life.
    Ping,
    /// It gives one.
    Pong,
    /// It asks.
    Subscribe {
        /// Its name for the operation.
        id: String,
        /// The operation.
        payload: Asked,
    },
    /// It has heard enough.
    Complete {
        /// Its name for the operation.
        id: String,
    },
}

impl FromClient {
    /// Reads a message.
    pub fn read(text: &str) -> Result<Self, Close> {
        let message = serde_json::from_str(text).map_err(|_| Close::BAD_MESSAGE)?;
        match &message {
            Self::Subscribe { id, .. } | Self::Complete { id } if id.is_empty() || id.len() > LONGEST_ID => {
                Err(Close::BAD_MESSAGE)
            }
            _ => Ok(message),
        }
    }
}

/// The key in what a client says of itself, in the form of the header: `{"authorization": "Bearer djk_…"}`.
pub fn authorization(payload: Option<&serde_json::Map<String, serde_json::Value>>) -> Option<&str> {
    payload?
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("authorization"))
        .map(|(_, key)| key.as_str().unwrap_or(""))
}

/// The connection may be used.
pub const ACKNOWLEDGED: &str = r#"{"type":"connection_ack"}"#;
/// A sign of life.
pub const PONG: &str = r#"{"type":"pong"}"#;

/// One answer to an operation. The body is JSON already and keeps the order of its fields.
pub fn next(id: &str, body: &Bytes) -> String {
    format!(r#"{{"id":{},"type":"next","payload":{}}}"#, serde_json::json!(id), String::from_utf8_lossy(body))
}

/// An operation was not carried out.
pub fn error(id: &str, errors: &serde_json::Value) -> String {
    serde_json::json!({"id": id, "type": "error", "payload": errors}).to_string()
}

/// An operation is over.
pub fn complete(id: &str) -> String {
    serde_json::json!({"id": id, "type": "complete"}).to_string()
}

/// Why a connection is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    code: u16,
    reason: Cow<'static, str>,
}

impl Close {
    /// The server stops.
    pub const GOING_AWAY: Self = Self::new(1001, "The server is stopping");
    /// The client gives no sign of life.
    pub const SILENT: Self = Self::new(1001, "No sign of life");
    /// The message is too large.
    pub const TOO_LARGE: Self = Self::new(1009, "The message is too large");
    /// Whoever asks has too many connections, or the database is away.
    pub const LATER: Self = Self::new(1013, "Try again later");
    /// What was sent is no message of the protocol.
    pub const BAD_MESSAGE: Self = Self::new(4400, "Invalid message");
    /// Nothing was acknowledged yet.
    pub const UNAUTHORISED: Self = Self::new(4401, "Unauthorized");
    /// The key is not known, or not any more.
    pub const FORBIDDEN: Self = Self::new(4403, "Forbidden");
    /// The client speaks another protocol.
    pub const OTHER_PROTOCOL: Self = Self::new(4406, "Subprotocol not acceptable");
    /// The client did not introduce itself in time.
    pub const INIT_TIMEOUT: Self = Self::new(4408, "Connection initialisation timeout");
    /// The client has introduced itself twice.
    pub const TOO_MANY_INITS: Self = Self::new(4429, "Too many initialisation requests");

    /// Two operations of one name.
    pub fn taken(id: &str) -> Self {
        Self { code: 4409, reason: Cow::Owned(format!("Subscriber for {id} already exists")) }
    }

    /// The client closes; it hears its own code again, or that all is well.
    pub fn answer_to(theirs: Option<CloseReason>) -> Self {
        let code = theirs.map_or(1000, |theirs| u16::from(theirs.code));
        // Codes that only say that there was none are never sent.
        Self { code: if matches!(code, 1004..=1006 | 1015) { 1000 } else { code }, reason: Cow::Borrowed("") }
    }

    const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }
}

impl From<Close> for CloseReason {
    fn from(close: Close) -> Self {
        Self { code: CloseCode::from(close.code), description: Some(close.reason.into_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_of_the_protocol_is_refused() {
        for wrong in [
            "",
            "[]",
            "{}",
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":1,"payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"connection_init","payload":"secret"}"#,
        ] {
            assert_eq!(FromClient::read(wrong).err(), Some(Close::BAD_MESSAGE), "{wrong}");
        }
        let long = format!(r#"{{"type":"complete","id":"{}"}}"#, "x".repeat(129));
        assert!(FromClient::read(&long).is_err());
    }

    #[test]
    fn an_answer_keeps_the_order_of_its_fields_and_an_id_may_hold_anything() {
        let said = next("a\"b", &Bytes::from_static(br#"{"data":{"z":1,"a":2}}"#));
        assert_eq!(said, r#"{"id":"a\"b","type":"next","payload":{"data":{"z":1,"a":2}}}"#);
    }
}
