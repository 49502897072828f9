//! What a contribution may be. Knows no database.

use crate::error::both;
use crate::graphql::user_error::{UserError, UserErrorCode};

/// Most characters of a title, a name of data, a department or a contact.
pub const LONGEST_LINE: usize = 200;
/// Most characters of a description.
pub const LONGEST_TEXT: usize = 5_000;
/// Most names of data in one list.
pub const MOST_DATA: usize = 20;
/// Most ideas a day from one address, and with one key.
const MOST_IDEAS: (i64, i64) = (3, 50);
/// Most demands a day with one key.
const MOST_DEMANDS: i64 = 50;

/// The faults of one input as they are found.
#[derive(Default)]
pub struct Faults(pub Vec<UserError>);

impl Faults {
    /// A text that must be there.
    pub fn text(&mut self, field: &str, text: &str, most: usize) {
        if text.trim().is_empty() {
            let said = both(format!("{field} may not be empty."), format!("{field}을(를) 적어 주십시오."));
            self.0.push(UserError::new(&["input", field], UserErrorCode::Blank, said));
        }
        self.optional(field, Some(text), most);
    }

    /// A text that may be left out.
    pub fn optional(&mut self, field: &str, text: Option<&str>, most: usize) {
        let length = text.map_or(0, |text| text.chars().count());
        if length > most {
            self.0.push(UserError::new(&["input", field], UserErrorCode::TooLong, too_long(field, most, length)));
        }
    }

    /// Names of data; each must be there and short, and `least` of them at least.
    pub fn data(&mut self, field: &str, names: &[String], least: usize) {
        if names.len() < least {
            let said = both(
                format!("{field} needs at least {least} name of data."),
                format!("{field}에 데이터 이름을 {least}개 이상 적어 주십시오."),
            );
            self.0.push(UserError::new(&["input", field], UserErrorCode::Blank, said));
        }
        if names.len() > MOST_DATA {
            let said = both(
                format!("{field} may hold at most {MOST_DATA} names, but holds {}.", names.len()),
                format!("{field}에는 {MOST_DATA}개까지 적을 수 있습니다. 받은 이름은 {}개입니다.", names.len()),
            );
            self.0.push(UserError::new(&["input", field], UserErrorCode::TooLong, said));
        }
        for (at, name) in names.iter().take(MOST_DATA).enumerate() {
            let (at, length) = (at.to_string(), name.chars().count());
            if name.trim().is_empty() {
                let said = both("A name of data may not be empty.", "데이터 이름이 비어 있습니다.");
                self.0.push(UserError::new(&["input", field, &at], UserErrorCode::Blank, said));
            } else if length > LONGEST_LINE {
                let said = too_long(field, LONGEST_LINE, length);
                self.0.push(UserError::new(&["input", field, &at], UserErrorCode::TooLong, said));
            }
        }
    }
}

fn too_long(field: &str, most: usize, length: usize) -> crate::error::Sentence {
    both(
        format!("{field} may have at most {most} characters, but has {length}."),
        format!("{field}은(는) {most}자까지 쓸 수 있습니다. 받은 글은 {length}자입니다."),
    )
}

/// Why no further idea is taken today; none when it is.
pub fn idea_limit(filed: i64, with_key: bool) -> Option<UserError> {
    at_most(filed, if with_key { MOST_IDEAS.1 } else { MOST_IDEAS.0 })
}

/// Why no further demand is taken today; none when it is.
pub fn demand_limit(filed: i64) -> Option<UserError> {
    at_most(filed, MOST_DEMANDS)
}

fn at_most(filed: i64, most: i64) -> Option<UserError> {
    (filed >= most).then(|| {
        let said = both(
            format!("At most {most} a day are taken from one sender. Please come back tomorrow."),
            format!("한 곳에서 하루 {most}건까지만 접수합니다. 내일 다시 접수해 주십시오."),
        );
        UserError::new(&["input"], UserErrorCode::LimitReached, said)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(faults: Faults) -> Vec<UserErrorCode> {
        faults.0.iter().map(UserError::code).collect()
    }

    #[test]
    fn a_text_must_be_there_and_not_too_long() {
        let of = |text: &str| {
            let mut faults = Faults::default();
            faults.text("title", text, 3);
            codes(faults)
        };
        assert_eq!(of("가나다"), []);
        assert_eq!(of(" \n"), [UserErrorCode::Blank]);
        assert_eq!(of("가나다라"), [UserErrorCode::TooLong]);
    }

    #[test]
    fn each_name_of_data_is_looked_at_and_there_may_not_be_too_few_or_too_many() {
        let of = |names: &[&str], least| {
            let mut faults = Faults::default();
            faults.data("publicData", &names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>(), least);
            codes(faults)
        };
        assert_eq!(of(&["생활인구"], 1), []);
        assert_eq!(of(&[], 0), []);
        assert_eq!(of(&[], 1), [UserErrorCode::Blank]);
        assert_eq!(of(&["a"; 20], 1), []);
        assert_eq!(of(&["a"; 21], 1), [UserErrorCode::TooLong]);
        assert_eq!(of(&["a", " ", &"b".repeat(201)], 1), [UserErrorCode::Blank, UserErrorCode::TooLong]);
    }

    #[test]
    fn the_limits_of_a_day_are_reached_at_their_number() {
        let reached = |limit: Option<UserError>| limit.is_some();
        assert!(!reached(idea_limit(2, false)) && reached(idea_limit(3, false)));
        assert!(!reached(idea_limit(49, true)) && reached(idea_limit(50, true)));
        assert!(!reached(demand_limit(49)) && reached(demand_limit(50)));
    }
}
