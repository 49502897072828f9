//! Reading one post: its place, what it says, and about what.

use std::collections::BTreeMap;

use super::signals::{clauses, cues};
use super::{Attribution, Gazetteer, Issue, Kind, Polarity, VoiceModel, WordLists};
use crate::text::duplicate::duplicate_key;
use crate::text::tokeniser::{Morpheme, Tokeniser};

/// A post after masking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostInput {
    /// Id in the source.
    pub id: String,
    /// Text after masking.
    pub text: String,
}

/// What was read in one post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Id in the source.
    pub id: String,
    /// Its place.
    pub attribution: Attribution,
    /// What it says as a whole.
    pub polarity: Polarity,
    /// What it is about, and what it says about each.
    pub issues: BTreeMap<Issue, Polarity>,
    /// An advert.
    pub spam: bool,
    /// About childcare.
    pub relevant: bool,
    /// The same number for copies of a text.
    pub key: u64,
    /// The same text as an earlier post.
    pub duplicate: bool,
}

/// Everything that reading needs. Reading changes nothing in it, so threads can share one.
#[derive(Debug)]
pub struct Reader<'a> {
    /// Word lists.
    pub words: &'a WordLists,
    /// The learned model.
    pub model: &'a VoiceModel,
    /// Place names.
    pub gazetteer: &'a Gazetteer,
    /// Korean.
    pub tokeniser: &'a Tokeniser,
}

impl Reader<'_> {
    /// Reads one post.
    pub fn read(&self, id: &str, text: &str) -> Reading {
        let skip = self.gazetteer.spans(text);
        let morphemes = self.tokeniser.tokenise(text);
        let vector = self.model.vector(text, &morphemes, &skip, self.words);
        let polarity = self.model.polarity(&vector);
        let kind = self.model.kind(&vector);
        let issues = match kind {
            Kind::Care => self.model.issues(&vector),
            Kind::Advert | Kind::Other => Vec::new(),
        };
        Reading {
            id: id.to_owned(),
            attribution: self.gazetteer.attribute(text),
            polarity,
            issues: self.by_issue(text, &morphemes, issues, polarity),
            spam: kind == Kind::Advert,
            relevant: kind == Kind::Care,
            key: duplicate_key(text),
            duplicate: false,
        }
    }

    /// What the post says about each issue: what the clauses with its cues say, or else the post as a whole.
    fn by_issue(
        &self,
        text: &str,
        morphemes: &[Morpheme],
        issues: Vec<Issue>,
        whole: Polarity,
    ) -> BTreeMap<Issue, Polarity> {
        let parts = clauses(text, morphemes);
        if parts.len() < 2 || issues.len() < 2 {
            return issues.into_iter().map(|issue| (issue, whole)).collect();
        }
        let said: Vec<(&str, Polarity)> = parts
            .iter()
            .map(|clause| {
                let own = text.get(clause.bytes.clone()).unwrap_or_default();
                let skip = self.gazetteer.spans(own);
                let vector = self.model.vector(own, &self.tokeniser.tokenise(own), &skip, self.words);
                (own, self.model.polarity(&vector))
            })
            .collect();
        issues
            .into_iter()
            .map(|issue| {
                let mut counts = [0_usize; 3];
                for (own, polarity) in &said {
                    counts[*polarity as usize] += cues(own, issue, self.words);
                }
                let polarity = match counts {
                    [positive, _, negative] if positive > negative => Polarity::Positive,
                    [positive, _, negative] if negative > positive => Polarity::Negative,
                    _ => whole,
                };
                (issue, polarity)
            })
            .collect()
    }
}

/// Reads every post, in the order of their ids so that the order of a file changes nothing.
pub fn read_posts(posts: &[PostInput], reader: &Reader) -> Vec<Reading> {
    let mut sorted: Vec<&PostInput> = posts.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let mut seen = std::collections::BTreeSet::new();
    sorted
        .into_iter()
        .map(|post| {
            let reading = reader.read(&post.id, &post.text);
            Reading { duplicate: !seen.insert(reading.key), ..reading }
        })
        .collect()
}
