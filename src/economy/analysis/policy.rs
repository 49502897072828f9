//! Did a policy help? Industries that it reached against industries that it did not, before and after.
//!
//! The interval compares the change of each industry from the weeks before to the weeks after (Welch); the exact p asks
//! how many ways of drawing the reached industries by lot would look as strong. The weekly path before the event shows
//! whether the two groups went the same way anyway. What customers moved from the one group to the other counts twice:
//! a difference is not what the policy added.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::change::Change;
use crate::calendar::IsoWeek;
use crate::stats::groups::{Difference, Randomisation, randomisation, welch};
use crate::stats::linear::Symmetric;

/// What kind of policy it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyKind {
    /// Money that could be spent in some industries.
    Subsidy,
    /// Distancing, which reached everybody: only much against little contact can be compared.
    Distancing,
    /// Anything else.
    Other,
}

/// A policy event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyInput {
    /// Code in the table of events.
    pub code: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Its kind.
    pub kind: PolicyKind,
    /// Industries that it reached; empty where the event names none.
    pub industries: BTreeSet<String>,
}

/// Weeks before and after an event that are compared; the week of the event itself is left out, it is partly treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Weeks before.
    pub before: usize,
    /// Weeks after.
    pub after: usize,
}

/// Standard error by leaving out one industry at a time, and the interval from it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Clustered {
    /// Standard error.
    pub se: f64,
    /// 95 % interval with t of industries − 1.
    pub ci95: (f64, f64),
}

/// One week of the path: how far the groups are apart, over the week before the event.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PathPoint {
    /// Weeks after the event; negative before it.
    pub week: i32,
    /// Difference of logs.
    pub point: f64,
    /// Standard error, clustered by industry.
    pub se: f64,
}

/// The effect of one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyEffect {
    /// Industries that it reached.
    pub treated: Vec<String>,
    /// Industries that it did not reach.
    pub control: Vec<String>,
    /// Difference of the changes in logs, with Welch's interval.
    pub difference: Difference,
    /// Randomisation test.
    pub randomisation: Randomisation,
    /// For comparison: errors clustered by industry, with the usual correction. Too short with few industries.
    pub crv1: Clustered,
    /// For comparison: errors by leaving out one industry at a time, with the same correction.
    pub crv3: Clustered,
    /// Week by week.
    pub path: Vec<PathPoint>,
}

/// Compares the groups. `changes` are those of every industry of both groups; an industry with a week missing is left
/// out. `None` when a group has fewer than two industries left.
pub fn effect(
    changes: &BTreeMap<String, Vec<Change>>,
    treated: &BTreeSet<String>,
    control: &BTreeSet<String>,
    event: IsoWeek,
    window: Window,
) -> Option<PolicyEffect> {
    let rows: Vec<(String, bool, Vec<f64>)> = changes
        .iter()
        .filter(|(code, _)| treated.contains(*code) || control.contains(*code))
        .filter_map(|(code, weeks)| Some((code.clone(), treated.contains(code), around(weeks, event, window)?)))
        .collect();
    let t = window.before;
    let change = |path: &[f64]| mean(&path[t + 1..]) - mean(&path[..t]);
    let of = |wanted: bool| rows.iter().filter(|r| r.1 == wanted).map(|r| change(&r.2)).collect::<Vec<_>>();
    let (reached, not_reached) = (of(true), of(false));
    let difference = welch(&reached, &not_reached)?;
    let all: Vec<f64> = rows.iter().map(|r| change(&r.2)).collect();
    let flags: Vec<bool> = rows.iter().map(|r| r.1).collect();
    let codes = |wanted: bool| rows.iter().filter(|r| r.1 == wanted).map(|r| r.0.clone()).collect();
    Some(PolicyEffect {
        treated: codes(true),
        control: codes(false),
        randomisation: randomisation(&all, &flags)?,
        crv1: crv1(&rows, window, difference.point)?,
        crv3: crv3(&all, &flags, window, difference.point)?,
        path: path(&rows, window)?,
        difference,
    })
}

