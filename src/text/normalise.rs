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
            composed.push_str(run);
        } else {
            composed.extend(run.chars().filter(|c| !is_invisible(*c)).nfkc());
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

/// Characters that take no room on a page but part the digits of a number or the letters of a word: soft hyphen, zero
/// width spaces, direction marks, byte order mark. The joiner of emoji sequences (U+200D) is kept.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
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
