//! Every refusal is said in the language of the request; its code is the same in both.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::published::{published, run_id};
use crate::support::{TestServer, agent};

/// One request that is refused.
enum Bad {
    Query(String, Value),
    Body(&'static str, String),
    Get(String),
    Accepting(&'static str, &'static str),
    Delete(&'static str),
    Key(&'static str),
    From(&'static str),
}

/// Status, `Content-Language` and body.
fn send(server: &TestServer, bad: &Bad, language: &str) -> (u16, String, Value) {
    let address = |path: &str| format!("{}{path}", server.url);
    let post = |content_type: &str, body: &str| {
        let request = agent().post(address("/graphql")).header("content-type", content_type);
        request.header("accept-language", language).send(body)
    };
    let get = |path: &str, header: (&str, &str)| {
        agent().get(address(path)).header("accept-language", language).header(header.0, header.1).call()
    };
    let answer = match bad {
        Bad::Query(query, variables) => {
            post("application/json", &json!({"query": query, "variables": variables}).to_string())
        }
        Bad::Body(content_type, body) => post(content_type, body),
        Bad::Get(path) => get(path, ("x-none", "1")),
        Bad::Accepting(path, accept) => get(path, ("accept", accept)),
        Bad::Delete(path) => agent().delete(address(path)).header("accept-language", language).call(),
        Bad::From(address) => get("/nothing", ("x-forwarded-for", address)),
        Bad::Key(path) => get(path, ("authorization", "Bearer dj_nobody_knows_this_one_0000000000000000000000")),
    };
    let mut answer = answer.expect("an answer");
    let said = answer.headers().get("content-language").map(|v| v.to_str().expect("text").to_owned());
    let body = answer.body_mut().read_to_string().expect("text");
    let json = serde_json::from_str(&body).unwrap_or_else(|e| panic!("{e}: {body}"));
    (answer.status().as_u16(), said.unwrap_or_default(), json)
}

fn has_hangul(text: &str) -> bool {
    text.chars().any(|c| ('가'..='힣').contains(&c))
}

fn bad_requests(server: &TestServer) -> Vec<Bad> {
    let economy = run_id(server, "ECONOMY", false);
    let mut all: Vec<Bad> = [
        "{ nothing }",
        "{ neighbourhoods(nothing: 1) { code } }",
        "{ neighbourhoods }",
        "{ neighbourhoods { code { code } } }",
        "{ node { id } }",
        "{ ...unknown }",
        "fragment f on Query { __typename } { __typename }",
        "query($n: Nothing) { __typename }",
        "{ neighbourhoods @nothing { code } }",
        "{ neighbourhoods",
        "query A { __typename } query B { __typename }",
        "{ a: neighbourhoods { code } a: analysisRuns { totalCount } }",
        "{ analysisRuns(first: 0) { totalCount } }",
        "{ analysisRuns(last: 101) { totalCount } }",
        "{ analysisRuns(first: 1, last: 1) { totalCount } }",
        "{ analysisRuns(after: \"forged\") { totalCount } }",
        "{ analysisRuns(first: \"x\") { totalCount } }",
        "{ wifiSites(run: \"x\") { totalCount } }",
        "{ wifiSites(run: \"x\", asOf: \"2026-01-20T00:00:00Z\") { totalCount } }",
        "{ wifiSites(asOf: \"yesterday\") { totalCount } }",
        "{ wifiSites(filter: {boundingBox: {west: 2, south: 1, east: 1, north: 2}}) { totalCount } }",
        "{ wifiSites(filter: {near: {longitude: 1, latitude: 1, meters: 0}}) { totalCount } }",
        "{ wifiSites(filter: {nothing: 1}) { totalCount } }",
        "{ wifiSites { nodes { point(precision: 9) } } }",
        "{ neighbourhoods { boundary(precision: 9) } }",
        "{ neighbourhoods { boundary(simplifyMeters: 0) } }",
        "{ wifiPlan { status } }",
        "{ wifiPlan(sites: 0) { status } }",
        "{ wifiPlan(sites: 1, budget: 1) { status } }",
        "{ wifiPlan(budget: 0) { status } }",
        "{ wifiPlan(sites: 1, options: {radiusM: 5}) { status } }",
        "{ wifiPlan(sites: 1, options: {hourWeights: [1]}) { status } }",
        "{ wifiPlan(sites: 1, options: {weekdayShare: 2}) { status } }",
        "{ wifiPlan(sites: 1, options: {requestWeight: -1}) { status } }",
        "{ wifiPlan(sites: 1, options: {requestKinds: [\"x\"]}) { status } }",
        "{ wifiPlan(sites: 1, options: {facilityKinds: []}) { status } }",
        "{ wifiPlan(sites: 1, options: {facilityKinds: [\"x\"]}) { status } }",
        "{ wifiPlan(sites: 1, options: {fixed: [\"x\"]}) { status } }",
        "{ wifiPlan(sites: 1, options: {minimumPerNeighbourhood: 51}) { status } }",
        "{ wifiPlan(sites: 1, options: {secondCoverShare: 1}) { status } }",
        "{ wifiPlan(sites: 1, options: {reachSteps: [{radiusM: 1, share: 1}]}) { status } }",
        "{ wifiPlan(sites: 1, options: {costs: [{kind: \"bus_stop\", won: 0}]}) { status } }",
        "{ wifiEquityCurve(sites: 1, upTo: 11) { minimum } }",
        "{ wifiCoverage(neighbourhood: \"1\") { reached { value } } }",
        "{ childcareSites(kind: ALL_DAY, input: {sites: -1}) { status } }",
        "{ explain(figure: \"x\") { method } }",
        "mutation { nothing }",
        "{ dataDemands { totalCount } }",
        "{ policyIdeas(filter: {state: WAITING}) { totalCount } }",
        "{ policyIdeas(filter: {call: \"x\"}) { totalCount } }",
        "mutation { moderatePolicyIdea(input: {idempotencyKey: \"abcdefgh\", idea: \"x\", decision: PUBLISH}) { userErrors { code } } }",
    ]
    .into_iter()
    .map(|query| Bad::Query(query.to_owned(), json!({})))
    .collect();
    all.extend([
        Bad::Query(format!("{{ wifiSites(run: \"{economy}\") {{ totalCount }} }}"), json!({})),
        Bad::Query("query($id: ID!) { node(id: $id) { id } }".to_owned(), json!({})),
        Bad::Query("query($n: Int) { analysisRuns(first: $n) { totalCount } }".to_owned(), json!({"n": "x"})),
        Bad::Query("query($n: [ID!]!) { nodes(ids: $n) { id } }".to_owned(), json!({"n": vec!["x"; 101]})),
        Bad::Query(format!("{{ {} }}", "a: __typename ".repeat(30)), json!({})),
        Bad::Query(format!("{{ {} }}", "neighbourhoods { ".repeat(80)), json!({})),
        Bad::Query("{ __typename ".repeat(3_000), json!({})),
        Bad::Body("text/plain", "{}".to_owned()),
        Bad::Body("application/json", "[]".to_owned()),
        Bad::Body("application/json", "{}".to_owned()),
        Bad::Body("application/json", format!("{{\"query\": \"{}\"}}", "x".repeat(3_000_000))),
        Bad::Get("/graphql?query=%7B__typename%7D&variables=x".to_owned()),
        Bad::Get("/graphql".to_owned()),
        Bad::Get("/graphql?query=mutation%7Bnothing%7D".to_owned()),
        Bad::Get("/nothing".to_owned()),
        Bad::Get("/page/nothing".to_owned()),
        Bad::Get("/docs/nothing".to_owned()),
        Bad::Get("/features/nothing.csv".to_owned()),
        Bad::Get("/features/wifi-sites.xlsx".to_owned()),
        Bad::Get("/tiles/nothing.json".to_owned()),
        Bad::Get("/tiles/wifi-sites/x/0/0.mvt".to_owned()),
        Bad::Get("/tiles/wifi-sites/1/2/0.mvt".to_owned()),
        Bad::Accepting("/graphql?query=%7B__typename%7D", "text/html"),
        Bad::Delete("/graphql"),
        Bad::Delete("/features"),
        Bad::Delete("/schema.graphql"),
        Bad::Key("/schema.graphql"),
    ]);
    let wrong = ["bbox=1,2", "near=1", "within=x", "neighbourhood=x", "precision=9", "run=x", "asOf=now", "lang=fr"];
    let parameters = wrong.into_iter().chain(["nothing=1"]);
    all.extend(parameters.map(|p| Bad::Get(format!("/features/wifi-sites.geojson?{p}"))));
    all.push(Bad::Get("/features/neighbourhoods.geojson?simplifyMeters=0".to_owned()));
    all
}

#[test]
fn every_refusal_is_said_in_the_language_of_the_request_with_one_code() {
    let Some(db) = published("every_refusal_is_said_in_the_language") else { return };
    let server = TestServer::start(db.settings_with(&[("DONGJAK_RATE_PER_MINUTE", "0")]));
    let mut wrong = Vec::new();
    for (n, bad) in bad_requests(&server).iter().enumerate() {
        let [korean, default, english] = ["ko", "fr", "en-GB"].map(|language| send(&server, bad, language));
        let errors = |answer: &(u16, String, Value)| answer.2["errors"].as_array().cloned().unwrap_or_default();
        let code = |answer: &(u16, String, Value)| answer.2["errors"][0]["extensions"]["code"].clone();
        let messages = |answer: &(u16, String, Value)| -> Vec<String> {
            errors(answer).iter().map(|e| e["message"].as_str().unwrap_or("").to_owned()).collect()
        };
        let sound = !messages(&korean).is_empty()
            && messages(&korean).iter().all(|m| has_hangul(m))
            && messages(&default) == messages(&korean)
            && messages(&english).iter().all(|m| !m.is_empty() && !has_hangul(m))
            && (korean.0, code(&korean)) == (english.0, code(&english))
            && code(&korean).is_string()
            && (korean.1.as_str(), english.1.as_str()) == ("ko", "en");
        if !sound {
            wrong.push(format!("{n}: {korean:?} {english:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_misspelt_name_is_told_where_it_stands_and_what_resembles_it() {
    let Some(db) = published("a_misspelt_name_is_told_where_it_stands") else { return };
    let server = db.serve();
    for (query, word, column) in [
        ("{ neighbourhood { code } }", "neighbourhoods", 3),
        ("{ neighbourhoods { kode } }", "code", 20),
        ("{ analysisRuns(frist: 1) { totalCount } }", "first", 16),
        ("{ node { id } }", "id", 3),
        ("{ neighbourhoods { code { x } } }", "String", 20),
        ("{ neighbourhoods }", "Neighbourhood", 3),
        ("{ ...f } fragment f on Query { wifiSites { totalCounts } }", "totalCount", 44),
    ] {
        for language in ["ko", "en"] {
            let (_, _, answer) = send(&server, &Bad::Query(query.to_owned(), json!({})), language);
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{query}: {answer}");
            assert_eq!(error["locations"][0]["column"], column, "{query}: {answer}");
            let message = error["message"].as_str().expect("a message");
            assert!(message.contains(word) && has_hangul(message) == (language == "ko"), "{query}: {message}");
        }
    }
}

#[test]
fn too_many_requests_are_told_so_in_one_language() {
    let Some(db) = published("too_many_requests_are_told_so") else { return };
    let server = TestServer::start(
        db.settings_with(&[("DONGJAK_RATE_PER_MINUTE", "1"), ("DONGJAK_TRUSTED_PROXIES", "127.0.0.1")]),
    );
    let ask = |language: &str| send(&server, &Bad::From("198.51.100.1"), language);
    let answers: Vec<_> = (0..4).flat_map(|_| ["ko", "en"].map(ask)).collect();
    let refused: Vec<_> = answers.iter().filter(|answer| answer.0 == 429).collect();
    for language in ["ko", "en"] {
        let (_, _, body) = refused.iter().find(|answer| answer.1 == language).unwrap_or_else(|| panic!("{answers:?}"));
        let message = body["errors"][0]["message"].as_str().expect("a message");
        assert_eq!(has_hangul(message), language == "ko", "{message}");
    }
}

/// What a client can meet is written in these rooms; each such sentence must have its Korean beside it.
#[test]
fn no_sentence_for_a_client_is_written_in_english_alone() {
    fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for path in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&source, &mut all);
    let for_clients = |path: &Path| {
        let name = path.strip_prefix(&source).expect("below src").to_string_lossy().into_owned();
        ["graphql/", "api/", "server/graphql/", "server/map/"].iter().any(|room| name.starts_with(room))
            || name.contains("/graphql")
            || name == "run/catalog.rs"
    };
    let mut alone = Vec::new();
    for path in all.iter().filter(|path| for_clients(path) && !path.ends_with("tests.rs")) {
        let text = std::fs::read_to_string(path).expect("a file");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        for (at, _) in code.match_indices("Error::bad_input(").chain(code.match_indices("Error::new(Kind")) {
            let rest = &code[at..];
            let end = rest.find([';', '}']).map_or(rest.len(), |end| end.max(500).min(rest.len()));
            let statement = &rest[..(0..=end).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(0)];
            let literal = rest.split_once('(').map_or("", |(_, inside)| inside.trim_start());
            let in_english = literal.starts_with('"') || literal.starts_with("format!") || literal.starts_with("Kind");
            let cut = (0..=700.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(0);
            let near = if statement.len() > cut { statement } else { &rest[..cut] };
            if in_english && !near.contains(".in_korean(") && !near.contains("both(") {
                alone.push(format!("{}: {:.100}", path.display(), rest.lines().take(2).collect::<String>()));
            }
        }
    }
    assert!(alone.is_empty(), "{}", alone.join("\n"));
}
