//! How the readings of posts compare with their labels.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::posts::GoldPost;
use crate::childcare::analysis::{Attribution, Issue, Polarity, Reading};
use crate::stats::decisions::{Decisions, ratio};

/// The figures of the comparison, where there are labels. Places, polarities and issues are compared on posts about
/// childcare; adverts and personal data on all.
pub fn scores(posts: &[GoldPost], readings: &[Reading]) -> Option<Value> {
    let by_id: BTreeMap<&str, &GoldPost> =
        posts.iter().filter(|p| p.gold.is_object()).map(|p| (p.input.id.as_str(), p)).collect();
    let labelled: Vec<(&Reading, &GoldPost)> =
        readings.iter().filter_map(|r| Some((r, *by_id.get(r.id.as_str())?))).collect();
    if labelled.is_empty() {
        return None;
    }
    let care: Vec<(&Reading, &Value)> =
        labelled.iter().filter(|(_, p)| p.gold["relevant"] == true).map(|(r, p)| (*r, &p.gold)).collect();
    let dong = |reading: &Reading| match &reading.attribution {
        Attribution::One(dong) => json!(dong),
        _ => Value::Null,
    };
    let exact = care.iter().filter(|(reading, gold)| dong(reading) == gold["dong"]).count();
    let is_shared =
        |gold: &Value| gold["dong"].is_null() && gold["dong_candidates"].as_array().is_some_and(|c| !c.is_empty());
    let forced = care.iter().filter(|(reading, gold)| is_shared(gold) && !dong(reading).is_null()).count();
    let right = care.iter().filter(|(reading, gold)| gold["polarity"] == reading.polarity.name()).count();
    let polarity = Polarity::ALL.map(|class| {
        Decisions::of(care.iter().map(|(reading, gold)| (reading.polarity == class, gold["polarity"] == class.name())))
            .f1()
    });
    let has =
        |gold: &Value, issue: Issue| gold["issues"].as_array().is_some_and(|all| all.iter().any(|i| i == issue.name()));
    let issues =
        Decisions::of(care.iter().flat_map(|(reading, gold)| {
            Issue::ALL.map(|issue| (reading.issues.contains_key(&issue), has(gold, issue)))
        }));
    let spam = Decisions::of(labelled.iter().map(|(reading, post)| (reading.spam, post.gold["spam"] == true)));
    let personal = Decisions::of(labelled.iter().map(|(_, post)| (post.has_personal_data, post.gold["pii"] == true)));
    Some(json!({
        "n": labelled.len(),
        "about_childcare": care.len(),
        "dong_exact": ratio(exact, care.len()),
        "ambiguous_forced": forced,
        "polarity_accuracy": ratio(right, care.len()),
        "polarity_macro_f1": polarity.iter().sum::<f64>() / 3.0,
        "issue_micro_f1": issues.f1(),
        "spam_precision": spam.precision(),
        "spam_recall": spam.recall(),
        "personal_data_recall": personal.recall(),
        "personal_data_false_alarms": personal.false_alarms,
    }))
}
