//! Floating population (유동인구) by hour on a grid of 100 m, in our own layout.
//!
//! Each dong has homes spread over it and a few busy places; homes fill at night, busy places by day. Figures of three
//! people or fewer are masked with `*`, as Seoul masks them.

use super::district::{Traits, traits};
use super::place::{DECIMALS, LonLat, contains, distance_m, metres_per_degree, random_point, rectangle, rounded};
use super::random::Random;
use super::table::{OWN, Table};
use super::{DemoDong, GeneratedFile};

/// Side of a cell.
const CELL_M: f64 = 100.0;

/// Figures up to this many people are masked.
const MASKED_UP_TO: f64 = 3.0;

/// Share of residents at home, hour by hour.
const AT_HOME: [f64; 24] = [
    0.97, 0.98, 0.98, 0.98, 0.97, 0.95, 0.88, 0.74, 0.61, 0.54, 0.51, 0.50, 0.50, 0.50, 0.50, 0.52, 0.55, 0.60, 0.68,
    0.76, 0.82, 0.88, 0.93, 0.96,
];

/// Visitors of busy places against their best hour, on weekdays and at weekends.
const OUT_ON_WEEKDAYS: [f64; 24] = [
    0.12, 0.07, 0.05, 0.04, 0.05, 0.10, 0.26, 0.58, 0.83, 0.80, 0.78, 0.86, 1.00, 0.94, 0.88, 0.86, 0.87, 0.93, 0.99,
    0.86, 0.68, 0.50, 0.34, 0.21,
];
const OUT_AT_WEEKENDS: [f64; 24] = [
    0.16, 0.10, 0.07, 0.05, 0.05, 0.06, 0.11, 0.19, 0.30, 0.44, 0.58, 0.70, 0.80, 0.87, 0.92, 0.94, 0.93, 0.90, 0.86,
    0.76, 0.63, 0.48, 0.35, 0.23,
];

/// A busy place: where, visitors in the middle cell in the best hour, and how far it reaches.
struct BusyPlace {
    at: LonLat,
    visitors: f64,
    reach_m: f64,
}

/// A grid cell of a dong.
struct Cell {
    centre: LonLat,
    residents: f64,
    visitors: f64,
}

/// One file: day type, hour, cell.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let cells = cells(seed, dongs);
    let mut random = Random::for_topic(seed, "population/noise");
    let mut table = Table::new(OWN, &["day_type", "hour", "lon", "lat", "people", "cell_m"]);
    let cell_m = CELL_M.to_string();
    for (day_type, out, at_home_less) in [("weekday", OUT_ON_WEEKDAYS, 0.0), ("weekend", OUT_AT_WEEKENDS, 0.6)] {
        for (hour, (home, out)) in AT_HOME.iter().zip(out).enumerate() {
            let home = home + at_home_less * (0.95 - home).max(0.0);
            let hour = hour.to_string();
            for cell in &cells {
                let expected = cell.residents * home + cell.visitors * out;
                // Rounded before it is masked, so that no masked figure can be told from its neighbours.
                let people = (expected * random.around_one(0.06) * 10.0).round() / 10.0;
                let shown = if people <= MASKED_UP_TO { "*".to_owned() } else { format!("{people:.1}") };
                let (lon, lat) = cell.centre;
                table.row(&[
                    day_type,
                    &hour,
                    &format!("{lon:.DECIMALS$}"),
                    &format!("{lat:.DECIMALS$}"),
                    &shown,
                    &cell_m,
                ]);
            }
        }
    }
    vec![GeneratedFile {
        dataset: "floating-population",
        name: "floating-population-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}

fn cells(seed: u64, dongs: &[DemoDong]) -> Vec<Cell> {
    // One grid for the district: neighbouring dongs share its lines and no cell is counted twice.
    let Some(around) = rectangle(dongs.iter().map(|dong| &dong.area)) else { return Vec::new() };
    let (east, north) = metres_per_degree((around.south + around.north) / 2.0);
    let (step_lon, step_lat) = (CELL_M / east, CELL_M / north);
    let columns = ((around.east - around.west) / step_lon).ceil() as usize;
    let rows = ((around.north - around.south) / step_lat).ceil() as usize;
    let centres: Vec<LonLat> = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .map(|(row, column)| {
            rounded((around.west + (column as f64 + 0.5) * step_lon, around.south + (row as f64 + 0.5) * step_lat))
        })
        .collect();
    dongs
        .iter()
        .flat_map(|dong| {
            let inside: Vec<LonLat> = centres.iter().copied().filter(|centre| contains(&dong.area, *centre)).collect();
            cells_of(seed, dong, &traits(seed, dong), &inside)
        })
        .collect()
}

fn cells_of(seed: u64, dong: &DemoDong, traits: &Traits, centres: &[LonLat]) -> Vec<Cell> {
    let mut random = Random::for_topic(seed, &format!("population/{}", dong.code8));
    let places: Vec<BusyPlace> = (0..2 + random.below(3))
        .filter_map(|_| {
            let at = random_point(&mut random, dong)?;
            let visitors = 420.0 * traits.commerce * random.around_one(0.5);
            Some(BusyPlace { at, visitors, reach_m: random.between(90.0, 240.0) })
        })
        .collect();
    // A hill or a school yard: hardly anybody lives or walks there.
    let empty: Vec<(LonLat, f64)> =
        (0..2).filter_map(|_| Some((random_point(&mut random, dong)?, random.between(90.0, 230.0)))).collect();
    let mean_residents = traits.residents / centres.len().max(1) as f64;
    centres
        .iter()
        .map(|&centre| {
            let is_empty = empty.iter().any(|(middle, radius_m)| distance_m(*middle, centre) < *radius_m);
            let residents = mean_residents * random.around_one(0.55) * if is_empty { 0.012 } else { 1.0 };
            let visitors = places
                .iter()
                .map(|place| place.visitors * (-0.5 * (distance_m(place.at, centre) / place.reach_m).powi(2)).exp())
                .sum::<f64>();
            Cell { centre, residents, visitors: if is_empty { visitors * 0.05 } else { visitors } }
        })
        .collect()
}
