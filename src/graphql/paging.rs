//! Pages of a list that does not change: `first` or `last` from 1 to 100, cursors bound to what was asked.
//!
//! The rows of a run never change, so a cursor may hold a position. It also holds a digest of the field, the run, the
//! filter and the order; a cursor of another list is refused, not silently misread.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result, both, out_of_range};

/// Most rows of one page.
pub const LARGEST_PAGE: i32 = 100;
/// Rows of a page when neither `first` nor `last` is given.
pub const DEFAULT_PAGE: i32 = 20;

/// The four arguments of every connection.
#[derive(Debug, Clone, Default)]
pub struct PageArguments {
    /// Rows from the start.
    pub first: Option<i32>,
    /// Only rows after this cursor.
    pub after: Option<String>,
    /// Rows from the end.
    pub last: Option<i32>,
    /// Only rows before this cursor.
    pub before: Option<String>,
}

/// A list as it was asked for: its cursors open no other list.
#[derive(Debug, Clone)]
pub struct List {
    digest: String,
    total: usize,
}

impl List {
    /// `asked` names field, run, filter and order; `total` counts the rows.
    pub fn new(asked: &str, total: usize) -> Self {
        let digest = Sha256::digest(asked.as_bytes());
        Self { digest: URL_SAFE_NO_PAD.encode(&digest[..6]), total }
    }

    /// Rows of the whole list.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The cursor of the row at `position`.
    pub fn cursor(&self, position: usize) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}:{position}", self.digest))
    }

    /// The rows of one page.
    pub fn page(&self, asked: &PageArguments) -> Result<Range<usize>> {
        let mut low = 0;
        let mut high = self.total;
        if let Some(after) = &asked.after {
            low = self.position(after)? + 1;
        }
        if let Some(before) = &asked.before {
            high = self.position(before)?.min(high);
        }
        low = low.min(self.total);
        high = high.max(low);
        match (asked.first, asked.last) {
            (Some(_), Some(_)) => Err(Error::bad_input(both(
                "Give either first or last, not both.",
                "first와 last는 함께 쓸 수 없습니다. 하나만 주십시오.",
            ))),
            (None, Some(last)) => Ok(high.saturating_sub(size("last", last)?).max(low)..high),
            (first, None) => Ok(low..high.min(low + size("first", first.unwrap_or(DEFAULT_PAGE))?)),
        }
    }

    fn position(&self, cursor: &str) -> Result<usize> {
        let foreign = || {
            Error::bad_input(both(
                "The cursor does not belong to this list; start again without it.",
                "이 목록의 커서가 아닙니다. 커서 없이 처음부터 다시 요청해 주십시오.",
            ))
        };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| foreign())?;
        let text = String::from_utf8(bytes).map_err(|_| foreign())?;
        let (digest, position) = text.split_once(':').ok_or_else(foreign)?;
        let position: usize = position.parse().map_err(|_| foreign())?;
        // "+3" is a number too, but not as it was given out.
        if digest != self.digest || position >= self.total || self.cursor(position) != cursor {
            return Err(foreign());
        }
        Ok(position)
    }
}

fn size(name: &str, asked: i32) -> Result<usize> {
    usize::try_from(asked)
        .ok()
        .filter(|n| (1..=LARGEST_PAGE).contains(&asked) && *n > 0)
        .ok_or_else(|| Error::bad_input(out_of_range(name, (1, LARGEST_PAGE), asked)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(n: i32) -> PageArguments {
        PageArguments { first: Some(n), ..Default::default() }
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_overlap() {
        let list = List::new("sites of run 1", 7);
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let page = list.page(&PageArguments { after: after.clone(), ..first(3) }).unwrap();
            if page.is_empty() {
                break;
            }
            after = Some(list.cursor(page.end - 1));
            seen.extend(page);
        }
        assert_eq!(seen, (0..7).collect::<Vec<_>>());
    }

    #[test]
    fn last_counts_from_the_end_and_before_cuts_it() {
        let list = List::new("x", 10);
        let last = PageArguments { last: Some(4), ..Default::default() };
        assert_eq!(list.page(&last).unwrap(), 6..10);
        assert_eq!(list.page(&PageArguments { before: Some(list.cursor(6)), ..last }).unwrap(), 2..6);
    }

    #[test]
    fn a_foreign_forged_or_cut_cursor_is_refused() {
        let list = List::new("sites of run 1", 10);
        let foreign = List::new("sites of run 2", 10).cursor(3);
        let own = list.cursor(3);
        let otherwise = URL_SAFE_NO_PAD.encode(format!("{}:+3", list.digest));
        for cursor in [foreign.as_str(), &own[..own.len() - 2], "3", "", &otherwise] {
            let asked = PageArguments { after: Some(cursor.to_owned()), ..Default::default() };
            assert!(list.page(&asked).is_err(), "{cursor}");
        }
    }

    #[test]
    fn sizes_outside_1_to_100_and_both_ends_at_once_are_refused() {
        let list = List::new("x", 10);
        for wrong in [-1, 0, 101, i32::MAX] {
            assert!(list.page(&first(wrong)).is_err(), "{wrong}");
        }
        assert!(list.page(&PageArguments { last: Some(1), ..first(1) }).is_err());
    }
}
