//! How good a yes-or-no decision is: hits, false alarms and misses; precision, recall and F1 (van Rijsbergen 1979).

/// Counts of decisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Said yes, and rightly.
    pub hits: usize,
    /// Said yes, and wrongly.
    pub false_alarms: usize,
    /// Said no, and wrongly.
    pub misses: usize,
}

impl Decisions {
    /// From pairs of what was said and what is.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Self {
        pairs.into_iter().fold(Self::default(), |mut counts, (said, is)| {
            match (said, is) {
                (true, true) => counts.hits += 1,
                (true, false) => counts.false_alarms += 1,
                (false, true) => counts.misses += 1,
                (false, false) => {}
            }
            counts
        })
    }

    /// Harmonic mean of precision and recall; 0 when there was nothing to find and nothing was said.
    pub fn f1(&self) -> f64 {
        let all = 2 * self.hits + self.false_alarms + self.misses;
        if all == 0 { 0.0 } else { 2.0 * self.hits as f64 / all as f64 }
    }

    /// Share of the yeses that were right.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.hits, self.hits + self.false_alarms)
    }

    /// Share of what is there that was found.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.hits, self.hits + self.misses)
    }
}

/// A part of a whole; `None` where the whole is nothing.
pub fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_those_by_pencil() {
        let found = Decisions::of([(true, true), (true, true), (true, false), (false, true), (false, false)]);
        assert_eq!((found.hits, found.false_alarms, found.misses), (2, 1, 1));
        assert_eq!((found.precision(), found.recall()), (Some(2.0 / 3.0), Some(2.0 / 3.0)));
        assert!((found.f1() - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(Decisions::default().precision(), None);
    }
}
