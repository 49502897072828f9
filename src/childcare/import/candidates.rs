//! Candidate sites (후보지): buildings in which a childcare service could open, in our own layout.

use crate::childcare::tables::Candidate;
use crate::db::geometry::PointColumn;
use crate::import::value::{self, Place, PointColumns};
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table};

/// [`candidates`] replaces it.
const NOWHERE: PointColumn = PointColumn(geo_types::Point(geo_types::Coord { x: 0.0, y: 0.0 }));

/// id, name, lon, lat, kind, and optionally cost_won, all_day, part_time. A candidate that says neither is fit for
/// both; one that says no to both is refused.
pub fn candidates(source: &Source, options: &ReadOptions) -> Result<Parsed<(Candidate, Place)>, FileError> {
    let table = Table::read(source, options)?;
    let [id, name, kind] = table.require([Column(&["id"]), Column(&["name"]), Column(&["kind"])])?;
    let points = PointColumns::find(&table, options.crs)
        .ok_or("The file lacks columns with coordinates (위도 and 경도, or lon and lat).")?;
    let cost = table.column(&["cost_won"]);
    let all_day = table.column(&["all_day"]);
    let part_time = table.column(&["part_time"]);
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let fit = |at: Option<usize>, name: &str| cell(at).map_or(Ok(true), |text| flag(text, name));
        let cost_won = value::optional(cell(cost), value::integer)?;
        if cost_won.is_some_and(|won| won <= 0) {
            return Err("cost_won must be above 0, or empty where it is unknown".to_owned());
        }
        let candidate = Candidate {
            version_id: 0,
            id: row.need(id, "id")?.to_owned(),
            name: row.need(name, "name")?.to_owned(),
            kind: row.need(kind, "kind")?.to_owned(),
            cost_won,
            all_day: fit(all_day, "all_day")?,
            part_time: fit(part_time, "part_time")?,
            place: NOWHERE,
        };
        if !candidate.all_day && !candidate.part_time {
            return Err("the candidate is fit for neither all-day nor part-time care".to_owned());
        }
        Ok(vec![(candidate, points.read(row)?)])
    });
    parsed.refuse_duplicates(&table, |(candidate, _)| candidate.id.clone());
    Ok(parsed)
}

fn flag(text: &str, name: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "y" | "yes" | "true" => Ok(true),
        "0" | "n" | "no" | "false" => Ok(false),
        _ => Err(format!("{name} is \"{text}\", but must be 1 or 0")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed<(Candidate, Place)> {
        let source = Source { name: "c.csv".into(), bytes: text.as_bytes().to_vec() };
        candidates(&source, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn a_candidate_says_what_it_costs_and_what_it_is_fit_for() {
        let parsed = read(
            "id,name,lon,lat,kind,cost_won,all_day,part_time\n\
             1,가,126.95,37.5,community_centre,300000000,1,0\n2,나,37.5,126.95,apartment,,,\n",
        );
        let rows: Vec<_> =
            parsed.rows.iter().map(|(_, (c, p))| (c.cost_won, c.all_day, c.part_time, (p.x, p.y))).collect();
        assert_eq!(rows, [(Some(300_000_000), true, false, (126.95, 37.5)), (None, true, true, (126.95, 37.5))]);
    }

    #[test]
    fn a_candidate_without_a_place_or_a_use_or_with_a_senseless_cost_is_refused() {
        let parsed = read(
            "id,name,lon,lat,kind,cost_won,all_day,part_time\n1,가,,,x,1,1,1\n2,나,126.95,37.5,x,1,0,0\n\
             3,다,126.95,37.5,x,0,1,1\n4,라,126.95,37.5,x,1,maybe,1\n5,마,126.95,37.5,x,1,1,1\n5,바,126.95,37.5,x,1,1,1\n",
        );
        assert_eq!((parsed.rows.len(), parsed.refused.len()), (1, 5));
    }
}
