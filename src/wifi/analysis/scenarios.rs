//! How much the ranked list depends on its settings: the list of the run beside lists made under others.
//!
//! Lists are compared by the people whom they reach, never by names: of two lamps ten metres apart either may be chosen.

use super::demand::{Demand, Demanded};
use super::inputs::{CheckedParams, WifiInputs};
use crate::siting::coverage::Coverage;
use crate::siting::{Candidate, Limit, Point, Problem, SpecError, ranked};
use crate::stats::splitmix::SplitMix64;

/// What is different from the settings of the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Setting {
    /// Another radius, metres.
    Radius(f64),
    /// Another weight of a request, person-hours a day.
    RequestWeight(f64),
    /// Only the hours from 7 to 18.
    Daytime,
    /// Only the hours from 18 to 24.
    Evening,
    /// The demand of every cell times a random factor from 0.8 to 1.2; the number of the draw.
    Weights(u32),
}

/// The list of the run under another setting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scenario {
    /// What is different.
    pub setting: Setting,
    /// Person-hours a day that the list made under the setting covers, by its demand and radius.
    pub own_person_hours: f64,
    /// The same of the list of the run.
    pub kept_person_hours: f64,
}

/// What other settings say about a list.
pub(super) struct Sensitivity {
    pub scenarios: Vec<Scenario>,
    /// By site of the list: the share of the people in its reach whom the lists of the scenarios reach too, on average over
    /// those that have any demand; `None` where none has.
    pub stability: Vec<Option<f64>>,
}

/// Shares of the radius that are tried.
const RADII: [f64; 4] = [0.8, 0.9, 1.1, 1.2];
/// Draws of the weights, and how far they go up and down.
const DRAWS: u32 = 12;
const SPREAD: f64 = 0.2;
/// Any number; the draws of a run can be made again.
const SEED: u64 = 2_020;

fn settings(params: &CheckedParams) -> Vec<Setting> {
    let radius_m = f64::from(params.radius_dm) / 10.0;
    let radii = RADII.map(|share| Setting::Radius((radius_m * share * 10.0).round() / 10.0));
    let requests = [0.0, 2.0].map(|factor| Setting::RequestWeight(params.request_weight * factor));
    radii
        .into_iter()
        .chain(requests)
        .chain([Setting::Daytime, Setting::Evening])
        .chain((1..=DRAWS).map(Setting::Weights))
        .collect()
}

/// Tries the settings. `list` are the sites of the run, `open` what no access point serves under its own settings.
pub(super) fn sensitivity(
    inputs: &WifiInputs,
    params: &CheckedParams,
    list: &[Point],
    open: &[&Demand<'_>],
) -> Result<Sensitivity, SpecError> {
    let reach = Coverage::new(&open.iter().map(|d| d.at).collect::<Vec<_>>(), params.radius_dm);
    let mut stability = vec![0.0; list.len()];
    let (mut scenarios, mut tried) = (Vec::new(), 0_u32);
    for setting in settings(params) {
        let (theirs, scenario) = one(inputs, params, setting, list)?;
        scenarios.push(scenario);
        if scenario.own_person_hours <= 0.0 {
            continue;
        }
        tried += 1;
        let theirs = Coverage::new(&theirs, params.radius_dm);
        for (site, sum) in list.iter().zip(&mut stability) {
            let (mut all, mut shared) = (0.0, 0.0);
            for d in reach.covering(*site) {
                all += open[d].person_hours;
                shared += if theirs.covers_any(open[d].at) { open[d].person_hours } else { 0.0 };
            }
            *sum += if all > 0.0 { shared / all } else { 0.0 };
        }
    }
    let mean = |sum: f64| (tried > 0).then(|| sum / f64::from(tried));
    Ok(Sensitivity { scenarios, stability: stability.into_iter().map(mean).collect() })
}

/// The list made under a setting, and both lists judged by it.
fn one(
    inputs: &WifiInputs,
    params: &CheckedParams,
    setting: Setting,
    list: &[Point],
) -> Result<(Vec<Point>, Scenario), SpecError> {
    let mut changed = params.clone();
    match setting {
        Setting::Radius(metres) => changed.radius_dm = (metres * 10.0).round() as u32,
        Setting::RequestWeight(weight) => changed.request_weight = weight,
        Setting::Daytime => mute(&mut changed, |hour| (7..18).contains(&hour)),
        Setting::Evening => mute(&mut changed, |hour| hour >= 18),
        Setting::Weights(_) => {}
    }
    let mut demanded = Demanded::new(inputs, &changed)?.one_per_place(&changed);
    if let Setting::Weights(draw) = setting {
        let mut random = SplitMix64::new(SEED + u64::from(draw));
        demanded.demand.iter_mut().for_each(|d| d.person_hours *= 1.0 - SPREAD + 2.0 * SPREAD * random.unit());
    }
    let choice = demanded.candidates.iter().map(|(at, _)| Candidate { at: *at, cost: 1 }).collect();
    let limit = Limit::Sites(changed.sites);
    let weighted = demanded.weighted(&changed);
    let problem = Problem::new(&weighted, choice, &demanded.existing, changed.radius_dm, limit)?;
    let theirs: Vec<Point> =
        ranked(&problem, limit).iter().filter_map(|s| Some(demanded.candidates.get(s.candidate)?.0)).collect();
    let served = Coverage::new(&demanded.existing, changed.radius_dm);
    let value = |sites: &[Point]| {
        let reach = Coverage::new(sites, changed.radius_dm);
        let reached = demanded.demand.iter().filter(|d| !served.covers_any(d.at) && reach.covers_any(d.at));
        reached.map(|d| d.person_hours).sum::<f64>()
    };
    let scenario = Scenario { setting, own_person_hours: value(&theirs), kept_person_hours: value(list) };
    Ok((theirs, scenario))
}

fn mute(params: &mut CheckedParams, kept: impl Fn(usize) -> bool) {
    params.hour_weights.iter_mut().enumerate().filter(|(hour, _)| !kept(*hour)).for_each(|(_, weight)| *weight = 0.0);
}
