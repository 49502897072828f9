//! The arithmetic of Wi-Fi: people, facilities, access points and requests in, ranked sites out.
//!
//! Knows no database, no file and no clock. Coverage does not depend on the hour, so hours are kept apart in the
//! inputs and summed into one weight only for the choice.

mod demand;
mod inputs;
mod rank;
mod reached;
mod scenarios;
mod spread;
mod what_if;

pub use demand::PersonHours;
pub use inputs::{
    AccessPointInput, CandidateInput, CellInput, CheckedParams, MASKED_MOST, Params, People, Placement, PlanParams,
    Presence, RequestInput, WifiInputs,
};
pub use rank::{RankedSite, WifiResults, analyse};
pub use reached::{Place, Reached, reached};
pub use scenarios::{Scenario, Setting};
pub use spread::{DongCount, Part, SQUARE_M, spread};
pub use what_if::{
    MOST_CANDIDATES, MOST_DEMAND, PlannedDong, PlannedSite, ReachStep, WhatIf, WifiPlan, equity_curve, plan_of_run,
    what_if,
};

/// Version of the method: it changes whenever the same inputs would give other numbers.
pub const METHOD_VERSION: &str = "wifi-4";

#[cfg(test)]
mod tests;
#[cfg(test)]
mod what_if_tests;
