//! Personal data out of a text, before anything is stored.
//!
//! [`mask`] replaces telephone numbers, e-mail addresses, resident registration numbers, messenger ids, links,
//! handles, account and card numbers, car plates, full names beside a title, and names of centres, each by a
//! placeholder in brackets.
//! Where it is unsure it masks: a lost number costs an analysis nothing, a published one costs a person much. Only for
//! names is it careful, because a wrongly masked word (우리선생님) takes away what the post is about.
//!
//! It does not know who wrote the text and who is meant. Children's names without a title, given names alone (민지쌤)
//! and family names alone (김 선생님) stay: no list tells them from ordinary words.

mod contact;
mod digits;
mod draft;
mod facility;
mod facility_words;
mod messenger;
mod name_lists;
mod names;
mod numbers;
mod phone;

use std::collections::BTreeSet;

use super::normalise::composed;
use draft::Draft;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalData {
    /// Telephone number 전화번호.
    Phone,
    /// E-mail address 이메일.
    Email,
    /// Resident registration number 주민등록번호.
    ResidentNumber,
    /// Messenger id or link to a chat room 메신저 아이디, 오픈채팅.
    Messenger,
    /// Link 링크: its path often names a person.
    Link,
    /// `@handle` 아이디.
    Handle,
    /// Bank account number 계좌번호, or another number as long as one.
    Account,
    /// Payment card number 카드번호.
    Card,
    /// Car plate 차량번호.
    CarPlate,
    /// Full name of a person beside a title 이름.
    Name,
    /// Name of a daycare centre or kindergarten 시설명.
    Facility,
}

impl PersonalData {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Phone,
        Self::Email,
        Self::ResidentNumber,
        Self::Messenger,
        Self::Link,
        Self::Handle,
        Self::Account,
        Self::Card,
        Self::CarPlate,
        Self::Name,
        Self::Facility,
    ];

    /// What stands in the text instead.
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Phone => "[전화]",
            Self::Email => "[이메일]",
            Self::ResidentNumber => "[주민번호]",
            Self::Messenger => "[메신저]",
            Self::Link => "[링크]",
            Self::Handle => "[아이디]",
            Self::Account => "[계좌]",
            Self::Card => "[카드]",
            Self::CarPlate => "[차량번호]",
            Self::Name => "[이름]",
            Self::Facility => "[시설]",
        }
    }
}

/// A text without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The text in the form NFKC, with placeholders.
    pub text: String,
    /// What was found.
    pub found: BTreeSet<PersonalData>,
}

/// Masks a text. A masked text, masked again, stays as it is and nothing is found in it.
pub fn mask(text: &str) -> Masked {
    let mut text = composed(text);
    let mut found = BTreeSet::new();
    // What is masked parts its surroundings, so that a second look may see more. Each round takes at least one
    // character that is not part of a placeholder, so the rounds come to an end by themselves.
    loop {
        let mut draft = Draft::new(&text);
        // The order matters: a link holds handles, an account number looks like a telephone number with a beard.
        contact::find_emails(&mut draft);
        contact::find_links(&mut draft);
        contact::find_handles(&mut draft);
        numbers::find_resident_numbers(&mut draft);
        numbers::find_cards(&mut draft);
        phone::find_well_formed(&mut draft);
        numbers::find_accounts(&mut draft);
        phone::find_any_mobile(&mut draft);
        numbers::find_car_plates(&mut draft);
        messenger::find_ids(&mut draft);
        names::find_names(&mut draft);
        facility::find_facilities(&mut draft);
        let (masked, kinds) = draft.finish();
        if kinds.is_empty() {
            return Masked { text, found };
        }
        text = masked;
        found.extend(kinds);
    }
}

#[cfg(test)]
mod generated_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
