//! Which neighbourhood does a text speak of?
//!
//! Names are looked up longest first, so that 대방동 is not found inside 신대방동, and by sound, so that 싸당1동 is
//! 사당1동. A name that several neighbourhoods share (a legal dong, a station on a border) stays ambiguous: it is never
//! forced into one of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::spelling::{Letter, alike, is_hangul, plain};
use super::target;

/// What a text says about its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribution {
    /// One dong, by code.
    One(String),
    /// A name that several dongs share.
    Ambiguous(BTreeSet<String>),
    /// Several dongs alike.
    Several(BTreeSet<String>),
    /// A place beyond the district.
    Outside,
    /// No place.
    None,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    Dongs(BTreeSet<String>),
    Outside,
}

/// A place name in a text: the dongs that it may mean (none: it lies outside), and where it stands among the letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Codes; empty for a place beyond the district.
    pub codes: BTreeSet<String>,
    /// First letter and the one behind the last.
    pub letters: Range<usize>,
}

/// Names of places and what they mean.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    /// By first letter; within it the longest name first.
    names: BTreeMap<char, Vec<(Vec<char>, Meaning)>>,
}

/// What may follow a name of two letters: a particle, or a word for "near". 상도덕 and 사당패 are no places.
const AFTER_SHORT_NAME: &str = "에은는이가도로쪽맘의와과근인살엔권내뉴";
/// Far cities that have dongs with names like ours: 포항 상도동 is not here.
const FAR_CITIES: [&str; 12] =
    ["부산", "대구", "인천", "광주", "대전", "울산", "포항", "창원", "수원", "전주", "청주", "제주"];

