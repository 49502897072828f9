//! Access by pencil, and what must hold whatever the numbers are.

use super::*;

fn rings(detour: f64) -> Catchment {
    let zones = [(500.0, 1.0), (1_000.0, 0.68), (1_500.0, 0.22)];
    let zones = zones.into_iter().map(|(upper_m, weight)| Zone { upper_m, weight }).collect();
    Catchment { decay: Decay::Zones(zones), choosing: false, detour }
}

fn every_method() -> [Catchment; 4] {
    [
        rings(1.3),
        Catchment { decay: Decay::circle(1_000.0), ..rings(1.0) },
        Catchment { choosing: true, ..rings(1.0) },
        Catchment { decay: Decay::Gaussian { reach_m: 1_500.0 }, ..rings(1.0) },
    ]
}

fn point(x: f64, weight: f64) -> Point {
    Point { at: (x, 0.0), weight }
}

#[test]
fn two_cells_share_one_centre_as_by_pencil() {
    // 100 children next door (weight 1) and 50 at 800 m (weight 0.68): R = 67 / (100 + 34) = 0.5.
    let access = accessibility(&[point(0.0, 100.0), point(800.0, 50.0)], &[point(0.0, 67.0)], &rings(1.0));
    assert_eq!(access.supply, [0.5]);
    assert!((access.demand[0] - 0.5).abs() < 1e-15 && (access.demand[1] - 0.34).abs() < 1e-15);
}

#[test]
fn the_outer_edge_of_a_zone_belongs_to_it() {
    let reached = |x: f64| accessibility(&[point(0.0, 1.0)], &[point(x, 1.0), point(0.0, 1.0)], &rings(1.0)).supply[0];
    // Alone, a centre gives 1 / weight: 1 up to 500 m, 1 / 0.68 behind it, and nothing beyond 1,500 m.
    assert_eq!(reached(500.0), 1.0);
    assert_eq!(reached(500.001), 1.0 / 0.68);
    assert_eq!(reached(1_500.0), 1.0 / 0.22);
    assert_eq!(reached(1_500.001), 0.0);
}

#[test]
fn detour_and_zones_change_who_is_reached() {
    let of = |catchment: &Catchment| accessibility(&[point(0.0, 10.0)], &[point(400.0, 5.0)], catchment).demand[0];
    assert_eq!(of(&rings(1.0)), 0.5);
    let circle = |reach_m, detour| Catchment { decay: Decay::circle(reach_m), ..rings(detour) };
    assert_eq!(of(&circle(300.0, 1.0)), 0.0);
    // 400 m straight are 520 m on foot: the second zone, and R·w = 5 / (0.68·10) · 0.68 again.
    assert!((of(&rings(1.3)) - 0.5).abs() < 1e-15);
    assert_eq!(of(&circle(500.0, 1.3)), 0.0);
}

/// One cell of 10 children between a centre of 8 places next door (weight 1) and one of 8 at 800 m (weight 0.68).
/// The shares are 1/1.68 and 0.68/1.68; alone in its catchment each centre gives all its places, so A = 16 / 10.
#[test]
fn a_choice_among_centres_moves_children_to_the_nearer_one() {
    let choosing = Catchment { choosing: true, ..rings(1.0) };
    let centres = [point(0.0, 8.0), point(800.0, 8.0)];
    let alone = accessibility(&[point(0.0, 10.0)], &centres, &choosing);
    assert!((alone.supply[0] - 8.0 / (10.0 / 1.68)).abs() < 1e-12, "{:?}", alone.supply);
    assert!((alone.supply[1] - 8.0 / (10.0 * 0.68 * 0.68 / 1.68)).abs() < 1e-12);
    assert!((alone.demand[0] - 1.6).abs() < 1e-12);
    // With a second cell at 800 m everybody mostly goes next door: without a choice 100·1 + 100·0.68 share a centre.
    let both = [point(0.0, 100.0), point(800.0, 100.0)];
    assert!((accessibility(&both, &centres, &rings(1.0)).supply[0] - 8.0 / 168.0).abs() < 1e-15);
    let chosen = accessibility(&both, &centres, &choosing).supply[0];
    assert!((chosen - 8.0 / (100.0 * (1.0 + 0.68 * 0.68) / 1.68)).abs() < 1e-12, "{chosen}");
}

#[test]
fn the_curve_is_one_at_the_door_and_nothing_at_its_edge() {
    let curve = Decay::Gaussian { reach_m: 1_000.0 };
    assert_eq!((curve.weight(0.0), curve.weight(1_000.0), curve.weight(1_000.1)), (1.0, 0.0, 0.0));
    let half = ((-0.125_f64).exp() - (-0.5_f64).exp()) / (1.0 - (-0.5_f64).exp());
    assert!((curve.weight(500.0) - half).abs() < 1e-15);
}

type Plane = Vec<((f64, f64), f64)>;

fn plane(most: f64) -> impl proptest::strategy::Strategy<Value = Plane> {
    proptest::collection::vec(((-2_000.0..2_000.0_f64, -2_000.0..2_000.0_f64), 0.0..most), 1..20)
}

fn points(plane: &Plane) -> Vec<Point> {
    plane.iter().map(|(at, weight)| Point { at: *at, weight: *weight }).collect()
}

proptest::proptest! {
    #[test]
    fn places_that_anybody_reaches_are_handed_out_exactly_once(cells in plane(500.0), centres in plane(100.0)) {
        let (cells, centres) = (points(&cells), points(&centres));
        for method in every_method() {
            let access = accessibility(&cells, &centres, &method);
            let handed_out: f64 = cells.iter().zip(&access.demand).map(|(c, a)| c.weight * a).sum();
            let reachable: f64 =
                centres.iter().zip(&access.supply).filter(|(_, r)| **r > 0.0).map(|(c, _)| c.weight).sum();
            proptest::prop_assert!((handed_out - reachable).abs() <= 1e-9 * reachable.max(1.0), "{:?}", method);
        }
    }

    #[test]
    fn the_order_of_cells_and_centres_changes_nothing(cells in plane(500.0), centres in plane(100.0)) {
        let (mut cells, mut centres) = (points(&cells), points(&centres));
        for method in every_method() {
            let before = accessibility(&cells, &centres, &method);
            cells.reverse();
            centres.reverse();
            let mut after = accessibility(&cells, &centres, &method).demand;
            after.reverse();
            cells.reverse();
            centres.reverse();
            for (a, b) in before.demand.iter().zip(&after) {
                proptest::prop_assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{:?}: {} {}", method, a, b);
            }
        }
    }

    #[test]
    fn more_places_never_leave_anybody_with_fewer(cells in plane(500.0), centres in plane(100.0), more in 1.0..50.0_f64) {
        let (cells, mut centres) = (points(&cells), points(&centres));
        for method in every_method() {
            let before = accessibility(&cells, &centres, &method);
            centres[0].weight += more;
            let after = accessibility(&cells, &centres, &method);
            centres[0].weight -= more;
            proptest::prop_assert!(before.demand.iter().zip(&after.demand).all(|(a, b)| b >= a), "{:?}", method);
        }
    }
}
