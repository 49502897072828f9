//! The tokeniser against a lattice solved by hand, against the reference tokeniser, and against any text at all.

use proptest::prelude::*;

use super::*;
use crate::text::dictionary::DictionaryFiles;
use crate::text::testing::{SmallWord, real_files, real_tokeniser, small_files};

fn tokeniser(files: DictionaryFiles) -> Tokeniser {
    Tokeniser::new(Dictionary::from_bytes(files).unwrap(), &UserWords::default()).unwrap()
}

fn tagged(tokeniser: &Tokeniser, text: &str) -> String {
    let words: Vec<String> = tokeniser.tokenise(text).iter().map(|m| format!("{}/{}", m.surface, m.tag)).collect();
    words.join(" ")
}

const WORDS: [SmallWord; 4] =
    [("가", 0, 0, 0, 100, "A"), ("나", 0, 0, 9, 100, "B"), ("가나", 0, 0, 0, 250, "C"), ("나", 1, 1, 0, 2_000, "D")];

/// 가 + 나 cost 200, 가나 costs 250.
#[test]
fn the_cheaper_path_wins() {
    assert_eq!(tagged(&tokeniser(small_files(&WORDS, &[&[0, 0], &[0, 0]])), "가나"), "가/A 나/B");
}

/// Connecting costs 60, so that three connections against two turn 200 against 250 into 380 against 370.
#[test]
fn connection_costs_count() {
    assert_eq!(tagged(&tokeniser(small_files(&WORDS, &[&[60, 60], &[60, 60]])), "가나"), "가나/C");
}

/// After white space the clinging 나/B costs 3,000 more than its 100, so that 나/D for 2,000 is cheaper.
#[test]
fn a_clinging_word_after_white_space_pays_the_penalty() {
    assert_eq!(tagged(&tokeniser(small_files(&WORDS, &[&[0, 0], &[0, 0]])), "가 나"), "가/A 나/D");
}

/// Two readings of one word cost the same. They enter the lattice in reverse, so the one listed first is the newest.
#[test]
fn of_equally_cheap_readings_the_newest_in_the_lattice_wins() {
    let words = [("가", 0, 0, 0, 100, "FIRST"), ("가", 0, 0, 0, 100, "SECOND")];
    assert_eq!(tagged(&tokeniser(small_files(&words, &[&[0]])), "가"), "가/FIRST");
}

#[test]
fn unknown_characters_of_one_category_are_one_word() {
    assert_eq!(tagged(&tokeniser(small_files(&WORDS, &[&[0, 0], &[0, 0]])), "xyz 가"), "xyz/UN 가/A");
}

/// MeCab takes a run of up to 25 characters as one unknown word.
#[test]
fn a_run_of_26_unknown_characters_is_no_word() {
    let tokeniser = tokeniser(small_files(&WORDS, &[&[0, 0], &[0, 0]]));
    assert_eq!(tokeniser.tokenise(&"x".repeat(25)).len(), 1);
    assert_eq!(tokeniser.tokenise(&"x".repeat(26)).len(), 2);
}

#[test]
fn a_text_without_letters_has_no_morphemes() {
    let tokeniser = tokeniser(small_files(&WORDS, &[&[0, 0], &[0, 0]]));
    assert!(tokeniser.tokenise("").is_empty());
    assert!(tokeniser.tokenise("   ").is_empty());
}

#[test]
fn only_the_first_ten_thousand_characters_are_read() {
    let tokeniser = tokeniser(small_files(&WORDS, &[&[0, 0], &[0, 0]]));
    let read = tokeniser.tokenise(&"가".repeat(LONGEST_TEXT_CHARACTERS + 5));
    assert_eq!(read.last().map(|m| m.end), Some(3 * LONGEST_TEXT_CHARACTERS));
}

#[test]
fn sentences_are_read_as_the_reference_reads_them() {
    let Some(tokeniser) = real_tokeniser("sentences_are_read_as_the_reference_reads_them") else { return };
    let fixture = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tokeniser/sentences.tsv"));
    let mut read = 0;
    for line in fixture.lines().filter(|line| !line.starts_with('#')) {
        let (sentence, expected) = line.split_once('\t').unwrap();
        assert_eq!(tagged(tokeniser, sentence), expected, "{sentence}");
        read += 1;
    }
    assert!(read >= 60, "{read} sentences");
}

