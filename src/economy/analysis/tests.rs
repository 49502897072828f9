//! The arithmetic against pencil and against the reference values of independent packages.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::*;
use crate::economy::evaluate::{Folder, evaluate, read_folder};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn golden() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/economy")
}

fn cell(days: impl Iterator<Item = (NaiveDate, i64)>) -> Sales {
    Sales::from_days(&BTreeMap::from([(("D".to_owned(), "I".to_owned()), days.collect())]))
}

fn golden_inputs() -> EconomyInputs {
    read_folder(&golden()).unwrap().inputs
}

/// The reference inputs with their daily sales changed.
fn golden_with(change: impl Fn(&mut DailyCells)) -> EconomyInputs {
    let Folder { mut inputs, mut daily, .. } = read_folder(&golden()).unwrap();
    change(&mut daily);
    inputs.sales = Sales { disclosure_checked: true, ..Sales::from_days(&daily) };
    inputs
}

/// Two full weeks, 2019-01-07 to 2019-01-20, each day 10.
fn fortnight() -> Vec<(NaiveDate, i64)> {
    day(2019, 1, 7).iter_days().take(14).map(|d| (d, 10)).collect()
}

#[test]
fn a_week_with_six_days_is_scaled_to_seven_and_one_with_four_is_missing() {
    let params = Params::default().check().unwrap();
    let mut days = fortnight();
    days.remove(3);
    let table = PeriodTable::new(&cell(days.into_iter()), Grain::Week, &params);
    assert_eq!(table.aggregate(|_, _| true).sales.values().copied().collect::<Vec<_>>(), [70.0, 70.0]);
    let mut days = fortnight();
    days.iter_mut().skip(7).for_each(|d| d.1 = 20);
    days.drain(1..4);
    let table = PeriodTable::new(&cell(days.into_iter()), Grain::Week, &params);
    assert_eq!(table.missing_cell_periods(), 1);
    let aggregate = table.aggregate(|_, _| true);
    assert_eq!(
        aggregate.sales.values().copied().collect::<Vec<_>>(),
        [140.0, 140.0],
        "the level of the only observed week"
    );
    assert_eq!(aggregate.interpolated_share, 0.5);
}

#[test]
fn a_true_zero_stays_zero_and_a_base_without_sales_gives_no_change() {
    let week = |y, w| IsoWeek::new(y, w).unwrap();
    let sales =
        BTreeMap::from([(week(2019, 10), 0.0), (week(2019, 11), 50.0), (week(2020, 10), 70.0), (week(2020, 11), 0.0)]);
    let found = changes(&sales, &crate::calendar::LunarHolidays::default(), 2019);
    assert_eq!((found[0].aligned, found[1].aligned), (None, Some(-1.0)));
}

#[test]
fn too_few_weeks_and_cases_that_hardly_vary_give_a_reason_instead_of_a_number() {
    let params = Params::default().check().unwrap();
    let change =
        |w| Change { week: IsoWeek::new(2020, w).unwrap(), aligned: Some(-0.01 * f64::from(w % 7)), plain: None };
    let exposure = |level: f64| (1..=52).map(|w| (IsoWeek::new(2020, w).unwrap(), level * f64::from(w % 5))).collect();
    let few: Vec<Change> = (1..=25).map(change).collect();
    assert_eq!(estimate(&few, &exposure(1.0), &params), Err(Shortfall::TooFewWeeks { found: 25, needed: 26 }));
    let many: Vec<Change> = (1..=50).map(change).collect();
    assert_eq!(estimate(&many, &exposure(0.01), &params), Err(Shortfall::CasesHardlyVary));
    assert!(estimate(&many, &exposure(1.0), &params).is_ok());
}

