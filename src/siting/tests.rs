//! Small problems by pencil, and the properties that every answer must have.

use proptest::prelude::*;

use super::*;

fn p(x: i32, y: i32) -> Point {
    Point { x, y }
}

fn problem(demand: &[(Point, u64)], candidates: &[Point], existing: &[Point], radius: u32) -> Problem {
    let candidates = candidates.iter().map(|at| Candidate { at: *at, cost: 1 }).collect();
    Problem::new(demand, candidates, existing, radius, Limit::Sites(1)).unwrap()
}

#[test]
fn a_point_exactly_on_the_radius_is_covered_and_one_decimetre_further_is_not() {
    // 600² + 800² = 1000².
    let at = |x, y| problem(&[(p(x, y), 7)], &[p(0, 0)], &[], 1_000).alone(0);
    assert_eq!((at(600, 800), at(601, 800), at(-600, -800), at(-600, -801)), (7, 0, 7, 0));
}

#[test]
fn demand_in_reach_of_an_existing_point_counts_nothing() {
    let demand = [(p(0, 0), 5), (p(500, 0), 3)];
    let problem = problem(&demand, &[p(0, 0), p(500, 0)], &[p(0, 100)], 100);
    assert_eq!((problem.total(), problem.alone(0), problem.alone(1)), (3, 0, 3));
}

#[test]
fn what_two_sites_cover_counts_once_and_the_list_says_what_each_adds() {
    // The right one covers 4 + 10; then the other two both add 2 + 3, and the earlier one is taken.
    let demand = [(p(0, 0), 2), (p(100, 0), 3), (p(200, 0), 4), (p(300, 0), 10)];
    let problem = problem(&demand, &[p(0, 0), p(100, 0), p(300, 0)], &[], 100);
    let steps = ranked(&problem, Limit::Sites(3));
    let gains: Vec<_> = steps.iter().map(|s| (s.candidate, s.gain)).collect();
    assert_eq!(gains, [(2, 14), (0, 5)], "the third adds nothing and is left out");
}

#[test]
fn an_exchange_finds_what_best_next_misses() {
    // Best next takes the middle (6) and then one end (3); the two ends together cover 10.
    let demand = [(p(0, 0), 2), (p(100, 0), 3), (p(200, 0), 3), (p(300, 0), 2)];
    let candidates = [p(50, 0), p(150, 0), p(250, 0)];
    let problem = problem(&demand, &candidates, &[], 50);
    let found = plan(&problem, Limit::Sites(2));
    assert_eq!((found.greedy_value, found.value), (8, 10));
}

#[test]
fn a_budget_is_kept_and_never_worse_than_the_best_single_site() {
    let demand = [(p(0, 0), 10), (p(1_000, 0), 100)];
    let candidates = vec![Candidate { at: p(0, 0), cost: 1 }, Candidate { at: p(1_000, 0), cost: 100 }];
    let problem = Problem::new(&demand, candidates, &[], 10, Limit::Budget(100)).unwrap();
    let found = plan(&problem, Limit::Budget(100));
    assert_eq!((found.value, found.sites[0].candidate), (100, 1));
    let free = vec![Candidate { at: p(0, 0), cost: 0 }];
    assert!(matches!(Problem::new(&demand, free, &[], 10, Limit::Budget(1)), Err(SpecError::FreeCandidate(0))));
}

#[test]
fn nothing_to_cover_and_nothing_to_choose_give_an_empty_plan() {
    for problem in [
        problem(&[], &[p(0, 0)], &[], 10),
        problem(&[(p(0, 0), 5)], &[], &[], 10),
        problem(&[(p(0, 0), 0)], &[p(0, 0)], &[], 10),
        // Everything is served already.
        problem(&[(p(0, 0), 5), (p(6, 8), 5)], &[p(0, 0)], &[p(0, 0)], 10),
    ] {
        let found = plan(&problem, Limit::Sites(5));
        assert_eq!((found.value, found.sites.len()), (0, 0));
    }
    let same_place = problem(&[(p(1, 1), 5)], &[p(1, 1), p(1, 2)], &[], 0);
    assert_eq!((same_place.alone(0), same_place.alone(1)), (5, 0), "radius 0 reaches the very place only");
}

