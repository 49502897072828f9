//! HTTP: routes, refusals before anything runs, health, metrics, CORS.

use serde_json::{Value, json};

use crate::support::{TestServer, agent, database};

#[test]
fn an_empty_database_is_served_and_answers_null_before_the_first_publication() {
    let Some(db) = database("an_empty_database_is_served") else { return };
    let server = db.serve();
    let data = server.data(
        "{ neighbourhoods { code } economicSensitivity { totalCount } childcareSentiment { totalCount } \
           wifiSites { totalCount } wifiSummary { demand { value } } analysisRuns { totalCount } datasets { totalCount } }",
    );
    assert_eq!(
        data,
        json!({"neighbourhoods": [], "economicSensitivity": null, "childcareSentiment": null, "wifiSites": null,
               "wifiSummary": null, "analysisRuns": {"totalCount": 0}, "datasets": {"totalCount": 0}})
    );
    assert_eq!(server.get("/health/live").0, 200);
    assert_eq!(server.get("/health/ready").0, 200);
}

#[test]
fn a_database_that_is_away_makes_the_server_unready_but_not_dead() {
    let Some(db) = database("a_database_that_is_away") else { return };
    let away = db.url.replace("dongjak_test_", "nobody_");
    let settings = db.settings_with(&[]);
    let server = TestServer::start(dongjak_insight::config::Settings { database_url: Some(away), ..settings });
    assert_eq!(server.get("/health/live").0, 200);
    assert_eq!(server.get("/health/ready").0, 503);
    let (status, body) = server.post(&json!({"query": "{ neighbourhoods { code } }"}).to_string(), "application/json");
    assert_eq!(status, 503, "{body}");
    assert!(body.contains("DATABASE_UNAVAILABLE") && !body.contains("nobody_"), "{body}");
}

#[test]
fn pages_and_files_come_from_the_server_itself() {
    let Some(db) = database("pages_and_files_come_from_the_server_itself") else { return };
    let server = db.serve();
    for path in ["/", "/graphiql"] {
        let (status, page) = server.get(path);
        assert_eq!(status, 200, "{path}");
        for link in page.split(['"', '\'']).filter(|part| part.starts_with('/') && part.contains('.')) {
            assert_eq!(server.get(link).0, 200, "{link}");
        }
        let foreign = page.split(['"', '\'']).find(|part| part.starts_with("http") || part.starts_with("//"));
        assert_eq!(foreign, None, "{path} names another host");
    }
    assert_eq!(server.get("/page/elsewhere.js").0, 404);
    assert_eq!(server.get("/schema.graphql"), (200, dongjak_insight::api::sdl()));
    server.data("{ __typename }");
    let (status, metrics) = server.get("/metrics");
    assert!(status == 200 && metrics.contains("dongjak_graphql_requests_total"), "{metrics}");
    assert_eq!(server.get("/elsewhere").0, 404);
}

