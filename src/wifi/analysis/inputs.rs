//! What the analysis asks for, and its settings.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::what_if::{ReachStep, WhatIf};
use crate::error::{Sentence, both, out_of_range, too_many};

/// Persons who may stand behind one masked count.
pub const MASKED_MOST: f64 = 3.0;

/// People in one hour of the day. What the source masks is kept apart from what it counts: it is 0 to 3 persons, and a
/// setting says how many are assumed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Presence {
    /// Persons counted.
    pub people: f64,
    /// Masked counts: 1 where the count of the hour is masked, a part of 1 where several places or days share it.
    pub masked: f64,
}

impl Presence {
    /// An hour as sources write it: a count, or nothing where it is masked. A count that is no number counts nobody.
    pub fn of(people: Option<f64>) -> Self {
        match people {
            Some(people) => Self { people: if people.is_finite() { people.max(0.0) } else { 0.0 }, masked: 0.0 },
            None => Self { people: 0.0, masked: 1.0 },
        }
    }

    /// A part of it.
    pub fn part(self, share: f64) -> Self {
        Self { people: self.people * share, masked: self.masked * share }
    }
}

/// People in one cell, persons present by hour.
#[derive(Debug, Clone, PartialEq)]
pub struct CellInput {
    /// Easting of the centre in metres.
    pub x_m: f64,
    /// Northing of the centre in metres.
    pub y_m: f64,
    /// Longitude and latitude of the centre, for areas that are drawn in them.
    pub place: Option<geo_types::Point<f64>>,
    /// The dong around it.
    pub dong: Option<String>,
    /// Share of its ground that everybody may enter (공공공간), 0 to 1: of its people so many can be served from outside, for
    /// they are taken to be spread evenly over it. `None` where no public space is known.
    pub public_share: Option<f64>,
    /// Hours 0 to 23 of a weekday.
    pub weekday: [Presence; 24],
    /// Hours 0 to 23 of a day at the weekend.
    pub weekend: [Presence; 24],
}

impl CellInput {
    /// Hours of which a count is masked.
    pub fn masked_hours(&self) -> usize {
        self.weekday.iter().chain(&self.weekend).filter(|hour| hour.masked > 0.0).count()
    }

    /// Takes weekdays and weekends as the same day where only one of them was counted.
    pub fn with_one_day(mut self, (weekdays, weekends): (bool, bool)) -> Self {
        match (weekdays, weekends) {
            (true, false) => self.weekend = self.weekday,
            (false, true) => self.weekday = self.weekend,
            _ => {}
        }
        self
    }
}

/// A facility that could carry an access point.
#[derive(Debug, Clone, PartialEq)]
pub struct CandidateInput {
    /// `bus_stop`, `streetlight`, ...
    pub kind: String,
    /// Id in the source.
    pub id: String,
    /// Name in the source.
    pub name: Option<String>,
    /// Easting in metres.
    pub x_m: f64,
    /// Northing in metres.
    pub y_m: f64,
    /// Longitude and latitude, carried along for whoever draws a map; nothing is computed with them.
    pub place: Option<geo_types::Point<f64>>,
    /// The dong around it.
    pub dong: Option<String>,
    /// What a site here costs, won, where the source says so.
    pub cost_won: Option<u64>,
}

/// An access point that works already.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AccessPointInput {
    /// Easting in metres.
    pub x_m: f64,
    /// Northing in metres.
    pub y_m: f64,
    /// Whether it stands inside a building, where its list says so.
    pub indoor: Option<bool>,
}

/// A request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestInput {
    /// `wifi`, `bus_stop`, `streetlight` or `other`.
    pub kind: String,
    /// Easting in metres.
    pub x_m: f64,
    /// Northing in metres.
    pub y_m: f64,
}

/// How people came to the cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Placement {
    /// The source counts them on a grid.
    #[default]
    Counted,
    /// The source counts them by dong; they were spread by floor area, and by area in dongs without buildings.
    ByFloorArea,
    /// The source counts them by dong; they were spread by area, for no buildings are known.
    ByArea,
}

/// What the source of the people leaves open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct People {
    /// How they came to the cells.
    pub placement: Placement,
    /// The source does not tell weekdays and weekends apart, or counts only one of them: both are taken as the same day.
    pub one_day: bool,
    /// It is known which ground is public space.
    pub knows_public_space: bool,
}

impl People {
    /// Whether the settings leave out whoever is not in public space.
    pub fn in_public_space(&self, params: &CheckedParams) -> bool {
        self.knows_public_space && params.public_space_only
    }
}

