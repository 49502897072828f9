//! `dongjak train-polarity`: learns the model that reads posts, and says how good it is on what it has not seen.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::say;
use crate::childcare::analysis::{
    Gazetteer, Issue, TrainingSettings, general_accuracy, train_general, train_posts, validate,
};
use crate::childcare::dictionary;
use crate::childcare::lexicon;
use crate::config::Settings;
use crate::error::{Error, Result};
use crate::run::record::hex;
use crate::text::classifier::weights::Weights;

/// What may be said about a training.
#[derive(Debug, Clone, clap::Args)]
pub struct TrainOptions {
    /// General texts: id, text and 1 (friendly) or 0, parted by tabs; may be packed with gzip. Without it,
    /// nsmc/train.tsv.gz in the folder that DONGJAK_REFERENCE_DIR names.
    #[arg(long)]
    general: Option<PathBuf>,
    /// General texts for a test, in the same form. Without it, nsmc/test_a.tsv.gz in the same folder.
    #[arg(long)]
    test: Option<PathBuf>,
    /// Keep the general weights of this file instead of learning them again.
    #[arg(long, conflicts_with = "general")]
    keep_general: Option<PathBuf>,
    /// Labelled posts: kind, polarity, issues, channel and text, parted by tabs. Without it, those that come with the
    /// program.
    #[arg(long)]
    posts: Option<PathBuf>,
    /// Seed of the order in which examples are learned.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Folder for general.bin and posts.bin.
    #[arg(long)]
    out: PathBuf,
}

/// Trains, tests, writes both files, and prints one JSON object.
pub fn command(settings: &Settings, options: &TrainOptions) -> Result<()> {
    let tokeniser = dictionary::tokeniser(settings)?;
    let inside = |what: &'static str| move |e: String| Error::internal(format!("{what}: {e}"));
    let words = lexicon::shipped().map_err(inside("the shipped word lists"))?;
    let gazetteer = shipped_gazetteer().map_err(inside("the shipped place names"))?;
    let posts = match &options.posts {
        Some(path) => lexicon::labelled_posts(&read_text(path)?).map_err(Error::bad_input)?,
        None => lexicon::shipped_posts().map_err(inside("the shipped posts"))?,
    };
    let training = TrainingSettings { seed: options.seed, ..TrainingSettings::default() };
    let general = match &options.keep_general {
        Some(path) => Weights::from_bytes(&read_bytes(path)?).map_err(Error::bad_input)?,
        None => {
            let path = reference(options.general.as_ref(), "nsmc/train.tsv.gz")?;
            train_general(texts(&path)?.into_iter(), &tokeniser, &training)
        }
    };
    let accuracy = match reference(options.test.as_ref(), "nsmc/test_a.tsv.gz") {
        Ok(path) if path.is_file() => general_accuracy(texts(&path)?.into_iter(), &general, &tokeniser),
        _ => None,
    };
    let found = validate(&posts, &general, &words, &gazetteer, &tokeniser, &training).map_err(Error::bad_input)?;
    let model = train_posts(&posts, general, &words, &gazetteer, &tokeniser, &training).map_err(Error::bad_input)?;
    let mut files = serde_json::Map::new();
    std::fs::create_dir_all(&options.out).map_err(|e| unwritable(&options.out, &e))?;
    for (name, weights) in [("general.bin", &model.general), ("posts.bin", &model.posts)] {
        let bytes = weights.to_bytes();
        let path = options.out.join(name);
        std::fs::write(&path, &bytes).map_err(|e| unwritable(&path, &e))?;
        files.insert(name.to_owned(), json!({"bytes": bytes.len(), "sha256": hex(&Sha256::digest(&bytes))}));
    }
    let by_issue: serde_json::Map<String, serde_json::Value> =
        Issue::ALL.iter().map(|issue| (issue.name().to_owned(), json!(found.issue_f1.get(issue)))).collect();
    say::line(
        &json!({
            "general": {"test_accuracy": accuracy},
            "posts": {
                "n": found.posts,
                "polarity_accuracy": found.polarity_accuracy,
                "polarity_macro_f1": found.polarity_macro_f1,
                "issue_micro_f1": found.issue_micro_f1,
                "issue_f1": by_issue,
                "spam_precision": found.spam.precision(),
                "spam_recall": found.spam.recall(),
                "care_precision": found.care.precision(),
                "care_recall": found.care.recall(),
            },
            "files": files,
        })
        .to_string(),
    );
    Ok(())
}

/// Names of the demo's district, which the shipped posts speak of: they are taken out before anything is learned.
fn shipped_gazetteer() -> std::result::Result<Gazetteer, String> {
    Ok(lexicon::gazetteer(&lexicon::shipped_dongs()?, &lexicon::shipped_names()?))
}

fn reference(given: Option<&PathBuf>, default: &str) -> Result<PathBuf> {
    match given {
        Some(path) => Ok(path.clone()),
        None => std::env::var_os("DONGJAK_REFERENCE_DIR").map(|dir| Path::new(&dir).join(default)).ok_or_else(|| {
            Error::bad_input(format!(
                "Name the file of general texts with --general, or the folder that holds {default} with DONGJAK_REFERENCE_DIR."
            ))
        }),
    }
}

/// Texts with their labels. A row that does not fit stops the training: a model of half a file would be a quiet mistake.
fn texts(path: &Path) -> Result<Vec<(String, bool)>> {
    let file = std::fs::File::open(path).map_err(|e| unreadable(path, &e))?;
    let packed = path.extension().is_some_and(|ending| ending == "gz");
    let reader: Box<dyn Read> = if packed { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let mut texts = Vec::new();
    for (line, row) in (1..).zip(BufReader::new(reader).lines()) {
        let row = row.map_err(|e| unreadable(path, &e))?;
        match row.split('\t').collect::<Vec<_>>()[..] {
            [_, text, label @ ("0" | "1")] => texts.push((text.to_owned(), label == "1")),
            _ => {
                return Err(Error::bad_input(format!(
                    "{}, line {line}: not an id, a text and 0 or 1, parted by tabs.",
                    path.display()
                )));
            }
        }
    }
    Ok(texts)
}

fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| unreadable(path, &e))
}

fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| unreadable(path, &e))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::bad_input(format!("{} cannot be read: {error}.", path.display()))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::bad_input(format!("{} cannot be written: {error}.", path.display()))
}
