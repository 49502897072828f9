//! Keys, audiences, withdrawals and limits by address, by the whole path.

use serde_json::{Value, json};

use crate::support::published::{published, run_id};
use crate::support::{TestServer, agent, database};

fn ask(server: &TestServer, query: &str, key: Option<&str>) -> (u16, ureq::http::HeaderMap, Value) {
    let mut request = agent().post(format!("{}/graphql", server.url)).header("Content-Type", "application/json");
    if let Some(key) = key {
        request = request.header("Authorization", format!("Bearer {key}"));
    }
    let mut answer = request.send(json!({"query": query}).to_string()).expect("answers");
    let text = answer.body_mut().read_to_string().expect("text");
    (answer.status().as_u16(), answer.headers().clone(), serde_json::from_str(&text).expect("JSON"))
}

#[test]
fn an_internal_run_is_seen_with_a_key_of_that_scope_and_with_no_other() {
    let Some(db) = published("an_internal_run_is_seen_with_a_key") else { return };
    let server = db.serve();
    let key = db.must(&["key", "create", "--label", "planning office", "--scope", "read-internal"]);
    let plain = db.must(&["key", "create", "--label", "a portal"]);
    let (key, plain) = (key.trim(), plain.trim());
    let query = "{ analysisRuns(analysis: WIFI) { nodes { audience id } } }";
    let audiences = |key: Option<&str>| {
        let (status, headers, answer) = ask(&server, query, key);
        assert_eq!(status, 200, "{answer}");
        assert_eq!(headers["cache-control"] == "no-store", key.is_some(), "what a key asked for is kept by nobody");
        answer["data"]["analysisRuns"]["nodes"].as_array().expect("runs").clone()
    };
    assert_eq!(audiences(None).len(), 2);
    assert_eq!(audiences(Some(plain)).len(), 2, "a key without the scope sees what everybody sees");
    let all = audiences(Some(key));
    assert_eq!((all.len(), &all[0]["audience"]), (3, &json!("INTERNAL")));
    // The newest run is another one for those who may see it, and the pinned one is closed to the others.
    let id = all[0]["id"].as_str().expect("an id");
    let pinned = format!("{{ wifiSites(run: \"{id}\") {{ totalCount }} }}");
    assert_eq!(ask(&server, &pinned, Some(key)).2["data"]["wifiSites"]["totalCount"], 0);
    assert_eq!(ask(&server, &pinned, None).2["errors"][0]["extensions"]["code"], "RESTRICTED");
    assert_eq!(ask(&server, &format!("{{ node(id: \"{id}\") {{ id }} }}"), None).2["data"]["node"], Value::Null);
    let newest = |key: Option<&str>| {
        ask(&server, "{ wifiSites { totalCount } }", key).2["data"]["wifiSites"]["totalCount"].clone()
    };
    assert_eq!((newest(None), newest(Some(key)), newest(None)), (json!(3), json!(0), json!(3)));
}

#[test]
fn a_key_is_shown_once_stored_as_a_digest_and_ends_when_it_is_revoked() {
    let Some(db) = database("a_key_is_shown_once") else { return };
    let server = db.serve();
    let key = db.must(&["key", "create", "--label", "a portal", "--tier", "high"]);
    let key = key.trim();
    assert!(key.starts_with("djk_") && key.len() == 47, "a key of {} letters", key.len());
    assert_eq!(ask(&server, "{ __typename }", Some(key)).0, 200);
    let (status, headers, answer) = ask(&server, "{ __typename }", Some(&"djk_".to_owned().repeat(5)));
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (401, &json!("UNAUTHENTICATED")));
    assert!(headers.contains_key("www-authenticate"));
    let dump = db.dump();
    assert!(dump.contains("a portal") && !dump.contains(&key[4..]), "the key itself is in the database");
    let list = db.must(&["key", "list"]);
    assert!(list.contains("a portal") && list.contains("high") && !list.contains(&key[4..]), "{list}");
    assert!(db.number("SELECT count(*) FROM api_key WHERE last_used_at IS NOT NULL") == 1.0);
    db.must(&["key", "revoke", "1"]);
    let revoked = (0..80).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        ask(&server, "{ __typename }", Some(key)).0 == 401
    });
    assert!(revoked, "a revoked key is still taken after 8 s");
    let old = db.must(&["key", "create", "--label", "old"]);
    db.number("SELECT 1");
    diesel::RunQueryDsl::execute(
        diesel::sql_query("UPDATE api_key SET expires_at = now() - interval '1 second' WHERE label = 'old'"),
        &mut db.connect(),
    )
    .expect("the key ends");
    assert_eq!(ask(&server, "{ __typename }", Some(old.trim())).0, 401);
}

