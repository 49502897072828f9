//! What is computed only to be compared with other packages: panels and spatial statistics. None of it is published.

use serde_json::{Map, Value, json};

use super::blocks::{log_changes, of_kind};
use super::folder::Folder;
use crate::calendar::Grain;
use crate::economy::analysis::{
    CheckedParams, DailyPanel, EconomyInputs, EconomyResults, PeriodTable, SLOPES, WeeklyPanel, exposure, weekly_panel,
};
use crate::stats::line::Line;
use crate::stats::multiple::benjamini_hochberg;
use crate::stats::spatial::{Neighbours, Quadrant, getis_ord_star, local_moran, moran};

/// Adds the blocks `panel_daily`, `panel_weekly` and `spatial`.
pub fn add(answer: &mut Value, folder: &Folder, params: &CheckedParams, results: &EconomyResults) {
    let inputs = &folder.inputs;
    let wanted =
        |cell: &(String, String)| inputs.establishments.get(cell).is_none_or(|n| *n >= params.min_establishments);
    answer["panel_daily"] = daily(folder, &wanted).unwrap_or_default();
    answer["panel_weekly"] = weekly(inputs, params, &wanted).unwrap_or_default();
    answer["spatial"] = spatial(inputs, params, results).unwrap_or_default();
}

fn daily(folder: &Folder, wanted: &dyn Fn(&(String, String)) -> bool) -> Option<Value> {
    let panel = DailyPanel::new(&folder.daily, &folder.calendar, wanted, true)?;
    let fit = panel.fit()?;
    let raw = fit.variances[0].sqrt();
    let (n, g) = (fit.n as f64, fit.cells as f64);
    let corrected = |k: usize| raw * (g / (g - 1.0) * (n - 1.0) / (n - k as f64)).sqrt();
    // The effects of weeks of the year that are estimated, and with the one that is left out.
    let (free, all) = (SLOPES.len() + panel.weeks_of_year - 1, SLOPES.len() + panel.weeks_of_year);
    let slopes: Map<String, Value> =
        SLOPES.iter().zip(&fit.slopes).map(|(name, b)| ((*name).to_owned(), json!(b))).collect();
    let without = DailyPanel::new(&folder.daily, &folder.calendar, wanted, false)?.fit()?;
    let k_without = (1 + panel.weeks_of_year) as f64;
    let se_without = (without.variances[0] * g / (g - 1.0) * (n - 1.0) / (n - k_without)).sqrt();
    Some(json!({
        "n": fit.n,
        "cells": fit.cells,
        "k_slopes": SLOPES.len(),
        "k_woy": panel.weeks_of_year,
        "all_slopes": slopes,
        "direct": {
            "beta": fit.slopes[0],
            "se_crv1_cell_no_ssc": raw,
            "se_crv1_cell_k_incl_woy_plus1": corrected(all),
            "se_crv1_cell_k_incl_woy": corrected(free),
            "cond_XtX": fit.cross_products.condition(),
        },
        "without_year_effect": {"beta": without.slopes[0], "se_crv1_cell": se_without},
    }))
}

fn weekly(inputs: &EconomyInputs, params: &CheckedParams, wanted: &dyn Fn(&(String, String)) -> bool) -> Option<Value> {
    let table = PeriodTable::new(&inputs.sales, Grain::Week, params);
    let exposure = exposure(&inputs.new_cases, &table.iso_weeks());
    let WeeklyPanel { poisson, logs, weeks_of_year } = weekly_panel(&table, &exposure, &inputs.holidays, wanted)?;
    let k = (4 + weeks_of_year) as f64;
    let corrected = |variance: f64, n: usize, cells: usize| {
        let (n, g) = (n as f64, cells as f64);
        (variance * g / (g - 1.0) * (n - 1.0) / (n - k)).sqrt()
    };
    Some(json!({
        "n_ppml": poisson.n,
        "n_ols": logs.n,
        "ppml": {"beta": poisson.slopes[0], "se_crv1_cell": corrected(poisson.variances[0], poisson.n, poisson.cells)},
        "ols_log": {"beta": logs.slopes[0], "se_crv1_cell": corrected(logs.variances[0], logs.n, logs.cells)},
    }))
}

fn spatial(inputs: &EconomyInputs, params: &CheckedParams, results: &EconomyResults) -> Option<Value> {
    let table = PeriodTable::new(&inputs.sales, Grain::Week, params);
    let exposure = exposure(&inputs.new_cases, &table.iso_weeks());
    let (codes, values): (Vec<&str>, Vec<f64>) = of_kind(&results.series, "dong")
        .filter_map(|(code, series)| {
            let (x, y) = log_changes(series, &exposure);
            Some((code, -Line::fit(&x, &y)?.slope))
        })
        .unzip();
    let at = |code: &String| codes.iter().position(|c| c == code);
    let pairs = inputs.borders.iter().filter_map(|(a, b)| at(a).zip(at(b)));
    let neighbours = Neighbours::of_pairs(codes.len(), pairs);
    let global = moran(&values, &neighbours)?;
    let local = local_moran(&values, &neighbours)?;
    let score = |variance: f64| (global.i - global.expected) / variance.sqrt();
    let q = benjamini_hochberg(&local.iter().map(|l| l.p).collect::<Vec<_>>());
    let by_dong =
        |values: Vec<Value>| -> Map<String, Value> { codes.iter().map(|c| (*c).to_owned()).zip(values).collect() };
    let lisa = local.iter().map(|l| {
        let quadrant = match l.quadrant {
            Quadrant::HighHigh => "HH",
            Quadrant::LowHigh => "LH",
            Quadrant::LowLow => "LL",
            Quadrant::HighLow => "HL",
        };
        json!({
            "Ii": l.i,
            "neighbors": l.neighbours,
            "quadrant": quadrant,
            "subsets": l.subsets,
            "p_exact_folded": l.p_folded,
            "p_exact_esda_convention": l.p_folded_upper_open,
            "p_exact_two_sided": l.p,
        })
    });
    Some(json!({
        "moran": {
            "I": global.i,
            "EI": global.expected,
            "var_norm": global.variance_normal,
            "z_norm": score(global.variance_normal),
            "var_rand": global.variance_shuffled,
            "z_rand": score(global.variance_shuffled),
            "p_rand_two_sided": two_sided(score(global.variance_shuffled)),
        },
        "lisa": by_dong(lisa.collect()),
        "lisa_fdr_bh_q": by_dong(q.into_iter().map(|q| json!(q)).collect()),
        "gi_star": by_dong(getis_ord_star(&values, &neighbours)?.into_iter().map(|g| json!(g)).collect()),
    }))
}

fn two_sided(z: f64) -> Option<f64> {
    use statrs::distribution::{ContinuousCDF, Normal};
    Normal::new(0.0, 1.0).ok().map(|normal| 2.0 * normal.cdf(-z.abs()))
}
