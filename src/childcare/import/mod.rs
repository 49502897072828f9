//! Files about childcare, by layout: posts, daycare centres, children, use of places, candidate sites.

mod candidates;
mod centres;
mod children;
mod posts;
mod usage;

pub use candidates::candidates;
pub use centres::daycare_centres;
pub use children::children;
pub use posts::{LONGEST_TEXT, PostReader, ReadPost};
pub use usage::usage;
