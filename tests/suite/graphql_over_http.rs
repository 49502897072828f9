//! GraphQL over HTTP beyond the audits: what the library lets through, entity tags, persisted queries, languages.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::published::published;
use crate::support::{TestServer, agent, database};

/// Status, headers and body of a GET with these headers.
fn get(server: &TestServer, path: &str, headers: &[(&str, &str)]) -> (u16, ureq::http::HeaderMap, String) {
    let request = headers.iter().fold(agent().get(format!("{}{path}", server.url)), |r, (n, v)| r.header(*n, *v));
    let mut answer = request.call().expect("answers");
    let body = answer.body_mut().read_to_string().unwrap_or_default();
    (answer.status().as_u16(), answer.headers().clone(), body)
}

fn header(headers: &ureq::http::HeaderMap, name: &str) -> String {
    headers.get(name).map(|v| v.to_str().expect("text").to_owned()).unwrap_or_default()
}

#[test]
fn what_the_library_lets_through_is_refused_before_anything_runs() {
    let Some(db) = database("what_the_library_lets_through") else { return };
    // The database cannot be reached: whoever needed it would answer 503.
    let away = db.url.replace("dongjak_test_", "nobody_");
    let server =
        TestServer::start(dongjak_insight::config::Settings { database_url: Some(away), ..db.settings_with(&[]) });
    for query in [
        "{ wifiSites(filter: {boundingBox: {west: 1, west: 2, south: 1, east: 3, north: 2}}) { totalCount } }",
        "{ a: neighbourhoods { code } ...f } fragment f on Query { a: analysisRuns { totalCount } }",
        "{ neighbourhoods { a: code ...f } } fragment f on Neighbourhood { a: id }",
        "query($n: Int, $i: ID) { analysisRuns(first: $n) { totalCount } node(id: $i) { id } }",
        "{ economicSensitivity { nodes { weeks(from: \"2020-02-30\") { start } } } }",
        "{ wifiSites(asOf: \"yesterday\") { totalCount } }",
        "query($d: Date!) { economicSensitivity { nodes { weeks(from: $d) { start } } } }",
    ] {
        let body = json!({"query": query, "variables": {"i": "x"}}).to_string();
        let (status, text) = server.post(&body, "application/json");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(status, 200, "{query}: {text}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{query}: {text}");
        assert!(answer.get("data").is_none(), "{query}: {text}");
    }
    // The contract itself needs no database.
    assert_eq!(server.data("{ __schema { queryType { name } } }")["__schema"]["queryType"]["name"], "Query");
}

#[test]
fn a_hostile_document_is_refused_small_and_at_once() {
    let Some(db) = database("a_hostile_document_is_refused") else { return };
    let away = db.url.replace("dongjak_test_", "nobody_");
    let server =
        TestServer::start(dongjak_insight::config::Settings { database_url: Some(away), ..db.settings_with(&[]) });
    server.data("{ __typename }");
    let many = |n: usize, one: &dyn Fn(usize) -> String| (0..n).map(one).collect::<String>();
    let doubling = many(25, &|n| format!("fragment f{n} on Query{{...f{} ...f{}}}", n + 1, n + 1));
    let largest = 2_147_483_647;
    for (name, query) in [
        ("25 doubling fragments", format!("{{...f0}}{doubling}fragment f25 on Query{{__typename}}")),
        (
            "nested pages",
            format!(
                "{{ wifiSites(first: {largest}) {{ nodes {{ neighbourhood {{ economy {{ weeks {{ sales {{ provenance {{ sources {{ id }} }} }} }} }} }} }} }} }}"
            ),
        ),
        ("10,000 aliases", format!("{{{}}}", many(10_000, &|n| format!("a{n}:__typename ")))),
        ("20,000 directives", format!("{{ __typename {} }}", "@a ".repeat(20_000))),
        ("20,000 unknown fields", format!("{{{}}}", many(20_000, &|n| format!("x{n} ")))),
        ("2,000 root fields", format!("{{{}}}", "__typename ".repeat(2_000))),
        ("depth 200", format!("{}a{}", "{ a ".repeat(200), "}".repeat(200))),
        ("2 MB", format!("{{ __typename }} #{}", "x".repeat(2_000_000))),
    ] {
        let body = json!({"query": query}).to_string();
        // The best of three: another test may hold the processor.
        let (mut best, mut text) = (f64::INFINITY, String::new());
        for _ in 0..3 {
            let started = std::time::Instant::now();
            let (_, answer) = server.post(&body, "application/json");
            best = best.min(started.elapsed().as_secs_f64());
            text = answer;
        }
        let answer: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}: {text:.100}"));
        assert!(answer["errors"][0]["extensions"]["code"].is_string(), "{name}: {text:.200}");
        assert!(answer["errors"][0]["extensions"]["code"] != "DATABASE_UNAVAILABLE", "{name} asked the database");
        assert!(text.len() < 20_000, "{name}: the refusal has {} bytes", text.len());
        assert!(best < 0.05, "{name} took {best} s");
    }
}

