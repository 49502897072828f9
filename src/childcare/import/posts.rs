//! Public posts as JSON Lines: masked and without author before anything else sees them.
//!
//! One line at a time, so that a file of any length is read in the same memory.

use chrono::{DateTime, Datelike, Utc};
use sha2::{Digest, Sha256};

use crate::childcare::tables::Post;
use crate::error::grouped;
use crate::import::Line;
use crate::run::record::hex;
use crate::text::mask::mask;

/// Longest text of a post, in characters. Petitions have up to some ten thousand.
pub const LONGEST_TEXT: usize = 40_000;
/// Posts that claim to be older were dated wrongly.
const FIRST_YEAR: i32 = 1995;
/// What a post must have.
const MEMBERS: [&str; 4] = ["id", "created_at", "channel", "text"];
/// Where posts are written; any other place counts as `other`.
const CHANNELS: [&str; 6] = ["cafe", "blog", "twitter", "insta", "news", "other"];

#[derive(serde::Deserialize)]
struct Members {
    id: String,
    created_at: DateTime<chrono::FixedOffset>,
    channel: String,
    text: String,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    reposts: Option<i64>,
}

/// A post as it will be stored, and what was changed in it.
#[derive(Debug, Clone)]
pub struct ReadPost {
    /// The post.
    pub post: Post,
    /// Personal data were taken out.
    pub masked: bool,
    /// The channel is not one that is known.
    pub channel_unknown: bool,
}

/// Reads posts. `salt` goes into the hash of an author, so that nobody can try names; `now` tells the future.
#[derive(Debug, Clone)]
pub struct PostReader {
    salt: Vec<u8>,
    now: DateTime<Utc>,
}

impl PostReader {
    /// The same salt gives the same author the same hash, in every file.
    pub fn new(salt: Vec<u8>, now: DateTime<Utc>) -> Self {
        Self { salt, now }
    }

    /// The post of a line, `None` for a blank line, or a sentence that says why not and quotes nothing of it.
    pub fn read(&self, line: Line<'_>) -> Result<Option<ReadPost>, String> {
        let Line::Whole(bytes) = line else {
            return Err(format!("the line is longer than {} bytes", crate::import::LONGEST_LINE));
        };
        let text = std::str::from_utf8(bytes)
            .map_err(|e| format!("the line is not UTF-8: byte {} is wrong", e.valid_up_to() + 1))?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        let members: Members = serde_json::from_str(text).map_err(|e| why_not(text, &e))?;
        self.checked(members).map(Some)
    }

    fn checked(&self, members: Members) -> Result<ReadPost, String> {
        if [&members.text, &members.id, &members.channel].into_iter().any(|value| value.contains('\0')) {
            return Err("the post holds a NUL".to_owned());
        }
        if members.id.trim().is_empty() || members.id.len() > 200 {
            return Err("the id is empty, or longer than 200 bytes".to_owned());
        }
        if members.text.trim().is_empty() {
            return Err("the text is empty".to_owned());
        }
        if members.text.chars().nth(LONGEST_TEXT).is_some() {
            return Err(format!("the text is longer than {} characters", grouped(LONGEST_TEXT)));
        }
        let created_at = members.created_at.with_timezone(&Utc);
        if created_at > self.now {
            return Err(format!("created_at {} lies in the future", members.created_at.date_naive()));
        }
        if created_at.year() < FIRST_YEAR {
            return Err(format!("created_at {} lies before {FIRST_YEAR}", members.created_at.date_naive()));
        }
        let known = CHANNELS.into_iter().find(|channel| *channel == members.channel);
        let masked = mask(&members.text);
        let post = Post {
            version_id: 0,
            id: members.id,
            created_at,
            channel: known.unwrap_or("other").to_owned(),
            text_masked: Some(masked.text),
            author_hash: members.author.filter(|author| !author.is_empty()).map(|author| self.hash(&author)),
            reposts: members.reposts.and_then(|n| i32::try_from(n).ok()).filter(|n| *n >= 0).unwrap_or(0),
        };
        Ok(ReadPost { post, masked: !masked.found.is_empty(), channel_unknown: known.is_none() })
    }

