//! The text of a query before it is parsed: how long, how deep, and no field of an input twice.
//!
//! One pass over the bytes. The parser keeps only the last of two fields with the same name in an input object, so
//! this is the only place where both can still be seen.

use std::collections::HashSet;

use crate::config::QueryLimits;
use crate::error::{Error, Result, grouped};

/// Most braces, brackets and parentheses open at once, so that the parser's own stack stays shallow.
pub const DEEPEST_BRACES: usize = 64;

enum Open<'a> {
    Selection,
    Arguments,
    List,
    Input(HashSet<&'a str>),
}

/// Refuses text that is too long or too deep to be parsed safely, or that names an input field twice.
pub fn check(query: &str, limits: &QueryLimits) -> Result<()> {
    let bytes = query.as_bytes();
    let (mut at, mut tokens, mut directives) = (0, 0_usize, 0_usize);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut inside_arguments = 0_usize;
    let mut name = None;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | 0xef | 0xbb | 0xbf => continue,
            b'#' => {
                at += rest(bytes, at).iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count();
                continue;
            }
            b'"' => at = end_of_string(bytes, start),
            b'{' if inside_arguments > 0 => open.push(Open::Input(HashSet::new())),
            b'{' => open.push(Open::Selection),
            b'[' => open.push(Open::List),
            b'(' => {
                inside_arguments += 1;
                open.push(Open::Arguments);
            }
            b'}' | b']' | b')' => {
                if let Some(Open::Arguments) = open.pop() {
                    inside_arguments -= 1;
                }
            }
            b'@' => directives += 1,
            b':' => {
                if let (Some(Open::Input(fields)), Some(field)) = (open.last_mut(), name)
                    && !fields.insert(field)
                {
                    return Err(Error::bad_input(format!("The input field {field} is given twice."))
                        .in_korean(format!("입력 필드 {field}이(가) 두 번 주어졌습니다.")));
                }
            }
            _ => at += rest(bytes, at).iter().take_while(|b| is_word(**b)).count(),
        }
        name = is_word(*byte).then(|| query.get(start..at)).flatten();
        tokens += 1;
        for (what, ko, found, most) in [
            ("words and signs", "토큰", tokens, limits.tokens),
            ("directives", "지시자", directives, limits.directives),
            ("levels of brackets", "겹 괄호", open.len(), DEEPEST_BRACES),
        ] {
            if found > most {
                let most = grouped(most);
                return Err(Error::bad_input(format!("The query has more than {most} {what}."))
                    .in_korean(format!("질의의 {ko} 수가 한도 {most}을(를) 넘습니다.")));
            }
        }
    }
    Ok(())
}

fn rest(bytes: &[u8], at: usize) -> &[u8] {
    bytes.get(at..).unwrap_or_default()
}

/// Letters, digits, `_`, the signs of numbers, and whatever is not ASCII: the parser judges it.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'.') || !byte.is_ascii()
}

/// The place after a string that begins at `start`; the end of the line or of the text when it is not closed.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let block = rest(bytes, start).starts_with(b"\"\"\"");
    let mut at = start + if block { 3 } else { 1 };
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if block && rest(bytes, at).starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at += 2,
            b'"' if block && rest(bytes, at).starts_with(b"\"\"\"") => return at + 3,
            b'"' if !block => return at + 1,
            b'\n' | b'\r' if !block => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(query: &str) -> Option<String> {
        check(query, &QueryLimits::default()).err().map(|e| e.outside().to_owned())
    }

    #[test]
    fn deep_nesting_is_refused_before_the_parser_sees_it() {
        assert!(refused(&"{a".repeat(20_000)).is_some());
        assert_eq!(refused("{ a(text: \"((((((((((\") { b } # {{{{{{{\n }"), None);
        assert_eq!(refused(&format!("{{ a(text: \"\"\"{}\"\"\") }}", "{\"".repeat(500))), None);
    }

    #[test]
    fn an_input_field_that_is_given_twice_is_refused_at_any_depth() {
        assert!(refused("{ a(box: {west: 1, west: 2}) }").is_some_and(|e| e.contains("west")));
        assert!(refused("query($f: F = {a: {b: 1 b: 2}}) { x }").is_some());
        assert!(refused("{ a(list: [{b: 1}, {c: 1, c: 1}]) }").is_some());
        // The same name in two objects, as a value, as an alias and as an argument is no repetition.
        assert_eq!(refused("{ a(list: [{b: b}, {b: b}], b: {b: 1}) { b: c c: b } }"), None);
    }

    #[test]
    fn many_words_and_many_directives_are_refused() {
        let limits = QueryLimits::default();
        assert!(refused(&format!("{{{}}}", "x ".repeat(limits.tokens))).is_some());
        assert_eq!(refused(&format!("{{{}}}", "x ".repeat(limits.tokens - 2))), None);
        assert!(refused(&format!("{{ x {} }}", "@a ".repeat(limits.directives + 1))).is_some());
    }

    #[test]
    fn text_that_is_no_graphql_is_left_to_the_parser() {
        for odd in ["", "}}}}", "\"", "\"\"\"", "\u{feff}{a}", "{가}", "\\", "\"\\"] {
            assert_eq!(refused(odd), None, "{odd:?}");
        }
    }
}
