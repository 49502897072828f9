//! Siting of a folder of reference values: maximal covering of unmet children, and the p-median of all children.

use std::path::Path;

use serde_json::{Value, json};

use super::optional_json;
use super::points::{places, points};
use crate::childcare::analysis::{Point, accessibility};
use crate::error::{Error, Result};
use crate::siting::decimetres;
use crate::siting::median::{Costs, Instance, Solution, Terms, covering, solve, walking};

/// Reach of a site, and the places for each child that count as enough, as in the defaults of the analysis.
const RADIUS_M: f64 = 1_000.0;
const NEED: f64 = 0.6;
/// Sizes of plans that are looked at.
const MOST_SITES: usize = 6;
/// The choice works on millionths.
const SCALE: f64 = 1e6;
/// Work that is more than a reference folder needs; what is not proven by then says so.
const MOST_WORK: u64 = 5_000_000_000;
/// Objectives are compared to this.
const TOLERANCE: f64 = 1e-6;

/// Chooses 1 to 6 sites; then, where the folder says what to expect, compares the objectives.
pub fn evaluate(dir: &Path) -> Result<Value> {
    let demand = points(dir, "demand.csv", "demand_id", "children_0_5")?;
    let supply = points(dir, "facilities.csv", "facility_id", "capacity")?;
    let candidates = places(dir, "candidates.csv", "site_id")?;
    let weights = |list: &[(String, Point)]| list.iter().map(|(_, point)| *point).collect::<Vec<_>>();
    let [(_, rings), ..] = super::access::methods();
    let access = accessibility(&weights(&demand), &weights(&supply), &rings).demand;
    let unmet: Vec<f64> =
        demand.iter().zip(&access).map(|((_, zone), a)| (NEED * zone.weight - a * zone.weight).max(0.0)).collect();
    let problem = Problem { demand: weights(&demand), unmet: unmet.clone(), sites: weights(&candidates) };
    let mut solutions = serde_json::Map::new();
    for sites in 1..=MOST_SITES.min(candidates.len()) {
        let ids =
            |solution: &Solution| -> Vec<&String> { solution.chosen.iter().map(|at| &candidates[*at].0).collect() };
        let covered = problem.solve(problem.covering()?, sites)?;
        let nearest = problem.solve(problem.walking(), sites)?;
        solutions.insert(
            sites.to_string(),
            json!({
                "mclp": {
                    "objective": problem.covered(&covered.1.chosen),
                    "sites": ids(&covered.1),
                    "status": status(&covered.1),
                    "greedy_objective": (covered.0.value(&[]) - covered.1.greedy_value) as f64 / SCALE,
                },
                "p_median": {
                    "objective": problem.walked(&nearest.1.chosen),
                    "sites": ids(&nearest.1),
                    "status": status(&nearest.1),
                },
            }),
        );
    }
    let unmet: serde_json::Map<String, Value> =
        demand.iter().zip(&unmet).map(|((id, _), unmet)| (id.clone(), json!(unmet))).collect();
    let mut answer = json!({"cover_radius_m": RADIUS_M, "need": NEED, "unmet": unmet, "solutions": solutions});
    if let Some(expected) = optional_json(dir, "expected.json")? {
        compare(&mut answer, &expected["siting"]["solutions"]);
    }
    Ok(answer)
}

struct Problem {
    demand: Vec<Point>,
    unmet: Vec<f64>,
    sites: Vec<Point>,
}

impl Problem {
    fn covering(&self) -> Result<Costs> {
        let point = |at: (f64, f64)| Ok(crate::siting::Point { x: decimetres(at.0)?, y: decimetres(at.1)? });
        let wrong =
            |e: crate::siting::SpecError| Error::bad_input(format!("The folder holds a senseless number: {e}."));
        let demand = self
            .demand
            .iter()
            .zip(&self.unmet)
            .map(|(zone, unmet)| Ok((point(zone.at)?, (unmet * SCALE).round() as u64)))
            .collect::<std::result::Result<Vec<_>, _>>()
            .map_err(wrong)?;
        let sites = self.sites.iter().map(|site| point(site.at)).collect::<std::result::Result<Vec<_>, _>>();
        Ok(covering(&demand, &sites.map_err(wrong)?, (RADIUS_M * 10.0) as u32))
    }

