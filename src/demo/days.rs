//! The days of the demo, 2019-01-01 to 2020-12-31, and which of them are holidays.
//!
//! The holidays are the committed `data/calendar.csv`, compiled in: facts are written down once.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

const CALENDAR: &str = include_str!("../../data/calendar.csv");

/// Days from 1970-01-01 to 2019-01-01.
const FIRST_DAY: u64 = 17_897;

/// Days in the demo: 365 of 2019 and 366 of 2020.
pub const DAYS: usize = 731;

/// Days of 2019, hence the position of 2020-01-01.
pub const DAYS_OF_2019: usize = 365;

/// What kind of day it is for a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    Ordinary,
    /// A public holiday, an election or a temporary holiday.
    Holiday,
    /// Seollal (설날) or Chuseok (추석) itself.
    FeastDay,
    /// The day before or after it.
    FeastSide,
    /// One of the seven days before those, when people shop for the feast.
    FeastShopping,
}

/// One day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Days since 2019-01-01.
    pub position: usize,
    pub date: NaiveDate,
    /// 0 Monday to 6 Sunday.
    pub weekday: usize,
    pub kind: DayKind,
}

/// The date so many days after 2019-01-01.
pub fn date_at(position: usize) -> NaiveDate {
    // The default date is 1970-01-01; a date some years later always exists.
    NaiveDate::default().checked_add_days(Days::new(FIRST_DAY + position as u64)).unwrap_or_default()
}

/// All days of the demo in order.
pub fn all() -> Vec<Day> {
    let known = kinds();
    let kind_at = |position: usize| known.get(&date_at(position)).copied();
    (0..DAYS)
        .map(|position| {
            let date = date_at(position);
            let kind = kind_at(position).unwrap_or_else(|| {
                let feast_near = (1..=7).any(|ahead| kind_at(position + ahead) == Some(DayKind::FeastSide));
                let feast_over =
                    (1..=3).any(|back| position >= back && kind_at(position - back) == Some(DayKind::FeastDay));
                if feast_near && !feast_over { DayKind::FeastShopping } else { DayKind::Ordinary }
            });
            Day { position, date, weekday: date.weekday().num_days_from_monday() as usize, kind }
        })
        .collect()
}

fn kinds() -> BTreeMap<NaiveDate, DayKind> {
    CALENDAR
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split(',');
            let date = fields.next()?.parse().ok()?;
            let kind = match (fields.next()?, fields.next()?.trim()) {
                ("seollal" | "chuseok", "설날" | "추석") => DayKind::FeastDay,
                ("seollal" | "chuseok", _) => DayKind::FeastSide,
                _ => DayKind::Holiday,
            };
            Some((date, kind))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_runs_from_the_first_day_of_2019_to_the_last_of_2020() {
        let days = all();
        assert_eq!(days.len(), 731);
        assert_eq!(days[0].date.to_string(), "2019-01-01");
        assert_eq!(days[0].weekday, 1);
        assert_eq!(days[DAYS_OF_2019].date.to_string(), "2020-01-01");
        assert_eq!(days[730].date.to_string(), "2020-12-31");
    }

    #[test]
    fn feasts_are_found_with_the_days_around_them() {
        let kind = |text: &str| all().iter().find(|day| day.date.to_string() == text).map(|day| day.kind);
        assert_eq!(kind("2019-02-05"), Some(DayKind::FeastDay));
        assert_eq!(kind("2020-10-02"), Some(DayKind::FeastSide));
        assert_eq!(kind("2020-09-29"), Some(DayKind::FeastShopping));
        assert_eq!(kind("2020-01-28"), Some(DayKind::Ordinary));
        assert_eq!(kind("2020-08-17"), Some(DayKind::Holiday));
        assert_eq!(kind("2020-06-10"), Some(DayKind::Ordinary));
    }
}
