//! Results of a Wi-Fi run: stored as the analysis returns them, loaded as clients ask for them.

use diesel::prelude::*;

use super::analysis::WifiResults;
use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{wifi_site, wifi_summary};
use crate::error::{Error, Result};
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
}

/// Everything that clients may ask of one run.
#[derive(Debug, Clone)]
pub struct WifiRun {
    /// By rank.
    pub sites: Vec<SiteRow>,
    /// Figures of the run as a whole.
    pub figures: StoredFigures,
}

/// Stores the rows of a run. The caller holds the transaction.
pub fn store(conn: &mut PgConnection, run: i32, sites: &[SiteRow], figures: &StoredFigures) -> Result<()> {
    for part in sites.chunks(4_000) {
        diesel::insert_into(wifi_site::table).values(part).execute(conn).doing("storing sites")?;
    }
    let figures = serde_json::to_value(figures).map_err(|e| Error::internal(format!("figures of a run: {e}")))?;
    diesel::insert_into(wifi_summary::table)
        .values((wifi_summary::run_id.eq(run), wifi_summary::figures.eq(figures)))
        .execute(conn)
        .doing("storing the figures of a run")?;
    Ok(())
}

/// Loads everything of a run.
pub fn load(conn: &mut PgConnection, run: i32) -> Result<WifiRun> {
    let sites = wifi_site::table
        .filter(wifi_site::run_id.eq(run))
        .order(wifi_site::rank)
        .select(SiteRow::as_select())
        .load(conn)
        .doing("reading sites")?;
    let figures: serde_json::Value = wifi_summary::table
        .find(run)
        .select(wifi_summary::figures)
        .first(conn)
        .doing("reading the figures of a run")?;
    let figures = serde_json::from_value(figures).map_err(|e| Error::internal(format!("figures of run {run}: {e}")))?;
    Ok(WifiRun { sites, figures })
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
            marginal_person_hours: site.marginal_person_hours,
            standalone_person_hours: site.standalone_person_hours,
            cumulative_person_hours: site.cumulative_person_hours,
            cumulative_share: site.cumulative_share,
            requests_served: i32::try_from(site.requests_served).unwrap_or(i32::MAX),
            nearest_access_point_m: site.nearest_access_point_m,
            top_hours: site.top_hours.iter().map(|hour| Some(i16::from(*hour))).collect(),
        })
        .collect();
    let masked = results.masked_hours > 0;
    let mut demand = StoredFigure::value(results.demand_person_hours, if masked { "PROVISIONAL" } else { "ESTIMATED" });
    if masked {
        demand.reason = Some(Reason {
            ko: format!(
                "{}개 칸·시간의 값이 비식별 처리(3명 이하)되어 0으로 두지 않고 제외했습니다.",
                results.masked_hours
            ),
            en: format!(
                "{} hours of cells are masked in the source (3 persons or fewer) and left out.",
                results.masked_hours
            ),
        });
    }
    let share = match results.served_share {
        Some(share) => StoredFigure::value(share, "ESTIMATED"),
        None => StoredFigure::missing("INSUFFICIENT_DATA", "수요가 없습니다.", "There is no demand."),
    };
    let ranked = results.sites.last().map_or(0.0, |site| site.cumulative_person_hours);
    let figures = [
        ("demand", demand),
        ("served_share", share),
        ("ranked_gain", StoredFigure::value(ranked, "ESTIMATED")),
        ("plan_gain", StoredFigure::value(results.plan_person_hours, "ESTIMATED")),
        ("candidates", StoredFigure::value(results.candidates as f64, "MEASURED")),
    ];
    (sites, figures.into_iter().map(|(name, figure)| (name.to_owned(), figure)).collect())
}
