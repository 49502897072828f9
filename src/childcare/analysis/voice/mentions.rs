//! Counting posts by place and polarity: each text once, adverts and other subjects left out.

use std::collections::BTreeMap;

use super::Issue;
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

impl Place {
    /// The place of an attribution.
    pub fn of(attribution: &Attribution) -> Self {
        match attribution {
            Attribution::One(code) => Self::Dong(code.clone()),
            Attribution::Outside => Self::Outside,
            Attribution::Ambiguous(_) | Attribution::Several(_) | Attribution::None => Self::Unresolved,
        }
    }
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
    /// Counts by issue and place: the dongs in their order, then the posts that belong to no one dong.
    pub issues: BTreeMap<Issue, Vec<[u64; 3]>>,
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
        issues: BTreeMap::new(),
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
        let place = Place::of(&reading.attribution);
        let row = match &place {
            Place::Dong(code) => dongs.iter().position(|dong| dong == code).unwrap_or(dongs.len()),
            Place::Unresolved | Place::Outside => dongs.len(),
        };
        let counts = match place {
            Place::Dong(code) if row < dongs.len() => tally.dongs.entry(code).or_default(),
            Place::Outside => &mut tally.outside,
            Place::Dong(_) | Place::Unresolved => &mut tally.unresolved,
        };
        counts[reading.polarity as usize] += 1;
        if Place::of(&reading.attribution) != Place::Outside {
            for (issue, polarity) in &reading.issues {
                let table = tally.issues.entry(*issue).or_insert_with(|| vec![[0; 3]; dongs.len() + 1]);
                table[row][*polarity as usize] += 1;
            }
        }
    }
    tally
}
