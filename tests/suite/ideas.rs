//! Ideas in a call, what is decided about them, and what departments need.

use serde_json::{Value, json};

use crate::changes::{CITIZEN, From, ask, change, codes, serve};
use crate::support::{TestDatabase, TestServer, database};

const IDEA: &str = "receipt idea { id call topic title description publicData privateData state note decidedAt }";

fn ready(test: &str) -> Option<(TestDatabase, TestServer)> {
    let db = database(test)?;
    let server = serve(&db, &[("DONGJAK_CHANGES_PER_MINUTE", "0"), ("DONGJAK_CHANGES_PER_MINUTE_WITH_KEY", "0")]);
    Some((db, server))
}

fn open_call(db: &TestDatabase) {
    let call = ["call", "open", "--title-ko", "빅데이터 정책 아이디어 공모", "--title-en", "Ideas from data"];
    db.must(&[&call[..], &["--opens", "2026-01-01", "--closes", "2099-12-31"]].concat());
}

fn idea(key: &str, topic: &str) -> Value {
    json!({"idempotencyKey": key, "topic": topic, "title": format!("{topic} 생각"), "description": "밤길에 불을 켠다.",
           "publicData": ["생활인구", "보안등"], "privateData": ["카드매출"]})
}

fn with(mut input: Value, more: Value) -> Value {
    for (name, value) in more.as_object().expect("an object") {
        input[name] = value.clone();
    }
    input
}

/// Titles of the public list.
fn shown(server: &TestServer, filter: &str) -> Vec<String> {
    let answer = server.data(&format!("{{ policyIdeas{filter} {{ totalCount nodes {{ title }} }} }}"));
    let nodes = answer["policyIdeas"]["nodes"].as_array().expect("ideas");
    assert_eq!(answer["policyIdeas"]["totalCount"].as_u64(), Some(nodes.len() as u64));
    nodes.iter().map(|node| node["title"].as_str().expect("a title").to_owned()).collect()
}

