//! Every dataset by name: what it is, who publishes it, how it is read and kept.

use diesel::PgConnection;

use super::WRONG_USAGE;
use crate::childcare::import as childcare;
use crate::childcare::tables as childcare_tables;
use crate::config::Settings;
use crate::db::geometry::{PointColumn, points_to_degrees};
use crate::dong::import::{self as dong, DongFile};
use crate::dong::tables as dong_tables;
use crate::economy::import as economy;
use crate::economy::tables as economy_tables;
use crate::error::{Error, Result};
use crate::geo::DongDirectory;
use crate::import::value::Place;
use crate::import::{LineSource, ReadOptions, Source};
use crate::run::dataset::Scope;
use crate::run::staged::{Merged, RawLine, RefusedLine, Staged, merge, period};
use crate::wifi::import as wifi;
use crate::wifi::import::{Placed, PopulationFile, distinct_places};
use crate::wifi::tables as wifi_tables;

/// One dataset.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Name in `dongjak import`.
    pub dataset: &'static str,
    /// What it is.
    pub what: &'static str,
    /// Who publishes the official file.
    pub publisher: &'static str,
    /// Its licence, as far as the portal says.
    pub licence: &'static str,
    /// What must be said where the data are shown.
    pub attribution: &'static str,
}

const SEOUL: &str = "서울특별시 (Seoul Metropolitan Government)";
const KOGL: &str = "공공누리 제1유형 (KOGL Type 1)";
const CONTRACT: &str = "as agreed with the provider";

/// Every dataset of this version.
pub const ENTRIES: [Entry; 23] = [
    Entry {
        dataset: "dongs",
        what: "boundaries and code tables of dongs 행정동",
        publisher: "통계청 (Statistics Korea)",
        licence: KOGL,
        attribution: "통계청 SGIS",
    },
    Entry {
        dataset: "industries",
        what: "the district's own list of industries 업종",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "industry-codes",
        what: "codes of the portals, joined to ours",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "calendar",
        what: "holidays 공휴일",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "policy-events",
        what: "policies with their days and industries 정책",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "card-sales",
        what: "card sales 카드매출",
        publisher: "card company or Seoul",
        licence: CONTRACT,
        attribution: "as agreed with the provider",
    },
    Entry {
        dataset: "establishments",
        what: "establishments 점포",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 상권분석서비스",
    },
    Entry {
        dataset: "markets",
        what: "traditional markets, shopping streets and commercial areas 전통시장·상점가·상권",
        publisher: "지방자치단체, 소상공인시장진흥공단, 서울특별시",
        licence: KOGL,
        attribution: "전국전통시장표준데이터; 소상공인시장진흥공단 전통시장현황; 서울시",
    },
    Entry {
        dataset: "merchant-usage",
        what: "use of merchants by payment scheme 가맹점 이용현황",
        publisher: "district office",
        licence: CONTRACT,
        attribution: "as agreed with the provider",
    },
    Entry {
        dataset: "covid-cases",
        what: "new cases a day 신규 확진자",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시",
    },
    Entry {
        dataset: "bsi",
        what: "business sentiment 경기체감지수",
        publisher: "소상공인시장진흥공단 (SEMAS)",
        licence: KOGL,
        attribution: "소상공인시장 경기동향조사, KOSIS",
    },
    Entry {
        dataset: "floating-population",
        what: "people present by hour 유동인구",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시",
    },
    Entry {
        dataset: "bus-stops",
        what: "bus stops 버스정류소",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 버스정류소 위치정보",
    },
    Entry {
        dataset: "streetlights",
        what: "streetlights 가로등",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 가로등 위치 정보",
    },
    Entry {
        dataset: "facilities",
        what: "parks, stations and other public facilities 공원·역사 등 공공시설",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 주요 공원현황, 서울시 역사마스터 정보",
    },
    Entry {
        dataset: "buildings",
        what: "buildings with their floor area 건물 연면적",
        publisher: "국토교통부 (Ministry of Land)",
        licence: KOGL,
        attribution: "국토교통부 건축물대장",
    },
    Entry {
        dataset: "access-points",
        what: "public Wi-Fi that works already 공공와이파이",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 공공와이파이 서비스 위치 정보",
    },
    Entry {
        dataset: "wifi-requests",
        what: "requests for Wi-Fi 설치 요청",
        publisher: "district office",
        licence: "not for redistribution",
        attribution: "district office",
    },
    Entry {
        dataset: "daycare-centres",
        what: "daycare centres 어린이집",
        publisher: SEOUL,
        licence: KOGL,
        attribution: "서울시 어린이집 정보",
    },
    Entry {
        dataset: "childcare-use",
        what: "use of childcare places by hour 보육 이용 (시간제보육)",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "childcare-candidates",
        what: "buildings in which a childcare service could open 보육시설 후보지",
        publisher: "district office",
        licence: "own work",
        attribution: "district office",
    },
    Entry {
        dataset: "children",
        what: "registered children by age 영유아 수",
        publisher: "행정안전부 (Ministry of the Interior)",
        licence: KOGL,
        attribution: "행정안전부 주민등록 인구통계",
    },
    Entry {
        dataset: "posts",
        what: "public posts about childcare 게시글 (JSON Lines)",
        publisher: "collected by the district",
        licence: "not for redistribution",
        attribution: "counts only",
    },
];

