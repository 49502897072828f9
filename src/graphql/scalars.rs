//! Scalars with one meaning each: dates, won, GeoJSON.

use super::place::GeoJsonArea;
use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use async_graphql_value::ConstValue;
use chrono::{DateTime, FixedOffset, NaiveDate};

/// A calendar day in Asia/Seoul, as in "2020-03-01".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub NaiveDate);

/// A calendar day in Asia/Seoul: RFC 3339 full-date, such as "2020-03-01".
#[Scalar(name = "Date", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) if text.len() == 10 => NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .map(Self)
                .map_err(|_| InputValueError::custom("a Date is written as in \"2020-03-01\"")),
            _ => Err(InputValueError::custom("a Date is written as in \"2020-03-01\"")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// Whether the scalar of that name takes the value. A scalar that is only given, or that takes anything, takes it.
pub fn is_readable(name: &str, value: &ConstValue) -> bool {
    match name {
        "Date" => Date::parse(value.clone()).is_ok(),
        "DateTime" => <DateTime<FixedOffset> as ScalarType>::parse(value.clone()).is_ok(),
        "GeoJSONArea" => GeoJsonArea::parse(value.clone()).is_ok(),
        _ => true,
    }
}

/// A GeoJSON point in longitude and latitude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GeoJsonPoint {
    /// Where.
    pub point: geo_types::Point<f64>,
    /// Decimals kept.
    pub precision: u8,
}

/// A GeoJSON Point (RFC 7946): {"type":"Point","coordinates":[longitude, latitude]}, EPSG:4326.
#[Scalar(name = "GeoJSONPoint", specified_by_url = "https://www.rfc-editor.org/rfc/rfc7946")]
impl ScalarType for GeoJsonPoint {
    fn parse(_: Value) -> InputValueResult<Self> {
        Err(InputValueError::custom("a GeoJSONPoint is only given, never taken"))
    }

    fn to_value(&self) -> Value {
        object([("type", Value::from("Point")), ("coordinates", position(self.point.0, self.precision))])
    }
}

/// A GeoJSON multipolygon in longitude and latitude.
#[derive(Debug, Clone, PartialEq)]
pub struct GeoJsonMultiPolygon {
    /// The area; closed rings.
    pub area: std::sync::Arc<geo_types::MultiPolygon<f64>>,
    /// Decimals kept.
    pub precision: u8,
}

/// A GeoJSON MultiPolygon (RFC 7946): outer rings counter-clockwise, rings closed, longitude before latitude, EPSG:4326.
#[Scalar(name = "GeoJSONMultiPolygon", specified_by_url = "https://www.rfc-editor.org/rfc/rfc7946")]
impl ScalarType for GeoJsonMultiPolygon {
    fn parse(_: Value) -> InputValueResult<Self> {
        Err(InputValueError::custom("a GeoJSONMultiPolygon is only given, never taken"))
    }

    fn to_value(&self) -> Value {
        let ring = |line: &geo_types::LineString<f64>, outer: bool| {
            let mut positions: Vec<Value> = line.coords().map(|c| position(*c, self.precision)).collect();
            // The right-hand rule: an outer ring turns left, a hole turns right.
            if (signed_area(line) > 0.0) != outer {
                positions.reverse();
            }
            Value::List(positions)
        };
        let polygons = self.area.iter().map(|polygon| {
            let outer = std::iter::once(ring(polygon.exterior(), true));
            Value::List(outer.chain(polygon.interiors().iter().map(|hole| ring(hole, false))).collect())
        });
        object([("type", Value::from("MultiPolygon")), ("coordinates", Value::List(polygons.collect()))])
    }
}

/// Twice the area by the shoelace formula; positive when the ring turns counter-clockwise.
fn signed_area(ring: &geo_types::LineString<f64>) -> f64 {
    ring.lines().map(|l| l.start.x * l.end.y - l.end.x * l.start.y).sum()
}

fn position(at: geo_types::Coord<f64>, precision: u8) -> Value {
    let scale = 10_f64.powi(i32::from(precision));
    let rounded = |x: f64| Value::from((x * scale).round() / scale);
    Value::List(vec![rounded(at.x), rounded(at.y)])
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (async_graphql::Name::new(name), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clockwise_outer_ring_is_turned_to_the_right_hand_rule() {
        let ring = geo_types::LineString::from(vec![(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.0, 0.0)]);
        let clockwise = geo_types::Polygon::new(ring, Vec::new());
        let area = GeoJsonMultiPolygon { area: std::sync::Arc::new(vec![clockwise].into()), precision: 6 };
        let json = area.to_value().into_json().unwrap();
        assert_eq!(
            json,
            serde_json::json!({"type": "MultiPolygon", "coordinates": [[[[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]]]})
        );
    }

    #[test]
    fn a_point_is_rounded_to_the_decimals_asked_for() {
        let point = GeoJsonPoint { point: geo_types::Point::new(126.987_654_321, 37.5), precision: 3 };
        assert_eq!(point.to_value().into_json().unwrap()["coordinates"], serde_json::json!([126.988, 37.5]));
    }

    #[test]
    fn a_date_that_is_no_day_is_refused() {
        for wrong in ["2020-02-30", "2020-2-3", "20200203", "today"] {
            assert!(Date::parse(Value::from(wrong)).is_err(), "{wrong}");
        }
    }
}
