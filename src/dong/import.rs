//! Reads boundary files (GeoJSON in the forms that Korean offices and researchers publish) and code tables.

use std::collections::BTreeSet;

use geo_types::MultiPolygon;
use serde_json::Value;

use crate::geo::{Crs, DongDirectory};
use crate::import::geojson::{Drawing, area, refusal};
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table};

/// A boundary as the file draws it.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundaryRow {
    /// Eight digits.
    pub code: String,
    /// Korean name of the dong alone.
    pub name_ko: String,
    /// The area.
    pub area: MultiPolygon<f64>,
    /// In which system.
    pub crs: Crs,
}

/// One line of a code table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// Eight digits of the ministry.
    pub code: String,
    /// Seven digits of Statistics Korea.
    pub statistics_code: String,
    /// Korean name of the dong.
    pub name_ko: String,
    /// Korean name of the district.
    pub district_ko: String,
}

/// What a file of the dataset `dongs` holds.
#[derive(Debug)]
pub enum DongFile {
    /// Boundaries.
    Boundaries(Parsed<BoundaryRow>),
    /// A code table.
    Codes(Parsed<CodeRow>),
}

/// Reads a file of the dataset `dongs`.
pub fn parse(source: &Source, options: &ReadOptions, directory: &DongDirectory) -> Result<DongFile, FileError> {
    if Drawing::is_json(source) {
        return boundaries(source, options, directory).map(DongFile::Boundaries);
    }
    code_table(source, options).map(DongFile::Codes)
}

/// Reads the code table that joins the codes of Statistics Korea to those of the ministry.
pub fn code_table(source: &Source, options: &ReadOptions) -> Result<Parsed<CodeRow>, FileError> {
    let table = Table::read(source, options)?;
    let [statistics, ministry, district, name] = table.require([
        Column(&["통계청행정동코드"]),
        Column(&["행자부행정동코드", "행정안전부행정동코드"]),
        Column(&["시군구명"]),
        Column(&["행정동명"]),
    ])?;
    let mut parsed = Parsed::from_table("code-table", &table, |row| {
        let code = row.need(ministry, "행자부행정동코드")?;
        let code = crate::geo::DongCode::parse(code)
            .ok_or_else(|| format!("\"{code}\" is not a dong code of 8 or 10 digits"))?;
        let statistics_code = row.need(statistics, "통계청행정동코드")?;
        if statistics_code.len() != 7 || !statistics_code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!("\"{statistics_code}\" is not a code of 7 digits"));
        }
        Ok(vec![CodeRow {
            code: code.as_str().to_owned(),
            statistics_code: statistics_code.to_owned(),
            name_ko: row.need(name, "행정동명")?.to_owned(),
            district_ko: row.need(district, "시군구명")?.to_owned(),
        }])
    });
    parsed.refuse_duplicates(&table, |row| row.code.clone());
    Ok(parsed)
}

