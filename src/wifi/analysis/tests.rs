//! The list by pencil, each setting shown to matter, and the reference instances.

use super::*;
use crate::wifi::evaluate::evaluate;

fn cell(x_m: f64, weekday_noon: f64, weekend_night: f64) -> CellInput {
    let mut cell = CellInput {
        x_m,
        y_m: 0.0,
        place: None,
        dong: None,
        public_share: None,
        weekday: [Presence::default(); 24],
        weekend: [Presence::default(); 24],
    };
    cell.weekday[12] = Presence::of(Some(weekday_noon));
    cell.weekend[22] = Presence::of(Some(weekend_night));
    cell
}

fn candidate(kind: &str, id: &str, x_m: f64) -> CandidateInput {
    CandidateInput {
        kind: kind.into(),
        id: id.into(),
        name: None,
        x_m,
        y_m: 0.0,
        place: None,
        dong: None,
        cost_won: None,
    }
}

fn inputs() -> WifiInputs {
    WifiInputs {
        people: People::default(),
        cells: vec![cell(0.0, 700.0, 0.0), cell(300.0, 0.0, 350.0), cell(600.0, 70.0, 0.0)],
        candidates: vec![
            candidate("bus_stop", "a", 0.0),
            candidate("bus_stop", "b", 300.0),
            candidate("streetlight", "c", 600.0),
        ],
        access_points: Vec::new(),
        requests: vec![RequestInput { kind: "wifi".into(), x_m: 600.0, y_m: 50.0 }],
    }
}

fn order(inputs: &WifiInputs, params: Params) -> Vec<String> {
    let results = analyse(inputs, &params.check().unwrap()).unwrap();
    results.sites.into_iter().map(|s| s.candidate.id).collect()
}

#[test]
fn sites_are_ranked_by_the_person_hours_that_they_add() {
    let results = analyse(&inputs(), &Params::default().check().unwrap()).unwrap();
    // Weekdays are 5 of 7: 700·5/7 = 500, 350·2/7 = 100, 70·5/7 = 50 (and a request of weight 50).
    let gains: Vec<_> = results.sites.iter().map(|s| (s.candidate.id.as_str(), s.marginal.value.round())).collect();
    assert_eq!(gains, [("a", 500.0), ("b", 100.0), ("c", 50.0)]);
    assert_eq!(results.sites[2].requests_served, 1);
    assert_eq!(results.sites[1].top_hours, [22]);
    assert!((results.sites[1].cumulative_share.unwrap() - 600.0 / 650.0).abs() < 1e-12);
    assert_eq!(results.sites[0].nearest_access_point_m, None);
}

#[test]
fn every_setting_changes_the_list() {
    let base = inputs();
    let of = |change: fn(&mut Params)| {
        let mut params = Params::default();
        change(&mut params);
        order(&base, params)
    };
    assert_eq!(of(|_| {}), ["a", "b", "c"]);
    assert_eq!(of(|p| p.sites = 2), ["a", "b"]);
    assert_eq!(of(|p| p.hour_weights[12] = 0.0), ["b", "c"]);
    assert_eq!(of(|p| p.weekday_share = 0.0), ["b", "c"]);
    assert_eq!(of(|p| p.request_weight = 1_000.0), ["c", "a", "b"]);
    assert_eq!(
        of(|p| {
            p.request_weight = 1_000.0;
            p.request_kinds = vec!["other".into()];
        }),
        ["a", "b", "c"]
    );
    assert_eq!(of(|p| p.candidate_kinds = vec!["streetlight".into()]), ["c"]);
    // From the middle all three cells are in reach; the request, 304 m away, is not.
    assert_eq!(of(|p| p.radius_m = 300.0), ["b", "c"]);
    let mut served = inputs();
    served.access_points.push(AccessPointInput { x_m: 0.0, y_m: 100.0, indoor: None });
    assert_eq!(order(&served, Params::default()), ["b", "c"]);
    assert_eq!(order(&served, Params { count_access_points: false, ..Params::default() }), ["a", "b", "c"]);
}