/// The dataset of that name, or a sentence that lists them.
pub fn entry(dataset: &str) -> Result<&'static Entry> {
    ENTRIES.iter().find(|entry| entry.dataset == dataset).ok_or_else(|| {
        let names: Vec<&str> = ENTRIES.iter().map(|entry| entry.dataset).collect();
        Error::bad_input(format!("{WRONG_USAGE}there is no dataset \"{dataset}\"; there are {}.", names.join(", ")))
    })
}

/// Reads the files of a dataset; nothing is kept yet.
pub fn stage(
    conn: &mut PgConnection,
    settings: &Settings,
    entry: &Entry,
    sources: &[Source],
    options: &ReadOptions,
) -> Result<Staged> {
    let district = settings.district.as_str();
    let directory = dong_tables::directory(conn, district)?;
    let staged = match entry.dataset {
        "dongs" => dongs(sources, options, &directory)?,
        "industries" => {
            let read = merge(sources, |s| economy::industries(s, options))?;
            read.stage(Scope::snapshot(), None, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::industries_store(conn, &rows)
            })
        }
        "industry-codes" => {
            let read = merge(sources, |s| economy::industry_codes(s, options))?;
            read.stage(Scope::snapshot(), None, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::industry_codes_store(conn, &rows)
            })
        }
        "calendar" => {
            let read = merge(sources, |s| economy::calendar(s, options))?;
            let scopes = Scope::around(read.rows.iter().map(|r| ("", r.on_date)));
            let span = period(read.rows.iter().map(|r| r.on_date));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::calendar_store(conn, &rows)
            })
        }
        "policy-events" => {
            let read = merge(sources, |s| economy::policy_events(s, options, &directory))?;
            let span = period(read.rows.iter().flat_map(|r| [Some(r.starts_on), r.ends_on]).flatten());
            read.stage(Scope::snapshot(), span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::policy_events_store(conn, &rows)
            })
        }
        "covid-cases" => {
            let read = merge(sources, |s| economy::covid_cases(s, options, district))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.area.as_str(), r.on_date)));
            let span = period(read.rows.iter().map(|r| r.on_date));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::covid_cases_store(conn, &rows)
            })
        }
        "bsi" => {
            let read = merge(sources, |s| economy::bsi(s, options))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.area.as_str(), r.month)));
            let span = period(read.rows.iter().map(|r| r.month));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::sentiment_store(conn, &rows)
            })
        }
        "card-sales" if areas(sources, options)? => {
            if options.period != (None, None) {
                return Err(Error::bad_input("--from and --to are for files by dong, not by commercial area (상권)."));
            }
            let read = merge(sources, |s| economy::area_sales(s, options))?;
            let keyed: Vec<_> = read.rows.iter().map(|r| (format!("area/{}", r.area_code), r.quarter)).collect();
            let scopes = Scope::around(keyed.iter().map(|(scope, day)| (scope.as_str(), *day)));
            let span = period(keyed.iter().map(|(_, day)| *day));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::area_sales_store(conn, &rows)
            })
        }
        "card-sales" => card_sales(conn, sources, options, &directory)?,
        "markets" => markets(conn, district, sources, options)?,
        "merchant-usage" => {
            let read = merge(sources, |s| economy::merchant_usage(s, options, &directory))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.dong_code.as_str(), r.month)));
            let span = period(read.rows.iter().map(|r| r.month));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::merchant_usage_store(conn, &rows)
            })
        }
        "establishments" => {
            let read = merge(sources, |s| economy::establishments(s, options, &directory))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.dong_code.as_str(), r.quarter)));
            let span = period(read.rows.iter().map(|r| r.quarter));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                economy_tables::establishments_store(conn, &rows)
            })
        }
        "children" => {
            let read = merge(sources, |s| childcare::children(s, options, &directory))?;
            let scopes = Scope::around(read.rows.iter().map(|r| (r.dong_code.as_str(), r.month)));
            let span = period(read.rows.iter().map(|r| r.month));
            read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                childcare_tables::children_store(conn, &rows)
            })
        }
        "posts" => {
            let sources: Vec<LineSource> = sources.iter().cloned().map(LineSource::memory).collect();
            super::posts::stage(settings, &sources)?
        }
        "daycare-centres" => {
            let read = merge(sources, |s| childcare::daycare_centres(s, options))?;
            let known: Vec<Place> = read.rows.iter().filter_map(|(_, place)| *place).collect();
            let (places, read) = located_where(conn, district, read, &known)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let mut places = places.into_iter();
                let rows: Vec<_> = rows
                    .into_iter()
                    .map(|(row, place)| childcare_tables::DaycareCentre {
                        version_id: version,
                        place: place.and_then(|_| places.next()).map(PointColumn),
                        ..row
                    })
                    .collect();
                childcare_tables::daycare_centres_store(conn, &rows)
            })
        }
        "childcare-use" => {
            let read = merge(sources, |s| childcare::usage(s, options, &directory))?;
            let scopes = Scope::around(read.rows.iter().map(|r| ("", r.month)));
            let span = period(read.rows.iter().map(|r| r.month));
            read.stage(scopes, span, |conn, version, mut rows| {
                // Lines of several files are counted on, so that each row has its own.
                rows.iter_mut().zip(1..).for_each(|(r, line)| (r.version_id, r.line) = (version, line));
                childcare_tables::usage_store(conn, &rows)
            })
        }
        "childcare-candidates" => {
            let read = merge(sources, |s| childcare::candidates(s, options))?;
            let (places, read) = located(conn, district, read, |r| r.1)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|((row, _), place)| childcare_tables::Candidate {
                        version_id: version,
                        place: PointColumn(place),
                        ..row
                    })
                    .collect();
                childcare_tables::candidates_store(conn, &rows)
            })
        }
        "bus-stops" | "streetlights" | "facilities" => {
            let read = merge(sources, |s| match entry.dataset {
                "bus-stops" => wifi::bus_stops(s, options),
                "streetlights" => wifi::streetlights(s, options),
                _ => wifi::facilities(s, options),
            })?;
            let (places, read) = located(conn, district, read, |r| r.place)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| wifi_tables::Facility { version_id: version, place: PointColumn(place), ..r.row })
                    .collect();
                wifi_tables::facilities_store(conn, &rows)
            })
        }
        "buildings" => {
            let read = merge(sources, |s| wifi::buildings(s, options))?;
            let (places, read) = located(conn, district, read, |r| r.place)?;
            read.stage(Scope::snapshot(), None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| wifi_tables::Building { version_id: version, place: PointColumn(place), ..r.row })
                    .collect();
                wifi_tables::buildings_store(conn, &rows)
            })
        }
        "access-points" => {
            let mut read = merge(sources, |s| wifi::access_points(s, options))?;
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
                    .map(|(r, place)| wifi_tables::AccessPoint {
                        version_id: version,
                        place: PointColumn(place),
                        ..r.row
                    })
                    .collect();
                wifi_tables::access_points_store(conn, &rows)
            })
        }
        "wifi-requests" => {
            let read = merge(sources, |s| wifi::wifi_requests(s, options))?;
            let scopes = Scope::around(read.rows.iter().map(|r| ("", r.row.requested_on)));
            let span = period(read.rows.iter().map(|r| r.row.requested_on));
            let (places, read) = located(conn, district, read, |r| r.place)?;
            let mut staged = read.stage(scopes, span, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| wifi_tables::WifiRequest {
                        version_id: version,
                        place: PointColumn(place),
                        ..r.row
                    })
                    .collect();
                wifi_tables::wifi_requests_store(conn, &rows)
            });
            staged.keep_raw = false;
            staged
        }
        "floating-population" => floating_population(conn, district, sources, options, &directory)?,
        other => return Err(Error::internal(format!("the dataset {other} has no reader"))),
    };
    Ok(staged)
}

