//! Word lists and place names: data that come with the program, read into what the analysis asks for.

use std::collections::BTreeMap;

use super::analysis::{
    Cue, Cues, Gazetteer, Issue, Kind, Labelled, Listening, Polarity, Strength, VoiceModel, WordLists,
};
use crate::text::classifier::weights::Weights;
use crate::text::dictionary::UserWords;
use crate::text::mask::mask;

/// The shipped word lists.
pub fn shipped() -> Result<WordLists, String> {
    word_lists(
        include_str!("../../data/lexicon/polarity.tsv"),
        include_str!("../../data/lexicon/phrases.tsv"),
        include_str!("../../data/lexicon/issues.tsv"),
    )
}

/// The shipped word lists and the shipped model.
pub fn listening() -> Result<Listening, String> {
    Ok(Listening { words: shipped()?, model: shipped_model()? })
}

/// The shipped model; `data/model/README.md` says how it was trained.
pub fn shipped_model() -> Result<VoiceModel, String> {
    model(include_bytes!("../../data/model/general.bin"), include_bytes!("../../data/model/posts.bin"))
}

/// A model from the bytes of its two files.
pub fn model(general: &[u8], posts: &[u8]) -> Result<VoiceModel, String> {
    VoiceModel::new(Weights::from_bytes(general)?, Weights::from_bytes(posts)?)
}

/// The shipped words that the dictionary lacks.
pub fn user_words() -> Result<UserWords, String> {
    UserWords::parse(include_str!("../../data/lexicon/words.csv")).map_err(|e| e.to_string())
}

/// Codes and names of the dongs that the shipped place names and posts speak of.
pub fn shipped_dongs() -> Result<Vec<(String, String)>, String> {
    let mut rows = csv::Reader::from_reader(include_bytes!("../../data/dong-codes.csv").as_slice());
    let headers = rows.headers().map_err(|e| e.to_string())?.clone();
    let column = |wanted: &str| headers.iter().position(|name| name == wanted).ok_or(format!("no column {wanted}"));
    let (code, name) = (column("행자부행정동코드")?, column("행정동명")?);
    rows.records()
        .map(|row| {
            let row = row.map_err(|e| e.to_string())?;
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            Ok((cell(code), cell(name)))
        })
        .collect()
}

/// The posts with labels that come with the program.
pub fn shipped_posts() -> Result<Vec<Labelled>, String> {
    labelled_posts(include_str!("../../data/training/posts.tsv"))
}

/// Labelled posts: kind, polarity, issues, channel and text, parted by tabs; lines that begin with `#` are skipped.
pub fn labelled_posts(content: &str) -> Result<Vec<Labelled>, String> {
    let mut posts = Vec::new();
    for (line, row) in (1..).zip(content.lines()).filter(|(_, row)| !row.starts_with('#') && !row.trim().is_empty()) {
        let wrong = |what: &str| format!("Line {line} of the labelled posts: {what}.");
        let [kind, polarity, issues, _, text] = row.split('\t').collect::<Vec<_>>()[..] else {
            return Err(wrong("it has not five columns parted by tabs"));
        };
        let kind = match kind {
            "care" => Kind::Care,
            "advert" => Kind::Advert,
            "other" => Kind::Other,
            _ => return Err(wrong("the kind must be care, advert or other")),
        };
        let polarity = Polarity::ALL
            .into_iter()
            .find(|p| p.name() == polarity)
            .ok_or_else(|| wrong("the polarity must be pos, neu or neg"))?;
        let issues = issues
            .split(',')
            .filter(|name| !name.is_empty())
            .map(|name| Issue::named(name).ok_or_else(|| wrong("it names an unknown issue")))
            .collect::<Result<_, String>>()?;
        // The model reads masked texts, so it learns from masked ones.
        posts.push(Labelled { text: mask(text).text, kind, polarity, issues });
    }
    Ok(posts)
}

fn word_lists(scores: &str, phrases: &str, cues: &str) -> Result<WordLists, String> {
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
            "core" => lists.core.push(phrase),
            "stop" => {
                lists.stop.insert(phrase);
            }
            "spam" => lists.spam.push(phrase),
            "question" => lists.questions.push(phrase),
            "irony" => lists.irony.push(phrase),
            "notice" => lists.notices.push(phrase),
            "praise" => lists.praise.push(phrase),
            "complaint" => lists.complaint.push(phrase),
            other => return Err(format!("phrases.tsv: \"{other}\" is no kind")),
        }
    }
    let mut known = Vec::new();
    for (issue, cue) in lines("issues.tsv", cues)? {
        let issue = Issue::named(&issue).ok_or_else(|| format!("issues.tsv: \"{issue}\" is no issue"))?;
        let (strength, text) = match cue.split_once('\t') {
            Some(("says", text)) => (Strength::Says, text.to_owned()),
            Some(("hints", text)) => (Strength::Hints, text.to_owned()),
            _ => return Err(format!("issues.tsv: \"{cue}\" neither says nor hints")),
        };
        known.push(Cue { issue, strength, text });
    }
    lists.cues = Cues::new(&known)?;
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

impl PlaceNames {
    /// These names and others; where both know a name, the others say what it means.
    pub fn with(mut self, others: Self) -> Self {
        for name in others.ambiguous.keys().chain(others.landmarks.keys()).chain(&others.outside) {
            self.ambiguous.remove(name);
            self.landmarks.remove(name);
            self.outside.retain(|own| own != name);
        }
        self.ambiguous.extend(others.ambiguous);
        self.landmarks.extend(others.landmarks);
        self.outside.extend(others.outside);
        self.dongs.extend(others.dongs);
        self
    }
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
