//! For every argument, filter, `run` and `asOf`: two inputs whose answers differ, both known by pencil from the
//! invented results in `support/published.sql`.

use serde_json::{Value, json};

use crate::support::published::{publish, run_id};
use crate::support::{TestServer, agent, database};

fn numbers(rows: &Value, pointer: &str) -> Vec<Value> {
    rows.as_array().expect("rows").iter().map(|row| row.pointer(pointer).cloned().unwrap_or(Value::Null)).collect()
}

fn ask(server: &TestServer, field: &str, arguments: &str, selection: &str) -> Value {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    server.data(&format!("{{ {field}{arguments} {{ {selection} }} }}"))[field].clone()
}

#[test]
fn run_and_as_of_choose_the_publication_and_null_stands_before_the_first() {
    let Some(db) = database("run_and_as_of_choose_the_publication") else { return };
    publish(&db);
    let server = db.serve();
    for (field, analysis, selection, pointer, old, new) in [
        (
            "economicSensitivity",
            "ECONOMY",
            "nodes { sensitivity { value } }",
            "/nodes/0/sensitivity/value",
            json!(-0.01),
            json!(-0.02),
        ),
        (
            "childcareSentiment",
            "CHILDCARE",
            "nodes { mentions { value } }",
            "/nodes/0/mentions/value",
            json!(7.0),
            json!(30.0),
        ),
        (
            "wifiSites",
            "WIFI",
            "nodes { marginalGain { value } }",
            "/nodes/0/marginalGain/value",
            json!(111.0),
            json!(500.0),
        ),
        ("wifiSummary", "WIFI", "demand { value }", "/demand/value", json!(999.0), json!(1000.0)),
    ] {
        let value = |arguments: &str| ask(&server, field, arguments, selection).pointer(pointer).cloned();
        assert_eq!(value(""), Some(new.clone()), "{field}");
        let (first, last) = (run_id(&server, analysis, false), run_id(&server, analysis, true));
        assert_eq!(value(&format!("run: \"{first}\"")), Some(old.clone()), "{field}");
        assert_eq!(value(&format!("run: \"{last}\"")), Some(new), "{field}");
        assert_eq!(value("asOf: \"2026-01-20T00:00:00+09:00\""), Some(old), "{field}");
        assert_eq!(ask(&server, field, "asOf: \"2026-01-09T00:00:00+09:00\"", selection), Value::Null, "{field}");
        let (code, _) = server
            .refusal(&format!("{{ {field}(run: \"{first}\", asOf: \"2026-01-20T00:00:00Z\") {{ __typename }} }}"));
        assert_eq!(code, "BAD_USER_INPUT", "{field}");
    }
    let neighbourhood = |arguments: &str| {
        let query = format!(
            "{{ neighbourhoods(codes: [\"11590510\"]) {{ economy{arguments} {{ sensitivity {{ value }} }} \
               childcare{arguments} {{ mentions {{ value }} }} wifi{arguments} {{ marginalGain {{ value }} sites {{ value }} best {{ rank }} }} }} }}"
        );
        server.data(&query)["neighbourhoods"][0].clone()
    };
    assert_eq!(
        neighbourhood(""),
        json!({"economy": {"sensitivity": {"value": -0.03}}, "childcare": {"mentions": {"value": 20.0}},
               "wifi": {"marginalGain": {"value": 500.0}, "sites": {"value": 1.0}, "best": {"rank": 1}}})
    );
    assert_eq!(
        neighbourhood("(asOf: \"2026-01-20T00:00:00Z\")"),
        json!({"economy": null, "childcare": {"mentions": {"value": 7.0}},
               "wifi": {"marginalGain": {"value": 111.0}, "sites": {"value": 1.0}, "best": {"rank": 1}}})
    );
}

