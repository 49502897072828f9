//! From places to costs.

use std::collections::HashMap;

use super::Costs;
use crate::siting::Point;
use crate::siting::coverage::Coverage;

/// Covering: a point within the radius (decimetres, inclusive) costs nothing, one beyond costs its weight. Points that
/// the same candidates cover are one; points that nobody covers are left out, because no choice changes them.
pub fn covering(demand: &[(Point, u64)], candidates: &[Point], radius: u32) -> Costs {
    let coverage = Coverage::new(candidates, radius);
    let mut known = HashMap::<Vec<usize>, usize>::new();
    let mut costs = Costs { unserved: Vec::new(), served: vec![Vec::new(); candidates.len()] };
    for (at, weight) in demand.iter().filter(|(_, weight)| *weight > 0) {
        let set = coverage.covering(*at);
        if set.is_empty() {
            continue;
        }
        let weight = i64::try_from(*weight).unwrap_or(i64::MAX);
        match known.get(&set) {
            Some(class) => costs.unserved[*class] = costs.unserved[*class].saturating_add(weight),
            None => {
                let class = costs.unserved.len();
                let number = u32::try_from(class).unwrap_or(u32::MAX);
                set.iter().for_each(|candidate| costs.served[*candidate].push((number, 0)));
                costs.unserved.push(weight);
                known.insert(set, class);
            }
        }
    }
    costs
}

/// Walking: each point costs its weight times the metres to its site, rounded to whole units. Every point is served.
pub fn walking(demand: &[((f64, f64), u64)], candidates: &[(f64, f64)]) -> Costs {
    let cost = |at: (f64, f64), weight: u64, site: (f64, f64)| {
        let (dx, dy) = (at.0 - site.0, at.1 - site.1);
        // Saturates; the sum is checked when the problem is made.
        (weight as f64 * (dx * dx + dy * dy).sqrt()).round() as i64
    };
    let demand: Vec<_> = demand.iter().filter(|(_, weight)| *weight > 0).collect();
    let farthest = |at: (f64, f64), weight: u64| candidates.iter().map(|site| cost(at, weight, *site)).max();
    Costs {
        unserved: demand.iter().map(|(at, weight)| farthest(*at, *weight).unwrap_or(0).saturating_add(1)).collect(),
        served: candidates
            .iter()
            .map(|site| (0..).zip(&demand).map(|(number, (at, weight))| (number, cost(*at, *weight, *site))).collect())
            .collect(),
    }
}
