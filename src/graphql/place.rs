//! Where: rectangles, circles and areas that a caller names.

use async_graphql::{InputObject, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use geo::algorithm::{Distance, Geodesic, Intersects};
use geo_types::{MultiPolygon, Point};

use crate::error::{Error, Result};
use crate::geo::{area_json, area_on_earth, on_earth};

/// A rectangle in longitude and latitude (EPSG:4326), edges included.
#[derive(InputObject, Debug, Clone, Copy)]
#[graphql(name = "BoundingBox")]
pub struct BoundingBox {
    /// Western edge, -180 to 180, less than east.
    west: f64,
    /// Southern edge, -90 to 90, less than north.
    south: f64,
    /// Eastern edge.
    east: f64,
    /// Northern edge.
    north: f64,
}

impl BoundingBox {
    /// Whether it is a rectangle on the earth.
    pub fn check(&self) -> Result<()> {
        let is_sound = on_earth(self.west, self.south)
            && on_earth(self.east, self.north)
            && self.west < self.east
            && self.south < self.north;
        if is_sound {
            return Ok(());
        }
        Err(Error::bad_input("A bounding box needs west < east from -180 to 180 and south < north from -90 to 90.")
            .in_korean("사각형은 서<동(-180~180), 남<북(-90~90)이어야 합니다."))
    }

    /// Whether a place lies in it.
    pub fn holds(&self, at: Point<f64>) -> bool {
        (self.west..=self.east).contains(&at.x()) && (self.south..=self.north).contains(&at.y())
    }
}

/// A circle around a place (EPSG:4326), edge included.
#[derive(InputObject, Debug, Clone, Copy)]
#[graphql(name = "CircleInput")]
pub struct Circle {
    /// Longitude of the middle, -180 to 180.
    pub longitude: f64,
    /// Latitude of the middle, -90 to 90.
    pub latitude: f64,
    /// Radius in metres, above 0 and at most 50,000.
    pub meters: f64,
}

impl Circle {
    /// Whether it is a circle on the earth.
    pub fn check(&self) -> Result<()> {
        if on_earth(self.longitude, self.latitude) && self.meters > 0.0 && self.meters <= 50_000.0 {
            return Ok(());
        }
        Err(Error::bad_input("A circle needs a place on the earth and a radius above 0 and at most 50,000 metres.")
            .in_korean("원은 지구 위의 경도·위도와 0 초과 50,000 이하의 반지름(미터)이 필요합니다."))
    }

    /// Whether a place lies in it.
    pub fn holds(&self, at: Point<f64>) -> bool {
        Geodesic.distance(Point::new(self.longitude, self.latitude), at) <= self.meters
    }
}

/// An area that the caller draws.
#[derive(Debug, Clone, PartialEq)]
pub struct GeoJsonArea(pub MultiPolygon<f64>);

/// A GeoJSON Polygon or MultiPolygon (RFC 7946) that the caller draws: longitude before latitude, EPSG:4326, closed rings,
/// at most 1,000 positions.
#[Scalar(name = "GeoJSONArea", specified_by_url = "https://www.rfc-editor.org/rfc/rfc7946")]
impl ScalarType for GeoJsonArea {
    fn parse(value: Value) -> InputValueResult<Self> {
        let json = value.into_json().ok();
        json.and_then(area_on_earth).map(Self).ok_or_else(|| {
            InputValueError::custom(
                "a GeoJSONArea is a Polygon or MultiPolygon of closed rings on the earth with at most 1,000 positions",
            )
        })
    }

    fn to_value(&self) -> Value {
        Value::from_json(area_json(&self.0)).unwrap_or_default()
    }
}

impl GeoJsonArea {
    /// Whether a place lies in it or on its edge.
    pub fn holds(&self, at: Point<f64>) -> bool {
        self.0.intersects(&at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A degree of latitude at 37.5° measures 110,990 m on WGS 84.
    #[test]
    fn a_circle_holds_what_lies_within_its_metres() {
        let circle = |meters| Circle { longitude: 127.0, latitude: 37.5, meters };
        let at = Point::new(127.0, 37.501);
        assert!(circle(111.1).holds(at) && !circle(110.9).holds(at));
        assert!(circle(0.0).check().is_err() && circle(f64::NAN).check().is_err() && circle(50_000.0).check().is_ok());
    }

    #[test]
    fn an_area_holds_its_edge_and_not_its_hole() {
        let json = serde_json::json!({"type": "Polygon", "coordinates": [
            [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]]]});
        let area = GeoJsonArea::parse(Value::from_json(json).unwrap()).unwrap();
        let holds = |x, y| area.holds(Point::new(x, y));
        assert!(holds(3.0, 3.0) && holds(0.0, 2.0));
        assert!(!holds(1.5, 1.5) && !holds(5.0, 1.0));
    }
}
