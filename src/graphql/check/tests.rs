//! Checks of whole documents, against a small contract of their own.

use std::collections::HashMap;

use async_graphql_parser::types::DocumentOperations;
use async_graphql_value::ConstValue;

use super::*;
use crate::error::Error;

const CONTRACT: &str = r#"
    directive @oneOf on INPUT_OBJECT
    schema { query: Query }
    scalar Date
    interface Node { id: ID! }
    type Site implements Node { id: ID! rank: Int! share: Float name(lang: Language): String! next: Site list: [Site!]! }
    type Place implements Node { id: ID! rank: String! area: Float! sites(first: Int, last: Int): SiteConnection! }
    type SiteConnection { nodes: [Site!]! }
    enum Language { KO EN }
    input Box { west: Float! east: Float! label: String = "x" }
    input By @oneOf { code: String at: Box }
    type Query {
        node(id: ID!): Node
        place(by: By!): Place
        sites(first: Int, box: Box, day: Date, codes: [String!]): SiteConnection
        needs(n: Int!): Int
        may(n: Int! = 3): Int
    }
"#;

fn run(query: &str, variables: serde_json::Value) -> Result<Cost> {
    let types = Types::read(CONTRACT)?;
    let document = async_graphql_parser::parse_query(query).map_err(|e| Error::bad_input(format!("syntax: {e}")))?;
    let operation = match &document.operations {
        DocumentOperations::Single(operation) => operation.node.clone(),
        DocumentOperations::Multiple(all) => all.values().next().unwrap().node.clone(),
    };
    let variables: Variables = serde_json::from_value::<HashMap<String, ConstValue>>(variables).unwrap();
    check(&types, &QueryLimits::default(), &document, &operation, &variables)
}

fn cost(query: &str) -> u64 {
    run(query, serde_json::json!({})).unwrap().cost
}

fn refused(query: &str, variables: serde_json::Value) -> bool {
    match run(query, variables) {
        Ok(_) => false,
        Err(error) => {
            assert!(!error.outside().starts_with("syntax"), "{query}: {error}");
            true
        }
    }
}

#[test]
fn an_object_costs_one_a_scalar_nothing_and_a_page_its_rows() {
    assert_eq!(cost("{ needs(n: 1) }"), 0);
    assert_eq!(cost("{ node(id: 1) { id } }"), 1);
    assert_eq!(cost("{ sites(first: 10) { nodes { rank next { rank } } } }"), 30);
    assert_eq!(cost("{ sites { nodes { rank } } }"), 40, "20 rows without first");
    assert_eq!(
        cost("{ place(by: {code: \"a\"}) { sites(last: 3) { nodes { list { rank } } } } }"),
        1 + 3 * (1 + 1 + 20)
    );
}

#[test]
fn the_contract_is_told_to_the_usual_tools_but_not_many_times_over() {
    let reference = "fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } \
        fragment I on __InputValue { name type { ...T } defaultValue } ";
    let usual = "{ __schema { types { kind name fields(includeDeprecated: true) { name args { ...I } type { ...T } } \
        inputFields { ...I } interfaces { ...T } enumValues { name } possibleTypes { ...T } } directives { name } } }";
    assert!(run(&format!("{reference}{usual}"), serde_json::json!({})).is_ok());
    let nested = |n: usize| {
        let (open, close) = ("possibleTypes { interfaces { ".repeat(n), "} } ".repeat(n));
        format!("{{ __type(name: \"Node\") {{ {open} name {close} }} }}")
    };
    assert!(!refused(&nested(1), serde_json::json!({})) && refused(&nested(2), serde_json::json!({})));
    let hidden = "{ __schema { types { ...a } } } fragment a on __Type { fields { type { ...b } } } \
        fragment b on __Type { fields { type { ...c } } } fragment c on __Type { fields { name } }";
    assert!(refused(hidden, serde_json::json!({})));
    let often = |n: usize| {
        let lists: String = (0..n).map(|n| format!("a{n}: fields {{ name }} ")).collect();
        format!("{{ __schema {{ types {{ {lists} }} }} }}")
    };
    assert!(!refused(&often(12), serde_json::json!({})) && refused(&often(13), serde_json::json!({})));
}

#[test]
fn a_text_with_a_null_character_is_refused_before_it_reaches_the_database() {
    assert!(refused("{ node(id: \"a\\u0000b\") { id } }", serde_json::json!({})));
    assert!(refused("query($i: ID!) { node(id: $i) { id } }", serde_json::json!({"i": "\0"})));
    let within = "query($b: Box) { sites(box: $b) { nodes { rank } } }";
    let labelled = |label: &str| serde_json::json!({"b": {"west": 1, "east": 2, "label": label}});
    assert!(refused(within, labelled("a\0")) && !refused(within, labelled("a\u{1}")));
}

#[test]
fn a_doubling_fragment_is_counted_in_full_but_walked_once() {
    let bomb: String = (0..25).map(|n| format!("fragment f{n} on Query{{...f{} ...f{}}}", n + 1, n + 1)).collect();
    let query = format!("{{...f0}}{bomb}fragment f25 on Query{{__typename}}");
    let started = std::time::Instant::now();
    assert!(refused(&query, serde_json::json!({})));
    assert!(started.elapsed().as_millis() < 500, "walked more than once");
}

#[test]
fn a_page_size_in_a_variable_counts_and_a_huge_one_cannot_wrap_around() {
    let query = "query($n: Int) { sites(first: $n) { nodes { rank } } }";
    assert_eq!(run(query, serde_json::json!({"n": 2})).unwrap().cost, 4);
    let nested = "{ place(by: {code: \"a\"}) { sites(first: 2147483647) { nodes { list { list { list { list { rank } } } } } } } }";
    assert!(refused(nested, serde_json::json!({})));
}

