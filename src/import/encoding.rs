//! Which letters are these? UTF-8 with or without a mark, else CP949.

use super::FileError;

/// An encoding of Korean public files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// With or without a byte order mark.
    Utf8,
    /// Windows code page 949, a superset of EUC-KR.
    Cp949,
}

impl Encoding {
    /// Reads the name in its usual spellings.
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
            "utf8" | "utf8sig" => Some(Self::Utf8),
            "cp949" | "euckr" | "ms949" | "windows949" | "uhc" => Some(Self::Cp949),
            _ => None,
        }
    }
}

/// The text of a file. Refuses what is not text.
pub fn decode(bytes: &[u8], forced: Option<Encoding>) -> Result<String, FileError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.is_empty() {
        return Err("The file is empty.".to_owned());
    }
    refuse_binary(bytes)?;
    let text = match forced {
        Some(Encoding::Utf8) => std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|e| format!("The file is not UTF-8: byte {} is wrong.", e.valid_up_to()))?,
        Some(Encoding::Cp949) => cp949(bytes)?,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => cp949(bytes)?,
        },
    };
    let start = text.trim_start().get(..200).unwrap_or(text.trim_start()).to_ascii_lowercase();
    if start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.starts_with("<?xml") && start.contains("<html")
    {
        return Err(
            "The file is a web page, not data: the download probably showed an error. Download it again.".to_owned()
        );
    }
    Ok(text)
}

fn cp949(bytes: &[u8]) -> Result<String, FileError> {
    let (text, _, wrong) = encoding_rs::EUC_KR.decode(bytes);
    if wrong {
        // A few unreadable letters in a large file are the portal's loss ("·" most often); many mean another encoding.
        let lost = text.chars().filter(|c| *c == '\u{fffd}').count();
        if lost * 1_000 > text.chars().count() {
            return Err("The file is neither UTF-8 nor CP949. Save it as UTF-8, or say --encoding.".to_owned());
        }
    }
    Ok(text.into_owned())
}

fn refuse_binary(bytes: &[u8]) -> Result<(), FileError> {
    const KNOWN: [(&[u8], &str); 6] = [
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x1f\x8b", "compressed; unpack it first"),
        (b"PK", "an archive; unpack it first"),
        (b"SQLite format 3", "a database"),
    ];
    if let Some((_, what)) = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(format!("The file is {what}, not a table."));
    }
    let head = &bytes[..bytes.len().min(4_096)];
    let control = head.iter().filter(|b| **b < 9 || (14..32).contains(*b)).count();
    if control * 20 > head.len() {
        return Err("The file is binary, not a table.".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_with_a_mark_and_cp949_read_alike() {
        let (cp949, _, _) = encoding_rs::EUC_KR.encode("관리번호,위도");
        assert_eq!(decode("\u{feff}관리번호,위도".as_bytes(), None).unwrap(), "관리번호,위도");
        assert_eq!(decode(&cp949, None).unwrap(), "관리번호,위도");
    }

    #[test]
    fn what_is_no_text_is_refused_with_a_sentence() {
        for (bytes, word) in [
            (&b""[..], "empty"),
            (&b"\xef\xbb\xbf"[..], "empty"),
            (&b"\x89PNG\r\n"[..], "picture"),
            (&b"<!DOCTYPE html><html>"[..], "web page"),
            (&[0_u8, 1, 2, 3, 4, 5, 6, 7][..], "binary"),
        ] {
            let error = decode(bytes, None).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
    }
}
