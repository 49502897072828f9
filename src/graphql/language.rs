//! Korean and English: an argument beats the request's header, and Korean is the default.

use std::sync::Arc;

use async_graphql::{Context, Enum};

use super::Seen;

/// A language that names and reasons are written in.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "Language")]
pub enum Language {
    /// 한국어.
    Ko,
    /// English.
    En,
}

impl Language {
    /// The better of the two for an `Accept-Language` header. Korean when neither is wanted.
    pub fn from_header(header: Option<&str>) -> Self {
        let mut best = (Self::Ko, 0.0_f64);
        for part in header.unwrap_or("").split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or("").trim().to_ascii_lowercase();
            let quality = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=").map(str::to_owned))
                .and_then(|q| q.parse::<f64>().ok())
                .unwrap_or(1.0);
            let language = match tag.split('-').next() {
                Some("ko") => Self::Ko,
                Some("en") => Self::En,
                _ => continue,
            };
            // Strictly better only: of two equal wishes the first counts.
            if quality > best.1 {
                best = (language, quality);
            }
        }
        best.0
    }

    /// The argument if it was given, otherwise the language of the request.
    pub fn choose(argument: Option<Self>, ctx: &Context<'_>) -> Self {
        let chosen = argument.or_else(|| ctx.data_opt::<Self>().copied()).unwrap_or(Self::Ko);
        if let Some(seen) = ctx.data_opt::<Arc<Seen>>() {
            seen.language(chosen);
        }
        chosen
    }

    /// The tag of RFC 5646.
    pub fn tag(self) -> &'static str {
        self.pick("ko", "en")
    }

    /// Picks one of two texts.
    pub fn pick<'a>(self, ko: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Ko => ko,
            Self::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_chooses_the_wanted_language_and_korean_is_the_default() {
        for (header, wanted) in [
            (None, Language::Ko),
            (Some("en"), Language::En),
            (Some("en-GB,ko;q=0.5"), Language::En),
            (Some("en;q=0.3, ko-KR;q=0.9"), Language::Ko),
            (Some("fr,de"), Language::Ko),
            (Some("fr, en;q=0.1"), Language::En),
            (Some(";;;q=x,,"), Language::Ko),
        ] {
            assert_eq!(Language::from_header(header), wanted, "{header:?}");
        }
    }
}
