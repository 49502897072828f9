//! Shocks, relative sensitivity, policies and ranks over GraphQL, known by pencil from `support/published.sql`; and the
//! same from the reference folder, against what `evaluate` prints, is in `one_path`.

use serde_json::{Value, json};

use crate::support::command::Folder;
use crate::support::database;
use crate::support::published::{publish, run_id};

#[test]
fn a_neighbourhood_has_its_relative_sensitivity_its_shock_and_its_mix() {
    let Some(db) = database("a_neighbourhood_has_its_relative_sensitivity") else { return };
    publish(&db);
    let server = db.serve();
    let answer = server.data(
        "{ economicSensitivity { nodes { scope relative { adjustedPValue differs sensitivity { value status interval { upper } } } \
           shock { depth { value } troughWeek halfLife { value status reason(lang: EN) } resilience { status } } \
           mixSentiment { gap { value status interval { lower } } coverage } } } }",
    );
    let nodes = &answer["economicSensitivity"]["nodes"];
    assert_eq!(nodes[0]["relative"], Value::Null, "the district is not compared with itself");
    assert_eq!(
        nodes[1]["relative"],
        json!({"adjustedPValue": 0.04, "differs": true,
               "sensitivity": {"value": -0.01, "status": "ESTIMATED", "interval": {"upper": -0.001}}})
    );
    assert_eq!(nodes[1]["shock"]["troughWeek"], "2020-W11");
    assert_eq!(nodes[1]["shock"]["halfLife"], json!({"value": null, "status": "CENSORED", "reason": "Not seen."}));
    assert_eq!(
        nodes[1]["shock"]["resilience"]["status"], "NOT_AVAILABLE",
        "what a run does not hold is missing, not 0"
    );
    assert_eq!(nodes[2]["relative"]["sensitivity"]["status"], "SUPPRESSED");
    assert_eq!(
        (&nodes[2]["relative"]["differs"], &nodes[2]["relative"]["adjustedPValue"]),
        (&Value::Null, &Value::Null)
    );
    let mix = &nodes[1]["mixSentiment"];
    assert!((mix[0]["gap"]["interval"]["lower"].as_f64().unwrap() + 1.98).abs() < 1e-9);
    assert_eq!((&mix[1]["gap"]["status"], &mix[1]["gap"]["interval"]), (&json!("MEASURED"), &Value::Null));
    let months = |arguments: &str| {
        let answer = server.data(&format!(
            "{{ economicSensitivity(filter: {{neighbourhoods: [\"11590510\"]}}) {{ nodes {{ mixSentiment{arguments} {{ month }} }} }} }}"
        ));
        answer["economicSensitivity"]["nodes"][0]["mixSentiment"].clone()
    };
    assert_eq!(months("(from: \"2020-04-01\")"), json!([{"month": "2020-09-01"}]));
    assert_eq!(months("(to: \"2020-04-01\")"), json!([{"month": "2020-03-01"}]));
}

#[test]
fn policies_come_by_their_day_with_difference_test_path_and_caution() {
    let Some(db) = database("policies_come_by_their_day") else { return };
    publish(&db);
    let server = db.serve();
    let fields = "code name(lang: EN) kind endsOn source caution(lang: EN) treated { code } control { code } \
                  difference { value status unit sampleSize } randomisation { pValue assignments exact } \
                  path { week difference { value } }";
    let answer = server.data(&format!("{{ policyEffects {{ {fields} }} }}"));
    let (distancing, relief) = (&answer["policyEffects"][0], &answer["policyEffects"][1]);
    assert_eq!(
        (&distancing["code"], &distancing["name"], &distancing["endsOn"]),
        (&json!("distancing"), &json!("거리두기"), &Value::Null)
    );
    assert_eq!(distancing["difference"]["status"], "INSUFFICIENT_DATA");
    assert!(distancing["caution"].as_str().unwrap().contains("association"));
    assert_eq!((&distancing["randomisation"], &distancing["path"]), (&Value::Null, &json!([])));
    let value = relief["difference"]["value"].as_f64().unwrap();
    assert!((value - 5.127_109_637_602_412).abs() < 1e-9, "100·(e^0.05 − 1): {value}");
    assert_eq!((&relief["treated"], &relief["control"]), (&json!([{"code": "I01"}]), &json!([{"code": "I02"}])));
    assert_eq!(relief["randomisation"], json!({"pValue": 0.01, "assignments": 120, "exact": true}));
    assert_eq!(relief["path"][0], json!({"week": -2, "difference": {"value": 0.0}}));
    let first = run_id(&server, "ECONOMY", false);
    let older = server.data(&format!("{{ policyEffects(run: \"{first}\") {{ code difference {{ value }} }} }}"));
    assert_eq!(older, json!({"policyEffects": [{"code": "relief", "difference": {"value": null}}]}));
    let before = server.data("{ policyEffects(asOf: \"2026-01-01T00:00:00Z\") { code } compositeSensitivity(asOf: \"2026-01-01T00:00:00Z\") { agreement } }");
    assert_eq!(before, json!({"policyEffects": null, "compositeSensitivity": null}));
}

