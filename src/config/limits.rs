//! How much one query may ask for, and how much one client may keep open.

use std::time::Duration;

/// Limits of one query. All are settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryLimits {
    /// Most points of cost: an object costs 1, a boundary 20, another scalar nothing, a list its rows times what a row costs.
    /// Introspection by the usual tools costs about 2,000; the three sample queries stay below 3,000.
    pub cost: u64,
    /// Deepest nesting. The introspection query of the usual tools needs 15.
    pub depth: usize,
    /// Most fields after all fragments are spread.
    pub fields: u64,
    /// Most fields at the root after all fragments are spread, aliases included.
    pub root_fields: usize,
    /// Most fragments.
    pub fragments: usize,
    /// Most aliases after all fragments are spread.
    pub aliases: usize,
    /// Most directives.
    pub directives: usize,
    /// Most words, numbers, strings and signs of the text.
    pub tokens: usize,
}

impl Default for QueryLimits {
    fn default() -> Self {
        Self {
            cost: 50_000,
            depth: 24,
            fields: 5_000,
            root_fields: 20,
            fragments: 50,
            aliases: 30,
            directives: 50,
            tokens: 5_000,
        }
    }
}

/// Limits of what stays open: WebSockets and streams of events. All are settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamLimits {
    /// Most of them for one key, or for one address without a key.
    pub per_client: usize,
    /// Most of them in this process.
    pub all: usize,
    /// Most operations at once on one WebSocket.
    pub operations: usize,
    /// How long a WebSocket may take to introduce itself.
    pub init: Duration,
    /// Pause between signs of life; a WebSocket that gives none for two of them is closed.
    pub ping: Duration,
}
