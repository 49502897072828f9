//! Runs the pure analysis on a folder of reference values: no database, no import.
//!
//! The computation never opens `golden.json`; the comparison comes after it and only adds the member `errors`.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::analysis::{
    CASES_A_DAY, EconomyInputs, Params, Scope, SentimentInput, Series, WeeklyTable, analyse, exposure,
};
use crate::calendar::{Holiday, LunarHolidays};
use crate::error::{Error, Result};
use crate::import::{ReadOptions, Source, Table, value};

/// Computes everything of this level from the inputs in a folder.
pub fn evaluate(dir: &Path) -> Result<Value> {
    let inputs = golden_inputs(dir)?;
    let params = Params::default();
    let checked = params.check().map_err(Error::bad_input)?;
    let results = analyse(&inputs, &checked);
    let table = WeeklyTable::new(&inputs.sales, &checked);
    let district = &results.series[0];
    let one_week = |prefix: &str, week: (i32, u32)| -> Map<String, Value> {
        of_kind(&results.series, prefix)
            .map(|(code, series)| {
                let sales = series.sales.iter().find(|(w, _)| (w.year, w.week) == week).map(|(_, s)| *s);
                (code.to_owned(), json!(sales))
            })
            .collect()
    };
    let one_change = |prefix: &str, week: (i32, u32)| -> Map<String, Value> {
        of_kind(&results.series, prefix)
            .map(|(code, series)| {
                let change = series.changes.iter().find(|c| (c.week.year, c.week.week) == week).and_then(|c| c.aligned);
                (code.to_owned(), json!(change))
            })
            .collect()
    };
    let changes = |aligned: bool| -> Map<String, Value> {
        district.changes.iter().map(|c| (key(c.week), json!(if aligned { c.aligned } else { c.plain }))).collect()
    };
    let sensitivities = |prefix: &str| -> Map<String, Value> {
        of_kind(&results.series, prefix).map(|(code, series)| (code.to_owned(), sensitivity(series))).collect()
    };
    let x: Map<String, Value> = exposure(&inputs.new_cases, table.weeks())
        .into_iter()
        .filter(|(week, _)| week.year > checked.base_year)
        .map(|(week, x)| (key(week), json!(x)))
        .collect();
    let mut answer = json!({
        "method_version": super::analysis::METHOD_VERSION,
        "parameters": params,
        "iso_weeks": {
            "complete": table.weeks().len(),
            "first": table.weeks().first().map(|w| w.year * 100 + w.week as i32),
            "last": table.weeks().last().map(|w| w.year * 100 + w.week as i32),
        },
        "weekly": {
            "missing_cell_weeks": table.missing_cell_weeks(),
            "zero_cell_weeks": table.zero_cell_weeks(),
            "gu_total": district.sales.iter().map(|(w, s)| (key(*w), json!(s))).collect::<Map<_, _>>(),
            "dong_2020W10": one_week("dong", (2020, 10)),
            "industry_2020W36": one_week("industry", (2020, 36)),
        },
        "yoy": {
            "gu_plain_iso": changes(false),
            "gu_aligned": changes(true),
            "dong_2020W10": one_change("dong", (2020, 10)),
            "industry_2020W36": one_change("industry", (2020, 36)),
        },
        "sensitivity_ts": {
            "x": x,
            "gu": sensitivity(district),
            "dong": sensitivities("dong"),
            "industry": sensitivities("industry"),
        },
        "sentiment_gap": sentiment(&results.gaps),
    });
    if let Ok(text) = std::fs::read_to_string(dir.join("golden.json")) {
        let golden: Value =
            serde_json::from_str(&text).map_err(|e| Error::bad_input(format!("golden.json cannot be read: {e}.")))?;
        let errors = compare(&answer, &golden);
        answer["errors"] = errors;
    }
    Ok(answer)
}

fn of_kind<'a>(series: &'a [Series], kind: &str) -> impl Iterator<Item = (&'a str, &'a Series)> {
    let wants_dong = kind == "dong";
    series.iter().filter_map(move |s| match &s.scope {
        Scope::Dong(code) if wants_dong => Some((code.as_str(), s)),
        Scope::Industry(code) if !wants_dong => Some((code.as_str(), s)),
        _ => None,
    })
}

