//! Changes over the API: how they may come, once only, and what the audit log says of them.

use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};

use crate::support::{TestDatabase, TestServer, agent, database};

/// A place in 노량진1동 and its neighbours, inside the boundaries that come with the project.
pub const INSIDE: (f64, f64) = (126.945, 37.511);

/// A server that believes in the addresses that tests invent.
pub fn serve(db: &TestDatabase, more: &[(&str, &str)]) -> TestServer {
    let mut settings = vec![("DONGJAK_TRUSTED_PROXIES", "127.0.0.1")];
    settings.extend(more);
    TestServer::start(db.settings_with(&settings))
}

/// Who asks, and in which language.
#[derive(Clone, Copy)]
pub struct From<'a> {
    pub address: &'a str,
    pub key: Option<&'a str>,
    pub language: &'a str,
}

pub const CITIZEN: From<'static> = From { address: "198.51.100.7", key: None, language: "en" };

/// Status, headers and answer of a request.
pub fn ask(server: &TestServer, from: From<'_>, query: &str, variables: &Value) -> (u16, ureq::http::HeaderMap, Value) {
    let mut request = agent()
        .post(format!("{}/graphql", server.url))
        .header("Content-Type", "application/json")
        .header("X-Forwarded-For", from.address)
        .header("Accept-Language", from.language);
    if let Some(key) = from.key {
        request = request.header("Authorization", format!("Bearer {}", key.trim()));
    }
    let mut answer =
        request.send(json!({"query": query, "variables": variables}).to_string()).expect("the server answers");
    let text = answer.body_mut().read_to_string().expect("text");
    (answer.status().as_u16(), answer.headers().clone(), serde_json::from_str(&text).expect("JSON"))
}

/// The payload of a mutation with one field that takes `input`.
pub fn change(server: &TestServer, from: From<'_>, field: &str, input: &Value, selection: &str) -> Value {
    let mut input_type = field[..1].to_uppercase();
    input_type.push_str(&field[1..]);
    let query = format!(
        "mutation($input: {input_type}Input!) {{ {field}(input: $input) {{ {selection} userErrors {{ field code message }} }} }}"
    );
    let (status, headers, answer) = ask(server, from, &query, &json!({"input": input}));
    assert!(status == 200 && answer.get("errors").is_none(), "{field}: {status} {answer:#}");
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!headers.contains_key("etag"), "an answer to a change is kept by nobody");
    answer["data"][field].clone()
}

/// Codes of the user errors of a payload.
pub fn codes(payload: &Value) -> Vec<String> {
    let errors = payload["userErrors"].as_array().expect("user errors");
    errors.iter().map(|e| e["code"].as_str().expect("a code").to_owned()).collect()
}

fn request(key: &str, east: f64) -> Value {
    json!({"idempotencyKey": key, "place": {"longitude": INSIDE.0 + east, "latitude": INSIDE.1}})
}

const REQUEST: &str = "receipt request { id kind byDepartment location reason filedAt state }";

#[test]
fn a_change_comes_by_post_alone_and_its_answer_is_kept_by_nobody() {
    let Some(db) = database("a_change_comes_by_post_alone") else { return };
    let db = db.with_dongs();
    let server = serve(&db, &[]);
    let document = "mutation%7BwithdrawWifiRequest(input:%7BidempotencyKey:%22abcdefgh%22,receipt:%22x%22%7D)%7BuserErrors%7Bcode%7D%7D%7D";
    let answer = agent().get(format!("{}/graphql?query={document}", server.url)).call().expect("answers");
    assert_eq!((answer.status().as_u16(), answer.headers()["allow"].to_str().expect("text")), (405, "POST"));
    assert_eq!(server.post("{}", "text/plain").0, 415);
    // The same request by two senders at the same moment is two changes, not one answer for both.
    let input = request("the-same-key-1", 0.0);
    let first = change(&server, CITIZEN, "requestWifi", &input, REQUEST);
    let second = change(&server, From { address: "198.51.100.8", ..CITIZEN }, "requestWifi", &input, REQUEST);
    assert_ne!(first["receipt"], second["receipt"]);
    assert_eq!(db.number("SELECT count(*) FROM filed_wifi_request"), 2.0);
}

