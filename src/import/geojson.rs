//! Areas as GeoJSON draws them: features, their reference system, and their rings.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde_json::Value;

use super::{FileError, ReadOptions, Refusal, Source};
use crate::geo::Crs;

/// A FeatureCollection with at least one feature.
#[derive(Debug)]
pub struct Drawing {
    json: Value,
    features: Vec<Value>,
}

impl Drawing {
    /// Whether a file is JSON rather than a table.
    pub fn is_json(source: &Source) -> bool {
        let start = source.bytes.iter().position(|b| !b.is_ascii_whitespace() && !matches!(b, 0xef | 0xbb | 0xbf));
        start.is_some_and(|at| source.bytes[at] == b'{')
    }

    /// Reads a file.
    pub fn read(source: &Source) -> Result<Self, FileError> {
        let text = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes);
        let mut json: Value = serde_json::from_slice(text)
            .map_err(|e| format!("The file is not JSON: line {}, column {}.", e.line(), e.column()))?;
        match json["type"].as_str() {
            Some("FeatureCollection") => {}
            Some("Topology") => {
                return Err("TopoJSON is not read. Convert it to GeoJSON first, for example with mapshaper.".to_owned());
            }
            _ => return Err("The file is not a GeoJSON FeatureCollection.".to_owned()),
        }
        match json["features"].take() {
            Value::Array(features) if !features.is_empty() => Ok(Self { json, features }),
            _ => Err("The file has no features.".to_owned()),
        }
    }

    /// The features in the order of the file.
    pub fn features(&self) -> &[Value] {
        &self.features
    }

    /// The reference system: what the caller says, what the file says, or degrees where the numbers can be degrees.
    pub fn crs(&self, options: &ReadOptions) -> Result<Crs, FileError> {
        if let Some(crs) = options.crs {
            return Ok(crs);
        }
        if let Some(name) = self.json.pointer("/crs/properties/name").and_then(Value::as_str) {
            return Crs::parse(name).ok_or_else(|| {
                format!("The file is in {name}, which is not read. Say another with --crs if that is wrong.")
            });
        }
        let first = first_number_pair(&self.features[0]["geometry"]["coordinates"]);
        match first {
            Some((x, y)) if (-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y) => Ok(Crs::Wgs84),
            Some(_) => {
                Err("The coordinates are metres of a projection that the file does not name; say which with --crs."
                    .to_owned())
            }
            None => Err("The first feature has no coordinates.".to_owned()),
        }
    }
}

/// A feature that cannot be read. It has no line of its own: its number in the file, from 1, stands for it.
pub fn refusal(number: u64, feature: &Value, reason: String) -> Refusal {
    Refusal { line: number, reason, raw: feature["properties"].to_string() }
}

fn first_number_pair(value: &Value) -> Option<(f64, f64)> {
    let list = value.as_array()?;
    match (list.first().and_then(Value::as_f64), list.get(1).and_then(Value::as_f64)) {
        (Some(x), Some(y)) => Some((x, y)),
        _ => first_number_pair(list.first()?),
    }
}

/// A polygon or several of them.
pub fn area(geometry: &Value) -> Result<MultiPolygon<f64>, String> {
    let coordinates = geometry["coordinates"].as_array().ok_or("the geometry has no coordinates")?;
    let polygons = match geometry["type"].as_str() {
        Some("Polygon") => vec![polygon(coordinates)?],
        Some("MultiPolygon") => coordinates
            .iter()
            .map(|rings| polygon(rings.as_array().ok_or("a polygon has no rings")?))
            .collect::<Result<_, String>>()?,
        other => return Err(format!("the geometry is {}, not a polygon", other.unwrap_or("missing"))),
    };
    if polygons.is_empty() {
        return Err("the geometry is empty".to_owned());
    }
    Ok(MultiPolygon::new(polygons))
}

fn polygon(rings: &[Value]) -> Result<Polygon<f64>, String> {
    let mut rings = rings.iter().map(ring).collect::<Result<Vec<_>, _>>()?.into_iter();
    let outer = rings.next().ok_or("a polygon has no rings")?;
    Ok(Polygon::new(outer, rings.collect()))
}

fn ring(positions: &Value) -> Result<LineString<f64>, String> {
    let positions = positions.as_array().ok_or("a ring has no positions")?;
    let ring = positions
        .iter()
        .map(|p| match (p[0].as_f64(), p[1].as_f64()) {
            (Some(x), Some(y)) if x.is_finite() && y.is_finite() => Ok(Coord { x, y }),
            _ => Err("a position is not two numbers".to_owned()),
        })
        .collect::<Result<Vec<_>, String>>()?;
    if ring.len() < 4 || ring.first() != ring.last() {
        return Err("a ring is not closed, or has fewer than four positions".to_owned());
    }
    Ok(LineString::new(ring))
}
