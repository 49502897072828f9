//! Sales by week, month and quarter, and what may not be worked out from them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::one_path::{codes, write_inputs};
use crate::support::command::Folder;
use crate::support::published::{publish, run_id};
use crate::support::{TestServer, database};

fn series(server: &TestServer, arguments: &str) -> Vec<Value> {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let answer = server.data(&format!(
        "{{ economySales{arguments} {{ nodes {{ scope neighbourhood {{ code }} industry {{ code }} grain interpolatedShare \
           periods {{ label start end sales {{ value status unit reason(lang: EN) }} yearOnYear {{ value status }} }} }} }} }}"
    ));
    answer["economySales"]["nodes"].as_array().expect("series").clone()
}

fn scopes(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["scope"].as_str().expect("a scope")).collect()
}

#[test]
fn every_argument_of_sales_changes_the_answer() {
    let Some(db) = database("every_argument_of_sales_changes_the_answer") else { return };
    publish(&db);
    let server = db.serve();
    let all = series(&server, "");
    assert_eq!(
        scopes(&all),
        ["DISTRICT", "INDUSTRY", "NEIGHBOURHOOD", "INDUSTRY_IN_NEIGHBOURHOOD", "INDUSTRY_IN_NEIGHBOURHOOD"]
    );
    assert_eq!(series(&server, "filter: {scope: DISTRICT}"), all[..1]);
    assert_eq!(series(&server, "filter: {scope: INDUSTRY}"), all[1..2]);
    assert_eq!(series(&server, "filter: {scope: NEIGHBOURHOOD}"), all[2..3]);
    assert_eq!(series(&server, "filter: {scope: INDUSTRY_IN_NEIGHBOURHOOD}"), all[3..]);
    assert_eq!(series(&server, "filter: {neighbourhoods: [\"11590510\"]}"), all[2..4]);
    assert_eq!(series(&server, "filter: {neighbourhoods: [\"11590520\"], industries: [\"I01\"]}"), all[4..]);
    assert_eq!(series(&server, "first: 1"), all[..1]);
    assert_eq!(series(&server, "last: 2"), all[3..]);
    let of_district = |arguments: &str, pointer: &str| -> Vec<Value> {
        let rows = series(&server, &format!("filter: {{scope: DISTRICT}}, {arguments}"));
        let periods = rows[0]["periods"].as_array().expect("periods").clone();
        periods.iter().map(|p| p.pointer(pointer).cloned().unwrap_or_default()).collect()
    };
    assert_eq!(of_district("grain: MONTH", "/label"), ["2019-03", "2020-03"]);
    assert_eq!(of_district("grain: WEEK", "/label"), ["2020-W04", "2020-W10", "2020-W52"]);
    assert_eq!(of_district("grain: MONTH", "/end"), ["2019-03-31", "2020-03-31"]);
    assert_eq!(of_district("from: \"2020-03-31\"", "/label"), ["2020-03"]);
    assert_eq!(of_district("to: \"2019-03-01\"", "/label"), ["2019-03"]);
    assert_eq!(of_district("alignment: PLAIN", "/yearOnYear/value"), [Value::Null, json!(-0.25)]);
    assert_eq!(of_district("alignment: HOLIDAY_ALIGNED", "/yearOnYear/value"), [Value::Null, json!(-0.24)]);
    assert_eq!(of_district("grain: MONTH", "/yearOnYear/status"), ["NOT_AVAILABLE", "IMPUTED"]);
    let before = server.data("{ economySales(asOf: \"2026-01-01T00:00:00Z\") { totalCount } }");
    assert_eq!(before["economySales"], Value::Null);
    let older = run_id(&server, "ECONOMY", false);
    assert_eq!(series(&server, &format!("run: \"{older}\"")), Vec::<Value>::new());
    let (code, message) = server.refusal("{ economySales(from: \"2020-03-02\", to: \"2020-03-01\") { totalCount } }");
    assert!(code == "BAD_USER_INPUT" && message.contains("to보다 늦을 수 없습니다"), "{message}");
}

