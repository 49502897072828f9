//! Runs that wait in the queue: computed once, by one worker, whatever becomes of the process.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use dongjak_insight::jobs::worker::Worker;

use crate::support::command::Folder;
use crate::support::{TestDatabase, database};

/// Two places where people are, and a bus stop beside each.
pub fn small(test: &str) -> Option<(TestDatabase, Folder)> {
    let db = database(test)?.with_dongs();
    let folder = Folder::new();
    let people = "day_type,hour,lon,lat,people\nweekday,9,126.95,37.50,70\nweekday,9,126.96,37.505,40\n";
    let stops = "id,name,lon,lat\n1,가,126.95,37.5001\n2,나,126.96,37.5051\n";
    db.must(&["import", "floating-population", &folder.file("people.csv", people)]);
    db.must(&["import", "bus-stops", &folder.file("stops.csv", stops)]);
    Some((db, folder))
}

#[test]
fn a_run_that_waits_is_computed_with_its_parameters_and_published_as_asked() {
    let Some((db, folder)) = small("a_run_that_waits_is_computed") else { return };
    let params = |text: &str| folder.file("p.json", text);
    assert_eq!(db.run(&["analyze", "wifi", "--later", "--params", &params(r#"{"sites": 0}"#)]).code, 1);
    assert_eq!(db.number("SELECT count(*) FROM analysis_job"), 0.0, "what makes no sense does not wait");
    db.must(&["analyze", "wifi", "--later", "--publish", "--params", &params(r#"{"sites": 1}"#)]);
    db.must(&["analyze", "wifi", "--later"]);
    db.must(&["analyze", "childcare", "--later"]);
    db.must(&["analyze", "economy", "--later"]);
    db.must(&["jobs", "--cancel", "3"]);
    assert_eq!(db.run(&["jobs", "--cancel", "3"]).code, 1, "it does not wait any more");
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 0.0);
    db.must(&["work", "--once"]);
    assert_eq!(db.number("SELECT count(*) FROM wifi_site WHERE run_id = 1"), 1.0);
    assert_eq!(db.number("SELECT count(*) FROM wifi_site WHERE run_id = 2"), 2.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_run WHERE audience = 'PUBLIC' AND id = 1"), 1.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_run WHERE audience IS NOT NULL"), 1.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_job WHERE state = 'DONE' AND run_id = id"), 2.0);
    let failed =
        "SELECT count(*) FROM analysis_job WHERE id = 4 AND state = 'FAILED' AND message LIKE '%dongjak import%'";
    assert_eq!(db.number(failed), 1.0, "the economy has no data");
    let list = db.must(&["jobs"]);
    assert!(["DONE", "FAILED", "CANCELLED"].iter().all(|state| list.contains(state)), "{list}");
    let server = db.serve();
    assert_eq!(server.data("{ wifiSites { totalCount } }")["wifiSites"]["totalCount"], 1, "the other is not published");
}

#[test]
fn two_workers_never_take_the_same_job() {
    let Some((db, _folder)) = small("two_workers_never_take_the_same_job") else { return };
    for _ in 0..4 {
        db.must(&["analyze", "wifi", "--later"]);
    }
    let only = Worker::hired(&db.url).expect("the database answers").expect("nobody else is at work");
    assert!(Worker::hired(&db.url).expect("the database answers").is_none());
    assert!(db.must(&["work", "--once"]).contains("Another worker"));
    drop(only);
    let mut both: Vec<_> = (0..2).map(|_| db.spawn(&["work", "--once"])).collect();
    both.iter_mut().for_each(|worker| assert!(worker.wait().expect("it ends").success()));
    // Whoever came second may have found the lock taken just before the first one ended.
    db.must(&["work", "--once"]);
    assert_eq!(db.number("SELECT count(*) FROM analysis_job WHERE state = 'DONE' AND attempts = 1"), 4.0);
    assert_eq!(db.number("SELECT count(DISTINCT run_id) FROM analysis_job"), 4.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 4.0);
}

#[test]
fn the_job_of_a_killed_worker_is_taken_up_again_and_leaves_one_run() {
    let Some((db, _folder)) = small("the_job_of_a_killed_worker_is_taken_up_again") else { return };
    db.must(&["analyze", "wifi", "--later"]);
    let mut gate = db.connect();
    gate.batch_execute("BEGIN; LOCK TABLE analysis_run IN ACCESS EXCLUSIVE MODE").expect("the gate is closed");
    let mut worker = db.spawn(&["work", "--once"]);
    let until = |sql: &str| {
        let started = Instant::now();
        while db.number(sql) == 0.0 {
            assert!(started.elapsed() < Duration::from_secs(30), "{sql}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    until("SELECT count(*) FROM analysis_job WHERE state = 'RUNNING' AND stage = 'STORING'");
    worker.kill().expect("it was at work");
    worker.wait().expect("it is gone");
    gate.batch_execute("ROLLBACK").expect("the gate is open");
    // The session of the dead ends when PostgreSQL notices.
    until(
        "SELECT count(*) FROM (SELECT 1) AS one WHERE NOT EXISTS \
         (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE l.locktype = 'advisory' AND d.datname = current_database())",
    );
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 0.0, "nothing half-written is left");
    db.must(&["work", "--once"]);
    assert_eq!(db.number("SELECT count(*) FROM analysis_job WHERE state = 'DONE' AND attempts = 2"), 1.0);
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 1.0);
}

#[test]
fn a_job_that_ends_its_workers_is_given_up_after_three() {
    let Some((db, _folder)) = small("a_job_that_ends_its_workers_is_given_up") else { return };
    db.must(&["analyze", "wifi", "--later"]);
    db.must(&["analyze", "wifi", "--later"]);
    db.connect()
        .batch_execute("UPDATE analysis_job SET state = 'RUNNING', stage = 'ANALYSING', attempts = id + 1")
        .expect("two jobs whose workers are gone");
    db.must(&["work", "--once"]);
    let states = "SELECT count(*) FROM analysis_job WHERE (id, state, attempts) IN ((1, 'DONE', 3), (2, 'FAILED', 3))";
    assert_eq!(db.number(states), 2.0, "{}", db.must(&["jobs"]));
    assert_eq!(db.number("SELECT count(*) FROM analysis_run"), 1.0);
}