/// Everything that the analysis reads.
#[derive(Debug, Clone, Default)]
pub struct WifiInputs {
    /// Cells inside the district.
    pub cells: Vec<CellInput>,
    /// What the source of the people leaves open.
    pub people: People,
    /// Candidates inside the district.
    pub candidates: Vec<CandidateInput>,
    /// Access points, also beyond the border: their circles reach across it.
    pub access_points: Vec<AccessPointInput>,
    /// Requests.
    pub requests: Vec<RequestInput>,
}

impl CandidateInput {
    /// What it is called in settings: kind/id.
    pub fn name(&self) -> String {
        format!("{}/{}", self.kind, self.id)
    }
}

impl WifiInputs {
    /// The first facility that the settings exclude and that there is not: a misspelt name would be left out in silence.
    pub fn unknown<'a>(&self, params: &'a CheckedParams) -> Option<&'a String> {
        if params.excluded.is_empty() {
            return None;
        }
        let known: BTreeSet<String> = self.candidates.iter().map(CandidateInput::name).collect();
        params.excluded.iter().find(|name| !known.contains(*name))
    }
}

/// Settings as somebody may write them; what is left out keeps its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Params {
    /// Reach of an access point, metres.
    pub radius_m: f64,
    /// Sites to rank.
    pub sites: u32,
    /// Weight of each hour of the day, 0 to 1.
    pub hour_weights: Vec<f64>,
    /// Share of the days that are weekdays.
    pub weekday_share: f64,
    /// Persons assumed behind a masked count (3 or fewer), 0 to 3.
    pub masked_people: f64,
    /// Person-hours a day that one request counts for in the choice.
    pub request_weight: f64,
    /// Kinds of requests that count.
    pub request_kinds: Vec<String>,
    /// Kinds of facilities that may be chosen.
    pub candidate_kinds: Vec<String>,
    /// Facilities that must not be chosen, as kind/id. Written only where there are any, so that a run without them is the
    /// run that it was before there was this setting.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<String>,
    /// Whether access points that work already serve their surroundings.
    pub count_access_points: bool,
    /// Whether those of them that are said to stand inside a building do so as well. Written only where it is off, as
    /// `excluded`.
    #[serde(skip_serializing_if = "is_on")]
    pub count_indoor_access_points: bool,
    /// Whether of the people of a cell only those in public space count, where public space is known. Written only where
    /// it is off, as `excluded`.
    #[serde(skip_serializing_if = "is_on")]
    pub public_space_only: bool,
    /// Cost of one site by kind of facility where the source names none for the facility itself, won; 4,500,000 for a kind that is not named. Rough orders of size for
    /// planning, not prices of a tender.
    pub costs: BTreeMap<String, u64>,
    /// A plan to compute beside the list. Written only where there is one, as `excluded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanParams>,
}

/// A plan that a run computes: one that is too large for an answer at once, or that must stay as it is. Costs and excluded
/// facilities are those of the run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanParams {
    /// Number of sites; not together with a budget.
    pub sites: Option<i64>,
    /// Budget in won.
    #[serde(rename = "budget")]
    pub budget_won: Option<f64>,
    /// Least number of sites in each neighbourhood.
    #[serde(rename = "minimumPerNeighbourhood")]
    pub minimum_per_dong: i64,
    /// Facilities that must be chosen, as kind/id.
    pub fixed: Vec<String>,
    /// Steps of the reach; none means the radius counts in full.
    pub reach_steps: Vec<ReachStep>,
    /// Share of the demand that counts only with a second site in reach.
    pub second_cover_share: f64,
}

impl PlanParams {
    fn question(&self) -> WhatIf {
        WhatIf {
            sites: self.sites,
            budget_won: self.budget_won,
            minimum_per_dong: self.minimum_per_dong,
            fixed: self.fixed.clone(),
            steps: self.reach_steps.clone(),
            second_share: self.second_cover_share,
            ..WhatIf::default()
        }
    }
}

/// Costs where nobody says otherwise, won.
const DEFAULT_COSTS: [(&str, u64); 4] =
    [("bus_stop", 3_000_000), ("streetlight", 4_500_000), ("park", 6_000_000), ("subway_station", 6_000_000)];
/// Most facilities that may be excluded.
const MOST_EXCLUDED: usize = 1_000;
/// Cost of every other kind, won.
const OTHER_COST: u64 = 4_500_000;

impl Default for Params {
    fn default() -> Self {
        Self {
            radius_m: 100.0,
            sites: 100,
            hour_weights: vec![1.0; 24],
            weekday_share: 5.0 / 7.0,
            masked_people: MASKED_MOST / 2.0,
            request_weight: 50.0,
            request_kinds: vec!["wifi".to_owned()],
            candidate_kinds: vec!["bus_stop".to_owned(), "streetlight".to_owned()],
            excluded: Vec::new(),
            count_access_points: true,
            count_indoor_access_points: true,
            public_space_only: true,
            costs: DEFAULT_COSTS.into_iter().map(|(kind, won)| (kind.to_owned(), won)).collect(),
            plan: None,
        }
    }
}

