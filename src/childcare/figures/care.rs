//! Care as figures: places, what can be reached of them, and who is left over.

use super::{no_centres, no_children, nobody_to_divide_by};
use crate::childcare::analysis::{CareResults, CheckedParams, DongCare, Supply};
use crate::childcare::results::PlaceRow;
use crate::graphql::figure::Reason;
use crate::graphql::stored::{StoredFigure, StoredFigures};

/// Names of the figures by [`Supply`]: places, and places in reach.
const BY_SUPPLY: [(&str, &str); 4] = [
    ("places", "accessibility"),
    ("vacant_places", "vacant_accessibility"),
    ("public_places", "public_accessibility"),
    ("part_time_places", "part_time_accessibility"),
];
/// Names of the other methods.
const OTHER_METHODS: [&str; 3] = ["two_step_accessibility", "three_step_accessibility", "gaussian_accessibility"];
/// Names of unmet need, all-day and part-time.
const UNMET: [&str; 2] = ["unmet_children", "unmet_part_time_children"];

/// The district, then its dongs.
pub fn rows(results: &CareResults, params: &CheckedParams) -> Vec<PlaceRow> {
    let row = |place: &str, care: &DongCare| PlaceRow {
        place: place.to_owned(),
        figures: Row { results, params, care, is_district: place == "district" }.figures(),
    };
    let dongs = results.dongs.iter().map(|(code, care)| row(code, care));
    std::iter::once(row("district", &results.district)).chain(dongs).collect()
}

struct Row<'a> {
    results: &'a CareResults,
    params: &'a CheckedParams,
    care: &'a DongCare,
    is_district: bool,
}

