//! Seollal and Chuseok wander through the solar year, and sales with them. So a holiday week faces the same holiday
//! week of the base year, and a base-year holiday week that faces a normal week is replaced by a normal level.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::IsoWeek;

/// The two lunar holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holiday {
    /// 설날.
    Seollal,
    /// 추석.
    Chuseok,
}

/// The week that holds the day of each holiday, by year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LunarHolidays(BTreeMap<(i32, Holiday), IsoWeek>);

/// What a week of the year under study is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// The sales of this week of the base year.
    Week(IsoWeek),
    /// The level between the nearest normal weeks around this week, which was a holiday in the base year only.
    Interpolated(IsoWeek),
}

impl LunarHolidays {
    /// `days` are the holidays as the calendar lists them. Of a run of days in a row the middle one is the day itself:
    /// the first of two middles when a substitute holiday makes the run even.
    pub fn new(days: impl IntoIterator<Item = (NaiveDate, Holiday)>) -> Self {
        let days: BTreeSet<(Holiday, NaiveDate)> = days.into_iter().map(|(day, holiday)| (holiday, day)).collect();
        let mut weeks = BTreeMap::new();
        let mut run: Vec<(Holiday, NaiveDate)> = Vec::new();
        let mut close = |run: &mut Vec<(Holiday, NaiveDate)>| {
            if let Some((holiday, day)) = run.get(run.len().saturating_sub(1) / 2) {
                let week = IsoWeek::of(*day);
                weeks.insert((week.year, *holiday), week);
            }
            run.clear();
        };
        for (holiday, day) in days {
            let continues = run.last().is_some_and(|(h, d)| *h == holiday && d.succ_opt() == Some(day));
            if !continues {
                close(&mut run);
            }
            run.push((holiday, day));
        }
        close(&mut run);
        Self(weeks)
    }

    /// The week that holds the day of a holiday.
    pub fn week(&self, year: i32, holiday: Holiday) -> Option<IsoWeek> {
        self.0.get(&(year, holiday)).copied()
    }

    /// The holiday weeks of a year: the week of the day, and the one before it, in which people shop.
    pub fn weeks(&self, year: i32) -> BTreeSet<IsoWeek> {
        [Holiday::Seollal, Holiday::Chuseok]
            .into_iter()
            .filter_map(|holiday| self.week(year, holiday))
            .flat_map(|week| [Some(week), week.previous()])
            .flatten()
            .collect()
    }

    /// What a week is compared with in the base year. Week 53 faces week 52 of a base year that has no 53.
    pub fn align(&self, week: IsoWeek, base_year: i32) -> Option<Alignment> {
        for holiday in [Holiday::Seollal, Holiday::Chuseok] {
            let (Some(own), Some(base)) = (self.week(week.year, holiday), self.week(base_year, holiday)) else {
                continue;
            };
            if week == own {
                return Some(Alignment::Week(base));
            }
            if Some(week) == own.previous() {
                return base.previous().map(Alignment::Week);
            }
        }
        let same = Self::plain(week, base_year)?;
        Some(if self.weeks(base_year).contains(&same) { Alignment::Interpolated(same) } else { Alignment::Week(same) })
    }

    /// The week with the same number in the base year; 52 for a 53 that it does not have.
    pub fn plain(week: IsoWeek, base_year: i32) -> Option<IsoWeek> {
        IsoWeek::new(base_year, week.week).or_else(|| IsoWeek::new(base_year, 52).filter(|_| week.week == 53))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holidays() -> LunarHolidays {
        let d = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let (s, c) = (Holiday::Seollal, Holiday::Chuseok);
        LunarHolidays::new([
            (d(2019, 2, 4), s),
            (d(2019, 2, 5), s),
            (d(2019, 2, 6), s),
            (d(2019, 9, 13), c),
            // With the substitute holiday of 27 January: the day itself is the 25th.
            (d(2020, 1, 24), s),
            (d(2020, 1, 25), s),
            (d(2020, 1, 26), s),
            (d(2020, 1, 27), s),
            (d(2020, 10, 1), c),
        ])
    }

    fn week(year: i32, week: u32) -> IsoWeek {
        IsoWeek::new(year, week).unwrap()
    }

    #[test]
    fn the_day_itself_is_the_middle_of_the_listed_days() {
        assert_eq!(holidays().week(2019, Holiday::Seollal), Some(week(2019, 6)));
        assert_eq!(holidays().week(2020, Holiday::Seollal), Some(week(2020, 4)));
        assert_eq!(holidays().week(2020, Holiday::Chuseok), Some(week(2020, 40)));
    }

    #[test]
    fn holiday_weeks_face_holiday_weeks_and_others_their_own_number() {
        let h = holidays();
        assert_eq!(h.align(week(2020, 4), 2019), Some(Alignment::Week(week(2019, 6))));
        assert_eq!(h.align(week(2020, 3), 2019), Some(Alignment::Week(week(2019, 5))));
        assert_eq!(h.align(week(2020, 6), 2019), Some(Alignment::Interpolated(week(2019, 6))));
        assert_eq!(h.align(week(2020, 37), 2019), Some(Alignment::Interpolated(week(2019, 37))));
        assert_eq!(h.align(week(2020, 10), 2019), Some(Alignment::Week(week(2019, 10))));
        assert_eq!(h.align(week(2020, 53), 2019), Some(Alignment::Week(week(2019, 52))));
    }
}
