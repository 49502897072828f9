//! Results of a Wi-Fi run: stored as the analysis returns them, loaded as clients ask for them.

pub mod cells;
mod plan;

use std::sync::Arc;

use diesel::prelude::*;

use super::analysis::{People, PersonHours, Placement, SQUARE_M, Scenario, Setting, WifiPlan, WifiResults};
use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{wifi_scenario, wifi_site, wifi_summary};
use crate::error::{Error, Result, grouped};
use crate::graphql::figure::Reason;
use crate::graphql::stored::{StoredFigure, StoredFigures};

/// One ranked site.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = wifi_site)]
pub struct SiteRow {
    /// The run that chose it.
    pub run_id: i32,
    /// Place in the list, from 1.
    pub rank: i32,
    /// Kind of the facility that would carry the access point.
    pub facility_kind: String,
    /// Its id in the source file.
    pub facility_id: String,
    /// Its name, where the file has one.
    pub facility_name: Option<String>,
    /// The dong around it; none outside the district.
    pub dong_code: Option<String>,
    /// Where it stands.
    pub place: PointColumn,
    /// Person-hours a day that it adds to those ranked before it.
    pub marginal_person_hours: f64,
    /// Person-hours a day that it would cover alone.
    pub standalone_person_hours: f64,
    /// Person-hours a day covered by the list up to here.
    pub cumulative_person_hours: f64,
    /// The same as a share of the demand that nobody serves yet.
    pub cumulative_share: Option<f64>,
    /// Requests that it serves first.
    pub requests_served: i32,
    /// Distance to the nearest access point that works already.
    pub nearest_access_point_m: Option<f64>,
    /// The three hours with most people in reach.
    pub top_hours: Vec<Option<i16>>,
    /// Cost in won; none in runs that knew none.
    pub cost_won: Option<i64>,
    /// What the list counts up to here over what no list of as many sites can exceed.
    pub bound_share: Option<f64>,
    /// Share of the demand of its dong that access points and better sites reach.
    pub dong_share_before: Option<f64>,
    /// The same with this site.
    pub dong_share_after: Option<f64>,
    /// Share of the people in its reach whom the lists of other settings reach too.
    pub stability: Option<f64>,
    /// What the person-hours are with nobody behind each masked count; none where nothing is masked.
    pub marginal_lower: Option<f64>,
    /// The same with three persons behind each.
    pub marginal_upper: Option<f64>,
    /// See [`SiteRow::marginal_lower`].
    pub standalone_lower: Option<f64>,
    /// See [`SiteRow::marginal_upper`].
    pub standalone_upper: Option<f64>,
    /// See [`SiteRow::marginal_lower`].
    pub cumulative_lower: Option<f64>,
    /// See [`SiteRow::marginal_upper`].
    pub cumulative_upper: Option<f64>,
}

/// The list under another setting.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = wifi_scenario)]
pub struct ScenarioRow {
    /// The run that tried it.
    pub run_id: i32,
    /// Its number, from 1.
    pub number: i32,
    /// `radius`, `request_weight`, `daytime`, `evening` or `weights`.
    pub kind: String,
    /// Metres, person-hours, or number of the draw.
    pub setting: f64,
    /// Person-hours a day of the list made under the setting.
    pub own_person_hours: f64,
    /// The same of the list of the run.
    pub kept_person_hours: f64,
}

/// Scenarios as rows of a run.
pub fn scenario_rows(run_id: i32, scenarios: &[Scenario]) -> Vec<ScenarioRow> {
    (1..)
        .zip(scenarios)
        .map(|(number, scenario)| {
            let (kind, setting) = match scenario.setting {
                Setting::Radius(metres) => ("radius", metres),
                Setting::RequestWeight(weight) => ("request_weight", weight),
                Setting::Daytime => ("daytime", 0.0),
                Setting::Evening => ("evening", 0.0),
                Setting::Weights(draw) => ("weights", f64::from(draw)),
            };
            ScenarioRow {
                run_id,
                number,
                kind: kind.to_owned(),
                setting,
                own_person_hours: scenario.own_person_hours,
                kept_person_hours: scenario.kept_person_hours,
            }
        })
        .collect()
}

