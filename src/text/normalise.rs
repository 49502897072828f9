//! One spelling for texts that look alike: compatibility forms, invisible characters, white space, links and handles.

use unicode_normalization::UnicodeNormalization;

/// The text [`composed`], with each run of white space made one space. Applied twice it changes nothing more.
pub fn normalise(text: &str) -> String {
    single_spaces(&composed(text))
}

/// The text in Unicode's compatibility form NFKC (full-width digits, circled numbers, decomposed Hangul), without
/// invisible characters. White space stays, so that lines stay lines.
///
/// Single Hangul letters (ㅋㅋ, ㅠㅠ; U+3131 to U+318E) stay as they are: NFKC would make them the letters of old
/// Korean syllables, which look the same and which no dictionary knows.
pub fn composed(text: &str) -> String {
    let mut composed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let letters = is_single_letter(first);
        let end = rest.find(|c| is_single_letter(c) != letters).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if letters {
            // The filler among the letters looks like a space.
            composed.push_str(&run.replace(FILLER, " "));
        } else {
            let plain: String = run.chars().filter(|c| !is_invisible(*c)).nfkc().collect();
            composed.extend(joined(&plain).nfkc());
        }
        rest = after;
    }
    composed
}

/// The text [`normalise`]d and without what changes from one copy of a post to the next: links, `@handles` and the
/// difference of small and capital letters. Two posts with the same words have the same value.
pub fn comparable(text: &str) -> String {
    let normal = normalise(text).to_lowercase();
    let words = normal.split(' ').filter_map(|word| {
        let end = ["http://", "https://", "www."].iter().filter_map(|sign| word.find(sign)).min();
        let word = word.get(..end.unwrap_or(word.len())).unwrap_or_default();
        (!word.is_empty() && !word.starts_with('@')).then_some(word)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Hangul compatibility jamo, filler included.
fn is_single_letter(character: char) -> bool {
    ('\u{3131}'..='\u{318e}').contains(&character)
}

/// Characters that take no room on a page but part the digits of a number or the letters of a word: soft hyphen,
/// combining joiner, fillers, zero width spaces, direction marks, byte order mark, tags; and those that command a terminal.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}'
        | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200c}' | '\u{200e}'
        | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Hangul filler, a letter without a form.
const FILLER: char = '\u{3164}';

/// The joiner of emoji sequences, which joins nothing between digits and letters.
const JOINER: char = '\u{200d}';

/// A text with joiners only where both sides may be pictures.
fn joined(text: &str) -> String {
    let joins = |side: char| !side.is_alphanumeric() && !side.is_whitespace() && side != JOINER;
    let mut joined = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let stays = joined.chars().next_back().is_some_and(joins) && rest.peek().copied().is_some_and(joins);
        if character != JOINER || stays {
            joined.push(character);
        }
    }
    joined
}

fn single_spaces(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !result.is_empty() {
            result.push(' ');
        }
        result.push_str(word);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn full_width_and_circled_digits_become_plain_ones() {
        assert_eq!(normalise("０１０①②"), "01012");
    }

    #[test]
    fn what_parts_digits_unseen_or_commands_a_terminal_is_taken_out_and_a_family_stays_one() {
        for parted in
            ["010\u{200d}1234", "010\u{34f}1234", "010\u{61c}1234", "01\u{1b}0\u{7f}1\u{206a}234", "010\u{e0031}1234"]
        {
            assert_eq!(composed(parted), "0101234", "{parted:?}");
        }
        assert_eq!(composed("👨\u{200d}👩\u{200d}👧 a\tb\nc"), "👨\u{200d}👩\u{200d}👧 a\tb\nc");
        assert_eq!(composed("a\u{200d}\u{200d}😀\u{200d}"), "a😀");
        assert_eq!(composed("😀\u{200d}㎏ e\u{200d}\u{301}"), "😀kg é");
        assert_eq!(composed("010\u{3164}1234"), "010 1234");
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        assert_eq!(normalise("\u{1112}\u{1161}\u{11ab}"), "한");
    }

    #[test]
    fn single_letters_of_laughter_and_tears_stay() {
        assert_eq!(normalise("ㅋㅋㅋ ㅠㅠ"), "ㅋㅋㅋ ㅠㅠ");
    }

    #[test]
    fn invisible_characters_vanish_and_white_space_shrinks() {
        assert_eq!(normalise(" 보\u{200b}육 \u{3000}\n 교사 "), "보육 교사");
    }

    #[test]
    fn links_and_handles_do_not_count_in_a_comparison() {
        assert_eq!(comparable("@맘카페 연장반 Open! https://ex.kr/a?b=1 좋아요"), "연장반 open! 좋아요");
        assert_eq!(comparable("보기www.ex.kr 끝"), "보기 끝");
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing_more(text in any::<String>()) {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once);
        }
    }
}
