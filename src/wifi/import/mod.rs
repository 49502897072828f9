//! Files about Wi-Fi, by layout: people, facilities, access points, requests.

mod public_spaces;

pub use public_spaces::{PublicSpaceRow, public_spaces};

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::tables::{AccessPoint, Building, Facility, FloatingPopulation, FloatingPopulationDong, WifiRequest};
use crate::db::geometry::PointColumn;
use crate::geo::DongDirectory;
use crate::import::value::{self, Place, PointColumns};
use crate::import::{Column, FileError, Parsed, ReadOptions, Row, Source, Table};
use crate::text::mask::mask;

/// A row whose place may still be in metres of a projection.
#[derive(Debug, Clone)]
pub struct Placed<R> {
    /// The row; its own place is not right yet.
    pub row: R,
    /// Where the file says it is.
    pub place: Place,
}

/// A place that [`Placed`] will replace.
const NOWHERE: PointColumn = PointColumn(geo_types::Point(geo_types::Coord { x: 0.0, y: 0.0 }));

fn points(table: &Table, options: &ReadOptions) -> Result<PointColumns, FileError> {
    PointColumns::find(table, options.crs).ok_or_else(|| {
        format!(
            "The file lacks columns with coordinates (위도 and 경도, or lon and lat). Its columns are: {}.",
            table.headers().join(", ")
        )
    })
}

/// Bus stops in the three header forms of the Seoul file, or id, name, lon, lat.
pub fn bus_stops(source: &Source, options: &ReadOptions) -> Result<Parsed<Placed<Facility>>, FileError> {
    let table = Table::read(source, options)?;
    let [id, name] = table.require([Column(&["노드 ID", "NODE_ID", "id"]), Column(&["정류소명", "name"])])?;
    let layout = if table.column(&["노드 ID", "NODE_ID"]).is_some() { "seoul-bus-stops" } else { "own" };
    of_kind(&table, options, layout, "bus_stop", id, Some(name))
}

/// Streetlights: 관리번호, 위도, 경도, or id, lon, lat.
pub fn streetlights(source: &Source, options: &ReadOptions) -> Result<Parsed<Placed<Facility>>, FileError> {
    let table = Table::read(source, options)?;
    let [id] = table.require([Column(&["관리번호", "manage_no", "id"])])?;
    let layout = if table.column(&["관리번호"]).is_some() { "seoul-streetlights" } else { "own" };
    of_kind(&table, options, layout, "streetlight", id, None)
}

/// Parks (서울시 주요 공원현황), stations (서울시 역사마스터), senior centres (경로당), or kind, name, lon, lat and optionally id and
/// install_cost_won. Several files make one version together.
pub fn facilities(source: &Source, options: &ReadOptions) -> Result<Parsed<Placed<Facility>>, FileError> {
    let table = Table::read(source, options)?;
    let known = [
        ("seoul-parks", "park", "연번", "공원명"),
        ("seoul-stations", "subway_station", "역사_ID", "역사명"),
        ("senior-centres", "senior_centre", "인허가번호", "사업장명"),
    ];
    for (layout, kind, id, name) in known {
        if let (Some(id), Some(name)) = (table.column(&[id]), table.column(&[name])) {
            return of_kind(&table, options, layout, kind, id, Some(name));
        }
    }
    let [kind, name] = table.require([Column(&["kind"]), Column(&["name"])])?;
    let (id, cost) = (table.column(&["id"]), table.column(&["install_cost_won"]));
    let points = points(&table, options)?;
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let name = row.need(name, "the name")?.to_owned();
        let row = Placed {
            place: points.read(row)?,
            row: Facility {
                version_id: 0,
                kind: row.need(kind, "the kind")?.to_owned(),
                id: id.map_or(Ok(name.as_str()), |at| row.need(at, "the id"))?.to_owned(),
                name: Some(name),
                place: NOWHERE,
                install_cost_won: cost.and_then(|at| row.get(at)).map(won).transpose()?,
            },
        };
        Ok(vec![row])
    });
    parsed.refuse_duplicates(&table, |r| format!("{}/{}", r.row.kind, r.row.id));
    Ok(parsed)
}

