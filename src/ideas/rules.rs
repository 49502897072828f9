//! What a contribution may be. Knows no database.

use crate::error::both;
use crate::graphql::faults::Faults;
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

/// Names of data: `least` of them at least, not too many, and each must be there and short.
pub fn data_faults(faults: &mut Faults, field: &str, names: &[String], least: usize) {
    let path = ["input", field];
    if names.len() < least {
        let said = both(
            format!("At least {least} name of data is needed here."),
            format!("데이터 이름을 {least}개 이상 적어 주십시오."),
        );
        faults.add(UserError::new(&path, UserErrorCode::Blank, said));
    }
    if names.len() > MOST_DATA {
        let said = both(
            format!("At most {MOST_DATA} names of data may be given here, but there are {}.", names.len()),
            format!("데이터 이름은 {MOST_DATA}개까지 적을 수 있습니다. 받은 이름은 {}개입니다.", names.len()),
        );
        faults.add(UserError::new(&path, UserErrorCode::TooLong, said));
    }
    faults.each(field, names.get(..MOST_DATA).unwrap_or(names), LONGEST_LINE);
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

    #[test]
    fn each_name_of_data_is_looked_at_and_there_may_not_be_too_few_or_too_many() {
        let of = |names: &[&str], least| {
            let mut faults = Faults::default();
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            data_faults(&mut faults, "publicData", &names, least);
            faults.found().iter().map(UserError::code).collect::<Vec<_>>()
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
