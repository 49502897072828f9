//! `dongjak explain` and `dongjak compare`: where a number came from, and what two runs have not in common.

use super::say;
use crate::api::explain::{FigureKey, explained, figures, unknown};
use crate::config::Settings;
use crate::db;
use crate::error::{Error, Result};
use crate::graphql::figure::FigureData;
use crate::run::compare::{Cause, Change, causes, changed};
use crate::run::dataset::DatasetVersion;
use crate::run::explain::refused::refused_rows;
use crate::run::reading::versions_of_run;
use crate::run::record::{Run, run_get};

/// Rows of a table that are printed; GraphQL gives them all.
const MOST_ROWS: usize = 60;

/// Says how a figure came about.
pub fn explain(settings: &Settings, id: &str) -> Result<()> {
    let key = FigureKey::read(id)?;
    let mut conn = db::connect(settings.required_database_url()?)?;
    let run = run_get(&mut conn, key.run)?;
    if run.analysis != key.analysis.name() {
        return Err(unknown());
    }
    let (figure, explanation) = explained(&mut conn, &run, &key.path)?.ok_or_else(unknown)?;
    say::line(&explanation.what.ko);
    say::line(&explanation.what.en);
    say::line("");
    say::line(&format!("figure    {}", shown(Some(&figure))));
    if let Some(interval) = &figure.interval {
        say::line(&format!(
            "interval  {} to {} at {} % ({})",
            interval.lower,
            interval.upper,
            100.0 * interval.level,
            interval.method
        ));
    }
    if let Some(reason) = &figure.reason {
        say::line(&format!("reason    {}\n          {}", reason.ko, reason.en));
    }
    say::line(&format!("\nHow it is computed\n  {}\n  {}", explanation.words.ko, explanation.words.en));
    say::line(&format!("  {}", explanation.formula));
    if let Some(filled) = &explanation.filled {
        say::line(&format!("  {filled}"));
    }
    if !explanation.terms.is_empty() {
        say::line("\nNumbers");
    }
    for term in &explanation.terms {
        let value = term.value.map_or_else(|| "none".to_owned(), |v| v.to_string());
        say::line(&format!("  {:<16} {value:<24} {} / {}", term.symbol, term.name.ko, term.name.en));
    }
    table(&explanation.table.columns, &explanation.table.rows);
    say::line("\nLeft out or filled in");
    for left in &explanation.left_out {
        let count = left.count.map_or_else(String::new, |n| format!(": {n}"));
        say::line(&format!("  {}{count}\n  {}{count}", left.what.ko, left.what.en));
    }
    for refused in refused_rows(&mut conn, run.id)? {
        let (version, dataset, count) = (refused.version, refused.dataset, refused.count);
        say::line(&format!("  {count} rows of {dataset} (version {version}) were refused: {}", refused.reason));
    }
    say::line("\nParameters that entered");
    for (name, value) in explanation.chosen_parameters(&run) {
        say::line(&format!("  {name} = {value}"));
    }
    say::line("\nInputs of the run");
    for version in versions_of_run(&mut conn, run.id)? {
        say::line(&input(&version));
    }
    say::line(&format!(
        "\nRun {} of {}, method {}, program {}, finished {} UTC{}. `dongjak analyze --reproduce {}` computes it again.",
        run.id,
        run.analysis,
        run.method_version,
        run.code_revision,
        run.finished_at.format("%Y-%m-%d %H:%M"),
        if run.synthetic { ", from generated data" } else { "" },
        run.id
    ));
    Ok(())
}

fn table(columns: &[&str], rows: &[(String, Vec<Option<f64>>)]) {
    if rows.is_empty() {
        return;
    }
    say::line("\nRows");
    let head: Vec<&str> = [""].into_iter().chain(columns.iter().copied()).collect();
    let cell = |value: &Option<f64>| value.map_or_else(|| "none".to_owned(), |v| v.to_string());
    let lines: Vec<Vec<String>> = rows
        .iter()
        .take(MOST_ROWS)
        .map(|(name, values)| [name.clone()].into_iter().chain(values.iter().map(cell)).collect())
        .collect();
    say::table(&head, &lines);
    if rows.len() > MOST_ROWS {
        say::line(&format!("  and {} more; the GraphQL field explain gives them all.", rows.len() - MOST_ROWS));
    }
}

