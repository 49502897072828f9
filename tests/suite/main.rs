//! Tests of the whole: the real program on port 0, real PostGIS, databases copied from a migrated template.
//!
//! Tests that need a database find it through `DONGJAK_TEST_DATABASE_URL`, which `script/test` sets. Without it they
//! say by name that they were not run; with `CI=true` that is a failure.

// A test fails by panicking, in its helpers too.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

mod arguments;
mod boundaries_of_rooms;
mod care;
mod changes;
mod commands;
mod contract;
mod demo;
mod docs;
mod economy_answers;
mod economy_sales;
mod explain;
mod graphql_over_http;
mod http;
mod ideas;
mod imports;
mod jobs;
mod kept;
mod keys;
mod languages;
mod live;
mod local_answers;
mod local_economy;
mod map;
mod migrations;
mod one_path;
mod petitions;
mod posts;
mod real_files;
mod region_sentiment;
mod roles;
mod runs_by_api;
mod statements;
mod voice;
mod wifi_plans;
mod wifi_requests;
mod wifi_spread;
