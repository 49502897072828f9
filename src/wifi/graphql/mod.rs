//! What clients may ask about public Wi-Fi sites.

mod parameters;
pub mod plan;
mod plan_dongs;
mod reached;
mod scenario;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};

pub use self::parameters::WifiParametersInput;
use self::scenario::WifiScenario;
use super::results::{self, ScenarioRow, SiteRow, WifiRun};
use super::shown::{OfSite, added_in_dong, site, summary};
use crate::db::Db;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::error::{Error, Result, out_of_range, too_many};
use crate::graphql::figure::{FigureData, FigureStatus, Unit};
use crate::graphql::ids;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::place::{BoundingBox, Circle, GeoJsonArea};
use crate::graphql::scalars::GeoJsonPoint;
use crate::run::Analysis;
use crate::run::graphql::{AnalysisRun, Figure, Rows, chosen_run, connect, data};
use crate::run::record::Run;

/// Results of Wi-Fi runs in memory.
pub type Cache = crate::run::results::Cache<WifiRun>;

/// Which sites are wanted. Conditions are joined by "and"; ranks stay those of the whole list.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "WifiSiteFilter")]
pub struct WifiSiteFilter {
    /// Only sites in these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only facilities of these kinds, such as "bus_stop" or "streetlight".
    facility_kinds: Option<Vec<String>>,
    /// Only sites inside this rectangle.
    bounding_box: Option<BoundingBox>,
    /// Only sites in this circle.
    near: Option<Circle>,
    /// Only sites in this area or on its edge.
    within: Option<GeoJsonArea>,
}

impl WifiSiteFilter {
    fn check(&self) -> Result<()> {
        let long = |list: &Option<Vec<String>>| list.as_ref().is_some_and(|l| l.len() > 50);
        if long(&self.neighbourhoods) || long(&self.facility_kinds) {
            return Err(Error::bad_input(too_many("A filter", "필터 하나", 50)));
        }
        self.near.as_ref().map_or(Ok(()), Circle::check)?;
        self.bounding_box.as_ref().map_or(Ok(()), BoundingBox::check)
    }

    fn takes(&self, row: &SiteRow) -> bool {
        self.neighbourhoods.as_ref().is_none_or(|codes| row.dong_code.as_ref().is_some_and(|code| codes.contains(code)))
            && self.facility_kinds.as_ref().is_none_or(|kinds| kinds.contains(&row.facility_kind))
            && self.bounding_box.is_none_or(|b| b.holds(row.place.0))
            && self.near.is_none_or(|circle| circle.holds(row.place.0))
            && self.within.as_ref().is_none_or(|area| area.holds(row.place.0))
    }
}

/// How sites may be ordered. Ties are broken by rank.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "WifiSiteOrder")]
pub enum WifiSiteOrder {
    /// Best first: every prefix of the whole list is a good plan of that size.
    Rank,
    /// Most person-hours when built alone first.
    Standalone,
    /// Farthest from a working access point first; unknown last.
    FarthestFromAccessPoint,
}

/// A chosen site with its run.
#[derive(Debug, Clone)]
pub struct WifiSite {
    run: Arc<Run>,
    row: Arc<SiteRow>,
}

/// A facility that would carry a public Wi-Fi access point (공공와이파이 설치 후보지), with its rank.
///
/// Maximal covering: the list is built greedily, each site adding the most person-hours within the radius that no
/// working access point and no better site covers. The list is a heuristic and is not called optimal.
#[Object(name = "WifiSite")]
impl WifiSite {
    /// Opaque global id of this site in its run.
    pub(crate) async fn id(&self) -> ID {
        ids::encode("WifiSite", &format!("{}/{}", self.run.id, self.row.rank))
    }

    /// Place in the list of the run, from 1.
    async fn rank(&self) -> i32 {
        self.row.rank
    }

    /// The facility that would carry the access point.
    async fn facility(&self) -> Facility {
        Facility {
            id: ids::encode("Facility", &format!("{}/{}", self.row.facility_kind, self.row.facility_id)),
            kind: self.row.facility_kind.clone(),
            source_id: self.row.facility_id.clone(),
            name: self.row.facility_name.clone(),
        }
    }

    /// Where it stands, in longitude and latitude.
    async fn location(
        &self,
        #[graphql(desc = "Decimals kept, 0 to 8; six are about 10 cm.", default = 6)] precision: i32,
    ) -> Option<Result<GeoJsonPoint>> {
        Some(point(self.row.place.0, precision))
    }