#[test]
fn an_answer_has_a_strong_entity_tag_that_a_publication_changes_at_once() {
    let Some(db) = published("an_answer_has_a_strong_entity_tag") else { return };
    let server = db.serve();
    let other_instance = db.serve();
    let path = "/graphql?query=%7B%20wifiSites%20%7B%20totalCount%20%7D%20%7D";
    let (status, headers, body) = get(&server, path, &[]);
    let tag = header(&headers, "etag");
    assert!(status == 200 && tag.starts_with('"'), "{status} {tag} {body}");
    assert!(header(&headers, "cache-control").contains("max-age"), "the newest may be kept for a moment");
    let (status, headers, body) = get(&server, path, &[("If-None-Match", &format!("\"other\", {tag}"))]);
    assert_eq!((status, body.as_str(), header(&headers, "etag")), (304, "", tag.clone()));
    // The same question in another language has another tag.
    let (_, headers, _) = get(&server, path, &[("Accept-Language", "en")]);
    assert!(header(&headers, "vary").contains("Accept-Language"));
    db.must(&["publish", "8"]);
    for instance in [&server, &other_instance] {
        let (status, _, body) = get(instance, path, &[("If-None-Match", &tag)]);
        assert!(status == 200 && body.contains("\"totalCount\":0"), "{status} {body}");
    }
}

#[test]
fn a_pinned_run_is_revalidated_and_a_failure_is_never_kept() {
    let Some(db) = published("a_pinned_run_is_revalidated") else { return };
    let server = db.serve();
    let run = crate::support::published::run_id(&server, "WIFI", true);
    let pinned = format!("/graphql?query=%7BwifiSites(run:%22{run}%22)%7BtotalCount%7D%7D");
    let (status, headers, body) = get(&server, &pinned, &[]);
    assert_eq!((status, header(&headers, "cache-control")), (200, "public, no-cache".to_owned()), "{body}");
    let (_, headers, body) = get(&server, "/graphql?query=%7BwifiSites(first:0)%7BtotalCount%7D%7D", &[]);
    assert!(body.contains("BAD_USER_INPUT"), "{body}");
    assert_eq!((header(&headers, "cache-control"), header(&headers, "etag")), ("no-store".to_owned(), String::new()));
}

#[test]
fn kept_answers_outlive_the_database_and_say_how_old_they_are() {
    let Some(db) = published("kept_answers_outlive_the_database") else { return };
    let server = db.serve();
    let query = "{ wifiSites { totalCount } }";
    let before = server.data(query);
    db.lock_out(&server);
    let (status, text) = server.post(&json!({"query": query}).to_string(), "application/json");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((status, &answer["data"]), (200, &before), "{text}");
    assert_eq!(answer["extensions"]["stale"], true, "{text}");
    assert!(answer["extensions"]["ageSeconds"].is_u64(), "{text}");
    let new = json!({"query": "{ wifiSites(first: 1) { totalCount } }"}).to_string();
    let (status, text) = server.post(&new, "application/json");
    assert!(status == 503 && text.contains("DATABASE_UNAVAILABLE"), "{status} {text}");
    db.let_in();
    let fresh = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        server.post(&new, "application/json").0 == 200
    });
    assert!(fresh, "the server does not find the database again");
    assert!(server.ask(query)["extensions"].get("stale").is_none());
}

