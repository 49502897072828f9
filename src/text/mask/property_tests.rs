//! The promises of the masking: no number comes through in any spelling, and masking twice is masking once.

use proptest::prelude::*;

use super::*;

/// One digit in one of its spellings.
fn spelled(digit: u8, way: u8) -> String {
    let index = usize::from(digit);
    match way {
        0 => digit.to_string(),
        1 => "공일이삼사오육칠팔구".chars().nth(index).unwrap().to_string(),
        2 => "영일이삼사오륙칠팔구".chars().nth(index).unwrap().to_string(),
        3 => "０１２３４５６７８９".chars().nth(index).unwrap().to_string(),
        4 => "⓪①②③④⑤⑥⑦⑧⑨".chars().nth(index).unwrap().to_string(),
        _ => format!("{digit}\u{200b}"),
    }
}

prop_compose! {
    /// A mobile number: its digits, one way of writing or a mixture, a separator between the groups or everywhere.
    fn written_mobile()(
        last in 0..6_usize,
        subscriber in prop::collection::vec(0..10_u8, 8),
        ways in prop_oneof![(0..6_u8).prop_map(|way| vec![way; 11]), prop::collection::vec(0..6_u8, 11)],
        separator in prop::sample::select(vec!["", "-", " ", ".", " - ", "/", "~", ",", "–", "ㅡ", "·", "  ", "\n", "_", "에 "]),
        everywhere in any::<bool>(),
        country in any::<bool>(),
    ) -> (String, String) {
        let mut digits = vec![0, 1, [0, 1, 6, 7, 8, 9][last]];
        digits.extend(&subscriber);
        let mut written = String::new();
        for (index, digit) in digits.iter().enumerate() {
            if (everywhere && index > 0) || index == 3 || index == 7 {
                written.push_str(separator);
            }
            if !(country && index == 0) {
                written.push_str(&spelled(*digit, ways[index]));
            }
        }
        let written = if country { format!("+82 {written}") } else { written };
        (written, subscriber.iter().map(u8::to_string).collect())
    }
}

/// All digits of a text, in whatever spelling, in one row.
fn digits_of(text: &str) -> String {
    let value = |c: char| {
        c.to_digit(10)
            .or_else(|| "공일이삼사오육칠팔구".chars().position(|d| d == c).map(|n| n as u32))
            .or_else(|| "영일이삼사오륙칠팔구".chars().position(|d| d == c).map(|n| n as u32))
    };
    composed(text).chars().filter_map(value).map(|n| n.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_written_mobile_number_comes_through(
        (written, subscriber) in written_mobile(),
        before in "[가-힣 ]{0,6}",
        after in "[가-힣 ,.!]{0,6}",
    ) {
        let result = mask(&format!("{before}{written}{after}"));
        prop_assert!(result.found.contains(&PersonalData::Phone) || result.found.contains(&PersonalData::Account)
            || result.found.contains(&PersonalData::ResidentNumber) || result.found.contains(&PersonalData::Card),
            "{}", result.text);
        // Not even the last six digits are left.
        prop_assert!(!digits_of(&result.text).contains(&subscriber[2..]), "{}", result.text);
    }

    #[test]
    fn no_fixed_line_comes_through(
        area in prop::sample::select(vec!["02", "031", "032", "042", "051", "064", "070", "0505"]),
        exchange in "[2-9][0-9]{2,3}",
        line in "[0-9]{4}",
        style in 0..5_usize,
    ) {
        let written = match style {
            0 => format!("{area}-{exchange}-{line}"),
            1 => format!("{area} {exchange} {line}"),
            2 => format!("{area}){exchange}-{line}"),
            3 => format!("{area}{exchange}{line}"),
            _ => format!("{area}.{exchange}.{line}"),
        };
        let text = mask(&format!("전화는 {written} 입니다")).text;
        prop_assert!(!digits_of(&text).contains(&line), "{}", text);
    }

    #[test]
    fn masking_twice_is_masking_once(text in prop_oneof![
        any::<String>(),
        "([0-9]{1,6}[- ]?|공일공|@|[a-z]{1,5}|\\.|com|카톡 ?|아이디|김민지|선생님|원장|씨|님|가| |\\[전화\\]|\\[이름\\]|https?://|골뱅이|해맑은|어린이집|유치원|때렸|신고|[가-힣]){0,20}",
    ]) {
        let once = mask(&text);
        let twice = mask(&once.text);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert!(twice.found.is_empty());
    }
}