fn boundaries(
    source: &Source,
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Parsed<BoundaryRow>, FileError> {
    let drawing = Drawing::read(source)?;
    let features = drawing.features();
    let layout = Layout::recognise(&features[0]["properties"], options)?;
    let crs = drawing.crs(options)?;
    let mut parsed = Parsed {
        layout: layout.name,
        rows: Vec::new(),
        refused: Vec::new(),
        lines_read: features.len() as u64,
        notes: Vec::new(),
    };
    let mut seen = BTreeSet::new();
    // A feature has no line of its own; its number in the file stands for it.
    for (number, feature) in (1..).zip(features) {
        match one(feature, &layout, crs, directory) {
            Ok(row) if seen.insert(row.code.clone()) => parsed.rows.push((number, row)),
            Ok(row) => parsed.refused.push(refusal(number, feature, format!("the dong {} is drawn twice", row.code))),
            Err(reason) => parsed.refused.push(refusal(number, feature, reason)),
        }
    }
    Ok(parsed)
}

struct Layout {
    name: &'static str,
    code: String,
    dong_name: Option<&'static str>,
}

impl Layout {
    fn recognise(properties: &Value, options: &ReadOptions) -> Result<Self, FileError> {
        let has = |name: &str| properties.get(name).is_some();
        if let Some(property) = &options.code_property {
            return if has(property) {
                let dong_name = ["adm_nm", "adm3_name_kr", "adstrd_nm", "name", "name_ko"].into_iter().find(|n| has(n));
                Ok(Self { name: "geojson-by-property", code: property.clone(), dong_name })
            } else {
                Err(format!("The features have no property {property}."))
            };
        }
        let layout = |name, code: &str, dong_name| Ok(Self { name, code: code.to_owned(), dong_name: Some(dong_name) });
        if has("adm_cd2") && has("adm_nm") {
            layout("admdongkor", "adm_cd2", "adm_nm")
        } else if has("adm3_code") && has("adm3_name_kr") {
            layout("sgis-adm3", "adm3_code", "adm3_name_kr")
        } else if has("adm_cd") && has("adm_nm") {
            layout("admdongkor", "adm_cd", "adm_nm")
        } else if has("EMD_CD") {
            Err("These are legal dongs (법정동), which are not the administrative dongs (행정동) that figures are published for.".to_owned())
        } else {
            Err("The features have none of the properties adm_cd2, adm_cd or adm3_code. Say which holds the dong code with --code-property.".to_owned())
        }
    }
}

fn one(feature: &Value, layout: &Layout, crs: Crs, directory: &DongDirectory) -> Result<BoundaryRow, String> {
    let properties = &feature["properties"];
    let text = |name: &str| match &properties[name] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let code = text(&layout.code).ok_or_else(|| format!("the property {} is empty", layout.code))?;
    let code = directory.resolve(&code)?;
    let name = layout.dong_name.and_then(text).unwrap_or_else(|| code.as_str().to_owned());
    // "서울특별시 동작구 노량진제1동" names the dong last.
    let name = name.split_whitespace().last().unwrap_or("").to_owned();
    if name.is_empty() {
        return Err("the dong has no name".to_owned());
    }
    let area = area(&feature["geometry"])?;
    Ok(BoundaryRow { code: code.as_str().to_owned(), name_ko: name, area, crs })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Parsed<BoundaryRow>, FileError> {
        let directory = DongDirectory::new("11590", [("11590510".into(), "1120051".into(), "노량진제1동".into())]);
        let source = Source { name: "x".into(), bytes: json.as_bytes().to_vec() };
        match parse(&source, &ReadOptions::default(), &directory)? {
            DongFile::Boundaries(parsed) => Ok(parsed),
            DongFile::Codes(_) => panic!("a boundary file"),
        }
    }

    const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[126.9,37.5],[127.0,37.5],[127.0,37.6],[126.9,37.5]]]}"#;

    #[test]
    fn a_seven_digit_code_is_mapped_and_the_name_is_that_of_the_dong_alone() {
        let parsed = read(&format!(
            r#"{{"type":"FeatureCollection","features":[{{"properties":{{"adm3_code":"1120051","adm3_name_kr":"서울특별시 동작구 노량진1동"}},"geometry":{SQUARE}}}]}}"#
        ))
        .unwrap();
        assert_eq!((parsed.rows[0].1.code.as_str(), parsed.rows[0].1.name_ko.as_str()), ("11590510", "노량진1동"));
    }

    #[test]
    fn legal_dongs_topojson_and_unknown_projections_are_refused_by_name() {
        for (json, word) in [
            (r#"{"type":"FeatureCollection","features":[{"properties":{"EMD_CD":"1"},"geometry":null}]}"#.to_owned(), "legal dongs"),
            (r#"{"type":"Topology"}"#.to_owned(), "TopoJSON"),
            (
                r#"{"type":"FeatureCollection","features":[{"properties":{"adm_cd2":"1159051000","adm_nm":"a"},"geometry":{"type":"Polygon","coordinates":[[[950000,1940000]]]}}]}"#
                    .to_owned(),
                "--crs",
            ),
        ] {
            let error = read(&json).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn an_open_ring_and_a_repeated_dong_are_refused_one_by_one() {
        let feature = |geometry: &str| {
            format!(r#"{{"properties":{{"adm_cd2":"1159051000","adm_nm":"노량진1동"}},"geometry":{geometry}}}"#)
        };
        let open = r#"{"type":"Polygon","coordinates":[[[126.9,37.5],[127.0,37.5],[127.0,37.6]]]}"#;
        let json = format!(
            r#"{{"type":"FeatureCollection","features":[{},{},{}]}}"#,
            feature(open),
            feature(SQUARE),
            feature(SQUARE)
        );
        let parsed = read(&json).unwrap();
        let reasons: Vec<_> = parsed.refused.iter().map(|r| (r.line, r.reason.as_str())).collect();
        assert_eq!(parsed.rows.len(), 1);
        assert!(reasons[0].1.contains("closed") && reasons[1].1.contains("twice"), "{reasons:?}");
    }
}
