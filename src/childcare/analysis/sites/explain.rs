//! The plan: chosen exactly, and each site explained.

use super::request::METRES_A_MINUTE;
use super::stability::stability;
use super::{
    CheckedRequest, PlanError, SCALE, SiteCandidate, Siting, covering_costs, instance, terms, unmet, walking_costs,
};
use crate::siting::Effort;
use crate::siting::coverage::Coverage;
use crate::siting::median::{Instance, Solution, solve, solve_covering};

/// Pairs of a candidate and a cell that the search may look at, for covering and for the shortest way: a fifth of a second
/// and less than a second. What is not proven by then says so.
const MOST_WORK: (u64, u64) = (60_000_000, 600_000_000);
/// What covering may take beyond that: less than a second.
const COVERING: Effort = Effort { parts: 100, ..Effort::PROVEN };

/// One site of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedSite {
    /// The candidate.
    pub candidate: SiteCandidate,
    /// Unmet children within its reach.
    pub covered: f64,
    /// Those that no site before it covers.
    pub marginal: f64,
    /// Mean minutes that the unmet children in its reach walk to it; `None` when there are none.
    pub walking_minutes: Option<f64>,
    /// Posts behind it: complaints in its dong; `None` where the number may not be shown or there is no dong.
    pub supporting_posts: Option<u64>,
    /// Share of the perturbed problems in which it is chosen.
    pub stability: f64,
}

/// A plan with what proves it.
#[derive(Debug, Clone, PartialEq)]
pub struct SitePlan {
    /// Best next first.
    pub sites: Vec<PlannedSite>,
    /// Children without a place in reach, of the whole district.
    pub unmet: f64,
    /// Those that the plan covers.
    pub covered: f64,
    /// No plan under the same terms covers more.
    pub bound: f64,
    /// The plan is proven to cover most.
    pub is_optimal: bool,
    /// What the list of best next sites covers.
    pub greedy: f64,
    /// Price of the plan; `None` where the cost of a site is not known.
    pub cost_won: Option<u64>,
    /// Candidates that could be chosen.
    pub candidates: usize,
    /// Mean minutes that all children walk to the nearest site of the plan; `None` without sites.
    pub mean_minutes: Option<f64>,
    /// The same for the sites that make it shortest.
    pub shortest_minutes: Option<f64>,
    /// Ids of those.
    pub shortest_sites: Vec<String>,
    /// No choice makes the walk shorter.
    pub shortest_is_optimal: bool,
}

/// Chooses sites and explains them.
pub fn plan(siting: &Siting, request: &CheckedRequest) -> Result<SitePlan, PlanError> {
    let sites: Vec<&SiteCandidate> = request.taking_part(siting).collect();
    let unmet = unmet(&siting.cells, request.kind, request.need);
    let terms = terms(request, &sites);
    let cover = instance(covering_costs(&siting.cells, &unmet, &sites, request.reach_dm)?, terms.clone(), &sites)?;
    let solution = solve_covering(&cover, MOST_WORK.0, COVERING);
    let nearest = instance(walking_costs(&siting.cells, &sites), terms, &sites)?;
    let shortest = solve(&nearest, MOST_WORK.1);
    let stable = stability(siting, request, &sites)?;
    let reach = Reach::of(siting, &unmet, &sites, request)?;
    let chosen = reach.best_next_first(&solution.chosen);
    let planned: Vec<PlannedSite> = chosen
        .iter()
        .map(|(at, marginal)| PlannedSite {
            candidate: sites[*at].clone(),
            covered: reach.covered(*at),
            marginal: *marginal,
            walking_minutes: reach.walking_minutes(*at, siting, sites[*at]),
            supporting_posts: complaints(siting, sites[*at]),
            stability: stable[*at],
        })
        .collect();
    let covered = planned.iter().fold(0.0, |sum, site| sum + site.marginal);
    Ok(SitePlan {
        covered,
        bound: bound(&cover, &solution, covered),
        is_optimal: solution.is_optimal(),
        greedy: (cover.value(&[]) - solution.greedy_value) as f64 / SCALE,
        cost_won: planned.iter().map(|site| site.candidate.cost_won).sum(),
        candidates: sites.len(),
        mean_minutes: mean_minutes(siting, &sites, &solution.chosen),
        shortest_minutes: mean_minutes(siting, &sites, &shortest.chosen),
        shortest_sites: shortest.chosen.iter().map(|at| sites[*at].id.clone()).collect(),
        shortest_is_optimal: shortest.is_optimal(),
        unmet: unmet.iter().fold(0.0, |sum, unmet| sum + unmet),
        sites: planned,
    })
}

