//! A request for Wi-Fi from the citizen who files it to the run that counts it.

use serde_json::{Value, json};

use crate::changes::{CITIZEN, From, INSIDE, ask, change, codes, serve};
use crate::support::command::{Folder, program};
use crate::support::{TestDatabase, TestServer, agent, database};

const WHOLE: &str = "receipt request { id kind byDepartment location reason filedAt state }";

fn input(key: &str, metres_east: f64) -> Value {
    // At this latitude a degree of longitude measures 88,400 m.
    json!({"idempotencyKey": key, "place": {"longitude": INSIDE.0 + metres_east / 88_400.0, "latitude": INSIDE.1}})
}

fn with(mut input: Value, more: Value) -> Value {
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    input
}

fn file(server: &TestServer, from: From<'_>, input: &Value) -> Value {
    change(server, from, "requestWifi", input, WHOLE)
}

fn ready(test: &str) -> Option<(TestDatabase, TestServer)> {
    let db = database(test)?.with_dongs();
    let server = serve(&db, &[("DONGJAK_CHANGES_PER_MINUTE", "0"), ("DONGJAK_CHANGES_PER_MINUTE_WITH_KEY", "0")]);
    Some((db, server))
}

#[test]
fn a_citizen_and_a_department_file_requests_and_each_is_told_what_was_filed() {
    let Some((db, server)) = ready("a_citizen_and_a_department_file_requests") else { return };
    let filed =
        file(&server, CITIZEN, &with(input("first-request", 0.0), json!({"reason": "  버스를 기다릴 때 느려요. "})));
    assert_eq!(codes(&filed), Vec::<String>::new());
    let request = &filed["request"];
    assert_eq!(
        (&request["kind"], &request["byDepartment"], &request["state"]),
        (&json!("WIFI"), &json!(false), &json!("OPEN"))
    );
    assert_eq!(request["location"], json!({"type": "Point", "coordinates": [INSIDE.0, INSIDE.1]}));
    assert_eq!(request["reason"], "버스를 기다릴 때 느려요.");
    let key = db.must(&["key", "create", "--label", "digital desk", "--scope", "write"]);
    let department = From { key: Some(&key), ..CITIZEN };
    let filed = file(&server, department, &with(input("second-request", 10.0), json!({"kind": "BUS_STOP"})));
    assert_eq!((&filed["request"]["kind"], &filed["request"]["byDepartment"]), (&json!("BUS_STOP"), &json!(true)));
    // A key without the scope is a citizen's.
    let portal = db.must(&["key", "create", "--label", "a portal"]);
    let filed = file(&server, From { key: Some(&portal), ..CITIZEN }, &input("third-request", 20.0));
    assert_eq!(filed["request"]["byDepartment"], false);
    assert_eq!(db.number("SELECT count(*) FROM filed_wifi_request WHERE requester = 'department'"), 1.0);
}

#[test]
fn what_is_wrong_with_a_request_is_told_field_by_field_in_the_language_of_the_request() {
    let Some((db, server)) = ready("what_is_wrong_with_a_request_is_told") else { return };
    let long = "가".repeat(1_001);
    for (more, code, field) in [
        (json!({"place": {"longitude": 200.0, "latitude": 37.5}}), "INVALID", json!(["input", "place"])),
        (json!({"place": {"longitude": 127.1, "latitude": 37.5}}), "OUTSIDE_DISTRICT", json!(["input", "place"])),
        // In the river: the boundaries that come with the project leave it out.
        (json!({"place": {"longitude": 126.96, "latitude": 37.52}}), "OUTSIDE_DISTRICT", json!(["input", "place"])),
        (json!({"reason": long}), "TOO_LONG", json!(["input", "reason"])),
        (json!({"contact": "x".repeat(201)}), "TOO_LONG", json!(["input", "contact"])),
        (json!({"idempotencyKey": "with space"}), "INVALID", json!(["input", "idempotencyKey"])),
    ] {
        let wrong = with(input("a-wrong-request", 0.0), more);
        let (english, korean) =
            (file(&server, CITIZEN, &wrong), file(&server, From { language: "ko", ..CITIZEN }, &wrong));
        assert_eq!(codes(&english), [code], "{english:#}");
        assert_eq!(
            (&english["userErrors"][0]["field"], &english["request"], &english["receipt"]),
            (&field, &Value::Null, &Value::Null)
        );
        let hangul = |answer: &Value| {
            answer["userErrors"][0]["message"].as_str().expect("words").chars().any(|c| ('가'..='힣').contains(&c))
        };
        assert!(hangul(&korean) && !hangul(&english), "{korean:#} {english:#}");
    }
    assert_eq!(db.number("SELECT count(*) FROM filed_wifi_request"), 0.0);
    // What does not fit the contract is no user error, and nothing runs.
    for wrong in ["requestWifi(input: {place: {longitude: 1, latitude: 1}}) { receipt }", "requestWifi { receipt }"] {
        let (_, _, answer) = ask(&server, CITIZEN, &format!("mutation {{ {wrong} }}"), &json!({}));
        assert!(answer["errors"][0]["extensions"]["code"].is_string() && answer["data"].is_null(), "{answer}");
    }
}

