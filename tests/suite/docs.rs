//! The documentation for people: what the contract says, in both languages, with answers that the server gives.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::support::{database, published};

const KOREAN: &str = include_str!("../../assets/docs/korean.json");

#[test]
fn every_chapter_shows_its_sample_with_the_answer_that_the_api_gives() {
    let Some(db) = database("every_chapter_shows_its_sample") else { return };
    published::publish(&db);
    let server = db.serve();
    for (chapter, root) in
        [("economy", "economicSensitivity"), ("childcare", "childcareSentiment"), ("wifi", "wifiSites")]
    {
        let (status, page) = server.get(&format!("/docs/{chapter}?lang=en"));
        assert_eq!(status, 200);
        assert!(page.contains(&format!("id=\"Query.{root}\"")), "{chapter} does not say what can be asked");
        let query = std::fs::read_to_string(format!("{}/assets/samples/{chapter}.graphql", env!("CARGO_MANIFEST_DIR")))
            .expect("a sample");
        let answer = server.ask(&query);
        let shown = serde_json::to_string_pretty(&json!({"data": answer["data"]})).expect("JSON");
        let numbers = shown.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() > 4);
        for digits in numbers {
            assert!(page.contains(digits), "{chapter} shows another answer: {digits} is missing");
        }
    }
}

#[test]
fn a_chapter_is_written_in_the_language_that_is_asked_for_and_links_only_to_what_is_there() {
    let Some(db) = database("a_chapter_is_written_in_the_language") else { return };
    let server = db.serve();
    let (_, korean) = server.get("/docs/economy?lang=ko");
    let (_, english) = server.get("/docs/economy?lang=en");
    assert!(korean.contains("<h1>경제 민감도</h1>") && korean.contains("lang=\"ko\""), "{korean}");
    assert!(english.contains("<h1>Economic sensitivity</h1>") && english.contains("lang=\"en\""), "{english}");
    assert!(english.contains("An association, gross of policies; not a causal effect."));
    assert!(korean.contains("인과 효과가 아닙니다."));
    for chapter in ["economy", "childcare", "wifi", "common"] {
        let (_, page) = server.get(&format!("/docs/{chapter}?lang=en"));
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            // On the map, what follows the # is the question that it opens with.
            let anchor = if path.starts_with("/?") { "" } else { anchor };
            let target = if path.is_empty() { page.clone() } else { server.get(path).1 };
            assert!(
                anchor.is_empty() || target.contains(&format!("id=\"{anchor}\"")),
                "{chapter}: {link} leads nowhere"
            );
        }
    }
    assert_eq!(server.get("/docs").0, 200);
    assert!(server.get("/docs/NeighbourhoodWifi?lang=en").1.contains("id=\"NeighbourhoodWifi.sites\""));
    assert_eq!(server.get("/docs/elsewhere").0, 404);
}

#[test]
fn every_translation_belongs_to_a_sentence_of_the_contract() {
    let sdl = dongjak_insight::api::sdl();
    let mut known: BTreeSet<String> = sdl
        .split("\"\"\"")
        .skip(1)
        .step_by(2)
        .flat_map(|text| {
            text.lines()
                .map(str::trim)
                .collect::<Vec<_>>()
                .join("\n")
                .split("\n\n")
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    for chapter in ["economy", "childcare", "wifi"] {
        let sample =
            std::fs::read_to_string(format!("{}/assets/samples/{chapter}.graphql", env!("CARGO_MANIFEST_DIR")))
                .expect("a sample");
        let comment = sample.lines().filter(|line| line.starts_with("# ")).skip(1).map(|line| &line[2..]);
        known.insert(comment.collect::<Vec<_>>().join(" "));
    }
    let read: BTreeMap<String, String> = serde_json::from_str(KOREAN).expect("an object of texts");
    let lost: Vec<_> = read.keys().filter(|paragraph| !known.contains(*paragraph)).collect();
    assert!(lost.is_empty(), "the contract no longer says this; translate it anew or remove it: {lost:#?}");
}

#[test]
fn the_korean_pages_are_korean_but_for_at_most_a_few_new_sentences() {
    let Some(db) = database("the_korean_pages_are_korean") else { return };
    published::publish(&db);
    let server = db.serve();
    for chapter in ["economy", "childcare", "wifi", "common"] {
        let (_, page) = server.get(&format!("/docs/{chapter}?lang=ko"));
        let english: Vec<_> =
            page.split("<p lang=\"en\">").skip(1).filter_map(|rest| rest.split("</p>").next()).collect();
        let all = page.matches("<p>").count() + english.len();
        assert!(english.len() * 20 < all, "{chapter}: translate in assets/docs/korean.json: {english:#?}");
    }
}
