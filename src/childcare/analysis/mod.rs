//! The arithmetic of childcare: posts, children and centres in; volume, polarity and access out.
//!
//! Knows no database, no file and no clock. Posts come in as what a [`Listener`] has read
//! in them; to it word lists, place names and the tokeniser are handed in.

mod access;
mod care;
mod params;
mod sites;
mod usage;
mod voice;
mod vulnerability;

pub use access::{Access, Catchment, Decay, Point, Zone, accessibility};
pub use care::{CareParams, CareResults, CellCare, CheckedCare, DongCare, SUPPLIES, Supply};
pub use params::{CheckedParams, Params};
pub use sites::{CheckedRequest, PlanError, PlannedSite, SiteCandidate, SitePlan, SiteRequest, Siting, plan};
pub use usage::{CareKind, Usage, UseInput};
pub use voice::{
    Attribution, Counts, Cue, Cues, EarlierRun, Gazetteer, Grain, Group, Issue, Keyword, Kind, Labelled, Listener,
    Listening, Number, Piece, Pieces, Place, Polarity, PostInput, Reader, Reading, Strength, Tally, TrainingSettings,
    Validation, VoiceModel, Volumes, WordLists, general_accuracy, keywords, keywords_beside, pieces, read_posts, tally,
    train_general, train_posts, validate, volumes,
};
pub use vulnerability::{COMPONENTS, Evidence, RankedDong, Vulnerability, VulnerabilityParams, check_weights, rank};

use std::collections::BTreeMap;

/// Version of the method: it changes whenever the same inputs would give other numbers.
pub const METHOD_VERSION: &str = "childcare-6";

/// A dong with its children.
#[derive(Debug, Clone, PartialEq)]
pub struct DongInput {
    /// Eight digits.
    pub code: String,
    /// Registered children aged 0 to 5; `None` where no file says.
    pub children: Option<u32>,
    /// Cells inside the dong, over which its children are spread evenly.
    pub cells: Vec<CellInput>,
}

/// A cell of a dong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellInput {
    /// Easting and northing of its middle in metres.
    pub at: (f64, f64),
    /// Straight metres to the border of the district.
    pub border_m: f64,
}

/// A daycare centre of the district, or one on the map beyond its border.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CentreInput {
    /// Easting and northing in metres; `None` where the file does not say.
    pub at: Option<(f64, f64)>,
    /// Licensed places.
    pub capacity: u32,
    /// Children enrolled, where the file says.
    pub enrolled: Option<u32>,
    /// Children waiting, where the file says.
    pub waiting: Option<u32>,
    /// Kind as the file writes it.
    pub kind: Option<String>,
    /// Offers part-time care, where the file says.
    pub part_time: Option<bool>,
    /// The dong around it; `None` beyond the border and without a place.
    pub dong: Option<String>,
}

/// Everything that the analysis reads.
#[derive(Debug, Clone, Default)]
pub struct ChildcareInputs {
    /// What was read in the posts; `None` where none were imported, which is not the same as nobody speaking.
    pub readings: Option<Vec<Reading>>,
    /// What earlier runs did with the same posts.
    pub earlier: Vec<EarlierRun>,
    /// Dongs of the district.
    pub dongs: Vec<DongInput>,
    /// Centres, also beyond the border where the file has them; `None` where no file was imported.
    pub centres: Option<Vec<CentreInput>>,
    /// Use of places; empty where no file was imported.
    pub usage: Vec<UseInput>,
    /// Buildings in which a service could open; empty where no file was imported.
    pub candidates: Vec<SiteCandidate>,
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
    /// How much is said in each period; `None` without posts about the district.
    pub volumes: Option<Volumes>,
    /// The same posts in pieces, from which follows what may be shown beside earlier runs.
    pub pieces: Pieces,
    /// What earlier runs did with the same posts.
    pub earlier: Vec<EarlierRun>,
    /// Words that set groups of posts apart.
    pub keywords: BTreeMap<Group, Vec<Keyword>>,
    /// What care there is, by dong.
    pub care: BTreeMap<String, Care>,
    /// Reachable places for each child of the district: the mean over its children.
    pub district_accessibility: Option<f64>,
    /// Centres beyond the border took part. Without them, places near the border look scarcer than they are.
    pub has_neighbours: bool,
    /// Where care is missing.
    pub missing: CareResults,
    /// Use of places; `None` without a file of use.
    pub usage: Option<Usage>,
    /// What choosing sites needs; the complaints are added when it is known which of them may be shown.
    pub siting: Siting,
    /// What ranks of vulnerability rest on; complaints are added as above.
    pub evidence: Evidence,
}

/// Answers the question.
pub fn analyse(inputs: &ChildcareInputs, params: &CheckedParams) -> ChildcareResults {
    let codes: Vec<String> = inputs.dongs.iter().map(|d| d.code.clone()).collect();
    let readings = inputs.readings.as_deref();
    let missing = care::care(&inputs.dongs, inputs.centres.as_deref(), &params.care);
    let all = Supply::All as usize;
    let care = missing.dongs.iter().map(|(code, dong)| {
        // Sums of whole places are whole.
        let places = dong.places[all].map(|places| places as u64);
        (code.clone(), Care { children: dong.children, places, accessibility: dong.access[all] })
    });
    let centres = inputs.centres.as_deref();
    let evidence = vulnerability::evidence(&inputs.dongs, centres, &missing, &params.care, readings.is_some());
    let siting = Siting {
        dongs: codes.clone(),
        cells: missing.cells.clone(),
        candidates: inputs.candidates.clone(),
        needs: params.care.needs,
        detour: params.detour,
        complaints: vec![None; inputs.dongs.len()],
    };
    ChildcareResults {
        tally: readings.map(|readings| tally(readings, &codes)),
        volumes: readings.and_then(|readings| volumes(readings, &codes, params.grain)),
        pieces: readings.map(|r| pieces(r, &codes, params.grain, &inputs.earlier)).unwrap_or_default(),
        earlier: inputs.earlier.clone(),
        keywords: readings.map(|r| keywords_beside(r, &inputs.earlier)).unwrap_or_default(),
        care: care.collect(),
        district_accessibility: missing.district.access[all],
        has_neighbours: missing.has_neighbours,
        missing,
        usage: usage::usage(&inputs.usage),
        siting,
        evidence,
    }
}

#[cfg(test)]
mod tests;
