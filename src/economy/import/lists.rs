//! Lists that are the same for everybody: industries, codes of the portals, the calendar.

use crate::economy::tables::{CalendarDay, Industry, IndustryCode};
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table, value};

/// The district's industries: code, name_ko, and optionally name_en, parent, contact (0 to 2), relief_eligible.
pub fn industries(source: &Source, options: &ReadOptions) -> Result<Parsed<Industry>, FileError> {
    let table = Table::read(source, options)?;
    let [code, name_ko] = table.require([Column(&["code"]), Column(&["name_ko"])])?;
    let name_en = table.column(&["name_en"]);
    let parent = table.column(&["parent"]);
    let contact = table.column(&["contact"]);
    let relief = table.column(&["relief_eligible"]);
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let contact = value::optional(cell(contact), |text| {
            text.parse::<i16>()
                .ok()
                .filter(|c| (0..=2).contains(c))
                .ok_or_else(|| format!("contact \"{text}\" is not 0, 1 or 2"))
        })?;
        Ok(vec![Industry {
            code: row.need(code, "code")?.to_owned(),
            name_ko: row.need(name_ko, "name_ko")?.to_owned(),
            name_en: cell(name_en).map(str::to_owned),
            parent: cell(parent).map(str::to_owned),
            contact,
            relief_eligible: value::optional(cell(relief), yes_or_no)?,
            version_id: 0,
        }])
    });
    parsed.refuse_duplicates(&table, |r| r.code.clone());
    Ok(parsed)
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "y" | "yes" => Ok(true),
        "0" | "false" | "n" | "no" => Ok(false),
        _ => Err(format!("\"{text}\" is neither yes nor no")),
    }
}

/// Codes of the portals: system, code, industry_code.
pub fn industry_codes(source: &Source, options: &ReadOptions) -> Result<Parsed<IndustryCode>, FileError> {
    let table = Table::read(source, options)?;
    let [system, code, own] = table.require([Column(&["system"]), Column(&["code"]), Column(&["industry_code"])])?;
    let mut parsed = Parsed::from_table("own", &table, |row| {
        Ok(vec![IndustryCode {
            system: row.need(system, "system")?.to_owned(),
            code: row.need(code, "code")?.to_owned(),
            own_code: row.need(own, "industry_code")?.to_owned(),
            version_id: 0,
        }])
    });
    parsed.refuse_duplicates(&table, |r| (r.system.clone(), r.code.clone()));
    Ok(parsed)
}

/// The calendar: date, kind, name_ko.
pub fn calendar(source: &Source, options: &ReadOptions) -> Result<Parsed<CalendarDay>, FileError> {
    let table = Table::read(source, options)?;
    let [date, kind, name] = table.require([Column(&["date"]), Column(&["kind"]), Column(&["name_ko"])])?;
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let kind = row.need(kind, "kind")?;
        if !matches!(kind, "holiday" | "seollal" | "chuseok" | "temporary" | "election") {
            return Err(format!("kind \"{kind}\" is none of holiday, seollal, chuseok, temporary, election"));
        }
        Ok(vec![CalendarDay {
            on_date: value::day(row.need(date, "date")?)?,
            kind: kind.to_owned(),
            name_ko: row.need(name, "name_ko")?.to_owned(),
            version_id: 0,
        }])
    });
    parsed.refuse_duplicates(&table, |r| (r.on_date, r.kind.clone()));
    Ok(parsed)
}
