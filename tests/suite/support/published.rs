//! Small invented results, published: two runs of each question whose figures differ.

use diesel::connection::SimpleConnection;
use serde_json::Value;

use super::{TestDatabase, TestServer};

/// Runs 1 to 3 are older, 4 to 6 newer; 7 is internal; 8 is computed but not published.
/// Boundaries are two squares of 0.01 degrees side by side.
pub fn publish(db: &TestDatabase) {
    db.connect().batch_execute(include_str!("published.sql")).expect("the invented results are written");
}

/// A database with the invented results; the internal run 7 and the unpublished run 8 of Wi-Fi are complete and empty.
pub fn published(test: &str) -> Option<TestDatabase> {
    let db = super::database(test)?;
    publish(&db);
    db.connect()
        .batch_execute(
            "INSERT INTO wifi_summary (run_id, figures) SELECT id, '{}' FROM unnest(ARRAY[7, 8]) AS empty (id)",
        )
        .expect("the empty runs are written");
    Some(db)
}

/// The global id of a run.
pub fn run_id(server: &TestServer, analysis: &str, newest: bool) -> String {
    let answer = server.data(&format!("{{ analysisRuns(analysis: {analysis}) {{ nodes {{ id publishedAt }} }} }}"));
    let nodes = answer["analysisRuns"]["nodes"].as_array().expect("runs").clone();
    let node: &Value = if newest { &nodes[0] } else { &nodes[nodes.len() - 1] };
    node["id"].as_str().expect("an id").to_owned()
}
