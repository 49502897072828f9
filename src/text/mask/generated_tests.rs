//! A generated set: sentences with one piece of personal data each, none of which may remain, and sentences without
//! any, in which every false alarm is counted and shown.
//!
//! `cargo test --lib generated_tests -- --nocapture` prints both counts; data/model/README.md tells them.

use std::collections::BTreeMap;

use super::{PersonalData, mask};

/// A sentence, the kind of what it holds, and what must not remain.
struct Secret {
    kind: PersonalData,
    text: String,
    secret: String,
}

const FRAMES: [&str; 6] = [
    "상도1동 어린이집 문의는 {} 로 주세요",
    "연락처 {} 입니다",
    "({}) 아이 등원 때문에요",
    "자리 나면 {} 부탁드려요!!",
    "대방동 사는 맘이에요. {}",
    "{}\n시간제보육 같이 알아보실 분",
];

fn digits_in_words(digits: &str, zero: char) -> String {
    let words: Vec<char> = "공일이삼사오육칠팔구".chars().collect();
    digits
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(0) => zero,
            Some(digit) => words[digit as usize],
            None => c,
        })
        .collect()
}

fn wide(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32('０' as u32 + d)).unwrap_or(c)).collect()
}

/// One number in every way in which people write it; the secret is what would be left of each.
fn phones(n: u32) -> Vec<(String, String)> {
    let (middle, last) = (format!("{}", 2_100 + n * 173 % 7_800), format!("{}", 1_000 + n * 577 % 8_999));
    let area = ["02", "031", "032", "070"][n as usize % 4];
    let short = &middle[..3];
    let plain = |text: String| (text.clone(), text);
    vec![
        plain(format!("010-{middle}-{last}")),
        plain(format!("010 {middle} {last}")),
        plain(format!("010.{middle}.{last}")),
        plain(format!("010{middle}{last}")),
        plain(format!("010)${middle}-{last}").replace('$', "")),
        plain(format!("+82 10-{middle}-{last}")),
        plain(format!("011-{short}-{last}")),
        plain(format!("{area}-{short}-{last}")),
        plain(format!("{area}){short}-{last}")),
        plain(digits_in_words(&format!("010-{middle}-{last}"), '공')),
        plain(digits_in_words(&format!("010 {middle} {last}"), '영')),
        (wide(&format!("010-{middle}-{last}")), format!("{middle}-{last}")),
        (digits_in_words("010", '공') + &format!(" {middle} {last}"), format!("{middle} {last}")),
    ]
}

fn contacts(n: u32) -> Vec<(PersonalData, String, String)> {
    let mut found: Vec<_> = phones(n).into_iter().map(|(text, secret)| (PersonalData::Phone, text, secret)).collect();
    let host = ["naver.com", "gmail.com", "example.co.kr", "hanmail.net", "daum.net"][n as usize % 5];
    let user = ["mom.kim", "happy_mom", "jiu2019", "sunny-mom", "abc"][n as usize % 5];
    for address in [
        format!("{user}{n}@{host}"),
        format!("{user}{n} @ {host}"),
        format!("{user}{n}골뱅이{host}"),
        format!("{user}{n}(at){host}"),
        format!("{user}{n}@네이버"),
    ] {
        found.push((PersonalData::Email, address, format!("{user}{n}")));
    }
    let (year, month, day) = (80 + n % 19, n % 12 + 1, n % 28 + 1);
    let tail = format!("{}{:06}", n % 4 + 1, 100_000 + n * 7_919 % 800_000);
    for gap in ["-", " - ", "", " "] {
        let number = format!("{year}{month:02}{day:02}{gap}{tail}");
        found.push((PersonalData::ResidentNumber, number, tail.clone()));
    }
    let id = ["mom_love", "jiumam", "happy77_", "bebe"][n as usize % 4];
    for cue in ["카톡 아이디 ", "카카오톡ID: ", "텔레그램 ", "카톡 ", "카톡 아이디는 ", "오픈채팅 ", "라인 아이디 "]
    {
        found.push((PersonalData::Messenger, format!("{cue}{id}{n}"), format!("{id}{n}")));
    }
    found
}

const FAMILIES: [&str; 16] =
    ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "남궁"];
const GIVEN: [&str; 12] =
    ["민지", "서연", "지우", "은영", "수진", "혜원", "미경", "영희", "하은", "정숙", "도현", "현주"];
const ROLES: [&str; 9] = [" 선생님", "선생님", " 원장님", " 원장", " 교사", " 원감", "쌤", " 담임선생님", " 조리사님"];
const CENTRES: [&str; 20] = [
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
    "슬기로운",
    "키즈스쿨",
    "하늘빛",
    "솔로몬",
    "참사랑",
    "엔젤",
    "큰나무",
    "행복한",
];
const DEEDS: [&str; 8] = [
    "에서 아이를 때렸대요",
    " 교사가 학대했다고 합니다",
    "을 신고했어요",
    "에서 CCTV를 안 보여줘요",
    " 원장이 보조금을 횡령했답니다",
    "에서 상한 음식을 먹였어요",
    "에서 아이가 다쳤는데 은폐했어요",
    " 선생이 소리를 지르고 꼬집었어요",
];

/// Told without a word that accuses, or in praise: after a name that is one word with its centre.
const TOLD: [&str; 4] = [
    "에서 한 달을 텔레비전만 보여줬대요",
    " 간식은 유통기한이 지난 요거트였다네요",
    " 돈은 다 받아 놓고 강사가 안 왔어요",
    " 선생님들 정말 친절하세요",
];