#[test]
fn an_average_without_numbers_of_firms_is_plain_and_has_no_interval() {
    let row = |industry: &str, actual, respondents| SentimentInput {
        month: day(2020, 9, 1),
        industry: industry.into(),
        actual,
        outlook: None,
        respondents,
    };
    let weighted = gaps(&[row("a", 40.0, Some(300)), row("b", 60.0, Some(100))]);
    assert_eq!((weighted[0].average, weighted[0].gap), (45.0, -5.0));
    // σ = 1.85/1.95996·√2400 = 46.2412; √(1/300 − 1/400) = 0.028868.
    assert!((weighted[0].se.unwrap() - 1.334_87).abs() < 1e-5);
    let plain = gaps(&[row("a", 40.0, None), row("b", 60.0, Some(100))]);
    assert_eq!((plain[0].average, plain[0].se), (50.0, None));
}

/// σ = 46.2412; √(1/300 − 1/2400) = 0.0540062.
#[test]
fn a_region_is_compared_with_the_country_of_which_it_is_part() {
    let row = |industry: &str, region_respondents, nation_respondents| RegionInput {
        month: day(2020, 9, 1),
        industry: industry.into(),
        region: 52.0,
        region_respondents,
        nation: 55.5,
        nation_respondents,
    };
    let found =
        region_gaps(&[row("a", Some(300), Some(2_400)), row("b", None, Some(2_400)), row("c", Some(9), Some(9))]);
    let of = |industry: &str| found[&(industry.to_owned(), day(2020, 9, 1))];
    assert_eq!(of("a").gap, -3.5);
    assert!((of("a").se.unwrap() - 2.497_31).abs() < 1e-5, "{:?}", of("a"));
    assert_eq!((of("b").gap, of("b").se, of("c").se), (-3.5, None, None));
}

/// Tolerances as the reference values themselves were checked; equal counts where the arithmetic is exact.
#[test]
fn the_reference_values_of_independent_packages_are_met() {
    let answer = evaluate(&golden()).unwrap();
    let errors = answer["errors"].as_object().unwrap();
    for (block, limit) in [
        ("quality", 0.0),
        ("iso_weeks", 0.0),
        ("weekly", 1e-9),
        ("yoy", 1e-9),
        ("oi_index", 1e-9),
        ("sensitivity_ts", 1e-7),
        ("relative_sensitivity", 1e-7),
        ("panel_daily", 1e-8),
        ("panel_weekly", 1e-6),
        ("shock", 1e-9),
        ("did_relief_fund", 1e-9),
        ("sentiment_gap_2020_09", 1e-9),
        ("composite", 1e-9),
        ("spatial", 1e-9),
    ] {
        let error = errors[block].as_f64().unwrap_or_else(|| panic!("{block} was not compared"));
        assert!(error <= limit, "{block}: {error}");
    }
    assert_eq!(errors["missing"], serde_json::json!([]));
    assert!(errors["compared"].as_u64().unwrap() > 2_500, "{errors:?}");
}

fn weeks_of_2020(values: &[f64]) -> Vec<Change> {
    (2..)
        .zip(values)
        .map(|(w, s)| Change { week: IsoWeek::new(2020, w).unwrap(), aligned: Some(*s), plain: None })
        .collect()
}

/// No growth before; then −10, −20, −30, −20, −10 %, and level. The mean of three is lowest at −23.3 % in W06 and above
/// half of it, −11.7 %, from W08 (−10 %) on: between −20 % and −10 % that is 1 + (20 − 11.67)/10 weeks.
#[test]
fn a_shock_by_pencil_has_its_depth_its_trough_and_its_half_life() {
    let params = Params::default().check().unwrap();
    let changes = weeks_of_2020(&[0.0, 0.0, -0.1, -0.2, -0.3, -0.2, -0.1, 0.0, 0.0, 0.0, 0.0]);
    let sales = changes.iter().map(|c| (c.week, 100.0 * (1.0 + c.aligned.unwrap()))).collect();
    let found = shock(&changes, &sales, &params).unwrap();
    assert!((found.depth_percent + 70.0 / 3.0).abs() < 1e-12);
    assert_eq!((found.trough.week, found.weeks_to_trough), (6, 2));
    assert!((found.half_life_weeks.unwrap() - (1.0 + 5.0 / 6.0)).abs() < 1e-12, "{found:?}");
    assert!((found.loss - 90.0).abs() < 1e-9 && (found.loss_share - 0.1).abs() < 1e-12);
    assert!((found.resilience - 0.9).abs() < 1e-12);
}

