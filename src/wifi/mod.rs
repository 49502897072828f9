//! Where does the next public Wi-Fi point help most people? (공공와이파이)
//!
//! Words: *candidate*, a facility that could be chosen; *site*, one that was; *access point*, one that already works;
//! *request* (설치 요청), somebody asked for it.

pub mod analysis;
pub mod evaluate;
pub mod explain;
pub mod graphql;
pub mod import;
pub mod inputs;
pub mod layers;
pub mod requests;
pub mod results;
pub mod shown;
pub mod tables;
