//! Keys of signed-in users: what one may do, how one is made, kept and found.
//!
//! A key is 256 random bits behind the prefix `djk_`. It is shown once; only its SHA-256 is stored, and it is never
//! logged. Bits that nobody can guess need no slow hash, so finding a key costs microseconds.

mod asker;
mod installation;
mod ring;
mod secret;
mod store;

pub use asker::Asker;
pub use installation::Installation;
pub use ring::Ring;
pub use secret::Secret;
pub use store::{Key, NewKey, key_create, key_list, key_revoke};

/// What a key allows beyond reading what everybody may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Read runs that are published for signed-in users only.
    ReadInternal,
    /// File requests, ideas and demands as a department.
    Write,
    /// Start analyses.
    Analyse,
    /// Publish, withdraw, and issue keys.
    Admin,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ReadInternal, Self::Write, Self::Analyse, Self::Admin];

    /// The name in commands and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadInternal => "read-internal",
            Self::Write => "write",
            Self::Analyse => "analyse",
            Self::Admin => "admin",
        }
    }
}

/// How many requests a minute a key may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tier {
    /// As many as the setting says.
    #[default]
    Standard,
    /// Ten times as many.
    High,
}

impl Tier {
    /// The name in commands and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::High => "high",
        }
    }
}

/// What the sender of a request may do. The default is anybody without a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// Number of the key; none without one.
    pub key: Option<i32>,
    /// How many requests it may make.
    pub tier: Tier,
    /// What it allows.
    pub scopes: Vec<Scope>,
}

impl Access {
    /// Whether something is allowed. `admin` allows everything.
    pub fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope) || self.scopes.contains(&Scope::Admin)
    }
}
