//! Where is care missing? Places, what can be reached of them, and how many children are left over, by dong.
//!
//! Children are spread evenly over the cells of their dong, so the mean over cells is the mean over children. A centre
//! without a place on the map is counted and takes no part: nobody knows who could reach it.

mod params;

pub use params::{CareParams, CheckedCare};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::access::{Catchment, Point, accessibility};
use super::{CentreInput, DongInput};

/// What of a centre is counted. The order is that of every array of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supply {
    /// Licensed places (정원).
    All = 0,
    /// Licensed places without a child (정원 − 현원).
    Vacant = 1,
    /// Licensed places of public centres (국공립).
    Public = 2,
    /// Places of part-time care (시간제보육).
    PartTime = 3,
}

/// All of them, in order.
pub const SUPPLIES: [Supply; 4] = [Supply::All, Supply::Vacant, Supply::Public, Supply::PartTime];

/// Care in one dong, or in the district. `None` is not known; it is never 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DongCare {
    /// Registered children.
    pub children: Option<u32>,
    /// Places inside, by [`Supply`].
    pub places: [Option<f64>; 4],
    /// Children waiting, and the places of the centres that say so.
    pub waiting: Option<(u64, u64)>,
    /// Reachable places for each child, by [`Supply`] (E2SFCA).
    pub access: [Option<f64>; 4],
    /// The same of all places by 2SFCA, 3SFCA and Gaussian 2SFCA.
    pub other_methods: [Option<f64>; 3],
    /// Children for whom there is no place in reach, of all-day and of part-time care: Σ max(0, need − access).
    pub unmet: [Option<f64>; 2],
    /// Children in cells with fewer places in reach than a desert has.
    pub in_desert: Option<f64>,
    /// Share of the children whose catchment crosses the border of the district.
    pub at_border: Option<f64>,
}

/// One cell with what its children can reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellCare {
    /// Number of its dong in [`CareResults::dongs`].
    pub dong: usize,
    /// Easting and northing in metres.
    pub at: (f64, f64),
    /// Children.
    pub children: f64,
    /// Reachable places for each child, all-day and part-time.
    pub access: [Option<f64>; 2],
}

/// Care in the district.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CareResults {
    /// By code.
    pub dongs: BTreeMap<String, DongCare>,
    /// The district as a whole.
    pub district: DongCare,
    /// Cells of all dongs whose children are known.
    pub cells: Vec<CellCare>,
    /// Centres of the district without a place on the map, and their places; `None` without centres.
    pub unplaced: Option<(u64, u64)>,
    /// A centre beyond the border took part. Without any, places near the border look scarcer than they are.
    pub has_neighbours: bool,
    /// Centres on the map, and how many of them do not say what a [`Supply`] needs.
    pub silent: [usize; 4],
}

/// Computes care. Without centres everything but the children is unknown.
pub fn care(dongs: &[DongInput], centres: Option<&[CentreInput]>, params: &CheckedCare) -> CareResults {
    let mut results = CareResults {
        dongs: dongs
            .iter()
            .map(|dong| (dong.code.clone(), DongCare { children: dong.children, ..DongCare::default() }))
            .collect(),
        ..CareResults::default()
    };
    let cells = cells(dongs.iter());
    border(&mut results, dongs, params);
    if let Some(centres) = centres {
        inside(&mut results, centres, params);
        reach(&mut results, dongs, &cells, centres, params);
    }
    results.district = whole(&results);
    results
}

/// Cells of the dongs whose children are known and not none, each with its share of them.
pub(super) fn cells<'a>(dongs: impl Iterator<Item = &'a DongInput>) -> Vec<(&'a DongInput, Point)> {
    dongs
        .filter(|dong| dong.children.is_some_and(|n| n > 0))
        .flat_map(|dong| {
            let weight = f64::from(dong.children.unwrap_or(0)) / dong.cells.len() as f64;
            dong.cells.iter().map(move |cell| (dong, Point { at: cell.at, weight }))
        })
        .collect()
}

/// Places of the centres on the map; `None` where no centre says what is counted.
pub(super) fn supply(centres: &[CentreInput], kind: Supply, params: &CheckedCare) -> Option<Vec<Point>> {
    let point = |centre: &CentreInput| Some(Point { at: centre.at?, weight: places(centre, kind, params)? });
    let points: Vec<Point> = centres.iter().filter_map(point).collect();
    (kind == Supply::All || !points.is_empty()).then_some(points)
}

/// Places of a centre; `None` where the file does not say.
fn places(centre: &CentreInput, supply: Supply, params: &CheckedCare) -> Option<f64> {
    let capacity = f64::from(centre.capacity);
    match supply {
        Supply::All => Some(capacity),
        Supply::Vacant => centre.enrolled.map(|enrolled| (capacity - f64::from(enrolled)).max(0.0)),
        Supply::Public => {
            centre.kind.as_ref().map(|kind| if params.public_kinds.contains(kind) { capacity } else { 0.0 })
        }
        // Files say whether a centre offers part-time care, not how many places it has.
        Supply::PartTime => centre.part_time.map(|offers| if offers { params.part_time_places } else { 0.0 }),
    }
}

