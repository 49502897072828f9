//! What the product publishes, in the layout of the reference values.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::folder::Folder;
use crate::calendar::{Grain, Holiday, IsoWeek};
use crate::economy::analysis::{
    CASES_A_DAY, COMPONENTS, CheckedParams, Composite, DailyCells, EconomyInputs, EconomyResults, Estimate,
    METHOD_VERSION, Params, PeriodTable, PolicyEffect, Scope, Series, Shock, exposure,
};
use crate::stats::ar1::Coefficient;
use crate::stats::line::{Line, fixed_b_critical};
use crate::stats::splitmix::SplitMix64;

/// All blocks but those that only serve comparison.
pub fn published(folder: &Folder, params: &Params, checked: &CheckedParams, results: &EconomyResults) -> Value {
    let inputs = &folder.inputs;
    let table = PeriodTable::new(&inputs.sales, Grain::Week, checked);
    let weeks = table.iso_weeks();
    let exposure = exposure(&inputs.new_cases, &weeks);
    let x: Map<String, Value> = exposure
        .iter()
        .filter(|(week, _)| week.year > checked.base_year)
        .map(|(week, x)| (key(*week), json!(x)))
        .collect();
    let ranks = results.resampled.as_ref().and_then(|r| r.rank(&checked.composite_weights));
    let mut answer = json!({
        "method_version": METHOD_VERSION,
        "parameters": params,
        "quality": quality(folder, checked),
        "iso_weeks": iso_weeks(&folder.daily, &weeks),
        "weekly": weekly(&table, results),
        "yoy": changes(inputs, checked, results),
        "oi_index": {"values": results.index.iter().map(|(day, v)| (day.to_string(), json!(v))).collect::<Map<_, _>>()},
        "sensitivity_ts": by_scope(results, |s| sensitivity(s, &exposure), json!({"x": x})),
        "relative_sensitivity": by_scope(results, |s| relative(results, &s.scope), json!({})),
        "shock": by_scope(results, |s| s.shock.as_ref().map_or(Value::Null, shock), json!({})),
        "did_relief_fund": results.policies.get("relief").cloned().flatten().map_or(Value::Null, |e| policy(&e)),
        "composite": ranks.map_or(Value::Null, |c| composite(&c, checked)),
    });
    for (month, block) in sentiment(results) {
        answer[format!("sentiment_gap_{month}")] = block;
    }
    answer
}

/// "202010" for 2020-W10.
pub fn key(week: IsoWeek) -> String {
    format!("{}{:02}", week.year, week.week)
}

fn by_scope(results: &EconomyResults, of: impl Fn(&Series) -> Value, mut start: Value) -> Value {
    for series in &results.series {
        let value = of(series);
        match &series.scope {
            Scope::District if value.is_null() => {}
            Scope::District => start["gu"] = value,
            Scope::Dong(code) => start["dong"][code] = value,
            Scope::Industry(code) => start["industry"][code] = value,
        }
    }
    start
}

fn quality(folder: &Folder, params: &CheckedParams) -> Value {
    let Folder { inputs, daily, .. } = folder;
    let days = inputs.sales.span.map_or(0, |(first, last)| (last - first).num_days() + 1);
    let values = || daily.values().flat_map(BTreeMap::values);
    let observed = values().count();
    let possible = daily.len() * usize::try_from(days).unwrap_or(0);
    let hidden: Vec<String> = inputs
        .establishments
        .iter()
        .filter(|(_, n)| **n < params.min_establishments)
        .map(|((dong, industry), _)| format!("{dong}_{industry}"))
        .collect();
    json!({
        "cells": daily.len(),
        "days": days,
        "missing_values": possible - observed,
        "zeros": values().filter(|v| **v == 0).count(),
        "positive": values().filter(|v| **v > 0).count(),
        "suppressed_cells_merchants_lt3": hidden,
    })
}

fn iso_weeks(daily: &DailyCells, complete: &[IsoWeek]) -> Value {
    let mut days = BTreeMap::<IsoWeek, std::collections::BTreeSet<chrono::NaiveDate>>::new();
    for day in daily.values().flat_map(BTreeMap::keys) {
        days.entry(IsoWeek::of(*day)).or_default().insert(*day);
    }
    let partial: Map<String, Value> = days
        .iter()
        .filter(|(week, _)| !complete.contains(week))
        .map(|(week, days)| (key(*week), json!(days.len())))
        .collect();
    let number = |week: Option<&IsoWeek>| week.map(|w| w.year * 100 + i32::try_from(w.week).unwrap_or(0));
    json!({"complete": complete.len(), "first": number(complete.first()), "last": number(complete.last()), "partial": partial})
}

