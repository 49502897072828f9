//! Dictionaries for tests: a small one made by hand, and the real one where it is installed.

use std::io::Write;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::dictionary::{Dictionary, DictionaryFiles, UserWords};
use super::tokeniser::Tokeniser;

/// A word of a hand-made dictionary: surface, left id, right id, part-of-speech id, cost, feature.
pub type SmallWord = (&'static str, u16, u16, u16, i16, &'static str);

/// The files of a dictionary with these words, with `matrix[left id of the following word][right id of the word
/// before]`, and with two character categories: DEFAULT (runs become one unknown word of tag `UN`, cost 5,000) and
/// SPACE.
pub fn small_files(words: &[SmallWord], matrix: &[&[i16]]) -> DictionaryFiles {
    let (right_ids, left_ids) = (matrix[0].len() as u16, matrix.len() as u16);
    let unknown = [("DEFAULT", 0, 0, 0, 5_000, "UN,*,*,*,*,*,*,*"), ("SPACE", 0, 0, 0, 5_000, "SP,*,*,*,*,*,*,*")];
    let mut matrix_bytes = [right_ids.to_le_bytes(), left_ids.to_le_bytes()].concat();
    matrix_bytes.extend(matrix.iter().flat_map(|row| row.iter()).flat_map(|cost| cost.to_le_bytes()));
    let mut characters = 2_u32.to_le_bytes().to_vec();
    for name in ["DEFAULT", "SPACE"] {
        let mut padded = [0; 32];
        padded[..name.len()].copy_from_slice(name.as_bytes());
        characters.extend(padded);
    }
    for code in 0..0xffff_u32 {
        let class: u32 = if code == 32 { 1 << 18 | 0b10 } else { 1 << 30 | 0b01 };
        characters.extend(class.to_le_bytes());
    }
    DictionaryFiles {
        system: word_file(0, words, right_ids, left_ids),
        unknown: word_file(2, &unknown, right_ids, left_ids),
        matrix: matrix_bytes,
        characters,
        settings: b"left-space-penalty-factor = 9,3000\n".to_vec(),
    }
}

/// Words in the layout of `sys.dic`, with a trie that wastes room: every state has 300 units of its own.
fn word_file(kind: u32, words: &[SmallWord], right_ids: u16, left_ids: u16) -> Vec<u8> {
    let mut words = words.to_vec();
    words.sort_by_key(|word| word.0);
    let mut states: Vec<&[u8]> = words.iter().flat_map(|w| (0..=w.0.len()).map(|n| &w.0.as_bytes()[..n])).collect();
    states.sort_unstable();
    states.dedup();
    let base = |state: &[u8]| states.iter().position(|s| *s == state).map_or(0, |n| 1 + 300 * n as u32);
    let mut units = vec![[0_u8; 8]; 300 * states.len() + 301];
    let mut set = |index: u32, value: i32, check: u32| {
        units[index as usize][..4].copy_from_slice(&value.to_le_bytes());
        units[index as usize][4..].copy_from_slice(&check.to_le_bytes());
    };
    for state in &states {
        match state.split_last() {
            None => set(0, base(state) as i32, 0),
            Some((last, parent)) => set(base(parent) + u32::from(*last) + 1, base(state) as i32, base(parent)),
        }
        let first = words.iter().position(|w| w.0.as_bytes() == *state);
        let count = words.iter().filter(|w| w.0.as_bytes() == *state).count();
        if let Some(first) = first {
            set(base(state), -((first << 8 | count) as i32) - 1, base(state));
        }
    }
    let (mut tokens, mut features) = (Vec::new(), Vec::new());
    for (_, left, right, part_of_speech, cost, feature) in &words {
        for number in [left, right, part_of_speech] {
            tokens.extend(number.to_le_bytes());
        }
        tokens.extend(cost.to_le_bytes());
        tokens.extend((features.len() as u32).to_le_bytes());
        tokens.extend([0; 4]);
        features.extend(feature.as_bytes());
        features.push(0);
    }
    let length = 72 + units.len() * 8 + tokens.len() + features.len();
    let sizes = [units.len() as u32 * 8, tokens.len() as u32, features.len() as u32];
    let header = [length as u32 ^ 0xef71_8f77, 102, kind, words.len() as u32, right_ids.into(), left_ids.into()];
    let mut bytes: Vec<u8> = header.iter().chain(&sizes).chain(&[0]).flat_map(|number| number.to_le_bytes()).collect();
    bytes.extend(b"UTF-8");
    bytes.resize(72, 0);
    bytes.extend(units.concat());
    bytes.extend(tokens);
    bytes.extend(features);
    bytes
}

/// The real dictionary's files, or `None` and a line that says which test did not run.
pub fn real_files(test: &str) -> Option<DictionaryFiles> {
    let files = installed_files();
    if files.is_none() {
        not_run(test);
    }
    files
}

/// Says so past the capture of the test harness, which hides what passes. With `CI=true` the test must run.
fn not_run(test: &str) {
    assert!(
        std::env::var("CI").map_or(true, |ci| ci != "true"),
        "{test} needs the Korean dictionary, and in CI it must run"
    );
    let _ = writeln!(std::io::stderr(), "not run: {test} (needs the Korean dictionary; script/setup fetches it)");
}

fn installed_files() -> Option<DictionaryFiles> {
    let state = std::env::var_os("DONGJAK_STATE_DIR").map_or_else(|| PathBuf::from(".local"), PathBuf::from);
    // A relative folder is meant from the project, where tests run.
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(state).join("dictionary");
    let read = |name: &str| std::fs::read(folder.join(name)).ok();
    Some(DictionaryFiles {
        system: read("sys.dic")?,
        unknown: read("unk.dic")?,
        matrix: read("matrix.bin")?,
        characters: read("char.bin")?,
        settings: read("dicrc")?,
    })
}

/// A tokeniser with the real dictionary and no user words, read once for all tests.
pub fn real_tokeniser(test: &str) -> Option<&'static Tokeniser> {
    static TOKENISER: OnceLock<Option<Tokeniser>> = OnceLock::new();
    let tokeniser = TOKENISER.get_or_init(|| {
        let dictionary = Dictionary::from_bytes(installed_files()?).unwrap();
        Some(Tokeniser::new(dictionary, &UserWords::default()).unwrap())
    });
    if tokeniser.is_none() {
        not_run(test);
    }
    tokeniser.as_ref()
}
