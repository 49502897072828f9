//! From people to ranked sites.
//!
//! The demand of a cell is Σ over hours of weight × persons, weekdays and weekends mixed by their share: person-hours a
//! day; where public space is known, times the share of the cell that is public. A request counts as so many person-hours at its place. The choice works on thousandths of a person-hour, whole
//! numbers, so that the same inputs give the same list on every machine; what is shown is recomputed from the inputs.

use std::collections::BTreeMap;

use super::demand::{Demand, Demanded, PersonHours, Sum};
use super::inputs::{CandidateInput, CellInput, CheckedParams, People, WifiInputs};
use super::scenarios::{Scenario, Sensitivity, sensitivity};
use crate::siting::coverage::Coverage;
use crate::siting::{Candidate, Limit, Point, Problem, SpecError, plan, prefix_bounds, ranked};

/// Steps towards the bounds of the list, for each of the numbers of sites that are walked to.
const BOUND_STEPS: usize = 300;

/// One site of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedSite {
    /// The facility.
    pub candidate: CandidateInput,
    /// Person-hours a day of people that it adds to those before it.
    pub marginal: PersonHours,
    /// Person-hours a day of people that it would cover alone.
    pub standalone: PersonHours,
    /// Person-hours a day of people covered up to here.
    pub cumulative: PersonHours,
    /// The same as a share of what no access point serves; `None` when nothing is left.
    pub cumulative_share: Option<f64>,
    /// Requests in reach that no better site serves.
    pub requests_served: u32,
    /// Metres to the nearest access point; `None` when there are none.
    pub nearest_access_point_m: Option<f64>,
    /// Three busiest hours in reach, busiest first; fewer when fewer hours have people.
    pub top_hours: Vec<u8>,
    /// Cost in won.
    pub cost_won: u64,
    /// What the list counts up to here, requests at their weight, over what no list of as many sites can exceed.
    pub bound_share: Option<f64>,
    /// Share of the demand of its dong that access points and better sites reach; `None` without demand or dong.
    pub dong_share_before: Option<f64>,
    /// The same with this site.
    pub dong_share_after: Option<f64>,
    /// Share of the people in its reach whom the lists of other settings reach too, on average; `None` where no other
    /// setting has any demand.
    pub stability: Option<f64>,
}

/// The answer to the question.
#[derive(Debug, Clone, PartialEq)]
pub struct WifiResults {
    /// Best next first.
    pub sites: Vec<RankedSite>,
    /// Demand of all cells, person-hours a day.
    pub demand: PersonHours,
    /// Share of it that access points serve already; `None` without demand.
    pub served_share: Option<f64>,
    /// Person-hours of people that a plan of the same size covers after exchanges.
    pub plan: PersonHours,
    /// Facilities that could have been chosen.
    pub candidates: usize,
    /// Hours of cells of which a count is masked.
    pub masked_hours: usize,
    /// What the source of the people leaves open.
    pub people: People,
    /// Only people in public space count.
    pub in_public_space: bool,
    /// The list under other settings.
    pub scenarios: Vec<Scenario>,
}

/// Answers the question. Fails only on coordinates that are no numbers.
pub fn analyse(inputs: &WifiInputs, params: &CheckedParams) -> Result<WifiResults, SpecError> {
    let demanded = Demanded::new(inputs, params)?.one_per_place(params);
    let weighted = demanded.weighted(params);
    let Demanded { demand, candidates, existing } = demanded;
    let places: Vec<Point> = candidates.iter().map(|(at, _)| *at).collect();
    let limit = Limit::Sites(params.sites);
    let choice = places.iter().map(|at| Candidate { at: *at, cost: 1 }).collect();
    let problem = Problem::new(&weighted, choice, &existing, params.radius_dm, limit)?;
    let served = Coverage::new(&existing, params.radius_dm);
    let open: Vec<&Demand<'_>> = demand.iter().filter(|d| !served.covers_any(d.at)).collect();
    let all = Sum::of(&demand);
    let left = Sum::of(open.iter().copied()).person_hours;
    let steps = ranked(&problem, limit);
    let mut sites =
        explain(&steps.iter().map(|s| s.candidate).collect::<Vec<_>>(), &candidates, &open, &existing, left, params);
    let mut counted = 0;
    let bounds = prefix_bounds(&problem, steps.len(), BOUND_STEPS);
    for ((site, step), bound) in sites.iter_mut().zip(&steps).zip(bounds) {
        counted += step.gain;
        site.bound_share = (bound > 0).then(|| counted as f64 / bound as f64);
    }
    let list: Vec<Point> = steps.iter().filter_map(|s| places.get(s.candidate).copied()).collect();
    let Sensitivity { scenarios, stability } = sensitivity(inputs, params, &list, &open)?;
    sites.iter_mut().zip(stability).for_each(|(site, stability)| site.stability = stability);
    add_shares_of_dongs(&mut sites, &list, &demand, &served, params);
    let planned: Vec<Point> =
        plan(&problem, limit).sites.iter().filter_map(|s| places.get(s.candidate).copied()).collect();
    let plan_reach = Coverage::new(&planned, params.radius_dm);
    let planned = Sum::of(open.iter().copied().filter(|d| plan_reach.covers_any(d.at)));
    Ok(WifiResults {
        sites,
        demand: all.shown(params),
        served_share: (all.person_hours > 0.0).then(|| 1.0 - left / all.person_hours),
        plan: planned.shown(params),
        candidates: candidates.len(),
        masked_hours: inputs.cells.iter().map(CellInput::masked_hours).sum(),
        people: inputs.people,
        in_public_space: inputs.people.in_public_space(params),
        scenarios,
    })
}