#[test]
fn a_run_of_another_question_an_internal_one_and_an_unpublished_one_are_not_answered_from() {
    let Some(db) = database("a_run_of_another_question") else { return };
    publish(&db);
    let server = db.serve();
    let economy = run_id(&server, "ECONOMY", true);
    let (code, message) = server.refusal(&format!("{{ wifiSites(run: \"{economy}\") {{ totalCount }} }}"));
    assert!(code == "BAD_USER_INPUT" && message.contains("economy"), "{code} {message}");
    let id = |run: &str| dongjak_insight::graphql::ids::encode("AnalysisRun", run).to_string();
    assert_eq!(server.refusal(&format!("{{ wifiSites(run: \"{}\") {{ totalCount }} }}", id("7"))).0, "RESTRICTED");
    assert_eq!(server.refusal(&format!("{{ wifiSites(run: \"{}\") {{ totalCount }} }}", id("8"))).0, "BAD_USER_INPUT");
    for hidden in ["7", "8", "99"] {
        assert_eq!(server.data(&format!("{{ node(id: \"{}\") {{ id }} }}", id(hidden))), json!({"node": null}));
    }
}

#[test]
fn every_filter_and_order_of_the_economy_changes_the_answer() {
    let Some(db) = database("every_filter_and_order_of_the_economy") else { return };
    publish(&db);
    let server = db.serve();
    let slopes = |arguments: &str| {
        let rows = ask(&server, "economicSensitivity", arguments, "nodes { sensitivity { value } }");
        numbers(&rows["nodes"], "/sensitivity/value")
    };
    assert_eq!(slopes(""), [json!(-0.02), json!(-0.03), Value::Null, json!(-0.05), json!(0.01)]);
    assert_eq!(slopes("filter: {scope: DISTRICT}"), [json!(-0.02)]);
    assert_eq!(slopes("filter: {scope: NEIGHBOURHOOD}"), [json!(-0.03), Value::Null]);
    assert_eq!(slopes("filter: {scope: INDUSTRY}"), [json!(-0.05), json!(0.01)]);
    assert_eq!(slopes("filter: {neighbourhoods: [\"11590510\"]}"), [json!(-0.03)]);
    assert_eq!(slopes("filter: {industries: [\"I02\"]}"), [json!(0.01)]);
    assert_eq!(slopes("orderBy: MOST_SENSITIVE"), [json!(-0.05), json!(-0.03), json!(-0.02), json!(0.01), Value::Null]);
    assert_eq!(
        slopes("orderBy: LEAST_SENSITIVE"),
        [json!(0.01), json!(-0.02), json!(-0.03), json!(-0.05), Value::Null]
    );
    let weeks = |arguments: &str| {
        let selection = format!("nodes {{ weeks{arguments} {{ label yearOnYear {{ value }} }} }}");
        let rows = ask(&server, "economicSensitivity", "filter: {scope: DISTRICT}", &selection);
        let weeks = rows["nodes"][0]["weeks"].clone();
        (numbers(&weeks, "/label"), numbers(&weeks, "/yearOnYear/value"))
    };
    assert_eq!(weeks("").1, [json!(-0.04), json!(-0.1), json!(-0.2)]);
    assert_eq!(weeks("(alignment: PLAIN)").1, [json!(-0.15), json!(-0.1), json!(-0.2)]);
    // Week 10 of 2020 runs from 2 to 8 March.
    assert_eq!(weeks("(from: \"2020-03-08\")").0, [json!("2020-W10"), json!("2020-W52")]);
    assert_eq!(weeks("(from: \"2020-03-09\")").0, [json!("2020-W52")]);
    assert_eq!(weeks("(to: \"2020-03-02\")").0, [json!("2020-W04"), json!("2020-W10")]);
    assert_eq!(weeks("(to: \"2020-03-01\")").0, [json!("2020-W04")]);
    let months = |arguments: &str| {
        let selection = format!(
            "nodes {{ sentiment{arguments} {{ month gap {{ value interval {{ lower upper }} reason(lang: EN) }} }} }}"
        );
        ask(&server, "economicSensitivity", "filter: {industries: [\"I01\"]}", &selection)["nodes"][0]["sentiment"]
            .clone()
    };
    assert_eq!(
        months(""),
        json!([
            {"month": "2020-03-01", "gap": {"value": -10.0, "interval": {"lower": -14.0, "upper": -6.0}, "reason": null}},
            {"month": "2020-09-01", "gap": {"value": -5.0, "interval": null, "reason": "No numbers of respondents."}}
        ])
    );
    assert_eq!(numbers(&months("(from: \"2020-04-01\")"), "/month"), [json!("2020-09-01")]);
    assert_eq!(numbers(&months("(to: \"2020-04-01\")"), "/month"), [json!("2020-03-01")]);
}