/// Buildings: floor_area_m2, lon, lat and optionally id. 연면적(㎡) is read as the floor area.
pub fn buildings(source: &Source, options: &ReadOptions) -> Result<Parsed<Placed<Building>>, FileError> {
    let table = Table::read(source, options)?;
    let [floor_area] = table.require([Column(&["floor_area_m2", "연면적(㎡)", "연면적"])])?;
    let id = table.column(&["id", "관리건축물대장PK"]);
    let points = points(&table, options)?;
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let text = row.need(floor_area, "floor_area_m2")?;
        let floor_area_m2 = value::decimal(text)?;
        // The largest building of the country has about a million square metres.
        if !(0.0..=10_000_000.0).contains(&floor_area_m2) {
            return Err(format!("floor_area_m2 \"{text}\" is not from 0 to 10,000,000"));
        }
        let id = id.map_or_else(|| Ok(row.line().to_string()), |at| row.need(at, "the id").map(str::to_owned))?;
        Ok(vec![Placed {
            place: points.read(row)?,
            row: Building { version_id: 0, id, floor_area_m2, place: NOWHERE },
        }])
    });
    parsed.refuse_duplicates(&table, |r| r.row.id.clone());
    Ok(parsed)
}

fn won(text: &str) -> Result<i64, String> {
    let won = text.replace(',', "").trim().parse::<i64>().ok().filter(|won| (1..=10_000_000_000).contains(won));
    won.ok_or_else(|| format!("install_cost_won \"{text}\" is no whole number from 1 to 10,000,000,000"))
}

fn of_kind(
    table: &Table,
    options: &ReadOptions,
    layout: &'static str,
    kind: &str,
    id: usize,
    name: Option<usize>,
) -> Result<Parsed<Placed<Facility>>, FileError> {
    let points = points(table, options)?;
    let mut parsed = Parsed::from_table(layout, table, |row| {
        let row = Placed {
            place: points.read(row)?,
            row: Facility {
                version_id: 0,
                kind: kind.to_owned(),
                id: row.need(id, "the id")?.to_owned(),
                name: name.and_then(|at| row.get(at)).map(str::to_owned),
                place: NOWHERE,
                install_cost_won: None,
            },
        };
        Ok(vec![row])
    });
    parsed.refuse_duplicates(table, |r| r.row.id.clone());
    Ok(parsed)
}

/// Access points: the Seoul list (OA-20883), the national list, the list of 2021, or id, lon, lat.
pub fn access_points(source: &Source, options: &ReadOptions) -> Result<Parsed<Placed<AccessPoint>>, FileError> {
    let table = Table::read(source, options)?;
    let points = points(&table, options)?;
    let year = table.column(&["설치년도", "설치년월", "installed_on"]);
    let place_name = table.column(&["와이파이명", "설치장소명", "place"]);
    let indoor = table.column(&["실내외구분", "indoor"]);
    let (layout, id) = if let Some(id) = table.column(&["관리번호"]) {
        ("seoul-wifi", Some(id))
    } else if table.column(&["설치장소명"]).is_some() {
        ("national-wifi", None)
    } else if table.column(&["자치구"]).is_some() {
        // The column called id numbers the districts there; the nameless first one numbers the rows.
        ("seoul-wifi-2021", table.column(&[""]))
    } else {
        let [id] = table.require([Column(&["id"])])?;
        ("own", Some(id))
    };
    let mut parsed = Parsed::from_table(layout, &table, |row| {
        let id = match id {
            Some(at) => row.need(at, "the id")?.to_owned(),
            None => row.line().to_string(),
        };
        let row = Placed {
            place: points.read(row)?,
            row: AccessPoint {
                version_id: 0,
                id,
                installed_on: year.and_then(|at| row.get(at)).and_then(installed_on),
                place_name: place_name.and_then(|at| row.get(at)).map(str::to_owned),
                indoor: indoor.and_then(|at| row.get(at)).and_then(is_indoor),
                place: NOWHERE,
            },
        };
        Ok(vec![row])
    });
    parsed.refuse_duplicates(&table, |r| r.row.id.clone());
    Ok(parsed)
}

