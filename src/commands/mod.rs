//! What a person types. Exit 0 done, 1 failed, 2 wrong usage; errors on stderr in one plain sentence.
//!
//! This is the only room that reads the environment and the clock on somebody's behalf, and that writes to a terminal.

mod analyze;
mod audit;
mod call;
mod datasets;
mod demo;
mod doctor;
mod drop_personal;
mod drop_texts;
mod evaluate;
mod explain;
mod import;
mod key;
mod posts;
mod registry;
mod reproduce;
mod requests;
mod roles;
mod runs;
mod say;
mod serve;
mod signal;
mod train;
mod work;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Days, Utc};
use clap::{Parser, Subcommand, ValueEnum};

use crate::audit::Actor;
use crate::config::Settings;
use crate::db::migrate;
use crate::error::{Error, Kind, Result};
use crate::run::Analysis;
use crate::run::record::Audience;

pub use crate::jobs::compute::analyze_and_publish;
pub use import::{ImportOptions, Outcome, import_sources};

/// The policy-analysis API of a district: economy, childcare, public Wi-Fi.
#[derive(Debug, Parser)]
#[command(name = "dongjak", version, disable_help_subcommand = true)]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fill the database with the demo (once), then serve it.
    Demo {
        /// Remove everything generated, and stop; only real data are left.
        #[arg(long)]
        remove: bool,
        /// Fill the database, but do not serve.
        #[arg(long)]
        no_serve: bool,
    },
    /// Answer questions over HTTP until Ctrl-C. Works on an empty database.
    Serve,
    /// Bring the database to the form that this version needs.
    Migrate,
    /// Import one file or set of files.
    Import {
        /// Name of the dataset; `dongjak datasets` lists them.
        dataset: String,
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Read and check everything, say what would change, and keep nothing.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// List the datasets and the versions that are in the database.
    Datasets,
    /// List the refused rows of a dataset version, with line and reason.
    Refused {
        /// Number of the version, from `dongjak datasets`.
        version: i32,
    },
    /// Compute a run from the data in force, or an earlier run once more.
    Analyze {
        /// Which question.
        #[arg(required_unless_present = "reproduce")]
        analysis: Option<Which>,
        /// Compute this run again from what it has read, and compare every stored bit. Exit 0 when all are the same,
        /// 1 when not.
        #[arg(long, value_name = "RUN", conflicts_with_all = ["analysis", "params", "publish"])]
        reproduce: Option<i32>,
        /// JSON file with parameters; what it leaves out keeps its default.
        #[arg(long)]
        params: Option<PathBuf>,
        /// Publish the run for everybody when it is done.
        #[arg(long)]
        publish: bool,
        /// Leave it to `dongjak work`: check the parameters, and put the run into the queue.
        #[arg(long, conflicts_with = "reproduce")]
        later: bool,
    },
    /// Compute the runs that wait in the queue, one after the other; only one such worker is at work at a time.
    Work {
        /// Stop when nothing waits any more.
        #[arg(long)]
        once: bool,
    },
    /// List the jobs of the queue, newest first.
    Jobs {
        /// Cancel this job, which still waits.
        #[arg(long, value_name = "JOB")]
        cancel: Option<i32>,
    },
    /// Say where a figure came from: formula, numbers, inputs, and what was left out.
    Explain {
        /// Id of the figure, from its GraphQL field id.
        figure: String,
    },
    /// Say which figures of two runs differ, and what entered them differently.
    Compare {
        /// Number of the first run, from `dongjak runs`.
        a: i32,
        /// Number of the second run.
        b: i32,
        /// Figures to show.
        #[arg(long, default_value_t = 20)]
        most: usize,
    },
    /// List the runs.
    Runs,
    /// Make a run visible.
    Publish {
        /// Number of the run, from `dongjak runs`.
        run: i32,
        /// Only for signed-in users.
        #[arg(long)]
        internal: bool,
    },
    /// Withdraw a published run: it stays readable and is marked, unless it is withdrawn for privacy.
    Withdraw {
        /// Number of the run, from `dongjak runs`.
        run: i32,
        /// Why, in words for everybody.
        #[arg(long)]
        reason: String,
        /// Its results may not be read any more.
        #[arg(long)]
        privacy: bool,
    },
    /// Drop the texts and authors of old posts. What was counted of them stays in every run.
    DropTexts {
        /// Texts of this many days are kept.
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=36_500))]
        retain_days: u32,
    },
    /// Drop who has filed old requests, ideas and demands, how to reach them, and their words before masking.
    DropPersonal {
        /// What was filed within this many days is kept.
        #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(u32).range(0..=36_500))]
        retain_days: u32,
    },
    /// Look at the requests for Wi-Fi that came over the API, and take them into what analyses read.
    Requests {
        #[command(subcommand)]
        command: requests::RequestsCommand,
    },
    /// Make a role of the database for each kind of work, and set their rights anew.
    Roles,
    /// Make, list and revoke keys for signed-in users.
    Key {
        #[command(subcommand)]
        command: key::KeyCommand,
    },
    /// Make, close and list calls for ideas.
    Call {
        #[command(subcommand)]
        command: call::CallCommand,
    },
    /// Show and check the log of who has changed what.
    Audit {
        #[command(subcommand)]
        command: audit::AuditCommand,
    },
    /// Print the GraphQL schema.
    Schema,
    /// Run the pure analysis on a folder of reference values and print one JSON object. Needs no database.
    Evaluate {
        /// Which question.
        analysis: One,
        /// The folder.
        folder: PathBuf,
    },
    /// Learn the model that reads posts from labelled texts, and say how good it is. Needs no database.
    TrainPolarity {
        #[command(flatten)]
        options: train::TrainOptions,
    },
    /// Check database, PostGIS, dictionary and settings, and say what to do.
    Doctor,
}

