//! The name of a daycare centre or kindergarten: 해맑은어린이집에서 아이를 때렸다.
//!
//! An accusation may be false, and most are told without a word that accuses (한 달을 텔레비전만 보여줬대요). So a name that
//! is one word with its centre goes from every text, praise among them: no analysis needs it. A name with a space behind
//! it looks like any other word, and goes only where the text accuses in words. Kinds of centres (국공립어린이집),
//! neighbourhoods (상도1동 어린이집) and words that describe (무서운 어린이집) are no names. Of a name of several words only
//! the last one is seen.

use std::ops::Range;

use super::PersonalData;
use super::draft::Draft;
use super::facility_words::{ACCUSATIONS, CENTRES, KINDS, NAMED_QUALITIES, ORDINARY};
use super::names::is_hangul;

/// Endings of particles and of words that describe the next one.
const ENDINGS: &str = "의은는린이가을를에도서한던된인운면고데며로과와들만지요다까때게후해야니나려라네면서";

/// A name, and whether its centre follows without a space.
struct Name {
    letters: Range<usize>,
    is_attached: bool,
}

/// Takes the names.
pub fn find_facilities(draft: &mut Draft) {
    let names: Vec<Name> = (0..draft.len()).filter_map(|centre| name_before(draft, centre)).collect();
    let accuses = !names.is_empty() && draft.has_any_in(0..draft.len(), &ACCUSATIONS);
    for name in names.into_iter().filter(|name| name.is_attached || accuses) {
        draft.take(name.letters, PersonalData::Facility);
    }
}

/// The name before a word for a centre, attached or after one space.
fn name_before(draft: &Draft, centre: usize) -> Option<Name> {
    draft.any_at(centre, &CENTRES)?;
    let is_attached = draft.before(centre).is_some_and(is_name_letter);
    let end = if is_attached { centre } else { centre.checked_sub(1).filter(|space| draft.at(*space) == Some(' '))? };
    let start = draft.run_start(end, is_name_letter);
    let word: String = draft.slice(start..end).iter().collect();
    let name = without_kinds(&word);
    let names_something = if is_attached { !is_neighbourhood(name) } else { stands_for_itself(name) };
    let is_name = !name.is_empty() && !ORDINARY.contains(&name) && names_something;
    is_name.then(|| Name { letters: end - name.chars().count()..end, is_attached })
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