fn inside(results: &mut CareResults, centres: &[CentreInput], params: &CheckedCare) {
    results.has_neighbours = centres.iter().any(|c| c.at.is_some() && c.dong.is_none());
    let unplaced = centres.iter().filter(|c| c.at.is_none());
    results.unplaced = Some(unplaced.fold((0, 0), |(n, places), c| (n + 1, places + u64::from(c.capacity))));
    for supply in SUPPLIES {
        let at = supply as usize;
        let placed = || centres.iter().filter(|c| c.at.is_some());
        results.silent[at] = placed().filter(|c| places(c, supply, params).is_none()).count();
        // Where no centre says anything, 0 would be a lie.
        let known = supply == Supply::All || placed().any(|c| places(c, supply, params).is_some());
        for (code, dong) in &mut results.dongs {
            let mine = placed().filter(|c| c.dong.as_ref() == Some(code));
            dong.places[at] = known.then(|| mine.filter_map(|c| places(c, supply, params)).sum());
        }
    }
    for (code, dong) in &mut results.dongs {
        let mine = centres.iter().filter(|c| c.dong.as_ref() == Some(code));
        let said: Vec<(u64, u64)> = mine.filter_map(|c| Some((u64::from(c.waiting?), u64::from(c.capacity)))).collect();
        dong.waiting = (!said.is_empty()).then(|| said.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)));
    }
}

fn reach(
    results: &mut CareResults,
    dongs: &[DongInput],
    cells: &[(&DongInput, Point)],
    centres: &[CentreInput],
    params: &CheckedCare,
) {
    let order: BTreeMap<&str, usize> = dongs.iter().map(|d| d.code.as_str()).zip(0..).collect();
    let demand: Vec<Point> = cells.iter().map(|(_, point)| *point).collect();
    let of = |kind: Supply, catchment: &Catchment| {
        supply(centres, kind, params).map(|points| accessibility(&demand, &points, catchment).demand)
    };
    let access = SUPPLIES.map(|supply| of(supply, &params.rings));
    let others = [&params.circle, &params.choosing, &params.curve].map(|method| of(Supply::All, method));
    let daily = [&access[Supply::All as usize], &access[Supply::PartTime as usize]];
    for (at, (input, point)) in cells.iter().enumerate() {
        let share = 1.0 / input.cells.len() as f64;
        let Some(care) = results.dongs.get_mut(&input.code) else { continue };
        let add = |sum: &mut Option<f64>, value: Option<f64>| {
            if let Some(value) = value {
                *sum = Some(sum.unwrap_or(0.0) + value);
            }
        };
        for (sum, reached) in care.access.iter_mut().zip(&access) {
            add(sum, reached.as_ref().map(|reached| reached[at] * share));
        }
        for (sum, reached) in care.other_methods.iter_mut().zip(&others) {
            add(sum, reached.as_ref().map(|reached| reached[at] * share));
        }
        let reached = daily.map(|reached| reached.as_ref().map(|reached| reached[at]));
        for (sum, (reached, need)) in care.unmet.iter_mut().zip(reached.iter().zip(params.needs)) {
            add(sum, reached.map(|reached| (need - reached).max(0.0) * point.weight));
        }
        add(
            &mut care.in_desert,
            reached[0].map(|reached| if reached < params.desert_access { point.weight } else { 0.0 }),
        );
        let dong = order.get(input.code.as_str()).copied().unwrap_or(0);
        results.cells.push(CellCare { dong, at: point.at, children: point.weight, access: reached });
    }
}

fn border(results: &mut CareResults, dongs: &[DongInput], params: &CheckedCare) {
    for dong in dongs.iter().filter(|dong| !dong.cells.is_empty()) {
        let near = dong.cells.iter().filter(|cell| cell.border_m <= params.straight_reach_m).count();
        if let Some(care) = results.dongs.get_mut(&dong.code) {
            care.at_border = Some(near as f64 / dong.cells.len() as f64);
        }
    }
}

/// Sums, and means over the children. A dong of which something is unknown makes the sum unknown, not smaller.
fn whole(results: &CareResults) -> DongCare {
    let dongs = || results.dongs.values();
    let mean = |of: &dyn Fn(&DongCare) -> Option<f64>| {
        let (sum, children) = dongs()
            .filter_map(|d| Some((of(d)?, f64::from(d.children?))))
            .fold((0.0, 0.0), |(sum, all), (value, children)| (sum + value * children, all + children));
        (children > 0.0).then(|| sum / children)
    };
    // A dong without children has nobody who could be left over.
    let lacking = |of: &dyn Fn(&DongCare) -> Option<f64>| {
        dongs().map(|d| if d.children == Some(0) { Some(0.0) } else { of(d) }).sum::<Option<f64>>()
    };
    let waiting: Vec<(u64, u64)> = dongs().filter_map(|d| d.waiting).collect();
    DongCare {
        children: dongs().map(|d| d.children).sum(),
        places: std::array::from_fn(|at| dongs().map(|d| d.places[at]).sum()),
        waiting: (!waiting.is_empty()).then(|| waiting.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))),
        access: std::array::from_fn(|at| mean(&|d| d.access[at])),
        other_methods: std::array::from_fn(|at| mean(&|d| d.other_methods[at])),
        unmet: std::array::from_fn(|at| lacking(&|d| d.unmet[at])),
        in_desert: lacking(&|d| d.in_desert),
        at_border: mean(&|d| d.at_border),
    }
}

#[cfg(test)]
mod tests;
