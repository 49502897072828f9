//! A WebSocket client that speaks graphql-transport-ws.

use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;
use tungstenite::http::{HeaderName, HeaderValue};
use tungstenite::protocol::CloseFrame;
use tungstenite::{Error, HandshakeError, Message, WebSocket};

pub struct Socket(WebSocket<TcpStream>);

impl Socket {
    /// A connection, or the status of the refusal.
    pub fn open(url: &str, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let host = url.strip_prefix("http://").expect("the address of a test server");
        let mut request = format!("ws://{host}/graphql").into_client_request().expect("a request");
        let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
        for (name, value) in std::iter::once(&protocol).chain(headers) {
            let name: HeaderName = name.parse().expect("a header");
            request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a value"));
        }
        if headers.contains(&("sec-websocket-protocol", "")) {
            request.headers_mut().remove("sec-websocket-protocol");
        }
        let stream = TcpStream::connect(host).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        match tungstenite::client::client(request, stream) {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(HandshakeError::Failure(Error::Http(response))) => Err(response.status().as_u16()),
            Err(error) => panic!("the handshake: {error}"),
        }
    }

    /// A connection that has introduced itself with a key.
    pub fn with_key(url: &str, key: &str) -> Self {
        let mut socket = Self::open(url, &[]).expect("a connection");
        socket.say(json!({"type": "connection_init", "payload": {"authorization": format!("Bearer {key}")}}));
        assert_eq!(socket.hear(), json!({"type": "connection_ack"}));
        socket
    }

    /// A connection that has introduced itself without a key.
    pub fn anonymous(url: &str) -> Self {
        let mut socket = Self::open(url, &[]).expect("a connection");
        socket.say(json!({"type": "connection_init"}));
        assert_eq!(socket.hear(), json!({"type": "connection_ack"}));
        socket
    }

    pub fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string()));
    }

    pub fn send(&mut self, message: Message) {
        self.0.send(message).expect("the connection is open");
    }

    pub fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        self.say(json!({"id": id, "type": "subscribe", "payload": {"query": query, "variables": variables}}));
    }

    /// The next message.
    pub fn hear(&mut self) -> Value {
        loop {
            match self.0.read().expect("the connection is open") {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Closes the connection with a code; what the server answers.
    pub fn close(mut self, code: u16) -> u16 {
        let frame = CloseFrame { code: code.into(), reason: "".into() };
        self.0.close(Some(frame)).expect("the connection is open");
        self.closed()
    }

    /// The code with which the server closes the connection, after whatever it has still to say.
    pub fn closed(mut self) -> u16 {
        loop {
            match self.0.read().expect("a close frame") {
                Message::Close(frame) => return frame.expect("with a code").code.into(),
                Message::Text(_) | Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}
