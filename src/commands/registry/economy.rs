//! Reads what the question of the economy rests on.

use std::collections::BTreeSet;

use diesel::PgConnection;

use super::places::located_where;
use super::{Files, seoul};
use crate::db::geometry::PointColumn;
use crate::economy::{import, tables};
use crate::error::{Error, Result};
use crate::geo::DongDirectory;
use crate::import::value::Place;
use crate::import::{ReadOptions, Source};
use crate::run::dataset::Scope;
use crate::run::staged::{Staged, merge, period};

/// Reads the files of a dataset of this room; none where it is of another room.
pub(super) fn stage(conn: &mut PgConnection, dataset: &str, files: Files<'_>) -> Result<Option<Staged>> {
    let Files { settings, sources, options, directory } = files;
    let district = settings.district.as_str();
    let staged = match dataset {
        "industries" => {
            let read = merge(sources, |s| import::industries(s, options))?;
            read.stage(Scope::snapshot(), None, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::industries_store(conn, &rows)
            })
        }
        "industry-codes" => {
            let read = merge(sources, |s| import::industry_codes(s, options))?;
            read.stage(Scope::snapshot(), None, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::industry_codes_store(conn, &rows)
            })
        }
        "calendar" => {
            let read = merge(sources, |s| import::calendar(s, options))?;
            let scopes = Scope::around(read.rows.iter().map(|r| ("", r.on_date)));
            let span = period(read.rows.iter().map(|r| r.on_date));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::calendar_store(conn, &rows)
            })
        }
        "policy-events" => {
            let read = merge(sources, |s| import::policy_events(s, options, directory))?;
            let span = period(read.rows.iter().flat_map(|r| [Some(r.starts_on), r.ends_on]).flatten());
            read.stage(Scope::snapshot(), span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::policy_events_store(conn, &rows)
            })
        }
        "covid-cases" => {
            let read = merge(sources, |s| import::covid_cases(s, options, district))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.area.as_str(), r.on_date)));
            let span = period(read.rows.iter().map(|r| r.on_date));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::covid_cases_store(conn, &rows)
            })
        }
        "bsi" => {
            let read = merge(sources, |s| import::bsi(s, options))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.area.as_str(), r.month)));
            let span = period(read.rows.iter().map(|r| r.month));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::sentiment_store(conn, &rows)
            })
        }
        "card-sales" if areas(sources, options)? => {
            if options.period != (None, None) {
                return Err(Error::bad_input("--from and --to are for files by dong, not by commercial area (상권)."));
            }
            let read = merge(sources, |s| import::area_sales(s, options))?;
            let keyed: Vec<_> = read.rows.iter().map(|r| (format!("area/{}", r.area_code), r.quarter)).collect();
            let scopes = Scope::around(keyed.iter().map(|(scope, day)| (scope.as_str(), *day)));
            let span = period(keyed.iter().map(|(_, day)| *day));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::area_sales_store(conn, &rows)
            })
        }
        "card-sales" => card_sales(conn, sources, options, directory)?,
        "markets" => markets(conn, district, sources, options)?,
        "merchant-usage" => {
            let read = merge(sources, |s| import::merchant_usage(s, options, directory))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.dong_code.as_str(), r.month)));
            let span = period(read.rows.iter().map(|r| r.month));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::merchant_usage_store(conn, &rows)
            })
        }
        "establishments" => {
            let read = merge(sources, |s| import::establishments(s, options, directory))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.dong_code.as_str(), r.quarter)));
            let span = period(read.rows.iter().map(|r| r.quarter));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                tables::establishments_store(conn, &rows)
            })
        }
        _ => return Ok(None),
    };
    Ok(Some(staged))
}

/// Do the files speak of commercial areas? Those of areas and those of dongs are imported apart.
fn areas(sources: &[Source], options: &ReadOptions) -> Result<bool> {
    let found = sources
        .iter()
        .map(|source| {
            import::speaks_of_areas(source, options)
                .map_err(|sentence| Error::bad_input(format!("{}: {sentence}", source.name)))
        })
        .collect::<Result<Vec<bool>>>()?;
    if found.iter().any(|areas| *areas != found[0]) {
        return Err(Error::bad_input(
            "Some files count sales by commercial area (상권) and some by dong (행정동). Import them apart.",
        ));
    }
    Ok(found.first().copied().unwrap_or(false))
}

fn markets(conn: &mut PgConnection, district: &str, sources: &[Source], options: &ReadOptions) -> Result<Staged> {
    let read = merge(sources, |s| import::markets(s, options))?;
    let known: Vec<Place> = read.rows.iter().filter_map(|(_, place)| *place).collect();
    if known.iter().any(|place| place.crs != known[0].crs) {
        return Err(Error::bad_input(
            "The files have coordinates in different reference systems. Import them one by one.",
        ));
    }
    let (places, read) = located_where(conn, district, read, &known)?;
    // Every list is a snapshot of its own: that of the city does not replace that of the market agency.
    let lists: BTreeSet<String> = read.rows.iter().map(|(row, _)| row.layout.clone()).collect();
    let scopes = lists.into_iter().map(|scope| Scope { scope, days: None }).collect();
    Ok(read.stage(scopes, None, move |conn, version, rows| {
        let mut places = places.into_iter();
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(row, place)| tables::Market {
                version_id: version,
                place: place.and_then(|_| places.next()).map(PointColumn),
                ..row
            })
            .collect();
        tables::markets_store(conn, &rows)
    }))
}

fn card_sales(
    conn: &mut PgConnection,
    sources: &[Source],
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Staged> {
    let (industries, mapped) = tables::known_industries(conn)?;
    let today = chrono::Utc::now().with_timezone(&seoul()).date_naive();
    let known = import::Known { directory, industries: &industries, today };
    let mut read = merge(sources, |s| import::card_sales(s, options, known))?;
    let strange: BTreeSet<&str> = read
        .rows
        .iter()
        .filter(|r| r.system != "own" && !mapped.contains(&(r.system.clone(), r.industry_code.clone())))
        .map(|r| r.industry_code.as_str())
        .collect();
    if !strange.is_empty() {
        let named: Vec<&str> = strange.iter().take(10).copied().collect();
        let more = if strange.len() > named.len() { ", ..." } else { "" };
        read.notes.push(format!(
            "{} codes of industries have no partner in industry-codes and stand for themselves: {}{more}.",
            strange.len(),
            named.join(", ")
        ));
    }
    let keyed: Vec<(String, chrono::NaiveDate)> =
        read.rows.iter().map(|r| (format!("{}/{}", r.grain, r.dong_code), r.starts_on)).collect();
    let scopes = Scope::around(keyed.iter().map(|(scope, day)| (scope.as_str(), *day)));
    let span = period(keyed.iter().map(|(_, day)| *day));
    Ok(read.stage(scopes, span, |conn, version, mut rows| {
        rows.iter_mut().for_each(|r| r.version_id = version);
        tables::card_sales_store(conn, &rows)
    }))
}
