//! What do parents say about childcare, and where is care missing? (육아·보육)
//!
//! Words: *mention* (언급), a public post about childcare; *polarity* (긍·부정); *accessibility* (접근성), places that can
//! be reached for each child. Posts measure voice, not need, so the two are never added up.

pub mod analysis;
pub mod dictionary;
pub mod evaluate;
pub mod explain;
pub mod figures;
pub mod graphql;
pub mod import;
pub mod inputs;
pub mod layers;
pub mod lexicon;
pub mod results;
pub mod tables;