#[test]
fn a_persisted_query_is_registered_once_and_then_asked_by_its_digest() {
    let Some(db) = database("a_persisted_query_is_registered_once") else { return };
    let server = db.serve();
    let query = "query($n:Int){analysisRuns(first:$n){totalCount}}";
    let digest: String = Sha256::digest(query).iter().map(|b| format!("{b:02x}")).collect();
    let extensions = json!({"persistedQuery": {"version": 1, "sha256Hash": digest}});
    let by_digest = json!({"extensions": extensions, "variables": {"n": 1}}).to_string();
    let (_, text) = server.post(&by_digest, "application/json");
    assert!(text.contains("PersistedQueryNotFound") && text.contains("PERSISTED_QUERY_NOT_FOUND"), "{text}");
    let wrong = json!({"query": "{ __typename }", "extensions": extensions}).to_string();
    assert!(server.post(&wrong, "application/json").1.contains("BAD_USER_INPUT"));
    let unsound = "{ nonsense(";
    let unsound_digest: String = Sha256::digest(unsound).iter().map(|b| format!("{b:02x}")).collect();
    let register = |query: &str, digest: &str| {
        let body = json!({"query": query, "variables": {"n": 1}, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}});
        server.post(&body.to_string(), "application/json").1
    };
    assert!(register(query, &digest).contains("totalCount"));
    register(unsound, &unsound_digest);
    let path = format!(
        "/graphql?variables=%7B%22n%22:1%7D&extensions=%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{digest}%22%7D%7D"
    );
    let (status, _, text) = get(&server, &path, &[]);
    assert!(status == 200 && text.contains("totalCount"), "{status} {text}");
    let (_, _, text) = get(&server, &path.replace(&digest, &unsound_digest), &[]);
    assert!(text.contains("PersistedQueryNotFound"), "what does not parse is not remembered: {text}");
}

#[test]
fn the_content_says_its_language_and_an_argument_beats_the_header() {
    let Some(db) = published("the_content_says_its_language") else { return };
    let server = db.serve();
    let ask = |query: &str, language: &str| {
        let (_, headers, body) = get(&server, &format!("/graphql?query={query}"), &[("Accept-Language", language)]);
        (header(&headers, "content-language"), body)
    };
    let (language, body) = ask("%7Bneighbourhoods%7Bname%7D%7D", "en");
    assert!(language == "en" && body.contains("Noryangjin"), "{language} {body}");
    let (language, body) = ask("%7Bneighbourhoods%7Bname(lang:KO)%7D%7D", "en");
    assert!(language == "ko" && body.contains("노량진"), "{language} {body}");
    let (language, _) = ask("%7Bneighbourhoods%7Bname(lang:KO)a:name(lang:EN)%7D%7D", "en");
    assert_eq!(language, "ko, en");
    let (language, body) = ask("%7BwifiSites(first:0)%7BtotalCount%7D%7D", "ko");
    assert!(language == "ko" && body.contains("BAD_USER_INPUT"), "{language} {body}");
    let korean = ask("query(%24n:Int!)%7BanalysisRuns(first:%24n)%7BtotalCount%7D%7D", "ko").1;
    let english = ask("query(%24n:Int!)%7BanalysisRuns(first:%24n)%7BtotalCount%7D%7D", "en").1;
    assert!(korean.contains("변수 $n") && english.contains("The variable $n"), "{korean} {english}");
}

