//! What parents say as figures: volumes by period, issues, keywords.

use std::collections::BTreeMap;

use super::trends::IssueCounts;
use super::{Protected, Voices, mentions, protected, rate, too_few_posts, trends};
use crate::childcare::analysis::{CheckedParams, ChildcareResults, Group, Issue, Keyword, Polarity};
use crate::childcare::results::voice::{IssueRow, KeywordRow, TrendRow, Voice, VolumeRow};
use crate::graphql::stored::{StoredFigure, StoredFigures};

/// Adjusted p values below this make a burst, if the posts may be shown at all.
const BURST: f64 = 0.01;

/// Everything that was said, as far as it may be shown.
pub fn rows(results: &ChildcareResults, params: &CheckedParams) -> Voice {
    let Some(tally) = &results.tally else { return Voice::default() };
    let protected = protected(tally, results, params.min_posts);
    let (issues, trends) = issues(results, params.min_posts);
    Voice {
        volumes: volumes(results, &protected),
        issues,
        trends,
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

/// Issues by place, and by period.
fn issues(results: &ChildcareResults, min_posts: u64) -> (Vec<IssueRow>, Vec<TrendRow>) {
    let Some(tally) = &results.tally else { return Default::default() };
    let names: Vec<&str> = tally.dongs.keys().map(String::as_str).chain(["unresolved"]).collect();
    let words = |issue: Issue, polarity: Polarity| {
        let group = Group { place: None, issue: Some(issue), polarity: Some(polarity) };
        let found = results.keywords.get(&group).map(Vec::as_slice).unwrap_or_default();
        found.iter().map(|word| word.term.clone()).collect::<Vec<_>>()
    };
    let (mut rows, mut in_time) = (Vec::new(), Vec::new());
    for issue in Issue::ALL {
        // A post may speak of several issues, so their counts add up to nothing that is published.
        let counts: Vec<Vec<u64>> = match tally.issues.get(&issue) {
            Some(table) => table.iter().map(|counts| counts.to_vec()).collect(),
            None => vec![vec![0; 3]; names.len()],
        };
        let counted = IssueCounts {
            issue,
            names: &names,
            by_place: counts,
            starts: results.volumes.as_ref().map_or(&[], |v| &v.periods),
            by_period: trends::by_period(results, issue),
        };
        let (mask, periods) = trends::protected_issue(&counted, results, min_posts);
        in_time.extend(trends::rows(results, issue, &counted.by_period, &periods));
        let counts = counted.by_place;
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
    (rows, in_time)
}

pub(super) fn shares(voices: &Voices) -> StoredFigures {
    let mut figures = BTreeMap::from([("mentions".to_owned(), voices.total.map_or_else(too_few_posts, mentions))]);
    for (polarity, name) in ["positive_share", "neutral_share", "negative_share"].into_iter().enumerate() {
        figures.insert(name.to_owned(), voices.share(polarity));
    }
    figures
}

fn keyword(group: &Group, rank: u32, word: &Keyword) -> KeywordRow {
    let n = i64::try_from(word.posts).ok();
    let figure = |value: f64, status: &str| {
        if word.told { StoredFigure { n, ..StoredFigure::value(value, status) } } else { too_few_posts() }
    };
    KeywordRow {
        place: group.place.clone().unwrap_or_else(|| "district".to_owned()),
        issue: group.issue.map(|issue| issue.name().to_owned()),
        polarity: group.polarity.map(|polarity| polarity.name().to_owned()),
        rank,
        term: word.term.clone(),
        associated: word.associated.clone(),
        figures: StoredFigures::from([
            ("posts".to_owned(), figure(word.posts as f64, "MEASURED")),
            ("log_odds".to_owned(), figure(word.log_odds, "ESTIMATED")),
            ("z".to_owned(), figure(word.z, "ESTIMATED")),
            ("p_adjusted".to_owned(), figure(word.p_adjusted, "ESTIMATED")),
        ]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::childcare::analysis::{Counts, Grain, Tally, Volumes};

    /// Numbers of posts by place (two dongs and `unresolved`), period, channel and polarity.
    type Posts = Vec<u64>;
    const SHAPE: [usize; 4] = [3, 3, 2, 3];

    fn index(at: usize) -> [usize; 4] {
        let [_, periods, channels, polarities] = SHAPE;
        let (rest, polarity) = (at / polarities, at % polarities);
        let (rest, channel) = (rest / channels, rest % channels);
        [rest / periods, rest % periods, channel, polarity]
    }

    fn sum(posts: &Posts, keep: impl Fn([usize; 4]) -> bool) -> u64 {
        posts.iter().enumerate().filter(|(at, _)| keep(index(*at))).map(|(_, n)| n).sum()
    }

    fn inputs(posts: &Posts) -> (Tally, Volumes) {
        let by_polarity = |place: usize| std::array::from_fn(|p| sum(posts, |[a, _, _, d]| (a, d) == (place, p)));
        let tally = Tally {
            dongs: [("a".to_owned(), by_polarity(0)), ("b".to_owned(), by_polarity(1))].into(),
            unresolved: by_polarity(2),
            outside: [0; 3],
            issues: BTreeMap::new(),
            duplicates: 0,
            left_out: 0,
        };
        let table = |names: &[&str], axis: usize| Counts {
            rows: names.iter().map(|n| (*n).to_owned()).collect(),
            counts: (0..names.len())
                .map(|row| (0..3).map(|t| sum(posts, |at| (at[axis], at[1]) == (row, t))).collect())
                .collect(),
        };
        let volumes = Volumes {
            grain: Grain::Month,
            periods: vec![chrono::NaiveDate::default(); 3],
            places: table(&["a", "b", "unresolved"], 0),
            channels: table(&["blog", "cafe"], 2),
            bursts: vec![vec![None; 3]; 3],
            issues: BTreeMap::new(),
        };
        (tally, volumes)
    }

    /// Every published number as a row over the 54 kinds of posts, and every hidden small one.
    fn known_and_secret(posts: &Posts) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let (tally, volumes) = inputs(posts);
        let results =
            ChildcareResults { volumes: Some(volumes), ..crate::childcare::figures::tests::results(&[], [0; 3]) };
        let protected = protected(&tally, &results, 5);
        let (mut known, mut secret) = (Vec::new(), Vec::new());
        let mut tell = |shown: bool, keep: &dyn Fn([usize; 4]) -> bool| {
            let row = (0..posts.len()).map(|at| f64::from(u8::from(keep(index(at))))).collect();
            if shown {
                known.push(row);
            } else if (1..5).contains(&sum(posts, keep)) {
                secret.push(row);
            }
        };
        let voices = [&protected.dongs[0], &protected.dongs[1], &protected.unresolved];
        for (place, voices) in voices.iter().enumerate() {
            tell(voices.total.is_some(), &|[a, ..]| a == place);
            for p in 0..3 {
                tell(voices.by_polarity[p].is_some(), &|[a, _, _, d]| (a, d) == (place, p));
            }
            for t in 0..3 {
                tell(protected.places.cells[place][t], &|[a, b, ..]| (a, b) == (place, t));
            }
        }
        for p in 0..3 {
            tell(protected.district.by_polarity[p].is_some(), &|[.., d]| d == p);
        }
        for t in 0..3 {
            tell(protected.places.columns[t], &|[_, b, ..]| b == t);
            for c in 0..2 {
                tell(protected.channels.cells[c][t], &|[_, b, x, _]| (b, x) == (t, c));
            }
        }
        tell(protected.district.total.is_some(), &|_| true);
        (known, secret)
    }

    /// Reduces a row by others that stand in steps; what is left shows whether it follows from them.
    fn follows(row: &[f64], steps: &mut Vec<Vec<f64>>, keep: bool) -> bool {
        let mut row = row.to_vec();
        for step in steps.iter() {
            if let Some(pivot) = step.iter().position(|x| x.abs() > 1e-9) {
                let factor = row[pivot] / step[pivot];
                row.iter_mut().zip(step).for_each(|(x, s)| *x -= factor * s);
            }
        }
        row.iter_mut().for_each(|x| {
            if x.abs() < 1e-7 {
                *x = 0.0;
            }
        });
        let is_new = row.iter().any(|x| *x != 0.0);
        if is_new && keep {
            steps.push(row);
        }
        !is_new
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn no_sum_or_difference_over_all_tables_gives_a_small_count(
            posts in proptest::collection::vec(0_u64..6, 54)
        ) {
            let (known, secret) = known_and_secret(&posts);
            let mut steps = Vec::new();
            known.iter().for_each(|row| { follows(row, &mut steps, true); });
            for row in &secret {
                proptest::prop_assert!(!follows(row, &mut steps, false), "{posts:?}");
            }
        }
    }

    #[test]
    fn a_district_without_small_counts_shows_everything_and_its_parts_add_up() {
        let posts: Posts = vec![5; 54];
        let (known, secret) = known_and_secret(&posts);
        // 3·(1 + 3 + 3) of places, 3 polarities, 3·(1 + 2) of periods and channels, and the total.
        assert_eq!((known.len(), secret.len()), (21 + 3 + 9 + 1, 0));
    }
}