fn is_on(setting: &bool) -> bool {
    *setting
}

/// Settings that make sense.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedParams {
    /// Reach in decimetres.
    pub radius_dm: u32,
    /// See [`Params`].
    pub sites: usize,
    /// See [`Params`].
    pub hour_weights: [f64; 24],
    /// See [`Params`].
    pub weekday_share: f64,
    /// See [`Params`].
    pub masked_people: f64,
    /// See [`Params`].
    pub request_weight: f64,
    /// See [`Params`].
    pub request_kinds: Vec<String>,
    /// See [`Params`].
    pub candidate_kinds: Vec<String>,
    /// See [`Params`].
    pub excluded: BTreeSet<String>,
    /// See [`Params`].
    pub count_access_points: bool,
    /// See [`Params`].
    pub count_indoor_access_points: bool,
    /// See [`Params`].
    pub public_space_only: bool,
    /// See [`Params`].
    pub costs: BTreeMap<String, u64>,
    /// See [`Params`].
    pub plan: Option<WhatIf>,
}

impl CheckedParams {
    /// Cost of a site on this facility, won: its own where the source says so, else that of its kind.
    pub fn cost(&self, candidate: &CandidateInput) -> u64 {
        candidate.cost_won.or_else(|| self.costs.get(&candidate.kind).copied()).unwrap_or(OTHER_COST)
    }
}

impl Params {
    /// Checks every setting once. The error is a sentence with the allowed range.
    pub fn check(&self) -> Result<CheckedParams, Sentence> {
        if !(10.0..=500.0).contains(&self.radius_m) {
            return Err(out_of_range("radiusM", (10, 500), self.radius_m));
        }
        if !(1..=1_000).contains(&self.sites) {
            return Err(out_of_range("sites", (1, 1_000), self.sites));
        }
        let weights: [f64; 24] = self.hour_weights.as_slice().try_into().map_err(|_| {
            both("hourWeights must hold 24 numbers.", "hourWeights에는 0시부터 23시까지 숫자 24개를 주십시오.")
        })?;
        if let Some(weight) = weights.iter().find(|w| !(0.0..=1.0).contains(*w)) {
            return Err(out_of_range("hourWeights", (0, 1), weight));
        }
        if !(0.0..=1.0).contains(&self.weekday_share) {
            return Err(out_of_range("weekdayShare", (0, 1), self.weekday_share));
        }
        if !(0.0..=MASKED_MOST).contains(&self.masked_people) {
            return Err(out_of_range("maskedPeople", (0, 3), self.masked_people));
        }
        if !(0.0..=1_000_000.0).contains(&self.request_weight) {
            return Err(out_of_range("requestWeight", (0, 1_000_000), self.request_weight));
        }
        const KINDS: [&str; 4] = ["wifi", "bus_stop", "streetlight", "other"];
        if !self.request_kinds.iter().all(|k| KINDS.contains(&k.as_str())) {
            let known = KINDS.join(", ");
            return Err(both(
                format!("requestKinds may hold {known}."),
                format!("requestKinds에는 {known}만 줄 수 있습니다."),
            ));
        }
        if self.candidate_kinds.is_empty() {
            return Err(both("At least one kind of facility must be named.", "시설 종류를 하나 이상 주십시오."));
        }
        if self.excluded.len() > MOST_EXCLUDED {
            return Err(too_many("excluded", "excluded", MOST_EXCLUDED));
        }
        if let Some(won) = self.costs.values().find(|won| !(1..=10_000_000_000).contains(*won)) {
            return Err(out_of_range("costs", (1, 10_000_000_000_u64), won));
        }
        // At most 5,000, so the rounding is exact enough to a decimetre and never overflows.
        let radius_dm = (self.radius_m * 10.0).round() as u32;
        let plan = self.plan.as_ref().map(PlanParams::question);
        plan.as_ref().map_or(Ok(()), |plan| plan.check(radius_dm))?;
        Ok(CheckedParams {
            radius_dm,
            sites: self.sites as usize,
            hour_weights: weights,
            weekday_share: self.weekday_share,
            masked_people: self.masked_people,
            request_weight: self.request_weight,
            request_kinds: self.request_kinds.clone(),
            candidate_kinds: self.candidate_kinds.clone(),
            excluded: self.excluded.iter().cloned().collect(),
            count_access_points: self.count_access_points,
            count_indoor_access_points: self.count_indoor_access_points,
            public_space_only: self.public_space_only,
            costs: self.costs.clone(),
            plan,
        })
    }
}
