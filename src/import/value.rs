//! What a cell says: numbers, days, places. Each error is a reason for refusing the row.

use chrono::{Datelike, NaiveDate};

use super::{Row, Table};
use crate::geo::{Crs, PointFault, degrees, split_joined_pair};

/// A whole number, with or without thousands separators and a unit behind it.
pub fn integer(text: &str) -> Result<i64, String> {
    let plain: String = text.trim().trim_end_matches(['명', '원', '개', '건']).chars().filter(|c| *c != ',').collect();
    if let Ok(number) = plain.trim().parse::<i64>() {
        return Ok(number);
    }
    // Spreadsheets write 12 as 12.0.
    match plain.trim().parse::<f64>() {
        Ok(x) if x.is_finite() && x.fract() == 0.0 && x.abs() < 9e15 => Ok(x as i64),
        _ => Err(format!("\"{text}\" is not a whole number")),
    }
}

/// A whole number that counts something.
pub fn count(text: &str) -> Result<i32, String> {
    i32::try_from(integer(text)?).ok().filter(|n| *n >= 0).ok_or_else(|| format!("\"{text}\" is not a count"))
}

/// A finite number.
pub fn decimal(text: &str) -> Result<f64, String> {
    let plain: String = text.trim().chars().filter(|c| *c != ',').collect();
    plain.parse::<f64>().ok().filter(|x| x.is_finite()).ok_or_else(|| format!("\"{text}\" is not a number"))
}

/// A cell that may be empty.
pub fn optional<T>(cell: Option<&str>, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    cell.map(read).transpose()
}

/// Numbers that stand in a text, in order: "2020년 3월 1일 16시" gives 2020, 3, 1, 16.
fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect()
}

/// A day in any of the spellings of the portals: 2020-01-20, 2020.1.20., 20200120, 2020/1/20, 2020년 3월 1일 16시.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    let wrong = || format!("\"{text}\" is not a day");
    let parts = numbers(text);
    let (y, m, d) = match parts.as_slice() {
        [ymd, ..] if *ymd >= 10_000_000 && *ymd < 100_000_000 => (ymd / 10_000, ymd / 100 % 100, ymd % 100),
        [y, m, d, ..] if *y >= 1_900 => (*y, *m, *d),
        _ => return Err(wrong()),
    };
    i32::try_from(y)
        .ok()
        .and_then(|y| NaiveDate::from_ymd_opt(y, m, d))
        .filter(|day| (1900..=2100).contains(&day.year()))
        .ok_or_else(wrong)
}

/// A day without its year, as in "11.06."; the newest such day that is not after `not_after`.
pub fn day_without_year(text: &str, not_after: NaiveDate) -> Result<NaiveDate, String> {
    let wrong = || format!("\"{text}\" is not a month and a day");
    let [m, d] = numbers(text)[..] else { return Err(wrong()) };
    [not_after.year(), not_after.year() - 1]
        .into_iter()
        .filter_map(|y| NaiveDate::from_ymd_opt(y, m, d))
        .find(|day| *day <= not_after)
        .ok_or_else(wrong)
}

/// The first day of a month: "2019. 01", "2019-01", "201901", "2026년06월".
pub fn month(text: &str) -> Result<NaiveDate, String> {
    let wrong = || format!("\"{text}\" is not a month");
    let (y, m) = match numbers(text)[..] {
        [ym] if (190_000..=210_012).contains(&ym) => (ym / 100, ym % 100),
        [y, m] | [y, m, _] if y >= 1_900 => (y, m),
        [ymd] if (19_000_000..=21_001_231).contains(&ymd) => (ymd / 10_000, ymd / 100 % 100),
        _ => return Err(wrong()),
    };
    i32::try_from(y).ok().and_then(|y| NaiveDate::from_ymd_opt(y, m, 1)).ok_or_else(wrong)
}