    fn walking(&self) -> Costs {
        let demand: Vec<_> = self.demand.iter().map(|zone| (zone.at, (zone.weight * SCALE).round() as u64)).collect();
        walking(&demand, &self.sites.iter().map(|site| site.at).collect::<Vec<_>>())
    }

    fn solve(&self, costs: Costs, sites: usize) -> Result<(Instance, Solution)> {
        let instance = Instance::new(costs, Terms { sites, ..Terms::default() })
            .map_err(|e| Error::bad_input(format!("The folder cannot be solved: {e}.")))?;
        let solution = solve(&instance, MOST_WORK);
        Ok((instance, solution))
    }

    fn nearest(&self, zone: &Point, chosen: &[usize]) -> Option<f64> {
        let metres = |at: &usize| {
            let (dx, dy) = (zone.at.0 - self.sites[*at].at.0, zone.at.1 - self.sites[*at].at.1);
            (dx * dx + dy * dy).sqrt()
        };
        chosen.iter().map(metres).min_by(f64::total_cmp)
    }

    fn covered(&self, chosen: &[usize]) -> f64 {
        let inside = |zone: &Point| self.nearest(zone, chosen).is_some_and(|metres| metres <= RADIUS_M);
        self.demand.iter().zip(&self.unmet).filter(|(zone, _)| inside(zone)).map(|(_, unmet)| unmet).sum()
    }

    fn walked(&self, chosen: &[usize]) -> f64 {
        self.demand.iter().filter_map(|zone| Some(zone.weight * self.nearest(zone, chosen)?)).sum()
    }
}

fn status(solution: &Solution) -> &'static str {
    if solution.is_optimal() { "OPTIMAL" } else { "FEASIBLE" }
}

fn compare(answer: &mut Value, expected: &Value) {
    let Some(expected) = expected.as_object() else { return };
    let mut largest = 0.0_f64;
    let mut exact = true;
    for (sites, solution) in expected {
        for kind in ["mclp", "p_median"] {
            let Some(theirs) = solution[kind]["objective"].as_f64() else { continue };
            let mine = &answer["solutions"][sites][kind];
            let error = mine["objective"].as_f64().map_or(f64::MAX, |mine| (mine - theirs).abs());
            largest = largest.max(error);
            exact &= error <= TOLERANCE && mine["status"] == "OPTIMAL";
        }
    }
    answer["exact"] = json!(exact);
    answer["max_objective_error"] = json!(largest);
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/childcare");

    #[test]
    fn every_reference_plan_is_met_and_proven() {
        let found = evaluate(Path::new(GOLDEN)).unwrap();
        assert_eq!(found["exact"], true, "{found:#}");
        assert!(found["max_objective_error"].as_f64().unwrap() <= TOLERANCE);
        // The optima of the folder are unique, so the sites are the same, too.
        let sites = |p: &str, kind: &str| found["solutions"][p][kind]["sites"].clone();
        assert_eq!(sites("2", "mclp"), json!(["c07", "c10"]));
        assert_eq!(sites("4", "p_median"), json!(["c01", "c02", "c08", "c10"]));
        assert_eq!(found["unmet"]["d00"], 492.59999999999997);
    }

    #[test]
    fn a_plan_that_is_not_the_expected_one_is_not_exact() {
        let mut answer = evaluate(Path::new(GOLDEN)).unwrap();
        compare(&mut answer, &json!({"1": {"mclp": {"objective": 733.0}}}));
        assert_eq!(answer["exact"], false);
        compare(&mut answer, &json!({"99": {"mclp": {"objective": 733.0}}}));
        assert_eq!(answer["exact"], false);
    }
}
