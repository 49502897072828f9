//! What each neighbourhood gets of a plan.

use std::sync::Arc;

use async_graphql::{Context, Object};

use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::Result;
use crate::run::graphql::Figure;
use crate::run::record::Run;
use crate::wifi::analysis::PlannedDong;
use crate::wifi::shown::plan as of_plan;

/// A neighbourhood under a plan.
#[derive(Debug, Clone)]
pub struct PlannedNeighbourhood {
    pub(super) run: Arc<Run>,
    pub(super) dong: PlannedDong,
    pub(super) is_kept: bool,
}

/// What a neighbourhood gets of a plan (행정동별 도달): people, without requests, counted as the plan counts them.
#[Object(name = "WifiPlanNeighbourhood")]
impl PlannedNeighbourhood {
    /// The neighbourhood.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        neighbourhood(ctx, &self.dong.code).await.transpose()
    }

    /// Sites of the plan that stand here.
    async fn sites(&self) -> Figure {
        self.figure("sites", of_plan::dong_sites)
    }

    /// Person-hours a day of all people here.
    async fn demand(&self) -> Figure {
        self.figure("demand", of_plan::dong_demand)
    }

    /// Counted person-hours a day of people here whom the plan reaches besides, wherever its sites stand. Those of all
    /// neighbourhoods are `peopleValue` together.
    async fn gain(&self) -> Figure {
        self.figure("gain", of_plan::dong_gain)
    }

    /// Share of the demand here, 0 to 1, that working access points reach.
    async fn share_before(&self) -> Figure {
        self.figure("before", of_plan::dong_before)
    }

    /// The same with the plan.
    async fn share_after(&self) -> Figure {
        self.figure("after", of_plan::dong_after)
    }
}

impl PlannedNeighbourhood {
    fn figure(&self, name: &str, of: of_plan::OfPlannedDong) -> Figure {
        let figure = Figure::of(&self.run, of(&self.dong));
        if self.is_kept { figure.at(&["plan_dong", &self.dong.code, name]) } else { figure }
    }
}