#[test]
fn a_recovery_that_was_not_seen_is_none_and_so_is_that_of_a_series_that_never_fell() {
    let params = Params::default().check().unwrap();
    let found = |values: &[f64]| shock(&weeks_of_2020(values), &BTreeMap::new(), &params).unwrap();
    assert_eq!(found(&[0.0, 0.0, -0.1, -0.2, -0.3, -0.3, -0.3, -0.3]).half_life_weeks, None);
    let grown = found(&[0.0, 0.0, 0.1, 0.2, 0.3, 0.3, 0.3]);
    assert!(grown.half_life_weeks.is_none() && grown.depth_percent > 0.0 && grown.resilience == 1.0);
    assert_eq!(shock(&weeks_of_2020(&[0.0]), &BTreeMap::new(), &params), None);
    let mut gap = weeks_of_2020(&[0.0, 0.0, -0.1, -0.2, -0.3, -0.2]);
    gap[1].aligned = None;
    assert_eq!(shock(&gap, &BTreeMap::new(), &params), None);
}

/// Two reached industries rise by 0.2 and 0.4 in logs, two others by 0 and 0.1: 0.3 − 0.05. Of the six ways to draw
/// two of four, only this one and its opposite are as far apart.
#[test]
fn a_policy_effect_by_pencil_has_its_difference_its_exact_p_and_its_path() {
    let rise = |by: f64| weeks_of_2020(&[0.0, 0.0, 9.0, f64::exp_m1(by), f64::exp_m1(by)]);
    let changes: BTreeMap<String, Vec<Change>> =
        [("a", 0.2), ("b", 0.4), ("c", 0.0), ("d", 0.1)].map(|(code, by)| (code.to_owned(), rise(by))).into();
    let set = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<BTreeSet<_>>();
    let event = IsoWeek::new(2020, 4).unwrap();
    let window = Window { before: 2, after: 2 };
    let found = effect(&changes, &set(&["a", "b"]), &set(&["c", "d"]), event, window).unwrap();
    assert!((found.difference.point - 0.25).abs() < 1e-12);
    assert_eq!((found.randomisation.p, found.randomisation.assignments), (1.0 / 3.0, 6));
    let path: Vec<(i32, f64)> = found.path.iter().map(|p| (p.week, (p.point * 1e9).round() / 1e9)).collect();
    assert_eq!(path, [(-2, 0.0), (0, 0.0), (1, 0.25), (2, 0.25)]);
    // One industry left in a group, or weeks beyond the data: no effect, and no number.
    assert_eq!(effect(&changes, &set(&["a"]), &set(&["c", "d"]), event, window), None);
    assert_eq!(effect(&changes, &set(&["a", "b"]), &set(&["c", "d"]), event, Window { before: 9, after: 2 }), None);
}

fn ranks(inputs: &EconomyInputs, params: &CheckedParams) -> Composite {
    analyse(inputs, params).resampled.unwrap().rank(&params.composite_weights).unwrap()
}

#[test]
fn names_and_their_order_do_not_move_the_composite_and_every_weight_does() {
    let inputs = golden_inputs();
    let quick = |change: &dyn Fn(&mut Params)| {
        let mut params = Params { draws: 100, ..Params::default() };
        change(&mut params);
        params.check().unwrap()
    };
    let index = |inputs: &EconomyInputs, params: &CheckedParams| -> Vec<f64> {
        ranks(inputs, params).dongs.iter().map(|d| d.index).collect()
    };
    let before = index(&inputs, &quick(&|_| {}));
    // The last dong becomes the first.
    let other = |code: &str| format!("{:02}", 99 - code[1..].parse::<u32>().unwrap());
    let mut renamed = golden_with(|daily| {
        *daily = daily.iter().map(|((d, i), days)| ((other(d), i.clone()), days.clone())).collect();
    });
    let renamed_cell = |((d, i), n): (&Cell, &u32)| ((other(d), i.clone()), *n);
    renamed.establishments = inputs.establishments.iter().map(renamed_cell).collect();
    let mut after = index(&renamed, &quick(&|_| {}));
    after.reverse();
    assert!(before.iter().zip(&after).all(|(a, b)| (a - b).abs() < 1e-9), "{before:?} {after:?}");
    for at in 0..5 {
        assert_ne!(before, index(&inputs, &quick(&|p| p.composite_weights[at] = 0.9)), "weight {at}");
    }
    assert_ne!(before, index(&inputs, &quick(&|p| p.sentiment_month = "2020-03".to_owned())));
    assert_ne!(before, index(&inputs, &quick(&|p| p.shock_onset = "2020-W06".to_owned())));
}

