//! Buildings in which a childcare service could open (보육시설 후보지), in our own layout.
//!
//! Each dong has its community centre; apartments and vacated centres are spread by the number of residents. Places,
//! names and costs are invented.

use super::district::{allotted, traits};
use super::place::{DECIMALS, random_point};
use super::random::Random;
use super::table::{OWN, Table};
use super::{DemoDong, GeneratedFile};

const HEADER: [&str; 8] = ["id", "name", "lon", "lat", "kind", "cost_won", "all_day", "part_time"];

const APARTMENTS: usize = 40;
const VACATED: usize = 20;

const GROVES: [&str; 8] = ["푸른", "햇살", "은하", "새길", "느티", "한빛", "가람", "소나무"];

/// One file.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut table = Table::new(OWN, &HEADER);
    let by_residents = |total| allotted(seed, dongs, total, |traits| traits.residents);
    let numbers = by_residents(APARTMENTS).into_iter().zip(by_residents(VACATED));
    let mut number = 0;
    for (dong, (apartments, vacated)) in dongs.iter().zip(numbers) {
        let mut random = Random::for_topic(seed, &format!("candidates/{}", dong.code8));
        let shortage = traits(seed, dong).childcare_shortage;
        let mut add = |random: &mut Random, kind: &str, name: String, million: (u32, u32), fit: (bool, bool)| {
            let Some((lon, lat)) = random_point(random, dong) else { return };
            number += 1;
            // Rents are higher where places are short.
            let cost = f64::from(random.whole(million.0, million.1)) * (0.9 + 0.2 * shortage);
            table.row(&[
                format!("C{number:03}"),
                name,
                format!("{lon:.DECIMALS$}"),
                format!("{lat:.DECIMALS$}"),
                kind.to_owned(),
                format!("{:.0}", cost.round() * 1e6),
                u8::from(fit.0).to_string(),
                u8::from(fit.1).to_string(),
            ]);
        };
        let name = format!("{} 주민센터", dong.name);
        add(&mut random, "community_centre", name, (60, 140), (false, true));
        for _ in 0..apartments {
            let name = format!("{} {}아파트 관리동", dong.name, random.word(&GROVES));
            let part_time = random.chance(0.6);
            add(&mut random, "apartment", name, (250, 600), (true, part_time));
        }
        for _ in 0..vacated {
            let name = format!("{} 옛 {}어린이집", dong.name, random.word(&GROVES));
            add(&mut random, "vacated_centre", name, (120, 320), (true, true));
        }
    }
    vec![GeneratedFile {
        dataset: "childcare-candidates",
        name: "childcare-candidates-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}
