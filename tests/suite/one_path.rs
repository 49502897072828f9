//! One path, not two: the reference economy goes in through the importers and comes out over GraphQL with the numbers
//! that `evaluate` computes from the folder alone; and one changed row changes what rests on it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::command::{Folder, alone};
use crate::support::{TestDatabase, TestServer, database};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/economy");

fn golden(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(format!("{GOLDEN}/{name}")).expect("a reference file");
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// D01 to D15 stand for the fifteen dongs in the order of their codes.
pub fn codes() -> BTreeMap<String, String> {
    let text =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/dong-codes.csv")).expect("dong codes");
    let mut codes: Vec<String> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|word| word.len() == 8 && word.starts_with("11590"))
        .map(str::to_owned)
        .collect();
    codes.sort();
    (1..).zip(codes).map(|(n, code)| (format!("D{n:02}"), code)).collect()
}

/// The folder in our own layouts. `change` is added to the sales of D01, I01 on 2 March 2020.
pub fn write_inputs(folder: &Folder, change: i64) -> Vec<(&'static str, String)> {
    let codes = codes();
    assert_eq!(codes.len(), 15);
    let sales = golden("sales_wide.csv");
    let mut card = "date,dong_code,industry_code,amount_won,transactions\n".to_owned();
    for row in &sales[1..] {
        for (cell, amount) in sales[0][1..].iter().zip(&row[1..]).filter(|(_, amount)| !amount.is_empty()) {
            let (dong, industry) = cell.split_once('_').expect("dong and industry");
            let mut amount: i64 = amount.parse().expect("a whole number");
            if cell == "D01_I01" && row[0] == "2020-03-02" {
                amount += change;
            }
            writeln!(card, "{},{},{industry},{amount},", row[0], codes[dong]).expect("a line");
        }
    }
    let (mut cases, mut holidays) = ("date,area,new_cases\n".to_owned(), "date,kind,name_ko\n".to_owned());
    for row in &golden("calendar.csv")[1..] {
        writeln!(cases, "{},seoul,{}", row[0], row[7]).expect("a line");
        if row[5] == "1" {
            let seollal = row[0][5..7].parse::<u32>().expect("a month") < 6;
            let (kind, name) = if seollal { ("seollal", "설날") } else { ("chuseok", "추석") };
            writeln!(holidays, "{},{kind},{name}", row[0]).expect("a line");
        }
    }
    let mut bsi = "month,area,industry_code,actual,outlook,respondents\n".to_owned();
    for row in &golden("bsi.csv")[1..] {
        writeln!(bsi, "{},seoul,{},{},,{}", row[0], row[1], row[3], row[2]).expect("a line");
    }
    let mut shops = "quarter,dong_code,industry_code,establishments\n".to_owned();
    for row in &golden("cells.csv")[1..] {
        writeln!(shops, "2020Q4,{},{},{}", codes[&row[0]], row[1], row[2]).expect("a line");
    }
    let mut industries = "code,name_ko,contact\n".to_owned();
    let mut reached = Vec::new();
    for row in &golden("industries.csv")[1..] {
        writeln!(industries, "{0},{0},{1}", row[0], row[1]).expect("a line");
        if row[2] == "1" {
            reached.push(row[0].clone());
        }
    }
    let events = format!(
        "code,name_ko,starts_on,ends_on,kind,industries\nrelief,지원금,2020-05-13,2020-08-31,subsidy,{}\n",
        reached.join(";")
    );
    vec![
        ("card-sales", folder.file("card.csv", card)),
        ("covid-cases", folder.file("cases.csv", cases)),
        ("calendar", folder.file("calendar.csv", holidays)),
        ("bsi", folder.file("bsi.csv", bsi)),
        ("establishments", folder.file("shops.csv", shops)),
        ("industries", folder.file("industries.csv", industries)),
        ("policy-events", folder.file("events.csv", events)),
    ]
}

