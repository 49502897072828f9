//! People counted by dong reach the sites: spread by floor area, masked counts filled in, and every answer says so.

use serde_json::json;

use crate::support::command::Folder;
use crate::support::{TestDatabase, database};

const BANDS: [&str; 6] = ["00_06", "06_11", "11_14", "14_17", "17_21", "21_24"];

/// The dong around 126.95, 37.50 with two bus stops 350 m apart, and `people` in the band from six to eleven of the first
/// quarter of 2024.
fn with_people(test: &str, people: &str) -> Option<(TestDatabase, Folder)> {
    let db = database(test)?.with_dongs();
    let around = |point: &str| {
        db.number(&format!(
            "SELECT min(dong_code)::integer FROM dong_boundary WHERE ST_Covers(boundary, 'SRID=4326;POINT({point})')"
        ))
    };
    let dong = around("126.95 37.50");
    assert_eq!(around("126.954 37.50"), dong, "both stops stand in one dong");
    let folder = Folder::new();
    let names = BANDS.map(|band| format!("시간대_{band}_유동인구_수")).join(",");
    let file =
        format!("기준_년분기_코드,행정동_코드,{names}\n20234,{dong},9,9,9,9,9,9\n20241,{dong},0,{people},0,0,0,0\n");
    db.must(&["import", "floating-population", &folder.file("people.csv", file)]);
    let stops = "id,name,lon,lat\nwest,서,126.95,37.50\neast,동,126.954,37.50\n";
    db.must(&["import", "bus-stops", &folder.file("stops.csv", stops)]);
    Some((db, folder))
}

#[test]
fn people_of_a_dong_are_found_where_its_buildings_stand() {
    // The quarter has 91 days: 500 person-hours a day, 100 persons in each of five hours.
    let Some((db, folder)) = with_people("people_of_a_dong_are_found", "45500") else { return };
    db.must(&["analyze", "wifi", "--publish"]);
    let asked = "{ wifiSummary { demand { value status reason(lang: EN) interval { lower } } }
        wifiSites { nodes { facility { sourceId } marginalGain { value status } topHours } } }";
    let server = db.serve();
    let even = server.data(asked);
    let demand = &even["wifiSummary"]["demand"];
    assert!((demand["value"].as_f64().unwrap() - 500.0).abs() < 1e-6, "{demand}");
    let reason = demand["reason"].as_str().unwrap();
    assert!(reason.contains("spread evenly") && reason.contains("both are taken as the same day"), "{reason}");
    let gains = |answer: &serde_json::Value| -> Vec<(String, f64)> {
        let nodes = answer["wifiSites"]["nodes"].as_array().unwrap().clone();
        let gain = |n: serde_json::Value| {
            (n["facility"]["sourceId"].as_str().unwrap().to_owned(), n["marginalGain"]["value"].as_f64().unwrap())
        };
        nodes.into_iter().map(gain).collect()
    };
    let of_area = gains(&even);
    assert!(
        of_area.len() == 2 && of_area.iter().all(|(_, hours)| *hours < 60.0),
        "few people live around one stop: {of_area:?}"
    );

    // Three quarters of the floor area stand at the western stop, the rest far from both.
    let buildings = "id,floor_area_m2,lon,lat\n1,3000,126.95,37.50\n2,1000,126.952,37.50\n";
    db.must(&["import", "buildings", &folder.file("buildings.csv", buildings)]);
    db.must(&["analyze", "wifi", "--publish"]);
    let built = server.data(asked);
    let reason = built["wifiSummary"]["demand"]["reason"].as_str().unwrap();
    assert!(reason.contains("by floor area"), "{reason}");
    let of_floor = gains(&built);
    assert!(of_floor[0].0 == "west" && (of_floor[0].1 - 375.0).abs() < 1e-6, "{of_floor:?}");
    assert_eq!(built["wifiSites"]["nodes"][0]["topHours"], json!([6, 7, 8]));

    // The map shows the squares of the run in force: nobody is lost among them, and they stand where the buildings do.
    let (status, body) = server.get("/features/demand.geojson");
    assert_eq!(status, 200, "{body}");
    let squares: serde_json::Value = serde_json::from_str(&body).unwrap();
    let people: Vec<f64> = squares["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|square| {
            let of = &square["properties"];
            assert_eq!((&of["spread"], &of["cellMetres"]), (&json!(true), &json!(100)), "{square}");
            square["properties"]["weekdayPersonHours"].as_f64().unwrap()
        })
        .filter(|people| *people > 0.0)
        .collect();
    assert_eq!(people.len(), 2);
    assert!((people.iter().sum::<f64>() - 500.0).abs() < 1e-6, "{people:?}");
    assert!((people.iter().copied().fold(0.0, f64::max) - 375.0).abs() < 1e-6, "{people:?}");
}

