//! Real public files, each by name: imported with these counts, or refused whole with this word.
//!
//! They are not part of the project. `DONGJAK_REFERENCE_DIR` says where they lie (default `../shared/data`); where it is
//! absent the tests say that they were not run.

use std::path::PathBuf;

use crate::support::{TestDatabase, database, not_run};

enum Fate {
    /// Lines kept and refused.
    Kept(u64, u64),
    /// A word of the sentence that refuses the file.
    Refused(&'static str),
}

use Fate::{Kept, Refused};

/// File, the dataset that it would be imported as, and what becomes of it.
const FILES: [(&str, &str, Fate); 44] = [
    ("a_hangjeongdong_dongjak_202104.geojson", "dongs", Kept(15, 0)),
    ("a_hangjeongdong_seoul_202104.geojson", "dongs", Kept(425, 0)),
    ("a_juso_2015_legal_dongs_dongjak.geojson", "dongs", Refused("법정동")),
    ("a_kostat_2013_seoul_submunicipalities_topo_simple.json", "dongs", Refused("TopoJSON")),
    ("a_sgis_adm3_2020_dongjak_epsg5179.geojson", "dongs", Kept(15, 0)),
    // Its second line repeats the header in codes.
    ("a_행정동코드_통계청_행자부.csv", "dongs", Kept(424, 1)),
    ("a_서울시 상권분석서비스(영역-행정동).json", "dongs", Refused("GeoJSON")),
    ("b_CARD_SUBWAY_MONTH_202605_동작구역.csv", "floating-population", Refused("day_type")),
    ("b_지하철 승하차_동작구역_2020.csv", "floating-population", Refused("day_type")),
    ("b_GoogleKoreaFloating.csv", "floating-population", Refused("day_type")),
    ("b_서울시 상권분석서비스(길단위인구-행정동).csv", "floating-population", Kept(63_750, 0)),
    ("b_상권단위_sample_foot_traffic.csv", "floating-population", Refused("상권")),
    ("b_Covid19SidoInfState_서울_합계.csv", "covid-cases", Kept(770, 60)),
    ("b_Covid_DongJakGu_by_dong.csv", "covid-cases", Refused("date")),
    ("b_DS4C_Case_Seoul.csv", "covid-cases", Refused("date")),
    ("b_DS4C_TimeProvince_Seoul.csv", "covid-cases", Kept(164, 0)),
    ("b_서울시 코로나19 확진자 현황_20201107_동작구.csv", "covid-cases", Kept(256, 0)),
    ("b_서울시 코로나19 확진자 현황_20210714_연번확진일.csv", "covid-cases", Kept(537, 0)),
    ("b_상권단위_sample_area.csv", "markets", Kept(100, 0)),
    ("b_상권단위_sample_stores_2024.csv", "establishments", Refused("상권")),
    ("b_서울시 상권분석서비스(점포-행정동)_커피음료_2024.csv", "establishments", Kept(1_696, 0)),
    ("c_상가정보_용산구남영동_포맷견본.csv", "establishments", Refused("--as-of")),
    ("c_소상공인시장진흥공단_서울 개업 현황_20171016_동작구.csv", "establishments", Refused("개업 현황")),
    ("c_seoul_traditional_market_자치구.csv", "markets", Kept(337, 0)),
    ("c_소상공인시장진흥공단_전통시장현황_20240719.csv", "markets", Kept(1_388, 0)),
    ("b_상권단위_sample_sales_2024.csv", "card-sales", Kept(100, 0)),
    ("b_상권단위_sample_sales_2025.csv", "card-sales", Kept(100, 0)),
    ("b_서울시 상권분석서비스(추정매출-행정동)_커피음료_2024.csv", "card-sales", Kept(1_680, 0)),
    ("c_소상공인_업종별_실적_및_전망.csv", "bsi", Kept(216, 0)),
    ("c_소상공인_업종별_실적_및_전망.xlsx", "bsi", Kept(216, 0)),
    ("d_nsmc_sample_5000.txt", "posts", Refused("JSON Lines")),
    ("d_국민청원_육아_본문_2017-08_2019-04~08.jsonl", "posts", Refused("channel")),
    ("d_국민청원_육아교육_저출산_제목_2019-2021.csv", "posts", Refused("JSON Lines")),
    ("d_서울시 어린이집 정보(표준 데이터)_20260701_동작구.csv", "daycare-centres", Kept(148, 184)),
    ("d_주민등록 0-5세 행정동별_202606_서울.csv", "children", Kept(2_562, 26)),
    ("e_SeoulWifi_2021_자치구_위경도뒤바뀜.csv", "access-points", Kept(13_577, 38)),
    ("e_서울시 공공와이파이 서비스 위치 정보_헤더만.csv", "access-points", Refused("No row")),
    ("e_가로등_주소부여_동작구.csv", "streetlights", Kept(667, 0)),
    ("e_서울특별시_가로등 위치 정보_20221108.csv", "streetlights", Kept(19_291, 25)),
    ("e_서울시 버스정류소 위치정보_2023.csv", "bus-stops", Kept(11_290, 0)),
    ("e_서울시_버스정류장_행정동추가_ARS20.csv", "bus-stops", Kept(455, 0)),
    // Addresses without coordinates: no place is made up.
    ("e_경찰청_경찰관서 위치 주소 현황_20220831_동작.csv", "facilities", Refused("kind")),
    ("e_서울시 역사마스터 정보.csv", "facilities", Kept(784, 0)),
    ("e_서울시 주요 공원현황.csv", "facilities", Kept(131, 1)),
];

fn folder(test: &str) -> Option<PathBuf> {
    let said = std::env::var_os("DONGJAK_REFERENCE_DIR").map(PathBuf::from);
    let folder = said.clone().unwrap_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")));
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(said.is_none(), "DONGJAK_REFERENCE_DIR names no folder: {}", folder.display());
    not_run(test, "needs the real public files; DONGJAK_REFERENCE_DIR says where they lie");
    None
}

pub fn ready(test: &str) -> Option<(PathBuf, TestDatabase)> {
    let folder = folder(test)?;
    Some((folder, database(test)?))
}

#[test]
fn every_real_file_is_imported_or_refused_by_name() {
    let Some((folder, db)) = ready("every_real_file_is_imported_or_refused_by_name") else { return };
    let db = db.with_dongs();
    let mut unknown: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder")
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|end| end != "md"))
        .map(|entry| entry.file_name().into_string().expect("a name in UTF-8"))
        .collect();
    unknown.retain(|name| !FILES.iter().any(|(known, _, _)| known == name));
    assert!(unknown.is_empty(), "files without a line in the table: {unknown:?}");
    let mut wrong = Vec::new();
    for (name, dataset, fate) in &FILES {
        let path = folder.join(name);
        // A file that already came with the project is the same bytes and changes nothing.
        let said = db.run(&["import", dataset, path.to_str().expect("a path"), "--dry-run"]);
        let fits = match fate {
            Kept(kept, refused) => {
                let counts = format!("{kept} rows would be kept, {refused} refused");
                said.code == 0 && (said.out.contains(&counts) || said.out.contains("Already imported"))
            }
            Refused(word) => said.code == 1 && said.err.contains(word) && said.err.trim().lines().count() == 1,
        };
        if !fits {
            wrong.push(format!("{name}: exit {}: {}{}", said.code, said.out, said.err));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_list_of_shops_takes_its_day_from_the_command() {
    let Some((folder, db)) = ready("a_list_of_shops_takes_its_day_from_the_command") else { return };
    let file = folder.join("c_상가정보_용산구남영동_포맷견본.csv");
    db.must(&["import", "dongs", folder.join("a_행정동코드_통계청_행자부.csv").to_str().expect("a path")]);
    let file = file.to_str().expect("a path");
    db.must(&["import", "establishments", file, "--as-of", "2021-03-31"]);
    assert_eq!(db.number("SELECT count(DISTINCT quarter) FROM establishment WHERE quarter = '2021-01-01'"), 1.0);
}

/// Points inside the district, by boundary file in force: published counts for both boundaries.
#[test]
fn the_points_inside_are_those_counted_for_both_boundary_files() {
    let Some((folder, db)) = ready("the_points_inside_are_those_counted_for_both_boundary_files") else { return };
    let db = db.with_dongs();
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let sets = [
        ("bus-stops", "e_서울시 버스정류소 위치정보_2023.csv", "facility WHERE kind = 'bus_stop' AND", 452, 452),
        (
            "streetlights",
            "e_서울특별시_가로등 위치 정보_20221108.csv",
            "facility WHERE kind = 'streetlight' AND",
            663,
            828,
        ),
        ("access-points", "e_SeoulWifi_2021_자치구_위경도뒤바뀜.csv", "access_point WHERE", 247, 249),
        (
            "daycare-centres",
            "d_서울시 어린이집 정보(표준 데이터)_20260701_동작구.csv",
            "daycare_centre WHERE",
            148,
            146,
        ),
    ];
    for (dataset, file, _, sgis, _) in &sets {
        let said = db.must(&["import", dataset, &path(file)]);
        assert!(said.contains(&format!("{sgis} of ")), "{dataset}: {said}");
    }
    db.must(&["import", "dongs", &path("a_hangjeongdong_dongjak_202104.geojson")]);
    for (dataset, _, table, _, river_included) in &sets {
        let inside = db.number(&format!(
            "SELECT count(*) FROM {table} EXISTS (SELECT 1 FROM (SELECT DISTINCT ON (dong_code) boundary FROM dong_boundary \
               WHERE dong_code LIKE '11590%' ORDER BY dong_code, version_id DESC) AS dong WHERE ST_Covers(dong.boundary, place))"
        ));
        assert_eq!(inside, f64::from(*river_included), "{dataset}");
    }
}
