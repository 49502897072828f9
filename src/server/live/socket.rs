//! A WebSocket: from the handshake to the close. What goes on in between belongs to [`super::protocol`].

use std::collections::HashMap;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, rt, web};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, ProtocolError, Session};
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, interval_at, sleep_until, timeout};

use super::client::Place;
use super::may_connect;
use super::protocol::{self, Close, FromClient, PROTOCOL};
use crate::error::{Error, Kind, both};
use crate::graphql::errors;
use crate::graphql::language::Language;
use crate::keys::{Asker, Secret};
use crate::server::State;
use crate::server::graphql::Asked;
use crate::server::graphql::streamed::{self, Saying, Speaker};
use crate::server::reply::{refusal, request_id};

/// A client that takes nothing for so long is gone.
const LONGEST_SEND: Duration = Duration::from_secs(10);
/// Messages that may wait for a slow client before the operations wait too.
const WAITING_MESSAGES: usize = 16;

/// `GET /graphql` with `Upgrade: websocket`.
pub async fn socket(http: HttpRequest, body: web::Payload, state: web::Data<State>) -> HttpResponse {
    let headers = http.headers();
    if state.draining.has_begun() {
        let said = both("The server is stopping.", "서버가 곧 멈춥니다. 다시 연결해 주십시오.");
        return refusal(headers, StatusCode::SERVICE_UNAVAILABLE, "TOO_BUSY", &said);
    }
    if !may_connect(headers, &state.settings.cors_origins) {
        let said = both(
            "Pages of this origin may not connect; the operator names origins in DONGJAK_CORS_ORIGINS.",
            "이 출처의 페이지에서는 연결할 수 없습니다. 운영자가 DONGJAK_CORS_ORIGINS에 출처를 적어야 합니다.",
        );
        return refusal(headers, StatusCode::FORBIDDEN, "RESTRICTED", &said);
    }
    let asker = http.extensions().get::<Asker>().cloned().unwrap_or_default();
    let Some(place) = state.places.take(&asker) else { return super::no_place(headers) };
    let (response, session, messages) = match actix_ws::handle_with_protocols(&http, body, &[PROTOCOL]) {
        Ok(upgraded) => upgraded,
        Err(_) => {
            let said = both("This is no handshake of a WebSocket.", "올바른 WebSocket 연결 요청이 아닙니다.");
            return refusal(headers, StatusCode::BAD_REQUEST, "BAD_USER_INPUT", &said);
        }
    };
    let most = state.settings.max_body_bytes;
    let messages = messages.max_frame_size(most).aggregate_continuations().max_continuation_size(most);
    let secret = bearer(headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()));
    let language = Language::from_header(headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()));
    let (said, to_say) = mpsc::channel(WAITING_MESSAGES);
    let socket = Socket {
        speaker: Speaker { state, asker, language },
        secret,
        place,
        introduced: false,
        session,
        said,
        operations: HashMap::new(),
        begun: 0,
    };
    let speaks = response.headers().contains_key(header::SEC_WEBSOCKET_PROTOCOL);
    rt::spawn(socket.run(messages, to_say, speaks));
    response
}

fn bearer(header: Option<&str>) -> Option<Secret> {
    header.and_then(Secret::from_header)
}

/// What an operation has to say.
struct Message {
    id: String,
    /// Which of the operations of this name: one that was ended has nothing more to say.
    number: u64,
    text: String,
    is_last: bool,
}

struct Socket {
    speaker: Speaker,
    secret: Option<Secret>,
    place: Place,
    introduced: bool,
    session: Session,
    said: mpsc::Sender<Message>,
    operations: HashMap<String, (u64, JoinHandle<()>)>,
    begun: u64,
}

/// Why the conversation ends: with a word, or because nobody is there any more.
type End = Option<Close>;

