//! Telephone numbers: mobile (010 and the older 011, 016 to 019), fixed (02, 031 to 064), internet and personal numbers
//! (070, 080, 050x), with or without the country code 82, and company numbers of the form 1588-1234.

use super::PersonalData;
use super::digits::{Digit, beginning, ends_group, group_sizes, series};
use super::draft::Draft;

/// Words before a number without area code that say it is a telephone number.
const PHONE_WORDS: [&str; 7] = ["전화", "연락처", "번호", "문의", "tel", "call", "☎"];
/// How many characters before a number such a word is looked for.
const PHONE_WORD_REACH: usize = 12;
/// Company numbers: the first four digits in use in 2020.
const COMPANY_PREFIXES: [u32; 22] = [
    1522, 1533, 1544, 1551, 1566, 1577, 1588, 1599, 1600, 1644, 1660, 1661, 1666, 1668, 1670, 1688, 1800, 1811, 1833,
    1855, 1877, 1899,
];

/// Finds numbers whose groups of digits are those of a telephone number.
pub fn find_well_formed(draft: &mut Draft) {
    find(draft, |draft, digits, start| {
        let rest = beginning(digits.get(start..)?);
        let begins = start == 0 || ends_group(digits, start - 1);
        if begins { well_formed_length(draft, rest) } else { None }
    });
}

/// Finds mobile numbers in a series of digits, however they are grouped. Within a group of numerals none begins: the
/// years 2010 to 2019 hold the prefixes of mobile numbers.
pub fn find_any_mobile(draft: &mut Draft) {
    find(draft, |_, digits, start| {
        let rest = beginning(digits.get(start..)?);
        if start > 0 && !rest.first()?.spelled && !ends_group(digits, start - 1) {
            return None;
        }
        subscriber_length(rest, mobile_prefix(rest)?)
    });
}

/// Goes through all series of digits and takes the numbers whose length `length_at` tells, together with an opening
/// bracket or plus sign before them and the marks of a keycap emoji after them.
fn find(draft: &mut Draft, length_at: impl Fn(&Draft, &[Digit], usize) -> Option<usize>) {
    for digits in series(draft) {
        let mut start = 0;
        while start < digits.len() {
            let Some(length) = length_at(draft, &digits, start) else {
                start += 1;
                continue;
            };
            let last = (start + length).min(digits.len()) - 1;
            if let (Some(first), Some(last)) = (digits.get(start), digits.get(last)) {
                let begin = draft.run_start(first.position, |c| c == '+' || c == '(');
                let end = draft.run_end(last.position + 1, |c| c == '\u{fe0f}' || c == '\u{20e3}');
                draft.take(begin..end, PersonalData::Phone);
            }
            start += length.max(1);
        }
    }
}

fn values<const N: usize>(digits: &[Digit]) -> Option<[u8; N]> {
    let first: &[Digit; N] = digits.first_chunk()?;
    Some(first.map(|digit| digit.value))
}

/// How many digits the prefix of a mobile number has: 010, or 82 10, or 82 010.
fn mobile_prefix(digits: &[Digit]) -> Option<usize> {
    let is_mobile = |x: u8| matches!(x, 0 | 1 | 6 | 7 | 8 | 9);
    match values::<3>(digits)? {
        [0, 1, x] if is_mobile(x) => Some(3),
        [8, 2, 1] if is_mobile(digits.get(3)?.value) => Some(4),
        [8, 2, 0] if digits.get(3)?.value == 1 && is_mobile(digits.get(4)?.value) => Some(5),
        _ => None,
    }
}

/// The length of the whole number when 8 or 7 digits follow the prefix. When both would do, the one whose last group
/// is whole and not a stray digit; otherwise the longer, to leave nothing behind.
fn subscriber_length(digits: &[Digit], prefix: usize) -> Option<usize> {
    let fits = |count: usize| digits.len() >= prefix + count;
    let clean = |count: usize| {
        let length = prefix + count;
        let sizes = group_sizes(&digits[..length]);
        let whole = sizes.iter().all(|size| *size == 1) || sizes.last().is_some_and(|size| *size >= 3);
        whole && ends_group(digits, length - 1)
    };
    let choices = [8, 7];
    let best = choices.into_iter().find(|count| fits(*count) && clean(*count));
    best.or_else(|| choices.into_iter().find(|count| fits(*count))).map(|count| prefix + count)
}

