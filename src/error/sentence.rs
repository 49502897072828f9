//! What is said to a person: one sentence in both languages of the district.

use std::fmt;

/// A sentence in English and, wherever a client can meet it, in Korean. What only the operator's screen shows is
/// written in English alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    en: String,
    ko: Option<String>,
}

/// A sentence in both languages.
pub fn both(en: impl Into<String>, ko: impl Into<String>) -> Sentence {
    Sentence { en: en.into(), ko: Some(ko.into()) }
}

/// A number with commas between its thousands, as both languages write it.
pub fn grouped(number: impl fmt::Display) -> String {
    let text = number.to_string();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let mut written = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            written.push(',');
        }
        written.push(digit);
    }
    written + fraction
}

/// Says from where to where a value may go, edges included, and what was given.
pub fn out_of_range(
    name: &str,
    (low, high): (impl fmt::Display, impl fmt::Display),
    given: impl fmt::Display,
) -> Sentence {
    let (low, high, given) = (grouped(low), grouped(high), grouped(given));
    both(
        format!("{name} must be from {low} to {high}, but is {given}."),
        format!("{name} 값은 {low} 이상 {high} 이하로 주십시오. 받은 값은 {given}입니다."),
    )
}

/// Refuses a value outside its range, edges included.
pub fn within<T: PartialOrd + fmt::Display>(name: &str, (low, high): (T, T), given: T) -> Result<(), Sentence> {
    if low <= given && given <= high { Ok(()) } else { Err(out_of_range(name, (low, high), given)) }
}

/// Says how many values a list may hold.
pub fn too_many(name: &str, name_ko: &str, most: usize) -> Sentence {
    let most = grouped(most);
    both(
        format!("{name} may hold at most {most} values."),
        format!("{name_ko}에는 값을 {most}개까지만 줄 수 있습니다."),
    )
}

impl Sentence {
    /// In English.
    pub fn english(&self) -> &str {
        &self.en
    }

    /// In Korean, where it was written.
    pub fn korean(&self) -> Option<&str> {
        self.ko.as_deref()
    }

    /// The same sentence with a Korean one beside it.
    #[must_use]
    pub fn in_korean(mut self, ko: impl Into<String>) -> Self {
        self.ko = Some(ko.into());
        self
    }
}

impl From<&str> for Sentence {
    fn from(en: &str) -> Self {
        Self { en: en.to_owned(), ko: None }
    }
}

impl From<String> for Sentence {
    fn from(en: String) -> Self {
        Self { en, ko: None }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart_and_a_fraction_stays_as_it_is() {
        assert_eq!(
            [0, 12, 999, 1_000, 12_345, 1_234_567].map(grouped),
            ["0", "12", "999", "1,000", "12,345", "1,234,567"]
        );
        assert_eq!([-1_000.0, -100.0, 1_000.125, 0.0005].map(grouped), ["-1,000", "-100", "1,000.125", "0.0005"]);
        assert_eq!([f64::NAN, f64::NEG_INFINITY].map(grouped), ["NaN", "-inf"]);
        assert_eq!(grouped(1_000_000_000_000_u64), "1,000,000,000,000");
    }

    #[test]
    fn limits_are_written_with_their_thousands_apart_in_both_languages() {
        let said = [out_of_range("budget", (1, 1_000_000), 2_500_000), too_many("ids", "ids", 1_000)];
        let said: Vec<String> =
            said.iter().flat_map(|s| [s.english().to_owned(), s.korean().unwrap().to_owned()]).collect();
        assert!(said[..2].iter().all(|text| text.contains("1,000,000") && text.contains("2,500,000")), "{said:?}");
        assert!(said[2..].iter().all(|text| text.contains("1,000")), "{said:?}");
    }

    #[test]
    fn a_value_out_of_range_is_told_the_range_in_both_languages() {
        let said = out_of_range("first", (1, 100), 0);
        for text in [said.english(), said.korean().unwrap()] {
            assert!(text.contains("first") && text.contains("100") && text.contains('0'), "{text}");
        }
    }
}