#[test]
fn what_is_no_graphql_request_is_refused_in_json_with_a_code() {
    let Some(db) = database("what_is_no_graphql_request_is_refused") else { return };
    let server = db.serve();
    let query = r#"{"query":"{ __typename }"}"#;
    let large = json!({"query": format!("{{ __typename }} #{}", "x".repeat(70_000))}).to_string();
    for (body, content_type, status) in [
        (query, "text/plain", 415),
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        (r#"{"query":5}"#, "application/json", 400),
        (r#"{"variables":{}}"#, "application/json", 400),
        (r#"{"query":"{ __typename }","variables":[]}"#, "application/json", 400),
        (large.as_str(), "application/json", 413),
    ] {
        let (answered, text) = server.post(body, content_type);
        assert_eq!(answered, status, "{}", &body[..body.len().min(60)]);
        let json: Value = serde_json::from_str(&text).expect("JSON");
        assert!(json["errors"][0]["extensions"]["code"].is_string(), "{text}");
    }
    let (status, _) = server.get("/graphql?query=%7B__typename%7D");
    assert_eq!(status, 200);
    let put = agent().put(format!("{}/graphql", server.url)).send("x").expect("answers");
    assert_eq!((put.status().as_u16(), put.headers()["allow"].to_str().expect("text")), (405, "GET, POST"));
    let picky =
        agent().get(format!("{}/graphql?query=%7B__typename%7D", server.url)).header("Accept", "text/html").call();
    assert_eq!(picky.expect("answers").status().as_u16(), 406);
}

#[test]
fn a_get_request_may_name_its_operation_and_give_variables() {
    let Some(db) = database("a_get_request_may_name_its_operation") else { return };
    let server = db.serve();
    let query =
        "query%20a%28%24n%3AInt%29%7BanalysisRuns%28first%3A%24n%29%7BtotalCount%7D%7Dquery%20b%7B__typename%7D";
    let (_, a) = server.get(&format!("/graphql?query={query}&operationName=a&variables=%7B%22n%22%3A5%7D"));
    assert!(a.contains("totalCount"), "{a}");
    let (_, b) = server.get(&format!("/graphql?query={query}&operationName=b"));
    assert!(b.contains("Query"), "{b}");
    let (_, none) = server.get(&format!("/graphql?query={query}"));
    assert!(none.contains("operationName"), "{none}");
}

#[test]
fn hostile_queries_are_refused_at_once_and_before_the_database() {
    let Some(db) = database("hostile_queries_are_refused_at_once") else { return };
    let server = db.serve();
    let doubling: String = (0..22).map(|n| format!("fragment f{n} on Query{{...f{} ...f{}}}", n + 1, n + 1)).collect();
    let bomb = format!("{{...f0}}{doubling}fragment f22 on Query{{__typename}}");
    let aliases: String = (0..3_000).map(|n| format!("a{n}:__typename ")).collect();
    let unknown: String = (0..3_000).map(|n| format!("x{n} ")).collect();
    let deep = "{a".repeat(20_000);
    let page = "{ wifiSites(first: 2147483647) { nodes { neighbourhood { economy { weeks { sales { provenance { sources { id } } } } } } } } }";
    for query in [bomb, format!("{{{aliases}}}"), format!("{{{unknown}}}"), deep, page.to_owned()] {
        let started = std::time::Instant::now();
        let answer = server.ask(&query);
        let text = answer.to_string();
        assert!(answer["errors"][0]["extensions"]["code"].is_string(), "{text:.200}");
        assert!(answer.get("data").is_none_or(Value::is_null), "{text:.200}");
        assert!(text.len() < 20_000, "the refusal is {} bytes long", text.len());
        assert!(started.elapsed().as_secs() < 2, "{:.60} took {:?}", query, started.elapsed());
    }
}

#[test]
fn a_missing_variable_and_a_wrong_argument_are_plain_errors_with_codes() {
    let Some(db) = database("a_missing_variable_and_a_wrong_argument") else { return };
    let server = db.serve();
    let (code, message) = server.refusal("query($id: ID!) { node(id: $id) { id } }");
    assert!(code == "BAD_USER_INPUT" && message.contains("$id"), "{code} {message}");
    let (code, _) = server.refusal("{ nothing }");
    assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
    let (code, message) = server.refusal("{ analysisRuns(first: 101) { totalCount } }");
    assert!(code == "BAD_USER_INPUT" && message.contains("100"), "{code} {message}");
    assert_eq!(server.data("{ node(id: \"nonsense\") { id } }"), json!({"node": null}));
}

#[test]
fn only_listed_origins_may_call_from_a_browser() {
    let Some(db) = database("only_listed_origins_may_call") else { return };
    let server = TestServer::start(db.settings_with(&[("DONGJAK_CORS_ORIGINS", "https://portal.example")]));
    let allowed = |origin: &str| {
        let answer =
            agent().get(format!("{}/health/live", server.url)).header("Origin", origin).call().expect("answers");
        answer.headers().get("access-control-allow-origin").map(|v| v.to_str().expect("text").to_owned())
    };
    assert_eq!(allowed("https://portal.example").as_deref(), Some("https://portal.example"));
    assert_eq!(allowed("https://evil.example"), None);
}

#[test]
fn a_body_that_comes_byte_by_byte_is_given_up() {
    use std::io::{Read, Write};
    let Some(db) = database("a_body_that_comes_byte_by_byte") else { return };
    let server = TestServer::start(db.settings_with(&[("DONGJAK_REQUEST_TIMEOUT_MS", "400")]));
    let mut stream = std::net::TcpStream::connect(server.url.trim_start_matches("http://")).expect("connects");
    let head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("sends");
    stream.set_read_timeout(Some(std::time::Duration::from_millis(100))).expect("a timeout");
    let mut answer = [0; 1_000];
    let read = (0..50).find_map(|_| {
        let _ = stream.write_all(b" ");
        stream.read(&mut answer).ok().filter(|read| *read > 0)
    });
    let answer = String::from_utf8_lossy(&answer[..read.expect("an answer within five seconds")]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("BAD_USER_INPUT"), "{answer}");
}

#[test]
fn a_name_that_somebody_invents_does_not_make_the_refusal_long() {
    let Some(db) = database("a_name_that_somebody_invents") else { return };
    let server = db.serve();
    let long = "동".repeat(10_000);
    let name = "x".repeat(60_000);
    for body in [
        json!({"query": "{ __typename }", "operationName": long}),
        json!({"query": format!("{{ {name} }}")}),
        json!({"query": format!("query(${name}: Int) {{ analysisRuns(first: ${name}) {{ {name} }} }}")[..60_000]}),
        json!({"query": format!("{{ ...{name} }}")}),
        json!({"query": format!("{{ neighbourhoods({name}: 1) {{ code }} }}")}),
    ] {
        for language in ["ko", "en"] {
            let request = agent().post(format!("{}/graphql", server.url)).header("Content-Type", "application/json");
            let mut answer = request.header("Accept-Language", language).send(body.to_string()).expect("answers");
            let text = answer.body_mut().read_to_string().expect("text");
            assert!(text.contains("errors") && text.len() < 2_000, "{} bytes: {text:.300}", text.len());
        }
    }
}

#[test]
fn one_small_question_about_the_contract_cannot_make_megabytes() {
    let Some(db) = database("one_small_question_about_the_contract") else { return };
    let server = db.serve();
    let nested = |open: &str, close: &str, n: usize| format!("{} name {}", open.repeat(n), close.repeat(n));
    for query in [
        format!("{{ __type(name: \"Node\") {{ {} }} }}", nested("possibleTypes { interfaces { ", "} } ", 5)),
        format!("{{ __schema {{ types {{ {} }} }} }}", nested("fields { type { ", "} } ", 10)),
    ] {
        assert_eq!(server.refusal(&query).0, "BAD_USER_INPUT");
    }
}