#[test]
fn of_the_people_of_a_cell_those_in_public_space_count_where_it_is_known() {
    let mut known = inputs();
    // 700 · 5/7 = 500 persons at noon, a quarter of the ground is street; nothing is known of the other cells.
    known.cells[0].public_share = Some(0.25);
    known.cells[0].weekday[13] = Presence::of(None);
    known.people.knows_public_space = true;
    let of = |public_space_only| {
        let params = Params { public_space_only, masked_people: 1.4, ..Params::default() };
        let results = analyse(&known, &params.check().unwrap()).unwrap();
        let a = results.sites.iter().find(|s| s.candidate.id == "a").unwrap().marginal;
        let (lower, upper) = a.range.unwrap();
        (results.in_public_space, [a.value, lower, upper].map(|hours| (hours * 1e6).round() / 1e6))
    };
    // The masked hour is 1.4 persons on five days of seven, one, and between 0 and 3 · 5/7.
    assert_eq!(of(true), (true, [125.25, 125.0, 125.535714]));
    assert_eq!(of(false), (false, [501.0, 500.0, 502.142857]));
    // What everybody counts for is written as it was before there was the setting.
    let written = serde_json::to_value(Params::default()).unwrap();
    assert!(written.get("publicSpaceOnly").is_none());
}

#[test]
fn two_facilities_on_one_pole_are_one_candidate() {
    let mut both = inputs();
    both.candidates.push(candidate("streetlight", "pole", 0.0));
    let of = |costs: [(&str, u64); 2]| {
        let costs = costs.into_iter().map(|(kind, won)| (kind.to_owned(), won)).collect();
        let results = analyse(&both, &Params { costs, ..Params::default() }.check().unwrap()).unwrap();
        (results.candidates, results.sites[0].candidate.id.clone())
    };
    assert_eq!(of([("bus_stop", 3), ("streetlight", 4)]), (3, "a".to_owned()));
    assert_eq!(of([("bus_stop", 4), ("streetlight", 3)]), (3, "pole".to_owned()), "the cheaper one stays");
    assert_eq!(of([("bus_stop", 3), ("streetlight", 3)]), (3, "a".to_owned()));
}

#[test]
fn masked_counts_are_filled_in_as_assumed_and_the_interval_runs_from_nobody_to_three() {
    let mut masked = inputs();
    masked.cells[1].weekend[22] = Presence::of(None);
    let of = |masked_people| {
        let params = Params { masked_people, ..Params::default() };
        analyse(&masked, &params.check().unwrap()).unwrap()
    };
    let (half, none) = (of(1.5), of(0.0));
    // The only hour of b: so many persons on two days of seven.
    let b = |results: &WifiResults| results.sites.iter().find(|s| s.candidate.id == "b").map(|s| s.marginal);
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let filled = b(&half).unwrap();
    let (lower, upper) = filled.range.unwrap();
    assert!(close(filled.value, 3.0 / 7.0) && close(lower, 0.0) && close(upper, 6.0 / 7.0), "{filled:?}");
    assert_eq!(half.masked_hours, 1);
    assert!(close(half.demand.value - none.demand.value, 3.0 / 7.0));
    assert_eq!(half.sites[0].marginal.range, None, "nothing is masked around a");
    assert!(Params { masked_people: 3.1, ..Params::default() }.check().is_err());
}

#[test]
fn senseless_settings_are_refused_with_the_allowed_range() {
    let refused: [fn(&mut Params); 5] = [
        |p| p.radius_m = 9.0,
        |p| p.sites = 0,
        |p| p.hour_weights = vec![1.0; 23],
        |p| p.weekday_share = f64::NAN,
        |p| p.request_kinds = vec!["tree".into()],
    ];
    for change in refused {
        let mut params = Params::default();
        change(&mut params);
        assert!(params.check().is_err(), "{params:?}");
    }
}

#[test]
fn the_reference_instances_are_solved_and_proven() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/wifi");
    for (name, greedy, optimum, pairs, total) in [
        ("dj_p50_small", 35_298, 35_376, 8_863, 97_288),
        ("dj_p100_mid", 206_631, 211_887, 146_419, 365_727),
        ("dj_budget_mid", 144_584, 145_444, 81_772, 413_143),
    ] {
        let answer = evaluate(&folder.join(name)).unwrap();
        assert_eq!(answer["greedy_value"], greedy, "{name}");
        assert_eq!(answer["value"], optimum, "{name}");
        assert_eq!(answer["bound"], optimum, "{name}");
        assert_eq!(answer["status"], "OPTIMAL", "{name}");
        assert_eq!(answer["covering_pairs"], pairs, "{name}");
        assert_eq!(answer["total_uncovered_weight_before"], total, "{name}");
        let default_path = answer["default_path"]["value"].as_f64().unwrap();
        assert!(default_path >= 0.999 * f64::from(optimum), "{name}: {default_path}");
        assert!(answer["default_path"]["gap"].as_f64().unwrap() <= 0.005, "{name}");
    }
}