/// A day, a month or a bare year; nothing when it is none of them, because the point is good without it.
fn installed_on(text: &str) -> Option<NaiveDate> {
    let year = || {
        text.parse::<i32>().ok().filter(|y| (1990..=2100).contains(y)).and_then(|y| NaiveDate::from_ymd_opt(y, 1, 1))
    };
    value::day(text).ok().or_else(|| value::month(text).ok()).or_else(year)
}

fn is_indoor(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "실내" | "true" | "1" | "y" => Some(true),
        "실외" | "false" | "0" | "n" => Some(false),
        _ => None,
    }
}

/// Requests: requested_on, lon, lat, and optionally requested_kind, requester, reason. The reason is masked here,
/// before anything else sees it.
pub fn wifi_requests(source: &Source, options: &ReadOptions) -> Result<Parsed<Placed<WifiRequest>>, FileError> {
    let table = Table::read(source, options)?;
    let [on] = table.require([Column(&["requested_on"])])?;
    let points = points(&table, options)?;
    let kind = table.column(&["requested_kind"]);
    let requester = table.column(&["requester"]);
    let reason = table.column(&["reason"]);
    let one_of = |cell: Option<&str>, known: &[&str], default: &str, what: &str| match cell {
        None => Ok(default.to_owned()),
        Some(text) if known.contains(&text) => Ok(text.to_owned()),
        Some(text) => Err(format!("{what} \"{text}\" is none of {}", known.join(", "))),
    };
    Ok(Parsed::from_table("own", &table, |row| {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let row = Placed {
            place: points.read(row)?,
            row: WifiRequest {
                version_id: 0,
                id: row.line().to_string(),
                requested_on: value::day(row.need(on, "requested_on")?)?,
                requested_kind: one_of(
                    cell(kind),
                    &["wifi", "bus_stop", "streetlight", "other"],
                    "wifi",
                    "requested_kind",
                )?,
                requester: one_of(cell(requester), &["citizen", "department"], "unknown", "requester")?,
                reason_masked: cell(reason).map(|text| mask(text).text),
                place: NOWHERE,
            },
        };
        Ok(vec![row])
    }))
}

/// What a file of the dataset `floating-population` holds.
#[derive(Debug)]
pub enum PopulationFile {
    /// By hour on a grid.
    Grid(Parsed<Placed<FloatingPopulation>>),
    /// By dong and band of hours.
    Dongs(Parsed<FloatingPopulationDong>),
}

