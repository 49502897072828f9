//! Numbers that name a person without calling: resident registration numbers, cards, accounts, car plates.

use super::PersonalData;
use super::digits::{Digit, beginning, ends_group, group_sizes, series};
use super::draft::Draft;

/// Words near a number that make it an account number.
const BANK_WORDS: [&str; 12] =
    ["은행", "계좌", "입금", "송금", "뱅크", "토스", "농협", "신협", "금고", "우체국", "카뱅", "예금주"];
/// How many characters before a number, and after it, such a word is looked for.
const BANK_WORD_REACH: usize = 16;
/// Account numbers of Korean banks have 10 to 16 digits.
const ACCOUNT_DIGITS: std::ops::RangeInclusive<usize> = 10..=16;
/// A number of so many digits in one piece is an account, an order or a parcel: never something to count.
const LONG_NUMBER_DIGITS: usize = 11;
/// The Hangul letters of private, rental and delivery plates (Enforcement rule of the Motor Vehicle Management Act).
const PLATE_LETTERS: &str = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배하허호";
/// Plate letters that are also counters (12주 3000원): with a space after them they need a word for a car nearby.
const COUNTERS: &str = "주조구수호도보로소우";
const CAR_WORDS: [&str; 6] = ["차량", "주차", "차번호", "번호판", "승용차", "자동차"];

fn take(draft: &mut Draft, digits: &[Digit], kind: PersonalData) {
    if let (Some(first), Some(last)) = (digits.first(), digits.last()) {
        draft.take(first.position..last.position + 1, kind);
    }
}

/// 900101-1234567 and 9001011234567, also with the end starred out.
pub fn find_resident_numbers(draft: &mut Draft) {
    for digits in series(draft) {
        for start in 0..digits.len() {
            let rest = beginning(&digits[start..]);
            if !rest[0].begins_group {
                continue;
            }
            let Some(length) = resident_length(rest) else { continue };
            let stars_from = rest[length - 1].position + 1;
            let stars_to = draft.run_end(stars_from, |c| matches!(c, '*' | 'x' | 'X' | '●' | '○' | '•' | '■' | '□'));
            let starred = length == 7 && stars_to - stars_from >= 3;
            if length == 13 || starred {
                draft.take(rest[0].position..if starred { stars_to } else { stars_from }, PersonalData::ResidentNumber);
            }
        }
    }
}

/// 13 for a whole number, 7 when only the date and the first digit behind it are there.
fn resident_length(digits: &[Digit]) -> Option<usize> {
    let birth = digits.first_chunk::<7>()?.map(|digit| u32::from(digit.value));
    let [_, _, m1, m0, d1, d0, _] = birth;
    let is_date = (1..=12).contains(&(m1 * 10 + m0)) && (1..=31).contains(&(d1 * 10 + d0));
    if digits.len() >= 13 && ends_group(digits, 12) {
        match group_sizes(&digits[..13]).as_slice() {
            [6, 7] => return Some(13),
            [13] if is_date => return Some(13),
            sizes if is_date && sizes.iter().all(|size| *size == 1) => return Some(13),
            _ => {}
        }
    }
    let groups = group_sizes(digits);
    (is_date && (groups.starts_with(&[6, 1]) || groups.as_slice() == [7])).then_some(7)
}

/// Four groups of four digits, or sixteen digits, or 4-6-5.
pub fn find_cards(draft: &mut Draft) {
    for digits in series(draft) {
        let mut start = 0;
        while start < digits.len() {
            let rest = beginning(&digits[start..]);
            let sizes = group_sizes(rest);
            let length = match sizes.as_slice() {
                [4, 4, 4, 4, ..] | [16, ..] => 16,
                [4, 6, 5, ..] => 15,
                _ => 0,
            };
            if rest[0].begins_group && length > 0 {
                take(draft, &rest[..length], PersonalData::Card);
            }
            start += length.max(1);
        }
    }
}

/// Groups with hyphens, numbers near a bank's name, and all very long numbers.
pub fn find_accounts(draft: &mut Draft) {
    for digits in series(draft) {
        let mut start = 0;
        while start < digits.len() {
            if !digits[start].begins_group || digits[start].spelled {
                start += 1;
                continue;
            }
            let length = account_length(draft, &digits[start..]);
            if let Some(length) = length {
                take(draft, &digits[start..start + length], PersonalData::Account);
            }
            start += length.unwrap_or(1);
        }
    }
}

fn account_length(draft: &Draft, digits: &[Digit]) -> Option<usize> {
    let joined = |holds: fn(&Digit) -> bool| {
        let inside = |digit: &&Digit| !digit.spelled && (!digit.begins_group || holds(digit));
        1 + digits.iter().skip(1).take_while(inside).count()
    };
    let in_one_piece = joined(|_| false);
    if in_one_piece >= LONG_NUMBER_DIGITS {
        return Some(in_one_piece);
    }
    let hyphened = joined(|digit| digit.after_hyphen && digit.after_hyphen_or_space);
    let sizes = group_sizes(&digits[..hyphened]);
    let starts_like_a_year = matches!(digits[0].value, 1 | 2);
    let is_date = starts_like_a_year && matches!(sizes.as_slice(), [4, 1 | 2, ..] | [4, 4, 4]);
    if ACCOUNT_DIGITS.contains(&hyphened) && (3..=5).contains(&sizes.len()) && !is_date {
        return Some(hyphened);
    }
    let spaced = joined(|digit| digit.after_hyphen_or_space);
    if ACCOUNT_DIGITS.contains(&spaced) && !is_date {
        let (start, end) = (digits[0].position, digits[spaced - 1].position + 1);
        let near = start.saturating_sub(BANK_WORD_REACH)..end + BANK_WORD_REACH;
        if draft.has_any_in(near, &BANK_WORDS) {
            return Some(spaced);
        }
    }
    None
}

/// 12가 3456, 123가3456.
pub fn find_car_plates(draft: &mut Draft) {
    for letter in 0..draft.len() {
        let Some(character) = draft.at(letter).filter(|c| PLATE_LETTERS.contains(*c)) else { continue };
        let is_digit = |c: char| c.is_ascii_digit();
        let start = draft.run_start(letter, is_digit);
        let number = draft.run_end(letter + 1, |c| c == ' ');
        let end = draft.run_end(number, is_digit);
        if !(2..=3).contains(&(letter - start)) || end - number != 4 || number > letter + 2 {
            continue;
        }
        let counted = draft.any_at(end, &["원", "만", "천", "명", "억", "개", "번", "년", "월"]).is_some();
        let needs_a_car = number > letter + 1 && COUNTERS.contains(character);
        let near = start.saturating_sub(BANK_WORD_REACH)..end + BANK_WORD_REACH;
        if !counted && (!needs_a_car || draft.has_any_in(near, &CAR_WORDS)) {
            draft.take(start..end, PersonalData::CarPlate);
        }
    }
}