fn key(week: crate::calendar::IsoWeek) -> String {
    format!("{}{:02}", week.year, week.week)
}

fn sensitivity(series: &Series) -> Value {
    let estimate = match &series.sensitivity {
        Ok(estimate) => estimate,
        Err(shortfall) => return json!({"beta": null, "reason": shortfall.sentences().1}),
    };
    let fit = &estimate.fit;
    let coefficient = |c: &crate::stats::ar1::Coefficient| json!({"point": c.point, "se": c.se, "ci95": [c.ci95.0, c.ci95.1], "p": c.p});
    let effects: Map<String, Value> = CASES_A_DAY
        .iter()
        .zip(&estimate.effects)
        .map(|(cases, (_, value, lower, upper))| (format!("{cases:.0}"), json!([value, lower, upper])))
        .collect();
    json!({
        "n": fit.n,
        "beta": coefficient(&fit.slope),
        "intercept": coefficient(&fit.intercept),
        "rho_mode": fit.rho_mode,
        "rho_mean": fit.rho_mean,
        "reml_at_mode": {"rho": fit.rho_mode, "beta": fit.slope_at_mode.0, "se": fit.slope_at_mode.1},
        "effect_pct_at_cases": effects,
    })
}

fn sentiment(gaps: &[super::analysis::Gap]) -> Value {
    let mut months = BTreeMap::<String, Map<String, Value>>::new();
    for gap in gaps {
        let month = months.entry(gap.month.format("%Y-%m").to_string()).or_default();
        month.insert("n_weighted_mean".to_owned(), json!(gap.average));
        let industries = month.entry("industry").or_insert_with(|| json!({}));
        industries[&gap.industry] = json!({"gap": gap.gap, "se": gap.se});
    }
    json!(months)
}

/// The largest relative error of each block, over every number that stands at the same path in both.
fn compare(answer: &Value, golden: &Value) -> Value {
    let mut compared = 0_u64;
    let mut errors = Map::new();
    for block in ["weekly", "yoy", "sensitivity_ts"] {
        let mut worst = 0.0_f64;
        walk(&answer[block], &golden[block], &mut worst, &mut compared);
        errors.insert(block.to_owned(), json!(worst));
    }
    let mut worst = 0.0_f64;
    for (name, expected) in golden.as_object().into_iter().flatten() {
        if let Some(month) = name.strip_prefix("sentiment_gap_") {
            walk(&answer["sentiment_gap"][month.replace('_', "-")], expected, &mut worst, &mut compared);
        }
    }
    errors.insert("sentiment_gap".to_owned(), json!(worst));
    errors.insert("compared".to_owned(), json!(compared));
    Value::Object(errors)
}

fn walk(ours: &Value, theirs: &Value, worst: &mut f64, compared: &mut u64) {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (name, value) in ours {
                if let Some(expected) = theirs.get(name) {
                    walk(value, expected, worst, compared);
                }
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.iter().zip(theirs).for_each(|(a, b)| walk(a, b, worst, compared));
        }
        (Value::Number(ours), Value::Number(theirs)) => {
            if let (Some(a), Some(b)) = (ours.as_f64(), theirs.as_f64()) {
                *compared += 1;
                // Values near zero are compared absolutely: 1e-9 of nothing is nothing.
                let scale = if b.abs() < 1e-3 { 1e-3 } else { b.abs() };
                *worst = worst.max((a - b).abs() / scale);
            }
        }
        (Value::Null, Value::Number(_)) => *worst = f64::MAX,
        _ => {}
    }
}

