//! The arithmetic against pencil and against the reference values of independent packages.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::*;
use crate::economy::evaluate::{evaluate, golden_inputs};

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

fn golden() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/economy")
}

fn cell(days: impl Iterator<Item = (NaiveDate, i64)>) -> inputs::DailyCells {
    BTreeMap::from([(("D".to_owned(), "I".to_owned()), days.collect())])
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
    let table = WeeklyTable::new(&cell(days.into_iter()), &params);
    assert_eq!(table.aggregate(|_, _| true).sales.values().copied().collect::<Vec<_>>(), [70.0, 70.0]);
    let mut days = fortnight();
    days.iter_mut().skip(7).for_each(|d| d.1 = 20);
    days.drain(1..4);
    let table = WeeklyTable::new(&cell(days.into_iter()), &params);
    assert_eq!(table.missing_cell_weeks(), 1);
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
        respondents,
    };
    let weighted = gaps(&[row("a", 40.0, Some(300)), row("b", 60.0, Some(100))]);
    assert_eq!((weighted[0].average, weighted[0].gap), (45.0, -5.0));
    // σ = 1.85/1.95996·√2400 = 46.2412; √(1/300 − 1/400) = 0.028868.
    assert!((weighted[0].se.unwrap() - 1.334_87).abs() < 1e-5);
    let plain = gaps(&[row("a", 40.0, None), row("b", 60.0, Some(100))]);
    assert_eq!((plain[0].average, plain[0].se), (50.0, None));
}

#[test]
fn the_reference_values_of_independent_packages_are_met() {
    let answer = evaluate(&golden()).unwrap();
    let errors = answer["errors"].as_object().unwrap();
    for (block, limit) in [("weekly", 1e-9), ("yoy", 1e-9), ("sensitivity_ts", 1e-7), ("sentiment_gap", 1e-9)] {
        let error = errors[block].as_f64().unwrap_or_else(|| panic!("{block} was not compared"));
        assert!(error <= limit, "{block}: {error}");
    }
    assert!(errors["compared"].as_u64().unwrap() > 500, "{errors:?}");
}

#[test]
fn the_money_unit_does_not_move_the_slope_and_one_changed_cell_does() {
    let inputs = golden_inputs(&golden()).unwrap();
    let params = Params::default().check().unwrap();
    let slope =
        |inputs: &EconomyInputs| analyse(inputs, &params).series[0].sensitivity.clone().unwrap().fit.slope.point;
    let before = slope(&inputs);
    let mut scaled = inputs.clone();
    scaled.sales.values_mut().flat_map(BTreeMap::values_mut).for_each(|amount| *amount *= 10_000);
    assert!((slope(&scaled) - before).abs() < 1e-12);
    let mut changed = inputs;
    if let Some(amount) = changed.sales.values_mut().next().and_then(|days| days.values_mut().last()) {
        *amount += 5_000;
    }
    // The last day lies in a partial week, which is not read; so the day before the last complete week is touched too.
    changed.sales.values_mut().next().unwrap().insert(day(2020, 12, 20), 50_000);
    assert!((slope(&changed) - before).abs() > 1e-6);
}
