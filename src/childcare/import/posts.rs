//! Public posts: masked and without author before anything else sees them.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::childcare::tables::Post;
use crate::import::{FileError, Parsed, Refusal, Source};
use crate::run::record::hex;
use crate::text::mask::mask;

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    created_at: DateTime<chrono::FixedOffset>,
    channel: String,
    text: String,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    reposts: Option<i64>,
}

/// Posts as JSON Lines. The text is masked and the author hashed here, before anything else sees them.
pub fn posts(source: &Source) -> Result<Parsed<Post>, FileError> {
    let text = std::str::from_utf8(source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes))
        .map_err(|_| "Posts must be JSON Lines in UTF-8.")?;
    let first = text.lines().find(|line| !line.trim().is_empty()).ok_or("The file is empty.")?;
    let members: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(first).map_err(|_| "Posts must be JSON Lines: one JSON object a line.")?;
    let missing: Vec<&str> =
        ["id", "created_at", "channel", "text"].into_iter().filter(|name| !members.contains_key(*name)).collect();
    if !missing.is_empty() {
        return Err(format!(
            "The first line lacks {}. Posts need id, created_at, channel and text.",
            missing.join(", ")
        ));
    }
    // The same author has the same hash within a file, and another one in the next: enough to count authors.
    let salt = Sha256::digest(&source.bytes);
    let mut parsed =
        Parsed { layout: "json-lines", rows: Vec::new(), refused: Vec::new(), lines_read: 0, notes: Vec::new() };
    let mut seen = std::collections::BTreeSet::new();
    let mut masked = 0;
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        parsed.lines_read += 1;
        let read = read_line(text, &salt).and_then(|(post, was_masked)| {
            if seen.insert(post.id.clone()) {
                Ok((post, was_masked))
            } else {
                Err(format!("the id {} stands twice in the file", post.id))
            }
        });
        match read {
            Ok((post, was_masked)) => {
                masked += u32::from(was_masked);
                parsed.rows.push((line, post));
            }
            Err(reason) => parsed.refused.push(Refusal { line, reason, raw: text.to_owned() }),
        }
    }
    if masked > 0 {
        parsed.notes.push(format!("Personal data were masked in {masked} posts."));
    }
    Ok(parsed)
}

fn read_line(text: &str, salt: &[u8]) -> Result<(Post, bool), String> {
    // The message of the parser may quote the text; only its place is told.
    let line: Line =
        serde_json::from_str(text).map_err(|e| format!("the line is not a post: column {}", e.column()))?;
    let channel = match line.channel.as_str() {
        known @ ("cafe" | "blog" | "twitter" | "insta" | "news" | "other") => known,
        _ => "other",
    };
    if line.text.contains('\0') || line.id.contains('\0') {
        return Err("the text holds a NUL".to_owned());
    }
    if line.text.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    let masked = mask(&line.text);
    let changed = masked.text != line.text;
    let author_hash = line.author.filter(|a| !a.is_empty()).map(|author| {
        let mut hash = Sha256::new();
        hash.update(salt);
        hash.update(author.as_bytes());
        hex(&hash.finalize()[..16])
    });
    let post = Post {
        version_id: 0,
        id: line.id,
        created_at: line.created_at.with_timezone(&Utc),
        channel: channel.to_owned(),
        text_masked: masked.text,
        author_hash,
        reposts: line.reposts.and_then(|n| i32::try_from(n).ok()).filter(|n| *n >= 0).unwrap_or(0),
    };
    Ok((post, changed))
}
