//! One spelling of place names: no 제 before a number, no blanks around one, and letters that sound alike made alike.

/// A letter of a text and the byte at which it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    /// The letter.
    pub character: char,
    /// Its byte.
    pub at: usize,
}

/// The letters of a text without 제 before a number and without blanks around the number of a dong.
pub fn plain(text: &str) -> Vec<Letter> {
    let letters: Vec<Letter> = text.char_indices().map(|(at, character)| Letter { character, at }).collect();
    let next = |at: usize| letters[at..].iter().map(|l| l.character).find(|c| !c.is_whitespace());
    let mut plain: Vec<Letter> = Vec::with_capacity(letters.len());
    for (at, letter) in letters.iter().enumerate() {
        let before = plain.last().map(|l| l.character);
        let skip = match letter.character {
            '제' => next(at + 1).is_some_and(|c| c.is_ascii_digit()) && before.is_some_and(is_hangul),
            c if c.is_whitespace() => {
                let after = next(at);
                let into_number = before.is_some_and(is_hangul)
                    && after.is_some_and(|c| c.is_ascii_digit() || c == '제' && number_follows(&letters, at));
                let into_dong = before.is_some_and(|c| c.is_ascii_digit()) && after == Some('동');
                into_number && dong_follows(&letters, at) || into_dong
            }
            _ => false,
        };
        if !skip {
            plain.push(*letter);
        }
    }
    plain
}

fn number_follows(letters: &[Letter], at: usize) -> bool {
    letters[at..].iter().filter(|l| !l.character.is_whitespace()).nth(1).is_some_and(|l| l.character.is_ascii_digit())
}

/// "상도 1 동" and "상도 1, 2동" are names; "아이 3명" is not.
fn dong_follows(letters: &[Letter], at: usize) -> bool {
    letters[at..]
        .iter()
        .map(|l| l.character)
        .filter(|c| !c.is_whitespace())
        .skip_while(|c| *c == '제')
        .find(|c| !c.is_ascii_digit() && !",·~".contains(*c))
        == Some('동')
}

/// Is it a syllable of modern Hangul?
pub fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// A syllable with the plain consonant for a tense one (싸 → 사) and one vowel for those that are taken for each other
/// (샹 → 상, 데 → 대). Syllables are laid out from U+AC00: 588 for each first consonant, 28 for each vowel.
pub fn alike(c: char) -> char {
    if !is_hangul(c) {
        return c;
    }
    let syllable = c as u32 - 0xac00;
    let (first, vowel, last) = (syllable / 588, syllable % 588 / 28, syllable % 28);
    // ㄲ ㄸ ㅃ ㅆ ㅉ stand one behind their plain partner.
    let first = if matches!(first, 1 | 4 | 8 | 10 | 13) { first - 1 } else { first };
    let vowel = match vowel {
        2 => 0,         // ㅑ ㅏ
        3 | 5 | 7 => 1, // ㅒ ㅔ ㅖ ㅐ
        6 => 4,         // ㅕ ㅓ
        10 | 15 => 11,  // ㅙ ㅞ ㅚ
        12 => 8,        // ㅛ ㅗ
        17 => 13,       // ㅠ ㅜ
        other => other,
    };
    char::from_u32(0xac00 + first * 588 + vowel * 28 + last).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_sound_alike_become_alike() {
        let all = |word: &str| word.chars().map(alike).collect::<String>();
        assert_eq!(all("싸당1동"), all("사당1동"));
        assert_eq!(all("샹도동"), all("상도동"));
        assert_eq!(all("데방동"), all("대방동"));
        assert_ne!(all("대방동"), all("다방동"));
        assert_eq!(all("a1동"), "a1동");
    }

    #[test]
    fn blanks_and_je_vanish_inside_names_only() {
        let of = |text: &str| plain(text).iter().map(|l| l.character).collect::<String>();
        assert_eq!(of("상도 제 1 동 아이 3명"), "상도1동 아이 3명");
        assert_eq!(of("이제 3월"), "이 3월");
        assert_eq!(plain("가 1동").last().unwrap().at, 5);
    }
}