#[test]
fn a_masked_count_is_filled_in_and_its_interval_runs_from_nobody_to_three() {
    let Some((db, folder)) = with_people("a_masked_count_is_filled_in", "*") else { return };
    let buildings = "id,floor_area_m2,lon,lat\n1,3000,126.95,37.50\n";
    db.must(&["import", "buildings", &folder.file("buildings.csv", buildings)]);
    db.must(&["analyze", "wifi", "--publish"]);
    let asked = "{ wifiSummary { demand { value status interval { lower upper level method } } }
        wifiSites { nodes { marginalGain { value status interval { lower upper } } } } 
        wifiPlan(sites: 1, options: {maskedPeople: 3}) { value { value status interval { lower upper } } } }";
    let answer = db.serve().data(asked);
    // One masked count of a quarter: 1.5 person-hours in 91 days, 0 to 3.
    let demand = &answer["wifiSummary"]["demand"];
    let close = |value: &serde_json::Value, expected: f64| (value.as_f64().unwrap() - expected).abs() < 1e-9;
    assert!(close(&demand["value"], 1.5 / 91.0) && demand["status"] == "IMPUTED", "{demand}");
    assert!(close(&demand["interval"]["lower"], 0.0) && close(&demand["interval"]["upper"], 3.0 / 91.0), "{demand}");
    assert_eq!(
        (&demand["interval"]["level"], &demand["interval"]["method"]),
        (&json!(1.0), &json!("masked counts at 0 and at 3 persons"))
    );
    let site = &answer["wifiSites"]["nodes"][0]["marginalGain"];
    assert!(site["status"] == "IMPUTED" && close(&site["interval"]["upper"], 3.0 / 91.0), "{site}");
    // Plans count in thousandths of a person-hour.
    let planned = &answer["wifiPlan"]["value"];
    assert_eq!(planned["value"], json!(0.033), "three persons instead of one and a half");
    assert_eq!((&planned["status"], &planned["interval"]), (&json!("IMPUTED"), &json!({"lower": 0.0, "upper": 0.033})));
}

/// Two streets that overlap, in metres from the south-western corner of a square of 100 m: together 3,750 of its 10,000 m².
const STREETS: [[f64; 4]; 2] = [[0.0, 0.0, 25.0, 100.0], [0.0, 0.0, 50.0, 50.0]];

fn streets((x, y): (f64, f64), boxes: &[[f64; 4]]) -> String {
    let feature = |[west, south, east, north]: &[f64; 4]| {
        let (west, south, east, north) = (x + west, y + south, x + east, y + north);
        json!({
            "type": "Feature",
            "properties": {"kind": "road"},
            "geometry": {"type": "Polygon", "coordinates":
                [[[west, south], [east, south], [east, north], [west, north], [west, south]]]},
        })
    };
    let features: Vec<_> = boxes.iter().map(feature).collect();
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5179"}});
    json!({"type": "FeatureCollection", "crs": crs, "features": features}).to_string()
}

