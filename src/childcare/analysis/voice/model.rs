//! The learned model: what a text of any kind feels like, and what a post about childcare says.
//!
//! Two files of weights. The general one has one class, learned from many short reviews: is the text friendly? The other
//! is learned from posts about childcare and reads the general one as one number among its features; its classes are
//! three polarities, thirteen issues, "advert" and "about childcare".

use std::ops::Range;

use super::Issue;
use super::lexical::{WordLists, negated_spans};
use super::signals::{SIGNALS, signals};
use crate::text::classifier::features::{Sparse, features};
use crate::text::classifier::weights::Weights;
use crate::text::tokeniser::Morpheme;

/// Places of the hashed features of a post; the signals follow behind them.
pub const HASHED: u32 = 1 << 15;
/// How much one signal weighs against the whole of the hashed features, which have length one.
const SIGNAL_WEIGHT: f32 = 0.2;

/// By how much a word of childcare lowers the score from which on a post is about it.
const CORE_WORD: f64 = 0.5;

/// Score below which not even the likeliest issue of a post is believed.
const LEAST_LIKELY: f64 = -0.5;

/// What a post says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Polarity {
    /// It praises.
    Positive,
    /// It does neither.
    Neutral,
    /// It complains.
    Negative,
}

impl Polarity {
    /// All three, in the order of the model's classes.
    pub const ALL: [Self; 3] = [Self::Positive, Self::Neutral, Self::Negative];

    /// The short name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Positive => "pos",
            Self::Neutral => "neu",
            Self::Negative => "neg",
        }
    }
}

/// What kind of text a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// About childcare.
    Care,
    /// An advert.
    Advert,
    /// About something else.
    Other,
}

/// A post with its labels.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Text.
    pub text: String,
    /// Kind.
    pub kind: Kind,
    /// Polarity.
    pub polarity: Polarity,
    /// Issues.
    pub issues: Vec<Issue>,
}

/// Classes of the posts' weights.
pub const CLASSES: usize = 18;
/// The class of the first issue.
pub const FIRST_ISSUE: usize = 3;
/// The class of adverts.
pub const ADVERT: usize = 16;
/// The class of posts about childcare.
pub const CARE: usize = 17;

/// Both files of weights.
#[derive(Debug, Clone, PartialEq)]
pub struct VoiceModel {
    /// Friendly or not.
    pub general: Weights,
    /// What posts say.
    pub posts: Weights,
}

impl VoiceModel {
    /// Puts both files together, if they are of this version.
    pub fn new(general: Weights, posts: Weights) -> Result<Self, String> {
        if general.classes() != 1 || !general.places().is_power_of_two() {
            return Err("The general weights must have one class and a power of two of places.".to_owned());
        }
        if posts.classes() != CLASSES || posts.places() != HASHED + SIGNALS as u32 {
            return Err(format!(
                "The weights of posts must have {CLASSES} classes of {} places: train them again.",
                HASHED + SIGNALS as u32
            ));
        }
        Ok(Self { general, posts })
    }

    /// The features of a post.
    pub fn vector(&self, text: &str, morphemes: &[Morpheme], skip: &[Range<usize>], words: &WordLists) -> Sparse {
        let mut left_out = negated_spans(morphemes, words);
        left_out.extend_from_slice(skip);
        let mut vector = features(text, morphemes, &left_out, HASHED);
        let found = signals(text, morphemes, skip, words, self);
        vector.extend(
            (HASHED..).zip(found).filter(|(_, value)| *value != 0.0).map(|(at, value)| (at, value * SIGNAL_WEIGHT)),
        );
        vector
    }

    /// The likeliest polarity.
    pub fn polarity(&self, vector: &Sparse) -> Polarity {
        let score = |polarity: Polarity| self.posts.score(polarity as usize, vector);
        Polarity::ALL.into_iter().max_by(|a, b| score(*a).total_cmp(&score(*b))).unwrap_or(Polarity::Neutral)
    }

    /// All issues that reach their threshold. Few posts about childcare are about nothing, so where none does, the
    /// likeliest one, unless it is unlikely too.
    pub fn issues(&self, vector: &Sparse) -> Vec<Issue> {
        let score = |issue: &Issue| self.posts.score(FIRST_ISSUE + *issue as usize, vector);
        let found: Vec<Issue> = Issue::ALL.into_iter().filter(|issue| score(issue) > 0.0).collect();
        if !found.is_empty() {
            return found;
        }
        let likely = Issue::ALL.into_iter().filter(|issue| score(issue) > LEAST_LIKELY);
        likely.max_by(|a, b| score(a).total_cmp(&score(b))).into_iter().collect()
    }

    /// Advert, about childcare, or something else. A word that hardly stands in other texts counts much.
    pub fn kind(&self, text: &str, vector: &Sparse, words: &WordLists) -> Kind {
        let has_core = words.core.iter().any(|word| text.contains(word.as_str()));
        let least = if has_core { -CORE_WORD } else { 0.0 };
        if self.posts.score(ADVERT, vector) > 0.0 {
            Kind::Advert
        } else if self.posts.score(CARE, vector) > least {
            Kind::Care
        } else {
            Kind::Other
        }
    }
}