/// What each site adds to the share of its own dong that is reached.
fn add_shares_of_dongs(
    sites: &mut [RankedSite],
    list: &[Point],
    demand: &[Demand<'_>],
    served: &Coverage,
    params: &CheckedParams,
) {
    let grid = Coverage::new(&demand.iter().map(|d| d.at).collect::<Vec<_>>(), params.radius_dm);
    let mut reached: Vec<bool> = demand.iter().map(|d| served.covers_any(d.at)).collect();
    // By dong: all demand, and what is reached.
    let mut dongs = BTreeMap::<&str, (f64, f64)>::new();
    for (d, is_reached) in demand.iter().zip(&reached) {
        let Some(dong) = d.dong else { continue };
        let (all, now) = dongs.entry(dong).or_default();
        *all += d.person_hours;
        *now += if *is_reached { d.person_hours } else { 0.0 };
    }
    for (site, at) in sites.iter_mut().zip(list) {
        let share = |dongs: &BTreeMap<&str, (f64, f64)>| {
            let (all, now) = dongs.get(site.candidate.dong.as_deref()?)?;
            (*all > 0.0).then(|| now / all)
        };
        site.dong_share_before = share(&dongs);
        for d in grid.covering(*at) {
            if !std::mem::replace(&mut reached[d], true)
                && let Some((_, now)) = demand[d].dong.and_then(|dong| dongs.get_mut(dong))
            {
                *now += demand[d].person_hours;
            }
        }
        site.dong_share_after = share(&dongs);
    }
}

fn explain(
    chosen: &[usize],
    candidates: &[(Point, &CandidateInput)],
    open: &[&Demand<'_>],
    existing: &[Point],
    left: f64,
    params: &CheckedParams,
) -> Vec<RankedSite> {
    let grid = Coverage::new(&open.iter().map(|d| d.at).collect::<Vec<_>>(), params.radius_dm);
    let mut covered = vec![false; open.len()];
    let mut cumulative = Sum::default();
    chosen
        .iter()
        .filter_map(|j| candidates.get(*j))
        .map(|(at, candidate)| {
            let reach = grid.covering(*at);
            let (mut marginal, mut alone, mut requests, mut by_hour) = (Sum::default(), Sum::default(), 0, [0.0; 24]);
            for d in reach {
                alone.add(open[d]);
                open[d].by_hour.iter().zip(&mut by_hour).for_each(|(people, sum)| *sum += people);
                if !std::mem::replace(&mut covered[d], true) {
                    marginal.add(open[d]);
                    requests += open[d].requests;
                }
            }
            cumulative = cumulative.and(marginal);
            RankedSite {
                candidate: (*candidate).clone(),
                marginal: marginal.shown(params),
                standalone: alone.shown(params),
                cumulative: cumulative.shown(params),
                cumulative_share: (left > 0.0).then(|| cumulative.person_hours / left),
                requests_served: requests,
                nearest_access_point_m: nearest(*at, existing),
                top_hours: busiest(&by_hour),
                cost_won: params.cost(candidate),
                bound_share: None,
                dong_share_before: None,
                dong_share_after: None,
                stability: None,
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
