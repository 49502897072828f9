//! The easier choice under a budget where groups need sites: the budget gets a price too.
//!
//! At a price μ of money a group takes every candidate that is worth more than its cost, and of the rest the least bad ones
//! until it has what it needs. Σ c_j over them + μ·(budget − Σ cost_j) is a bound for every μ ≥ 0 and convex in μ, so that
//! halving finds the least. With whole numbers of sites in place of money no price is needed: see `dual`.

use super::core::Core;

/// Halvings after which the price of money is known as well as a float can say.
const HALVINGS: usize = 48;

/// The choice at the price of money at which the bound is least and the budget kept.
pub(super) struct Priced {
    /// Own numbers, in no order.
    pub chosen: Vec<u32>,
    /// Σ c_j over them and the rest of the budget at its price, not rounded up.
    pub bound: f64,
    /// The price of money.
    pub margin: f64,
}

/// What is taken at one price of money.
struct Taken {
    chosen: Vec<u32>,
    spent: u64,
}

/// Chooses by the prices c_j of the candidates. The core must be feasible.
pub(super) fn choose(core: &Core, price: &[f64], budget: u64) -> Priced {
    let mut groups = vec![Vec::new(); core.needs.len()];
    (0..core.len() as u32).for_each(|k| groups[core.group[k as usize] as usize].push(k));
    let mut at = |money: f64| taken(core, price, &mut groups, money);
    let done = |margin: f64, taken: Taken| {
        let worth: f64 = taken.chosen.iter().map(|k| price[*k as usize]).sum();
        let rest = budget.saturating_sub(taken.spent) as f64;
        Priced { chosen: taken.chosen, bound: worth + margin * rest, margin }
    };
    let free = at(0.0);
    if free.spent <= budget {
        return done(0.0, free);
    }
    let ratios = (0..core.len()).map(|k| price[k] / core.cost[k] as f64);
    let (mut low, mut high) = (0.0, ratios.fold(f64::MIN_POSITIVE, f64::max));
    let mut kept = at(high);
    // Dear enough, money makes every group take its cheapest, and those the budget pays for.
    while kept.spent > budget && high.is_finite() {
        (low, high) = (high, high * 4.0);
        kept = at(high);
    }
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        let now = at(middle);
        if now.spent > budget {
            low = middle;
        } else {
            (high, kept) = (middle, now);
        }
    }
    done(high, kept)
}

fn taken(core: &Core, price: &[f64], groups: &mut [Vec<u32>], money: f64) -> Taken {
    let above = |k: &u32| price[*k as usize] - money * core.cost[*k as usize] as f64;
    let mut taken = Taken { chosen: Vec::new(), spent: 0 };
    for (group, needs) in groups.iter_mut().zip(&core.needs) {
        if *needs > 0 && *needs < group.len() {
            group.select_nth_unstable_by(*needs - 1, |a, b| above(b).total_cmp(&above(a)).then(a.cmp(b)));
        }
        taken.chosen.extend(group.iter().take(*needs));
        taken.chosen.extend(group.iter().skip(*needs).filter(|k| above(k) > 0.0));
    }
    taken.spent = taken.chosen.iter().map(|k| core.cost[*k as usize]).sum();
    taken
}
