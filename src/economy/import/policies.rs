//! Policy events, in our own layout: there is no official one.

use crate::economy::tables::PolicyEvent;
use crate::geo::DongDirectory;
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table, value};

/// Reads code, name_ko, starts_on, ends_on, kind, and optionally name_en, industries, dongs, source. Lists are joined
/// by ";".
pub fn policy_events(
    source: &Source,
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Parsed<PolicyEvent>, FileError> {
    let table = Table::read(source, options)?;
    let [code, name_ko, starts_on, ends_on, kind] = table.require([
        Column(&["code"]),
        Column(&["name_ko"]),
        Column(&["starts_on"]),
        Column(&["ends_on"]),
        Column(&["kind"]),
    ])?;
    let [name_en, industries, dongs, origin] =
        ["name_en", "industries", "dongs", "source"].map(|name| table.column(&[name]));
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let list = |at: Option<usize>| -> Vec<&str> {
            cell(at).unwrap_or("").split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
        };
        let kind = row.need(kind, "kind")?;
        if !matches!(kind, "subsidy" | "distancing" | "other") {
            return Err(format!("kind \"{kind}\" is none of subsidy, distancing, other"));
        }
        let starts_on = value::day(row.need(starts_on, "starts_on")?)?;
        let ends_on = value::optional(row.get(ends_on), value::day)?;
        if ends_on.is_some_and(|end| end < starts_on) {
            return Err("ends_on lies before starts_on".to_owned());
        }
        let dongs = list(dongs)
            .iter()
            .map(|code| directory.resolve(code).map(|dong| Some(dong.as_str().to_owned())))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(vec![PolicyEvent {
            code: row.need(code, "code")?.to_owned(),
            name_ko: row.need(name_ko, "name_ko")?.to_owned(),
            name_en: cell(name_en).map(str::to_owned),
            starts_on,
            ends_on,
            kind: kind.to_owned(),
            industries: list(industries).into_iter().map(|code| Some(code.to_owned())).collect(),
            dongs,
            source: cell(origin).map(str::to_owned),
            version_id: 0,
        }])
    });
    parsed.refuse_duplicates(&table, |r| r.code.clone());
    Ok(parsed)
}