impl Socket {
    async fn run(mut self, mut messages: AggregatedMessageStream, to_say: mpsc::Receiver<Message>, speaks: bool) {
        let end = if speaks { self.talk(&mut messages, to_say).await } else { Some(Close::OTHER_PROTOCOL) };
        for (_, operation) in self.operations.into_values() {
            operation.abort();
        }
        let closed = self.session.close(end.map(Into::into));
        let _ = timeout(LONGEST_SEND, closed).await;
        drop(self.place);
    }

    async fn talk(&mut self, messages: &mut AggregatedMessageStream, mut to_say: mpsc::Receiver<Message>) -> End {
        let limits = self.speaker.state.settings.streams;
        let draining = self.speaker.state.draining.clone();
        let latest_init = Instant::now() + limits.init;
        let mut heard = Instant::now();
        let mut ping = interval_at(heard + limits.ping, limits.ping);
        loop {
            let turn = tokio::select! {
                () = draining.begun() => Err(Some(Close::GOING_AWAY)),
                () = sleep_until(latest_init), if !self.introduced => Err(Some(Close::INIT_TIMEOUT)),
                _ = ping.tick() => {
                    if heard.elapsed() > 2 * limits.ping {
                        Err(Some(Close::SILENT))
                    } else {
                        self.sign_of_life().await
                    }
                }
                Some(message) = to_say.recv() => self.pass_on(message).await,
                message = messages.recv() => {
                    heard = Instant::now();
                    self.hear(message).await
                }
            };
            if let Err(end) = turn {
                return end;
            }
        }
    }

    async fn hear(&mut self, message: Option<Result<AggregatedMessage, ProtocolError>>) -> Result<(), End> {
        match message {
            Some(Ok(AggregatedMessage::Text(text))) => self.answer(FromClient::read(&text).map_err(Some)?).await,
            Some(Ok(AggregatedMessage::Binary(_))) => Err(Some(Close::BAD_MESSAGE)),
            Some(Ok(AggregatedMessage::Ping(bytes))) => {
                timeout(LONGEST_SEND, self.session.pong(&bytes)).await.ok().and_then(Result::ok).ok_or(None)
            }
            Some(Ok(AggregatedMessage::Pong(_))) => Ok(()),
            // A frame that is too long, or the pieces of a message together.
            Some(Err(ProtocolError::Overflow)) => Err(Some(Close::TOO_LARGE)),
            Some(Err(ProtocolError::Io(e))) if e.kind() == std::io::ErrorKind::Other => Err(Some(Close::TOO_LARGE)),
            Some(Err(_)) => Err(Some(Close::BAD_MESSAGE)),
            Some(Ok(AggregatedMessage::Close(theirs))) => Err(Some(Close::answer_to(theirs))),
            None => Err(None),
        }
    }

    async fn answer(&mut self, message: FromClient) -> Result<(), End> {
        match message {
            FromClient::ConnectionInit { .. } if self.introduced => Err(Some(Close::TOO_MANY_INITS)),
            FromClient::ConnectionInit { payload } => {
                if let Some(key) = protocol::authorization(payload.as_ref()) {
                    self.show_key(key).await?;
                }
                self.introduced = true;
                self.send(protocol::ACKNOWLEDGED.to_owned()).await
            }
            FromClient::Ping => self.send(protocol::PONG.to_owned()).await,
            FromClient::Pong => Ok(()),
            FromClient::Subscribe { .. } if !self.introduced => Err(Some(Close::UNAUTHORISED)),
            FromClient::Subscribe { id, .. } if self.operations.contains_key(&id) => Err(Some(Close::taken(&id))),
            FromClient::Subscribe { id, payload } => {
                self.begin(id, payload);
                Ok(())
            }
            FromClient::Complete { id } => {
                if let Some((_, operation)) = self.operations.remove(&id) {
                    operation.abort();
                }
                Ok(())
            }
        }
    }

