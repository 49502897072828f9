//! E-mail addresses, links and handles.

use super::PersonalData;
use super::draft::Draft;
use super::names::is_hangul;

/// What people write for `@`.
const AT_SIGNS: [&str; 5] = ["@", "골뱅이", "(at)", "[at]", "<at>"];
/// What people write for the dot of a domain.
const DOTS: [&str; 6] = [".", ",", "점", "쩜", "닷", "dot "];
/// Mail services that need no top-level domain to be understood.
const MAIL_SERVICES: [&str; 22] = [
    "naver",
    "gmail",
    "daum",
    "hanmail",
    "kakao",
    "nate",
    "yahoo",
    "hotmail",
    "outlook",
    "icloud",
    "korea",
    "네이버",
    "지메일",
    "쥐메일",
    "구글",
    "다음",
    "한메일",
    "카카오",
    "네이트",
    "야후",
    "핫메일",
    "아웃룩",
];
/// Spoken top-level domains.
const SPOKEN_DOMAINS: [&str; 4] = ["컴", "넷", "씨오", "케이알"];
/// Top-level domains by which a link without `http` is known.
const TOP_LEVEL_DOMAINS: [&str; 24] = [
    "com", "net", "org", "kr", "me", "io", "ly", "gl", "gg", "be", "link", "app", "site", "shop", "xyz", "info", "biz",
    "tv", "us", "page", "blog", "dev", "store", "to",
];
/// Hosts that lead to a conversation.
const CHAT_HOSTS: [&str; 8] =
    ["open.kakao.com", "pf.kakao.com", "qr.kakao.com", "t.me", "line.me", "telegram.me", "discord.gg", "wa.me"];
/// `@` before a word with one of these ends is a place (@상도동), not a person.
const PLACE_ENDINGS: &str = "동역구시군집원점";

fn is_ascii_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-'
}

/// `name@host.kr`, also with 골뱅이 and 점, and with a space at each side of the signs.
pub fn find_emails(draft: &mut Draft) {
    for at in 0..draft.len() {
        let Some(sign) = draft.any_at(at, &AT_SIGNS) else { continue };
        let name_end = if draft.before(at) == Some(' ') { at - 1 } else { at };
        let start = draft.run_start(name_end, |c| c.is_ascii_alphanumeric() || "._%+-".contains(c));
        let host = draft.run_end(at + sign, |c| c == ' ');
        if start == name_end || host > at + sign + 1 {
            continue;
        }
        if let Some(end) = mail_host_end(draft, host) {
            draft.take(start..end, PersonalData::Email);
        }
    }
}

/// The end of a mail host: labels parted by dots, or the name of a mail service with or without more.
fn mail_host_end(draft: &Draft, start: usize) -> Option<usize> {
    let is_service = draft.any_at(start, &MAIL_SERVICES).is_some();
    let label_end = |index: usize, words: &[&str]| match draft.any_at(index, words) {
        Some(length) if draft.at(index).is_some_and(is_hangul) => index + length,
        _ => draft.run_end(index, is_ascii_word),
    };
    let mut end = label_end(start, &MAIL_SERVICES);
    if end == start {
        return None;
    }
    let mut labels = 1;
    loop {
        let dot = draft.run_end(end, |c| c == ' ').min(end + 1);
        let Some(length) = draft.any_at(dot, &DOTS) else { break };
        let label = draft.run_end(dot + length, |c| c == ' ').min(dot + length + 1);
        let next = label_end(label, &SPOKEN_DOMAINS);
        // A space around the dot is believed only inside a host that is already known, and before letters.
        let spaced = dot != end || label != dot + length;
        if next == label
            || (spaced && !(is_service && draft.any_at(label, &["com", "net", "co", "kr", "컴", "넷"]).is_some()))
        {
            break;
        }
        end = next;
        labels += 1;
    }
    (labels > 1 || is_service).then_some(end)
}

/// Links with `http`, with `www.`, and hosts with a known top-level domain.
pub fn find_links(draft: &mut Draft) {
    let mut index = 0;
    while index < draft.len() {
        let named = draft.any_at(index, &["https://", "http://", "www."]);
        let host = match named {
            Some(length) => Some(index + length),
            None => bare_host(draft, index).then_some(index),
        };
        let Some(host) = host else {
            index += 1;
            continue;
        };
        let end = link_end(draft, host);
        let kind = if draft.any_at(host, &CHAT_HOSTS).is_some() { PersonalData::Messenger } else { PersonalData::Link };
        draft.take(index..end, kind);
        index = end.max(index + 1);
    }
}

/// Does a host such as `blog.naver.com` begin here?
fn bare_host(draft: &Draft, start: usize) -> bool {
    if draft.before(start).is_some_and(|c| is_ascii_word(c) || c == '.' || c == '@') {
        return false;
    }
    let end = draft.run_end(start, |c| is_ascii_word(c) || c == '.');
    let host: String = draft.slice(start..end).iter().collect::<String>().to_ascii_lowercase();
    let host = host.trim_end_matches('.');
    host.rsplit_once('.').is_some_and(|(name, top)| {
        name.chars().any(|c| c.is_ascii_alphabetic()) && !name.starts_with('.') && TOP_LEVEL_DOMAINS.contains(&top)
    })
}

/// A link ends at white space, a quotation mark or a bracket, and at Hangul that follows a Latin letter or a digit: that
/// is a particle or the next word, while a name in a path follows a stroke or an equals sign.
fn link_end(draft: &Draft, host: usize) -> usize {
    let path = draft.run_end(host, |c| c.is_ascii_alphanumeric() || ".-_:@%".contains(c));
    let end = if matches!(draft.at(path), Some('/' | '?' | '#')) {
        let mut end = path;
        while let Some(c) = draft.at(end) {
            let follows_latin = draft.before(end).is_some_and(|b| b.is_ascii_alphanumeric());
            if c.is_whitespace() || "\"'<>[](){}「」『』“”‘’".contains(c) || (is_hangul(c) && follows_latin)
            {
                break;
            }
            end += 1;
        }
        end
    } else {
        path
    };
    let trimmed = draft.run_start(end, |c| ".,!?~;:…".contains(c));
    trimmed.max(host)
}

/// `@name`. A name has a letter, so that `2개@1000` is none.
pub fn find_handles(draft: &mut Draft) {
    for at in 0..draft.len() {
        if draft.at(at) != Some('@') {
            continue;
        }
        let ascii = draft.run_end(at + 1, |c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
        let ascii = draft.run_start(ascii, |c| c == '.').max(at + 1);
        let hangul = draft.run_end(at + 1, |c| c.is_ascii_alphanumeric() || c == '_' || is_hangul(c));
        let has_letter = |end: usize| draft.slice(at + 1..end).iter().any(|c| c.is_ascii_alphabetic());
        if ascii - at > 2 && has_letter(ascii) {
            draft.take(at..ascii, PersonalData::Handle);
        } else if hangul - at > 2 && draft.at(at + 1).is_some_and(is_hangul) {
            // Within a sentence the sign is an ornament, and before some words it means "in".
            let begins_word = draft.before(at).is_none_or(char::is_whitespace);
            let is_place = draft.before(hangul).is_some_and(|c| PLACE_ENDINGS.contains(c));
            if begins_word && !is_place {
                draft.take(at..hangul, PersonalData::Handle);
            }
        }
    }
}
