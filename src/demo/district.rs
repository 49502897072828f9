//! What each dong is like in the demo: how many live there, how many come to work, shop and drink.
//!
//! Only the boundaries and names are real. The figures are drawn per dong, keyed by its code, and scaled by its area.

use super::DemoDong;
use super::place::{area_km2, shared};
use super::random::Random;

/// The district whose files the demo imitates.
pub const DISTRICT: &str = "동작구";

/// The character of one dong.
#[derive(Debug, Clone)]
pub struct Traits {
    pub area_km2: f64,
    /// Registered residents.
    pub residents: f64,
    /// Share of residents who are 0 to 5 years old.
    pub small_children_share: f64,
    /// Shops and visitors against the district's mean, 1 = the mean.
    pub commerce: f64,
    /// How strongly its shops feel the epidemic, 1 = the mean.
    pub caution: f64,
    /// How hard it is to find a place in childcare here, 0 easy to 1 hard. It colours what the posts complain about.
    pub childcare_shortage: f64,
}

/// Residents per square kilometre of the built-up city.
const RESIDENTS_PER_KM2: f64 = 23_000.0;

/// The character of a dong under this seed.
pub fn traits(seed: u64, dong: &DemoDong) -> Traits {
    let mut random = Random::for_topic(seed, &format!("traits/{}", dong.code8));
    let area_km2 = area_km2(&dong.area);
    Traits {
        area_km2,
        residents: area_km2 * RESIDENTS_PER_KM2 * random.around_one(0.22),
        small_children_share: 0.036 * random.around_one(0.25),
        commerce: random.around_one(0.45).clamp(0.35, 2.6),
        caution: random.between(0.65, 1.4),
        childcare_shortage: random.unit(),
    }
}

/// Shares a number of things among the dongs by a weight of their character.
pub fn allotted(seed: u64, dongs: &[DemoDong], total: usize, weight: impl Fn(&Traits) -> f64) -> Vec<usize> {
    let weights: Vec<f64> = dongs.iter().map(|dong| weight(&traits(seed, dong))).collect();
    shared(total, &weights)
}