#[test]
fn without_boundaries_no_request_is_taken() {
    let Some(db) = database("without_boundaries_no_request_is_taken") else { return };
    let server = serve(&db, &[]);
    let refused = file(&server, CITIZEN, &input("nowhere-yet", 0.0));
    assert_eq!(codes(&refused), ["OUTSIDE_DISTRICT"]);
    assert!(refused["userErrors"][0]["message"].as_str().is_some_and(|m| m.contains("no boundaries yet")), "{refused}");
}

#[test]
fn one_sender_files_few_a_day_and_one_place_is_asked_for_by_twenty() {
    let Some((db, server)) = ready("one_sender_files_few_a_day") else { return };
    for n in 0..5 {
        let filed = file(&server, CITIZEN, &input(&format!("request-{n}"), 60.0 * f64::from(n)));
        assert_eq!(codes(&filed), Vec::<String>::new(), "{n}");
    }
    assert_eq!(codes(&file(&server, CITIZEN, &input("the-sixth-one", 400.0))), ["LIMIT_REACHED"]);
    // Near an own open request it is the same request; 49 m are near, 60 m are not.
    assert_eq!(codes(&file(&server, CITIZEN, &input("the-same-place", 49.0))), ["DUPLICATE"]);
    let neighbour = From { address: "198.51.100.8", ..CITIZEN };
    assert_eq!(codes(&file(&server, neighbour, &input("a-neighbour", 49.0))), Vec::<String>::new());
    // A day later the first sender may file again.
    db.must_sql("UPDATE personal.contribution SET filed_at = filed_at - interval '24 hours'");
    assert_eq!(codes(&file(&server, CITIZEN, &input("the-next-day", 400.0))), Vec::<String>::new());
    for n in 1..=20 {
        let address = format!("203.0.113.{n}");
        let from = From { address: &address, ..CITIZEN };
        assert_eq!(codes(&file(&server, from, &input("at-one-place", 600.0))), Vec::<String>::new(), "{n}");
    }
    let late = From { address: "203.0.113.99", ..CITIZEN };
    assert_eq!(codes(&file(&server, late, &input("at-one-place", 640.0))), ["LIMIT_REACHED"]);
    assert_eq!(codes(&file(&server, late, &input("at-another-place", 700.0))), Vec::<String>::new());
    let key = db.must(&["key", "create", "--label", "digital desk", "--scope", "write"]);
    assert_eq!(
        codes(&file(&server, From { key: Some(&key), ..late }, &input("of-a-desk", 600.0))),
        Vec::<String>::new()
    );
}

