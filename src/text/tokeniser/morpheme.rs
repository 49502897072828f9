//! What the tokeniser returns: one morpheme and what it is made of.

/// One morpheme of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Morpheme {
    /// The piece of the text.
    pub surface: String,
    /// The tag of the mecab-ko-dic tag set; joined by `+` where several words have melted together (`VV+EC`).
    pub tag: String,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends in the text, in bytes.
    pub end: usize,
    /// What it is made of, where the dictionary says so: `가/VV/*+아/EC/*`.
    pub expression: Option<String>,
}

impl Morpheme {
    /// The words in it with their tags: 했 (`VV+EP`) is 하 (`VV`) and 았 (`EP`), a plain word is itself.
    ///
    /// A compound with one tag (어린이집, `NNG`) stays one word: it is that word that people speak about.
    pub fn lemmas(&self) -> Vec<(&str, &str)> {
        let whole = || vec![(self.surface.as_str(), self.tag.as_str())];
        let Some(expression) = &self.expression else { return whole() };
        let parts: Option<Vec<(&str, &str)>> = expression
            .split('+')
            .map(|part| {
                let mut fields = part.split('/');
                Some((fields.next()?, fields.next()?))
            })
            .collect();
        match parts {
            Some(parts) if parts.len() == self.tag.split('+').count() => {
                parts.into_iter().filter(|(lemma, _)| !lemma.is_empty()).collect()
            }
            _ => whole(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn morpheme(surface: &str, tag: &str, expression: Option<&str>) -> Morpheme {
        let expression = expression.map(str::to_owned);
        Morpheme { surface: surface.to_owned(), tag: tag.to_owned(), start: 0, end: surface.len(), expression }
    }

    #[test]
    fn a_melted_word_gives_its_parts() {
        let went = morpheme("갔", "VV+EP", Some("가/VV/*+았/EP/*"));
        assert_eq!(went.lemmas(), [("가", "VV"), ("았", "EP")]);
    }

    #[test]
    fn an_irregular_stem_gives_its_dictionary_form() {
        assert_eq!(morpheme("깨달", "VV", Some("깨닫/VV/*")).lemmas(), [("깨닫", "VV")]);
    }

    #[test]
    fn a_compound_with_one_tag_stays_whole() {
        assert_eq!(morpheme("어린이집", "NNG", Some("어린이/NNG/*+집/NNG/*")).lemmas(), [("어린이집", "NNG")]);
    }

    #[test]
    fn a_plain_word_is_itself() {
        assert_eq!(morpheme("보육", "NNG", None).lemmas(), [("보육", "NNG")]);
    }

    #[test]
    fn a_part_without_letters_is_left_out() {
        let odd = morpheme("고양이로소이다", "NNG+VCP+EC", Some("고양이/NNG/*+/VCP/*+로소이다/EC/*"));
        assert_eq!(odd.lemmas(), [("고양이", "NNG"), ("로소이다", "EC")]);
    }
}
