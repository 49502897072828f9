//! The compiled Korean dictionary on the disk.

use std::path::Path;

use crate::config::Settings;
use crate::error::{Error, Result};
use crate::text::dictionary::{Dictionary, DictionaryFiles, UserWords};
use crate::text::tokeniser::Tokeniser;

/// A tokeniser with the dictionary of the state folder, or a sentence about how to get one.
pub fn tokeniser(settings: &Settings) -> Result<Tokeniser> {
    let folder = settings.dictionary_dir();
    let read = |name: &str| std::fs::read(folder.join(name)).map_err(|e| missing(&folder, &e.to_string()));
    let files = DictionaryFiles {
        system: read("sys.dic")?,
        unknown: read("unk.dic")?,
        matrix: read("matrix.bin")?,
        characters: read("char.bin")?,
        settings: read("dicrc")?,
    };
    let unusable = |e: String| missing(&folder, &e);
    let dictionary = Dictionary::from_bytes(files).map_err(|e| unusable(e.to_string()))?;
    Tokeniser::new(dictionary, &UserWords::default()).map_err(|e| unusable(e.to_string()))
}

fn missing(folder: &Path, cause: &str) -> Error {
    Error::bad_input(format!(
        "The Korean dictionary in {} cannot be used ({cause}). script/setup fetches it; DONGJAK_STATE_DIR says where it lies.",
        folder.display()
    ))
}
