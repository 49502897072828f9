//! From people to ranked sites.
//!
//! The demand of a cell is Σ over hours of weight × persons, weekdays and weekends mixed by their share: person-hours a
//! day. A request counts as so many person-hours at its place. The choice works on thousandths of a person-hour, whole
//! numbers, so that the same inputs give the same list on every machine; what is shown is recomputed from the inputs.

use std::collections::BTreeSet;

use super::inputs::{CandidateInput, CellInput, CheckedParams, WifiInputs};
use crate::siting::coverage::Coverage;
use crate::siting::{Candidate, Limit, Point, Problem, SpecError, decimetres, plan, ranked};

/// Whole units in one person-hour.
const SCALE: f64 = 1_000.0;

/// One site of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedSite {
    /// The facility.
    pub candidate: CandidateInput,
    /// Person-hours a day of people that it adds to those before it.
    pub marginal_person_hours: f64,
    /// Person-hours a day of people that it would cover alone.
    pub standalone_person_hours: f64,
    /// Person-hours a day of people covered up to here.
    pub cumulative_person_hours: f64,
    /// The same as a share of what no access point serves; `None` when nothing is left.
    pub cumulative_share: Option<f64>,
    /// Requests in reach that no better site serves.
    pub requests_served: u32,
    /// Metres to the nearest access point; `None` when there are none.
    pub nearest_access_point_m: Option<f64>,
    /// Three busiest hours in reach, busiest first; fewer when fewer hours have people.
    pub top_hours: Vec<u8>,
}

/// The answer to the question.
#[derive(Debug, Clone, PartialEq)]
pub struct WifiResults {
    /// Best next first.
    pub sites: Vec<RankedSite>,
    /// Demand of all cells, person-hours a day.
    pub demand_person_hours: f64,
    /// Share of it that access points serve already; `None` without demand.
    pub served_share: Option<f64>,
    /// Person-hours of people that a plan of the same size covers after exchanges.
    pub plan_person_hours: f64,
    /// Facilities that could have been chosen.
    pub candidates: usize,
    /// Hours of cells that were masked and count nothing.
    pub masked_hours: usize,
}

struct Demand {
    at: Point,
    person_hours: f64,
    requests: u32,
    by_hour: [f64; 24],
}

/// Answers the question. Fails only on coordinates that are no numbers.
pub fn analyse(inputs: &WifiInputs, params: &CheckedParams) -> Result<WifiResults, SpecError> {
    let point = |x: f64, y: f64| Ok::<Point, SpecError>(Point { x: decimetres(x)?, y: decimetres(y)? });
    let candidates = one_per_place(inputs, params, point)?;
    let places: Vec<Point> = candidates.iter().map(|(at, _)| *at).collect();
    let existing = if params.count_access_points {
        inputs.access_points.iter().map(|a| point(a.x_m, a.y_m)).collect::<Result<Vec<_>, _>>()?
    } else {
        Vec::new()
    };
    let mut demand = Vec::with_capacity(inputs.cells.len() + inputs.requests.len());
    for cell in &inputs.cells {
        let by_hour = hours(cell, params);
        demand.push(Demand {
            at: point(cell.x_m, cell.y_m)?,
            person_hours: by_hour.iter().sum(),
            requests: 0,
            by_hour,
        });
    }
    for request in inputs.requests.iter().filter(|r| params.request_kinds.contains(&r.kind)) {
        demand.push(Demand {
            at: point(request.x_m, request.y_m)?,
            person_hours: 0.0,
            requests: 1,
            by_hour: [0.0; 24],
        });
    }
    let weighted: Vec<(Point, u64)> = demand
        .iter()
        .map(|d| (d.at, ((d.person_hours + f64::from(d.requests) * params.request_weight) * SCALE).round() as u64))
        .collect();
    let limit = Limit::Sites(params.sites);
    let choice = places.iter().map(|at| Candidate { at: *at, cost: 1 }).collect();
    let problem = Problem::new(&weighted, choice, &existing, params.radius_dm, limit)?;
    let served = Coverage::new(&existing, params.radius_dm);
    let open: Vec<&Demand> = demand.iter().filter(|d| !served.covers_any(d.at)).collect();
    let all: f64 = demand.iter().map(|d| d.person_hours).sum();
    let left: f64 = open.iter().map(|d| d.person_hours).sum();
    let steps = ranked(&problem, limit);
    let sites =
        explain(&steps.iter().map(|s| s.candidate).collect::<Vec<_>>(), &candidates, &open, &existing, left, params);
    let planned: Vec<Point> =
        plan(&problem, limit).sites.iter().filter_map(|s| places.get(s.candidate).copied()).collect();
    let plan_reach = Coverage::new(&planned, params.radius_dm);
    let masked = |c: &CellInput| c.weekday.iter().chain(&c.weekend).filter(|h| h.is_none()).count();
    Ok(WifiResults {
        sites,
        demand_person_hours: all,
        served_share: (all > 0.0).then(|| 1.0 - left / all),
        plan_person_hours: open.iter().filter(|d| plan_reach.covers_any(d.at)).map(|d| d.person_hours).sum(),
        candidates: candidates.len(),
        masked_hours: inputs.cells.iter().map(masked).sum(),
    })
}