/// Two cells of one dong, 300 of 400 person-hours and 100, and one of another; the bus stop reaches the first.
#[test]
fn a_site_says_its_cost_its_dong_and_its_share_of_the_bound() {
    let of = |x_m: f64, noon: f64, dong: &str| CellInput { dong: Some(dong.into()), ..cell(x_m, noon, 0.0) };
    let placed = |kind: &str, id: &str, x_m: f64, dong: &str| CandidateInput {
        dong: Some(dong.into()),
        ..candidate(kind, id, x_m)
    };
    let mut inputs = WifiInputs {
        cells: vec![of(0.0, 300.0, "x"), of(500.0, 100.0, "x"), of(1_000.0, 50.0, "y")],
        candidates: vec![
            placed("bus_stop", "a", 0.0, "x"),
            placed("streetlight", "b", 500.0, "x"),
            placed("park", "c", 1_000.0, "y"),
        ],
        ..WifiInputs::default()
    };
    let params = Params {
        weekday_share: 1.0,
        candidate_kinds: vec!["bus_stop".into(), "streetlight".into(), "park".into()],
        ..Params::default()
    };
    let found = analyse(&inputs, &params.check().unwrap()).unwrap();
    let shares: Vec<_> = found.sites.iter().map(|s| (s.dong_share_before, s.dong_share_after)).collect();
    assert_eq!(shares, [(Some(0.0), Some(0.75)), (Some(0.75), Some(1.0)), (Some(0.0), Some(1.0))]);
    assert_eq!(found.sites.iter().map(|s| s.cost_won).collect::<Vec<_>>(), [3_000_000, 4_500_000, 6_000_000]);
    // The sites share nobody, so best next is best.
    assert_eq!(found.sites.iter().map(|s| s.bound_share).collect::<Vec<_>>(), [Some(1.0); 3]);
    assert_eq!(found.sites.iter().map(|s| s.stability).collect::<Vec<_>>(), [Some(1.0); 3]);
    let dear = Params { costs: [("bus_stop".to_owned(), 7)].into(), ..params.clone() };
    let found = analyse(&inputs, &dear.check().unwrap()).unwrap();
    assert_eq!(found.sites.iter().map(|s| s.cost_won).collect::<Vec<_>>(), [7, 4_500_000, 4_500_000]);
    // What the file says of one facility goes before what is said of its kind.
    inputs.candidates[0].cost_won = Some(9);
    let found = analyse(&inputs, &dear.check().unwrap()).unwrap();
    assert_eq!(found.sites[0].cost_won, 9);
    assert!(Params { costs: [("bus_stop".to_owned(), 0)].into(), ..params }.check().is_err());
}

/// One site. By day all are at a, in the evening all at b: the list of the run goes to a, where most are.
#[test]
fn other_hours_make_another_list_and_a_site_that_only_some_lists_reach_is_less_stable() {
    let mut evening = cell(500.0, 0.0, 0.0);
    evening.weekday[20] = Presence::of(Some(90.0));
    let inputs = WifiInputs {
        cells: vec![cell(0.0, 200.0, 0.0), evening],
        candidates: vec![candidate("bus_stop", "a", 0.0), candidate("bus_stop", "b", 500.0)],
        ..WifiInputs::default()
    };
    let params = Params { sites: 1, weekday_share: 1.0, ..Params::default() }.check().unwrap();
    let found = analyse(&inputs, &params).unwrap();
    assert_eq!(found.sites[0].candidate.id, "a");
    let of = |setting: Setting| found.scenarios.iter().find(|s| s.setting == setting).copied().unwrap();
    let evening = of(Setting::Evening);
    assert_eq!((evening.own_person_hours, evening.kept_person_hours), (90.0, 0.0));
    let day = of(Setting::Daytime);
    assert_eq!((day.own_person_hours, day.kept_person_hours), (200.0, 200.0));
    assert_eq!(of(Setting::Radius(80.0)).own_person_hours, 200.0);
    let tried = found.scenarios.len() as f64;
    assert!(
        (found.sites[0].stability.unwrap() - (tried - 1.0) / tried).abs() < 1e-12,
        "all lists but that of the evening"
    );
}
