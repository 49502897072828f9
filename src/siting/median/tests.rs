//! Small problems against looking at every choice, terms one by one, and the size of a district.

use proptest::prelude::*;

use super::*;
use crate::siting::{Effort, Point};

/// The least cost of all choices that respect the terms.
fn by_looking_at_all(instance: &Instance) -> i64 {
    let n = instance.candidates();
    (0..1_u32 << n)
        .map(|bits| (0..n).filter(|at| bits >> at & 1 == 1).collect::<Vec<_>>())
        .filter(|chosen| allowed(instance, chosen))
        .map(|chosen| instance.value(&chosen))
        .min()
        .unwrap()
}

fn allowed(instance: &Instance, chosen: &[usize]) -> bool {
    let terms = &instance.terms;
    let spent: u64 = chosen.iter().map(|at| instance.price(*at)).sum();
    chosen.len() <= terms.sites
        && terms.fixed.iter().all(|at| chosen.contains(at))
        && !terms.too_close.iter().any(|(a, b)| chosen.contains(a) && chosen.contains(b))
        && terms.budget.as_ref().is_none_or(|(budget, _)| spent <= *budget)
}

fn point(x: i32) -> Point {
    Point { x, y: 0 }
}

/// Weights 5, 3 and 4 at 0, 10 and 20; candidates at 0, 10 and 20. Covered within 10: 8, 12 and 7.
fn line(terms: Terms) -> Instance {
    let demand = [(point(0), 5), (point(10), 3), (point(20), 4)];
    Instance::new(covering(&demand, &[point(0), point(10), point(20)], 10), terms).unwrap()
}

#[test]
fn the_middle_covers_everybody_and_every_term_moves_the_choice() {
    let chosen = |terms: Terms| solve(&line(terms), u64::MAX);
    let plain = chosen(Terms { sites: 1, ..Terms::default() });
    assert_eq!((plain.chosen.as_slice(), plain.value, plain.is_optimal()), (&[1][..], 0, true));
    let fixed = chosen(Terms { sites: 1, fixed: vec![2], ..Terms::default() });
    assert_eq!((fixed.chosen.as_slice(), fixed.value), (&[2][..], 5));
    let dear = Some((10, vec![6, 11, 5]));
    let budget = chosen(Terms { sites: 3, budget: dear, ..Terms::default() });
    assert_eq!((budget.chosen.as_slice(), budget.value), (&[0][..], 4));
    let close = Terms { sites: 2, fixed: vec![0], too_close: vec![(0, 1), (1, 2)], ..Terms::default() };
    assert_eq!((chosen(close.clone()).chosen, chosen(close).value), (vec![0, 2], 0));
}

#[test]
fn the_edge_of_a_radius_belongs_to_it() {
    let covered = |radius| {
        let costs = covering(&[(point(0), 7)], &[point(30)], radius);
        Instance::new(costs, Terms { sites: 1, ..Terms::default() }).unwrap().value(&[0])
    };
    // What nobody covers is left out of the costs altogether.
    assert_eq!((covered(30), covering(&[(point(0), 7)], &[point(30)], 29).unserved.len()), (0, 0));
}

#[test]
fn walking_costs_weight_times_metres() {
    let costs = walking(&[((0.0, 0.0), 2), ((10.0, 0.0), 3)], &[(3.0, 4.0), (10.0, 0.0)]);
    assert_eq!(costs.served[1], [(0, 20), (1, 0)]);
    assert_eq!(costs.served[0][0], (0, 10));
    let one = Instance::new(costs, Terms { sites: 1, ..Terms::default() }).unwrap();
    // To (3, 4): 2·5 + 3·√65 = 34; to (10, 0): 2·10.
    assert_eq!((one.value(&[0]), solve(&one, u64::MAX).chosen), (34, vec![1]));
}

#[test]
fn terms_that_cannot_be_met_are_named() {
    let costs = || covering(&[(point(0), 1)], &[point(0), point(1)], 5);
    let refused = |terms| Instance::new(costs(), terms).unwrap_err();
    let fixed = vec![0, 1];
    assert_eq!(
        refused(Terms { sites: 1, fixed: fixed.clone(), ..Terms::default() }),
        TermsError::TooMany { fixed: 2, sites: 1 }
    );
    assert_eq!(
        refused(Terms { sites: 2, fixed: fixed.clone(), too_close: vec![(0, 1)], ..Terms::default() }),
        TermsError::TooClose(0, 1)
    );
    assert_eq!(
        refused(Terms { sites: 2, fixed, budget: Some((9, vec![5, 5])), ..Terms::default() }),
        TermsError::TooDear { price: 10, budget: 9 }
    );
}

/// Three candidates in a row of demand where the best first step is a trap: the middle covers most alone, the two ends
/// cover everything together.
#[test]
fn greedy_is_not_enough() {
    let demand = [(point(-20), 4), (point(-8), 5), (point(8), 5), (point(20), 4)];
    let costs = covering(&demand, &[point(-14), point(0), point(14)], 8);
    let solution = solve(&Instance::new(costs, Terms { sites: 2, ..Terms::default() }).unwrap(), u64::MAX);
    assert_eq!((solution.greedy_value, solution.value, solution.chosen), (4, 0, vec![0, 2]));
}