/// Reference values are computed from all cells, so nothing is to be hidden here.
pub fn import(db: &TestDatabase, dataset: &str, file: &str) {
    // The folder counts in 10,000 won.
    let sales: &[&str] =
        if dataset == "card-sales" { &["--amount-unit", "10000", "--disclosure-checked"] } else { &[] };
    db.must(&[&["import", dataset, file], sales].concat());
}

fn rows(server: &TestServer) -> Vec<Value> {
    let answer = server.data(
        "{ economicSensitivity(first: 100) { nodes { scope neighbourhood { code } industry { code } \
           sensitivity { value status sampleSize interval { lower upper } } pValue effects { casesPerDay salesChange { value interval { lower upper } } } } } }",
    );
    answer["economicSensitivity"]["nodes"].as_array().expect("rows").clone()
}

fn close(ours: &Value, theirs: &Value, what: &str) {
    let (a, b) = (ours.as_f64().unwrap_or(f64::NAN), theirs.as_f64().unwrap_or(f64::NAN));
    assert!((a - b).abs() <= 1e-9 * b.abs().max(1e-6), "{what}: {ours} over GraphQL, {theirs} by evaluate");
}

#[test]
fn the_reference_economy_has_the_same_numbers_over_graphql_as_by_evaluate() {
    let Some(db) = database("the_reference_economy_has_the_same_numbers") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    for (dataset, file) in write_inputs(&folder, 0) {
        import(&db, dataset, &file);
    }
    db.must(&["analyze", "economy", "--publish"]);
    let said = alone(&["evaluate", "economy", GOLDEN]);
    assert_eq!(said.code, 0, "{}", said.err);
    let expected: Value = serde_json::from_str(&said.out).expect("one JSON object");
    let names: BTreeMap<String, String> = codes().into_iter().map(|(name, code)| (code, name)).collect();
    let server = db.serve();
    let found = rows(&server);
    assert_eq!(found.len(), 1 + 15 + 20);
    for row in &found {
        let fit = match row["scope"].as_str() {
            Some("DISTRICT") => &expected["sensitivity_ts"]["gu"],
            Some("NEIGHBOURHOOD") => {
                &expected["sensitivity_ts"]["dong"][&names[row["neighbourhood"]["code"].as_str().expect("a code")]]
            }
            _ => &expected["sensitivity_ts"]["industry"][row["industry"]["code"].as_str().expect("a code")],
        };
        let what = format!("{} {} {}", row["scope"], row["neighbourhood"]["code"], row["industry"]["code"]);
        assert_eq!(row["sensitivity"]["sampleSize"], fit["n"], "{what}");
        close(&row["sensitivity"]["value"], &fit["beta"]["point"], &what);
        close(&row["sensitivity"]["interval"]["lower"], &fit["beta"]["ci95"][0], &what);
        close(&row["sensitivity"]["interval"]["upper"], &fit["beta"]["ci95"][1], &what);
        close(&row["pValue"], &fit["beta"]["p"], &what);
        for effect in row["effects"].as_array().expect("effects") {
            let cases = effect["casesPerDay"].as_f64().expect("a number");
            close(&effect["salesChange"]["value"], &fit["effect_pct_at_cases"][format!("{cases:.0}")][0], &what);
        }
    }
    weeks_are_the_same(&server, &expected);
    sentiment_is_the_same(&server, &expected);
    shocks_are_the_same(&server, &expected, &names);
    the_policy_and_the_ranks_are_the_same(&server, &expected, &names);
}

