//! Daycare centres (어린이집), in the layouts of Seoul, of the country, and our own.

use crate::childcare::tables::DaycareCentre;
use crate::import::value::{self, Place, PointColumns};
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table};

/// Daycare centres: the Seoul standard file (62 columns), the national one (24), or name, lon, lat, capacity,
/// enrolled. Only centres that are open are taken. One without coordinates is kept without a place: it has children.
pub fn daycare_centres(
    source: &Source,
    options: &ReadOptions,
) -> Result<Parsed<(DaycareCentre, Option<Place>)>, FileError> {
    let table = Table::read(source, options)?;
    let [name, capacity] = table.require([Column(&["어린이집명", "name"]), Column(&["정원", "정원수", "capacity"])])?;
    let points = PointColumns::find(&table, options.crs)
        .ok_or("The file lacks columns with coordinates (위도 and 경도, or lon and lat).")?;
    let id = table.column(&["어린이집코드", "id"]);
    let kind = table.column(&["어린이집유형", "어린이집유형구분", "kind"]);
    let state = table.column(&["운영현황"]);
    let area = table.column(&["시군구명", "시군구"]);
    let enrolled = table.column(&["현원", "현원수", "enrolled"]);
    let waiting = table.column(&["waiting"]);
    let services = table.column(&["제공서비스"]);
    let part_time = table.column(&["part_time"]);
    let layout = match (state.is_some(), id.is_some()) {
        (true, true) => "seoul-daycare",
        (true, false) => "national-daycare",
        _ => "own",
    };
    let mut parsed = Parsed::from_table(layout, &table, |row| {
        if let Some(at) = state {
            match row.get(at) {
                Some("정상" | "재개") => {}
                other => return Err(format!("the centre is not open (운영현황 \"{}\")", other.unwrap_or(""))),
            }
        }
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let part_time = match (cell(services), cell(part_time)) {
            (Some(services), _) => Some(services.contains("시간제보육")),
            (None, Some(flag)) => Some(matches!(flag.to_ascii_lowercase().as_str(), "1" | "y" | "true")),
            (None, None) => None,
        };
        let name = row.need(name, "어린이집명")?;
        let centre = DaycareCentre {
            version_id: 0,
            id: cell(id).map_or_else(|| row.line().to_string(), str::to_owned),
            name: name.to_owned(),
            kind: cell(kind).map(str::to_owned),
            capacity: value::count(row.need(capacity, "정원")?)?,
            enrolled: value::optional(cell(enrolled), value::count)?,
            waiting: value::optional(cell(waiting), value::count)?,
            part_time,
            area: cell(area).map(str::to_owned),
            place: None,
        };
        Ok(vec![(centre, points.read_optional(row)?)])
    });
    parsed.refuse_duplicates(&table, |(centre, _)| centre.id.clone());
    let nowhere = parsed.rows.iter().filter(|(_, (_, place))| place.is_none()).count();
    if nowhere > 0 {
        parsed
            .notes
            .push(format!("{nowhere} centres have no coordinates: they are counted, but not placed on the map."));
    }
    Ok(parsed)
}
