//! The arithmetic of Wi-Fi: people, facilities, access points and requests in, ranked sites out.
//!
//! Knows no database, no file and no clock. Coverage does not depend on the hour, so hours are kept apart in the
//! inputs and summed into one weight only for the choice.

mod inputs;
mod rank;

pub use inputs::{AccessPointInput, CandidateInput, CellInput, CheckedParams, Params, RequestInput, WifiInputs};
pub use rank::{RankedSite, WifiResults, analyse};

/// Version of the method: it changes whenever the same inputs would give other numbers.
pub const METHOD_VERSION: &str = "wifi-1";

#[cfg(test)]
mod tests;
