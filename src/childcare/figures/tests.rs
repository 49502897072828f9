//! What may be seen of a tally, and how missing things say so.

use std::collections::BTreeMap;

use super::*;

pub(super) fn results(dongs: &[(&str, [u64; 3])], unresolved: [u64; 3]) -> ChildcareResults {
    let care = Care { children: Some(200), places: Some(100), accessibility: Some(0.4) };
    ChildcareResults {
        tally: Some(Tally {
            dongs: dongs.iter().map(|(code, counts)| ((*code).to_owned(), *counts)).collect(),
            unresolved,
            outside: [0; 3],
            issues: BTreeMap::new(),
            duplicates: 0,
            left_out: 0,
        }),
        volumes: None,
        pieces: Default::default(),
        earlier: Vec::new(),
        keywords: BTreeMap::new(),
        care: dongs.iter().map(|(code, _)| ((*code).to_owned(), care.clone())).collect(),
        district_accessibility: Some(0.4),
        has_neighbours: true,
        missing: Default::default(),
        usage: None,
        siting: Default::default(),
        evidence: Default::default(),
    }
}

fn checked() -> CheckedParams {
    super::super::analysis::Params::default().check().unwrap()
}

fn figures(rows: &[PlaceRow]) -> BTreeMap<&str, &StoredFigures> {
    rows.iter().map(|row| (row.place.as_str(), &row.figures)).collect()
}

#[test]
fn shares_rates_and_balance_are_those_by_pencil() {
    let rows = rows(&results(&[("a", [10, 20, 30]), ("b", [30, 20, 10])], [5, 5, 10]), &checked());
    let of = figures(&rows);
    let value = |place: &str, name: &str| of[place][name].value.unwrap();
    assert_eq!(value("a", "mentions"), 60.0);
    assert_eq!(value("a", "positive_share"), 10.0 / 60.0);
    assert_eq!(value("a", "balance"), -20.0 / 60.0);
    assert_eq!(value("a", "mentions_per_thousand_children"), 300.0);
    assert_eq!(value("a", "places_per_child"), 0.5);
    assert_eq!(
        (value("district", "mentions"), value("district", "children"), value("district", "balance")),
        (140.0, 400.0, -5.0 / 140.0)
    );
    assert_eq!(value("unresolved", "mentions"), 20.0);
    // Nobody wrote about a place outside: a count of 0 is a count, a share of nothing is not.
    assert_eq!((value("outside", "mentions"), of["outside"]["balance"].value), (0.0, None));
    assert_eq!(of["outside"]["balance"].status, "INSUFFICIENT_DATA");
    // Garwood: 60 posts, 45.79 to 77.23 by the usual table.
    let (lower, upper) = of["a"]["mentions"].interval.unwrap();
    assert!((lower - 45.786).abs() < 0.01 && (upper - 77.232).abs() < 0.01, "{lower} {upper}");
    assert!(!of["unresolved"].contains_key("children"));
}

#[test]
fn nothing_below_five_is_shown_nor_follows_from_what_is_shown() {
    let counts = [("a", [12, 3, 40]), ("b", [30, 20, 10]), ("c", [9, 8, 7]), ("d", [1, 0, 2])];
    let rows = rows(&results(&counts, [2, 9, 9]), &checked());
    let of = figures(&rows);
    let shown = |place: &str, name: &str| {
        of[place][name].value.map(|v| (v * of[place]["mentions"].value.unwrap_or(f64::NAN)).round() as u64)
    };
    for place in ["a", "b", "c", "d", "unresolved"] {
        let total = of[place]["mentions"].value;
        let cells = ["positive_share", "neutral_share", "negative_share"].map(|name| shown(place, name));
        assert!(cells.iter().flatten().all(|n| *n == 0 || *n >= 5), "{place}: {cells:?}");
        assert!(total.is_none_or(|n| n == 0.0 || n >= 5.0));
        // With the total shown, a single hidden share would be the rest.
        let hidden = cells.iter().filter(|c| c.is_none()).count();
        assert!(total.is_none() || hidden != 1, "{place}: {cells:?}");
    }
    assert_eq!(of["d"]["mentions"].status, "SUPPRESSED");
    assert_eq!(of["d"]["mentions"].interval, None);
    assert_eq!(of["d"]["mentions_per_thousand_children"].value, None);
    // The district's total and the other dongs' would give d away: one of them is hidden too.
    let totals = ["district", "a", "b", "c", "unresolved"].map(|place| of[place]["mentions"].value);
    assert!(totals.iter().any(Option::is_none), "{totals:?}");
}

#[test]
fn a_higher_threshold_hides_more() {
    let data = results(&[("a", [10, 20, 30]), ("b", [30, 20, 10])], [5, 5, 10]);
    let hidden = |params: &CheckedParams| {
        rows(&data, params).iter().flat_map(|r| r.figures.values()).filter(|f| f.status == "SUPPRESSED").count()
    };
    assert_eq!(hidden(&checked()), 0);
    assert!(hidden(&CheckedParams { min_posts: 25, ..checked() }) > 0);
}

#[test]
fn what_was_never_imported_is_missing_with_a_reason_and_never_zero() {
    let mut data = results(&[("a", [10, 20, 30])], [5, 5, 10]);
    data.tally = None;
    data.district_accessibility = None;
    data.care = [("a".to_owned(), Care { children: None, places: None, accessibility: None })].into();
    for row in rows(&data, &checked()) {
        for (name, figure) in row.figures {
            assert_eq!((figure.value, figure.status.as_str()), (None, "NOT_AVAILABLE"), "{} {name}", row.place);
            assert!(figure.reason.is_some());
        }
    }
}

#[test]
fn access_says_when_the_other_side_of_the_border_is_missing() {
    let mut data = results(&[("a", [10, 20, 30])], [5, 5, 10]);
    let sentence =
        |data: &ChildcareResults| rows(data, &checked())[1].figures["accessibility"].reason.clone().unwrap().en;
    assert!(!sentence(&data).contains("border"));
    data.has_neighbours = false;
    assert!(sentence(&data).contains("border"));
}
