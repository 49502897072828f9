//! The demo as a newcomer meets it, and the README's word about it.

use serde_json::{Value, json};

use crate::support::command::Folder;
use crate::support::{TestDatabase, database, not_run};

const README: &str = include_str!("../../README.md");

/// A database with the demo, or a line that says what is missing.
pub fn demo(test: &str) -> Option<TestDatabase> {
    let db = database(test)?;
    let said = db.run(&["demo", "--no-serve"]);
    if said.err.contains("Korean dictionary") {
        assert!(std::env::var("CI").map_or(true, |ci| ci != "true"), "{}", said.err);
        not_run(test, "needs the Korean dictionary; script/setup fetches it");
        return None;
    }
    assert_eq!(said.code, 0, "{}", said.err);
    Some(db)
}

/// Fenced blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

/// Numbers to nine digits: another processor may round the last ones otherwise.
fn rounded(value: &Value) -> Value {
    match value {
        Value::Number(n) => n.as_f64().map_or(Value::Null, |n| json!(format!("{n:.9e}"))),
        Value::Array(items) => items.iter().map(rounded).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), rounded(value))).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_demo_answers_the_readmes_queries_with_the_readmes_answers_and_is_filled_once() {
    let Some(db) = demo("the_demo_answers_the_readmes_queries") else { return };
    let server = db.serve();
    let (queries, answers) = (blocks("graphql"), blocks("json"));
    assert_eq!((queries.len(), answers.len()), (3, 3));
    let (_, samples) = server.get("/graphiql/samples.js");
    for (query, answer) in queries.iter().zip(answers) {
        let found = server.ask(query);
        assert_eq!(found["extensions"]["synthetic"], true);
        let expected: Value = serde_json::from_str(answer).expect("an answer in JSON");
        assert_eq!(rounded(&found), rounded(&expected), "{found:#}");
        assert!(samples.contains(&json!(query).to_string().trim_matches('"').to_owned()), "the page has another query");
    }
    let before = db.number("SELECT count(*) FROM dataset_version");
    let again = db.run(&["demo", "--no-serve"]);
    assert!(again.code == 0 && again.err.contains("already"), "{}", again.err);
    assert_eq!(db.number("SELECT count(*) FROM dataset_version"), before);
    everything_generated_says_so(&db);
    nothing_generated_is_left_behind(&db);
    data_of_ones_own_keep_the_demo_out(&db);
}

fn everything_generated_says_so(db: &TestDatabase) {
    let server = db.serve();
    let answer = server
        .data("{ datasets(first: 100) { nodes { dataset files synthetic } } analysisRuns { nodes { synthetic } } }");
    for version in answer["datasets"]["nodes"].as_array().expect("versions") {
        let generated = version["files"].to_string().contains("synthetic");
        assert_eq!(version["synthetic"], generated, "{version}");
    }
    assert_eq!(answer["analysisRuns"]["nodes"], json!([{"synthetic": true}, {"synthetic": true}, {"synthetic": true}]));
}

fn nothing_generated_is_left_behind(db: &TestDatabase) {
    db.must(&["demo", "--remove"]);
    assert_eq!(db.number("SELECT count(*) FROM dataset_version WHERE synthetic"), 0.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 0.0);
    for table in ["card_sales", "post", "facility", "economy_sensitivity", "wifi_site", "childcare_dong"] {
        assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")), 0.0, "{table}");
    }
    assert_eq!(db.number("SELECT count(*) FROM dong_boundary"), 15.0);
}

fn data_of_ones_own_keep_the_demo_out(db: &TestDatabase) {
    let folder = Folder::new();
    db.must(&["import", "bus-stops", &folder.file("stops.csv", "id,name,lon,lat\n1,가,126.95,37.51\n")]);
    let said = db.run(&["demo", "--no-serve"]);
    assert!(said.code == 0 && said.err.contains("no demo is added"), "{}", said.err);
    assert_eq!(db.number("SELECT count(*) FROM dataset_version WHERE synthetic"), 0.0);
}

#[test]
fn a_run_does_not_mix_generated_and_observed_data() {
    let Some(db) = demo("a_run_does_not_mix_generated_and_observed_data") else { return };
    let folder = Folder::new();
    db.must(&["import", "bus-stops", &folder.file("stops.csv", "id,name,lon,lat\n1,가,126.95,37.51\n")]);
    let said = db.run(&["analyze", "wifi"]);
    assert!(said.code == 1 && said.err.contains("demo --remove"), "{}", said.err);
}
