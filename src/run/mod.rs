//! The dataset version and the analysis run: what every figure rests on, and what all three questions talk about.
//!
//! A run is computed aside and becomes visible in one transaction when it is published. Nothing here knows what a
//! run computes.

pub mod catalog;
pub mod compare;
pub mod dataset;
pub mod explain;
pub mod graphql;
pub mod layer;
pub mod publication;
pub mod reading;
pub mod record;
pub mod results;
pub mod staged;
pub mod stored_rows;

/// The three questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, async_graphql::Enum)]
#[graphql(name = "Analysis")]
pub enum Analysis {
    /// Economic sensitivity (경제 민감도).
    Economy,
    /// Childcare (육아·보육).
    Childcare,
    /// Public Wi-Fi (공공와이파이).
    Wifi,
}

impl Analysis {
    /// All three, in the order in which they are told.
    pub const ALL: [Self; 3] = [Self::Economy, Self::Childcare, Self::Wifi];

    /// The name in commands and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Economy => "economy",
            Self::Childcare => "childcare",
            Self::Wifi => "wifi",
        }
    }

    /// The question of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|analysis| analysis.name() == name)
    }
}
