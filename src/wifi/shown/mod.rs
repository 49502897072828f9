//! Stored rows as the figures that clients see. GraphQL, explanations and comparisons take a figure from here, so they
//! cannot disagree about it.

pub mod plan;

use super::results::{ScenarioRow, SiteRow};
use crate::graphql::figure::{FigureData, FigureStatus, Unit};
use crate::graphql::stored::{StoredFigures, show};

/// Figures of a ranked site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfSite {
    /// Person-hours a day that it adds.
    Marginal,
    /// Person-hours a day alone.
    Standalone,
    /// What of them better sites reach already.
    Overlap,
    /// Person-hours a day of the list up to here.
    Cumulative,
    /// The same as a share of the open demand.
    CumulativeShare,
    /// The list up to here over what no list as long can exceed.
    BoundShare,
    /// Requests that it serves first.
    RequestsServed,
    /// Metres to the nearest access point.
    NearestAccessPoint,
    /// Won.
    Cost,
    /// Won for each person-hour a day that it adds.
    CostPerPersonHour,
    /// Share of its dong reached before it.
    DongShareBefore,
    /// Share of its dong reached with it.
    DongShareAfter,
    /// Share of its people whom other lists reach too.
    Stability,
}

impl OfSite {
    /// All of them with their names in paths.
    pub const ALL: [(Self, &'static str); 13] = [
        (Self::Marginal, "marginal"),
        (Self::Standalone, "standalone"),
        (Self::Overlap, "overlap"),
        (Self::Cumulative, "cumulative"),
        (Self::CumulativeShare, "cumulative_share"),
        (Self::BoundShare, "bound_share"),
        (Self::RequestsServed, "requests_served"),
        (Self::NearestAccessPoint, "nearest_access_point"),
        (Self::Cost, "cost"),
        (Self::CostPerPersonHour, "cost_per_person_hour"),
        (Self::DongShareBefore, "dong_share_before"),
        (Self::DongShareAfter, "dong_share_after"),
        (Self::Stability, "stability"),
    ];

    /// The name in paths.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
    }

    /// The one with this name in paths.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(one, _)| one)
    }
}

pub(crate) const NOT_KEPT: (&str, &str) =
    ("이 분석 실행은 이 값을 계산하지 않았습니다.", "The run is older than this figure and has not computed it.");

/// Person-hours a day; filled in, with an interval, where masked counts stand behind them.
pub fn person_hours(value: f64, range: Option<(f64, f64)>) -> FigureData {
    let status = if range.is_some() { FigureStatus::Imputed } else { FigureStatus::Estimated };
    FigureData::plain(value, Unit::PersonHoursPerDay, status).with_whole_range(range, MASKED_RANGE)
}

/// How intervals of person-hours are made.
pub const MASKED_RANGE: &str = "masked counts at 0 and at 3 persons";

/// A figure of the run as a whole.
pub fn summary(figures: &StoredFigures, name: &str, unit: Unit) -> FigureData {
    let figure = show(figures, name, unit, "none");
    let range = figure.interval.as_ref().map(|interval| (interval.lower, interval.upper));
    figure.with_whole_range(range, MASKED_RANGE)
}

/// What the sites of one dong add together.
pub fn added_in_dong<'a>(sites: impl IntoIterator<Item = &'a SiteRow>) -> FigureData {
    let (mut sum, mut lower, mut upper, mut is_filled_in) = (0.0, 0.0, 0.0, false);
    for site in sites {
        sum += site.marginal_person_hours;
        lower += site.marginal_lower.unwrap_or(site.marginal_person_hours);
        upper += site.marginal_upper.unwrap_or(site.marginal_person_hours);
        is_filled_in |= site.marginal_lower.is_some();
    }
    person_hours(sum, is_filled_in.then_some((lower, upper)))
}

