//! Streetlights (가로등) in the layout of Seoul's file: CP949, three columns, a few rows without coordinates.

use super::district::{allotted, traits};
use super::place::DECIMALS;
use super::random::Random;
use super::streets::{along, streets};
use super::table::{PORTAL_BARE, Table};
use super::{DemoDong, GeneratedFile};

/// The header of the official file.
pub const HEADER: [&str; 3] = ["관리번호", "위도", "경도"];

const LAMPS: usize = 2_000;
const SPACING_M: f64 = 34.0;
/// Share of lamps whose place nobody wrote down.
const WITHOUT_PLACE: f64 = 0.012;

/// One file.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut random = Random::for_topic(seed, "streetlights");
    let mut table = Table::new(PORTAL_BARE, &HEADER);
    for (dong, count) in dongs.iter().zip(allotted(seed, dongs, LAMPS, |traits| traits.area_km2 * traits.commerce)) {
        let streets = streets(seed, dong, traits(seed, dong).area_km2);
        for (index, (lon, lat)) in along(&mut random, dong, &streets, SPACING_M, count).into_iter().enumerate() {
            let number = format!("{}-{:03}", dong.name, index + 1);
            if random.chance(WITHOUT_PLACE) {
                table.row(&[number.as_str(), "", ""]);
            } else {
                table.row(&[&number, &format!("{lat:.DECIMALS$}"), &format!("{lon:.DECIMALS$}")]);
            }
        }
    }
    vec![GeneratedFile {
        dataset: "streetlights",
        name: "streetlights-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}
