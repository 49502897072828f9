//! Files about the economy, by layout.

mod areas;
mod cases;
mod lists;
mod markets;
mod policies;
mod sales;
mod sales_faults;
mod sentiment;
mod shops;
mod usage;

pub use areas::{area_sales, speaks_of_areas};
pub use cases::covid_cases;
pub use lists::{calendar, industries, industry_codes};
pub use markets::markets;
pub use policies::policy_events;
pub use sales::card_sales;
pub use sales_faults::Known;
pub use sentiment::bsi;
pub use shops::establishments;
pub use usage::merchant_usage;
