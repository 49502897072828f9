//! What a run about childcare may be asked to do otherwise. How few posts may stand behind a count is no wish of clients.

use async_graphql::InputObject;
use serde::{Serialize, Serializer};

use super::voice::MentionGrain;
use crate::childcare::analysis::Grain;

/// One zone around a centre.
#[derive(InputObject, Debug, Clone, Copy, Serialize)]
#[graphql(name = "CareZoneInput")]
#[serde(into = "(f64, f64)")]
pub struct CareZoneInput {
    /// Outer edge in metres, 1 to 20,000; larger than that of the zone before.
    upper_m: f64,
    /// Weight of a place in it, 0 to 1.
    weight: f64,
}

impl From<CareZoneInput> for (f64, f64) {
    fn from(zone: CareZoneInput) -> Self {
        (zone.upper_m, zone.weight)
    }
}

/// Where care is missing: parameters of a run about childcare. What is left out keeps its default.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "CareParametersInput")]
#[serde(rename_all = "camelCase")]
pub struct CareParametersInput {
    /// Reachable places for each child that count as enough, 0.05 to 1; 0.6 by default.
    need: Option<f64>,
    /// Reachable part-time places for each child that count as enough, 0.001 to 1; 0.03 by default, a judgement.
    part_time_need: Option<f64>,
    /// Part-time places of a centre that offers part-time care, 1 to 100; 3 by default, a judgement.
    part_time_places: Option<f64>,
    /// Kinds of centres that count as public, 1 to 20 of them as the file writes them.
    public_kinds: Option<Vec<String>>,
    /// A neighbourhood with no more children than this is no desert, 0 to 100,000; 50 by default.
    desert_children: Option<i32>,
    /// More children than this for each place are a desert, 1 to 100; 3 by default.
    desert_children_per_place: Option<f64>,
    /// Reach of the one circle of 2SFCA in metres, 50 to 20,000; 1,000 by default.
    circle_m: Option<f64>,
    /// Reach of the Gaussian curve in metres, 50 to 20,000; 1,500 by default.
    gaussian_m: Option<f64>,
}

/// Who is vulnerable: parameters of a run about childcare. What is left out keeps its default.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "VulnerabilityParametersInput")]
#[serde(rename_all = "camelCase")]
pub struct VulnerabilityParametersInput {
    /// Weights of the seven components in their order, each from 0 to 1, not all 0.
    weights: Option<Vec<f64>>,
    /// Draws behind the ranges of ranks, 100 to 20,000; 2,000 by default.
    draws: Option<i32>,
}

/// Parameters of a run about childcare (육아·보육 분석 매개변수). What is left out keeps its default.
#[derive(InputObject, Debug, Default, Serialize)]
#[graphql(name = "ChildcareParametersInput")]
#[serde(rename_all = "camelCase")]
pub struct ChildcareParametersInput {
    /// Zones around a centre from the inside out, 1 to 10; up to 500, 1,000 and 1,500 m by default.
    zones: Option<Vec<CareZoneInput>>,
    /// Walking distance over straight distance, 1 to 3; 1.3 by default.
    detour: Option<f64>,
    /// Length of the periods of volumes; MONTH by default.
    #[serde(serialize_with = "as_parameter")]
    grain: Option<MentionGrain>,
    /// Where care is missing.
    care: Option<CareParametersInput>,
    /// Who is vulnerable.
    vulnerability: Option<VulnerabilityParametersInput>,
}

fn as_parameter<S: Serializer>(grain: &Option<MentionGrain>, serializer: S) -> Result<S::Ok, S::Error> {
    grain.map(Grain::from).serialize(serializer)
}