#[test]
fn a_component_without_data_gives_its_weight_to_the_others() {
    let mut inputs = golden_inputs();
    inputs.sentiment.clear();
    inputs.industries.clear();
    let found = ranks(&inputs, &Params { draws: 100, ..Params::default() }.check().unwrap());
    let total = 0.35 + 0.2 + 0.2;
    for (weight, expected) in found.weights.iter().zip([0.35 / total, 0.2 / total, 0.2 / total, 0.0, 0.0]) {
        assert!((weight - expected).abs() < 1e-15);
    }
    assert_eq!((found.dongs[0].z[3], found.dongs[0].components[4], found.tau_without[3]), (None, None, None));
}

#[test]
fn a_district_of_one_cell_has_a_sensitivity_and_no_ranks() {
    let inputs = golden_with(|daily| daily.retain(|(dong, industry), _| dong == "D01" && industry == "I05"));
    let found = analyse(&inputs, &Params::default().check().unwrap());
    assert!(found.series[0].sensitivity.is_ok());
    assert!(found.resampled.is_none() && found.policies["relief"].is_none());
    // One dong is the district: the difference is nothing, and nothing cannot be fitted.
    assert!(found.relatives.values().all(Result::is_err));
}

#[test]
fn an_empty_base_year_gives_reasons_and_no_numbers() {
    let inputs = golden_with(|daily| {
        daily.values_mut().for_each(|days| days.retain(|date, _| *date >= day(2020, 1, 1)));
    });
    let found = analyse(&inputs, &Params::default().check().unwrap());
    assert!(
        found
            .series
            .iter()
            .all(|s| matches!(s.sensitivity, Err(Shortfall::TooFewWeeks { found: 0, .. })) && s.shock.is_none())
    );
    assert!(found.resampled.is_none() && found.index.is_empty());
}

#[test]
fn the_money_unit_does_not_move_the_slope_and_one_changed_cell_does() {
    let inputs = golden_inputs();
    let params = Params::default().check().unwrap();
    let slope =
        |inputs: &EconomyInputs| analyse(inputs, &params).series[0].sensitivity.clone().unwrap().fit.slope.point;
    let before = slope(&inputs);
    let scaled = golden_with(|daily| {
        daily.values_mut().flat_map(BTreeMap::values_mut).for_each(|amount| *amount *= 10_000);
    });
    assert!((slope(&scaled) - before).abs() < 1e-12);
    let changed = golden_with(|daily| {
        daily.values_mut().next().unwrap().insert(day(2020, 12, 20), 50_000);
    });
    assert!((slope(&changed) - before).abs() > 1e-6);
}

/// Sixteen cells of the reference set have fewer than three merchants; no margin has.
#[test]
fn the_reference_table_keeps_its_margins_and_hides_few_partners() {
    let mut inputs = golden_inputs();
    inputs.sales.disclosure_checked = false;
    let params = Params { draws: 100, ..Params::default() }.check().unwrap();
    let found = analyse(&inputs, &params).protection;
    let few: BTreeSet<Cell> = inputs.establishments.iter().filter(|(_, n)| **n < 3).map(|(c, _)| c.clone()).collect();
    assert_eq!(found.sensitive, few);
    assert!(found.hidden.is_superset(&few));
    assert!(found.hidden.iter().all(|(dong, industry)| !dong.is_empty() && !industry.is_empty()), "{:?}", found.hidden);
    assert!(found.hidden.len() <= 3 * few.len(), "{} hidden for {}", found.hidden.len(), few.len());
}
