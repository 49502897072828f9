//! New cases a day: the Seoul list (one row a case), the cumulative table of DS4C, the daily dump of the ministry, or
//! our own layout.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::economy::tables::CovidCases;
use crate::import::{Column, FileError, Parsed, ReadOptions, Refusal, Source, Table, value};

/// Reads a file of cases. `district` is the code under which a list of one district is kept.
pub fn covid_cases(source: &Source, options: &ReadOptions, district: &str) -> Result<Parsed<CovidCases>, FileError> {
    let table = Table::read(source, options)?;
    if let Some(day) = table.column(&["확진일"]) {
        return case_list(&table, day, source, options, district);
    }
    if table.column(&["stdDay"]).is_some() {
        return ministry(&table);
    }
    if table.has(&[Column(&["province"]), Column(&["confirmed"])]) {
        return cumulative(&table);
    }
    let [date, area, cases] = table.require([Column(&["date"]), Column(&["area"]), Column(&["new_cases"])])?;
    let mut parsed = Parsed::from_table("own", &table, |row| {
        Ok(vec![CovidCases {
            area: row.need(area, "area")?.to_owned(),
            on_date: value::day(row.need(date, "date")?)?,
            version_id: 0,
            new_cases: value::count(row.need(cases, "new_cases")?)?,
        }])
    });
    parsed.refuse_duplicates(&table, |r| (r.area.clone(), r.on_date));
    Ok(parsed)
}

/// One row a case. A day of the span without a row had no case: the list is complete.
fn case_list(
    table: &Table,
    day: usize,
    source: &Source,
    options: &ReadOptions,
    district: &str,
) -> Result<Parsed<CovidCases>, FileError> {
    let region = table.column(&["지역"]);
    let regions: std::collections::BTreeSet<&str> =
        table.rows().filter_map(|row| region.and_then(|at| row.get(at))).collect();
    let area = if regions.len() == 1 { district.to_owned() } else { "seoul".to_owned() };
    let not_after = options.as_of.or_else(|| value::day_in_name(&source.name));
    let mut counted = BTreeMap::<NaiveDate, i32>::new();
    let checked = Parsed::from_table("seoul-case-list", table, |row| {
        let text = row.need(day, "확진일")?;
        let on = value::day(text).or_else(|reason| match not_after {
            Some(day) => value::day_without_year(text, day),
            None => Err(format!("{reason}; a day without a year needs --as-of, or a date in the name of the file")),
        })?;
        *counted.entry(on).or_default() += 1;
        Ok(Vec::<()>::new())
    });
    let mut rows = Vec::new();
    if let (Some((first, _)), Some((last, _))) = (counted.first_key_value(), counted.last_key_value()) {
        for on_date in first.iter_days().take_while(|d| d <= last) {
            let new_cases = counted.get(&on_date).copied().unwrap_or(0);
            rows.push((0, CovidCases { area: area.clone(), on_date, version_id: 0, new_cases }));
        }
    }
    let mut notes = checked.notes;
    if regions.len() == 1 {
        notes.push(format!(
            "All cases are of {}; they are kept for the area {area}.",
            regions.iter().copied().collect::<String>()
        ));
    }
    Ok(Parsed { layout: "seoul-case-list", rows, refused: checked.refused, lines_read: checked.lines_read, notes })
}

/// Cumulative cases by province. The first day of a province has no day before it, so it gives no difference.
fn cumulative(table: &Table) -> Result<Parsed<CovidCases>, FileError> {
    let [date, province, confirmed] =
        table.require([Column(&["date"]), Column(&["province"]), Column(&["confirmed"])])?;
    let read = Parsed::from_table("ds4c-time-province", table, |row| {
        let area = row.need(province, "province")?.to_lowercase();
        Ok(vec![(area, value::day(row.need(date, "date")?)?, value::count(row.need(confirmed, "confirmed")?)?)])
    });
    let mut sorted = read.rows;
    sorted.sort_by(|a, b| (&a.1.0, a.1.1).cmp(&(&b.1.0, b.1.1)));
    let mut parsed = Parsed {
        layout: "ds4c-time-province",
        rows: Vec::new(),
        refused: read.refused,
        lines_read: read.lines_read,
        notes: read.notes,
    };
    let mut before: Option<(String, NaiveDate, i32)> = None;
    for (line, (area, on_date, total)) in sorted {
        let difference = match &before {
            Some((a, d, earlier)) if *a == area && d.succ_opt() == Some(on_date) => Some(total - earlier),
            // A count of zero on the first day says that there was none.
            _ if total == 0 => Some(0),
            _ => None,
        };
        match difference {
            Some(new_cases) if new_cases >= 0 => {
                parsed.rows.push((line, CovidCases { area: area.clone(), on_date, version_id: 0, new_cases }))
            }
            Some(_) => parsed.refused.push(refusal(table, line, "the cumulative count falls")),
            None => parsed.refused.push(refusal(table, line, "there is no count of the day before to compare with")),
        }
        before = Some((area, on_date, total));
    }
    Ok(parsed)
}

fn refusal(table: &Table, line: u64, reason: &str) -> Refusal {
    Refusal { line, reason: reason.to_owned(), raw: table.raw_line(line).to_owned() }
}

/// The dump of the ministry: one row a day and province, "합계" for the country.
fn ministry(table: &Table) -> Result<Parsed<CovidCases>, FileError> {
    let [day, province, cases] = table.require([Column(&["stdDay"]), Column(&["gubun"]), Column(&["incDec"])])?;
    let mut parsed = Parsed::from_table("ministry-by-province", table, |row| {
        let area = match row.need(province, "gubun")? {
            "서울" => "seoul".to_owned(),
            "합계" => "national".to_owned(),
            other => other.to_owned(),
        };
        Ok(vec![CovidCases {
            area,
            on_date: value::day(row.need(day, "stdDay")?)?,
            version_id: 0,
            new_cases: value::count(row.need(cases, "incDec")?)?,
        }])
    });
    parsed.refuse_duplicates(table, |r| (r.area.clone(), r.on_date));
    Ok(parsed)
}
