//! One column, many spellings.

/// The spelling under which columns are compared: no marks, no quotes, "_" for blanks and "~", "율" for "률", small
/// letters.
pub fn normalise(name: &str) -> String {
    name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '"' | '\''))
        .chars()
        .map(|c| match c {
            ' ' | '~' | '\u{a0}' => '_',
            '률' => '율',
            other => other.to_ascii_lowercase(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_column_are_equal() {
        for (a, b) in [
            (" 노드 ID ", "노드_id"),
            ("시간대_00~06_매출_금액", "시간대_00_06_매출_금액"),
            ("폐업_률", "폐업_율"),
            ("\u{feff}\"adm_cd\"", "ADM_CD"),
        ] {
            assert_eq!(normalise(a), normalise(b));
        }
    }
}
