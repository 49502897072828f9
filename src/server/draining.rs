//! The process is about to stop: not ready any more, and everybody who stays connected is told at once.

use std::sync::Arc;

use tokio::sync::watch;

/// Whether the process is about to stop. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Draining(Arc<watch::Sender<bool>>);

impl Default for Draining {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Draining {
    /// From now on it is.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Whether it is.
    pub fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is.
    pub async fn begun(&self) {
        // The sender lives as long as this, so waiting ends only for the one reason.
        let _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }
}