/// Names of several words, and names that nobody would guess: the latter are found beside a word that accuses.
const LONG_NAMES: [&str; 8] = [
    "꿈나무 키즈",
    "리틀 에디슨",
    "푸른솔 리틀 베베",
    "한빛 무지개",
    "또래 꿈터",
    "별빛 도토리",
    "해오름 새싹",
    "큰사랑 꼬마천사",
];
const COINED_NAMES: [&str; 6] = ["모락모락", "물방개", "초록우산", "뚝딱뚝딱", "오르골", "달팽이집"];

fn secrets() -> Vec<Secret> {
    let mut found = Vec::new();
    for n in 0..12 {
        for (at, (kind, piece, secret)) in contacts(n).into_iter().enumerate() {
            let frame = FRAMES[(n as usize + at) % FRAMES.len()];
            found.push(Secret { kind, text: frame.replace("{}", &piece), secret });
        }
    }
    for (at, family) in FAMILIES.iter().enumerate() {
        for (nth, given) in GIVEN.iter().enumerate() {
            let name = format!("{family}{given}");
            let role = ROLES[(at + nth) % ROLES.len()];
            let text = format!("대방동 어린이집 {name}{role} 때문에 글 남겨요");
            found.push(Secret { kind: PersonalData::Name, text, secret: name });
        }
    }
    for name in CENTRES {
        for (at, deed) in DEEDS.iter().enumerate() {
            let centre = ["어린이집", " 어린이집", "유치원", " 유치원"][at % 4];
            let text = format!("{}{name}{centre}{deed}", ["", "사당1동 ", "구립"][at % 3]);
            found.push(Secret { kind: PersonalData::Facility, text, secret: name.to_owned() });
        }
        for (at, told) in TOLD.iter().enumerate() {
            let text = format!("상도1동 {name}{}{told}", ["어린이집", "유치원"][at % 2]);
            found.push(Secret { kind: PersonalData::Facility, text, secret: name.to_owned() });
        }
    }
    let facility =
        |text: String, secret: &str| Secret { kind: PersonalData::Facility, text, secret: secret.to_owned() };
    for name in LONG_NAMES {
        for (at, deed) in DEEDS.iter().chain(&TOLD[..3]).enumerate() {
            let centre = ["어린이집", " 어린이집", " 유치원"][at % 3];
            let text = format!("{}{name}{centre}{deed}", ["", "사당1동 ", "어제 "][at % 3]);
            // Every word of it must go.
            found.extend(name.split(' ').map(|word| facility(text.clone(), word)));
        }
    }
    for name in COINED_NAMES {
        for (at, deed) in DEEDS.iter().enumerate() {
            found.push(facility(format!("대방동 {name}{}{deed}", ["어린이집", " 어린이집"][at % 2]), name));
        }
    }
    found
}

#[test]
fn no_personal_data_of_the_generated_set_remain() {
    let secrets = secrets();
    let mut by_kind = BTreeMap::<PersonalData, usize>::new();
    let mut left = Vec::new();
    for Secret { kind, text, secret } in &secrets {
        *by_kind.entry(*kind).or_default() += 1;
        let masked = mask(text);
        if masked.text.contains(secret.as_str()) || masked.found.is_empty() {
            left.push(format!("{kind:?}: {text} -> {}", masked.text));
        }
    }
    println!("personal data masked in {} of {} sentences: {by_kind:?}", secrets.len() - left.len(), secrets.len());
    assert!(secrets.len() >= 500 && by_kind.values().all(|n| *n >= 40), "{by_kind:?}");
    assert!(left.is_empty(), "{} of {} remain:\n{}", left.len(), secrets.len(), left.join("\n"));
}

/// Sentences of everyday matters with the same words and numbers, and nobody's data.
fn harmless() -> Vec<String> {
    let mut found = Vec::new();
    for name in CENTRES {
        found.push(format!("상도1동 {name} 유치원 추천해요"));
    }
    for before in [
        "국공립",
        "구립",
        "우리 ",
        "저희 ",
        "다른 ",
        "동네 ",
        "무서운 ",
        "이상한 ",
        "상도1동 ",
        "노량진2동 ",
        "회사 ",
        "다니던 ",
        "아이가 다니는 ",
        "전국 ",
        "민간",
        "가정",
    ] {
        for deed in DEEDS {
            found.push(format!("{before}어린이집{deed}"));
        }
    }
    for n in 1..60_u32 {
        found.push(format!("대기 {}번이었는데 {}번까지 줄었어요", 100 + n, n));
        found.push(format!("2021년 {}월 {}일부터 보육료 {}000원 지원", n % 12 + 1, n % 28 + 1, 100 + n));
        found.push(format!("만 {}세반 {}명, 정원 {}명 가운데", n % 6, n, n + 20));
    }
    found
}

/// At most 1 in 100 sentences that hold nobody's data may be touched.
#[test]
fn false_alarms_are_counted_and_few() {
    let labelled = include_str!("../../../data/training/posts.tsv").lines();
    let labelled = labelled.filter(|row| row.starts_with("care\t")).filter_map(|row| row.rsplit('\t').next());
    let sentences: Vec<String> = harmless().into_iter().chain(labelled.map(str::to_owned)).collect();
    let alarms: Vec<String> = sentences
        .iter()
        .map(|text| (text, mask(text)))
        .filter(|(_, masked)| !masked.found.is_empty())
        .map(|(text, masked)| format!("{text} -> {}", masked.text))
        .collect();
    println!("false alarms in {} of {} sentences\n{}", alarms.len(), sentences.len(), alarms.join("\n"));
    assert!(sentences.len() > 900);
    assert!(alarms.len() * 100 <= sentences.len(), "{} of {}:\n{}", alarms.len(), sentences.len(), alarms.join("\n"));
}
