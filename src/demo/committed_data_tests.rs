//! The committed files of `data/` must agree with each other and with the official tables.

use std::collections::BTreeSet;

use super::testing::reference;

const DONG_CODES: &str = include_str!("../../data/dong-codes.csv");
const BOUNDARIES: &str = include_str!("../../data/boundaries/sgis-adm3-2020-dongjak.geojson");
const INDUSTRIES: &str = include_str!("../../data/industries.csv");
const INDUSTRY_CODES: &str = include_str!("../../data/industry-codes.csv");
const CALENDAR: &str = include_str!("../../data/calendar.csv");

fn column(text: &str, column: usize) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a whole row")[column].to_owned()).collect()
}

fn features(text: &str) -> Vec<serde_json::Value> {
    let mut collection: serde_json::Value = serde_json::from_str(text).expect("GeoJSON");
    serde_json::from_value(collection["features"].take()).expect("features")
}

#[test]
fn every_boundary_has_its_code_and_the_same_name() {
    let features = features(BOUNDARIES);
    assert_eq!(features.len(), 15);
    let codes: Vec<(String, String)> = column(DONG_CODES, 0).into_iter().zip(column(DONG_CODES, 4)).collect();
    assert_eq!(codes.len(), 15);
    for feature in &features {
        let text = |key: &str| feature["properties"][key].as_str().expect(key);
        let name = text("adm3_name_kr").rsplit(' ').next().expect("a name").to_owned();
        assert!(codes.contains(&(text("adm3_code").to_owned(), name)), "{feature:.80}");
    }
}

#[test]
fn boundaries_are_those_of_the_package_to_the_last_digit() {
    let test = "boundaries_are_those_of_the_package_to_the_last_digit";
    let Some(bytes) = reference("a_sgis_adm3_2020_dongjak_epsg5179.geojson", test) else { return };
    let published = features(&String::from_utf8(bytes).expect("UTF-8"));
    let ours = features(BOUNDARIES);
    assert!(published.iter().all(|feature| ours.contains(feature)) && published.len() == ours.len());
}

#[test]
fn dong_codes_are_rows_of_the_official_table() {
    let Some(bytes) = reference("a_행정동코드_통계청_행자부.csv", "dong_codes_are_rows_of_the_official_table")
    else {
        return;
    };
    let official = String::from_utf8(bytes).expect("UTF-8");
    let official: BTreeSet<&str> = official.trim_start_matches('\u{feff}').lines().collect();
    assert!(DONG_CODES.lines().all(|line| official.contains(line)));
    assert_eq!(official.iter().filter(|line| line.contains("동작구")).count(), DONG_CODES.lines().count() - 1);
}

#[test]
fn every_code_leads_to_an_industry_or_to_a_group_of_the_survey() {
    let industries: BTreeSet<String> = column(INDUSTRIES, 0).into_iter().collect();
    assert_eq!(industries.len(), 20);
    let targets = column(INDUSTRY_CODES, 0).into_iter().zip(column(INDUSTRY_CODES, 2));
    let (survey, portals): (Vec<_>, Vec<_>) = targets.partition(|(system, _)| system == "bsi");
    assert!(portals.iter().all(|(_, industry)| industries.contains(industry)));
    let reached: BTreeSet<String> = portals.into_iter().map(|(_, industry)| industry).collect();
    assert_eq!(reached, industries);
    let groups: BTreeSet<String> = survey.into_iter().map(|(_, group)| group).collect();
    assert_eq!(groups.len(), 9);
    // The survey does not ask clinics: their group has no index.
    let parents: BTreeSet<String> = column(INDUSTRIES, 3).into_iter().collect();
    assert_eq!(parents.difference(&groups).collect::<Vec<_>>(), ["health"]);
}

#[test]
fn seollal_and_chuseok_stand_in_the_calendar_with_both_neighbours() {
    let days: Vec<(String, String)> = column(CALENDAR, 0).into_iter().zip(column(CALENDAR, 1)).collect();
    let of_kind = |kind: &str| days.iter().filter(|day| day.1 == kind).map(|day| day.0.as_str()).collect::<Vec<_>>();
    assert_eq!(
        of_kind("seollal"),
        [
            "2019-02-04",
            "2019-02-05",
            "2019-02-06",
            "2020-01-24",
            "2020-01-25",
            "2020-01-26",
            "2021-02-11",
            "2021-02-12",
            "2021-02-13"
        ]
    );
    assert_eq!(of_kind("chuseok").len(), 9);
    assert_eq!(of_kind("temporary"), ["2020-08-17"]);
    assert_eq!(of_kind("election"), ["2020-04-15"]);
}
