//! How a request is filed and withdrawn over the API.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use geo_types::Point;
use serde::Serialize;

use super::rules::faults;
use super::store::{NewRequest, Request, request_file, request_withdraw};
use crate::change::{self, Kept, Outcome, Wish};
use crate::config::Settings;
use crate::db::Db;
use crate::dong::tables::points_inside;
use crate::error::{Result, both};
use crate::graphql::faults::filled;
use crate::graphql::scalars::GeoJsonPoint;
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::graphql::{data, ids};
use crate::keys::Scope;

/// What is asked for (요청 종류).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[graphql(name = "WifiRequestKind")]
pub enum RequestKind {
    /// Public Wi-Fi at this place (공공와이파이).
    Wifi,
    /// A bus stop (버스정류소).
    BusStop,
    /// A streetlight (가로등).
    Streetlight,
    /// Anything else.
    Other,
}

impl RequestKind {
    fn name(self) -> &'static str {
        match self {
            Self::Wifi => "wifi",
            Self::BusStop => "bus_stop",
            Self::Streetlight => "streetlight",
            Self::Other => "other",
        }
    }

    fn of(name: &str) -> Self {
        [Self::Wifi, Self::BusStop, Self::Streetlight].into_iter().find(|k| k.name() == name).unwrap_or(Self::Other)
    }
}

/// Where a request stands (요청 상태).
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "WifiRequestState")]
pub enum RequestState {
    /// It was filed, and counts once the district has taken it into a dataset version.
    Open,
    /// Whoever filed it has withdrawn it.
    Withdrawn,
    /// The district does not count it.
    Rejected,
}

/// A place in longitude and latitude (EPSG:4326).
#[derive(InputObject, Debug, Clone, Copy, Serialize)]
#[graphql(name = "PlaceInput")]
pub struct PlaceInput {
    /// Degrees east, -180 to 180.
    longitude: f64,
    /// Degrees north, -90 to 90.
    latitude: f64,
}

/// A request for Wi-Fi.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "RequestWifiInput")]
pub struct RequestWifiInput {
    /// Chosen by the client, new for each request, 8 to 100 signs such as a UUID: sent again with the same input it gives
    /// the same answer and files nothing twice.
    #[serde(skip)]
    idempotency_key: String,
    /// Where; inside the district.
    place: PlaceInput,
    /// What is asked for.
    #[graphql(default_with = "RequestKind::Wifi")]
    kind: RequestKind,
    /// Why, at most 1,000 characters. Personal data in it are masked before anybody is shown it.
    reason: Option<String>,
    /// How to reach you, at most 200 characters. Never shown, and dropped after its time.
    contact: Option<String>,
}

/// The end of a request.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "WithdrawWifiRequestInput")]
pub struct WithdrawWifiRequestInput {
    /// Chosen by the client, new for each withdrawal, 8 to 100 signs such as a UUID.
    #[serde(skip)]
    idempotency_key: String,
    /// The receipt that was given when the request was filed.
    receipt: String,
}

/// A request that was filed over the API (설치 요청).
#[derive(Debug)]
pub struct FiledRequest(Request);

/// A request that was filed over the API (설치 요청).
#[Object(name = "FiledWifiRequest")]
impl FiledRequest {
    /// Opaque id of the request.
    async fn id(&self) -> ID {
        ids::encode("FiledWifiRequest", &self.0.number.to_string())
    }

    /// What is asked for.
    async fn kind(&self) -> RequestKind {
        RequestKind::of(&self.0.kind)
    }

    /// True when it was filed with the key of a department, false for a citizen's.
    async fn by_department(&self) -> bool {
        self.0.requester == "department"
    }

    /// Where.
    async fn location(&self) -> GeoJsonPoint {
        GeoJsonPoint { point: self.0.place.into(), precision: 6 }
    }

    /// Why, with personal data masked. Null when nothing was written or the request was withdrawn.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When it was filed.
    async fn filed_at(&self) -> DateTime<FixedOffset> {
        self.0.filed_at.fixed_offset()
    }

    /// Where it stood when this answer was first given.
    async fn state(&self) -> RequestState {
        match self.0.ended.as_deref() {
            None => RequestState::Open,
            Some("WITHDRAWN") => RequestState::Withdrawn,
            Some(_) => RequestState::Rejected,
        }
    }
}