#[test]
fn people_of_a_dong_are_placed_in_squares_with_public_space_and_count_by_its_share() {
    let Some((db, folder)) = with_people("people_of_a_dong_are_placed_in_squares", "45500") else { return };
    let metres = |axis: &str| {
        db.number(&format!("SELECT ST_{axis}(ST_Transform('SRID=4326;POINT(126.95 37.50)'::geometry, 5179))"))
    };
    let middle = (metres("X"), metres("Y"));
    let corner = ((middle.0 / 100.0).floor() * 100.0, (middle.1 / 100.0).floor() * 100.0);
    db.must(&["import", "public-spaces", &folder.file("streets.geojson", streets(corner, &STREETS))]);
    let refused = db.run(&["import", "public-spaces", &folder.file("streets.csv", "kind,lon,lat\nroad,126.95,37.5\n")]);
    assert!(refused.code == 1 && refused.err.contains("GeoJSON"), "{}", refused.err);
    db.must(&["analyze", "wifi", "--publish"]);
    let server = db.serve();
    let demand = "demand { value reason(lang: EN) }";
    let near = |number: &serde_json::Value, expected: f64| {
        let number = number.as_f64().unwrap();
        assert!((number - expected).abs() < 0.01, "{number} is not {expected}");
    };
    // All 500 person-hours of the dong are in the one square with a street, and 37.5 % of its ground is street.
    let counted = server.data(&format!(
        "{{ wifiSummary {{ {demand} }} wifiSites(first: 1) {{ nodes {{ facility {{ sourceId }} marginalGain {{ value }} }} }} }}"
    ));
    near(&counted["wifiSummary"]["demand"]["value"], 187.5);
    let reason = counted["wifiSummary"]["demand"]["reason"].as_str().unwrap();
    assert!(
        reason.contains("without public space got nobody") && reason.contains("only those in public space"),
        "{reason}"
    );
    let best = &counted["wifiSites"]["nodes"][0];
    assert_eq!(best["facility"]["sourceId"], "west");
    near(&best["marginalGain"]["value"], 187.5);
    // The map shows the streets that the run has read.
    let (status, body) = server.get("/features/public-spaces.geojson");
    assert_eq!(status, 200, "{body}");
    let shown: serde_json::Value = serde_json::from_str(&body).unwrap();
    let shown = shown["features"].as_array().unwrap();
    assert_eq!((shown.len(), &shown[0]["properties"]["kind"]), (2, &json!("road")));
    assert_eq!(shown[0]["geometry"]["type"], "MultiPolygon");
    let plan = |options: &str| {
        server.data(&format!("{{ wifiPlan(sites: 1{options}) {{ value {{ value }} }} }}"))["wifiPlan"]["value"]["value"]
            .clone()
    };
    near(&plan(""), 187.5);
    near(&plan(", options: {publicSpaceOnly: false}"), 500.0);
    let everybody = folder.file("everybody.json", r#"{"publicSpaceOnly": false}"#);
    db.must(&["analyze", "wifi", "--publish", "--params", &everybody]);
    let everybody = server.data(&format!("{{ wifiSummary {{ {demand} }} }}"))["wifiSummary"]["demand"].clone();
    near(&everybody["value"], 500.0);
    assert!(!everybody["reason"].as_str().unwrap().contains("only those in public space"), "{everybody}");

    // Cells of a grid stay where they are; half of the ground of this one is street.
    let grid = "day_type,hour,lon,lat,people\nweekday,9,126.95,37.50,70\nweekend,9,126.95,37.50,70\n";
    db.must(&["import", "floating-population", &folder.file("grid.csv", grid)]);
    let west = streets(middle, &[[-1_000.0, -1_000.0, 0.0, 1_000.0]]);
    db.must(&["import", "public-spaces", &folder.file("west.geojson", west)]);
    db.must(&["analyze", "wifi", "--publish"]);
    let on_grid = server.data(&format!("{{ wifiSummary {{ {demand} }} wifiCoverage {{ {demand} }} }}"));
    for place in ["wifiSummary", "wifiCoverage"] {
        near(&on_grid[place]["demand"]["value"], 35.0);
        let reason = on_grid[place]["demand"]["reason"].as_str().unwrap();
        assert!(reason.contains("only those in public space") && !reason.contains("got nobody"), "{reason}");
    }
}
