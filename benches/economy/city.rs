//! A whole `dongjak analyze economy`: of the demo, and of ever more dongs up to a city.
//!
//! `DONGJAK_BENCH_DATABASE_URL` names a server on which databases may be made; `script/bench economy` brings one.

use std::process::Command;
use std::time::Instant;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};
use dongjak_insight::audit::Actor;
use dongjak_insight::commands::analyze_and_publish;
use dongjak_insight::config::Settings;
use dongjak_insight::db;
use dongjak_insight::run::Analysis;

use super::timed;

const INDUSTRIES: i32 = 63;
const DAYS: i32 = 731;

pub fn demo() {
    heading();
    let url = database("bench_demo");
    fill_with_demo(&url);
    let rows = count(&url);
    measure("demo", rows, &url, "11590");
}

pub fn growth(words: &[String]) {
    heading();
    let asked: Vec<i32> = words.iter().filter_map(|word| word.parse().ok()).collect();
    for dongs in if asked.is_empty() { vec![15, 50, 150, 425] } else { asked } {
        let url = database("bench_city");
        fill_with_demo(&url);
        fill_with_city(&url, dongs);
        let rows = count(&url);
        measure(&format!("{dongs} dongs x {INDUSTRIES} industries x {DAYS} days"), rows, &url, "11");
    }
}

fn heading() {
    println!("| analyze economy | rows of sales | program CPU s | database CPU s | wall s | program's peak MB |");
    println!("|---|---|---|---|---|---|");
}

fn measure(name: &str, rows: i64, url: &str, district: &str) {
    let look_up = |name: &str| (name == "DATABASE_URL").then(|| url.to_owned());
    let settings = Settings { district: district.to_owned(), ..Settings::read(look_up).expect("sound settings") };
    let mut conn = db::connect(url).expect("a connection");
    let backend = diesel::select(diesel::dsl::sql::<Integer>("pg_backend_pid()"))
        .get_result::<i32>(&mut conn)
        .expect("its process");
    let before = cpu_seconds_of(backend);
    let wall = Instant::now();
    let (run, program) =
        timed(|| analyze_and_publish(&mut conn, &settings, Analysis::Economy, None, Some(&Actor::command("bench"))));
    run.expect("an analysis");
    let database = cpu_seconds_of(backend) - before;
    let wall = wall.elapsed().as_secs_f64();
    println!("| {name} | {rows} | {program:.2} | {database:.2} | {wall:.1} | {:.0} |", peak_megabytes());
}

/// A new database on the server of the benchmark.
fn database(name: &str) -> String {
    let server =
        std::env::var("DONGJAK_BENCH_DATABASE_URL").expect("DONGJAK_BENCH_DATABASE_URL: run script/bench economy");
    let mut conn = PgConnection::establish(&server).expect("the server");
    for statement in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        diesel::sql_query(statement).execute(&mut conn).expect("a new database");
    }
    let (server, _) = server.rsplit_once('/').expect("a database in the URL");
    // One process does all the work of a statement, so that its CPU seconds can be read.
    format!("{server}/{name}?options=-c%20max_parallel_workers_per_gather%3D0")
}

fn fill_with_demo(url: &str) {
    let done = Command::new(env!("CARGO_BIN_EXE_dongjak"))
        .args(["demo", "--no-serve"])
        .env("DATABASE_URL", url)
        .output()
        .expect("the program");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Card sales of an invented city in place of the demo's: a level for every cell, weekdays, caution, noise, and three missing
/// days in a thousand.
fn fill_with_city(url: &str, dongs: i32) {
    let mut conn = db::connect(url).expect("a connection");
    diesel::sql_query("SELECT setseed(0.2019)").execute(&mut conn).expect("a seed");
    for statement in [
        "DELETE FROM dataset_version WHERE dataset = 'card-sales'",
        "ALTER TABLE card_sales DROP CONSTRAINT card_sales_pkey",
        "INSERT INTO dataset_version (id, dataset, layout, files, sha256, publisher, licence, attribution, period_start,
                                      period_end, lines_read, rows_kept, rows_refused, synthetic)
         VALUES (1000000, 'card-sales', 'own', '{}', repeat('0', 64), 'benchmark', 'own work', 'benchmark',
                 '2019-01-01', '2020-12-31', 0, 0, 0, true)",
    ] {
        diesel::sql_query(statement).execute(&mut conn).expect(statement);
    }
    diesel::sql_query(
        "INSERT INTO card_sales (dong_code, system, industry_code, grain, starts_on, version_id, amount_won, transactions, merchants)
         SELECT '11' || lpad(cell.dong::text, 6, '0'), 'own', 'B' || lpad(cell.industry::text, 2, '0'), 'day', day.on_date,
                1000000, (cell.level * day.factor * (0.8 + 0.4 * random()))::bigint,
                (cell.level * day.factor / 20000)::bigint, cell.merchants
           FROM (SELECT dong, industry, 100000 * exp(3 * random()) AS level, (random() * random() * 90)::integer + 1 AS merchants
                   FROM generate_series(1, $1) AS dong, generate_series(1, $2) AS industry) AS cell,
                (SELECT date '2019-01-01' + n AS on_date,
                        (1 + 0.2 * ((n % 7) / 6.0)) * CASE WHEN n > 365 THEN 1 - 0.1 * sin((n - 365) / 58.0) ^ 2 ELSE 1 END AS factor
                   FROM generate_series(0, $3 - 1) AS n) AS day
          WHERE random() > 0.003",
    )
    .bind::<Integer, _>(dongs)
    .bind::<Integer, _>(INDUSTRIES)
    .bind::<Integer, _>(DAYS)
    .execute(&mut conn)
    .expect("sales of the city");
    for statement in [
        "INSERT INTO dataset_scope (version_id, scope, starts_on, ends_on)
         SELECT DISTINCT 1000000, 'day/' || dong_code, date '2019-01-01', date '2020-12-31' FROM card_sales",
        "ALTER TABLE card_sales ADD PRIMARY KEY (dong_code, system, industry_code, grain, starts_on, version_id)",
        "VACUUM ANALYZE card_sales",
    ] {
        diesel::sql_query(statement).execute(&mut conn).expect(statement);
    }
}

fn count(url: &str) -> i64 {
    let mut conn = db::connect(url).expect("a connection");
    diesel::select(diesel::dsl::sql::<BigInt>("(SELECT count(*) FROM card_sales)"))
        .get_result(&mut conn)
        .expect("a count")
}

/// CPU seconds of another process of this machine; NaN where they cannot be read.
fn cpu_seconds_of(process: i32) -> f64 {
    let line = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold spaces; the numbers after it do not.
    let numbers: Vec<f64> =
        line.rsplit(')').next().unwrap_or("").split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let ticks_a_second = 100.0;
    match (numbers.get(10), numbers.get(11)) {
        (Some(user), Some(system)) => (user + system) / ticks_a_second,
        _ => f64::NAN,
    }
}

/// The most memory that this process has held.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}
