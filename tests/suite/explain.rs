//! Any figure can be asked where it came from, any run computed again, any two compared.

use std::collections::BTreeMap;

use dongjak_insight::economy::{explain::explain, results, shown};
use dongjak_insight::graphql::figure::FigureStatus;
use dongjak_insight::graphql::ids;
use dongjak_insight::run::explain::Explanation;
use dongjak_insight::run::record::run_list;
use dongjak_insight::stats::ar1;
use serde_json::{Value, json};

use crate::demo::demo;
use crate::one_path::{import, write_inputs};
use crate::support::command::Folder;
use crate::support::database;
use crate::support::published::{publish, run_id};

fn term(e: &Explanation, symbol: &str) -> f64 {
    e.terms.iter().find(|t| t.symbol == symbol).and_then(|t| t.value).unwrap_or(f64::NAN)
}

/// One column of the rows; NaN where there is no number.
fn column(e: &Explanation, symbol: &str) -> Vec<f64> {
    let at = e.table.columns.iter().position(|c| *c == symbol).expect("the column is there");
    e.table.rows.iter().map(|(_, values)| values[at].unwrap_or(f64::NAN)).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The figure computed from the numbers of its explanation alone; none where the numbers may not be listed.
fn put_together(path: &[&str], e: &Explanation) -> Option<f64> {
    // The two rows before the onset come first.
    let after = |symbol: &str| column(e, symbol).split_off(2);
    Some(match path {
        ["sensitivity" | "relative", ..] => ar1::fit(&column(e, "x"), &column(e, "y")).expect("a line").slope.point,
        ["effect", ..] => 100.0 * (term(e, "b") * term(e, "C").ln_1p()).exp_m1(),
        ["shock", .., "growth_before"] => mean(&column(e, "c")[..2]),
        ["shock", .., "depth"] => 100.0 * (term(e, "R̄(trough)") - 1.0),
        ["shock", .., "weeks_to_trough"] => {
            after("R̄").iter().position(|r| *r == term(e, "R̄(trough)")).expect("a trough") as f64
        }
        ["shock", .., "half_life"] => {
            let smooth = after("R̄");
            let trough = smooth.iter().position(|r| *r == term(e, "R̄(trough)")).expect("a trough");
            let half = 1.0 + (smooth[trough] - 1.0) / 2.0;
            let k = (trough + 1..smooth.len() - 1).find(|i| smooth[*i] >= half && smooth[i + 1] >= half).expect("held");
            (k - 1 - trough) as f64 + (half - smooth[k - 1]) / (smooth[k] - smooth[k - 1])
        }
        ["shock", .., "resilience"] => mean(&after("R").iter().map(|r| r.min(1.0)).collect::<Vec<_>>()),
        ["shock", .., "loss"] => after("sales").iter().zip(after("R")).map(|(sales, r)| sales / r - sales).sum(),
        ["sales", "district", ..] if !e.table.rows.is_empty() => column(e, "sales").iter().sum(),
        ["change-aligned" | "change-plain", ..] => term(e, "sales(t)") / term(e, "base(t)") - 1.0,
        ["sentiment", _, _, "average"] => {
            let (n, actual) = (column(e, "n"), column(e, "actual"));
            n.iter().zip(&actual).map(|(n, a)| n * a).sum::<f64>() / n.iter().sum::<f64>()
        }
        ["sentiment", _, _, "gap"] => term(e, "actual") - term(e, "A"),
        ["policy" | "policy-path", ..] if !e.table.rows.is_empty() => {
            let (reached, before, after) = (column(e, "reached"), column(e, "before"), column(e, "after"));
            let group = |wanted: f64| {
                let rows = (0..reached.len()).filter(|i| reached[*i] == wanted);
                mean(&rows.map(|i| after[i] - before[i]).collect::<Vec<_>>())
            };
            100.0 * (group(1.0) - group(0.0)).exp_m1()
        }
        ["composite", ..] => {
            let (z, w) = (column(e, "z"), column(e, "w"));
            50.0 + 10.0 * z.iter().zip(w).filter(|(z, _)| !z.is_nan()).map(|(z, w)| z * w).sum::<f64>()
        }
        ["structure", .., "net_rate"] => {
            let (opened, closed) = (term(e, "opened"), term(e, "closed"));
            (opened - closed) / (term(e, "shops") - opened + closed)
        }
        ["structure", .., "franchise_share"] => term(e, "franchises") / term(e, "shops"),
        ["structure", .., "sales_per_establishment"] => term(e, "sales") / term(e, "shops"),
        ["structure", .., "market_share"] => term(e, "sales") / term(e, "sales of the district"),
        ["structure", .., "ticket"] => term(e, "sales") / term(e, "payments"),
        ["structure", .., "amount_change"] | ["market", .., "change"] => term(e, "sales") / term(e, "base") - 1.0,
        ["structure", .., "count_effect" | "ticket_effect"] => (term(e, "now") / term(e, "base")).ln(),
        ["comparison", ..] => 100.0 * term(e, "d").exp_m1(),
        ["level", "market", _] => term(e, "sales") / term(e, "base"),
        ["level", ..] => ar1::fit(&column(e, "before"), &column(e, "y")).expect("a level").intercept.point.exp(),
        _ => return None,
    })
}

#[test]
fn every_figure_of_the_demo_is_explained_by_numbers_that_give_it_back_and_every_run_is_reproduced() {
    let Some(db) = demo("every_figure_of_the_demo_is_explained") else { return };
    let mut conn = db.connect();
    let runs = run_list(&mut conn).expect("the runs");
    let run = runs.iter().find(|run| run.analysis == "economy").expect("an economy run");
    let all = results::load(&mut conn, run.id).expect("its results");
    let (mut together, mut hidden) = (BTreeMap::<String, usize>::new(), 0);
    let figures = shown::figures(run, &all).expect("its figures");
    for (path, figure) in &figures {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let (again, e) = explain(run, &all, &path).expect("no failure").expect("every figure is explained");
        assert_eq!(again, *figure, "{path:?}");
        // How sure a composite index is stands beside it, in the interval of its rank.
        let sure = figure.status != FigureStatus::Estimated || figure.interval.is_some() || path[0] == "composite";
        assert!(sure, "an estimate without an interval: {path:?}");
        assert!(!e.what.ko.is_empty() && !e.what.en.is_empty() && !e.formula.is_empty(), "{path:?}");
        if figure.status == FigureStatus::Suppressed {
            assert!(e.terms.is_empty() && e.table.rows.is_empty() && e.filled.is_none(), "{path:?} gives numbers away");
            hidden += usize::from(path[0] == "sensitivity");
        } else if let Some(value) = figure.value
            && let Some(found) = put_together(&path, &e)
        {
            // Sums in another order round differently, and a difference of nearly equal numbers keeps their rounding.
            assert!((found - value).abs() <= 1e-9 * value.abs().max(1e-3), "{path:?}: {found} from {e:?}");
            *together.entry(path[0].to_owned()).or_default() += 1;
        }
    }
    for kind in [
        "sensitivity",
        "effect",
        "relative",
        "shock",
        "change-aligned",
        "change-plain",
        "sentiment",
        "composite",
        "structure",
        "market",
        "level",
    ] {
        assert!(together.get(kind).is_some_and(|n| *n > 3), "{kind} was not put together: {together:?}");
    }
    assert!(together.contains_key("policy") && together.contains_key("policy-path"), "{together:?}");
    assert_eq!(hidden > 0, all.sensitivity.iter().any(|row| row.status == "SUPPRESSED"));
    // What is served carries the ids of what is explained.
    let server = db.serve();
    for query in [
        "{ economicSensitivity(first: 2) { nodes { sensitivity { id value } } } }",
        "{ childcareSentiment(first: 2) { nodes { sensitivity: mentions { id value } } } }",
        "{ childcareVolumes(first: 2) { nodes { sensitivity: mentions { id value } } } }",
        "{ childcareVolumes(filter: {channel: BLOG}, first: 2) { nodes { sensitivity: mentions { id value } } } }",
        "{ childcareIssues(first: 2) { nodes { sensitivity: negativeShare { id value } } } }",
        "{ childcareIssueTrends(first: 2) { nodes { sensitivity: mentions { id value } } } }",
        "{ childcareKeywords(first: 2) { nodes { sensitivity: logOdds { id value } } } }",
        "{ childcareAccess(first: 2) { nodes { sensitivity: accessibility { id value } } } }",
        "{ wifiSites(first: 2) { nodes { sensitivity: cumulativeShare { id value } } } }",
    ] {
        let answer = server.data(query);
        let nodes = answer.as_object().and_then(|o| o.values().next()).expect("a list")["nodes"].clone();
        for node in nodes.as_array().expect("rows") {
            let figure = &node["sensitivity"];
            let id = figure["id"].as_str().expect("an id");
            let told = server.data(&format!(
                "{{ explain(figure: \"{id}\") {{ figure {{ id value }} what(lang: EN) formula sources {{ sha256 synthetic }} }} }}"
            ));
            assert_eq!(told["explain"]["figure"], *figure);
            assert!(told["explain"]["sources"].as_array().is_some_and(|s| !s.is_empty()));
            let page = db.must(&["explain", id]);
            assert!(page.contains("sha256") && page.contains("synthetic"), "{page}");
        }
    }
    for (query, list) in [
        (
            "{ economicStructure(filter: {neighbourhoods: []}, first: 2) { nodes { quarters { figure: sales { id value } } } } }",
            "quarters",
        ),
        ("{ merchantUsage(first: 2) { nodes { months { figure: amount { id value } } } } }", "months"),
        (
            "{ economySales(filter: {scope: INDUSTRY_IN_NEIGHBOURHOOD}, first: 3) { nodes { periods { figure: sales { id value } } } } }",
            "periods",
        ),
        (
            "{ economySales(filter: {scope: INDUSTRY_IN_NEIGHBOURHOOD}, first: 3) { nodes { periods { figure: yearOnYear { id value } } } } }",
            "periods",
        ),
        ("{ economicStructure(first: 100) { nodes { quarters { figure: ticket { id value } } } } }", "quarters"),
    ] {
        let answer = server.data(query);
        let nodes = answer.as_object().and_then(|o| o.values().next()).expect("a list")["nodes"].clone();
        for node in nodes.as_array().expect("rows").iter().rev().take(3) {
            let figure = &node[list].as_array().and_then(|rows| rows.last()).expect("a period")["figure"];
            let id = figure["id"].as_str().unwrap_or_else(|| panic!("an id in {figure}"));
            let told = server.data(&format!("{{ explain(figure: \"{id}\") {{ figure {{ id value }} formula }} }}"));
            assert_eq!(told["explain"]["figure"], *figure);
            assert!(db.must(&["explain", id]).contains("sha256"));
        }
    }
    for run in &runs {
        let said = db.must(&["analyze", "--reproduce", &run.id.to_string()]);
        assert!(said.contains("bit for bit"), "{said}");
    }
}

#[test]
fn an_older_run_is_explained_reproduced_and_compared_after_a_later_import() {
    let Some(db) = database("an_older_run_is_explained_reproduced_and_compared") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    for (dataset, file) in write_inputs(&folder, 0) {
        import(&db, dataset, &file);
    }
    db.must(&["analyze", "economy", "--publish"]);
    let server = db.serve();
    let slopes = "{ economicSensitivity(first: 1) { nodes { sensitivity { id value } } } }";
    let old = server.data(slopes)["economicSensitivity"]["nodes"][0]["sensitivity"].clone();
    let id = old["id"].as_str().expect("an id").to_owned();
    let changed = write_inputs(&folder, 50_000);
    import(&db, "card-sales", &changed[0].1);
    db.must(&["analyze", "economy", "--publish"]);
    let new = server.data(slopes)["economicSensitivity"]["nodes"][0]["sensitivity"].clone();
    assert_ne!(new, old, "the changed row has moved the slope, and the newer run has ids of its own");
    let told = server.data(&format!("{{ explain(figure: \"{id}\") {{ figure {{ id value }} }} }}"));
    assert_eq!(told["explain"]["figure"], old, "the id of the older run still speaks of the older number");
    for run in ["1", "2"] {
        assert!(db.must(&["analyze", "--reproduce", run]).contains("bit for bit"), "run {run}");
    }
    compared(&db, &server);
    use diesel::connection::SimpleConnection;
    let tamper = "UPDATE economy_sensitivity SET beta = beta + 1e-15 WHERE run_id = 1 AND scope = 'district'";
    db.connect().batch_execute(tamper).expect("one stored number is altered");
    let said = db.run(&["analyze", "--reproduce", "1"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("economy_sensitivity district/, beta: stored"), "{}", said.out);
    assert_eq!(said.out.lines().count(), 1, "{}", said.out);
    assert!(said.err.contains("differs in 1 places") && said.err.contains("altered"), "{}", said.err);
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 2.0, "computing again keeps nothing");
    db.connect().batch_execute("UPDATE analysis_run SET method_version = 'economy-0' WHERE id = 2").expect("altered");
    db.connect().batch_execute("UPDATE economy_sensitivity SET se = 1 WHERE run_id = 2").expect("altered");
    let said = db.run(&["analyze", "--reproduce", "2"]);
    assert!(said.code == 1 && said.err.contains("The method was economy-0"), "{}", said.err);
}

fn compared(db: &crate::support::TestDatabase, server: &crate::support::TestServer) {
    let (a, b) = (run_id(server, "ECONOMY", false), run_id(server, "ECONOMY", true));
    let answer = server.data(&format!(
        "{{ compareRuns(a: \"{a}\", b: \"{b}\") {{ compared causes {{ kind name inputBefore {{ sha256 }} inputAfter {{ sha256 }} }} \
           figures(first: 100) {{ totalCount nodes {{ path kind difference relativeDifference a {{ value }} b {{ value }} }} }} }} }}"
    ));
    let found = &answer["compareRuns"];
    let causes = found["causes"].as_array().expect("causes");
    assert_eq!(
        (causes.len(), &causes[0]["kind"], &causes[0]["name"]),
        (1, &json!("INPUT_REPLACED"), &json!("card-sales"))
    );
    assert_ne!(causes[0]["inputBefore"]["sha256"], causes[0]["inputAfter"]["sha256"]);
    let rows = found["figures"]["nodes"].as_array().expect("figures");
    let total = found["figures"]["totalCount"].as_i64().expect("a count");
    assert!(total > 0 && total < found["compared"].as_i64().expect("a count"));
    let mut last = f64::INFINITY;
    for row in rows.iter().filter(|row| row["kind"] == "VALUE") {
        let number = |value: &Value| value.as_f64();
        if let (Some(a), Some(b)) = (number(&row["a"]["value"]), number(&row["b"]["value"])) {
            assert_eq!(number(&row["difference"]), Some(b - a));
        }
        let size = number(&row["relativeDifference"]).unwrap_or(0.0);
        assert!(size <= last, "the largest come first");
        last = size;
    }
    let page = server.data(&format!(
        "{{ compareRuns(a: \"{a}\", b: \"{b}\") {{ figures(first: 1) {{ pageInfo {{ endCursor hasNextPage }} }} }} }}"
    ));
    assert_eq!(page["compareRuns"]["figures"]["pageInfo"]["hasNextPage"], true);
    let cursor = page["compareRuns"]["figures"]["pageInfo"]["endCursor"].as_str().expect("a cursor");
    let of = |arguments: &str| {
        let answer = server.data(&format!(
            "{{ compareRuns(a: \"{a}\", b: \"{b}\") {{ figures({arguments}) {{ nodes {{ path }} }} }} }}"
        ));
        answer["compareRuns"]["figures"]["nodes"][0]["path"].clone()
    };
    assert_eq!(of(&format!("first: 1, after: \"{cursor}\"")), rows[1]["path"]);
    assert_ne!(of("last: 1"), of("first: 1"));
    let same = server
        .data(&format!("{{ compareRuns(a: \"{a}\", b: \"{a}\") {{ causes {{ kind }} figures {{ totalCount }} }} }}"));
    assert_eq!(same["compareRuns"], json!({"causes": [], "figures": {"totalCount": 0}}));
    let said = db.must(&["compare", "1", "2"]);
    assert!(said.contains("replaced: version") && said.contains("sha256") && said.contains("changed:"), "{said}");
}

#[test]
fn a_hidden_figure_says_why_and_gives_no_number_and_foreign_ids_are_a_mistake_of_the_asker() {
    let Some(db) = database("a_hidden_figure_says_why") else { return };
    publish(&db);
    let server = db.serve();
    let answer = server
        .data("{ economicSensitivity { nodes { sensitivity { id status } relative { sensitivity { id status } } } } }");
    let nodes = answer["economicSensitivity"]["nodes"].as_array().expect("rows");
    let hidden: Vec<&Value> = nodes
        .iter()
        .flat_map(|node| [&node["sensitivity"], &node["relative"]["sensitivity"]])
        .filter(|figure| figure["status"] == "SUPPRESSED")
        .collect();
    assert!(!hidden.is_empty());
    for figure in hidden {
        let id = figure["id"].as_str().expect("an id");
        let told = server.data(&format!(
            "{{ explain(figure: \"{id}\") {{ computation terms {{ symbol }} table {{ rows {{ name }} }} leftOut {{ what(lang: EN) count }} }} }}"
        ));
        let told = &told["explain"];
        assert_eq!(
            (&told["computation"], &told["terms"], &told["table"]["rows"]),
            (&Value::Null, &json!([]), &json!([]))
        );
        assert_eq!(told["leftOut"].as_array().map(Vec::len), Some(1), "the reason and nothing else: {told}");
        assert_eq!(told["leftOut"][0]["count"], Value::Null);
    }
    // Not an id, another thing's id, a run or a figure that there is not, and a run that is internal or not published.
    let foreign =
        ["Figure", "AnalysisRun"].map(|kind| ids::encode(kind, "economy/999/sensitivity/district/").to_string());
    let first = nodes[0]["sensitivity"]["id"].as_str().expect("an id");
    let (_, key) = ids::decode(first).expect("our id");
    let number = key.split('/').nth(1).expect("a run");
    let absent = ids::encode("Figure", &format!("economy/{number}/sensitivity/dong/nowhere")).to_string();
    let other = ids::encode("Figure", &format!("wifi/{number}/summary/demand")).to_string();
    for id in ["nothing", &foreign[0], &foreign[1], &absent, &other] {
        let (code, _) = server.refusal(&format!("{{ explain(figure: \"{id}\") {{ formula }} }}"));
        assert_eq!(code, "BAD_USER_INPUT", "{id}");
        assert_eq!(db.run(&["explain", id]).code, 1, "{id}");
    }
    let economy = run_id(&server, "ECONOMY", true);
    let wifi = run_id(&server, "WIFI", true);
    for (a, b) in [(&economy, &wifi), (&wifi, &economy), (&"x".to_owned(), &economy), (&economy, &"x".to_owned())] {
        let (code, _) = server.refusal(&format!("{{ compareRuns(a: \"{a}\", b: \"{b}\") {{ compared }} }}"));
        assert_eq!(code, "BAD_USER_INPUT");
    }
    let older = run_id(&server, "ECONOMY", false);
    let compared = |a: &str, b: &str| {
        let answer = server.data(&format!(
            "{{ compareRuns(a: \"{a}\", b: \"{b}\") {{ figures(first: 100) {{ nodes {{ difference a {{ status value }} b {{ status value }} }} }} }} }}"
        ));
        answer["compareRuns"]["figures"]["nodes"].as_array().expect("figures").clone()
    };
    let (there, back) = (compared(&older, &economy), compared(&economy, &older));
    assert_ne!(there, back, "the order of the two runs counts");
    for row in there.iter().chain(&back) {
        if row["a"]["status"] == "SUPPRESSED" || row["b"]["status"] == "SUPPRESSED" {
            assert_eq!(row["difference"], Value::Null, "a hidden value has no difference: {row}");
        }
    }
}
