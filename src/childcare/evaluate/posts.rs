//! Reading the posts of a folder, and how the readings compare with the labels.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::optional_json;
use crate::childcare::analysis::{Attribution, Polarity, PostInput, Reading, WordLists, read_posts};
use crate::childcare::lexicon::{self, PlaceNames};
use crate::error::{Error, Result};
use crate::text::mask::mask;
use crate::text::tokeniser::Tokeniser;

/// Reads every post; then, where there are labels, compares.
pub fn evaluate(
    dir: &Path,
    tokeniser: &Tokeniser,
    words: &WordLists,
    answer: &mut Value,
    errors: &mut Value,
) -> Result<()> {
    let posts = posts(dir)?;
    let names: PlaceNames = optional_json(dir, "gazetteer.json")?
        .map(|json| serde_json::from_value(json).map_err(|e| Error::bad_input(format!("gazetteer.json: {e}."))))
        .transpose()?
        .unwrap_or_default();
    // Dongs of the folder have names only, so the name is the code.
    let dongs: Vec<(String, String)> = names.dongs.iter().map(|name| (name.clone(), name.clone())).collect();
    let masked: Vec<PostInput> =
        posts.iter().map(|(id, text, _)| PostInput { id: id.clone(), text: mask(text).text }).collect();
    let readings = read_posts(&masked, words, &lexicon::gazetteer(&dongs, &names), tokeniser);
    answer["posts"] = readings.iter().map(prediction).collect();
    if let Some(scores) = scores(&posts, &readings) {
        errors["posts"] = scores;
    }
    Ok(())
}

/// Id, text, and what the author of the folder says of it.
fn posts(dir: &Path) -> Result<Vec<(String, String, Value)>> {
    let path = dir.join("posts.jsonl");
    let text = std::fs::read_to_string(&path)
        .map_err(|e| Error::bad_input(format!("{} cannot be read: {e}.", path.display())))?;
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let mut post: Value =
                serde_json::from_str(line).map_err(|e| Error::bad_input(format!("posts.jsonl: {e}.")))?;
            match (post["id"].as_str(), post["text"].as_str()) {
                (Some(id), Some(text)) => Ok((id.to_owned(), text.to_owned(), post["gold"].take())),
                _ => Err(Error::bad_input("A line of posts.jsonl lacks id or text.")),
            }
        })
        .collect()
}

fn prediction(reading: &Reading) -> Value {
    let (dong, candidates): (Option<&String>, Vec<&String>) = match &reading.attribution {
        Attribution::One(dong) => (Some(dong), Vec::new()),
        Attribution::Ambiguous(dongs) | Attribution::Several(dongs) => (None, dongs.iter().collect()),
        Attribution::Outside | Attribution::None => (None, Vec::new()),
    };
    json!({
        "id": reading.id,
        "dong": dong,
        "dong_candidates": candidates,
        "in_district": reading.attribution != Attribution::Outside,
        "polarity": code(reading.polarity),
        "spam": reading.spam,
        "relevant": reading.relevant,
        "duplicate": reading.duplicate,
    })
}

fn code(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "pos",
        Polarity::Neutral => "neu",
        Polarity::Negative => "neg",
    }
}

/// How the readings compare with the labels, where there are any.
fn scores(posts: &[(String, String, Value)], readings: &[Reading]) -> Option<Value> {
    let gold: BTreeMap<&str, &Value> = posts.iter().filter(|p| p.2.is_object()).map(|p| (p.0.as_str(), &p.2)).collect();
    let labelled: Vec<(&Reading, &Value)> =
        readings.iter().filter_map(|r| Some((r, *gold.get(r.id.as_str())?))).collect();
    if labelled.is_empty() {
        return None;
    }
    let about_care: Vec<&(&Reading, &Value)> = labelled.iter().filter(|(_, gold)| gold["relevant"] == true).collect();
    let dong = |reading: &Reading| match &reading.attribution {
        Attribution::One(dong) => json!(dong),
        _ => Value::Null,
    };
    let right = about_care.iter().filter(|(reading, gold)| dong(reading) == gold["dong"]).count();
    let forced = about_care
        .iter()
        .filter(|(reading, gold)| {
            let shared = gold["dong_candidates"].as_array().is_some_and(|c| !c.is_empty());
            gold["dong"].is_null() && shared && !dong(reading).is_null()
        })
        .count();
    let f1: Vec<f64> = ["pos", "neu", "neg"]
        .into_iter()
        .map(|class| {
            let pairs =
                about_care.iter().map(|(reading, gold)| (code(reading.polarity) == class, gold["polarity"] == class));
            Counts::of(pairs).f1()
        })
        .collect();
    let spam = Counts::of(labelled.iter().map(|(reading, gold)| (reading.spam, gold["spam"] == true)));
    Some(json!({
        "labelled": labelled.len(),
        "about_childcare": about_care.len(),
        "dong_exact": ratio(right, about_care.len()),
        "ambiguous_forced": forced,
        "polarity_macro_f1": f1.iter().sum::<f64>() / 3.0,
        "spam_precision": ratio(spam.hits, spam.hits + spam.false_alarms),
        "spam_recall": ratio(spam.hits, spam.hits + spam.misses),
    }))
}

#[derive(Default)]
struct Counts {
    hits: usize,
    false_alarms: usize,
    misses: usize,
}

impl Counts {
    fn of(pairs: impl Iterator<Item = (bool, bool)>) -> Self {
        pairs.fold(Self::default(), |mut counts, (said, is)| {
            match (said, is) {
                (true, true) => counts.hits += 1,
                (true, false) => counts.false_alarms += 1,
                (false, true) => counts.misses += 1,
                (false, false) => {}
            }
            counts
        })
    }

    fn f1(&self) -> f64 {
        let all = 2 * self.hits + self.false_alarms + self.misses;
        if all == 0 { 0.0 } else { 2.0 * self.hits as f64 / all as f64 }
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
