//! Public Wi-Fi access points in the layout of Seoul's OA-20883: CP949, quoted, Y before X.
//!
//! Two habits of the real file are kept: several rows share a coordinate (rows are not devices), and in some rows
//! longitude and latitude have changed places.

use super::district::{DISTRICT, allotted};
use super::place::{DECIMALS, LonLat, random_point};
use super::random::Random;
use super::table::{PORTAL_QUOTED, Table};
use super::{DemoDong, GeneratedFile};

/// The header of the official file.
pub const HEADER: [&str; 16] = [
    "관리번호",
    "자치구",
    "와이파이명",
    "도로명주소",
    "상세주소",
    "설치위치(층)",
    "설치유형",
    "설치기관",
    "서비스구분",
    "망종류",
    "설치년도",
    "실내외구분",
    "wifi접속환경",
    "Y좌표",
    "X좌표",
    "작업일자",
];

const PLACES: usize = 125;
const SWAPPED: f64 = 0.03;

/// What a place is called, the kind of installation, and whether it is indoors.
const KINDS: [(&str, &str, bool); 7] = [
    ("주민센터", "공공시설", true),
    ("경로당", "복지시설", true),
    ("작은도서관", "공공시설", true),
    ("어린이공원", "공원(하천)", false),
    ("마을버스정류소", "버스정류소", false),
    ("골목시장", "전통시장", false),
    ("보행로", "주요거리", false),
];

/// A place with its name and kind.
struct Place<'a> {
    dong: &'a DemoDong,
    at: LonLat,
    label: String,
    kind: &'static str,
    indoors: bool,
    year: u32,
}

/// One file; every place has one to four rows, most of them one or two.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut random = Random::for_topic(seed, "access-points");
    let mut table = Table::new(PORTAL_QUOTED, &HEADER);
    let mut number = 0;
    for place in places(&mut random, seed, dongs) {
        let rows = 1 + random.weighted([0.42, 0.30, 0.15, 0.13].into_iter());
        let swapped = random.chance(SWAPPED);
        for row in 0..rows {
            number += 1;
            table.row(&fields(&mut random, &place, number, row, swapped));
        }
    }
    vec![GeneratedFile {
        dataset: "access-points",
        name: "access-points-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}

fn places<'a>(random: &mut Random, seed: u64, dongs: &'a [DemoDong]) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    for (dong, count) in
        dongs.iter().zip(allotted(seed, dongs, PLACES, |traits| traits.area_km2 + 0.3 * traits.commerce))
    {
        for index in 0..count {
            let Some(at) = random_point(random, dong) else { break };
            let Some(&(name, kind, indoors)) = random.pick(&KINDS) else { break };
            let label = format!("{} {name}{}", dong.name, index + 1);
            places.push(Place { dong, at, label, kind, indoors, year: random.whole(2013, 2020) });
        }
    }
    places
}

fn fields(random: &mut Random, place: &Place<'_>, number: usize, row: usize, swapped: bool) -> [String; 16] {
    let (lon, lat) = place.at;
    let (y, x) = if swapped { (lon, lat) } else { (lat, lon) };
    let floor = if place.indoors { format!("{}층", 1 + row % 3) } else { String::new() };
    [
        format!("SYN{number:05}"),
        DISTRICT.into(),
        place.label.clone(),
        format!("{} 일대", place.dong.name),
        String::new(),
        floor,
        place.kind.into(),
        "자치구".into(),
        "공공WiFi".into(),
        random.word(&["임대망", "자가망_U무선망"]).into(),
        place.year.to_string(),
        if place.indoors { "실내" } else { "실외" }.into(),
        String::new(),
        format!("{y:.DECIMALS$}"),
        format!("{x:.DECIMALS$}"),
        "2020-12-31 10:00:00.0".into(),
    ]
}
