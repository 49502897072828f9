//! Reads the inputs of a reference folder. Nothing here opens `golden.json`.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use crate::calendar::{Holiday, LunarHolidays};
use crate::economy::analysis::{
    DailyCells, Day, EconomyInputs, IndustryTraits, PolicyInput, PolicyKind, Sales, SentimentInput,
};
use crate::error::{Error, Result};
use crate::import::{ReadOptions, Source, Table, value};

/// What a folder of reference values holds, in its own money unit.
#[derive(Debug, Clone)]
pub struct Folder {
    /// What the analysis asks for.
    pub inputs: EconomyInputs,
    /// The days behind the sums, for the daily panel.
    pub daily: DailyCells,
    /// The days of the daily panel.
    pub calendar: BTreeMap<NaiveDate, Day>,
}

/// Reads a folder.
pub fn read_folder(dir: &Path) -> Result<Folder> {
    let daily = read_sales(dir)?;
    let mut inputs = read_inputs(dir)?;
    // Reference values are computed from all cells; there is nobody to protect in them.
    inputs.sales = Sales { disclosure_checked: true, ..Sales::from_days(&daily) };
    Ok(Folder { inputs, daily, calendar: read_calendar(dir)? })
}

fn read_inputs(dir: &Path) -> Result<EconomyInputs> {
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
    read_sentiment(dir, &mut inputs)?;
    read_industries(dir, &mut inputs)?;
    let borders = table(dir, "adjacency.csv")?;
    let [a, b] = columns(&borders, "adjacency.csv", ["dong_a", "dong_b"])?;
    for row in borders.rows() {
        let wrong = |reason: String| Error::bad_input(format!("adjacency.csv, line {}: {reason}.", row.line()));
        let code = |at: usize| row.need(at, "a dong").map(str::to_owned).map_err(wrong);
        inputs.borders.push((code(a)?, code(b)?));
    }
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

fn read_calendar(dir: &Path) -> Result<BTreeMap<NaiveDate, Day>> {
    let calendar = table(dir, "calendar.csv")?;
    let [date, public, core, before, cases] =
        columns(&calendar, "calendar.csv", ["date", "public_holiday", "lunar_core", "lunar_pre", "new_cases"])?;
    calendar
        .rows()
        .map(|row| {
            let wrong = |reason: String| Error::bad_input(format!("calendar.csv, line {}: {reason}.", row.line()));
            let flag = |at: usize| row.get(at) == Some("1");
            let day = Day {
                public_holiday: flag(public),
                lunar_core: flag(core),
                lunar_before: flag(before),
                new_cases: row.need(cases, "new_cases").and_then(value::count).map_err(wrong)?.unsigned_abs(),
            };
            Ok((row.need(date, "date").and_then(value::day).map_err(wrong)?, day))
        })
        .collect()
}

/// Industries, and the one event that the folder describes: the relief fund, which arrived on 13 May 2020.
fn read_industries(dir: &Path, inputs: &mut EconomyInputs) -> Result<()> {
    let industries = table(dir, "industries.csv")?;
    let [code, contact, eligible] = columns(&industries, "industries.csv", ["industry", "contact", "erf_eligible"])?;
    let mut reached = std::collections::BTreeSet::new();
    for row in industries.rows() {
        let wrong = |reason: String| Error::bad_input(format!("industries.csv, line {}: {reason}.", row.line()));
        let code = row.need(code, "industry").map_err(wrong)?.to_owned();
        let contact =
            value::optional(row.get(contact), value::count).map_err(wrong)?.and_then(|n| u8::try_from(n).ok());
        if row.get(eligible) == Some("1") {
            reached.insert(code.clone());
        }
        inputs.industries.insert(code, IndustryTraits { contact, group: None });
    }
    inputs.policies = vec![PolicyInput {
        code: "relief".to_owned(),
        starts_on: NaiveDate::from_ymd_opt(2020, 5, 13).unwrap_or_default(),
        kind: PolicyKind::Subsidy,
        industries: reached,
    }];
    Ok(())
}

fn read_sales(dir: &Path) -> Result<DailyCells> {
    let mut daily = DailyCells::new();
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
                daily.entry(cell.clone()).or_default().insert(day, amount);
            }
        }
    }
    Ok(daily)
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
            outlook: None,
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
