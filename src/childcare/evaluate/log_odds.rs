//! Log-odds of a folder of reference values.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::error::{Error, Result};
use crate::stats::log_odds::{WordCounts, log_odds};

#[derive(serde::Deserialize)]
struct Words {
    a0: f64,
    counts_neg: BTreeMap<String, f64>,
    counts_pos: BTreeMap<String, f64>,
    background: BTreeMap<String, f64>,
}

/// Complaints against praise; then, where the file says what to expect, the largest difference.
pub fn evaluate(file: &Value) -> Result<Value> {
    let words: Words = serde_json::from_value(file.clone())
        .map_err(|e| Error::bad_input(format!("logodds.json makes no sense: {e}.")))?;
    let count = |of: &BTreeMap<String, f64>, word: &str| of.get(word).copied().unwrap_or(0.0);
    let counts: Vec<WordCounts> = words
        .background
        .iter()
        .map(|(word, background)| WordCounts {
            first: count(&words.counts_neg, word),
            second: count(&words.counts_pos, word),
            background: *background,
        })
        .collect();
    let leanings = log_odds(&counts, words.a0);
    let mut largest: Option<f64> = None;
    let mut computed = serde_json::Map::new();
    for (word, leaning) in words.background.keys().zip(leanings) {
        let Some(leaning) = leaning else { continue };
        let expected = &file["expected"][word];
        for (mine, theirs) in [(leaning.delta, &expected["delta"]), (leaning.z, &expected["z"])] {
            if let Some(theirs) = theirs.as_f64() {
                largest = Some(largest.unwrap_or(0.0).max((mine - theirs).abs()));
            }
        }
        computed.insert(word.clone(), json!({"delta": leaning.delta, "z": leaning.z}));
    }
    Ok(json!({"max_abs_error": largest, "words": computed}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leanings_meet_the_reference_values() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/childcare/logodds.json");
        let mut file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let found = evaluate(&file).unwrap();
        assert!(found["max_abs_error"].as_f64().unwrap() <= 1e-9, "{found}");
        file.as_object_mut().unwrap().remove("expected");
        let bare = evaluate(&file).unwrap();
        assert_eq!(bare["words"], found["words"]);
        assert!(bare["max_abs_error"].is_null());
    }
}
