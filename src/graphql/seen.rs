//! What one request has touched so far; the server turns it into headers and `extensions`.

use std::sync::atomic::{AtomicBool, Ordering};

use super::language::Language;

/// Marks that resolvers leave while they work. Each is set once and never taken back.
#[derive(Debug, Default)]
pub struct Seen {
    synthetic: AtomicBool,
    newest: AtomicBool,
    fleeting: AtomicBool,
    korean: AtomicBool,
    english: AtomicBool,
}

impl Seen {
    /// Notes that the answer rests on generated data.
    pub fn synthetic(&self) {
        self.synthetic.store(true, Ordering::Relaxed);
    }

    /// Whether any part of the answer rests on generated data.
    pub fn is_synthetic(&self) -> bool {
        self.synthetic.load(Ordering::Relaxed)
    }

    /// Notes that the answer speaks of whatever is newest, so that a later publication may change it.
    pub fn newest(&self) {
        self.newest.store(true, Ordering::Relaxed);
    }

    /// Whether a later publication may change the answer.
    pub fn is_newest(&self) -> bool {
        self.newest.load(Ordering::Relaxed)
    }

    /// Notes that the answer may be another one in a moment, without any publication.
    pub fn fleeting(&self) {
        self.fleeting.store(true, Ordering::Relaxed);
    }

    /// Whether nobody may keep the answer.
    pub fn is_fleeting(&self) -> bool {
        self.fleeting.load(Ordering::Relaxed)
    }

    /// Notes a language in which something was written.
    pub fn language(&self, language: Language) {
        match language {
            Language::Ko => self.korean.store(true, Ordering::Relaxed),
            Language::En => self.english.store(true, Ordering::Relaxed),
        }
    }

    /// The languages of the answer for `Content-Language`; `asked` where nothing in it depends on a language.
    pub fn languages(&self, asked: Language) -> &'static str {
        match (self.korean.load(Ordering::Relaxed), self.english.load(Ordering::Relaxed)) {
            (true, true) => "ko, en",
            (true, false) => "ko",
            (false, true) => "en",
            (false, false) => asked.tag(),
        }
    }
}
