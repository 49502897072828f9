//! Settings of where care is missing.

use serde::{Deserialize, Serialize};

use crate::childcare::analysis::access::{Catchment, Decay, Zone};
use crate::error::{Sentence, both, within};

/// Settings as somebody may write them; what is left out keeps its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct CareParams {
    /// Reachable places for each child that count as enough.
    pub need: f64,
    /// Reachable part-time places for each child that count as enough.
    pub part_time_need: f64,
    /// Part-time places of a centre that offers part-time care: files say whether, not how many.
    pub part_time_places: f64,
    /// Kinds of centres that count as public.
    pub public_kinds: Vec<String>,
    /// A dong with no more children than this is no desert.
    pub desert_children: u32,
    /// More children than this for each place are a desert.
    pub desert_children_per_place: f64,
    /// Reach of the one circle of 2SFCA in metres.
    pub circle_m: f64,
    /// Reach of the Gaussian curve in metres.
    pub gaussian_m: f64,
}

impl Default for CareParams {
    fn default() -> Self {
        Self {
            need: 0.6,
            // No source says how many children need part-time care; a judgement, to be set by the district.
            part_time_need: 0.03,
            // One class of part-time care; a judgement, to be set by the district.
            part_time_places: 3.0,
            public_kinds: ["국공립", "public"].map(str::to_owned).to_vec(),
            // Center for American Progress: more than 50 children and no place, or more than three for each place.
            desert_children: 50,
            desert_children_per_place: 3.0,
            circle_m: 1_000.0,
            gaussian_m: 1_500.0,
        }
    }
}

/// Settings that make sense, with their catchments.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedCare {
    /// All-day and part-time places for each child that count as enough.
    pub needs: [f64; 2],
    /// See [`CareParams`].
    pub part_time_places: f64,
    /// See [`CareParams`].
    pub public_kinds: Vec<String>,
    /// See [`CareParams`].
    pub desert_children: u32,
    /// Fewer reachable places for each child are a desert.
    pub desert_access: f64,
    /// E2SFCA: the method of every figure that does not name another.
    pub rings: Catchment,
    /// 2SFCA.
    pub circle: Catchment,
    /// 3SFCA.
    pub choosing: Catchment,
    /// Gaussian 2SFCA.
    pub curve: Catchment,
    /// Straight metres beyond which nothing is in reach.
    pub straight_reach_m: f64,
}

impl CareParams {
    /// Checks every setting once. The error is a sentence with the allowed range.
    pub fn check(&self, zones: &[Zone], detour: f64) -> Result<CheckedCare, Sentence> {
        within("care.need", (0.05, 1.0), self.need)?;
        within("care.partTimeNeed", (0.001, 1.0), self.part_time_need)?;
        within("care.partTimePlaces", (1.0, 100.0), self.part_time_places)?;
        if !(1..=20).contains(&self.public_kinds.len()) {
            return Err(both(
                "care.publicKinds must hold 1 to 20 kinds as the file writes them.",
                "care.publicKinds에는 파일에 적힌 대로 종류를 1~20개 주십시오.",
            ));
        }
        within("care.desertChildren", (0, 100_000), self.desert_children)?;
        within("care.desertChildrenPerPlace", (1.0, 100.0), self.desert_children_per_place)?;
        within("care.circleM", (50.0, 20_000.0), self.circle_m)?;
        within("care.gaussianM", (50.0, 20_000.0), self.gaussian_m)?;
        let rings = Catchment { decay: Decay::Zones(zones.to_vec()), choosing: false, detour };
        Ok(CheckedCare {
            needs: [self.need, self.part_time_need],
            part_time_places: self.part_time_places,
            public_kinds: self.public_kinds.clone(),
            desert_children: self.desert_children,
            desert_access: 1.0 / self.desert_children_per_place,
            circle: Catchment { decay: Decay::circle(self.circle_m), ..rings.clone() },
            choosing: Catchment { choosing: true, ..rings.clone() },
            curve: Catchment { decay: Decay::Gaussian { reach_m: self.gaussian_m }, ..rings.clone() },
            straight_reach_m: zones.last().map_or(0.0, |zone| zone.upper_m) / detour,
            rings,
        })
    }
}
