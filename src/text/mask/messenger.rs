//! Messenger ids: a word for a messenger, then, behind at most a few words, a name in Latin letters.

use super::PersonalData;
use super::draft::Draft;
use super::names::is_hangul;

/// Messengers whose name is said together with an id more often than with anything else.
const STRONG: [&str; 15] = [
    "카카오톡",
    "카톡",
    "까톡",
    "깨톡",
    "갠톡",
    "텔레그램",
    "위챗",
    "오픈채팅",
    "오픈톡",
    "오픈카톡",
    "kakaotalk",
    "katalk",
    "telegram",
    "wechat",
    "kakao",
];
/// Words that often stand before other Latin words, too.
const WEAK: [&str; 9] = ["라인", "텔레", "인스타그램", "인스타", "디스코드", "discord", "insta", "line", "카카오"];
/// Words that say plainly that an id follows.
const PLAIN: [&str; 3] = ["아이디", "id", "계정"];
/// Words that invite to get in touch: between a messenger and an id they keep the two together.
const INVITATIONS: [&str; 12] =
    ["연락", "문의", "추가", "친추", "검색", "주세", "주시", "남겨", "보내", "부탁", "상담", "신청"];
/// Latin words that follow a messenger's name without being anybody's.
const NO_IDS: [&str; 14] = [
    "kakao",
    "kakaotalk",
    "naver",
    "zoom",
    "talk",
    "open",
    "online",
    "youtube",
    "google",
    "play",
    "store",
    "team",
    "instagram",
    "pc",
];
/// An id is looked for within so many characters after the messenger's name.
const REACH: usize = 24;
/// The shortest id that is believed.
const SHORTEST_ID: usize = 4;

fn is_id_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_.-".contains(character)
}

/// Finds ids after and directly before the name of a messenger. The name stays, so that the text stays readable.
pub fn find_ids(draft: &mut Draft) {
    for index in 0..draft.len() {
        let strong = draft.any_at(index, &STRONG);
        let cue = strong.or_else(|| draft.any_at(index, &WEAK)).or_else(|| draft.any_at(index, &PLAIN));
        let Some(length) = cue else { continue };
        if !stands_alone(draft, index, length, strong.is_some()) {
            continue;
        }
        id_after(draft, index, length, strong.is_some());
        if strong.is_some() {
            id_before(draft, index);
        }
    }
}

/// `라인` within 온라인 and `id` within a Latin word are no messengers.
fn stands_alone(draft: &Draft, index: usize, length: usize, strong: bool) -> bool {
    let before = draft.before(index);
    let after = draft.at(index + length);
    if draft.at(index).is_some_and(is_hangul) {
        return strong || !before.is_some_and(is_hangul) || draft.starts_with(index, "아이디");
    }
    !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(|c| c.is_ascii_alphabetic())
}

fn id_after(draft: &mut Draft, cue: usize, length: usize, strong: bool) {
    let mut position = cue + length;
    let mut plain = draft.any_at(cue, &PLAIN).is_some();
    let mut invited = false;
    let mut words_between = 0;
    while position < cue + length + REACH {
        if let Some(skip) = draft.any_at(position, &PLAIN) {
            let follows = draft.at(position + skip);
            if !draft.starts_with(position, "id") || !follows.is_some_and(is_id_character) {
                plain = true;
                position += skip;
                continue;
            }
        }
        invited |= draft.any_at(position, &INVITATIONS).is_some();
        match draft.at(position) {
            Some(c) if c.is_ascii_alphanumeric() => break,
            Some(c) if is_hangul(c) => words_between += 1,
            Some('\n') | None => return,
            Some(_) => {}
        }
        position += 1;
    }
    let end = draft.run_end(position, is_id_character);
    let end = draft.run_start(end, |c| "._-".contains(c)).max(position);
    let id: String = draft.slice(position..end).iter().collect::<String>().to_ascii_lowercase();
    if id.len() < SHORTEST_ID || NO_IDS.contains(&id.as_str()) {
        return;
    }
    let has_letter = id.chars().any(|c| c.is_ascii_alphabetic());
    let unlike_a_word = has_letter && id.chars().any(|c| c.is_ascii_digit() || c == '_');
    // A particle (는, 으로) may stand between; more Hangul must be an invitation.
    let near = words_between <= 2;
    let believed = match (plain, near) {
        (true, true) => true,
        (true, false) => unlike_a_word || invited,
        (false, true) => {
            if strong {
                has_letter
            } else {
                unlike_a_word
            }
        }
        (false, false) => invited && unlike_a_word,
    };
    if believed {
        draft.take(position..end, PersonalData::Messenger);
    }
}

/// `happy_77 카톡 주세요`.
fn id_before(draft: &mut Draft, cue: usize) {
    let end = draft.run_start(cue, |c| " (,:".contains(c));
    let start = draft.run_start(end, is_id_character);
    let id = draft.slice(start..end);
    let unlike_a_word =
        id.iter().any(|c| c.is_ascii_alphabetic()) && id.iter().any(|c| c.is_ascii_digit() || *c == '_');
    if cue - end <= 2 && id.len() > SHORTEST_ID && unlike_a_word {
        draft.take(start..end, PersonalData::Messenger);
    }
}