/// What came of filing a request.
#[derive(SimpleObject, Debug)]
#[graphql(name = "RequestWifiPayload")]
pub struct RequestWifiPayload {
    /// The request; null when it was not filed.
    request: Option<FiledRequest>,
    /// With it the request can be withdrawn. Keep it: it is stored nowhere, and told only to who filed the request.
    receipt: Option<String>,
    /// Why it was not filed; empty when it was.
    user_errors: Vec<UserError>,
}

/// What came of withdrawing a request.
#[derive(SimpleObject, Debug)]
#[graphql(name = "WithdrawWifiRequestPayload")]
pub struct WithdrawWifiRequestPayload {
    /// The request; null when nothing was withdrawn.
    request: Option<FiledRequest>,
    /// Why it was not withdrawn; empty when it was.
    user_errors: Vec<UserError>,
}

/// What may be changed about Wi-Fi.
#[derive(Default)]
pub struct WifiMutation;

/// What may be changed about Wi-Fi.
#[Object]
impl WifiMutation {
    /// Files a request for public Wi-Fi or a facility at a place inside the district (설치 요청). Needs no key; with a key of
    /// the scope `write` it is a department's. Without one at most 5 a day from one address, and 20 a day for one place.
    async fn request_wifi(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The request.")] input: RequestWifiInput,
    ) -> Option<Result<RequestWifiPayload>> {
        Some(file(ctx, input).await)
    }

    /// Withdraws a request by its receipt; its words are dropped at once, and later dataset versions do not hold it.
    async fn withdraw_wifi_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which request.")] input: WithdrawWifiRequestInput,
    ) -> Option<Result<WithdrawWifiRequestPayload>> {
        Some(withdraw(ctx, input).await)
    }
}

async fn file(ctx: &Context<'_>, input: RequestWifiInput) -> Result<RequestWifiPayload> {
    let asker = change::asker(ctx)?;
    let wish = Wish::new("requestWifi", &input.idempotency_key, &input)?;
    let (reason, contact) = (filled(input.reason), filled(input.contact));
    let PlaceInput { longitude, latitude } = input.place;
    let mut wrong = faults(longitude, latitude, reason.as_deref(), contact.as_deref());
    let place = Point::new(longitude, latitude);
    if wrong.is_empty() {
        wrong.extend(outside(ctx, place).await?);
    }
    if !wrong.is_empty() {
        return Ok(RequestWifiPayload { request: None, receipt: None, user_errors: wrong });
    }
    let by_department = asker.access.may(Scope::Write);
    let new = NewRequest { place, kind: input.kind.name(), by_department, reason, contact };
    let kept: Outcome<Kept<Request>> =
        change::writer(ctx)?.once(&asker, wish, move |act| request_file(act, &new)).await?;
    Ok(match kept {
        Ok(kept) => RequestWifiPayload {
            request: Some(FiledRequest(kept.answer)),
            receipt: Some(kept.receipt),
            user_errors: Vec::new(),
        },
        Err(user_errors) => RequestWifiPayload { request: None, receipt: None, user_errors },
    })
}

async fn outside(ctx: &Context<'_>, place: Point<f64>) -> Result<Option<UserError>> {
    let district = data::<Settings>(ctx)?.district.clone();
    let inside = data::<Db>(ctx)?.run(move |conn| points_inside(conn, &district, &[place])).await?;
    let said = match inside {
        Some(0) => both("The place lies outside the district.", "구 밖의 위치입니다. 구 안의 위치를 주십시오."),
        Some(_) => return Ok(None),
        None => both(
            "The district has no boundaries yet, so no request can be taken.",
            "아직 구 경계가 없어 요청을 받을 수 없습니다. 나중에 다시 접수해 주십시오.",
        ),
    };
    Ok(Some(UserError::new(&["input", "place"], UserErrorCode::OutsideDistrict, said)))
}

async fn withdraw(ctx: &Context<'_>, input: WithdrawWifiRequestInput) -> Result<WithdrawWifiRequestPayload> {
    let asker = change::asker(ctx)?;
    let wish = Wish::new("withdrawWifiRequest", &input.idempotency_key, &input)?;
    let receipt = change::receipt_digest(&input.receipt);
    let kept: Outcome<Kept<Request>> =
        change::writer(ctx)?.once(&asker, wish, move |act| request_withdraw(act, &receipt)).await?;
    Ok(match kept {
        Ok(kept) => WithdrawWifiRequestPayload { request: Some(FiledRequest(kept.answer)), user_errors: Vec::new() },
        Err(user_errors) => WithdrawWifiRequestPayload { request: None, user_errors },
    })
}