/// The trap again, and no work allowed to see through it: the solver of covering problems proves the two ends, and under a
/// least distance between them its bound still holds.
#[test]
fn covering_is_proven_by_the_solver_of_covering_problems() {
    let demand = [(point(-20), 4), (point(-8), 5), (point(8), 5), (point(20), 4)];
    let costs = covering(&demand, &[point(-14), point(0), point(14)], 8);
    let two = |too_close| Instance::new(costs.clone(), Terms { sites: 2, too_close, ..Terms::default() }).unwrap();
    let cut_short = solve(&two(vec![]), 0);
    assert!(!cut_short.is_optimal(), "{cut_short:?}");
    let solution = solve_covering(&two(vec![]), 0, Effort::PROVEN);
    assert_eq!((solution.chosen.as_slice(), solution.value, solution.bound), (&[0, 2][..], 0, 0));
    let apart = solve_covering(&two(vec![(0, 2)]), 0, Effort::PROVEN);
    assert_eq!((apart.value, apart.bound, apart.is_optimal()), (4, 0, false));
}

fn problem() -> impl Strategy<Value = (Costs, Terms)> {
    let costs = (2_usize..8, 1_usize..9).prop_flat_map(|(candidates, points)| {
        let unserved = proptest::collection::vec(0_i64..50, points);
        let served = proptest::collection::vec(proptest::collection::vec(0_i64..60, points), candidates);
        (unserved, served)
    });
    costs.prop_flat_map(|(unserved, served)| {
        let n = served.len();
        let cheaper = |row: &Vec<i64>| {
            (0..).zip(row.iter().zip(&unserved)).filter(|(_, (c, u))| c < u).map(|(p, (c, _))| (p, *c)).collect()
        };
        let costs = Costs { served: served.iter().map(cheaper).collect(), unserved };
        let pairs = proptest::collection::vec((0..n, 0..n), 0..5);
        let prices = proptest::collection::vec(1_u64..20, n);
        (Just(costs), 1..=n, pairs, proptest::option::of((5_u64..60, prices)), proptest::option::of(0..n)).prop_map(
            |(costs, sites, pairs, budget, fixed)| {
                let too_close = pairs.into_iter().filter(|(a, b)| a < b).collect();
                (costs, Terms { sites, budget, too_close, fixed: fixed.into_iter().collect() })
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_choice_is_better_than_the_one_found((costs, terms) in problem()) {
        let Ok(instance) = Instance::new(costs, terms) else { return Ok(()) };
        let solution = solve(&instance, u64::MAX);
        prop_assert!(allowed(&instance, &solution.chosen), "{:?}", solution);
        prop_assert_eq!(solution.value, instance.value(&solution.chosen));
        prop_assert_eq!(solution.value, by_looking_at_all(&instance));
        prop_assert!(solution.is_optimal());
    }

    #[test]
    fn what_the_solver_of_covering_problems_adds_holds_under_every_term((mut costs, terms) in problem()) {
        costs.served.iter_mut().flatten().for_each(|(_, cost)| *cost = 0);
        let Ok(instance) = Instance::new(costs, terms) else { return Ok(()) };
        let (solution, best) = (solve_covering(&instance, 0, Effort::PROVEN), by_looking_at_all(&instance));
        prop_assert!(allowed(&instance, &solution.chosen), "{:?}", solution);
        prop_assert_eq!(solution.value, instance.value(&solution.chosen));
        prop_assert!(solution.bound <= best && best <= solution.value, "{:?} {}", solution, best);
        if instance.terms.too_close.is_empty() && instance.terms.budget.is_none() {
            prop_assert_eq!(solution.value, best);
        }
    }

    #[test]
    fn a_search_that_is_cut_short_says_so_and_its_bound_holds((costs, terms) in problem(), work in 0_u64..2_000) {
        let Ok(instance) = Instance::new(costs, terms) else { return Ok(()) };
        let solution = solve(&instance, work);
        let least = by_looking_at_all(&instance);
        prop_assert!(allowed(&instance, &solution.chosen));
        prop_assert!(solution.bound <= least && least <= solution.value, "{:?} {}", solution, least);
        prop_assert!(!solution.is_optimal() || solution.value == least);
    }

    #[test]
    fn the_order_of_the_candidates_does_not_change_the_value((costs, terms) in problem()) {
        let n = costs.served.len();
        let turned = Costs { served: costs.served.iter().rev().cloned().collect(), ..costs.clone() };
        let terms_turned = Terms {
            sites: terms.sites,
            budget: terms.budget.clone().map(|(b, prices)| (b, prices.into_iter().rev().collect())),
            too_close: terms.too_close.iter().map(|(a, b)| (n - 1 - a, n - 1 - b)).collect(),
            fixed: terms.fixed.iter().map(|at| n - 1 - at).collect(),
        };
        let (Ok(one), Ok(other)) = (Instance::new(costs, terms), Instance::new(turned, terms_turned)) else { return Ok(()) };
        prop_assert_eq!(solve(&one, u64::MAX).value, solve(&other, u64::MAX).value);
    }
}
