//! Plans by pencil: each option shown to matter, each senseless one refused with its range.

use super::what_if::nested;
use super::*;
use crate::siting::Status;

/// Three cells of 60, 30 and 24 person-hours a day, 300 m apart, a stop and a lamp at each; two dongs.
fn inputs() -> WifiInputs {
    let cell = |x_m, people: f64| {
        let mut cell = CellInput {
            x_m,
            y_m: 0.0,
            place: None,
            dong: None,
            public_share: None,
            weekday: [Presence::default(); 24],
            weekend: [Presence::default(); 24],
        };
        (cell.weekday[12], cell.weekend[12]) = (Presence::of(Some(people)), Presence::of(Some(people)));
        cell
    };
    let candidate = |kind: &str, id: &str, x_m, dong: &str| CandidateInput {
        kind: kind.into(),
        id: id.into(),
        name: None,
        x_m,
        y_m: 0.0,
        place: None,
        dong: Some(dong.into()),
        cost_won: None,
    };
    WifiInputs {
        people: People::default(),
        cells: vec![cell(0.0, 60.0), cell(300.0, 30.0), cell(600.0, 24.0)],
        candidates: vec![
            candidate("bus_stop", "a", 0.0, "1"),
            candidate("bus_stop", "b", 300.0, "1"),
            candidate("bus_stop", "c", 600.0, "2"),
            candidate("streetlight", "l", 0.0, "1"),
        ],
        access_points: vec![AccessPointInput { x_m: 300.0, y_m: 10.0, indoor: Some(true) }],
        requests: vec![RequestInput { kind: "wifi".into(), x_m: 600.0, y_m: 20.0 }],
    }
}

fn params() -> Params {
    Params { count_access_points: false, request_weight: 0.0, ..Params::default() }
}

fn plan(change: impl FnOnce(&mut WhatIf, &mut Params)) -> Result<WifiPlan, String> {
    let (mut asked, mut settings) = (WhatIf { sites: Some(2), ..WhatIf::default() }, params());
    change(&mut asked, &mut settings);
    what_if(&inputs(), &settings.check().unwrap(), &asked, &|| false).map_err(|sentence| sentence.to_string())
}

fn sites(plan: &WifiPlan) -> Vec<&str> {
    plan.sites.iter().map(|s| s.candidate.id.as_str()).collect()
}

#[test]
fn a_plan_says_its_value_bound_and_cost() {
    let best = plan(|_, _| {}).unwrap();
    assert_eq!((sites(&best), best.value, best.bound, best.gap), (vec!["a", "b"], 90.0, Some(90.0), Some(0.0)));
    assert_eq!((best.status, best.cost_won, best.requests_served), (Status::Optimal, 6_000_000, 0));
    assert_eq!((best.sites[1].gain, best.greedy_value), (30.0, 90.0));
}

#[test]
fn every_option_changes_the_plan() {
    let of = |change: fn(&mut WhatIf, &mut Params)| {
        let plan = plan(change).unwrap();
        (plan.sites.iter().map(|s| s.candidate.id.clone()).collect::<Vec<_>>(), plan.value)
    };
    let is = |ids: &[&str], value: f64| (ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(), value);
    assert_eq!(of(|a, _| a.sites = Some(1)), is(&["a"], 60.0));
    assert_eq!(of(|a, _| (a.sites, a.budget_won) = (None, Some(3.0e6))), is(&["a"], 60.0));
    // A lamp for one million instead of a stop for three leaves enough for the second place.
    assert_eq!(
        of(|a, p| {
            (a.sites, a.budget_won) = (None, Some(4.0e6));
            a.costs = vec![("streetlight".into(), 1.0e6)];
            p.candidate_kinds = vec!["bus_stop".into(), "streetlight".into()];
        }),
        is(&["l", "b"], 90.0)
    );
    assert_eq!(of(|a, _| a.minimum_per_dong = 1), is(&["a", "c"], 84.0));
    assert_eq!(of(|a, _| a.fixed = vec!["bus_stop/c".into()]), is(&["a", "c"], 84.0));
    assert_eq!(
        of(|a, p| (a.excluded, p.candidate_kinds) = (vec!["bus_stop/a".into()], vec!["bus_stop".into()])),
        is(&["b", "c"], 54.0)
    );
    assert_eq!(of(|a, _| a.steps = vec![ReachStep { radius_m: 50.0, share: 0.5 }]), is(&["a", "b"], 45.0));
    // Half of the demand asks for a second site: two at the largest cell are 60, one each at two cells 45.
    assert_eq!(of(|a, _| a.second_share = 0.5), is(&["a", "l"], 60.0));
    assert_eq!(of(|_, p| p.count_access_points = true), is(&["a", "c"], 84.0));
    assert_eq!(of(|_, p| (p.count_access_points, p.count_indoor_access_points) = (true, false)), is(&["a", "b"], 90.0));
    assert_eq!(of(|_, p| p.request_weight = 10.0), is(&["a", "c"], 94.0));
    assert_eq!(of(|_, p| p.radius_m = 300.0), is(&["b"], 114.0));
    assert_eq!(of(|_, p| p.hour_weights[12] = 0.5), is(&["a", "b"], 45.0));
}

