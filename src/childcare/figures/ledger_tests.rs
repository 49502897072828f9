//! The attack, written apart: whoever holds every run adds and subtracts all that they show.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::ledger::issue_of;
use super::trends::{IssueCounts, by_period};
use super::*;
use crate::childcare::analysis::{Attribution, EarlierRun, Issue, Reading, pieces, tally, volumes};

/// A post: place (two dongs, no dong, outside), day, channel, polarity, and whether it is about meals.
type Post = (usize, u64, usize, usize, bool);
/// A run: the days that it reads, whether it counts by week, and how many posts must stand behind a number.
type Asked = (u64, bool, u64);

const PLACES: [&str; 4] = ["a", "b", "unresolved", "outside"];
const CHANNELS: [&str; 2] = ["blog", "cafe"];

fn day(day: u64) -> NaiveDate {
    // A Friday, so that no month begins with a week.
    NaiveDate::from_ymd_opt(2021, 1, 1).and_then(|first| first.checked_add_days(Days::new(day))).unwrap()
}

fn reading(&(place, on, channel, polarity, meal): &Post) -> Reading {
    let attribution = match PLACES[place] {
        "outside" => Attribution::Outside,
        "unresolved" => Attribution::None,
        code => Attribution::One(code.to_owned()),
    };
    let polarity = Polarity::ALL[polarity];
    Reading {
        id: String::new(),
        on: day(on),
        channel: CHANNELS[channel].into(),
        author: None,
        terms: Vec::new(),
        attribution,
        polarity,
        issues: meal.then_some((Issue::Meal, polarity)).into_iter().collect(),
        spam: false,
        relevant: true,
        key: 0,
        duplicate: false,
    }
}

fn results(posts: &[Post], (_, weeks, _): Asked, earlier: &[EarlierRun]) -> ChildcareResults {
    let readings: Vec<Reading> = posts.iter().map(reading).collect();
    let dongs = ["a".to_owned(), "b".to_owned()];
    let grain = if weeks { Grain::Week } else { Grain::Month };
    ChildcareResults {
        tally: Some(tally(&readings, &dongs)),
        volumes: volumes(&readings, &dongs, grain),
        pieces: pieces(&readings, &dongs, grain, earlier),
        earlier: earlier.to_vec(),
        ..tests::results(&[], [0; 3])
    }
}

/// Every number of a run, as it is shown or not.
fn entries(results: &ChildcareResults, min_posts: u64) -> Vec<Entry> {
    let tally = results.tally.as_ref().unwrap();
    let volumes = results.volumes.as_ref();
    let mut entries = protected(tally, results, min_posts).entries(tally, volumes);
    let names = ["a", "b", "unresolved"];
    let counts = IssueCounts {
        issue: Issue::Meal,
        names: &names,
        by_place: tally
            .issues
            .get(&Issue::Meal)
            .map_or(vec![vec![0; 3]; 3], |t| t.iter().map(|c| c.to_vec()).collect()),
        starts: volumes.map_or(&[], |v| &v.periods),
        by_period: by_period(results, Issue::Meal),
    };
    let masks = trends::protected_issue(&counts, results, min_posts);
    entries.extend(counts.entries(&masks));
    entries
}

/// Whether a run with periods of this length counts a post in a number.
fn counts(post: &Post, number: &Number, grain: Grain) -> bool {
    let &(place, on, channel, polarity, meal) = post;
    let place_in = |name: &str| name == PLACES[place] || (name == "district" && PLACES[place] != "outside");
    let said = |wanted: &Option<Polarity>| wanted.is_none_or(|wanted| wanted as usize == polarity);
    let inside = PLACES[place] != "outside";
    match number {
        Number::Place(name, wanted) => place_in(name) && said(wanted),
        Number::Period(name, start) => inside && place_in(name) && grain.start(day(on)) == *start,
        Number::Channel(name, start) => inside && name == CHANNELS[channel] && grain.start(day(on)) == *start,
        Number::Issue(_, name, wanted) => inside && meal && place_in(name) && said(wanted),
        Number::Trend(_, start, wanted) => inside && meal && said(wanted) && grain.start(day(on)) == *start,
    }
}

