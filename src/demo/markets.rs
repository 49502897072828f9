//! Traditional markets and shopping streets (전통시장·상점가), in the layout of the national standard list, and the sales
//! of those that the city watches as commercial areas (추정매출-상권).
//!
//! A market draws on its dong, but is not its image: it loses more than the dong in the first year of the epidemic, and
//! the relief money brings some of it back.

use super::district::traits;
use super::place::{DECIMALS, random_point};
use super::random::Random;
use super::shops::QUARTERS;
use super::table::{PORTAL_BARE, PORTAL_QUOTED, Table};
use super::{DemoDong, GeneratedFile};

/// The header of the official list.
const HEADER: [&str; 18] = [
    "시장명",
    "시장유형",
    "소재지도로명주소",
    "소재지지번주소",
    "시장개설주기",
    "위도",
    "경도",
    "점포수",
    "취급품목",
    "사용가능상품권",
    "홈페이지주소",
    "공중화장실보유여부",
    "주차장보유여부",
    "개설연도",
    "전화번호",
    "데이터기준일자",
    "제공기관코드",
    "제공기관명",
];

const SALES_HEADER: [&str; 9] = [
    "기준_년분기_코드",
    "상권_구분_코드",
    "상권_구분_코드_명",
    "상권_코드",
    "상권_코드_명",
    "서비스_업종_코드",
    "서비스_업종_코드_명",
    "당월_매출_금액",
    "당월_매출_건수",
];

/// What is sold in a market, with payments a shop and quarter and won a payment.
const GOODS: [(&str, &str, f64, f64); 4] = [
    ("CS300008", "수산물판매", 820.0, 21_000.0),
    ("CS300009", "청과상", 1_150.0, 14_000.0),
    ("CS300010", "반찬가게", 980.0, 11_500.0),
    ("CS100008", "분식전문점", 1_400.0, 8_200.0),
];

/// Sales against the same quarter of an ordinary year.
const LEVEL: [f64; QUARTERS] = [1.0, 1.0, 1.0, 1.0, 0.78, 0.93, 0.86, 0.74];

struct Stall {
    name: String,
    kind: &'static str,
    code: String,
    shops: u32,
    opened: u32,
    at: (f64, f64),
    address: String,
    /// Whether the city watches its sales.
    watched: bool,
}

/// The list, and the sales of the watched: card sales by area, imported apart from those by dong.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let stalls = stalls(seed, dongs);
    vec![
        GeneratedFile { dataset: "markets", name: "markets-synthetic.csv".into(), bytes: list(&stalls) },
        GeneratedFile {
            dataset: "card-sales",
            name: "area-sales-2019-2020-synthetic.csv".into(),
            bytes: sales(seed, &stalls),
        },
    ]
}

fn stalls(seed: u64, dongs: &[DemoDong]) -> Vec<Stall> {
    let mut stalls = Vec::new();
    for dong in dongs {
        let mut random = Random::for_topic(seed, &format!("markets/{}", dong.code8));
        let commerce = traits(seed, dong).commerce;
        // Every dong has a chance of a market and of a shopping street; the busier the likelier.
        for (kind, ending, chance) in [("상설장", "시장", 0.75), ("상점가", "상점가", 0.45)] {
            if !random.chance((chance * commerce).min(0.95)) {
                continue;
            }
            let Some((lon, lat)) = random_point(&mut random, dong) else { continue };
            stalls.push(Stall {
                name: format!("{} 가상{ending}", dong.name),
                kind,
                code: format!("9{:06}", stalls.len() + 1),
                shops: 12 + random.count(70.0 * commerce),
                opened: random.whole(1962, 2011),
                at: (lon, lat),
                address: format!("서울특별시 동작구 {} 가상로 {}", dong.name, random.whole(1, 99)),
                watched: random.chance(0.6),
            });
        }
    }
    stalls
}

fn list(stalls: &[Stall]) -> Vec<u8> {
    let mut table = Table::new(PORTAL_BARE, &HEADER);
    for stall in stalls {
        let (lon, lat) = stall.at;
        let (shops, opened) = (stall.shops.to_string(), stall.opened.to_string());
        let (lat, lon) = (format!("{lat:.DECIMALS$}"), format!("{lon:.DECIMALS$}"));
        table.row(&[
            &stall.name,
            stall.kind,
            &stall.address,
            "",
            "매일",
            &lat,
            &lon,
            &shops,
            "농산물+수산물",
            "온누리상품권",
            "",
            "Y",
            "N",
            &opened,
            "",
            "2020-12-31",
            "3190000",
            "서울특별시 동작구",
        ]);
    }
    table.into_bytes()
}

fn sales(seed: u64, stalls: &[Stall]) -> Vec<u8> {
    let mut table = Table::new(PORTAL_QUOTED, &SALES_HEADER);
    for (quarter, level) in LEVEL.iter().enumerate() {
        for stall in stalls.iter().filter(|stall| stall.watched) {
            let own = Random::for_topic(seed, &format!("markets/{}/level", stall.code)).between(0.6, 1.4);
            for (code, name, payments, won) in GOODS {
                let mut random = Random::for_topic(seed, &format!("markets/{}/{code}/{quarter}", stall.code));
                let level = 1.0 - (1.0 - level) * own;
                let count = (f64::from(stall.shops) / 4.0 * payments * level * random.around_one(0.05)).round();
                let amount = (count * won * random.around_one(0.03)).round();
                let (kind_code, kind) =
                    if stall.kind == "상점가" { ("D", "발달상권") } else { ("R", "전통시장") };
                table.row(&[
                    format!("{}{}", 2019 + quarter / 4, quarter % 4 + 1),
                    kind_code.to_owned(),
                    kind.to_owned(),
                    stall.code.clone(),
                    stall.name.clone(),
                    code.to_owned(),
                    name.to_owned(),
                    format!("{amount:.0}"),
                    format!("{count:.0}"),
                ]);
            }
        }
    }
    table.into_bytes()
}

#[cfg(test)]
mod tests {
    use crate::demo::testing::{generated, table_of};

    #[test]
    fn watched_markets_are_on_the_list_and_sell_less_in_the_second_year() {
        let file = |name: &str| generated().iter().find(|f| f.name.starts_with(name)).expect("the file");
        let (_, markets) = table_of(file("markets-"));
        let (_, sales) = table_of(file("area-sales-"));
        assert!(markets.len() >= 8 && sales.len() >= 8 * 4 * 3, "{} {}", markets.len(), sales.len());
        let mut years = [0.0, 0.0];
        for row in &sales {
            assert!(markets.iter().any(|market| market[0] == row[4]), "{row:?}");
            years[usize::from(row[0].starts_with("2020"))] += row[7].parse::<f64>().expect("won");
        }
        assert!(years[1] < 0.97 * years[0] && years[1] > 0.6 * years[0], "{years:?}");
    }
}