    /// The neighbourhood around it. Null when it stands outside the district.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        neighbourhood(ctx, self.row.dong_code.as_deref()?).await.transpose()
    }

    /// Person-hours a day that this site adds to those ranked before it.
    async fn marginal_gain(&self) -> Figure {
        self.figure(OfSite::Marginal)
    }

    /// Person-hours a day that it would cover if it were built alone.
    async fn standalone_gain(&self) -> Figure {
        self.figure(OfSite::Standalone)
    }

    /// Person-hours a day that the list covers up to and with this site.
    async fn cumulative_gain(&self) -> Figure {
        self.figure(OfSite::Cumulative)
    }

    /// The same as a share, 0 to 1, of the demand that no working access point covers.
    async fn cumulative_share(&self) -> Figure {
        self.figure(OfSite::CumulativeShare)
    }

    /// Requests (설치 요청) within the radius that no site ranked before serves.
    async fn requests_served(&self) -> Figure {
        self.figure(OfSite::RequestsServed)
    }

    /// Straight distance in metres to the nearest access point that works already.
    async fn nearest_access_point(&self) -> Figure {
        self.figure(OfSite::NearestAccessPoint)
    }

    /// What of the stand-alone person-hours better sites reach already (중복): standaloneGain − marginalGain.
    async fn overlap(&self) -> Figure {
        self.figure(OfSite::Overlap)
    }

    /// What the list counts up to and with this site, requests at their weight, as a share, 0 to 1, of what is proven that no
    /// list of as many sites can exceed. 1 means that the first sites are a best plan of that size.
    async fn bound_share(&self) -> Figure {
        self.figure(OfSite::BoundShare)
    }

    /// Cost of the site in won, by the costs of the run (`costs`): orders of size for planning, not prices of a tender.
    async fn cost(&self) -> Figure {
        self.figure(OfSite::Cost)
    }

    /// Won for each person-hour a day that it adds: cost / marginalGain, for building, not for running it.
    async fn cost_per_person_hour(&self) -> Figure {
        self.figure(OfSite::CostPerPersonHour)
    }

    /// Share of the demand of its neighbourhood, 0 to 1, that working access points and better sites reach.
    async fn neighbourhood_share_before(&self) -> Figure {
        self.figure(OfSite::DongShareBefore)
    }

    /// The same with this site.
    async fn neighbourhood_share_after(&self) -> Figure {
        self.figure(OfSite::DongShareAfter)
    }

    /// How little the choice depends on the settings (안정성), 0 to 1: share of the people in its reach whom the lists made
    /// under other radii, weights and hours reach too, on average. See `wifiSensitivity`.
    async fn stability(&self) -> Figure {
        self.figure(OfSite::Stability)
    }

    /// The three hours of the day, 0 to 23, with most people in reach, busiest first.
    async fn top_hours(&self) -> Vec<i32> {
        self.row.top_hours.iter().flatten().map(|hour| i32::from(*hour)).collect()
    }

    /// The run that chose the site.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

impl WifiSite {
    fn figure(&self, which: OfSite) -> Figure {
        Figure::of(&self.run, site(&self.row, which)).at(&["site", &self.row.rank.to_string(), which.name()])
    }
}

/// A public facility (공공시설) that could carry an access point.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "Facility")]
pub struct Facility {
    /// Opaque global id; it survives new runs.
    id: ID,
    /// Kind, such as "bus_stop" (버스정류소) or "streetlight" (가로등).
    kind: String,
    /// Id in the source file.
    source_id: String,
    /// Name in the source file. Null where the file has none.
    name: Option<String>,
}

/// Wi-Fi in one neighbourhood.
#[derive(Debug, Clone)]
pub struct NeighbourhoodWifi {
    run: Arc<Run>,
    all: Arc<WifiRun>,
    code: String,
}

/// Ranked public Wi-Fi sites in one neighbourhood.
#[Object(name = "NeighbourhoodWifi")]
impl NeighbourhoodWifi {
    /// Ranked sites here.
    async fn sites(&self) -> Figure {
        let count = self.mine().count();
        Figure::of(
            &self.run,
            FigureData::plain(
                f64::from(u32::try_from(count).unwrap_or(u32::MAX)),
                Unit::Sites,
                FigureStatus::Estimated,
            ),
        )
        .at(&["dong", &self.code, "sites"])
    }

    /// Person-hours a day that the ranked sites here add.
    async fn marginal_gain(&self) -> Figure {
        Figure::of(&self.run, added_in_dong(self.mine().map(AsRef::as_ref))).at(&["dong", &self.code, "marginal"])
    }

    /// The best ranked site here. Null when none of the list stands here.
    async fn best(&self) -> Option<WifiSite> {
        self.mine().next().map(|row| WifiSite { run: self.run.clone(), row: row.clone() })
    }
}

impl NeighbourhoodWifi {
    fn mine(&self) -> impl Iterator<Item = &Arc<SiteRow>> {
        self.all.sites.iter().filter(|site| site.dong_code.as_deref() == Some(self.code.as_str()))
    }
}

/// What all ranked sites of a run have in common.
#[derive(Debug, Clone)]
pub struct WifiSummary {
    run: Arc<Run>,
    all: Arc<WifiRun>,
}

/// Figures of a Wi-Fi run as a whole.
#[Object(name = "WifiSummary")]
impl WifiSummary {
    /// Demand of the district in person-hours a day: people, without requests. Its reason says what was spread or filled in.
    async fn demand(&self) -> Figure {
        self.figure("demand", Unit::PersonHoursPerDay)
    }