fn input(v: &DatasetVersion) -> String {
    let period = match (v.period_start, v.period_end) {
        (Some(start), Some(end)) => format!(", {start} to {end}"),
        _ => String::new(),
    };
    format!(
        "  version {} of {}{period}, {}, {}{}\n    sha256 {}, {} rows kept, {} refused",
        v.id,
        v.dataset,
        v.publisher,
        v.licence,
        if v.synthetic { ", generated (synthetic)" } else { "" },
        v.sha256,
        v.rows_kept,
        v.rows_refused
    )
}

fn shown(figure: Option<&FigureData>) -> String {
    figure.map_or_else(
        || "not there".to_owned(),
        |f| {
            let value = f.value.map_or_else(|| "no value".to_owned(), |v| v.to_string());
            format!("{value} {:?} ({:?})", f.unit, f.status)
        },
    )
}

/// Says which figures of two runs differ, and what entered them differently.
pub fn compare(settings: &Settings, a: i32, b: i32, most: usize) -> Result<()> {
    let mut conn = db::connect(settings.required_database_url()?)?;
    let (run_a, run_b) = (run_get(&mut conn, a)?, run_get(&mut conn, b)?);
    if run_a.analysis != run_b.analysis {
        return Err(Error::bad_input(format!(
            "Run {a} answers the question of {}, run {b} that of {}; only runs of one question can be compared.",
            run_a.analysis, run_b.analysis
        )));
    }
    let (inputs_a, inputs_b) = (versions_of_run(&mut conn, a)?, versions_of_run(&mut conn, b)?);
    let (boxed_a, boxed_b): (Vec<Box<DatasetVersion>>, Vec<Box<DatasetVersion>>) =
        (inputs_a.into_iter().map(Box::new).collect(), inputs_b.into_iter().map(Box::new).collect());
    let found = causes((&run_a, &boxed_a), (&run_b, &boxed_b));
    say::line("What entered them and differs:");
    if found.is_empty() {
        say::line("  nothing");
    }
    for cause in found {
        say::line(&format!("  {}", told(&cause, &run_a, &run_b, &boxed_a, &boxed_b)));
    }
    let (figures_a, figures_b) = (figures(&mut conn, &run_a)?, figures(&mut conn, &run_b)?);
    let changed = changed(figures_a, figures_b);
    say::line(&format!("\n{} figures differ.", changed.len()));
    for one in changed.iter().take(most) {
        let what = match one.change {
            Change::Appeared => "appeared",
            Change::Vanished => "vanished",
            Change::Status => "another status",
            Change::Value => "changed",
        };
        let by = one.difference().map_or_else(String::new, |d| format!(", by {d}"));
        say::line(&format!(
            "  {} {what}: {} -> {}{by}",
            one.path.join("/"),
            shown(one.a.as_ref()),
            shown(one.b.as_ref())
        ));
    }
    if changed.len() > most {
        say::line(&format!("  and {} more; --most shows more.", changed.len() - most));
    }
    Ok(())
}

/// A cause in one line.
fn told(cause: &Cause, a: &Run, b: &Run, inputs_a: &[Box<DatasetVersion>], inputs_b: &[Box<DatasetVersion>]) -> String {
    let version = |id: i32| {
        inputs_a
            .iter()
            .chain(inputs_b)
            .find(|v| v.id == id)
            .map_or_else(String::new, |v| format!("version {} of {} (sha256 {})", v.id, v.dataset, v.sha256))
    };
    match cause {
        Cause::InputAdded(id) => format!("added: {}", version(*id)),
        Cause::InputRemoved(id) => format!("removed: {}", version(*id)),
        Cause::InputReplaced(old, new) => format!("replaced: {} by {}", version(*old), version(*new)),
        Cause::Parameter(name, old, new) => format!("parameter {name}: {old} -> {new}"),
        Cause::Method => format!("method: {} -> {}", a.method_version, b.method_version),
        Cause::Code => format!("program: {} -> {}", a.code_revision, b.code_revision),
    }
}
