//! What is typed: exit 0 done, 1 failed, 2 wrong usage; errors in one plain sentence on stderr.

use serde_json::Value;

use crate::support::command::{Folder, alone};
use crate::support::database;

#[test]
fn wrong_usage_is_2_and_a_failure_is_1_each_with_a_sentence() {
    for (arguments, code, word) in [
        (&["frobnicate"][..], 2, "frobnicate"),
        (&["import", "bus-stops"][..], 2, "FILES"),
        (&["import", "bus-stops", "Cargo.toml"][..], 1, "DATABASE_URL"),
        (&["analyze", "weather"][..], 2, "economy"),
        (&["analyze", "all", "--params", "p.json"][..], 2, "belongs to one question"),
        (&["publish", "many"][..], 2, "many"),
        (&["serve"][..], 1, "DATABASE_URL"),
        (&["evaluate", "wifi", "/nowhere"][..], 1, "not a folder"),
        (&["evaluate", "wifi", "tests/golden/economy"][..], 1, "meta.json"),
    ] {
        let said = alone(arguments);
        assert_eq!(said.code, code, "{arguments:?}: {}", said.err);
        assert!(said.err.contains(word), "{arguments:?}: {}", said.err);
        assert_eq!(said.out, "", "{arguments:?}");
    }
    assert_eq!(alone(&["--help"]).code, 0);
}

#[test]
fn the_schema_is_printed_and_evaluate_prints_one_object_without_a_database() {
    assert_eq!(alone(&["schema"]).out, dongjak_insight::api::sdl());
    for (question, folder) in [
        ("economy", "tests/golden/economy"),
        ("childcare", "tests/golden/childcare"),
        ("wifi", "tests/golden/wifi/dj_p50_small"),
    ] {
        let said = alone(&["evaluate", question, folder]);
        assert_eq!(said.code, 0, "{}", said.err);
        let answer: Value = serde_json::from_str(&said.out).expect("one JSON value");
        assert!(answer.is_object() && said.out.trim_end().lines().count() == 1);
    }
}

#[test]
fn evaluate_computes_the_same_when_the_expected_values_are_taken_away() {
    for (question, source, expected) in
        [("economy", "tests/golden/economy", "golden.json"), ("childcare", "tests/golden/childcare", "expected.json")]
    {
        let folder = Folder::new();
        let mut path = String::new();
        for entry in std::fs::read_dir(source).expect("a reference folder").flatten() {
            let name = entry.file_name().into_string().expect("a name");
            if name != expected {
                path = folder.file(&name, std::fs::read(entry.path()).expect("a reference file"));
            }
        }
        let bare = std::path::Path::new(&path).parent().expect("the folder").to_str().expect("a path");
        let answer = |path: &str| -> Value {
            let said = alone(&["evaluate", question, path]);
            assert_eq!(said.code, 0, "{}", said.err);
            let mut answer: Value = serde_json::from_str(&said.out).expect("JSON");
            let comparison = ["max_abs_error", "max_abs_error_by_method", "exact", "max_objective_error"];
            for part in ["access", "siting"] {
                if let Some(part) = answer.get_mut(part).and_then(Value::as_object_mut) {
                    part.retain(|key, _| !comparison.contains(&key.as_str()));
                }
            }
            answer.as_object_mut().expect("an object").remove("errors");
            answer
        };
        assert!(answer(source) == answer(bare), "{question} computes something else");
    }
}

#[test]
fn a_database_without_its_tables_is_told_from_one_that_is_away() {
    let Some(db) = database("a_database_without_its_tables") else { return };
    use diesel::connection::SimpleConnection;
    db.connect()
        .batch_execute("DROP SCHEMA public, personal CASCADE; CREATE SCHEMA public")
        .expect("an empty database");
    for arguments in [&["import", "bus-stops", "Cargo.toml"][..], &["analyze", "wifi"][..]] {
        let said = db.run(arguments);
        assert!(said.code == 1 && said.err.contains("dongjak migrate"), "{arguments:?}: {}", said.err);
    }
    let doctor = db.run(&["doctor"]);
    assert!(
        doctor.code == 1 && doctor.out.contains("to do") && doctor.out.contains("dongjak migrate"),
        "{}",
        doctor.out
    );
    assert!(db.must(&["migrate"]).starts_with("Applied"));
    assert_eq!(db.must(&["migrate"]), "The database is up to date.\n");
    assert!(!db.run(&["doctor"]).out.contains("dongjak migrate"));
}

#[test]
fn an_analysis_without_its_data_names_the_command_that_brings_them() {
    let Some(db) = database("an_analysis_without_its_data") else { return };
    for question in ["economy", "childcare", "wifi"] {
        let said = db.run(&["analyze", question]);
        let told = said.err.contains("dongjak import") || said.err.contains("script/setup");
        assert!(said.code == 1 && told, "{question}: {}", said.err);
    }
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 0.0);
}

#[test]
fn parameters_are_checked_and_change_the_run_and_a_run_is_published_once() {
    let Some(db) = database("parameters_are_checked_and_change_the_run") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let people = "day_type,hour,lon,lat,people\nweekday,9,126.95,37.50,70\nweekend,9,126.95,37.50,10\nweekday,9,126.96,37.505,40\n";
    db.must(&["import", "floating-population", &folder.file("people.csv", people)]);
    db.must(&[
        "import",
        "bus-stops",
        &folder.file("stops.csv", "id,name,lon,lat\n1,가,126.95,37.5001\n2,나,126.96,37.5051\n"),
    ]);
    for (params, word) in [(r#"{"sites": 0}"#, "sites"), (r#"{"radius": 3}"#, "radius"), ("[", "not JSON")] {
        let said = db.run(&["analyze", "wifi", "--params", &folder.file("p.json", params)]);
        assert!(said.code == 1 && said.err.contains(word), "{params}: {}", said.err);
    }
    db.must(&["analyze", "wifi", "--params", &folder.file("p.json", r#"{"sites": 1}"#), "--publish"]);
    db.must(&["analyze", "wifi"]);
    assert_eq!(db.number("SELECT count(*) FROM wifi_site WHERE run_id = 1"), 1.0);
    assert_eq!(db.number("SELECT count(*) FROM wifi_site WHERE run_id = 2"), 2.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_run WHERE audience IS NOT NULL"), 1.0);
    db.must(&["publish", "2"]);
    assert_eq!(db.run(&["publish", "2", "--internal"]).code, 1);
    assert_eq!(db.run(&["publish", "3"]).code, 1);
    let runs = db.must(&["runs"]);
    assert_eq!(runs.matches("PUBLIC").count(), 2, "{runs}");
    assert!(db.must(&["datasets"]).contains("floating-population"));
}
