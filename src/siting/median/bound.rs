//! How cheap can a choice be at best? The Lagrangian bound at given prices.

use super::Instance;

/// What is decided about a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    Open,
    /// Chosen.
    In,
    /// Not chosen.
    Out,
}

/// The bound at given prices, and what follows from it.
#[derive(Debug, Clone, Default)]
pub struct Bound {
    /// No choice that respects the states costs less.
    pub value: i64,
    /// By candidate: what the points would pay above its costs; 0 for those that are decided.
    pub worth: Vec<i64>,
    /// Open candidates that the bound would choose, with the part of each.
    pub chosen: Vec<(usize, f64)>,
    /// Worth of the last group that still found a place, when places are what bounds the choice.
    pub last: Option<i64>,
    /// Worth of the first group that found none.
    pub first_without: i64,
}

/// Computes the bound. `served` lists what the open candidates can serve for less than the chosen ones do; no price is
/// above what the chosen ones ask, so that these are worth nothing more.
pub fn bound(instance: &Instance, states: &[State], served: &[Vec<(u32, i64)>], prices: &[i64]) -> Bound {
    let worth: Vec<i64> = served
        .iter()
        .map(|served| served.iter().map(|(point, cost)| (prices[*point as usize] - cost).max(0)).sum())
        .collect();
    let mut found = Bound { worth, ..Bound::default() };
    let taken = states.iter().filter(|state| **state == State::In).count();
    let total: i64 = prices.iter().sum();
    let places = instance.terms.sites.saturating_sub(taken);
    let by_places = best_groups(instance, states, &found.worth, places);
    let by_money =
        instance.terms.budget.as_ref().map(|(budget, _)| best_for_money(instance, states, &found.worth, *budget));
    match by_money {
        Some((gain, chosen)) if gain < by_places.gain => {
            found.value = total - gain;
            found.chosen.extend(chosen);
        }
        _ => {
            found.value = total - by_places.gain;
            found.chosen.extend(by_places.chosen.into_iter().map(|candidate| (candidate, 1.0)));
            found.last = Some(by_places.last);
            found.first_without = by_places.first_without;
        }
    }
    found
}

struct ByPlaces {
    gain: i64,
    chosen: Vec<usize>,
    last: i64,
    first_without: i64,
}

/// The worthiest of each group; of these as many as there are places.
fn best_groups(instance: &Instance, states: &[State], worth: &[i64], places: usize) -> ByPlaces {
    let mut best = vec![(0_i64, usize::MAX); instance.groups];
    for candidate in (0..states.len()).filter(|at| states[*at] == State::Open) {
        let of_group = &mut best[instance.group[candidate]];
        if worth[candidate] > of_group.0 {
            *of_group = (worth[candidate], candidate);
        }
    }
    best.retain(|(worth, _)| *worth > 0);
    best.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let first_without = best.get(places).map_or(0, |(worth, _)| *worth);
    best.truncate(places);
    ByPlaces {
        gain: best.iter().map(|(worth, _)| worth).sum(),
        last: if best.len() < places { 0 } else { best.last().map_or(0, |(worth, _)| *worth) },
        chosen: best.into_iter().map(|(_, candidate)| candidate).collect(),
        first_without,
    }
}

/// The worthiest for their price until the money is gone; of the last one a part, rounded up.
fn best_for_money(instance: &Instance, states: &[State], worth: &[i64], budget: u64) -> (i64, Vec<(usize, f64)>) {
    let spent = (0..states.len())
        .filter(|at| states[*at] == State::In)
        .map(|at| instance.price(at))
        .fold(0_u64, u64::saturating_add);
    let mut left = budget.saturating_sub(spent);
    let mut open: Vec<usize> = (0..states.len()).filter(|at| states[*at] == State::Open && worth[*at] > 0).collect();
    open.sort_unstable_by(|a, b| {
        let cross = |x: usize, y: usize| i128::from(worth[x]) * i128::from(instance.price(y));
        cross(*b, *a).cmp(&cross(*a, *b)).then(a.cmp(b))
    });
    let (mut gain, mut chosen) = (0_i64, Vec::new());
    for candidate in open {
        let price = instance.price(candidate);
        if price <= left {
            left -= price;
            gain += worth[candidate];
            chosen.push((candidate, 1.0));
        } else {
            let part = (i128::from(worth[candidate]) * i128::from(left) + i128::from(price) - 1) / i128::from(price);
            gain += i64::try_from(part).unwrap_or(worth[candidate]);
            chosen.push((candidate, left as f64 / price as f64));
            break;
        }
    }
    (gain, chosen)
}