#[test]
fn an_idea_is_taken_while_a_call_is_open_and_shown_when_the_district_has_decided() {
    let Some((db, server)) = ready("an_idea_is_taken_while_a_call_is_open") else { return };
    let submit = |input: &Value| change(&server, CITIZEN, "submitPolicyIdea", input, IDEA);
    assert_eq!(codes(&submit(&idea("before-any-call", "SAFETY"))), ["CLOSED"]);
    open_call(&db);
    let calls =
        server.data("{ policyIdeaCalls { id title(lang: EN) opensOn closesOn isOpen } }")["policyIdeaCalls"].clone();
    let call = &calls[0]["id"];
    assert_eq!(
        calls,
        json!([{"id": call, "title": "Ideas from data", "opensOn": "2026-01-01", "closesOn": "2099-12-31", "isOpen": true}])
    );
    let filed = submit(&idea("the-first-idea", "SAFETY"));
    assert_eq!(codes(&filed), Vec::<String>::new());
    let expected = json!({"id": filed["idea"]["id"], "call": call, "topic": "SAFETY", "title": "SAFETY 생각", "description": "밤길에 불을 켠다.",
        "publicData": ["생활인구", "보안등"], "privateData": ["카드매출"], "state": "WAITING", "note": null, "decidedAt": null});
    assert_eq!(filed["idea"], expected);
    assert_eq!(submit(&idea("the-first-idea", "SAFETY")), filed);
    let other = submit(&with(idea("the-other-idea", "DIGITAL"), json!({"call": call})));
    assert_eq!(shown(&server, ""), Vec::<String>::new(), "nobody has looked at them yet");
    let admin = db.must(&["key", "create", "--label", "planning office", "--scope", "admin"]);
    let admin = From { key: Some(&admin), ..CITIZEN };
    let decide = |key: &str, idea: &Value, decision: &str| {
        let input = json!({"idempotencyKey": key, "idea": idea["idea"]["id"], "decision": decision, "note": "문의 02-820-1234"});
        change(&server, admin, "moderatePolicyIdea", &input, "idea { title state note decidedAt }")
    };
    let published = decide("decision-1", &filed, "PUBLISH");
    assert_eq!((&published["idea"]["state"], &published["idea"]["note"]), (&json!("PUBLISHED"), &json!("문의 [전화]")));
    assert_eq!(codes(&decide("decision-2", &filed, "PUBLISH")), ["CONFLICT"]);
    assert_eq!(codes(&decide("decision-3", &json!({"idea": {"id": "x"}}), "PUBLISH")), ["NOT_FOUND"]);
    assert_eq!(shown(&server, ""), ["SAFETY 생각"]);
    decide("decision-4", &other, "PUBLISH");
    assert_eq!(shown(&server, ""), ["DIGITAL 생각", "SAFETY 생각"], "the newest decision comes first");
    assert_eq!(shown(&server, "(filter: {topics: [SAFETY]})"), ["SAFETY 생각"]);
    assert_eq!(shown(&server, &format!("(filter: {{call: {call}}})")).len(), 2);
    assert_eq!(shown(&server, "(filter: {call: \"UG9saWN5SWRlYUNhbGw6OTk\"})"), Vec::<String>::new(), "call 99");
    decide("decision-5", &filed, "DECLINE");
    assert_eq!(shown(&server, ""), ["DIGITAL 생각"]);
    let receipt = json!({"idempotencyKey": "withdraw-1", "receipt": other["receipt"]});
    let withdrawn = change(&server, CITIZEN, "withdrawPolicyIdea", &receipt, "idea { state }");
    assert_eq!(withdrawn["idea"]["state"], "WITHDRAWN");
    assert_eq!(shown(&server, ""), Vec::<String>::new());
    assert_eq!(codes(&decide("decision-6", &other, "PUBLISH")), ["CONFLICT"], "withdrawn is withdrawn");
    let again = json!({"idempotencyKey": "withdraw-2", "receipt": "djr_nothing"});
    assert_eq!(codes(&change(&server, CITIZEN, "withdrawPolicyIdea", &again, "idea { state }")), ["NOT_FOUND"]);
    // A call that has closed takes no more.
    db.must(&["call", "close", "1", "--on", "2026-01-31"]);
    assert_eq!(codes(&submit(&with(idea("after-the-call", "SAFETY"), json!({"call": call})))), ["CLOSED"]);
    assert_eq!(codes(&submit(&with(idea("another-call", "SAFETY"), json!({"call": "x"})))), ["NOT_FOUND"]);
    assert_eq!(server.data("{ policyIdeaCalls { isOpen } }")["policyIdeaCalls"], json!([{"isOpen": false}]));
    assert_ne!(db.run(&["call", "close", "1", "--on", "2025-12-31"]).code, 0, "before it has opened");
    let list = db.must(&["audit", "list"]);
    for action in ["open a call", "close a call", "submitPolicyIdea", "moderatePolicyIdea", "withdrawPolicyIdea"] {
        assert!(list.contains(action), "{action}: {list}");
    }
}

