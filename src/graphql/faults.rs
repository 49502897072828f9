//! What is wrong with the texts of one input, collected so that a person hears all of it at once. The sentences do not name
//! the field: clients show them beside it, under a name in the person's own language.

use super::user_error::{UserError, UserErrorCode};
use crate::error::{both, grouped};

/// The faults of one input as they are found.
#[derive(Debug, Default)]
pub struct Faults(Vec<UserError>);

impl Faults {
    /// A text that must be there.
    pub fn text(&mut self, field: &str, text: &str, most: usize) {
        self.must_be_there(&["input", field], text);
        self.may_not_be_longer(&["input", field], text, most);
    }

    /// A text that may be left out.
    pub fn optional(&mut self, field: &str, text: Option<&str>, most: usize) {
        self.may_not_be_longer(&["input", field], text.unwrap_or_default(), most);
    }

    /// Texts in a list, each of which must be there.
    pub fn each(&mut self, field: &str, texts: &[String], most: usize) {
        for (at, text) in texts.iter().enumerate() {
            let at = at.to_string();
            let path = ["input", field, &at];
            self.must_be_there(&path, text);
            self.may_not_be_longer(&path, text, most);
        }
    }

    /// A fault of another kind.
    pub fn add(&mut self, fault: UserError) {
        self.0.push(fault);
    }

    /// Nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order in which they were found.
    pub fn found(self) -> Vec<UserError> {
        self.0
    }

    fn must_be_there(&mut self, path: &[&str], text: &str) {
        if text.trim().is_empty() {
            let said = both("Something must be written here.", "꼭 적어야 하는 항목입니다.");
            self.add(UserError::new(path, UserErrorCode::Blank, said));
        }
    }

    fn may_not_be_longer(&mut self, path: &[&str], text: &str, most: usize) {
        let length = text.chars().count();
        if length > most {
            let (most, length) = (grouped(most), grouped(length));
            let said = both(
                format!("At most {most} characters may be written here, but there are {length}."),
                format!("{most}자까지 쓸 수 있습니다. 받은 글은 {length}자입니다."),
            );
            self.add(UserError::new(path, UserErrorCode::TooLong, said));
        }
    }
}

/// The text without spaces around it; none when nothing is left.
pub fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(fill: impl FnOnce(&mut Faults)) -> Vec<(String, UserErrorCode)> {
        let mut faults = Faults::default();
        fill(&mut faults);
        faults.found().iter().map(|fault| (fault.path().join("."), fault.code())).collect()
    }

    #[test]
    fn a_text_must_be_there_and_not_too_long() {
        let of = |text: &str| codes(|faults| faults.text("title", text, 3));
        assert_eq!(of("가나다"), []);
        assert_eq!(of(" \n"), [("input.title".to_owned(), UserErrorCode::Blank)]);
        assert_eq!(of("가나다라"), [("input.title".to_owned(), UserErrorCode::TooLong)]);
    }

    #[test]
    fn a_text_that_may_be_left_out_may_be_empty_but_not_too_long() {
        let of = |text| codes(|faults| faults.optional("note", text, 3));
        assert_eq!((of(None), of(Some("")), of(Some("가나다"))), (vec![], vec![], vec![]));
        assert_eq!(of(Some("가나다라")), [("input.note".to_owned(), UserErrorCode::TooLong)]);
    }

    #[test]
    fn a_fault_of_a_text_in_a_list_is_told_at_its_place() {
        let texts = ["a", " ", "bbbb"].map(str::to_owned);
        let at = |n: usize| format!("input.data.{n}");
        let expected = [(at(1), UserErrorCode::Blank), (at(2), UserErrorCode::TooLong)];
        assert_eq!(codes(|faults| faults.each("data", &texts, 3)), expected);
    }

    #[test]
    fn spaces_alone_are_no_text() {
        assert_eq!(filled(Some(" 가 ".to_owned())), Some("가".to_owned()));
        assert_eq!((filled(Some(" \n".to_owned())), filled(None)), (None, None));
    }
}
