//! How the issues move in time, as figures: by issue and period, for the whole district.

use super::voice::shares;
use super::{Voices, both};
use crate::childcare::analysis::{ChildcareResults, Issue};
use crate::childcare::results::voice::TrendRow;
use crate::stats::suppression::{Mask, protect_beside};

/// Which numbers of one issue may be shown, by place and by period. Both tables count the same posts by polarity, so they
/// share the totals of the polarities and the grand total: what one hides, the other hides, too.
pub(super) fn protected_issue(by_place: &[Vec<u64>], by_period: &[Vec<u64>], min_posts: u64) -> (Mask, Mask) {
    let mut shared = Mask::default();
    loop {
        let places = protect_beside(by_place, min_posts, &shared);
        let periods =
            if by_period.is_empty() { Mask::default() } else { protect_beside(by_period, min_posts, &shared) };
        let next = Mask {
            columns: both(&places.columns, &periods.columns),
            total: places.total && periods.total,
            ..Mask::default()
        };
        if next == shared {
            return (places, periods);
        }
        shared = next;
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
        let by_place = [vec![20, 20, 9], vec![20, 20, 2]];
        let by_period = [vec![20, 20, 6], vec![20, 20, 5]];
        let (places, periods) = protected_issue(&by_place, &by_period, 5);
        assert!(!places.cells[1][2]);
        assert!(!(places.cells[0][2] && periods.cells[0][2] && periods.cells[1][2]), "{places:?} {periods:?}");
        let (_, alone) = protected_issue(&[vec![40, 40, 11]], &by_period, 5);
        assert!(alone.cells.iter().flatten().all(|shown| *shown), "without anything to hide everything is shown");
    }
}