/// Everything that clients may ask of one run.
#[derive(Debug, Clone)]
pub struct WifiRun {
    /// By rank. Answers share the rows.
    pub sites: Vec<Arc<SiteRow>>,
    /// Figures of the run as a whole.
    pub figures: StoredFigures,
    /// The list under other settings, by number.
    pub scenarios: Vec<ScenarioRow>,
    /// The plan that its parameters ask for.
    pub plan: Option<Arc<WifiPlan>>,
}

/// Stores the rows of a run. The caller holds the transaction.
pub fn store(
    conn: &mut PgConnection,
    run: i32,
    sites: &[SiteRow],
    figures: &StoredFigures,
    scenarios: &[ScenarioRow],
    plan: Option<&WifiPlan>,
) -> Result<()> {
    for part in sites.chunks(3_000) {
        diesel::insert_into(wifi_site::table).values(part).execute(conn).doing("storing sites")?;
    }
    diesel::insert_into(wifi_scenario::table).values(scenarios).execute(conn).doing("storing scenarios")?;
    let figures = serde_json::to_value(figures).map_err(|e| Error::internal(format!("figures of a run: {e}")))?;
    diesel::insert_into(wifi_summary::table)
        .values((
            wifi_summary::run_id.eq(run),
            wifi_summary::figures.eq(figures),
            wifi_summary::plan.eq(plan.map(plan::stored).transpose()?),
        ))
        .execute(conn)
        .doing("storing the figures of a run")?;
    Ok(())
}

/// Loads everything of a run.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<WifiRun> {
    let sites: Vec<SiteRow> = wifi_site::table
        .filter(wifi_site::run_id.eq(run))
        .order(wifi_site::rank)
        .select(SiteRow::as_select())
        .load(conn)
        .doing("reading sites")?;
    let (figures, plan): (serde_json::Value, Option<serde_json::Value>) = wifi_summary::table
        .find(run)
        .select((wifi_summary::figures, wifi_summary::plan))
        .first(conn)
        .doing("reading the figures of a run")?;
    let figures = serde_json::from_value(figures).map_err(|e| Error::internal(format!("figures of run {run}: {e}")))?;
    let scenarios = wifi_scenario::table
        .filter(wifi_scenario::run_id.eq(run))
        .order(wifi_scenario::number)
        .select(ScenarioRow::as_select())
        .load(conn)
        .doing("reading scenarios")?;
    let plan = plan.map(|json| plan::read(json, run).map(Arc::new)).transpose()?;
    Ok(WifiRun { sites: sites.into_iter().map(Arc::new).collect(), figures, scenarios, plan })
}

