//! The ranked list under other settings.

use std::sync::Arc;

use async_graphql::{Enum, Object};

use crate::graphql::figure::FigureData;
use crate::run::graphql::Figure;
use crate::run::record::Run;
use crate::wifi::results::ScenarioRow;
use crate::wifi::shown;

/// What is different from the settings of the run.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "WifiScenarioKind")]
pub enum ScenarioKind {
    /// Another radius.
    Radius,
    /// Another weight of a request.
    RequestWeight,
    /// Only the hours from 7 to 18.
    Daytime,
    /// Only the hours from 18 to 24.
    Evening,
    /// The demand of every cell times a random factor from 0.8 to 1.2.
    Weights,
}

/// The ranked list under another setting.
#[derive(Debug, Clone)]
pub struct WifiScenario {
    pub(super) run: Arc<Run>,
    pub(super) row: ScenarioRow,
}

/// The ranked list under another setting than that of the run (민감도 분석): how much of what a list made for the setting would
/// cover does the list of the run keep? Lists are compared by the people whom they reach, never by names.
#[Object(name = "WifiScenario")]
impl WifiScenario {
    /// What is different.
    async fn kind(&self) -> ScenarioKind {
        match self.row.kind.as_str() {
            "radius" => ScenarioKind::Radius,
            "request_weight" => ScenarioKind::RequestWeight,
            "daytime" => ScenarioKind::Daytime,
            "evening" => ScenarioKind::Evening,
            _ => ScenarioKind::Weights,
        }
    }

    /// The radius in metres, the person-hours a day of a request, or the number of the draw of weights, from 1. Null for
    /// hours of the day.
    async fn setting(&self) -> Option<f64> {
        (!matches!(self.row.kind.as_str(), "daytime" | "evening")).then_some(self.row.setting)
    }

    /// Person-hours a day, counted under the setting, that a list made for it covers.
    async fn own_gain(&self) -> Figure {
        self.figure("own", shown::own)
    }

    /// Person-hours a day, counted under the setting, that the list of the run covers.
    async fn kept_gain(&self) -> Figure {
        self.figure("kept", shown::kept)
    }

    /// What the list of the run keeps, as a share of what a list made for the setting covers. It may lie a little above 1,
    /// for both lists are made best next first.
    async fn kept_share(&self) -> Figure {
        self.figure("share", shown::kept_share)
    }
}

impl WifiScenario {
    fn figure(&self, name: &str, of: fn(&ScenarioRow) -> FigureData) -> Figure {
        Figure::of(&self.run, of(&self.row)).at(&["scenario", &self.row.number.to_string(), name])
    }
}
