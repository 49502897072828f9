//! Requests (설치 요청) that citizens and departments file themselves, and how they may take them back.
//!
//! A filed request becomes part of what runs read only when the district has looked at it: `dongjak requests take`
//! writes all that stand open into a dataset version, and a run names the versions that it has read.

pub mod graphql;
mod rules;
pub mod store;
pub mod take;