#[test]
fn a_melted_word_names_its_parts() {
    let Some(tokeniser) = real_tokeniser("a_melted_word_names_its_parts") else { return };
    let all = tokeniser.tokenise("신청했어요.");
    let lemmas: Vec<_> = all.iter().flat_map(Morpheme::lemmas).collect();
    assert_eq!(lemmas, [("신청", "NNG"), ("하", "XSV"), ("았", "EP"), ("어요", "EF"), (".", "SF")]);
}

#[test]
fn words_of_the_user_are_kept_whole_beside_particles() {
    let Some(files) = real_files("words_of_the_user_are_kept_whole_beside_particles") else { return };
    let list = "상도1동,NNP\n노량진2동,NNP\n시간제보육,NNG\n긴급보육,NNG\n휴원,NNG\n특활비,NNG\n연장반,NNG\n\
        장승배기,NNP\n보라매공원,NNP\n대기번호,NNG\n등하원,NNG\n";
    let tokeniser = Tokeniser::new(Dictionary::from_bytes(files).unwrap(), &UserWords::parse(list).unwrap()).unwrap();
    for (text, word) in [
        ("상도1동에 시간제보육이 생겼어요", "상도1동/NNP"),
        ("상도1동에 시간제보육이 생겼어요", "시간제보육/NNG"),
        ("노량진2동으로 이사 가요", "노량진2동/NNP"),
        ("긴급보육 신청했어요", "긴급보육/NNG"),
        ("내일부터 휴원이래요", "휴원/NNG"),
        ("어린이집 휴원 연장", "휴원/NNG"),
        ("특활비가 또 올랐네요", "특활비/NNG"),
        ("연장반은 몇 시까지예요?", "연장반/NNG"),
        ("장승배기에서 만나요", "장승배기/NNP"),
        ("보라매공원에서 놀았어요", "보라매공원/NNP"),
        ("대기번호 120번", "대기번호/NNG"),
        ("등하원 도우미를 구해요", "등하원/NNG"),
    ] {
        let read = tagged(&tokeniser, text);
        assert!(read.split(' ').any(|morpheme| morpheme == word), "{read}");
    }
}

#[test]
fn a_short_word_of_the_user_does_not_cut_longer_ones() {
    let Some(files) = real_files("a_short_word_of_the_user_does_not_cut_longer_ones") else { return };
    let words = UserWords::parse("반,NNG\n등원,NNG\n").unwrap();
    let tokeniser = Tokeniser::new(Dictionary::from_bytes(files).unwrap(), &words).unwrap();
    assert_eq!(tagged(&tokeniser, "반전이 있다"), "반전/NNG 이/JKS 있/VV 다/EC");
    assert_eq!(tagged(&tokeniser, "반대로 갔다"), "반대/NNG 로/JKB 갔/VV+EP 다/EC");
}

#[test]
fn a_tag_that_the_dictionary_does_not_have_is_refused() {
    let dictionary = Dictionary::from_bytes(small_files(&WORDS, &[&[0, 0], &[0, 0]])).unwrap();
    let error = Tokeniser::new(dictionary, &UserWords::parse("동네,NNG").unwrap()).unwrap_err();
    assert!(error.to_string().contains("NNG"), "{error}");
}

/// The promise of the room: nothing lost but white space, nothing invented, pieces in order.
fn check(tokeniser: &Tokeniser, text: &str) -> Result<(), TestCaseError> {
    let morphemes = tokeniser.tokenise(text);
    let without_space = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let surfaces: String = morphemes.iter().map(|m| m.surface.as_str()).collect();
    prop_assert_eq!(without_space(&surfaces), without_space(text));
    let mut last_end = 0;
    for morpheme in &morphemes {
        prop_assert!(morpheme.start >= last_end && morpheme.end > morpheme.start);
        prop_assert_eq!(text.get(morpheme.start..morpheme.end), Some(morpheme.surface.as_str()));
        prop_assert!(!morpheme.tag.is_empty());
        last_end = morpheme.end;
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_whole(text in any::<String>()) {
        check(&tokeniser(small_files(&WORDS, &[&[0, 0], &[0, 0]])), &text)?;
    }
}

#[test]
fn any_text_is_read_whole_with_the_real_dictionary() {
    let Some(tokeniser) = real_tokeniser("any_text_is_read_whole_with_the_real_dictionary") else { return };
    let odd_letters = "[가-힣ㄱ-ㅣa-z0-9 .,!?~^\u{1f600}-\u{1f64f}\u{ffff}一-十]{0,80}";
    let texts = prop_oneof![any::<String>(), odd_letters, "[가나 ]{0,600}"];
    proptest!(|(text in texts)| check(tokeniser, &text)?);
}