/// The inputs of a folder, in the money unit of the folder.
pub fn golden_inputs(dir: &Path) -> Result<EconomyInputs> {
    let mut inputs = EconomyInputs::default();
    let calendar = table(dir, "calendar.csv")?;
    let [date, core, cases] = columns(&calendar, "calendar.csv", ["date", "lunar_core", "new_cases"])?;
    let mut holidays = Vec::new();
    for row in calendar.rows() {
        let wrong = |reason: String| Error::bad_input(format!("calendar.csv, line {}: {reason}.", row.line()));
        let day = row.need(date, "date").and_then(value::day).map_err(wrong)?;
        if row.get(core) == Some("1") {
            // Seollal falls into January or February, Chuseok into September or October.
            let holiday = if day < NaiveDate::from_ymd_opt(chrono::Datelike::year(&day), 6, 1).unwrap_or(day) {
                Holiday::Seollal
            } else {
                Holiday::Chuseok
            };
            holidays.push((day, holiday));
        }
        let cases = row.need(cases, "new_cases").and_then(value::count).map_err(wrong)?;
        inputs.new_cases.insert(day, cases.unsigned_abs());
    }
    inputs.holidays = LunarHolidays::new(holidays);
    read_sales(dir, &mut inputs)?;
    read_sentiment(dir, &mut inputs)?;
    let cells = table(dir, "cells.csv")?;
    let [dong, industry, merchants] = columns(&cells, "cells.csv", ["dong", "industry", "merchants"])?;
    for row in cells.rows() {
        let wrong = |reason: String| Error::bad_input(format!("cells.csv, line {}: {reason}.", row.line()));
        let cell = (
            row.need(dong, "dong").map_err(wrong)?.to_owned(),
            row.need(industry, "industry").map_err(wrong)?.to_owned(),
        );
        inputs
            .establishments
            .insert(cell, row.need(merchants, "merchants").and_then(value::count).map_err(wrong)?.unsigned_abs());
    }
    Ok(inputs)
}

fn read_sales(dir: &Path, inputs: &mut EconomyInputs) -> Result<()> {
    let sales = table(dir, "sales_wide.csv")?;
    let [date] = columns(&sales, "sales_wide.csv", ["date"])?;
    let cells: Vec<(usize, (String, String))> = sales
        .headers()
        .iter()
        .enumerate()
        .filter_map(|(at, name)| {
            name.to_ascii_uppercase().split_once('_').map(|(d, i)| (at, (d.to_owned(), i.to_owned())))
        })
        .collect();
    for row in sales.rows() {
        let wrong = |reason: String| Error::bad_input(format!("sales_wide.csv, line {}: {reason}.", row.line()));
        let day = row.need(date, "date").and_then(value::day).map_err(wrong)?;
        for (at, cell) in &cells {
            if let Some(text) = row.get(*at) {
                let amount = value::integer(text).map_err(wrong)?;
                inputs.sales.entry(cell.clone()).or_default().insert(day, amount);
            }
        }
    }
    Ok(())
}

fn read_sentiment(dir: &Path, inputs: &mut EconomyInputs) -> Result<()> {
    let bsi = table(dir, "bsi.csv")?;
    let [month, industry, n, index] = columns(&bsi, "bsi.csv", ["month", "industry", "n", "bsi"])?;
    for row in bsi.rows() {
        let wrong = |reason: String| Error::bad_input(format!("bsi.csv, line {}: {reason}.", row.line()));
        inputs.sentiment.push(SentimentInput {
            month: row.need(month, "month").and_then(value::month).map_err(wrong)?,
            industry: row.need(industry, "industry").map_err(wrong)?.to_owned(),
            actual: row.need(index, "bsi").and_then(value::decimal).map_err(wrong)?,
            respondents: value::optional(row.get(n), value::count).map_err(wrong)?.map(i32::unsigned_abs),
        });
    }
    Ok(())
}

fn table(dir: &Path, name: &str) -> Result<Table> {
    let path = dir.join(name);
    let bytes =
        std::fs::read(&path).map_err(|e| Error::bad_input(format!("{} cannot be read: {e}.", path.display())))?;
    Table::read(&Source { name: name.to_owned(), bytes }, &ReadOptions::default())
        .map_err(|sentence| Error::bad_input(format!("{name}: {sentence}")))
}

fn columns<const N: usize>(table: &Table, file: &str, names: [&str; N]) -> Result<[usize; N]> {
    let mut found = [0; N];
    for (slot, name) in found.iter_mut().zip(names) {
        *slot = table.column(&[name]).ok_or_else(|| Error::bad_input(format!("{file} lacks the column {name}.")))?;
    }
    Ok(found)
}
