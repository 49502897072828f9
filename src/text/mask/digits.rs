//! Digits in all the ways in which people write them to get past a filter: 0, 공, 영, O, ❶, with anything between.

use super::draft::Draft;

/// At most this many characters may stand between two digits of one number (` - `, or the two marks of a keycap emoji
/// and a space).
const LONGEST_GAP: usize = 4;

/// No number that is looked for is longer; a page full of digits is looked at piece by piece, not as a whole each time.
const LONGEST_NUMBER_DIGITS: usize = 24;

/// One digit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digit {
    /// 0 to 9.
    pub value: u8,
    /// Its place in the draft.
    pub position: usize,
    /// Is it written as a Hangul word (공, 일)?
    pub spelled: bool,
    /// Does it begin a group: is something between it and the digit before it, or is it the first?
    pub begins_group: bool,
    /// Are only hyphens and spaces between it and the digit before it?
    pub after_hyphen_or_space: bool,
    /// Is there a hyphen between it and the digit before it?
    pub after_hyphen: bool,
}

/// All series of digits of the draft. Between two digits of a series stand at most a few separators.
pub fn series(draft: &Draft) -> Vec<Vec<Digit>> {
    let mut all = Vec::new();
    let mut current: Vec<Digit> = Vec::new();
    for position in 0..draft.len() {
        let Some((value, spelled)) = value_at(draft, position) else { continue };
        let gap_start = current.last().map(|last| last.position + 1);
        let joined = gap_start.is_some_and(|start| joins(draft, start, position));
        if !joined && !current.is_empty() {
            all.push(std::mem::take(&mut current));
        }
        let gap = if joined { draft.slice(gap_start.unwrap_or(position)..position) } else { &[] };
        current.push(Digit {
            value,
            position,
            spelled,
            begins_group: !joined || !gap.is_empty(),
            after_hyphen_or_space: joined && gap.iter().all(|c| is_hyphen(*c) || c.is_whitespace()),
            after_hyphen: gap.iter().any(|c| is_hyphen(*c)),
        });
    }
    all.push(current);
    all.retain(|series| series.len() > 1);
    all
}

/// As much of a series as the longest number needs.
pub fn beginning(digits: &[Digit]) -> &[Digit] {
    digits.get(..LONGEST_NUMBER_DIGITS).unwrap_or(digits)
}

/// The sizes of the groups of a series.
pub fn group_sizes(digits: &[Digit]) -> Vec<usize> {
    let mut sizes = Vec::new();
    for (index, digit) in digits.iter().enumerate() {
        match sizes.last_mut() {
            Some(size) if !digit.begins_group && index > 0 => *size += 1,
            _ => sizes.push(1),
        }
    }
    sizes
}

/// Is the digit at `index` of a series the last of its group, or the last before the way of writing changes?
pub fn ends_group(digits: &[Digit], index: usize) -> bool {
    match (digits.get(index), digits.get(index + 1)) {
        (Some(digit), Some(next)) => next.begins_group || next.spelled != digit.spelled,
        _ => true,
    }
}

/// A hyphen or one of the strokes that stand for it.
pub fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ㅡ' | 'ー' | '一')
}

fn value_at(draft: &Draft, position: usize) -> Option<(u8, bool)> {
    let character = draft.at(position)?;
    let value = match character {
        '0'..='9' => return character.to_digit(10).map(|value| (value as u8, false)),
        '\u{2776}'..='\u{277e}' => return Some(((character as u32 - 0x2776 + 1) as u8, false)),
        '\u{2780}'..='\u{2788}' => return Some(((character as u32 - 0x2780 + 1) as u8, false)),
        '\u{278a}'..='\u{2792}' => return Some(((character as u32 - 0x278a + 1) as u8, false)),
        'O' | 'o' | 'ㅇ' | '〇' | 'l' | 'I' | '|' => {
            // A letter counts as the digit it looks like only beside a digit.
            let beside = [draft.before(position), draft.at(position + 1)];
            if !beside.iter().flatten().any(char::is_ascii_digit) {
                return None;
            }
            return Some((u8::from(matches!(character, 'l' | 'I' | '|')), false));
        }
        '공' | '영' => 0,
        '일' => 1,
        '이' => 2,
        '삼' => 3,
        '사' => 4,
        '오' => 5,
        '육' | '륙' => 6,
        '칠' => 7,
        '팔' => 8,
        '구' => 9,
        _ => return None,
    };
    Some((value, true))
}

/// May the characters from `start` up to `end` stand between two digits of one number? The Hangul among them are the
/// spoken hyphens (에, 다시, 국에).
fn joins(draft: &Draft, start: usize, end: usize) -> bool {
    end - start <= LONGEST_GAP
        && (start..end).all(|index| {
            draft.at(index).is_some_and(|c| {
                c.is_whitespace()
                    || is_hyphen(c)
                    || matches!(
                        c,
                        '.' | ',' | '/' | '_' | '~' | ':' | '(' | ')' | '·' | '*' | '=' | '+' | '\'' | 'ㆍ' | '•'
                    )
                    || matches!(c, '에' | '다' | '시' | '국' | '\u{fe0f}' | '\u{20e3}' | '\u{200d}')
            })
        })
}
