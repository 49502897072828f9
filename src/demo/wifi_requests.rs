//! Requests of citizens and departments for Wi-Fi, stops and lamps (설치 요청), in our own layout.
//!
//! A few people write their telephone number into the reason, so that one can see that it is masked. The numbers begin
//! with 010-0, which no operator hands out.

use super::days::{DAYS, date_at};
use super::district::{DISTRICT, allotted};
use super::place::{DECIMALS, LonLat, kept_inside, moved, random_point};
use super::random::Random;
use super::table::{OWN, Table};
use super::{DemoDong, GeneratedFile};

const HEADER: [&str; 7] = ["requested_on", "lon", "lat", "requested_kind", "address", "requester", "reason"];

const REQUESTS: usize = 400;
const WITH_A_PHONE_NUMBER: f64 = 0.04;

/// Kinds with their share.
const KINDS: [(&str, f64); 4] = [("wifi", 0.68), ("bus_stop", 0.12), ("streetlight", 0.15), ("other", 0.05)];

const WIFI: [&str; 8] = [
    "버스 기다리는 동안 데이터가 부족합니다",
    "어르신들이 모이는 곳인데 인터넷이 안 됩니다",
    "시장 상인과 손님이 함께 쓸 수 있으면 좋겠습니다",
    "아이들이 놀이터에서 온라인 수업 영상을 봅니다",
    "산책로에서 신호가 자주 끊깁니다",
    "취업 준비생이 많이 다니는 길입니다",
    "공원 벤치 쪽까지 닿지 않습니다",
    "있던 것이 너무 느려서 하나 더 필요합니다",
];
const BUS_STOP: [&str; 3] = [
    "언덕이 가팔라 정류소가 가까이 있으면 합니다",
    "지붕 있는 정류소가 필요합니다",
    "마을버스가 서지 않아 멀리 걸어야 합니다",
];
const STREETLIGHT: [&str; 3] =
    ["밤에 골목이 어두워 무섭습니다", "가로등 사이가 너무 멉니다", "학원 마치고 오는 아이들이 걱정됩니다"];
const OTHER: [&str; 2] = ["의자 몇 개만 놓아 주세요", "길 안내판이 있으면 좋겠습니다"];
const DEPARTMENT: [&str; 2] = ["동 주민센터 건의 사항 반영", "구민 제안 사업 후보지"];

/// One file, in the order of the dates.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut random = Random::for_topic(seed, "wifi-requests");
    let mut rows: Vec<(usize, [String; 7])> = Vec::with_capacity(REQUESTS);
    let counts = allotted(seed, dongs, REQUESTS, |traits| traits.area_km2 * (0.4 + traits.commerce));
    for (dong, count) in dongs.iter().zip(counts) {
        // People of one corner ask together: requests gather around a few places.
        let corners: Vec<LonLat> = (0..4).filter_map(|_| random_point(&mut random, dong)).collect();
        for _ in 0..count {
            let Some(point) = place(&mut random, dong, &corners) else { break };
            let day = random.below(DAYS);
            rows.push((day, request(&mut random, dong, day, point)));
        }
    }
    rows.sort_by_key(|(day, _)| *day);
    let mut table = Table::new(OWN, &HEADER);
    for (_, row) in rows {
        table.row(&row);
    }
    vec![GeneratedFile {
        dataset: "wifi-requests",
        name: "wifi-requests-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}

fn place(random: &mut Random, dong: &DemoDong, corners: &[LonLat]) -> Option<LonLat> {
    let corner = *random.pick(corners)?;
    if random.chance(0.35) {
        return random_point(random, dong);
    }
    let (east_m, north_m) = (70.0 * random.normal(), 70.0 * random.normal());
    kept_inside(random, dong, moved(corner, east_m, north_m))
}

fn request(random: &mut Random, dong: &DemoDong, day: usize, (lon, lat): LonLat) -> [String; 7] {
    let kind = KINDS.get(random.weighted(KINDS.iter().map(|kind| kind.1))).map_or("other", |kind| kind.0);
    let by_department = random.chance(0.18);
    let mut reason = match (by_department, kind) {
        (true, _) => random.word(&DEPARTMENT),
        (_, "wifi") => random.word(&WIFI),
        (_, "bus_stop") => random.word(&BUS_STOP),
        (_, "streetlight") => random.word(&STREETLIGHT),
        _ => random.word(&OTHER),
    }
    .to_owned();
    if !by_department && random.chance(WITH_A_PHONE_NUMBER) {
        reason.push_str(&format!(", 연락처 010-0{}-{:04}", random.whole(100, 999), random.whole(0, 9_999)));
    }
    [
        date_at(day).to_string(),
        format!("{lon:.DECIMALS$}"),
        format!("{lat:.DECIMALS$}"),
        kind.into(),
        format!("서울특별시 {DISTRICT} {} 일대", dong.name),
        if by_department { "department" } else { "citizen" }.into(),
        reason,
    ]
}
