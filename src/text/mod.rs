//! Korean text: reading it into morphemes, bringing it into one spelling, and taking personal data out of it.
//!
//! * [`dictionary`] reads the bytes of a compiled MeCab dictionary and the user's own words.
//! * [`tokeniser`] finds the likeliest reading of a text.
//! * [`normalise`] makes texts that look alike be alike; [`duplicate`] makes a key out of that, under which copies of
//!   a post meet, and [`near_duplicate`] finds those that differ in a few letters.
//! * [`mask`] replaces phone numbers, names and the like before anything is stored.
//!
//! The room knows nothing of the disk, the database, the web or the clock, and nothing of childcare: bytes and word
//! lists are handed in, so that every sentence of it can be tested with a string. What it does know, in constants, is
//! the Korean language itself: family names, titles, the forms of a telephone number.

pub mod classifier;
pub mod dictionary;
pub mod duplicate;
pub mod mask;
pub mod near_duplicate;
pub mod normalise;
pub mod tokeniser;

#[cfg(test)]
pub(crate) mod testing;
