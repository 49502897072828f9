//! Runs that are started, cancelled, published and withdrawn over the API, and the worker beside the server.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::jobs::small;
use crate::support::{TestDatabase, TestServer, agent};

fn key(db: &TestDatabase, scope: &str) -> String {
    db.must(&["key", "create", "--label", scope, "--scope", scope]).trim().to_owned()
}

/// Sends a mutation; `input` is written as GraphQL, and gets an idempotency key of its own.
fn change(server: &TestServer, key: Option<&str>, mutation: &str, input: &str, answer: &str) -> Value {
    static COUNT: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let once = format!("change-{}", COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    change_once(server, key, mutation, input, answer, &once)
}

fn change_once(server: &TestServer, key: Option<&str>, mutation: &str, input: &str, answer: &str, once: &str) -> Value {
    let query = format!(
        "mutation {{ it: {mutation}(input: {{ idempotencyKey: \"{once}\", {input} }}) {{ {answer} userErrors {{ field code message(lang: EN) }} }} }}"
    );
    ask(server, key, &query)
}

fn ask(server: &TestServer, key: Option<&str>, query: &str) -> Value {
    let mut request = agent().post(format!("{}/graphql", server.url)).header("Content-Type", "application/json");
    if let Some(key) = key {
        request = request.header("Authorization", format!("Bearer {key}"));
    }
    let mut answer = request.send(json!({"query": query}).to_string()).expect("answers");
    let text = answer.body_mut().read_to_string().expect("text");
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

fn no_errors(answer: &Value) -> &Value {
    assert_eq!(answer["data"]["it"]["userErrors"], json!([]), "{answer:#}");
    &answer["data"]["it"]
}

fn code(answer: &Value) -> &Value {
    &answer["data"]["it"]["userErrors"][0]["code"]
}

fn until(db: &TestDatabase, sql: &str) {
    let started = Instant::now();
    while db.number(sql) == 0.0 {
        assert!(started.elapsed() < Duration::from_secs(60), "{sql}\n{}", db.must(&["jobs"]));
        std::thread::sleep(Duration::from_millis(50));
    }
}

const JOB: &str = "job { id state audience parameters run { id status } }";

#[test]
fn a_run_is_started_published_and_withdrawn_over_the_api_and_another_server_answers_with_it_at_once() {
    let Some((db, _folder)) = small("a_run_is_started_published_and_withdrawn_over_the_api") else { return };
    let (here, there) = (db.serve(), db.serve());
    let (analyst, admin) = (key(&db, "analyse"), key(&db, "admin"));
    let sites = |server: &TestServer| server.data("{ wifiSites { totalCount } }")["wifiSites"].clone();
    assert_eq!((sites(&here), sites(&there)), (Value::Null, Value::Null));
    let started = change(&here, Some(&analyst), "startAnalysis", "parameters: { wifi: { sites: 1 } }", JOB);
    assert_eq!(no_errors(&started)["job"]["state"], "WAITING");
    let second = change(&here, Some(&analyst), "startAnalysis", "parameters: { wifi: {} }", JOB);
    no_errors(&second);
    db.must(&["work", "--once"]);
    let run_of = |started: &Value| {
        let job = started["data"]["it"]["job"]["id"].as_str().expect("an id");
        let query = format!("{{ analysisJob(id: \"{job}\") {{ run {{ id status }} }} }}");
        let run = ask(&there, Some(&analyst), &query)["data"]["analysisJob"]["run"].clone();
        assert_eq!(run["status"], "COMPUTED", "{run}");
        run["id"].as_str().expect("an id").to_owned()
    };
    let (one, two) = (run_of(&started), run_of(&second));
    let publish =
        |key: Option<&str>, input: &str| change(&here, key, "publishRun", input, "run { id status audience }");
    let refused = publish(Some(&analyst), &format!("run: \"{one}\", audience: PUBLIC"));
    assert_eq!(refused["errors"][0]["extensions"]["code"], "RESTRICTED");
    assert_eq!(sites(&there), Value::Null);
    let published = publish(Some(&admin), &format!("run: \"{one}\", audience: PUBLIC"));
    assert_eq!(sites(&there), json!({"totalCount": 1}), "the next request to another server");
    assert_eq!(no_errors(&published)["run"], json!({"id": one, "status": "PUBLISHED", "audience": "PUBLIC"}));
    // The second is wanted in place of nothing, but the first is there meanwhile.
    let late = publish(Some(&admin), &format!("run: \"{two}\", audience: PUBLIC, expectedInForce: \"{two}\""));
    assert_eq!(code(&late), "CONFLICT", "{late}");
    assert_eq!(late["data"]["it"]["userErrors"][0]["field"], json!(["input", "expectedInForce"]));
    no_errors(&publish(Some(&admin), &format!("run: \"{two}\", audience: PUBLIC, expectedInForce: \"{one}\"")));
    assert_eq!(sites(&there), json!({"totalCount": 2}));
    assert_eq!(code(&publish(Some(&admin), &format!("run: \"{two}\", audience: INTERNAL"))), "CONFLICT");
    assert_eq!(code(&publish(Some(&admin), "run: \"nothing\", audience: PUBLIC")), "NOT_FOUND");
    let withdraw = |input: &str| change(&here, Some(&admin), "withdrawRun", input, "run { status withdrawalReason }");
    assert_eq!(code(&withdraw(&format!("run: \"{two}\", reason: \" \""))), "BLANK");
    assert_eq!(code(&withdraw(&format!("run: \"{two}\", reason: \"{}\"", "가".repeat(1_001)))), "TOO_LONG");
    let withdrawn = withdraw(&format!("run: \"{two}\", reason: \"counted twice\""));
    assert_eq!(sites(&there), json!({"totalCount": 1}), "the run before is in force again");
    assert_eq!(no_errors(&withdrawn)["run"], json!({"status": "WITHDRAWN", "withdrawalReason": "counted twice"}));
    assert_eq!(code(&withdraw(&format!("run: \"{two}\", reason: \"again\""))), "CONFLICT");
    let private = withdraw(&format!("run: \"{two}\", reason: \"one person\", forPrivacy: true"));
    assert_eq!(no_errors(&private)["run"]["status"], "RESTRICTED");
    let audited = |action: &str| {
        db.number(&format!("SELECT count(*) FROM audit_log WHERE action = '{action}' AND actor LIKE 'key %'"))
    };
    assert_eq!(["startAnalysis", "publishRun", "withdrawRun"].map(audited), [2.0, 2.0, 2.0]);
}

#[test]
fn what_is_wrong_with_a_wish_is_told_at_its_place_and_nothing_waits() {
    let Some((db, _folder)) = small("what_is_wrong_with_a_wish_is_told") else { return };
    let server = TestServer::start(db.settings_with(&[("DONGJAK_MAX_WAITING_JOBS", "2")]));
    let (analyst, admin) = (key(&db, "analyse"), key(&db, "admin"));
    let start = |key: Option<&str>, input: &str| change(&server, key, "startAnalysis", input, JOB);
    for (parameters, field, said) in [
        ("wifi: { radiusM: 5 }", "radiusM", "from 10 to 500"),
        ("wifi: { sites: 0 }", "sites", "from 1 to 1,000"),
        ("wifi: { costs: [{ kind: \"park\", won: -1 }] }", "", ""),
        ("economy: { minDays: 9 }", "minDays", "from 1 to 7"),
        ("economy: { shockOnset: \"2020-99\" }", "shockOnset", "ISO week"),
        ("economy: { policyWeeks: { before: 1, after: 6 } }", "policyWeeks", "2 to 52"),
        ("childcare: { detour: 9 }", "detour", "from 1 to 3"),
        ("childcare: { care: { need: 7 } }", "care.need", "from 0.05 to 1"),
    ] {
        let refused = start(Some(&analyst), &format!("parameters: {{ {parameters} }}"));
        assert_eq!(code(&refused), "INVALID", "{parameters}: {refused}");
        let error = &refused["data"]["it"]["userErrors"][0];
        let path: Vec<&str> = error["field"].as_array().expect("a path").iter().filter_map(Value::as_str).collect();
        assert!(path.join(".").ends_with(field) && error["message"].as_str().expect("words").contains(said), "{error}");
    }
    for wrong in ["parameters: {}", "parameters: { wifi: {}, economy: {} }", "parameters: { wifi: { speed: 1 } }"] {
        assert!(start(Some(&analyst), wrong)["errors"][0].is_object(), "{wrong}");
    }
    let restricted = |answer: &Value| answer["errors"][0]["extensions"]["code"] == "RESTRICTED";
    assert!(restricted(&start(None, "parameters: { wifi: {} }")));
    assert!(restricted(&start(Some(&analyst), "parameters: { wifi: {} }, audience: PUBLIC")), "publishing needs more");
    assert_eq!(db.number("SELECT count(*) FROM analysis_job"), 0.0);
    let published = start(Some(&admin), "parameters: { wifi: {} }, audience: INTERNAL");
    assert_eq!(no_errors(&published)["job"]["audience"], "INTERNAL");
    // The same wish twice is one job; another wish under its key is refused.
    let again = |input: &str| change_once(&server, Some(&analyst), "startAnalysis", input, JOB, "the-same-key");
    let (first, second) = (again("parameters: { wifi: { sites: 3 } }"), again("parameters: { wifi: { sites: 3 } }"));
    assert_eq!(no_errors(&first)["job"]["id"], no_errors(&second)["job"]["id"]);
    assert_eq!(code(&again("parameters: { wifi: { sites: 4 } }")), "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(code(&start(Some(&analyst), "parameters: { wifi: {} }")), "LIMIT_REACHED");
    assert_eq!(db.number("SELECT count(*) FROM analysis_job"), 2.0);
    let job = first["data"]["it"]["job"]["id"].as_str().expect("an id").to_owned();
    let cancel = |job: &str| {
        change(&server, Some(&analyst), "cancelAnalysis", &format!("job: \"{job}\""), "job { state endedAt }")
    };
    let cancelled = cancel(&job);
    assert_eq!(no_errors(&cancelled)["job"]["state"], "CANCELLED");
    assert!(cancelled["data"]["it"]["job"]["endedAt"].is_string());
    assert_eq!(code(&cancel(&job)), "CONFLICT");
    assert_eq!(code(&cancel("nothing")), "NOT_FOUND");
    no_errors(&start(Some(&analyst), "parameters: { wifi: {} }"));
}

#[test]
fn every_parameter_reaches_its_run() {
    let Some((db, _folder)) = small("every_parameter_reaches_its_run") else { return };
    let server = TestServer::start(
        db.settings_with(&[("DONGJAK_MAX_WAITING_JOBS", "100"), ("DONGJAK_CHANGES_PER_MINUTE_WITH_KEY", "0")]),
    );
    let analyst = key(&db, "analyse");
    let hours = vec!["0.5"; 24].join(", ");
    for (parameters, at, value) in [
        ("wifi: { radiusM: 80 }", "/radiusM", json!(80.0)),
        ("wifi: { sites: 7 }", "/sites", json!(7)),
        (&format!("wifi: {{ hourWeights: [{hours}] }}"), "/hourWeights/23", json!(0.5)),
        ("wifi: { weekdayShare: 1 }", "/weekdayShare", json!(1.0)),
        ("wifi: { requestWeight: 9 }", "/requestWeight", json!(9.0)),
        ("wifi: { requestKinds: [\"bus_stop\"] }", "/requestKinds/0", json!("bus_stop")),
        ("wifi: { facilityKinds: [\"park\"] }", "/candidateKinds/0", json!("park")),
        ("wifi: { excluded: [\"bus_stop/1\"] }", "/excluded/0", json!("bus_stop/1")),
        ("wifi: { maskedPeople: 2 }", "/maskedPeople", json!(2.0)),
        ("wifi: { plan: { budget: 9e6 } }", "/plan/budget", json!(9e6)),
        ("wifi: { plan: { sites: 3, minimumPerNeighbourhood: 1 } }", "/plan/minimumPerNeighbourhood", json!(1)),
        ("wifi: { plan: { sites: 3, fixed: [\"bus_stop/1\"] } }", "/plan/fixed/0", json!("bus_stop/1")),
        ("wifi: { plan: { sites: 3, secondCoverShare: 0.25 } }", "/plan/secondCoverShare", json!(0.25)),
        (
            "wifi: { plan: { sites: 3, reachSteps: [{ radiusM: 40, share: 0.5 }] } }",
            "/plan/reachSteps/0",
            json!({"radiusM": 40.0, "share": 0.5}),
        ),
        ("wifi: { countAccessPoints: false }", "/countAccessPoints", json!(false)),
        ("wifi: { costs: [{ kind: \"park\", won: 5 }] }", "/costs/park", json!(5)),
        ("wifi: { costs: [{ kind: \"park\", won: 5 }] }", "/costs/bus_stop", json!(3_000_000)),
        ("economy: { baseYear: 2018 }", "/baseYear", json!(2018)),
        ("economy: { minDays: 4 }", "/minDays", json!(4)),
        ("economy: { minWeeks: 30 }", "/minWeeks", json!(30)),
        ("economy: { minExposureSd: 0.7 }", "/minExposureSd", json!(0.7)),
        ("economy: { mostInterpolated: 0.2 }", "/mostInterpolated", json!(0.2)),
        ("economy: { recentWeeks: 1 }", "/recentWeeks", json!(1)),
        ("economy: { casesArea: \"korea\" }", "/casesArea", json!("korea")),
        ("economy: { sentimentArea: \"busan\" }", "/sentimentArea", json!("busan")),
        ("economy: { shockOnset: \"2020-W05\" }", "/shockOnset", json!("2020-W05")),
        ("economy: { shockWindowEnd: \"2020-W31\" }", "/shockWindowEnd", json!("2020-W31")),
        ("economy: { policyWeeks: { before: 9, after: 5 } }", "/policyWeeks", json!([9, 5])),
        ("economy: { compositeWeights: [1, 0, 0, 0, 0] }", "/compositeWeights/0", json!(1.0)),
        ("economy: { sentimentMonth: \"2020-08\" }", "/sentimentMonth", json!("2020-08")),
        ("economy: { draws: 200 }", "/draws", json!(200)),
        ("childcare: { zones: [{ upperM: 400, weight: 1 }] }", "/zones", json!([[400.0, 1.0]])),
        ("childcare: { detour: 1.5 }", "/detour", json!(1.5)),
        ("childcare: { grain: WEEK }", "/grain", json!("week")),
        ("childcare: { care: { need: 0.5, desertChildren: 40 } }", "/care/desertChildren", json!(40)),
        ("childcare: { care: { publicKinds: [\"public\"], circleM: 900 } }", "/care/circleM", json!(900.0)),
        ("childcare: { vulnerability: { draws: 500 } }", "/vulnerability/draws", json!(500)),
    ] {
        let started = change(
            &server,
            Some(&analyst),
            "startAnalysis",
            &format!("parameters: {{ {parameters} }}"),
            "job { parameters }",
        );
        let found = no_errors(&started)["job"]["parameters"].pointer(at).cloned();
        assert_eq!(found, Some(value), "{parameters}");
    }
}

#[test]
fn a_facility_that_is_excluded_is_not_ranked_and_one_that_there_is_not_fails_the_job() {
    let Some((db, _folder)) = small("a_facility_that_is_excluded_is_not_ranked") else { return };
    let server = db.serve();
    let analyst = key(&db, "analyse");
    for excluded in ["[]", "[\"bus_stop/1\"]", "[\"bus_stop/3\"]"] {
        let input = format!("parameters: {{ wifi: {{ excluded: {excluded} }} }}");
        no_errors(&change(&server, Some(&analyst), "startAnalysis", &input, JOB));
    }
    db.must(&["work", "--once"]);
    let ranked =
        |run: i32| db.number(&format!("SELECT coalesce(sum(facility_id::int), 0) FROM wifi_site WHERE run_id = {run}"));
    assert_eq!((ranked(1), ranked(2)), (3.0, 2.0));
    let failed = ask(&server, Some(&analyst), "{ analysisJobs(first: 1) { nodes { state message(lang: EN) } } }");
    let job = &failed["data"]["analysisJobs"]["nodes"][0];
    assert!(job["state"] == "FAILED" && job["message"].as_str().expect("words").contains("bus_stop/3"), "{failed}");
    // A run without the setting is the run that it was before there was one.
    assert_eq!(db.number("SELECT count(*) FROM analysis_run WHERE parameters ? 'excluded'"), 1.0);
}

#[test]
fn what_a_worker_still_computes_of_a_cancelled_job_is_not_kept() {
    let Some((db, _folder)) = small("what_a_worker_still_computes_of_a_cancelled_job") else { return };
    let server = db.serve();
    let analyst = key(&db, "analyse");
    let started = change(&server, Some(&analyst), "startAnalysis", "parameters: { wifi: {} }", JOB);
    let job = no_errors(&started)["job"]["id"].as_str().expect("an id").to_owned();
    let mut gate = db.connect();
    gate.batch_execute("BEGIN; LOCK TABLE wifi_site IN ACCESS EXCLUSIVE MODE").expect("the gate is closed");
    let mut worker = db.spawn(&["work", "--once"]);
    until(&db, "SELECT count(*) FROM analysis_job WHERE state = 'RUNNING' AND stage = 'STORING'");
    let cancelled = change(&server, Some(&analyst), "cancelAnalysis", &format!("job: \"{job}\""), "job { state }");
    assert_eq!(no_errors(&cancelled)["job"]["state"], "CANCELLED");
    gate.batch_execute("ROLLBACK").expect("the gate is open");
    worker.wait().expect("it ends");
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 0.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_job WHERE state = 'CANCELLED' AND run_id IS NULL"), 1.0);
}

#[test]
fn the_server_computes_what_waits_and_gives_its_job_back_when_it_is_told_to_stop() {
    let Some((db, _folder)) = small("the_server_computes_what_waits") else { return };
    let mut server = db.spawn(&["serve"]);
    db.must(&["analyze", "wifi", "--later", "--publish"]);
    until(&db, "SELECT count(*) FROM analysis_job WHERE state = 'DONE'");
    let mut gate = db.connect();
    gate.batch_execute("BEGIN; LOCK TABLE wifi_site IN ACCESS EXCLUSIVE MODE").expect("the gate is closed");
    db.must(&["analyze", "wifi", "--later"]);
    until(&db, "SELECT count(*) FROM analysis_job WHERE state = 'RUNNING' AND stage = 'STORING'");
    let told = std::process::Command::new("kill").args(["-TERM", &server.id().to_string()]).status();
    assert!(told.expect("kill").success());
    assert!(server.wait().expect("it ends").success());
    assert_eq!(db.number("SELECT count(*) FROM analysis_job WHERE id = 2 AND state = 'WAITING' AND attempts = 0"), 1.0);
    gate.batch_execute("ROLLBACK").expect("the gate is open");
    // The session of the worker ends when PostgreSQL notices.
    until(
        &db,
        "SELECT count(*) FROM (SELECT 1) AS one WHERE NOT EXISTS \
         (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = current_database())",
    );
    db.must(&["work", "--once"]);
    assert_eq!(db.number("SELECT count(*) FROM analysis_job WHERE id = 2 AND state = 'DONE' AND attempts = 1"), 1.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 2.0);
}
