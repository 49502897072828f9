//! Points inside a dong, in longitude and latitude.
//!
//! It knows no projection: distances are scaled locally with the length of a degree on the WGS 84 ellipsoid, which is
//! exact enough for a district of a few kilometres. Boundaries come from the caller.

use geo_types::{LineString, MultiPolygon};

use super::DemoDong;
use super::random::Random;

/// Longitude and latitude in degrees.
pub type LonLat = (f64, f64);

/// Decimals of every coordinate written: a tenth of a metre.
pub const DECIMALS: usize = 6;

/// Draws from a rectangle before giving up on a shape that fills almost nothing of it.
const MOST_DRAWS: usize = 2_000;

/// A rectangle in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rectangle {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// Metres in one degree of longitude and of latitude at this latitude (WGS 84 series, as in Snyder 1987).
pub fn metres_per_degree(latitude: f64) -> (f64, f64) {
    let phi = latitude.to_radians();
    let east = 111_412.84 * phi.cos() - 93.5 * (3.0 * phi).cos() + 0.118 * (5.0 * phi).cos();
    let north = 111_132.954 - 559.822 * (2.0 * phi).cos() + 1.175 * (4.0 * phi).cos();
    (east, north)
}

/// The same point after a walk of so many metres to the east and to the north.
pub fn moved((lon, lat): LonLat, east_m: f64, north_m: f64) -> LonLat {
    let (east, north) = metres_per_degree(lat);
    (lon + east_m / east, lat + north_m / north)
}

/// Distance in metres between two points of one district.
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    let (east, north) = metres_per_degree((from.1 + to.1) / 2.0);
    ((to.0 - from.0) * east).hypot((to.1 - from.1) * north)
}

/// The coordinate as the files carry it. Points are tested after this, so that what is written lies inside.
pub fn rounded((lon, lat): LonLat) -> LonLat {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    (round(lon), round(lat))
}

fn rings(area: &MultiPolygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    area.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

/// Whether the point lies inside: a ray to the east crosses the rings an odd number of times.
pub fn contains(area: &MultiPolygon<f64>, (lon, lat): LonLat) -> bool {
    rings(area)
        .flat_map(LineString::lines)
        .filter(|edge| {
            (edge.start.y > lat) != (edge.end.y > lat)
                && lon < edge.start.x + (lat - edge.start.y) / (edge.end.y - edge.start.y) * (edge.end.x - edge.start.x)
        })
        .count()
        % 2
        == 1
}

/// The smallest rectangle around these areas; `None` when they hold no finite point.
pub fn rectangle<'a>(areas: impl Iterator<Item = &'a MultiPolygon<f64>>) -> Option<Rectangle> {
    areas.flat_map(rings).flat_map(LineString::coords).filter(|c| c.x.is_finite() && c.y.is_finite()).fold(
        None,
        |so_far: Option<Rectangle>, c| {
            let r = so_far.unwrap_or(Rectangle { west: c.x, south: c.y, east: c.x, north: c.y });
            Some(Rectangle {
                west: r.west.min(c.x),
                south: r.south.min(c.y),
                east: r.east.max(c.x),
                north: r.north.max(c.y),
            })
        },
    )
}

/// Area in square kilometres, by the shoelace formula with local scaling; holes are subtracted.
pub fn area_km2(area: &MultiPolygon<f64>) -> f64 {
    let Some(around) = rectangle(std::iter::once(area)) else { return 0.0 };
    let (east, north) = metres_per_degree((around.south + around.north) / 2.0);
    // Coordinates are taken from the corner: differences of large products would cost digits.
    let ring_m2 = |ring: &LineString<f64>| {
        let twice: f64 = ring
            .lines()
            .map(|edge| {
                (edge.start.x - around.west) * (edge.end.y - around.south)
                    - (edge.end.x - around.west) * (edge.start.y - around.south)
            })
            .sum();
        twice.abs() / 2.0 * east * north
    };
    let square_metres: f64 = area
        .0
        .iter()
        .map(|polygon| ring_m2(polygon.exterior()) - polygon.interiors().iter().map(ring_m2).sum::<f64>())
        .sum();
    square_metres / 1e6
}

