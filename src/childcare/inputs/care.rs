//! Centres, and the use of their places.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Double, Integer, Nullable, SmallInt, Text};

use crate::childcare::analysis::{CareKind, CentreInput, UseInput};
use crate::db::While;
use crate::db::schema::dong_code;
use crate::error::{Error, Result};

#[derive(QueryableByName)]
struct CentreRow {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    kind: Option<String>,
    #[diesel(sql_type = Integer)]
    capacity: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    enrolled: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    waiting: Option<i32>,
    #[diesel(sql_type = Nullable<Bool>)]
    part_time: Option<bool>,
    #[diesel(sql_type = Nullable<Text>)]
    dong_code: Option<String>,
    #[diesel(sql_type = Nullable<Double>)]
    x_m: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    y_m: Option<f64>,
}

#[derive(QueryableByName)]
struct UseRow {
    #[diesel(sql_type = Date)]
    month: NaiveDate,
    #[diesel(sql_type = Nullable<Text>)]
    dong_code: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    centre: Option<String>,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = SmallInt)]
    hour_from: i16,
    #[diesel(sql_type = SmallInt)]
    hour_to: i16,
    #[diesel(sql_type = Integer)]
    places: i32,
    #[diesel(sql_type = Integer)]
    used: i32,
}

/// Centres with the dong around each, and the lines of use with the dong that each belongs to.
pub fn care(
    conn: &mut PgConnection,
    district: &str,
    boundaries: &[i32],
    centres: &[i32],
    usage: &[i32],
) -> Result<(Vec<CentreInput>, Vec<UseInput>)> {
    let names: Vec<String> = dong_code::table
        .filter(dong_code::version_id.eq_any(boundaries))
        .filter(dong_code::dong_code_.like(format!("{district}%")))
        .select(dong_code::district_ko)
        .distinct()
        .load(conn)
        .doing("reading the name of the district")?;
    // Two names for one district would be a code table that cannot be relied on.
    let name = if let [name] = names.as_slice() { last_word(name) } else { "" };
    let centres: Vec<CentreRow> = diesel::sql_query(include_str!("centres.sql"))
        .bind::<Text, _>(district)
        .bind::<Array<Integer>, _>(boundaries)
        .bind::<Array<Integer>, _>(centres)
        .bind::<Text, _>(name)
        .load(conn)
        .doing("reading the daycare centres")?;
    let lines: Vec<UseRow> = diesel::sql_query(include_str!("usage.sql"))
        .bind::<Array<Integer>, _>(usage)
        .load(conn)
        .doing("reading the use of places")?;
    let found = Known::of(&centres);
    let lines = lines.iter().map(|line| use_input(line, &found, &centres)).collect::<Result<_>>()?;
    Ok((centres.iter().map(input).collect(), lines))
}

/// "서울특별시 동작구" is 동작구 in the files of the city.
fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Centres by what a file of use may call them. A name that two centres share is nobody's.
struct Known<'a> {
    by_id: BTreeMap<&'a str, usize>,
    by_name: BTreeMap<&'a str, Option<usize>>,
}

impl<'a> Known<'a> {
    fn of(centres: &'a [CentreRow]) -> Self {
        let mut by_name = BTreeMap::new();
        for (at, centre) in centres.iter().enumerate() {
            by_name.entry(centre.name.as_str()).and_modify(|known| *known = None).or_insert(Some(at));
        }
        Self { by_id: centres.iter().map(|c| c.id.as_str()).zip(0..).collect(), by_name }
    }

    fn find(&self, text: &str) -> Option<usize> {
        self.by_id.get(text).copied().or_else(|| self.by_name.get(text).copied().flatten())
    }
}

fn input(row: &CentreRow) -> CentreInput {
    let count = |n: Option<i32>| n.map(i32::unsigned_abs);
    CentreInput {
        at: row.x_m.zip(row.y_m),
        capacity: row.capacity.unsigned_abs(),
        enrolled: count(row.enrolled),
        waiting: count(row.waiting),
        kind: row.kind.clone(),
        part_time: row.part_time,
        dong: row.dong_code.clone(),
    }
}

fn use_input(line: &UseRow, known: &Known<'_>, centres: &[CentreRow]) -> Result<UseInput> {
    let hour = |n: i16| u8::try_from(n).map_err(|_| Error::internal(format!("the hour {n}")));
    let of_centre = || centres.get(known.find(line.centre.as_deref()?)?)?.dong_code.clone();
    Ok(UseInput {
        month: line.month,
        dong: line.dong_code.clone().or_else(of_centre),
        kind: CareKind::named(&line.kind).ok_or_else(|| Error::internal(format!("the kind {}", line.kind)))?,
        band: (hour(line.hour_from)?, hour(line.hour_to)?),
        places: u64::from(line.places.unsigned_abs()),
        used: u64::from(line.used.unsigned_abs()),
    })
}