#[test]
fn pages_of_ideas_follow_each_other_and_a_cursor_of_an_older_list_is_refused() {
    let Some((db, server)) = ready("pages_of_ideas_follow_each_other") else { return };
    open_call(&db);
    let admin = db.must(&["key", "create", "--label", "planning office", "--scope", "admin"]);
    let admin = From { key: Some(&admin), ..CITIZEN };
    let publish = |n: usize| {
        let filed =
            change(&server, admin, "submitPolicyIdea", &idea(&format!("idea-number-{n}"), "CULTURE"), "idea { id }");
        let input =
            json!({"idempotencyKey": format!("decision-{n}"), "idea": filed["idea"]["id"], "decision": "PUBLISH"});
        change(&server, admin, "moderatePolicyIdea", &input, "idea { id }")["idea"]["id"].clone()
    };
    let mut all: Vec<Value> = (0..5).map(publish).collect();
    all.reverse();
    let page = |arguments: &str| {
        server.ask(&format!(
            "{{ policyIdeas({arguments}) {{ edges {{ cursor node {{ id }} }} pageInfo {{ hasNextPage }} }} }}"
        ))
    };
    let first = page("first: 2")["data"]["policyIdeas"].clone();
    let cursor = first["edges"][1]["cursor"].as_str().expect("a cursor").to_owned();
    let rest = page(&format!("first: 9, after: \"{cursor}\""))["data"]["policyIdeas"].clone();
    let ids = |page: &Value| {
        page["edges"].as_array().expect("edges").iter().map(|e| e["node"]["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!([ids(&first), ids(&rest)].concat(), all);
    assert_eq!((&first["pageInfo"]["hasNextPage"], &rest["pageInfo"]["hasNextPage"]), (&json!(true), &json!(false)));
    publish(5);
    assert_eq!(page(&format!("first: 9, after: \"{cursor}\""))["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(page("first: 101")["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[test]
fn what_is_wrong_with_an_idea_is_told_field_by_field_and_one_sender_files_few_a_day() {
    let Some((db, server)) = ready("what_is_wrong_with_an_idea_is_told") else { return };
    open_call(&db);
    let submit = |input: &Value| change(&server, CITIZEN, "submitPolicyIdea", input, IDEA);
    for (more, code, field) in [
        (json!({"title": "  "}), "BLANK", json!(["input", "title"])),
        (json!({"title": "가".repeat(201)}), "TOO_LONG", json!(["input", "title"])),
        (json!({"description": ""}), "BLANK", json!(["input", "description"])),
        (json!({"description": "가".repeat(5_001)}), "TOO_LONG", json!(["input", "description"])),
        (json!({"publicData": []}), "BLANK", json!(["input", "publicData"])),
        (json!({"privateData": ["a", " "]}), "BLANK", json!(["input", "privateData", "1"])),
        (json!({"privateData": vec!["a"; 21]}), "TOO_LONG", json!(["input", "privateData"])),
        (json!({"contact": "x".repeat(201)}), "TOO_LONG", json!(["input", "contact"])),
    ] {
        let refused = submit(&with(idea("a-wrong-idea", "OTHER"), more));
        assert_eq!((codes(&refused), &refused["userErrors"][0]["field"]), (vec![code.to_owned()], &field));
        assert!(refused["userErrors"][0]["message"].as_str().is_some_and(|m| !m.is_empty()));
    }
    let two = submit(&with(idea("a-wrong-idea", "OTHER"), json!({"title": "", "description": ""})));
    assert_eq!(codes(&two), ["BLANK", "BLANK"], "every fault is told at once");
    for n in 0..3 {
        assert!(codes(&submit(&idea(&format!("idea-number-{n}"), "OTHER"))).is_empty());
    }
    assert_eq!(codes(&submit(&idea("idea-number-3", "OTHER"))), ["LIMIT_REACHED"]);
    assert_eq!(db.number("SELECT count(*) FROM policy_idea"), 3.0);
}

#[test]
fn only_the_right_key_decides_reads_what_waits_and_files_or_reads_demands() {
    let Some((db, server)) = ready("only_the_right_key_decides") else { return };
    let keys = ["read-internal", "write", "analyse", "admin"]
        .map(|scope| (scope, db.must(&["key", "create", "--label", scope, "--scope", scope])));
    let may = |query: &str, key: Option<&str>| {
        let (_, _, answer) = ask(&server, From { key, ..CITIZEN }, query, &json!({}));
        match answer["errors"][0]["extensions"]["code"].as_str() {
            None => true,
            Some("RESTRICTED") => false,
            Some(other) => panic!("{other}: {answer}"),
        }
    };
    for (query, allowed) in [
        (
            "mutation { moderatePolicyIdea(input: {idempotencyKey: \"abcdefgh\", idea: \"x\", decision: PUBLISH}) { userErrors { code } } }",
            &["admin"][..],
        ),
        ("{ policyIdeas(filter: {state: WAITING}) { totalCount } }", &["admin"]),
        ("{ policyIdeas(filter: {state: DECLINED}) { totalCount } }", &["admin"]),
        ("{ dataDemands { totalCount } }", &["read-internal", "admin"]),
        (
            "mutation { submitDataDemand(input: {idempotencyKey: \"abcdefgh\", department: \"\", title: \"\", purpose: \"\", data: [], analysis: \"\"}) { userErrors { code } } }",
            &["write", "admin"],
        ),
    ] {
        assert!(!may(query, None), "anybody: {query}");
        for (scope, key) in &keys {
            assert_eq!(may(query, Some(key)), allowed.contains(scope), "{scope}: {query}");
        }
    }
    assert_eq!(
        db.number("SELECT count(*) FROM audit_log WHERE actor LIKE 'key %'"),
        0.0,
        "what was refused has changed nothing"
    );
}

#[test]
fn a_department_says_what_it_needs_and_signed_in_users_read_it() {
    let Some((db, server)) = ready("a_department_says_what_it_needs") else { return };
    let write = db.must(&["key", "create", "--label", "traffic desk", "--scope", "write"]);
    let read = db.must(&["key", "create", "--label", "data desk", "--scope", "read-internal"]);
    let desk = From { key: Some(&write), ..CITIZEN };
    let demand = |key: &str, title: &str| {
        let input = json!({"idempotencyKey": key, "department": "교통행정과", "title": title, "purpose": "불법주정차 민원 02-820-9999",
            "data": ["주정차 단속", "민원"], "analysis": "시간대별 집중 지역", "neededOn": "2027-03-31", "contact": "park@example.com"});
        change(
            &server,
            desk,
            "submitDataDemand",
            &input,
            "demand { id department title purpose data analysis neededOn }",
        )
    };
    let filed = demand("demand-1", "단속 지점");
    assert_eq!(codes(&filed), Vec::<String>::new());
    let expected = json!({"id": filed["demand"]["id"], "department": "교통행정과", "title": "단속 지점", "purpose": "불법주정차 민원 [전화]",
        "data": ["주정차 단속", "민원"], "analysis": "시간대별 집중 지역", "neededOn": "2027-03-31"});
    assert_eq!(filed["demand"], expected);
    assert_eq!(demand("demand-1", "단속 지점"), filed);
    assert_eq!(codes(&demand("demand-1", "다른 제목")), ["IDEMPOTENCY_KEY_REUSED"]);
    demand("demand-2", "보행량");
    let query = "{ dataDemands(first: 1) { totalCount nodes { title purpose } edges { cursor } } }";
    let (_, headers, answer) = ask(&server, From { key: Some(&read), ..CITIZEN }, query, &json!({}));
    let list = &answer["data"]["dataDemands"];
    assert_eq!((&list["totalCount"], &list["nodes"][0]["title"]), (&json!(2), &json!("보행량")), "{answer}");
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!answer.to_string().contains("park@example.com"));
    let input = json!({"idempotencyKey": "demand-3", "department": "", "title": "x", "purpose": "x", "data": [], "analysis": "x".repeat(5_001)});
    assert_eq!(
        codes(&change(&server, desk, "submitDataDemand", &input, "demand { id }")),
        ["BLANK", "BLANK", "TOO_LONG"]
    );
}

#[test]
fn personal_data_in_an_idea_are_masked_wherever_it_is_shown() {
    let Some((db, server)) = ready("personal_data_in_an_idea_are_masked") else { return };
    open_call(&db);
    let admin = db.must(&["key", "create", "--label", "planning office", "--scope", "admin"]);
    let admin = From { key: Some(&admin), ..CITIZEN };
    let input = with(
        idea("with-personal-data", "WELFARE"),
        json!({"title": "연락 010-1234-5678", "description": "메일 hong@example.com", "publicData": ["목록 010-2222-3333"],
               "privateData": ["http://example.com/kim"], "contact": "010-9999-8888"}),
    );
    let filed = change(&server, CITIZEN, "submitPolicyIdea", &input, IDEA);
    let decision = json!({"idempotencyKey": "decision-1", "idea": filed["idea"]["id"], "decision": "PUBLISH"});
    change(&server, admin, "moderatePolicyIdea", &decision, "idea { id }");
    let list = server.data("{ policyIdeas { nodes { title description publicData privateData } } }");
    assert_eq!(
        list["policyIdeas"]["nodes"],
        json!([{"title": "연락 [전화]", "description": "메일 [이메일]", "publicData": ["목록 [전화]"], "privateData": ["[링크]"]}])
    );
    let dump = std::process::Command::new("pg_dump").args(["--schema", "public", &db.url]).output().expect("pg_dump");
    let dump = String::from_utf8(dump.stdout).expect("UTF-8");
    for secret in
        ["010-1234-5678", "hong@example.com", "010-2222-3333", "example.com/kim", "010-9999-8888", CITIZEN.address]
    {
        assert!(!dump.contains(secret) && !filed.to_string().contains(secret), "{secret}");
    }
}
