//! What clients may ask about ideas and demands, and how they bring some forward.

mod demand;
mod idea;
mod idea_change;

pub use demand::{DataDemandNode, DemandMutation, DemandQuery};
pub use idea::{IdeaQuery, PolicyIdeaNode};
pub use idea_change::IdeaMutation;