fn dongs(sources: &[Source], options: &ReadOptions, directory: &DongDirectory) -> Result<Staged> {
    let [source] = sources else { return Err(Error::bad_input("Import one file of dongs at a time.")) };
    let file = dong::parse(source, options, directory)
        .map_err(|sentence| Error::bad_input(format!("{}: {sentence}", source.name)))?;
    let snapshot = |scope: &str| Scope { scope: scope.to_owned(), days: None };
    match file {
        DongFile::Boundaries(parsed) => {
            let scopes = parsed.rows.iter().map(|(_, row)| snapshot(&row.code)).collect();
            Ok(merged(source, parsed)
                .stage(scopes, None, |conn, version, rows| dong_tables::boundaries_store(conn, version, &rows)))
        }
        DongFile::Codes(parsed) => {
            Ok(merged(source, parsed).stage(vec![snapshot("code-table")], None, |conn, version, rows| {
                dong_tables::codes_store(conn, version, &rows)
            }))
        }
    }
}

fn merged<R>(source: &Source, parsed: crate::import::Parsed<R>) -> Merged<R> {
    let file = source.name.clone();
    Merged {
        layout: parsed.layout.to_owned(),
        rows: parsed.rows.into_iter().map(|(_, row)| row).collect(),
        refused: parsed
            .refused
            .into_iter()
            .map(|r| RefusedLine { file: file.clone(), line: r.line, reason: r.reason, raw: RawLine::Whole(r.raw) })
            .collect(),
        lines_read: parsed.lines_read,
        notes: parsed.notes,
    }
}