#[test]
fn what_masked_counts_leave_open_is_the_interval_of_the_plan() {
    let mut inputs = inputs();
    (inputs.cells[1].weekday[8], inputs.cells[1].weekend[8]) = (Presence::of(None), Presence::of(None));
    let (settings, asked) = (params().check().unwrap(), WhatIf { sites: Some(2), ..WhatIf::default() });
    let plan = what_if(&inputs, &settings, &asked, &|| false).unwrap();
    // 60 and 30 are counted; in one hour of every day there are 0 to 3 persons more, 1.5 as the settings assume.
    assert_eq!((plan.value, plan.range), (91.5, Some((90.0, 93.0))));
    assert_eq!(plan_of_run(&inputs, &settings, &asked).unwrap(), plan);
    assert_eq!(self::plan(|_, _| {}).unwrap().range, None);
}

#[test]
fn the_interval_is_what_the_covering_problem_counts_with_other_people_behind_masked_counts() {
    let mut inputs = inputs();
    for (cell, hour) in [(0, 7), (1, 8), (1, 9), (2, 22)] {
        inputs.cells[cell].weekday[hour] = Presence::of(None);
    }
    let asked = |sites, steps: &[(f64, f64)], second_share| WhatIf {
        sites: Some(sites),
        steps: steps.iter().map(|(radius_m, share)| ReachStep { radius_m: *radius_m, share: *share }).collect(),
        second_share,
        ..WhatIf::default()
    };
    let faded = [(50.0, 1.0), (300.0, 0.4), (310.0, 0.1)];
    for asked in [asked(1, &[], 0.0), asked(2, &[], 0.5), asked(1, &faded, 0.0), asked(3, &faded, 0.3)] {
        for count_access_points in [true, false] {
            let settings = Params { count_access_points, request_weight: 7.0, weekday_share: 0.7, ..params() };
            let plan = what_if(&inputs, &settings.clone().check().unwrap(), &asked, &|| false).unwrap();
            let ids: Vec<String> = plan.sites.iter().map(|s| s.candidate.name()).collect();
            // With the same sites and no others to choose from, a plan counts what the whole problem counts for them.
            let with = |masked_people| {
                let settings = Params { masked_people, ..settings.clone() }.check().unwrap();
                let fixed = WhatIf { sites: Some(ids.len() as i64), fixed: ids.clone(), ..asked.clone() };
                what_if(&inputs, &settings, &fixed, &|| false).unwrap().value
            };
            assert_eq!(plan.range, Some((with(0.0), with(3.0))), "{asked:?}");
        }
    }
}

#[test]
fn a_curve_of_plans_is_the_plans_one_by_one_up_to_the_first_that_cannot_be_met() {
    let settings = params().check().unwrap();
    let asked = WhatIf { sites: Some(2), minimum_per_dong: 9, ..WhatIf::default() };
    let curve = equity_curve(&inputs(), &settings, &asked, 4, &|| false).unwrap();
    let alone = |minimum| plan(|a, _| a.minimum_per_dong = minimum);
    assert_eq!(curve, [alone(0).unwrap(), alone(1).unwrap()]);
    assert!(alone(2).is_err());
    assert_eq!(equity_curve(&inputs(), &settings, &asked, 0, &|| false).unwrap().len(), 1);
    let none = WhatIf { fixed: vec!["bus_stop/z".into()], ..asked };
    assert!(equity_curve(&inputs(), &settings, &none, 4, &|| false).unwrap_err().to_string().contains("no candidate"));
}

#[test]
fn a_reach_that_fades_counts_the_nearer_step_in_full() {
    let steps = vec![ReachStep { radius_m: 50.0, share: 1.0 }, ReachStep { radius_m: 300.0, share: 0.2 }];
    let best = plan(|a, _| (a.sites, a.steps) = (Some(1), steps)).unwrap();
    // At the first cell: 60 in full and a fifth of 30; at the second: 30 in full and a fifth of 60 and of 24.
    assert_eq!((sites(&best), best.value), (vec!["a"], 66.0));
}

