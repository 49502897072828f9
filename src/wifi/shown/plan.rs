//! Figures of a plan, of its sites, and of the neighbourhoods under it.

use super::{NOT_KEPT, person_hours};
use crate::graphql::figure::{FigureData, FigureStatus, Unit};
use crate::stats::gini::gini;
use crate::wifi::analysis::{PlannedDong, PlannedSite, WifiPlan};

/// Makes one figure of a plan.
pub type OfPlan = fn(&WifiPlan) -> FigureData;

/// Figures of a plan by their names in paths.
pub const PLAN: [(&str, OfPlan); 8] = [
    ("value", value),
    ("people", people),
    ("upper_bound", upper_bound),
    ("gap", gap),
    ("greedy", greedy),
    ("cost", cost),
    ("requests_served", requests_served),
    ("inequality", inequality),
];

/// Makes one figure of a site of a plan.
pub type OfPlanned = fn(&PlannedSite) -> FigureData;

/// Figures of a site of a plan by their names in paths.
pub const PLANNED: [(&str, OfPlanned); 2] = [("marginal", site_gain), ("cost", site_cost)];

/// Makes one figure of a neighbourhood under a plan.
pub type OfPlannedDong = fn(&PlannedDong) -> FigureData;

/// Figures of a neighbourhood under a plan by their names in paths.
pub const PLANNED_DONG: [(&str, OfPlannedDong); 5] = [
    ("sites", dong_sites),
    ("demand", dong_demand),
    ("gain", dong_gain),
    ("before", dong_before),
    ("after", dong_after),
];

fn won(won: u64) -> FigureData {
    FigureData::plain(won as f64, Unit::Won, FigureStatus::Estimated)
}

fn stopped(unit: Unit) -> FigureData {
    FigureData::missing(
        unit,
        FigureStatus::NotAvailable,
        "상한이 계산되기 전에 중단되었습니다.",
        "The work was stopped before a bound was known.",
    )
}

/// Counted person-hours.
pub fn value(plan: &WifiPlan) -> FigureData {
    person_hours(plan.value, range(plan))
}

/// None where nothing is masked among those whom the sites reach: then nothing is open.
fn range(plan: &WifiPlan) -> Option<(f64, f64)> {
    plan.range.filter(|(lower, upper)| lower < upper)
}

/// What of them is people.
pub fn people(plan: &WifiPlan) -> FigureData {
    match plan.people {
        // The interval of the value is one of people alone: requests are counted, not masked.
        Some(people) => {
            let requests = plan.value - people;
            person_hours(people, range(plan).map(|(lower, upper)| (lower - requests, upper - requests)))
        }
        None => FigureData::missing(Unit::PersonHoursPerDay, FigureStatus::NotAvailable, NOT_KEPT.0, NOT_KEPT.1),
    }
}

/// What no plan exceeds.
pub fn upper_bound(plan: &WifiPlan) -> FigureData {
    plan.bound.map_or_else(|| stopped(Unit::PersonHoursPerDay), |bound| person_hours(bound, None))
}

/// What the plan may lose.
pub fn gap(plan: &WifiPlan) -> FigureData {
    plan.gap.map_or_else(|| stopped(Unit::Ratio), |gap| FigureData::plain(gap, Unit::Ratio, FigureStatus::Estimated))
}

/// What best next would count.
pub fn greedy(plan: &WifiPlan) -> FigureData {
    person_hours(plan.greedy_value, None)
}

/// Cost of all sites.
pub fn cost(plan: &WifiPlan) -> FigureData {
    won(plan.cost_won)
}

/// Requests in reach.
pub fn requests_served(plan: &WifiPlan) -> FigureData {
    FigureData::plain(f64::from(plan.requests_served), Unit::Requests, FigureStatus::Measured)
}

/// Gini coefficient of the shares reached with the plan.
pub fn inequality(plan: &WifiPlan) -> FigureData {
    let missing = |ko: &str, en: &str| FigureData::missing(Unit::Ratio, FigureStatus::NotAvailable, ko, en);
    if plan.people.is_none() {
        return missing(NOT_KEPT.0, NOT_KEPT.1);
    }
    let shares: Vec<f64> = plan.dongs.iter().filter_map(|dong| share(dong, dong.today + dong.gain)).collect();
    match gini(&shares) {
        Some(gini) => FigureData::plain(gini, Unit::Ratio, FigureStatus::Estimated),
        None => missing("도달하는 수요가 있는 행정동이 없습니다.", "In no neighbourhood is anybody reached."),
    }
}

/// What a site adds.
pub fn site_gain(site: &PlannedSite) -> FigureData {
    person_hours(site.gain, None)
}

/// What a site costs.
pub fn site_cost(site: &PlannedSite) -> FigureData {
    won(site.cost_won)
}

/// Sites that stand there.
pub fn dong_sites(dong: &PlannedDong) -> FigureData {
    FigureData::plain(f64::from(dong.sites), Unit::Sites, FigureStatus::Estimated)
}

/// People there.
pub fn dong_demand(dong: &PlannedDong) -> FigureData {
    person_hours(dong.demand, None)
}

/// People there whom the plan reaches besides.
pub fn dong_gain(dong: &PlannedDong) -> FigureData {
    person_hours(dong.gain, None)
}

/// Share of them reached today.
pub fn dong_before(dong: &PlannedDong) -> FigureData {
    shown_share(dong, dong.today)
}

/// Share of them reached with the plan.
pub fn dong_after(dong: &PlannedDong) -> FigureData {
    shown_share(dong, dong.today + dong.gain)
}

fn share(dong: &PlannedDong, reached: f64) -> Option<f64> {
    (dong.demand > 0.0).then(|| reached / dong.demand)
}

fn shown_share(dong: &PlannedDong, reached: f64) -> FigureData {
    match share(dong, reached) {
        Some(share) => FigureData::plain(share, Unit::Ratio, FigureStatus::Estimated),
        None => FigureData::missing(
            Unit::Ratio,
            FigureStatus::InsufficientData,
            "그 동에 수요가 없습니다.",
            "There is no demand in the neighbourhood.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::siting::Status;

    #[test]
    fn a_plan_that_reaches_nobody_masked_is_estimated_and_has_no_interval_of_no_width() {
        let of = |range| WifiPlan {
            sites: Vec::new(),
            value: 100.0,
            range,
            bound: Some(100.0),
            greedy_value: 100.0,
            gap: Some(0.0),
            status: Status::Optimal,
            cost_won: 0,
            requests_served: 2,
            people: Some(80.0),
            dongs: Vec::new(),
        };
        let shown = |figure: FigureData| (figure.status, figure.interval.map(|i| (i.lower, i.upper)));
        assert_eq!(shown(value(&of(Some((100.0, 100.0))))), (FigureStatus::Estimated, None));
        assert_eq!(shown(value(&of(Some((90.0, 110.0))))), (FigureStatus::Imputed, Some((90.0, 110.0))));
        // Twenty are requests, which nobody masks.
        assert_eq!(shown(people(&of(Some((90.0, 110.0))))), (FigureStatus::Imputed, Some((70.0, 90.0))));
    }
}
