//! Establishments (점포) by quarter, dong and portal trade, in the layout of Seoul's 점포-행정동 file.

use super::district::traits;
use super::shops::stocks;
use super::table::{Manner, PORTAL_BARE, Table};
use super::trades::TRADES;
use super::{DemoDong, GeneratedFile};

/// The header of the official file.
pub const HEADER: [&str; 9] = [
    "기준_년분기_코드",
    "행정동_코드",
    "행정동_코드_명",
    "서비스_업종_코드",
    "서비스_업종_코드_명",
    "점포_수",
    "개업_점포_수",
    "폐업_점포_수",
    "프랜차이즈_점포_수",
];

/// The quarters of 2019 and 2020.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let mut rows = Vec::new();
    for dong in dongs {
        let traits = traits(seed, dong);
        for trade in &TRADES {
            for part in trade.seoul {
                for (quarter, stock) in stocks(seed, dong, &traits, trade, part).into_iter().enumerate() {
                    rows.push((quarter, &dong.code8, &dong.name, part, stock));
                }
            }
        }
    }
    rows.sort_by_key(|(quarter, code8, _, part, _)| (*quarter, *code8, part.code));
    let mut table = Table::new(Manner { line_end: "\r\n", ..PORTAL_BARE }, &HEADER);
    for (quarter, code8, name, part, stock) in rows {
        table.row(&[
            &format!("{}{}", 2019 + quarter / 4, quarter % 4 + 1),
            code8,
            name,
            part.code,
            part.name,
            &stock.shops.to_string(),
            &stock.opened.to_string(),
            &stock.closed.to_string(),
            &stock.franchises.to_string(),
        ]);
    }
    vec![GeneratedFile {
        dataset: "establishments",
        name: "establishments-2019-2020-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}
