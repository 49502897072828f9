//! The arithmetic of childcare: posts, children and centres in; volume, polarity and access out.
//!
//! Knows no database, no file and no clock. Word lists, place names and the tokeniser are handed in.

mod access;
mod mentions;
mod params;
mod place;
mod polarity;

pub use access::{Access, Point, Zone, accessibility};
pub use mentions::{Place, Reading, Tally, read_posts, tally};
pub use params::{CheckedParams, Params};
pub use place::{Attribution, Gazetteer};
pub use polarity::{Polarity, WordLists, polarity};

use std::collections::BTreeMap;

use crate::text::tokeniser::Tokeniser;

/// Version of the method: it changes whenever the same inputs would give other numbers.
pub const METHOD_VERSION: &str = "childcare-1";

/// A post after masking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostInput {
    /// Id in the source.
    pub id: String,
    /// Text after masking.
    pub text: String,
}

/// A dong with its children.
#[derive(Debug, Clone, PartialEq)]
pub struct DongInput {
    /// Eight digits.
    pub code: String,
    /// Registered children aged 0 to 5; `None` where no file says.
    pub children: Option<u32>,
    /// Cells inside the dong, over which its children are spread evenly; metres.
    pub cells: Vec<(f64, f64)>,
}

/// A daycare centre.
#[derive(Debug, Clone, PartialEq)]
pub struct CentreInput {
    /// Easting and northing in metres.
    pub at: (f64, f64),
    /// Licensed places.
    pub capacity: u32,
    /// The dong around it; `None` beyond the border.
    pub dong: Option<String>,
}

/// Everything that the analysis reads.
#[derive(Debug, Clone, Default)]
pub struct ChildcareInputs {
    /// Posts; `None` where none were imported, which is not the same as nobody speaking.
    pub posts: Option<Vec<PostInput>>,
    /// Dongs of the district.
    pub dongs: Vec<DongInput>,
    /// Centres, also beyond the border where the file has them; `None` where no file was imported.
    pub centres: Option<Vec<CentreInput>>,
    /// Place names.
    pub gazetteer: Gazetteer,
}

/// Care in one dong.
#[derive(Debug, Clone, PartialEq)]
pub struct Care {
    /// Registered children; `None` where no file says.
    pub children: Option<u32>,
    /// Licensed places of the centres inside; `None` where no file says.
    pub places: Option<u64>,
    /// Reachable places for each child, mean over its cells; `None` without children, cells or centres.
    pub accessibility: Option<f64>,
}

/// The answer to the question.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildcareResults {
    /// What is said, by dong and for the posts that belong to none; `None` without posts.
    pub tally: Option<Tally>,
    /// What care there is, by dong.
    pub care: BTreeMap<String, Care>,
    /// Reachable places for each child of the district: the mean over its children.
    pub district_accessibility: Option<f64>,
    /// Centres beyond the border took part. Without them, places near the border look scarcer than they are.
    pub has_neighbours: bool,
}

/// Answers the question.
pub fn analyse(
    inputs: &ChildcareInputs,
    params: &CheckedParams,
    words: &WordLists,
    tokeniser: &Tokeniser,
) -> ChildcareResults {
    let codes: Vec<String> = inputs.dongs.iter().map(|d| d.code.clone()).collect();
    let tally =
        inputs.posts.as_ref().map(|posts| tally(&read_posts(posts, words, &inputs.gazetteer, tokeniser), &codes));
    let centres = inputs.centres.as_deref().unwrap_or_default();
    let access =
        inputs.centres.as_ref().map(|centres| access_by_dong(&inputs.dongs, centres, params)).unwrap_or_default();
    let care: BTreeMap<String, Care> = inputs
        .dongs
        .iter()
        .map(|dong| {
            let inside =
                centres.iter().filter(|c| c.dong.as_ref() == Some(&dong.code)).map(|c| u64::from(c.capacity)).sum();
            let places = inputs.centres.as_ref().map(|_| inside);
            (
                dong.code.clone(),
                Care { children: dong.children, places, accessibility: access.get(&dong.code).copied() },
            )
        })
        .collect();
    let (reached, children) = care
        .values()
        .filter_map(|c| Some((c.accessibility?, f64::from(c.children?))))
        .fold((0.0, 0.0), |(reached, all), (access, children)| (reached + access * children, all + children));
    ChildcareResults {
        tally,
        care,
        district_accessibility: (children > 0.0).then(|| reached / children),
        has_neighbours: centres.iter().any(|c| c.dong.is_none()),
    }
}

/// Children are spread evenly over the cells of their dong, so the mean over cells is the mean over children.
fn access_by_dong(dongs: &[DongInput], centres: &[CentreInput], params: &CheckedParams) -> BTreeMap<String, f64> {
    let cells =
        dongs.iter().filter_map(|dong| dong.children.map(|children| (dong, children))).flat_map(|(dong, children)| {
            let weight = f64::from(children) / dong.cells.len() as f64;
            dong.cells.iter().map(move |at| (dong, Point { at: *at, weight }))
        });
    let (owners, demand): (Vec<&DongInput>, Vec<Point>) = cells.unzip();
    let supply: Vec<Point> = centres.iter().map(|c| Point { at: c.at, weight: f64::from(c.capacity) }).collect();
    let access = accessibility(&demand, &supply, &params.zones, params.detour);
    let mut sums = BTreeMap::<String, f64>::new();
    for (dong, reached) in owners.into_iter().zip(access.demand) {
        if dong.children.is_some_and(|n| n > 0) {
            *sums.entry(dong.code.clone()).or_default() += reached / dong.cells.len() as f64;
        }
    }
    sums
}

#[cfg(test)]
mod tests;
