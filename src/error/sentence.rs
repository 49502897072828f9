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

/// Says from where to where a value may go, edges included, and what was given.
pub fn out_of_range(
    name: &str,
    (low, high): (impl fmt::Display, impl fmt::Display),
    given: impl fmt::Display,
) -> Sentence {
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
    fn a_value_out_of_range_is_told_the_range_in_both_languages() {
        let said = out_of_range("first", (1, 100), 0);
        for text in [said.english(), said.korean().unwrap()] {
            assert!(text.contains("first") && text.contains("100") && text.contains('0'), "{text}");
        }
    }
}
