//! `dongjak evaluate`: the pure analysis on a folder of reference values.

use std::path::Path;

use super::{One, say};
use crate::childcare::dictionary;
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::{childcare, economy, wifi};

/// Prints one JSON object.
pub fn command(settings: &Settings, analysis: One, folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        return Err(Error::bad_input(format!("{} is not a folder.", folder.display())));
    }
    let answer = match analysis {
        One::Economy => economy::evaluate::evaluate(folder)?,
        One::Wifi => wifi::evaluate::evaluate(folder)?,
        One::Childcare => {
            let listening = dictionary::listening(settings)?;
            let tokeniser = dictionary::tokeniser(settings);
            let tokeniser = tokeniser.as_ref().map_err(|error| error.outside());
            childcare::evaluate::evaluate(folder, tokeniser, &listening)?
        }
    };
    say::line(&serde_json::to_string(&answer).map_err(|e| Error::internal(format!("the answer as JSON: {e}")))?);
    Ok(())
}
