//! Areas that a caller draws: GeoJSON polygons, checked before anything else meets them.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

/// Most corners of an area.
const MOST_POSITIONS: usize = 1_000;

#[derive(serde::Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Drawn {
    Polygon(Vec<Vec<[f64; 2]>>),
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

/// Is it a longitude and a latitude?
pub fn on_earth(longitude: f64, latitude: f64) -> bool {
    longitude.abs() <= 180.0 && latitude.abs() <= 90.0
}

/// A GeoJSON Polygon or MultiPolygon of closed rings on the earth with at most 1,000 positions; `None` for all else.
pub fn area_on_earth(json: serde_json::Value) -> Option<MultiPolygon<f64>> {
    let polygons = match serde_json::from_value(json).ok()? {
        Drawn::Polygon(rings) => vec![rings],
        Drawn::MultiPolygon(polygons) => polygons,
    };
    let rings = || polygons.iter().flatten();
    let is_sound = !polygons.is_empty()
        && polygons.iter().all(|rings| !rings.is_empty())
        && rings().all(|ring| ring.len() >= 4 && ring.first() == ring.last())
        && rings().map(Vec::len).sum::<usize>() <= MOST_POSITIONS
        && rings().flatten().all(|[x, y]| on_earth(*x, *y));
    is_sound.then(|| polygons.into_iter().filter_map(polygon).collect())
}

fn polygon(rings: Vec<Vec<[f64; 2]>>) -> Option<Polygon<f64>> {
    let ring = |ring: Vec<[f64; 2]>| LineString::from_iter(ring.into_iter().map(|[x, y]| Coord { x, y }));
    let mut rings = rings.into_iter().map(ring);
    Some(Polygon::new(rings.next()?, rings.collect()))
}

/// The area as a GeoJSON MultiPolygon.
pub fn area_json(area: &MultiPolygon<f64>) -> serde_json::Value {
    let ring = |line: &LineString<f64>| line.coords().map(|c| [c.x, c.y]).collect::<Vec<_>>();
    let rings = |polygon: &Polygon<f64>| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect::<Vec<_>>()
    };
    serde_json::json!({"type": "MultiPolygon", "coordinates": area.iter().map(rings).collect::<Vec<_>>()})
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_polygon_becomes_the_multipolygon_that_it_is() {
        let square = json!([[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]);
        let area = area_on_earth(json!({"type": "Polygon", "coordinates": square})).unwrap();
        assert_eq!(area_json(&area), json!({"type": "MultiPolygon", "coordinates": [square]}));
    }

    #[test]
    fn what_is_no_closed_area_on_the_earth_is_refused() {
        for wrong in [
            json!({}),
            json!({"type": "Point", "coordinates": [0, 0]}),
            json!({"type": "Polygon", "coordinates": []}),
            json!({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}),
            json!({"type": "Polygon", "coordinates": [[[0, 0], [181, 0], [1, 1], [0, 0]]]}),
            json!({"type": "Polygon", "coordinates": [vec![[0, 0]; 1_001]]}),
        ] {
            assert!(area_on_earth(wrong.clone()).is_none(), "{wrong}");
        }
    }
}
