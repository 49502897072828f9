//! Runs that are computed now, or wait in the database until a worker takes them.
//!
//! Knows nothing of HTTP or terminals, and outside [`graphql`] nothing of GraphQL. The worker has one connection of its own: it holds the lock of the
//! queue, reads, and writes. When that session ends, the lock is free and nothing of it can be written any more, so two
//! workers never finish the same job.

pub mod compute;
pub mod graphql;
pub mod queue;
pub mod shift;
pub mod watch;
pub mod worker;

/// What is being done for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Rows are read from the database.
    Reading,
    /// Figures are computed.
    Analysing,
    /// Results are written.
    Storing,
}

impl Stage {
    /// In the order in which a worker comes to them.
    pub const ALL: [Self; 3] = [Self::Reading, Self::Analysing, Self::Storing];

    /// The word in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "READING",
            Self::Analysing => "ANALYSING",
            Self::Storing => "STORING",
        }
    }
}