#[test]
fn numbers_that_are_no_coordinates_are_refused() {
    for wrong in [f64::NAN, f64::INFINITY, 1e12] {
        assert!(decimetres(wrong).is_err(), "{wrong}");
    }
    assert_eq!(decimetres(-12.34), Ok(-123));
}

#[test]
fn a_reach_that_fades_counts_each_step_once() {
    // 40 m in full, 70 m six tenths, 100 m three tenths: in thousandths 400, 300 and 300 more from step to step.
    let layers = [(400, 400), (700, 300), (1_000, 300)].map(|(radius, first)| Layer { radius, first, second: 0 });
    let at = |x| {
        let one = vec![Candidate { at: p(0, 0), cost: 1 }];
        Problem::layered(&[(p(x, 0), 10)], one, &[], &layers, Limit::Sites(1)).unwrap().alone(0)
    };
    assert_eq!([at(400), at(401), at(700), at(701), at(1_000), at(1_001)], [10_000, 6_000, 6_000, 3_000, 3_000, 0]);
}

#[test]
fn a_second_site_counts_where_it_is_asked_for() {
    // Two places of ten people; with a fifth of the weight for a second site, two at the one place are 10, one each 16.
    let layers = [Layer { radius: 10, first: 8, second: 2 }];
    let candidates = [p(0, 0), p(1, 0), p(500, 0)].map(|at| Candidate { at, cost: 1 }).to_vec();
    let demand = [(p(0, 0), 10), (p(500, 0), 10)];
    let problem = Problem::layered(&demand, candidates, &[], &layers, Limit::Sites(3)).unwrap();
    assert_eq!((problem.value(&[0, 1]), problem.value(&[0, 2]), problem.value(&[0, 1, 2])), (100, 160, 180));
    let best = solve(&problem, Limit::Sites(3), &Rules::default(), Effort::PROVEN, &|| false).unwrap();
    assert_eq!((best.value, best.bound, best.status), (180, Some(180), Status::Optimal));
    let wrong = [Layer { radius: 10, first: 1, second: 2 }];
    assert!(matches!(
        Problem::layered(&[], Vec::new(), &[], &wrong, Limit::Sites(1)),
        Err(SpecError::SecondAboveFirst)
    ));
}

#[test]
fn rules_that_contradict_each_other_are_refused() {
    let problem = problem(&[(p(0, 0), 1)], &[p(0, 0), p(1, 0)], &[], 10);
    let refused = |rules: Rules, limit| solve(&problem, limit, &rules, Effort::QUICK, &|| false).err();
    let fixed = |fixed: &[usize]| Rules { fixed: fixed.to_vec(), ..Rules::default() };
    assert_eq!(refused(fixed(&[2]), Limit::Sites(1)), Some(SpecError::UnknownCandidate(2)));
    assert_eq!(refused(fixed(&[0, 1]), Limit::Sites(1)), Some(SpecError::FixedExceedLimit));
    assert_eq!(
        refused(Rules { excluded: vec![0], ..fixed(&[0]) }, Limit::Sites(1)),
        Some(SpecError::FixedAndExcluded(0))
    );
    let groups = Rules { groups: vec![0, 0], at_least: vec![3], ..Rules::default() };
    assert_eq!(refused(groups.clone(), Limit::Sites(3)), Some(SpecError::MinimumNotPossible));
    assert_eq!(refused(groups, Limit::Budget(3)), Some(SpecError::MinimumNotPossible));
    // One site of each group costs 1 each.
    let both = Rules { groups: vec![0, 1], at_least: vec![1, 1], ..Rules::default() };
    assert_eq!(refused(both.clone(), Limit::Budget(1)), Some(SpecError::MinimumNotPossible));
    assert_eq!(refused(both, Limit::Budget(2)), None);
}

#[test]
fn a_stop_from_outside_ends_the_work_with_what_was_found() {
    let problem = problem(&[(p(0, 0), 1)], &[p(0, 0)], &[], 10);
    let found = solve(&problem, Limit::Sites(1), &Rules::default(), Effort::PROVEN, &|| true).unwrap();
    assert_eq!((found.status, found.bound, found.value), (Status::Stopped, None, 1));
}

