//! The name of a daycare centre or kindergarten: 해맑은어린이집에서 아이를 때렸다.
//!
//! An accusation may be false, and most are told without a word that accuses (한 달을 텔레비전만 보여줬대요). So a name that
//! is one word with its centre goes from every text, praise among them: no analysis needs it. A name with a space behind
//! it looks like any other word. One that is made of what centres are called by (꿈나무, 키즈) goes, with such words before
//! it, unless the text is content or asks; any other goes where the text accuses in words. Kinds of centres
//! (국공립어린이집), neighbourhoods (상도1동 어린이집) and words that describe (무서운 어린이집) are no names.

use std::ops::Range;

use super::PersonalData;
use super::draft::Draft;
use super::facility_words::{ACCUSATIONS, CENTRES, CONTENT, KINDS, NAME_WORDS, NAMED_QUALITIES, ORDINARY};
use super::names::is_hangul;

/// Endings of particles and of words that describe the next one.
const ENDINGS: &str = "의은는린이가을를에도서한던된인운면고데며로과와들만지요다까때게후해야니나려라네면서";

/// A name, and how it stands beside its centre.
struct Name {
    letters: Range<usize>,
    is_attached: bool,
    is_usual: bool,
}

/// Takes the names.
pub fn find_facilities(draft: &mut Draft) {
    let names: Vec<Name> = (0..draft.len()).filter_map(|centre| name_before(draft, centre)).collect();
    if names.is_empty() {
        return;
    }
    let accuses = draft.has_any_in(0..draft.len(), &ACCUSATIONS);
    let is_content = draft.has_any_in(0..draft.len(), &CONTENT);
    for name in names {
        if name.is_attached || accuses || (name.is_usual && !is_content) {
            let start = first_word(draft, name.letters.start);
            draft.take(start..name.letters.start, PersonalData::Facility);
            draft.take(name.letters, PersonalData::Facility);
        }
    }
}

/// The name before a word for a centre, attached or after one space.
fn name_before(draft: &Draft, centre: usize) -> Option<Name> {
    draft.any_at(centre, &CENTRES)?;
    let is_attached = draft.before(centre).is_some_and(is_name_letter);
    let end = if is_attached { centre } else { space_before(draft, centre)? };
    let start = draft.run_start(end, is_name_letter);
    let word: String = draft.slice(start..end).iter().collect();
    let name = without_kinds(&word);
    let is_usual = is_usual(name);
    let names_something = if is_attached { !is_neighbourhood(name) } else { is_usual || stands_for_itself(name) };
    let is_name = !name.is_empty() && !ORDINARY.contains(&name) && names_something;
    is_name.then(|| Name { letters: end - name.chars().count()..end, is_attached, is_usual })
}

/// Where a name of several words begins, of which the last one begins at `start`: 푸른솔 리틀 키즈 어린이집.
fn first_word(draft: &Draft, mut start: usize) -> usize {
    while let Some(space) = space_before(draft, start) {
        let before = draft.run_start(space, is_name_letter);
        let word: String = draft.slice(before..space).iter().collect();
        let name = without_kinds(&word);
        if !is_usual(name) || ORDINARY.contains(&name) {
            break;
        }
        start = space - name.chars().count();
    }
    start
}

fn space_before(draft: &Draft, index: usize) -> Option<usize> {
    index.checked_sub(1).filter(|space| draft.at(*space) == Some(' '))
}

fn is_name_letter(character: char) -> bool {
    is_hangul(character) || character.is_ascii_alphanumeric()
}

fn without_kinds(mut word: &str) -> &str {
    while let Some(rest) = KINDS.iter().find_map(|kind| word.strip_prefix(kind)) {
        word = rest;
    }
    word
}

/// Is it made of a word by which centres are called?
fn is_usual(word: &str) -> bool {
    NAME_WORDS.iter().any(|usual| word.starts_with(usual) && stands_alone(word) || word.ends_with(usual))
}

/// 상도1동, 신길동, 노량진역, 은평구.
fn is_neighbourhood(word: &str) -> bool {
    word.ends_with(['동', '역', '구', '시', '군'])
        && (word.contains(|c: char| c.is_ascii_digit()) || word.chars().count() > 2)
}

/// Could a word with a space behind it be a name? Numbers, neighbourhoods, and whatever ends like a particle or like a
/// word that describes are not believed.
fn stands_for_itself(word: &str) -> bool {
    NAMED_QUALITIES.contains(&word) || word.ends_with("나라") || (stands_alone(word) && !is_neighbourhood(word))
}

fn stands_alone(word: &str) -> bool {
    word.chars().count() > 1 && !word.ends_with(|c: char| ENDINGS.contains(c) || c.is_ascii_digit())
}
