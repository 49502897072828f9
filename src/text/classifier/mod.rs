//! A linear classifier over hashed features: learned from labelled texts, kept in one byte a weight.
//!
//! * [`features`] turns a text and its morphemes into numbers: pieces of words and pairs of morphemes, hashed, so that
//!   no vocabulary has to be kept.
//! * [`train`] learns a weight for each number from labelled examples; the same seed gives the same weights.
//! * [`weights`] is what remains of it: bytes that can be written to a file and read back.
//!
//! The room does not know what the classes mean.

pub mod features;
pub mod train;
pub mod weights;
