//! Before any handler: who asks, and may this one ask again so soon?

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpResponse, web};

use super::State;
use super::address::counted;
use super::rates::Left;
use super::reply::refusal;
use crate::error::{Error, both};
use crate::keys::{Access, Asker, Secret};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// Boxed, because a response is much larger than what is handed on otherwise.
type Refusal = Box<HttpResponse>;

/// Finds out what the sender may do, and counts the request. Health and metrics are always answered.
pub async fn gate<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    if request.path().starts_with("/health/") || request.path() == "/metrics" {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let (asker, left) = match admit(&request, &state).await {
        Ok(admitted) => admitted,
        Err(refusal) => return Ok(request.into_response(*refusal).map_into_right_body()),
    };
    let named = if asker.access.key.is_some() { "key" } else { "address" };
    request.extensions_mut().insert(asker.access.clone());
    request.extensions_mut().insert(asker);
    let mut response = next.call(request).await?;
    if let Some(left) = left {
        tell(response.headers_mut(), named, left);
    }
    Ok(response.map_into_left_body())
}

async fn admit(request: &ServiceRequest, state: &State) -> Result<(Asker, Option<Left>), Refusal> {
    let asked = request.headers();
    // A proxy may add a line of its own below what the client has sent; all lines are one list.
    let forwarded: Vec<&str> = asked
        .get_all(HeaderName::from_static("x-forwarded-for"))
        .map(|line| line.to_str().unwrap_or("illegible"))
        .collect();
    let peer = request.peer_addr().map(|peer| peer.ip());
    let address = counted(peer, Some(&forwarded.join(",")), &state.settings.trusted_proxies);
    let by_address = || address.and_then(|address| state.rates.address(address));
    let Some(header) = asked.get(header::AUTHORIZATION) else {
        let asker = Asker { access: Access::default(), address };
        return within(asked, by_address(), "address").map(|left| (asker, left));
    };
    let Some(secret) = header.to_str().ok().and_then(Secret::from_header) else {
        within(asked, by_address(), "address")?;
        return Err(unknown_key(asked));
    };
    let access = match state.ring.remembered(&secret) {
        Some(access) => access,
        None => {
            // Looking a key up costs the database something, so guesses are counted first.
            within(asked, by_address(), "address")?;
            state.ring.look_up(state.writer.db(), &secret).await.map_err(|error| not_now(asked, &error))?
        }
    };
    let Some(access) = access else {
        within(asked, by_address(), "address")?;
        return Err(unknown_key(asked));
    };
    let left = within(asked, state.rates.key(&access), "key")?;
    Ok((Asker { access, address }, left))
}

fn within(asked: &HeaderMap, left: Option<Left>, named: &'static str) -> Result<Option<Left>, Refusal> {
    let Some((left, wait)) = left.and_then(|left| Some((left, left.wait?))) else { return Ok(left) };
    let seconds = wait.as_secs() + 1;
    let said = both(
        format!("Too many requests; ask again in {seconds} s."),
        format!("요청이 너무 많습니다. {seconds}초 뒤에 다시 요청해 주십시오."),
    );
    let mut response = refusal(asked, StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", &said);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    tell(response.headers_mut(), named, left);
    Err(Box::new(response))
}

/// The two fields of the IETF's draft on rate limits: the rule, and what is left of it.
fn tell(headers: &mut HeaderMap, named: &str, left: Left) {
    let seconds = left.wait.map_or_else(|| 60_u64.div_ceil(u64::from(left.quota.max(1))), |w| w.as_secs() + 1);
    let policy = format!("\"{named}\";q={};w=60", left.quota);
    let limit = format!("\"{named}\";r={};t={seconds}", left.remaining);
    for (name, value) in [(POLICY, policy), (LIMIT, limit)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}

fn unknown_key(asked: &HeaderMap) -> Refusal {
    let said = both(
        "The key is not known, has ended or was revoked. Ask the operator for a new one, or ask without a key.",
        "등록되지 않았거나 만료·폐기된 키입니다. 운영자에게 새 키를 받거나 키 없이 요청해 주십시오.",
    );
    let mut response = refusal(asked, StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", &said);
    let challenge = HeaderValue::from_static("Bearer realm=\"dongjak-insight\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    Box::new(response)
}

fn not_now(asked: &HeaderMap, error: &Error) -> Refusal {
    tracing::warn!(error = error.for_log(), "a key could not be looked up");
    let said = both(
        "Keys cannot be checked at the moment. Please try again shortly.",
        "지금은 키를 확인할 수 없습니다. 잠시 후 다시 시도해 주십시오.",
    );
    let mut response = refusal(asked, StatusCode::SERVICE_UNAVAILABLE, "DATABASE_UNAVAILABLE", &said);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    Box::new(response)
}
