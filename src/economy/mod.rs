//! Who lost and who gained sales in the epidemic, where, and how sure are we? (경제 민감도)
//!
//! Words: *card sales* (카드매출) by dong and industry; *sensitivity* (민감도), how sales move with new cases;
//! *sentiment* (경기체감지수), what traders say. Says "association", never "effect": cases and policies moved together.

pub mod analysis;
pub mod evaluate;
pub mod explain;
pub mod figures;
pub mod graphql;
pub mod import;
pub mod inputs;
pub mod results;
pub mod shown;
pub mod tables;
