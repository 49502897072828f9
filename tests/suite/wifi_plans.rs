//! Plans over GraphQL: what a run read is asked again under other settings.

use serde_json::{Value, json};

use crate::support::command::Folder;
use crate::support::{TestDatabase, TestServer, database};

/// Two places 1 km apart in two dongs, 7 and 4 persons at nine on weekdays, a stop at each and a lamp at the first.
fn published(test: &str) -> Option<TestDatabase> {
    let db = database(test)?.with_dongs();
    let folder = Folder::new();
    let people = "day_type,hour,lon,lat,people\nweekday,9,126.95,37.50,70\nweekend,9,126.95,37.50,70\nweekday,9,126.96,37.505,40\nweekend,9,126.96,37.505,40\n";
    db.must(&["import", "floating-population", &folder.file("people.csv", people)]);
    let stops = "id,name,lon,lat\n1,가,126.95,37.5001\n2,나,126.96,37.5051\n";
    db.must(&["import", "bus-stops", &folder.file("stops.csv", stops)]);
    db.must(&["import", "streetlights", &folder.file("lights.csv", "id,lon,lat\nL,126.95,37.4999\n")]);
    db.must(&["analyze", "wifi", "--publish"]);
    Some(db)
}

fn plan(server: &TestServer, arguments: &str) -> Value {
    let selection = "status value { value } upperBound { value } gap { value } cost { value } \
        chosenSites { totalCount nodes { rank location(precision: 3) facility { kind sourceId } marginalGain { value } } }";
    server.data(&format!("{{ wifiPlan({arguments}) {{ {selection} }} }}"))["wifiPlan"].clone()
}

#[test]
fn a_plan_is_proven_within_the_request_and_every_argument_changes_it() {
    let Some(db) = published("a_plan_is_proven_within_the_request") else { return };
    let server = db.serve();
    let two = plan(&server, "sites: 2");
    assert_eq!(two["status"], "OPTIMAL");
    for figure in ["value", "upperBound"] {
        assert_eq!(two[figure]["value"], json!(110.0), "{two:#}");
    }
    assert_eq!((&two["gap"]["value"], &two["cost"]["value"]), (&json!(0.0), &json!(6_000_000.0)));
    assert_eq!(two["chosenSites"]["nodes"][0]["facility"], json!({"kind": "bus_stop", "sourceId": "1"}));
    let at = |n: usize| two["chosenSites"]["nodes"][n]["location"]["coordinates"].clone();
    assert_eq!((at(0), at(1)), (json!([126.95, 37.5]), json!([126.96, 37.505])));
    let value = |arguments: &str| plan(&server, arguments)["value"]["value"].as_f64().expect("a value");
    assert_eq!(value("sites: 1"), 70.0);
    assert_eq!(value("budget: 3000000"), 70.0);
    assert_eq!(value("budget: 6000000"), 110.0);
    assert_eq!(value("sites: 1, options: {excluded: [\"bus_stop/1\", \"streetlight/L\"]}"), 40.0);
    assert_eq!(value("sites: 1, options: {fixed: [\"bus_stop/2\"]}"), 40.0);
    assert_eq!(value("sites: 1, options: {facilityKinds: [\"streetlight\"]}"), 70.0);
    // A stop (3,000,000 won) and a lamp (4,500,000) share the first place, another stop has the second.
    let doubled = "secondCoverShare: 0.5, minimumPerNeighbourhood";
    assert_eq!(value(&format!("budget: 7500000, options: {{{doubled}: 0}}")), 70.0);
    assert_eq!(value(&format!("budget: 7500000, options: {{{doubled}: 1}}")), 55.0);
    assert_eq!(value("sites: 2, options: {secondCoverShare: 0.5}"), 70.0);
    assert_eq!(value("sites: 2, options: {reachSteps: [{radiusM: 50, share: 0.5}]}"), 55.0);
    assert_eq!(value("budget: 3000000, options: {costs: [{kind: \"bus_stop\", won: 1500000}]}"), 110.0);
    let halved = vec!["0.5"; 24].join(", ");
    assert_eq!(value(&format!("sites: 2, options: {{hourWeights: [{halved}]}}")), 55.0);
}