    /// A key that comes with the introduction, because browsers cannot send it in a header.
    async fn show_key(&mut self, key: &str) -> Result<(), End> {
        let Speaker { state, asker, .. } = &self.speaker;
        // Looking a key up costs the database something, so guesses are counted.
        if asker.address.and_then(|address| state.rates.address(address)).is_some_and(|left| left.wait.is_some()) {
            return Err(Some(Close::LATER));
        }
        let secret = bearer(Some(key)).ok_or(Some(Close::FORBIDDEN))?;
        let access = match state.ring.remembered(&secret) {
            Some(access) => access,
            None => state.ring.look_up(state.writer.db(), &secret).await.map_err(|_| Some(Close::LATER))?,
        };
        let asker = Asker { access: access.ok_or(Some(Close::FORBIDDEN))?, address: asker.address };
        self.place = state.places.take(&asker).ok_or(Some(Close::LATER))?;
        self.speaker.asker = asker;
        self.secret = Some(secret);
        Ok(())
    }

    fn begin(&mut self, id: String, asked: Asked) {
        self.begun += 1;
        let (number, speaker, said) = (self.begun, self.speaker.clone(), self.said.clone());
        let refused = self.refused();
        let name = id.clone();
        let operation = rt::spawn(async move {
            let mut saying = match refused {
                Some(refused) => refused,
                None => streamed::begin(&speaker, asked).await,
            };
            let message = |text: String, is_last: bool| Message { id: name.clone(), number, text, is_last };
            while let Some(answer) = saying.next().await {
                if let Some(errors) = &answer.refusal {
                    let _ = said.send(message(protocol::error(&name, errors), true)).await;
                    return;
                }
                if said.send(message(protocol::next(&name, &answer.body), false)).await.is_err() {
                    return;
                }
            }
            let _ = said.send(message(protocol::complete(&name), true)).await;
        });
        self.operations.insert(id, (number, operation));
    }

    /// Why no operation may begin now, if there is a reason.
    fn refused(&self) -> Option<Saying> {
        let Speaker { state, asker, language } = &self.speaker;
        let most = state.settings.streams.operations;
        if self.operations.len() >= most {
            let error = Error::new(
                Kind::Busy,
                both(
                    format!("One connection carries at most {most} operations at once; complete one first."),
                    format!("한 연결에서 동시에 {most}개까지만 요청할 수 있습니다. 먼저 하나를 끝내십시오."),
                ),
            );
            let response = errors::refusal(&error, &request_id(), *language);
            return Some(streamed::refused(&self.speaker, &response, Kind::Busy));
        }
        let left = match asker.access.key {
            Some(_) => state.rates.key(&asker.access),
            None => asker.address.and_then(|address| state.rates.address(address)),
        };
        let seconds = left?.wait?.as_secs() + 1;
        let ko = format!("요청이 너무 많습니다. {seconds}초 뒤에 다시 요청해 주십시오.");
        let en = format!("Too many requests; ask again in {seconds} s.");
        let response = errors::coded(language.pick(&ko, &en), "RATE_LIMITED");
        Some(streamed::refused(&self.speaker, &response, Kind::Busy))
    }

    async fn pass_on(&mut self, message: Message) -> Result<(), End> {
        if self.operations.get(&message.id).is_none_or(|(number, _)| *number != message.number) {
            return Ok(());
        }
        if message.is_last {
            self.operations.remove(&message.id);
        }
        self.send(message.text).await
    }

    /// Asks for a sign of life, and whether the key is still good: a connection must not outlive the right to it.
    async fn sign_of_life(&mut self) -> Result<(), End> {
        let state = &self.speaker.state;
        if let Some(secret) = &self.secret {
            let known = match state.ring.remembered(secret) {
                Some(access) => Ok(access),
                None => state.ring.look_up(state.writer.db(), secret).await,
            };
            match known {
                Ok(None) => return Err(Some(Close::FORBIDDEN)),
                Ok(Some(access)) => self.speaker.asker.access = access,
                // The database is away: nothing is known against the key.
                Err(_) => {}
            }
        }
        timeout(LONGEST_SEND, self.session.ping(b"")).await.ok().and_then(Result::ok).ok_or(None)
    }

    async fn send(&mut self, text: String) -> Result<(), End> {
        timeout(LONGEST_SEND, self.session.text(text)).await.ok().and_then(Result::ok).ok_or(None)
    }
}
