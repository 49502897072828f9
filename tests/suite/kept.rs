//! Answers that are kept: the short way to them, and how a publication reaches every instance.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::published::{published, run_id};
use crate::support::{TestDatabase, TestServer, agent};

/// A request in one of the many forms in which the same can be asked.
#[derive(Debug, Clone)]
struct Form {
    /// The part of the address after `?`; a GET.
    address: Option<String>,
    body: String,
    headers: Vec<(&'static str, String)>,
}

impl Form {
    fn get(address: impl Into<String>) -> Self {
        Self { address: Some(address.into()), body: String::new(), headers: Vec::new() }
    }

    fn post(body: impl Into<String>) -> Self {
        Self { address: None, body: body.into(), headers: vec![("Content-Type", "application/json".to_owned())] }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Status, headers without those of this one answer, and body.
    fn ask(&self, server: &TestServer) -> (u16, Vec<(String, String)>, Vec<u8>) {
        let url = format!("{}/graphql", server.url);
        let answer = match &self.address {
            Some(address) => {
                let request = agent().get(format!("{url}?{address}"));
                self.headers.iter().fold(request, |r, (n, v)| r.header(*n, v)).call()
            }
            None => {
                let request = agent().post(url);
                self.headers.iter().fold(request, |r, (n, v)| r.header(*n, v)).send(&self.body)
            }
        };
        let answer = answer.expect("answers");
        let of_this_one = ["date", "x-request-id"];
        let headers = answer.headers().iter().filter(|(name, _)| !of_this_one.contains(&name.as_str()));
        let written = |name: &str, value: &str| match name {
            // How many are left is another number each time; these names come in any order.
            "ratelimit" => value.split(';').next().unwrap_or_default().to_owned(),
            "access-control-expose-headers" => {
                let mut names: Vec<_> = value.split(", ").collect();
                names.sort_unstable();
                names.join(", ")
            }
            _ => value.to_owned(),
        };
        let mut headers: Vec<_> = headers
            .map(|(name, value)| (name.to_string(), written(name.as_str(), value.to_str().expect("text"))))
            .collect();
        headers.sort();
        (answer.status().as_u16(), headers, answer.into_body().read_to_vec().expect("bytes"))
    }
}

/// Answers of a server by where they come from.
fn answers(server: &TestServer, from: &str) -> f64 {
    let (_, metrics) = server.get("/metrics");
    let line = format!("dongjak_graphql_answers_total{{from=\"{from}\"}} ");
    metrics.lines().find_map(|l| l.strip_prefix(&line)).map_or(0.0, |n| n.parse().expect("a number"))
}

/// A server that never takes the short way, because it asks before every answer what is published.
fn asking(db: &TestDatabase) -> TestServer {
    TestServer::start(db.settings_with(&[("DONGJAK_PUBLICATIONS", "ask")]))
}

#[test]
fn the_short_way_to_a_kept_answer_and_the_long_one_give_the_same_bytes_and_headers() {
    let Some(db) = published("the_short_way_to_a_kept_answer") else { return };
    let (short, long) = (db.serve(), asking(&db));
    let key = db.must(&["key", "create", "--label", "planning office", "--scope", "read-internal"]);
    let bearer = format!("Bearer {}", key.trim());
    let run = run_id(&short, "WIFI", true);
    let tag = {
        let (_, headers, _) = Form::get("query=%7BwifiSites%7BtotalCount%7D%7D").ask(&long);
        headers.into_iter().find(|(name, _)| name == "etag").expect("a tag").1
    };
    let digest: String = Sha256::digest("{ wifiSites { totalCount } }").iter().map(|b| format!("{b:02x}")).collect();
    let persisted = json!({"persistedQuery": {"version": 1, "sha256Hash": digest}});
    let registered = Form::post(json!({"query": "{ wifiSites { totalCount } }", "extensions": persisted}).to_string());
    registered.ask(&short);
    registered.ask(&long);
    let several =
        "query a($n: Int) { wifiSites(first: $n) { nodes { rank } } } query b { analysisRuns { totalCount } }";
    let kept = [
        Form::post(r#"{"query":"{ wifiSites { totalCount } }"}"#),
        Form::post(r#"{ "query" : "{ wifiSites { totalCount } }", "more": [1] }"#),
        Form::post(r#"{"query":"{ \u0077ifiSites { totalCount } }","variables":null,"operationName":""}"#),
        Form::post(r#"{"query":"{ wifiSites { totalCount } }"}"#).with("Accept", "application/graphql-response+json"),
        Form::post(r#"{"query":"{ wifiSites { totalCount } }"}"#).with("Accept-Language", "en"),
        Form::post(r#"{"query":"{ wifiSites { totalCount } }"}"#).with("Authorization", &bearer),
        Form::post(json!({"query": several, "operationName": "a", "variables": {"n": 1}}).to_string()),
        Form::post(json!({"query": several, "operationName": "a", "variables": {"n": 2}}).to_string()),
        Form::post(json!({"query": several, "operationName": "b"}).to_string()),
        Form::post(json!({"query": "{ neighbourhoods { name(lang: EN) } }"}).to_string()),
        Form::post(json!({"query": format!("{{ wifiSites(run: \"{run}\") {{ totalCount }} }}")}).to_string()),
        Form::post(json!({"extensions": persisted}).to_string()),
        Form::get("query=%7BwifiSites%7BtotalCount%7D%7D"),
        Form::get("query=%7B%77ifiSites%7BtotalCount%7D%7D&more=1"),
        Form::get("query=%7BwifiSites%7BtotalCount%7D%7D").with("If-None-Match", &tag),
        Form::get("query=%7BwifiSites%7BtotalCount%7D%7D").with("If-None-Match", "\"another\""),
        Form::get("query=%7BwifiSites%7BtotalCount%7D%7D").with("Accept-Language", "en").with("If-None-Match", &tag),
        Form::get("query=%7BwifiSites%7BtotalCount%7D%7D").with("Authorization", &bearer),
        Form::get(format!("extensions={}", r#"{"persistedQuery":{"version":1,"sha256Hash":"DIGEST"}}"#.replace("DIGEST", &digest).replace('{', "%7B").replace('}', "%7D").replace('"', "%22"))),
    ];
    for form in &kept {
        let first = form.ask(&short);
        let before = answers(&short, "kept as sent");
        let second = form.ask(&short);
        assert_eq!(answers(&short, "kept as sent"), before + 1.0, "{form:?} went the long way");
        assert!(first.0 == 200 || first.0 == 304, "{form:?}: {first:?}");
        assert_eq!(first, second, "{form:?}");
        assert_eq!(first, form.ask(&long), "{form:?}");
    }
    assert_eq!(answers(&long, "kept as sent"), 0.0);
    // What has failed, what speaks of the contract only, what is no request and what registers a text goes the long way.
    let not_kept = [
        Form::post(r#"{"query":"{ wifiSites(first: 0) { totalCount } }"}"#),
        Form::post(r#"{"query":"{ nothing }"}"#),
        Form::post(r#"{"query":"{ __schema { queryType { name } } }"}"#),
        Form::post("{"),
        Form::get("query=%7B"),
        registered,
    ];
    let before = answers(&short, "kept as sent");
    for form in &not_kept {
        let (first, second) = (form.ask(&short), form.ask(&short));
        if first.0 == 200 && first.2.starts_with(b"{\"data\"") {
            assert_eq!(first, second, "{form:?}");
        }
        assert_eq!(first.0, form.ask(&long).0, "{form:?}");
    }
    assert_eq!(answers(&short, "kept as sent"), before);
}

#[test]
fn the_short_way_knows_publications_withdrawals_audiences_and_revoked_keys() {
    let Some(db) = published("the_short_way_knows_publications") else { return };
    let server = db.serve();
    let key = db.must(&["key", "create", "--label", "planning office", "--scope", "read-internal"]);
    let everybody = Form::post(r#"{"query":"{ wifiSites { totalCount } }"}"#);
    let inside = everybody.clone().with("Authorization", &format!("Bearer {}", key.trim()));
    let count = |form: &Form| {
        let first = form.ask(&server);
        let before = answers(&server, "kept as sent");
        let again = form.ask(&server);
        assert_eq!((first.0, answers(&server, "kept as sent")), (200, before + 1.0), "{again:?}");
        assert_eq!(first, again);
        let json: Value = serde_json::from_slice(&again.2).expect("JSON");
        json["data"]["wifiSites"]["totalCount"].clone()
    };
    assert_eq!((count(&everybody), count(&inside), count(&everybody)), (json!(3), json!(0), json!(3)));
    db.must(&["withdraw", "6", "--reason", "counted twice"]);
    assert_eq!(count(&everybody), json!(1), "the newest in force is the one before");
    let run = run_id(&server, "WIFI", false);
    let pinned = Form::post(json!({"query": format!("{{ wifiSites(run: \"{run}\") {{ totalCount }} }}")}).to_string());
    assert_eq!(count(&pinned), json!(1));
    db.must(&["withdraw", "3", "--reason", "a cell of one person", "--privacy"]);
    let closed = pinned.ask(&server);
    assert!(String::from_utf8_lossy(&closed.2).contains("RESTRICTED"), "{closed:?}");
    db.must(&["key", "revoke", "1"]);
    let revoked = (0..80).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        inside.ask(&server).0 == 401
    });
    assert!(revoked, "a revoked key is still answered after 8 s");
}

/// The number of sites as somebody is told it who asks without a key.
fn sites(server: &TestServer) -> Value {
    server.data("{ wifiSites { totalCount } }")["wifiSites"]["totalCount"].clone()
}

/// Publishes the empty run 8 or takes that back, as nobody but a person at the database can.
fn by_hand(conn: &mut PgConnection, published: bool) {
    let sql = if published {
        "UPDATE analysis_run SET published_at = now(), audience = 'PUBLIC' WHERE id = 8"
    } else {
        "UPDATE analysis_run SET published_at = NULL, audience = NULL WHERE id = 8"
    };
    conn.batch_execute(sql).expect("the run is altered");
}

#[test]
fn what_is_published_by_hand_is_told_to_every_instance_that_listens() {
    let Some(db) = published("what_is_published_by_hand_is_told") else { return };
    let servers = [db.serve(), db.serve()];
    let mut conn = db.connect();
    let mut waited = Vec::new();
    for turn in 0..9 {
        let expected = if turn % 2 == 0 { json!(0) } else { json!(3) };
        by_hand(&mut conn, turn % 2 == 0);
        let committed = Instant::now();
        for server in &servers {
            while sites(server) != expected {
                assert!(committed.elapsed() < Duration::from_secs(3), "turn {turn} is never seen");
            }
        }
        waited.push(committed.elapsed());
        std::thread::sleep(Duration::from_millis(30));
    }
    // A server that is not told looks every 400 ms; that both had looked within a quarter of that would be rare.
    waited.sort();
    assert!(waited[4] < Duration::from_millis(100), "publications were seen after {waited:?}");
}

#[test]
fn when_publishing_has_returned_every_instance_answers_with_it() {
    let Some(db) = published("when_publishing_has_returned") else { return };
    let servers = [db.serve(), db.serve()];
    for server in &servers {
        assert_eq!((sites(server), sites(server)), (json!(3), json!(3)));
    }
    let publish = |id: &str| db.must(&["publish", id]);
    let withdraw = |id: &str| db.must(&["withdraw", id, "--reason", "a mistake"]);
    publish("8");
    assert_eq!(servers.each_ref().map(sites), [json!(0), json!(0)]);
    withdraw("8");
    assert_eq!(servers.each_ref().map(sites), [json!(3), json!(3)]);
    withdraw("6");
    assert_eq!(servers.each_ref().map(sites), [json!(1), json!(1)]);
}

#[test]
fn an_instance_whose_connection_is_lost_asks_before_every_answer() {
    let Some(db) = published("an_instance_whose_connection_is_lost") else { return };
    let servers = [db.serve(), db.serve()];
    assert_eq!(servers.each_ref().map(sites), [json!(3), json!(3)]);
    let mut by_hand_connection = db.connect();
    // No new connection is made, so that nobody listens again; those that answer requests stay.
    db.refuse_connections();
    let cut = "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity \
         WHERE datname = current_database() AND application_name LIKE 'dongjak knows %'";
    by_hand_connection.batch_execute(cut).expect("the connections are cut");
    // Each thread that listened finds that out when it looks next.
    for server in &servers {
        let asks = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            let before = answers(server, "kept as sent");
            sites(server);
            answers(server, "kept as sent") == before
        });
        assert!(asks, "the server believes a connection that is lost");
    }
    for published in [true, false, true] {
        by_hand(&mut by_hand_connection, published);
        let expected = if published { json!(0) } else { json!(3) };
        assert_eq!(servers.each_ref().map(sites), [expected.clone(), expected]);
    }
    db.let_in();
    // They listen again after a while: then a kept answer is found without a question.
    for server in &servers {
        let listens = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            let before = answers(server, "kept as sent");
            sites(server);
            answers(server, "kept as sent") > before
        });
        assert!(listens, "the server does not listen again");
    }
}

#[test]
fn every_table_that_the_key_of_the_publications_is_made_of_tells_when_it_changes() {
    let Some(db) = published("every_table_that_the_key") else { return };
    let sql = include_str!("../../src/run/publication/key.sql");
    let lines = sql.lines().filter(|line| !line.trim_start().starts_with("--"));
    let words: Vec<&str> =
        lines.flat_map(|line| line.split([' ', ')', '(', ';', ','])).filter(|w| !w.is_empty()).collect();
    let after = |pair: &[&str]| matches!(pair[0], "FROM" | "JOIN") && !pair[1].ends_with("_at");
    let tables: Vec<&str> = words.windows(2).filter(|pair| after(pair)).map(|pair| pair[1]).collect();
    assert!(tables.contains(&"analysis_run") && tables.contains(&"dataset_version"), "{tables:?}");
    for table in tables {
        let told = db.number(&format!(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = '{table}'::regclass AND tgname = 'tell_publications' \
             AND tgenabled = 'O' AND tgtype & 62 = 60"
        ));
        assert_eq!(told, 1.0, "{table} does not tell");
    }
}
