//! What a run about Wi-Fi may be asked to do otherwise.

use std::collections::BTreeMap;

use async_graphql::InputObject;
use serde::{Serialize, Serializer};

use super::plan::{FacilityCostInput, ReachStepInput};
use crate::wifi::analysis::Params;

/// Parameters of a run about Wi-Fi (공공와이파이 분석 매개변수). What is left out keeps its default. Without the limits of an answer
/// at once: a run may hold as many facilities and cells as the district has.
#[derive(InputObject, Debug, Default, Serialize)]
#[graphql(name = "WifiParametersInput")]
#[serde(rename_all = "camelCase")]
pub struct WifiParametersInput {
    /// Reach of an access point in metres, 10 to 500, edge included; 100 by default.
    radius_m: Option<f64>,
    /// Sites to rank, 1 to 1,000; 100 by default.
    sites: Option<i32>,
    /// Weight of each hour of the day from 0 to 23: 24 numbers from 0 to 1; all 1 by default.
    hour_weights: Option<Vec<f64>>,
    /// Share of the days that are weekdays, 0 to 1; 5/7 by default.
    weekday_share: Option<f64>,
    /// Persons assumed behind a count that the source masks (비식별 처리, 3명 이하), 0 to 3; 1.5 by default.
    masked_people: Option<f64>,
    /// Person-hours a day that one request (설치 요청) counts for, 0 to 1,000,000; 50 by default.
    request_weight: Option<f64>,
    /// Kinds of requests that count: wifi, bus_stop, streetlight, other; only wifi by default.
    request_kinds: Option<Vec<String>>,
    /// Kinds of facilities that may be chosen, such as "bus_stop".
    #[serde(rename = "candidateKinds")]
    facility_kinds: Option<Vec<String>>,
    /// Facilities that must not be chosen, as kind/id such as "bus_stop/20101", at most 1,000.
    excluded: Option<Vec<String>>,
    /// Whether access points that work already serve their surroundings; true by default.
    count_access_points: Option<bool>,
    /// Whether those of them count that stand inside a building, where their list says so (실내); true by default.
    count_indoor_access_points: Option<bool>,
    /// Whether of the people of a cell only those in public space (공공공간) count, by its share of the ground of the cell;
    /// true by default. Without effect where no public-spaces were imported: then everybody counts, indoors too.
    public_space_only: Option<bool>,
    /// Cost of one site by kind of facility, 1 to 10,000,000,000 won; kinds that are not named keep their default.
    #[serde(serialize_with = "with_defaults")]
    costs: Option<Vec<FacilityCostInput>>,
    /// A plan to compute and keep, of any size and with more work for its proof than an answer at once may take; it is read
    /// by `wifiRunPlan`. None by default.
    plan: Option<WifiPlanParametersInput>,
}

/// A plan that a run computes beside its list (설치 계획). Radius, hours, weights, kinds, costs and excluded facilities are
/// those of the run.
#[derive(InputObject, Debug, Default, Serialize)]
#[graphql(name = "WifiPlanParametersInput")]
#[serde(rename_all = "camelCase")]
pub struct WifiPlanParametersInput {
    /// Number of sites, 1 to 1,000; not together with budget.
    sites: Option<i64>,
    /// Budget in won, from the cost of the cheapest candidate to 1,000,000,000,000; not together with sites.
    budget: Option<f64>,
    /// Least number of sites in each neighbourhood that has candidates, 0 to 50; 0 by default.
    minimum_per_neighbourhood: Option<i64>,
    /// Facilities that must be chosen, as kind/id such as "bus_stop/20101", at most 1,000.
    fixed: Option<Vec<String>>,
    /// Reach that fades step by step instead of the radius, 1 to 5 steps.
    reach_steps: Option<Vec<ReachStepInput>>,
    /// Share of the demand, 0 to 0.5, that counts only with a second site in reach (예비 접속); 0 by default.
    second_cover_share: Option<f64>,
}

fn with_defaults<S: Serializer>(costs: &Option<Vec<FacilityCostInput>>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(named) = costs else { return serializer.serialize_none() };
    let mut costs: BTreeMap<String, f64> =
        Params::default().costs.into_iter().map(|(kind, won)| (kind, won as f64)).collect();
    costs.extend(named.iter().map(FacilityCostInput::pair));
    // A cost below zero or beyond whole numbers stays what it is, so that the check of the run names it.
    let whole: BTreeMap<String, serde_json::Value> = costs
        .into_iter()
        .map(|(kind, won)| {
            let is_whole = won.fract() == 0.0 && (0.0..1e15).contains(&won);
            (kind, if is_whole { serde_json::json!(won as u64) } else { serde_json::json!(won) })
        })
        .collect();
    whole.serialize(serializer)
}