fn shocks_are_the_same(server: &TestServer, expected: &Value, names: &BTreeMap<String, String>) {
    let answer = server.data(
        "{ economicSensitivity(first: 100) { nodes { scope neighbourhood { code } industry { code } \
           relative { sensitivity { value interval { lower upper } } } \
           shock { growthBefore { value } depth { value } troughWeek weeksToTrough { value } halfLife { value status } resilience { value } loss { value } } \
           mixSentiment(from: \"2020-09-01\", to: \"2020-09-30\") { gap { value } } } } }",
    );
    let mut censored = 0;
    for row in answer["economicSensitivity"]["nodes"].as_array().expect("rows") {
        let (kind, name) = match row["scope"].as_str() {
            Some("DISTRICT") => ("gu", String::new()),
            Some("NEIGHBOURHOOD") => ("dong", names[row["neighbourhood"]["code"].as_str().expect("a code")].clone()),
            _ => ("industry", row["industry"]["code"].as_str().expect("a code").to_owned()),
        };
        let block =
            |of: &str| if kind == "gu" { expected[of][kind].clone() } else { expected[of][kind][&name].clone() };
        let (shock, relative) = (block("shock"), block("relative_sensitivity"));
        for (field, key) in [
            ("growthBefore", "g0"),
            ("depth", "depth_pct"),
            ("weeksToTrough", "weeks_to_trough"),
            ("resilience", "resilience"),
        ] {
            close(&row["shock"][field]["value"], &shock[key], &format!("{kind} {name} {field}"));
        }
        close(&row["shock"]["loss"]["value"], &json!(shock["loss"].as_f64().expect("a loss") * 10_000.0), &name);
        assert_eq!(
            row["shock"]["troughWeek"].as_str().expect("a week").replace("-W", ""),
            shock["trough_week"].to_string()
        );
        if shock["half_life_weeks"].is_null() {
            censored += 1;
            assert!(row["shock"]["halfLife"]["value"].is_null());
        } else {
            close(&row["shock"]["halfLife"]["value"], &shock["half_life_weeks"], &name);
        }
        if kind != "gu" {
            close(&row["relative"]["sensitivity"]["value"], &relative["point"], &name);
            close(&row["relative"]["sensitivity"]["interval"]["upper"], &relative["ci95"][1], &name);
        }
        if kind == "dong" {
            close(
                &row["mixSentiment"][0]["gap"]["value"],
                &expected["sentiment_gap_2020_09"]["dong"][&name]["gap"],
                &name,
            );
        }
    }
    assert!(censored < 10, "{censored} without a half-life");
}

fn the_policy_and_the_ranks_are_the_same(server: &TestServer, expected: &Value, names: &BTreeMap<String, String>) {
    let answer = server.data(
        "{ policyEffects { difference { value sampleSize } randomisation { pValue assignments } path { week difference { value } } } \
           compositeSensitivity { agreement ranks { code index { value } rank rankLower rankUpper topThreeProbability } } }",
    );
    let (policy, block) = (&answer["policyEffects"][0], &expected["did_relief_fund"]);
    close(&policy["difference"]["value"], &block["att_pct"], "the difference");
    close(&policy["randomisation"]["pValue"], &block["randomization_p_exact"], "the exact p");
    assert_eq!(
        (&policy["difference"]["sampleSize"], &policy["randomisation"]["assignments"]),
        (&json!(20), &json!(38_760))
    );
    assert_eq!(policy["path"].as_array().expect("a path").len(), 14);
    let composite = &answer["compositeSensitivity"];
    close(&composite["agreement"], &expected["composite"]["mean_kendall_tau"], "agreement");
    let ranks = composite["ranks"].as_array().expect("ranks");
    assert_eq!(ranks.len(), 15);
    for row in ranks {
        let name = &names[row["code"].as_str().expect("a code")];
        let block = |key: &str| expected["composite"][key][name].clone();
        close(&row["index"]["value"], &block("index"), name);
        assert_eq!(
            (&row["rank"], &json!([row["rankLower"], row["rankUpper"]])),
            (&block("rank"), &block("rank_p05_p95")),
            "{name}"
        );
        close(&row["topThreeProbability"], &block("prob_top3"), name);
    }
}

