//! The shape of a shock, and sensitivity against the district.

use std::sync::Arc;

use async_graphql::Object;

use crate::economy::shown;
use crate::graphql::figure::Unit;
use crate::graphql::stored::{StoredFigures, show};
use crate::run::graphql::Figure;
use crate::run::record::Run;

/// Sensitivity against the district.
#[derive(Debug, Clone)]
pub struct RelativeSensitivity {
    pub(super) run: Arc<Run>,
    pub(super) scope: (String, String),
    pub(super) figures: StoredFigures,
}

/// Sensitivity against the district (상대 민감도): the same regression on the log change minus that of the district, so
/// that what moved everybody cancels out. An association, not a causal effect.
#[Object(name = "RelativeSensitivity")]
impl RelativeSensitivity {
    /// Slope of the difference. Below zero: sales fell more than those of the district when cases rose. Sample size:
    /// weeks.
    async fn sensitivity(&self) -> Figure {
        let (scope, code) = &self.scope;
        Figure::of(&self.run, shown::relative(&self.figures)).at(&["relative", scope, code])
    }

    /// Two-sided p value of no difference, adjusted over all neighbourhoods or all industries (Benjamini and Hochberg
    /// 1995), 0 to 1. Null when there is no estimate.
    async fn adjusted_p_value(&self) -> Option<f64> {
        self.figures.get("relative_adjusted_p").and_then(|f| f.value)
    }

    /// True when the adjusted p value is at most 0.05. Null when there is no estimate.
    async fn differs(&self) -> Option<bool> {
        self.figures.get("relative_adjusted_p").and_then(|f| f.value).map(|p| p <= 0.05)
    }
}

/// How a series fell and came back.
#[derive(Debug, Clone)]
pub struct EconomicShock {
    pub(super) run: Arc<Run>,
    pub(super) scope: (String, String),
    pub(super) figures: StoredFigures,
}

impl EconomicShock {
    fn figure(&self, name: &str, unit: Unit) -> Figure {
        let (scope, code) = &self.scope;
        Figure::of(&self.run, show(&self.figures, name, unit, "none")).at(&["shock", scope, code, name])
    }
}

/// How sales fell and came back (충격과 회복), from the onset that the run names (`shockOnset`, 2020-W04 by default).
///
/// R is the change of a week over the growth of the two weeks before the onset; depth and half-life use its centred mean
/// of three weeks. These describe what was sold; they are no estimates and carry no interval.
#[Object(name = "EconomicShock")]
impl EconomicShock {
    /// Mean year-on-year change of the two weeks before the onset: the growth that would have gone on.
    async fn growth_before(&self) -> Figure {
        self.figure("growth_before", Unit::ChangeRatio)
    }

    /// Depth of the trough: 100·(lowest R − 1) per cent. Zero or more means that sales did not fall.
    async fn depth(&self) -> Figure {
        self.figure("depth", Unit::Percent)
    }

    /// ISO week of the trough, such as "2020-W11". Null when the depth is.
    async fn trough_week(&self) -> Option<String> {
        let number = self.figures.get("trough").and_then(|f| f.value)? as i64;
        Some(format!("{}-W{:02}", number / 100, number % 100))
    }

    /// Weeks from the onset to the trough.
    async fn weeks_to_trough(&self) -> Figure {
        self.figure("weeks_to_trough", Unit::Weeks)
    }

    /// Weeks from the trough until half of the fall was made good for two weeks. CENSORED when that was not seen.
    async fn half_life(&self) -> Figure {
        self.figure("half_life", Unit::Weeks)
    }

    /// Mean of min(R, 1) from the onset to the end of the data: 1 is no loss in any week.
    async fn resilience(&self) -> Figure {
        self.figure("resilience", Unit::Ratio)
    }

    /// Sales that the growth before would have brought, minus those that were made, from the onset on.
    async fn loss(&self) -> Figure {
        self.figure("loss", Unit::Won)
    }
}
