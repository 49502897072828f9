//! A problem, checked once.

/// What it costs to serve the demand points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Costs {
    /// By demand point: what it costs when no chosen candidate serves it.
    pub unserved: Vec<i64>,
    /// By candidate: the demand points that it serves for less than that, with the cost.
    pub served: Vec<Vec<(u32, i64)>>,
}

/// What bounds a choice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// Most sites, those that must be chosen included.
    pub sites: usize,
    /// Most money, with the price of each candidate.
    pub budget: Option<(u64, Vec<u64>)>,
    /// Pairs of candidates that may not be chosen together.
    pub too_close: Vec<(usize, usize)>,
    /// Candidates that must be chosen.
    pub fixed: Vec<usize>,
}

/// Why terms cannot be met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermsError {
    /// More must be chosen than may be.
    #[error("{fixed} sites must be chosen, but only {sites} may be")]
    TooMany {
        /// Sites that must be chosen.
        fixed: usize,
        /// Sites that may be.
        sites: usize,
    },
    /// Those that must be chosen cost more than there is.
    #[error("the sites that must be chosen cost {price}, but the budget is {budget}")]
    TooDear {
        /// What they cost.
        price: u64,
        /// What there is.
        budget: u64,
    },
    /// Two that must be chosen may not be chosen together.
    #[error("candidates {0} and {1} must both be chosen, but stand too close to each other")]
    TooClose(usize, usize),
    /// The costs add up to more than can be counted.
    #[error("the costs add up to more than can be counted")]
    TooLarge,
}

/// A problem whose terms can be met.
#[derive(Debug, Clone)]
pub struct Instance {
    pub(super) costs: Costs,
    pub(super) terms: Terms,
    /// By candidate: those that may not be chosen with it.
    pub(super) rivals: Vec<Vec<usize>>,
    /// By candidate: number of its group. Of a group only one may be chosen; most groups hold one candidate.
    pub(super) group: Vec<usize>,
    pub(super) groups: usize,
}

impl Instance {
    /// Checks the terms against the costs.
    pub fn new(costs: Costs, mut terms: Terms) -> Result<Self, TermsError> {
        let all = costs.unserved.iter().try_fold(0_i64, |sum, cost| sum.checked_add(*cost));
        // Half the range leaves room for the differences of the search.
        if all.is_none_or(|all| all > i64::MAX / 4) {
            return Err(TermsError::TooLarge);
        }
        terms.fixed.sort_unstable();
        terms.fixed.dedup();
        terms.sites = terms.sites.min(costs.served.len());
        if terms.fixed.len() > terms.sites {
            return Err(TermsError::TooMany { fixed: terms.fixed.len(), sites: terms.sites });
        }
        let mut rivals = vec![Vec::new(); costs.served.len()];
        for (a, b) in &terms.too_close {
            rivals[*a].push(*b);
            rivals[*b].push(*a);
        }
        if let Some((a, b)) = terms
            .fixed
            .iter()
            .find_map(|a| rivals[*a].iter().find(|b| **b > *a && terms.fixed.contains(b)).map(|b| (*a, *b)))
        {
            return Err(TermsError::TooClose(a, b));
        }
        if let Some((budget, prices)) = &terms.budget {
            let price = terms.fixed.iter().map(|at| prices[*at]).fold(0_u64, u64::saturating_add);
            if price > *budget {
                return Err(TermsError::TooDear { price, budget: *budget });
            }
        }
        let (group, groups) = grouped(&rivals);
        Ok(Self { costs, terms, rivals, group, groups })
    }

    /// Number of candidates.
    pub fn candidates(&self) -> usize {
        self.costs.served.len()
    }

    /// What a choice costs.
    pub fn value(&self, chosen: &[usize]) -> i64 {
        let mut cheapest = self.costs.unserved.clone();
        for (point, cost) in chosen.iter().flat_map(|at| &self.costs.served[*at]) {
            let best = &mut cheapest[*point as usize];
            *best = (*best).min(*cost);
        }
        cheapest.iter().sum()
    }

    /// Price of a candidate; 0 without a budget.
    pub(super) fn price(&self, candidate: usize) -> u64 {
        self.terms.budget.as_ref().map_or(0, |(_, prices)| prices[candidate])
    }

    /// Whether a whole choice keeps to the terms.
    pub(super) fn allows(&self, chosen: &[usize]) -> bool {
        let joins = |n: usize| self.may_join(&chosen[..n], chosen[n]);
        self.terms.fixed.iter().all(|at| chosen.contains(at)) && (0..chosen.len()).all(joins)
    }

    /// Whether a candidate may join a choice.
    pub(super) fn may_join(&self, chosen: &[usize], candidate: usize) -> bool {
        let spent = || chosen.iter().map(|at| self.price(*at)).fold(0_u64, u64::saturating_add);
        chosen.len() < self.terms.sites
            && !chosen.contains(&candidate)
            && !self.rivals[candidate].iter().any(|rival| chosen.contains(rival))
            && self
                .terms
                .budget
                .as_ref()
                .is_none_or(|(budget, _)| spent().saturating_add(self.price(candidate)) <= *budget)
    }
}

/// Puts candidates that are all too close to each other into one group, first come, first served.
fn grouped(rivals: &[Vec<usize>]) -> (Vec<usize>, usize) {
    let mut group = vec![usize::MAX; rivals.len()];
    let mut groups = 0;
    for candidate in 0..rivals.len() {
        if group[candidate] != usize::MAX {
            continue;
        }
        let mut members = vec![candidate];
        for rival in rivals[candidate].iter().filter(|rival| group[**rival] == usize::MAX) {
            if members.iter().skip(1).all(|member| rivals[*rival].contains(member)) {
                members.push(*rival);
            }
        }
        members.iter().for_each(|member| group[*member] = groups);
        groups += 1;
    }
    (group, groups)
}
