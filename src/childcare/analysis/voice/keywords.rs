//! Keywords (연관어): words that set a place, an issue or a polarity apart from the rest of the district's posts.
//!
//! A word counts once a post. Log-odds with an informative Dirichlet prior rank the words; their p values are adjusted
//! together (Benjamini and Hochberg). Only words of at least [`LEAST_POSTS`] posts by at least [`LEAST_AUTHORS`] known
//! authors within the group are kept: fewer could give a person away.
//!
//! From its log-odds and z follows in how many other posts of the district a word stands, and groups lie within each
//! other. So the numbers of a word are told only where no difference of what is told leaves fewer posts or authors than
//! that; the word itself and its rank stay.

use std::collections::{BTreeMap, BTreeSet};

use statrs::function::erf::erfc;

use super::mentions::Place;
use super::pieces::EarlierRun;
use super::reader::Reading;
use super::{Issue, Polarity};
use crate::stats::log_odds::{WordCounts, log_odds};
use crate::stats::multiple::benjamini_hochberg;

/// Posts behind a word.
pub const LEAST_POSTS: usize = 5;
/// Known authors behind a word.
pub const LEAST_AUTHORS: usize = 3;
/// Weight of the background: a tenth of its words, and never more than so many.
const PRIOR_SHARE: f64 = 0.1;
const MOST_PRIOR: f64 = 500.0;
/// Words kept for each group.
const MOST_WORDS: usize = 20;
/// Words named beside each.
const MOST_ASSOCIATES: usize = 3;
/// Adjusted p values above this are chance.
const CHANCE: f64 = 0.05;

/// What a group of posts has in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// A dong code or `unresolved`; `None` for the whole district.
    pub place: Option<String>,
    /// What the posts are about.
    pub issue: Option<Issue>,
    /// What they say: about the issue, where there is one, or else as a whole.
    pub polarity: Option<Polarity>,
}

/// A word that sets a group apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyword {
    /// Dictionary form.
    pub term: String,
    /// Posts of the group that use it.
    pub posts: usize,
    /// Difference of log-odds to the other posts of the district.
    pub log_odds: f64,
    /// In units of its standard deviation.
    pub z: f64,
    /// Adjusted p value.
    pub p_adjusted: f64,
    /// Its numbers may be shown: they do not tell of too few posts outside the group or in a part of it.
    pub told: bool,
    /// Words that stand beside it in the group more often than chance would have it; same floor of posts and authors.
    pub associated: Vec<String>,
}

/// Keywords of every group of posts about the district, the strongest first.
pub fn keywords(readings: &[Reading]) -> BTreeMap<Group, Vec<Keyword>> {
    keywords_beside(readings, &[])
}

/// The same beside earlier runs: what has grown by few posts since one of them does not tell of these.
pub fn keywords_beside(readings: &[Reading], earlier: &[EarlierRun]) -> BTreeMap<Group, Vec<Keyword>> {
    let posts: Vec<&Reading> =
        readings.iter().filter(|r| r.relevant && !r.duplicate && Place::of(&r.attribution) != Place::Outside).collect();
    let mut members = BTreeMap::<Group, Vec<usize>>::new();
    for (at, post) in posts.iter().enumerate() {
        for group in groups(post) {
            members.entry(group).or_default().push(at);
        }
    }
    let background = counts(posts.iter().copied());
    let mut found: BTreeMap<Group, Vec<Keyword>> = members
        .iter()
        .filter(|(_, members)| members.len() >= LEAST_POSTS)
        .map(|(group, members)| {
            let inside: Vec<&Reading> = members.iter().filter_map(|at| posts.get(*at).copied()).collect();
            let found = of_group(&inside, &background);
            (group.clone(), found)
        })
        .filter(|(_, found)| !found.is_empty())
        .collect();
    tell(&mut found, &members, &posts, earlier);
    found
}

/// Decides which words may be shown with their numbers, the largest groups first.
fn tell(
    found: &mut BTreeMap<Group, Vec<Keyword>>,
    members: &BTreeMap<Group, Vec<usize>>,
    posts: &[&Reading],
    earlier: &[EarlierRun],
) {
    let mut words = BTreeMap::<String, Vec<(usize, Group, usize)>>::new();
    for (group, keywords) in found.iter() {
        for (at, word) in keywords.iter().enumerate() {
            words.entry(word.term.clone()).or_default().push((word.posts, group.clone(), at));
        }
    }
    for (term, mut groups) in words {
        let using = |at: &usize| posts.get(*at).is_some_and(|post| post.terms.iter().any(|t| **t == *term));
        groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut told: Vec<(Option<Group>, BTreeSet<usize>)> = vec![(None, (0..posts.len()).filter(using).collect())];
        for (_, group, at) in groups {
            let own: BTreeSet<usize> = members.get(&group).into_iter().flatten().copied().filter(using).collect();
            let mut then = earlier.iter().filter_map(|run| run.words.get(&(group.clone(), term.clone())));
            if then.all(|then| !(1..LEAST_POSTS).contains(&then.abs_diff(own.len())))
                && leaves_enough(&group, &own, &told, posts)
                && let Some(word) = found.get_mut(&group).and_then(|words| words.get_mut(at))
            {
                word.told = true;
                told.push((Some(group), own));
            }
        }
    }
}

