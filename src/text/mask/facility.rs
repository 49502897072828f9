//! The name of a daycare centre or kindergarten in a text that accuses: 해맑은어린이집에서 아이를 때렸다.
//!
//! Praise keeps the name, because a good name hurts nobody; an accusation may be false. Kinds of centres
//! (국공립어린이집), neighbourhoods (상도1동 어린이집) and words that describe (무서운 어린이집) are no names. Of a name of
//! several words only the last one is seen.

use super::PersonalData;
use super::draft::Draft;
use super::facility_words::{ACCUSATIONS, CENTRES, KINDS, NAMED_QUALITIES, ORDINARY};
use super::names::is_hangul;

/// Endings of particles and of words that describe the next one.
const ENDINGS: &str = "의은는이가을를에도서한던된인운면고데며로과와들만지요다까때게후해야니나려라네면서";

/// Takes the names, when the text accuses.
pub fn find_facilities(draft: &mut Draft) {
    let names: Vec<(usize, usize)> = (0..draft.len()).filter_map(|centre| name_before(draft, centre)).collect();
    if names.is_empty() || !draft.has_any_in(0..draft.len(), &ACCUSATIONS) {
        return;
    }
    for (start, end) in names {
        draft.take(start..end, PersonalData::Facility);
    }
}

/// Beginning and end of the name before a word for a centre, attached or after one space.
fn name_before(draft: &Draft, centre: usize) -> Option<(usize, usize)> {
    draft.any_at(centre, &CENTRES)?;
    let attached = draft.before(centre).is_some_and(is_name_letter);
    let end = if attached { centre } else { centre.checked_sub(1).filter(|space| draft.at(*space) == Some(' '))? };
    let start = draft.run_start(end, is_name_letter);
    let word: String = draft.slice(start..end).iter().collect();
    let name = without_kinds(&word);
    let names_something = if attached { !is_neighbourhood(name) } else { stands_for_itself(name) };
    let is_name = !name.is_empty() && !ORDINARY.contains(&name) && names_something;
    is_name.then(|| (end - name.chars().count(), end))
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

/// 상도1동, 신길동, 노량진역, 은평구.
fn is_neighbourhood(word: &str) -> bool {
    word.ends_with(['동', '역', '구', '시', '군'])
        && (word.contains(|c: char| c.is_ascii_digit()) || word.chars().count() > 2)
}

/// Could a word with a space behind it be a name? Numbers, neighbourhoods, and whatever ends like a particle or like a
/// word that describes are not believed.
fn stands_for_itself(word: &str) -> bool {
    if NAMED_QUALITIES.contains(&word) || word.ends_with("나라") {
        return true;
    }
    let ends_like_one = word.ends_with(|c: char| ENDINGS.contains(c) || c.is_ascii_digit());
    word.chars().count() > 1 && !ends_like_one && !is_neighbourhood(word)
}
