//! Where care is missing: arguments that matter, the walk from file to answer by pencil, files with faults, real files.

use serde_json::{Value, json};

use crate::real_files;
use crate::support::command::Folder;
use crate::support::published::{publish, run_id};
use crate::support::{TestDatabase, TestServer, database, not_run};

fn rows(server: &TestServer, field: &str, arguments: &str, selection: &str) -> Vec<Value> {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let answer = server.data(&format!("{{ {field}{arguments} {{ nodes {{ {selection} }} }} }}"));
    answer[field]["nodes"].as_array().expect("rows").clone()
}

/// District, or the code of the neighbourhood.
fn place(row: &Value) -> String {
    row.pointer("/neighbourhood/code").unwrap_or(&row["scope"]).as_str().expect("text").to_owned()
}

#[test]
fn every_filter_order_run_and_page_of_accessibility_changes_the_answer() {
    let Some(db) = database("every_filter_order_run_and_page_of_accessibility") else { return };
    publish(&db);
    let server = db.serve();
    let places = |arguments: &str| {
        rows(&server, "childcareAccess", arguments, "scope neighbourhood { code }")
            .iter()
            .map(place)
            .collect::<Vec<_>>()
    };
    // The third neighbourhood has no boundary, so its object is null and its scope stands for it.
    assert_eq!(places(""), ["DISTRICT", "11590510", "11590520", "NEIGHBOURHOOD"]);
    assert_eq!(places("filter: {scope: DISTRICT}"), ["DISTRICT"]);
    assert_eq!(places("filter: {neighbourhoods: [\"11590520\"]}"), ["11590520"]);
    assert_eq!(places("filter: {desert: true}"), ["11590520"]);
    assert_eq!(places("filter: {desert: false}"), ["DISTRICT", "11590510"]);
    assert_eq!(places("orderBy: LEAST_ACCESS"), ["11590520", "DISTRICT", "11590510", "NEIGHBOURHOOD"]);
    assert_eq!(places("orderBy: MOST_UNMET"), ["DISTRICT", "11590520", "11590510", "NEIGHBOURHOOD"]);
    assert_eq!(places("orderBy: LEAST_PART_TIME"), ["11590510", "11590520", "DISTRICT", "NEIGHBOURHOOD"]);
    pages(&server, "childcareAccess", "accessibility { value }", "/accessibility/value", &[json!(0.5), json!(0.6)]);
    let value = |arguments: &str| rows(&server, "childcareAccess", arguments, "accessibility { value }")[0].clone();
    let older = run_id(&server, "CHILDCARE", false);
    assert_eq!(value(&format!("run: \"{older}\"")), json!({"accessibility": {"value": 0.7}}));
    assert_eq!(value("asOf: \"2026-01-20T00:00:00+09:00\""), json!({"accessibility": {"value": 0.7}}));
    let district =
        rows(&server, "childcareAccess", "first: 1", "centresWithoutLocation { value unit } places { status }");
    assert_eq!(
        district[0],
        json!({"centresWithoutLocation": {"value": 2.0, "unit": "CENTRES"}, "places": {"status": "NOT_AVAILABLE"}})
    );
}