#[test]
fn changes_of_one_request_run_one_after_the_other_and_are_few() {
    let Some(db) = database("changes_of_one_request_run_one_after_the_other") else { return };
    let db = db.with_dongs();
    let server = serve(&db, &[]);
    let field = |name: &str, key: &str| {
        format!(
            "{name}: requestWifi(input: {{idempotencyKey: \"{key}\", place: {{longitude: {}, latitude: {}}}}}) \
             {{ receipt userErrors {{ code }} }}",
            INSIDE.0, INSIDE.1
        )
    };
    let twice = format!(
        "mutation {{ {} {} {} }}",
        field("a", "key-of-both"),
        field("b", "key-of-both"),
        field("c", "another-key")
    );
    let (_, _, answer) = ask(&server, CITIZEN, &twice, &json!({}));
    let data = &answer["data"];
    assert!(data["a"]["receipt"].is_string(), "{answer:#}");
    assert_eq!(data["a"], data["b"], "the second finds the answer of the first");
    assert_eq!(data["c"]["userErrors"][0]["code"], "DUPLICATE", "the third finds what the first has filed");
    assert!(answer["extensions"]["cost"]["requested"].as_u64().is_some_and(|cost| cost >= 300), "{answer}");
    let six: String = (0..6).map(|n| field(&format!("f{n}"), &format!("key-number-{n}"))).collect();
    let (_, _, answer) = ask(&server, CITIZEN, &format!("mutation {{ {six} }}"), &json!({}));
    assert_eq!((&answer["errors"][0]["extensions"]["code"], &answer["data"]), (&json!("BAD_USER_INPUT"), &json!(null)));
    assert_eq!(db.number("SELECT count(*) FROM filed_wifi_request"), 1.0);
}

#[test]
fn the_same_key_gives_the_same_answer_and_with_another_input_it_is_refused() {
    let Some(db) = database("the_same_key_gives_the_same_answer") else { return };
    let db = db.with_dongs();
    let patient = [("DONGJAK_CHANGES_PER_MINUTE", "0"), ("DONGJAK_POOL_SIZE", "4"), ("DONGJAK_POOL_WAIT_MS", "4000")];
    let server = serve(&db, &patient);
    let input = request("4c0f6a8e-0d7c-4b42-9d3a-6f1d3c1f2a77", 0.0);
    let first = change(&server, CITIZEN, "requestWifi", &input, REQUEST);
    assert!(first["receipt"].as_str().is_some_and(|r| r.starts_with("djr_") && r.len() == 47), "{first}");
    assert_eq!(change(&server, CITIZEN, "requestWifi", &input, REQUEST), first);
    // Many at once are one change as well.
    let again: Vec<Value> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| change(&server, CITIZEN, "requestWifi", &request("key-of-six", 0.001), REQUEST)))
            .collect();
        asked.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    });
    assert!(again.iter().all(|answer| *answer == again[0] && answer["receipt"].is_string()), "{again:#?}");
    assert_eq!(db.number("SELECT count(*) FROM filed_wifi_request"), 2.0);
    let other = request("4c0f6a8e-0d7c-4b42-9d3a-6f1d3c1f2a77", 0.002);
    assert_eq!(codes(&change(&server, CITIZEN, "requestWifi", &other, REQUEST)), ["IDEMPOTENCY_KEY_REUSED"]);
    let withdraw = json!({"idempotencyKey": "4c0f6a8e-0d7c-4b42-9d3a-6f1d3c1f2a77", "receipt": first["receipt"]});
    let withdrawn = change(&server, CITIZEN, "withdrawWifiRequest", &withdraw, "request { state }");
    assert_eq!(codes(&withdrawn), ["IDEMPOTENCY_KEY_REUSED"], "the key belongs to the other mutation");
    assert_eq!(codes(&change(&server, CITIZEN, "requestWifi", &request("short", 0.003), REQUEST)), ["INVALID"]);
    // What was refused has used no key up.
    let mut wrong = request("a-fresh-key", 0.004);
    wrong["place"]["latitude"] = json!(35.1);
    assert_eq!(codes(&change(&server, CITIZEN, "requestWifi", &wrong, REQUEST)), ["OUTSIDE_DISTRICT"]);
    assert!(codes(&change(&server, CITIZEN, "requestWifi", &request("a-fresh-key", 0.004), REQUEST)).is_empty());
}

