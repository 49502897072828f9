//! What must hold for any sales: small invented districts with zeros, gaps, closures and absent years.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::stats::splitmix::SplitMix64;

/// How a district is invented.
#[derive(Debug, Clone)]
struct Plan {
    dongs: usize,
    industries: usize,
    missing: f64,
    zeros: f64,
    first_day: NaiveDate,
    seed: u64,
}

fn plans() -> impl Strategy<Value = Plan> {
    let first = prop_oneof![
        3 => Just(NaiveDate::from_ymd_opt(2019, 1, 1).unwrap()),
        1 => Just(NaiveDate::from_ymd_opt(2020, 1, 1).unwrap()),
        1 => Just(NaiveDate::from_ymd_opt(2019, 9, 1).unwrap()),
    ];
    (1..4_usize, 1..4_usize, 0.0..0.6, 0.0..0.6, first, any::<u64>()).prop_map(
        |(dongs, industries, missing, zeros, first_day, seed)| Plan {
            dongs,
            industries,
            missing: if missing < 0.2 { 0.0 } else { missing },
            zeros: if zeros < 0.3 { 0.0 } else { zeros },
            first_day,
            seed,
        },
    )
}

fn params() -> CheckedParams {
    Params { draws: 100, ..Params::default() }.check().unwrap()
}

fn daily(plan: &Plan) -> DailyCells {
    let mut random = SplitMix64::new(plan.seed);
    let last = NaiveDate::from_ymd_opt(2020, 12, 31).unwrap();
    let cells = (0..plan.dongs).flat_map(|d| (0..plan.industries).map(move |i| (format!("D{d}"), format!("I{i}"))));
    cells
        .map(|cell| {
            let level = 1_000.0 * (1.0 + 9.0 * random.unit());
            let days = plan.first_day.iter_days().take_while(|day| *day <= last);
            let sales = days.filter_map(|day| {
                let (absent, zero, noise) = (random.unit(), random.unit(), random.unit());
                let amount = if zero < plan.zeros { 0.0 } else { level * (0.8 + 0.4 * noise) };
                (absent >= plan.missing).then_some((day, amount.round() as i64))
            });
            (cell, sales.collect::<BTreeMap<_, _>>())
        })
        .filter(|(_, days)| !days.is_empty())
        .collect()
}

fn inputs(daily: &DailyCells) -> EconomyInputs {
    let first = NaiveDate::from_ymd_opt(2020, 2, 1).unwrap();
    EconomyInputs {
        sales: Sales { disclosure_checked: true, ..Sales::from_days(daily) },
        new_cases: first.iter_days().take(330).map(|day| (day, (day.ordinal() * 37) % 300)).collect(),
        ..EconomyInputs::default()
    }
}

fn slopes(results: &EconomyResults) -> Vec<(Scope, Option<f64>)> {
    results.series.iter().map(|s| (s.scope.clone(), s.sensitivity.as_ref().ok().map(|e| e.fit.slope.point))).collect()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1e-6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn nothing_that_is_not_a_number_leaves_the_analysis_and_every_estimate_lies_in_its_interval(plan in plans()) {
        let daily = daily(&plan);
        let found = analyse(&inputs(&daily), &params());
        for series in &found.series {
            prop_assert!(series.sales.values().all(|s| s.is_finite() && *s >= 0.0));
            let changes = series.changes.iter().flat_map(|c| [c.aligned, c.plain]).flatten();
            prop_assert!(changes.into_iter().all(|c| c.is_finite() && c >= -1.0));
            if let Ok(estimate) = &series.sensitivity {
                let slope = estimate.fit.slope;
                prop_assert!(slope.ci95.0 < slope.point && slope.point < slope.ci95.1 && slope.se > 0.0);
            }
        }
        // With one dong or two there is nothing to rank.
        let dongs: BTreeSet<&String> = daily.keys().map(|(dong, _)| dong).collect();
        prop_assert!(dongs.len() >= 3 || found.resampled.is_none());
        // Without a base year there is nothing to compare with.
        if plan.first_day.year() > 2019 {
            prop_assert!(found.series.iter().all(|s| s.sensitivity.is_err() && s.shock.is_none()));
        }
    }

    #[test]
    fn the_money_unit_moves_no_estimate_and_scales_every_sum(plan in plans(), factor in 2_i64..1_000) {
        let small = daily(&plan);
        let mut large = small.clone();
        large.values_mut().flat_map(BTreeMap::values_mut).for_each(|amount| *amount *= factor);
        let (a, b) = (analyse(&inputs(&small), &params()), analyse(&inputs(&large), &params()));
        for ((scope, one), (_, other)) in slopes(&a).into_iter().zip(slopes(&b)) {
            prop_assert_eq!(one.is_some(), other.is_some(), "{:?}", scope);
            prop_assert!(one.zip(other).is_none_or(|(one, other)| close(one, other)), "{:?} {:?}", one, other);
        }
        for (one, other) in a.series.iter().zip(&b.series) {
            for (week, sales) in &one.sales {
                prop_assert!(close(*sales * factor as f64, other.sales[week]));
            }
        }
    }

    #[test]
    fn the_names_of_dongs_move_no_figure(plan in plans()) {
        let before = daily(&plan);
        // D0 becomes the last in order.
        let renamed = |dong: &str| if dong == "D0" { "E0".to_owned() } else { dong.to_owned() };
        let after: DailyCells =
            before.iter().map(|((dong, industry), days)| ((renamed(dong), industry.clone()), days.clone())).collect();
        let (a, b) = (analyse(&inputs(&before), &params()), analyse(&inputs(&after), &params()));
        let of = |found: &EconomyResults| slopes(found).into_iter().collect::<BTreeMap<_, _>>();
        let (a, b) = (of(&a), of(&b));
        for (scope, one) in a {
            let there = match &scope {
                Scope::Dong(code) => Scope::Dong(renamed(code)),
                other => other.clone(),
            };
            prop_assert!(one.zip(b[&there]).is_none_or(|(one, other)| close(one, other)), "{:?}", there);
        }
    }

    #[test]
    fn a_week_without_any_row_is_filled_in_between_its_neighbours_and_says_so(
        plan in plans().prop_map(|plan| Plan { missing: 0.0, zeros: 0.0, ..plan }), at in 0_u64..20,
    ) {
        let mut daily = daily(&plan);
        let monday = NaiveDate::from_ymd_opt(2020, 3, 2).unwrap() + chrono::Days::new(7 * at);
        let week = IsoWeek::of(monday);
        daily.values_mut().for_each(|days| days.retain(|day, _| IsoWeek::of(*day) != week));
        let found = analyse(&inputs(&daily), &params());
        let (before, after) = (week.previous().unwrap(), week.next().unwrap());
        for series in &found.series {
            let between = 0.5 * (series.sales[&before] + series.sales[&after]);
            prop_assert!(close(series.sales[&week], between), "{:?}", series.scope);
            prop_assert!(series.imputed.contains(&week) && series.interpolated_share > 0.0);
        }
    }
}
