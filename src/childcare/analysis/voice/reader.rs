//! Reading one post: its place, what it says, and about what.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::cues::CueCounts;
use super::lexical::judgements;
use super::signals::{clauses, cues};
use super::silent::silent;
use super::terms::terms;
use super::{Attribution, Gazetteer, Issue, Kind, Polarity, Strength, VoiceModel, WordLists};
use crate::text::duplicate::duplicate_key;
use crate::text::near_duplicate::{NearCopies, Shingles};
use crate::text::tokeniser::{Morpheme, Tokeniser};

/// A post after masking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostInput {
    /// Id in the source.
    pub id: String,
    /// The day in Korea on which it was written.
    pub on: NaiveDate,
    /// Where it was written: cafe, blog, twitter, insta, news or other.
    pub channel: Arc<str>,
    /// Salted hash of its author, where the file names one.
    pub author: Option<String>,
    /// Text after masking.
    pub text: String,
}

/// What was read in one post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Id in the source.
    pub id: String,
    /// The day in Korea on which it was written.
    pub on: NaiveDate,
    /// Where it was written.
    pub channel: Arc<str>,
    /// Salted hash of its author.
    pub author: Option<String>,
    /// Its words in dictionary form, each once, in order; empty for adverts and other subjects.
    pub terms: Vec<Arc<str>>,
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
    /// The same text as an earlier post, or nearly the same about the same place.
    pub duplicate: bool,
}

/// Word lists and the learned model: what makes a listener out of a reader of Korean.
#[derive(Debug, Clone)]
pub struct Listening {
    /// Word lists.
    pub words: WordLists,
    /// The learned model.
    pub model: VoiceModel,
}

/// From this sum of judging words on a clause is clear.
const CLEAR: f64 = 0.6;

/// Everything that reading needs. Reading changes nothing in it, so threads can share one.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Word lists and the learned model.
    pub listening: &'a Listening,
    /// Place names.
    pub gazetteer: &'a Gazetteer,
    /// Korean.
    pub tokeniser: &'a Tokeniser,
}

impl Reader<'_> {
    /// Reads one post.
    pub fn read(&self, post: &PostInput) -> Reading {
        let text = post.text.as_str();
        let Listening { words, model } = self.listening;
        let skip = silent(text, self.gazetteer);
        let morphemes = self.tokeniser.tokenise(text);
        let vector = model.vector(text, &morphemes, &skip, words);
        let polarity = model.polarity(&vector);
        let kind = model.kind(text, &vector, words);
        let issues = match kind {
            Kind::Care | Kind::Other => model.issues(&vector),
            Kind::Advert => Vec::new(),
        };
        Reading {
            id: post.id.clone(),
            on: post.on,
            channel: post.channel.clone(),
            author: post.author.clone(),
            terms: if kind == Kind::Care { terms(text, &morphemes, &skip, words) } else { Vec::new() },
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
        let words = &self.listening.words;
        let parts = clauses(text, morphemes);
        if parts.len() < 2 || issues.len() < 2 {
            return issues.into_iter().map(|issue| (issue, whole)).collect();
        }
        let said: Vec<(CueCounts, Polarity)> = parts
            .iter()
            .map(|clause| {
                let own = text.get(clause.bytes.clone()).unwrap_or_default();
                let inside = morphemes.get(clause.morphemes.clone()).unwrap_or_default();
                (cues(own, inside, &[], words), self.clause(own, inside))
            })
            .collect();
        issues
            .into_iter()
            .map(|issue| {
                let mut counts = [0_usize; 3];
                for (cues, polarity) in &said {
                    let said = [Strength::Says, Strength::Hints].map(|strength| usize::from(cues.of(issue, strength)));
                    counts[*polarity as usize] += said[0] + said[1];
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

    /// What one clause says: its judging words, or without any the model.
    fn clause(&self, text: &str, morphemes: &[Morpheme]) -> Polarity {
        let Listening { words, model } = self.listening;
        let lemmas: Vec<(&str, &str)> = morphemes.iter().flat_map(Morpheme::lemmas).collect();
        let (praise, complaint) = judgements(&lemmas, words);
        match praise - complaint {
            net if net >= CLEAR => Polarity::Positive,
            net if net <= -CLEAR => Polarity::Negative,
            _ => {
                let skip = silent(text, self.gazetteer);
                model.polarity(&model.vector(text, &self.tokeniser.tokenise(text), &skip, words))
            }
        }
    }
}

/// Near copies of a post are looked for within so many days.
const NEAR_DAYS: i64 = 30;
/// Likeness from which a text is a near copy.
const NEAR: f64 = 0.8;

/// Listens to posts one after the other, in the order of their days and ids, and keeps of each only what was read in it.
///
/// A post is a copy when an earlier one has the same text, or within a month almost the same one about the same place:
/// the name of another neighbourhood is a small difference of letters and a large one of meaning.
#[derive(Debug)]
pub struct Listener<'a> {
    reader: Reader<'a>,
    seen: HashSet<u64>,
    near: NearCopies<(NaiveDate, Attribution)>,
    /// Old originals are swept out now and then, so that only those of two months are held.
    swept: Option<NaiveDate>,
    /// Every word once, however many posts use it.
    words: HashSet<Arc<str>>,
}

impl<'a> Listener<'a> {
    /// Nothing was heard yet.
    pub fn new(reader: Reader<'a>) -> Self {
        Self { reader, seen: HashSet::new(), near: NearCopies::new(), swept: None, words: HashSet::new() }
    }

    /// Reads the next post.
    pub fn hear(&mut self, post: &PostInput) -> Reading {
        let mut reading = self.reader.read(post);
        for term in &mut reading.terms {
            match self.words.get(term) {
                Some(known) => *term = Arc::clone(known),
                None => drop(self.words.insert(Arc::clone(term))),
            }
        }
        reading.duplicate = !self.seen.insert(reading.key) || self.is_near_copy(post, &reading.attribution);
        reading
    }

    fn is_near_copy(&mut self, post: &PostInput, place: &Attribution) -> bool {
        let last = *self.swept.get_or_insert(post.on);
        if (post.on - last).num_days() > NEAR_DAYS {
            self.near.retain(|(day, _)| (post.on - *day).num_days() <= NEAR_DAYS);
            self.swept = Some(post.on);
        }
        let fits = |(day, other): &(NaiveDate, Attribution)| (post.on - *day).num_days() <= NEAR_DAYS && other == place;
        Shingles::of(&post.text)
            .is_some_and(|shingles| self.near.is_copy_or_keep(shingles, (post.on, place.clone()), NEAR, fits))
    }
}

/// Reads every post. The order of the list changes nothing.
pub fn read_posts(posts: &[PostInput], reader: Reader) -> Vec<Reading> {
    let mut sorted: Vec<&PostInput> = posts.iter().collect();
    sorted.sort_by(|a, b| (a.on, &a.id).cmp(&(b.on, &b.id)));
    let mut listener = Listener::new(reader);
    sorted.into_iter().map(|post| listener.hear(post)).collect()
}
