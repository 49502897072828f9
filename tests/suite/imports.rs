//! What a person who imports files can rely on.

use std::time::{Duration, Instant};

use crate::support::command::Folder;
use crate::support::database;

const STOPS: &str = "id,name,lon,lat\n1,가,126.95,37.51\n2,나,126.96,37.50\n";

#[test]
fn the_same_bytes_twice_change_nothing() {
    let Some(db) = database("the_same_bytes_twice_change_nothing") else { return };
    let folder = Folder::new();
    let file = folder.file("stops.csv", STOPS);
    assert!(db.must(&["import", "bus-stops", &file]).contains("as version 1"));
    assert!(db.must(&["import", "bus-stops", &file]).contains("Already imported as version 1"));
    // The same bytes under another name are the same bytes.
    assert!(
        db.must(&["import", "bus-stops", &folder.file("copy.csv", STOPS)]).contains("Already imported as version 1")
    );
    assert_eq!(db.number("SELECT count(*) FROM dataset_version"), 1.0);
    assert_eq!(db.number("SELECT count(*) FROM facility"), 2.0);
}

#[test]
fn a_bad_row_is_refused_with_line_reason_and_text_and_never_stops_the_file() {
    let Some(db) = database("a_bad_row_is_refused_with_line_reason_and_text") else { return };
    let folder = Folder::new();
    let rows = "id,name,lon,lat\n1,가,126.95,37.51\n2,나,east,37.50\n3,다\n1,라,126.95,37.52\n5,마,2.35,48.85\n6,바,37.51,126.95\n";
    let said = db.must(&["import", "bus-stops", &folder.file("stops.csv", rows)]);
    assert!(said.contains("6 lines read, 2 rows kept, 4 refused"), "{said}");
    let refused = db.must(&["refused", "1"]);
    for (line, word) in [(3, "east"), (4, "3,다"), (5, "1,라"), (6, "48.85")] {
        let found = refused
            .lines()
            .find(|l| l.starts_with(&format!("stops.csv:{line}: ")))
            .unwrap_or_else(|| panic!("line {line}: {refused}"));
        assert!(found.contains(word), "{found}");
    }
    // Longitude and latitude that changed places are told apart by their range.
    assert_eq!(db.number("SELECT ST_X(place) FROM facility WHERE id = '6'"), 126.95);
    assert_eq!(db.run(&["refused", "99"]).code, 1);
}

