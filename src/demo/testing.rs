//! What the tests of this room share: an invented district, and ways to read a file back.

use std::sync::OnceLock;

use geo_types::{MultiPolygon, polygon};

use super::{DemoDong, GeneratedFile, generate};

const NAMES: [(&str, &str); 15] = [
    ("11590510", "노량진1동"),
    ("11590520", "노량진2동"),
    ("11590530", "상도1동"),
    ("11590540", "상도2동"),
    ("11590550", "상도3동"),
    ("11590560", "상도4동"),
    ("11590605", "흑석동"),
    ("11590620", "사당1동"),
    ("11590630", "사당2동"),
    ("11590640", "사당3동"),
    ("11590650", "사당4동"),
    ("11590651", "사당5동"),
    ("11590660", "대방동"),
    ("11590670", "신대방1동"),
    ("11590680", "신대방2동"),
];

/// Fifteen rectangles of about 1.09 square kilometres, five beside each other in three rows.
pub fn checkerboard() -> Vec<DemoDong> {
    NAMES
        .iter()
        .enumerate()
        .map(|(index, (code8, name))| {
            let west = 126.90 + 0.0118 * (index % 5) as f64;
            let south = 37.48 + 0.0094 * (index / 5) as f64;
            let (east, north) = (west + 0.0118, south + 0.0094);
            let area = MultiPolygon(vec![polygon![
                (x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north),
            ]]);
            DemoDong { code8: (*code8).into(), name: (*name).into(), area }
        })
        .collect()
}

/// All files of the checkerboard under seed 7, generated once for all tests.
pub fn generated() -> &'static [GeneratedFile] {
    static FILES: OnceLock<Vec<GeneratedFile>> = OnceLock::new();
    FILES.get_or_init(|| generate(7, &checkerboard()))
}

/// The first file of a dataset.
pub fn file_of(dataset: &str) -> &'static GeneratedFile {
    generated().iter().find(|file| file.dataset == dataset).expect("a file of this dataset")
}

/// The text of a file, which must decode without a replaced letter.
pub fn text_of(file: &GeneratedFile) -> String {
    match String::from_utf8(file.bytes.clone()) {
        Ok(text) => text,
        Err(_) => {
            let (text, _, had_errors) = encoding_rs::EUC_KR.decode(&file.bytes);
            assert!(!had_errors, "{}", file.name);
            text.into_owned()
        }
    }
}

/// Header and rows of a table, read by the csv crate and not by our own writer.
pub fn table_of(file: &GeneratedFile) -> (Vec<String>, Vec<Vec<String>>) {
    let text = text_of(file);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").iter().map(String::from).collect();
    let rows = reader.records().map(|row| row.expect("a row as long as its header").iter().map(String::from).collect());
    (header, rows.collect())
}

/// A file of the reference folder, or `None` with a word about the test that could not run.
pub fn reference(name: &str, test: &str) -> Option<Vec<u8>> {
    let folder = std::env::var("DONGJAK_REFERENCE_DIR")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data").into());
    let bytes = std::fs::read(std::path::Path::new(&folder).join(name)).ok();
    if bytes.is_none() {
        println!("not run: {test} ({name})");
    }
    bytes
}
