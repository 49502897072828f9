//! A covering problem, checked once.

use super::coverage::Coverage;
use super::merge::{Classes, Merger};

/// Largest sum of weights: far below what a double counts exactly.
const MOST_WEIGHT: u64 = 1 << 50;

/// A place in whole decimetres of a plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Easting, decimetres.
    pub x: i32,
    /// Northing, decimetres.
    pub y: i32,
}

/// Something that could be chosen. Its place in the list is its id: ties go to the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Where it stands.
    pub at: Point,
    /// What it costs, in any whole unit; at least 1 under a budget.
    pub cost: u64,
}

/// What bounds the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// So many sites.
    Sites(usize),
    /// So much money, in the unit of the costs.
    Budget(u64),
}

/// Why numbers are no covering problem.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// A coordinate is not finite, or too large for a district.
    #[error("the coordinate {0} is not finite or larger than 200,000 km")]
    Coordinate(String),
    /// A candidate costs nothing although money is the limit.
    #[error("candidate {0} costs nothing; under a budget every candidate needs a cost")]
    FreeCandidate(usize),
    /// The weights add up to more than can be counted.
    #[error("the weights add up to more than can be counted")]
    TooHeavy,
    /// A second site adds more than the first.
    #[error("a second site may not count more than the first")]
    SecondAboveFirst,
    /// A rule names a candidate that is not there.
    #[error("candidate {0} does not exist")]
    UnknownCandidate(usize),
    /// A candidate must be and must not be chosen.
    #[error("candidate {0} is both fixed and excluded")]
    FixedAndExcluded(usize),
    /// The fixed candidates alone break the limit.
    #[error("the fixed candidates alone exceed the limit")]
    FixedExceedLimit,
    /// More sites must stand in a group than the limit or the candidates allow.
    #[error("the minimum of sites in each group cannot be met")]
    MinimumNotPossible,
}

/// Metres as whole decimetres, rounded to the nearest.
pub fn decimetres(metres: f64) -> Result<i32, SpecError> {
    let scaled = (metres * 10.0).round();
    if scaled.is_finite() && scaled.abs() < 2.0e9 {
        Ok(scaled as i32)
    } else {
        Err(SpecError::Coordinate(metres.to_string()))
    }
}

/// How far a site reaches and what its reach is worth: demand within `radius` counts `first` times its weight when one
/// site covers it and `second` times more when two do. Several layers make a reach that fades step by step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layer {
    /// Decimetres, edge included.
    pub radius: u32,
    /// Factor of the weight for the first site.
    pub first: u64,
    /// Factor of the weight for the second site; at most `first`, so that more cover never adds more than less did.
    pub second: u64,
}

/// A covering problem whose demand is merged: points that the same candidates cover are one class.
#[derive(Debug, Clone)]
pub struct Problem {
    pub(super) candidates: Vec<Candidate>,
    pub(super) classes: Classes,
    pairs: usize,
    total: u64,
}

impl Problem {
    /// `demand` are points with weights; those within the radius of an `existing` point count nothing. The radius is
    /// in decimetres and inclusive.
    pub fn new(
        demand: &[(Point, u64)],
        candidates: Vec<Candidate>,
        existing: &[Point],
        radius: u32,
        limit: Limit,
    ) -> Result<Self, SpecError> {
        Self::layered(demand, candidates, existing, &[Layer { radius, first: 1, second: 0 }], limit)
    }

    /// The same for a reach of several layers: in each, demand within its radius of an `existing` point counts nothing.
    pub fn layered(
        demand: &[(Point, u64)],
        candidates: Vec<Candidate>,
        existing: &[Point],
        layers: &[Layer],
        limit: Limit,
    ) -> Result<Self, SpecError> {
        if let (Limit::Budget(_), Some(at)) = (limit, candidates.iter().position(|c| c.cost == 0)) {
            return Err(SpecError::FreeCandidate(at));
        }
        if layers.iter().any(|layer| layer.second > layer.first) {
            return Err(SpecError::SecondAboveFirst);
        }
        let places: Vec<Point> = candidates.iter().map(|c| c.at).collect();
        let mut merger = Merger::new();
        let (mut pairs, mut total, mut set) = (0, 0_u64, Vec::new());
        for layer in layers {
            let served = Coverage::new(existing, layer.radius);
            let reach = Coverage::new(&places, layer.radius);
            for (at, weight) in demand {
                reach.covering_into(*at, &mut set);
                pairs += set.len();
                if served.covers_any(*at) {
                    continue;
                }
                let times = |factor: u64| weight.checked_mul(factor).ok_or(SpecError::TooHeavy);
                let (first, second) = (times(layer.first)?, times(layer.second)?);
                total = first.checked_add(second).and_then(|w| total.checked_add(w)).ok_or(SpecError::TooHeavy)?;
                merger.add(&set, first, second);
            }
        }
        // Bounds are computed in floating point with a proven margin; it needs room above the weights.
        if total > MOST_WEIGHT {
            return Err(SpecError::TooHeavy);
        }
        let (classes, _) = merger.finish(candidates.len());
        Ok(Self { candidates, classes, pairs, total })
    }

    /// A problem whose coverage is known already: for each demand the candidates that cover it, in order, and its
    /// weight. Places of the candidates are not used.
    pub fn covered(
        demand: impl Iterator<Item = (Vec<u32>, u64)>,
        candidates: Vec<Candidate>,
        limit: Limit,
    ) -> Result<Self, SpecError> {
        if let (Limit::Budget(_), Some(at)) = (limit, candidates.iter().position(|c| c.cost == 0)) {
            return Err(SpecError::FreeCandidate(at));
        }
        let mut merger = Merger::new();
        let (mut pairs, mut total) = (0, 0_u64);
        for (set, weight) in demand {
            if let Some(unknown) = set.iter().find(|j| **j as usize >= candidates.len()) {
                return Err(SpecError::UnknownCandidate(*unknown as usize));
            }
            pairs += set.len();
            total = total.checked_add(weight).filter(|t| *t <= MOST_WEIGHT).ok_or(SpecError::TooHeavy)?;
            merger.add(&set, weight, 0);
        }
        let (classes, _) = merger.finish(candidates.len());
        Ok(Self { candidates, classes, pairs, total })
    }

    /// Number of candidates.
    pub fn candidates(&self) -> usize {
        self.candidates.len()
    }

    /// Number of classes of demand.
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// Weight that no existing point covers.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Pairs of a demand point and a candidate within the radius, served demand included.
    pub fn pairs(&self) -> usize {
        self.pairs
    }

    /// Weight that a set of candidates covers; a candidate named twice counts once.
    pub fn value(&self, chosen: &[usize]) -> u64 {
        let mut once = chosen.to_vec();
        once.sort_unstable();
        once.dedup();
        let mut count = vec![0_u32; self.classes.len()];
        let mut value = 0;
        for class in once.iter().flat_map(|j| self.classes.of(*j)) {
            value += self.classes.step(*class as usize, count[*class as usize]);
            count[*class as usize] += 1;
        }
        value
    }

    /// Weight that one candidate covers alone.
    pub fn alone(&self, candidate: usize) -> u64 {
        self.classes.of(candidate).iter().map(|class| self.classes.step(*class as usize, 0)).sum()
    }
}
