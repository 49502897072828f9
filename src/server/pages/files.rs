//! Files that are compiled into the program, and how a browser may keep them.

use std::sync::OnceLock;

use actix_web::http::header::{self, EntityTag, Header, IfNoneMatch};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

/// One file. Its tag is made from its bytes when somebody first asks for it.
pub struct File {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    tag: OnceLock<String>,
}

impl File {
    /// A file by its name in the address; the ending says what it is.
    pub const fn new(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        Self { name, media_type, bytes, tag: OnceLock::new() }
    }

    /// The file, or the word that the browser's copy is still right.
    ///
    /// The names stay the same from one version to the next, so a browser must ask each time: a page of one version
    /// with a script of another would fail in ways that nobody can explain.
    pub fn answer(&self, http: &HttpRequest, policy: Option<&'static str>) -> HttpResponse {
        let tag = EntityTag::new_strong(self.tag.get_or_init(|| short_digest(self.bytes)).clone());
        let unchanged = match IfNoneMatch::parse(http) {
            Ok(IfNoneMatch::Items(known)) => known.iter().any(|k| k.weak_eq(&tag)),
            Ok(IfNoneMatch::Any) | Err(_) => false,
        };
        let mut answer = if unchanged { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "no-cache"));
        if let Some(policy) = policy {
            answer.insert_header((header::CONTENT_SECURITY_POLICY, policy));
        }
        if unchanged { answer.finish() } else { answer.content_type(self.media_type).body(self.bytes) }
    }
}

/// The file of this name.
pub fn find<'a>(files: &'a [File], name: &str) -> Option<&'a File> {
    files.iter().find(|file| file.name == name)
}

fn short_digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    static FILE: File = File::new("a.css", "text/css", b"a{}");

    #[test]
    fn a_browser_that_has_the_file_already_is_told_so_and_any_other_gets_it() {
        let first = FILE.answer(&TestRequest::get().to_http_request(), None);
        assert_eq!(first.status(), 200);
        let tag = first.headers().get(header::ETAG).expect("a tag").clone();
        let again =
            FILE.answer(&TestRequest::get().insert_header((header::IF_NONE_MATCH, tag)).to_http_request(), None);
        assert_eq!(again.status(), 304);
        let other = TestRequest::get().insert_header((header::IF_NONE_MATCH, "\"older\"")).to_http_request();
        assert_eq!(FILE.answer(&other, None).status(), 200);
    }

    #[test]
    fn other_bytes_have_another_tag() {
        assert_ne!(short_digest(b"a{}"), short_digest(b"b{}"));
    }
}
