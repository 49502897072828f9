//! Ground that everybody may enter: streets, parks, squares, as GeoJSON draws them.

use geo_types::MultiPolygon;
use serde_json::Value;

use crate::geo::Crs;
use crate::import::geojson::{Drawing, area, refusal};
use crate::import::{FileError, Parsed, ReadOptions, Source};

/// One public space as the file draws it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicSpaceRow {
    /// What it is, as the file says.
    pub kind: Option<String>,
    /// Where it lies.
    pub area: MultiPolygon<f64>,
    /// In which system.
    pub crs: Crs,
}

/// Longest word for a kind that is kept.
const LONGEST_KIND: usize = 100;

/// Reads a FeatureCollection of polygons; their property `kind` (road, park, square ...) may be missing.
pub fn public_spaces(source: &Source, options: &ReadOptions) -> Result<Parsed<PublicSpaceRow>, FileError> {
    if !Drawing::is_json(source) {
        return Err("Public spaces are read as a GeoJSON FeatureCollection of polygons: streets are needed as areas, not as lines or as a table.".to_owned());
    }
    let drawing = Drawing::read(source)?;
    let crs = drawing.crs(options)?;
    let features = drawing.features();
    let mut parsed = Parsed {
        layout: "geojson-areas",
        rows: Vec::new(),
        refused: Vec::new(),
        lines_read: features.len() as u64,
        notes: Vec::new(),
    };
    for (number, feature) in (1..).zip(features) {
        let kind = match &feature["properties"]["kind"] {
            Value::String(kind) if !kind.trim().is_empty() => {
                Some(kind.trim().chars().take(LONGEST_KIND).collect::<String>())
            }
            _ => None,
        };
        match area(&feature["geometry"]) {
            Ok(area) => parsed.rows.push((number, PublicSpaceRow { kind, area, crs })),
            Err(reason) => parsed.refused.push(refusal(number, feature, reason)),
        }
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Parsed<PublicSpaceRow>, FileError> {
        let source = Source { name: "x".into(), bytes: json.as_bytes().to_vec() };
        public_spaces(&source, &ReadOptions::default())
    }

    #[test]
    fn areas_are_kept_with_their_kind_and_lines_are_refused_one_by_one() {
        let ring = "[[126.9,37.5],[127.0,37.5],[127.0,37.6],[126.9,37.5]]";
        let parsed = read(&format!(
            r#"{{"type":"FeatureCollection","features":[
                {{"properties":{{"kind":" road "}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}},
                {{"properties":null,"geometry":{{"type":"MultiPolygon","coordinates":[[{ring}]]}}}},
                {{"properties":{{"kind":"road"}},"geometry":{{"type":"LineString","coordinates":[[126.9,37.5],[127.0,37.5]]}}}}]}}"#
        ))
        .unwrap();
        let kinds: Vec<_> = parsed.rows.iter().map(|(number, row)| (*number, row.kind.as_deref())).collect();
        assert_eq!(kinds, [(1, Some("road")), (2, None)]);
        assert_eq!(parsed.refused[0].line, 3);
        assert!(parsed.refused[0].reason.contains("LineString, not a polygon"), "{:?}", parsed.refused);
    }

    #[test]
    fn a_table_is_refused_with_what_is_read_instead() {
        assert!(read("kind,lon,lat\nroad,126.9,37.5\n").unwrap_err().contains("GeoJSON"));
    }
}