/// The number of digits of the telephone number that begins here, when its groups are those of one.
fn well_formed_length(draft: &Draft, digits: &[Digit]) -> Option<usize> {
    let groups = groups_until_change(digits);
    let mobile = mobile_prefix(digits).and_then(|prefix| {
        let length = subscriber_length(digits, prefix)?;
        let sizes = group_sizes(&digits[..length]);
        let usual = match sizes.as_slice() {
            [_] => true,
            [.., 7 | 8] => true,
            [.., 3 | 4, 4] => sizes.iter().rev().skip(2).sum::<usize>() == prefix,
            sizes => sizes.iter().all(|size| *size == 1),
        };
        usual.then_some(length)
    });
    mobile
        .or_else(|| fixed_length(digits))
        .or_else(|| company_length(draft, digits, &groups))
        .or_else(|| local_length(draft, digits, &groups))
}

/// The sizes of the groups, where a change between numerals and Hangul words also ends the last group.
fn groups_until_change(digits: &[Digit]) -> Vec<usize> {
    let end = (1..digits.len())
        .find(|index| !digits[*index].begins_group && digits[*index].spelled != digits[*index - 1].spelled);
    group_sizes(&digits[..end.unwrap_or(digits.len())])
}

/// A fixed, internet or personal number: area code, exchange and line in groups of their own, or run together.
fn fixed_length(digits: &[Digit]) -> Option<usize> {
    // With the country code 82 the area code loses its 0.
    let (country, area) = match values::<4>(digits)? {
        [8, 2, 2, _] => (2, 1),
        [8, 2, 3..=6, 1..=9] => (2, 2),
        [0, 2, _, _] => (0, 2),
        [0, 3..=6, 1..=9, _] | [0, 7 | 8, 0, _] => (0, 3),
        [0, 5, 0, _] => (0, 4),
        _ => return None,
    };
    let rest = digits.get(country..)?;
    // A Hangul digit may be the particle after the number (…5678이) or the number's last digit.
    let groupings = [groups_until_change(rest), group_sizes(rest)];
    groupings.iter().find_map(|groups| fixed_length_of_groups(area, groups)).map(|length| country + length)
}

fn fixed_length_of_groups(area: usize, groups: &[usize]) -> Option<usize> {
    match *groups {
        [first, exchange @ (3 | 4), 4, ..] if first == area => Some(area + exchange + 4),
        [first, number @ (7 | 8), ..] if first == area => Some(area + number),
        [first, 4, ..] if first == area + 3 || first == area + 4 => Some(first + 4),
        [all, ..] if all == area + 7 || all == area + 8 => Some(all),
        _ => {
            let singles = groups.iter().all(|size| *size == 1);
            (singles && (area + 7..=area + 8).contains(&groups.len())).then_some(groups.len())
        }
    }
}

/// 1588-1234 with its hyphen; a price range such as 1600-2000원 is none.
fn company_length(draft: &Draft, digits: &[Digit], groups: &[usize]) -> Option<usize> {
    let prefix = values::<4>(digits)?.iter().fold(0, |number, digit| number * 10 + u32::from(*digit));
    let end = digits.get(7)?.position + 1;
    let priced = draft.any_at(end, &["원", "만", "명", "년"]).is_some();
    let hyphen = digits.get(4)?.after_hyphen;
    (matches!(groups, [4, 4]) && hyphen && COMPANY_PREFIXES.contains(&prefix) && !priced).then_some(8)
}

/// 812-3456 after a word that says it is a telephone number.
fn local_length(draft: &Draft, digits: &[Digit], groups: &[usize]) -> Option<usize> {
    let [first @ (3 | 4), 4] = *groups else { return None };
    let start = digits.first()?.position;
    let said = draft.has_any_in(start.saturating_sub(PHONE_WORD_REACH)..start, &PHONE_WORDS);
    let dashed = digits.get(first)?.after_hyphen_or_space;
    (said && dashed && digits.first()?.value >= 2).then_some(first + 4)
}
