//! Registered children by dong and age.

use chrono::NaiveDate;

use crate::childcare::tables::Children;
use crate::geo::DongDirectory;
use crate::import::value;
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table};

/// Children: the resident register by dong and age, or month, dong_code, age, children.
pub fn children(
    source: &Source,
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Parsed<Children>, FileError> {
    let table = Table::read(source, options)?;
    if let Some(region) = table.column(&["행정구역"]) {
        return register(&table, region, directory);
    }
    let [month, dong, age, persons] =
        table.require([Column(&["month"]), Column(&["dong_code"]), Column(&["age"]), Column(&["children"])])?;
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let age = value::integer(row.need(age, "age")?)?;
        Ok(vec![Children {
            dong_code: directory.resolve(row.need(dong, "dong_code")?)?.as_str().to_owned(),
            month: value::month(row.need(month, "month")?)?,
            age: i16::try_from(age)
                .ok()
                .filter(|a| (0..=18).contains(a))
                .ok_or_else(|| format!("{age} is not an age from 0 to 18"))?,
            version_id: 0,
            persons: value::count(row.need(persons, "children")?)?,
        }])
    });
    parsed.refuse_duplicates(&table, |r| (r.dong_code.clone(), r.month, r.age));
    Ok(parsed)
}

/// "2026년06월_계_0세" is a month, both sexes, an age; "서울특별시 동작구 노량진제1동(1159051000)" is a dong.
fn register(table: &Table, region: usize, directory: &DongDirectory) -> Result<Parsed<Children>, FileError> {
    let mut columns: Vec<(usize, NaiveDate, i16)> = Vec::new();
    for header in table.headers().to_vec() {
        let Some((month, rest)) = header.split_once("_계_") else { continue };
        let Some(age) = rest.strip_suffix('세').and_then(|age| age.parse::<i16>().ok()) else { continue };
        if let (Ok(month), Some(at)) = (value::month(month), table.column(&[header.as_str()]))
            && (0..=18).contains(&age)
        {
            columns.push((at, month, age));
        }
    }
    if columns.is_empty() {
        return Err("The file lacks columns such as \"2026년06월_계_0세\".".to_owned());
    }
    let mut parsed = Parsed::from_table("resident-register", table, |row| {
        let region = row.need(region, "행정구역")?;
        let code = region
            .rsplit_once('(')
            .and_then(|(_, code)| code.strip_suffix(')'))
            .ok_or_else(|| format!("\"{region}\" ends in no code"))?;
        if code.ends_with("00000") {
            return Err("the row is the total of a city or a district, not a dong".to_owned());
        }
        let dong = directory.resolve(code)?;
        let one = |(at, month, age): &(usize, NaiveDate, i16)| {
            Ok(Children {
                dong_code: dong.as_str().to_owned(),
                month: *month,
                age: *age,
                version_id: 0,
                persons: value::count(row.need(*at, "the number of children")?)?,
            })
        };
        columns.iter().map(one).collect()
    });
    parsed.refuse_duplicates(table, |r| (r.dong_code.clone(), r.month, r.age));
    Ok(parsed)
}
