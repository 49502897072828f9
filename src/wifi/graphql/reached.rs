//! Who is reached, today and by sets of facilities.

use std::sync::Arc;

use async_graphql::{InputObject, Object};
use diesel::PgConnection;

use crate::db::geometry::points_to_metres;
use crate::error::Result;
use crate::graphql::figure::{FigureData, FigureStatus, Unit};
use crate::graphql::place::{Circle, GeoJsonArea};
use crate::run::graphql::{AnalysisRun, Figure};
use crate::run::record::Run;
use crate::wifi::analysis::{People, PersonHours, Place, Reached};
use crate::wifi::results::weakness;
use crate::wifi::shown::person_hours;

/// The plane that the analysis counts metres in.
const PLANE: i32 = 5179;

/// What a caller names and draws, as the analysis takes it.
pub(super) fn place(
    conn: &mut PgConnection,
    dong: Option<String>,
    near: Option<Circle>,
    within: Option<GeoJsonArea>,
) -> Result<Place> {
    let middle: Vec<(f64, f64)> = near.map(|circle| (circle.longitude, circle.latitude)).into_iter().collect();
    let metres = points_to_metres(conn, &middle, PLANE)?;
    let circle = near.and_then(|circle| metres.first().map(|middle| (*middle, circle.meters)));
    Ok(Place { dong, circle, area: within.map(|area| area.0) })
}

/// Who counts, and when. What is left out is as in the run.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "WifiCoverageOptions")]
pub struct WifiCoverageOptions {
    /// Weight of each hour of the day from 0 to 23: 24 numbers from 0 to 1.
    pub(super) hour_weights: Option<Vec<f64>>,
    /// Share of the days that are weekdays, 0 to 1.
    pub(super) weekday_share: Option<f64>,
    /// Persons assumed behind a count that the source masks (비식별 처리, 3명 이하), 0 to 3.
    pub(super) masked_people: Option<f64>,
    /// Whether access points that work already serve their surroundings.
    pub(super) count_access_points: Option<bool>,
    /// Whether those of them count that stand inside a building, where their list says so (실내).
    pub(super) count_indoor_access_points: Option<bool>,
    /// Whether of the people of a cell only those in public space (공공공간) count, where the run knows it: its share of the
    /// ground of the cell. Without effect on runs that read no public-spaces.
    pub(super) public_space_only: Option<bool>,
}

/// Who is reached in a place.
#[derive(Debug, Clone)]
pub struct WifiCoverage {
    pub(super) run: Arc<Run>,
    pub(super) people: People,
    pub(super) in_public_space: bool,
    pub(super) reached: Reached,
}

/// Who is reached in a place (와이파이 도달 범위): by access points that work already, by a set of facilities,
/// and by another set to compare it with. Two plans are compared by the people whom they reach, never by names of
/// facilities: of two lamps ten metres apart either will do.
#[Object(name = "WifiCoverage")]
impl WifiCoverage {
    /// Person-hours a day of all people there.
    async fn demand(&self) -> Figure {
        self.figure(self.reached.demand)
    }

    /// The demand of each hour of the day, 0 to 23: persons present, at the weights that count. Empty where no cell with
    /// people has its middle there.
    async fn demand_by_hour(&self) -> Vec<f64> {
        if self.reached.cells == 0 { Vec::new() } else { self.reached.by_hour.to_vec() }
    }

    /// Person-hours a day that working access points reach today. 0 where the run does not count them.
    async fn reached_today(&self) -> Figure {
        self.figure(self.reached.today)
    }

    /// Person-hours a day that `facilities` would reach besides.
    async fn reached_by_facilities(&self) -> Figure {
        self.figure(self.reached.first)
    }

    /// Person-hours a day that `against` would reach besides.
    async fn reached_by_against(&self) -> Figure {
        self.figure(self.reached.second)
    }

    /// Person-hours a day that both sets would reach besides.
    async fn reached_by_both(&self) -> Figure {
        self.figure(self.reached.both)
    }

    /// How alike the two sets are: what both reach over what either reaches, 0 to 1. 1 means the same people.
    async fn agreement(&self) -> Figure {
        let either = self.reached.first.value + self.reached.second.value - self.reached.both.value;
        let data = if self.reached.cells == 0 {
            nobody_known(Unit::Ratio)
        } else if either > 0.0 {
            FigureData::plain(self.reached.both.value / either, Unit::Ratio, FigureStatus::Estimated)
        } else {
            FigureData::missing(
                Unit::Ratio,
                FigureStatus::NotAvailable,
                "두 집합 모두 새로 닿는 사람이 없습니다.",
                "Neither set reaches anybody besides.",
            )
        };
        Figure::of(&self.run, data)
    }

    /// The run whose people, facilities and access points were used.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

impl WifiCoverage {
    fn figure(&self, hours: PersonHours) -> Figure {
        if self.reached.cells == 0 {
            return Figure::of(&self.run, nobody_known(Unit::PersonHoursPerDay));
        }
        let reason = weakness(self.people, self.in_public_space, self.reached.masked_hours);
        Figure::of(&self.run, person_hours(hours.value, hours.range).with_reason(reason))
    }
}

/// A place of which the run knows nothing.
fn nobody_known(unit: Unit) -> FigureData {
    FigureData::missing(
        unit,
        FigureStatus::NotAvailable,
        "그 안에 중심이 있는 인구 칸이 없습니다. 구 밖이거나 칸보다 작은 곳입니다.",
        "No cell with people has its middle there: the place lies outside the district or is smaller than a cell.",
    )
}
