//! Registered children (주민등록) by dong and age 0 to 5, in the layout of the resident register: CP949, quoted,
//! thousands separated by commas, the dong's official name with its code of ten digits in brackets.

use super::district::{DISTRICT, traits};
use super::random::Random;
use super::table::{PORTAL_QUOTED, Table};
use super::{DemoDong, GeneratedFile};

/// The month that the register shows.
const MONTH: &str = "2020년12월";
/// Ages 0 to 5.
const AGES: usize = 6;

/// Total, those of the shown ages, and each age, for all, boys and girls: 24 numbers.
type Row = [u32; 3 * (AGES + 2)];

/// The header, for any month.
pub fn header(month: &str) -> Vec<String> {
    let mut header = vec!["행정구역".to_owned()];
    for sex in ["계", "남", "여"] {
        header.push(format!("{month}_{sex}_총인구수"));
        header.push(format!("{month}_{sex}_연령구간인구수"));
        header.extend((0..AGES).map(|age| format!("{month}_{sex}_{age}세")));
    }
    header
}

/// One file: the district, then its dongs.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let rows: Vec<(String, Row)> = dongs
        .iter()
        .map(|dong| (format!("서울특별시 {DISTRICT} {}({}00)", official_name(&dong.name), dong.code8), row(seed, dong)))
        .collect();
    let total: Row = std::array::from_fn(|column| rows.iter().filter_map(|(_, row)| row.get(column)).sum());
    let header = header(MONTH);
    let mut table = Table::new(PORTAL_QUOTED, &header.iter().map(String::as_str).collect::<Vec<_>>());
    let district_code = dongs.first().and_then(|dong| dong.code8.get(..5)).unwrap_or_default();
    let all = std::iter::once((format!("서울특별시 {DISTRICT} ({district_code}00000)"), total)).chain(rows);
    for (name, row) in all {
        let mut fields = vec![name];
        fields.extend(row.iter().map(|count| with_commas(*count)));
        table.row(&fields);
    }
    vec![GeneratedFile { dataset: "children", name: "children-202012-synthetic.csv".into(), bytes: table.into_bytes() }]
}

fn row(seed: u64, dong: &DemoDong) -> Row {
    let mut random = Random::for_topic(seed, &format!("children/{}", dong.code8));
    let traits = traits(seed, dong);
    let a_year = traits.residents * traits.small_children_share / AGES as f64;
    let mut row: Row = [0; 24];
    let (all, by_sex) = row.split_at_mut(AGES + 2);
    let (boys, girls) = by_sex.split_at_mut(AGES + 2);
    for age in 0..AGES {
        // Fewer are born every year, and some families move out before school.
        let expected = a_year * (0.88 + 0.05 * age as f64);
        for (side, share) in [(&mut *boys, 0.512), (&mut *girls, 0.488)] {
            if let Some(count) = side.get_mut(age + 2) {
                *count = random.count(expected * share);
            }
        }
    }
    for (side, share) in [(&mut *boys, 0.484), (&mut *girls, 0.516)] {
        let small: u32 = side.iter().skip(2).sum();
        if let [total, shown, ..] = side {
            *shown = small;
            *total = ((traits.residents * share).round() as u32).max(small);
        }
    }
    for ((sum, boys), girls) in all.iter_mut().zip(boys).zip(girls) {
        *sum = *boys + *girls;
    }
    row
}

/// The register writes 노량진제1동 where everybody says 노량진1동.
fn official_name(name: &str) -> String {
    match name.find(|letter: char| letter.is_ascii_digit()) {
        Some(digit) if !name.contains('제') => {
            let (start, end) = name.split_at(digit);
            format!("{start}제{end}")
        }
        _ => name.to_owned(),
    }
}

fn with_commas(count: u32) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_names_carry_the_syllable_je_before_the_number() {
        assert_eq!(official_name("노량진1동"), "노량진제1동");
        assert_eq!(official_name("흑석동"), "흑석동");
        assert_eq!(official_name("노량진제1동"), "노량진제1동");
    }

    #[test]
    fn thousands_are_separated() {
        assert_eq!([with_commas(7), with_commas(1_234), with_commas(1_234_567)], ["7", "1,234", "1,234,567"]);
    }
}
