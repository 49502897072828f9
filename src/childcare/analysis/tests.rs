//! Access by pencil and against the reference values; posts by what must change their reading and what must not.

use std::collections::BTreeSet;

use super::*;
use crate::childcare::evaluate::evaluate;
use crate::childcare::lexicon;
use crate::text::testing::real_tokeniser;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/childcare");

fn zones() -> Vec<Zone> {
    Params::default().check().unwrap().zones
}

fn point(x: f64, weight: f64) -> Point {
    Point { at: (x, 0.0), weight }
}

#[test]
fn two_cells_share_one_centre_as_by_pencil() {
    // 100 children next door (weight 1) and 50 at 800 m (weight 0.68): R = 67 / (100 + 34) = 0.5.
    let access = accessibility(&[point(0.0, 100.0), point(800.0, 50.0)], &[point(0.0, 67.0)], &zones(), 1.0);
    assert_eq!(access.supply, [0.5]);
    assert!((access.demand[0] - 0.5).abs() < 1e-15 && (access.demand[1] - 0.34).abs() < 1e-15);
}

#[test]
fn the_outer_edge_of_a_zone_belongs_to_it() {
    let reached =
        |x: f64| accessibility(&[point(0.0, 1.0)], &[point(x, 1.0), point(0.0, 1.0)], &zones(), 1.0).supply[0];
    // Alone, a centre gives 1 / weight: 1 up to 500 m, 1 / 0.68 behind it, and nothing beyond 1,500 m.
    assert_eq!(reached(500.0), 1.0);
    assert_eq!(reached(500.001), 1.0 / 0.68);
    assert_eq!(reached(1_500.0), 1.0 / 0.22);
    assert_eq!(reached(1_500.001), 0.0);
}

#[test]
fn detour_and_zones_change_who_is_reached() {
    let of = |zones: &[Zone], detour| accessibility(&[point(0.0, 10.0)], &[point(400.0, 5.0)], zones, detour).demand[0];
    assert_eq!(of(&zones(), 1.0), 0.5);
    assert_eq!(of(&[Zone { upper_m: 300.0, weight: 1.0 }], 1.0), 0.0);
    // 400 m straight are 520 m on foot: the second zone, and R·w = 5 / (0.68·10) · 0.68 again.
    assert!((of(&zones(), 1.3) - 0.5).abs() < 1e-15);
    assert_eq!(of(&[Zone { upper_m: 500.0, weight: 1.0 }], 1.3), 0.0);
}

#[test]
fn access_meets_the_reference_values_and_hands_out_every_reachable_place_once() {
    let found = evaluate(std::path::Path::new(GOLDEN), Err("not asked for"), &WordLists::default()).unwrap();
    for name in ["largest_in_R_j", "largest_in_A_i"] {
        let error = found["errors"]["e2sfca"][name].as_f64().unwrap();
        assert!(error <= 1e-9, "{name}: {error}");
    }
    // `conservation.reachable_supply` of the reference values.
    assert!((found["e2sfca"]["sum_children_times_A"].as_f64().unwrap() - 1_687.0).abs() < 1e-6);
    assert_eq!(found["e2sfca"]["A_i"]["d00"], 0.0);
    assert!(found["posts"].is_null());
}

proptest::proptest! {
    #[test]
    fn places_that_anybody_reaches_are_handed_out_exactly_once(
        cells in proptest::collection::vec((-2_000.0..2_000.0_f64, 0.0..500.0_f64), 1..20),
        centres in proptest::collection::vec((-2_000.0..2_000.0_f64, 0.0..100.0_f64), 1..20),
    ) {
        let cells: Vec<Point> = cells.into_iter().map(|(x, w)| point(x, w)).collect();
        let centres: Vec<Point> = centres.into_iter().map(|(x, w)| point(x, w)).collect();
        let access = accessibility(&cells, &centres, &zones(), 1.3);
        let handed_out: f64 = cells.iter().zip(&access.demand).map(|(c, a)| c.weight * a).sum();
        let reachable: f64 = centres.iter().zip(&access.supply).filter(|(_, r)| **r > 0.0).map(|(c, _)| c.weight).sum();
        proptest::prop_assert!((handed_out - reachable).abs() <= 1e-9 * reachable.max(1.0));
    }
}

fn dong(code: &str, children: Option<u32>, cells: &[(f64, f64)]) -> DongInput {
    DongInput { code: code.to_owned(), children, cells: cells.to_vec() }
}

fn gazetteer() -> Gazetteer {
    let names = [("1", "상도제1동"), ("2", "상도제2동"), ("3", "대방동"), ("4", "신대방제1동"), ("5", "신대방제2동")];
    let names: Vec<(String, String)> =
        names.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect();
    lexicon::gazetteer(&names, &lexicon::shipped_names().unwrap())
}

#[test]
fn a_dong_gets_the_mean_over_its_cells_and_a_missing_number_of_children_gives_none() {
    // Straight distance is walked distance here; both cells of dong a hold 10 children, only one reaches the centre.
    let params = Params { detour: 1.0, ..Params::default() }.check().unwrap();
    let centre = |dong: Option<&str>| CentreInput { at: (0.0, 0.0), capacity: 5, dong: dong.map(str::to_owned) };
    let inside = [
        dong("a", Some(20), &[(0.0, 0.0), (9_000.0, 0.0)]),
        dong("b", None, &[(0.0, 0.0)]),
        dong("c", Some(0), &[(0.0, 0.0)]),
    ];
    let access = access_by_dong(&inside, &[centre(Some("a"))], &params);
    assert_eq!(access.iter().collect::<Vec<_>>(), [(&"a".to_owned(), &0.25)]);
}

