//! What went with a policy by month or quarter: two groups of series, before and after, as for the weeks.
//!
//! The outcome is the log of an amount over that of the same month or quarter of the base year. The period in which the
//! policy began is left out, because it is only partly reached.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::policy::Window;
use crate::calendar::Grain;
use crate::stats::groups::{Difference, Randomisation, randomisation, welch};

/// One series that is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// What it is: a code or a name.
    pub name: String,
    /// Whether the policy reached it, or it is what is compared with the rest.
    pub treated: bool,
    /// Amounts by the first day of the period.
    pub amounts: BTreeMap<NaiveDate, f64>,
}

/// Two groups compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Members of the first group.
    pub treated: Vec<String>,
    /// Members of the second.
    pub control: Vec<String>,
    /// Difference of the changes in logs, with Welch's interval.
    pub difference: Difference,
    /// Randomisation test.
    pub randomisation: Randomisation,
    /// First days of the periods before.
    pub before: Vec<NaiveDate>,
    /// First days of the periods after.
    pub after: Vec<NaiveDate>,
}

/// Why there is no comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoComparison {
    /// There are no data of this kind.
    NoData,
    /// The data do not hold the periods around the policy and those of the base year.
    PeriodsMissing,
    /// A group has fewer than two members.
    TooFewMembers,
    /// The policy names nothing that could be compared.
    NothingToCompare,
}

/// Compares the groups around a day. As many periods are taken as the weeks of the window reach into, rounded up.
pub fn before_after(
    members: &[Member],
    grain: Grain,
    day: NaiveDate,
    window: Window,
    base_year: i32,
) -> Result<Comparison, NoComparison> {
    if members.is_empty() {
        return Err(NoComparison::NoData);
    }
    let event = grain.start_of(day);
    let before = steps(grain, event, whole_periods(grain, window.before), -1);
    let after = steps(grain, event, whole_periods(grain, window.after), 1);
    let mut rows: Vec<(&Member, f64)> = Vec::new();
    for member in members {
        let log = |start: &NaiveDate| {
            let base = grain.in_year(*start, base_year).filter(|base| base < start)?;
            let (now, then) = (member.amounts.get(start)?, member.amounts.get(&base)?);
            (*now > 0.0 && *then > 0.0).then(|| (now / then).ln())
        };
        let mean = |periods: &[NaiveDate]| {
            let logs = periods.iter().map(log).collect::<Option<Vec<f64>>>()?;
            Some(logs.iter().sum::<f64>() / logs.len() as f64)
        };
        if let (Some(then), Some(now)) = (mean(&before), mean(&after)) {
            rows.push((member, now - then));
        }
    }
    if rows.is_empty() {
        return Err(NoComparison::PeriodsMissing);
    }
    let of = |wanted: bool| rows.iter().filter(|r| r.0.treated == wanted).map(|r| r.1).collect::<Vec<f64>>();
    let names = |wanted: bool| rows.iter().filter(|r| r.0.treated == wanted).map(|r| r.0.name.clone()).collect();
    let difference = welch(&of(true), &of(false)).ok_or(NoComparison::TooFewMembers)?;
    let flags: Vec<bool> = rows.iter().map(|r| r.0.treated).collect();
    let changes: Vec<f64> = rows.iter().map(|r| r.1).collect();
    Ok(Comparison {
        treated: names(true),
        control: names(false),
        difference,
        randomisation: randomisation(&changes, &flags).ok_or(NoComparison::TooFewMembers)?,
        before,
        after,
    })
}

/// Periods that so many weeks reach into.
fn whole_periods(grain: Grain, weeks: usize) -> usize {
    let weeks_a_period = match grain {
        Grain::Week => 1.0,
        Grain::Month => 365.25 / 12.0 / 7.0,
        Grain::Quarter => 365.25 / 4.0 / 7.0,
    };
    ((weeks as f64 / weeks_a_period).ceil() as usize).max(1)
}

/// So many periods before or after the one of the event, in order of time.
fn steps(grain: Grain, event: NaiveDate, count: usize, direction: i8) -> Vec<NaiveDate> {
    let step = |start: &NaiveDate| {
        if direction > 0 { grain.next(*start) } else { start.pred_opt().map(|day| grain.start_of(day)) }
    };
    let mut found: Vec<NaiveDate> = std::iter::successors(Some(event), step).skip(1).take(count).collect();
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, 1).unwrap()
    }

    /// 100 in every month of the base year; `before` in March and April, `after` in June and July of the next.
    fn member(name: &str, treated: bool, before: f64, after: f64) -> Member {
        let base = (1..=12).map(|m| (day(2019, m), 100.0));
        let next = [(3, before), (4, before), (5, 1.0), (6, after), (7, after)].map(|(m, v)| (day(2020, m), v));
        Member { name: name.into(), treated, amounts: base.chain(next).collect() }
    }

    const WINDOW: Window = Window { before: 8, after: 6 };

    /// Logs change by ln 1.2 and ln 1.4 in the one group, by 0 and ln 1.1 in the other; May is left out.
    #[test]
    fn the_difference_is_the_one_by_pencil() {
        let members = [
            member("a", true, 50.0, 60.0),
            member("b", true, 50.0, 70.0),
            member("c", false, 80.0, 80.0),
            member("d", false, 100.0, 110.0),
        ];
        let found = before_after(&members, Grain::Month, day(2020, 5), WINDOW, 2019).unwrap();
        let expected = (1.2_f64.ln() + 1.4_f64.ln()) / 2.0 - 1.1_f64.ln() / 2.0;
        assert!((found.difference.point - expected).abs() < 1e-12);
        assert_eq!((found.before, found.after), (vec![day(2020, 3), day(2020, 4)], vec![day(2020, 6), day(2020, 7)]));
        assert_eq!(
            (found.treated, found.control),
            (vec!["a".to_owned(), "b".into()], vec!["c".to_owned(), "d".into()])
        );
        assert_eq!((found.randomisation.assignments, found.randomisation.p), (6, 1.0 / 3.0));
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        let of = |members: &[Member], grain, month| {
            before_after(members, grain, day(2020, month), WINDOW, 2019).unwrap_err()
        };
        assert_eq!(of(&[], Grain::Month, 5), NoComparison::NoData);
        let pair = [member("a", true, 50.0, 60.0), member("b", false, 50.0, 70.0)];
        assert_eq!(of(&pair, Grain::Month, 5), NoComparison::TooFewMembers);
        assert_eq!(of(&pair, Grain::Month, 9), NoComparison::PeriodsMissing);
    }

    #[test]
    fn weeks_are_rounded_up_to_whole_months_and_quarters() {
        assert_eq!(
            (whole_periods(Grain::Month, 8), whole_periods(Grain::Month, 4), whole_periods(Grain::Quarter, 14)),
            (2, 1, 2)
        );
    }
}
