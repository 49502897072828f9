//! Who is reached: today, by one set of facilities, by another, and by both. Sets are compared by people, never by names.

use geo::algorithm::Intersects;
use geo_types::MultiPolygon;

use super::demand::{Demanded, PersonHours, Sum};
use super::inputs::{CellInput, CheckedParams, WifiInputs};
use crate::error::{Sentence, both, too_many};
use crate::siting::Point;
use crate::siting::coverage::Coverage;

/// Most facilities in one set.
const MOST: usize = 1_000;

/// Person-hours a day of the people in a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// Of all of them.
    pub demand: PersonHours,
    /// By hour of the day from 0 to 23, summing to the demand.
    pub by_hour: [f64; 24],
    /// Reached by access points that work already.
    pub today: PersonHours,
    /// Reached by the first set and not today.
    pub first: PersonHours,
    /// Reached by the second set and not today.
    pub second: PersonHours,
    /// Reached by both sets and not today.
    pub both: PersonHours,
    /// Hours of cells there of which a count is masked.
    pub masked_hours: usize,
    /// Cells there. Where there are none, nothing is known of the place.
    pub cells: usize,
}

/// Whose people are asked for. Conditions are joined by "and"; none means the whole district.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// Code of a dong.
    pub dong: Option<String>,
    /// A circle in metres of the plane: middle and radius, edge included.
    pub circle: Option<((f64, f64), f64)>,
    /// An area in longitude and latitude, whose straight lines are straight in these, edge included.
    pub area: Option<MultiPolygon<f64>>,
}

impl Place {
    fn holds(&self, cell: &CellInput) -> bool {
        let in_circle = |((x, y), radius): ((f64, f64), f64)| (cell.x_m - x).hypot(cell.y_m - y) <= radius;
        let in_area = |area: &MultiPolygon<f64>| cell.place.is_some_and(|middle| area.intersects(&middle));
        self.dong.as_deref().is_none_or(|wanted| cell.dong.as_deref() == Some(wanted))
            && self.circle.is_none_or(in_circle)
            && self.area.as_ref().is_none_or(in_area)
    }
}

/// Who is reached in a place. Facilities are named kind/id. The error is a sentence.
pub fn reached(
    inputs: &WifiInputs,
    params: &CheckedParams,
    place: &Place,
    first: &[String],
    second: &[String],
) -> Result<Reached, Sentence> {
    // Sets may name facilities of any kind, whatever the run would choose from.
    let kinds = inputs.candidates.iter().map(|c| c.kind.clone()).collect();
    let params = CheckedParams { candidate_kinds: kinds, ..params.clone() };
    let demanded = Demanded::new(inputs, &params).map_err(|e| super::what_if::sentence(&e))?;
    let places = |names: &[String], what: &str| -> Result<Vec<Point>, Sentence> {
        if names.len() > MOST {
            return Err(too_many(what, what, MOST));
        }
        let place = |name: &String| {
            let is = |kind: &str, id: &str| name.split_once('/') == Some((kind, id));
            let found = demanded.candidates.iter().find(|(_, c)| is(&c.kind, &c.id));
            found.map(|(at, _)| *at).ok_or_else(|| {
                both(
                    format!(
                        "{what} names \"{name}\", which is no facility of the run; write kind/id, such as bus_stop/20101."
                    ),
                    format!(
                        "{what}의 \"{name}\"는 이 분석 실행의 시설이 아닙니다. bus_stop/20101처럼 종류/id로 적어 주십시오."
                    ),
                )
            })
        };
        names.iter().map(place).collect()
    };
    let (first, second) = (places(first, "facilities")?, places(second, "against")?);
    let cover = |sites: &[Point]| Coverage::new(sites, params.radius_dm);
    let (today, first, second) = (cover(&demanded.existing), cover(&first), cover(&second));
    let (mut by_hour, mut masked_hours, mut cells) = ([0.0; 24], 0, 0);
    let [mut all, mut now, mut by_first, mut by_second, mut by_both] = [Sum::default(); 5];
    for (cell, d) in inputs.cells.iter().zip(&demanded.demand).filter(|(cell, _)| place.holds(cell)) {
        cells += 1;
        masked_hours += cell.masked_hours();
        all.add(d);
        by_hour.iter_mut().zip(&d.by_hour).for_each(|(sum, people)| *sum += people);
        if today.covers_any(d.at) {
            now.add(d);
            continue;
        }
        let reached = (first.covers_any(d.at), second.covers_any(d.at));
        for (sum, is_reached) in
            [(&mut by_first, reached.0), (&mut by_second, reached.1), (&mut by_both, reached == (true, true))]
        {
            if is_reached {
                sum.add(d);
            }
        }
    }
    let shown = |sum: Sum| sum.shown(&params);
    Ok(Reached {
        demand: shown(all),
        by_hour,
        today: shown(now),
        first: shown(by_first),
        second: shown(by_second),
        both: shown(by_both),
        masked_hours,
        cells,
    })
}