#[test]
fn a_series_is_found_again_by_its_id_and_a_cursor_opens_no_other_list() {
    let Some(db) = database("a_series_is_found_again_by_its_id") else { return };
    publish(&db);
    let server = db.serve();
    let page = server.data("{ economySales(first: 2) { edges { cursor node { id scope } } pageInfo { endCursor } } }");
    let edge = &page["economySales"]["edges"][1];
    let id = edge["node"]["id"].as_str().expect("an id");
    let found = server.data(&format!("{{ node(id: \"{id}\") {{ id ... on EconomySales {{ scope }} }} }}"));
    assert_eq!(found["node"], json!({"id": id, "scope": "INDUSTRY"}));
    let cursor = edge["cursor"].as_str().expect("a cursor");
    let next = server.data(&format!("{{ economySales(first: 1, after: \"{cursor}\") {{ nodes {{ scope }} }} }}"));
    assert_eq!(next["economySales"]["nodes"], json!([{"scope": "NEIGHBOURHOOD"}]));
    let foreign = format!("{{ economySales(grain: WEEK, first: 1, after: \"{cursor}\") {{ nodes {{ scope }} }} }}");
    assert_eq!(server.refusal(&foreign).0, "BAD_USER_INPUT");
}

#[test]
fn the_baseline_index_follows_the_days_asked_for() {
    let Some(db) = database("the_baseline_index_follows_the_days_asked_for") else { return };
    publish(&db);
    let server = db.serve();
    let days = |arguments: &str| {
        let answer = server.data(&format!("{{ baselineIndex{arguments} {{ date index {{ value unit }} }} }}"));
        answer["baselineIndex"].as_array().expect("days").clone()
    };
    let all = days("");
    assert_eq!(all[1], json!({"date": "2020-03-01", "index": {"value": -0.3, "unit": "CHANGE_RATIO"}}));
    assert_eq!(days("(from: \"2020-02-02\")"), all[1..]);
    assert_eq!(days("(to: \"2020-02-02\")"), all[..1]);
    assert_eq!(days(&format!("(run: \"{}\")", run_id(&server, "ECONOMY", false))), Vec::<Value>::new());
    let before = server.data("{ baselineIndex(asOf: \"2026-01-01T00:00:00Z\") { date } }");
    assert_eq!(before["baselineIndex"], Value::Null);
}

/// Two complete weeks of two years by pencil: 7 days of 10 won, then one day short, then four days short.
#[test]
fn days_in_a_file_become_weeks_and_months_by_pencil() {
    let Some(db) = database("days_in_a_file_become_weeks_and_months_by_pencil") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let mut rows = "date,dong_code,industry_code,amount_won,transactions\n".to_owned();
    let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
    // 2020-03-02 is a Monday. Week 10 has six days, week 11 three, all others seven; each day brings 10 won in 2019 and
    // 9 won in 2020.
    let missing = ["2020-03-04", "2020-03-09", "2020-03-10", "2020-03-11", "2020-03-12"].map(day);
    for date in day("2019-01-01").iter_days().take_while(|d| *d <= day("2020-12-31")).filter(|d| !missing.contains(d)) {
        let amount = if date < day("2020-01-01") { 10 } else { 9 };
        rows.push_str(&format!("{date},11590510,I01,{amount},\n"));
    }
    db.must(&["import", "card-sales", &folder.file("sales.csv", rows), "--disclosure-checked"]);
    db.must(&["analyze", "economy", "--publish"]);
    let server = db.serve();
    let period = |grain: &str, label: &str| {
        let rows = series(&server, &format!("filter: {{scope: INDUSTRY_IN_NEIGHBOURHOOD}}, grain: {grain}"));
        let periods = rows[0]["periods"].as_array().expect("periods").clone();
        periods.into_iter().find(|p| p["label"] == label).unwrap_or_else(|| panic!("no {label}"))
    };
    let week = period("WEEK", "2020-W10");
    assert_eq!((&week["sales"]["value"], &week["sales"]["status"]), (&json!(63.0), &json!("MEASURED")), "54 · 7/6");
    let week = period("WEEK", "2020-W11");
    assert_eq!(
        (&week["sales"]["value"], &week["sales"]["status"]),
        (&json!(63.0), &json!("IMPUTED")),
        "its neighbours"
    );
    let change = week["yearOnYear"]["value"].as_f64().expect("a change");
    assert!((change + 0.1).abs() < 1e-12, "{change}");
    // 26 of 31 days: scaled, 26 · 9 · 31/26.
    let month = period("MONTH", "2020-03");
    assert_eq!((&month["sales"]["value"], &month["sales"]["status"]), (&json!(279.0), &json!("MEASURED")));
    assert_eq!(period("QUARTER", "2019-Q4")["sales"]["value"], json!(920.0));
    assert_eq!(period("MONTH", "2020-12")["sales"]["status"], "PROVISIONAL");
}

