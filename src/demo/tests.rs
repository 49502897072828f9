use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::place::contains;
use super::testing::{checkerboard, file_of, generated, reference, table_of, text_of};
use super::*;

/// Datasets with the least and most rows of their first file.
const ROWS: [(&str, usize, usize); 16] = [
    ("card-sales", 108_000, 109_500),
    ("covid-cases", 731, 731),
    ("establishments", 15 * 39 * 8, 15 * 39 * 8),
    ("markets", 8, 30),
    ("merchant-usage", 15 * 19 * 3 * 24, 15 * 19 * 3 * 24),
    ("bsi", 216, 216),
    ("floating-population", 70_000, 85_000),
    ("bus-stops", 480, 520),
    ("streetlights", 1_990, 2_000),
    ("access-points", 220, 290),
    ("wifi-requests", 400, 400),
    ("daycare-centres", 230, 300),
    ("children", 16, 16),
    ("childcare-use", 15 * 12 * 2 * 4, 15 * 12 * 2 * 4),
    ("childcare-candidates", 75, 75),
    ("posts", 5_000, 5_000),
];

#[test]
fn every_dataset_has_the_promised_number_of_rows() {
    for (dataset, least, most) in ROWS {
        let lines = text_of(file_of(dataset)).lines().count();
        let rows = if dataset == "posts" { lines } else { lines - 1 };
        assert!((least..=most).contains(&rows), "{dataset}: {rows}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let (again, other) = (generate(7, &checkerboard()), generate(8, &checkerboard()));
    for ((first, again), other) in generated().iter().zip(&again).zip(&other) {
        assert!(first.bytes == again.bytes, "{} differs from itself", first.name);
        assert!(first.bytes != other.bytes, "{} does not depend on the seed", first.name);
        assert_eq!(first.name, other.name);
    }
}

#[test]
fn every_file_name_says_synthetic_and_all_files_together_stay_small() {
    assert!(generated().iter().all(|file| file.name.contains("synthetic")));
    assert!(generated().iter().map(|file| file.bytes.len()).sum::<usize>() < 40_000_000);
}

#[test]
fn no_letter_is_lost_in_cp949() {
    for file in generated() {
        assert!(!text_of(file).contains("&#"), "{}", file.name);
    }
    let portal = ["establishments", "bus-stops", "streetlights", "access-points", "daycare-centres", "children"];
    for dataset in portal {
        assert!(std::str::from_utf8(&file_of(dataset).bytes).is_err(), "{dataset} is not CP949");
    }
}

/// The rows whose points lie in no dong.
fn outside(dongs: &[DemoDong], points: impl Iterator<Item = (f64, f64)>) -> usize {
    points.filter(|point| !dongs.iter().any(|dong| contains(&dong.area, *point))).count()
}

fn points(file: &GeneratedFile, lon: usize, lat: usize) -> Vec<(f64, f64)> {
    let number = |text: &str| text.parse::<f64>().ok();
    table_of(file).1.iter().filter_map(|row| Some((number(&row[lon])?, number(&row[lat])?))).collect()
}

fn check_points(dongs: &[DemoDong], files: &[GeneratedFile]) {
    let file_of = |dataset: &str| files.iter().find(|file| file.dataset == dataset).expect("a file");
    for (dataset, lon, lat) in
        [("floating-population", 2, 3), ("streetlights", 2, 1), ("wifi-requests", 1, 2), ("daycare-centres", 18, 17)]
    {
        let points = points(file_of(dataset), lon, lat);
        assert!(points.len() >= 200, "{dataset}");
        assert_eq!(outside(dongs, points.into_iter()), 0, "{dataset}");
    }
    let swapped_back =
        points(file_of("access-points"), 14, 13).into_iter().map(|(x, y)| if x < y { (y, x) } else { (x, y) });
    assert_eq!(outside(dongs, swapped_back), 0);
    assert_eq!(outside(dongs, points(file_of("bus-stops"), 3, 4).into_iter()), 60);
}

#[test]
fn every_point_lies_in_the_district_but_sixty_bus_stops() {
    check_points(&checkerboard(), generated());
}

#[test]
fn a_row_that_names_its_dong_lies_in_it() {
    let dongs = checkerboard();
    let (_, rows) = table_of(file_of("wifi-requests"));
    for row in rows {
        let point = (row[1].parse().expect("lon"), row[2].parse().expect("lat"));
        let dong = dongs.iter().find(|dong| contains(&dong.area, point)).expect("a dong");
        assert_eq!(row[4], format!("서울특별시 동작구 {} 일대", dong.name));
    }
}

#[test]
fn the_faults_of_real_files_are_there() {
    let (_, lamps) = table_of(file_of("streetlights"));
    assert!((10..=45).contains(&lamps.iter().filter(|row| row[1].is_empty()).count()));
    let access_points = points(file_of("access-points"), 14, 13);
    assert!((2..=25).contains(&access_points.iter().filter(|(x, y)| x < y).count()));
    let places: std::collections::BTreeSet<String> = access_points.iter().map(|point| format!("{point:?}")).collect();
    assert!((100..=130).contains(&places.len()), "{}", places.len());
    let (_, people) = table_of(file_of("floating-population"));
    let masked = people.iter().filter(|row| row[4] == "*").count();
    assert!((500..=12_000).contains(&masked), "{masked}");
    let (_, requests) = table_of(file_of("wifi-requests"));
    assert!((4..=40).contains(&requests.iter().filter(|row| row[6].contains("010-0")).count()));
}

#[test]
fn daycare_columns_add_up() {
    let (_, rows) = table_of(file_of("daycare-centres"));
    let open = rows.iter().filter(|row| matches!(row[4].as_str(), "정상" | "재개")).count();
    assert!((135..=165).contains(&open), "{open} open");
    for row in &rows {
        let sum =
            |from: usize, to: usize| row[from..to].iter().map(|field| field.parse::<u32>().unwrap_or(0)).sum::<u32>();
        assert_eq!(row[45], sum(36, 45).to_string(), "children of {}", row[2]);
        assert_eq!(row[16], row[45], "children of {}", row[2]);
        assert_eq!(row[35], sum(26, 35).to_string(), "classes of {}", row[2]);
        assert!(sum(16, 17) <= sum(15, 16), "more children than places in {}", row[2]);
        if row[4] == "정상" {
            assert_eq!(sum(46, 51), 100, "years of service in {}", row[2]);
            assert_eq!(row[60], sum(51, 60).to_string(), "staff of {}", row[2]);
        }
    }
}

#[test]
fn the_register_adds_up_by_age_sex_and_dong() {
    let (_, rows) = table_of(file_of("children"));
    let number = |text: &String| text.replace(',', "").parse::<u32>().expect("a number");
    let rows: Vec<Vec<u32>> = rows.iter().map(|row| row[1..].iter().map(number).collect()).collect();
    for column in 0..24 {
        assert_eq!(rows[0][column], rows[1..].iter().map(|row| row[column]).sum::<u32>());
    }
    for row in &rows {
        assert_eq!(row[1], row[2..8].iter().sum::<u32>());
        assert!((0..8).all(|column| row[column] == row[8 + column] + row[16 + column]));
        assert!(row[1] < row[0]);
    }
}

#[test]
fn posts_are_ordered_unique_by_id_and_partly_repeated() {
    let posts: Vec<serde_json::Value> =
        text_of(file_of("posts")).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let texts =
        |key: &str| -> Vec<String> { posts.iter().map(|post| post[key].as_str().expect(key).to_owned()).collect() };
    let times = texts("created_at");
    assert!(times.is_sorted());
    assert!(times[0].as_str() >= "2019-01-01T00:00:00+09:00" && times[4_999].as_str() <= "2020-12-31T23:59:59+09:00");
    assert!(chrono::DateTime::parse_from_rfc3339(&times[0]).is_ok());
    let distinct = |texts: Vec<String>| texts.into_iter().collect::<std::collections::BTreeSet<_>>().len();
    assert_eq!(distinct(texts("id")), 5_000);
    assert!((3_500..4_700).contains(&distinct(texts("text"))), "{}", distinct(texts("text")));
    assert_eq!(distinct(texts("channel")), 5);
    let with_phone = texts("text").iter().filter(|text| text.contains("010-0")).count();
    assert!((80..700).contains(&with_phone), "{with_phone}");
}

#[test]
fn without_dongs_there_is_no_point_and_no_panic() {
    for file in generate(1, &[]) {
        assert!(!text_of(&file).contains("NaN"), "{}", file.name);
    }
    let flat = DemoDong { code8: "11590510".into(), name: "노량진1동".into(), area: MultiPolygon(Vec::new()) };
    assert!(generate(1, &[flat]).iter().all(|file| !text_of(file).contains("NaN")));
}

#[test]
fn header_lines_are_those_of_the_official_files() {
    let official = [
        ("establishments", "b_서울시 상권분석서비스(점포-행정동)_커피음료_2024.csv"),
        ("bsi", "c_소상공인_업종별_실적_및_전망.csv"),
        ("bus-stops", "e_서울시 버스정류소 위치정보_2023.csv"),
        ("streetlights", "e_서울특별시_가로등 위치 정보_20221108.csv"),
        ("access-points", "e_서울시 공공와이파이 서비스 위치 정보_헤더만.csv"),
        ("daycare-centres", "d_서울시 어린이집 정보(표준 데이터)_20260701_동작구.csv"),
    ];
    for (dataset, name) in official {
        let Some(bytes) = reference(name, "header_lines_are_those_of_the_official_files") else { continue };
        let line = |bytes: &[u8]| {
            bytes.split_inclusive(|byte| *byte == b'\n').next().map(|line| line.trim_ascii_end().to_vec())
        };
        assert!(line(&bytes) == line(&file_of(dataset).bytes), "{dataset}");
        let returns = |bytes: &[u8]| bytes.contains(&b'\r');
        assert_eq!(returns(&bytes), returns(&file_of(dataset).bytes), "line ends of {dataset}");
    }
    let register = "d_주민등록 0-5세 행정동별_202606_서울.csv";
    if let Some(bytes) = reference(register, "header_lines_are_those_of_the_official_files") {
        let official = encoding_rs::EUC_KR.decode(&bytes).0.lines().next().map(str::to_owned);
        let ours =
            children::header("2026년06월").iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",");
        assert_eq!(official, Some(ours));
    }
}

#[test]
fn the_real_dongs_are_filled_as_the_invented_ones_are() {
    let test = "the_real_dongs_are_filled_as_the_invented_ones_are";
    let Some(bytes) = reference("a_hangjeongdong_dongjak_202104.geojson", test) else { return };
    let collection: serde_json::Value = serde_json::from_slice(&bytes).expect("GeoJSON");
    let dongs: Vec<DemoDong> = collection["features"].as_array().expect("features").iter().map(real_dong).collect();
    assert_eq!(dongs.len(), 15);
    check_points(&dongs, &generate(7, &dongs));
}

fn real_dong(feature: &serde_json::Value) -> DemoDong {
    let text = |key: &str| feature["properties"][key].as_str().expect(key);
    let ring = |ring: &serde_json::Value| -> LineString<f64> {
        let pair = |at: &serde_json::Value| Coord { x: at[0].as_f64().expect("x"), y: at[1].as_f64().expect("y") };
        LineString(ring.as_array().expect("a ring").iter().map(pair).collect())
    };
    let polygon = |rings: &serde_json::Value| {
        let mut rings = rings.as_array().expect("rings").iter().map(ring);
        Polygon::new(rings.next().expect("an outer ring"), rings.collect())
    };
    let polygons = feature["geometry"]["coordinates"].as_array().expect("polygons");
    DemoDong {
        code8: text("adm_cd2")[..8].to_owned(),
        name: text("adm_nm").rsplit(' ').next().unwrap_or_default().to_owned(),
        area: MultiPolygon(polygons.iter().map(polygon).collect()),
    }
}
