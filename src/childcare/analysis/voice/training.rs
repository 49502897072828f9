//! Learning the model from labelled texts.

use super::model::{ADVERT, CARE, CLASSES, FIRST_ISSUE, HASHED, Kind, Labelled, VoiceModel};
use super::signals::SIGNALS;
use super::silent::silent;
use super::{Gazetteer, Issue, Polarity, WordLists};
use crate::stats::splitmix::SplitMix64;
use crate::text::classifier::features::{Sparse, features};
use crate::text::classifier::train::{Example, train};
use crate::text::classifier::weights::Weights;
use crate::text::tokeniser::Tokeniser;

/// Places of the general features.
pub const GENERAL: u32 = 1 << 19;

/// How hard mistakes count, and how often the examples are gone through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainingSettings {
    /// Cost of a mistake on a general text.
    pub general_cost: f64,
    /// Cost of a mistake on the polarity of a post.
    pub polarity_cost: f64,
    /// Cost of a mistake on an issue.
    pub issue_cost: f64,
    /// From which score on an issue is believed.
    pub issue_threshold: f32,
    /// From which score on a post is believed to be an advert.
    pub advert_threshold: f32,
    /// From which score on a post is believed to be about childcare.
    pub care_threshold: f32,
    /// Passes over the general texts.
    pub general_rounds: usize,
    /// Passes over the posts.
    pub post_rounds: usize,
    /// Seed of the order of the examples.
    pub seed: u64,
}

impl Default for TrainingSettings {
    /// Chosen by cross-validation within the training data; the model card shows it.
    fn default() -> Self {
        Self {
            general_cost: 0.8,
            polarity_cost: 2.0,
            issue_cost: 2.0,
            issue_threshold: -0.05,
            advert_threshold: 0.0,
            care_threshold: 0.0,
            general_rounds: 5,
            post_rounds: 30,
            seed: 1,
        }
    }
}

fn shuffler(seed: u64) -> impl FnMut(&mut [usize]) {
    let mut random = SplitMix64::new(seed);
    move |order| random.shuffle(order)
}

/// Learns from texts that are friendly (`true`) or not. Texts come one by one, so that only their features are kept.
pub fn train_general(
    texts: impl Iterator<Item = (String, bool)>,
    tokeniser: &Tokeniser,
    settings: &TrainingSettings,
) -> Weights {
    let read: Vec<(Sparse, bool)> =
        texts.map(|(text, friendly)| (features(&text, &tokeniser.tokenise(&text), &[], GENERAL), friendly)).collect();
    let examples: Vec<Example> = read
        .iter()
        .map(|(vector, is_member)| Example { vector, is_member: *is_member, cost: settings.general_cost })
        .collect();
    let learned = train(&examples, GENERAL as usize, settings.general_rounds, shuffler(settings.seed));
    Weights::rounded(&[(learned, 0.0)])
}

/// Learns what posts say.
pub fn train_posts(
    posts: &[Labelled],
    general: Weights,
    words: &WordLists,
    gazetteer: &Gazetteer,
    tokeniser: &Tokeniser,
    settings: &TrainingSettings,
) -> Result<VoiceModel, String> {
    let places = (HASHED as usize) + SIGNALS;
    let empty = Weights::rounded(&vec![(vec![0.0; places], 0.0); CLASSES]);
    let mut model = VoiceModel::new(general, empty)?;
    let vectors: Vec<Sparse> = posts
        .iter()
        .map(|post| {
            let skip = silent(&post.text, gazetteer);
            model.vector(&post.text, &tokeniser.tokenise(&post.text), &skip, words)
        })
        .collect();
    let learn = |is_member: &dyn Fn(&Labelled) -> bool, among: &dyn Fn(&Labelled) -> bool, cost: f64| {
        let chosen = || posts.iter().zip(&vectors).filter(|(post, _)| among(post));
        let members = chosen().filter(|(post, _)| is_member(post)).count().max(1) as f64;
        let others = (chosen().count() as f64 - members).max(1.0);
        // A rare class would drown: its members weigh more, by the root of the odds.
        let weight = (others / members).sqrt().clamp(0.5, 3.0);
        let examples: Vec<Example> = chosen()
            .map(|(post, vector)| {
                let is_member = is_member(post);
                Example { vector, is_member, cost: if is_member { cost * weight } else { cost } }
            })
            .collect();
        train(&examples, places, settings.post_rounds, shuffler(settings.seed))
    };
    let about_care = |post: &Labelled| post.kind == Kind::Care;
    let any = |_: &Labelled| true;
    let mut classes: Vec<(Vec<f32>, f32)> = Vec::with_capacity(CLASSES);
    for polarity in Polarity::ALL {
        classes.push((learn(&|p| p.polarity == polarity, &about_care, settings.polarity_cost), 0.0));
    }
    for issue in Issue::ALL {
        let learned = learn(&|p| p.issues.contains(&issue), &about_care, settings.issue_cost);
        classes.push((learned, settings.issue_threshold));
    }
    classes.push((learn(&|p| p.kind == Kind::Advert, &any, settings.issue_cost), settings.advert_threshold));
    classes.push((learn(&about_care, &any, settings.issue_cost), settings.care_threshold));
    debug_assert!(classes.len() == CLASSES && ADVERT + 1 == CARE && FIRST_ISSUE == Polarity::ALL.len());
    model.posts = Weights::rounded(&classes);
    Ok(model)
}