#[test]
fn every_filter_and_order_of_childcare_changes_the_answer() {
    let Some(db) = database("every_filter_and_order_of_childcare") else { return };
    publish(&db);
    let server = db.serve();
    let places = |arguments: &str| {
        let rows = ask(&server, "childcareSentiment", arguments, "nodes { scope neighbourhood { code } }");
        let name = |row: &Value| {
            row.pointer("/neighbourhood/code").unwrap_or(&row["scope"]).as_str().expect("text").to_owned()
        };
        rows["nodes"].as_array().expect("rows").iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(places(""), ["DISTRICT", "11590510", "11590520", "UNRESOLVED"]);
    assert_eq!(places("filter: {scope: NEIGHBOURHOOD}"), ["11590510", "11590520"]);
    assert_eq!(places("filter: {scope: UNRESOLVED}"), ["UNRESOLVED"]);
    assert_eq!(places("filter: {neighbourhoods: [\"11590520\"]}"), ["11590520"]);
    assert_eq!(places("orderBy: MOST_MENTIONS"), ["DISTRICT", "UNRESOLVED", "11590510", "11590520"]);
    assert_eq!(places("orderBy: MOST_NEGATIVE"), ["11590510", "UNRESOLVED", "DISTRICT", "11590520"]);
    assert_eq!(places("orderBy: LEAST_ACCESS"), ["11590520", "11590510", "DISTRICT", "UNRESOLVED"]);
    let hidden = ask(
        &server,
        "childcareSentiment",
        "filter: {neighbourhoods: [\"11590520\"]}",
        "nodes { mentions { value status interval { lower } en: reason(lang: EN) ko: reason(lang: KO) } }",
    );
    assert_eq!(
        hidden["nodes"][0]["mentions"],
        json!({"value": null, "status": "SUPPRESSED", "interval": null, "en": "Fewer than 5.", "ko": "5건 미만입니다."})
    );
}

#[test]
fn every_filter_and_order_of_wifi_sites_changes_the_answer() {
    let Some(db) = database("every_filter_and_order_of_wifi_sites") else { return };
    publish(&db);
    let server = db.serve();
    let ranks = |arguments: &str| numbers(&ask(&server, "wifiSites", arguments, "nodes { rank }")["nodes"], "/rank");
    assert_eq!(ranks(""), [1, 2, 3]);
    assert_eq!(ranks("filter: {neighbourhoods: [\"11590520\"]}"), [2, 3]);
    assert_eq!(ranks("filter: {facilityKinds: [\"bus_stop\"]}"), [1]);
    // The second site stands exactly on the eastern edge: edges are included.
    let west = "filter: {boundingBox: {west: 126.9, south: 37.5, east: 126.915, north: 37.51}}";
    assert_eq!(ranks(west), [1, 2]);
    assert_eq!(ranks("filter: {boundingBox: {west: 126.9, south: 37.5, east: 126.9149, north: 37.51}}"), [1]);
    assert_eq!(ranks("orderBy: STANDALONE"), [2, 1, 3]);
    assert_eq!(ranks("orderBy: FARTHEST_FROM_ACCESS_POINT"), [3, 1, 2]);
    for wrong in [
        "west: 1, south: 1, east: 1, north: 2",
        "west: 2, south: 1, east: 1, north: 2",
        "west: 0, south: -91, east: 1, north: 2",
    ] {
        let query = format!("{{ wifiSites(filter: {{boundingBox: {{{wrong}}}}}) {{ totalCount }} }}");
        assert_eq!(server.refusal(&query).0, "BAD_USER_INPUT", "{wrong}");
    }
    let point = |arguments: &str| {
        let selection = format!("nodes {{ location{arguments} }}");
        ask(&server, "wifiSites", "first: 1", &selection)["nodes"][0]["location"].clone()
    };
    assert_eq!(point(""), json!({"type": "Point", "coordinates": [126.905_123, 37.505]}));
    assert_eq!(point("(precision: 2)"), json!({"type": "Point", "coordinates": [126.91, 37.51]}));
    assert_eq!(server.refusal("{ wifiSites { nodes { location(precision: 9) } } }").0, "BAD_USER_INPUT");
}

#[test]
fn pages_are_bounded_and_cursors_open_only_their_own_list() {
    let Some(db) = database("pages_are_bounded_and_cursors") else { return };
    publish(&db);
    let server = db.serve();
    let page = |arguments: &str| {
        ask(
            &server,
            "wifiSites",
            arguments,
            "totalCount nodes { rank } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor startCursor }",
        )
    };
    let first = page("first: 2");
    assert_eq!(numbers(&first["nodes"], "/rank"), [1, 2]);
    assert_eq!((&first["totalCount"], &first["pageInfo"]["hasNextPage"]), (&json!(3), &json!(true)));
    let cursor = first["pageInfo"]["endCursor"].as_str().expect("a cursor");
    let next = page(&format!("first: 2, after: \"{cursor}\""));
    assert_eq!(numbers(&next["nodes"], "/rank"), [3]);
    assert_eq!((&next["pageInfo"]["hasNextPage"], &next["pageInfo"]["hasPreviousPage"]), (&json!(false), &json!(true)));
    assert_eq!(numbers(&page("last: 1")["nodes"], "/rank"), [3]);
    assert_eq!(numbers(&page(&format!("last: 5, before: \"{cursor}\""))["nodes"], "/rank"), [1]);
    for query in [
        format!("{{ economicSensitivity(after: \"{cursor}\") {{ totalCount }} }}"),
        format!("{{ wifiSites(orderBy: STANDALONE, after: \"{cursor}\") {{ totalCount }} }}"),
        format!("{{ wifiSites(asOf: \"2026-01-20T00:00:00Z\", after: \"{cursor}\") {{ totalCount }} }}"),
        format!("{{ wifiSites(after: \"{}\") {{ totalCount }} }}", &cursor[..4]),
        "{ wifiSites(first: 0) { totalCount } }".to_owned(),
        "{ wifiSites(first: 1, last: 1) { totalCount } }".to_owned(),
    ] {
        assert_eq!(server.refusal(&query).0, "BAD_USER_INPUT", "{query}");
    }
    let sensitivity = |arguments: &str| {
        let rows =
            ask(&server, "economicSensitivity", arguments, "nodes { sensitivity { value } } pageInfo { endCursor }");
        (
            numbers(&rows["nodes"], "/sensitivity/value"),
            rows["pageInfo"]["endCursor"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let (rows, cursor) = sensitivity("first: 1");
    assert_eq!(rows, [json!(-0.02)]);
    assert_eq!(sensitivity(&format!("first: 1, after: \"{cursor}\"")).0, [json!(-0.03)]);
    assert_eq!(sensitivity("last: 1").0, [json!(0.01)]);
    assert_eq!(sensitivity(&format!("last: 1, before: \"{cursor}\"")).0, Vec::<Value>::new());
    let mentions = |arguments: &str| {
        let rows = ask(&server, "childcareSentiment", arguments, "nodes { mentions { value } } pageInfo { endCursor }");
        (
            numbers(&rows["nodes"], "/mentions/value"),
            rows["pageInfo"]["endCursor"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let (rows, cursor) = mentions("first: 2");
    assert_eq!(rows, [json!(30.0), json!(20.0)]);
    assert_eq!(mentions(&format!("first: 1, after: \"{cursor}\"")).0, [Value::Null]);
    assert_eq!(mentions("last: 1").0, [json!(25.0)]);
    assert_eq!(mentions(&format!("last: 1, before: \"{cursor}\"")).0, [json!(30.0)]);
}

#[test]
fn runs_and_datasets_can_be_listed_filtered_and_paged() {
    let Some(db) = database("runs_and_datasets_can_be_listed") else { return };
    publish(&db);
    let server = db.serve();
    for (field, filter, all, filtered) in
        [("analysisRuns", "analysis: WIFI", 6, 2), ("datasets", "dataset: \"posts\"", 5, 1)]
    {
        let count = |arguments: &str| ask(&server, field, arguments, "totalCount")["totalCount"].clone();
        assert_eq!((count(""), count(filter)), (json!(all), json!(filtered)), "{field}");
        let page = |arguments: &str| ask(&server, field, arguments, "nodes { id } pageInfo { endCursor }");
        let ids = |arguments: &str| numbers(&page(arguments)["nodes"], "/id");
        let everything = ids("");
        let cursor = page("first: 2")["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
        assert_eq!(ids("first: 2"), everything[..2]);
        assert_eq!(ids("last: 2"), everything[all - 2..]);
        assert_eq!(ids(&format!("after: \"{cursor}\"")), everything[2..]);
        assert_eq!(ids(&format!("before: \"{cursor}\", last: 5")), everything[..1]);
    }
}

#[test]
fn a_figure_says_where_it_came_from_and_that_it_is_synthetic() {
    let Some(db) = database("a_figure_says_where_it_came_from") else { return };
    publish(&db);
    let server = db.serve();
    let answer = server.ask(
        "{ economicSensitivity(filter: {scope: DISTRICT}) { nodes { \
             sensitivity { value unit status interval { lower upper level } sampleSize \
               provenance { run { analysis methodVersion sourceHash synthetic inputs { dataset } } sources { dataset sha256 synthetic period { start endInclusive } } } } \
             effects { casesPerDay salesChange { value unit interval { lower upper } } } } } }",
    );
    assert_eq!(answer["extensions"]["synthetic"], json!(true));
    let node = &answer["data"]["economicSensitivity"]["nodes"][0];
    assert_eq!(node["sensitivity"]["interval"], json!({"lower": -0.03, "upper": -0.01, "level": 0.95}));
    assert_eq!(node["sensitivity"]["unit"], "LOG_PER_LOG_CASES");
    assert_eq!(node["sensitivity"]["sampleSize"], 51);
    let provenance = &node["sensitivity"]["provenance"];
    assert_eq!(provenance["run"]["sourceHash"], "4".repeat(64));
    assert_eq!(
        provenance["sources"][0],
        json!({"dataset": "card-sales", "sha256": "b".repeat(64), "synthetic": true, "period": {"start": "2019-01-01", "endInclusive": "2020-12-31"}})
    );
    assert_eq!(
        node["effects"][1]["salesChange"],
        json!({"value": -8.8, "unit": "PERCENT", "interval": {"lower": -12.9, "upper": -4.5}})
    );
    let real = server.ask("{ wifiSites { totalCount } }");
    assert_eq!(real["extensions"].get("synthetic"), None, "observed data are not called synthetic");
}

#[test]
fn names_come_in_the_language_of_the_argument_then_of_the_request() {
    let Some(db) = database("names_come_in_the_language") else { return };
    publish(&db);
    let server = db.serve();
    let query = "{ neighbourhoods(codes: [\"11590520\"]) { name ko: name(lang: KO) en: name(lang: EN) } \
                   economicSensitivity(filter: {scope: INDUSTRY}) { nodes { industry { name ko: name(lang: KO) en: name(lang: EN) } } } }";
    let data = server.data(query);
    assert_eq!(data["neighbourhoods"][0], json!({"name": "상도제1동", "ko": "상도제1동", "en": "Sangdo 1-dong"}));
    assert_eq!(numbers(&data["economicSensitivity"]["nodes"], "/industry/en"), [json!("Restaurants"), json!("학원")]);
    let body = json!({"query": query}).to_string();
    let mut english = agent()
        .post(format!("{}/graphql", server.url))
        .header("Content-Type", "application/json")
        .header("Accept-Language", "en-GB,en;q=0.9")
        .send(body)
        .expect("answers");
    let english: Value = serde_json::from_str(&english.body_mut().read_to_string().expect("text")).expect("JSON");
    assert_eq!(english["data"]["neighbourhoods"][0]["name"], "Sangdo 1-dong");
}

#[test]
fn a_boundary_is_geojson_with_the_precision_and_the_simplification_asked_for() {
    let Some(db) = database("a_boundary_is_geojson") else { return };
    publish(&db);
    let server = db.serve();
    let ring = |code: &str, arguments: &str| {
        let query = format!("{{ neighbourhoods(codes: [\"{code}\"]) {{ boundary{arguments} }} }}");
        server.data(&query)["neighbourhoods"][0]["boundary"]["coordinates"][0][0].clone()
    };
    // Counter-clockwise and closed, although PostGIS drew it clockwise.
    assert_eq!(
        ring("11590510", ""),
        json!([[126.9, 37.5], [126.91, 37.5], [126.91, 37.51], [126.9, 37.51], [126.9, 37.5]])
    );
    assert_eq!(ring("11590510", "(precision: 1)")[2], json!([126.9, 37.5]));
    assert_eq!(ring("11590520", "").as_array().expect("positions").len(), 6);
    assert_eq!(ring("11590520", "(simplifyMeters: 5)").as_array().expect("positions").len(), 5);
    for wrong in ["precision: -1", "precision: 9", "simplifyMeters: 0", "simplifyMeters: 1001"] {
        assert_eq!(
            server.refusal(&format!("{{ neighbourhoods {{ boundary({wrong}) }} }}")).0,
            "BAD_USER_INPUT",
            "{wrong}"
        );
    }
    let areas = numbers(&server.data("{ neighbourhoods { areaSquareMeters } }")["neighbourhoods"], "/areaSquareMeters");
    // 0.01° of longitude at 37.5° N is 883.9 m, of latitude 1,109.8 m.
    assert!((areas[0].as_f64().expect("a number") - 883.9 * 1_109.8).abs() < 2_000.0, "{areas:?}");
}

#[test]
fn node_and_nodes_find_everything_by_its_global_id() {
    let Some(db) = database("node_and_nodes_find_everything") else { return };
    publish(&db);
    let server = db.serve();
    let data = server.data(
        "{ neighbourhoods { id } analysisRuns(first: 1) { nodes { id } } datasets(first: 1) { nodes { id } } \
           economicSensitivity(filter: {industries: [\"I01\"]}) { nodes { id industry { id } } } \
           childcareSentiment(first: 1) { nodes { id } } wifiSites(first: 1) { nodes { id } } }",
    );
    let ids: Vec<String> = [
        "/neighbourhoods/0/id",
        "/analysisRuns/nodes/0/id",
        "/datasets/nodes/0/id",
        "/economicSensitivity/nodes/0/id",
        "/economicSensitivity/nodes/0/industry/id",
        "/childcareSentiment/nodes/0/id",
        "/wifiSites/nodes/0/id",
    ]
    .iter()
    .map(|pointer| data.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer}")).to_owned())
    .collect();
    let kinds = [
        "Neighbourhood",
        "AnalysisRun",
        "DatasetVersion",
        "EconomicSensitivity",
        "Industry",
        "ChildcareSentiment",
        "WifiSite",
    ];
    for (id, kind) in ids.iter().zip(kinds) {
        let node = server.data(&format!("{{ node(id: \"{id}\") {{ __typename id }} }}"));
        assert_eq!(node["node"], json!({"__typename": kind, "id": id}));
    }
    let list = [ids.as_slice(), &["unknown".to_owned()]].concat();
    let answer = server.ask_with("query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", json!({"ids": list}));
    let names: Vec<Value> =
        answer["data"]["nodes"].as_array().expect("nodes").iter().map(|n| n["__typename"].clone()).collect();
    assert_eq!(names[..7], kinds.map(Value::from));
    assert_eq!(names[7], Value::Null);
    let many: Vec<&str> = vec!["x"; 101];
    let answer = server.ask_with("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({"ids": many}));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}
