//! Connections that stay open: progress of jobs over WebSocket and as a stream of events, and every limit of theirs.

use std::io::{BufRead, BufReader, Read};

use diesel::connection::SimpleConnection;
use dongjak_insight::graphql::ids;
use serde_json::{Value, json};
use tungstenite::Message;

use crate::support::command::Folder;
use crate::support::socket::Socket;
use crate::support::{TestDatabase, TestServer, agent, database};

const PROGRESS: &str = "subscription($job: ID!) { analysisProgress(job: $job) { state stage stagesDone stagesTotal jobsAhead attempts run { status audience inputs { dataset } } } }";

/// One place where people are and a bus stop beside it; a job that waits, and a key that may follow it.
fn waiting(test: &str) -> Option<(TestDatabase, Folder, String)> {
    let db = database(test)?.with_dongs();
    let folder = Folder::new();
    let people = "day_type,hour,lon,lat,people\nweekday,9,126.95,37.50,70\n";
    let stops = "id,name,lon,lat\n1,가,126.95,37.5001\n";
    db.must(&["import", "floating-population", &folder.file("people.csv", people)]);
    db.must(&["import", "bus-stops", &folder.file("stops.csv", stops)]);
    db.must(&["analyze", "wifi", "--later"]);
    let key = key(&db, "analyse");
    Some((db, folder, key))
}

fn key(db: &TestDatabase, scope: &str) -> String {
    db.must(&["key", "create", "--label", scope, "--scope", scope]).trim().to_owned()
}

fn post(server: &TestServer, key: Option<&str>, accept: &str, query: &str, variables: Value) -> (u16, Value) {
    let mut request = agent()
        .post(format!("{}/graphql", server.url))
        .header("Content-Type", "application/json")
        .header("Accept", accept);
    if let Some(key) = key {
        request = request.header("Authorization", format!("Bearer {key}"));
    }
    let mut answer = request.send(json!({"query": query, "variables": variables}).to_string()).expect("answers");
    let text = answer.body_mut().read_to_string().expect("text");
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}")))
}

