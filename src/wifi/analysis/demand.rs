//! Who could be served and where sites could stand, under given settings.

use std::collections::BTreeMap;

use super::inputs::{AccessPointInput, CandidateInput, CellInput, CheckedParams, MASKED_MOST, WifiInputs};
use crate::siting::coverage::Coverage;
use crate::siting::{Layer, Point, SpecError, decimetres};

/// Demand at one point.
pub(super) struct Demand<'a> {
    pub at: Point,
    pub dong: Option<&'a str>,
    /// With masked counts at the number of persons that the settings assume.
    pub person_hours: f64,
    /// Person-hours for each person assumed behind a masked count.
    pub masked: f64,
    pub requests: u32,
    pub by_hour: [f64; 24],
}

/// Inputs as places in decimetres.
pub(super) struct Demanded<'a> {
    pub demand: Vec<Demand<'a>>,
    pub candidates: Vec<(Point, &'a CandidateInput)>,
    /// Access points that count; none when the settings say so.
    pub existing: Vec<Point>,
}

impl<'a> Demanded<'a> {
    /// Whole units in one person-hour.
    pub(super) const SCALE: f64 = 1_000.0;

    pub(super) fn new(inputs: &'a WifiInputs, params: &CheckedParams) -> Result<Self, SpecError> {
        let candidates = wanted(inputs, params)?;
        let existing = if params.count_access_points {
            let counts = |a: &&AccessPointInput| params.count_indoor_access_points || a.indoor != Some(true);
            inputs.access_points.iter().filter(counts).map(|a| point(a.x_m, a.y_m)).collect::<Result<Vec<_>, _>>()?
        } else {
            Vec::new()
        };
        Ok(Self { demand: demand(inputs, params)?, candidates, existing })
    }

    /// Of facilities at the same place (a lamp and a stop on one pole) only the cheapest, and of those the first.
    pub(super) fn one_per_place(mut self, params: &CheckedParams) -> Self {
        let mut cheapest = BTreeMap::<Point, u64>::new();
        for (at, candidate) in &self.candidates {
            let cost = params.cost(candidate);
            cheapest.entry(*at).and_modify(|least| *least = cost.min(*least)).or_insert(cost);
        }
        self.candidates.retain(|(at, candidate)| {
            let is_cheapest = cheapest.get(at) == Some(&params.cost(candidate));
            if is_cheapest {
                cheapest.remove(at);
            }
            is_cheapest
        });
        self
    }

    /// Points with what they count for in the choice.
    pub(super) fn weighted(&self, params: &CheckedParams) -> Vec<(Point, u64)> {
        self.demand.iter().map(|d| (d.at, d.weight(params))).collect()
    }

    /// By what factor sites at these places make each demand count: in every layer, the first and the second in reach.
    pub(super) fn factors(&self, places: &[Point], layers: &[Layer]) -> Vec<u64> {
        let mut factors = vec![0; self.demand.len()];
        let mut in_reach = Vec::new();
        for layer in layers {
            let served = Coverage::new(&self.existing, layer.radius);
            let reach = Coverage::new(places, layer.radius);
            for (factor, d) in factors.iter_mut().zip(&self.demand) {
                reach.covering_into(d.at, &mut in_reach);
                if in_reach.is_empty() || served.covers_any(d.at) {
                    continue;
                }
                *factor += layer.first + if in_reach.len() > 1 { layer.second } else { 0 };
            }
        }
        factors
    }

    /// By what factor working access points make each demand count, so that no site can.
    pub(super) fn served(&self, layers: &[Layer]) -> Vec<u64> {
        let mut factors = vec![0; self.demand.len()];
        for layer in layers {
            let served = Coverage::new(&self.existing, layer.radius);
            for (factor, d) in factors.iter_mut().zip(&self.demand) {
                *factor += if served.covers_any(d.at) { layer.first + layer.second } else { 0 };
            }
        }
        factors
    }

    /// Requests within the radius (decimetres) of any of the places.
    pub(super) fn requests_within(&self, places: &[Point], radius: u32) -> u32 {
        let reach = Coverage::new(places, radius);
        self.demand.iter().filter(|d| d.requests > 0 && reach.covers_any(d.at)).map(|d| d.requests).sum()
    }
}

