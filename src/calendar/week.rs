//! ISO weeks, Monday to Sunday. The year of a week is its own: 30 December 2019 lies in 2020-W01.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// One ISO week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IsoWeek {
    /// ISO year.
    pub year: i32,
    /// 1 to 53.
    pub week: u32,
}

impl IsoWeek {
    /// The week around a day.
    pub fn of(day: NaiveDate) -> Self {
        let iso = day.iso_week();
        Self { year: iso.year(), week: iso.week() }
    }

    /// The week with this number; `None` for a week 53 that the year does not have.
    pub fn new(year: i32, week: u32) -> Option<Self> {
        NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).map(|_| Self { year, week })
    }

    /// Reads "2020-W04".
    pub fn parse(text: &str) -> Option<Self> {
        let (year, week) = text.split_once("-W")?;
        Self::new(year.parse().ok()?, week.parse().ok().filter(|_| week.len() == 2)?)
    }

    /// Its Monday.
    pub fn monday(self) -> Option<NaiveDate> {
        NaiveDate::from_isoywd_opt(self.year, self.week, Weekday::Mon)
    }

    /// The week after it.
    pub fn next(self) -> Option<Self> {
        self.monday().and_then(|day| day.checked_add_days(Days::new(7))).map(Self::of)
    }

    /// The week before it.
    pub fn previous(self) -> Option<Self> {
        self.monday().and_then(|day| day.checked_sub_days(Days::new(7))).map(Self::of)
    }

    /// The weeks that lie wholly between two days, both included.
    pub fn complete_between(first: NaiveDate, last: NaiveDate) -> Vec<Self> {
        let mut weeks = Vec::new();
        let mut week = Some(Self::of(first));
        while let Some(now) = week {
            let Some(monday) = now.monday() else { break };
            let Some(sunday) = monday.checked_add_days(Days::new(6)) else { break };
            if sunday > last {
                break;
            }
            if monday >= first {
                weeks.push(now);
            }
            week = now.next();
        }
        weeks
    }
}

/// As in "2020-W04".
impl fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-W{:02}", self.year, self.week)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn partial_weeks_at_both_ends_are_left_out() {
        // 2019 begins on a Tuesday; 2020 ends on a Thursday.
        let weeks = IsoWeek::complete_between(d(2019, 1, 1), d(2020, 12, 31));
        assert_eq!(
            (weeks.first().unwrap().to_string(), weeks.last().unwrap().to_string()),
            ("2019-W02".into(), "2020-W52".into())
        );
        assert_eq!(weeks.len(), 103);
    }

    #[test]
    fn the_week_after_the_last_of_a_long_year_is_the_first_of_the_next() {
        assert_eq!(IsoWeek::new(2020, 53).unwrap().next(), IsoWeek::new(2021, 1));
        assert_eq!(IsoWeek::new(2019, 53), None);
        assert_eq!(IsoWeek::of(d(2019, 12, 30)), IsoWeek::new(2020, 1).unwrap());
    }
}