/// Whether no difference between these posts and what is told already leaves few: not what a larger group has beside
/// them, and not what it has beside them and other groups of their kind.
fn leaves_enough(
    group: &Group,
    own: &BTreeSet<usize>,
    told: &[(Option<Group>, BTreeSet<usize>)],
    posts: &[&Reading],
) -> bool {
    let enough = |rest: BTreeSet<usize>| {
        let rest: Vec<&Reading> = rest.iter().filter_map(|at| posts.get(*at).copied()).collect();
        rest.is_empty() || (rest.len() >= LEAST_POSTS && authors(&rest) >= LEAST_AUTHORS)
    };
    let kind = |group: &Group| (group.place.is_some(), group.issue, group.polarity.is_some());
    told.iter().filter(|(_, whole)| own.is_subset(whole)).all(|(_, whole)| {
        let mut rest: BTreeSet<usize> = whole.difference(own).copied().collect();
        if !enough(rest.clone()) {
            return false;
        }
        for (other, part) in told {
            let is_beside = other.as_ref().is_some_and(|other| kind(other) == kind(group)) && part.is_subset(&rest);
            if is_beside {
                rest = rest.difference(part).copied().collect();
            }
        }
        enough(rest)
    })
}

fn groups(post: &Reading) -> BTreeSet<Group> {
    let place = match Place::of(&post.attribution) {
        Place::Dong(code) => Some(code),
        Place::Unresolved | Place::Outside => None,
    };
    let group = |place: &Option<String>, issue, polarity| Group { place: place.clone(), issue, polarity };
    let nowhere = None;
    let mut groups = BTreeSet::from([group(&nowhere, None, Some(post.polarity))]);
    if place.is_some() {
        groups.insert(group(&place, None, None));
        groups.insert(group(&place, None, Some(post.polarity)));
    }
    for (issue, polarity) in &post.issues {
        groups.insert(group(&nowhere, Some(*issue), None));
        groups.insert(group(&nowhere, Some(*issue), Some(*polarity)));
    }
    groups
}

fn counts<'a>(posts: impl Iterator<Item = &'a Reading>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for term in posts.flat_map(|post| &post.terms) {
        *counts.entry(&**term).or_default() += 1;
    }
    counts
}

fn of_group(inside: &[&Reading], background: &BTreeMap<&str, usize>) -> Vec<Keyword> {
    let own = counts(inside.iter().copied());
    let terms: Vec<(&str, usize, usize)> =
        background.iter().map(|(term, all)| (*term, own.get(term).copied().unwrap_or(0), *all)).collect();
    let words: Vec<WordCounts> = terms
        .iter()
        .map(|(_, mine, all)| WordCounts { first: *mine as f64, second: (all - mine) as f64, background: *all as f64 })
        .collect();
    let all: usize = background.values().sum();
    let leanings = log_odds(&words, (all as f64 * PRIOR_SHARE).min(MOST_PRIOR));
    let tested: Vec<(usize, f64)> = leanings
        .iter()
        .enumerate()
        .filter(|(at, _)| terms[*at].1 >= LEAST_POSTS)
        .filter_map(|(at, leaning)| leaning.map(|l| (at, erfc(l.z.abs() / std::f64::consts::SQRT_2))))
        .collect();
    let adjusted = benjamini_hochberg(&tested.iter().map(|(_, p)| *p).collect::<Vec<_>>());
    let mut standing_out: Vec<(usize, f64, f64, f64)> = tested
        .iter()
        .zip(adjusted)
        .filter_map(|((at, _), p)| leanings[*at].map(|leaning| (*at, leaning.z, leaning.delta, p)))
        .filter(|(_, z, _, p)| *z > 0.0 && *p < CHANCE)
        .collect();
    standing_out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| terms[a.0].0.cmp(terms[b.0].0)));
    // Who stands behind a word is looked up for the strongest words only, until enough of them may be shown.
    let shown = standing_out.into_iter().filter_map(|(at, z, log_odds, p_adjusted)| {
        let (term, posts, _) = terms[at];
        let behind = using(inside, term);
        (authors(&behind) >= LEAST_AUTHORS).then(|| Keyword {
            term: term.to_owned(),
            posts,
            log_odds,
            z,
            p_adjusted,
            told: false,
            associated: associated(term, &behind, &own, inside.len()),
        })
    });
    shown.take(MOST_WORDS).collect()
}

/// The posts with a word.
fn using<'a>(posts: &[&'a Reading], term: &str) -> Vec<&'a Reading> {
    posts.iter().copied().filter(|post| post.terms.iter().any(|t| &**t == term)).collect()
}

/// Posts of unknown authors may all be by one person, and count as such.
fn authors(posts: &[&Reading]) -> usize {
    posts.iter().map(|post| post.author.as_deref()).collect::<BTreeSet<_>>().len()
}