#[test]
fn a_withdrawn_run_is_readable_and_marked_and_one_withdrawn_for_privacy_is_not_readable() {
    let Some(db) = published("a_withdrawn_run_is_readable_and_marked") else { return };
    let server = db.serve();
    let (old, newest) = (run_id(&server, "WIFI", false), run_id(&server, "WIFI", true));
    let pinned = |run: &str| {
        format!(
            "{{ wifiSites(run: \"{run}\", first: 1) {{ nodes {{ run {{ status withdrawalReason }} marginalGain {{ value status reason(lang: EN) }} nearestAccessPoint {{ value status }} }} }} }}"
        )
    };
    let before = server.data(&pinned(&newest));
    assert_eq!(before["wifiSites"]["nodes"][0]["run"]["status"], "PUBLISHED");
    assert_ne!(db.run(&["withdraw", "6", "--reason", " "]).code, 0, "a reason is needed");
    assert_ne!(db.run(&["withdraw", "8", "--reason", "never published"]).code, 0);
    db.must(&["withdraw", "6", "--reason", "the requests were counted twice"]);
    let site = server.data(&pinned(&newest))["wifiSites"]["nodes"][0].clone();
    assert_eq!(site["run"], json!({"status": "WITHDRAWN", "withdrawalReason": "the requests were counted twice"}));
    assert_eq!(site["marginalGain"]["status"], "WITHDRAWN");
    assert_eq!(site["marginalGain"]["value"], 500.0);
    assert!(site["marginalGain"]["reason"].as_str().expect("a reason").contains("counted twice"), "{site}");
    // The newest run in force is the one before; as of a day before the withdrawal it is still the withdrawn one.
    assert_eq!(server.data("{ wifiSites { totalCount } }")["wifiSites"]["totalCount"], 1);
    let then =
        server.data("{ wifiSites(asOf: \"2026-02-11T00:00:00Z\") { totalCount nodes { marginalGain { status } } } }");
    assert_eq!(then["wifiSites"]["nodes"][0]["marginalGain"]["status"], "WITHDRAWN", "{then}");
    db.must(&["withdraw", "3", "--reason", "a cell of one person", "--privacy"]);
    assert_eq!(server.refusal(&pinned(&old)).0, "RESTRICTED");
    assert_eq!(server.data("{ wifiSites { totalCount } }")["wifiSites"], Value::Null);
    let runs = server.data("{ analysisRuns(analysis: WIFI) { nodes { status } } }");
    assert_eq!(runs["analysisRuns"]["nodes"], json!([{"status": "WITHDRAWN"}, {"status": "RESTRICTED"}]));
}

#[test]
fn too_many_requests_of_one_address_are_answered_429_with_the_headers_of_a_browser() {
    let Some(db) = database("too_many_requests_of_one_address") else { return };
    let server = TestServer::start(db.settings_with(&[
        ("DONGJAK_RATE_PER_MINUTE", "3"),
        ("DONGJAK_TRUSTED_PROXIES", "127.0.0.1"),
        ("DONGJAK_CORS_ORIGINS", "https://portal.example"),
    ]));
    let call = |forwarded: &str| {
        let request = agent().get(format!("{}/graphql?query=%7B__typename%7D", server.url));
        request.header("X-Forwarded-For", forwarded).header("Origin", "https://portal.example").call().expect("answers")
    };
    for left in ["2", "1", "0"] {
        let answer = call("198.51.100.1");
        assert_eq!(answer.status().as_u16(), 200);
        assert_eq!(answer.headers()["ratelimit-policy"], "\"address\";q=3;w=60");
        let limit = answer.headers()["ratelimit"].to_str().expect("text").to_owned();
        assert!(limit.contains(&format!("r={left};")), "{limit}");
    }
    let mut refused = call("198.51.100.1");
    assert_eq!(refused.status().as_u16(), 429);
    assert_eq!(refused.headers()["access-control-allow-origin"], "https://portal.example");
    assert!(
        refused.headers()["retry-after"].to_str().expect("text").parse::<u64>().is_ok_and(|s| (1..=60).contains(&s))
    );
    assert!(refused.body_mut().read_to_string().expect("text").contains("RATE_LIMITED"));
    // What the client itself wrote further left changes nothing; another client is still answered; so are probes.
    assert_eq!(call("203.0.113.77, 198.51.100.1").status().as_u16(), 429);
    let two_lines = agent().get(format!("{}/graphql?query=%7B__typename%7D", server.url));
    let two_lines = two_lines.header("X-Forwarded-For", "203.0.113.78").header("X-Forwarded-For", "198.51.100.1");
    assert_eq!(two_lines.call().expect("answers").status().as_u16(), 429, "the proxy's line is the last");
    assert_eq!(call("198.51.100.2").status().as_u16(), 200);
    assert_eq!(server.get("/health/live").0, 200);
}

#[test]
fn without_a_named_proxy_a_forwarded_address_is_not_believed() {
    let Some(db) = database("without_a_named_proxy") else { return };
    let server = TestServer::start(db.settings_with(&[("DONGJAK_RATE_PER_MINUTE", "1")]));
    for n in 0..3 {
        let request = agent().get(format!("{}/graphql?query=%7B__typename%7D", server.url));
        let answer = request.header("X-Forwarded-For", format!("198.51.100.{n}")).call().expect("answers");
        // This machine itself is not limited, whatever it says about others.
        assert_eq!((answer.status().as_u16(), answer.headers().get("ratelimit")), (200, None));
    }
}
