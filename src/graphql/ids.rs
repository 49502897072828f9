//! Opaque global ids: the type and the key of a thing, in base64url.
//!
//! The id of a thing that outlives runs (a neighbourhood, a facility) holds its natural key; the id of a result holds
//! its run. Clients must not look inside.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Makes the id of the thing `kind` with the natural key `key`.
pub fn encode(kind: &str, key: &str) -> async_graphql::ID {
    URL_SAFE_NO_PAD.encode(format!("{kind}:{key}")).into()
}

/// Splits an id into type and key. `None` when it is not one of ours.
pub fn decode(id: &str) -> Option<(String, String)> {
    let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (kind, key) = text.split_once(':')?;
    let well_formed = !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_alphabetic()) && !key.is_empty();
    well_formed.then(|| (kind.to_owned(), key.to_owned()))
}

/// Joins the parts of a key with slashes; a slash inside a part is escaped as in a JSON Pointer (RFC 6901).
pub fn join(parts: &[&str]) -> String {
    let escaped: Vec<String> = parts.iter().map(|part| part.replace('~', "~0").replace('/', "~1")).collect();
    escaped.join("/")
}

/// The parts of a key that was joined.
pub fn split(key: &str) -> Vec<String> {
    key.split('/').map(|part| part.replace("~1", "/").replace("~0", "~")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_type_and_key() {
        let id = encode("Neighbourhood", "11590510");
        assert_eq!(decode(&id), Some(("Neighbourhood".to_owned(), "11590510".to_owned())));
    }

    proptest::proptest! {
        #[test]
        fn parts_come_back_as_they_were_whatever_they_hold(parts in proptest::collection::vec("[a-z가-힣/~01 ]{0,6}", 1..6)) {
            let borrowed: Vec<&str> = parts.iter().map(String::as_str).collect();
            proptest::prop_assert_eq!(split(&join(&borrowed)), parts);
        }
    }

    #[test]
    fn a_forged_or_cut_id_is_nothing() {
        for wrong in ["", "1", "Neighbourhood:11590510", "TmVpZ2hib3VyaG9vZA", "\u{fffd}"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