/// The first day of a quarter: "20241", "2024Q1", "2024-Q1", "2024 1분기", or a day inside it.
pub fn quarter(text: &str) -> Result<NaiveDate, String> {
    let wrong = || format!("\"{text}\" is not a quarter");
    let (y, q) = match numbers(text)[..] {
        [yq] if (19_001..=21_004).contains(&yq) => (yq / 10, yq % 10),
        [y, q] if y >= 1_900 && !text.contains('-') || text.to_ascii_uppercase().contains('Q') => (y, q),
        _ => {
            let inside = day(text).or_else(|_| month(text)).map_err(|_| wrong())?;
            (u32::try_from(inside.year()).unwrap_or(0), inside.month0() / 3 + 1)
        }
    };
    if !(1..=4).contains(&q) {
        return Err(wrong());
    }
    i32::try_from(y).ok().and_then(|y| NaiveDate::from_ymd_opt(y, 3 * q - 2, 1)).ok_or_else(wrong)
}

/// The newest day written as eight digits in a file's name, as portals do.
pub fn day_in_name(name: &str) -> Option<NaiveDate> {
    name.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 8)
        .filter_map(|digits| day(digits).ok())
        .max()
}

/// Where the two numbers of a place stand in a table.
#[derive(Debug, Clone, Copy)]
pub struct PointColumns {
    first: usize,
    second: Option<usize>,
    projected: Option<Crs>,
}

/// A place as the file gives it: degrees, or metres of a projection that PostGIS will transform.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Longitude, or easting.
    pub x: f64,
    /// Latitude, or northing.
    pub y: f64,
    /// In which system.
    pub crs: Crs,
}

impl PointColumns {
    /// The columns of longitude and latitude under any of their names; the second may be missing where a cell holds
    /// both numbers.
    pub fn find(table: &Table, crs: Option<Crs>) -> Option<Self> {
        const EAST: [&str; 10] = [
            "lon",
            "longitude",
            "경도",
            "시설 경도(좌표값)",
            "x좌표(wgs84)",
            "x좌표",
            "좌표x",
            "x좌표값",
            "wgs84경도",
            "위치정보(x)",
        ];
        const NORTH: [&str; 10] = [
            "lat",
            "latitude",
            "위도",
            "시설 위도(좌표값)",
            "y좌표(wgs84)",
            "y좌표",
            "좌표y",
            "y좌표값",
            "wgs84위도",
            "위치정보(y)",
        ];
        let first = table.column(&EAST).or_else(|| table.column(&["x", "엑스좌표_값"]))?;
        let second = table.column(&NORTH).or_else(|| table.column(&["y", "와이좌표_값"]));
        Some(Self { first, second, projected: crs.filter(|crs| *crs != Crs::Wgs84) })
    }

    /// The place of a row, or the reason why there is none.
    pub fn read(&self, row: &Row<'_>) -> Result<Place, String> {
        self.place(row).map_err(|fault| match fault {
            NoPlace::Absent(reason) | NoPlace::Wrong(reason) => reason,
        })
    }

    /// The place of a row; `None` where the file has none, or only one that stands in for an unknown address. Numbers
    /// that are no place at all are still a reason to refuse the row.
    pub fn read_optional(&self, row: &Row<'_>) -> Result<Option<Place>, String> {
        match self.place(row) {
            Ok(place) => Ok(Some(place)),
            Err(NoPlace::Absent(_)) => Ok(None),
            Err(NoPlace::Wrong(reason)) => Err(reason),
        }
    }

