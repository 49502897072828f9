//! A covering problem, checked once.

use super::coverage::Coverage;
use super::merge::Classes;

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

/// A covering problem whose demand is merged: points that the same candidates cover are one class.
#[derive(Debug, Clone)]
pub struct Problem {
    pub(super) candidates: Vec<Candidate>,
    pub(super) classes: Classes,
    pub(super) pairs: usize,
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
        if let (Limit::Budget(_), Some(at)) = (limit, candidates.iter().position(|c| c.cost == 0)) {
            return Err(SpecError::FreeCandidate(at));
        }
        let served = Coverage::new(existing, radius);
        let open: Vec<(Point, u64)> = demand.iter().filter(|(at, _)| !served.covers_any(*at)).copied().collect();
        let total = open.iter().try_fold(0_u64, |sum, (_, w)| sum.checked_add(*w)).ok_or(SpecError::TooHeavy)?;
        let places: Vec<Point> = candidates.iter().map(|c| c.at).collect();
        let coverage = Coverage::new(&places, radius);
        let classes =
            Classes::merge(open.iter().map(|(at, weight)| (coverage.covering(*at), *weight)), candidates.len());
        let closed = demand.iter().filter(|(at, _)| served.covers_any(*at));
        let pairs = classes.pairs() + closed.map(|(at, _)| coverage.covering(*at).len()).sum::<usize>();
        Ok(Self { candidates, classes, pairs, total })
    }

    /// Weight that no existing point covers.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Pairs of a demand point and a candidate within the radius, served demand included.
    pub fn pairs(&self) -> usize {
        self.pairs
    }

    /// Weight that a set of candidates covers.
    pub fn value(&self, chosen: &[usize]) -> u64 {
        let mut seen = vec![false; self.classes.len()];
        let mut value = 0;
        for class in chosen.iter().flat_map(|j| self.classes.of(*j)) {
            if !std::mem::replace(&mut seen[*class], true) {
                value += self.classes.weight(*class);
            }
        }
        value
    }

    /// Weight that one candidate covers alone.
    pub fn alone(&self, candidate: usize) -> u64 {
        self.classes.of(candidate).iter().map(|class| self.classes.weight(*class)).sum()
    }
}
