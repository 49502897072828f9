//! What parents say over GraphQL: each filter and order shows other rows, and nothing that is hidden is told.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::support::published::publish;
use crate::support::{TestServer, database};

const VOICE: &str = r#"{
 "volumes": [
  {"place": "district", "channel": null, "grain": "month", "starts_on": "2021-01-01", "is_burst": null, "figures": {"mentions": {"value": 30, "status": "ESTIMATED", "reason": null, "interval": [20.2, 42.8], "n": 30}}},
  {"place": "11590510", "channel": null, "grain": "month", "starts_on": "2021-01-01", "is_burst": null, "figures": {"mentions": {"value": 10, "status": "ESTIMATED", "reason": null, "interval": null, "n": 10}}},
  {"place": "unresolved", "channel": null, "grain": "month", "starts_on": "2021-01-01", "is_burst": null, "figures": {"mentions": {"value": 20, "status": "ESTIMATED", "reason": null, "interval": null, "n": 20}}},
  {"place": "district", "channel": "blog", "grain": "month", "starts_on": "2021-01-01", "is_burst": null, "figures": {"mentions": {"value": 7, "status": "ESTIMATED", "reason": null, "interval": null, "n": 7}}},
  {"place": "11590510", "channel": null, "grain": "month", "starts_on": "2021-06-01", "is_burst": true, "figures": {"mentions": {"value": 41, "status": "ESTIMATED", "reason": null, "interval": null, "n": 41}}},
  {"place": "11590520", "channel": null, "grain": "month", "starts_on": "2021-06-01", "is_burst": false, "figures": {"mentions": {"value": 6, "status": "ESTIMATED", "reason": null, "interval": null, "n": 6}}},
  {"place": "11590530", "channel": null, "grain": "month", "starts_on": "2021-06-01", "is_burst": null, "figures": {"mentions": {"value": null, "status": "SUPPRESSED", "reason": {"ko": "적음", "en": "Few."}, "interval": null, "n": null}}}],
 "issues": [
  {"place": "district", "issue": "meal", "figures": {"mentions": {"value": 20, "status": "ESTIMATED", "reason": null, "interval": null, "n": 20}, "negative_share": {"value": 0.5, "status": "ESTIMATED", "reason": null, "interval": null, "n": 20}, "positive_share": {"value": 0.1, "status": "ESTIMATED", "reason": null, "interval": null, "n": 20}}, "praised": ["다양"], "complained": ["반찬"]},
  {"place": "11590510", "issue": "meal", "figures": {"mentions": {"value": 9, "status": "ESTIMATED", "reason": null, "interval": null, "n": 9}, "positive_share": {"value": 0.9, "status": "ESTIMATED", "reason": null, "interval": null, "n": 9}}, "praised": [], "complained": []},
  {"place": "11590510", "issue": "safety", "figures": {"mentions": {"value": 33, "status": "ESTIMATED", "reason": null, "interval": null, "n": 33}, "negative_share": {"value": 0.8, "status": "ESTIMATED", "reason": null, "interval": null, "n": 33}}, "praised": [], "complained": []}],
 "trends": [
  {"issue": "meal", "grain": "month", "starts_on": "2021-01-01", "figures": {"mentions": {"value": 12, "status": "ESTIMATED", "reason": null, "interval": null, "n": 12}, "negative_share": {"value": 0.25, "status": "ESTIMATED", "reason": null, "interval": null, "n": 12}}},
  {"issue": "meal", "grain": "month", "starts_on": "2021-06-01", "figures": {"mentions": {"value": null, "status": "SUPPRESSED", "reason": {"ko": "적음", "en": "Few."}, "interval": null, "n": null}}},
  {"issue": "safety", "grain": "month", "starts_on": "2021-06-01", "figures": {"mentions": {"value": 33, "status": "ESTIMATED", "reason": null, "interval": null, "n": 33}}}],
 "keywords": [
  {"place": "district", "issue": null, "polarity": "neg", "rank": 1, "term": "대기", "associated": ["순번"], "figures": {"posts": {"value": 12, "status": "MEASURED", "reason": null, "interval": null, "n": 12}}},
  {"place": "district", "issue": "meal", "polarity": "neg", "rank": 1, "term": "반찬", "associated": [], "figures": {}},
  {"place": "district", "issue": "meal", "polarity": "neg", "rank": 2, "term": "간식", "associated": [], "figures": {}},
  {"place": "11590520", "issue": null, "polarity": "pos", "rank": 1, "term": "산책", "associated": [], "figures": {}}]}"#;

fn found(server: &TestServer, field: &str, arguments: &str, selection: &str) -> Vec<Value> {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let answer = server.ask(&format!("{{ {field}{arguments} {{ nodes {{ {selection} }} }} }}"));
    assert!(answer["errors"].is_null(), "{answer}");
    answer["data"][field]["nodes"].as_array().expect("rows").clone()
}