/// The bound in children. A proven plan is its own bound, to the last digit.
fn bound(problem: &Instance, solution: &Solution, covered: f64) -> f64 {
    if solution.is_optimal() { covered } else { (problem.value(&[]) - solution.bound) as f64 / SCALE }
}

fn complaints(siting: &Siting, site: &SiteCandidate) -> Option<u64> {
    let at = siting.dongs.iter().position(|dong| Some(dong) == site.dong.as_ref())?;
    siting.complaints.get(at).copied().flatten()
}

/// Cells within the reach of each candidate.
struct Reach<'a> {
    unmet: &'a [f64],
    cells: Vec<Vec<usize>>,
}

impl<'a> Reach<'a> {
    fn of(
        siting: &Siting,
        unmet: &'a [f64],
        sites: &[&SiteCandidate],
        request: &CheckedRequest,
    ) -> Result<Self, PlanError> {
        let cells = siting.cells.iter().map(|cell| super::point(cell.at)).collect::<Result<Vec<_>, _>>()?;
        let grid = Coverage::new(&cells, request.reach_dm);
        let cells = sites
            .iter()
            .map(|site| Ok(grid.covering(super::point(site.at)?)))
            .collect::<Result<Vec<_>, crate::siting::SpecError>>()?;
        Ok(Self { unmet, cells })
    }

    fn covered(&self, site: usize) -> f64 {
        self.cells[site].iter().fold(0.0, |sum, cell| sum + self.unmet[*cell])
    }

    /// The same sites, each with what it adds to those before it.
    fn best_next_first(&self, chosen: &[usize]) -> Vec<(usize, f64)> {
        let mut left = chosen.to_vec();
        let mut open = vec![true; self.unmet.len()];
        let mut order = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let gain = |site: usize| {
                self.cells[site].iter().filter(|cell| open[**cell]).fold(0.0, |sum, cell| sum + self.unmet[*cell])
            };
            // Of equal gains the earlier candidate: only a larger gain moves on.
            let mut best = (0, gain(left[0]));
            for (at, site) in left.iter().enumerate().skip(1) {
                let gain = gain(*site);
                if gain > best.1 {
                    best = (at, gain);
                }
            }
            let site = left.remove(best.0);
            self.cells[site].iter().for_each(|cell| open[*cell] = false);
            order.push((site, best.1));
        }
        order
    }

    fn walking_minutes(&self, site: usize, siting: &Siting, candidate: &SiteCandidate) -> Option<f64> {
        let (walked, children) = self.cells[site].iter().fold((0.0, 0.0), |(walked, children), cell| {
            let metres = straight(siting.cells[*cell].at, candidate.at) * siting.detour;
            (walked + metres * self.unmet[*cell], children + self.unmet[*cell])
        });
        (children > 0.0).then(|| walked / children / METRES_A_MINUTE)
    }
}

fn mean_minutes(siting: &Siting, sites: &[&SiteCandidate], chosen: &[usize]) -> Option<f64> {
    let (mut walked, mut children) = (0.0, 0.0);
    for cell in &siting.cells {
        let nearest = chosen.iter().map(|at| straight(cell.at, sites[*at].at)).min_by(f64::total_cmp)?;
        walked += nearest * siting.detour * cell.children;
        children += cell.children;
    }
    (children > 0.0).then(|| walked / children / METRES_A_MINUTE)
}

fn straight(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}
