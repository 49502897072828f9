//! Posts from the file to the table: what cannot be a post is refused by its line, memory stays flat, authors stay the
//! same under one roof, and texts can be dropped while counts stay.

use std::fmt::Write;

use crate::support::command::Folder;
use crate::support::{TestDatabase, database};

fn line(id: &str, day: &str, text: &str) -> String {
    serde_json::json!({"id": id, "created_at": format!("{day}T09:00:00+09:00"), "channel": "cafe", "text": text, "author": "mom"})
        .to_string()
}

#[test]
fn every_bad_post_is_refused_by_its_line_and_every_odd_one_is_kept() {
    let Some(db) = database("every_bad_post_is_refused_by_its_line") else { return };
    let db = db.with_dongs();
    let day = "2021-03-01";
    let good: Vec<String> = [
        line("good", day, "상도1동 어린이집 좋아요"),
        line("letters", day, &"가".repeat(20_000)),
        line("emoji", day, "😀👨‍👩‍👧🇰🇷"),
        line("script", day, "<script>alert(1)</script> 어린이집"),
        line("sql", day, "'; DROP TABLE post; -- 어린이집"),
        line("radio", day, "유치원 소식").replace("cafe", "radio"),
    ]
    .into();
    let bad: Vec<Vec<u8>> = vec![
        b"{\"id\":\"x\",\"text\":\"\xff\xfe\"}".to_vec(),
        line("long", day, &"가".repeat(400_000)).into_bytes(),
        line("empty", day, "").into_bytes(),
        line("future", "2999-01-01", "어린이집").into_bytes(),
        line("good", day, "어린이집").into_bytes(),
        b"not json".to_vec(),
    ];
    let mut file = good.join("\n").into_bytes();
    for line in &bad {
        file.push(b'\n');
        file.extend(line);
    }
    let folder = Folder::new();
    let said = db.must(&["import", "posts", &folder.file("posts.jsonl", file)]);
    assert!(said.contains("12 lines read, 6 rows kept, 6 refused"), "{said}");
    assert!(said.contains("1 posts name a channel that is not known"), "{said}");
    let refused = db.must(&["refused", "3"]);
    for (number, reason) in [
        (7, "not UTF-8"),
        (8, "longer than 262144 bytes"),
        (9, "the text is empty"),
        (10, "in the future"),
        (11, "stands twice"),
        (12, "JSON Lines"),
    ] {
        let found = refused.lines().find(|row| row.contains(&format!(":{number}:"))).unwrap_or_default();
        assert!(found.contains(reason), "line {number}: {refused}");
    }
    let run = db.must(&["analyze", "childcare", "--publish"]);
    assert!(run.contains("is done"), "{run}");
}

#[test]
fn an_author_has_one_hash_over_all_files_of_an_installation() {
    let Some(db) = database("an_author_has_one_hash_over_all_files") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    for (file, day) in [("a.jsonl", "2021-03-01"), ("b.jsonl", "2021-04-01")] {
        db.must(&["import", "posts", &folder.file(file, line("1", day, "어린이집 소식"))]);
    }
    assert_eq!(db.number("SELECT count(DISTINCT author_hash) FROM post WHERE author_hash <> 'mom'"), 1.0);
}

#[test]
fn dropped_texts_are_gone_and_what_was_counted_of_them_stays() {
    let Some(db) = database("dropped_texts_are_gone_and_what_was_counted") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let today = chrono::Utc::now().date_naive();
    let mut file = String::new();
    for n in 0..40 {
        let old = if n < 20 { "2021-03-01".to_owned() } else { today.pred_opt().expect("a day").to_string() };
        writeln!(file, "{}", line(&n.to_string(), &old, &format!("상도1동 어린이집 소식 {n}"))).expect("a line");
    }
    db.must(&["import", "posts", &folder.file("posts.jsonl", file)]);
    db.must(&["analyze", "childcare", "--publish"]);
    let mentions = |which: &str| {
        let sql = format!(
            "SELECT (figures #>> '{{mentions,value}}')::float8 FROM childcare_dong
              WHERE place = 'district' AND run_id = (SELECT {which}(run_id) FROM childcare_dong)"
        );
        db.number(&sql)
    };
    assert_eq!(mentions("min"), 40.0);
    let said = db.must(&["drop-texts", "--retain-days", "30"]);
    assert!(said.contains("the texts of 20 posts older than 30 days are dropped"), "{said}");
    assert_eq!(db.number("SELECT count(*) FROM post WHERE text_masked IS NULL AND author_hash IS NULL"), 20.0);
    assert_eq!(db.number("SELECT count(*) FROM dataset_version WHERE notes::text LIKE '%texts of 20 posts%'"), 1.0);
    assert_eq!(mentions("min"), 40.0, "the run keeps what it counted");
    let again = db.run(&["analyze", "--reproduce", "1"]);
    assert!(again.code == 1 && again.err.contains("The texts of 20 posts"), "{}", again.err);
    db.must(&["analyze", "childcare"]);
    assert_eq!(mentions("max"), 20.0, "a new run counts what can be read");
    assert!(db.must(&["drop-texts", "--retain-days", "30"]).contains("No post older than 30 days has a text"));
}

