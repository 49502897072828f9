//! Layers of the map: GeoJSON, tables and tiles with the runs, filters and audience of GraphQL.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::support::published::{published, run_id};
use crate::support::{TestServer, agent};

fn json(server: &TestServer, path: &str) -> Value {
    let (status, text) = server.get(path);
    assert_eq!(status, 200, "{path}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}: {text}"))
}

fn ids(server: &TestServer, path: &str) -> Vec<String> {
    let collection = json(server, path);
    let features = collection["features"].as_array().expect("features");
    features.iter().map(|f| f["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn a_layer_is_geojson_with_provenance_and_every_filter_changes_it() {
    let Some(db) = published("a_layer_is_geojson_with_provenance") else { return };
    let server = db.serve();
    let all = json(&server, "/features/wifi-sites.geojson");
    assert_eq!(all["type"], "FeatureCollection");
    assert_eq!(all["features"][0]["geometry"], json!({"type": "Point", "coordinates": [126.905_123, 37.505]}));
    assert_eq!(all["features"][0]["properties"]["marginalPersonHours"], 500.0);
    assert_eq!(all["features"][1]["properties"]["nearestAccessPointMetres"], Value::Null);
    assert_eq!(all["provenance"][0]["analysis"], "WIFI");
    assert_eq!(all["provenance"][0]["sources"][0]["dataset"], "bus-stops");
    assert_eq!(all["attribution"], "Seoul");
    let old = run_id(&server, "WIFI", false);
    for (query, expected) in [
        (String::new(), vec!["000001", "000002", "000003"]),
        ("?bbox=126.90,37.50,126.91,37.51".to_owned(), vec!["000001"]),
        ("?near=126.915,37.505,100".to_owned(), vec!["000002"]),
        ("?near=126.915,37.505,300".to_owned(), vec!["000002", "000003"]),
        (
            "?within=%7B%22type%22:%22Polygon%22,%22coordinates%22:[[[126.917,37.5],[126.919,37.5],[126.919,37.51],[126.917,37.5]]]%7D".to_owned(),
            vec!["000003"],
        ),
        ("?neighbourhood=11590520".to_owned(), vec!["000002", "000003"]),
        (format!("?run={old}"), vec!["000001"]),
        ("?asOf=2026-01-20T00:00:00Z".to_owned(), vec!["000001"]),
    ] {
        assert_eq!(ids(&server, &format!("/features/wifi-sites.geojson{query}")), expected, "{query}");
    }
    let rounded = json(&server, "/features/wifi-sites.geojson?precision=4");
    assert_eq!(rounded["features"][0]["geometry"]["coordinates"], json!([126.9051, 37.505]));
    for wrong in [
        "bbox=1,2",
        "near=1",
        "within=%7B%7D",
        "neighbourhood=x",
        "precision=9",
        "run=x",
        "asOf=now",
        "lang=fr",
        "bbx=1",
        "simplifyMeters=5",
    ] {
        let (status, text) = server.get(&format!("/features/wifi-sites.geojson?{wrong}"));
        assert!(status == 400 && text.contains("BAD_USER_INPUT"), "{wrong}: {status} {text}");
    }
    assert_eq!(server.get("/features/nothing.geojson").0, 404);
}

#[test]
fn neighbourhoods_carry_the_headline_of_each_question_and_no_suppressed_value() {
    let Some(db) = published("neighbourhoods_carry_the_headline") else { return };
    let server = db.serve();
    let all = json(&server, "/features/neighbourhoods.geojson");
    let (first, second) = (&all["features"][0]["properties"], &all["features"][1]["properties"]);
    assert_eq!(
        (&first["sensitivity"], &first["mentions"], &first["accessibility"]),
        (&json!(-0.03), &json!(20), &json!(0.6))
    );
    assert_eq!((first["wifiSites"].as_i64(), first["wifiMarginalPersonHours"].as_f64()), (Some(1), Some(500.0)));
    assert_eq!((&second["mentions"], &second["mentionsStatus"]), (&Value::Null, &json!("SUPPRESSED")));
    assert_eq!(second["sensitivityStatus"], "INSUFFICIENT_DATA");
    let rings = all["features"][1]["geometry"]["coordinates"][0].as_array().expect("rings").clone();
    let ring = rings[0].as_array().expect("a ring");
    assert_eq!(ring.first(), ring.last(), "closed");
    let at = |p: &Value, n: usize| p[n].as_f64().expect("a number");
    let twice: f64 = ring.windows(2).map(|w| at(&w[0], 0) * at(&w[1], 1) - at(&w[1], 0) * at(&w[0], 1)).sum();
    assert!(twice > 0.0, "the outer ring turns counter-clockwise");
    let simple = json(&server, "/features/neighbourhoods.geojson?simplifyMeters=10");
    let corners = simple["features"][1]["geometry"]["coordinates"][0][0].as_array().expect("a ring").len();
    assert_eq!((ring.len(), corners), (6, 5), "the corner of one centimetre is gone");
}

#[test]
fn a_table_has_a_mark_headings_in_both_languages_and_its_provenance_beside_it() {
    let Some(db) = published("a_table_has_a_mark") else { return };
    let server = db.serve();
    let answer = agent().get(format!("{}/features/wifi-sites.csv", server.url)).call().expect("answers");
    let beside = answer.headers()["link"].to_str().expect("text").to_owned();
    let text = answer.into_body().read_to_string().expect("text");
    assert!(text.starts_with("\u{feff}id,순위,"), "{text}");
    assert_eq!(text.lines().count(), 4);
    assert!(text.lines().nth(2).expect("a row").contains(",,"), "a missing distance is an empty cell: {text}");
    let path = beside.trim_start_matches('<').split('>').next().expect("an address").to_owned();
    assert_eq!(json(&server, &path)["provenance"][0]["sources"][0]["licence"], "KOGL 1");
    assert!(server.get("/features/wifi-sites.csv?lang=en").1.contains("added person-hours a day"));
    let (_, lines) = server.get("/features/wifi-sites.ndjson");
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    assert_eq!(
        (rows.len(), rows[2]["marginalPersonHours"].as_f64(), rows[2]["longitude"].as_f64()),
        (3, Some(100.0), Some(126.918))
    );
}

#[test]
fn a_large_layer_comes_whole_and_in_order() {
    let Some(db) = published("a_large_layer_comes_whole") else { return };
    db.connect()
        .batch_execute(
            "INSERT INTO facility (version_id, kind, id, name, place) \
             SELECT 3, 'bus_stop', n::text, '=' || n, ST_SetSRID(ST_MakePoint(126.905, 37.505), 4326) FROM generate_series(1, 2500) AS n; \
             INSERT INTO run_input (run_id, version_id) VALUES (6, 1)",
        )
        .expect("many facilities");
    let server = db.serve();
    let all = ids(&server, "/features/candidates.geojson");
    let different: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!((all.len(), different.len()), (2_500, 2_500));
    assert!(all.is_sorted());
    let (_, table) = server.get("/features/candidates.csv");
    assert_eq!(table.lines().count(), 2_501);
    assert!(table.contains("'=2500"), "a name that a spreadsheet would run is text");
}

#[test]
fn a_tile_holds_what_lies_in_it_and_its_description_says_the_fields() {
    let Some(db) = published("a_tile_holds_what_lies_in_it") else { return };
    let server = db.serve();
    let description = json(&server, "/tiles/wifi-sites.json");
    assert_eq!(description["tilejson"], "3.0.0");
    assert!(description["vector_layers"][0]["fields"]["marginalPersonHours"].is_string());
    let tile = |path: &str| {
        let answer = agent().get(format!("{}{path}", server.url)).call().expect("answers");
        assert_eq!(answer.headers()["content-type"], "application/vnd.mapbox-vector-tile");
        answer.into_body().read_to_vec().expect("bytes")
    };
    // 1,024 tiles around the earth: (126.905 + 180) / 360 of them to the east is tile 872.
    let (here, elsewhere) = (tile("/tiles/wifi-sites/10/872/396.mvt"), tile("/tiles/wifi-sites/10/0/0.mvt"));
    let holds = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|w| w == word.as_bytes());
    assert!(holds(&here, "marginalPersonHours") && holds(&here, "노량진역"), "{} bytes", here.len());
    assert!(elsewhere.is_empty());
    let filtered = tile("/tiles/wifi-sites/10/872/396.mvt?neighbourhood=11590520");
    assert!(!filtered.is_empty() && !holds(&filtered, "노량진역"));
    assert_eq!(server.get("/tiles/wifi-sites/1/2/0.mvt").0, 400);
}

#[test]
fn every_route_keeps_the_audience_and_the_entity_tag_of_its_runs() {
    let Some(db) = published("every_route_keeps_the_audience") else { return };
    let server = db.serve();
    let key = db.must(&["key", "create", "--label", "office", "--scope", "read-internal"]);
    let get = |path: &str, headers: &[(&str, &str)]| {
        let request = headers.iter().fold(agent().get(format!("{}{path}", server.url)), |r, (n, v)| r.header(*n, *v));
        let answer = request.call().expect("answers");
        let tag = answer.headers().get("etag").map(|v| v.to_str().expect("text").to_owned()).unwrap_or_default();
        (answer.status().as_u16(), tag, answer.into_body().read_to_string().unwrap_or_default())
    };
    let authorization = format!("Bearer {}", key.trim());
    let signed_in = [("Authorization", authorization.as_str())];
    let (_, _, runs) = get("/graphql?query=%7BanalysisRuns(analysis:WIFI)%7Bnodes%7Bid%7D%7D%7D", &signed_in);
    let runs: Value = serde_json::from_str(&runs).expect("JSON");
    let internal = runs["data"]["analysisRuns"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
    for path in [
        "/features/wifi-sites.geojson",
        "/features/wifi-sites.csv",
        "/features/wifi-sites.provenance.json",
        "/tiles/wifi-sites.json",
        "/tiles/wifi-sites/10/872/396.mvt",
    ] {
        let pinned = format!("{path}?run={internal}");
        let (status, _, text) = get(&pinned, &[]);
        assert!(status == 403 && text.contains("RESTRICTED"), "{pinned}: {status} {text}");
        assert_eq!(get(&pinned, &signed_in).0, 200, "{pinned}");
        let (_, tag, _) = get(path, &[]);
        assert_ne!(get(path, &signed_in).1, tag, "{path}: the newest run is another one with the key");
        if !path.ends_with("json") || path.ends_with("geojson") {
            assert_eq!(get(path, &[("If-None-Match", &tag)]).0, 304, "{path}");
        }
    }
    let (_, tag, _) = get("/features/wifi-sites.geojson", &[]);
    db.must(&["withdraw", "6", "--reason", "a cell of one person", "--privacy"]);
    let (status, newer, text) = get("/features/wifi-sites.geojson", &[("If-None-Match", &tag)]);
    assert!(status == 200 && newer != tag && text.contains("111"), "{status} {text}");
}

#[test]
fn rows_of_a_withdrawn_run_are_marked_in_every_format_and_those_withdrawn_for_privacy_are_not_sent() {
    let Some(db) = published("rows_of_a_withdrawn_run_are_marked") else { return };
    let server = db.serve();
    let run = run_id(&server, "WIFI", true);
    let row = |server: &TestServer| {
        json(server, &format!("/features/wifi-sites.geojson?run={run}"))["features"][0]["properties"].clone()
    };
    let before = row(&server);
    assert_eq!(before["runStatus"], "PUBLISHED");
    db.must(&["withdraw", "6", "--reason", "the requests were counted twice"]);
    let after = row(&server);
    assert_eq!((&after["runStatus"], &after["rank"]), (&json!("WITHDRAWN"), &before["rank"]));
    for path in ["features/wifi-sites.csv", "features/wifi-sites.ndjson", "features/candidates.ndjson"] {
        let (status, text) = server.get(&format!("/{path}?run={run}"));
        let rows = text.lines().filter(|line| !line.starts_with('\u{feff}')).collect::<Vec<_>>();
        assert!(status == 200 && rows.iter().all(|row| row.contains("WITHDRAWN")), "{path}: {text}");
    }
    let address = format!("{}/tiles/wifi-sites/10/872/396.mvt?run={run}", server.url);
    let tile = agent().get(address).call().expect("answers").into_body().read_to_vec().expect("bytes");
    assert!(tile.windows(9).any(|word| word == b"WITHDRAWN") && !tile.windows(9).any(|word| word == b"PUBLISHED"));
    let all = json(&server, &format!("/features/neighbourhoods.geojson?run={run}"));
    let mut figures = 0;
    for feature in all["features"].as_array().expect("features") {
        let says = &feature["properties"];
        assert_eq!(says["wifiStatus"], "WITHDRAWN", "{says}");
        assert_ne!(says["sensitivityStatus"], "WITHDRAWN", "another question's run is in force: {says}");
        figures += 1;
    }
    assert!(figures > 0);
    let old = run_id(&server, "WIFI", false);
    db.must(&["withdraw", "3", "--reason", "a cell of one person", "--privacy"]);
    for path in ["features/wifi-sites.geojson", "features/wifi-sites.csv", "tiles/wifi-sites/10/872/396.mvt"] {
        let (status, text) = server.get(&format!("/{path}?run={old}"));
        assert!(status == 403 && text.contains("RESTRICTED"), "{path}: {status} {text}");
    }
}

#[test]
fn kept_features_and_tiles_outlive_the_database_and_say_how_old_they_are() {
    let Some(db) = published("kept_features_and_tiles_outlive_the_database") else { return };
    let server = db.serve();
    let get = |path: &str| {
        let answer = agent().get(format!("{}{path}", server.url)).call().expect("answers");
        let headers = answer.headers().clone();
        (answer.status().as_u16(), headers, answer.into_body().read_to_vec().expect("bytes"))
    };
    let kept = ["/features/wifi-sites.geojson", "/features/wifi-sites.csv", "/tiles/wifi-sites/10/872/396.mvt"];
    let before = kept.map(get);
    assert!(before.iter().all(|(status, headers, _)| *status == 200 && headers.get("warning").is_none()));
    db.lock_out(&server);
    for (path, (_, _, body)) in kept.iter().zip(&before) {
        let (status, headers, stale) = get(path);
        assert_eq!((status, &headers["cache-control"]), (200, &"no-store".parse().expect("a header")), "{path}");
        assert!(
            headers["warning"].to_str().is_ok_and(|w| w.starts_with("110")) && headers.contains_key("age"),
            "{path}"
        );
        match path.ends_with("geojson") {
            true => {
                let json: Value = serde_json::from_slice(&stale).expect("JSON");
                let fresh: Value = serde_json::from_slice(body).expect("JSON");
                assert_eq!((&json["stale"], &json["features"]), (&json!(true), &fresh["features"]));
                assert!(json["ageSeconds"].is_u64());
            }
            false => assert_eq!(&stale, body, "{path}"),
        }
    }
    for path in ["/features/candidates.csv", "/tiles/wifi-sites/11/1745/793.mvt"] {
        let (status, headers, body) = get(path);
        assert!(status == 503 && headers.contains_key("retry-after"), "{path}: {status}");
        assert!(String::from_utf8_lossy(&body).contains("DATABASE_UNAVAILABLE"), "{path}");
    }
    assert_eq!(get("/features/wifi-sites.provenance.json").0, 200, "what is published is remembered");
    db.let_in();
    let fresh = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        get("/features/wifi-sites.geojson").1.get("warning").is_none()
    });
    assert!(fresh, "the server does not find the database again");
}

#[test]
fn an_address_of_another_server_comes_into_tilejson_from_named_proxies_only() {
    let Some(db) = published("an_address_of_another_server") else { return };
    let tiles = |server: &TestServer| {
        let request = agent().get(format!("{}/tiles/wifi-sites.json", server.url));
        let request = request.header("X-Forwarded-Host", "elsewhere.example").header("X-Forwarded-Proto", "https");
        let mut answer = request.call().expect("answers");
        let json: Value = serde_json::from_str(&answer.body_mut().read_to_string().expect("text")).expect("JSON");
        json["tiles"][0].as_str().expect("an address").to_owned()
    };
    let alone = db.serve();
    assert!(tiles(&alone).starts_with(&format!("{}/tiles/", alone.url)), "{}", tiles(&alone));
    let behind = TestServer::start(db.settings_with(&[("DONGJAK_TRUSTED_PROXIES", "127.0.0.1")]));
    assert!(tiles(&behind).starts_with("https://elsewhere.example/tiles/"), "{}", tiles(&behind));
}
