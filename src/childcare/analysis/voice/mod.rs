//! What parents say: posts in; place, polarity, issues, volume and keywords out.
//!
//! A post is read once ([`Reader`]); what was read is counted ([`tally`]). Word lists, place names, the model and the
//! tokeniser are handed in, so that everything can be tested with a sentence.

mod cues;
mod issues;
mod keywords;
mod lexical;
mod mentions;
mod model;
mod pieces;
mod place;
mod reader;
mod signals;
mod silent;
mod spelling;
mod target;
mod terms;
mod training;
mod validation;
mod volumes;

pub use cues::{Cue, Cues, Strength};
pub use issues::Issue;
pub use keywords::{Group, Keyword, keywords, keywords_beside};
pub use lexical::WordLists;
pub use mentions::{Place, Tally, tally};
pub use model::{Kind, Labelled, Polarity, VoiceModel};
pub use pieces::{EarlierRun, Number, Piece, Pieces, pieces};
pub use place::{Attribution, Gazetteer};
pub use reader::{Listener, Listening, PostInput, Reader, Reading, read_posts};
pub use training::{TrainingSettings, train_general, train_posts};
pub use validation::{Validation, general_accuracy, validate};
pub use volumes::{Counts, Grain, Volumes, volumes};

#[cfg(test)]
mod tests;