/// Of the eleven posts about 상도1동 nine were shown by the earlier run. Eleven less nine would tell the two of February.
#[test]
fn what_was_written_since_an_earlier_run_is_not_told_by_the_difference_while_it_is_little() {
    let Some(db) = database("what_was_written_since_an_earlier_run") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let file = |name: &str, day: &str, posts: [usize; 3]| {
        let mut text = String::new();
        for (place, count) in ["상도1동", "사당1동", ""].iter().zip(posts) {
            for n in 0..count {
                let post = line(&format!("{name}-{place}-{n}"), day, &format!("{place} 어린이집 소식 {n} {day}"));
                writeln!(text, "{post}").expect("a line");
            }
        }
        folder.file(name, text)
    };
    // Of the newest run.
    let mentions = || {
        db.number(
            "SELECT coalesce((figures #>> '{mentions,value}')::float8, -1) FROM childcare_dong
              WHERE run_id = (SELECT max(run_id) FROM childcare_dong) AND place = (SELECT place FROM childcare_dong
                              WHERE run_id = 1 AND (figures #>> '{mentions,value}')::float8 = 9)",
        )
    };
    db.must(&["import", "posts", &file("january.jsonl", "2021-01-15", [9, 40, 40])]);
    db.must(&["analyze", "childcare", "--publish"]);
    assert_eq!(mentions(), 9.0);
    db.must(&["analyze", "childcare", "--publish"]);
    assert_eq!(mentions(), 9.0, "the same posts are shown as before");
    db.must(&["import", "posts", &file("february.jsonl", "2021-02-15", [2, 30, 30])]);
    db.must(&["analyze", "childcare", "--publish"]);
    assert_eq!(mentions(), -1.0, "eleven are hidden");
    let again = db.run(&["analyze", "--reproduce", "3"]);
    assert_eq!(again.code, 0, "{} {}", again.out, again.err);
    db.must(&["import", "posts", &file("march.jsonl", "2021-03-15", [40, 30, 30])]);
    db.must(&["analyze", "childcare", "--publish"]);
    assert_eq!(mentions(), 51.0, "it has grown by enough");
}

/// Most memory that the program had at any time, in kilobytes, as the kernel tells while it runs.
fn peak_kilobytes(db: &TestDatabase, arguments: &[&str]) -> u64 {
    let mut child = db.spawn(arguments);
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let seen = std::fs::read_to_string(&status).unwrap_or_default();
        let mark = seen.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = mark.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0);
        peak = peak.max(now);
        if let Some(end) = child.try_wait().expect("a child") {
            assert!(end.success(), "{arguments:?}");
            return peak;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

#[test]
fn memory_does_not_grow_with_the_file() {
    let Some(db) = database("memory_does_not_grow_with_the_file") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let file = |name: &str, posts: usize| {
        let mut text = String::new();
        for n in 0..posts {
            let short = line(&format!("{name}{n}"), "2021-03-01", "어린이집");
            let ballast = "x".repeat(5_000);
            writeln!(text, "{{\"note\":\"{ballast}\",{}", &short[1..]).expect("a line");
        }
        folder.file(name, text)
    };
    let small = peak_kilobytes(&db, &["import", "posts", &file("small.jsonl", 100), "--dry-run"]);
    let large = peak_kilobytes(&db, &["import", "posts", &file("large.jsonl", 6_000), "--dry-run"]);
    // The larger file has 30 MB, which would be seen here if it were held.
    assert!(small > 0 && large < small + 8_000, "{small} kB of a hundred posts, {large} kB of six thousand");
}
