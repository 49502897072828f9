//! Reads what the question of Wi-Fi rests on.

use diesel::PgConnection;

use super::places::located;
use super::{Files, merged};
use crate::db::geometry::PointColumn;
use crate::error::{Error, Result};
use crate::geo::DongDirectory;
use crate::import::{ReadOptions, Source};
use crate::run::dataset::Scope;
use crate::run::staged::{Staged, merge, period};
use crate::wifi::import::{self, Placed, PopulationFile, distinct_places};
use crate::wifi::tables;

/// Reads the files of a dataset of this room; none where it is of another room.
pub(super) fn stage(conn: &mut PgConnection, dataset: &str, files: Files<'_>) -> Result<Option<Staged>> {
    let Files { settings, sources, options, directory } = files;
    let district = settings.district.as_str();
    let staged = match dataset {
        "bus-stops" | "streetlights" | "facilities" => {
            let read = merge(sources, |s| match dataset {
                "bus-stops" => import::bus_stops(s, options),
                "streetlights" => import::streetlights(s, options),
                _ => import::facilities(s, options),
            })?;
            let (places, read) = located(conn, district, read, |r| r.place)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| tables::Facility { version_id: version, place: PointColumn(place), ..r.row })
                    .collect();
                tables::facilities_store(conn, &rows)
            })
        }
        "buildings" => {
            let read = merge(sources, |s| import::buildings(s, options))?;
            let (places, read) = located(conn, district, read, |r| r.place)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| tables::Building { version_id: version, place: PointColumn(place), ..r.row })
                    .collect();
                tables::buildings_store(conn, &rows)
            })
        }
        "public-spaces" => {
            let read = merge(sources, |s| import::public_spaces(s, options))?;
            read.stage(Scope::snapshot(), None, |conn, version, rows| tables::public_spaces_store(conn, version, &rows))
        }
        "access-points" => {
            let mut read = merge(sources, |s| import::access_points(s, options))?;
            read.notes.push(format!(
                "{} rows stand at {} places: rows are not devices.",
                read.rows.len(),
                distinct_places(&read.rows)
            ));
            let (places, read) = located(conn, district, read, |r| r.place)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| tables::AccessPoint { version_id: version, place: PointColumn(place), ..r.row })
                    .collect();
                tables::access_points_store(conn, &rows)
            })
        }
        "wifi-requests" => {
            let read = merge(sources, |s| import::wifi_requests(s, options))?;
            let scopes = Scope::around(read.rows.iter().map(|r| ("", r.row.requested_on)));
            let span = period(read.rows.iter().map(|r| r.row.requested_on));
            let (places, read) = located(conn, district, read, |r| r.place)?;
            let mut staged = read.stage(scopes, span, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| tables::WifiRequest { version_id: version, place: PointColumn(place), ..r.row })
                    .collect();
                tables::wifi_requests_store(conn, &rows)
            });
            staged.keep_raw = false;
            staged
        }
        "floating-population" => floating_population(conn, district, sources, options, directory)?,
        _ => return Ok(None),
    };
    Ok(Some(staged))
}

fn floating_population(
    conn: &mut PgConnection,
    district: &str,
    sources: &[Source],
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Staged> {
    let [source] = sources else { return Err(Error::bad_input("Import one file of floating population at a time.")) };
    let file = import::floating_population(source, options, directory)
        .map_err(|sentence| Error::bad_input(format!("{}: {sentence}", source.name)))?;
    match file {
        PopulationFile::Grid(parsed) => {
            let (places, read) = located(conn, district, merged(source, parsed), |r: &Placed<_>| r.place)?;
            let scopes = vec![Scope { scope: "grid".to_owned(), days: None }];
            Ok(read.stage(scopes, None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| tables::FloatingPopulation {
                        version_id: version,
                        place: PointColumn(place),
                        ..r.row
                    })
                    .collect();
                tables::floating_population_store(conn, &rows)
            }))
        }
        PopulationFile::Dongs(parsed) => {
            let read = merged(source, parsed);
            let scopes = Scope::around(read.rows.iter().map(|r| (r.dong_code.as_str(), r.starts_on)));
            let span = period(read.rows.iter().map(|r| r.starts_on));
            Ok(read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::floating_population_dong_store(conn, &rows)
            }))
        }
    }
}
