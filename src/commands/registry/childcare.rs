//! Reads what the question of childcare rests on.

use diesel::PgConnection;

use super::Files;
use super::places::{located, located_where};
use crate::childcare::{import, tables};
use crate::commands::posts;
use crate::db::geometry::PointColumn;
use crate::error::Result;
use crate::import::LineSource;
use crate::import::value::Place;
use crate::run::dataset::Scope;
use crate::run::staged::{Staged, merge, period};

/// Reads the files of a dataset of this room; none where it is of another room.
pub(super) fn stage(conn: &mut PgConnection, dataset: &str, files: Files<'_>) -> Result<Option<Staged>> {
    let Files { settings, sources, options, directory } = files;
    let district = settings.district.as_str();
    let staged = match dataset {
        "children" => {
            let read = merge(sources, |s| import::children(s, options, directory))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.dong_code.as_str(), r.month)));
            let span = period(read.rows.iter().map(|r| r.month));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::children_store(conn, &rows)
            })
        }
        "posts" => {
            let sources: Vec<LineSource> = sources.iter().cloned().map(LineSource::memory).collect();
            posts::stage(settings, &sources)?
        }
        "daycare-centres" => {
            let read = merge(sources, |s| import::daycare_centres(s, options))?;
            let known: Vec<Place> = read.rows.iter().filter_map(|(_, place)| *place).collect();
            let (places, read) = located_where(conn, district, read, &known)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let mut places = places.into_iter();
                let rows: Vec<_> = rows
                    .into_iter()
                    .map(|(row, place)| tables::DaycareCentre {
                        version_id: version,
                        place: place.and_then(|_| places.next()).map(PointColumn),
                        ..row
                    })
                    .collect();
                tables::daycare_centres_store(conn, &rows)
            })
        }
        "childcare-use" => {
            let read = merge(sources, |s| import::usage(s, options, directory))?;
            let scopes = Scope::around(read.rows.iter().map(|r| ("", r.month)));
            let span = period(read.rows.iter().map(|r| r.month));
            read.stage(scopes, span, |conn, version, mut rows| {
                // Lines of several files are counted on, so that each row has its own.
                rows.iter_mut().zip(1..).for_each(|(r, line)| (r.version_id, r.line) = (version, line));
                tables::usage_store(conn, &rows)
            })
        }
        "childcare-candidates" => {
            let read = merge(sources, |s| import::candidates(s, options))?;
            let (places, read) = located(conn, district, read, |r| r.1)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|((row, _), place)| tables::Candidate {
                        version_id: version,
                        place: PointColumn(place),
                        ..row
                    })
                    .collect();
                tables::candidates_store(conn, &rows)
            })
        }
        _ => return Ok(None),
    };
    Ok(Some(staged))
}
