//! The reference systems in which Korean public files come.

/// A coordinate reference system, by its EPSG number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// Longitude and latitude on WGS 84.
    Wgs84,
    /// Korea 2000 / Unified CS (UTM-K), metres.
    Epsg5179,
    /// Korea 2000 / Central Belt, metres.
    Epsg5181,
    /// Korea 2000 / Central Belt 2010, metres.
    Epsg5186,
    /// Korean 1985 / Modified Central Belt, metres.
    Epsg5174,
}

impl Crs {
    /// Reads "5179", "EPSG:5179" and the long names that GeoJSON carries.
    pub fn parse(text: &str) -> Option<Self> {
        if text.ends_with("CRS84") {
            return Some(Self::Wgs84);
        }
        let digits = text.rsplit(':').next().unwrap_or(text);
        match digits.trim() {
            "4326" => Some(Self::Wgs84),
            "5179" => Some(Self::Epsg5179),
            "5181" => Some(Self::Epsg5181),
            "5186" => Some(Self::Epsg5186),
            "5174" => Some(Self::Epsg5174),
            _ => None,
        }
    }

    /// The number that PostGIS knows it by.
    pub fn srid(self) -> i32 {
        match self {
            Self::Wgs84 => 4326,
            Self::Epsg5179 => 5179,
            Self::Epsg5181 => 5181,
            Self::Epsg5186 => 5186,
            Self::Epsg5174 => 5174,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_long_names_are_read_and_unknown_ones_are_not() {
        for (text, crs) in [
            ("5179", Some(Crs::Epsg5179)),
            ("EPSG:5186", Some(Crs::Epsg5186)),
            ("urn:ogc:def:crs:EPSG::5179", Some(Crs::Epsg5179)),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", Some(Crs::Wgs84)),
            ("3857", None),
        ] {
            assert_eq!(Crs::parse(text), crs, "{text}");
        }
    }
}
