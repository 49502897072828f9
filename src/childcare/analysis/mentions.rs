//! Counting posts by place and polarity: each text once, adverts and other subjects left out.

use std::collections::{BTreeMap, BTreeSet};

use super::PostInput;
use super::place::{Attribution, Gazetteer};
use super::polarity::{Polarity, WordLists, polarity};
use crate::text::duplicate::duplicate_key;
use crate::text::tokeniser::Tokeniser;

/// Where a post is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A dong, by code.
    Dong(String),
    /// No dong, several, or a name that several share.
    Unresolved,
    /// Beyond the district.
    Outside,
}

/// What was read in one post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Id in the source.
    pub id: String,
    /// Its place.
    pub attribution: Attribution,
    /// What it says.
    pub polarity: Polarity,
    /// An advert.
    pub spam: bool,
    /// About childcare.
    pub relevant: bool,
    /// The same text as an earlier post.
    pub duplicate: bool,
}

/// Counts of positive, neutral and negative posts by place, and what was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// By dong, also those without posts.
    pub dongs: BTreeMap<String, [u64; 3]>,
    /// Posts that belong to no one dong.
    pub unresolved: [u64; 3],
    /// Posts about places beyond the district.
    pub outside: [u64; 3],
    /// Copies of earlier posts.
    pub duplicates: u64,
    /// Adverts and other subjects.
    pub left_out: u64,
}

/// Reads every post, in the order of their ids so that the order of a file changes nothing.
pub fn read_posts(
    posts: &[PostInput],
    words: &WordLists,
    gazetteer: &Gazetteer,
    tokeniser: &Tokeniser,
) -> Vec<Reading> {
    let mut sorted: Vec<&PostInput> = posts.iter().collect();
    sorted.sort_by(|a, b| a.id.cmp(&b.id));
    let mut seen = BTreeSet::new();
    sorted
        .into_iter()
        .map(|post| {
            let holds = |list: &[String]| list.iter().filter(|word| post.text.contains(word.as_str())).count();
            // One phrase may happen to anybody; an advert uses several.
            let spam = holds(&words.spam) >= 2;
            Reading {
                id: post.id.clone(),
                attribution: gazetteer.attribute(&post.text),
                polarity: polarity(&post.text, &tokeniser.tokenise(&post.text), words),
                spam,
                relevant: !spam && holds(&words.topic) > 0,
                duplicate: !seen.insert(duplicate_key(&post.text)),
            }
        })
        .collect()
}

/// Counts the readings. `dongs` are all codes of the district.
pub fn tally(readings: &[Reading], dongs: &[String]) -> Tally {
    let mut tally = Tally {
        dongs: dongs.iter().map(|code| (code.clone(), [0; 3])).collect(),
        unresolved: [0; 3],
        outside: [0; 3],
        duplicates: 0,
        left_out: 0,
    };
    for reading in readings {
        if reading.duplicate {
            tally.duplicates += 1;
            continue;
        }
        if !reading.relevant {
            tally.left_out += 1;
            continue;
        }
        let counts = match &reading.attribution {
            Attribution::One(code) => tally.dongs.entry(code.clone()).or_default(),
            Attribution::Outside => &mut tally.outside,
            _ => &mut tally.unresolved,
        };
        counts[reading.polarity as usize] += 1;
    }
    tally
}
