//! What in a text says nothing about its subject: names of places, and what stands where the names of people and centres
//! were. [시설] is no word about the building.

use std::ops::Range;

use super::Gazetteer;
use crate::text::mask::PersonalData;

/// Bytes that take no part in what a text says.
pub fn silent(text: &str, gazetteer: &Gazetteer) -> Vec<Range<usize>> {
    let mut ranges = gazetteer.spans(text);
    for kind in [PersonalData::Name, PersonalData::Facility] {
        ranges.extend(text.match_indices(kind.placeholder()).map(|(at, found)| at..at + found.len()));
    }
    ranges
}
