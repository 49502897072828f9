//! The name of a daycare centre or kindergarten in a text that accuses: 해맑은어린이집에서 아이를 때렸다.
//!
//! Praise keeps the name, because a good name hurts nobody; an accusation may be false. Words for a kind of centre
//! (국공립어린이집, 우리 어린이집) are no names.

use super::PersonalData;
use super::draft::Draft;
use super::names::is_hangul;

/// What is accused of. From general knowledge of the language.
const ACCUSATIONS: [&str; 40] = [
    "학대",
    "폭행",
    "때렸",
    "때리",
    "맞았",
    "멍이",
    "멍들",
    "꼬집",
    "물렸",
    "방임",
    "방치",
    "고발",
    "신고",
    "처벌",
    "고소",
    "폭언",
    "욕설",
    "소리를 지",
    "소리 지",
    "가혹",
    "감금",
    "굶",
    "다쳤",
    "골절",
    "부러",
    "찢어",
    "상처",
    "식중독",
    "횡령",
    "비리",
    "부정수급",
    "은폐",
    "숨겼",
    "거짓말",
    "핑계",
    "시시티비",
    "씨씨티비",
    "cctv",
    "혼냈",
    "무서워",
];
/// What a name stands before.
const KINDS: [&str; 3] = ["어린이집", "유치원", "놀이학교"];
/// Words before these that are no names.
const NO_NAMES: [&str; 64] = [
    "국공립",
    "구립",
    "시립",
    "국립",
    "공립",
    "사립",
    "민간",
    "가정",
    "직장",
    "법인",
    "협동",
    "공공형",
    "서울형",
    "열린",
    "병설",
    "단설",
    "영어",
    "숲",
    "우리",
    "저희",
    "그",
    "이",
    "저",
    "어느",
    "어떤",
    "다른",
    "같은",
    "무슨",
    "모든",
    "옆",
    "앞",
    "근처",
    "동네",
    "단지",
    "아파트",
    "관내",
    "전국",
    "서울",
    "동작구",
    "새",
    "새로운",
    "좋은",
    "나쁜",
    "문제의",
    "해당",
    "일부",
    "몇",
    "두",
    "세",
    "한",
    "다니던",
    "다니는",
    "보내던",
    "보내는",
    "아이",
    "아기",
    "애",
    "작은",
    "큰",
    "신규",
    "통합",
    "영아전담",
    "장애통합",
    "시간제",
];

/// Words in -은 that describe; any other before a kind may be a name (해맑은 어린이집).
const DESCRIPTIONS: [&str; 22] = [
    "좋은",
    "많은",
    "적은",
    "작은",
    "같은",
    "높은",
    "낮은",
    "넓은",
    "좁은",
    "깊은",
    "짧은",
    "젊은",
    "밝은",
    "맑은",
    "늦은",
    "괜찮은",
    "싫은",
    "믿은",
    "못믿은",
    "남은",
    "찾은",
    "받은",
];

/// Takes the names, when the text accuses.
pub fn find_facilities(draft: &mut Draft) {
    if !draft.has_any_in(0..draft.len(), &ACCUSATIONS) {
        return;
    }
    for at in 0..draft.len() {
        if draft.any_at(at, &KINDS).is_none() {
            continue;
        }
        let attached = draft.run_start(at, is_name_letter);
        if attached < at {
            take(draft, attached, at);
        } else if draft.before(at) == Some(' ') {
            let end = at - 1;
            take(draft, draft.run_start(end, is_name_letter), end);
        }
    }
}

fn is_name_letter(character: char) -> bool {
    is_hangul(character) || character.is_ascii_alphanumeric()
}

fn take(draft: &mut Draft, start: usize, end: usize) {
    let word: String = draft.slice(start..end).iter().collect();
    let kind = NO_NAMES.iter().filter_map(|kind| word.strip_prefix(kind)).min_by_key(|rest| rest.len());
    let name = kind.unwrap_or(&word);
    let letters = name.chars().count();
    // A place, a particle or an ending that describes (상도1동 어린이집, 동네의 어린이집, 무서운 어린이집) is no name.
    let is_place = name.ends_with(['동', '역', '구', '시']);
    let is_particle = name.ends_with([
        '의', '는', '이', '가', '을', '를', '에', '도', '서', '한', '던', '된', '인', '면', '고', '데', '운',
    ]) || DESCRIPTIONS.contains(&name);
    let is_attached = draft.at(end) != Some(' ');
    if letters == 0 || is_place || NO_NAMES.contains(&name) || (is_particle && !(is_attached && letters > 2)) {
        return;
    }
    draft.take(end - letters..end, PersonalData::Facility);
}
