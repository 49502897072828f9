//! Would a site still be chosen if the numbers were somewhat different?

use super::{CheckedRequest, PlanError, SiteCandidate, Siting, covering_costs, instance, terms, unmet};
use crate::siting::median::{greedy, improved};
use crate::stats::splitmix::SplitMix64;

/// Perturbed problems.
const DRAWS: usize = 60;
/// Largest change of the reach, of the need, and of the unmet children of each dong, as a share.
const LARGEST: f64 = 0.25;

/// By candidate that takes part: the share of the perturbed problems in which it is chosen. Reach, need and the unmet
/// children of each dong move independently by up to a quarter. Choices of the perturbed problems are made by the best
/// next and exchanges, which is quick and nearly always exact.
pub fn stability(siting: &Siting, request: &CheckedRequest, sites: &[&SiteCandidate]) -> Result<Vec<f64>, PlanError> {
    let mut random = SplitMix64::new(0);
    let mut factor = || 1.0 + LARGEST * (2.0 * random.unit() - 1.0);
    let terms = terms(request, sites);
    let mut times = vec![0_u32; sites.len()];
    for _ in 0..DRAWS {
        let reach = (f64::from(request.reach_dm) * factor()).round() as u32;
        let need = request.need * factor();
        let by_dong: Vec<f64> = siting.dongs.iter().map(|_| factor()).collect();
        let mut moved = unmet(&siting.cells, request.kind, need);
        moved.iter_mut().zip(&siting.cells).for_each(|(unmet, cell)| *unmet *= by_dong.get(cell.dong).unwrap_or(&1.0));
        let problem = instance(covering_costs(&siting.cells, &moved, sites, reach)?, terms.clone(), sites)?;
        for chosen in improved(&problem, greedy(&problem)) {
            times[chosen] += 1;
        }
    }
    Ok(times.into_iter().map(|n| f64::from(n) / DRAWS as f64).collect())
}