/// The answer of the analysis as rows of a run. `places` are the sites in degrees, in the same order.
pub fn rows(run_id: i32, results: &WifiResults, places: &[geo_types::Point<f64>]) -> (Vec<SiteRow>, StoredFigures) {
    let sites = (1..)
        .zip(results.sites.iter().zip(places))
        .map(|(rank, (site, place))| SiteRow {
            run_id,
            rank,
            facility_kind: site.candidate.kind.clone(),
            facility_id: site.candidate.id.clone(),
            facility_name: site.candidate.name.clone(),
            dong_code: site.candidate.dong.clone(),
            place: PointColumn(*place),
            marginal_person_hours: site.marginal.value,
            standalone_person_hours: site.standalone.value,
            cumulative_person_hours: site.cumulative.value,
            cumulative_share: site.cumulative_share,
            requests_served: i32::try_from(site.requests_served).unwrap_or(i32::MAX),
            nearest_access_point_m: site.nearest_access_point_m,
            top_hours: site.top_hours.iter().map(|hour| Some(i16::from(*hour))).collect(),
            cost_won: i64::try_from(site.cost_won).ok(),
            bound_share: site.bound_share,
            dong_share_before: site.dong_share_before,
            dong_share_after: site.dong_share_after,
            stability: site.stability,
            marginal_lower: site.marginal.range.map(|range| range.0),
            marginal_upper: site.marginal.range.map(|range| range.1),
            standalone_lower: site.standalone.range.map(|range| range.0),
            standalone_upper: site.standalone.range.map(|range| range.1),
            cumulative_lower: site.cumulative.range.map(|range| range.0),
            cumulative_upper: site.cumulative.range.map(|range| range.1),
        })
        .collect();
    let hours = |hours: PersonHours| {
        let mut figure = StoredFigure::value(hours.value, if hours.range.is_some() { "IMPUTED" } else { "ESTIMATED" });
        figure.interval = hours.range;
        figure.reason = weakness(results.people, results.in_public_space, results.masked_hours);
        figure
    };
    let share = match results.served_share {
        Some(share) => StoredFigure::value(share, "ESTIMATED"),
        None => StoredFigure::missing("INSUFFICIENT_DATA", "수요가 없습니다.", "There is no demand."),
    };
    let ranked = results.sites.last().map_or(PersonHours { value: 0.0, range: None }, |site| site.cumulative);
    let figures = [
        ("demand", hours(results.demand)),
        ("served_share", share),
        ("ranked_gain", hours(ranked)),
        ("plan_gain", hours(results.plan)),
        ("candidates", StoredFigure::value(results.candidates as f64, "MEASURED")),
    ];
    (sites, figures.into_iter().map(|(name, figure)| (name.to_owned(), figure)).collect())
}

/// What makes the demand weaker than a count in every cell and hour; none where nothing does.
pub fn weakness(people: People, in_public_space: bool, masked_hours: usize) -> Option<Reason> {
    let placement = match people.placement {
        Placement::Counted => None,
        Placement::ByFloorArea => Some((
            format!(
                "행정동별 인원을 건물 연면적에 따라(연면적 자료가 없는 동은 면적에 따라) {SQUARE_M} m 칸에 나누었습니다."
            ),
            format!(
                "People counted by neighbourhood were spread over squares of {SQUARE_M} m by floor area (by ground where none is known)."
            ),
        )),
        Placement::ByArea => Some((
            format!("행정동별 인원을 면적에 따라 {SQUARE_M} m 칸에 나누었습니다."),
            format!("People counted by neighbourhood were spread evenly over squares of {SQUARE_M} m."),
        )),
    };
    let said = |ko: &str, en: &str| (ko.to_owned(), en.to_owned());
    let one_day = people.one_day.then(|| {
        said(
            "시간대별 인원이 평일과 주말로 구분되지 않아 같은 하루로 보았습니다.",
            "The source does not tell hours of weekdays from those of weekends: both are taken as the same day.",
        )
    });
    let masked_out = (people.knows_public_space && people.placement != Placement::Counted).then(|| {
        said(
            "공공공간이 없는 칸에는 그 동의 다른 칸이 받을 수 있는 한 사람을 두지 않았습니다.",
            "Squares without public space got nobody where others of the neighbourhood could take them.",
        )
    });
    let outdoors = in_public_space.then(|| {
        said(
            "칸의 인원 가운데 공공공간(도로·공원·광장)에 있는 몫만 셉니다. 몫은 칸의 땅에서 공공공간이 차지하는 비율입니다.",
            "Of the people of a cell only those in public space (streets, parks, squares) count: its share of the ground.",
        )
    });
    let (mut ko, mut en): (Vec<String>, Vec<String>) =
        [placement, masked_out, one_day, outdoors].into_iter().flatten().unzip();
    if masked_hours > 0 {
        let masked_hours = grouped(masked_hours);
        ko.push(format!(
            "{masked_hours}개 칸·시간의 값이 비식별 처리(3명 이하)되어 분석에서 가정한 인원으로 채웠고, 구간은 0명과 3명일 때입니다."
        ));
        en.push(format!(
            "{masked_hours} hours of cells are masked in the source (3 persons or fewer) and filled in with as many persons as \
             the run assumes (maskedPeople); the interval is for 0 and 3."
        ));
    }
    (!en.is_empty()).then(|| Reason { ko: ko.join(" "), en: en.join(" ") })
}