    fn place(&self, row: &Row<'_>) -> Result<Place, NoPlace> {
        // People write "-" or "없음" where they know nothing.
        let cell = |at: usize| row.get(at).filter(|text| text.contains(|c: char| c.is_ascii_digit()));
        let number = |text: &str| decimal(text).map_err(NoPlace::Wrong);
        let (a, b) = match (cell(self.first), self.second.and_then(cell)) {
            (Some(a), Some(b)) => (number(a)?, number(b)?),
            (Some(joined), None) | (None, Some(joined)) => split_joined_pair(joined)
                .ok_or_else(|| NoPlace::Wrong(format!("there is only one coordinate, \"{joined}\"")))?,
            (None, None) => match row.get(self.first).or_else(|| self.second.and_then(|at| row.get(at))) {
                Some(text) => return Err(NoPlace::Absent(format!("\"{text}\" is not a number"))),
                None => return Err(NoPlace::Absent("the coordinates are empty".to_owned())),
            },
        };
        if let Some(crs) = self.projected {
            let inside = |v: f64| (0.0..3_000_000.0).contains(&v) && v != 0.0;
            return if inside(a) && inside(b) {
                Ok(Place { x: a, y: b, crs })
            } else if a == 0.0 && b == 0.0 {
                Err(NoPlace::Absent("the coordinates are 0".to_owned()))
            } else {
                Err(NoPlace::Wrong(format!("{a}, {b} is no place in {crs:?}")))
            };
        }
        match degrees(a, b) {
            Ok((x, y)) => Ok(Place { x, y, crs: Crs::Wgs84 }),
            Err(PointFault::Missing) => Err(NoPlace::Absent("the coordinates are 0".to_owned())),
            Err(PointFault::Placeholder) => Err(NoPlace::Absent(
                "the coordinates are those of the city hall, which stand in for an unknown address".to_owned(),
            )),
            Err(PointFault::OutOfRange) if a.abs() > 1_000.0 => {
                Err(NoPlace::Wrong(format!("{a}, {b} are metres of a projection; say which with --crs")))
            }
            Err(PointFault::OutOfRange) => Err(NoPlace::Wrong(format!("{a}, {b} is no place in Korea"))),
        }
    }
}

/// Why a row has no place.
enum NoPlace {
    /// The file says nothing, or a placeholder.
    Absent(String),
    /// The file says something that cannot be.
    Wrong(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn days_are_read_in_the_spellings_of_the_portals() {
        for text in [
            "2020-03-01",
            "2020.3.1.",
            "20200301",
            "2020/03/01",
            "2020년 3월 1일 16시",
            "2020년 03월 01일 00시",
            "2020-03-01 10:49:00",
        ] {
            assert_eq!(day(text), Ok(d(2020, 3, 1)), "{text}");
        }
        for wrong in ["", "3.1.", "2020-02-30", "20201301", "today", "1e400"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
        assert_eq!(day_without_year("11.06.", d(2020, 11, 7)), Ok(d(2020, 11, 6)));
        assert_eq!(day_without_year("12.31.", d(2020, 11, 7)), Ok(d(2019, 12, 31)));
    }

    #[test]
    fn months_and_quarters_are_read_as_their_first_day() {
        for text in ["2019. 01", "2019-01", "201901", "2019년01월", "2019-01-15"] {
            assert_eq!(month(text), Ok(d(2019, 1, 1)), "{text}");
        }
        for text in ["20243", "2024Q3", "2024-Q3", "2024 3", "2024-08-15"] {
            assert_eq!(quarter(text), Ok(d(2024, 7, 1)), "{text}");
        }
        assert!(quarter("20245").is_err() && month("2019-13").is_err());
    }

    #[test]
    fn numbers_with_separators_and_units_are_read_and_others_are_not() {
        assert_eq!(integer("9,289,813"), Ok(9_289_813));
        assert_eq!(integer("12.0"), Ok(12));
        assert_eq!(integer("35명"), Ok(35));
        for wrong in ["", "1.5", "NaN", "1e400", "abc"] {
            assert!(integer(wrong).is_err(), "{wrong}");
        }
        for wrong in ["NaN", "inf", "1e400", ""] {
            assert!(decimal(wrong).is_err(), "{wrong}");
        }
        assert!(count("-1").is_err());
    }

    #[test]
    fn the_day_in_a_name_is_the_newest_one() {
        assert_eq!(day_in_name("현황_20201107_동작구.csv"), Some(d(2020, 11, 7)));
        assert_eq!(day_in_name("현황_2020.csv"), None);
    }
}
