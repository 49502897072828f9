//! Which words can begin at a place of the text: those of the dictionary, those of the user, and unknown ones.

use crate::text::dictionary::{CharacterClass, CompiledUserWords, Dictionary, Token};

/// An unknown run longer than this many characters after its first is not tried as one word (MeCab's default).
const LONGEST_RUN_AFTER_FIRST: usize = 24;

/// Where a candidate's description is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// In the dictionary's words, at the token's feature offset.
    System,
    /// In the descriptions of unknown words, at the token's feature offset.
    Unknown,
    /// In the user's words, at this number.
    User(usize),
}

/// A word that could stand at a place of the text.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Where the word begins: after any white space, in bytes.
    pub start: usize,
    /// Where the word ends, in bytes.
    pub end: usize,
    pub token: Token,
    pub origin: Origin,
}

/// Puts into `found` all words that can stand at `position`, white space skipped, in the order in which MeCab makes
/// them: the lattice breaks ties by that order. Nothing is found where only white space is left.
pub fn candidates_at(
    dictionary: &Dictionary,
    user: &CompiledUserWords,
    text: &str,
    position: usize,
    found: &mut Vec<Candidate>,
) {
    found.clear();
    let rest = text.get(position..).unwrap_or_default();
    let spaces = rest.chars().take_while(|c| dictionary.characters.is_space(*c));
    let start = position + spaces.map(char::len_utf8).sum::<usize>();
    let word_text = text.get(start..).unwrap_or_default();
    let Some(first) = word_text.chars().next() else { return };

    dictionary.system.at_the_beginning(word_text.as_bytes(), |length, token| {
        let end = start + length;
        // A corrupt dictionary could end a word within a character.
        if length > 0 && text.is_char_boundary(end) {
            found.push(Candidate { start, end, token, origin: Origin::System });
        }
    });
    user.at_the_beginning(word_text, |length, number, token| {
        found.push(Candidate { start, end: start + length, token, origin: Origin::User(number) });
    });
    let class = dictionary.characters.class(first);
    if !found.is_empty() && !class.always_tries_unknown() {
        return;
    }
    unknown_words(dictionary, class, word_text, |length| {
        for token in dictionary.unknown_readings.get(class.category()).into_iter().flatten() {
            found.push(Candidate { start, end: start + length, token: *token, origin: Origin::Unknown });
        }
    });
    if found.is_empty() {
        // The whole run was too long and the category asks for no shorter words: the first character alone remains.
        for token in dictionary.unknown_readings.get(class.category()).into_iter().flatten() {
            let end = start + first.len_utf8();
            found.push(Candidate { start, end, token: *token, origin: Origin::Unknown });
        }
    }
}

/// Calls `found(length in bytes)` for the unknown words that begin with the first character of `text`: the run of its
/// category, then words of one, two… characters up to the category's limit while the categories agree.
fn unknown_words(dictionary: &Dictionary, class: CharacterClass, text: &str, mut found: impl FnMut(usize)) {
    let mut characters = text.chars();
    let first_len = characters.next().map_or(0, char::len_utf8);
    let mut run_len = None;
    if class.groups() {
        let mut length = first_len;
        let mut count = 0;
        let mut current = class;
        // One character beyond the limit is enough to know that the run is too long.
        for character in characters.clone().take(LONGEST_RUN_AFTER_FIRST + 1) {
            let next = dictionary.characters.class(character);
            if !current.shares_category(next) {
                break;
            }
            // Categories overlap, so a run may pass from one to the next: the last character decides.
            current = next;
            count += 1;
            length += character.len_utf8();
        }
        if count <= LONGEST_RUN_AFTER_FIRST {
            found(length);
            run_len = Some(length);
        }
    }
    let mut length = first_len;
    for _ in 0..class.longest_unknown() {
        if run_len == Some(length) {
            // The run itself has been tried, and beyond it the category ends.
            return;
        }
        found(length);
        let Some(character) = characters.next() else { return };
        if !class.shares_category(dictionary.characters.class(character)) {
            return;
        }
        length += character.len_utf8();
    }
}
