//! Use of places as figures. A small number of uses is a few families: hidden, with a partner that would give it away.

use crate::childcare::analysis::{CareKind, CheckedParams, Usage};
use crate::childcare::results::usage::UseRow;
use crate::graphql::figure::Reason;
use crate::graphql::stored::{StoredFigure, StoredFigures};
use crate::stats::suppression::protect;

/// One row for each place, kind and band of hours: the district, its dongs, and centres that are not on the map.
pub fn rows(usage: Option<&Usage>, params: &CheckedParams) -> Vec<UseRow> {
    let Some(usage) = usage else { return Vec::new() };
    let mut rows = Vec::new();
    for kind in CareKind::ALL {
        let bands: Vec<_> = usage.sums.iter().filter(|((k, _), _)| *k == kind).collect();
        let places: std::collections::BTreeSet<Option<&str>> =
            bands.iter().flat_map(|(_, sums)| sums.keys().map(Option::as_deref)).collect();
        let places: Vec<Option<&str>> = places.into_iter().collect();
        let sum =
            |at: usize, place: Option<&str>| bands[at].1.get(&place.map(str::to_owned)).copied().unwrap_or((0, 0));
        // One table of places by bands, because a sum over bands or over places could be formed from it.
        let used: Vec<Vec<u64>> =
            places.iter().map(|place| (0..bands.len()).map(|at| sum(at, *place).1).collect()).collect();
        let mask = protect(&used, params.min_posts);
        for (at, ((_, band), sums)) in bands.iter().enumerate() {
            let mut push = |place: &str, (offered, used): (u64, u64), shown: bool| {
                rows.push(UseRow {
                    place: place.to_owned(),
                    kind: kind.name().to_owned(),
                    band: *band,
                    months: usage.months,
                    last_month: usage.last_month,
                    figures: figures(offered, used, shown),
                });
            };
            let whole = sums.values().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
            push("district", whole, mask.columns[at]);
            for (row, place) in places.iter().enumerate() {
                if sums.contains_key(&place.map(str::to_owned)) {
                    push(place.unwrap_or("unresolved"), sum(at, *place), mask.cells[row][at]);
                }
            }
        }
    }
    rows
}

fn figures(offered: u64, used: u64, shown: bool) -> StoredFigures {
    let hidden = || {
        StoredFigure::missing(
            "SUPPRESSED",
            "이용 건수가 너무 적어, 또는 그런 값을 보호하기 위해 공개하지 않습니다.",
            "Hidden because too few uses stand behind it, or to protect a figure of which that is true.",
        )
    };
    let ratio = match (shown, offered) {
        (false, _) => hidden(),
        (true, 0) => StoredFigure::missing("INSUFFICIENT_DATA", "제공된 자리가 없습니다.", "No place was offered."),
        (true, _) => {
            let mut figure = StoredFigure::value(used as f64 / offered as f64, "MEASURED");
            figure.n = i64::try_from(used).ok();
            if used > offered {
                figure.reason = Some(Reason {
                    ko: "자료에 제공보다 이용이 많습니다.".to_owned(),
                    en: "The file counts more uses than places.".to_owned(),
                });
            }
            figure
        }
    };
    let taken = if shown { StoredFigure::value(used as f64, "MEASURED") } else { hidden() };
    [("places", StoredFigure::value(offered as f64, "MEASURED")), ("used", taken), ("use_ratio", ratio)]
        .into_iter()
        .map(|(name, figure)| (name.to_owned(), figure))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::childcare::analysis::Params;

    type Line = (&'static str, u64, u64);

    fn usage(bands: &[((u8, u8), &[Line])]) -> Usage {
        let of = |list: &[Line]| -> BTreeMap<Option<String>, (u64, u64)> {
            let place = |name: &str| (!name.is_empty()).then(|| name.to_owned());
            list.iter().map(|(name, offered, used)| (place(name), (*offered, *used))).collect()
        };
        let sums = bands.iter().map(|(band, list)| ((CareKind::PartTime, *band), of(list))).collect();
        Usage { months: 12, last_month: "2020-12-01".parse().unwrap(), sums }
    }

    fn used(rows: &[UseRow], place: &str, band: (u8, u8)) -> Option<f64> {
        rows.iter().find(|r| r.place == place && r.band == band).and_then(|r| r.figures["used"].value)
    }

    #[test]
    fn use_against_places_is_a_ratio_and_parts_sum_to_the_district() {
        let rows = rows(
            Some(&usage(&[((9, 12), &[("a", 100, 40), ("b", 50, 60), ("", 10, 10)])])),
            &Params::default().check().unwrap(),
        );
        let ratio = |place: &str| rows.iter().find(|r| r.place == place).unwrap().figures["use_ratio"].clone();
        assert_eq!((ratio("a").value, ratio("b").value), (Some(0.4), Some(1.2)));
        assert!(ratio("b").reason.is_some(), "more uses than places is told");
        assert_eq!((used(&rows, "district", (9, 12)), ratio("unresolved").value), (Some(110.0), Some(1.0)));
    }

    #[test]
    fn few_uses_are_hidden_with_a_partner_in_their_band() {
        let data = usage(&[
            ((9, 12), &[("a", 100, 3), ("b", 50, 40), ("c", 50, 30)]),
            ((12, 15), &[("a", 100, 50), ("b", 50, 40), ("c", 50, 20)]),
        ]);
        let rows = rows(Some(&data), &Params::default().check().unwrap());
        assert_eq!(used(&rows, "a", (9, 12)), None);
        let known = ["district", "a", "b", "c"].map(|place| used(&rows, place, (9, 12)));
        assert!(known.iter().filter(|used| used.is_none()).count() >= 2, "{known:?}");
        let hidden = rows.iter().find(|r| r.place == "a" && r.band == (9, 12)).unwrap();
        assert_eq!((hidden.figures["use_ratio"].value, hidden.figures["places"].value), (None, Some(100.0)));
    }

    #[test]
    fn nobody_and_no_place_are_not_the_same() {
        let rows = rows(Some(&usage(&[((9, 12), &[("a", 100, 0), ("b", 0, 0)])])), &Params::default().check().unwrap());
        let of = |place: &str| rows.iter().find(|r| r.place == place).unwrap().figures["use_ratio"].clone();
        assert_eq!((of("a").value, of("b").status.as_str()), (Some(0.0), "INSUFFICIENT_DATA"));
        assert!(super::rows(None, &Params::default().check().unwrap()).is_empty());
    }
}