/// Facilities of the wanted kinds, by kind and id; of two at the same place (a lamp and a stop on one pole) the first.
fn one_per_place<'a>(
    inputs: &'a WifiInputs,
    params: &CheckedParams,
    point: impl Fn(f64, f64) -> Result<Point, SpecError>,
) -> Result<Vec<(Point, &'a CandidateInput)>, SpecError> {
    let mut wanted: Vec<&CandidateInput> =
        inputs.candidates.iter().filter(|c| params.candidate_kinds.contains(&c.kind)).collect();
    wanted.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
    let mut taken = BTreeSet::new();
    let mut kept = Vec::with_capacity(wanted.len());
    for candidate in wanted {
        let at = point(candidate.x_m, candidate.y_m)?;
        if taken.insert(at) {
            kept.push((at, candidate));
        }
    }
    Ok(kept)
}

fn hours(cell: &CellInput, params: &CheckedParams) -> [f64; 24] {
    std::array::from_fn(|h| {
        let people = |hours: &[Option<f64>; 24]| hours[h].filter(|p| p.is_finite() && *p > 0.0).unwrap_or(0.0);
        let day = params.weekday_share * people(&cell.weekday) + (1.0 - params.weekday_share) * people(&cell.weekend);
        params.hour_weights[h] * day
    })
}

fn explain(
    chosen: &[usize],
    candidates: &[(Point, &CandidateInput)],
    open: &[&Demand],
    existing: &[Point],
    left: f64,
    params: &CheckedParams,
) -> Vec<RankedSite> {
    let grid = Coverage::new(&open.iter().map(|d| d.at).collect::<Vec<_>>(), params.radius_dm);
    let mut covered = vec![false; open.len()];
    let mut cumulative = 0.0;
    chosen
        .iter()
        .filter_map(|j| candidates.get(*j))
        .map(|(at, candidate)| {
            let reach = grid.covering(*at);
            let (mut marginal, mut alone, mut requests, mut by_hour) = (0.0, 0.0, 0, [0.0; 24]);
            for d in reach {
                alone += open[d].person_hours;
                open[d].by_hour.iter().zip(&mut by_hour).for_each(|(people, sum)| *sum += people);
                if !std::mem::replace(&mut covered[d], true) {
                    marginal += open[d].person_hours;
                    requests += open[d].requests;
                }
            }
            cumulative += marginal;
            RankedSite {
                candidate: (*candidate).clone(),
                marginal_person_hours: marginal,
                standalone_person_hours: alone,
                cumulative_person_hours: cumulative,
                cumulative_share: (left > 0.0).then(|| cumulative / left),
                requests_served: requests,
                nearest_access_point_m: nearest(*at, existing),
                top_hours: busiest(&by_hour),
            }
        })
        .collect()
}

fn nearest(at: Point, existing: &[Point]) -> Option<f64> {
    let squared = |p: &Point| {
        let (dx, dy) = (i64::from(p.x) - i64::from(at.x), i64::from(p.y) - i64::from(at.y));
        dx * dx + dy * dy
    };
    existing.iter().map(squared).min().map(|d| (d as f64).sqrt() / 10.0)
}

fn busiest(by_hour: &[f64; 24]) -> Vec<u8> {
    let mut hours: Vec<u8> = (0..24).filter(|h| by_hour[usize::from(*h)] > 0.0).collect();
    hours.sort_by(|a, b| by_hour[usize::from(*b)].total_cmp(&by_hour[usize::from(*a)]).then(a.cmp(b)));
    hours.truncate(3);
    hours
}
