//! Migrations go up, down and up again; the Rust schema is what Diesel prints.

use std::process::Command;

use diesel_migrations::MigrationHarness;
use dongjak_insight::db::migrate::MIGRATIONS;

use crate::support::{cluster, database};

fn dump(url: &str) -> String {
    let out =
        Command::new("pg_dump").args(["--schema-only", "--no-owner", url]).output().expect("pg_dump is installed");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    // Newer servers write a random word that guards the restore.
    text.lines().filter(|line| !line.contains("restrict")).collect::<Vec<_>>().join("\n")
}

#[test]
fn up_down_up_leaves_the_same_database() {
    let Some(db) = database("up_down_up_leaves_the_same_database") else { return };
    let first = dump(&db.url);
    let mut conn = db.connect();
    conn.revert_all_migrations(MIGRATIONS).expect("every down.sql works");
    let down = dump(&db.url);
    assert!(!down.contains("CREATE TABLE public.analysis_run"), "something is left after going down");
    conn.run_pending_migrations(MIGRATIONS).expect("every up.sql works again");
    assert_eq!(first, dump(&db.url), "a down.sql leaves something over, or an up.sql depends on it");
}

#[test]
fn the_rust_schema_is_what_diesel_prints() {
    let Some(db) = database("the_rust_schema_is_what_diesel_prints") else { return };
    let root = env!("CARGO_MANIFEST_DIR");
    let own = format!("{root}/.local/tools/bin/diesel");
    let diesel = std::env::var("DONGJAK_DIESEL").unwrap_or(own);
    let Ok(out) = Command::new(&diesel).args(["print-schema", "--database-url", &db.url]).current_dir(root).output()
    else {
        assert!(std::env::var("CI").is_err(), "the diesel program is missing; script/setup installs it with --tests");
        eprintln!("not run: the_rust_schema_is_what_diesel_prints (script/test brings the diesel program)");
        return;
    };
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let committed = std::fs::read_to_string(format!("{root}/src/db/schema.rs")).expect("the schema is committed");
    assert_eq!(
        committed,
        String::from_utf8_lossy(&out.stdout),
        "write it with `diesel print-schema > src/db/schema.rs`"
    );
}

#[test]
fn two_that_migrate_at_once_do_not_race() {
    let Some(admin) = cluster("two_that_migrate_at_once_do_not_race") else { return };
    let Some(db) = database("two_that_migrate_at_once_do_not_race") else { return };
    let _ = admin;
    let mut conn = db.connect();
    conn.revert_all_migrations(MIGRATIONS).expect("down");
    let both: Vec<_> = (0..2)
        .map(|_| {
            let url = db.url.clone();
            std::thread::spawn(move || dongjak_insight::db::migrate::migrate(&url).expect("migrates").steps.len())
        })
        .collect();
    let steps: usize = both.into_iter().map(|t| t.join().expect("no panic")).sum();
    let folders =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")).expect("the migrations").count();
    assert_eq!(steps, folders, "every migration is applied once, by one of the two");
}