#[test]
fn the_draft_profile_answers_422_and_400_where_the_audited_one_answers_400() {
    let Some(db) = database("the_draft_profile") else { return };
    for (profile, syntax, document) in [("audit", 400, 400), ("draft", 400, 422)] {
        let server = TestServer::start(db.settings_with(&[("DONGJAK_GRAPHQL_HTTP", profile)]));
        let status = |query: &str| {
            get(&server, &format!("/graphql?query={query}"), &[("Accept", "application/graphql-response+json")]).0
        };
        assert_eq!((status("%7B"), status("%7Bnothing%7D")), (syntax, document), "{profile}");
        assert_eq!(status("%7BwifiSites%7BtotalCount%7D%7D"), 200, "{profile}");
        // One field fails, another is answered.
        let partial = status("%7BneighbourhoodsX:neighbourhoods%7Bcode%7DanalysisRuns(first:0)%7BtotalCount%7D%7D");
        assert_eq!(partial, if profile == "draft" { 294 } else { 200 });
    }
}

#[test]
fn every_answer_tells_its_cost_and_the_limit_is_a_setting() {
    let Some(db) = database("every_answer_tells_its_cost") else { return };
    let server = TestServer::start(db.settings_with(&[("DONGJAK_MAX_COST", "30")]));
    let answer = server.ask("{ analysisRuns(first: 7) { nodes { id } } }");
    assert_eq!(answer["extensions"]["cost"]["requested"], 14, "{answer}");
    assert_eq!(answer["extensions"]["cost"]["limit"], 30);
    let (code, message) = server.refusal("{ analysisRuns(first: 16) { nodes { id } } }");
    assert!(code == "BAD_USER_INPUT" && message.contains("30"), "{code} {message}");
}

#[test]
fn the_work_for_a_client_that_has_left_stops() {
    let Some(db) = published("the_work_for_a_client_that_has_left_stops") else { return };
    let server = db.serve();
    let counted = || {
        let (_, metrics) = server.get("/metrics");
        let of = |line: &str| line.split(' ').nth(1).and_then(|n| n.parse::<f64>().ok());
        metrics.lines().filter(|l| l.starts_with("dongjak_graphql_requests_total")).filter_map(of).sum::<f64>()
    };
    let before = counted();
    // Nobody reads the sites while this transaction is open; the request gives up after half a second of waiting.
    let mut conn = db.connect();
    diesel::connection::SimpleConnection::batch_execute(
        &mut conn,
        "BEGIN; LOCK TABLE wifi_site IN ACCESS EXCLUSIVE MODE",
    )
    .expect("the lock");
    let body = json!({"query": "{ wifiSites { totalCount } }"}).to_string();
    let send = |stays: bool| {
        use std::io::{Read, Write};
        let address = server.url.trim_start_matches("http://");
        let mut stream = std::net::TcpStream::connect(address).expect("connects");
        write!(
            stream,
            "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("sends");
        std::thread::sleep(std::time::Duration::from_millis(150));
        if stays {
            let _ = stream.read(&mut [0; 64]);
        }
    };
    send(false);
    std::thread::sleep(std::time::Duration::from_millis(1_000));
    assert_eq!(counted(), before, "the request was worked on to its end");
    send(true);
    assert_eq!(counted(), before + 1.0, "one that stays is answered");
}

#[test]
fn every_audit_of_graphql_over_http_is_passed() {
    let name = "every_audit_of_graphql_over_http_is_passed";
    let Some(db) = database(name) else { return };
    let server = db.serve();
    let root = env!("CARGO_MANIFEST_DIR");
    let audit = std::process::Command::new(format!("{root}/script/audit"))
        .arg(format!("{}/graphql", server.url))
        .output()
        .expect("the script starts");
    if audit.status.code() == Some(3) {
        return crate::support::not_run(name, String::from_utf8_lossy(&audit.stderr).trim());
    }
    let said = String::from_utf8_lossy(&audit.stdout);
    assert!(audit.status.success() && said.contains("61 of 61"), "{said}{}", String::from_utf8_lossy(&audit.stderr));
}
