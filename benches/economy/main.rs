//! How fast the economy is computed, and whether its intervals hold what they promise.
//!
//! `script/bench economy` prints the tables. Figures are CPU seconds, so a busy machine changes them little.

// A benchmark prints, and stops when its own data are unsound.
#![allow(clippy::expect_used, clippy::print_stdout)]

mod city;
mod panel;
mod simulation;
mod world;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let number = |at: usize, otherwise: usize| words.get(at).and_then(|word| word.parse().ok()).unwrap_or(otherwise);
    match words.first().map(String::as_str) {
        Some("panel") => panel::table(),
        Some("panel-rows") => panel::rows(words.get(1).expect("a file")),
        Some("demo") => city::demo(),
        Some("city") => city::growth(&words[1..]),
        Some("simulation") => simulation::table(number(1, 1_000), number(2, 2)),
        _ => println!("Name one of: panel, demo, city [DONGS ...], simulation [REPLICATIONS [THREADS]]"),
    }
}

/// What `work` gives, and the CPU seconds of this process.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let clock = cpu_time::ProcessTime::now();
    let done = work();
    (done, clock.elapsed().as_secs_f64())
}