#[test]
fn names_are_read_in_any_spelling_and_shared_names_stay_open() {
    let gazetteer = gazetteer();
    let one = |code: &str| Attribution::One(code.to_owned());
    let set = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<BTreeSet<_>>();
    for (text, expected) in [
        ("상도1동 어린이집", one("1")),
        ("상도제1동 어린이집", one("1")),
        ("상도 1 동 어린이집", one("1")),
        ("대방동에는 자리가 있다", one("3")),
        ("신대방1동에는 자리가 있다", one("4")),
        ("신대방동에는 자리가 있다", Attribution::Ambiguous(set(&["4", "5"]))),
        ("상도동 어디든", Attribution::Ambiguous(set(&["1", "2"]))),
        ("상도1동과 대방동 가운데 어디", Attribution::Several(set(&["1", "3"]))),
        ("상도1동에서 대방동으로 옮겼다", one("3")),
        ("방배동 어린이집", Attribution::Outside),
        ("어린이집 자리", Attribution::None),
        ("아이 2명 상도동", Attribution::Ambiguous(set(&["1", "2"]))),
    ] {
        assert_eq!(gazetteer.attribute(text), expected, "{text}");
    }
}

fn read(texts: &[&str]) -> Option<Vec<Reading>> {
    let tokeniser = real_tokeniser(std::thread::current().name().unwrap_or("a test of posts"))?;
    let posts: Vec<PostInput> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| PostInput { id: format!("{at:03}"), text: (*text).to_owned() })
        .collect();
    Some(read_posts(&posts, &lexicon::shipped().unwrap(), &gazetteer(), tokeniser))
}

#[test]
fn a_negation_turns_a_judgement_round() {
    for (plain, negated) in [
        ("어린이집 선생님이 친절해요", "어린이집 선생님이 안 친절해요"),
        ("어린이집 선생님이 친절해요", "어린이집 선생님이 친절하지 않아요"),
        ("어린이집이 마음에 들고 만족해요", "어린이집이 만족스럽지 못해요"),
    ] {
        let Some(readings) = read(&[plain, negated]) else { return };
        assert_eq!(readings[0].polarity, Polarity::Positive, "{plain}");
        assert_eq!(readings[1].polarity, Polarity::Negative, "{negated}");
    }
}

#[test]
fn a_complaint_a_praise_and_a_question_are_told_apart() {
    let Some(readings) = read(&[
        "어린이집 급식이 너무 부실해서 불만입니다",
        "어린이집 선생님께 정말 감사해요",
        "어린이집 신청은 어디서 하나요?",
    ]) else {
        return;
    };
    let polarities: Vec<Polarity> = readings.iter().map(|r| r.polarity).collect();
    assert_eq!(polarities, [Polarity::Negative, Polarity::Positive, Polarity::Neutral]);
}

#[test]
fn adverts_other_subjects_and_copies_are_left_out_and_everything_else_is_counted_once() {
    let texts = [
        "상도1동 어린이집 좋아요",
        "상도1동  어린이집 좋아요 https://ex.kr/1",
        "어린이집 특가 할인 이벤트 대방동",
        "대방동 맛집 다녀왔어요",
        "대방동 어린이집 대기가 길어요",
        "상도동 어린이집 어때요?",
        "방배동 어린이집 어때요?",
        "어린이집 어때요?",
    ];
    let Some(readings) = read(&texts) else { return };
    let codes: Vec<String> = ["1", "2", "3"].map(str::to_owned).to_vec();
    let tally = tally(&readings, &codes);
    let totals: Vec<u64> = codes.iter().map(|code| tally.dongs[code].iter().sum()).collect();
    assert_eq!(totals, [1, 0, 1]);
    assert_eq!((tally.unresolved.iter().sum::<u64>(), tally.outside.iter().sum::<u64>()), (2, 1));
    assert_eq!((tally.duplicates, tally.left_out), (1, 2));
    let all: u64 = tally.dongs.values().chain([&tally.unresolved, &tally.outside]).flatten().sum();
    assert_eq!(all + tally.duplicates + tally.left_out, texts.len() as u64);
}

#[test]
fn the_order_of_a_file_and_copies_leave_volumes_alone_and_another_name_moves_the_count() {
    let texts = ["상도1동 어린이집 좋아요", "상도2동 어린이집 멀어요", "대방동 유치원 소식"];
    let shuffled = [texts[2], texts[0], texts[1], texts[0], texts[2]];
    let codes: Vec<String> = ["1", "2", "3"].map(str::to_owned).to_vec();
    let Some((first, second)) = read(&texts).zip(read(&shuffled)) else { return };
    assert_eq!(tally(&first, &codes).dongs, tally(&second, &codes).dongs);
    let Some(moved) = read(&["상도2동 어린이집 좋아요", texts[1], texts[2]]) else { return };
    let totals: Vec<u64> = tally(&moved, &codes).dongs.values().map(|counts| counts.iter().sum()).collect();
    assert_eq!(totals, [0, 2, 1]);
}

#[test]
fn a_setting_out_of_its_range_is_named() {
    let wrong = |change: fn(&mut Params)| {
        let mut params = Params::default();
        change(&mut params);
        params.check().unwrap_err()
    };
    assert!(wrong(|p| p.zones = vec![(500.0, 1.0), (400.0, 0.5)]).starts_with("zones"));
    assert!(wrong(|p| p.zones = vec![(500.0, 1.5)]).starts_with("zones"));
    assert!(wrong(|p| p.zones.clear()).starts_with("zones"));
    assert!(wrong(|p| p.detour = f64::NAN).starts_with("detour"));
    assert!(wrong(|p| p.min_posts = 4).starts_with("minPosts"));
}
