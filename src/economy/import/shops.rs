//! Establishments: the Seoul file by dong, the list of shops (상가정보), or our own layout.

use std::collections::BTreeMap;

use crate::economy::tables::Establishments;
use crate::geo::DongDirectory;
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table, value};

/// Reads a file of establishments.
pub fn establishments(
    source: &Source,
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Parsed<Establishments>, FileError> {
    let table = Table::read(source, options)?;
    if table.column(&["상가업소번호"]).is_some() {
        return shop_list(&table, source, options, directory);
    }
    if table.has(&[Column(&["업종대분류"]), Column(&["업종중분류"]), Column(&["주소"])]) {
        return Err("The list of openings (개업 현황) carries neither a day nor an administrative dong, only addresses of legal dongs, so it cannot be counted by dong and quarter.".to_owned());
    }
    if table.column(&["상권_코드"]).is_some() {
        return Err(
            "The file counts shops by commercial area (상권), not by dong. Import the 행정동 file instead.".to_owned()
        );
    }
    let is_seoul = table.column(&["서비스_업종_코드"]).is_some();
    let [quarter, dong, industry, shops] = table.require([
        Column(&["기준_년분기_코드", "quarter"]),
        Column(&["행정동_코드", "dong_code"]),
        Column(&["서비스_업종_코드", "industry_code"]),
        Column(&["점포_수", "establishments"]),
    ])?;
    let franchises = table.column(&["프랜차이즈_점포_수", "franchises"]);
    let opened = table.column(&["개업_점포_수", "opened"]);
    let closed = table.column(&["폐업_점포_수", "closed"]);
    let (layout, system) = if is_seoul { ("seoul-shops-dong", "seoul") } else { ("own", "own") };
    // The files of the city hold all of its districts; our own layout holds the dongs of one.
    let resolve = |text: &str| if is_seoul { directory.resolve(text) } else { directory.resolve_own(text) };
    let mut parsed = Parsed::from_table(layout, &table, |row| {
        let optional = |at: Option<usize>| value::optional(at.and_then(|at| row.get(at)), value::count);
        Ok(vec![Establishments {
            dong_code: resolve(row.need(dong, "the dong code")?)?.as_str().to_owned(),
            system: system.to_owned(),
            industry_code: row.need(industry, "the industry code")?.to_owned(),
            quarter: value::quarter(row.need(quarter, "the quarter")?)?,
            version_id: 0,
            establishments: value::count(row.need(shops, "the number of shops")?)?,
            franchises: optional(franchises)?,
            opened: optional(opened)?,
            closed: optional(closed)?,
        }])
    });
    parsed.refuse_duplicates(&table, |r| (r.dong_code.clone(), r.industry_code.clone(), r.quarter));
    Ok(parsed)
}

/// One row a shop: they are counted by dong and smallest class. The day comes from the name of the file or `--as-of`.
fn shop_list(
    table: &Table,
    source: &Source,
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Parsed<Establishments>, FileError> {
    let day = options.as_of.or_else(|| value::day_in_name(&source.name)).ok_or(
        "The list of shops carries no day, and neither does the name of the file. Say the day of the data with --as-of YYYY-MM-DD.",
    )?;
    let quarter = value::quarter(&day.to_string())?;
    let [id, dong, class] = table.require([
        Column(&["상가업소번호"]),
        Column(&["행정동코드"]),
        Column(&["상권업종소분류코드", "상권업종소분류명"]),
    ])?;
    let mut counted = BTreeMap::<(String, String), i32>::new();
    let mut seen = std::collections::BTreeSet::new();
    let checked = Parsed::from_table("shop-list", table, |row| {
        if !seen.insert(row.need(id, "상가업소번호")?.to_owned()) {
            return Err("the shop stands twice in the file".to_owned());
        }
        let dong = directory.resolve(row.need(dong, "행정동코드")?)?.as_str().to_owned();
        *counted.entry((dong, row.need(class, "상권업종소분류")?.to_owned())).or_default() += 1;
        Ok(Vec::<()>::new())
    });
    let rows = counted.into_iter().map(|((dong_code, industry_code), establishments)| {
        let row = Establishments {
            dong_code,
            system: "sbiz".to_owned(),
            industry_code,
            quarter,
            version_id: 0,
            establishments,
            franchises: None,
            opened: None,
            closed: None,
        };
        (0, row)
    });
    Ok(Parsed {
        layout: "shop-list",
        rows: rows.collect(),
        refused: checked.refused,
        lines_read: checked.lines_read,
        notes: checked.notes,
    })
}