fn weekly(table: &PeriodTable, results: &EconomyResults) -> Value {
    let one = |prefix: &str, year: i32, week: u32| -> Map<String, Value> {
        of_kind(&results.series, prefix)
            .map(|(code, series)| {
                let sales = series.sales.iter().find(|(w, _)| (w.year, w.week) == (year, week)).map(|(_, s)| *s);
                (code.to_owned(), json!(sales))
            })
            .collect()
    };
    let district = results.series.first().map(|s| s.sales.clone()).unwrap_or_default();
    json!({
        "missing_cell_weeks": table.missing_cell_periods(),
        "zero_cell_weeks": table.zero_cell_periods(),
        "gu_total": district.iter().map(|(w, s)| (key(*w), json!(s))).collect::<Map<_, _>>(),
        "dong_2020W10": one("dong", 2020, 10),
        "industry_2020W36": one("industry", 2020, 36),
    })
}

fn changes(inputs: &EconomyInputs, params: &CheckedParams, results: &EconomyResults) -> Value {
    let one = |prefix: &str, year: i32, week: u32| -> Map<String, Value> {
        of_kind(&results.series, prefix)
            .map(|(code, series)| {
                let at = |w: IsoWeek| (w.year, w.week) == (year, week);
                (code.to_owned(), json!(series.changes.iter().find(|c| at(c.week)).and_then(|c| c.aligned)))
            })
            .collect()
    };
    let district = results.series.first().map(|s| s.changes.clone()).unwrap_or_default();
    let all = |aligned: bool| -> Map<String, Value> {
        district.iter().map(|c| (key(c.week), json!(if aligned { c.aligned } else { c.plain }))).collect()
    };
    let years =
        district.iter().map(|c| c.week.year).chain([params.base_year]).collect::<std::collections::BTreeSet<_>>();
    let holidays: Map<String, Value> = years
        .into_iter()
        .map(|year| {
            let week = |holiday| inputs.holidays.week(year, holiday).map(|w| w.week);
            (year.to_string(), json!({"SEOLLAL": week(Holiday::Seollal), "CHUSEOK": week(Holiday::Chuseok)}))
        })
        .collect();
    json!({
        "holiday_weeks": holidays,
        "gu_plain_iso": all(false),
        "gu_aligned": all(true),
        "dong_2020W10": one("dong", 2020, 10),
        "industry_2020W36": one("industry", 2020, 36),
    })
}

/// Series of one kind with their codes.
pub fn of_kind<'a>(series: &'a [Series], kind: &str) -> impl Iterator<Item = (&'a str, &'a Series)> {
    let wants_dong = kind == "dong";
    series.iter().filter_map(move |s| match &s.scope {
        Scope::Dong(code) if wants_dong => Some((code.as_str(), s)),
        Scope::Industry(code) if !wants_dong => Some((code.as_str(), s)),
        _ => None,
    })
}

fn coefficient(c: &Coefficient) -> Value {
    json!({"point": c.point, "se": c.se, "ci95": [c.ci95.0, c.ci95.1], "p": c.p})
}

fn sensitivity(series: &Series, exposure: &BTreeMap<IsoWeek, f64>) -> Value {
    let estimate = match &series.sensitivity {
        Ok(estimate) => estimate,
        Err(shortfall) => return json!({"beta": null, "reason": shortfall.sentences().1}),
    };
    let fit = &estimate.fit;
    json!({
        "n": fit.n,
        "beta": coefficient(&fit.slope),
        "intercept": coefficient(&fit.intercept),
        "rho_mode": fit.rho_mode,
        "rho_mean": fit.rho_mean,
        "reml_at_mode": {"rho": fit.rho_mode, "beta": fit.slope_at_mode.0, "se": fit.slope_at_mode.1},
        "ols": ordinary(series, exposure),
        "effect_pct_at_cases": effects(estimate),
    })
}

fn effects(estimate: &Estimate) -> Map<String, Value> {
    CASES_A_DAY
        .iter()
        .zip(&estimate.effects)
        .map(|(cases, (_, value, lower, upper))| (format!("{cases:.0}"), json!([value, lower, upper])))
        .collect()
}

/// Log changes of a series with the exposure of their weeks.
pub fn log_changes(series: &Series, exposure: &BTreeMap<IsoWeek, f64>) -> (Vec<f64>, Vec<f64>) {
    let one = |c: &crate::economy::analysis::Change| {
        Some((*exposure.get(&c.week)?, c.aligned.filter(|s| *s > -1.0)?.ln_1p()))
    };
    series.changes.iter().filter_map(one).unzip()
}