/// One figure of a site.
pub fn site(row: &SiteRow, which: OfSite) -> FigureData {
    let hours = |value, lower: Option<f64>, upper: Option<f64>| person_hours(value, lower.zip(upper));
    let share = |value: Option<f64>, (ko, en): (&str, &str)| match value {
        Some(share) => FigureData::plain(share, Unit::Ratio, FigureStatus::Estimated),
        // Of older runs no site knows its cost either.
        None if row.cost_won.is_none() => {
            FigureData::missing(Unit::Ratio, FigureStatus::NotAvailable, NOT_KEPT.0, NOT_KEPT.1)
        }
        None => FigureData::missing(Unit::Ratio, FigureStatus::InsufficientData, ko, en),
    };
    const NO_DONG: (&str, &str) = (
        "후보지가 구 밖에 있거나 그 동에 수요가 없습니다.",
        "The site stands in no neighbourhood of the district, or there is no demand in it.",
    );
    match which {
        OfSite::Marginal => hours(row.marginal_person_hours, row.marginal_lower, row.marginal_upper),
        OfSite::Standalone => hours(row.standalone_person_hours, row.standalone_lower, row.standalone_upper),
        // What a masked count leaves open here is what it leaves open alone and not in what the site adds.
        OfSite::Overlap => hours(
            row.standalone_person_hours - row.marginal_person_hours,
            row.standalone_lower.map(|lower| lower - row.marginal_lower.unwrap_or(row.marginal_person_hours)),
            row.standalone_upper.map(|upper| upper - row.marginal_upper.unwrap_or(row.marginal_person_hours)),
        ),
        OfSite::Cumulative => hours(row.cumulative_person_hours, row.cumulative_lower, row.cumulative_upper),
        OfSite::CumulativeShare => match row.cumulative_share {
            Some(share) => FigureData::plain(share, Unit::Ratio, FigureStatus::Estimated),
            None => FigureData::missing(
                Unit::Ratio,
                FigureStatus::InsufficientData,
                "남은 수요가 없습니다.",
                "There is no demand left to cover.",
            ),
        },
        OfSite::BoundShare => share(row.bound_share, ("남은 수요가 없습니다.", "There is no demand left to cover.")),
        OfSite::RequestsServed => {
            FigureData::plain(f64::from(row.requests_served), Unit::Requests, FigureStatus::Measured)
        }
        OfSite::NearestAccessPoint => match row.nearest_access_point_m {
            Some(metres) => FigureData::plain(metres, Unit::Metres, FigureStatus::Measured),
            None => FigureData::missing(
                Unit::Metres,
                FigureStatus::NotAvailable,
                "운영 중인 접속점 자료가 없습니다.",
                "There are no working access points in the data.",
            ),
        },
        OfSite::Cost => match row.cost_won {
            Some(won) => FigureData::plain(won as f64, Unit::Won, FigureStatus::Estimated),
            None => FigureData::missing(Unit::Won, FigureStatus::NotAvailable, NOT_KEPT.0, NOT_KEPT.1),
        },
        OfSite::CostPerPersonHour => match row.cost_won {
            Some(won) if row.marginal_person_hours > 0.0 => FigureData::plain(
                won as f64 / row.marginal_person_hours,
                Unit::WonPerPersonHourPerDay,
                FigureStatus::Estimated,
            ),
            Some(_) => FigureData::missing(
                Unit::WonPerPersonHourPerDay,
                FigureStatus::NotAvailable,
                "이 후보지가 더하는 이용시간이 없습니다.",
                "The site adds no person-hours.",
            ),
            None => {
                FigureData::missing(Unit::WonPerPersonHourPerDay, FigureStatus::NotAvailable, NOT_KEPT.0, NOT_KEPT.1)
            }
        },
        OfSite::DongShareBefore => share(row.dong_share_before, NO_DONG),
        OfSite::DongShareAfter => share(row.dong_share_after, NO_DONG),
        OfSite::Stability => share(
            row.stability,
            ("다른 조건에서는 수요가 없습니다.", "Under other settings there is no demand to compare with."),
        ),
    }
}

/// Makes one figure of a scenario.
pub type OfScenario = fn(&ScenarioRow) -> FigureData;

/// Figures of a scenario by their names in paths.
pub const SCENARIO: [(&str, OfScenario); 3] = [("own", own), ("kept", kept), ("share", kept_share)];

/// What the list of the setting covers.
pub fn own(row: &ScenarioRow) -> FigureData {
    FigureData::plain(row.own_person_hours, Unit::PersonHoursPerDay, FigureStatus::Estimated)
}

/// What the list of the run covers under the setting.
pub fn kept(row: &ScenarioRow) -> FigureData {
    FigureData::plain(row.kept_person_hours, Unit::PersonHoursPerDay, FigureStatus::Estimated)
}

/// The second over the first.
pub fn kept_share(row: &ScenarioRow) -> FigureData {
    if row.own_person_hours > 0.0 {
        return FigureData::plain(row.kept_person_hours / row.own_person_hours, Unit::Ratio, FigureStatus::Estimated);
    }
    FigureData::missing(
        Unit::Ratio,
        FigureStatus::InsufficientData,
        "이 조건에서는 남은 수요가 없습니다.",
        "Under the setting there is no demand left to cover.",
    )
}