/// Do the files speak of commercial areas? Those of areas and those of dongs are imported apart.
fn areas(sources: &[Source], options: &ReadOptions) -> Result<bool> {
    let found = sources
        .iter()
        .map(|source| {
            economy::speaks_of_areas(source, options)
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
    let read = merge(sources, |s| economy::markets(s, options))?;
    let known: Vec<Place> = read.rows.iter().filter_map(|(_, place)| *place).collect();
    if known.iter().any(|place| place.crs != known[0].crs) {
        return Err(Error::bad_input(
            "The files have coordinates in different reference systems. Import them one by one.",
        ));
    }
    let (places, read) = located_where(conn, district, read, &known)?;
    // Every list is a snapshot of its own: that of the city does not replace that of the market agency.
    let lists: std::collections::BTreeSet<String> = read.rows.iter().map(|(row, _)| row.layout.clone()).collect();
    let scopes = lists.into_iter().map(|scope| Scope { scope, days: None }).collect();
    Ok(read.stage(scopes, None, move |conn, version, rows| {
        let mut places = places.into_iter();
        let rows: Vec<_> = rows
            .into_iter()
            .map(|(row, place)| economy_tables::Market {
                version_id: version,
                place: place.and_then(|_| places.next()).map(PointColumn),
                ..row
            })
            .collect();
        economy_tables::markets_store(conn, &rows)
    }))
}

fn card_sales(
    conn: &mut PgConnection,
    sources: &[Source],
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Staged> {
    let (industries, mapped) = economy_tables::known_industries(conn)?;
    let today = chrono::Utc::now().with_timezone(&seoul()).date_naive();
    let known = economy::Known { directory, industries: &industries, today };
    let mut read = merge(sources, |s| economy::card_sales(s, options, known))?;
    let strange: std::collections::BTreeSet<&str> = read
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
        economy_tables::card_sales_store(conn, &rows)
    }))
}