fn weeks_are_the_same(server: &TestServer, expected: &Value) {
    for (alignment, block) in [("HOLIDAY_ALIGNED", "gu_aligned"), ("PLAIN", "gu_plain_iso")] {
        let answer = server.data(&format!(
            "{{ economicSensitivity(filter: {{scope: DISTRICT}}) {{ nodes {{ weeks(alignment: {alignment}) {{ label sales {{ value }} yearOnYear {{ value }} }} }} }} }}"
        ));
        let weeks = answer["economicSensitivity"]["nodes"][0]["weeks"].as_array().expect("weeks").clone();
        assert!(weeks.len() > 100, "{} weeks", weeks.len());
        let mut compared = 0;
        for week in weeks {
            let name = week["label"].as_str().expect("a week").to_owned();
            let key = name.replace("-W", "");
            let total = expected["weekly"]["gu_total"][&key].as_f64().expect("a total");
            close(&week["sales"]["value"], &json!(total * 10_000.0), &name);
            match expected["yoy"][block].get(&key) {
                Some(change) if !change.is_null() => {
                    close(&week["yearOnYear"]["value"], change, &name);
                    compared += 1;
                }
                _ => assert!(week["yearOnYear"]["value"].is_null(), "{name}"),
            }
        }
        assert!(compared > 50, "{compared} changes of {alignment}");
    }
}

fn sentiment_is_the_same(server: &TestServer, expected: &Value) {
    let answer = server.data(
        "{ economicSensitivity(filter: {scope: INDUSTRY}, first: 100) { nodes { industry { code } \
           sentiment { month gap { value interval { lower } sampleSize } average { value } } } } }",
    );
    let mut compared = 0;
    for row in answer["economicSensitivity"]["nodes"].as_array().expect("rows") {
        let code = row["industry"]["code"].as_str().expect("a code");
        for month in row["sentiment"].as_array().expect("months") {
            let name = &month["month"].as_str().expect("a month")[..7];
            let block = &expected[format!("sentiment_gap_{}", name.replace('-', "_"))];
            let gap = &block["industry"][code];
            close(&month["gap"]["value"], &gap["gap"], &format!("{code} {name}"));
            close(&month["average"]["value"], &block["n_weighted_mean"], name);
            compared += 1;
        }
    }
    assert!(compared > 100, "{compared} gaps");
}

#[test]
fn one_changed_row_changes_value_interval_run_and_source_hash_and_the_old_run_stays() {
    let Some(db) = database("one_changed_row_changes_value_interval_run_and_source_hash") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    for (dataset, file) in write_inputs(&folder, 0) {
        import(&db, dataset, &file);
    }
    db.must(&["analyze", "economy", "--publish"]);
    let server = db.serve();
    let of = |arguments: &str| {
        let answer = server.data(&format!(
            "{{ economicSensitivity(filter: {{scope: DISTRICT}}{arguments}) {{ nodes {{ sensitivity {{ value interval {{ lower }} \
               provenance {{ run {{ id sourceHash inputs {{ dataset sha256 }} }} }} }} }} }} }}"
        ));
        answer["economicSensitivity"]["nodes"][0]["sensitivity"].clone()
    };
    let before = of("");
    let (dataset, file) = write_inputs(&folder, 1_000_000).swap_remove(0);
    import(&db, dataset, &file);
    db.must(&["analyze", "economy", "--publish"]);
    let after = of("");
    for pointer in ["/value", "/interval/lower", "/provenance/run/id", "/provenance/run/sourceHash"] {
        assert_ne!(before.pointer(pointer).expect(pointer), after.pointer(pointer).expect(pointer), "{pointer}");
    }
    let sales = |figure: &Value| {
        let inputs = figure["provenance"]["run"]["inputs"].as_array().expect("inputs").clone();
        inputs.iter().filter(|v| v["dataset"] == "card-sales").map(|v| v["sha256"].clone()).collect::<Vec<_>>()
    };
    // The later file speaks for all days of the earlier one, which is therefore not read any more.
    assert_eq!((sales(&before).len(), sales(&after).len()), (1, 1));
    assert_ne!(sales(&before), sales(&after));
    let pinned = of(&format!(", run: {}", before["provenance"]["run"]["id"]));
    assert_eq!(pinned, before);
}
