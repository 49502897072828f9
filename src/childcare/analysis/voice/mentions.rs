//! Counting posts by place and polarity: each text once, adverts and other subjects left out.

use std::collections::BTreeMap;

use super::place::Attribution;
use super::reader::Reading;

/// Where a post is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A dong, by code.
    Dong(String),
    /// No dong, several, or a name that several share.
    Unresolved,
    /// Beyond the district.
    Outside,
}

/// Counts of positive, neutral and negative posts by place, and what was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// By dong, also those without posts.
    pub dongs: BTreeMap<String, [u64; 3]>,
    /// Posts that belong to no one dong.
    pub unresolved: [u64; 3],
    /// Posts about places beyond the district.
    pub outside: [u64; 3],
    /// Copies of earlier posts.
    pub duplicates: u64,
    /// Adverts and other subjects.
    pub left_out: u64,
}

/// Counts the readings. `dongs` are all codes of the district.
pub fn tally(readings: &[Reading], dongs: &[String]) -> Tally {
    let mut tally = Tally {
        dongs: dongs.iter().map(|code| (code.clone(), [0; 3])).collect(),
        unresolved: [0; 3],
        outside: [0; 3],
        duplicates: 0,
        left_out: 0,
    };
    for reading in readings {
        if reading.duplicate {
            tally.duplicates += 1;
            continue;
        }
        if !reading.relevant {
            tally.left_out += 1;
            continue;
        }
        let counts = match &reading.attribution {
            Attribution::One(code) => tally.dongs.entry(code.clone()).or_default(),
            Attribution::Outside => &mut tally.outside,
            _ => &mut tally.unresolved,
        };
        counts[reading.polarity as usize] += 1;
    }
    tally
}