    fn hash(&self, author: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.salt);
        hash.update(author.as_bytes());
        hex(&hash.finalize()[..16])
    }
}

/// The message of the parser may quote the text; only its place is told.
fn why_not(text: &str, error: &serde_json::Error) -> String {
    let Ok(members) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text) else {
        return format!("not a JSON object: posts are JSON Lines, one object a line (column {})", error.column());
    };
    let missing: Vec<&str> = MEMBERS.into_iter().filter(|name| !members.contains_key(*name)).collect();
    if missing.is_empty() {
        return format!("the line is not a post: column {}", error.column());
    }
    format!("the post lacks {}; posts need {}", missing.join(", "), MEMBERS.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &[u8]) -> Result<Option<ReadPost>, String> {
        let now = "2026-11-25T00:00:00Z".parse().unwrap();
        PostReader::new(b"salt".to_vec(), now).read(Line::Whole(line))
    }

    fn with_text(text: &str) -> Result<Option<ReadPost>, String> {
        let line = serde_json::json!({"id": "1", "created_at": "2021-03-01T09:00:00+09:00", "channel": "cafe", "text": text, "author": "a"});
        read(line.to_string().as_bytes())
    }

    #[test]
    fn a_line_that_is_no_post_is_refused_without_quoting_it() {
        for (line, reason) in [
            (&b"\xff\xfe{}"[..], "not UTF-8: byte 1"),
            (b"id\tdocument", "JSON Lines"),
            (br#"{"id":"1","text":"secret"}"#, "lacks created_at, channel;"),
            (br#"{"id":"1","created_at":"yesterday","channel":"cafe","text":"secret"}"#, "not a post: column"),
            (br#"{"id":"1","created_at":"2031-01-01T00:00:00Z","channel":"cafe","text":"secret"}"#, "in the future"),
            (br#"{"id":"1","created_at":"0001-01-01T00:00:00Z","channel":"cafe","text":"secret"}"#, "before 1995"),
            (br#"{"id":"","created_at":"2021-01-01T00:00:00Z","channel":"cafe","text":"secret"}"#, "id is empty"),
            (br#"{"id":"1","created_at":"2021-01-01T00:00:00Z","channel":"cafe","text":" "}"#, "text is empty"),
            (br#"{"id":"1","created_at":"2021-01-01T00:00:00Z","channel":"cafe","text":"\u0000"}"#, "NUL"),
        ] {
            let refusal = read(line).unwrap_err();
            assert!(refusal.contains(reason) && !refusal.contains("secret"), "{refusal}");
        }
        assert!(read(b"  ").unwrap().is_none());
        let now = "2026-11-25T00:00:00Z".parse().unwrap();
        assert!(PostReader::new(Vec::new(), now).read(Line::TooLong).unwrap_err().contains("longer than"));
    }

    #[test]
    fn odd_texts_are_taken_as_they_are_and_longer_ones_than_the_longest_refused() {
        let texts = [
            "가".repeat(20_000),
            "😀👍".to_owned(),
            "<script>alert(1)</script>".to_owned(),
            "'; DROP TABLE post; --".to_owned(),
        ];
        for text in texts {
            assert_eq!(with_text(&text).unwrap().unwrap().post.text_masked, Some(text));
        }
        assert!(with_text(&"가".repeat(LONGEST_TEXT + 1)).unwrap_err().contains("40,000 characters"));
    }

    #[test]
    fn an_unknown_channel_is_other_and_the_same_author_has_the_same_hash_under_the_same_salt() {
        let line = br#"{"id":"1","created_at":"2021-01-01T00:00:00Z","channel":"radio","text":"010-1234-5678","author":"mom"}"#;
        let read_with = |salt: &[u8]| {
            let now = "2026-11-25T00:00:00Z".parse().unwrap();
            PostReader::new(salt.to_vec(), now).read(Line::Whole(line)).unwrap().unwrap()
        };
        let found = read_with(b"one");
        assert_eq!((found.post.channel.as_str(), found.channel_unknown, found.masked), ("other", true, true));
        assert_eq!(found.post.author_hash, read_with(b"one").post.author_hash);
        assert_ne!(found.post.author_hash, read_with(b"two").post.author_hash);
    }
}