#[test]
fn quarters_alone_give_what_quarters_can_and_reasons_for_the_rest() {
    let Some(db) = database("quarters_alone_give_what_quarters_can") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let rows = "quarter,dong_code,industry_code,amount_won,transactions,merchants\n\
                2019Q1,11590510,I01,1000,,9\n2020Q1,11590510,I01,800,,9\n\
                2019Q1,11590520,I01,500,,9\n2020Q1,11590520,I01,600,,9\n";
    db.must(&["import", "card-sales", &folder.file("sales.csv", rows)]);
    db.must(&["analyze", "economy", "--publish"]);
    let server = db.serve();
    let rows = series(&server, "grain: QUARTER, filter: {scope: NEIGHBOURHOOD}, alignment: PLAIN");
    let change = |row: usize| {
        let periods = rows[row]["periods"].as_array().expect("periods");
        let period = periods.iter().find(|p| p["label"] == "2020-Q1").expect("the quarter");
        period["yearOnYear"]["value"].as_f64().expect("a change")
    };
    assert!((change(0) + 0.2).abs() < 1e-12 && (change(1) - 0.2).abs() < 1e-12, "{rows:?}");
    assert!(series(&server, "grain: WEEK").is_empty() && series(&server, "grain: MONTH").is_empty());
    let answer = server.data(
        "{ economicSensitivity(filter: {scope: NEIGHBOURHOOD}) { nodes { sensitivity { value status reason(lang: EN) } \
           shock { depth { value status } } weeks { label } } } baselineIndex { date } }",
    );
    let row = &answer["economicSensitivity"]["nodes"][0];
    assert_eq!(row["sensitivity"]["status"], "INSUFFICIENT_DATA");
    assert!(row["sensitivity"]["reason"].as_str().expect("a reason").contains("weeks"), "{row}");
    assert_eq!((&row["shock"]["depth"]["status"], &row["weeks"]), (&json!("INSUFFICIENT_DATA"), &json!([])));
    assert_eq!(answer["baselineIndex"], json!([]));
}

type Key = (String, String);

