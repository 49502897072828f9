//! Business sentiment: the KOSIS tables, whose block label stands in the first row of each block, or our own layout.

use crate::economy::tables::Sentiment;
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table, value};

/// Reads a file of business sentiment.
pub fn bsi(source: &Source, options: &ReadOptions) -> Result<Parsed<Sentiment>, FileError> {
    let table = Table::read(source, options)?;
    match table.column(&["업종별(1)", "부문별(1)"]) {
        Some(label) => kosis(&table, label),
        None => own(&table),
    }
}

fn kosis(table: &Table, label: usize) -> Result<Parsed<Sentiment>, FileError> {
    let [month, actual, outlook] = table.require([Column(&["시점"]), Column(&["체감"]), Column(&["전망"])])?;
    let mut block: Option<String> = None;
    let mut parsed = Parsed::from_table("kosis", table, |row| {
        if let Some(name) = row.get(label) {
            block = Some(name.to_owned());
        }
        let industry = block.clone().ok_or("no block label stands above the row")?;
        Ok(vec![Sentiment {
            area: "national".to_owned(),
            system: "bsi".to_owned(),
            industry_code: industry,
            month: value::month(row.need(month, "시점")?)?,
            version_id: 0,
            actual: value::optional(row.get(actual).filter(|cell| *cell != "-"), value::decimal)?,
            outlook: value::optional(row.get(outlook).filter(|cell| *cell != "-"), value::decimal)?,
            respondents: None,
        }])
    });
    parsed.refuse_duplicates(table, |r| (r.industry_code.clone(), r.month));
    Ok(parsed)
}

fn own(table: &Table) -> Result<Parsed<Sentiment>, FileError> {
    let [month, area, industry, actual, outlook] = table.require([
        Column(&["month"]),
        Column(&["area"]),
        Column(&["industry_code"]),
        Column(&["actual"]),
        Column(&["outlook"]),
    ])?;
    let respondents = table.column(&["respondents"]);
    let mut parsed = Parsed::from_table("own", table, |row| {
        Ok(vec![Sentiment {
            area: row.need(area, "area")?.to_owned(),
            system: "own".to_owned(),
            industry_code: row.need(industry, "industry_code")?.to_owned(),
            month: value::month(row.need(month, "month")?)?,
            version_id: 0,
            actual: value::optional(row.get(actual), value::decimal)?,
            outlook: value::optional(row.get(outlook), value::decimal)?,
            respondents: value::optional(respondents.and_then(|at| row.get(at)), value::count)?,
        }])
    });
    parsed.refuse_duplicates(table, |r| (r.area.clone(), r.industry_code.clone(), r.month));
    Ok(parsed)
}