#[test]
fn a_fragment_that_contains_itself_a_deep_query_and_many_aliases_are_refused() {
    assert!(refused("{...a} fragment a on Query {...b} fragment b on Query {...a}", serde_json::json!({})));
    let deep = format!("{{ node(id: 1) {{ ... on Site {}{}{} }} }}", "{ next ".repeat(40), "{ id }", "}".repeat(40));
    assert!(refused(&deep, serde_json::json!({})));
    let aliases: String = (0..31).map(|n| format!("a{n}: __typename ")).collect();
    assert!(refused(&format!("{{ node(id: 1) {{ {aliases} }} }}"), serde_json::json!({})));
}

#[test]
fn a_value_that_its_place_does_not_take_is_refused_in_the_query_and_in_a_variable() {
    for (place, ty, right, wrong) in [
        ("needs(n: HERE)", "Int!", "3", vec!["\"3\"", "3.5", "2147483648", "null", "true"]),
        (
            "sites(day: HERE) { nodes { id } }",
            "Date",
            "\"2020-03-01\"",
            vec!["\"2020-02-30\"", "20200301", "\"today\""],
        ),
        (
            "sites(box: HERE) { nodes { id } }",
            "Box",
            "{\"west\": 1, \"east\": 2.5}",
            vec![
                "{\"west\": 1}",
                "{\"west\": 1, \"east\": null}",
                "{\"west\": 1, \"east\": 2, \"north\": 3}",
                "[]",
                "1",
            ],
        ),
        ("sites(codes: HERE) { nodes { id } }", "[String!]", "[\"a\"]", vec!["[1]", "[null]", "{}"]),
        (
            "place(by: HERE) { id }",
            "By!",
            "{\"code\": \"a\"}",
            vec!["{}", "{\"code\": \"a\", \"at\": {\"west\": 1, \"east\": 2}}", "{\"code\": null, \"at\": null}"],
        ),
    ] {
        // JSON is GraphQL, but for the quotes around the names of fields.
        let literal = |json: &str| {
            ["west", "east", "north", "code", "at"]
                .iter()
                .fold(json.to_owned(), |text, name| text.replace(&format!("\"{name}\":"), &format!("{name}:")))
        };
        let in_query = |json: &str| format!("{{ {} }}", place.replace("HERE", &literal(json)));
        let in_variable = format!("query($v: {ty}) {{ {} }}", place.replace("HERE", "$v"));
        let variables = |json: &str| serde_json::json!({"v": serde_json::from_str::<serde_json::Value>(json).unwrap()});
        run(&in_query(right), serde_json::json!({})).unwrap();
        run(&in_variable, variables(right)).unwrap();
        for wrong in wrong {
            assert!(refused(&in_query(wrong), serde_json::json!({})), "{place} {wrong}");
            assert!(refused(&in_variable, variables(wrong)), "{place} {wrong} as a variable");
        }
    }
}

#[test]
fn an_enum_is_a_word_in_the_query_and_a_string_in_a_variable() {
    let with = |value: &str| format!("{{ node(id: 1) {{ ... on Site {{ name(lang: {value}) }} }} }}");
    assert!(run(&with("EN"), serde_json::json!({})).is_ok());
    assert!(refused(&with("\"EN\""), serde_json::json!({})));
    assert!(refused(&with("FR"), serde_json::json!({})));
    let query = "query($l: Language) { node(id: 1) { ... on Site { name(lang: $l) } } }";
    assert!(run(query, serde_json::json!({"l": "EN"})).is_ok());
    assert!(refused(query, serde_json::json!({"l": "FR"})));
}

#[test]
fn a_required_variable_must_be_given_and_a_nullable_one_needs_a_default_for_a_place_without_null() {
    let none = || serde_json::json!({});
    assert!(refused("query($n: Int!) { needs(n: $n) }", none()));
    assert!(refused("query($n: Int!) { needs(n: $n) }", serde_json::json!({"n": null})));
    assert!(refused("query($n: Int) { needs(n: $n) }", serde_json::json!({"n": 1})));
    assert!(refused("query($n: Float!) { needs(n: $n) }", serde_json::json!({"n": 1})));
    assert!(refused("query($b: Boolean) { needs(n: 1) @include(if: $b) }", serde_json::json!({"b": true})));
    assert!(run("query($n: Int = 2) { needs(n: $n) }", none()).is_ok());
    assert!(run("query($n: Int) { may(n: $n) }", none()).is_ok());
    let through = "query($n: Int) { ...f } fragment f on Query { needs(n: $n) }";
    assert!(refused(through, serde_json::json!({"n": 1})));
}

#[test]
fn fields_that_differ_under_one_name_are_refused_also_through_a_fragment() {
    for wrong in [
        "{ a: needs(n: 1) ...f } fragment f on Query { a: needs(n: 2) }",
        "{ a: needs(n: 1) ... { a: may } }",
        "{ sites { nodes { a: rank ...f } } } fragment f on Site { a: id }",
        "{ sites { nodes { a: rank } } ...f } fragment f on Query { sites { nodes { a: id } } }",
        // Two objects never answer one place, but a client must know the type of what comes back.
        "{ node(id: 1) { ... on Site { rank } ... on Place { rank } } }",
    ] {
        assert!(refused(wrong, serde_json::json!({})), "{wrong}");
    }
    for right in [
        "{ a: needs(n: 1) ...f } fragment f on Query { a: needs(n: 1) }",
        "{ node(id: 1) { id ... on Site { id x: share } ... on Place { id y: rank } } }",
        "{ sites { nodes { rank } } sites { nodes { id } } }",
    ] {
        assert!(run(right, serde_json::json!({})).is_ok(), "{right}");
    }
}
