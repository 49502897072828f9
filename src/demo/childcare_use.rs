//! Use of childcare places by month and band of hours (시간제보육 이용), in our own layout.
//!
//! Part-time care fills up where places are short; nobody came in the spring of 2020. A few bands have hardly any use,
//! so that one can see small numbers being hidden.

use super::district::traits;
use super::random::Random;
use super::table::{OWN, Table};
use super::{DemoDong, GeneratedFile};

const HEADER: [&str; 6] = ["month", "dong_code", "kind", "hour_band", "places", "used"];

/// Bands of hours with how well they are liked.
const BANDS: [(&str, f64); 4] = [("09-12", 0.95), ("12-15", 0.80), ("15-18", 0.65), ("18-20", 0.10)];
/// Working days of a month.
const DAYS: u32 = 21;

/// One file: the months of 2020.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut table = Table::new(OWN, &HEADER);
    for dong in dongs {
        let mut random = Random::for_topic(seed, &format!("childcare-use/{}", dong.code8));
        let shortage = traits(seed, dong).childcare_shortage;
        let part_time = random.whole(1, 4) * 3;
        let all_day = (traits(seed, dong).residents * 0.018).round() as u32;
        for month in 1..=12 {
            let closed = if (3..=4).contains(&month) { 0.35 } else { 1.0 };
            for (kind, places, filled) in [("part_time", part_time, 0.35 + 0.6 * shortage), ("all_day", all_day, 0.8)] {
                for (band, liking) in BANDS {
                    let liking = if kind == "all_day" { 0.7 + 0.3 * liking } else { liking };
                    let offered = places * DAYS;
                    let expected = f64::from(offered) * filled * liking * closed;
                    let used = random.count(expected).min(offered);
                    table.row(&[
                        format!("2020-{month:02}"),
                        dong.code8.clone(),
                        kind.to_owned(),
                        band.to_owned(),
                        offered.to_string(),
                        used.to_string(),
                    ]);
                }
            }
        }
    }
    vec![GeneratedFile {
        dataset: "childcare-use",
        name: "childcare-use-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}
