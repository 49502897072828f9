//! Use of places against what is offered, by place and band of hours (시간제보육 이용).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Newest months that are added up: a year, so that no season stands out.
const MONTHS: usize = 12;

/// What kind of care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareKind {
    /// All-day care (종일 보육).
    AllDay,
    /// Part-time care (시간제보육).
    PartTime,
}

impl CareKind {
    /// Both, in the order of every array by kind.
    pub const ALL: [Self; 2] = [Self::AllDay, Self::PartTime];

    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::AllDay => "all_day",
            Self::PartTime => "part_time",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One line of a file of use.
#[derive(Debug, Clone, PartialEq)]
pub struct UseInput {
    /// First day of the month.
    pub month: NaiveDate,
    /// The dong, as the file says or as the centre lies; `None` for a centre that is not on the map.
    pub dong: Option<String>,
    /// Kind of care.
    pub kind: CareKind,
    /// First hour, and the hour at which the band ends.
    pub band: (u8, u8),
    /// Places offered.
    pub places: u64,
    /// Places used.
    pub used: u64,
}

/// First hour of a band, and the hour at which it ends.
pub type Band = (u8, u8);
/// Places offered and used, by dong; `None` stands for centres that are not on the map.
pub type ByDong = BTreeMap<Option<String>, (u64, u64)>;

/// Sums of the newest months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Months that were added up.
    pub months: usize,
    /// The newest of them.
    pub last_month: NaiveDate,
    /// Places and use by kind, band and dong.
    pub sums: BTreeMap<(CareKind, Band), ByDong>,
}

/// Adds up the newest months. `None` without lines.
pub fn usage(lines: &[UseInput]) -> Option<Usage> {
    let months: BTreeSet<NaiveDate> = lines.iter().map(|line| line.month).collect();
    let newest: BTreeSet<NaiveDate> = months.into_iter().rev().take(MONTHS).collect();
    let last_month = *newest.last()?;
    let mut sums = BTreeMap::<_, ByDong>::new();
    for line in lines.iter().filter(|line| newest.contains(&line.month)) {
        let sum = sums.entry((line.kind, line.band)).or_default().entry(line.dong.clone()).or_default();
        sum.0 += line.places;
        sum.1 += line.used;
    }
    Some(Usage { months: newest.len(), last_month, sums })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(month: &str, dong: Option<&str>, band: (u8, u8), places: u64, used: u64) -> UseInput {
        let month = format!("{month}-01").parse().unwrap();
        UseInput { month, dong: dong.map(str::to_owned), kind: CareKind::PartTime, band, places, used }
    }

    #[test]
    fn the_newest_twelve_months_are_added_up_by_place_and_band() {
        let mut lines: Vec<UseInput> =
            (1..=12).map(|m| line(&format!("2020-{m:02}"), Some("a"), (9, 12), 10, m)).collect();
        lines.push(line("2019-12", Some("a"), (9, 12), 1_000, 1_000));
        lines.push(line("2020-12", Some("a"), (12, 15), 5, 4));
        lines.push(line("2020-12", None, (9, 12), 3, 2));
        let found = usage(&lines).unwrap();
        assert_eq!((found.months, found.last_month.to_string().as_str()), (12, "2020-12-01"));
        let morning = &found.sums[&(CareKind::PartTime, (9, 12))];
        assert_eq!((morning[&Some("a".to_owned())], morning[&None]), ((120, 78), (3, 2)));
        assert_eq!(found.sums[&(CareKind::PartTime, (12, 15))][&Some("a".to_owned())], (5, 4));
        assert_eq!(usage(&[]), None);
    }
}
