//! The periods that sums are made for: ISO weeks, months, quarters. A period is named by its first day.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::IsoWeek;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
}

impl Grain {
    /// All, from the finest.
    pub const ALL: [Self; 3] = [Self::Week, Self::Month, Self::Quarter];

    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }

    /// The grain with this word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grain| grain.name() == name)
    }

    /// First day of the period around a day.
    pub fn start_of(self, day: NaiveDate) -> NaiveDate {
        let month = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Week => IsoWeek::of(day).monday().unwrap_or(day),
            Self::Month => month(day.month()),
            Self::Quarter => month(day.month0() / 3 * 3 + 1),
        }
    }

    /// First day of the next period.
    pub fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
            Self::Quarter => start.checked_add_months(Months::new(3)),
        }
    }

    /// Last day of the period.
    pub fn end(self, start: NaiveDate) -> NaiveDate {
        self.next(start).and_then(|next| next.pred_opt()).unwrap_or(start)
    }

    /// Days of the period.
    pub fn days(self, start: NaiveDate) -> u32 {
        u32::try_from((self.end(start) - start).num_days() + 1).unwrap_or(0)
    }

    /// The periods that lie wholly between two days, both included.
    pub fn complete_between(self, first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
        let around = self.start_of(first);
        let begin = if around < first { self.next(around) } else { Some(around) };
        std::iter::successors(begin, |start| self.next(*start)).take_while(|start| self.end(*start) <= last).collect()
    }

    /// The period with the same place in another year. A week 53 faces week 52 of a year that has no 53.
    pub fn in_year(self, start: NaiveDate, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Week => super::LunarHolidays::plain(IsoWeek::of(start), year)?.monday(),
            Self::Month | Self::Quarter => start.with_year(year),
        }
    }

    /// The year that a period belongs to: of a week, the year of its number.
    pub fn year(self, start: NaiveDate) -> i32 {
        match self {
            Self::Week => IsoWeek::of(start).year,
            Self::Month | Self::Quarter => start.year(),
        }
    }

    /// As people write it: "2020-W10", "2020-03", "2020-Q1".
    pub fn label(self, start: NaiveDate) -> String {
        match self {
            Self::Week => IsoWeek::of(start).to_string(),
            Self::Month => start.format("%Y-%m").to_string(),
            Self::Quarter => format!("{}-Q{}", start.year(), start.month0() / 3 + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_day_lies_in_its_week_its_month_and_its_quarter() {
        let day = d(2020, 8, 19);
        let found = Grain::ALL.map(|g| (g.start_of(day), g.days(g.start_of(day)), g.label(g.start_of(day))));
        assert_eq!(found[0], (d(2020, 8, 17), 7, "2020-W34".into()));
        assert_eq!(found[1], (d(2020, 8, 1), 31, "2020-08".into()));
        assert_eq!(found[2], (d(2020, 7, 1), 92, "2020-Q3".into()));
    }

    #[test]
    fn periods_that_begin_before_or_end_after_the_data_are_left_out() {
        let of = |grain: Grain| grain.complete_between(d(2019, 1, 2), d(2020, 3, 30));
        assert_eq!((of(Grain::Week).first(), of(Grain::Week).last()), (Some(&d(2019, 1, 7)), Some(&d(2020, 3, 23))));
        assert_eq!((of(Grain::Month).first(), of(Grain::Month).last()), (Some(&d(2019, 2, 1)), Some(&d(2020, 2, 1))));
        assert_eq!(of(Grain::Quarter), [d(2019, 4, 1), d(2019, 7, 1), d(2019, 10, 1)]);
    }

    #[test]
    fn a_period_faces_the_one_with_the_same_place_in_the_base_year() {
        assert_eq!(Grain::Week.in_year(d(2020, 12, 28), 2019), Some(d(2019, 12, 23)), "week 53 faces week 52");
        assert_eq!(Grain::Month.in_year(d(2020, 2, 1), 2019), Some(d(2019, 2, 1)));
        assert_eq!((Grain::Week.year(d(2019, 12, 30)), Grain::Month.year(d(2019, 12, 1))), (2020, 2019));
    }
}