fn points(n: usize) -> impl Strategy<Value = Vec<Point>> {
    prop::collection::vec((-300_i32..300, -300_i32..300).prop_map(|(x, y)| p(x, y)), 1..n)
}

proptest! {
    #[test]
    fn the_grid_finds_what_comparing_everything_finds(a in points(40), b in points(40), radius in 0_u32..200) {
        let grid = coverage::Coverage::new(&a, radius);
        for at in &b {
            let expected: Vec<usize> = (0..a.len())
                .filter(|i| {
                    let (dx, dy) = (i64::from(a[*i].x - at.x), i64::from(a[*i].y - at.y));
                    dx * dx + dy * dy <= i64::from(radius).pow(2)
                })
                .collect();
            prop_assert_eq!(grid.covering(*at), expected);
        }
    }

    #[test]
    fn a_plan_is_near_the_best_and_says_its_value_rightly(
        demand in prop::collection::vec(((-300_i32..300, -300_i32..300), 0_u64..20), 1..40),
        candidates in points(9),
        sites in 1_usize..4,
        radius in 30_u32..200,
    ) {
        let demand: Vec<(Point, u64)> = demand.into_iter().map(|((x, y), w)| (p(x, y), w)).collect();
        let problem = problem(&demand, &candidates, &[], radius);
        let found = plan(&problem, Limit::Sites(sites));
        let chosen: Vec<usize> = found.sites.iter().map(|s| s.candidate).collect();
        let recount: u64 = demand
            .iter()
            .filter(|(at, _)| chosen.iter().any(|j| {
                let (dx, dy) = (i64::from(candidates[*j].x - at.x), i64::from(candidates[*j].y - at.y));
                dx * dx + dy * dy <= i64::from(radius).pow(2)
            }))
            .map(|(_, w)| *w)
            .sum();
        prop_assert_eq!(found.value, recount);
        prop_assert_eq!(found.value, found.sites.iter().map(|s| s.gain).sum::<u64>());
        prop_assert!(found.sites.len() <= sites && found.value >= found.greedy_value);
        let best = (0_usize..1 << candidates.len())
            .filter(|set| set.count_ones() as usize <= sites)
            .map(|set| problem.value(&(0..candidates.len()).filter(|j| set >> j & 1 == 1).collect::<Vec<_>>()))
            .max()
            .unwrap_or(0);
        prop_assert!(found.value <= best && found.greedy_value as f64 >= 0.632 * best as f64 - 1e-9, "{} of {}", found.greedy_value, best);
    }

    #[test]
    fn the_order_of_the_demand_and_a_common_factor_change_nothing(
        mut demand in prop::collection::vec(((-300_i32..300, -300_i32..300), 1_u64..20), 1..40),
        candidates in points(12),
    ) {
        let build = |d: &[((i32, i32), u64)], factor: u64| {
            let demand: Vec<(Point, u64)> = d.iter().map(|((x, y), w)| (p(*x, *y), w * factor)).collect();
            plan(&problem(&demand, &candidates, &[], 120), Limit::Sites(3))
        };
        let first = build(&demand, 1);
        let scaled = build(&demand, 7);
        demand.reverse();
        let turned = build(&demand, 1);
        prop_assert_eq!(&first, &turned);
        prop_assert_eq!(first.value * 7, scaled.value);
    }

    #[test]
    fn a_proven_plan_is_the_best_that_trying_everything_finds(
        demand in prop::collection::vec(((-300_i32..300, -300_i32..300), 0_u64..30), 1..60),
        candidates in prop::collection::vec(((-300_i32..300, -300_i32..300), 1_u64..9), 1..11),
        limit in (0_u64..20, prop::bool::ANY),
        radius in 30_u32..250,
        second in 0_u64..3,
        fixed in prop::option::of(0_usize..10),
        excluded in prop::option::of(0_usize..10),
        at_least in prop::collection::vec(0_usize..3, 0..3),
    ) {
        let n = candidates.len();
        let demand: Vec<(Point, u64)> = demand.into_iter().map(|((x, y), w)| (p(x, y), w)).collect();
        let list: Vec<Candidate> =
            candidates.iter().map(|((x, y), cost)| Candidate { at: p(*x, *y), cost: *cost }).collect();
        let limit = if limit.1 { Limit::Budget(limit.0) } else { Limit::Sites(limit.0 as usize / 3) };
        let layers = [Layer { radius, first: 3, second }, Layer { radius: radius / 2, first: 2, second: 0 }];
        let problem = Problem::layered(&demand, list.clone(), &[], &layers, limit).unwrap();
        let rules = Rules {
            fixed: fixed.filter(|j| *j < n).into_iter().collect(),
            excluded: excluded.filter(|j| *j < n).into_iter().collect(),
            groups: (0..n as u32).map(|j| j % 3).collect(),
            at_least,
        };
        let allowed = |set: &usize| {
            let holds = |j: &usize| set >> *j & 1 == 1;
            let within = match limit {
                Limit::Sites(p) => set.count_ones() as usize <= p,
                Limit::Budget(b) => (0..n).filter(holds).map(|j| list[j].cost).sum::<u64>() <= b,
            };
            let enough = rules.at_least.iter().enumerate().all(|(g, least)| {
                (0..n).filter(holds).filter(|j| j % 3 == g).count() >= *least
            });
            within && enough && rules.fixed.iter().all(holds) && !rules.excluded.iter().any(holds)
        };
        let best = (0_usize..1 << n)
            .filter(allowed)
            .map(|set| problem.value(&(0..n).filter(|j| set >> j & 1 == 1).collect::<Vec<_>>()))
            .max();
        match (solve(&problem, limit, &rules, Effort::PROVEN, &|| false), best) {
            (Ok(found), Some(best)) => {
                let chosen = found.sites.iter().fold(0_usize, |set, s| set | 1 << s.candidate);
                prop_assert!(allowed(&chosen), "{:?}", found);
                prop_assert_eq!((found.value, found.bound, found.status), (best, Some(best), Status::Optimal));
            }
            (Err(_), None) => {}
            (found, best) => prop_assert!(false, "{:?} but {:?}", found, best),
        }
    }

    #[test]
    fn a_proof_does_not_depend_on_any_order_a_common_factor_or_a_twin(
        mut demand in prop::collection::vec(((-300_i32..300, -300_i32..300), 1_u64..20), 1..80),
        candidates in points(20),
    ) {
        let solved = |d: &[((i32, i32), u64)], factor: u64, candidates: &[Point]| {
            let demand: Vec<(Point, u64)> = d.iter().map(|((x, y), w)| (p(*x, *y), w * factor)).collect();
            let problem = problem(&demand, candidates, &[], 120);
            solve(&problem, Limit::Sites(4), &Rules::default(), Effort::PROVEN, &|| false).unwrap()
        };
        let first = solved(&demand, 1, &candidates);
        let scaled = solved(&demand, 7, &candidates);
        prop_assert_eq!((first.value * 7, first.bound.map(|b| b * 7)), (scaled.value, scaled.bound));
        let twins = [&candidates[..], &candidates[..]].concat();
        prop_assert_eq!(solved(&demand, 1, &twins).value, first.value);
        let turned: Vec<Point> = candidates.iter().rev().copied().collect();
        prop_assert_eq!(solved(&demand, 1, &turned).value, first.value);
        demand.reverse();
        prop_assert_eq!(solved(&demand, 1, &candidates), first);
    }
}

