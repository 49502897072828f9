//! A generated set: more than 500 sentences with one piece of personal data each, none of which may remain, and sentences
//! without any, in which every false alarm is counted and shown.

use super::{PersonalData, mask};

const FRAMES: [&str; 4] =
    ["상도1동 어린이집 문의는 {} 로 주세요", "연락처 {} 입니다", "({}) 아이 등원 때문에요", "자리 나면 {} 부탁드려요"];

/// Each piece with its kind.
fn pieces() -> Vec<(PersonalData, String)> {
    let mut pieces = Vec::new();
    for n in 0..40_u32 {
        let (middle, last) = (2_100 + n * 173 % 7_800, 1_000 + n * 577 % 8_999);
        let prefix = ["010", "011", "016", "02", "031"][n as usize % 5];
        let middle = if prefix.len() == 2 || prefix == "031" { middle % 900 + 100 } else { middle };
        let gap = ["-", " ", "", "."][n as usize % 4];
        pieces.push((PersonalData::Phone, format!("{prefix}{gap}{middle}{gap}{last}")));
        let host = ["naver.com", "gmail.com", "example.co.kr", "hanmail.net"][n as usize % 4];
        pieces.push((PersonalData::Email, format!("mom{n}.kim@{host}")));
        let (month, day) = (n % 12 + 1, n % 28 + 1);
        let gap = ["-", " - ", ""][n as usize % 3];
        pieces.push((
            PersonalData::ResidentNumber,
            format!("{}{month:02}{day:02}{gap}{}{:06}", 80 + n % 19, n % 2 + 1, 100_000 + n),
        ));
        let word = ["카톡 아이디 ", "카카오톡ID: ", "텔레그램 ", "카톡 "][n as usize % 4];
        pieces.push((PersonalData::Messenger, format!("{word}mom_love{n}")));
    }
    pieces
}

const FAMILIES: [&str; 10] = ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임"];
const GIVEN: [&str; 6] = ["민지", "서연", "지우", "은영", "수진", "혜원"];
const ROLES: [&str; 6] = [" 선생님", "선생님", " 원장님", " 교사", " 원감", "쌤"];
const CENTRES: [&str; 12] = [
    "해맑은",
    "햇살",
    "꿈나무",
    "푸른숲",
    "아이사랑나라",
    "튼튼",
    "새싹",
    "무지개",
    "꼬마천사",
    "늘푸른",
    "별님",
    "도담",
];
const DEEDS: [&str; 4] =
    ["에서 아이를 때렸대요", " 교사가 학대했다고 합니다", "을 신고했어요", "에서 CCTV를 안 보여줘요"];

#[test]
fn no_personal_data_of_the_generated_set_remain() {
    let mut sentences = 0;
    let mut left = Vec::new();
    for (kind, piece) in pieces() {
        for frame in FRAMES.iter().take(2) {
            let text = frame.replace("{}", &piece);
            let masked = mask(&text);
            sentences += 1;
            let secret = piece.rsplit([':', ' ']).next().unwrap_or(&piece);
            if masked.text.contains(secret) {
                left.push(format!("{kind:?}: {text} -> {}", masked.text));
            }
        }
    }
    for family in FAMILIES {
        for (given, role) in GIVEN.iter().zip(ROLES).chain(GIVEN.iter().rev().zip(ROLES)) {
            let text = format!("대방동 어린이집 {family}{given}{role} 때문에 글 남겨요");
            sentences += 1;
            if mask(&text).text.contains(&format!("{family}{given}")) {
                left.push(text);
            }
        }
    }
    for centre in CENTRES {
        for deed in DEEDS {
            for kind in ["어린이집", " 어린이집", "유치원"] {
                let text = format!("{centre}{kind}{deed}");
                sentences += 1;
                if mask(&text).text.contains(centre) {
                    left.push(text);
                }
            }
        }
    }
    assert!(sentences >= 500, "{sentences} sentences");
    assert!(left.is_empty(), "{} of {sentences} remain:\n{}", left.len(), left.join("\n"));
}

/// Ordinary sentences of the labelled posts hold no personal data but what adverts leave: telephone numbers.
#[test]
fn false_alarms_on_the_labelled_posts_are_counted_and_few() {
    let rows: Vec<&str> = include_str!("../../../data/training/posts.tsv")
        .lines()
        .filter(|row| row.starts_with("care\t"))
        .filter_map(|row| row.rsplit('\t').next())
        .collect();
    let alarms: Vec<String> = rows
        .iter()
        .filter_map(|text| {
            let masked = mask(text);
            (!masked.found.is_empty()).then(|| format!("{text} -> {}", masked.text))
        })
        .collect();
    assert!(rows.len() > 600);
    assert!(alarms.len() * 100 <= rows.len(), "{} of {}:\n{}", alarms.len(), rows.len(), alarms.join("\n"));
}