#[test]
fn every_filter_and_order_of_what_parents_say_changes_the_answer() {
    let Some(db) = database("every_filter_and_order_of_what_parents_say") else { return };
    publish(&db);
    let nothing = r#"{"volumes": [], "issues": [], "keywords": []}"#;
    let sql = format!("INSERT INTO childcare_voice (run_id, voice) VALUES (5, '{VOICE}'), (2, '{nothing}')");
    db.connect().batch_execute(&sql).expect("what was said");
    let server = db.serve();
    let posts = |arguments: &str| {
        let rows = found(&server, "childcareVolumes", arguments, "mentions { value }");
        rows.iter().map(|row| row["mentions"]["value"].as_f64()).collect::<Vec<_>>()
    };
    let some = |list: &[f64]| list.iter().map(|n| Some(*n)).collect::<Vec<_>>();
    assert_eq!(posts("")[..5], some(&[30.0, 10.0, 20.0, 41.0, 6.0])[..]);
    assert_eq!(posts("filter: {scope: UNRESOLVED}"), some(&[20.0]));
    assert_eq!(posts("filter: {neighbourhoods: [\"11590520\"]}"), some(&[6.0]));
    assert_eq!(posts("filter: {channel: BLOG}"), some(&[7.0]));
    assert_eq!(posts("filter: {channel: NEWS}"), some(&[]));
    assert_eq!(posts("filter: {from: \"2021-02-01\", scope: NEIGHBOURHOOD}"), [Some(41.0), Some(6.0), None]);
    assert_eq!(posts("filter: {to: \"2021-02-01\"}"), some(&[30.0, 10.0, 20.0]));
    assert_eq!(posts("filter: {burst: true}"), some(&[41.0]));
    assert_eq!(posts("filter: {burst: false}"), some(&[6.0]));
    let hidden = found(
        &server,
        "childcareVolumes",
        "filter: {neighbourhoods: [\"11590530\"]}",
        "isBurst mentions { status value }",
    );
    assert_eq!(hidden, [json!({"isBurst": null, "mentions": {"status": "SUPPRESSED", "value": null}})]);

    let issues = |arguments: &str| {
        let rows = found(&server, "childcareIssues", arguments, "issue mentions { value }");
        rows.iter()
            .map(|row| format!("{} {}", row["issue"].as_str().expect("an issue"), row["mentions"]["value"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(issues(""), ["MEAL 20.0", "MEAL 9.0", "SAFETY 33.0"]);
    assert_eq!(issues("filter: {scope: DISTRICT}"), ["MEAL 20.0"]);
    assert_eq!(issues("filter: {neighbourhoods: [\"11590510\"]}"), ["MEAL 9.0", "SAFETY 33.0"]);
    assert_eq!(issues("filter: {issues: [SAFETY]}"), ["SAFETY 33.0"]);
    assert_eq!(issues("orderBy: MOST_MENTIONS"), ["SAFETY 33.0", "MEAL 20.0", "MEAL 9.0"]);
    assert_eq!(issues("orderBy: MOST_NEGATIVE"), ["SAFETY 33.0", "MEAL 20.0", "MEAL 9.0"]);
    assert_eq!(issues("orderBy: MOST_POSITIVE"), ["MEAL 9.0", "MEAL 20.0", "SAFETY 33.0"]);
    let words = found(&server, "childcareIssues", "filter: {scope: DISTRICT}", "praised complained");
    assert_eq!(words, [json!({"praised": ["다양"], "complained": ["반찬"]})]);

    let trend = |arguments: &str| {
        let rows = found(&server, "childcareIssueTrends", arguments, "issue startsOn mentions { value }");
        rows.iter()
            .map(|row| {
                format!("{} {} {}", row["issue"].as_str().expect("an issue"), row["startsOn"], row["mentions"]["value"])
            })
            .collect::<Vec<_>>()
    };
    let (january, june) = (r#"MEAL "2021-01-01" 12.0"#, [r#"MEAL "2021-06-01" null"#, r#"SAFETY "2021-06-01" 33.0"#]);
    assert_eq!(trend(""), [january, june[0], june[1]]);
    assert_eq!(trend("filter: {issues: [SAFETY]}"), [june[1]]);
    assert_eq!(trend("filter: {from: \"2021-02-01\"}"), june);
    assert_eq!(trend("filter: {to: \"2021-02-01\"}"), [january]);
    assert_eq!(trend("first: 1"), [january]);
    let shares = found(&server, "childcareIssueTrends", "first: 1", "negativeShare { value }");
    assert_eq!(shares[0]["negativeShare"]["value"], 0.25);

    let terms = |arguments: &str| {
        let rows = found(&server, "childcareKeywords", arguments, "term");
        rows.iter().map(|row| row["term"].as_str().expect("a word").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(terms(""), ["대기", "반찬", "간식", "산책"]);
    assert_eq!(terms("filter: {scope: NEIGHBOURHOOD}"), ["산책"]);
    assert_eq!(terms("filter: {neighbourhoods: [\"11590520\"]}"), ["산책"]);
    assert_eq!(terms("filter: {issue: MEAL}"), ["반찬", "간식"]);
    assert_eq!(terms("filter: {polarity: POSITIVE}"), ["산책"]);
    assert_eq!(terms("filter: {top: 1}"), ["대기", "반찬", "산책"]);
    assert_eq!(terms("first: 1"), ["대기"]);
    for field in ["childcareVolumes", "childcareIssues", "childcareIssueTrends", "childcareKeywords"] {
        let run = server.ask(&format!("{{ {field}(asOf: \"2026-01-20T00:00:00Z\") {{ totalCount }} }}"));
        assert_eq!(run["data"][field]["totalCount"], 0, "the older run: {run}");
    }
    let wrong = server.ask("{ childcareKeywords(filter: {top: 21}) { totalCount } }");
    assert!(wrong["errors"][0]["message"].as_str().expect("a sentence").contains("top"), "{wrong}");
}
