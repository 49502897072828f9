//! Runs the pure analysis on a folder of reference values: no database, no import.
//!
//! What the folder expects (`expected.json`, and `gold` in the posts) is read only after everything is computed.

mod access;
mod points;
mod posts;

use std::path::Path;

use serde_json::{Value, json};

use super::analysis::WordLists;
use crate::error::{Error, Result};
use crate::text::tokeniser::Tokeniser;

/// Computes what the folder has the inputs for: accessibility, posts, or both. Without a tokeniser the posts are not
/// read, and the answer says why.
pub fn evaluate(dir: &Path, tokeniser: std::result::Result<&Tokeniser, &str>, words: &WordLists) -> Result<Value> {
    let mut answer = json!({});
    let mut errors = json!({});
    let (has_access, has_posts) = (dir.join("demand.csv").is_file(), dir.join("posts.jsonl").is_file());
    if !has_access && !has_posts {
        return Err(Error::bad_input("The folder holds neither demand.csv nor posts.jsonl."));
    }
    if has_access {
        answer["access"] = access::evaluate(dir)?;
    }
    if has_posts {
        match tokeniser {
            Ok(tokeniser) => posts::evaluate(dir, tokeniser, words, &mut answer, &mut errors)?,
            Err(reason) => {
                answer["posts"] = Value::Null;
                answer["posts_reason"] = json!(reason);
            }
        }
    }
    answer["errors"] = errors;
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
