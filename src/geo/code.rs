//! Codes of administrative dongs: 8 digits of the ministry, 10 with two zeros, 7 of Statistics Korea.

use std::collections::BTreeMap;

/// The eight digits by which the ministry names a dong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DongCode(String);

impl DongCode {
    /// Eight digits, or ten that end in two zeros.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim();
        let digits = match digits.len() {
            10 => digits.strip_suffix("00")?,
            8 => digits,
            _ => return None,
        };
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| Self(digits.to_owned()))
    }

    /// The eight digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The dongs of the district, for telling a known code from a wrong one.
#[derive(Debug, Clone, Default)]
pub struct DongDirectory {
    district: String,
    by_statistics_code: BTreeMap<String, DongCode>,
    by_name: BTreeMap<String, DongCode>,
    own: std::collections::BTreeSet<DongCode>,
}

impl DongDirectory {
    /// `rows` are (8-digit code, 7-digit code or empty, Korean name).
    pub fn new(district: &str, rows: impl IntoIterator<Item = (String, String, String)>) -> Self {
        let mut directory = Self { district: district.to_owned(), ..Self::default() };
        for (code, statistics_code, name) in rows {
            let Some(code) = DongCode::parse(&code) else { continue };
            if !statistics_code.is_empty() {
                directory.by_statistics_code.insert(statistics_code, code.clone());
            }
            if code.as_str().starts_with(district) {
                directory.by_name.insert(plain_name(&name), code.clone());
                directory.own.insert(code);
            }
        }
        directory
    }

    /// The dong that a code of 7, 8 or 10 digits names. A dong of another district is taken as it stands; a code of
    /// this district that nobody knows is a mistake.
    pub fn resolve(&self, text: &str) -> Result<DongCode, String> {
        let text = text.trim();
        if text.len() == 7 && text.bytes().all(|b| b.is_ascii_digit()) {
            return self
                .by_statistics_code
                .get(text)
                .cloned()
                .ok_or_else(|| format!("the 7-digit dong code {text} is not in the code table"));
        }
        let code =
            DongCode::parse(text).ok_or_else(|| format!("\"{text}\" is not a dong code of 7, 8 or 10 digits"))?;
        if code.as_str().starts_with(&self.district) && !self.own.is_empty() && !self.own.contains(&code) {
            return Err(format!("the district has no dong with the code {text}"));
        }
        Ok(code)
    }

    /// As [`Self::resolve`], in a file that holds this district alone: a dong of another one is a mistake.
    pub fn resolve_own(&self, text: &str) -> Result<DongCode, String> {
        let code = self.resolve(text)?;
        if !code.as_str().starts_with(&self.district) {
            return Err(format!("the dong {} lies in another district", code.as_str()));
        }
        Ok(code)
    }

    /// The dong of this district with that name, however its number is written.
    pub fn named(&self, name: &str) -> Option<DongCode> {
        self.by_name.get(&plain_name(name)).cloned()
    }
}

/// "노량진제1동", "노량진 1동" and "노량진1동" are one name; "·" may arrive as "?" or ".".
fn plain_name(name: &str) -> String {
    let mut plain: String =
        name.chars().filter(|c| !c.is_whitespace()).map(|c| if matches!(c, '?' | '.') { '·' } else { c }).collect();
    if let Some(at) = plain.find('제')
        && plain[at + '제'.len_utf8()..].starts_with(|c: char| c.is_ascii_digit())
    {
        plain.remove(at);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> DongDirectory {
        DongDirectory::new("11590", [("1159051000".to_owned(), "1120051".to_owned(), "노량진제1동".to_owned())])
    }

    #[test]
    fn seven_eight_and_ten_digits_name_the_same_dong() {
        for text in ["1120051", "11590510", "1159051000", " 11590510 "] {
            assert_eq!(directory().resolve(text).unwrap().as_str(), "11590510", "{text}");
        }
    }

    #[test]
    fn a_dong_of_another_district_is_taken_and_an_unknown_one_of_this_is_not() {
        assert_eq!(directory().resolve("11110515").unwrap().as_str(), "11110515");
        for wrong in ["11590999", "1159051001", "9999999", "노량진", ""] {
            assert!(directory().resolve(wrong).is_err(), "{wrong}");
        }
        assert!(directory().resolve_own("11110515").unwrap_err().contains("another district"));
        assert_eq!(directory().resolve_own("1120051"), directory().resolve("11590510"));
    }

    #[test]
    fn a_name_is_found_however_its_number_is_written() {
        for name in ["노량진제1동", "노량진1동", "노량진 1동", "노량진 제1동"] {
            assert!(directory().named(name).is_some(), "{name}");
        }
    }
}
