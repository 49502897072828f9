//! The shape of a shock: how deep, how soon, how long, and what it cost.
//!
//! R is the change of a week over the change that the weeks before the onset already had. The trough is looked for in
//! a centred mean of three weeks, so that one stormy weekend is no trough.

use std::collections::BTreeMap;

use super::CheckedParams;
use super::change::Change;
use crate::calendar::IsoWeek;

/// Weeks before the onset whose mean growth would have gone on.
const GROWTH_WEEKS: usize = 2;

/// How a series fell and came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Shock {
    /// Mean change of the two weeks before the onset.
    pub growth_before: f64,
    /// Depth of the trough in per cent; zero or above means that there was no shock.
    pub depth_percent: f64,
    /// Week of the trough.
    pub trough: IsoWeek,
    /// Weeks from the onset to the trough.
    pub weeks_to_trough: u32,
    /// Weeks from the trough until half of the fall is made good for two weeks; `None` when that was not seen, or when
    /// nothing fell.
    pub half_life_weeks: Option<f64>,
    /// Mean of min(R, 1) from the onset on: 1 is no loss in any week.
    pub resilience: f64,
    /// Mean of 1 − R from the onset on.
    pub loss_share: f64,
    /// Sales that would have been, minus those that were, from the onset on; in the unit of the sales.
    pub loss: f64,
}

/// What the shape is read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratios {
    /// Place of the onset among the weeks.
    pub onset: usize,
    /// Mean change of the weeks before the onset.
    pub growth_before: f64,
    /// R by week; `None` for a week without a change.
    pub ratio: Vec<Option<f64>>,
    /// Its centred mean of three weeks; `None` where one of the three is missing.
    pub smooth: Vec<Option<f64>>,
}

/// R of every week. `None` when the weeks before the onset are missing.
pub fn ratios(changes: &[Change], params: &CheckedParams) -> Option<Ratios> {
    let onset = changes.iter().position(|c| c.week == params.shock_onset)?;
    let before = changes[..onset].iter().rev().take(GROWTH_WEEKS).map(|c| c.aligned).collect::<Option<Vec<f64>>>()?;
    if before.len() < GROWTH_WEEKS {
        return None;
    }
    let growth_before = before.iter().rev().sum::<f64>() / GROWTH_WEEKS as f64;
    if growth_before <= -1.0 {
        return None;
    }
    let ratio: Vec<Option<f64>> =
        changes.iter().map(|c| c.aligned.map(|s| (1.0 + s) / (1.0 + growth_before))).collect();
    let smooth: Vec<Option<f64>> = (0..ratio.len())
        .map(|i| {
            let around = ratio.get(i.checked_sub(1)?..=i + 1)?;
            around.iter().copied().sum::<Option<f64>>().map(|sum| sum / 3.0)
        })
        .collect();
    Some(Ratios { onset, growth_before, ratio, smooth })
}

/// Describes the shock of one series. `None` when the weeks around the onset, or any in the window, are missing.
pub fn shock(changes: &[Change], sales: &BTreeMap<IsoWeek, f64>, params: &CheckedParams) -> Option<Shock> {
    let Ratios { onset, growth_before, ratio, smooth } = ratios(changes, params)?;
    let (trough, lowest) = (onset..changes.len())
        .filter(|i| changes[*i].week <= params.shock_window_end)
        .filter_map(|i| smooth[i].map(|r| (i, r)))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let after: Vec<f64> = ratio[onset..].iter().flatten().copied().collect();
    let weeks = after.len() as f64;
    let loss = changes[onset..]
        .iter()
        .zip(&ratio[onset..])
        .filter_map(|(change, r)| {
            // Sales over 1 + change are those of the base year's week.
            let now = sales.get(&change.week)?;
            let would_be = if (*r)? > 0.0 { now / (*r)? } else { return None };
            Some(would_be - now)
        })
        .sum();
    Some(Shock {
        growth_before,
        depth_percent: 100.0 * (lowest - 1.0),
        trough: changes[trough].week,
        weeks_to_trough: u32::try_from(trough - onset).unwrap_or(u32::MAX),
        half_life_weeks: half_life(&smooth, trough, lowest),
        resilience: after.iter().map(|r| r.min(1.0)).sum::<f64>() / weeks,
        loss_share: after.iter().map(|r| 1.0 - r).sum::<f64>() / weeks,
        loss,
    })
}

fn half_life(smooth: &[Option<f64>], trough: usize, lowest: f64) -> Option<f64> {
    if lowest >= 1.0 {
        return None;
    }
    let half = 1.0 + (lowest - 1.0) / 2.0;
    let holds = |i: usize| smooth.get(i).copied().flatten().is_some_and(|r| r >= half);
    let crossing = (trough + 1..smooth.len()).find(|i| holds(*i) && holds(*i + 1))?;
    let (below, above) = (smooth[crossing - 1]?, smooth[crossing]?);
    let part = if above > below { (half - below) / (above - below) } else { 1.0 };
    Some((crossing - 1 - trough) as f64 + part)
}
