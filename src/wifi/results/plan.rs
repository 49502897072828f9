//! The plan of a run as it is kept. Its form is one of the database: it stays readable when the analysis changes.

use geo_types::Point;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::siting::Status;
use crate::wifi::analysis::{CandidateInput, PlannedDong, PlannedSite, WifiPlan};

#[derive(Serialize, Deserialize)]
struct StoredPlan {
    sites: Vec<StoredSite>,
    value: f64,
    range: Option<(f64, f64)>,
    bound: Option<f64>,
    greedy_value: f64,
    gap: Option<f64>,
    is_optimal: bool,
    cost_won: u64,
    requests_served: u32,
    /// None in plans that were kept before it was asked for.
    #[serde(default)]
    people: Option<f64>,
    #[serde(default)]
    dongs: Vec<StoredDong>,
}

#[derive(Serialize, Deserialize)]
struct StoredDong {
    code: String,
    sites: u32,
    demand: f64,
    today: f64,
    gain: f64,
}

#[derive(Serialize, Deserialize)]
struct StoredSite {
    kind: String,
    id: String,
    name: Option<String>,
    dong: Option<String>,
    metres: (f64, f64),
    degrees: Option<(f64, f64)>,
    gain: f64,
    cost_won: u64,
}

/// A plan as JSON.
pub(super) fn stored(plan: &WifiPlan) -> Result<Value> {
    let site = |site: &PlannedSite| StoredSite {
        kind: site.candidate.kind.clone(),
        id: site.candidate.id.clone(),
        name: site.candidate.name.clone(),
        dong: site.candidate.dong.clone(),
        metres: (site.candidate.x_m, site.candidate.y_m),
        degrees: site.candidate.place.map(|place| place.x_y()),
        gain: site.gain,
        cost_won: site.cost_won,
    };
    let dong = |dong: &PlannedDong| StoredDong {
        code: dong.code.clone(),
        sites: dong.sites,
        demand: dong.demand,
        today: dong.today,
        gain: dong.gain,
    };
    let stored = StoredPlan {
        sites: plan.sites.iter().map(site).collect(),
        value: plan.value,
        range: plan.range,
        bound: plan.bound,
        greedy_value: plan.greedy_value,
        gap: plan.gap,
        is_optimal: plan.status == Status::Optimal,
        cost_won: plan.cost_won,
        requests_served: plan.requests_served,
        people: plan.people,
        dongs: plan.dongs.iter().map(dong).collect(),
    };
    serde_json::to_value(stored).map_err(|e| Error::internal(format!("the plan of a run as JSON: {e}")))
}

/// JSON as the plan of a run.
pub(super) fn read(json: Value, run: i32) -> Result<WifiPlan> {
    let stored: StoredPlan =
        serde_json::from_value(json).map_err(|e| Error::internal(format!("the plan of run {run}: {e}")))?;
    let site = |site: StoredSite| PlannedSite {
        candidate: CandidateInput {
            kind: site.kind,
            id: site.id,
            name: site.name,
            x_m: site.metres.0,
            y_m: site.metres.1,
            place: site.degrees.map(Point::from),
            dong: site.dong,
            cost_won: None,
        },
        gain: site.gain,
        cost_won: site.cost_won,
    };
    let dong = |dong: StoredDong| PlannedDong {
        code: dong.code,
        sites: dong.sites,
        demand: dong.demand,
        today: dong.today,
        gain: dong.gain,
    };
    Ok(WifiPlan {
        sites: stored.sites.into_iter().map(site).collect(),
        value: stored.value,
        range: stored.range,
        bound: stored.bound,
        greedy_value: stored.greedy_value,
        gap: stored.gap,
        status: if stored.is_optimal { Status::Optimal } else { Status::Bounded },
        cost_won: stored.cost_won,
        requests_served: stored.requests_served,
        people: stored.people,
        dongs: stored.dongs.into_iter().map(dong).collect(),
    })
}
