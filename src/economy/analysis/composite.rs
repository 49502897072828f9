//! One number for a dong out of several, and how little one should trust its rank.
//!
//! Components are made comparable by median and median deviation, weighted and added up. The weights are a judgement,
//! so they belong to the parameters and to the answer. Ranks come with what they were in a thousand resampled years:
//! blocks of weeks are drawn from what the line leaves over, the same blocks for all dongs because they share their
//! weather, and everything that follows from the weeks is computed anew.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::change::Change;
use super::shock::shock;
use super::{CheckedParams, Scope, Series};
use crate::calendar::{IsoWeek, LunarHolidays};
use crate::stats::composite::{Comparable, Scale};
use crate::stats::line::Line;
use crate::stats::order::{kendall_tau, quantile, ranks_descending};
use crate::stats::splitmix::SplitMix64;

/// Names of the components, in the order of every array of this module.
pub const COMPONENTS: [&str; 5] = ["elasticity", "depth", "loss", "contact_share", "sentiment"];
/// Weeks that are drawn together.
const BLOCK: usize = 4;

/// The index of one dong.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Eight digits.
    pub dong: String,
    /// Values before they are made comparable; larger is more sensitive. `None` where there are no data.
    pub components: [Option<f64>; 5],
    /// Comparable values; `None` for a component that takes no part.
    pub z: [Option<f64>; 5],
    /// 50 + 10 · Σ weight · z.
    pub index: f64,
    /// 1 is the most sensitive.
    pub rank: usize,
    /// 5 % and 95 % of its ranks in the resampled years.
    pub rank_interval: (usize, usize),
    /// Share of the resampled years in which it was among the first three.
    pub top3: f64,
}

/// The index of all dongs.
#[derive(Debug, Clone, PartialEq)]
pub struct Composite {
    /// In the order of their codes.
    pub dongs: Vec<Ranked>,
    /// Weights that were used: components without data or spread are left out and their weight spread over the others.
    pub weights: [f64; 5],
    /// Mean agreement of the resampled ranks with these (Kendall).
    pub mean_tau: f64,
    /// Agreement of the ranks without one component with these (Kendall); `None` for one that takes no part.
    pub tau_without: [Option<f64>; 5],
}

/// What does not follow from the weeks, by dong.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fixed {
    /// Share of the base year's sales in industries with much contact.
    pub contact_share: Option<f64>,
    /// Mix-implied sentiment gap.
    pub sentiment_gap: Option<f64>,
}

/// Weeks of one dong: exposure, log change, and its line.
struct Path<'a> {
    dong: &'a str,
    weeks: Vec<IsoWeek>,
    x: Vec<f64>,
    line: Line,
    fixed: Fixed,
}

/// Components of every dong, as observed and in every resampled year. Ranks follow from it for any weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resampled {
    /// Codes of the dongs, in order.
    pub dongs: Vec<String>,
    /// Observed components by dong.
    pub observed: Vec<[Option<f64>; 5]>,
    /// By resampled year and dong: the components that follow from the weeks.
    pub draws: Vec<Vec<[Option<f64>; 3]>>,
}

/// Observes and resamples. `None` for fewer than three dongs with the same weeks.
pub fn resample(
    series: &[Series],
    exposure: &BTreeMap<IsoWeek, f64>,
    fixed: &BTreeMap<String, Fixed>,
    params: &CheckedParams,
) -> Option<Resampled> {
    let paths: Vec<Path<'_>> = series.iter().filter_map(|s| path(s, exposure, fixed, params)).collect();
    let weeks = paths.first()?.weeks.clone();
    if paths.len() < 3 || weeks.len() < BLOCK || paths.iter().any(|p| p.weeks != weeks) {
        return None;
    }
    let observed = paths
        .iter()
        .map(|p| {
            let y: Vec<f64> = p.line.fitted().zip(&p.line.residuals).map(|(fit, e)| fit + e).collect();
            let [elasticity, depth, loss] = from_weeks(p, &y, params);
            [elasticity, depth, loss, p.fixed.contact_share, p.fixed.sentiment_gap.map(|gap| -gap)]
        })
        .collect();
    let mut random = SplitMix64::new(params.seed);
    let draws = (0..params.draws)
        .map(|_| {
            let starts: Vec<usize> =
                (0..weeks.len().div_ceil(BLOCK)).map(|_| random.below(weeks.len() - BLOCK + 1)).collect();
            let order: Vec<usize> =
                starts.into_iter().flat_map(|start| start..start + BLOCK).take(weeks.len()).collect();
            let of = |path: &Path<'_>| {
                let y: Vec<f64> =
                    path.line.fitted().zip(&order).map(|(fit, from)| fit + path.line.residuals[*from]).collect();
                from_weeks(path, &y, params)
            };
            paths.iter().map(of).collect()
        })
        .collect();
    Some(Resampled { dongs: paths.iter().map(|p| p.dong.to_owned()).collect(), observed, draws })
}

