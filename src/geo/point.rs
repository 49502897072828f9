//! Which of two numbers is the longitude? Public files do not always say it rightly, but the ranges do.

/// Why two numbers are no place in Korea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointFault {
    /// One of them is missing or zero.
    Missing,
    /// They lie outside Korea, or are not finite.
    OutOfRange,
    /// They are the point that stands in for an unknown address.
    Placeholder,
}

/// Longitude and latitude of two numbers in either order. Korea lies between 124° and 132° east, 33° and 39° north,
/// so the two can never be confused.
pub fn degrees(a: f64, b: f64) -> Result<(f64, f64), PointFault> {
    let is_longitude = |x: f64| (124.0..=132.0).contains(&x);
    let is_latitude = |y: f64| (33.0..=39.0).contains(&y);
    if a == 0.0 || b == 0.0 {
        return Err(PointFault::Missing);
    }
    let (lon, lat) = match (is_longitude(a) && is_latitude(b), is_longitude(b) && is_latitude(a)) {
        (true, _) => (a, b),
        (_, true) => (b, a),
        _ => return Err(PointFault::OutOfRange),
    };
    if is_placeholder(lon, lat) { Err(PointFault::Placeholder) } else { Ok((lon, lat)) }
}

/// Seoul City Hall, which geocoders answer with when they only understood "Seoul". The known variants lie within about
/// ten metres of one another; nothing that the district builds stands there.
pub fn is_placeholder(lon: f64, lat: f64) -> bool {
    const CITY_HALL: [(f64, f64); 2] = [(126.977_963, 37.566_535), (126.978_414, 37.566_680)];
    CITY_HALL.iter().any(|(x, y)| (lon - x).abs() < 0.000_1 && (lat - y).abs() < 0.000_1)
}

/// Two coordinates written into one cell without anything between them, as in "37.5148055126.937961": the only cut
/// that leaves a latitude and a longitude. `None` when there is none, or more than one reading.
pub fn split_joined_pair(text: &str) -> Option<(f64, f64)> {
    let text = text.trim();
    if text.bytes().filter(|b| *b == b'.').count() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let mut found = None;
    for at in 1..text.len() {
        let (left, right) = text.split_at(at);
        // A coordinate begins with its two or three whole digits, never with a dot.
        if right.starts_with('.') || !left.contains('.') || !right.contains('.') {
            continue;
        }
        if let (Ok(a), Ok(b)) = (left.parse(), right.parse())
            && let Ok(pair) = degrees(a, b)
        {
            if found.is_some() {
                return None;
            }
            found = Some(pair);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_numbers_are_put_right_by_their_range() {
        assert_eq!(degrees(37.5, 126.9), Ok((126.9, 37.5)));
        assert_eq!(degrees(126.9, 37.5), Ok((126.9, 37.5)));
    }

    #[test]
    fn what_is_no_place_in_korea_is_refused_with_its_reason() {
        assert_eq!(degrees(0.0, 0.0), Err(PointFault::Missing));
        assert_eq!(degrees(139.7, 35.7), Err(PointFault::OutOfRange));
        assert_eq!(degrees(f64::NAN, 37.5), Err(PointFault::OutOfRange));
        assert_eq!(degrees(126.977_963, 37.566_535), Err(PointFault::Placeholder));
    }

    #[test]
    fn two_numbers_in_one_cell_are_cut_where_both_are_coordinates() {
        assert_eq!(split_joined_pair("37.5148055126.937961"), Some((126.937_961, 37.514_805_5)));
        assert_eq!(split_joined_pair("37.5148055"), None);
        assert_eq!(split_joined_pair("abc"), None);
    }
}