#[test]
fn a_sender_may_change_only_so_often_a_minute() {
    let Some(db) = database("a_sender_may_change_only_so_often") else { return };
    let server = serve(&db, &[("DONGJAK_CHANGES_PER_MINUTE", "2"), ("DONGJAK_CHANGES_PER_MINUTE_WITH_KEY", "1")]);
    let query = "mutation { withdrawWifiRequest(input: {idempotencyKey: \"abcdefgh\", receipt: \"x\"}) { userErrors { code } } }";
    let status = |from: From<'_>| ask(&server, from, query, &json!({})).0;
    assert_eq!([status(CITIZEN), status(CITIZEN), status(CITIZEN)], [200, 200, 429]);
    let (_, headers, answer) = ask(&server, From { language: "ko", ..CITIZEN }, query, &json!({}));
    assert!(headers.contains_key("retry-after"));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "RATE_LIMITED");
    assert!(answer["errors"][0]["message"].as_str().is_some_and(|m| m.contains('초')), "{answer}");
    assert_eq!(ask(&server, CITIZEN, "{ __typename }", &json!({})).0, 200, "reading goes on");
    assert_eq!(status(From { address: "198.51.100.9", ..CITIZEN }), 200, "another sender is not concerned");
    let key = db.must(&["key", "create", "--label", "a department", "--scope", "write"]);
    let department = From { key: Some(&key), ..CITIZEN };
    assert_eq!([status(department), status(department)], [200, 429]);
}

#[test]
fn every_change_stands_in_the_audit_log_and_a_changed_row_is_found() {
    let Some(db) = database("every_change_stands_in_the_audit_log") else { return };
    assert!(db.must(&["audit", "verify"]).contains("empty"));
    let db = db.with_dongs();
    let server = serve(&db, &[]);
    db.must(&["key", "create", "--label", "a department", "--scope", "write"]);
    db.must(&["key", "revoke", "1"]);
    db.must(&["key", "revoke", "1"]);
    change(&server, CITIZEN, "requestWifi", &request("first-of-all", 0.0), REQUEST);
    change(&server, CITIZEN, "requestWifi", &request("first-of-all", 0.0), REQUEST);
    let list = db.must(&["audit", "list"]);
    let actions = ["import", "issue a key", "revoke a key", "requestWifi"];
    assert_eq!(actions.map(|action| list.matches(action).count()), [2, 1, 1, 1], "{list}");
    assert!(list.contains("address ") && !list.contains("198.51.100"), "the address itself is in the log: {list}");
    let said = db.must(&["audit", "verify"]);
    let noted = said.split_whitespace().last().expect("a row").to_owned();
    assert!(noted.starts_with("5:") && said.contains("All 5 rows"), "{said}");
    // Nobody changes a row, the owner no more than others; and who adds one cannot choose its place.
    let mut conn = db.connect();
    for refused in ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log"] {
        let error = conn.batch_execute(refused).expect_err(refused).to_string();
        assert!(error.contains("only ever added"), "{error}");
    }
    conn.batch_execute("INSERT INTO audit_log (number, at, db_role, actor, action, subject, detail, previous, hash) VALUES (77, '2000-01-01', 'x', 'x', 'x', 'x', '{}', '\\x00', '\\x00')").expect("a row");
    assert!(db.must(&["audit", "verify", "--noted", &noted]).contains("All 6 rows"));
    // Somebody with every right changes a row behind the log's back.
    let behind = |sql: &str| {
        let mut conn = db.connect();
        conn.batch_execute(&format!(
            "ALTER TABLE audit_log DISABLE TRIGGER ALL; {sql}; ALTER TABLE audit_log ENABLE ALWAYS TRIGGER seal; ALTER TABLE audit_log ENABLE ALWAYS TRIGGER only_added;"
        ))
        .expect("a superuser does what he wants");
        let said = db.run(&["audit", "verify"]);
        (said.code, said.err)
    };
    let (code, said) = behind("UPDATE audit_log SET subject = 'key 9' WHERE number = 3");
    assert!(code == 1 && said.contains("Row 3") && said.contains("changed"), "{said}");
    assert_eq!(behind("UPDATE audit_log SET subject = 'key 1' WHERE number = 3").0, 0, "put back, it is whole again");
    let (code, said) = behind("DELETE FROM audit_log WHERE number = 2");
    assert!(code == 1 && said.contains("before row 3"), "{said}");
    // A cut end leaves a whole chain behind; the noted row shows it.
    behind("UPDATE audit_log SET number = number + 100 WHERE number > 2; DELETE FROM audit_log WHERE number > 1");
    assert_eq!(db.run(&["audit", "verify"]).code, 0);
    let cut = db.run(&["audit", "verify", "--noted", &noted]);
    assert!(cut.code == 1 && cut.err.contains("cut off"), "{}", cut.err);
}
