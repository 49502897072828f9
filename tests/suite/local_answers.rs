//! Structure, markets, use of merchants, policies by other outcomes, and where to act: every argument changes the answer,
//! known by pencil from `support/published.sql`; then one walk from files to answers.

use serde_json::{Value, json};

use crate::support::command::Folder;
use crate::support::published::{publish, run_id};
use crate::support::{TestServer, database};

fn rows(server: &TestServer, field: &str, arguments: &str, selection: &str) -> Vec<Value> {
    let arguments = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
    let answer = server.data(&format!("{{ {field}{arguments} {{ nodes {{ {selection} }} }} }}"));
    answer[field]["nodes"].as_array().expect("rows").clone()
}

/// The first two rows one by one from both ends, the older run by name and by time, and nothing before the first.
fn pages_and_runs(server: &TestServer, field: &str, selection: &str, first: &Value, second: &Value, older: &Value) {
    let page = |arguments: &str| {
        let answer =
            server.data(&format!("{{ {field}({arguments}) {{ nodes {{ {selection} }} pageInfo {{ endCursor }} }} }}"));
        let cursor = answer[field]["pageInfo"]["endCursor"].as_str().unwrap_or_default().to_owned();
        (answer[field]["nodes"][0].clone(), cursor)
    };
    let (row, cursor) = page("first: 1");
    assert_eq!(row, *first, "{field}");
    let (row, end) = page(&format!("first: 1, after: \"{cursor}\""));
    assert_eq!(row, *second, "{field}");
    assert_eq!(page(&format!("last: 1, before: \"{end}\"")).0, *first, "{field}");
    let old = run_id(server, "ECONOMY", false);
    assert_eq!(rows(server, field, &format!("run: \"{old}\""), selection), std::slice::from_ref(older), "{field}");
    assert_eq!(
        rows(server, field, "asOf: \"2026-01-20T00:00:00+09:00\"", selection),
        std::slice::from_ref(older),
        "{field}"
    );
    let before = server.data(&format!("{{ {field}(asOf: \"2026-01-01T00:00:00Z\") {{ totalCount }} }}"));
    assert_eq!(before[field], Value::Null, "{field}");
    assert_eq!(server.refusal(&format!("{{ {field}(first: 101) {{ totalCount }} }}")).0, "BAD_USER_INPUT", "{field}");
}

