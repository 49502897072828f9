//! Word lists and place names: data that come with the program, read into what the analysis asks for.

use std::collections::BTreeMap;

use super::analysis::{Gazetteer, WordLists};

/// The shipped word lists.
pub fn shipped() -> Result<WordLists, String> {
    word_lists(include_str!("../../data/lexicon/polarity.tsv"), include_str!("../../data/lexicon/phrases.tsv"))
}

fn word_lists(scores: &str, phrases: &str) -> Result<WordLists, String> {
    let lines = |text: &'static str, content: &str| {
        content
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
            .map(|(at, line)| {
                line.split_once('\t')
                    .map(|(a, b)| (a.to_owned(), b.to_owned()))
                    .ok_or_else(|| format!("{text}, line {}: no tab", at + 1))
            })
            .collect::<Result<Vec<_>, String>>()
    };
    let mut lists = WordLists::default();
    for (word, score) in lines("polarity.tsv", scores)? {
        let score: f64 = score.parse().map_err(|_| format!("polarity.tsv: \"{score}\" is no score"))?;
        lists.scores.insert(word, score);
    }
    for (kind, phrase) in lines("phrases.tsv", phrases)? {
        match kind.as_str() {
            "topic" => lists.topic.push(phrase),
            "spam" => lists.spam.push(phrase),
            "question" => lists.questions.push(phrase),
            other => return Err(format!("phrases.tsv: \"{other}\" is no kind")),
        }
    }
    Ok(lists)
}

/// Names beyond the official ones. A candidate that begins with "x:" lies beyond the district.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct PlaceNames {
    /// Names that several dongs share.
    #[serde(default)]
    ambiguous: BTreeMap<String, Vec<String>>,
    /// Names that lie in one dong.
    #[serde(default)]
    landmarks: BTreeMap<String, String>,
    /// Names beyond the district.
    #[serde(default)]
    outside: Vec<String>,
    /// Names of the dongs themselves, where a file brings its own.
    #[serde(default)]
    pub dongs: Vec<String>,
}

/// The shipped place names.
pub fn shipped_names() -> Result<PlaceNames, String> {
    serde_json::from_str(include_str!("../../data/gazetteer.json")).map_err(|e| e.to_string())
}

/// Official names by code, and the names beyond them that speak of these dongs.
pub fn gazetteer(dongs: &[(String, String)], names: &PlaceNames) -> Gazetteer {
    let mut gazetteer = Gazetteer::of_dongs(dongs.iter().map(|(code, name)| (code.as_str(), name.as_str())));
    let official = gazetteer.clone();
    for (name, candidates) in &names.ambiguous {
        // What lies across the border keeps a name ambiguous even when only one dong of ours shares it.
        let codes: Vec<String> = candidates
            .iter()
            .filter_map(|c| if c.starts_with("x:") { Some(c.clone()) } else { official.code(c).map(str::to_owned) })
            .collect();
        if codes.iter().any(|c| !c.starts_with("x:")) {
            gazetteer.add(name, codes);
        }
    }
    for (name, dong) in &names.landmarks {
        if let Some(code) = official.code(dong) {
            gazetteer.add(name, [code.to_owned()]);
        }
    }
    for name in &names.outside {
        gazetteer.add_outside(name);
    }
    gazetteer
}