impl Demand<'_> {
    /// What it counts for in the choice: people, and requests at their weight.
    pub(super) fn weight(&self, params: &CheckedParams) -> u64 {
        let weight = self.person_hours + f64::from(self.requests) * params.request_weight;
        (weight * Demanded::SCALE).round() as u64
    }
}

/// Who could be served: the cells in order, then the requests of the kinds that count.
pub(super) fn demand<'a>(inputs: &'a WifiInputs, params: &CheckedParams) -> Result<Vec<Demand<'a>>, SpecError> {
    let mut demand = Vec::with_capacity(inputs.cells.len() + inputs.requests.len());
    for cell in &inputs.cells {
        let (by_hour, masked) = hours(cell, params);
        let person_hours = by_hour.iter().sum();
        let dong = cell.dong.as_deref();
        demand.push(Demand { at: point(cell.x_m, cell.y_m)?, dong, person_hours, masked, requests: 0, by_hour });
    }
    for request in inputs.requests.iter().filter(|r| params.request_kinds.contains(&r.kind)) {
        let at = point(request.x_m, request.y_m)?;
        demand.push(Demand { at, dong: None, person_hours: 0.0, masked: 0.0, requests: 1, by_hour: [0.0; 24] });
    }
    Ok(demand)
}

/// Metres as a place in decimetres.
pub(super) fn point(x: f64, y: f64) -> Result<Point, SpecError> {
    Ok(Point { x: decimetres(x)?, y: decimetres(y)? })
}

/// Facilities of the wanted kinds, by kind and id.
fn wanted<'a>(inputs: &'a WifiInputs, params: &CheckedParams) -> Result<Vec<(Point, &'a CandidateInput)>, SpecError> {
    let may_stand = |c: &CandidateInput| {
        params.candidate_kinds.contains(&c.kind) && (params.excluded.is_empty() || !params.excluded.contains(&c.name()))
    };
    let mut wanted: Vec<&CandidateInput> = inputs.candidates.iter().filter(|c| may_stand(c)).collect();
    wanted.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
    wanted.into_iter().map(|c| Ok((point(c.x_m, c.y_m)?, c))).collect()
}

/// Persons by hour whom the settings count, and person-hours a day for each person assumed behind a masked count.
fn hours(cell: &CellInput, params: &CheckedParams) -> ([f64; 24], f64) {
    let outdoors = cell.public_share.filter(|_| params.public_space_only).unwrap_or(1.0);
    let weight = |h: usize| params.hour_weights[h] * outdoors;
    let day = |h: usize| {
        let (weekday, weekend) =
            (cell.weekday[h].part(params.weekday_share), cell.weekend[h].part(1.0 - params.weekday_share));
        (weight(h) * (weekday.people + weekend.people), weight(h) * (weekday.masked + weekend.masked))
    };
    let by_hour = std::array::from_fn(|h| {
        let (people, masked) = day(h);
        people + params.masked_people * masked
    });
    (by_hour, (0..24).map(|h| day(h).1).sum())
}

/// Person-hours a day, and what masked counts leave open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PersonHours {
    /// With masked counts at the number of persons that the settings assume.
    pub value: f64,
    /// With nobody, and with three persons, behind each masked count; `None` where nothing is masked.
    pub range: Option<(f64, f64)>,
}

/// Person-hours of several cells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub person_hours: f64,
    masked: f64,
}

impl Sum {
    pub(super) fn add(&mut self, demand: &Demand<'_>) {
        self.person_hours += demand.person_hours;
        self.masked += demand.masked;
    }

    pub(super) fn of<'a>(demand: impl IntoIterator<Item = &'a Demand<'a>>) -> Self {
        let mut sum = Self::default();
        demand.into_iter().for_each(|d| sum.add(d));
        sum
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { person_hours: self.person_hours + other.person_hours, masked: self.masked + other.masked }
    }

    pub(super) fn shown(self, params: &CheckedParams) -> PersonHours {
        let with = |people: f64| self.person_hours + (people - params.masked_people) * self.masked;
        PersonHours { value: self.person_hours, range: (self.masked > 0.0).then(|| (with(0.0), with(MASKED_MOST))) }
    }
}