#[test]
fn ranks_follow_the_weights_and_say_how_sure_they_are() {
    let Some(db) = database("ranks_follow_the_weights") else { return };
    publish(&db);
    let server = db.serve();
    let ranks = |arguments: &str| {
        let answer = server
            .data(&format!("{{ compositeSensitivity{arguments} {{ ranks {{ code rank rankLower rankUpper }} }} }}"));
        let rows = answer["compositeSensitivity"]["ranks"].as_array().expect("ranks").clone();
        rows.iter().map(|r| r["code"].as_str().expect("a code")[5..].to_owned()).collect::<Vec<_>>()
    };
    let only = |name: &str| {
        let weight = |n: &str| if n == name { 1 } else { 0 };
        let all: Vec<String> = ["elasticity", "depth", "loss", "contactShare", "sentiment"]
            .iter()
            .map(|n| format!("{n}: {}", weight(n)))
            .collect();
        ranks(&format!("(weights: {{{}}})", all.join(", ")))
    };
    assert_eq!(only("elasticity"), ["510", "520", "530"]);
    assert_eq!(only("depth"), ["530", "520", "510"]);
    assert_eq!(only("loss"), ["530", "520", "510"]);
    // No data, and data that do not vary: there is nothing to rank by, and it says so.
    for others in ["contactShare: 1, sentiment: 0", "contactShare: 0, sentiment: 1"] {
        let answer = server.data(&format!(
            "{{ compositeSensitivity(weights: {{elasticity: 0, depth: 0, loss: 0, {others}}}) {{ ranks {{ rank }} reason(lang: EN) agreement }} }}"
        ));
        assert_eq!(answer["compositeSensitivity"]["ranks"], json!([]));
        assert!(answer["compositeSensitivity"]["reason"].as_str().unwrap().contains("three"));
    }
    let answer = server.data(
        "{ compositeSensitivity(weights: {elasticity: 1, depth: 0, loss: 0, contactShare: 0, sentiment: 0}) { \
           weights { component weight tauWithout } ranks { tier rank rankLower rankUpper topThreeProbability components { component value z } } } }",
    );
    let composite = &answer["compositeSensitivity"];
    // In the second resampled year the first dong is the last.
    let first = &composite["ranks"][0];
    assert_eq!((&first["rank"], &first["rankLower"], &first["rankUpper"]), (&json!(1), &json!(1), &json!(3)));
    assert_eq!((&first["tier"], &first["topThreeProbability"]), (&json!("UNCLEAR"), &json!(1.0)));
    assert_eq!(first["components"][3], json!({"component": "CONTACT_SHARE", "value": null, "z": null}));
    assert_eq!((&composite["weights"][0]["weight"], &composite["weights"][1]["weight"]), (&json!(1.0), &json!(0.0)));
    let older = run_id(&server, "ECONOMY", false);
    assert_eq!(ranks(&format!("(run: \"{older}\")")), Vec::<String>::new(), "one dong is no ranking");
    for weights in
        ["{elasticity: 2}", "{elasticity: -1}", "{elasticity: 0, depth: 0, loss: 0, contactShare: 0, sentiment: 0}"]
    {
        let (code, message) =
            server.refusal(&format!("{{ compositeSensitivity(weights: {weights}) {{ agreement }} }}"));
        assert!(code == "BAD_USER_INPUT" && message.contains("0 이상 1 이하"), "{code} {message}");
    }
}

#[test]
fn policy_events_are_imported_and_bad_ones_refused_by_row() {
    let Some(db) = database("policy_events_are_imported") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let rows = "code,name_ko,starts_on,ends_on,kind,industries,dongs\n\
                a,지원금,2020-05-13,2020-08-31,subsidy,I01;I02,11590510\n\
                b,거리두기,2020-08-30,,distancing,,\n\
                c,거꾸로,2020-08-30,2020-08-01,other,,\n\
                d,무엇,2020-08-30,,tax,,\n\
                e,어디,2020-08-30,,other,,99\n\
                a,두 번,2020-08-30,,other,,\n";
    let said = db.must(&["import", "policy-events", &folder.file("events.csv", rows)]);
    assert!(said.contains("2 rows kept, 4 refused"), "{said}");
    let version = said.split("version ").nth(1).and_then(|rest| rest.split(':').next()).expect("a version");
    let refused = db.must(&["refused", version]);
    for word in ["before starts_on", "\"tax\"", "99", "says again"] {
        assert!(refused.contains(word), "{word}: {refused}");
    }
    assert_eq!(db.number("SELECT cardinality(industries) FROM policy_event WHERE code = 'a'"), 2.0);
}
