//! Runs the pure analysis on a folder of reference values: no database, no import.
//!
//! The computation never opens `golden.json`; the comparison comes after it and only adds the member `errors`.

mod blocks;
mod compare;
mod comparison;
mod folder;

use std::path::Path;

use serde_json::Value;

use super::analysis::{Params, analyse};
use crate::error::{Error, Result};

pub use folder::{Folder, read_folder};

/// Computes everything from the inputs in a folder.
pub fn evaluate(dir: &Path) -> Result<Value> {
    let folder = read_folder(dir)?;
    let params = Params::default();
    let checked = params.check().map_err(Error::bad_input)?;
    let results = analyse(&folder.inputs, &checked);
    let mut answer = blocks::published(&folder, &params, &checked, &results);
    comparison::add(&mut answer, &folder, &checked, &results);
    if let Ok(text) = std::fs::read_to_string(dir.join("golden.json")) {
        let golden: Value =
            serde_json::from_str(&text).map_err(|e| Error::bad_input(format!("golden.json cannot be read: {e}.")))?;
        let errors = compare::compare(&answer, &golden);
        answer["errors"] = errors;
    }
    Ok(answer)
}