impl Row<'_> {
    fn figures(&self) -> StoredFigures {
        let care = self.care;
        let mut figures = StoredFigures::new();
        let mut put = |name: &str, figure: StoredFigure| {
            figures.insert(name.to_owned(), figure);
        };
        put("children", care.children.map_or_else(no_children, |n| StoredFigure::value(f64::from(n), "MEASURED")));
        for (at, (places, access)) in BY_SUPPLY.into_iter().enumerate() {
            put(places, self.places(at));
            put(access, self.reached(care.access[at], at));
        }
        for (name, access) in OTHER_METHODS.into_iter().zip(care.other_methods) {
            put(name, self.reached(access, Supply::All as usize));
        }
        for ((name, unmet), supply) in UNMET.into_iter().zip(care.unmet).zip([Supply::All, Supply::PartTime]) {
            put(name, self.reached(unmet, supply as usize));
        }
        put("children_in_desert", self.reached(care.in_desert, Supply::All as usize));
        put("places_per_child", self.places_per_child());
        put("desert", self.desert());
        put("waiting", self.waiting(|waiting, _| waiting as f64));
        put("waiting_per_place", self.waiting(|waiting, places| waiting as f64 / places as f64));
        put("at_border", self.at_border());
        if self.is_district {
            let unplaced = |of: fn((u64, u64)) -> u64| {
                let some = self.results.unplaced.map(|unplaced| StoredFigure::value(of(unplaced) as f64, "MEASURED"));
                some.unwrap_or_else(no_centres)
            };
            put("centres_without_location", unplaced(|(centres, _)| centres));
            put("places_without_location", unplaced(|(_, places)| places));
        }
        figures
    }

    fn places(&self, at: usize) -> StoredFigure {
        let status = if at == Supply::PartTime as usize { "ESTIMATED" } else { "MEASURED" };
        match self.care.places[at] {
            Some(places) => {
                StoredFigure { reason: joined(self.about_supply(at)), ..StoredFigure::value(places, status) }
            }
            None => self.not_known(at),
        }
    }

    /// A figure that rests on what can be reached.
    fn reached(&self, value: Option<f64>, at: usize) -> StoredFigure {
        let care = self.care;
        match (value, care.places[at], care.children) {
            (Some(value), ..) => {
                let mut sentences = vec![SPREAD];
                if !self.results.has_neighbours && care.at_border.is_some_and(|share| share > 0.0) {
                    sentences.push(BORDER);
                }
                let mut sentences: Vec<(String, String)> =
                    sentences.into_iter().map(|(ko, en)| (ko.to_owned(), en.to_owned())).collect();
                sentences.extend(self.about_supply(at));
                StoredFigure { reason: joined(sentences), ..StoredFigure::value(value, "ESTIMATED") }
            }
            (None, None, _) => self.not_known(at),
            (None, _, None) => no_children(),
            (None, _, Some(_)) => nobody_to_divide_by(),
        }
    }

    fn not_known(&self, at: usize) -> StoredFigure {
        if self.results.unplaced.is_none() || at == Supply::All as usize {
            no_centres()
        } else {
            StoredFigure::missing(
                "NOT_AVAILABLE",
                "어린이집 자료에 이 항목이 없습니다.",
                "The file of daycare centres does not say this of any centre.",
            )
        }
    }

    /// What one should know about the places that are counted.
    fn about_supply(&self, at: usize) -> Vec<(String, String)> {
        let mut sentences = Vec::new();
        if at == Supply::PartTime as usize {
            let n = self.params.care.part_time_places;
            sentences.push((
                format!("시간제보육을 하는 어린이집마다 {n}자리로 보았습니다."),
                format!("Each centre that offers part-time care is taken to have {n} places."),
            ));
        }
        let silent = self.results.silent[at];
        if silent > 0 {
            sentences.push((
                format!("어린이집 {silent}곳은 이 항목이 비어 있어 빠졌습니다."),
                format!("{silent} centres do not say and are left out."),
            ));
        }
        let nowhere = self.results.unplaced.map_or(0, |(centres, _)| centres);
        if nowhere > 0 {
            sentences.push((
                format!("좌표가 없는 어린이집 {nowhere}곳은 위치를 몰라 빠졌습니다."),
                format!("{nowhere} centres without coordinates are left out, because nobody knows where they are."),
            ));
        }
        sentences
    }

    fn places_per_child(&self) -> StoredFigure {
        match (self.care.places[0], self.care.children) {
            (None, _) => no_centres(),
            (_, None) => no_children(),
            (_, Some(0)) => nobody_to_divide_by(),
            (Some(places), Some(children)) => StoredFigure::value(places / f64::from(children), "MEASURED"),
        }
    }

    /// 1 or 0: more children than a desert needs, and no place or fewer than a third of a place for each.
    fn desert(&self) -> StoredFigure {
        match (self.care.places[0], self.care.children) {
            (None, _) => no_centres(),
            (_, None) => no_children(),
            (Some(places), Some(children)) => {
                let short = places < f64::from(children) * self.params.care.desert_access;
                let desert = children > self.params.care.desert_children && short;
                StoredFigure::value(f64::from(u8::from(desert)), "MEASURED")
            }
        }
    }

    fn waiting(&self, of: impl Fn(u64, u64) -> f64) -> StoredFigure {
        match self.care.waiting {
            Some((waiting, places)) => StoredFigure::value(of(waiting, places), "MEASURED"),
            None => StoredFigure::missing(
                "NOT_AVAILABLE",
                "대기 아동 자료가 없습니다.",
                "The file of daycare centres has no waiting list.",
            ),
        }
    }

    fn at_border(&self) -> StoredFigure {
        match self.care.at_border {
            Some(share) => {
                let mut figure = StoredFigure::value(share, "ESTIMATED");
                if !self.results.has_neighbours && share > 0.0 {
                    figure.reason = joined(vec![(BORDER.0.to_owned(), BORDER.1.to_owned())]);
                }
                figure
            }
            None => StoredFigure::missing("INSUFFICIENT_DATA", "동 안에 격자가 없습니다.", "The dong has no cell."),
        }
    }
}

