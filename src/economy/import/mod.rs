//! Files about the economy, by layout.

mod cases;
mod lists;
mod policies;
mod sales;
mod sentiment;
mod shops;

pub use cases::covid_cases;
pub use lists::{calendar, industries, industry_codes};
pub use policies::policy_events;
pub use sales::card_sales;
pub use sentiment::bsi;
pub use shops::establishments;