/// log(1 + change) from `before` weeks before the event to `after` weeks after it; `None` when one is missing.
pub fn around(changes: &[Change], event: IsoWeek, window: Window) -> Option<Vec<f64>> {
    let at = changes.iter().position(|c| c.week == event)?;
    let weeks = changes.get(at.checked_sub(window.before)?..=at + window.after)?;
    weeks.iter().map(|c| c.aligned.filter(|s| *s > -1.0).map(f64::ln_1p)).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

type Row = (String, bool, Vec<f64>);

/// Regressors by industry and week, without the effects of either: value − mean of the industry − mean of the week +
/// mean of all.
fn within(rows: &[Row], weeks: &[usize], value: impl Fn(&Row, usize) -> f64) -> Vec<Vec<f64>> {
    let table: Vec<Vec<f64>> = rows.iter().map(|row| weeks.iter().map(|w| value(row, *w)).collect()).collect();
    let by_week: Vec<f64> =
        (0..weeks.len()).map(|w| table.iter().map(|row| row[w]).sum::<f64>() / rows.len() as f64).collect();
    let all = mean(&by_week);
    table
        .into_iter()
        .map(|row| {
            let own = mean(&row);
            row.iter().zip(&by_week).map(|(v, week)| v - own - week + all).collect()
        })
        .collect()
}

/// Coefficients and their clustered variances. `columns` are [`within`] tables, as is `y`.
fn clustered(columns: &[Vec<Vec<f64>>], y: &[Vec<f64>]) -> Option<(Vec<f64>, Vec<f64>)> {
    let (k, industries, weeks) = (columns.len(), y.len(), y.first()?.len());
    let x = |i: usize, w: usize| columns.iter().map(|c| c[i][w]).collect::<Vec<f64>>();
    let mut cross = Symmetric::zero(k);
    let mut product = vec![0.0; k];
    for (i, row) in y.iter().enumerate() {
        for (w, value) in row.iter().enumerate() {
            let x = x(i, w);
            cross.add_outer(&x, 1.0);
            product.iter_mut().zip(&x).for_each(|(sum, v)| *sum += v * value);
        }
    }
    let inverse = cross.inverse()?;
    let slopes = inverse.times(&product);
    let mut meat = Symmetric::zero(k);
    for (i, row) in y.iter().enumerate() {
        let mut score = vec![0.0; k];
        for (w, value) in row.iter().enumerate() {
            let x = x(i, w);
            let residual = value - x.iter().zip(&slopes).map(|(v, b)| v * b).sum::<f64>();
            score.iter_mut().zip(&x).for_each(|(sum, v)| *sum += v * residual);
        }
        meat.add_outer(&score, 1.0);
    }
    let correction = correction(industries, weeks, k);
    let variances =
        (0..k).map(|i| correction * meat.quadratic(&(0..k).map(|j| inverse.get(i, j)).collect::<Vec<_>>())).collect();
    Some((slopes, variances))
}

/// For few clusters and many coefficients. Effects of industries are nested in the clusters and not counted; those of
/// weeks are.
fn correction(industries: usize, weeks: usize, coefficients: usize) -> f64 {
    let (n, g) = ((industries * weeks) as f64, industries as f64);
    g / (g - 1.0) * (n - 1.0) / (n - (coefficients + weeks) as f64)
}

fn crv1(rows: &[Row], window: Window, point: f64) -> Option<Clustered> {
    let weeks: Vec<usize> = (0..=window.before + window.after).filter(|w| *w != window.before).collect();
    let treated_after = within(rows, &weeks, |row, w| if row.1 && w > window.before { 1.0 } else { 0.0 });
    let y = within(rows, &weeks, |row, w| row.2[w]);
    let (_, variances) = clustered(&[treated_after], &y)?;
    Some(interval(point, variances[0].sqrt(), rows.len()))
}

fn crv3(changes: &[f64], treated: &[bool], window: Window, point: f64) -> Option<Clustered> {
    let g = changes.len();
    let without = |left_out: usize| {
        let of = |wanted: bool| {
            let values: Vec<f64> =
                (0..g).filter(|i| *i != left_out && treated[*i] == wanted).map(|i| changes[i]).collect();
            (!values.is_empty()).then(|| mean(&values))
        };
        Some(of(true)? - of(false)?)
    };
    let squares: f64 = (0..g).map(|i| without(i).map(|b| (b - point) * (b - point))).sum::<Option<f64>>()?;
    Some(interval(point, (correction(g, window.before + window.after, 1) * squares).sqrt(), g))
}

fn interval(point: f64, se: f64, industries: usize) -> Clustered {
    use statrs::distribution::{ContinuousCDF, StudentsT};
    let reach = StudentsT::new(0.0, 1.0, industries as f64 - 1.0).map_or(f64::INFINITY, |t| t.inverse_cdf(0.975)) * se;
    Clustered { se, ci95: (point - reach, point + reach) }
}

fn path(rows: &[Row], window: Window) -> Option<Vec<PathPoint>> {
    let weeks: Vec<usize> = (0..=window.before + window.after).collect();
    let reference = window.before.checked_sub(1)?;
    let shown: Vec<usize> = weeks.iter().copied().filter(|w| *w != reference).collect();
    let columns: Vec<Vec<Vec<f64>>> =
        shown.iter().map(|at| within(rows, &weeks, |row, w| if row.1 && w == *at { 1.0 } else { 0.0 })).collect();
    let y = within(rows, &weeks, |row, w| row.2[w]);
    let (slopes, variances) = clustered(&columns, &y)?;
    let week = |at: usize| i32::try_from(at).unwrap_or(i32::MAX) - i32::try_from(window.before).unwrap_or(0);
    Some(
        shown
            .iter()
            .zip(slopes.into_iter().zip(variances))
            .map(|(at, (point, variance))| PathPoint { week: week(*at), point, se: variance.sqrt() })
            .collect(),
    )
}