/// Takes away what is known; what is left of it shows whether it follows.
fn follows(row: &[f64], steps: &mut Vec<(usize, Vec<f64>)>, keep: bool) -> bool {
    let mut row = row.to_vec();
    for (pivot, step) in steps.iter() {
        let factor = row[*pivot];
        row.iter_mut().zip(step).for_each(|(x, s)| *x -= factor * s);
    }
    row.iter_mut().filter(|x| x.abs() < 1e-7).for_each(|x| *x = 0.0);
    let lead = (0..row.len()).max_by(|a, b| row[*a].abs().total_cmp(&row[*b].abs())).filter(|at| row[*at] != 0.0);
    let Some(lead) = lead else { return true };
    if keep {
        let factor = row[lead];
        row.iter_mut().for_each(|x| *x /= factor);
        steps.push((lead, row));
    }
    false
}

/// Every kind of post that a reader of these runs can tell apart, about an issue or not: all that is known of a run is
/// how many there are of some kinds together.
fn kinds(asked: &[Asked], meal: bool) -> Vec<Post> {
    let mut pieces = BTreeSet::new();
    let days = (0..80).filter(|on| {
        let after = asked.iter().filter(|(until, ..)| until <= on).count();
        pieces.insert((Grain::Week.start(day(*on)), Grain::Month.start(day(*on)), after))
    });
    let days: Vec<u64> = days.collect();
    let of_day = |on: u64| (0..24).map(move |n| (n % 4, on, n / 4 % 2, n / 8, meal));
    days.into_iter().flat_map(of_day).collect()
}

/// A number that is told: which kinds of posts it counts, and how many there are.
struct Told {
    number: Number,
    kinds: Vec<usize>,
    value: u64,
}

/// What is said to be nobody is nobody of every kind.
fn nobody(known: &[Told]) -> BTreeSet<usize> {
    let mut nobody: BTreeSet<usize> = known.iter().filter(|t| t.value == 0).flat_map(|t| t.kinds.clone()).collect();
    for one in known {
        for other in known.iter().filter(|other| other.number == one.number && other.value == one.value) {
            let since: Vec<usize> = other.kinds.iter().copied().filter(|at| !one.kinds.contains(at)).collect();
            if one.kinds.iter().all(|at| other.kinds.contains(at)) {
                nobody.extend(since);
            }
        }
    }
    nobody
}

fn not_told(posts: &[Post], asked: &[Asked]) -> Result<(), TestCaseError> {
    let mut earlier: Vec<EarlierRun> = Vec::new();
    let (mut known, mut secret) = (Vec::new(), Vec::new());
    for run in asked {
        let read: Vec<Post> = posts.iter().filter(|(_, on, ..)| *on < run.0).copied().collect();
        if read.is_empty() {
            continue;
        }
        let grain = if run.1 { Grain::Week } else { Grain::Month };
        let same_files = |other: &EarlierRun| other.last == Some(day(run.0 - 1));
        let before: Vec<EarlierRun> = earlier
            .iter()
            .map(|other| EarlierRun { last: other.last.filter(|_| !same_files(other)), ..other.clone() })
            .collect();
        let results = results(&read, *run, &before);
        let (mut shown, mut hidden) = (BTreeMap::new(), BTreeSet::new());
        for entry in entries(&results, run.2) {
            let inside = |post: &&Post| post.1 < run.0 && counts(post, &entry.number, grain);
            prop_assert_eq!(posts.iter().filter(inside).count() as u64, entry.value, "{:?}", &entry.number);
            let kinds = kinds(asked, issue_of(&entry.number).is_some());
            let kinds = kinds.iter().enumerate().filter(|(_, kind)| inside(kind)).map(|(at, _)| at).collect();
            let told = Told { number: entry.number.clone(), kinds, value: entry.value };
            if entry.shown {
                known.push(told);
                shown.insert(entry.number, entry.value);
            } else {
                if (1..5).contains(&entry.value) {
                    secret.push(told);
                }
                hidden.insert(entry.number);
            }
        }
        let first = results.volumes.as_ref().map_or(day(0), |v| v.periods[0]);
        earlier.push(EarlierRun { grain, first, last: Some(day(run.0 - 1)), shown, hidden, words: BTreeMap::new() });
    }
    // A post may be about an issue or not, so numbers of an issue and numbers of all posts are two nets.
    for issue in [None, Some(Issue::Meal)] {
        let (known, secret): (Vec<Told>, Vec<Told>) = {
            let own = |told: &Told| issue_of(&told.number) == issue;
            let (known_here, known_there) = known.into_iter().partition(own);
            let (secret_here, secret_there) = secret.into_iter().partition(own);
            (known, secret) = (known_there, secret_there);
            (known_here, secret_here)
        };
        let nobody = nobody(&known);
        let width = kinds(asked, true).len();
        let row = |told: &Told| {
            let mut row = vec![0.0; width];
            told.kinds.iter().filter(|at| !nobody.contains(at)).for_each(|at| row[*at] = 1.0);
            row
        };
        let mut steps = Vec::new();
        for told in &known {
            follows(&row(told), &mut steps, true);
        }
        for told in &secret {
            prop_assert!(!follows(&row(told), &mut steps, false), "{:?} follows from {:?}", told.number, asked);
        }
    }
    Ok(())
}

