//! Days that a cell lacks, and what is put in their place.
//!
//! A gap between two days is filled in linearly; before the first and after the last day the level stays.

use chrono::{Days, NaiveDate};

/// Days without a row, between the days beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingDays {
    /// The day before the gap; `None` where the cell begins after it.
    pub before: Option<NaiveDate>,
    /// The day after the gap; `None` where the cell ends before it.
    pub after: Option<NaiveDate>,
}

/// The gaps of one cell in a span of days. Months come in order, each with a bit for every day that has a row.
pub fn missing_days(
    months: impl Iterator<Item = (NaiveDate, u64)>,
    (first, last): (NaiveDate, NaiveDate),
) -> Vec<MissingDays> {
    let mut missing = Vec::new();
    let mut before: Option<NaiveDate> = None;
    for (start, mut seen) in months {
        while seen != 0 {
            let Some(day) = start.checked_add_days(Days::new(u64::from(seen.trailing_zeros()))) else { break };
            seen &= seen - 1;
            let expected = before.map_or(Some(first), |before| before.succ_opt());
            if expected.is_some_and(|expected| expected < day) {
                missing.push(MissingDays { before, after: Some(day) });
            }
            before = Some(day);
        }
    }
    if before.is_some_and(|before| before < last) {
        missing.push(MissingDays { before, after: None });
    }
    missing
}

/// What a gap is filled with, day by day; `amount` says what was sold on the days beside it. Nothing where that is not
/// known.
pub fn fill(
    gap: MissingDays,
    (first, last): (NaiveDate, NaiveDate),
    amount: impl Fn(NaiveDate) -> Option<i64>,
) -> Vec<(NaiveDate, f64)> {
    let known = |day: Option<NaiveDate>| day.and_then(|day| Some((day, amount(day)?)));
    let (before, after) = (known(gap.before), known(gap.after));
    let from = gap.before.map_or(Some(first), |day| day.succ_opt());
    let to = gap.after.map_or(Some(last), |day| day.pred_opt());
    let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
    from.iter_days().take_while(|day| *day <= to).filter_map(|day| Some((day, level(before, after, day)?))).collect()
}

/// The level of a day from the observed days around it.
pub fn level(before: Option<(NaiveDate, i64)>, after: Option<(NaiveDate, i64)>, day: NaiveDate) -> Option<f64> {
    match (before, after) {
        (Some((a, low)), Some((b, high))) => {
            let part = (day - a).num_days() as f64 / (b - a).num_days() as f64;
            Some(low as f64 + (high - low) as f64 * part)
        }
        (Some((_, level)), None) | (None, Some((_, level))) => Some(level as f64),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, month, day).unwrap()
    }

    /// Rows on 3, 4 and 6 January and on 2 February, of a span from 2 January to 4 February.
    #[test]
    fn a_cell_lacks_what_lies_between_its_days_and_before_and_after_them() {
        let months = [(day(1, 1), 0b10_1100), (day(2, 1), 0b10)];
        let span = (day(1, 2), day(2, 4));
        let found = missing_days(months.into_iter(), span);
        let gap = |before, after| MissingDays { before, after };
        assert_eq!(
            found,
            [
                gap(None, Some(day(1, 3))),
                gap(Some(day(1, 4)), Some(day(1, 6))),
                gap(Some(day(1, 6)), Some(day(2, 2))),
                gap(Some(day(2, 2)), None),
            ]
        );
        let amounts = |d: NaiveDate| {
            [(day(1, 3), 30), (day(1, 4), 40), (day(1, 6), 80), (day(2, 2), 10)]
                .into_iter()
                .find(|(known, _)| *known == d)
                .map(|(_, amount)| amount)
        };
        assert_eq!(fill(found[0], span, amounts), [(day(1, 2), 30.0)]);
        assert_eq!(fill(found[1], span, amounts), [(day(1, 5), 60.0)]);
        assert_eq!(fill(found[2], span, amounts).len(), 26);
        assert_eq!(fill(found[3], span, amounts), [(day(2, 3), 10.0), (day(2, 4), 10.0)]);
        assert_eq!(missing_days([(day(1, 1), 0b1110)].into_iter(), (day(1, 2), day(1, 4))), []);
    }
}
