//! The compiled Korean dictionary and the model on the disk.

use std::path::Path;

use crate::childcare::analysis::Listening;
use crate::childcare::lexicon;
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::text::dictionary::{Dictionary, DictionaryFiles};
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
    let words = lexicon::user_words().map_err(|e| Error::internal(format!("the shipped words: {e}")))?;
    Tokeniser::new(dictionary, &words).map_err(|e| unusable(e.to_string()))
}

/// Word lists and the model: the district's own in the folder `model` of the state folder, or else the shipped one.
pub fn listening(settings: &Settings) -> Result<Listening> {
    let folder = settings.state_dir.join("model");
    if !folder.join("posts.bin").is_file() {
        return lexicon::listening().map_err(|e| Error::internal(format!("the shipped model: {e}")));
    }
    let unusable = |e: String| Error::bad_input(format!("The model in {} cannot be used: {e}", folder.display()));
    let read = |name: &str| std::fs::read(folder.join(name)).map_err(|e| unusable(format!("{name}: {e}.")));
    let model = lexicon::model(&read("general.bin")?, &read("posts.bin")?).map_err(unusable)?;
    let words = lexicon::shipped().map_err(|e| Error::internal(format!("the shipped word lists: {e}")))?;
    Ok(Listening { words, model })
}

fn missing(folder: &Path, cause: &str) -> Error {
    Error::bad_input(format!(
        "The Korean dictionary in {} cannot be used ({cause}). script/setup fetches it; DONGJAK_STATE_DIR says where it lies.",
        folder.display()
    ))
}
