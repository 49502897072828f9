//! How far the computed numbers lie from the expected ones.

use serde_json::{Map, Value, json};

/// Keys that speak of how the expected values were made, or of another package's own conventions.
const NOT_OURS: [&str; 6] = ["meta", "checks", "pyfixest", "linearmodels", "statsmodels", "esda"];

/// The largest relative error of each block, how many numbers were compared, and which expected ones are missing.
pub fn compare(answer: &Value, golden: &Value) -> Value {
    let mut errors = Map::new();
    let (mut compared, mut missing) = (0_u64, Vec::new());
    for (block, expected) in golden.as_object().into_iter().flatten().filter(|(name, _)| is_ours(name)) {
        let mut walk = Walk { worst: 0.0, compared: 0, missing: Vec::new() };
        walk.step(block, answer.get(block), expected);
        compared += walk.compared;
        missing.extend(walk.missing);
        errors.insert(block.clone(), json!(walk.worst));
    }
    errors.insert("compared".to_owned(), json!(compared));
    errors.insert("missing".to_owned(), json!(missing));
    Value::Object(errors)
}

fn is_ours(name: &str) -> bool {
    // `esda` as a word: a convention of that package that is ours too may carry its name inside.
    let other = |package: &str| {
        name == package || name.starts_with(&format!("{package}_")) || name.ends_with(&format!("_{package}"))
    };
    !NOT_OURS.into_iter().any(other) && !name.contains("_abs_diff")
}

struct Walk {
    worst: f64,
    compared: u64,
    missing: Vec<String>,
}

impl Walk {
    fn step(&mut self, path: &str, ours: Option<&Value>, theirs: &Value) {
        match (ours, theirs) {
            (_, Value::Object(members)) => {
                for (name, expected) in members.iter().filter(|(name, _)| is_ours(name)) {
                    self.step(&format!("{path}.{name}"), ours.and_then(|o| o.get(name)), expected);
                }
            }
            (_, Value::Array(items)) => {
                for (at, expected) in items.iter().enumerate() {
                    self.step(&format!("{path}[{at}]"), ours.and_then(|o| o.get(at)), expected);
                }
            }
            (Some(Value::Number(a)), Value::Number(b)) => {
                let (a, b) = (a.as_f64().unwrap_or(f64::NAN), b.as_f64().unwrap_or(f64::NAN));
                self.compared += 1;
                // Values near zero are compared absolutely: 1e-9 of nothing is nothing.
                self.worst = self.worst.max((a - b).abs() / b.abs().max(1e-3));
            }
            // Sentences about the method are worded differently; single words and numbers in text are not.
            (_, Value::String(text)) if text.contains(' ') => {}
            (Some(a), b) if a == b => self.compared += 1,
            (_, Value::Null) if ours.is_none_or(Value::is_null) => {}
            _ => self.missing.push(path.to_owned()),
        }
    }
}
