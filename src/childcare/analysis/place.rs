//! Which neighbourhood does a text speak of?
//!
//! Names are looked up longest first, so that 대방동 is not found inside 신대방동. A name that several neighbourhoods
//! share (a legal dong, a station on a border) stays ambiguous: it is never forced into one of them.

use std::collections::{BTreeMap, BTreeSet};

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
enum Target {
    Dongs(BTreeSet<String>),
    Outside,
}

/// Names of places and what they mean.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    names: BTreeMap<String, Target>,
    longest: usize,
}

impl Gazetteer {
    /// Names of dongs by code, in any spelling. A stem that numbered dongs share ("상도동" of 상도1동 to 상도4동) becomes
    /// an ambiguous name by itself.
    pub fn of_dongs<'a>(dongs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut stems = BTreeMap::<String, BTreeSet<String>>::new();
        let mut gazetteer = Self::default();
        for (code, name) in dongs {
            let plain = plain(name);
            gazetteer.add(&plain, [code.to_owned()]);
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

    /// Adds a name of one or several dongs.
    pub fn add(&mut self, name: &str, codes: impl IntoIterator<Item = String>) {
        let name = plain(name);
        self.longest = self.longest.max(name.chars().count());
        self.names.insert(name, Target::Dongs(codes.into_iter().collect()));
    }

    /// Adds a name beyond the district.
    pub fn add_outside(&mut self, name: &str) {
        let name = plain(name);
        self.longest = self.longest.max(name.chars().count());
        self.names.insert(name, Target::Outside);
    }

    /// The code of a dong by its name in any spelling.
    pub fn code(&self, name: &str) -> Option<&str> {
        match self.names.get(&plain(name))? {
            Target::Dongs(codes) if codes.len() == 1 => codes.first().map(String::as_str),
            _ => None,
        }
    }

    /// Reads a text.
    pub fn attribute(&self, text: &str) -> Attribution {
        let letters: Vec<char> = plain(text).chars().collect();
        let mut ones: Vec<(String, usize)> = Vec::new();
        let mut shared = BTreeSet::new();
        let mut outside = false;
        let mut at = 0;
        while at < letters.len() {
            match self.longest_at(&letters, at) {
                Some((length, target)) => {
                    at += length;
                    match target {
                        Target::Outside => outside = true,
                        Target::Dongs(codes) if codes.len() == 1 => ones.extend(codes.iter().map(|c| (c.clone(), at))),
                        Target::Dongs(codes) => shared.extend(codes.iter().cloned()),
                    }
                }
                None => at += 1,
            }
        }
        let distinct: BTreeSet<String> = ones.iter().map(|(code, _)| code.clone()).collect();
        match distinct.len() {
            1 => ones.swap_remove(0).0.into(),
            0 if !shared.is_empty() => Attribution::Ambiguous(shared),
            0 if outside => Attribution::Outside,
            0 => Attribution::None,
            _ => moved_to(&letters, &ones).map_or(Attribution::Several(distinct), Attribution::One),
        }
    }

    fn longest_at(&self, letters: &[char], at: usize) -> Option<(usize, &Target)> {
        (1..=self.longest.min(letters.len() - at)).rev().find_map(|length| {
            let name: String = letters[at..at + length].iter().collect();
            self.names.get(&name).map(|target| (length, target))
        })
    }
}

impl From<String> for Attribution {
    fn from(code: String) -> Self {
        Self::One(code)
    }
}

/// "A에서 B로 옮겼다" speaks of B now.
fn moved_to(letters: &[char], ones: &[(String, usize)]) -> Option<String> {
    let follows = |at: usize, words: &[&str]| {
        let rest: String = letters[at..].iter().take(4).collect();
        words.iter().any(|word| rest.trim_start().starts_with(word))
    };
    let text: String = letters.iter().collect();
    let moves = ["옮", "이사", "전학", "바꿨", "바꾸"].iter().any(|word| text.contains(word));
    let left = ones.iter().any(|(_, end)| follows(*end, &["에서"]));
    let target = ones.iter().rev().find(|(_, end)| follows(*end, &["로", "으로"]))?;
    (moves && left).then(|| target.0.clone())
}

/// One spelling: no 제 before a number, no blanks around one.
fn plain(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let next = |at: usize| letters[at..].iter().copied().find(|c| !c.is_whitespace());
    let mut plain = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let before = plain.chars().next_back();
        let skip = match letter {
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

fn number_follows(letters: &[char], at: usize) -> bool {
    letters[at..].iter().filter(|c| !c.is_whitespace()).nth(1).is_some_and(char::is_ascii_digit)
}

/// "상도 1 동" is a name; "아이 3명" is not.
fn dong_follows(letters: &[char], at: usize) -> bool {
    letters[at..].iter().filter(|c| !c.is_whitespace()).skip_while(|c| **c == '제').find(|c| !c.is_ascii_digit())
        == Some(&'동')
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}
