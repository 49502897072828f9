//! What parents say as figures: volumes by period, issues, keywords.

use std::collections::BTreeMap;

use super::{Protected, Voices, mentions, protected, rate, too_few_posts};
use crate::childcare::analysis::{CheckedParams, ChildcareResults, Group, Issue, Keyword, Polarity};
use crate::childcare::results::voice::{IssueRow, KeywordRow, Voice, VolumeRow};
use crate::graphql::stored::{StoredFigure, StoredFigures};
use crate::stats::suppression::protect;

/// Adjusted p values below this make a burst, if the posts may be shown at all.
const BURST: f64 = 0.01;

/// Everything that was said, as far as it may be shown.
pub fn rows(results: &ChildcareResults, params: &CheckedParams) -> Voice {
    let Some(tally) = &results.tally else { return Voice::default() };
    let protected = protected(tally, results.volumes.as_ref(), params.min_posts);
    Voice {
        volumes: volumes(results, &protected),
        issues: issues(results, params.min_posts),
        keywords: results
            .keywords
            .iter()
            .flat_map(|(group, words)| (1..).zip(words).map(|(rank, word)| keyword(group, rank, word)))
            .collect(),
    }
}

fn volumes(results: &ChildcareResults, protected: &Protected) -> Vec<VolumeRow> {
    let Some(volumes) = &results.volumes else { return Vec::new() };
    let (places, channels) = (&protected.places, &protected.channels);
    let children = |place: &str| match place {
        "district" => results.care.values().map(|c| c.children).sum(),
        place => results.care.get(place).and_then(|c| c.children),
    };
    let row = |place: &str, channel: Option<&String>, period: usize, count: Option<u64>, is_burst: Option<bool>| {
        let mut figures = StoredFigures::from([("mentions".to_owned(), count.map_or_else(too_few_posts, mentions))]);
        if channel.is_none() && place != "unresolved" {
            figures.insert("mentions_per_thousand_children".to_owned(), rate(count, children(place)));
        }
        VolumeRow {
            place: place.to_owned(),
            channel: channel.cloned(),
            grain: volumes.grain,
            starts_on: volumes.periods[period],
            is_burst: is_burst.filter(|_| count.is_some()),
            figures,
        }
    };
    let mut rows = Vec::new();
    for period in 0..volumes.periods.len() {
        let total = volumes.places.counts.iter().map(|counts| counts[period]).sum();
        rows.push(row("district", None, period, Some(total).filter(|_| places.columns[period]), None));
        for (at, place) in volumes.places.rows.iter().enumerate() {
            let count = Some(volumes.places.counts[at][period]).filter(|_| places.cells[at][period]);
            let burst = volumes.bursts[at][period].map(|p| p < BURST && count.is_some_and(|n| n >= 5));
            rows.push(row(place, None, period, count, burst));
        }
        for (at, channel) in volumes.channels.rows.iter().enumerate() {
            let count = Some(volumes.channels.counts[at][period]).filter(|_| channels.cells[at][period]);
            rows.push(row("district", Some(channel), period, count, None));
        }
    }
    rows
}

fn issues(results: &ChildcareResults, min_posts: u64) -> Vec<IssueRow> {
    let Some(tally) = &results.tally else { return Vec::new() };
    let names: Vec<&str> = tally.dongs.keys().map(String::as_str).chain(["unresolved"]).collect();
    let words = |issue: Issue, polarity: Polarity| {
        let group = Group { place: None, issue: Some(issue), polarity: Some(polarity) };
        let found = results.keywords.get(&group).map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|word| word.term.clone()).collect::<Vec<_>>()
    };
    let mut rows = Vec::new();
    for issue in Issue::ALL {
        // A post may speak of several issues, so their counts add up to nothing that is published.
        let counts: Vec<Vec<u64>> = match tally.issues.get(&issue) {
            Some(table) => table.iter().map(|counts| counts.to_vec()).collect(),
            None => vec![vec![0; 3]; names.len()],
        };
        let mask = protect(&counts, min_posts);
        let mut sums = [0; 3];
        counts.iter().for_each(|row| sums.iter_mut().zip(row).for_each(|(sum, n)| *sum += n));
        let row = |place: &str, voices: &Voices, praised, complained| IssueRow {
            place: place.to_owned(),
            issue: issue.name().to_owned(),
            figures: shares(voices),
            praised,
            complained,
        };
        let district = Voices::of(&sums, &mask.columns, mask.total);
        rows.push(row("district", &district, words(issue, Polarity::Positive), words(issue, Polarity::Negative)));
        for (at, place) in names.iter().enumerate() {
            let own: [u64; 3] = std::array::from_fn(|i| counts[at][i]);
            let voices = Voices::of(&own, &mask.cells[at], mask.rows[at]);
            rows.push(row(place, &voices, Vec::new(), Vec::new()));
        }
    }
    rows
}

fn shares(voices: &Voices) -> StoredFigures {
    let mut figures = BTreeMap::from([("mentions".to_owned(), voices.total.map_or_else(too_few_posts, mentions))]);
    for (polarity, name) in ["positive_share", "neutral_share", "negative_share"].into_iter().enumerate() {
        figures.insert(name.to_owned(), voices.share(polarity));
    }
    figures
}

fn keyword(group: &Group, rank: u32, word: &Keyword) -> KeywordRow {
    let n = i64::try_from(word.posts).ok();
    let figure = |value: f64| StoredFigure { n, ..StoredFigure::value(value, "ESTIMATED") };
    KeywordRow {
        place: group.place.clone().unwrap_or_else(|| "district".to_owned()),
        issue: group.issue.map(|issue| issue.name().to_owned()),
        polarity: group.polarity.map(|polarity| polarity.name().to_owned()),
        rank,
        term: word.term.clone(),
        associated: word.associated.clone(),
        figures: StoredFigures::from([
            ("posts".to_owned(), StoredFigure { n, ..StoredFigure::value(word.posts as f64, "MEASURED") }),
            ("log_odds".to_owned(), figure(word.log_odds)),
            ("z".to_owned(), figure(word.z)),
            ("p_adjusted".to_owned(), figure(word.p_adjusted)),
        ]),
    }
}
