//! The number of SQL statements of an answer does not grow with its rows.

use std::collections::BTreeMap;
use std::sync::{Mutex, Once};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

use crate::demo::demo;
use crate::support::TestServer;

/// Statements by the address of the database; tests run side by side, each on its own.
static COUNTS: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());
static COUNTING: Once = Once::new();

fn counter() -> Option<Box<dyn Instrumentation>> {
    let mut address = String::new();
    Some(Box::new(move |event: InstrumentationEvent<'_>| match event {
        InstrumentationEvent::StartEstablishConnection { url, .. } => address = url.to_owned(),
        InstrumentationEvent::StartQuery { .. } => {
            *COUNTS.lock().expect("counts").entry(address.clone()).or_default() += 1;
        }
        _ => {}
    }))
}

fn counted(address: &str) -> usize {
    COUNTS.lock().expect("counts").get(address).copied().unwrap_or(0)
}

/// Statements of one answer that nobody has asked for before: the least of three, for the server also looks on its own
/// whether something was published. Each time another alias, so that no kept answer is served.
fn statements(server: &TestServer, address: &str, query: &str, asked: &mut usize) -> usize {
    let once = |asked: &mut usize| {
        *asked += 1;
        let before = counted(address);
        let answer = server.ask(&query.replace("{ list:", &format!("{{ list{asked}:")));
        assert!(answer["errors"].is_null(), "{:#}", answer["errors"]);
        counted(address) - before
    };
    (0..3).map(|_| once(asked)).min().unwrap_or(0)
}

#[test]
fn neither_more_rows_nor_more_neighbourhoods_need_more_statements() {
    COUNTING.call_once(|| set_default_instrumentation(counter).expect("nobody else counts"));
    let Some(db) = demo("neither_more_rows_nor_more_neighbourhoods_need_more_statements") else { return };
    let server = db.serve();
    let address = db.url.clone();
    let mut asked = 0;
    let place = "code name boundary economy { sensitivity { value } weeks { start sales { value } } } \
        childcare { mentions { value } } structure { quarters { sales { value } } } markets { name } \
        wifi { sites { value } best { rank neighbourhood { code } } }";
    let lists = [
        (
            "economicSensitivity",
            "",
            "sensitivity { id value provenance { run { id } } } neighbourhood { code wifi { sites { value } } } industry { name }",
        ),
        (
            "economySales",
            "filter: {scope: INDUSTRY_IN_NEIGHBOURHOOD}, ",
            "neighbourhood { code } periods { sales { value } }",
        ),
        ("economicStructure", "", "neighbourhood { code } quarters { ticket { value } }"),
        ("wifiSites", "", "rank location neighbourhood { code economy { sensitivity { value } } } facility { kind }"),
        ("childcareSentiment", "", "neighbourhood { code } mentions { value }"),
        ("childcareAccess", "", "neighbourhood { code } accessibility { value }"),
        ("datasets", "", "dataset sha256"),
        ("analysisRuns", "", "id inputs { dataset }"),
    ];
    for (field, filter, selection) in lists {
        let mut of = |first: usize| {
            let query = format!("{{ list: {field}({filter}first: {first}) {{ nodes {{ {selection} }} }} }}");
            statements(&server, &address, &query, &mut asked)
        };
        // What is kept with a run is read now; and the first row may be the district, which has no neighbourhood.
        let _warm = of(15);
        let (few, many) = (of(3), of(20));
        assert!(many <= few, "{field}: {few} statements for three rows, {many} for twenty");
    }
    let all = server.data("{ neighbourhoods { code } }");
    let codes: Vec<&str> =
        all["neighbourhoods"].as_array().expect("neighbourhoods").iter().filter_map(|n| n["code"].as_str()).collect();
    assert_eq!(codes.len(), 15);
    let mut of = |some: &[&str]| {
        let query = format!("{{ list: neighbourhoods(codes: {some:?}) {{ {place} }} }}");
        statements(&server, &address, &query, &mut asked)
    };
    let _warm = of(&codes[..1]);
    let (one, fifteen) = (of(&codes[..1]), of(&codes));
    assert!(fifteen <= one, "{one} statements for one neighbourhood, {fifteen} for fifteen");
    assert!(counted(&address) > 10, "the counter counts");
}
