//! The program `dongjak`: everything a person types. The work is in [`dongjak_insight::commands`].

use std::process::ExitCode;

/// Answers are made of thousands of small pieces; see the table in benches/api.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dongjak_insight::commands::run(std::env::args_os())
}