/// What an answer shows and hides; the empty code stands for all.
fn shown_and_hidden(server: &TestServer, run: &str, grain: &str) -> (BTreeMap<Key, f64>, BTreeSet<Key>) {
    let (mut shown, mut hidden) = (BTreeMap::new(), BTreeSet::new());
    let mut after = String::new();
    loop {
        let answer = server.data(&format!(
            "{{ economySales(run: \"{run}\", grain: {grain}, from: \"2020-03-02\", to: \"2020-03-02\", first: 100{after}) \
               {{ pageInfo {{ hasNextPage endCursor }} nodes {{ neighbourhood {{ code }} industry {{ code }} \
               periods {{ sales {{ value status }} yearOnYear {{ value }} }} }} }} }}"
        ));
        let page = &answer["economySales"];
        for row in page["nodes"].as_array().expect("series") {
            let code = |value: &Value| value["code"].as_str().unwrap_or_default().to_owned();
            let key = (code(&row["neighbourhood"]), code(&row["industry"]));
            let period = &row["periods"][0];
            match period["sales"]["value"].as_f64() {
                Some(sales) => drop(shown.insert(key, sales)),
                None => {
                    assert_eq!(
                        (&period["sales"]["status"], &period["yearOnYear"]["value"]),
                        (&json!("SUPPRESSED"), &Value::Null)
                    );
                    hidden.insert(key);
                }
            }
        }
        if page["pageInfo"]["hasNextPage"] != json!(true) {
            return (shown, hidden);
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
}

/// Of the targets, those that are a sum or difference of numbers that are known, by elimination over all cells.
fn worked_out(known: &BTreeSet<Key>, targets: &BTreeSet<Key>, cells: &[Key]) -> Vec<Key> {
    let vector = |key: &Key| -> Vec<f64> {
        let inside = |cell: &Key| (key.0.is_empty() || key.0 == cell.0) && (key.1.is_empty() || key.1 == cell.1);
        cells.iter().map(|cell| if inside(cell) { 1.0 } else { 0.0 }).collect()
    };
    let reduce = |mut row: Vec<f64>, basis: &[(usize, Vec<f64>)]| {
        for (pivot, known) in basis {
            let factor = row[*pivot] / known[*pivot];
            if factor != 0.0 {
                row.iter_mut().zip(known).for_each(|(x, k)| *x -= factor * k);
            }
        }
        row
    };
    let pivot = |row: &[f64]| row.iter().position(|x| x.abs() > 1e-9);
    let mut basis: Vec<(usize, Vec<f64>)> = Vec::new();
    for key in known {
        let row = reduce(vector(key), &basis);
        if let Some(at) = pivot(&row) {
            basis.push((at, row));
        }
    }
    targets.iter().filter(|key| pivot(&reduce(vector(key), &basis)).is_none()).cloned().collect()
}

#[test]
fn no_sum_or_difference_of_what_two_runs_show_gives_back_what_they_hide() {
    let Some(db) = database("no_sum_or_difference_of_what_two_runs_show") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    for (dataset, file) in write_inputs(&folder, 0) {
        db.must(&["import", dataset, &file]);
    }
    db.must(&["analyze", "economy", "--publish"]);
    // A later count of shops: three that were few are many now, and three that were many are few.
    let counts = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/economy/cells.csv"))
        .expect("the reference cells");
    let codes = codes();
    let mut few = BTreeSet::new();
    let (mut raised, mut lowered) = (0, 0);
    let mut later = "quarter,dong_code,industry_code,establishments\n".to_owned();
    for line in counts.lines().skip(1) {
        let parts: Vec<&str> = line.split(',').collect();
        let key = (codes[parts[0]].clone(), parts[1].to_owned());
        let mut shops: u32 = parts[2].parse().expect("a number");
        if shops < 3 {
            few.insert(key.clone());
            if raised < 3 {
                (shops, raised) = (30, raised + 1);
            }
        } else if lowered < 3 && shops > 20 {
            (shops, lowered) = (1, lowered + 1);
        }
        later.push_str(&format!("2021Q1,{},{},{shops}\n", key.0, key.1));
    }
    db.must(&["import", "establishments", &folder.file("later.csv", later)]);
    db.must(&["analyze", "economy", "--publish"]);
    let server = db.serve();
    let runs: Vec<String> = [false, true].into_iter().map(|newest| run_id(&server, "ECONOMY", newest)).collect();
    assert_ne!(runs[0], runs[1]);
    let mut known = BTreeSet::new();
    for run in &runs {
        let (weeks, hidden) = shown_and_hidden(&server, run, "WEEK");
        assert!(few.is_subset(&hidden), "what few shops stand behind is hidden in both runs");
        for grain in ["MONTH", "QUARTER"] {
            let (shown, also_hidden) = shown_and_hidden(&server, run, grain);
            assert_eq!((hidden.len(), shown.len()), (also_hidden.len(), weeks.len()), "{grain}");
            assert_eq!(hidden, also_hidden, "one pattern for all lengths of periods");
        }
        known.extend(weeks.into_keys());
    }
    let cells: Vec<Key> =
        codes.values().flat_map(|dong| (1..=20).map(move |i| (dong.clone(), format!("I{i:02}")))).collect();
    assert!(known.contains(&(String::new(), String::new())) && known.len() > 300, "the attack has totals to work with");
    assert_eq!(worked_out(&known, &few, &cells), Vec::<Key>::new());
    // The same attack on a table in which only the sensitive cells are missing finds some of them.
    let mut careless: BTreeSet<Key> = cells.iter().filter(|cell| !few.contains(*cell)).cloned().collect();
    careless.extend(codes.values().map(|dong| (dong.clone(), String::new())));
    careless.extend((1..=20).map(|i| (String::new(), format!("I{i:02}"))));
    assert!(!worked_out(&careless, &few, &cells).is_empty());
    // Filters show the same rows, not other sums.
    let (dong, industry) = few.first().expect("a sensitive cell");
    for filter in [
        format!("{{neighbourhoods: [\"{dong}\"], industries: [\"{industry}\"]}}"),
        format!(
            "{{scope: INDUSTRY_IN_NEIGHBOURHOOD, neighbourhoods: [\"{dong}\"], industries: [\"{industry}\", \"I01\"]}}"
        ),
    ] {
        let rows = series(&server, &format!("filter: {filter}, grain: WEEK"));
        let row = rows.iter().find(|row| row["industry"]["code"] == **industry).expect("the cell is listed");
        assert!(row["periods"].as_array().expect("periods").iter().all(|p| p["sales"]["value"].is_null()));
    }
}

#[test]
fn rows_that_cannot_be_true_are_refused_one_by_one_with_their_reasons() {
    let Some(db) = database("rows_that_cannot_be_true_are_refused_one_by_one") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let industries = folder.file("industries.csv", "code,name_ko\nI01,음식점\n");
    db.must(&["import", "industries", &industries]);
    let rows = "date,dong_code,industry_code,amount_won,transactions\n\
                2020-03-02,11590510,I01,1000000,50\n\
                2020-03-03,11590510,I01,-5,1\n\
                2020-03-04,11590510,I01,12만원,1\n\
                2020-03-05,11590510,I01,900000000000000000,1\n\
                2020-03-02,11590510,I01,1000000,50\n\
                2020-03-06,11680510,I01,1000,1\n\
                2020-03-07,11590510,I99,1000,1\n\
                2020-03-08,11590510,I01,1000,0\n\
                2099-03-08,11590510,I01,1000,1\n\
                2020-05-08,11590510,I01,1000,1\n";
    let file = folder.file("sales.csv", rows);
    let said = db.must(&["import", "card-sales", &file, "--from", "2020-03-01", "--to", "2020-03-31"]);
    assert!(said.contains("1 rows kept, 9 refused"), "{said}");
    let version = said.split("version ").nth(1).and_then(|rest| rest.split(':').next()).expect("a version");
    let refused = db.must(&["refused", version]);
    for word in [
        "is negative",
        "12만원",
        "all cards of the country",
        "says again",
        "11680510",
        "I99",
        "no payment at all",
        "has not come",
        "--to",
    ] {
        assert!(refused.contains(word), "{word}: {refused}");
    }
    assert_eq!(db.number("SELECT count(*) FROM card_sales"), 1.0);
}