fn ordinary(series: &Series, exposure: &BTreeMap<IsoWeek, f64>) -> Value {
    let (x, y) = log_changes(series, exposure);
    let Some(line) = Line::fit(&x, &y) else { return Value::Null };
    let (error, critical) = (line.newey_west(8), fixed_b_critical(8, x.len()));
    json!({
        "beta": line.slope,
        "intercept": line.intercept,
        "se_nw_L4": line.newey_west(4),
        "se_nw_L8": error,
        "fixed_b_crit_L8": critical,
        "ci95_nw_L8_fixed_b": [line.slope - critical * error, line.slope + critical * error],
    })
}

fn relative(results: &EconomyResults, scope: &Scope) -> Value {
    match results.relatives.get(scope) {
        Some(Ok(relative)) => {
            let mut value = coefficient(&relative.estimate.fit.slope);
            value["adjusted_p"] = json!(relative.adjusted_p);
            value
        }
        _ => Value::Null,
    }
}

fn shock(shock: &Shock) -> Value {
    json!({
        "g0": shock.growth_before,
        "depth_pct": shock.depth_percent,
        "trough_week": shock.trough.year * 100 + i32::try_from(shock.trough.week).unwrap_or(0),
        "weeks_to_trough": shock.weeks_to_trough,
        "half_life_weeks": shock.half_life_weeks,
        "resilience": shock.resilience,
        "loss_share": shock.loss_share,
        "loss": shock.loss,
    })
}

fn policy(effect: &PolicyEffect) -> Value {
    let point = effect.difference.point;
    let path: Map<String, Value> = effect
        .path
        .iter()
        .map(|p| {
            let name = if p.week < 0 { format!("em{}", -p.week) } else { format!("e{}", p.week) };
            (name, json!({"beta": p.point, "se": p.se}))
        })
        .collect();
    json!({
        "treated": effect.treated,
        "control": effect.control,
        "att_log": point,
        "att_pct": 100.0 * point.exp_m1(),
        "crv1": {"beta": point, "se": effect.crv1.se, "ci95": effect.crv1.ci95, "df": effect.treated.len() + effect.control.len() - 1},
        "crv3": {"se": effect.crv3.se, "ci95": effect.crv3.ci95},
        "welch": {"se": effect.difference.se, "df": effect.difference.df, "ci95": effect.difference.ci95},
        "randomization_p_exact": effect.randomisation.p,
        "randomization_assignments": effect.randomisation.assignments,
        "event_study": path,
    })
}

fn composite(composite: &Composite, params: &CheckedParams) -> Value {
    let mut random = SplitMix64::new(params.seed);
    let first: Vec<String> = (0..5).map(|_| random.next_u64().to_string()).collect();
    let by_dong = |of: &dyn Fn(&crate::economy::analysis::Ranked) -> Value| -> Map<String, Value> {
        composite.dongs.iter().map(|d| (d.dong.clone(), of(d))).collect()
    };
    let without: Map<String, Value> =
        COMPONENTS.iter().zip(composite.tau_without).map(|(name, tau)| ((*name).to_owned(), json!(tau))).collect();
    json!({
        "weights": composite.weights,
        "index": by_dong(&|d| json!(d.index)),
        "z": by_dong(&|d| json!(d.z)),
        "components": by_dong(&|d| json!(d.components)),
        "rank": by_dong(&|d| json!(d.rank)),
        "rank_p05_p95": by_dong(&|d| json!([d.rank_interval.0, d.rank_interval.1])),
        "prob_top3": by_dong(&|d| json!(d.top3)),
        "mean_kendall_tau": composite.mean_tau,
        "leave_one_component_out_tau": without,
        "splitmix64_first5": first,
    })
}

/// Blocks by month, as "2020_09".
fn sentiment(results: &EconomyResults) -> BTreeMap<String, Value> {
    let mut months = BTreeMap::<String, Value>::new();
    let name = |day: chrono::NaiveDate| day.format("%Y_%m").to_string();
    for gap in &results.gaps {
        let block = months.entry(name(gap.month)).or_insert_with(|| json!({}));
        block["n_weighted_mean"] = json!(gap.average);
        block["industry"][&gap.industry] = json!({"gap": gap.gap, "se": gap.se});
    }
    for gap in &results.mix_gaps {
        let block = months.entry(name(gap.month)).or_insert_with(|| json!({}));
        block["dong"][&gap.dong] = json!({"gap": gap.gap, "se": gap.se});
    }
    months
}
