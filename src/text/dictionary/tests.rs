//! The dictionary as a whole: good bytes are read, bad bytes are refused and never panic.

use proptest::prelude::*;

use super::*;
use crate::text::testing::{real_files, small_files};
use crate::text::tokeniser::Tokeniser;

fn files() -> DictionaryFiles {
    small_files(&[("가", 0, 0, 0, 10, "NNG,*,F,가,*,*,*,*"), ("가나", 0, 0, 0, 5, "NNP,*,F,가나,*,*,*,*")], &[&[0]])
}

#[test]
fn a_word_is_found_with_its_description() {
    let dictionary = Dictionary::from_bytes(files()).unwrap();
    let readings = dictionary.system.readings("가나");
    assert_eq!(readings.len(), 1);
    assert_eq!(readings[0].cost, 5);
    assert_eq!(dictionary.system.feature(readings[0].feature), "NNP,*,F,가나,*,*,*,*");
    assert!(dictionary.system.readings("나").is_empty());
}

#[test]
fn a_torn_download_is_refused_with_both_lengths() {
    let mut torn = files();
    let whole = torn.system.len();
    torn.system.truncate(whole - 7);
    let error = Dictionary::from_bytes(torn).unwrap_err();
    assert_eq!(error, DictionaryError::WrongMagic { file: "sys.dic", promised: whole, found: whole - 7 });
    assert_eq!(
        error.to_string(),
        format!("sys.dic: the magic number stands for {whole} bytes, but the file has {}", whole - 7)
    );
}

#[test]
fn exchanged_files_are_refused() {
    let mut exchanged = files();
    std::mem::swap(&mut exchanged.system, &mut exchanged.unknown);
    assert!(Dictionary::from_bytes(exchanged).unwrap_err().to_string().contains("kind"));
}

#[test]
fn a_matrix_of_another_dictionary_is_refused() {
    let mut mixed = files();
    mixed.matrix = small_files(&[], &[&[0, 0], &[0, 0]]).matrix;
    assert!(Dictionary::from_bytes(mixed).unwrap_err().to_string().contains("made for"));
}

#[test]
fn a_context_id_beyond_the_matrix_is_refused() {
    let error = Dictionary::from_bytes(small_files(&[("가", 1, 0, 0, 10, "NNG")], &[&[0]])).unwrap_err();
    assert_eq!(
        error,
        DictionaryError::OutOfRange { file: "sys.dic", what: "left context id of a word", value: 1, limit: 0 }
    );
}

#[test]
fn the_real_dictionary_has_the_published_number_of_words() {
    let Some(files) = real_files("the_real_dictionary_has_the_published_number_of_words") else { return };
    let dictionary = Dictionary::from_bytes(files).unwrap();
    assert_eq!(dictionary.system.all_tokens().count(), 816_283);
    assert_eq!((dictionary.matrix.preceding, dictionary.matrix.following), (3_822, 2_693));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A few bytes anywhere in one of the files take any value: the dictionary is refused, or it reads texts without a
    /// panic and loses no character.
    #[test]
    fn corrupt_bytes_never_panic(
        which in 0..5_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        // The headers are small against the rest, so that half of the changes go there.
        header in any::<bool>(),
    ) {
        let mut files = files();
        let file = [&mut files.system, &mut files.unknown, &mut files.matrix, &mut files.characters, &mut files.settings]
            .into_iter()
            .nth(which)
            .unwrap();
        let reach = if header { file.len().min(80) } else { file.len() };
        for (index, byte) in changes {
            file[index.index(reach)] = byte;
        }
        if let Ok(dictionary) = Dictionary::from_bytes(files) {
            let tokeniser = Tokeniser::new(dictionary, &UserWords::default()).unwrap();
            let text = "가나다 가 나 \u{1f600}가";
            let surfaces: String = tokeniser.tokenise(text).iter().map(|m| m.surface.as_str()).collect();
            prop_assert!(text.len() >= surfaces.len());
        }
    }

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let mut bad = files();
        bad.system = bytes.clone();
        prop_assert!(Dictionary::from_bytes(bad).is_err());
        let mut bad = files();
        bad.matrix = bytes;
        prop_assert!(Dictionary::from_bytes(bad).is_err());
    }
}
