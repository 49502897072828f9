//! How the issues move in time, as figures: by issue and period, for the whole district.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::ledger::{Entry, Ledger};
use super::voice::shares;
use super::{Voices, both, said_before};
use crate::childcare::analysis::{ChildcareResults, Grain, Issue, Number, Polarity};
use crate::childcare::results::voice::TrendRow;
use crate::stats::suppression::{Before, Given, Mask, protect_given};

/// What is counted of one issue.
pub(super) struct IssueCounts<'a> {
    /// Which.
    pub issue: Issue,
    /// Names of the places.
    pub names: &'a [&'a str],
    /// By place and polarity.
    pub by_place: Vec<Vec<u64>>,
    /// First days of the periods.
    pub starts: &'a [NaiveDate],
    /// By period and polarity; empty without volumes.
    pub by_period: Vec<Vec<u64>>,
}

/// Which numbers of one issue may be shown, by place and by period; see [`super::protected`].
pub(super) fn protected_issue(counts: &IssueCounts<'_>, results: &ChildcareResults, min_posts: u64) -> (Mask, Mask) {
    let (pieces, earlier) = (&results.pieces, &results.earlier);
    let grain = results.volumes.as_ref().map_or(Grain::Month, |v| v.grain);
    let entries = counts.entries(&counts.tables(min_posts, &|_| Before::Nothing));
    let ledger = Ledger::new(pieces, Some(counts.issue), grain, earlier, &entries, min_posts);
    let known: BTreeSet<Number> =
        entries.into_iter().map(|entry| entry.number).filter(|number| ledger.is_known(number)).collect();
    let mut hidden = BTreeSet::new();
    loop {
        let masks = counts.tables(min_posts, &|number| said_before(&known, &hidden, number));
        let telling = ledger.telling(&counts.entries(&masks));
        if telling.is_empty() {
            return masks;
        }
        hidden.extend(telling);
    }
}

impl IssueCounts<'_> {
    /// Both tables count the same posts by polarity, so they share the totals of the polarities and the grand total:
    /// what one hides, the other hides, too.
    fn tables(&self, min_posts: u64, before: &dyn Fn(&Number) -> Before) -> (Mask, Mask) {
        let at = |name: &str, polarity| before(&Number::Issue(self.issue, name.to_owned(), polarity));
        let on = |day: NaiveDate, polarity| before(&Number::Trend(self.issue, day, polarity));
        let places = Given {
            cells: self.names.iter().map(|name| Polarity::ALL.map(|p| at(name, Some(p))).to_vec()).collect(),
            rows: self.names.iter().map(|name| at(name, None)).collect(),
            columns: Polarity::ALL.map(|p| at("district", Some(p))).to_vec(),
            total: at("district", None),
        };
        let periods = Given {
            cells: self.starts.iter().map(|day| Polarity::ALL.map(|p| on(*day, Some(p))).to_vec()).collect(),
            rows: self.starts.iter().map(|day| on(*day, None)).collect(),
            ..places.clone()
        };
        let mut shared = Mask::default();
        loop {
            let by_place = protect_given(&self.by_place, min_posts, &places.beside(&shared));
            let by_period = if self.by_period.is_empty() {
                Mask::default()
            } else {
                protect_given(&self.by_period, min_posts, &periods.beside(&shared))
            };
            let next = Mask {
                columns: both(&by_place.columns, &by_period.columns),
                total: by_place.total && by_period.total,
                ..Mask::default()
            };
            if next == shared {
                return (by_place, by_period);
            }
            shared = next;
        }
    }

    /// Every number of the issue, and whether it is shown.
    pub(super) fn entries(&self, (places, periods): &(Mask, Mask)) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut add = |of: &dyn Fn(Option<Polarity>) -> Number, counts: &[u64], shown: &[bool], total: bool| {
            let counts: [u64; 3] = std::array::from_fn(|i| counts[i]);
            let voices = Voices::of(&counts, shown, total);
            entries.push(Entry { number: of(None), value: counts.iter().sum(), shown: total });
            for (at, polarity) in Polarity::ALL.into_iter().enumerate() {
                entries.push(Entry { number: of(Some(polarity)), value: counts[at], shown: voices.shows(at) });
            }
        };
        let mut sums = vec![0; 3];
        for (at, (name, counts)) in self.names.iter().zip(&self.by_place).enumerate() {
            sums.iter_mut().zip(counts).for_each(|(sum, n)| *sum += n);
            let of = |polarity| Number::Issue(self.issue, (*name).to_owned(), polarity);
            add(&of, counts, &places.cells[at], places.rows[at]);
        }
        let of = |polarity| Number::Issue(self.issue, "district".to_owned(), polarity);
        add(&of, &sums, &places.columns, places.total);
        for (at, (day, counts)) in self.starts.iter().zip(&self.by_period).enumerate() {
            add(&|polarity| Number::Trend(self.issue, *day, polarity), counts, &periods.cells[at], periods.rows[at]);
        }
        entries
    }
}

/// Counts of one issue by period and polarity; empty without volumes.
pub(super) fn by_period(results: &ChildcareResults, issue: Issue) -> Vec<Vec<u64>> {
    let Some(volumes) = &results.volumes else { return Vec::new() };
    match volumes.issues.get(&issue) {
        Some(counts) => counts.iter().map(|counts| counts.to_vec()).collect(),
        None => vec![vec![0; 3]; volumes.periods.len()],
    }
}

/// The rows of one issue, in the order of time.
pub(super) fn rows(results: &ChildcareResults, issue: Issue, counts: &[Vec<u64>], mask: &Mask) -> Vec<TrendRow> {
    let Some(volumes) = &results.volumes else { return Vec::new() };
    let row = |(at, counts): (usize, &Vec<u64>)| {
        let own: [u64; 3] = std::array::from_fn(|i| counts[i]);
        TrendRow {
            issue: issue.name().to_owned(),
            grain: volumes.grain,
            starts_on: volumes.periods[at],
            figures: shares(&Voices::of(&own, &mask.cells[at], mask.rows[at])),
        }
    };
    counts.iter().enumerate().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By place the complaints are 9 + 2 and the 2 is hidden. By period they are 6 + 5. If the period table told the sum
    /// of 11 while the place table showed the 9, the 2 would be known.
    #[test]
    fn what_the_places_hide_the_periods_do_not_tell() {
        let starts = [1, 2].map(|month| NaiveDate::from_ymd_opt(2021, month, 1).unwrap());
        let masks = |names: &[&str], by_place: Vec<Vec<u64>>| {
            let by_period = vec![vec![20, 20, 6], vec![20, 20, 5]];
            let counts = IssueCounts { issue: Issue::Meal, names, by_place, starts: &starts, by_period };
            counts.tables(5, &|_| Before::Nothing)
        };
        let (places, periods) = masks(&["a", "b"], vec![vec![20, 20, 9], vec![20, 20, 2]]);
        assert!(!places.cells[1][2]);
        assert!(!(places.cells[0][2] && periods.cells[0][2] && periods.cells[1][2]), "{places:?} {periods:?}");
        let (_, alone) = masks(&["a"], vec![vec![40, 40, 11]]);
        assert!(alone.cells.iter().flatten().all(|shown| *shown), "without anything to hide everything is shown");
    }
}
