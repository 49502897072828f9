//! How much is said, by place and by channel, week by week or month by month; and where suddenly more.
//!
//! A burst (급증) is a period with at least five posts that the periods before it made very unlikely: with y posts in n
//! earlier periods and a Gamma(½, 0) prior, the posts of the next period follow a negative binomial law with r = y + ½ and
//! success probability n / (n + 1). The tail probabilities of all cells are adjusted together (Benjamini and Hochberg).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use statrs::function::beta::beta_reg;

use super::Issue;
use super::mentions::Place;
use super::reader::Reading;
use crate::stats::multiple::benjamini_hochberg;

/// Length of a period. A run has one of the two: weeks and months published side by side would give away the few days
/// by which they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Grain {
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

impl Grain {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// First day of the period around a day.
    pub fn start(self, day: NaiveDate) -> NaiveDate {
        let back = match self {
            Self::Week => day.weekday().num_days_from_monday(),
            Self::Month => day.day0(),
        };
        day.checked_sub_days(Days::new(u64::from(back))).unwrap_or(day)
    }

    /// First day of the period behind the one that begins on this day.
    pub fn next(self, start: NaiveDate) -> NaiveDate {
        let days = match self {
            Self::Week => 7,
            Self::Month => 31,
        };
        start.checked_add_days(Days::new(days)).map_or(start, |day| self.start(day))
    }
}

/// A table of counts: one row a place or channel, one column a period.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Names of the rows.
    pub rows: Vec<String>,
    /// Counts by row and period.
    pub counts: Vec<Vec<u64>>,
}

/// Volumes of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Volumes {
    /// Length of the periods.
    pub grain: Grain,
    /// First days, without a gap from the first post to the last.
    pub periods: Vec<NaiveDate>,
    /// The dongs by code, then `unresolved`: together all posts about the district.
    pub places: Counts,
    /// The same posts by channel.
    pub channels: Counts,
    /// The same posts by issue, then by period: positive, neutral and negative ones. A post may have several issues.
    pub issues: BTreeMap<Issue, Vec<[u64; 3]>>,
    /// Adjusted p value of a burst by place and period; `None` with fewer than [`EARLIER`] periods before it.
    pub bursts: Vec<Vec<Option<f64>>>,
}

/// So many earlier periods are needed before anything can be called unusual.
pub const EARLIER: usize = 4;

/// Counts the readings of posts about the district.
pub fn volumes(readings: &[Reading], dongs: &[String], grain: Grain) -> Option<Volumes> {
    let counted: Vec<(&Reading, String)> = readings
        .iter()
        .filter(|r| r.relevant && !r.duplicate)
        .filter_map(|r| match Place::of(&r.attribution) {
            Place::Dong(code) if dongs.contains(&code) => Some((r, code)),
            Place::Dong(_) | Place::Unresolved => Some((r, "unresolved".to_owned())),
            Place::Outside => None,
        })
        .collect();
    let first = grain.start(counted.iter().map(|(r, _)| r.on).min()?);
    let last = grain.start(counted.iter().map(|(r, _)| r.on).max()?);
    let mut periods = vec![first];
    while let Some(period) = periods.last().map(|p| grain.next(*p)).filter(|p| *p <= last) {
        periods.push(period);
    }
    let at: BTreeMap<NaiveDate, usize> = periods.iter().enumerate().map(|(i, p)| (*p, i)).collect();
    let table = |rows: Vec<String>, name: &dyn for<'n> Fn(&'n Reading, &'n String) -> &'n str| {
        let mut counts = vec![vec![0; periods.len()]; rows.len()];
        for (reading, place) in &counted {
            let row = rows.iter().position(|row| *row == name(reading, place));
            if let (Some(row), Some(period)) = (row, at.get(&grain.start(reading.on))) {
                counts[row][*period] += 1;
            }
        }
        Counts { rows, counts }
    };
    let places = dongs.iter().cloned().chain(["unresolved".to_owned()]).collect();
    let channels: BTreeSet<String> = counted.iter().map(|(r, _)| r.channel.to_string()).collect();
    let places = table(places, &|_, place| place);
    let channels = table(channels.into_iter().collect(), &|reading, _| &reading.channel);
    let mut issues = BTreeMap::<Issue, Vec<[u64; 3]>>::new();
    for (reading, _) in &counted {
        for (issue, polarity) in &reading.issues {
            if let Some(period) = at.get(&grain.start(reading.on)) {
                issues.entry(*issue).or_insert_with(|| vec![[0; 3]; periods.len()])[*period][*polarity as usize] += 1;
            }
        }
    }
    let bursts = bursts(&places.counts);
    Some(Volumes { grain, periods, places, channels, issues, bursts })
}

fn bursts(counts: &[Vec<u64>]) -> Vec<Vec<Option<f64>>> {
    let mut found: Vec<Vec<Option<f64>>> = counts.iter().map(|row| vec![None; row.len()]).collect();
    let mut cells = Vec::new();
    let mut tails = Vec::new();
    for (row, counts) in counts.iter().enumerate() {
        let mut earlier = 0;
        for (period, count) in counts.iter().enumerate() {
            if period >= EARLIER {
                cells.push((row, period));
                tails.push(tail(*count, earlier, period as u64));
            }
            earlier += count;
        }
    }
    for ((row, period), p) in cells.into_iter().zip(benjamini_hochberg(&tails)) {
        found[row][period] = Some(p);
    }
    found
}

/// Chance of `count` posts or more after `earlier` posts in `periods` periods.
fn tail(count: u64, earlier: u64, periods: u64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    beta_reg(count as f64, earlier as f64 + 0.5, 1.0 / (periods as f64 + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_begin_on_mondays_and_on_the_first() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(Grain::Week.start(day("2021-03-07")), day("2021-03-01"));
        assert_eq!(Grain::Month.start(day("2021-03-31")), day("2021-03-01"));
        assert_eq!(Grain::Month.next(day("2021-01-01")), day("2021-02-01"));
        assert_eq!(Grain::Week.next(day("2020-12-28")), day("2021-01-04"));
    }

    /// After 0 posts in 1 period r is ½ and p ½: P(0) = √½, so P(1 or more) = 1 − √½.
    #[test]
    fn the_tail_is_that_by_pencil() {
        assert!((tail(1, 0, 1) - (1.0 - 0.5_f64.sqrt())).abs() < 1e-12);
        assert_eq!(tail(0, 9, 9), 1.0);
        // P(1) = r(1 − p)√p… = ½·½·√½, so P(2 or more) is smaller by that.
        assert!((tail(2, 0, 1) - (1.0 - 0.5_f64.sqrt() * 1.25)).abs() < 1e-12);
    }

    #[test]
    fn a_sudden_wave_stands_out_and_a_steady_stream_does_not() {
        let found = bursts(&[vec![3, 2, 4, 3, 3, 30], vec![9, 11, 10, 9, 10, 12]]);
        assert_eq!(found[0][3], None);
        assert!(found[0][5].unwrap() < 0.001 && found[0][4].unwrap() > 0.1, "{found:?}");
        assert!(found[1][5].unwrap() > 0.1);
    }
}
