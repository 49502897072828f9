//! Where should the next service open? (보육 서비스 후보지)
//!
//! A candidate covers the children without a place in reach who live within walking reach of it. Of the candidates as
//! many are chosen as are asked for, so that together they cover most such children; the choice is exact. Beside it
//! stands the choice that makes the walk of all children to the nearest site shortest (p-median): when the two differ
//! much, covering most children leaves somebody far away.
//!
//! The choice works on millionths of a child and decimetres, whole numbers; what is shown is recomputed from the inputs.

mod explain;
mod request;
mod stability;

pub use explain::{PlannedSite, SitePlan, plan};
pub use request::{CheckedRequest, SiteRequest};

use serde::{Deserialize, Serialize};

use super::{CareKind, CellCare};
use crate::error::{Sentence, both, grouped};
use crate::siting::median::{Costs, Instance, Terms, TermsError, covering, walking};
use crate::siting::{Point, SpecError, decimetres};

/// Whole units in one child.
const SCALE: f64 = 1e6;

/// A building in which a service could open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteCandidate {
    /// Id in the source.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Easting and northing in metres.
    pub at: (f64, f64),
    /// Longitude and latitude.
    pub place: (f64, f64),
    /// The dong around it; `None` beyond the border.
    pub dong: Option<String>,
    /// Cost of opening, where the file says.
    pub cost_won: Option<u64>,
    /// Fit for all-day and for part-time care.
    pub fit: [bool; 2],
}

/// Everything that choosing sites needs, whatever is asked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Siting {
    /// Codes of the dongs.
    pub dongs: Vec<String>,
    /// Cells with children.
    pub cells: Vec<CellCare>,
    /// Candidates by id.
    pub candidates: Vec<SiteCandidate>,
    /// All-day and part-time places for each child that count as enough.
    pub needs: [f64; 2],
    /// Walking distance over straight distance.
    pub detour: f64,
    /// By dong: posts that complain about childcare; `None` where the number may not be shown.
    pub complaints: Vec<Option<u64>>,
}

/// Why no plan can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Two that must be chosen stand too close to each other.
    #[error("{0} and {1} must both be chosen, but stand closer to each other than the least distance.")]
    TooClose(String, String),
    /// Those that must be chosen cost too much.
    #[error("The sites that must be chosen cost {} won, but the budget is {} won.", grouped(.price), grouped(.budget))]
    TooDear {
        /// What they cost.
        price: u64,
        /// The budget.
        budget: u64,
    },
    /// Coordinates or weights that cannot be counted.
    #[error("The numbers of the run cannot be counted: {0}.")]
    Numbers(String),
}

impl From<PlanError> for Sentence {
    fn from(error: PlanError) -> Self {
        let korean = match &error {
            PlanError::TooClose(a, b) => {
                format!(
                    "{a}와(과) {b}는 모두 골라야 하지만 최소 거리보다 가깝습니다. apartMeters를 줄이거나 하나를 빼 주십시오."
                )
            }
            PlanError::TooDear { price, budget } => {
                let (price, budget) = (grouped(price), grouped(budget));
                format!(
                    "고정한 후보지의 비용 {price}원이 예산 {budget}원을 넘습니다. 예산을 늘리거나 일부를 빼 주십시오."
                )
            }
            PlanError::Numbers(_) => "이 분석 실행의 수치로는 계산할 수 없습니다. 운영자에게 알려 주십시오.".to_owned(),
        };
        both(error.to_string(), korean)
    }
}

impl From<SpecError> for PlanError {
    fn from(error: SpecError) -> Self {
        Self::Numbers(error.to_string())
    }
}

/// Children without a place in reach, cell by cell. Where nothing is known about what they can reach, nobody is counted.
fn unmet(cells: &[CellCare], kind: CareKind, need: f64) -> Vec<f64> {
    let of =
        |cell: &CellCare| cell.access[kind as usize].map_or(0.0, |access| (need - access).max(0.0) * cell.children);
    cells.iter().map(of).collect()
}

fn point(at: (f64, f64)) -> Result<Point, SpecError> {
    Ok(Point { x: decimetres(at.0)?, y: decimetres(at.1)? })
}

fn units(children: f64) -> u64 {
    (children * SCALE).round() as u64
}

/// Costs of covering: unmet children beyond the reach.
fn covering_costs(
    cells: &[CellCare],
    unmet: &[f64],
    sites: &[&SiteCandidate],
    reach_dm: u32,
) -> Result<Costs, PlanError> {
    let demand: Vec<(Point, u64)> = cells
        .iter()
        .zip(unmet)
        .map(|(cell, unmet)| Ok((point(cell.at)?, units(*unmet))))
        .collect::<Result<_, SpecError>>()?;
    let places = sites.iter().map(|site| point(site.at)).collect::<Result<Vec<_>, SpecError>>()?;
    Ok(covering(&demand, &places, reach_dm))
}

/// Costs of walking: children times straight metres.
fn walking_costs(cells: &[CellCare], sites: &[&SiteCandidate]) -> Costs {
    let demand: Vec<_> = cells.iter().map(|cell| (cell.at, units(cell.children))).collect();
    walking(&demand, &sites.iter().map(|site| site.at).collect::<Vec<_>>())
}

/// The terms of a request over the candidates that take part.
fn terms(request: &CheckedRequest, sites: &[&SiteCandidate]) -> Terms {
    let close = |a: &SiteCandidate, b: &SiteCandidate| {
        let (dx, dy) = (a.at.0 - b.at.0, a.at.1 - b.at.1);
        dx * dx + dy * dy < request.apart_m * request.apart_m
    };
    let pairs = (0..sites.len()).flat_map(|a| (a + 1..sites.len()).map(move |b| (a, b)));
    Terms {
        sites: request.sites,
        budget: request.budget_won.map(|won| (won, sites.iter().map(|site| site.cost_won.unwrap_or(0)).collect())),
        too_close: pairs.filter(|(a, b)| close(sites[*a], sites[*b])).collect(),
        fixed: (0..sites.len()).filter(|at| request.fixed.contains(&sites[*at].id)).collect(),
    }
}

fn instance(costs: Costs, terms: Terms, sites: &[&SiteCandidate]) -> Result<Instance, PlanError> {
    Instance::new(costs, terms).map_err(|error| match error {
        TermsError::TooClose(a, b) => PlanError::TooClose(sites[a].id.clone(), sites[b].id.clone()),
        TermsError::TooDear { price, budget } => PlanError::TooDear { price, budget },
        other => PlanError::Numbers(other.to_string()),
    })
}

#[cfg(test)]
mod tests;
