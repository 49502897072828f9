//! Where sales stand now against the base year, and how sure that is.
//!
//! The log changes of all weeks are a level of the last weeks plus a step for the weeks before, with errors that remember
//! the week before (see [`crate::stats::ar1`]). The level of the last weeks is the intercept, so its interval knows how
//! much weeks of this series vary on their own. It is wide where the epidemic moved the series much: rather too careful
//! than too sure.

use serde::{Deserialize, Serialize};

use super::{CheckedParams, Series};
use crate::stats::ar1;

/// Weeks at the end of the data that are taken together.
pub const LEVEL_WEEKS: usize = 8;

/// The level of the last weeks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// Sales over those of the base year: 1 is the base.
    pub point: f64,
    /// 95 % interval.
    pub ci95: (f64, f64),
    /// Weeks that were compared in all.
    pub weeks: usize,
    /// Whether it ever fell below the growth before the onset; `None` where the shock is not known.
    pub fell: Option<bool>,
}

/// Where a series stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The upper end of the interval is below 1.
    Below,
    /// It fell, and the level is 1 or more again.
    Recovered,
    /// It never fell, and the level is 1 or more.
    NeverFell,
    /// Below 1, but the interval holds 1; or at 1 and nobody knows whether it fell.
    Unclear,
}

impl Level {
    /// The standing that follows.
    pub fn standing(&self) -> Standing {
        match self.fell {
            _ if self.ci95.1 < 1.0 => Standing::Below,
            _ if self.point < 1.0 => Standing::Unclear,
            Some(true) => Standing::Recovered,
            Some(false) => Standing::NeverFell,
            None => Standing::Unclear,
        }
    }
}

/// The level of a series; `None` with too few weeks, or a series that cannot be fitted.
pub fn level(series: &Series, params: &CheckedParams) -> Option<Level> {
    let logs: Vec<f64> =
        series.changes.iter().filter_map(|c| c.aligned.filter(|s| *s > -1.0).map(f64::ln_1p)).collect();
    if logs.len() < params.min_weeks.max(LEVEL_WEEKS + 5) {
        return None;
    }
    let from = logs.len() - LEVEL_WEEKS;
    let earlier: Vec<f64> = (0..logs.len()).map(|i| if i < from { 1.0 } else { 0.0 }).collect();
    let intercept = ar1::fit(&earlier, &logs)?.intercept;
    Some(Level {
        point: intercept.point.exp(),
        ci95: (intercept.ci95.0.exp(), intercept.ci95.1.exp()),
        weeks: logs.len(),
        fell: series.shock.as_ref().map(|shock| shock.depth_percent < 0.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(point: f64, ci95: (f64, f64), fell: Option<bool>) -> Standing {
        Level { point, ci95, weeks: 51, fell }.standing()
    }

    #[test]
    fn the_standing_follows_from_interval_level_and_fall() {
        assert_eq!(at(0.8, (0.7, 0.99), Some(true)), Standing::Below);
        assert_eq!(at(0.8, (0.6, 1.01), Some(true)), Standing::Unclear);
        assert_eq!(at(1.1, (0.9, 1.3), Some(true)), Standing::Recovered);
        assert_eq!(at(1.1, (1.05, 1.3), Some(false)), Standing::NeverFell);
        assert_eq!(at(1.1, (0.9, 1.3), None), Standing::Unclear);
    }

    /// 43 weeks at 0.9 and 8 at 0.7 of the base year, with a ripple of a hundredth that changes sign every week and so
    /// is no memory: the level is 0.7, and the interval lies within a hundredth around it.
    #[test]
    fn the_level_is_that_of_the_last_weeks() {
        use crate::calendar::IsoWeek;
        use crate::economy::analysis::{Change, Params, Scope, Shortfall};
        let changes = (0..51_u32).map(|i| {
            let ripple = if i % 2 == 0 { 0.01_f64 } else { -0.01 };
            let level = if i < 43 { 0.9 } else { 0.7 } * ripple.exp();
            Change { week: IsoWeek { year: 2020, week: i + 1 }, aligned: Some(level - 1.0), plain: None }
        });
        let series = Series {
            scope: Scope::District,
            sales: std::collections::BTreeMap::new(),
            imputed: std::collections::BTreeSet::new(),
            changes: changes.collect(),
            sensitivity: Err(Shortfall::NotEstimable),
            shock: None,
            interpolated_share: 0.0,
            establishments: None,
        };
        let params = Params::default().check().unwrap();
        let found = level(&series, &params).unwrap();
        assert!((found.point - 0.7).abs() < 0.002, "{found:?}");
        assert!(found.ci95.0 > 0.69 && found.ci95.1 < 0.71 && found.ci95.0 < found.ci95.1, "{found:?}");
        let short = Series { changes: series.changes[..20].to_vec(), ..series };
        assert_eq!(level(&short, &params), None);
    }
}