#[test]
fn a_request_is_withdrawn_by_its_receipt_alone_and_its_words_are_gone() {
    let Some((db, server)) = ready("a_request_is_withdrawn_by_its_receipt") else { return };
    let filed = file(
        &server,
        CITIZEN,
        &with(input("to-be-withdrawn", 0.0), json!({"reason": "여기 느려요", "contact": "me@example.com"})),
    );
    let receipt = filed["receipt"].as_str().expect("a receipt").to_owned();
    assert!(!db.dump().contains(&receipt), "the receipt itself is stored");
    let withdraw = |key: &str, receipt: &str| {
        let input = json!({"idempotencyKey": key, "receipt": receipt});
        change(
            &server,
            From { address: "203.0.113.1", ..CITIZEN },
            "withdrawWifiRequest",
            &input,
            "request { id state reason }",
        )
    };
    assert_eq!(codes(&withdraw("withdraw-1", "djr_nothing")), ["NOT_FOUND"]);
    let withdrawn = withdraw("withdraw-2", &format!(" {receipt}\n"));
    assert_eq!(withdrawn["request"], json!({"id": filed["request"]["id"], "state": "WITHDRAWN", "reason": null}));
    assert_eq!(withdraw("withdraw-2", &format!(" {receipt}\n")), withdrawn, "asked again it is told again");
    assert_eq!(codes(&withdraw("withdraw-3", &receipt)), ["CONFLICT"]);
    assert_eq!(
        db.number("SELECT count(*) FROM personal.contribution WHERE texts IS NOT NULL OR contact IS NOT NULL"),
        0.0
    );
    assert!(!db.must(&["requests", "list"]).contains("느려요"));
    // The place is free again for the sender, the count of the day is not.
    assert_eq!(codes(&file(&server, CITIZEN, &input("once-more", 0.0))), Vec::<String>::new());
    assert_eq!(db.number("SELECT count(*) FROM personal.contribution"), 2.0);
}

#[test]
fn a_run_counts_what_was_taken_and_an_older_run_is_computed_again_as_it_was() {
    let Some((db, server)) = ready("a_run_counts_what_was_taken") else { return };
    let folder = Folder::new();
    let (x, y) = INSIDE;
    let hours: String =
        (0..24).flat_map(|h| ["weekday", "weekend"].map(|d| format!("{d},{h},{x},{y},100\n"))).collect();
    db.must(&[
        "import",
        "floating-population",
        &folder.file("people.csv", format!("day_type,hour,lon,lat,people\n{hours}")),
    ]);
    db.must(&["import", "bus-stops", &folder.file("stops.csv", format!("id,name,lon,lat\n1,가,{x},{y}\n"))]);
    let requests = format!("requested_on,lon,lat\n2026-01-02,{x},{y}\n");
    db.must(&["import", "wifi-requests", &folder.file("requests.csv", requests)]);
    assert!(db.must(&["requests", "take"]).contains("Nobody has filed"));
    let served = || {
        db.must(&["analyze", "wifi", "--publish"]);
        server.data("{ wifiSites { nodes { requestsServed { value } } } }")["wifiSites"]["nodes"][0]["requestsServed"]["value"].clone()
    };
    assert_eq!(served(), 1.0, "the request of the file");
    let filed: Vec<Value> = (0..3)
        .map(|n| {
            let address = format!("203.0.113.{n}");
            file(&server, From { address: &address, ..CITIZEN }, &input("near-the-stop", f64::from(n)))
        })
        .collect();
    assert_eq!(served(), 1.0, "what nobody has looked at is not counted");
    assert!(db.must(&["requests", "list"]).contains("OPEN"));
    db.must(&["requests", "reject", "3", "--reason", "a trial"]);
    assert_ne!(db.run(&["requests", "reject", "3", "--reason", "twice"]).code, 0);
    let said = db.must(&["requests", "take"]);
    assert!(said.contains("holds 2 requests"), "{said}");
    assert!(db.must(&["requests", "take"]).contains("Nothing has changed"));
    assert_eq!(served(), 3.0, "one of the file and two that were taken");
    let receipt = json!({"idempotencyKey": "withdraw-it", "receipt": filed[0]["receipt"]});
    change(&server, CITIZEN, "withdrawWifiRequest", &receipt, "request { state }");
    assert_eq!(served(), 3.0, "a version never changes");
    db.must(&["requests", "take"]);
    assert_eq!(served(), 2.0);
    // The run that counted three is computed again from the versions that it names, bit by bit.
    db.must(&["analyze", "--reproduce", "3"]);
    let last = json!({"idempotencyKey": "withdraw-it-too", "receipt": filed[1]["receipt"]});
    change(&server, CITIZEN, "withdrawWifiRequest", &last, "request { state }");
    assert!(db.must(&["requests", "take"]).contains("holds 0 requests"));
    assert_eq!(served(), 1.0);
}

