//! Runs the pure analysis on a folder of reference values: no database, no import.
//!
//! What the folder expects (`expected.json`, and `gold` in the posts) is read only after everything is computed.

mod access;
mod log_odds;
mod points;
mod posts;
mod scores;
mod siting;

use std::path::Path;

use serde_json::{Value, json};

use super::analysis::Listening;
use crate::error::{Error, Result};
use crate::text::tokeniser::Tokeniser;

/// Computes what the folder has the inputs for: accessibility, posts, keywords. Without a tokeniser the posts are not
/// read, and the answer says why.
pub fn evaluate(dir: &Path, tokeniser: std::result::Result<&Tokeniser, &str>, listening: &Listening) -> Result<Value> {
    let mut answer = json!({});
    let has = |name: &str| dir.join(name).is_file();
    if !has("demand.csv") && !has("posts.jsonl") && !has("logodds.json") {
        return Err(Error::bad_input("The folder holds neither demand.csv nor posts.jsonl nor logodds.json."));
    }
    if has("demand.csv") {
        answer["access"] = access::evaluate(dir)?;
        if dir.join("candidates.csv").is_file() {
            answer["siting"] = siting::evaluate(dir)?;
        }
    }
    if has("posts.jsonl") {
        match tokeniser {
            Ok(tokeniser) => answer["posts"] = posts::evaluate(dir, tokeniser, listening)?,
            Err(reason) => {
                answer["posts"] = Value::Null;
                answer["posts_reason"] = json!(reason);
            }
        }
    }
    if let Some(words) = optional_json(dir, "logodds.json")? {
        answer["log_odds"] = log_odds::evaluate(&words)?;
    }
    Ok(answer)
}

fn optional_json(dir: &Path, name: &str) -> Result<Option<Value>> {
    match std::fs::read_to_string(dir.join(name)) {
        Ok(text) => {
            serde_json::from_str(&text).map(Some).map_err(|e| Error::bad_input(format!("{name} is not JSON: {e}.")))
        }
        Err(_) => Ok(None),
    }
}
