//! What can be worked out from everything that is published about posts: by this run, and by those before it.
//!
//! Every published number is a sum of posts over pieces of time. Whoever adds and subtracts such sums may find a small
//! number that no table shows: tables share totals, and of two runs one holds the posts that were written between them.
//! So the sums are written down as they are published, and what must stay secret is looked for among their combinations.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::childcare::analysis::{EarlierRun, Grain, Issue, Number, Piece, Pieces, Polarity};
use crate::stats::span::Span;

/// Some posts of which several published numbers are made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Between two cuts, of one place and polarity.
    Said(usize, String, Polarity),
    /// In a piece of time, of one place.
    Period(Piece, String),
    /// In a piece of time, of one channel.
    Channel(Piece, String),
    /// In a piece of time, of one polarity.
    Trend(Piece, Polarity),
    /// Before this run begins, since an earlier one began, of one place and polarity.
    OlderSaid(NaiveDate, String, Polarity),
    /// In a period of an earlier run that ended before this run begins.
    OlderPeriod(Number),
}

/// Posts that two tables count.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Posts<'a> {
    /// Between two cuts, of one place: by polarity and by period.
    Place(usize, &'a str),
    /// In a piece of time: by place and by channel.
    Piece(Piece),
    /// Between two cuts, of one polarity: by place and by period.
    Polarity(usize, Polarity),
    /// Before this run begins, of one place, since an earlier run began: by polarity and by period.
    OlderPlace(&'a str, NaiveDate),
    /// The same of one polarity: by place and by period.
    OlderPolarity(Polarity, NaiveDate),
}

fn only(posts: Posts<'_>) -> RangeInclusive<Posts<'_>> {
    posts..=posts
}

/// What a run speaks for.
struct Coverage {
    cuts: RangeInclusive<usize>,
    grain: Grain,
    /// Its first day, when it lies before this run begins.
    older: Option<NaiveDate>,
}

/// A number that this run would show.
pub(super) struct Entry {
    /// Which.
    pub number: Number,
    /// How many posts.
    pub value: u64,
    /// It would be shown.
    pub shown: bool,
}

/// The tables of one issue, or of all posts.
pub(super) struct Ledger {
    parts: Vec<(Part, u64)>,
    own: Coverage,
    begins: Option<NaiveDate>,
    before: Span,
    secrets: Vec<Vec<usize>>,
}

impl Ledger {
    /// Opens the ledger with what earlier runs have published. `entries` are all numbers of this run; those below
    /// `min_posts` are secrets, and so are what earlier runs hide and small differences to what they show.
    pub fn new(
        pieces: &Pieces,
        issue: Option<Issue>,
        grain: Grain,
        earlier: &[EarlierRun],
        entries: &[Entry],
        min_posts: u64,
    ) -> Self {
        let begins = pieces.periods.keys().map(|(piece, _)| piece.start(grain)).min();
        let own = Coverage { cuts: 0..=pieces.cuts.len(), grain, older: None };
        let mut ledger =
            Self { parts: parts(pieces, issue), own, begins, before: Span::default(), secrets: Vec::new() };
        let runs: Vec<(&EarlierRun, Coverage)> =
            earlier.iter().map(|run| (run, ledger.coverage(run, &pieces.cuts))).collect();
        ledger.add_older(&runs, issue);
        ledger.relate(issue);
        let mut secrets = BTreeSet::new();
        for (run, coverage) in &runs {
            for number in run.shown.keys().filter(|number| issue_of(number) == issue) {
                ledger.before.know(&ledger.sum(number, coverage), usize::MAX);
            }
            secrets
                .extend(run.hidden.iter().filter(|n| issue_of(n) == issue).map(|number| ledger.sum(number, coverage)));
        }
        let small = |n: u64| n > 0 && n < min_posts;
        for entry in entries {
            let sum = ledger.sum(&entry.number, &ledger.own);
            for (_, coverage) in runs.iter().filter(|(run, _)| run.shown.contains_key(&entry.number)) {
                let then: BTreeSet<usize> = ledger.sum(&entry.number, coverage).into_iter().collect();
                let since: Vec<usize> = sum.iter().copied().filter(|at| !then.contains(at)).collect();
                if small(since.iter().map(|at| ledger.parts[*at].1).sum()) {
                    secrets.insert(since);
                }
            }
            if small(entry.value) {
                secrets.insert(sum);
            }
        }
        // What the earlier runs have given away by themselves is no secret any more.
        ledger.secrets =
            secrets.into_iter().filter(|sum| !sum.is_empty() && ledger.before.follows(sum).is_none()).collect();
        ledger
    }

    /// Whether earlier runs have told this number.
    pub fn is_known(&self, number: &Number) -> bool {
        let sum = self.sum(number, &self.own);
        !sum.is_empty() && self.before.follows(&sum).is_some()
    }

    /// What must not be shown either, so that no secret follows from the rest: of each combination the least number.
    pub fn telling(&self, entries: &[Entry]) -> BTreeSet<Number> {
        let mut span = self.before.clone();
        let mut shown: Vec<(usize, Vec<usize>)> = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.shown)
            .map(|(at, entry)| (at, self.sum(&entry.number, &self.own)))
            .collect();
        // The shortest first: they take the most out of the longer ones.
        shown.sort_by_key(|(_, sum)| sum.len());
        shown.iter().for_each(|(at, sum)| span.know(sum, *at));
        let mut telling = BTreeSet::new();
        for secret in &self.secrets {
            let Some(from) = span.follows(secret) else { continue };
            if from.iter().any(|at| telling.contains(at)) {
                continue;
            }
            let may_be_hidden =
                from.into_iter().filter(|at| entries.get(*at).is_some_and(|entry| !self.is_known(&entry.number)));
            let least = may_be_hidden.min_by_key(|at| {
                let entry = &entries[*at];
                (is_total(&entry.number), entry.value == 0, entry.value)
            });
            telling.extend(least);
        }
        telling.into_iter().map(|at| entries[at].number.clone()).collect()
    }

    fn coverage(&self, run: &EarlierRun, cuts: &[NaiveDate]) -> Coverage {
        let position = |day: NaiveDate| cuts.partition_point(|cut| *cut < day);
        let last = run.last.map_or(cuts.len(), position);
        let older = self.begins.is_some_and(|begins| run.grain.next(run.first) <= begins);
        Coverage { cuts: position(run.first)..=last, grain: run.grain, older: older.then_some(run.first) }
    }

    /// The parts of earlier runs that are older than this one.
    fn add_older(&mut self, runs: &[(&EarlierRun, Coverage)], issue: Option<Issue>) {
        let mut found = BTreeSet::new();
        for (run, coverage) in runs {
            let Some(first) = coverage.older else { continue };
            for number in run.shown.keys().chain(&run.hidden).filter(|number| issue_of(number) == issue) {
                match number {
                    Number::Place(place, Some(polarity)) | Number::Issue(_, place, Some(polarity))
                        if place != "district" =>
                    {
                        found.insert(Part::OlderSaid(first, place.clone(), *polarity));
                    }
                    Number::Period(place, _) if place == "district" => {}
                    Number::Period(_, on) | Number::Trend(_, on, Some(_)) if self.is_older(*on, run.grain) => {
                        found.insert(Part::OlderPeriod(number.clone()));
                    }
                    _ => {}
                }
            }
        }
        self.parts.extend(found.into_iter().map(|part| (part, 0)));
    }

    fn is_older(&self, starts_on: NaiveDate, grain: Grain) -> bool {
        self.begins.is_some_and(|begins| grain.next(starts_on) <= begins)
    }

    /// Tables of the same posts have the same sums.
    fn relate(&mut self, issue: Option<Issue>) {
        let mut pairs: BTreeMap<Posts<'_>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (at, (part, _)) in self.parts.iter().enumerate() {
            let mut one = |posts| pairs.entry(posts).or_default().0.push(at);
            match (part, issue) {
                (Part::Said(after, place, _), None) if place != "outside" => one(Posts::Place(*after, place)),
                (Part::Period(piece, _), None) => one(Posts::Piece(*piece)),
                (Part::Said(after, _, polarity), Some(_)) => one(Posts::Polarity(*after, *polarity)),
                (Part::OlderSaid(first, place, _), None) => one(Posts::OlderPlace(place, *first)),
                (Part::OlderSaid(first, _, polarity), Some(_)) => one(Posts::OlderPolarity(*polarity, *first)),
                _ => {}
            }
        }
        for (at, (part, _)) in self.parts.iter().enumerate() {
            // An older period lies in every earlier run that began by then.
            let others = match part {
                Part::Period(piece, place) => only(Posts::Place(piece.after, place)),
                Part::Channel(piece, _) => only(Posts::Piece(*piece)),
                Part::Trend(piece, polarity) => only(Posts::Polarity(piece.after, *polarity)),
                Part::OlderPeriod(Number::Period(place, on)) => {
                    Posts::OlderPlace(place, NaiveDate::MIN)..=Posts::OlderPlace(place, *on)
                }
                Part::OlderPeriod(Number::Trend(_, on, Some(polarity))) => {
                    Posts::OlderPolarity(*polarity, NaiveDate::MIN)..=Posts::OlderPolarity(*polarity, *on)
                }
                _ => continue,
            };
            pairs.range_mut(others).for_each(|(_, (_, other))| other.push(at));
        }
        // In the order of their parts, whatever the posts are called.
        let same: BTreeSet<_> = pairs.into_values().filter(|(_, other)| !other.is_empty()).collect();
        same.iter().for_each(|(one, other)| self.before.equal(one, other));
    }

    /// The parts of a number of a run.
    fn sum(&self, number: &Number, run: &Coverage) -> Vec<usize> {
        let inside = |after: &usize| run.cuts.contains(after);
        let place_in = |part: &str, whole: &str| part == whole || (whole == "district" && part != "outside");
        let holds = |part: &Part| match (part, number) {
            (Part::Said(after, x, p), Number::Place(place, polarity) | Number::Issue(_, place, polarity)) => {
                inside(after) && place_in(x, place) && polarity.is_none_or(|polarity| polarity == *p)
            }
            (Part::OlderSaid(first, x, p), Number::Place(place, polarity) | Number::Issue(_, place, polarity)) => {
                run.older == Some(*first) && place_in(x, place) && polarity.is_none_or(|polarity| polarity == *p)
            }
            (Part::Period(piece, x), Number::Period(place, on)) => {
                inside(&piece.after) && place_in(x, place) && piece.start(run.grain) == *on
            }
            (Part::Channel(piece, x), Number::Channel(channel, on)) => {
                inside(&piece.after) && x == channel && piece.start(run.grain) == *on
            }
            (Part::Trend(piece, p), Number::Trend(_, on, polarity)) => {
                inside(&piece.after) && piece.start(run.grain) == *on && polarity.is_none_or(|polarity| polarity == *p)
            }
            (Part::OlderPeriod(Number::Period(x, start)), Number::Period(place, on)) => {
                start == on && place_in(x, place)
            }
            (Part::OlderPeriod(Number::Trend(_, start, Some(p))), Number::Trend(_, on, polarity)) => {
                start == on && polarity.is_none_or(|polarity| polarity == *p)
            }
            _ => false,
        };
        self.parts.iter().enumerate().filter(|(_, (part, _))| holds(part)).map(|(at, _)| at).collect()
    }
}