/// Floating population: our grid, the quarterly file by dong, or the daily living population by dong.
pub fn floating_population(
    source: &Source,
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<PopulationFile, FileError> {
    let table = Table::read(source, options)?;
    if table.column(&["상권_코드"]).is_some() {
        return Err(
            "The file counts people by commercial area (상권), not by dong or cell. Import the 행정동 file instead."
                .to_owned(),
        );
    }
    if table.has(&[Column(&["기준_년분기_코드"]), Column(&["시간대_00_06_유동인구_수"])]) {
        return quarterly(&table, directory).map(PopulationFile::Dongs);
    }
    if table.has(&[Column(&["기준일ID"]), Column(&["시간대구분"])]) {
        return living(&table, directory).map(PopulationFile::Dongs);
    }
    grid(&table, options).map(PopulationFile::Grid)
}

fn grid(table: &Table, options: &ReadOptions) -> Result<Parsed<Placed<FloatingPopulation>>, FileError> {
    let [day_type, hour, people] = table.require([Column(&["day_type"]), Column(&["hour"]), Column(&["people"])])?;
    let points = points(table, options)?;
    let cell_m = table.column(&["cell_m"]);
    let mut parsed = Parsed::from_table("own-grid", table, |row| {
        let day_type = row.need(day_type, "day_type")?;
        if !matches!(day_type, "weekday" | "weekend") {
            return Err(format!("day_type \"{day_type}\" is neither weekday nor weekend"));
        }
        let place = points.read(row)?;
        let row = FloatingPopulation {
            version_id: 0,
            cell: format!("{:.6},{:.6}", place.x, place.y),
            day_type: day_type.to_owned(),
            hour: hour_of(row.need(hour, "hour")?)?,
            people: persons(row.need(people, "people")?)?,
            cell_m: value::optional(cell_m.and_then(|at| row.get(at)), value::count)?.unwrap_or(100).max(1),
            place: NOWHERE,
        };
        Ok(vec![Placed { row, place }])
    });
    parsed.refuse_duplicates(table, |r| (r.row.cell.clone(), r.row.day_type.clone(), r.row.hour));
    Ok(parsed)
}

fn hour_of(text: &str) -> Result<i16, String> {
    i16::try_from(value::integer(text)?)
        .ok()
        .filter(|h| (0..=23).contains(h))
        .ok_or_else(|| format!("\"{text}\" is not an hour from 0 to 23"))
}

/// `*` stands for three persons or fewer: known to be small, but not known.
fn persons(text: &str) -> Result<Option<f64>, String> {
    if text == "*" {
        return Ok(None);
    }
    value::decimal(text).and_then(|x| if x >= 0.0 { Ok(Some(x)) } else { Err(format!("{x} persons cannot be")) })
}

fn quarterly(table: &Table, directory: &DongDirectory) -> Result<Parsed<FloatingPopulationDong>, FileError> {
    const BANDS: [(&str, i16, i16); 6] = [
        ("시간대_00_06_유동인구_수", 0, 6),
        ("시간대_06_11_유동인구_수", 6, 11),
        ("시간대_11_14_유동인구_수", 11, 14),
        ("시간대_14_17_유동인구_수", 14, 17),
        ("시간대_17_21_유동인구_수", 17, 21),
        ("시간대_21_24_유동인구_수", 21, 24),
    ];
    let [quarter, dong] = table.require([Column(&["기준_년분기_코드"]), Column(&["행정동_코드"])])?;
    let bands = BANDS
        .iter()
        .map(|(name, from, to)| Ok((table.require([Column(std::slice::from_ref(name))])?[0], *from, *to)))
        .collect::<Result<Vec<_>, FileError>>()?;
    let mut parsed = Parsed::from_table("seoul-floating-dong", table, |row| {
        let code = directory.resolve(row.need(dong, "행정동_코드")?)?;
        let starts_on = value::quarter(row.need(quarter, "기준_년분기_코드")?)?;
        bands.iter().map(|(at, from, to)| band(row, *at, code.as_str(), starts_on, "quarter", *from, *to)).collect()
    });
    parsed.refuse_duplicates(table, |r| (r.dong_code.clone(), r.starts_on, r.hour_from));
    Ok(parsed)
}

fn living(table: &Table, directory: &DongDirectory) -> Result<Parsed<FloatingPopulationDong>, FileError> {
    if table.column(&["집계구코드"]).is_some() {
        return Err("The file counts people by census output area (집계구), whose boundaries are not imported. Import the 행정동 file instead.".to_owned());
    }
    let [day, hour, dong, people] = table.require([
        Column(&["기준일ID"]),
        Column(&["시간대구분"]),
        Column(&["행정동코드"]),
        Column(&["총생활인구수"]),
    ])?;
    let mut parsed = Parsed::from_table("seoul-living-dong", table, |row| {
        let code = directory.resolve(row.need(dong, "행정동코드")?)?;
        let from = hour_of(row.need(hour, "시간대구분")?)?;
        Ok(vec![band(row, people, code.as_str(), value::day(row.need(day, "기준일ID")?)?, "day", from, from + 1)?])
    });
    parsed.refuse_duplicates(table, |r| (r.dong_code.clone(), r.starts_on, r.hour_from));
    Ok(parsed)
}

fn band(
    row: &Row<'_>,
    at: usize,
    dong: &str,
    starts_on: NaiveDate,
    grain: &str,
    from: i16,
    to: i16,
) -> Result<FloatingPopulationDong, String> {
    Ok(FloatingPopulationDong {
        dong_code: dong.to_owned(),
        starts_on,
        grain: grain.to_owned(),
        hour_from: from,
        hour_to: to,
        version_id: 0,
        people: persons(row.need(at, "the number of people")?)?,
    })
}

/// Distinct places, for a note about rows that share one.
pub fn distinct_places<R>(rows: &[Placed<R>]) -> usize {
    rows.iter().map(|r| (r.place.x.to_bits(), r.place.y.to_bits())).collect::<BTreeSet<_>>().len()
}
