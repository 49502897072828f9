//! `dongjak serve`: answers until it is told to stop, and stops without losing a request.

use std::io::IsTerminal;
use std::time::Duration;

use super::say;
use super::signal::wait_for_signal;
use crate::config::{LogFormat, Settings};
use crate::error::{Error, Result};
use crate::jobs::shift::{Event, Shift};
use crate::server;

/// Between "not ready any more" and the end: long enough for a keep-alive client to come once more and be told to
/// connect anew.
const DRAIN: Duration = Duration::from_secs(2);

/// Serves until Ctrl-C or TERM. `demo` adds a line about what the data are.
pub fn serve(settings: &Settings, demo: bool) -> Result<()> {
    start_log(settings);
    let fault = |e: std::io::Error| Error::internal(format!("the server ended: {e}"));
    actix_web::rt::System::new().block_on(async {
        let listening = server::listen(settings)?;
        let shift = begin_work(settings);
        say::progress(&welcome(&listening.url, demo));
        let handle = listening.server.handle();
        let draining = listening.draining.clone();
        let stop = async move {
            wait_for_signal().await;
            draining.begin();
            say::progress("Stopping; requests at work are finished first.");
            tokio::time::sleep(DRAIN).await;
            handle.stop(true).await;
        };
        let server = listening.server;
        tokio::pin!(stop);
        let ended = tokio::select! {
            ended = server => ended.map_err(fault),
            () = &mut stop => Ok(()),
        };
        if let Some(Err(error)) = shift.map(|shift| shift.end(settings)) {
            tracing::warn!(error = error.for_log(), "the job at work could not be given back");
        }
        ended
    })
}

/// A worker beside the server, on a thread and a connection of its own. It tells the log what becomes of the jobs.
fn begin_work(settings: &Settings) -> Option<Shift> {
    let shift = Shift::default();
    let (mine, settings) = (shift.clone(), settings.worker.then(|| settings.clone())?);
    let thread = std::thread::Builder::new().name("worker".to_owned()).spawn(move || {
        let mut last_trouble = String::new();
        let ended = mine.work(&settings, false, &mut |event| match event {
            Event::Worked(worked) => {
                let (job, analysis) = (worked.job.id, worked.job.analysis.as_str());
                match &worked.outcome {
                    Ok(run) => tracing::info!(job, analysis, run = run.id, "a job is done"),
                    Err(error) => tracing::warn!(job, analysis, error = error.for_log(), "a job has failed"),
                }
            }
            Event::SomebodyElse => {}
            // Told once, not every few seconds while it lasts.
            Event::Trouble(error) if error.for_log() == last_trouble => {}
            Event::Trouble(error) => {
                tracing::warn!(error = error.for_log(), "the worker cannot work");
                error.for_log().clone_into(&mut last_trouble);
            }
        });
        if let Err(error) = ended {
            tracing::error!(error = error.for_log(), "the worker has ended");
        }
    });
    thread.ok().map(|_| shift)
}

fn welcome(url: &str, demo: bool) -> String {
    let data = if demo {
        "\nThe data are a demo: real boundaries, everything else generated and marked synthetic.\n"
    } else {
        ""
    };
    format!(
        "\ndongjak-insight answers at {url}\n{data}\n  Look at the figures:         {url}/\n  Write queries in a browser:  {url}/graphiql\n  Or try one here:\n    curl -s {url}/graphql -H 'Content-Type: application/json' \\\n      -d '{{\"query\":\"{{ wifiSites(first: 3) {{ nodes {{ rank facility {{ name }} marginalGain {{ value unit status }} }} }} }}\"}}'\n\nCtrl-C stops it.\n"
    )
}

fn start_log(settings: &Settings) {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_new(&settings.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // A second start in the same process, as in tests, keeps the first log.
    let _ = match settings.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