#[test]
fn every_filter_order_run_and_page_of_use_changes_the_answer() {
    let Some(db) = database("every_filter_order_run_and_page_of_use") else { return };
    publish(&db);
    let server = db.serve();
    let ratios = |arguments: &str| {
        let rows = rows(&server, "childcareUse", arguments, "useRatio { value }");
        rows.iter().map(|row| row["useRatio"]["value"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(ratios(""), [json!(0.2), json!(0.5), json!(0.9), Value::Null]);
    assert_eq!(ratios("filter: {scope: UNRESOLVED}"), [json!(0.2)]);
    assert_eq!(ratios("filter: {neighbourhoods: [\"11590510\"]}"), [json!(0.9)]);
    assert_eq!(ratios("filter: {kind: ALL_DAY}"), [json!(0.2)]);
    // The band from 9 to 12 holds hour 11, not hour 12.
    assert_eq!(ratios("filter: {kind: PART_TIME, hour: 11}"), [json!(0.5), json!(0.9)]);
    assert_eq!(ratios("filter: {kind: PART_TIME, hour: 12}"), [Value::Null]);
    assert_eq!(ratios("orderBy: MOST_USED"), [json!(0.9), json!(0.5), json!(0.2), Value::Null]);
    assert_eq!(ratios("orderBy: LEAST_USED"), [json!(0.2), json!(0.5), json!(0.9), Value::Null]);
    assert_eq!(server.refusal("{ childcareUse(filter: {hour: 24}) { totalCount } }").0, "BAD_USER_INPUT");
    pages(&server, "childcareUse", "useRatio { value }", "/useRatio/value", &[json!(0.2), json!(0.5)]);
    let used = |arguments: &str| rows(&server, "childcareUse", arguments, "used { value } months lastMonth")[0].clone();
    let older = json!({"used": {"value": 11.0}, "months": 3, "lastMonth": "2020-03-01"});
    assert_eq!(used(&format!("run: \"{}\"", run_id(&server, "CHILDCARE", false))), older);
    assert_eq!(used("asOf: \"2026-01-20T00:00:00+09:00\""), older);
    let row =
        &rows(&server, "childcareUse", "filter: {scope: DISTRICT}", "kind fromHour toHour places { value unit }")[0];
    assert_eq!(
        *row,
        json!({"kind": "PART_TIME", "fromHour": 9, "toHour": 12, "places": {"value": 300.0, "unit": "USES"}})
    );
}

#[test]
fn every_part_of_a_question_about_sites_changes_the_plan() {
    let Some(db) = database("every_part_of_a_question_about_sites") else { return };
    publish(&db);
    let server = db.serve();
    let plan = |arguments: &str, selection: &str| {
        let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
        server.data(&format!("{{ childcareSites{arguments} {{ {selection} }} }}"))["childcareSites"].clone()
    };
    let ids = |arguments: &str| {
        let plan = plan(arguments, "sites { candidateId }");
        let sites = plan["sites"].as_array().expect("sites").clone();
        sites.iter().map(|site| site["candidateId"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    let near = "sites: 2, reachMeters: 500, apartMeters: 0";
    // Unmet at need 0.6 are 60 at 0 m, 50 at 1,000 m, 40 at 5,000 m; candidates stand at 0, 500, 5,000 and 9,000 m.
    assert_eq!(ids(&format!("input: {{{near}}}")), ["b", "c"]);
    assert_eq!(ids("input: {sites: 1, reachMeters: 500}"), ["b"]);
    assert_eq!(ids("input: {sites: 2, reachMeters: 400, apartMeters: 0}"), ["a", "c"]);
    assert_eq!(ids("input: {sites: 2, reachMeters: 500, apartMeters: 4600}"), ["b"]);
    assert_eq!(ids(&format!("input: {{{near}, budgetWon: 250}}")), ["a", "c"]);
    assert_eq!(ids(&format!("input: {{{near}, fixed: [\"d\"]}}")), ["b", "d"]);
    assert_eq!(ids(&format!("input: {{{near}, excluded: [\"b\"]}}")), ["a", "c"]);
    assert_eq!(ids("kind: PART_TIME, input: {sites: 1, reachMeters: 500}"), ["d"]);
    let need = |need: &str| plan(&format!("input: {{{near}{need}}}"), "need unmetChildren { value }");
    assert_eq!(need("")["unmetChildren"]["value"], json!(150.0));
    assert_eq!(need(", need: 1.0")["need"], json!(1.0));
    // Without an input three sites with a reach of 1,000 m: a alone covers 110, and c the rest.
    assert_eq!(ids(""), ["a", "c"]);
    let older = run_id(&server, "CHILDCARE", false);
    assert_eq!(ids(&format!("run: \"{older}\"")), ["old"]);
    assert_eq!(ids("asOf: \"2026-01-20T00:00:00+09:00\""), ["old"]);
    let whole = plan(
        &format!("input: {{{near}}}"),
        "status candidates coveredChildren { value unit } bound { value } greedyChildren { value } cost { value unit } \
         walkingTime { value unit } shortestWalkingTime { value } shortestCandidateIds shortestStatus \
         sites { rank name kind location(precision: 2) neighbourhood { code } cost { value } coveredChildren { value } \
           marginalChildren { value } walkingTime { value } supportingPosts { value status } stability { value } }",
    );
    assert_eq!(
        (&whole["status"], &whole["candidates"], &whole["bound"]),
        (&json!("OPTIMAL"), &json!(4), &json!({"value": 150.0}))
    );
    assert_eq!(whole["coveredChildren"], json!({"value": 150.0, "unit": "PERSONS"}));
    assert_eq!(whole["cost"], json!({"value": 400.0, "unit": "WON"}));
    let (first, second) = (&whole["sites"][0], &whole["sites"][1]);
    assert_eq!(
        (&first["rank"], &first["name"], &first["neighbourhood"]),
        (&json!(1), &json!("후보 b"), &json!({"code": "11590510"}))
    );
    assert_eq!(first["location"]["coordinates"], json!([126.91, 37.51]));
    // Everybody in reach of b walks 500 m at 4 km an hour.
    let minutes = first["walkingTime"]["value"].as_f64().expect("a number");
    assert!((minutes - 7.5).abs() < 1e-9 && first["marginalChildren"]["value"] == 110.0, "{first}");
    assert_eq!(first["supportingPosts"], json!({"value": 12.0, "status": "ESTIMATED"}));
    assert_eq!(second["supportingPosts"], json!({"value": null, "status": "SUPPRESSED"}));
    for (wrong, word) in [
        ("sites: 0", "1 이상 10 이하"),
        ("sites: -1", "1 이상 10 이하"),
        ("sites: 11", "1 이상 10 이하"),
        ("reachMeters: 99", "100 이상 3,000 이하"),
        ("apartMeters: 5001", "0 이상 5,000 이하"),
        ("budgetWon: 0", "budgetWon"),
        ("budgetWon: -5", "budgetWon"),
        ("need: 2", "0.001 이상 1 이하"),
        ("fixed: [\"zz\"]", "zz"),
        ("fixed: [\"a\"], excluded: [\"a\"]", "함께 넣을 수 없습니다"),
        ("fixed: [\"b\"], budgetWon: 200", "300원"),
    ] {
        let (code, message) = server.refusal(&format!("{{ childcareSites(input: {{{wrong}}}) {{ status }} }}"));
        assert!(code == "BAD_USER_INPUT" && message.contains(word), "{wrong}: {code} {message}");
    }
    assert_eq!(server.refusal("{ childcareSites { sites { location(precision: 9) } } }").0, "BAD_USER_INPUT");
    let none = server.data("{ childcareSites(asOf: \"2026-01-09T00:00:00Z\") { status } }");
    assert_eq!(none["childcareSites"], Value::Null);
}

/// The first two rows of a list one by one, from both ends.
fn pages(server: &TestServer, field: &str, selection: &str, pointer: &str, expected: &[Value; 2]) {
    let page = |arguments: &str| {
        let query = format!("{{ {field}({arguments}) {{ nodes {{ {selection} }} pageInfo {{ endCursor }} }} }}");
        let answer = server.data(&query)[field].clone();
        (answer["nodes"].clone(), answer["pageInfo"]["endCursor"].as_str().unwrap_or_default().to_owned())
    };
    let first = |rows: &Value| rows.pointer(&format!("/0{pointer}")).cloned().unwrap_or(Value::Null);
    let (rows, cursor) = page("first: 1");
    assert_eq!(first(&rows), expected[0], "{field}");
    let (rows, second) = page(&format!("first: 1, after: \"{cursor}\""));
    assert_eq!(first(&rows), expected[1], "{field}");
    assert_eq!(first(&page(&format!("last: 1, before: \"{second}\"")).0), expected[0], "{field}");
    assert_eq!(page("last: 1").0.as_array().expect("rows").len(), 1, "{field}");
    assert_eq!(server.refusal(&format!("{{ {field}(first: 101) {{ totalCount }} }}")).0, "BAD_USER_INPUT", "{field}");
}

/// A childcare run, or a line that says what is missing.
fn analyse(db: &TestDatabase, test: &str) -> Option<()> {
    let said = db.run(&["analyze", "childcare", "--publish"]);
    if said.err.contains("Korean dictionary") {
        assert!(std::env::var("CI").map_or(true, |ci| ci != "true"), "{}", said.err);
        not_run(test, "needs the Korean dictionary; script/setup fetches it");
        return None;
    }
    assert_eq!(said.code, 0, "{}", said.err);
    Some(())
}

/// 15 dongs; only one has children, so that whatever its shape is, all reachable places are theirs: Σ children · A is
/// the number of places, and A is places / children.
#[test]
fn from_files_to_answers_as_by_pencil() {
    let test = "from_files_to_answers_as_by_pencil";
    let Some(db) = database(test) else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let codes: Vec<String> = db.codes();
    let mut register = "month,dong_code,age,children\n".to_owned();
    for code in &codes {
        for age in 0..6 {
            let children = if *code == "11590605" { 50 } else { 0 };
            register += &format!("2020-12,{code},{age},{children}\n");
        }
    }
    // Both stand in Heukseok-dong (11590605); the third and the fourth nowhere, and the fifth in another district.
    let centres = "시군구명,어린이집코드,어린이집명,어린이집유형,운영현황,정원,현원,시설 위도(좌표값),시설 경도(좌표값),제공서비스,waiting\n\
        동작구,1,가,국공립,정상,60,50,37.5065,126.9640,일반,12\n\
        동작구,2,나,민간,정상,30,35,37.5070,126.9650,\"일반,시간제보육\",\n\
        동작구,3,다,민간,정상,40,20,,,일반,\n\
        동작구,4,라,민간,재개,25,20,37.566535,126.977963,일반,\n\
        관악구,5,마,민간,정상,99,20,,,일반,\n";
    let candidates = "id,name,lon,lat,kind,cost_won,all_day,part_time\n\
        k1,가까운 곳,126.9645,37.5065,apartment,300000000,1,0\nk2,먼 곳,126.905,37.480,vacated_centre,,1,1\n";
    let usage = "month,centre,dong_code,kind,hour_band,places,used\n\
        2020-11,나,,part_time,09-12,60,30\n2020-12,2,,part_time,9~12,60,45\n2020-12,,11590605,part_time,12-15,20,3\n\
        2020-12,모름,,part_time,09-12,10,9\n";
    db.must(&["import", "children", &folder.file("children.csv", register)]);
    let said = db.must(&["import", "daycare-centres", &folder.file("centres.csv", centres)]);
    assert!(said.contains("5 rows kept") && said.contains("3 centres have no coordinates"), "{said}");
    assert!(said.contains("2 of 5 rows lie inside the district"), "{said}");
    db.must(&["import", "childcare-use", &folder.file("use.csv", usage)]);
    db.must(&["import", "childcare-candidates", &folder.file("candidates.csv", candidates)]);
    let Some(()) = analyse(&db, test) else { return };
    let server = db.serve();
    let selection = "children { value } places { value } vacantPlaces { value } publicPlaces { value } \
        partTimePlaces { value } placesPerChild { value } waiting { value } waitingPerPlace { value } \
        accessibility { value status reason(lang: EN) } vacantAccessibility { value } publicAccessibility { value } \
        partTimeAccessibility { value } twoStepAccessibility { value } threeStepAccessibility { value } \
        gaussianAccessibility { value } centresWithoutLocation { value } placesWithoutLocation { value }";
    let dong = &rows(&server, "childcareAccess", "filter: {neighbourhoods: [\"11590605\"]}", selection)[0];
    let value = |row: &Value, field: &str| row[field]["value"].as_f64().unwrap_or(f64::NAN);
    for (field, expected) in [
        ("children", 300.0),
        ("places", 90.0),
        ("vacantPlaces", 10.0),
        ("publicPlaces", 60.0),
        ("partTimePlaces", 3.0),
        ("placesPerChild", 0.3),
        ("waiting", 12.0),
        ("waitingPerPlace", 0.2),
        ("accessibility", 0.3),
        ("vacantAccessibility", 10.0 / 300.0),
        ("publicAccessibility", 0.2),
        ("partTimeAccessibility", 0.01),
        ("twoStepAccessibility", 0.3),
        ("threeStepAccessibility", 0.3),
        ("gaussianAccessibility", 0.3),
    ] {
        assert!((value(dong, field) - expected).abs() < 1e-12, "{field}: {} instead of {expected}", value(dong, field));
    }
    let reason = dong["accessibility"]["reason"].as_str().expect("a reason");
    assert!(reason.contains("border") && reason.contains("2 centres without coordinates"), "{reason}");
    let district = &rows(&server, "childcareAccess", "filter: {scope: DISTRICT}", selection)[0];
    assert_eq!((value(district, "centresWithoutLocation"), value(district, "placesWithoutLocation")), (2.0, 65.0));
    assert_eq!(value(district, "places"), 90.0);
    assert!((value(district, "accessibility") - 0.3).abs() < 1e-12);
    use_is_by_pencil(&server);
    // Every child lives in Heukseok-dong, 5 km from the second candidate.
    let query = "{ childcareSites(input: {sites: 1, reachMeters: 3000}) { status candidates unmetChildren { value } \
        coveredChildren { value } sites { candidateId neighbourhood { code } cost { value } supportingPosts { status } } } }";
    let plan = server.data(query)["childcareSites"].clone();
    assert_eq!((&plan["status"], &plan["candidates"]), (&json!("OPTIMAL"), &json!(2)));
    assert_eq!(
        plan["sites"],
        json!([{"candidateId": "k1", "neighbourhood": {"code": "11590605"}, "cost": {"value": 3e8},
                "supportingPosts": {"status": "SUPPRESSED"}}])
    );
    // At most 0.6 · 300 lack a place, at least 0.6 · 300 − 90.
    let unmet = plan["unmetChildren"]["value"].as_f64().expect("a number");
    assert!(
        (90.0 - 1e-9..180.0).contains(&unmet) && plan["coveredChildren"]["value"] == plan["unmetChildren"]["value"]
    );
}

fn use_is_by_pencil(server: &TestServer) {
    let found = rows(
        server,
        "childcareUse",
        "",
        "scope neighbourhood { code } fromHour places { value } used { value status } months",
    );
    let row = |scope: &str, from: i32| {
        found.iter().find(|r| place(r) == scope && r["fromHour"] == from).unwrap_or_else(|| panic!("{scope} {from}"))
    };
    // The centre is found by its name and by its code; 30 + 45 of 120.
    let morning = row("11590605", 9);
    assert_eq!((&morning["places"]["value"], &morning["months"]), (&json!(120.0), &json!(2)));
    // Three uses in the afternoon are hidden.
    assert_eq!(row("11590605", 12)["used"], json!({"value": null, "status": "SUPPRESSED"}));
    assert_eq!(row("UNRESOLVED", 9)["places"]["value"], json!(10.0));
}

/// The two centres of Heukseok-dong, but the file says nothing of coordinates at all.
#[test]
fn a_file_without_any_usable_coordinate_is_kept_and_gives_no_accessibility() {
    let test = "a_file_without_any_usable_coordinate";
    let Some(db) = database(test) else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    db.must(&[
        "import",
        "daycare-centres",
        &folder.file("c.csv", "name,lon,lat,capacity\n가,,,60\n나,-,-,30\n다,0,0,10\n"),
    ]);
    let Some(()) = analyse(&db, test) else { return };
    let selection = "centresWithoutLocation { value } placesWithoutLocation { value } places { value } accessibility { value status }";
    let district = &rows(&db.serve(), "childcareAccess", "filter: {scope: DISTRICT}", selection)[0];
    assert_eq!(
        *district,
        json!({"centresWithoutLocation": {"value": 3.0}, "placesWithoutLocation": {"value": 100.0}, "places": {"value": 0.0},
               "accessibility": {"value": null, "status": "NOT_AVAILABLE"}})
    );
}

/// Real centres and children, counted here from the files themselves.
#[test]
fn the_real_centres_and_children_run_the_whole_path() {
    let test = "the_real_centres_and_children_run_the_whole_path";
    let Some((folder, db)) = real_files::ready(test) else { return };
    let db = db.with_dongs();
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    db.must(&["import", "daycare-centres", &path("d_서울시 어린이집 정보(표준 데이터)_20260701_동작구.csv")]);
    db.must(&["import", "children", &path("d_주민등록 0-5세 행정동별_202606_서울.csv")]);
    let Some(()) = analyse(&db, test) else { return };
    let places = db.number("SELECT sum(capacity) FROM daycare_centre");
    let children = db.number("SELECT sum(persons) FROM children WHERE dong_code LIKE '11590%' AND age < 6");
    let server = db.serve();
    let selection = "scope children { value } places { value } accessibility { value } unmetChildren { value } waiting { status } \
        childrenInDesert { value } centresWithoutLocation { value } partTimePlaces { value }";
    let found = rows(&server, "childcareAccess", "", selection);
    assert_eq!(found.len(), 16);
    let value = |row: &Value, field: &str| row[field]["value"].as_f64().unwrap_or(f64::NAN);
    let district = &found[0];
    assert_eq!((value(district, "places"), value(district, "children")), (places, children));
    assert_eq!(value(district, "centresWithoutLocation"), 0.0);
    assert_eq!(district["waiting"]["status"], "NOT_AVAILABLE");
    for field in ["places", "children", "unmetChildren", "childrenInDesert", "partTimePlaces"] {
        let sum: f64 = found[1..].iter().map(|row| value(row, field)).sum();
        assert!((sum - value(district, field)).abs() < 1e-6, "{field}");
    }
    // Every place can be reached by somebody, so the mean over the children is places / children.
    assert!((value(district, "accessibility") - places / children).abs() < 1e-9);
}

#[test]
fn weights_and_run_change_vulnerability_and_nobody_is_called_vulnerable_below_four_in_five() {
    let Some(db) = database("weights_and_run_change_vulnerability") else { return };
    publish(&db);
    let server = db.serve();
    let ask = |arguments: &str, selection: &str| {
        let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
        server.data(&format!("{{ childcareVulnerability{arguments} {{ {selection} }} }}"))["childcareVulnerability"]
            .clone()
    };
    let first = |arguments: &str| ask(arguments, "ranks { code }")["ranks"][0]["code"].clone();
    // The first neighbourhood lacks most places, the fifth complains most, the second has the longest waiting list, the
    // third the fewest part-time places, the fourth the fewest public ones.
    assert_eq!(first(""), "11590510");
    let only = |name: &str| {
        let others = ["unmet", "waiting", "partTime", "notPublic", "complaints"]
            .map(|other| format!("{other}: {}", u8::from(other == name)));
        first(&format!("weights: {{{}}}", others.join(", ")))
    };
    for (name, code) in [
        ("unmet", "11590510"),
        ("waiting", "11590520"),
        ("partTime", "11590530"),
        ("notPublic", "11590540"),
        ("complaints", "11590550"),
    ] {
        assert_eq!(only(name), code, "{name}");
    }
    let whole = ask(
        "",
        "draws reason weights { component weight status tauWithout } ranks { code rank medianRank rankLower rankUpper tier \
           topThreeProbability neighboursUnknown index { value reason(lang: EN) } \
           components { component value { value status } z } }",
    );
    let weight = |name: &str| {
        let weights = whole["weights"].as_array().expect("weights");
        weights.iter().find(|w| w["component"] == name).expect("a component").clone()
    };
    assert_eq!(
        (&weight("LOW_INCOME")["weight"], &weight("LOW_INCOME")["status"]),
        (&json!(0.0), &json!("NOT_AVAILABLE"))
    );
    // 0.35 of the 0.85 that have an input.
    let unmet = weight("UNMET")["weight"].as_f64().expect("a number");
    assert!((unmet - 0.35 / 0.85).abs() < 1e-12, "{unmet}");
    assert_eq!((&whole["draws"], &whole["reason"]), (&json!(2000), &Value::Null));
    for row in whole["ranks"].as_array().expect("ranks") {
        let share = row["topThreeProbability"].as_f64().expect("a share");
        let tier = if share >= 0.8 {
            "VULNERABLE"
        } else if share <= 0.2 {
            "UNLIKELY"
        } else {
            "UNCLEAR"
        };
        assert_eq!(row["tier"], tier, "{row}");
        assert!(row["rankLower"].as_i64() <= row["medianRank"].as_i64(), "{row}");
        assert_eq!(row["neighboursUnknown"], row["code"] == "11590510");
        assert_eq!(row["index"]["reason"].is_null(), row["code"] != "11590510");
    }
    let hidden =
        whole["ranks"].as_array().expect("ranks").iter().find(|r| r["code"] == "11590520").expect("a row").clone();
    assert_eq!(hidden["components"][6]["value"], json!({"value": null, "status": "SUPPRESSED"}));
    assert_eq!(hidden["components"][4]["value"], json!({"value": null, "status": "NOT_AVAILABLE"}));
    // Changing one weight alone changes the weights that are used.
    let used = |arguments: &str| ask(arguments, "weights { weight }")["weights"].clone();
    for name in ["lowIncome", "births"] {
        assert_eq!(
            used(""),
            used(&format!("weights: {{{name}: 1}}")),
            "{name} has no input, so its weight goes to the others"
        );
    }
    let older = run_id(&server, "CHILDCARE", false);
    for arguments in [format!("run: \"{older}\""), "asOf: \"2026-01-20T00:00:00+09:00\"".to_owned()] {
        let few = ask(&arguments, "ranks { code } draws reason(lang: EN)");
        assert_eq!((&few["ranks"], &few["draws"]), (&json!([]), &Value::Null));
        assert!(few["reason"].as_str().is_some_and(|reason| reason.contains("four")), "{few}");
    }
    for wrong in [
        "unmet: 2",
        "unmet: -1",
        "unmet: 0, waiting: 0, partTime: 0, notPublic: 0, lowIncome: 0, births: 0, complaints: 0",
    ] {
        let query = format!("{{ childcareVulnerability(weights: {{{wrong}}}) {{ draws }} }}");
        assert_eq!(server.refusal(&query).0, "BAD_USER_INPUT", "{wrong}");
    }
}
