//! What a request may be, and how many are taken. Knows no database.

use crate::error::both;
use crate::geo::on_earth;
use crate::graphql::faults::Faults;
use crate::graphql::user_error::{UserError, UserErrorCode};

/// Most characters of a reason.
pub const LONGEST_REASON: usize = 1_000;
/// Most characters of a contact.
pub const LONGEST_CONTACT: usize = 200;
/// Most requests a day from one address.
const MOST_OF_AN_ADDRESS: i64 = 5;
/// Most requests a day with one key.
const MOST_OF_A_KEY: i64 = 200;
/// Most requests a day of citizens within [`NEAR_M`] of a place.
const MOST_NEARBY: i64 = 20;
/// Requests that are this near speak of the same place.
pub const NEAR_M: f64 = 50.0;

/// What has been filed already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filed {
    /// By this asker within a day.
    pub by_asker: i64,
    /// By this asker, near this place, and still open.
    pub same_open: i64,
    /// By citizens, near this place, within a day.
    pub nearby: i64,
}

/// What is wrong with the texts and the place, apart from whether it lies in the district.
pub fn faults(longitude: f64, latitude: f64, reason: Option<&str>, contact: Option<&str>) -> Vec<UserError> {
    let mut faults = Faults::default();
    if !on_earth(longitude, latitude) {
        let said = both(
            "A place needs a longitude from -180 to 180 and a latitude from -90 to 90.",
            "위치는 경도 -180~180, 위도 -90~90이어야 합니다.",
        );
        faults.add(UserError::new(&["input", "place"], UserErrorCode::Invalid, said));
    }
    faults.optional("reason", reason, LONGEST_REASON);
    faults.optional("contact", contact, LONGEST_CONTACT);
    faults.found()
}

/// Why no further request is taken; none when it is.
pub fn limit(filed: Filed, with_key: bool) -> Option<UserError> {
    let most = if with_key { MOST_OF_A_KEY } else { MOST_OF_AN_ADDRESS };
    if filed.same_open > 0 {
        return Some(UserError::new(
            &["input", "place"],
            UserErrorCode::Duplicate,
            both(
                format!("You have filed a request within {NEAR_M} m of this place, and it is still open."),
                format!("이 위치에서 {NEAR_M}m 안에 이미 접수하신 요청이 열려 있습니다."),
            ),
        ));
    }
    if filed.by_asker >= most {
        return Some(UserError::new(
            &["input"],
            UserErrorCode::LimitReached,
            both(
                format!("At most {most} requests a day are taken from one sender. Please come back tomorrow."),
                format!("한 곳에서 하루 {most}건까지만 접수합니다. 내일 다시 접수해 주십시오."),
            ),
        ));
    }
    if !with_key && filed.nearby >= MOST_NEARBY {
        return Some(UserError::new(
            &["input", "place"],
            UserErrorCode::LimitReached,
            both(
                format!("There were {MOST_NEARBY} requests for this place today; no more are needed to make it known."),
                format!(
                    "오늘 이 위치에 요청이 {MOST_NEARBY}건 접수되었습니다. 더 접수하지 않아도 담당자가 확인합니다."
                ),
            ),
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_off_the_earth_and_long_texts_are_each_told() {
        let code = |f: Vec<UserError>| f.iter().map(UserError::code).collect::<Vec<_>>();
        let (fits, long) = ("가".repeat(1_000), "가".repeat(1_001));
        assert!(faults(126.9, 37.5, Some(&fits), None).is_empty());
        assert_eq!(code(faults(200.0, 37.5, Some(&long), Some(&fits))).len(), 3);
        assert_eq!(code(faults(f64::NAN, 37.5, None, None)), [UserErrorCode::Invalid]);
    }

    #[test]
    fn a_sender_a_place_and_a_second_time_have_each_their_limit() {
        let none = Filed { by_asker: 0, same_open: 0, nearby: 0 };
        let code = |filed, with_key| limit(filed, with_key).map(|e| e.code());
        assert_eq!(code(none, false), None);
        assert_eq!(code(Filed { by_asker: 4, nearby: 19, ..none }, false), None);
        assert_eq!(code(Filed { by_asker: 5, ..none }, false), Some(UserErrorCode::LimitReached));
        assert_eq!(code(Filed { by_asker: 5, nearby: 20, ..none }, true), None, "a department files many");
        assert_eq!(code(Filed { by_asker: 200, ..none }, true), Some(UserErrorCode::LimitReached));
        assert_eq!(code(Filed { nearby: 20, ..none }, false), Some(UserErrorCode::LimitReached));
        assert_eq!(code(Filed { same_open: 1, ..none }, true), Some(UserErrorCode::Duplicate));
    }
}