/// A greedy list of two reaches 8 where the best two reach 10; of one, 6; all three reach 10.
#[test]
fn no_list_of_any_length_exceeds_its_bound_and_a_tight_one_is_met() {
    let demand = [(p(0, 0), 2), (p(100, 0), 3), (p(200, 0), 3), (p(300, 0), 2)];
    let problem = problem(&demand, &[p(50, 0), p(150, 0), p(250, 0)], &[], 50);
    assert_eq!(prefix_bounds(&problem, 5, 200), [6, 10, 10]);
    assert_eq!(prefix_bounds(&problem, 0, 200), [0_u64; 0]);
}

proptest! {
    #[test]
    fn the_best_plan_of_every_size_lies_below_its_bound_and_bounds_never_fall(
        demand in proptest::collection::vec(((0..60_i32, 0..60_i32), 0..20_u64), 1..25),
        candidates in proptest::collection::vec((0..60_i32, 0..60_i32), 1..8),
        radius in 0..30_u32,
    ) {
        let demand: Vec<_> = demand.into_iter().map(|((x, y), w)| (p(x, y), w)).collect();
        let candidates: Vec<_> = candidates.into_iter().map(|(x, y)| p(x, y)).collect();
        let problem = problem(&demand, &candidates, &[], radius);
        let bounds = prefix_bounds(&problem, candidates.len(), 60);
        prop_assert!(bounds.windows(2).all(|w| w[0] <= w[1]));
        // Every choice there is, by its bits.
        for bits in 1..(1_u32 << candidates.len()) {
            let chosen: Vec<usize> = (0..candidates.len()).filter(|j| bits & (1 << j) != 0).collect();
            prop_assert!(problem.value(&chosen) <= bounds[chosen.len() - 1], "{:?} {:?}", chosen, bounds);
        }
    }
}

