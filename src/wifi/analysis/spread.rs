//! People of a dong spread over its parts: dasymetric mapping.
//!
//! Each part of a dong gets its people by the share of floor area that stands there, or by its share of the ground where
//! no building of the dong is known. Where public space is known, parts without any get nobody, as long as others of the
//! dong can take their people: forest and water have none. Nobody is lost or added: the parts of a dong hold together what
//! the source counts.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::inputs::{CellInput, People, Placement, Presence};

/// Side of the squares that cut a dong into parts, in metres: as wide as the cells of the grids that count people.
pub const SQUARE_M: i32 = 100;

/// What a source counts in one dong in a band of hours.
#[derive(Debug, Clone, PartialEq)]
pub struct DongCount {
    /// Eight digits.
    pub dong: String,
    /// The day, or the first day of the quarter.
    pub starts_on: NaiveDate,
    /// Days that the count sums up: 1, or those of the quarter.
    pub days: u32,
    /// First hour of the band.
    pub hour_from: u8,
    /// Hour after the band.
    pub hour_to: u8,
    /// Persons summed over the days and hours; `None` where masked.
    pub people: Option<f64>,
}

/// A piece of a dong.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The dong.
    pub dong: String,
    /// Easting of its middle in metres.
    pub x_m: f64,
    /// Northing of its middle in metres.
    pub y_m: f64,
    /// Longitude and latitude of its middle.
    pub place: Option<geo_types::Point<f64>>,
    /// Ground in square metres.
    pub area_m2: f64,
    /// Floor area of the buildings there in square metres.
    pub floor_area_m2: f64,
    /// Ground there that is public space, in square metres; `None` where none is known anywhere.
    pub public_m2: Option<f64>,
}

/// Persons present by hour on a weekday and on a day at the weekend.
type Days = [[Presence; 24]; 2];

/// Cells with people, in the order of the parts. Parts of dongs without counts are left out: nothing is known of them.
pub fn spread(counts: &[DongCount], parts: &[Part]) -> (Vec<CellInput>, People) {
    let counted = counts.iter().flat_map(|count| kinds(count).iter().copied()).fold([false; 2], |mut seen, kind| {
        seen[kind] = true;
        seen
    });
    let by_dong = mean_days(counts);
    let mut dongs = BTreeMap::<&str, Ground>::new();
    parts.iter().for_each(|part| dongs.entry(&part.dong).or_default().add(part));
    let share = |part: &Part| dongs.get(part.dong.as_str()).map_or(0.0, |ground| ground.share(part));
    let cells = parts
        .iter()
        .filter_map(|part| {
            let [weekday, weekend] = by_dong.get(part.dong.as_str())?;
            let share = share(part);
            let cell = CellInput {
                x_m: part.x_m,
                y_m: part.y_m,
                place: part.place,
                dong: Some(part.dong.clone()),
                public_share: part.public_m2.map(|public| (public / part.area_m2).clamp(0.0, 1.0)),
                weekday: weekday.map(|hour| hour.part(share)),
                weekend: weekend.map(|hour| hour.part(share)),
            };
            Some(cell.with_one_day(counted.into()))
        })
        .collect();
    let known = dongs.values().any(|ground| ground.floor > 0.0);
    let placement = if known { Placement::ByFloorArea } else { Placement::ByArea };
    let one_day = counted != [true; 2] || counts.iter().any(|count| count.days > 1);
    (cells, People { placement, one_day, knows_public_space: parts.iter().any(|part| part.public_m2.is_some()) })
}

/// What the parts of a dong hold together, and those of them that have public space.
#[derive(Debug, Clone, Copy, Default)]
struct Ground {
    area: f64,
    floor: f64,
    area_with_public: f64,
    floor_with_public: f64,
}

impl Ground {
    fn add(&mut self, part: &Part) {
        self.area += part.area_m2;
        self.floor += part.floor_area_m2;
        if is_public(part) {
            self.area_with_public += part.area_m2;
            self.floor_with_public += part.floor_area_m2;
        }
    }

    /// The share of the people of the dong that a part gets. All shares of a dong are 1 together.
    fn share(&self, part: &Part) -> f64 {
        let open = if is_public(part) { 1.0 } else { 0.0 };
        if self.floor_with_public > 0.0 {
            open * part.floor_area_m2 / self.floor_with_public
        } else if self.floor > 0.0 {
            part.floor_area_m2 / self.floor
        } else if self.area_with_public > 0.0 {
            open * part.area_m2 / self.area_with_public
        } else if self.area > 0.0 {
            part.area_m2 / self.area
        } else {
            0.0
        }
    }
}

