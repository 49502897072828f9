//! Invented straight streets inside a dong, so that lamps and stops stand in rows as they do in a city.

use super::DemoDong;
use super::place::{LonLat, contains, moved, random_point, rounded};
use super::random::Random;

/// A street is followed in steps of this many metres until it leaves the dong.
const STEP_M: f64 = 10.0;
const LONGEST_M: f64 = 900.0;

/// A street: where it starts, which way it runs, how far.
#[derive(Debug, Clone, Copy)]
pub struct Street {
    start: LonLat,
    /// Metres to the east and to the north for each metre along the street.
    direction: (f64, f64),
    length_m: f64,
}

impl Street {
    /// The point so many metres along the street and so many to its left.
    pub fn at(&self, along_m: f64, left_m: f64) -> LonLat {
        let (east, north) = self.direction;
        moved(self.start, along_m * east - left_m * north, along_m * north + left_m * east)
    }
}

/// Streets of a dong. The same seed gives lamps and stops the same streets.
pub fn streets(seed: u64, dong: &DemoDong, area_km2: f64) -> Vec<Street> {
    let mut random = Random::for_topic(seed, &format!("streets/{}", dong.code8));
    let count = (area_km2 * 14.0).ceil().clamp(1.0, 60.0) as usize;
    // Most streets of a quarter follow one grid.
    let grid = random.between(0.0, std::f64::consts::PI);
    (0..count)
        .filter_map(|index| {
            let start = random_point(&mut random, dong)?;
            let angle = grid + if index % 2 == 0 { 0.0 } else { std::f64::consts::FRAC_PI_2 } + 0.08 * random.normal();
            let endless = Street { start, direction: (angle.cos(), angle.sin()), length_m: 0.0 };
            let steps = (1..(LONGEST_M / STEP_M) as u32)
                .take_while(|step| contains(&dong.area, rounded(endless.at(f64::from(*step) * STEP_M, 0.0))))
                .count();
            Some(Street { length_m: steps as f64 * STEP_M, ..endless })
        })
        .collect()
}

/// So many points of the dong, spaced along its streets on alternating sides; what the streets cannot hold is
/// scattered. Fewer come back only for a shape without an inside.
pub fn along(random: &mut Random, dong: &DemoDong, streets: &[Street], spacing_m: f64, count: usize) -> Vec<LonLat> {
    let mut points = Vec::with_capacity(count);
    for street in streets {
        let places = (street.length_m / spacing_m) as u32;
        for place in 0..=places {
            let left_m = if place % 2 == 0 { 6.0 } else { -6.0 };
            let point = rounded(street.at(f64::from(place) * spacing_m + random.between(-3.0, 3.0), left_m));
            if contains(&dong.area, point) {
                points.push(point);
            }
        }
    }
    // A district does not fill its streets one after the other: the surplus is dropped at random.
    while points.len() > count {
        points.swap_remove(random.below(points.len()));
    }
    while points.len() < count {
        let Some(point) = random_point(random, dong) else { break };
        points.push(point);
    }
    points
}
