//! Bus stops (버스정류소) in the header form of Seoul's file of 2023: CP949, quoted, no line end after the last row.
//!
//! Some stops stand outside the district, as they do in a file of the whole city.

use super::district::{allotted, traits};
use super::place::{DECIMALS, LonLat, contains, rectangle, rounded};
use super::random::Random;
use super::streets::{along, streets};
use super::table::{Manner, PORTAL_QUOTED, Table};
use super::{DemoDong, GeneratedFile};

/// The header of the official file.
pub const HEADER: [&str; 6] = ["노드 ID", "정류소번호", "정류소명", "X좌표", "Y좌표", "정류소 타입"];

const INSIDE: usize = 440;
const OUTSIDE: usize = 60;
const SPACING_M: f64 = 190.0;

const LANDMARKS: [&str; 14] = [
    "주민센터",
    "우체국",
    "삼거리",
    "사거리",
    "시장입구",
    "아파트후문",
    "아파트정문",
    "초등학교앞",
    "중학교앞",
    "공원입구",
    "경로당",
    "약수터",
    "도서관",
    "교회앞",
];

/// Kinds with their share.
const KINDS: [(&str, f64); 4] = [("일반차로", 0.55), ("마을버스", 0.36), ("중앙차로", 0.05), ("가로변시간", 0.04)];

/// One file.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut random = Random::for_topic(seed, "bus-stops");
    let mut stops: Vec<(String, LonLat)> = Vec::new();
    for (dong, count) in dongs.iter().zip(allotted(seed, dongs, INSIDE, |traits| traits.area_km2)) {
        let streets = streets(seed, dong, traits(seed, dong).area_km2);
        for point in along(&mut random, dong, &streets, SPACING_M, count) {
            stops.push((format!("{}{}", dong.name, random.word(&LANDMARKS)), point));
        }
    }
    stops.extend(
        outside(&mut random, dongs).into_iter().map(|point| (format!("구계{}", random.word(&LANDMARKS)), point)),
    );
    let mut table = Table::new(Manner { ends_with_line_end: false, ..PORTAL_QUOTED }, &HEADER);
    for (index, (name, (lon, lat))) in stops.into_iter().enumerate() {
        let kind = KINDS.get(random.weighted(KINDS.iter().map(|kind| kind.1))).map_or("", |kind| kind.0);
        table.row(&[
            &format!("1199{:05}", index + 1),
            &format!("20{:03}", index + 1),
            &name,
            &format!("{lon:.DECIMALS$}"),
            &format!("{lat:.DECIMALS$}"),
            kind,
        ]);
    }
    vec![GeneratedFile { dataset: "bus-stops", name: "bus-stops-synthetic.csv".into(), bytes: table.into_bytes() }]
}

/// Points within about a kilometre of the district that lie in none of its dongs.
fn outside(random: &mut Random, dongs: &[DemoDong]) -> Vec<LonLat> {
    let Some(around) = rectangle(dongs.iter().map(|dong| &dong.area)) else { return Vec::new() };
    let margin = 0.01;
    (0..OUTSIDE * 50)
        .map(|_| {
            rounded((
                random.between(around.west - margin, around.east + margin),
                random.between(around.south - margin, around.north + margin),
            ))
        })
        .filter(|point| !dongs.iter().any(|dong| contains(&dong.area, *point)))
        .take(OUTSIDE)
        .collect()
}
