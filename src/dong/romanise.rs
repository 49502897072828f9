//! Korean place names in Latin letters by the Revised Romanization of 2000.
//!
//! Files carry Korean names only. Place names are written as they are spoken, so a final consonant changes with the
//! sound that follows; the cases that occur between a final and a liquid or nasal are covered here.

const INITIALS: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
];

/// "노량진제1동" becomes "Noryangjin 1-dong". What is not Hangul stays as it is.
pub fn romanise(name: &str) -> String {
    let stem = name.strip_suffix('동');
    let (body, number) = split_number(stem.unwrap_or(name));
    let mut latin = capitalise(&letters(body));
    if !number.is_empty() {
        latin = format!("{latin} {number}");
    }
    if stem.is_some() { format!("{latin}-dong") } else { latin }
}

fn split_number(stem: &str) -> (&str, &str) {
    let body = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &stem[body.len()..];
    if number.is_empty() { (stem, "") } else { (body.strip_suffix('제').unwrap_or(body), number) }
}

fn letters(text: &str) -> String {
    let syllables: Vec<Result<(usize, usize, usize), char>> = text.chars().map(|c| split(c).ok_or(c)).collect();
    let mut latin = String::new();
    for (at, syllable) in syllables.iter().enumerate() {
        let (initial, vowel, last) = match syllable {
            Ok(parts) => *parts,
            Err(other) => {
                latin.push(*other);
                continue;
            }
        };
        let before = at.checked_sub(1).and_then(|i| syllables.get(i)).and_then(|s| s.as_ref().ok()).map(|s| s.2);
        let after = syllables.get(at + 1).and_then(|s| s.as_ref().ok()).map(|s| INITIALS[s.0]);
        latin.push_str(opening(INITIALS[initial], before.map(|f| FINALS[f])));
        latin.push_str(VOWELS[vowel]);
        latin.push_str(closing(last, after));
    }
    latin
}

fn opening(initial: &'static str, final_before: Option<&str>) -> &'static str {
    match (final_before, initial) {
        (Some("n" | "l"), "r") => "l",
        (Some("m" | "ng" | "k" | "p" | "t"), "r") => "n",
        (Some("l"), "n") => "l",
        _ => initial,
    }
}

fn closing(last: usize, initial_after: Option<&str>) -> &'static str {
    match (FINALS[last], initial_after) {
        // Before a vowel the final consonant is carried over and sounds like an initial.
        ("k", Some("")) if last == 1 => "g",
        ("t", Some("")) if last == 7 => "d",
        ("t", Some("")) if last == 19 => "s",
        ("l", Some("")) if last == 8 => "r",
        ("p", Some("")) if last == 17 => "b",
        ("n", Some("r")) => "l",
        ("k", Some("n" | "m" | "r")) => "ng",
        ("t", Some("n" | "m" | "r")) => "n",
        ("p", Some("n" | "m" | "r")) => "m",
        (plain, _) => plain,
    }
}

fn split(syllable: char) -> Option<(usize, usize, usize)> {
    let at = (syllable as usize).checked_sub(0xAC00).filter(|n| *n < 11_172)?;
    Some((at / 588, at % 588 / 28, at % 28))
}

fn capitalise(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected names: the district's English signs and the examples of the published standard.
    #[test]
    fn dongs_are_written_as_on_the_signs() {
        for (korean, latin) in [
            ("노량진제1동", "Noryangjin 1-dong"),
            ("상도제4동", "Sangdo 4-dong"),
            ("흑석동", "Heukseok-dong"),
            ("신대방제2동", "Sindaebang 2-dong"),
            ("사당제5동", "Sadang 5-dong"),
            ("대방동", "Daebang-dong"),
            ("종로", "Jongno"),
            ("신림동", "Sillim-dong"),
            ("왕십리", "Wangsimni"),
            ("신라", "Silla"),
        ] {
            assert_eq!(romanise(korean), latin);
        }
    }
}
