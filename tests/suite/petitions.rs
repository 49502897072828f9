//! Real texts of strangers through the whole path: petitions about children to the Blue House (국민청원), bodies and titles.
//!
//! A petition is not a post, and names no neighbourhood; but it is Korean that nobody wrote for this project. Each one
//! counts as its own author, because the files do not name any.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::real_files::ready;
use crate::support::command::Folder;

/// Every body and every fifth title, in our own layout.
fn petitions(folder: &Path) -> String {
    let bodies = std::fs::read_to_string(folder.join("d_국민청원_육아_본문_2017-08_2019-04~08.jsonl")).expect("bodies");
    let titles = std::fs::read(folder.join("d_국민청원_육아교육_저출산_제목_2019-2021.csv")).expect("titles");
    let mut lines = String::new();
    let mut put = |id: String, day: &str, text: &str| {
        let post = json!({"id": id, "created_at": format!("{day}T12:00:00+09:00"), "channel": "other", "text": text, "author": id});
        writeln!(lines, "{post}").expect("a line");
    };
    for (n, body) in bodies.lines().enumerate() {
        let body: Value = serde_json::from_str(body).expect("a petition");
        put(format!("b{n}"), body["begin"].as_str().expect("a day"), body["content"].as_str().expect("a text"));
    }
    let titles = titles.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&titles);
    for (n, row) in csv::Reader::from_reader(titles).records().enumerate().step_by(5) {
        let row = row.expect("a row");
        put(format!("t{n}"), &row[3], &row[2]);
    }
    lines
}

#[test]
fn petitions_run_the_whole_path_and_their_keywords_make_sense() {
    let Some((files, db)) = ready("petitions_run_the_whole_path_and_their_keywords_make_sense") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let said = db.must(&["import", "posts", &folder.file("petitions.jsonl", petitions(&files))]);
    assert!(said.contains("1248 lines read") && said.contains("Personal data were masked"), "{said}");
    db.must(&["analyze", "childcare", "--publish"]);
    let server = db.serve();
    let words = |issue: &str, polarity: &str| -> Vec<String> {
        let answer = server.data(&format!(
            "{{ childcareKeywords(filter: {{issue: {issue}, polarity: {polarity}, scope: DISTRICT}}, first: 100) {{ nodes {{ term }} }} }}"
        ));
        let rows = answer["childcareKeywords"]["nodes"].as_array().expect("rows").clone();
        rows.iter().map(|row| row["term"].as_str().expect("a word").to_owned()).collect()
    };
    // What everybody who read the news of these years would expect.
    for (issue, expected) in
        [("COVID", "코로나"), ("SAFETY", "학대"), ("SUPPLY", "유치원"), ("POLICY", "저출산"), ("TEACHER", "교사")]
    {
        let found = words(issue, "NEGATIVE");
        assert!(found.iter().any(|word| word.contains(expected)), "{issue}: {found:?}");
    }
    assert!(!words("COVID", "NEGATIVE").iter().any(|word| word.contains("저출산")), "words tell issues apart");
    let issues = server.data("{ childcareIssues(filter: {scope: DISTRICT, issues: [SAFETY]}) { nodes { mentions { value } negativeShare { value } } } }");
    let safety = &issues["childcareIssues"]["nodes"][0];
    assert!(safety["negativeShare"]["value"].as_f64().expect("a share") > 0.6, "{safety}");
}
