//! Plans by pencil, every part of a question shown to matter, and what is refused.

use super::*;

fn cell(dong: usize, x: f64, children: f64, access: f64) -> CellCare {
    CellCare { dong, at: (x, 0.0), children, access: [Some(access), Some(0.0)] }
}

fn candidate(id: &str, x: f64, cost_won: Option<u64>, fit: [bool; 2]) -> SiteCandidate {
    SiteCandidate {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: "apartment".to_owned(),
        at: (x, 0.0),
        place: (126.9, 37.5),
        dong: Some("a".to_owned()),
        cost_won,
        fit,
    }
}

/// Unmet at need 0.6: 60 children at 0 m, 50 at 1,000 m, 40 at 5,000 m, and 600 with enough places at 9,000 m.
fn siting() -> Siting {
    Siting {
        dongs: vec!["a".to_owned(), "b".to_owned()],
        cells: vec![
            cell(0, 0.0, 100.0, 0.0),
            cell(0, 1_000.0, 100.0, 0.1),
            cell(1, 5_000.0, 100.0, 0.2),
            cell(1, 9_000.0, 600.0, 0.8),
        ],
        candidates: vec![
            candidate("a", 0.0, Some(100), [true, true]),
            candidate("b", 500.0, Some(300), [true, false]),
            candidate("c", 5_000.0, Some(100), [true, true]),
            candidate("d", 9_000.0, None, [true, true]),
        ],
        needs: [0.6, 0.03],
        detour: 1.0,
        complaints: vec![Some(12), None],
    }
}

fn ask(change: impl FnOnce(&mut SiteRequest)) -> Result<SitePlan, String> {
    let mut request = SiteRequest { sites: 2, reach_m: 500.0, apart_m: 0.0, ..SiteRequest::default() };
    change(&mut request);
    let checked = request.check(&siting()).map_err(|sentence| sentence.to_string())?;
    plan(&siting(), &checked).map_err(|error| error.to_string())
}

fn ids(plan: &SitePlan) -> Vec<&str> {
    plan.sites.iter().map(|site| site.candidate.id.as_str()).collect()
}

#[test]
fn a_plan_covers_most_unmet_children_and_explains_each_site() {
    let plan = ask(|_| {}).unwrap();
    assert_eq!(ids(&plan), ["b", "c"]);
    assert!((plan.covered - 150.0).abs() < 1e-9 && plan.is_optimal && plan.bound == plan.covered);
    assert!((plan.unmet - 150.0).abs() < 1e-9);
    let first = &plan.sites[0];
    assert!((first.covered - 110.0).abs() < 1e-9 && (first.marginal - 110.0).abs() < 1e-9);
    // Everybody in its reach walks 500 m at 4 km an hour.
    assert!((first.walking_minutes.unwrap() - 7.5).abs() < 1e-9);
    assert_eq!((first.supporting_posts, plan.cost_won, plan.candidates), (Some(12), Some(400), 4));
    assert!(first.stability > 0.0 && first.stability <= 1.0);
    // 700 of 900 children live within 4 km of d; the walk is shortest with one site there and one among the rest.
    assert!(plan.shortest_sites.contains(&"d".to_owned()) && plan.shortest_is_optimal);
    assert!(plan.shortest_minutes.unwrap() < plan.mean_minutes.unwrap());
    let walked = (100.0 * 500.0 + 100.0 * 500.0 + 600.0 * 4_000.0) / 900.0 / (4_000.0 / 60.0);
    assert!((plan.mean_minutes.unwrap() - walked).abs() < 1e-9);
}

#[test]
fn every_part_of_the_question_changes_the_plan() {
    let chosen = |change: fn(&mut SiteRequest)| {
        let plan = ask(change).unwrap();
        ids(&plan).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(chosen(|r| r.sites = 1), ["b"]);
    assert_eq!(chosen(|r| r.reach_m = 400.0), ["a", "c"]);
    assert_eq!(chosen(|r| r.budget_won = Some(250)), ["a", "c"]);
    // b and c stand 4,500 m apart; b alone covers 110, a and c together 100.
    assert_eq!(chosen(|r| r.apart_m = 4_600.0), ["b"]);
    assert_eq!(chosen(|r| r.excluded = vec!["b".into()]), ["a", "c"]);
    assert_eq!(chosen(|r| r.fixed = vec!["d".into()]), ["b", "d"]);
    // Part-time care is missing everywhere, and most children live at d.
    assert_eq!(chosen(|r| (r.kind, r.sites) = (CareKind::PartTime, 1)), ["d"]);
    // At need 1 the 600 children far out lack places, too.
    assert_eq!(chosen(|r| (r.need, r.sites) = (Some(1.0), 1)), ["b"]);
    assert!((ask(|r| (r.need, r.sites) = (Some(1.0), 1)).unwrap().unmet - 390.0).abs() < 1e-9);
}

#[test]
fn a_question_without_sense_is_refused_with_the_allowed_range() {
    let refused = |change: fn(&mut SiteRequest)| ask(change).unwrap_err();
    assert!(refused(|r| r.sites = 0).contains("1 to 10"));
    assert!(refused(|r| r.reach_m = 50.0).contains("100 to 3,000"));
    assert!(refused(|r| r.apart_m = f64::NAN).contains("0 to 5,000"));
    assert!(refused(|r| r.budget_won = Some(0)).contains("budgetWon"));
    assert!(refused(|r| r.need = Some(0.0)).contains("0.001 to 1"));
    assert!(refused(|r| r.fixed = vec!["x".into()]).contains("no candidate \"x\""));
    assert!(refused(|r| (r.fixed, r.excluded) = (vec!["a".into()], vec!["a".into()])).contains("at once"));
    assert!(refused(|r| (r.fixed, r.kind) = (vec!["b".into()], CareKind::PartTime)).contains("not fit"));
    assert!(refused(|r| (r.fixed, r.budget_won) = (vec!["d".into()], Some(500))).contains("not known"));
    assert!(refused(|r| (r.fixed, r.budget_won) = (vec!["b".into()], Some(200))).contains("300 won"));
    assert!(refused(|r| (r.fixed, r.apart_m) = (vec!["a".into(), "b".into()], 501.0)).contains("closer"));
    assert!(refused(|r| r.fixed = vec!["a".into(), "b".into(), "c".into()]).contains("no more ids"));
}

#[test]
fn exactly_at_the_least_distance_two_sites_may_stand() {
    let both = |apart_m: f64| {
        let plan = ask(|r| (r.apart_m, r.excluded) = (apart_m, vec!["c".into(), "d".into()])).unwrap();
        plan.sites.len()
    };
    // a covers 60, b covers 110; together they cover no more, so one is enough. With a reach of 500 m b alone is chosen.
    assert_eq!((both(500.0), both(501.0)), (1, 1));
    let fixed = |apart_m: f64| ask(|r| (r.apart_m, r.fixed) = (apart_m, vec!["a".into(), "b".into()]));
    assert!(fixed(500.0).is_ok() && fixed(500.1).is_err());
}

#[test]
fn nothing_to_choose_from_is_an_empty_plan_and_no_crash() {
    let plan = ask(|r| r.excluded = ["a", "b", "c", "d"].map(str::to_owned).to_vec()).unwrap();
    assert_eq!((plan.sites.len(), plan.covered, plan.mean_minutes), (0, 0.0, None));
    let empty = Siting { detour: 1.3, needs: [0.6, 0.03], ..Siting::default() };
    let checked = SiteRequest::default().check(&empty).unwrap();
    assert_eq!(super::plan(&empty, &checked).unwrap().unmet, 0.0);
}