#[test]
fn neither_words_nor_addresses_nor_receipts_stand_in_the_log_however_much_it_says() {
    let Some((db, server)) = ready("neither_words_nor_addresses_nor_receipts_stand_in_the_log") else { return };
    drop(server);
    let folder = Folder::new();
    let log = folder.file("log", "");
    let mut child = program(&["serve"])
        .env("DATABASE_URL", &db.url)
        .envs([("PORT", "0"), ("DONGJAK_LOG", "debug"), ("DONGJAK_TRUSTED_PROXIES", "127.0.0.1")])
        .stderr(std::fs::File::create(&log).expect("a log"))
        .spawn()
        .expect("the program starts");
    let said = || std::fs::read_to_string(&log).expect("the log");
    let address = (0..100).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        said().split_once("answers at ").and_then(|(_, rest)| rest.split_whitespace().next().map(str::to_owned))
    });
    let ask = |input: &Value| {
        let query =
            "mutation($input: RequestWifiInput!) { requestWifi(input: $input) { receipt userErrors { code } } }";
        let mut answer = agent()
            .post(format!("{}/graphql", address.as_deref().expect("an address")))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", "198.51.100.77")
            .send(json!({"query": query, "variables": {"input": input}}).to_string())
            .expect("answers");
        let text = answer.body_mut().read_to_string().expect("text");
        serde_json::from_str::<Value>(&text).expect("JSON")["data"]["requestWifi"].clone()
    };
    let wish =
        with(input("a-key-for-the-log", 0.0), json!({"reason": "전화 010-1234-5678", "contact": "reach me at home"}));
    let filed = ask(&wish);
    assert_eq!(codes(&ask(&with(wish, json!({"idempotencyKey": "another-key-1"})))), ["DUPLICATE"]);
    // The database's own words about a failure hold the row that it refuses.
    db.must_sql("ALTER TABLE filed_wifi_request ADD CONSTRAINT none CHECK (number < 0) NOT VALID");
    let failed = ask(&with(input("a-key-that-fails", 100.0), json!({"reason": "전화 010-1234-5678"})));
    assert_eq!(failed, Value::Null);
    child.kill().and_then(|()| child.wait()).expect("the program ends");
    let log = said();
    assert!(log.contains("a resolver failed"), "the log says nothing: {log}");
    let receipt = filed["receipt"].as_str().expect("a receipt");
    for secret in ["010-1234-5678", "reach me at home", "198.51.100.77", receipt, "a-key-for-the-log"] {
        let line = log.lines().find(|line| line.contains(secret)).unwrap_or_default();
        assert!(line.is_empty(), "{secret} stands in the log: {line}");
    }
}

#[test]
fn personal_data_are_masked_in_answers_kept_apart_and_dropped_after_their_time() {
    let Some((db, server)) = ready("personal_data_are_masked_in_answers") else { return };
    let secrets = ["010-1234-5678", "hong@example.com", "reach me at home"];
    let reason = format!("전화는 {} 메일은 {}", secrets[0], secrets[1]);
    let wish = with(input("with-personal-data", 0.0), json!({"reason": reason, "contact": secrets[2]}));
    let filed = file(&server, CITIZEN, &wish);
    assert_eq!(filed["request"]["reason"], "전화는 [전화] 메일은 [이메일]");
    let mut shown = filed.to_string();
    shown.push_str(&file(&server, CITIZEN, &wish).to_string());
    shown.push_str(&db.must(&["requests", "list"]));
    shown.push_str(&db.must(&["audit", "list"]));
    for secret in secrets.into_iter().chain([CITIZEN.address]) {
        assert!(!shown.contains(secret), "{secret} is shown: {shown}");
    }
    // In the schema of what is served there is none of it either; apart, there is what is needed to answer the citizen.
    let dump = |schema: &str| {
        let output =
            std::process::Command::new("pg_dump").args(["--schema", schema, &db.url]).output().expect("pg_dump");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let (public, personal) = (dump("public"), dump("personal"));
    for secret in secrets {
        assert!(!public.contains(secret) && personal.contains(secret), "{secret}");
    }
    assert!(!public.contains(CITIZEN.address) && !personal.contains(CITIZEN.address), "the address is stored");
    db.must_sql("UPDATE personal.contribution SET filed_at = filed_at - interval '100 days'");
    assert!(db.must(&["drop-personal"]).contains(" 0 contributions"), "a year is kept without being asked");
    let said = db.must(&["drop-personal", "--retain-days", "99"]);
    assert!(said.contains(" 1 contributions"), "{said}");
    let personal = dump("personal");
    assert!(secrets.iter().all(|secret| !personal.contains(secret)));
    assert_eq!(db.number("SELECT count(*) FROM filed_wifi_request"), 1.0, "the request itself stays");
}