/// The id of the newest job.
fn job_id(server: &TestServer, key: &str) -> String {
    let (_, answer) =
        post(server, Some(key), "application/json", "{ analysisJobs(first: 1) { nodes { id } } }", json!({}));
    answer["data"]["analysisJobs"]["nodes"][0]["id"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

fn execute(db: &TestDatabase, statements: &str) {
    db.connect().batch_execute(statements).unwrap_or_else(|e| panic!("{statements}: {e}"));
}

#[test]
fn progress_is_told_over_a_websocket_until_the_run_is_there_whoever_computes_it() {
    let Some((db, _folder, key)) = waiting("progress_is_told_over_a_websocket") else { return };
    let server = db.serve();
    let job = job_id(&server, &key);
    let mut socket = Socket::with_key(&server.url, &key);
    socket.subscribe("1", PROGRESS, json!({"job": job}));
    let told = |socket: &mut Socket| {
        let message = socket.hear();
        assert_eq!((&message["id"], &message["type"]), (&json!("1"), &json!("next")), "{message}");
        message["payload"]["data"]["analysisProgress"].clone()
    };
    let first = told(&mut socket);
    assert_eq!(
        first,
        json!({"state": "WAITING", "stage": null, "stagesDone": 0, "stagesTotal": 3, "jobsAhead": 0, "attempts": 0, "run": null})
    );
    execute(&db, "UPDATE analysis_job SET state = 'RUNNING', stage = 'ANALYSING', attempts = 1");
    let second = told(&mut socket);
    assert_eq!(
        (&second["stage"], &second["stagesDone"], &second["jobsAhead"]),
        (&json!("ANALYSING"), &json!(1), &Value::Null)
    );
    // The worker is gone, and another process takes the job up again.
    db.must(&["work", "--once"]);
    let last = loop {
        let now = told(&mut socket);
        if now["state"] == "DONE" {
            break now;
        }
        assert_eq!(now["run"], Value::Null, "{now}");
    };
    assert_eq!((&last["stagesDone"], &last["attempts"]), (&json!(3), &json!(2)));
    assert_eq!((&last["run"]["status"], &last["run"]["audience"]), (&json!("COMPUTED"), &Value::Null));
    let inputs = last["run"]["inputs"].as_array().expect("inputs");
    assert!(inputs.contains(&json!({"dataset": "bus-stops"})), "{last}");
    assert_eq!(socket.hear(), json!({"id": "1", "type": "complete"}));
    // The name is free again, and a job that is over is told once.
    socket.subscribe("1", PROGRESS, json!({"job": job}));
    assert_eq!(told(&mut socket)["state"], "DONE");
    assert_eq!(socket.hear(), json!({"id": "1", "type": "complete"}));
}

#[test]
fn a_queue_can_be_polled_and_what_is_said_of_it_is_kept_by_nobody() {
    let Some((db, _folder, key)) = waiting("a_queue_can_be_polled") else { return };
    db.must(&["analyze", "economy", "--later"]);
    db.must(&["analyze", "wifi", "--later", "--publish"]);
    let server = db.serve();
    let ask = |key: Option<&str>, query: &str| post(&server, key, "application/json", query, json!({})).1;
    let list = "{ analysisJobs(analysis: WIFI) { totalCount nodes { analysis state jobsAhead audience parameters } } }";
    let jobs = ask(Some(&key), list);
    assert_eq!(jobs["data"]["analysisJobs"]["totalCount"], 2, "{jobs:#}");
    let nodes = &jobs["data"]["analysisJobs"]["nodes"];
    assert_eq!((&nodes[0]["jobsAhead"], &nodes[0]["audience"]), (&json!(2), &json!("PUBLIC")));
    assert_eq!((&nodes[1]["jobsAhead"], &nodes[1]["parameters"]["radiusM"]), (&json!(0), &json!(100.0)));
    let page = "{ analysisJobs(first: 1) { nodes { analysis } pageInfo { endCursor hasNextPage } } }";
    let first = ask(Some(&key), page);
    let cursor = first["data"]["analysisJobs"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
    let second = ask(Some(&key), &page.replace("first: 1", &format!("first: 1, after: \"{cursor}\"")));
    assert_eq!(second["data"]["analysisJobs"]["nodes"], json!([{"analysis": "ECONOMY"}]), "{second:#}");
    for other in [None, Some(super::live::key(&db, "read-internal"))] {
        let refused = ask(other.as_deref(), list);
        assert_eq!(refused["errors"][0]["extensions"]["code"], "RESTRICTED", "{refused:#}");
    }
    let job = job_id(&server, &key);
    let one = format!("{{ analysisJob(id: \"{job}\") {{ state run {{ status }} }} node(id: \"{job}\") {{ id }} }}");
    assert_eq!(ask(Some(&key), &one)["data"]["analysisJob"]["state"], "WAITING");
    assert_eq!(ask(Some(&key), &one)["data"]["node"]["id"], json!(job));
    assert_eq!(ask(None, &format!("{{ node(id: \"{job}\") {{ id }} }}"))["data"]["node"], Value::Null);
    assert_eq!(ask(Some(&key), "{ analysisJob(id: \"nothing\") { id } }")["data"]["analysisJob"], Value::Null);
    execute(
        &db,
        "UPDATE analysis_job SET state = 'FAILED', message = 'Too few.', message_ko = '부족합니다.', ended_at = now()",
    );
    let failed =
        ask(Some(&key), &format!("{{ analysisJob(id: \"{job}\") {{ state ko: message en: message(lang: EN) }} }}"));
    assert_eq!(failed["data"]["analysisJob"], json!({"state": "FAILED", "ko": "부족합니다.", "en": "Too few."}));
}

#[test]
fn every_breach_of_the_protocol_closes_the_connection_with_its_code() {
    let Some((db, _folder, key)) = waiting("every_breach_of_the_protocol") else { return };
    let server =
        TestServer::start(db.settings_with(&[("DONGJAK_STREAM_INIT_MS", "300"), ("DONGJAK_MAX_BODY_BYTES", "2048")]));
    let job = job_id(&server, &key);
    let open = || Socket::open(&server.url, &[]).expect("a connection");
    let after = |message: Message| {
        let mut socket = Socket::anonymous(&server.url);
        socket.send(message);
        socket.closed()
    };
    assert_eq!(open().closed(), 4408, "no introduction");
    assert_eq!(after(Message::text("hello")), 4400);
    assert_eq!(after(Message::text(r#"{"type":"start","id":"1","payload":{"query":"{__typename}"}}"#)), 4400);
    assert_eq!(after(Message::binary(vec![1, 2, 3])), 4400);
    assert_eq!(after(Message::text("x".repeat(4096))), 1009);
    assert_eq!(after(Message::text(r#"{"type":"connection_init"}"#)), 4429);
    let mut early = open();
    early.subscribe("1", "{ __typename }", json!({}));
    assert_eq!(early.closed(), 4401);
    for wrong in ["Bearer djk_nonsense".to_owned(), format!("Basic {key}"), format!("Bearer {}x", &key[..46])] {
        let mut socket = open();
        socket.say(json!({"type": "connection_init", "payload": {"authorization": wrong}}));
        assert_eq!(socket.closed(), 4403);
    }
    let mut twice = Socket::with_key(&server.url, &key);
    twice.subscribe("a", PROGRESS, json!({"job": job}));
    twice.subscribe("a", PROGRESS, json!({"job": job}));
    assert_eq!(twice.closed(), 4409);
    let other = Socket::open(&server.url, &[("sec-websocket-protocol", "")]).expect("without a protocol");
    assert_eq!(other.closed(), 4406);
    assert_eq!(Socket::anonymous(&server.url).close(1000), 1000, "a client that closes hears its own code");
    // After its introduction a connection is not closed for being late, and a stopped server says so.
    let mut patient = Socket::anonymous(&server.url);
    std::thread::sleep(std::time::Duration::from_millis(500));
    patient.say(json!({"type": "ping"}));
    assert_eq!(patient.hear(), json!({"type": "pong"}));
    server.draining.begin();
    assert_eq!(patient.closed(), 1001);
    assert_eq!(Socket::open(&server.url, &[]).err(), Some(503));
}

#[test]
fn operations_over_a_websocket_pass_the_same_checks_as_any_other() {
    let Some((db, _folder, key)) = waiting("operations_over_a_websocket_pass") else { return };
    let server = TestServer::start(db.settings_with(&[
        ("DONGJAK_MAX_COST", "250"),
        ("DONGJAK_OPERATIONS_PER_STREAM", "2"),
        ("DONGJAK_POOL_SIZE", "1"),
    ]));
    let job = job_id(&server, &key);
    let code = |message: &Value| {
        assert_eq!(message["type"], "error", "{message}");
        message["payload"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    };
    let mut nobody = Socket::anonymous(&server.url);
    nobody.subscribe("1", PROGRESS, json!({"job": job}));
    assert_eq!(code(&nobody.hear()), "RESTRICTED");
    nobody.subscribe("2", "{ nothing }", json!({}));
    assert_eq!(code(&nobody.hear()), "GRAPHQL_VALIDATION_FAILED");
    nobody.subscribe(
        "3",
        "{ wifiSites(first: 100) { nodes { marginalGain { value } overlap { value } } } }",
        json!({}),
    );
    let dear = nobody.hear();
    assert!(code(&dear) == "BAD_USER_INPUT" && dear.to_string().contains("250"), "{dear}");
    nobody.subscribe(
        "4",
        "subscription { analysisProgress(job: \"a\") { id } again: analysisProgress(job: \"b\") { id } }",
        json!({}),
    );
    assert_eq!(code(&nobody.hear()), "BAD_USER_INPUT");
    nobody.subscribe("5", "mutation { nothing }", json!({}));
    assert_eq!(code(&nobody.hear()), "BAD_USER_INPUT");
    // A query is answered once, with its cost.
    nobody.subscribe("6", "{ neighbourhoods { code } }", json!({}));
    let answer = nobody.hear();
    assert_eq!(answer["payload"]["data"]["neighbourhoods"].as_array().map(Vec::len), Some(15), "{answer}");
    assert_eq!(answer["payload"]["extensions"]["cost"]["limit"], 250);
    assert_eq!(nobody.hear(), json!({"id": "6", "type": "complete"}));
    let mut socket = Socket::with_key(&server.url, &key);
    socket.subscribe("0", PROGRESS, json!({"job": "nothing"}));
    assert_eq!(code(&socket.hear()), "BAD_USER_INPUT");
    for id in ["1", "2"] {
        socket.subscribe(id, PROGRESS, json!({"job": job}));
        assert_eq!(socket.hear()["type"], "next");
    }
    socket.subscribe("3", PROGRESS, json!({"job": job}));
    assert_eq!(code(&socket.hear()), "TOO_BUSY");
    // Two wait, on a server with a single connection to its database, and others are answered still.
    assert_eq!(server.data("{ neighbourhoods { code } }")["neighbourhoods"].as_array().map(Vec::len), Some(15));
    socket.say(json!({"id": "1", "type": "complete"}));
    socket.subscribe("3", PROGRESS, json!({"job": job}));
    let message = socket.hear();
    assert_eq!((&message["id"], &message["type"]), (&json!("3"), &json!("next")));
    execute(&db, "UPDATE analysis_job SET state = 'CANCELLED', ended_at = now()");
    let heard: Vec<_> = (0..4).map(|_| socket.hear()["id"].clone()).collect();
    assert!(!heard.contains(&json!("1")), "one that was completed is told nothing: {heard:?}");
}

#[test]
fn connections_are_limited_by_client_and_by_origin() {
    let Some((db, _folder, key)) = waiting("connections_are_limited_by_client") else { return };
    let server = TestServer::start(db.settings_with(&[
        ("DONGJAK_STREAMS_PER_CLIENT", "2"),
        ("DONGJAK_TRUSTED_PROXIES", "127.0.0.1"),
        ("DONGJAK_CORS_ORIGINS", "https://portal.example"),
        ("DONGJAK_RATE_PER_MINUTE", "8"),
    ]));
    let from = |address: &str, origin: Option<&str>| {
        let mut headers = vec![("x-forwarded-for", address)];
        headers.extend(origin.map(|origin| ("origin", origin)));
        Socket::open(&server.url, &headers)
    };
    let (first, _second) = (from("198.51.100.1", None).expect("one"), from("198.51.100.1", None).expect("two"));
    assert_eq!(from("198.51.100.1", None).err(), Some(429));
    assert!(from("198.51.100.2", None).is_ok(), "another address");
    drop(first);
    let mut third = (0..50).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        from("198.51.100.9", Some("https://portal.example")).ok()
    });
    let portal = third.as_mut().expect("a page that is named");
    portal.say(json!({"type": "connection_init"}));
    portal.hear();
    // The handshake was the first request of eight; each operation is one more.
    let codes: Vec<_> = (0..8)
        .map(|n| {
            portal.subscribe(&format!("op {n}"), "{ __typename }", json!({}));
            let said = portal.hear();
            if said["type"] == "next" {
                portal.hear();
            }
            said["payload"][0]["extensions"]["code"].clone()
        })
        .collect();
    assert_eq!(codes[..7], vec![Value::Null; 7][..], "{codes:?}");
    assert_eq!(codes[7], "RATE_LIMITED");
    assert_eq!(from("198.51.100.3", Some("https://evil.example")).err(), Some(403));
    let held: Vec<_> = (0..2).map(|_| Socket::with_key(&server.url, &key)).collect();
    let mut one_more = Socket::open(&server.url, &[]).expect("the key is not known yet");
    one_more.say(json!({"type": "connection_init", "payload": {"authorization": format!("Bearer {key}")}}));
    assert_eq!(one_more.closed(), 1013, "a third connection of one key");
    drop(held);
}

#[test]
fn a_connection_does_not_outlive_its_key() {
    let Some((db, _folder, key)) = waiting("a_connection_does_not_outlive_its_key") else { return };
    let server = TestServer::start(db.settings_with(&[("DONGJAK_STREAM_PING_MS", "200")]));
    let socket = Socket::with_key(&server.url, &key);
    let lasting = Socket::anonymous(&server.url);
    db.must(&["key", "revoke", "1"]);
    assert_eq!(socket.closed(), 4403);
    drop(lasting);
}

/// The events of a stream, as names and data, up to its end or `most`.
fn events(body: impl Read, most: usize) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut name = String::new();
    for line in BufReader::new(body).lines() {
        let line = line.expect("text");
        if let Some(event) = line.strip_prefix("event: ") {
            name = event.to_owned();
        } else if let Some(data) = line.strip_prefix("data:") {
            found.push((name.clone(), serde_json::from_str(data.trim()).unwrap_or(Value::Null)));
        } else if line.starts_with(':') {
            found.push(("comment".to_owned(), Value::Null));
        }
        if found.len() == most {
            break;
        }
    }
    found
}

/// An operation whose answers come as events.
fn stream(server: &TestServer, key: Option<&str>, query: &str, variables: Value) -> impl Read + use<> {
    let mut request = agent()
        .post(format!("{}/graphql", server.url))
        .header("Content-Type", "application/json")
        .header("Accept", "text/event-stream");
    if let Some(key) = key {
        request = request.header("Authorization", format!("Bearer {key}"));
    }
    let answer = request.send(json!({"query": query, "variables": variables}).to_string()).expect("answers");
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    answer.into_body().into_reader()
}

#[test]
fn a_job_is_followed_and_polled_by_the_run_that_it_became_too() {
    const BY_EITHER: &str =
        "subscription($job: ID, $run: ID) { analysisProgress(job: $job, run: $run) { id state run { id } } }";
    let Some((db, _folder, key)) = waiting("a_job_is_followed_and_polled_by_the_run") else { return };
    db.must(&["analyze", "wifi"]);
    db.must(&["work", "--once"]);
    let server = db.serve();
    let job = job_id(&server, &key);
    let run = |number: i32| ids::encode("AnalysisRun", &number.to_string()).to_string();
    let (at_once, of_job) = (run(1), run(2));
    let expected = json!({"id": job, "state": "DONE", "run": {"id": of_job}});
    let mut socket = Socket::with_key(&server.url, &key);
    socket.subscribe("1", BY_EITHER, json!({"run": of_job}));
    assert_eq!(socket.hear()["payload"]["data"]["analysisProgress"], expected);
    assert_eq!(socket.hear(), json!({"id": "1", "type": "complete"}));
    let told = |key: Option<&str>, variables: Value| events(stream(&server, key, BY_EITHER, variables), usize::MAX);
    let by_events = told(Some(&key), json!({"run": of_job}));
    assert_eq!(by_events[1].1["data"]["analysisProgress"], expected);
    assert_eq!(by_events[2].0, "complete");
    let polled = |key: &str, arguments: &str| {
        let query = format!("{{ analysisJob({arguments}) {{ id state run {{ id }} }} }}");
        post(&server, Some(key), "application/json", &query, json!({})).1
    };
    assert_eq!(polled(&key, &format!("run: \"{of_job}\""))["data"]["analysisJob"], expected);
    // Exactly one of the two, and a run that no job became is not there.
    let wrong = |variables: Value| {
        let refusal = told(Some(&key), variables)[1].1["errors"][0].clone();
        assert_eq!(refusal["extensions"]["code"], "BAD_USER_INPUT", "{refusal}");
        refusal["message"].as_str().expect("words").to_owned()
    };
    assert!(wrong(json!({})).contains("하나만") && wrong(json!({"job": job, "run": of_job})).contains("하나만"));
    for run in [at_once.as_str(), job.as_str(), "nothing"] {
        assert!(wrong(json!({"run": run})).contains("바로 계산했거나"), "{run}");
        assert_eq!(polled(&key, &format!("run: \"{run}\""))["data"]["analysisJob"], Value::Null, "{run}");
    }
    for arguments in [String::new(), format!("(id: \"{job}\", run: \"{of_job}\")")] {
        let query = format!("{{ analysisJob{arguments} {{ id }} }}");
        let refused = post(&server, Some(&key), "application/json", &query, json!({})).1;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused:#}");
    }
    assert_eq!(told(None, json!({"run": of_job}))[1].1["errors"][0]["extensions"]["code"], "RESTRICTED");
    // Who may not read an internal run learns nothing of it by its job either.
    db.must(&["publish", "2", "--internal"]);
    assert!(wrong(json!({"run": of_job})).contains("바로 계산했거나"));
    assert_eq!(polled(&key, &format!("run: \"{of_job}\""))["data"]["analysisJob"], Value::Null);
    let reader = db
        .must(&["key", "create", "--label", "both", "--scope", "analyse", "--scope", "read-internal"])
        .trim()
        .to_owned();
    assert_eq!(told(Some(&reader), json!({"run": of_job}))[1].1["data"]["analysisProgress"], expected);
    assert_eq!(polled(&reader, &format!("run: \"{of_job}\""))["data"]["analysisJob"], expected);
}

#[test]
fn progress_is_told_as_a_stream_of_events_too() {
    let Some((db, _folder, key)) = waiting("progress_is_told_as_a_stream_of_events") else { return };
    let server = TestServer::start(db.settings_with(&[("DONGJAK_STREAM_PING_MS", "300")]));
    let job = job_id(&server, &key);
    let stream = |key: Option<&str>, query: &str, variables: Value| stream(&server, key, query, variables);
    let mut waiting = BufReader::new(stream(Some(&key), PROGRESS, json!({"job": job})));
    let begin = events(&mut waiting, 4);
    let names: Vec<&str> = begin.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["comment", "next", "comment", "comment"], "signs of life while it waits");
    assert_eq!(begin[1].1["data"]["analysisProgress"]["state"], "WAITING");
    db.must(&["work", "--once"]);
    let rest: Vec<_> = events(&mut waiting, usize::MAX).into_iter().filter(|(name, _)| name != "comment").collect();
    let (last, end) = (&rest[rest.len() - 2], &rest[rest.len() - 1]);
    assert_eq!(last.1["data"]["analysisProgress"]["state"], "DONE", "{rest:?}");
    assert_eq!(end.0, "complete");
    // What is wrong is an event as well, and a query is answered by one.
    for (query, code) in [("{ nothing }", "GRAPHQL_VALIDATION_FAILED"), (PROGRESS, "RESTRICTED")] {
        let refused = events(stream(None, query, json!({"job": job})), usize::MAX);
        assert_eq!(refused[1].1["errors"][0]["extensions"]["code"], code, "{refused:?}");
        assert_eq!(refused[2].0, "complete");
    }
    let answered = events(stream(None, "{ neighbourhoods { code } }", json!({})), usize::MAX);
    assert_eq!(answered[1].1["data"]["neighbourhoods"].as_array().map(Vec::len), Some(15));
    // By GET as a browser's EventSource asks, and without wanting events a subscription is refused in words.
    let url = format!("{}/graphql?query=%7B__typename%7D", server.url);
    let answer = agent().get(&url).header("Accept", "text/event-stream").call().expect("answers");
    assert_eq!(events(answer.into_body().into_reader(), usize::MAX)[1].1["data"]["__typename"], "Query");
    let (status, refused) =
        post(&server, Some(&key), "application/graphql-response+json", PROGRESS, json!({"job": job}));
    assert!(status == 400 && refused.to_string().contains("text/event-stream"), "{refused}");
    // A server that stops breaks the stream off, so that the client asks another one.
    db.must(&["analyze", "wifi", "--later"]);
    let job = job_id(&server, &key);
    let cut = stream(Some(&key), PROGRESS, json!({"job": job}));
    server.draining.begin();
    assert!(events(cut, usize::MAX).iter().all(|(name, _)| name != "complete"));
}
