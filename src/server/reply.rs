//! Answers that are no GraphQL answers, in the same JSON; and the number that finds a request in the log.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// One error with a stable code.
pub fn plain_error(message: &str, code: &str) -> serde_json::Value {
    serde_json::json!({"errors": [{"message": message, "extensions": {"code": code}}]})
}

/// A number that finds one request in the log: the start of the process and a count.
pub fn request_id() -> String {
    static START: OnceLock<u64> = OnceLock::new();
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let start = START
        .get_or_init(|| std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |t| t.as_secs()));
    format!("{start:x}-{:x}", COUNT.fetch_add(1, Ordering::Relaxed))
}
