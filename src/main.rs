//! The program `dongjak`: everything a person types. The work is in [`dongjak_insight::commands`].

use std::process::ExitCode;

fn main() -> ExitCode {
    dongjak_insight::commands::run(std::env::args_os())
}