#[test]
fn every_argument_of_the_structure_changes_the_answer() {
    let Some(db) = database("every_argument_of_the_structure_changes_the_answer") else { return };
    publish(&db);
    let server = db.serve();
    let field = "economicStructure";
    let line = "neighbourhoodCode industry { code }";
    let keys = |arguments: &str| {
        rows(&server, field, arguments, line)
            .iter()
            .map(|r| {
                format!(
                    "{}/{}",
                    r["neighbourhoodCode"].as_str().unwrap_or(""),
                    r["industry"]["code"].as_str().unwrap_or("")
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(""), ["/", "/I01", "11590510/", "11590510/I01"]);
    assert_eq!(keys("filter: {neighbourhoods: []}"), ["/", "/I01"]);
    assert_eq!(keys("filter: {neighbourhoods: [\"11590510\"]}"), ["11590510/", "11590510/I01"]);
    assert_eq!(keys("filter: {industries: []}"), ["/", "11590510/"]);
    assert_eq!(keys("filter: {industries: [\"I01\"], neighbourhoods: []}"), ["/I01"]);
    let starts =
        |arguments: &str| rows(&server, field, &format!("first: 1{arguments}"), "quarters { start }")[0].clone();
    assert_eq!(starts(", from: \"2020-01-01\""), json!({"quarters": [{"start": "2020-04-01"}]}));
    assert_eq!(starts(", to: \"2020-01-01\""), json!({"quarters": [{"start": "2019-04-01"}]}));
    let (code, _) =
        server.refusal(&format!("{{ {field}(from: \"2020-02-01\", to: \"2020-01-01\") {{ totalCount }} }}"));
    assert_eq!(code, "BAD_USER_INPUT");
    let empty = json!({"neighbourhoodCode": null, "industry": null});
    let second = json!({"neighbourhoodCode": null, "industry": {"code": "I01"}});
    pages_and_runs(&server, field, line, &empty, &second, &empty);
}

#[test]
fn a_quarter_says_its_parts_and_a_hidden_line_says_nothing() {
    let Some(db) = database("a_quarter_says_its_parts") else { return };
    publish(&db);
    let server = db.serve();
    let quarter = "quarters { netRate { value } franchiseShare { value } salesPerEstablishment { value unit } ticket { value } \
                   amountChange { value } countEffect { value unit } ticketEffect { value } footfall { value unit } }";
    let district = &rows(&server, "economicStructure", "first: 1, from: \"2020-01-01\"", quarter)[0]["quarters"][0];
    let number = |name: &str| district[name]["value"].as_f64().expect(name);
    // 48 shops after 1 opened and 3 closed were 50; 12 of 48 are chains; 800 won over 48 shops and 50 payments.
    for (name, expected) in [
        ("netRate", -0.04),
        ("franchiseShare", 0.25),
        ("salesPerEstablishment", 800.0 / 48.0),
        ("ticket", 16.0),
        ("amountChange", (-0.2_f64).exp() - 1.0),
        ("countEffect", -0.3),
        ("ticketEffect", 0.1),
        ("footfall", 5_000.0),
    ] {
        assert!((number(name) - expected).abs() < 1e-12, "{name}: {}", number(name));
    }
    assert_eq!(
        (&district["salesPerEstablishment"]["unit"], &district["countEffect"]["unit"]),
        (&json!("WON_PER_ESTABLISHMENT"), &json!("LOG_CHANGE"))
    );
    let all = "quarters { establishments { value status } sales { value status } opened { status reason(lang: EN) } }";
    let hidden = &rows(&server, "economicStructure", "last: 1", all)[0]["quarters"][0];
    assert_eq!(hidden["sales"], json!({"value": null, "status": "SUPPRESSED"}));
    assert_eq!(hidden["establishments"], json!({"value": null, "status": "SUPPRESSED"}));
    let dong = &rows(&server, "economicStructure", "filter: {neighbourhoods: [\"11590510\"], industries: []}", all)[0];
    assert_eq!(dong["quarters"][0]["opened"]["status"], "NOT_AVAILABLE", "what no file says is missing, not 0");
}

#[test]
fn every_argument_of_the_markets_changes_the_answer() {
    let Some(db) = database("every_argument_of_the_markets_changes_the_answer") else { return };
    publish(&db);
    let server = db.serve();
    let names = |arguments: &str| {
        let rows = rows(&server, "markets", arguments, "name");
        rows.iter().map(|r| r["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(""), ["가시장", "나거리", "다시장"]);
    assert_eq!(names("filter: {neighbourhoods: [\"11590510\"]}"), ["가시장", "나거리"]);
    assert_eq!(names("filter: {kinds: [SHOPPING_STREET]}"), ["나거리"]);
    assert_eq!(names("filter: {ownSales: true}"), ["가시장"]);
    assert_eq!(names("filter: {ownSales: false}"), ["나거리", "다시장"]);
    let row = |name: &str| json!({"name": name});
    pages_and_runs(&server, "markets", "name", &row("가시장"), &row("나거리"), &row("옛시장"));
    let trend = "placement(lang: EN) location(precision: 3) shops { value status } \
                 trend { basis reason(lang: EN) quarters { start sales { value } yearOnYear { value status } } }";
    let found = rows(&server, "markets", "", trend);
    assert_eq!(found[0]["location"]["coordinates"], json!([126.905, 37.505]));
    assert_eq!(
        (&found[0]["trend"]["basis"], &found[0]["trend"]["quarters"][1]["sales"]["value"]),
        (&json!("MARKET"), &json!(400.0))
    );
    assert_eq!(found[0]["trend"]["quarters"][0]["yearOnYear"], json!({"value": null, "status": "NOT_AVAILABLE"}));
    assert_eq!(found[1]["trend"]["basis"], "NEIGHBOURHOOD");
    assert!(found[1]["trend"]["reason"].as_str().unwrap().contains("not the market's"));
    assert_eq!(found[1]["trend"]["quarters"][0]["sales"]["value"], 400.0);
    assert_eq!((&found[2]["trend"]["basis"], &found[2]["trend"]["quarters"]), (&json!("NONE"), &json!([])));
    assert!(found[2]["placement"].as_str().unwrap().contains("coordinates") && found[0]["placement"].is_null());
    assert_eq!(found[2]["shops"], json!({"value": null, "status": "NOT_AVAILABLE"}));
    let quarters = |arguments: &str| {
        let found = rows(&server, "markets", "first: 1", &format!("trend({arguments}) {{ quarters {{ start }} }}"));
        found[0]["trend"]["quarters"].clone()
    };
    assert_eq!(quarters("from: \"2020-01-01\""), json!([{"start": "2020-04-01"}]));
    assert_eq!(quarters("to: \"2020-01-01\""), json!([{"start": "2019-04-01"}]));
    let (code, _) = server.refusal("{ markets { nodes { location(precision: 9) } } }");
    assert_eq!(code, "BAD_USER_INPUT");
    let language = rows(&server, "markets", "last: 1", "ko: placement(lang: KO) en: placement(lang: EN)");
    assert_ne!(language[0]["ko"], language[0]["en"]);
}

#[test]
fn every_argument_of_the_use_of_merchants_changes_the_answer() {
    let Some(db) = database("every_argument_of_the_use_of_merchants") else { return };
    publish(&db);
    let server = db.serve();
    let amounts = |arguments: &str| {
        rows(&server, "merchantUsage", arguments, "months { amount { value } }")
            .iter()
            .map(|r| r["months"].as_array().expect("months").iter().map(|m| m["amount"]["value"].clone()).collect())
            .collect::<Vec<Vec<Value>>>()
    };
    assert_eq!(
        amounts(""),
        [vec![json!(9000.0)], vec![json!(1000.0), json!(3000.0)], vec![Value::Null], vec![json!(700.0)]]
    );
    assert_eq!(amounts("filter: {schemes: [\"card\"]}"), [[json!(9000.0)]]);
    assert_eq!(amounts("filter: {neighbourhoods: [\"11590510\"]}"), [[json!(700.0)]]);
    assert_eq!(amounts("filter: {industries: [\"I01\"]}"), [[Value::Null]]);
    assert_eq!(amounts("filter: {schemes: [\"zero_pay\"]}, first: 1, from: \"2020-05-01\""), [[json!(3000.0)]]);
    assert_eq!(amounts("filter: {schemes: [\"zero_pay\"]}, first: 1, to: \"2020-04-01\""), [[json!(1000.0)]]);
    let row = |scheme: &str, amounts: &[f64]| {
        let months: Vec<Value> = amounts.iter().map(|a| json!({"amount": {"value": a}})).collect();
        json!({"scheme": scheme, "months": months})
    };
    let selection = "scheme months { amount { value } }";
    let (first, second, older) = (row("card", &[9000.0]), row("zero_pay", &[1000.0, 3000.0]), row("zero_pay", &[77.0]));
    pages_and_runs(&server, "merchantUsage", selection, &first, &second, &older);
}

#[test]
fn policies_by_other_outcomes_say_their_periods_or_why_there_are_none() {
    let Some(db) = database("policies_by_other_outcomes") else { return };
    publish(&db);
    let server = db.serve();
    let ask = |arguments: &str| {
        let selection = "policy name(lang: KO) outcome scheme before after treated control randomisation { pValue } \
                         difference { value status sampleSize reason(lang: EN) }";
        server.data(&format!("{{ policyComparisons{arguments} {{ {selection} }} }}"))["policyComparisons"].clone()
    };
    let outcomes = |arguments: &str| {
        let found = ask(arguments);
        found.as_array().expect("rows").iter().map(|r| r["outcome"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(""), [json!("MARKET_SALES"), json!("FRANCHISE_SALES"), json!("MERCHANT_USAGE")]);
    assert_eq!(outcomes("(filter: {policy: \"relief\"})"), [json!("FRANCHISE_SALES"), json!("MERCHANT_USAGE")]);
    assert_eq!(outcomes("(filter: {outcome: MARKET_SALES})"), [json!("MARKET_SALES")]);
    assert_eq!(outcomes("(filter: {scheme: \"zero_pay\"})"), [json!("MERCHANT_USAGE")]);
    let found = &ask("(filter: {scheme: \"zero_pay\"})")[0];
    assert!((found["difference"]["value"].as_f64().unwrap() - 5.127_109_637_602_412).abs() < 1e-9);
    assert_eq!((&found["before"], &found["after"]), (&json!(["2020-03-01", "2020-04-01"]), &json!(["2020-06-01"])));
    assert_eq!((&found["treated"], &found["randomisation"]), (&json!(["I01"]), &json!({"pValue": 0.25})));
    let none = &ask("(filter: {outcome: FRANCHISE_SALES})")[0];
    assert_eq!(none["difference"]["status"], "NOT_AVAILABLE");
    assert!(none["difference"]["reason"].as_str().unwrap().contains("chains") && none["randomisation"].is_null());
    let older = run_id(&server, "ECONOMY", false);
    for arguments in [format!("(run: \"{older}\")"), "(asOf: \"2026-01-20T00:00:00Z\")".to_owned()] {
        assert_eq!(ask(&arguments)[0]["difference"]["status"], "INSUFFICIENT_DATA");
    }
    assert_eq!(ask("(asOf: \"2026-01-01T00:00:00Z\")"), Value::Null);
}

#[test]
fn where_to_act_puts_those_below_with_confidence_first_and_drops_none() {
    let Some(db) = database("where_to_act_puts_those_below_first") else { return };
    publish(&db);
    let server = db.serve();
    let selection = "subject standing market { name } neighbourhood { code } industry { code } \
                     level { value status interval { upper } sampleSize } reason(lang: EN) policies { code }";
    let found = rows(&server, "whereToAct", "", selection);
    let standings: Vec<&Value> = found.iter().map(|r| &r["standing"]).collect();
    assert_eq!(standings, ["BELOW", "UNCLEAR", "RECOVERED", "UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN"]);
    assert_eq!(
        (&found[0]["neighbourhood"]["code"], &found[0]["level"]["interval"]["upper"]),
        (&json!("11590510"), &json!(0.9))
    );
    assert_eq!(found[0]["policies"], json!([{"code": "distancing"}, {"code": "relief"}]));
    // A market by its own last quarter: 1 − 0.2, measured, without an interval and so without confidence.
    assert_eq!(found[1]["market"]["name"], "가시장");
    assert_eq!(found[1]["level"], json!({"value": 0.8, "status": "MEASURED", "interval": null, "sampleSize": null}));
    assert_eq!((&found[2]["industry"]["code"], &found[2]["level"]["value"]), (&json!("I01"), &json!(1.1)));
    for unknown in &found[3..] {
        assert!(
            unknown["level"]["value"].is_null() && unknown["reason"].as_str().is_some_and(|r| !r.is_empty()),
            "{unknown}"
        );
    }
    let count = |arguments: &str| rows(&server, "whereToAct", arguments, "standing").len();
    assert_eq!(count("filter: {subjects: [MARKET]}"), 3);
    assert_eq!(count("filter: {subjects: [NEIGHBOURHOOD, INDUSTRY]}"), 4);
    assert_eq!(count("filter: {standings: [BELOW]}"), 1);
    assert_eq!(count("filter: {standings: [UNKNOWN], subjects: [MARKET]}"), 2);
    let row = |standing: &str| json!({"standing": standing});
    let older = run_id(&server, "ECONOMY", false);
    assert_eq!(count(&format!("run: \"{older}\"")), 2);
    assert_eq!(count("asOf: \"2026-01-20T00:00:00Z\""), 2);
    let first = server.data("{ whereToAct(first: 1) { nodes { standing } pageInfo { endCursor } } }");
    assert_eq!(first["whereToAct"]["nodes"][0], row("BELOW"));
    let cursor = first["whereToAct"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
    assert_eq!(rows(&server, "whereToAct", &format!("first: 1, after: \"{cursor}\""), "standing")[0], row("UNCLEAR"));
    assert_eq!(rows(&server, "whereToAct", "last: 1", "standing")[0], row("UNKNOWN"));
    assert_eq!(rows(&server, "whereToAct", &format!("last: 1, before: \"{cursor}\""), "standing"), Vec::<Value>::new());
}

#[test]
fn a_neighbourhood_has_its_structure_and_its_markets() {
    let Some(db) = database("a_neighbourhood_has_its_structure_and_its_markets") else { return };
    publish(&db);
    let server = db.serve();
    let of = |arguments: &str| {
        let fields =
            format!("structure{arguments} {{ quarters {{ sales {{ value }} }} }} markets{arguments} {{ name }}");
        server.data(&format!("{{ neighbourhoods(codes: [\"11590510\"]) {{ {fields} }} }}"))["neighbourhoods"][0].clone()
    };
    assert_eq!(
        of(""),
        json!({"structure": {"quarters": [{"sales": {"value": 400.0}}]}, "markets": [{"name": "가시장"}, {"name": "나거리"}]})
    );
    let older = json!({"structure": null, "markets": []});
    assert_eq!(of(&format!("(run: \"{}\")", run_id(&server, "ECONOMY", false))), older);
    assert_eq!(of("(asOf: \"2026-01-20T00:00:00Z\")"), older);
    assert_eq!(of("(asOf: \"2026-01-01T00:00:00Z\")"), json!({"structure": null, "markets": null}));
}

/// Quarterly files alone, from the import to the answer, every number by pencil.
#[test]
fn from_files_to_structure_markets_and_policies_as_by_pencil() {
    let Some(db) = database("from_files_to_structure_markets_and_policies_as_by_pencil") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let sales = "quarter,dong_code,industry_code,amount_won,transactions\n\
        2019Q2,11590605,cafe,1000000,100\n2020Q2,11590605,cafe,600000,50\n\
        2019Q2,11590605,pub,2000000,50\n2020Q2,11590605,pub,1000000,40\n\
        2019Q2,11590510,cafe,500000,50\n2020Q2,11590510,cafe,700000,70\n\
        2019Q2,11590510,pub,1500000,30\n2020Q2,11590510,pub,1700000,34\n";
    let shops = "quarter,dong_code,industry_code,establishments,franchises,opened,closed\n\
        2019Q2,11590605,cafe,10,2,0,0\n2020Q2,11590605,cafe,12,3,4,2\n\
        2020Q2,11590605,pub,20,0,1,5\n2020Q2,11590510,cafe,9,1,0,0\n2020Q2,11590510,pub,11,1,0,1\n";
    let areas = "기준_년분기_코드,상권_구분_코드_명,상권_코드,상권_코드_명,서비스_업종_코드,당월_매출_금액,당월_매출_건수\n\
        20192,전통시장,3130001,가시장,CS100001,300,3\n20192,전통시장,3130001,가시장,CS100002,200,2\n\
        20202,전통시장,3130001,가시장,CS100001,400,4\n";
    let markets = "name,lon,lat,shops,kind\n가 시장,126.9640,37.5065,80,traditional_market\n\
        나거리,126.9640,37.5065,,shopping_street\n다시장,,,,\n";
    let events = "code,name_ko,starts_on,ends_on,kind,industries\nfund,지원금,2020-05-13,2020-08-31,subsidy,a;b\n";
    let mut usage = "month,scheme,dong_code,industry_code,merchants,transactions,amount_won\n".to_owned();
    for (industry, before, after) in [("a", 50, 60), ("b", 50, 70), ("c", 80, 80), ("d", 100, 110)] {
        for (month, amount) in [(3, before), (4, before), (6, after), (7, after)] {
            usage += &format!("2019-0{month},zero_pay,11590605,{industry},5,9,100\n");
            usage += &format!("2020-0{month},zero_pay,11590605,{industry},5,9,{amount}\n");
        }
    }
    for (dataset, name, text) in [
        ("card-sales", "sales.csv", sales),
        ("establishments", "shops.csv", shops),
        ("card-sales", "areas.csv", areas),
        ("markets", "markets.csv", markets),
        ("policy-events", "events.csv", events),
        ("merchant-usage", "usage.csv", usage.as_str()),
    ] {
        db.must(&["import", dataset, &folder.file(name, text)]);
    }
    db.must(&["analyze", "economy", "--publish"]);
    let server = db.serve();
    let selection = "quarters { establishments { value } netRate { value } franchiseShare { value } sales { value } \
        salesPerEstablishment { value } marketShare { value } payments { value } ticket { value } amountChange { value } \
        countEffect { value } ticketEffect { value } footfall { status } }";
    let cell = "filter: {neighbourhoods: [\"11590605\"], industries: [\"cafe\"]}, from: \"2020-04-01\"";
    let quarter = &rows(&server, "economicStructure", cell, selection)[0]["quarters"][0];
    for (name, expected) in [
        ("establishments", 12.0),
        ("netRate", 0.2),
        ("franchiseShare", 0.25),
        ("sales", 600_000.0),
        ("salesPerEstablishment", 50_000.0),
        ("marketShare", 0.15),
        ("payments", 50.0),
        ("ticket", 12_000.0),
        ("amountChange", -0.4),
        ("countEffect", 0.5_f64.ln()),
        ("ticketEffect", 1.2_f64.ln()),
    ] {
        let value = quarter[name]["value"].as_f64().unwrap_or(f64::NAN);
        assert!((value - expected).abs() < 1e-9 * expected.abs(), "{name}: {value} is not {expected}");
    }
    assert_eq!(quarter["footfall"]["status"], "NOT_AVAILABLE");
    // The quarters between the two of the file were filled in, and say so.
    let between =
        "filter: {neighbourhoods: [\"11590605\"], industries: [\"cafe\"]}, from: \"2020-01-01\", to: \"2020-01-01\"";
    let filled =
        &rows(&server, "economicStructure", between, "quarters { sales { value status } establishments { status } }")
            [0];
    assert_eq!(
        filled["quarters"][0],
        json!({"sales": {"value": 700000.0, "status": "IMPUTED"}, "establishments": {"status": "NOT_AVAILABLE"}})
    );
    // Pubs have no count in 2019, so the district has none, and it is not that of the cafes.
    let district = "filter: {neighbourhoods: [], industries: []}, to: \"2019-06-30\"";
    let before = &rows(&server, "economicStructure", district, "quarters { establishments { value status } }")[0];
    assert_eq!(before["quarters"][0]["establishments"], json!({"value": null, "status": "NOT_AVAILABLE"}));

    let trend = "name neighbourhood { code } trend(from: \"2020-04-01\") { basis quarters { sales { value } yearOnYear { value } } }";
    let found = rows(&server, "markets", "", trend);
    let quarter = |row: &Value| row["trend"]["quarters"][0].clone();
    assert_eq!((&found[0]["name"], &found[0]["neighbourhood"]["code"]), (&json!("가 시장"), &json!("11590605")));
    assert_eq!(found[0]["trend"]["basis"], "MARKET");
    assert_eq!(quarter(&found[0])["sales"]["value"], 400.0);
    assert!((quarter(&found[0])["yearOnYear"]["value"].as_f64().unwrap() + 0.2).abs() < 1e-12);
    assert_eq!(
        (&found[1]["trend"]["basis"], &quarter(&found[1])["sales"]["value"]),
        (&json!("NEIGHBOURHOOD"), &json!(1_600_000.0))
    );
    assert_eq!(found[2]["trend"]["basis"], "NONE");

    let compared = server.data(
        "{ policyComparisons(filter: {outcome: MERCHANT_USAGE}) { scheme before after difference { value status sampleSize } } }",
    );
    let row = &compared["policyComparisons"][0];
    let log = (1.2_f64.ln() + 1.4_f64.ln() - 1.1_f64.ln()) / 2.0;
    assert!((row["difference"]["value"].as_f64().unwrap() - 100.0 * log.exp_m1()).abs() < 1e-9, "{row}");
    assert_eq!((&row["before"], &row["difference"]["sampleSize"]), (&json!(["2020-03-01", "2020-04-01"]), &json!(4)));

    let act = rows(&server, "whereToAct", "", "subject standing level { value status }");
    assert_eq!(act.len(), 3 + 2 + 2, "three markets, two neighbourhoods, two industries");
    assert_eq!(act[0]["standing"], "UNCLEAR");
    assert!((act[0]["level"]["value"].as_f64().unwrap() - 0.8).abs() < 1e-12);
    assert!(act[1..].iter().all(|line| line["standing"] == "UNKNOWN" && line["level"]["value"].is_null()));
    let sources = server.data("{ datasets { nodes { dataset } } }")["datasets"].to_string();
    for dataset in ["markets", "merchant-usage", "establishments", "dongs"] {
        assert!(sources.contains(&format!("\"{dataset}\"")), "{dataset} is no input of the run: {sources}");
    }
}