#[test]
fn senseless_options_are_refused_with_what_is_allowed() {
    let refused = |change: fn(&mut WhatIf, &mut Params), words: &str| {
        let sentence = plan(change).unwrap_err();
        assert!(sentence.contains(words), "{sentence}");
    };
    refused(|a, _| a.sites = Some(0), "from 1 to 1,000");
    refused(|a, _| a.budget_won = Some(1.0), "not both");
    refused(|a, _| a.sites = None, "Give sites");
    refused(|a, _| (a.sites, a.budget_won) = (None, Some(f64::NAN)), "budget must be");
    refused(|a, _| a.minimum_per_dong = 51, "from 0 to 50");
    refused(|a, _| a.minimum_per_dong = 2, "cannot be met");
    refused(|a, _| (a.sites, a.budget_won, a.minimum_per_dong) = (None, Some(5.0e6), 1), "too little money");
    refused(|a, _| a.fixed = vec!["bus_stop/z".into()], "no candidate");
    refused(|a, _| (a.sites, a.fixed) = (Some(1), vec!["bus_stop/a".into(), "bus_stop/b".into()]), "alone exceed");
    refused(|a, _| (a.fixed, a.excluded) = (vec!["bus_stop/a".into()], vec!["bus_stop/a".into()]), "both fixed");
    refused(|a, _| a.second_share = 0.6, "from 0 to 0.5");
    refused(|a, _| a.steps = vec![ReachStep { radius_m: 50.0, share: 1.5 }], "reachSteps");
    refused(|a, _| a.costs = vec![("bus_stop".into(), 0.0)], "costs[bus_stop] must be from 1");
    refused(|a, _| a.costs = vec![("bus_stop".into(), 1.5)], "whole number of won, but is 1.5");
    refused(|a, _| a.costs = vec![("bus_stop".into(), 1.0), ("bus_stop".into(), 2.0)], "names bus_stop twice");
    refused(|a, _| (a.sites, a.budget_won) = (None, Some(2_999_999.0)), "at least 3,000,000 won");
    refused(|a, _| a.steps = vec![ReachStep { radius_m: 50.0, share: 0.0004 }], "at least 0.001");
    refused(
        |a, _| a.steps = [(50.0, 0.9), (60.0, 0.8999)].map(|(radius_m, share)| ReachStep { radius_m, share }).into(),
        "at least 0.001 each",
    );
    refused(|a, _| a.costs = vec![("lighthouse".into(), 5.0)], "there are bus_stop, streetlight");
    refused(|_, p| p.candidate_kinds = vec!["lighthouse".into()], "there are bus_stop, streetlight");
}

#[test]
fn a_question_that_nobody_waits_for_ends_at_once_without_a_bound() {
    let stopped =
        what_if(&inputs(), &params().check().unwrap(), &WhatIf { sites: Some(2), ..WhatIf::default() }, &|| true);
    let stopped = stopped.unwrap();
    assert_eq!((stopped.status, stopped.bound, stopped.gap), (Status::Stopped, None, None));
}

#[test]
fn a_plan_says_what_of_it_is_people_and_what_each_dong_gets() {
    // An access point works beside b. The request beside c counts for ten.
    let mut inputs = inputs();
    inputs.cells.iter_mut().zip(["1", "1", "2"]).for_each(|(cell, dong)| cell.dong = Some(dong.into()));
    let steps = [(100.0, 1.0), (310.0, 0.5)].map(|(radius_m, share)| ReachStep { radius_m, share });
    let asked = WhatIf { sites: Some(2), steps: steps.into(), ..WhatIf::default() };
    let settings = Params { request_weight: 10.0, count_access_points: true, ..params() };
    let best = what_if(&inputs, &settings.check().unwrap(), &asked, &|| false).unwrap();
    assert_eq!((sites(&best), best.value, best.people), (vec!["a", "c"], 47.0, Some(42.0)));
    // Of the thirty at b the access point serves all; of the sixty at a, the 24 at c and the request it serves half from
    // 300 m away, and the sites the other half.
    let of = |code: &str| best.dongs.iter().find(|dong| dong.code == code).unwrap();
    assert_eq!((of("1").sites, of("1").demand, of("1").today, of("1").gain), (1, 90.0, 60.0, 30.0));
    assert_eq!((of("2").sites, of("2").demand, of("2").today, of("2").gain), (1, 24.0, 12.0, 12.0));
    assert_eq!(best.dongs.iter().map(|dong| dong.gain).sum::<f64>(), best.people.unwrap());
}

#[test]
fn no_plan_of_a_curve_counts_less_than_the_next_and_no_bound_more_than_the_one_before() {
    let made = |value: f64, bound: f64, status| WifiPlan {
        bound: Some(bound),
        value,
        gap: Some((bound - value) / bound),
        status,
        ..plan(|_, _| {}).unwrap()
    };
    let curve = nested(vec![
        made(90.0, 100.0, Status::Bounded),
        made(95.0, 95.0, Status::Optimal),
        made(80.0, 96.0, Status::Bounded),
        made(70.0, 70.0, Status::Optimal),
    ]);
    let shown: Vec<_> = curve.iter().map(|plan| (plan.value, plan.bound, plan.status)).collect();
    let bounded = |value, bound| (value, Some(bound), Status::Bounded);
    let optimal = |value| (value, Some(value), Status::Optimal);
    assert_eq!(shown, [bounded(95.0, 100.0), optimal(95.0), bounded(80.0, 95.0), optimal(70.0)]);
    assert_eq!((curve[0].gap, curve[1].gap), (Some(0.05), Some(0.0)));
}