const SPREAD: (&str, &str) = (
    "아동이 동 안에 고르게 산다고 보고, 직선거리의 1.3배(실행 매개변수 detour)를 걷는 거리로 보았습니다.",
    "Children are spread evenly over the dong, and walked distance is straight distance times a detour.",
);
const BORDER: (&str, &str) = (
    "구 경계 밖 어린이집 자료가 없어 경계 가까이의 값은 믿을 수 없습니다.",
    "The files hold no centre beyond the border, and some children live within reach of it: do not rely on this.",
);

fn joined(sentences: Vec<(String, String)>) -> Option<Reason> {
    let (ko, en): (Vec<String>, Vec<String>) = sentences.into_iter().unzip();
    (!ko.is_empty()).then(|| Reason { ko: ko.join(" "), en: en.join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::childcare::analysis::Params;

    fn results() -> CareResults {
        let care = DongCare {
            children: Some(100),
            places: [Some(33.0), Some(5.0), None, Some(3.0)],
            waiting: Some((7, 20)),
            access: [Some(0.4), Some(0.05), None, Some(0.02)],
            other_methods: [Some(0.1), Some(0.2), Some(0.3)],
            unmet: [Some(20.0), Some(1.0)],
            in_desert: Some(12.0),
            at_border: Some(0.5),
        };
        CareResults {
            dongs: [("a".to_owned(), care.clone())].into(),
            district: care,
            unplaced: Some((2, 70)),
            has_neighbours: true,
            ..CareResults::default()
        }
    }

    fn of(results: &CareResults, at: usize) -> StoredFigures {
        rows(results, &Params::default().check().unwrap()).remove(at).figures
    }

    #[test]
    fn every_figure_has_its_value_and_what_nobody_says_is_not_available() {
        let dong = of(&results(), 1);
        let value = |name: &str| dong[name].value;
        assert_eq!((value("places"), value("places_per_child"), value("waiting")), (Some(33.0), Some(0.33), Some(7.0)));
        assert_eq!((value("waiting_per_place"), value("unmet_children")), (Some(0.35), Some(20.0)));
        assert_eq!((value("two_step_accessibility"), value("gaussian_accessibility")), (Some(0.1), Some(0.3)));
        // 100 children and 33 places: more than three for each.
        assert_eq!(value("desert"), Some(1.0));
        assert_eq!((value("public_places"), dong["public_accessibility"].status.as_str()), (None, "NOT_AVAILABLE"));
        assert!(!dong.contains_key("centres_without_location"), "nobody knows in which dong they are");
        assert_eq!(of(&results(), 0)["places_without_location"].value, Some(70.0));
    }

    #[test]
    fn a_desert_needs_many_children_and_few_places() {
        let desert = |children, places| {
            let mut data = results();
            data.dongs.insert("a".to_owned(), DongCare { children, places: [places; 4], ..DongCare::default() });
            of(&data, 1)["desert"].value
        };
        assert_eq!((desert(Some(51), Some(0.0)), desert(Some(50), Some(0.0))), (Some(1.0), Some(0.0)));
        assert_eq!((desert(Some(60), Some(20.0)), desert(Some(61), Some(20.0))), (Some(0.0), Some(1.0)));
        assert_eq!((desert(None, Some(1.0)), desert(Some(60), None)), (None, None));
    }

    #[test]
    fn unknown_neighbours_and_centres_without_coordinates_are_told() {
        let mut data = results();
        let sentence = |data: &CareResults| of(data, 1)["accessibility"].reason.clone().unwrap().en;
        assert!(sentence(&data).contains("2 centres without coordinates") && !sentence(&data).contains("border"));
        data.has_neighbours = false;
        assert!(sentence(&data).contains("border"));
        data.dongs.get_mut("a").unwrap().at_border = Some(0.0);
        assert!(!sentence(&data).contains("border"), "a dong in the middle is not concerned");
    }
}