impl Gazetteer {
    /// Names of dongs by code, in any spelling. A stem that numbered dongs share ("상도동" of 상도1동 to 상도4동) becomes
    /// an ambiguous name by itself.
    pub fn of_dongs<'a>(dongs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut stems = BTreeMap::<String, BTreeSet<String>>::new();
        let mut gazetteer = Self::default();
        for (code, name) in dongs {
            let plain: String = plain(name).iter().map(|l| l.character).collect();
            gazetteer.add(&plain, [code.to_owned()]);
            // 상도일동 is 상도1동, written as it is spoken.
            let spoken: String = plain.chars().map(spoken).collect();
            if spoken != plain {
                gazetteer.add(&spoken, [code.to_owned()]);
            }
            // 상도 일동 too, but not 상도 이동: that is a word for moving.
            if let Some((stem, number)) = plain.find(|c: char| c.is_ascii_digit()).map(|at| plain.split_at(at))
                && number != "2동"
            {
                gazetteer.add(
                    &format!("{stem} {}", number.chars().map(self::spoken).collect::<String>()),
                    [code.to_owned()],
                );
            }
            if let Some(stem) = plain.strip_suffix('동').map(|s| s.trim_end_matches(|c: char| c.is_ascii_digit()))
                && stem.len() + '동'.len_utf8() < plain.len()
            {
                stems.entry(format!("{stem}동")).or_default().insert(code.to_owned());
            }
        }
        for (name, codes) in stems {
            gazetteer.add(&name, codes);
        }
        gazetteer
    }

    /// Adds a name of one or several dongs; a name that is known already gets this meaning.
    pub fn add(&mut self, name: &str, codes: impl IntoIterator<Item = String>) {
        self.insert(name, Meaning::Dongs(codes.into_iter().collect()));
    }

    /// Adds a name beyond the district.
    pub fn add_outside(&mut self, name: &str) {
        self.insert(name, Meaning::Outside);
    }

    /// The code of a dong by its name in any spelling.
    pub fn code(&self, name: &str) -> Option<&str> {
        let letters: Vec<char> = plain(name).iter().map(|l| alike(l.character)).collect();
        match self.names.get(letters.first()?)?.iter().find(|(known, _)| *known == letters).map(|(_, m)| m)? {
            Meaning::Dongs(codes) if codes.len() == 1 => codes.first().map(String::as_str),
            _ => None,
        }
    }

    /// Reads a text.
    pub fn attribute(&self, text: &str) -> Attribution {
        let letters = plain(text);
        target::resolve(&self.mentions(&letters), &letters)
    }

    /// The bytes of all place names of a text.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let letters = plain(text);
        let byte = |at: usize| letters.get(at).map_or(text.len(), |l| l.at);
        self.mentions(&letters)
            .iter()
            .map(|m| {
                let end = m.letters.end.checked_sub(1).and_then(|last| letters.get(last));
                byte(m.letters.start)..end.map_or(text.len(), |l| l.at + l.character.len_utf8())
            })
            .collect()
    }

    fn insert(&mut self, name: &str, meaning: Meaning) {
        let letters: Vec<char> = plain(name).iter().map(|l| alike(l.character)).collect();
        let Some(first) = letters.first() else { return };
        let list = self.names.entry(*first).or_default();
        match list.iter_mut().find(|(known, _)| *known == letters) {
            Some((_, known)) => *known = meaning,
            None => {
                list.push((letters, meaning));
                list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
            }
        }
    }

    fn mentions(&self, letters: &[Letter]) -> Vec<Mention> {
        let sounds: Vec<char> = letters.iter().map(|l| alike(l.character)).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let Some((length, meaning)) = self.longest_at(letters, &sounds, at) else {
                at += 1;
                continue;
            };
            let far = FAR_CITIES.iter().any(|city| ends_with_word(&letters[..at], city));
            let codes = match meaning {
                Meaning::Dongs(codes) if !far => codes.clone(),
                _ => BTreeSet::new(),
            };
            let listed = self.numbered_list(letters, at, length);
            if listed.len() > 1 && !far {
                let end = listed.iter().map(|m| m.letters.end).max().unwrap_or(at + length);
                found.extend(listed);
                at = end;
                continue;
            }
            found.push(Mention { codes, letters: at..at + length });
            at += length;
        }
        found
    }

    fn longest_at(&self, letters: &[Letter], sounds: &[char], at: usize) -> Option<(usize, &Meaning)> {
        let begins_word = at == 0 || !is_hangul(letters[at - 1].character);
        self.names.get(sounds.get(at)?)?.iter().find_map(|(name, meaning)| {
            let end = at + name.len();
            if sounds.get(at..end)? != name.as_slice() {
                return None;
            }
            let is_short = name.len() < 3;
            let ends_well =
                letters.get(end).is_none_or(|l| !is_hangul(l.character) || AFTER_SHORT_NAME.contains(l.character));
            (!is_short || (begins_word && ends_well)).then_some((name.len(), meaning))
        })
    }

    /// "상도1, 2동" and "사당3·4동": a stem, numbers with a sign between them, and 동 at the end.
    fn numbered_list(&self, letters: &[Letter], at: usize, length: usize) -> Vec<Mention> {
        let stem: String = letters[at..at + length].iter().map(|l| l.character).collect();
        let stem = stem.trim_end_matches('동');
        let mut position = at + stem.chars().count();
        let mut numbers = Vec::new();
        while let Some(number) = letters.get(position).filter(|l| l.character.is_ascii_digit()) {
            numbers.push((number.character, position));
            position += 1;
            if letters.get(position).is_some_and(|l| l.character == '동') {
                let mention = |(number, place): &(char, usize)| {
                    let code = self.code(&format!("{stem}{number}동"))?;
                    Some(Mention { codes: [code.to_owned()].into(), letters: *place..position + 1 })
                };
                return numbers.iter().filter_map(mention).collect();
            }
            let signs = letters[position..].iter().take_while(|l| ",·./~&ㆍ과와 ".contains(l.character)).count();
            if signs == 0 {
                break;
            }
            position += signs;
        }
        Vec::new()
    }
}

fn spoken(digit: char) -> char {
    let nth = digit.to_digit(10).and_then(|n| usize::try_from(n).ok());
    nth.and_then(|n| "영일이삼사오육칠팔구".chars().nth(n)).unwrap_or(digit)
}

fn ends_with_word(letters: &[Letter], word: &str) -> bool {
    let trimmed = letters.iter().rev().skip_while(|l| l.character.is_whitespace() || "시광역".contains(l.character));
    trimmed.take(word.chars().count()).map(|l| l.character).eq(word.chars().rev())
}
