//! The Korean of the contract's sentences.
//!
//! Each translation belongs to one English paragraph word by word. When the paragraph changes, its translation no
//! longer fits and the English is shown, so the two can never say different things.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Korean by English paragraph.
const FILE: &str = include_str!("../../../assets/docs/korean.json");

/// The Korean of a paragraph, if it was translated.
pub fn korean(paragraph: &str) -> Option<&'static str> {
    translations().get(paragraph).map(String::as_str)
}

/// The Korean name inside a description such as "Childcare (육아·보육).".
pub fn korean_name(description: &str) -> Option<&str> {
    let (_, rest) = description.split_once('(')?;
    let (name, _) = rest.split_once(')')?;
    Some(name).filter(|name| name.chars().any(|c| ('가'..='힣').contains(&c)))
}

fn translations() -> &'static HashMap<String, String> {
    static READ: OnceLock<HashMap<String, String>> = OnceLock::new();
    READ.get_or_init(|| serde_json::from_str(FILE).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_korean_name_is_what_stands_in_brackets() {
        assert_eq!(korean_name("Childcare (육아·보육)."), Some("육아·보육"));
        assert_eq!(korean_name("Metres (m)."), None);
        assert_eq!(korean_name("Minutes."), None);
    }
}
