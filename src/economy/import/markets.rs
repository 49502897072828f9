//! Markets and shopping streets: the national standard list, the list of the market agency (전통시장현황), the list of
//! the city, its commercial areas (영역-상권), or our own layout.

use crate::economy::tables::Market;
use crate::geo::Crs;
use crate::import::value::{self, Place, PointColumns};
use crate::import::{Column, FileError, Parsed, ReadOptions, Row, Source, Table};

/// Where a list keeps what we want of it.
struct Layout {
    name: &'static str,
    id: Option<usize>,
    market: usize,
    kind: Option<usize>,
    addresses: [Option<usize>; 2],
    district: Option<usize>,
    shops: Option<usize>,
    opened: Option<usize>,
    points: Option<PointColumns>,
    /// The kind of everything in a list that does not say.
    default_kind: &'static str,
}

/// Reads a list of markets. A row without coordinates is kept without a place.
pub fn markets(source: &Source, options: &ReadOptions) -> Result<Parsed<(Market, Option<Place>)>, FileError> {
    let table = Table::read(source, options)?;
    let layout = recognise(&table, options)?;
    let mut parsed = Parsed::from_table(layout.name, &table, |row| one(row, &layout).map(|market| vec![market]));
    parsed.refuse_duplicates(&table, |(market, _)| market.id.clone());
    let nowhere = parsed.rows.iter().filter(|(_, (_, place))| place.is_none()).count();
    if nowhere > 0 {
        parsed.notes.push(format!("{nowhere} rows have no coordinates: they are listed, but not placed on the map."));
    }
    Ok(parsed)
}

fn recognise(table: &Table, options: &ReadOptions) -> Result<Layout, FileError> {
    if table.column(&["기준_년분기_코드"]).is_some() {
        return Err(
            "The file holds quarterly figures, not a list of markets. Import sales of commercial areas (추정매출-상권) as card-sales."
                .to_owned(),
        );
    }
    if table.has(&[Column(&["상권_코드"]), Column(&["상권_코드_명"])]) {
        let [id, market, kind] =
            table.require([Column(&["상권_코드"]), Column(&["상권_코드_명"]), Column(&["상권_구분_코드_명"])])?;
        return Ok(Layout {
            name: "seoul-commercial-areas",
            id: Some(id),
            market,
            kind: Some(kind),
            addresses: [None, None],
            district: table.column(&["자치구_코드_명"]),
            shops: None,
            opened: None,
            // The city publishes these centres in the older central belt.
            points: PointColumns::find(table, options.crs.or(Some(Crs::Epsg5181))),
            default_kind: "other",
        });
    }
    let [market] = table.require([Column(&["시장명", "전통시장명", "name"])])?;
    let base = Layout {
        name: "own",
        id: None,
        market,
        kind: table.column(&["시장유형", "시장_유형", "kind"]),
        addresses: [
            table.column(&["소재지도로명주소", "도로명주소", "주소명", "address"]),
            table.column(&["소재지지번주소", "지번주소"]),
        ],
        district: table.column(&["시군구", "자치구명"]),
        shops: table.column(&["점포수", "shops"]),
        opened: table.column(&["개설연도", "opened"]),
        points: PointColumns::find(table, options.crs),
        default_kind: "traditional_market",
    };
    if let Some(id) = table.column(&["시장코드"]) {
        return Ok(Layout { name: "agency-markets", id: Some(id), ..base });
    }
    if table.column(&["전통시장명"]).is_some() {
        return Ok(Layout { name: "seoul-markets", ..base });
    }
    if table.column(&["시장개설주기"]).is_some() || table.column(&["시장유형"]).is_some() {
        return Ok(Layout { name: "national-markets", ..base });
    }
    Ok(base)
}

fn one(row: &Row<'_>, layout: &Layout) -> Result<(Market, Option<Place>), String> {
    let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
    let name = row.need(layout.market, "the name of the market")?;
    let address = layout.addresses.iter().find_map(|at| cell(*at));
    let district = cell(layout.district).or_else(|| address.and_then(district_of));
    let opened = match cell(layout.opened) {
        Some(text) => Some(year(text)?),
        None => None,
    };
    let market = Market {
        version_id: 0,
        layout: layout.name.to_owned(),
        // The agency gives the same code to markets of the same name in different cities.
        id: match cell(layout.id) {
            Some(code) if layout.name == "agency-markets" => format!("{code}/{}", address.unwrap_or("")),
            Some(code) => code.to_owned(),
            None => format!("{name}/{}", address.unwrap_or("")),
        },
        name_ko: name.to_owned(),
        kind: match cell(layout.kind) {
            Some(text) => kind(text),
            // The list of the city has shopping streets among its markets and says so in their names only.
            None if name.ends_with("상점가") => "shopping_street",
            None => layout.default_kind,
        }
        .to_owned(),
        address: address.map(str::to_owned),
        district_ko: district.map(str::to_owned),
        shops: value::optional(cell(layout.shops), value::count)?,
        opened_in: opened,
        place: None,
    };
    let place = layout.points.as_ref().map_or(Ok(None), |points| points.read_optional(row))?;
    Ok((market, place))
}

