//! How good is the model on posts that it has not seen? Cross-validation: each post is read by a model that was trained
//! without it.

use std::collections::BTreeMap;

use super::model::{Kind, Labelled, VoiceModel};
use super::silent::silent;
use super::training::{TrainingSettings, train_posts};
use super::{Gazetteer, Issue, Polarity, WordLists};
use crate::stats::decisions::Decisions;
use crate::stats::splitmix::SplitMix64;
use crate::text::classifier::features::features;
use crate::text::classifier::weights::Weights;
use crate::text::tokeniser::Tokeniser;

/// Parts into which the posts are cut.
const PARTS: usize = 5;

/// What was found on posts that were not seen in training.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    /// Posts.
    pub posts: usize,
    /// Share of posts about childcare with the right polarity.
    pub polarity_accuracy: f64,
    /// Mean over the three polarities.
    pub polarity_macro_f1: f64,
    /// Over all pairs of a post about childcare and an issue.
    pub issue_micro_f1: f64,
    /// Adverts.
    pub spam: Decisions,
    /// Posts about childcare.
    pub care: Decisions,
    /// By issue.
    pub issue_f1: BTreeMap<Issue, f64>,
}

/// Share of texts whose friendliness a general model reads as labelled.
pub fn general_accuracy(
    texts: impl Iterator<Item = (String, bool)>,
    general: &Weights,
    tokeniser: &Tokeniser,
) -> Option<f64> {
    let (mut right, mut all) = (0_usize, 0_usize);
    for (text, friendly) in texts {
        let vector = features(&text, &tokeniser.tokenise(&text), &[], general.places());
        right += usize::from((general.score(0, &vector) > 0.0) == friendly);
        all += 1;
    }
    crate::stats::decisions::ratio(right, all)
}

/// Cuts the posts into parts by the seed, and reads each part with a model that was trained on the others.
pub fn validate(
    posts: &[Labelled],
    general: &Weights,
    words: &WordLists,
    gazetteer: &Gazetteer,
    tokeniser: &Tokeniser,
    settings: &TrainingSettings,
) -> Result<Validation, String> {
    let mut order: Vec<usize> = (0..posts.len()).collect();
    SplitMix64::new(settings.seed).shuffle(&mut order);
    let mut read: Vec<(&Labelled, Kind, Polarity, Vec<Issue>)> = Vec::new();
    for part in 0..PARTS {
        let is_held_out = |place: usize| place % PARTS == part;
        let known: Vec<Labelled> = order
            .iter()
            .enumerate()
            .filter(|(place, _)| !is_held_out(*place))
            .filter_map(|(_, at)| posts.get(*at).cloned())
            .collect();
        let model: VoiceModel = train_posts(&known, general.clone(), words, gazetteer, tokeniser, settings)?;
        for (_, at) in order.iter().enumerate().filter(|(place, _)| is_held_out(*place)) {
            let Some(post) = posts.get(*at) else { continue };
            let skip = silent(&post.text, gazetteer);
            let vector = model.vector(&post.text, &tokeniser.tokenise(&post.text), &skip, words);
            read.push((post, model.kind(&post.text, &vector, words), model.polarity(&vector), model.issues(&vector)));
        }
    }
    let care: Vec<_> = read.iter().filter(|(post, ..)| post.kind == Kind::Care).collect();
    let right = care.iter().filter(|(post, _, polarity, _)| post.polarity == *polarity).count();
    let of_class = |class: Polarity| {
        Decisions::of(care.iter().map(|(post, _, said, _)| (*said == class, post.polarity == class))).f1()
    };
    let of_issues = |issues: &[Issue]| {
        Decisions::of(care.iter().flat_map(|(post, _, _, said)| {
            issues.iter().map(|issue| (said.contains(issue), post.issues.contains(issue)))
        }))
        .f1()
    };
    Ok(Validation {
        posts: read.len(),
        polarity_accuracy: right as f64 / care.len().max(1) as f64,
        polarity_macro_f1: Polarity::ALL.map(of_class).iter().sum::<f64>() / 3.0,
        issue_micro_f1: of_issues(&Issue::ALL),
        spam: Decisions::of(read.iter().map(|(p, kind, ..)| (*kind == Kind::Advert, p.kind == Kind::Advert))),
        care: Decisions::of(read.iter().map(|(p, kind, ..)| (*kind == Kind::Care, p.kind == Kind::Care))),
        issue_f1: Issue::ALL.into_iter().map(|issue| (issue, of_issues(&[issue]))).collect(),
    })
}