#[test]
fn a_run_computes_the_plan_that_its_parameters_ask_for_and_keeps_it() {
    let Some(db) = published("a_run_computes_the_plan") else { return };
    let folder = Folder::new();
    let run = |number: i32, parameters: &str| {
        db.must(&["analyze", "wifi", "--publish", "--params", &folder.file(&format!("{number}.json"), parameters)]);
    };
    let selection = "status value { value } upperBound { value } gap { value } greedyValue { value } cost { value } \
        requestsServed { value } run { id } \
        chosenSites { nodes { location(precision: 3) facility { kind sourceId } neighbourhood { code } marginalGain { value } } }";
    let stored =
        |server: &TestServer| server.data(&format!("{{ wifiRunPlan {{ {selection} }} }}"))["wifiRunPlan"].clone();
    assert_eq!(stored(&db.serve()), Value::Null);
    run(2, r#"{"plan": {"sites": 1, "fixed": ["bus_stop/2"]}}"#);
    let server = db.serve();
    let kept = stored(&server);
    let at_once =
        server.data(&format!("{{ wifiPlan(sites: 1, options: {{fixed: [\"bus_stop/2\"]}}) {{ {selection} }} }}"));
    assert_eq!(kept, at_once["wifiPlan"]);
    assert_eq!((&kept["value"]["value"], &kept["status"]), (&json!(40.0), &json!("OPTIMAL")));
    // Every part of the question changes the plan: half of the demand wants a second site, each dong one, half fades.
    let value = |number: i32, plan: &str| {
        run(number, &format!("{{\"plan\": {plan}}}"));
        stored(&db.serve())["value"]["value"].as_f64().expect("a value")
    };
    assert_eq!(value(3, r#"{"budget": 7.5e6, "secondCoverShare": 0.5}"#), 70.0);
    assert_eq!(value(4, r#"{"budget": 7.5e6, "secondCoverShare": 0.5, "minimumPerNeighbourhood": 1}"#), 55.0);
    assert_eq!(value(5, r#"{"sites": 2, "reachSteps": [{"radiusM": 50, "share": 0.5}]}"#), 55.0);
    // A plan of an older run stays what it was.
    let older = kept["run"]["id"].as_str().expect("an id");
    let again = db.serve().data(&format!("{{ wifiRunPlan(run: \"{older}\") {{ {selection} }} }}"));
    assert_eq!(again["wifiRunPlan"], kept);
}

#[test]
fn a_plan_of_a_run_that_makes_no_sense_is_refused_with_the_allowed_range() {
    let Some(db) = published("a_plan_of_a_run_that_makes_no_sense") else { return };
    let folder = Folder::new();
    for (plan, words) in [
        ("{}", "sites"),
        (r#"{"sites": 1001}"#, "1,000"),
        (r#"{"sites": 1, "minimumPerNeighbourhood": 51}"#, "50"),
        (r#"{"sites": 1, "secondCoverShare": 0.6}"#, "0.5"),
        (r#"{"sites": 1, "fixed": ["bus_stop/9"]}"#, "bus_stop/9"),
        (r#"{"sites": 1, "tilt": 3}"#, "tilt"),
    ] {
        let file = folder.file("parameters.json", format!("{{\"plan\": {plan}}}"));
        let refused = db.run(&["analyze", "wifi", "--params", &file]);
        assert_eq!(refused.code, 1, "{plan}: {}", refused.err);
        assert!(refused.err.contains(words), "{plan}: {}", refused.err);
    }
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 1.0);
}

#[test]
fn a_senseless_question_gets_a_sentence_with_the_allowed_range() {
    let Some(db) = published("a_senseless_question_gets_a_sentence") else { return };
    let server = db.serve();
    for (arguments, words) in [
        ("sites: 0", "1 이상 1,000 이하"),
        ("sites: 1, budget: 5", "함께 쓸 수 없습니다"),
        ("sites: 1, options: {radiusM: 5}", "10 이상 500 이하"),
        ("sites: 1, options: {facilityKinds: [\"lighthouse\"]}", "bus_stop, streetlight"),
        ("sites: 1, options: {minimumPerNeighbourhood: 1}", "채울 수 없습니다"),
        ("budget: 2999999", "2,999,999원"),
        ("budget: 3000000, options: {costs: [{kind: \"bus_stop\", won: 1.5}]}", "정수"),
        ("budget: 3000000, options: {minimumPerNeighbourhood: 1}", "채울 수 없습니다"),
        ("sites: 1, options: {fixed: [\"bus_stop/9\"]}", "후보지가 아닙니다"),
    ] {
        let (code, message) = server.refusal(&format!("{{ wifiPlan({arguments}) {{ status }} }}"));
        assert!(code == "BAD_USER_INPUT" && message.contains(words), "{arguments}: {code} {message}");
    }
}

#[test]
fn the_price_of_equity_rises_from_nothing_and_the_curve_ends_where_it_cannot_be_met() {
    let Some(db) = published("the_price_of_equity_rises_from_nothing") else { return };
    let server = db.serve();
    let curve = |arguments: &str| {
        let query =
            format!("{{ wifiEquityCurve({arguments}) {{ minimum value {{ value }} price {{ value }} status }} }}");
        server.data(&query)["wifiEquityCurve"].clone()
    };
    let rows = curve("sites: 2, upTo: 3");
    assert_eq!(rows.as_array().expect("points").len(), 2, "{rows:#}");
    assert_eq!((&rows[0]["price"]["value"], &rows[1]["value"]["value"]), (&json!(0.0), &json!(110.0)));
    let doubled =
        curve("sites: 2, upTo: 1, options: {secondCoverShare: 0.5, facilityKinds: [\"bus_stop\", \"streetlight\"]}");
    // Without a minimum the second site doubles the first place (70); one in each dong is 35 + 20.
    assert_eq!(doubled[1]["value"]["value"], json!(55.0), "{doubled:#}");
    let price = doubled[1]["price"]["value"].as_f64().expect("a price");
    assert!((price - (1.0 - 55.0 / 70.0)).abs() < 1e-12, "{price}");
    // The same choice in money: a stop and a lamp at the one place, or a stop in each dong.
    let paid = curve("budget: 7500000, upTo: 1, options: {secondCoverShare: 0.5}");
    assert_eq!((&paid[0]["value"]["value"], &paid[1]["value"]["value"]), (&json!(70.0), &json!(55.0)), "{paid:#}");
    for wrong in ["sites: 2, upTo: 11", "upTo: 1", "sites: 2, budget: 1"] {
        assert_eq!(server.refusal(&format!("{{ wifiEquityCurve({wrong}) {{ minimum }} }}")).0, "BAD_USER_INPUT");
    }
}

/// The stop of the first dong reaches its only cell, that of the second likewise; with the bus stops alone at 3,000,000 won.
#[test]
fn a_ranked_site_says_what_it_costs_what_its_neighbourhood_gains_and_how_sure_the_choice_is() {
    let Some(db) = published("a_ranked_site_says_what_it_costs") else { return };
    let server = db.serve();
    let figures = "marginalGain overlap boundShare cost costPerPersonHour neighbourhoodShareBefore neighbourhoodShareAfter stability";
    let selection: Vec<String> = figures.split(' ').map(|name| format!("{name} {{ id value status }}")).collect();
    let answer = server.data(&format!("{{ wifiSites {{ nodes {{ rank {} }} }} }}", selection.join(" ")));
    let site = &answer["wifiSites"]["nodes"][0];
    let value = |name: &str| site[name]["value"].as_f64().expect(name);
    assert_eq!((value("marginalGain"), value("overlap"), value("boundShare")), (70.0, 0.0, 1.0));
    assert_eq!((value("cost"), value("costPerPersonHour")), (3_000_000.0, 3_000_000.0 / 70.0));
    assert_eq!(
        (value("neighbourhoodShareBefore"), value("neighbourhoodShareAfter"), value("stability")),
        (0.0, 1.0, 1.0)
    );
    for name in figures.split(' ') {
        let id = site[name]["id"].as_str().expect("an id");
        let told = server.data(&format!("{{ explain(figure: \"{id}\") {{ figure {{ value }} what(lang: EN) }} }}"));
        assert_eq!(told["explain"]["figure"]["value"], site[name]["value"], "{name}");
    }
    let tried = server
        .data("{ wifiSensitivity { kind setting ownGain { value } keptGain { value } keptShare { value status } } }");
    let of = |kind: &str| -> Vec<Value> {
        let all = tried["wifiSensitivity"].as_array().expect("scenarios");
        all.iter().filter(|row| row["kind"] == kind).cloned().collect()
    };
    assert_eq!(of("RADIUS").iter().map(|row| row["setting"].clone()).collect::<Vec<_>>(), [80.0, 90.0, 110.0, 120.0]);
    assert_eq!((of("REQUEST_WEIGHT").len(), of("WEIGHTS").len()), (2, 12));
    // All people are there at nine.
    assert_eq!(
        of("DAYTIME")[0],
        json!({"kind": "DAYTIME", "setting": null, "ownGain": {"value": 110.0},
        "keptGain": {"value": 110.0}, "keptShare": {"value": 1.0, "status": "ESTIMATED"}})
    );
    assert_eq!(of("EVENING")[0]["keptShare"], json!({"value": null, "status": "INSUFFICIENT_DATA"}));
    let params = Folder::new();
    let dear = params.file("dear.json", "{\"costs\": {\"bus_stop\": 70}}");
    db.must(&["analyze", "wifi", "--params", &dear, "--publish"]);
    let answer = server.data("{ wifiSites(first: 1) { nodes { costPerPersonHour { value } } } }");
    assert_eq!(answer["wifiSites"]["nodes"][0]["costPerPersonHour"]["value"], 1.0);
}

/// The stop of the first place reaches 70 person-hours, that of the second 40; the lamp stands at the first as well.
#[test]
fn two_sets_of_facilities_are_compared_by_the_people_whom_they_reach_and_every_argument_counts() {
    let Some(db) = published("two_sets_of_facilities_are_compared") else { return };
    let server = db.serve();
    let ask = |arguments: &str| -> Value {
        let fields = "demand { value } demandByHour reachedToday { value } reachedByFacilities { value } \
            reachedByAgainst { value } reachedByBoth { value } agreement { value status }";
        let open = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
        server.data(&format!("{{ wifiCoverage{open} {{ {fields} }} }}"))["wifiCoverage"].clone()
    };
    let plain = ask("");
    assert_eq!((&plain["demand"]["value"], &plain["demandByHour"][9]), (&json!(110.0), &json!(110.0)));
    assert_eq!(plain["agreement"], json!({"value": null, "status": "NOT_AVAILABLE"}));
    let values = |answer: &Value| {
        ["reachedByFacilities", "reachedByAgainst", "reachedByBoth", "agreement"].map(|n| answer[n]["value"].clone())
    };
    let apart = ask("facilities: [\"bus_stop/1\"], against: [\"bus_stop/2\"]");
    assert_eq!(values(&apart), [json!(70.0), json!(40.0), json!(0.0), json!(0.0)]);
    let alike = ask("facilities: [\"bus_stop/1\"], against: [\"streetlight/L\"]");
    assert_eq!(values(&alike), [json!(70.0), json!(70.0), json!(70.0), json!(1.0)], "another pole, the same people");
    let near = ask("facilities: [\"bus_stop/1\"], radiusM: 10");
    assert_eq!(near["reachedByFacilities"]["value"], 0.0, "the stop stands eleven metres from the middle of the cell");
    let codes = server.data("{ wifiSites { nodes { neighbourhood { code } } } }");
    let code = codes["wifiSites"]["nodes"][0]["neighbourhood"]["code"].as_str().expect("a neighbourhood").to_owned();
    let there = ask(&format!("neighbourhood: \"{code}\", facilities: [\"bus_stop/2\"]"));
    assert_eq!((&there["demand"]["value"], &there["reachedByFacilities"]["value"]), (&json!(70.0), &json!(0.0)));
    let sites = server.data("{ wifiSites { nodes { location } } }");
    let first = &sites["wifiSites"]["nodes"][0]["location"]["coordinates"];
    let (lon, lat) = (first[0].as_f64().expect("a longitude"), first[1].as_f64().expect("a latitude"));
    // The cell of the first place lies eleven metres from its stop, that of the second a kilometre away.
    let around = |meters: f64| ask(&format!("near: {{longitude: {lon}, latitude: {lat}, meters: {meters}}}"));
    assert_eq!((&around(10.0)["demand"]["value"], &around(12.0)["demand"]["value"]), (&Value::Null, &json!(70.0)));
    // Of a place without cells nothing is known, which is not the same as nobody.
    let sea = "within: {type: \"Polygon\", coordinates: [[[129, 35], [129.1, 35], [129.1, 35.1], [129, 35]]]}";
    let sea = server.data(&format!(
        "{{ wifiCoverage({sea}) {{ demand {{ value status reason(lang: EN) }} demandByHour agreement {{ value }} }} }}"
    ));
    let sea = &sea["wifiCoverage"];
    assert_eq!((&sea["demand"]["value"], &sea["demand"]["status"]), (&Value::Null, &json!("NOT_AVAILABLE")));
    assert!(sea["demand"]["reason"].as_str().expect("a reason").contains("outside the district"), "{sea}");
    assert_eq!((&sea["demandByHour"], &sea["agreement"]["value"]), (&json!([]), &Value::Null));
    // However large an area is drawn, whoever lies in it is in it; a hole leaves out who lies in the hole.
    let world = "[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]";
    let drawn =
        |rings: &str| ask(&format!("within: {{type: \"Polygon\", coordinates: [{rings}]}}"))["demand"]["value"].clone();
    assert_eq!(drawn(world), 110.0);
    let hole = |d: f64| {
        let corners =
            [(-d, -d), (-d, d), (d, d), (d, -d), (-d, -d)].map(|(x, y)| format!("[{}, {}]", lon + x, lat + y));
        format!("[{}]", corners.join(", "))
    };
    assert_eq!(drawn(&format!("{world}, {}", hole(0.001))), 40.0);
    let square = |d: f64| {
        let corners =
            [(-d, -d), (d, -d), (d, d), (-d, d), (-d, -d)].map(|(x, y)| format!("[{}, {}]", lon + x, lat + y));
        format!("{{type: \"Polygon\", coordinates: [[{}]]}}", corners.join(", "))
    };
    let drawn = ask(&format!("within: {}", square(0.001)));
    assert_eq!(drawn["demand"]["value"], 70.0, "a square of two hundred metres");
    let listed = |filter: &str| {
        let found = server.data(&format!("{{ wifiSites(filter: {{{filter}}}) {{ totalCount }} }}"));
        found["wifiSites"]["totalCount"].clone()
    };
    let all = listed("");
    assert_eq!(listed(&format!("within: {}", square(0.0001))), 1);
    assert_eq!(listed(&format!("near: {{longitude: {lon}, latitude: {lat}, meters: 20}}")), 1);
    assert!(all.as_i64() > Some(1), "the others lie elsewhere: {all}");
    for wrong in [
        "near: {longitude: 0, latitude: 0, meters: 0}",
        "facilities: [\"bus_stop/9\"]",
        "against: [\"x\"]",
        "neighbourhood: \"1\"",
        "radiusM: 5",
    ] {
        let (refused, _) = server.refusal(&format!("{{ wifiCoverage({wrong}) {{ demand {{ value }} }} }}"));
        assert_eq!(refused, "BAD_USER_INPUT", "{wrong}");
    }
}

#[test]
fn a_plan_says_what_of_it_is_people_and_what_each_neighbourhood_gets_and_a_run_explains_the_plan_that_it_keeps() {
    let Some(db) = published("a_plan_says_what_of_it_is_people") else { return };
    let folder = Folder::new();
    let requests = "requested_on,lon,lat\n2026-01-02,126.96,37.5052\n";
    db.must(&["import", "wifi-requests", &folder.file("requests.csv", requests)]);
    let parameters = r#"{"requestWeight": 10, "plan": {"sites": 2}}"#;
    db.must(&["analyze", "wifi", "--publish", "--params", &folder.file("plan.json", parameters)]);
    let server = db.serve();
    let figure = "{ id value }";
    let selection = format!(
        "value {figure} peopleValue {figure} gap {figure} inequality {figure} requestsServed {figure} \
         chosenSites {{ nodes {{ marginalGain {figure} cost {figure} }} }} \
         neighbourhoods {{ neighbourhood {{ code }} sites {figure} demand {figure} gain {figure} shareBefore {figure} shareAfter {figure} }}"
    );
    let kept = server.data(&format!("{{ wifiRunPlan {{ {selection} }} }}"))["wifiRunPlan"].clone();
    // 70 and 40 persons in one hour, and a request that counts for ten person-hours.
    let value = |name: &str| kept[name]["value"].as_f64().expect("a value");
    assert_eq!(["value", "peopleValue", "requestsServed", "inequality"].map(value), [120.0, 110.0, 1.0, 0.0]);
    let dongs = kept["neighbourhoods"].as_array().expect("neighbourhoods");
    let of = |name: &str| dongs.iter().map(|dong| dong[name]["value"].as_f64().expect("a value")).collect::<Vec<_>>();
    assert_eq!((of("sites"), of("gain").iter().sum::<f64>()), (vec![1.0, 1.0], 110.0));
    assert_eq!((of("shareBefore"), of("shareAfter"), of("gain")), (vec![0.0, 0.0], vec![1.0, 1.0], of("demand")));
    // Every figure of it can be asked where it came from, and the answer has the same number.
    let mut figures: Vec<&Value> =
        ["value", "peopleValue", "gap", "inequality", "requestsServed"].map(|n| &kept[n]).into();
    figures.extend(
        kept["chosenSites"]["nodes"]
            .as_array()
            .expect("sites")
            .iter()
            .flat_map(|site| [&site["marginalGain"], &site["cost"]]),
    );
    for dong in dongs {
        figures.extend(["sites", "demand", "gain", "shareBefore", "shareAfter"].map(|name| &dong[name]));
    }
    for figure in figures {
        let id = figure["id"].as_str().expect("an id");
        let explained =
            server.data(&format!("{{ explain(figure: \"{id}\") {{ formula figure {{ value }} }} }}"))["explain"]
                .clone();
        assert_eq!(explained["figure"]["value"], figure["value"], "{explained}");
        assert!(explained["formula"].as_str().is_some_and(|formula| !formula.is_empty()), "{explained}");
    }
    // A plan under other terms is kept by nobody; asked by the same terms it reaches who it says.
    let evening: Vec<String> = (0..24).map(|hour| if hour == 9 { "0.5" } else { "1" }.to_owned()).collect();
    let hours = format!("hourWeights: [{}]", evening.join(", "));
    let other = server.data(&format!("{{ wifiPlan(sites: 1, options: {{{hours}}}) {{ peopleValue {figure} }} }}"));
    assert_eq!(other["wifiPlan"]["peopleValue"], json!({"id": null, "value": 35.0}));
    let reached = |options: &str| {
        let asked = format!(
            "{{ wifiCoverage(facilities: [\"bus_stop/1\"]{options}) {{ reachedByFacilities {{ value }} reachedToday {{ value }} }} }}"
        );
        server.data(&asked)["wifiCoverage"].clone()
    };
    let counts = |by: f64, today: f64| json!({"reachedByFacilities": {"value": by}, "reachedToday": {"value": today}});
    assert_eq!(reached(""), counts(70.0, 0.0));
    assert_eq!(reached(&format!(", options: {{{hours}}}")), counts(35.0, 0.0));
    // An access point inside a building beside the first place.
    let indoor = "id,lon,lat,indoor\n1,126.95,37.5002,true\n";
    db.must(&["import", "access-points", &folder.file("indoor.csv", indoor)]);
    db.must(&["analyze", "wifi", "--publish"]);
    assert_eq!(reached(""), counts(0.0, 70.0));
    assert_eq!(reached(", options: {countIndoorAccessPoints: false}"), counts(70.0, 0.0));
    assert_eq!(reached(", options: {countAccessPoints: false}"), counts(70.0, 0.0));
    let (code, message) = server.refusal("{ wifiCoverage(options: {weekdayShare: 2}) { demand { value } } }");
    assert!(code == "BAD_USER_INPUT" && message.contains("weekdayShare"), "{message}");
}