/// The lists name kinds freely; a periodic market (5일장) is a traditional market as well.
fn kind(text: &str) -> &'static str {
    match text {
        "traditional_market" | "전통시장" => "traditional_market",
        "shopping_street" | "상점가" | "골목형상점가" => "shopping_street",
        "alley_area" | "골목상권" => "alley_area",
        "developed_area" | "발달상권" => "developed_area",
        "tourist_zone" | "관광특구" => "tourist_zone",
        text if text.contains("시장") || text.contains('장') && !text.contains("상점가") => "traditional_market",
        text if text.contains("상점가") => "shopping_street",
        _ => "other",
    }
}

/// 동작구 in "서울특별시 동작구 사당동 88-3"; an address without the city names no district.
fn district_of(address: &str) -> Option<&str> {
    let mut words = address.split_whitespace();
    let first = words.next()?;
    let is_city = ["시", "도"].iter().any(|end| first.ends_with(end));
    words.next().filter(|word| is_city && ["구", "군", "시"].iter().any(|end| word.ends_with(end)))
}

fn year(text: &str) -> Result<i16, String> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits
        .parse::<i16>()
        .ok()
        .filter(|year| digits.len() == 4 && (1300..=2100).contains(year))
        .ok_or_else(|| format!("\"{text}\" is not the year in which a market opened"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed<(Market, Option<Place>)> {
        let source = Source { name: "m.csv".into(), bytes: text.as_bytes().to_vec() };
        markets(&source, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn each_list_is_recognised_by_its_header() {
        let national = "시장명,시장유형,소재지도로명주소,소재지지번주소,시장개설주기,위도,경도,점포수,개설연도,제공기관명\n\
                        가시장,상설장,서울특별시 동작구 상도로 1,,매일,37.5,126.95,120,1974,서울특별시 동작구\n";
        let agency =
            "시장코드,시장명,시장 유형,지번주소,도로명주소,시도,시군구\na1,나시장,전통시장,,,서울특별시,동작구\n";
        let city = "자치구 코드,자치구명,전통시장명,주소명,위도,경도\n12,동작구,  다시장,본동 1,37.51,126.95\n";
        let areas = "상권_구분_코드,상권_구분_코드_명,상권_코드,상권_코드_명,엑스좌표_값,와이좌표_값,자치구_코드,자치구_코드_명,영역_면적\n\
                     A,골목상권,3110055,라길,201642,452260,11590,동작구,27575\n";
        let own = "name,lon,lat,address,shops,kind,opened\n마거리,126.95,37.5,,30,shopping_street,2001\n";
        let found: Vec<_> = [national, agency, city, areas, own]
            .iter()
            .map(|text| {
                let parsed = read(text);
                let (market, place) = parsed.rows[0].1.clone();
                (parsed.layout, market.name_ko, market.kind, market.shops, market.opened_in, place.is_some())
            })
            .collect();
        let row = |layout, name: &str, kind: &str, shops, opened, placed| {
            (layout, name.to_owned(), kind.to_owned(), shops, opened, placed)
        };
        assert_eq!(
            found,
            [
                row("national-markets", "가시장", "traditional_market", Some(120), Some(1974), true),
                row("agency-markets", "나시장", "traditional_market", None, None, false),
                row("seoul-markets", "다시장", "traditional_market", None, None, true),
                row("seoul-commercial-areas", "라길", "alley_area", None, None, true),
                row("own", "마거리", "shopping_street", Some(30), Some(2001), true),
            ]
        );
        let place = read(areas).rows[0].1.1.unwrap();
        assert_eq!((place.x, place.y, place.crs), (201_642.0, 452_260.0, Crs::Epsg5181));
    }

    #[test]
    fn the_district_comes_from_the_file_or_from_a_full_address() {
        assert_eq!(district_of("서울특별시 동작구 사당동 88-3"), Some("동작구"));
        assert_eq!(district_of("경기도 가평군 읍내리 405"), Some("가평군"));
        assert_eq!(district_of("상도동 186-5"), None);
    }

    #[test]
    fn a_shopping_street_among_markets_is_known_by_its_name() {
        let parsed = read("자치구명,전통시장명,주소명,위도,경도\n동작구,먹자골목상점가,사당동 147,37.48,126.97\n");
        assert_eq!(parsed.rows[0].1.0.kind, "shopping_street");
    }

    #[test]
    fn rows_that_cannot_be_are_refused_with_the_reason() {
        let parsed = read(
            "name,lon,lat,shops,opened\n,126.9,37.5,1,\n가,999,999,1,\n나,126.9,37.5,-3,\n다,126.9,37.5,3,옛날\n라,,,3,1970\n라,,,4,1971\n",
        );
        assert_eq!((parsed.rows.len(), parsed.refused.len()), (1, 5));
    }
}