/// Streets of places, each demand and candidate, with circles that overlap much; weights that need 40 bits.
fn crowded() -> Problem {
    let mut state = 5_u64;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let places: Vec<Point> = (0..240).map(|_| p(below(3_000) as i32, below(3_000) as i32)).collect();
    let demand: Vec<(Point, u64)> = places.iter().map(|at| (*at, (1 << 40) + below(1 << 41))).collect();
    problem(&demand, &places, &[], 500)
}

#[test]
fn annealed_corners_find_what_is_proven_best_even_where_weights_do_not_fit_into_32_bits() {
    let (problem, limit, rules) = (crowded(), Limit::Sites(12), Rules::default());
    let with = |effort| solve(&problem, limit, &rules, effort, &|| false).unwrap();
    let best = with(Effort::PROVEN);
    assert_eq!(best.status, Status::Optimal);
    let quick = with(Effort { iterations: 3, ..Effort::QUICK });
    assert!(quick.value < best.value, "exchanges alone do not find it: {} and {}", quick.value, best.value);
    let annealed = with(Effort { iterations: 3, work: 60_000_000, steps: 300_000, ..Effort::ANNEALED });
    assert_eq!(annealed.value, best.value);
    assert_eq!(
        annealed.sites,
        with(Effort { iterations: 3, work: 60_000_000, steps: 300_000, ..Effort::ANNEALED }).sites
    );
}

#[test]
fn annealing_under_a_budget_and_with_needs_keeps_both() {
    let crowded = crowded();
    let candidates: Vec<Candidate> =
        (0..240).map(|j| Candidate { at: crowded.candidates[j].at, cost: 1 + j as u64 % 7 }).collect();
    let demand: Vec<(Point, u64)> = candidates.iter().zip(1..).map(|(c, weight)| (c.at, weight)).collect();
    let limit = Limit::Budget(30);
    let problem = Problem::new(&demand, candidates.clone(), &[], 500, limit).unwrap();
    let groups = (0..240).map(|j| j % 3).collect();
    let rules = Rules { groups, at_least: vec![4, 0, 2], ..Rules::default() };
    let effort = Effort { work: 30_000_000, steps: 100_000, ..Effort::ANNEALED };
    let plan = solve(&problem, limit, &rules, effort, &|| false).unwrap();
    let spent: u64 = plan.sites.iter().map(|s| candidates[s.candidate].cost).sum();
    let of = |group: usize| plan.sites.iter().filter(|s| s.candidate % 3 == group).count();
    assert!(spent <= 30 && of(0) >= 4 && of(2) >= 2, "{spent} spent, {} and {} sites", of(0), of(2));
    let best = solve(&problem, limit, &rules, Effort::PROVEN, &|| false).unwrap();
    assert!(plan.value <= best.bound.unwrap());
    assert!(plan.value as f64 >= 0.99 * best.value as f64, "{} and {}", plan.value, best.value);
}
