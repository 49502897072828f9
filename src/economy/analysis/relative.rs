//! Who is more sensitive than the district: the same estimator on the difference to the district.
//!
//! Weather, news and policies that move everybody cancel out, so the interval is honest where that of a single series
//! is cautious. Fifteen or twenty comparisons at once find something by chance, hence the adjusted p values.

use std::collections::BTreeMap;

use super::change::Change;
use super::sensitivity::{Estimate, Shortfall, estimate};
use super::{CheckedParams, Scope, Series};
use crate::calendar::IsoWeek;
use crate::stats::multiple::benjamini_hochberg;

/// Sensitivity of a dong or an industry minus that of the district.
#[derive(Debug, Clone, PartialEq)]
pub struct Relative {
    /// The estimate on log(1 + change) − log(1 + change of the district).
    pub estimate: Estimate,
    /// p value adjusted over its family, dongs or industries (Benjamini and Hochberg).
    pub adjusted_p: f64,
}

/// Changes over those of the district in the same week: (1 + change) / (1 + change of the district) − 1.
pub fn over(changes: &[Change], district: &BTreeMap<IsoWeek, f64>) -> Vec<Change> {
    changes
        .iter()
        .map(|c| Change {
            aligned: c.aligned.zip(district.get(&c.week)).map(|(s, all)| (1.0 + s) / (1.0 + all) - 1.0),
            ..*c
        })
        .collect()
}

/// Relative sensitivities by scope; the district has none.
pub fn relatives(
    series: &[Series],
    exposure: &BTreeMap<IsoWeek, f64>,
    params: &CheckedParams,
) -> BTreeMap<Scope, Result<Relative, Shortfall>> {
    let Some(district) = series.iter().find(|s| s.scope == Scope::District) else { return BTreeMap::new() };
    let base: BTreeMap<IsoWeek, f64> = district.changes.iter().filter_map(|c| Some((c.week, c.aligned?))).collect();
    let mut found = BTreeMap::new();
    for family in [|s: &Scope| matches!(s, Scope::Dong(_)), |s: &Scope| matches!(s, Scope::Industry(_))] {
        let members: Vec<(&Scope, Result<Estimate, Shortfall>)> = series
            .iter()
            .filter(|s| family(&s.scope))
            .map(|s| (&s.scope, estimate(&over(&s.changes, &base), exposure, params)))
            .collect();
        let p: Vec<f64> = members.iter().filter_map(|(_, e)| e.as_ref().ok().map(|e| e.fit.slope.p)).collect();
        let mut adjusted = benjamini_hochberg(&p).into_iter();
        for (scope, estimate) in members {
            let relative = estimate.and_then(|estimate| {
                adjusted.next().map(|adjusted_p| Relative { estimate, adjusted_p }).ok_or(Shortfall::NotEstimable)
            });
            found.insert(scope.clone(), relative);
        }
    }
    found
}