fn posts() -> impl Strategy<Value = Vec<Post>> {
    proptest::collection::vec((0..4_usize, 0..80_u64, 0..2_usize, 0..3_usize, any::<bool>()), 10..90)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn runs_of_the_same_posts_under_other_parameters_do_not_tell_what_each_hides(
        posts in posts(), first in (any::<bool>(), 5..12_u64), second in (any::<bool>(), 5..12_u64)
    ) {
        not_told(&posts, &[(80, first.0, first.1), (80, second.0, second.1)])?;
    }

    #[test]
    fn runs_of_ever_more_posts_do_not_tell_what_was_written_between_them(
        posts in posts(), ends in (30..50_u64, 50..70_u64), weeks in any::<bool>()
    ) {
        not_told(&posts, &[(ends.0, weeks, 5), (ends.1, weeks, 5), (80, weeks, 5)])?;
    }
}

#[test]
fn the_same_posts_once_more_are_shown_as_before() {
    let posts: Vec<Post> = (0..90)
        .map(|n| ((n * 7 % 11 / 3) as usize, n * 13 % 80, (n % 2) as usize, (n * 5 % 7 / 3) as usize, n % 3 == 0))
        .collect();
    let asked = (80, false, 5);
    let first = entries(&results(&posts, asked, &[]), 5);
    let (shown, hidden): (Vec<&Entry>, Vec<&Entry>) = first.iter().partition(|entry| entry.shown);
    assert!(!hidden.is_empty() && !shown.is_empty());
    let earlier = EarlierRun {
        grain: Grain::Month,
        first: day(0),
        last: None,
        shown: shown.iter().map(|entry| (entry.number.clone(), entry.value)).collect(),
        hidden: hidden.iter().map(|entry| entry.number.clone()).collect(),
        words: BTreeMap::new(),
    };
    let again = entries(&results(&posts, asked, &[earlier]), 5);
    let shows = |entries: &[Entry]| entries.iter().map(|entry| entry.shown).collect::<Vec<_>>();
    assert_eq!(shows(&first), shows(&again));
}

/// In January a is 9 and in February 2. Who saw 9 then and sees 11 now knows the 2 that no table shows.
#[test]
fn two_posts_since_an_earlier_run_are_not_told_by_its_difference_to_this_one() {
    let of = |place: usize, on: u64, n: usize| vec![(place, on, 0, 0, false); n];
    let january = [of(0, 3, 9), of(1, 3, 40), of(2, 3, 60)].concat();
    let both = [january.clone(), of(0, 40, 2), of(1, 40, 30), of(2, 40, 50)].concat();
    let first = entries(&results(&january, (31, false, 5), &[]), 5);
    assert!(first.iter().all(|entry| entry.shown), "nothing is small");
    let earlier = EarlierRun {
        grain: Grain::Month,
        first: day(0),
        last: Some(day(30)),
        shown: first.iter().map(|entry| (entry.number.clone(), entry.value)).collect(),
        hidden: BTreeSet::new(),
        words: BTreeMap::new(),
    };
    let shown = |earlier: &[EarlierRun]| {
        let all = entries(&results(&both, (80, false, 5), earlier), 5);
        all.iter().find(|entry| entry.number == Number::Place("a".to_owned(), None)).unwrap().shown
    };
    assert!(shown(&[]), "without the earlier run there are eleven");
    assert!(!shown(&[earlier]));
}
