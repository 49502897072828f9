//! Daycare centres (어린이집): about 150 that are open and some that have closed, in Seoul's layout of 62 columns.

use super::daycare_layout::{Centre, HEADER, Staff};
use super::district::{DISTRICT, allotted, traits};
use super::place::{DECIMALS, random_point};
use super::random::Random;
use super::table::{PORTAL_QUOTED, Table};
use super::{DemoDong, GeneratedFile};

const OPEN: usize = 150;
const CLOSED: usize = 110;
const AS_OF: &str = "2020-12-31";
const COLLECTED_AT: &str = "2020-12-31 10:49:18.0";

/// A kind with its share, least and most places, and oldest age.
struct Kind {
    name: &'static str,
    share: f64,
    places: (u32, u32),
    oldest_age: usize,
}

const KINDS: [Kind; 5] = [
    Kind { name: "국공립", share: 0.40, places: (39, 99), oldest_age: 5 },
    Kind { name: "가정", share: 0.29, places: (14, 20), oldest_age: 2 },
    Kind { name: "민간", share: 0.26, places: (28, 85), oldest_age: 5 },
    Kind { name: "직장", share: 0.03, places: (29, 70), oldest_age: 4 },
    Kind { name: "법인·단체등", share: 0.02, places: (40, 80), oldest_age: 5 },
];

/// Children for each teacher by age, as the law on childcare sets them.
const CHILDREN_PER_CLASS: [u32; 6] = [3, 5, 7, 15, 20, 20];

/// Services with their share.
const SERVICES: [(&str, f64); 5] = [
    ("일반", 0.5),
    ("야간연장형", 0.34),
    ("야간연장형,시간제보육", 0.07),
    ("장애아통합,야간연장형", 0.06),
    ("일반,시간제보육", 0.03),
];

const NAME_STARTS: [&str; 12] =
    ["다솔", "온새", "나린", "가온", "해든", "초롱", "도담", "벼리", "아람", "라온", "미르", "새봄"];
const NAME_ENDS: [&str; 6] = ["", "숲", "동산", "마루", "별", "뜰"];

/// One file.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut random = Random::for_topic(seed, "daycare");
    let mut table = Table::new(PORTAL_QUOTED, &HEADER);
    let mut number = 0;
    let by_children = |total| allotted(seed, dongs, total, |traits| traits.residents * traits.small_children_share);
    for (dong, (open, closed)) in dongs.iter().zip(by_children(OPEN).into_iter().zip(by_children(CLOSED))) {
        let shortage = traits(seed, dong).childcare_shortage;
        // Where places are short there are fewer centres for the same children, and they are full.
        let open = (open as f64 * (1.25 - 0.5 * shortage)).round() as usize;
        for index in 0..open + closed {
            number += 1;
            let status = match (index < open, number % 47) {
                (false, _) => "폐지",
                (true, 0) => "휴지",
                (true, 20) => "재개",
                (true, _) => "정상",
            };
            table.row(&centre(&mut random, dong, number, status, shortage).row(DISTRICT, AS_OF, COLLECTED_AT));
        }
    }
    vec![GeneratedFile {
        dataset: "daycare-centres",
        name: "daycare-centres-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}

fn centre(random: &mut Random, dong: &DemoDong, number: usize, status: &'static str, shortage: f64) -> Centre {
    let kind = KINDS.get(random.weighted(KINDS.iter().map(|kind| kind.share))).unwrap_or(&KINDS[0]);
    let open = matches!(status, "정상" | "재개");
    let capacity = random.whole(kind.places.0, kind.places.1);
    let filled = if open { (0.68 + 0.24 * shortage + random.between(-0.1, 0.1)).clamp(0.3, 1.0) } else { 0.0 };
    let children = by_age(random, (f64::from(capacity) * filled).round() as u32, kind.oldest_age);
    let classes = std::array::from_fn(|age| {
        let (children, size) =
            (children.get(age).copied().unwrap_or(0), CHILDREN_PER_CLASS.get(age).copied().unwrap_or(1));
        children.div_ceil(size)
    });
    let rooms = classes.iter().sum::<u32>().max(2);
    // Only some of the closed centres have lost their place.
    let place = if !open && random.chance(0.2) { None } else { random_point(random, dong) };
    let prefix = if kind.name == "국공립" { "구립" } else { "" };
    Centre {
        code: format!("115909{number:05}"),
        name: format!("{prefix}{}{}어린이집", random.word(&NAME_STARTS), random.word(&NAME_ENDS)),
        kind: kind.name,
        status,
        address: format!("서울특별시 {DISTRICT} {} 일대", dong.name),
        rooms,
        playgrounds: u32::from(kind.oldest_age > 2),
        cameras: rooms * 2 + 3,
        capacity,
        place: place.map(|(lon, lat)| (format!("{lat:.DECIMALS$}"), format!("{lon:.DECIMALS$}"))),
        bus: random.chance(0.15),
        licensed_on: some_day(random, 1996, if open { 2019 } else { 2014 }),
        suspended: (status == "휴지").then(|| ("2020-09-01".into(), "2021-02-28".into())),
        closed_on: if status == "폐지" { some_day(random, 2015, 2020) } else { String::new() },
        services: SERVICES
            .get(random.weighted(SERVICES.iter().map(|service| service.1)))
            .map_or("일반", |service| service.0),
        classes,
        children,
        staff: open.then(|| staff(random, rooms, capacity)),
    }
}

/// Shares the children among the ages; most of those who leave early have gone to kindergarten at 4.
fn by_age(random: &mut Random, children: u32, oldest_age: usize) -> [u32; 6] {
    let weights = [0.12, 0.24, 0.27, 0.20, 0.10, 0.07];
    let mut counts = [0; 6];
    for _ in 0..children {
        let age = random.weighted(weights.iter().take(oldest_age + 1).copied());
        if let Some(count) = counts.get_mut(age) {
            *count += 1;
        }
    }
    counts
}

fn staff(random: &mut Random, rooms: u32, capacity: u32) -> Staff {
    let mut left = 100;
    let mut percent = [0; 5];
    for (index, share) in percent.iter_mut().enumerate() {
        *share = if index == 4 { left } else { random.whole(0, left / 2) };
        left -= *share;
    }
    Staff {
        years_of_service_percent: percent,
        teachers: rooms + random.whole(0, 2),
        cooks: 1 + capacity / 80,
        office: u32::from(capacity > 70),
    }
}

fn some_day(random: &mut Random, first_year: u32, last_year: u32) -> String {
    format!("{}-{:02}-{:02}", random.whole(first_year, last_year), random.whole(1, 12), random.whole(1, 28))
}
