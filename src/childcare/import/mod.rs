//! Files about childcare, by layout: posts, daycare centres, children.

mod centres;
mod children;
mod posts;

pub use centres::daycare_centres;
pub use children::children;
pub use posts::posts;