/// A point inside the dong, already rounded; `None` for a shape without an inside.
pub fn random_point(random: &mut Random, dong: &DemoDong) -> Option<LonLat> {
    let around = rectangle(std::iter::once(&dong.area))?;
    (0..MOST_DRAWS)
        .map(|_| rounded((random.between(around.west, around.east), random.between(around.south, around.north))))
        .find(|point| contains(&dong.area, *point))
}

/// The point if it lies in the dong, otherwise another point of the dong.
pub fn kept_inside(random: &mut Random, dong: &DemoDong, point: LonLat) -> Option<LonLat> {
    let point = rounded(point);
    if contains(&dong.area, point) { Some(point) } else { random_point(random, dong) }
}

/// Shares a total among the dongs in proportion to weights, by largest remainders, so that the parts add up to it.
pub fn shared(total: usize, weights: &[f64]) -> Vec<usize> {
    let sum: f64 = weights.iter().sum();
    if sum.is_nan() || sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|weight| total as f64 * weight / sum).collect();
    let mut parts: Vec<usize> = exact.iter().map(|part| part.floor() as usize).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| {
        let remainder = |index: usize| exact.get(index).map_or(0.0, |part| part.fract());
        remainder(b).total_cmp(&remainder(a)).then(a.cmp(&b))
    });
    let missing = total.saturating_sub(parts.iter().sum());
    for index in order.into_iter().take(missing) {
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    fn square_with_a_hole() -> MultiPolygon<f64> {
        MultiPolygon(vec![polygon![
            exterior: [(x: 126.90, y: 37.50), (x: 126.91, y: 37.50), (x: 126.91, y: 37.51), (x: 126.90, y: 37.51)],
            interiors: [[(x: 126.904, y: 37.504), (x: 126.906, y: 37.504), (x: 126.906, y: 37.506), (x: 126.904, y: 37.506)]],
        ]])
    }

    #[test]
    fn a_hole_is_outside() {
        assert!(contains(&square_with_a_hole(), (126.902, 37.502)));
        assert!(!contains(&square_with_a_hole(), (126.905, 37.505)));
        assert!(!contains(&square_with_a_hole(), (126.92, 37.505)));
    }

    #[test]
    fn a_degree_has_its_published_length() {
        // Published table for WGS 84: at 45 degrees a degree is 111,131.745 m north and 78,846.81 m east.
        let (east, north) = metres_per_degree(45.0);
        assert!((north - 111_131.745).abs() < 1.0, "{north}");
        assert!((east - 78_846.81).abs() < 1.0, "{east}");
    }

    #[test]
    fn the_hole_is_taken_from_the_area() {
        // 0.01 by 0.01 degrees less 0.002 by 0.002 leaves 96 % of the square; at 37.5 degrees north the square is
        // about 883.9 m by 1,109.9 m.
        let expected = 0.8839 * 1.1099 * 0.96;
        assert!((area_km2(&square_with_a_hole()) - expected).abs() < 0.002);
    }

    #[test]
    fn random_points_avoid_the_hole() {
        let dong = DemoDong { code8: "1".into(), name: "가동".into(), area: square_with_a_hole() };
        let mut random = Random::for_topic(1, "points");
        for _ in 0..500 {
            assert!(random_point(&mut random, &dong).is_some_and(|point| contains(&dong.area, point)));
        }
    }

    #[test]
    fn a_dong_without_an_area_has_no_points() {
        let dong = DemoDong { code8: "1".into(), name: "가동".into(), area: MultiPolygon(Vec::new()) };
        assert_eq!(random_point(&mut Random::for_topic(1, "points"), &dong), None);
    }

    #[test]
    fn shares_add_up_and_follow_the_weights() {
        assert_eq!(shared(10, &[1.0, 1.0, 1.0]), vec![4, 3, 3]);
        assert_eq!(shared(7, &[0.0, 2.0]), vec![0, 7]);
        assert_eq!(shared(7, &[0.0, 0.0]), vec![0, 0]);
    }
}
