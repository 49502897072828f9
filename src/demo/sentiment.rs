//! The business survey index (BSI, 경기체감지수) by month in the layout of a KOSIS export: the name of an industry stands
//! only on the first row of its block, and a month is written "2019. 01".

use chrono::Datelike;

use super::GeneratedFile;
use super::days;
use super::epidemic::{self, Epidemic};
use super::random::Random;
use super::table::{OWN, Table};

/// The header of the official file.
pub const HEADER: [&str; 4] = ["업종별(1)", "시점", "체감", "전망"];

const MONTHS: usize = 24;

/// Name, level in quiet times, and points lost at the strongest caution.
const INDUSTRIES: [(&str, f64, f64); 9] = [
    ("제조업", 68.0, 26.0),
    ("소매업", 61.0, 31.0),
    ("음식점업", 64.0, 43.0),
    ("부동산업", 59.0, 18.0),
    ("전문기술사업", 71.0, 21.0),
    ("교육 서비스업", 70.0, 46.0),
    ("스포츠 및 오락관련", 63.0, 49.0),
    ("수리업", 57.0, 17.0),
    ("개인 서비스업", 60.0, 37.0),
];

/// 24 months from January 2019.
pub fn files(seed: u64) -> Vec<GeneratedFile> {
    let monthly_caution = monthly_caution(&epidemic::invent(seed));
    let mut table = Table::new(OWN, &HEADER);
    for (name, quiet, loss) in INDUSTRIES {
        let mut random = Random::for_topic(seed, &format!("bsi/{name}"));
        let mut drift = 0.0;
        for (month, caution) in monthly_caution.iter().enumerate() {
            drift = 0.6 * drift + 2.2 * random.normal();
            // March and September are the months that shopkeepers call good.
            let season = if matches!(month % 12, 2 | 8) { 4.5 } else { 0.0 };
            let felt = (quiet + season + drift - loss * caution).clamp(8.0, 150.0);
            // Hopes exceed what comes of them, and fall less.
            let hoped = (felt + random.between(11.0, 24.0) + 0.3 * loss * caution).clamp(10.0, 170.0);
            table.row(&[
                if month == 0 { name } else { "" },
                &format!("{}. {:02}", 2019 + month / 12, month % 12 + 1),
                &format!("{felt:.1}"),
                &format!("{hoped:.1}"),
            ]);
        }
    }
    vec![GeneratedFile { dataset: "bsi", name: "bsi-by-industry-synthetic.csv".into(), bytes: table.into_bytes() }]
}

fn monthly_caution(epidemic: &Epidemic) -> Vec<f64> {
    let mut sums = vec![(0.0, 0_u32); MONTHS];
    for (day, caution) in days::all().iter().zip(&epidemic.caution) {
        let month = (day.date.year() - 2019) as usize * 12 + day.date.month0() as usize;
        if let Some((sum, count)) = sums.get_mut(month) {
            *sum += caution;
            *count += 1;
        }
    }
    sums.into_iter().map(|(sum, count)| sum / f64::from(count.max(1))).collect()
}