fn floating_population(
    conn: &mut PgConnection,
    district: &str,
    sources: &[Source],
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Staged> {
    let [source] = sources else { return Err(Error::bad_input("Import one file of floating population at a time.")) };
    let file = wifi::floating_population(source, options, directory)
        .map_err(|sentence| Error::bad_input(format!("{}: {sentence}", source.name)))?;
    match file {
        PopulationFile::Grid(parsed) => {
            let (places, read) = located(conn, district, merged(source, parsed), |r: &Placed<_>| r.place)?;
            let scopes = vec![Scope { scope: "grid".to_owned(), days: None }];
            Ok(read.stage(scopes, None, move |conn, version, rows| {
                let rows: Vec<_> = rows
                    .into_iter()
                    .zip(places)
                    .map(|(r, place)| wifi_tables::FloatingPopulation {
                        version_id: version,
                        place: PointColumn(place),
                        ..r.row
                    })
                    .collect();
                wifi_tables::floating_population_store(conn, &rows)
            }))
        }
        PopulationFile::Dongs(parsed) => {
            let read = merged(source, parsed);
            let scopes = Scope::around(read.rows.iter().map(|r| (r.dong_code.as_str(), r.starts_on)));
            let span = period(read.rows.iter().map(|r| r.starts_on));
            Ok(read.stage(scopes, span, |conn, version, mut rows| {
                rows.iter_mut().for_each(|r| r.version_id = version);
                wifi_tables::floating_population_dong_store(conn, &rows)
            }))
        }
    }
}

/// The places of all rows in degrees, and a note of how many lie inside the district.
fn located<R>(
    conn: &mut PgConnection,
    district: &str,
    read: Merged<R>,
    place: impl Fn(&R) -> Place,
) -> Result<(Vec<geo_types::Point<f64>>, Merged<R>)> {
    let raw: Vec<Place> = read.rows.iter().map(place).collect();
    located_where(conn, district, read, &raw)
}

/// These places in degrees, and a note of how many of the rows lie inside the district.
fn located_where<R>(
    conn: &mut PgConnection,
    district: &str,
    mut read: Merged<R>,
    raw: &[Place],
) -> Result<(Vec<geo_types::Point<f64>>, Merged<R>)> {
    let srid = raw.first().map_or(4326, |p| p.crs.srid());
    let pairs: Vec<(f64, f64)> = raw.iter().map(|p| (p.x, p.y)).collect();
    let places = points_to_degrees(conn, &pairs, srid)?;
    if let Some(inside) = dong_tables::points_inside(conn, district, &places)? {
        read.notes.push(format!("{inside} of {} rows lie inside the district.", read.rows.len()));
    }
    Ok((places, read))
}

/// Korea has kept UTC+9 without summer time since 1988.
pub(super) fn seoul() -> chrono::FixedOffset {
    chrono::FixedOffset::east_opt(9 * 3600).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc))
}
