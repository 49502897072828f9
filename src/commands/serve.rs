//! `dongjak serve`: answers until it is told to stop, and stops without losing a request.

use std::io::IsTerminal;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::say;
use crate::config::{LogFormat, Settings};
use crate::error::{Error, Result};
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
        say::progress(&welcome(&listening.url, demo));
        let handle = listening.server.handle();
        let draining = listening.draining.clone();
        let stop = async move {
            wait_for_signal().await;
            draining.store(true, Ordering::Relaxed);
            say::progress("Stopping; requests at work are finished first.");
            tokio::time::sleep(DRAIN).await;
            handle.stop(true).await;
        };
        let server = listening.server;
        tokio::pin!(stop);
        tokio::select! {
            ended = server => ended.map_err(fault),
            () = &mut stop => Ok(()),
        }
    })
}

async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut interrupt), Ok(mut terminate)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        // Without handlers the system's own way of ending a process stays in force.
        std::future::pending::<()>().await;
        return;
    };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
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