fn parts(pieces: &Pieces, issue: Option<Issue>) -> Vec<(Part, u64)> {
    match issue {
        None => {
            let said = pieces.places.iter().map(|((after, x, p), n)| (Part::Said(*after, x.clone(), *p), *n));
            let periods = pieces.periods.iter().map(|((piece, x), n)| (Part::Period(*piece, x.clone()), *n));
            let channels = pieces.channels.iter().map(|((piece, x), n)| (Part::Channel(*piece, x.clone()), *n));
            said.chain(periods).chain(channels).collect()
        }
        Some(issue) => {
            let said = pieces.issues.iter().filter(|((own, ..), _)| *own == issue);
            let said = said.map(|((_, after, x, p), n)| (Part::Said(*after, x.clone(), *p), *n));
            let trends = pieces.trends.iter().filter(|((own, ..), _)| *own == issue);
            said.chain(trends.map(|((_, piece, p), n)| (Part::Trend(*piece, *p), *n))).collect()
        }
    }
}

/// The issue that a number counts; `None` for all posts.
pub(super) fn issue_of(number: &Number) -> Option<Issue> {
    match number {
        Number::Issue(issue, ..) | Number::Trend(issue, ..) => Some(*issue),
        Number::Place(..) | Number::Period(..) | Number::Channel(..) => None,
    }
}

/// Cells are hidden rather than totals.
fn is_total(number: &Number) -> bool {
    match number {
        Number::Place(place, polarity) | Number::Issue(_, place, polarity) => place == "district" || polarity.is_none(),
        Number::Period(place, _) => place == "district",
        Number::Trend(_, _, polarity) => polarity.is_none(),
        Number::Channel(..) => false,
    }
}