    /// Share of the demand, 0 to 1, within the radius of an access point that works already.
    async fn served_share(&self) -> Figure {
        self.figure("served_share", Unit::Ratio)
    }

    /// Person-hours a day that the whole ranked list covers.
    async fn ranked_gain(&self) -> Figure {
        self.figure("ranked_gain", Unit::PersonHoursPerDay)
    }

    /// Person-hours a day that a plan of the same size covers after exchanging sites while that helps. A heuristic.
    async fn plan_gain(&self) -> Figure {
        self.figure("plan_gain", Unit::PersonHoursPerDay)
    }

    /// Facilities that could have been chosen.
    async fn candidates(&self) -> Figure {
        self.figure("candidates", Unit::Sites)
    }

    /// The run.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

impl WifiSummary {
    fn figure(&self, name: &str, unit: Unit) -> Figure {
        Figure::of(&self.run, summary(&self.all.figures, name, unit)).at(&["summary", name])
    }
}

/// Root fields about Wi-Fi.
#[derive(Debug, Default, Clone, Copy)]
pub struct WifiQuery;

/// Root fields about Wi-Fi.
#[Object]
impl WifiQuery {
    /// Ranked sites for public Wi-Fi (공공와이파이 설치 우선순위). Null before the first publication.
    #[allow(clippy::too_many_arguments)]
    async fn wifi_sites(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sites are wanted; all without it.")] filter: Option<WifiSiteFilter>,
        #[graphql(desc = "Order of the rows.", default_with = "WifiSiteOrder::Rank")] order_by: WifiSiteOrder,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<WifiSite>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            filter.check()?;
            let mut rows: Vec<_> = all.sites.iter().filter(|r| filter.takes(r)).cloned().collect();
            sort(&mut rows, order_by);
            let list = List::new(&format!("wifiSites {} {filter:?} {order_by:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| WifiSite {
                run: run.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }

    /// The ranked list under other settings than those of the run (민감도 분석): radii, request weights, hours of the day, and
    /// draws of the demand. Null before the first publication; empty for runs that tried none.
    async fn wifi_sensitivity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Vec<WifiScenario>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let node = |row: &ScenarioRow| WifiScenario { run: run.clone(), row: row.clone() };
            Ok(Some(all.scenarios.iter().map(node).collect()))
        };
        answer.await.transpose()
    }

    /// Figures of a Wi-Fi run as a whole. Null before the first publication.
    async fn wifi_summary(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<WifiSummary>> {
        let found = chosen(ctx, run.as_ref(), as_of).await;
        found.map(|chosen| chosen.map(|(run, all)| WifiSummary { run, all })).transpose()
    }
}

/// Wi-Fi of one neighbourhood, for the field on it.
pub async fn of_neighbourhood(
    ctx: &Context<'_>,
    code: &str,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<NeighbourhoodWifi>> {
    let found = chosen(ctx, run, as_of).await?;
    Ok(found.map(|(run, all)| NeighbourhoodWifi { run, all, code: code.to_owned() }))
}

/// The site behind a global id, if its run is published.
pub async fn by_key(ctx: &Context<'_>, key: &str) -> Result<Option<WifiSite>> {
    let Some((run, rank)) = key.split_once('/') else { return Ok(None) };
    let run = ids::encode("AnalysisRun", run);
    let Some((run, all)) = chosen(ctx, Some(&run), None).await? else { return Ok(None) };
    let row = all.sites.iter().find(|site| site.rank.to_string() == rank).cloned();
    Ok(row.map(|row| WifiSite { run, row }))
}

/// The run that a question asks for, with its results; none before the first publication.
pub(crate) async fn chosen(
    ctx: &Context<'_>,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<(Arc<Run>, Arc<WifiRun>)>> {
    let Some(run) = chosen_run(ctx, Analysis::Wifi, run, as_of).await? else { return Ok(None) };
    let all = data::<Cache>(ctx)?.get(data::<Db>(ctx)?, run.id, results::load).await?;
    Ok(Some((run, all)))
}

/// A point with as many decimals as were asked for.
fn point(point: geo_types::Point<f64>, precision: i32) -> Result<GeoJsonPoint> {
    match u8::try_from(precision) {
        Ok(precision @ 0..=8) => Ok(GeoJsonPoint { point, precision }),
        _ => Err(Error::bad_input(out_of_range("precision", (0, 8), precision))),
    }
}

fn sort(rows: &mut [Arc<SiteRow>], order: WifiSiteOrder) {
    match order {
        WifiSiteOrder::Rank => {}
        WifiSiteOrder::Standalone => {
            rows.sort_by(|a, b| b.standalone_person_hours.total_cmp(&a.standalone_person_hours))
        }
        WifiSiteOrder::FarthestFromAccessPoint => rows.sort_by(|a, b| {
            let metres = |row: &SiteRow| row.nearest_access_point_m.unwrap_or(f64::NEG_INFINITY);
            metres(b).total_cmp(&metres(a))
        }),
    }
}
