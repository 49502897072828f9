//! Use of childcare places (시간제보육 이용) by month and band of hours, in our own layout.

use crate::childcare::tables::CareUse;
use crate::geo::DongDirectory;
use crate::import::value;
use crate::import::{Column, FileError, Parsed, ReadOptions, Row, Source, Table};

/// month, centre or dong_code, kind (all_day, part_time), hour_band (as in 09-12), places, used.
pub fn usage(source: &Source, options: &ReadOptions, directory: &DongDirectory) -> Result<Parsed<CareUse>, FileError> {
    let table = Table::read(source, options)?;
    let [month, kind, band, places, used] = table.require([
        Column(&["month"]),
        Column(&["kind"]),
        Column(&["hour_band"]),
        Column(&["places"]),
        Column(&["used"]),
    ])?;
    let dong = table.column(&["dong_code"]);
    let centre = table.column(&["centre"]);
    if dong.is_none() && centre.is_none() {
        return Err("The file lacks a column dong_code or centre.".to_owned());
    }
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let (hour_from, hour_to) = hours(row, band)?;
        let read = CareUse {
            version_id: 0,
            line: i64::try_from(row.line()).map_err(|_| "the file is too long".to_owned())?,
            month: value::month(row.need(month, "month")?)?,
            dong_code: cell(dong).map(|code| directory.resolve(code)).transpose()?.map(|code| code.as_str().to_owned()),
            centre: cell(centre).map(str::to_owned),
            kind: match row.need(kind, "kind")? {
                known @ ("all_day" | "part_time") => known.to_owned(),
                other => return Err(format!("kind is \"{other}\", but must be all_day or part_time")),
            },
            hour_from,
            hour_to,
            places: value::count(row.need(places, "places")?)?,
            used: value::count(row.need(used, "used")?)?,
        };
        if read.dong_code.is_none() && read.centre.is_none() {
            return Err("dong_code and centre are both empty".to_owned());
        }
        Ok(vec![read])
    });
    parsed.refuse_duplicates(&table, |r| {
        (r.month, r.dong_code.clone(), r.centre.clone(), r.kind.clone(), r.hour_from, r.hour_to)
    });
    Ok(parsed)
}

/// "09-12" are the hours from 9 to 12 o'clock.
fn hours(row: &Row<'_>, band: usize) -> Result<(i16, i16), String> {
    let text = row.need(band, "hour_band")?;
    text.split_once(['-', '~'])
        .and_then(|(from, to)| Some((from.trim().parse::<i16>().ok()?, to.trim().parse::<i16>().ok()?)))
        .filter(|(from, to)| (0..24).contains(from) && from < to && *to <= 24)
        .ok_or_else(|| format!("hour_band is \"{text}\", but must be hours such as 09-12"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Parsed<CareUse>, FileError> {
        let source = Source { name: "u.csv".into(), bytes: text.as_bytes().to_vec() };
        usage(&source, &ReadOptions::default(), &DongDirectory::default())
    }

    #[test]
    fn a_line_says_month_place_kind_hours_places_and_use() {
        let parsed = read("month,centre,kind,hour_band,places,used\n2020-06,가람,part_time,09-12,60,41\n").unwrap();
        let row = &parsed.rows[0].1;
        assert_eq!((row.month.to_string().as_str(), row.hour_from, row.hour_to), ("2020-06-01", 9, 12));
        assert_eq!((row.places, row.used, row.centre.as_deref()), (60, 41, Some("가람")));
    }

    #[test]
    fn senseless_lines_are_refused_and_a_file_without_a_place_is_refused_whole() {
        let parsed = read(
            "month,centre,kind,hour_band,places,used\n2020-06,a,night,09-12,1,1\n2020-06,a,part_time,12-9,1,1\n\
             2020-06,a,part_time,9-25,1,1\n2020-06,,part_time,9-12,1,1\n2020-06,a,part_time,9-12,-1,1\n\
             2020-06,a,part_time,9-12,1,1\n2020-06,a,part_time,09-12,2,2\n",
        )
        .unwrap();
        assert_eq!((parsed.rows.len(), parsed.refused.len()), (1, 6));
        assert!(read("month,kind,hour_band,places,used\n").unwrap_err().contains("dong_code"));
    }
}