/// Square metres of public space with which people are placed in a part. Less is left over where squares and streets that
/// only touch are computed from degrees.
const LEAST_PUBLIC_M2: f64 = 1.0;

/// Whether people may be placed here: it has public space, or none is known anywhere.
fn is_public(part: &Part) -> bool {
    part.public_m2.is_none_or(|public| public >= LEAST_PUBLIC_M2)
}

/// Whether a count speaks of weekdays (0), of the weekend (1), or of both without telling them apart.
fn kinds(count: &DongCount) -> &'static [usize] {
    match (count.days, count.starts_on.weekday()) {
        (2.., _) => &[0, 1],
        (_, Weekday::Sat | Weekday::Sun) => &[1],
        _ => &[0],
    }
}

/// The mean weekday and the mean day of the weekend of each dong. A quarter does not tell its days apart: both are its
/// mean day. A masked count of a band is one masked count in one of its hours and days.
fn mean_days(counts: &[DongCount]) -> BTreeMap<&str, Days> {
    // How many days of each kind speak for a dong, so that a day that lacks an hour does not weigh less.
    let mut sums = BTreeMap::<&str, [[(Presence, f64); 24]; 2]>::new();
    for count in counts {
        let hours = usize::from(count.hour_from)..usize::from(count.hour_to).min(24);
        let days = f64::from(count.days.max(1));
        let mean = Presence::of(count.people).part(1.0 / hours.len().max(1) as f64);
        let dong = sums.entry(&count.dong).or_default();
        for kind in kinds(count) {
            for (sum, days_so_far) in dong[*kind].get_mut(hours.clone()).into_iter().flatten() {
                sum.people += mean.people;
                sum.masked += mean.masked;
                *days_so_far += days;
            }
        }
    }
    let mean = |(sum, days): (Presence, f64)| if days > 0.0 { sum.part(1.0 / days) } else { Presence::default() };
    sums.into_iter().map(|(dong, kinds)| (dong, kinds.map(|hours| hours.map(mean)))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2024, month, day).unwrap()
    }

    fn count(
        dong: &str,
        starts_on: NaiveDate,
        days: u32,
        (hour_from, hour_to): (u8, u8),
        people: Option<f64>,
    ) -> DongCount {
        DongCount { dong: dong.into(), starts_on, days, hour_from, hour_to, people }
    }

    fn part(dong: &str, area_m2: f64, floor_area_m2: f64) -> Part {
        Part { dong: dong.into(), x_m: 0.0, y_m: 0.0, place: None, area_m2, floor_area_m2, public_m2: None }
    }

    fn noons(cells: &[CellInput]) -> Vec<f64> {
        cells.iter().map(|cell| cell.weekday[12].people).collect()
    }

    #[test]
    fn people_follow_floor_area_and_ground_where_no_building_is_known() {
        let counts = [count("a", day(1, 2), 1, (12, 13), Some(90.0)), count("b", day(1, 2), 1, (12, 13), Some(90.0))];
        let parts = [part("a", 1.0, 200.0), part("a", 1.0, 100.0), part("b", 2.0, 0.0), part("b", 1.0, 0.0)];
        let (cells, people) = spread(&counts, &parts);
        assert_eq!((noons(&cells), people.placement), (vec![60.0, 30.0, 60.0, 30.0], Placement::ByFloorArea));
        let bare = parts.map(|part| Part { floor_area_m2: 0.0, ..part });
        let (cells, people) = spread(&counts, &bare);
        assert_eq!((noons(&cells), people.placement), (vec![45.0, 45.0, 60.0, 30.0], Placement::ByArea));
    }

    #[test]
    fn people_are_placed_where_there_is_public_space_and_the_share_of_it_is_kept() {
        let counts = [count("a", day(1, 2), 1, (12, 13), Some(90.0)), count("b", day(1, 2), 1, (12, 13), Some(90.0))];
        let with = |public_m2: f64, part: Part| Part { public_m2: Some(public_m2), ..part };
        let of = |parts: &[Part]| {
            let (cells, people) = spread(&counts, parts);
            assert!(people.knows_public_space);
            noons(&cells)
        };
        // The first part of a has the most floor and no street; b has no street at all, so its floor decides alone.
        let parts = [
            with(0.0, part("a", 100.0, 500.0)),
            with(25.0, part("a", 100.0, 200.0)),
            with(50.0, part("a", 100.0, 100.0)),
            with(0.0, part("b", 100.0, 200.0)),
            with(0.0, part("b", 100.0, 100.0)),
        ];
        assert_eq!(of(&parts), [0.0, 60.0, 30.0, 60.0, 30.0]);
        let shares: Vec<_> = spread(&counts, &parts).0.iter().map(|cell| cell.public_share).collect();
        assert_eq!(shares, [Some(0.0), Some(0.25), Some(0.5), Some(0.0), Some(0.0)]);
        // Without floor area the ground of the parts with a street decides; floor away from every street still counts.
        let bare = parts.clone().map(|part| Part { floor_area_m2: 0.0, ..part });
        assert_eq!(of(&bare), [0.0, 45.0, 45.0, 45.0, 45.0]);
        // A street that only touches is none.
        let aside = [with(0.0001, part("a", 100.0, 500.0)), with(25.0, part("a", 100.0, 0.0))];
        assert_eq!(of(&aside), [90.0, 0.0]);
    }

    #[test]
    fn a_quarter_is_spread_over_its_days_and_hours() {
        // 2024-01-01 to 03-31 has 91 days; the band of eleven to fourteen has three hours.
        let (cells, people) =
            spread(&[count("a", day(1, 1), 91, (11, 14), Some(91.0 * 3.0 * 40.0))], &[part("a", 1.0, 0.0)]);
        assert!(people.one_day, "a quarter does not tell weekdays from weekends");
        let hours = |hours: &[Presence; 24]| [10, 11, 13, 14].map(|h: usize| hours[h].people.round());
        assert_eq!(hours(&cells[0].weekday), [0.0, 40.0, 40.0, 0.0]);
        assert_eq!(hours(&cells[0].weekend), [0.0, 40.0, 40.0, 0.0]);
    }

    #[test]
    fn days_are_averaged_by_kind() {
        // 5 and 8 January 2024 were a Friday and a Monday, 6 and 7 January a weekend.
        let noon = |d, people| count("a", day(1, d), 1, (12, 13), people);
        let counts = [noon(5, Some(10.0)), noon(6, Some(100.0)), noon(7, Some(300.0)), noon(8, None)];
        let (cells, people) = spread(&counts, &[part("a", 1.0, 0.0)]);
        assert_eq!(cells[0].weekday[12], Presence { people: 5.0, masked: 0.5 });
        assert_eq!(cells[0].weekend[12], Presence { people: 200.0, masked: 0.0 });
        assert!(!people.one_day);
        let (cells, people) = spread(&counts[1..3], &[part("a", 1.0, 0.0)]);
        assert!(people.one_day && cells[0].weekday[12].people == 200.0, "only weekends were counted");
    }

    #[test]
    fn a_dong_without_counts_has_no_cells() {
        let (cells, _) =
            spread(&[count("a", day(1, 2), 1, (0, 1), Some(1.0))], &[part("a", 1.0, 0.0), part("b", 1.0, 0.0)]);
        assert_eq!(cells.len(), 1);
    }

    proptest! {
        #[test]
        fn the_parts_hold_together_what_the_source_counts(
            people in prop::collection::vec(prop::option::of(0.0..1e6), 24),
            parts in prop::collection::vec((0.1..1e4, prop::option::of(0.0..1e6), prop::option::of(0.0..1e4)), 1..400),
            knows_public_space: bool,
        ) {
            let counts: Vec<_> = (0_u8..).zip(&people).map(|(h, n)| count("a", day(1, 2), 1, (h, h + 1), *n)).collect();
            let parts: Vec<_> = parts
                .into_iter()
                .map(|(area, floor, public)| Part {
                    public_m2: knows_public_space.then_some(public.unwrap_or(0.0)),
                    ..part("a", area, floor.unwrap_or(0.0))
                })
                .collect();
            let (cells, _) = spread(&counts, &parts);
            for (h, source) in people.iter().enumerate() {
                let counted: f64 = cells.iter().map(|c| c.weekday[h].people).sum();
                let masked: f64 = cells.iter().map(|c| c.weekday[h].masked).sum();
                prop_assert!((counted - source.unwrap_or(0.0)).abs() <= 1e-9 * source.unwrap_or(0.0).max(1.0));
                prop_assert!((masked - f64::from(u8::from(source.is_none()))).abs() <= 1e-9);
            }
        }
    }
}
