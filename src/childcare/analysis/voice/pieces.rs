//! The posts in pieces of time so fine that every number of this run, and of the runs before it, is a sum over pieces.
//!
//! Whoever holds two publications can take one from the other. What that tells is seen on the pieces: what was written
//! until the earlier run ended, and what was written since.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::mentions::Place;
use super::reader::Reading;
use super::{Grain, Group, Issue, Polarity};

/// One number that a run may show: a count of posts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Number {
    /// Posts of a place, all or those of one polarity: a dong, `unresolved`, `outside`, or `district` for the sum of all
    /// but the last.
    Place(String, Option<Polarity>),
    /// Posts of a place in the period that begins on a day.
    Period(String, NaiveDate),
    /// Posts of a channel in the period that begins on a day.
    Channel(String, NaiveDate),
    /// Posts about an issue of a place, all or those of one polarity.
    Issue(Issue, String, Option<Polarity>),
    /// Posts about an issue in the period that begins on a day, all or those of one polarity.
    Trend(Issue, NaiveDate, Option<Polarity>),
}

/// What an earlier run did with the same posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierRun {
    /// Length of its periods.
    pub grain: Grain,
    /// The first day that it counts.
    pub first: NaiveDate,
    /// The last day that its files speak for; `None` when it has read the same files as this run.
    pub last: Option<NaiveDate>,
    /// What it shows.
    pub shown: BTreeMap<Number, u64>,
    /// What it hides.
    pub hidden: BTreeSet<Number>,
    /// Keywords of groups whose numbers it shows, with their posts.
    pub words: BTreeMap<(Group, String), usize>,
}

/// A piece of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// First day of the week around it.
    pub week: NaiveDate,
    /// First day of the month around it.
    pub month: NaiveDate,
    /// So many of the cuts lie before it.
    pub after: usize,
}

/// Posts by pieces of time. What nobody wrote is not in the lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pieces {
    /// The days after which an earlier run began or ended, in order.
    pub cuts: Vec<NaiveDate>,
    /// By number of cuts before, place and polarity.
    pub places: BTreeMap<(usize, String, Polarity), u64>,
    /// By piece and place.
    pub periods: BTreeMap<(Piece, String), u64>,
    /// By piece and channel.
    pub channels: BTreeMap<(Piece, String), u64>,
    /// By issue, number of cuts before, place and polarity.
    pub issues: BTreeMap<(Issue, usize, String, Polarity), u64>,
    /// By issue, piece and polarity.
    pub trends: BTreeMap<(Issue, Piece, Polarity), u64>,
}

impl Piece {
    /// The first day of the period of this length around it.
    pub fn start(&self, grain: Grain) -> NaiveDate {
        match grain {
            Grain::Week => self.week,
            Grain::Month => self.month,
        }
    }
}

/// Counts the posts about the district and beyond it. Where all runs have periods of one length, pieces are cut at these.
pub fn pieces(readings: &[Reading], dongs: &[String], grain: Grain, earlier: &[EarlierRun]) -> Pieces {
    let cuts: BTreeSet<NaiveDate> = earlier.iter().flat_map(|run| [run.first.pred_opt(), run.last]).flatten().collect();
    let mut pieces = Pieces { cuts: cuts.into_iter().collect(), ..Pieces::default() };
    let both_lengths = earlier.iter().any(|run| run.grain != grain);
    for reading in readings.iter().filter(|reading| reading.relevant && !reading.duplicate) {
        let place = match Place::of(&reading.attribution) {
            Place::Dong(code) if dongs.contains(&code) => code,
            Place::Dong(_) | Place::Unresolved => "unresolved".to_owned(),
            Place::Outside => "outside".to_owned(),
        };
        let after = pieces.cuts.partition_point(|cut| *cut < reading.on);
        *pieces.places.entry((after, place.clone(), reading.polarity)).or_default() += 1;
        if place == "outside" {
            continue;
        }
        let start = |own: Grain| if both_lengths { own.start(reading.on) } else { grain.start(reading.on) };
        let piece = Piece { week: start(Grain::Week), month: start(Grain::Month), after };
        *pieces.channels.entry((piece, reading.channel.to_string())).or_default() += 1;
        for (issue, polarity) in &reading.issues {
            *pieces.issues.entry((*issue, after, place.clone(), *polarity)).or_default() += 1;
            *pieces.trends.entry((*issue, piece, *polarity)).or_default() += 1;
        }
        *pieces.periods.entry((piece, place)).or_default() += 1;
    }
    pieces
}
