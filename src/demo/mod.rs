//! The demo: files that look like the real district's and are invented, apart from boundaries, codes and names.
//!
//! Every generator writes the layout of the official file where there is one and our own where there is none, so that
//! the demo enters by the same importers as real files, with the same faults in it: gaps, masked figures, swapped
//! coordinates, telephone numbers in free text. Every file carries `synthetic` in its name; the mark in the dataset
//! version is set by whoever imports it.
//!
//! This room does not know the disk, the database, the clock or the environment: seed and boundaries come in, bytes go
//! out, so the same seed and boundaries give the same bytes on the same kind of machine. It also does not
//! know the analyses, and shares no word list, template or coefficient with them: what they find here they must find.

mod access_points;
mod bus_stops;
mod card_sales;
mod childcare_candidates;
mod childcare_use;
mod children;
mod covid_cases;
mod daycare_centres;
mod daycare_layout;
mod days;
mod district;
mod epidemic;
mod establishments;
mod markets;
mod merchant_usage;
mod place;
mod population;
mod post_phrases;
mod post_topics;
mod post_writer;
mod posts;
mod random;
mod sentiment;
mod shops;
mod streetlights;
mod streets;
mod table;
mod trades;
mod wifi_requests;

#[cfg(test)]
mod committed_data_tests;
#[cfg(test)]
mod pattern_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use geo_types::MultiPolygon;

/// A dong as the demo needs it: the caller reads it from the database.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoDong {
    /// Code of eight digits, as the portals use it.
    pub code8: String,
    /// Short name (노량진1동).
    pub name: String,
    /// Boundary in longitude and latitude (EPSG:4326).
    pub area: MultiPolygon<f64>,
}

/// A file that the importer of `dataset` accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Name of the dataset, as the command `import` knows it.
    pub dataset: &'static str,
    /// File name; it contains `synthetic`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// All files of the demo for these dongs. Without dongs the files hold their headers and little else.
pub fn generate(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    [
        card_sales::files(seed, dongs),
        covid_cases::files(seed),
        establishments::files(seed, dongs),
        markets::files(seed, dongs),
        merchant_usage::files(seed, dongs),
        sentiment::files(seed),
        population::files(seed, dongs),
        bus_stops::files(seed, dongs),
        streetlights::files(seed, dongs),
        access_points::files(seed, dongs),
        wifi_requests::files(seed, dongs),
        daycare_centres::files(seed, dongs),
        children::files(seed, dongs),
        childcare_use::files(seed, dongs),
        childcare_candidates::files(seed, dongs),
        posts::files(seed, dongs),
    ]
    .concat()
}