/// By pointwise mutual information (Church and Hanks 1990): how much oftener than chance two words share a post.
fn associated(term: &str, behind: &[&Reading], own: &BTreeMap<&str, usize>, posts: usize) -> Vec<String> {
    let together = counts(behind.iter().copied());
    let mut found: Vec<(f64, &str)> = together
        .iter()
        .filter(|(other, n)| **other != term && **n >= LEAST_POSTS)
        .filter_map(|(other, n)| {
            let alone = *own.get(other)? as f64;
            let information = (*n as f64 * posts as f64 / (behind.len() as f64 * alone)).ln();
            (information > 0.0).then_some((information, *other))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let known = found.into_iter().filter(|(_, other)| authors(&using(behind, other)) >= LEAST_AUTHORS);
    known.take(MOST_ASSOCIATES).map(|(_, other)| other.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::place::Attribution;
    use super::*;

    /// Posts of as many authors with one word beside a word of everybody; `told` of each group that has it as a keyword.
    fn told(posts: &[(usize, Polarity, bool)], authors: usize) -> Vec<(Option<Polarity>, usize, bool)> {
        let mut readings = Vec::new();
        for (count, polarity, with_word) in posts {
            for _ in 0..*count {
                let n = readings.len();
                let own = if *with_word { "대기" } else { "산책" };
                readings.push(Reading {
                    id: n.to_string(),
                    on: NaiveDate::default(),
                    channel: "cafe".into(),
                    author: Some((n % authors).to_string()),
                    terms: [own, "어린이집"].into_iter().map(Into::into).collect(),
                    attribution: Attribution::None,
                    polarity: *polarity,
                    issues: [(Issue::Waitlist, *polarity)].into_iter().filter(|_| *with_word).collect(),
                    spam: false,
                    relevant: true,
                    key: n as u64,
                    duplicate: false,
                });
            }
        }
        let found = keywords(&readings);
        let of_issue = found.iter().filter(|(group, _)| group.issue.is_some());
        let words = of_issue.flat_map(|(group, words)| words.iter().map(|word| (group.polarity, word)));
        words
            .filter(|(_, word)| word.term == "대기")
            .map(|(polarity, word)| (polarity, word.posts, word.told))
            .collect()
    }

    /// Of 63 posts about waiting 60 complain. Both numbers together would tell of the three that do not.
    #[test]
    fn the_numbers_of_a_word_are_not_told_where_a_part_of_the_group_would_be_left_with_few() {
        use Polarity::{Negative, Neutral, Positive};
        let few = told(&[(60, Negative, true), (3, Positive, true), (90, Positive, false), (80, Neutral, false)], 30);
        assert_eq!(few, [(None, 63, true), (Some(Negative), 60, false)]);
        let enough =
            told(&[(60, Negative, true), (6, Positive, true), (90, Positive, false), (80, Neutral, false)], 30);
        assert_eq!(enough, [(None, 66, true), (Some(Negative), 60, true)]);
        let two_authors = told(&[(60, Negative, true), (6, Positive, true), (90, Positive, false)], 2);
        assert!(two_authors.is_empty());
    }

    /// From the log-odds of a word and its z follows how many other posts have it.
    #[test]
    fn the_numbers_of_a_word_are_not_told_where_few_other_posts_have_it() {
        let group = |polarity| Group { place: None, issue: None, polarity: Some(polarity) };
        let post = |n: usize, polarity, term: &str| Reading {
            id: n.to_string(),
            on: NaiveDate::default(),
            channel: "cafe".into(),
            author: Some((n % 30).to_string()),
            terms: vec![term.into(), "어린이집".into()],
            attribution: Attribution::None,
            polarity,
            issues: BTreeMap::new(),
            spam: false,
            relevant: true,
            key: n as u64,
            duplicate: false,
        };
        for (others, told) in [(0, true), (2, false), (5, true)] {
            let readings: Vec<Reading> = (0..60)
                .map(|n| post(n, Polarity::Negative, "대기"))
                .chain((60..60 + others).map(|n| post(n, Polarity::Positive, "대기")))
                .chain((100..200).map(|n| post(n, Polarity::Positive, "산책")))
                .collect();
            let found = keywords(&readings);
            let word = found[&group(Polarity::Negative)].iter().find(|word| word.term == "대기").unwrap();
            assert_eq!((word.posts, word.told), (60, told), "{others} others");
            for (then, told) in [(60, told), (58, false), (50, told)] {
                let run = EarlierRun {
                    grain: super::super::Grain::Month,
                    first: NaiveDate::default(),
                    last: None,
                    shown: BTreeMap::new(),
                    hidden: BTreeSet::new(),
                    words: [((group(Polarity::Negative), "대기".to_owned()), then)].into(),
                };
                let found = keywords_beside(&readings, &[run]);
                let word = found[&group(Polarity::Negative)].iter().find(|word| word.term == "대기").unwrap();
                assert_eq!(word.told, told, "{others} others, {then} before");
            }
        }
    }
}