/// A question, or all of them.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    Economy,
    Childcare,
    Wifi,
    All,
}

/// One question.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum One {
    Economy,
    Childcare,
    Wifi,
}

impl Which {
    fn analyses(self) -> &'static [Analysis] {
        match self {
            Self::Economy => &[Analysis::Economy],
            Self::Childcare => &[Analysis::Childcare],
            Self::Wifi => &[Analysis::Wifi],
            Self::All => &Analysis::ALL,
        }
    }
}

/// Runs what was typed.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let typed = match Typed::try_parse_from(arguments) {
        Ok(typed) => typed,
        Err(error) => {
            // clap writes help to stdout with exit 0, and mistakes to stderr with exit 2.
            let code = error.exit_code();
            let _ = error.print();
            return ExitCode::from(u8::try_from(code).unwrap_or(2));
        }
    };
    match Settings::read(|name| std::env::var(name).ok()).and_then(|settings| execute(typed.command, &settings)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::error(&error);
            ExitCode::from(if error.kind() == Kind::BadInput && error.outside().starts_with(WRONG_USAGE) {
                2
            } else {
                1
            })
        }
    }
}

/// Whoever has typed the command, for the audit log.
fn operator() -> Actor {
    let user = ["SUDO_USER", "USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    Actor::command(user.as_deref().unwrap_or_default())
}

/// The moment before which something is too old to be kept.
fn days_ago(retain_days: u32) -> Result<DateTime<Utc>> {
    Utc::now()
        .checked_sub_days(Days::new(u64::from(retain_days)))
        .ok_or_else(|| Error::bad_input(format!("--retain-days {retain_days} is too many.")))
}

/// How a sentence begins that says that the command itself was wrong, not its data.
pub(crate) const WRONG_USAGE: &str = "Usage: ";

fn execute(command: Command, settings: &Settings) -> Result<()> {
    match command {
        Command::Demo { remove: true, .. } => demo::remove(settings),
        Command::Demo { no_serve, .. } => {
            demo::fill(settings)?;
            if no_serve { Ok(()) } else { serve::serve(settings, true) }
        }
        Command::Serve => serve::serve(settings, false),
        Command::Migrate => {
            let done = migrate::migrate(settings.required_database_url()?)?;
            say::line(&if done.steps.is_empty() {
                "The database is up to date.".to_owned()
            } else {
                format!("Applied {}.", done.steps.join(", "))
            });
            if done.roles_set {
                say::line("The rights of the roles were set anew.");
            }
            Ok(())
        }
        Command::Import { dataset, files, dry_run, options } => {
            import::command(settings, &dataset, &files, &options, dry_run)
        }
        Command::Datasets => datasets::list(settings),
        Command::Refused { version } => datasets::refused(settings, version),
        Command::Analyze { reproduce: Some(run), .. } => reproduce::command(settings, run),
        Command::Analyze { analysis, params, publish, later, .. } => {
            analyze::command(settings, analysis.map_or(&[], Which::analyses), params.as_deref(), publish, later)
        }
        Command::Work { once } => work::work(settings, once),
        Command::Jobs { cancel } => work::jobs(settings, cancel),
        Command::Explain { figure } => explain::explain(settings, &figure),
        Command::Compare { a, b, most } => explain::compare(settings, a, b, most),
        Command::Runs => runs::list(settings),
        Command::Publish { run, internal } => {
            runs::publish(settings, run, if internal { Audience::Internal } else { Audience::Public })
        }
        Command::Withdraw { run, reason, privacy } => runs::withdraw(settings, run, &reason, privacy),
        Command::DropTexts { retain_days } => drop_texts::command(settings, retain_days),
        Command::DropPersonal { retain_days } => drop_personal::command(settings, retain_days),
        Command::Requests { command } => requests::command(settings, command),
        Command::Roles => roles::command(settings),
        Command::Key { command } => key::command(settings, command),
        Command::Call { command } => call::command(settings, command),
        Command::Audit { command } => audit::command(settings, command),
        Command::Schema => {
            say::text(&crate::api::sdl());
            Ok(())
        }
        Command::Evaluate { analysis, folder } => evaluate::command(settings, analysis, &folder),
        Command::TrainPolarity { options } => train::command(settings, &options),
        Command::Doctor => doctor::command(settings),
    }
}
