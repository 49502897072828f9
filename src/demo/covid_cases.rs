//! New cases (확진자) a day in the whole city, in our own layout. The curve is invented: see `epidemic`.

use super::GeneratedFile;
use super::days::date_at;
use super::epidemic;
use super::table::{OWN, Table};

/// Both years, so that 2019 says 0 and nobody has to guess it.
pub fn files(seed: u64) -> Vec<GeneratedFile> {
    let mut table = Table::new(OWN, &["date", "area", "new_cases"]);
    for (day, cases) in epidemic::invent(seed).new_cases.iter().enumerate() {
        table.row(&[&date_at(day).to_string(), "seoul", &cases.to_string()]);
    }
    vec![GeneratedFile { dataset: "covid-cases", name: "covid-cases-synthetic.csv".into(), bytes: table.into_bytes() }]
}