#[test]
fn a_file_that_is_not_what_it_claims_is_refused_whole_in_one_sentence() {
    let Some(db) = database("a_file_that_is_not_what_it_claims") else { return };
    let folder = Folder::new();
    for (name, content, word) in [
        ("columns.csv", &b"stop,x,y\n1,2,3\n"[..], "lacks"),
        ("empty.csv", &b""[..], "empty"),
        ("error.csv", &b"<!DOCTYPE html><html><body>503</body></html>"[..], "web page"),
        ("binary.csv", &b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0"[..], "binary"),
        ("header.csv", &b"id,name,lon,lat\n"[..], "No row"),
    ] {
        let said = db.run(&["import", "bus-stops", &folder.file(name, content)]);
        assert_eq!(said.code, 1, "{name}");
        assert!(said.err.contains(word) && said.err.trim().lines().count() == 1, "{name}: {}", said.err);
    }
    let said = db.run(&["import", "bus-stops", "/nowhere/stops.csv"]);
    assert!(said.code == 1 && said.err.contains("cannot be read"), "{}", said.err);
    assert_eq!(db.number("SELECT count(*) FROM dataset_version"), 0.0);
}

#[test]
fn an_import_that_is_killed_leaves_nothing() {
    use diesel::connection::SimpleConnection;
    let Some(db) = database("an_import_that_is_killed_leaves_nothing") else { return };
    let folder = Folder::new();
    // The lock lets the import write its version and its refused rows, and stops it at the rows themselves.
    let mut holder = db.connect();
    holder.batch_execute("BEGIN; LOCK TABLE facility IN ACCESS EXCLUSIVE MODE").expect("a lock");
    let mut import = db.spawn(&["import", "bus-stops", &folder.file("stops.csv", STOPS)]);
    let waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let began = Instant::now();
    while db.number(waiting) == 0.0 {
        assert!(began.elapsed() < Duration::from_secs(30), "the import never came to its rows");
        std::thread::sleep(Duration::from_millis(20));
    }
    import.kill().expect("the import is killed");
    import.wait().expect("the import ends");
    holder.batch_execute("COMMIT").expect("the lock is released");
    let began = Instant::now();
    while db.number(waiting) > 0.0 && began.elapsed() < Duration::from_secs(30) {
        std::thread::sleep(Duration::from_millis(20));
    }
    for table in ["dataset_version", "dataset_scope", "facility"] {
        assert_eq!(db.number(&format!("SELECT count(*) FROM {table}")), 0.0, "{table}");
    }
    assert!(db.must(&["import", "bus-stops", &folder.file("stops.csv", STOPS)]).contains("2 rows kept"));
}

#[test]
fn a_dry_run_says_what_would_change_and_keeps_nothing() {
    let Some(db) = database("a_dry_run_says_what_would_change") else { return };
    let folder = Folder::new();
    db.must(&["import", "bus-stops", &folder.file("old.csv", STOPS)]);
    let newer = folder.file("new.csv", "id,name,lon,lat\n1,가,126.95,37.51\n2,나,x,37.50\n");
    let said = db.must(&["import", "bus-stops", &newer, "--dry-run"]);
    assert!(said.contains("1 rows would be kept, 1 refused") && said.contains("instead of version 1"), "{said}");
    assert_eq!(db.number("SELECT count(*) FROM dataset_version"), 1.0);
}

#[test]
fn posts_and_requests_are_masked_before_anything_of_them_is_stored() {
    let Some(db) = database("posts_and_requests_are_masked_before_anything") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let posts = [
        r#"{"id":"a","created_at":"2020-03-01T09:00:00+09:00","channel":"cafe","text":"상도1동 어린이집 문의는 010-2345-6789로","author":"혜진맘77"}"#,
        // A refused line: neither its text nor its number may stay behind.
        r#"{"id":"b","created_at":"yesterday","channel":"cafe","text":"연락처 010-9876-5432 혜진맘77"}"#,
        r#"{"id":"c","created_at":"2020-03-02T09:00:00+09:00","channel":"cafe","text":"메일은 parent.kim@example.com"}"#,
    ]
    .join("\n");
    let said = db.must(&["import", "posts", &folder.file("posts.jsonl", posts)]);
    assert!(said.contains("2 rows kept, 1 refused"), "{said}");
    let requests = "requested_on,lon,lat,requested_kind,address,requester,reason\n\
                    2020-05-01,126.95,37.51,wifi,,citizen,전화 주세요 010-1111-2222\n\
                    someday,126.95,37.51,wifi,,citizen,전화 주세요 010-3333-4444\n";
    let said = db.must(&["import", "wifi-requests", &folder.file("requests.csv", requests)]);
    assert!(said.contains("1 rows kept, 1 refused"), "{said}");
    let dump = db.dump();
    for trace in ["2345-6789", "9876-5432", "parent.kim", "혜진맘77", "1111-2222", "3333-4444"] {
        assert!(!dump.contains(trace), "{trace} is in the database");
    }
    assert!(dump.contains("상도1동 어린이집 문의는"), "the masked text is kept");
    assert!(db.must(&["refused", "3"]).contains("posts.jsonl:2:"), "the refused line is known by its number");
}

/// Expected metres: pyproj 3.7, of longitude 126.9512, latitude 37.5124.
#[test]
fn metres_of_every_reference_system_come_out_at_the_same_place() {
    let Some(db) = database("metres_of_every_reference_system") else { return };
    let folder = Folder::new();
    for (crs, x, y) in [
        ("EPSG:5179", 951_499.356_5, 1_946_043.456_6),
        ("EPSG:5181", 195_685.551_9, 445_881.483_0),
        ("EPSG:5186", 195_685.551_9, 545_881.483_0),
        ("EPSG:5174", 195_615.814_5, 445_576.292_2),
    ] {
        let file = folder.file("stops.csv", format!("id,name,lon,lat\n{crs},가,{x},{y}\n"));
        db.must(&["import", "bus-stops", &file, "--crs", crs]);
        let away = db.number(&format!(
            "SELECT ST_Distance(place::geography, ST_SetSRID(ST_MakePoint(126.9512, 37.5124), 4326)::geography) FROM facility WHERE id = '{crs}'"
        ));
        // Datum grids differ between versions of PROJ by a metre or so for the old Korean datum.
        assert!(away < if crs == "EPSG:5174" { 5.0 } else { 0.01 }, "{crs}: {away} m");
    }
    let said = db.run(&["import", "bus-stops", &folder.file("x.csv", STOPS), "--crs", "EPSG:3857"]);
    assert!(said.code == 1 && said.err.contains("5179"), "{}", said.err);
}

#[test]
fn an_encoding_may_be_said_when_the_reader_would_guess_wrong() {
    let Some(db) = database("an_encoding_may_be_said") else { return };
    let folder = Folder::new();
    // One stop, "상도동", in CP949 with mixed line ends.
    let mut bytes = b"id,name,lon,lat\r\n1,".to_vec();
    bytes.extend([0xbb, 0xf3, 0xb5, 0xb5, 0xb5, 0xbf]);
    bytes.extend(b",126.95,37.51\n");
    db.must(&["import", "bus-stops", &folder.file("guessed.csv", &bytes)]);
    assert_eq!(db.number("SELECT count(*) FROM facility WHERE name = '상도동'"), 1.0);
    db.must(&["import", "bus-stops", &folder.file("said.csv", &bytes), "--encoding", "cp949"]);
    let said = db.run(&["import", "bus-stops", &folder.file("wrong.csv", &bytes), "--encoding", "utf-8"]);
    assert!(said.code == 1 && said.err.to_lowercase().contains("utf-8"), "{}", said.err);
}
