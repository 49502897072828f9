//! Settings of the analysis.

use serde::{Deserialize, Serialize};

use super::access::Zone;
use super::care::{CareParams, CheckedCare};
use super::voice::Grain;
use super::vulnerability::VulnerabilityParams;
use crate::error::{Sentence, both, within};

/// Settings as somebody may write them; what is left out keeps its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
pub struct Params {
    /// Outer edge of each zone in metres, and its weight.
    pub zones: Vec<(f64, f64)>,
    /// Walking distance over straight distance.
    pub detour: f64,
    /// Posts that must stand behind a published count.
    pub min_posts: u64,
    /// Length of the periods of volumes: `week` or `month`.
    pub grain: Grain,
    /// Where care is missing.
    pub care: CareParams,
    /// Who is vulnerable.
    pub vulnerability: VulnerabilityParams,
}

impl Default for Params {
    fn default() -> Self {
        Self {
            zones: vec![(500.0, 1.0), (1_000.0, 0.68), (1_500.0, 0.22)],
            detour: 1.3,
            min_posts: 5,
            grain: Grain::Month,
            care: CareParams::default(),
            vulnerability: VulnerabilityParams::default(),
        }
    }
}

/// Settings that make sense.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedParams {
    /// Zones from the inside out.
    pub zones: Vec<Zone>,
    /// See [`Params`].
    pub detour: f64,
    /// See [`Params`].
    pub min_posts: u64,
    /// See [`Params`].
    pub grain: Grain,
    /// Where care is missing.
    pub care: CheckedCare,
}

impl Params {
    /// Checks every setting once. The error is a sentence with the allowed range.
    pub fn check(&self) -> Result<CheckedParams, Sentence> {
        let sound = |ok: bool, en: &str, ko: &str| if ok { Ok(()) } else { Err(both(en, ko)) };
        sound(
            (1..=10).contains(&self.zones.len()),
            "zones must hold 1 to 10 pairs of metres and weight.",
            "zones에는 미터와 가중치의 쌍을 1~10개 주십시오.",
        )?;
        let rising = self.zones.windows(2).all(|pair| pair[0].0 < pair[1].0);
        let in_range = self.zones.iter().all(|(m, w)| (1.0..=20_000.0).contains(m) && (0.0..=1.0).contains(w));
        sound(
            rising && in_range,
            "zones must rise from 1 to 20,000 metres, with weights from 0 to 1.",
            "zones는 1~20,000미터에서 점점 커지고, 가중치는 0~1이어야 합니다.",
        )?;
        within("detour", (1.0, 3.0), self.detour)?;
        sound(
            (5..=1_000).contains(&self.min_posts),
            "minPosts must be from 5 to 1,000: fewer could give a person away.",
            "minPosts는 5~1,000이어야 합니다. 더 적으면 개인이 드러날 수 있습니다.",
        )?;
        let zones: Vec<Zone> =
            self.zones.iter().map(|(upper_m, weight)| Zone { upper_m: *upper_m, weight: *weight }).collect();
        let care = self.care.check(&zones, self.detour)?;
        self.vulnerability.check()?;
        Ok(CheckedParams { zones, detour: self.detour, min_posts: self.min_posts, grain: self.grain, care })
    }
}
