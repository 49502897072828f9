//! Care by pencil: two dongs on a line, straight distance as walked distance.

use super::*;
use crate::childcare::analysis::{CellInput, Params};

fn params() -> CheckedCare {
    Params { detour: 1.0, ..Params::default() }.check().unwrap().care
}

fn dong(code: &str, children: Option<u32>, cells: &[f64]) -> DongInput {
    let cells = cells.iter().map(|x| CellInput { at: (*x, 0.0), border_m: *x }).collect();
    DongInput { code: code.to_owned(), children, cells }
}

fn centre(dong: Option<&str>, x: Option<f64>, capacity: u32) -> CentreInput {
    CentreInput { at: x.map(|x| (x, 0.0)), capacity, dong: dong.map(str::to_owned), ..CentreInput::default() }
}

#[test]
fn a_dong_gets_the_mean_over_its_cells_and_a_missing_number_of_children_gives_none() {
    let dongs = [dong("a", Some(20), &[0.0, 9_000.0]), dong("b", None, &[0.0]), dong("c", Some(0), &[0.0])];
    let found = care(&dongs, Some(&[centre(Some("a"), Some(0.0), 5)]), &params());
    // Ten children next door share five places, ten reach none.
    let access = |code: &str| found.dongs[code].access[0];
    assert_eq!((access("a"), access("b"), access("c")), (Some(0.25), None, None));
    assert_eq!(found.district.access[0], Some(0.25));
    // Needed are 0.6 each: 1 short for each of ten near, 6 for ten far.
    assert!((found.dongs["a"].unmet[0].unwrap() - 7.0).abs() < 1e-12);
    assert_eq!(found.dongs["a"].in_desert, Some(10.0));
    // The district lacks a number, because one of its dongs does; nobody lives in c.
    assert_eq!((found.district.unmet[0], found.district.children), (None, None));
}

#[test]
fn vacant_public_and_part_time_places_are_counted_apart_and_silence_is_not_zero() {
    let dongs = [dong("a", Some(10), &[0.0])];
    let mut centres = [centre(Some("a"), Some(0.0), 40), centre(Some("a"), Some(100.0), 20)];
    let silent = care(&dongs, Some(&centres), &params());
    assert_eq!(silent.dongs["a"].places, [Some(60.0), None, None, None]);
    assert_eq!((silent.dongs["a"].access[1], silent.silent), (None, [0, 2, 2, 2]));
    (centres[0].enrolled, centres[0].kind, centres[0].part_time) = (Some(30), Some("국공립".into()), Some(true));
    (centres[1].enrolled, centres[1].waiting) = (Some(25), Some(7));
    let found = care(&dongs, Some(&centres), &params());
    // More children than places is no negative vacancy.
    assert_eq!(found.dongs["a"].places, [Some(60.0), Some(10.0), Some(40.0), Some(3.0)]);
    assert_eq!(found.dongs["a"].waiting, Some((7, 20)));
    let access = found.dongs["a"].access.map(|a| (a.unwrap() * 10.0).round());
    assert_eq!(access, [60.0, 10.0, 40.0, 3.0]);
    assert_eq!(found.silent, [0, 0, 1, 1]);
    // Enough places for everybody: nobody is left over. 0.3 part-time places each are enough, too.
    assert_eq!(found.dongs["a"].unmet, [Some(0.0), Some(0.0)]);
}

#[test]
fn a_centre_without_a_place_is_counted_and_reached_by_nobody() {
    let dongs = [dong("a", Some(10), &[0.0])];
    let found = care(&dongs, Some(&[centre(Some("a"), Some(0.0), 5), centre(None, None, 70)]), &params());
    assert_eq!((found.unplaced, found.dongs["a"].places[0]), (Some((1, 70)), Some(5.0)));
    assert_eq!(found.dongs["a"].access[0], Some(0.5));
    assert!(!found.has_neighbours, "nobody knows on which side of the border it stands");
    assert!(care(&dongs, Some(&[centre(None, Some(700.0), 5)]), &params()).has_neighbours);
}

#[test]
fn without_centres_only_the_children_are_known() {
    let found = care(&[dong("a", Some(10), &[0.0])], None, &params());
    assert_eq!(found.dongs["a"], DongCare { children: Some(10), at_border: Some(1.0), ..DongCare::default() });
    assert_eq!(found.unplaced, None);
}

#[test]
fn a_catchment_that_crosses_the_border_is_told_by_its_share() {
    // The outer ring ends at 1,500 m; the cells lie 1,000, 1,500 and 1,501 m from the border.
    let found = care(&[dong("a", Some(3), &[1_000.0, 1_500.0, 1_501.0])], None, &params());
    assert_eq!(found.dongs["a"].at_border, Some(2.0 / 3.0));
}

#[test]
fn every_setting_changes_something() {
    // Places that everybody reaches are handed out by any method, so it takes two dongs to see a difference.
    let dongs = [dong("a", Some(100), &[0.0, 900.0, 1_200.0]), dong("b", Some(50), &[1_600.0])];
    let mut centres = [centre(Some("a"), Some(0.0), 30), centre(Some("a"), Some(900.0), 9)];
    centres[0].kind = Some("직장".into());
    centres[0].part_time = Some(true);
    let of = |change: fn(&mut CareParams)| {
        let mut all = Params { detour: 1.0, ..Params::default() };
        change(&mut all.care);
        care(&dongs, Some(&centres), &all.check().unwrap().care).dongs["a"].clone()
    };
    let base = of(|_| {});
    assert_ne!(of(|c| c.need = 0.9).unmet[0], base.unmet[0]);
    assert_ne!(of(|c| c.part_time_need = 0.9).unmet[1], base.unmet[1]);
    assert_ne!(of(|c| c.part_time_places = 9.0).access[3], base.access[3]);
    assert_ne!(of(|c| c.public_kinds = vec!["직장".into()]).access[2], base.access[2]);
    assert_ne!(of(|c| c.desert_children_per_place = 50.0).in_desert, base.in_desert);
    assert_ne!(of(|c| c.circle_m = 500.0).other_methods[0], base.other_methods[0]);
    assert_ne!(of(|c| c.gaussian_m = 500.0).other_methods[2], base.other_methods[2]);
}

#[test]
fn a_setting_out_of_its_range_is_named() {
    let wrong = |change: fn(&mut CareParams)| {
        let mut params = Params::default();
        change(&mut params.care);
        params.check().unwrap_err().to_string()
    };
    assert!(wrong(|c| c.need = 0.0).contains("care.need"));
    assert!(wrong(|c| c.part_time_need = f64::NAN).contains("care.partTimeNeed"));
    assert!(wrong(|c| c.part_time_places = 0.0).contains("care.partTimePlaces"));
    assert!(wrong(|c| c.public_kinds.clear()).contains("care.publicKinds"));
    assert!(wrong(|c| c.desert_children_per_place = 0.5).contains("care.desertChildrenPerPlace"));
    assert!(wrong(|c| c.circle_m = 1.0).contains("care.circleM"));
}