impl Resampled {
    /// Leaves out dongs, for instance those that may not be shown.
    #[must_use]
    pub fn without(&self, dongs: &BTreeSet<String>) -> Self {
        let kept: Vec<usize> = (0..self.dongs.len()).filter(|at| !dongs.contains(&self.dongs[*at])).collect();
        Self {
            dongs: kept.iter().map(|at| self.dongs[*at].clone()).collect(),
            observed: kept.iter().map(|at| self.observed[*at]).collect(),
            draws: self.draws.iter().map(|draw| kept.iter().map(|at| draw[*at]).collect()).collect(),
        }
    }

    /// Ranks the dongs. `None` for fewer than three dongs, or when no component with a weight varies.
    pub fn rank(&self, weights: &[f64; 5]) -> Option<Composite> {
        if self.dongs.len() < 3 {
            return None;
        }
        let comparable = Comparable::new(&self.observed, weights, Scale::Robust)?;
        let index = comparable.indices();
        let ranks = ranks_descending(&index);
        let draws: Vec<Vec<usize>> = self
            .draws
            .iter()
            .filter_map(|draw| {
                let drawn: Vec<[Option<f64>; 5]> = draw
                    .iter()
                    .zip(&self.observed)
                    .map(|(d, observed)| [d[0], d[1], d[2], observed[3], observed[4]])
                    .collect();
                Some(ranks_descending(&Comparable::new(&drawn, weights, Scale::Robust)?.indices()))
            })
            .collect();
        let dongs = self
            .dongs
            .iter()
            .enumerate()
            .map(|(at, dong)| {
                let mine: Vec<usize> = draws.iter().map(|ranks| ranks[at]).collect();
                Some(Ranked {
                    dong: dong.clone(),
                    components: self.observed[at],
                    z: std::array::from_fn(|c| comparable.z[c].as_ref().map(|z| z[at])),
                    index: index[at],
                    rank: ranks[at],
                    rank_interval: (quantile(&mine, 0.05)?, quantile(&mine, 0.95)?),
                    top3: mine.iter().filter(|rank| **rank <= 3).count() as f64 / mine.len() as f64,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let taus: Vec<f64> = draws.iter().filter_map(|drawn| kendall_tau(drawn, &ranks)).collect();
        let tau_without = std::array::from_fn(|left_out| {
            comparable.z[left_out].as_ref()?;
            kendall_tau(&ranks_descending(&comparable.without(left_out).indices()), &ranks)
        });
        Some(Composite {
            dongs,
            weights: comparable.weights,
            mean_tau: taus.iter().sum::<f64>() / taus.len() as f64,
            tau_without,
        })
    }
}

fn path<'a>(
    series: &'a Series,
    exposure: &BTreeMap<IsoWeek, f64>,
    fixed: &BTreeMap<String, Fixed>,
    params: &CheckedParams,
) -> Option<Path<'a>> {
    let Scope::Dong(dong) = &series.scope else { return None };
    let (mut weeks, mut x, mut y) = (Vec::new(), Vec::new(), Vec::new());
    for change in &series.changes {
        let Some(growth) = change.aligned.filter(|s| *s > -1.0) else { continue };
        let base =
            LunarHolidays::plain(change.week, params.base_year).and_then(|w| exposure.get(&w)).copied().unwrap_or(0.0);
        let Some(cases) = exposure.get(&change.week) else { continue };
        weeks.push(change.week);
        x.push(cases - base);
        y.push(growth.ln_1p());
    }
    let line = Line::fit(&x, &y).filter(|_| x.len() >= params.min_weeks)?;
    Some(Path { dong, weeks, x, line, fixed: fixed.get(dong).copied().unwrap_or_default() })
}

/// The components that follow from the weeks: elasticity, depth, loss.
fn from_weeks(path: &Path<'_>, y: &[f64], params: &CheckedParams) -> [Option<f64>; 3] {
    let changes: Vec<Change> = path
        .weeks
        .iter()
        .zip(y)
        .map(|(week, y)| Change { week: *week, aligned: Some(y.exp_m1()), plain: None })
        .collect();
    let shock = shock(&changes, &BTreeMap::new(), params);
    [
        Line::fit(&path.x, y).map(|line| -line.slope),
        shock.as_ref().map(|s| -s.depth_percent),
        shock.as_ref().map(|s| s.loss_share),
    ]
}
