//! Full names beside a title: 김민지 선생님, 남궁서연원장님, 이도현 씨.
//!
//! The name goes, the title stays. A name is a family name and one or two syllables of which given names are made; it
//! begins its word. Words that are made so by chance are kept by a list.

use super::PersonalData;
use super::draft::Draft;
use super::name_lists::{
    BEFORE_NAMES, BEGINNINGS_OF_NAMES, COMMONEST_FAMILY_NAMES, FAMILY_NAMES, GIVEN_SYLLABLES, LONG_FAMILY_NAMES,
    ORDINARY_LONG_WORDS, ORDINARY_WORDS, PARTICLES, SHORT_TITLES, TITLES, TITLES_BEFORE,
};

/// Is it a syllable of modern Hangul?
pub fn is_hangul(character: char) -> bool {
    ('가'..='힣').contains(&character)
}

/// What introduces a name without a title.
const INTRODUCTIONS: [&str; 9] =
    ["이름은", "이름이", "이름:", "이름 :", "성함은", "성함이", "성함:", "실명은", "본명은"];

/// Finds names that begin a word, or that follow a word such as 담임 without a space.
pub fn find_names(draft: &mut Draft) {
    for start in 0..draft.len() {
        // After a numeral stands a counter (3주동안), not a name.
        let inside_word = draft.before(start).is_some_and(|c| is_hangul(c) || c.is_ascii_digit());
        if !draft.at(start).is_some_and(is_hangul) || inside_word {
            continue;
        }
        let shift = draft.any_at(start, &BEFORE_NAMES).unwrap_or(0);
        if !take_name(draft, start) && shift > 0 {
            take_name(draft, start + shift);
        }
        if let Some(length) = draft.any_at(start, &INTRODUCTIONS) {
            let name = draft.run_end(start + length, |c| c == ' ');
            take_introduced(draft, name);
        }
        if let Some(length) = draft.any_at(start, &TITLES_BEFORE) {
            take_after_title(draft, start + length);
        }
    }
}

/// Takes the name at `start` when a title follows it.
fn take_name(draft: &mut Draft, start: usize) -> bool {
    let length =
        [3, 4, 2].into_iter().find(|length| is_name(draft, start, *length) && has_title(draft, start, *length));
    if let Some(length) = length {
        draft.take(start..start + length, PersonalData::Name);
    }
    length.is_some()
}

/// `이름은 김민지`: three syllables or more, and then the end of the word or a particle.
fn take_introduced(draft: &mut Draft, start: usize) {
    for length in [3, 4] {
        let end = start + length;
        let ends = !draft.at(end).is_some_and(is_hangul)
            || draft.any_at(end, &["이고", "이에", "입니", "이라", "예요", "라고", "인데", "이며", "이야"]).is_some();
        if is_name(draft, start, length) && ends {
            draft.take(start..end, PersonalData::Name);
            return;
        }
    }
}

/// `원장 김민지가`: a name of three syllables with one of the commonest family names, and nothing but a particle after it.
fn take_after_title(draft: &mut Draft, end: usize) {
    let start = draft.run_end(end, |c| " (:".contains(c));
    let word_end = draft.run_end(start, is_hangul);
    let name_end = start + 3;
    let particle = draft.at(name_end).is_none_or(|c| "이가은는을를의와과도".contains(c));
    let common = draft.at(start).is_some_and(|c| COMMONEST_FAMILY_NAMES.contains(c));
    let whole = word_end == name_end || (word_end == name_end + 1 && particle);
    if (1..=2).contains(&(start - end)) && common && whole && is_name(draft, start, 3) {
        draft.take(start..name_end, PersonalData::Name);
    }
}

fn is_name(draft: &Draft, start: usize, length: usize) -> bool {
    if !(start..start + length).all(|index| draft.at(index).is_some()) {
        return false;
    }
    let name: String = draft.slice(start..start + length).iter().collect();
    let is_given = |given: &str| given.chars().all(|c| GIVEN_SYLLABLES.contains(c));
    let long = LONG_FAMILY_NAMES.iter().find_map(|family| name.strip_prefix(family));
    if let Some(given) = long
        && (3..=4).contains(&length)
        && is_given(given)
    {
        return true;
    }
    let mut syllables = name.chars();
    // The particle after a word of one syllable (원은, 제가) is no given name.
    let is_particle = length == 2 && syllables.clone().nth(1).is_some_and(|c| "은이가도로만나의".contains(c));
    let family = syllables.next().is_some_and(|first| FAMILY_NAMES.contains(first));
    family && !is_particle && length <= 3 && is_given(syllables.as_str()) && !is_ordinary(&name)
}

/// Ordinary words, and ordinary words with an ending that makes them describe the next one (지원한, 지도하신, 정해진).
fn is_ordinary(word: &str) -> bool {
    if ORDINARY_WORDS.contains(&word) || ORDINARY_LONG_WORDS.contains(&word) {
        return true;
    }
    let mut stem = word.chars();
    let last = stem.next_back();
    word.chars().count() == 3
        && !BEGINNINGS_OF_NAMES.contains(&stem.as_str())
        && last.is_some_and(|c| {
            "한하된할은인의도이가로자대시지".contains(c) || (c == '진' && stem.as_str().ends_with('해'))
        })
        && ORDINARY_WORDS.contains(&stem.as_str())
}

/// Does a title follow the name, directly, after a space or in a bracket?
fn has_title(draft: &Draft, start: usize, length: usize) -> bool {
    let end = start + length;
    let title = draft.run_end(end, |c| c == ' ' || c == '(').min(end + 2);
    let follows = |index: usize| {
        if draft.any_at(index, &TITLES).is_some() {
            return true;
        }
        let Some(title_length) = draft.any_at(index, &SHORT_TITLES) else { return false };
        let after = draft.at(index + title_length);
        let ends = !after.is_some_and(is_hangul) || after.is_some_and(|c| PARTICLES.contains(c));
        // 이웃님 and 강사님 are no names, 이웃 씨 could be one.
        ends && (length >= 3 || (index > end && draft.starts_with(index, "씨")))
    };
    follows(title) || (title > end && follows(end))
}
