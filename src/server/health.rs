//! Is the process alive, and can it answer?

use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};

use super::State;
use crate::db::migrate;

/// 200 as long as the process runs. Touches nothing, so that it tells only that.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({"status": "alive"}))
}

/// 200 when questions can be answered, otherwise 503 with the reason.
pub async fn ready(state: web::Data<State>) -> HttpResponse {
    if state.draining.has_begun() {
        return not_ready("the server is stopping");
    }
    let check = state.db.run(migrate::pending);
    match tokio::time::timeout(Duration::from_secs(2), check).await {
        Ok(Ok(0)) => HttpResponse::Ok().json(serde_json::json!({"status": "ready"})),
        Ok(Ok(_)) => not_ready("the database is older than this version; run `dongjak migrate`"),
        Ok(Err(_)) | Err(_) => not_ready("the database cannot be reached"),
    }
}

fn not_ready(reason: &str) -> HttpResponse {
    HttpResponse::ServiceUnavailable()
        .insert_header((header::RETRY_AFTER, "1"))
        .json(serde_json::json!({"status": "not ready", "reason": reason}))
}

/// While the process stops, every answer tells its client to connect anew, so that no request meets a closed door.
pub async fn close_while_draining(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let draining = request.app_data::<web::Data<State>>().is_some_and(|s| s.draining.has_begun());
    let mut response = next.call(request).await?;
    if draining {
        response.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
        response.response_mut().head_mut().set_connection_type(actix_web::http::ConnectionType::Close);
    }
    Ok(response)
}
