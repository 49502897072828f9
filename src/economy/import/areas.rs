//! Sales of commercial areas (상권): the quarterly file of the city.

use crate::economy::tables::AreaSales;
use crate::import::{Column, FileError, Parsed, ReadOptions, Source, Table, value};

/// Does the file speak of commercial areas instead of dongs?
pub fn speaks_of_areas(source: &Source, options: &ReadOptions) -> Result<bool, FileError> {
    let table = Table::read(source, options)?;
    Ok(table.has(&[Column(&["상권_코드"]), Column(&["당월_매출_금액", "분기당_매출_금액"])]))
}

/// Reads the file. Amounts are multiplied by `--amount-unit`.
pub fn area_sales(source: &Source, options: &ReadOptions) -> Result<Parsed<AreaSales>, FileError> {
    let table = Table::read(source, options)?;
    let [code, name, kind, industry, amount, transactions] = table.require([
        Column(&["상권_코드"]),
        Column(&["상권_코드_명"]),
        Column(&["상권_구분_코드_명"]),
        Column(&["서비스_업종_코드"]),
        Column(&["당월_매출_금액", "분기당_매출_금액"]),
        Column(&["당월_매출_건수", "분기당_매출_건수"]),
    ])?;
    let joined = table.column(&["기준_년분기_코드"]);
    let apart = match joined {
        Some(_) => None,
        None => Some(table.require([Column(&["기준_년_코드"]), Column(&["기준_분기_코드"])])?),
    };
    let mut parsed = Parsed::from_table("seoul-sales-area", &table, |row| {
        let quarter = match (joined, apart) {
            (Some(at), _) => row.need(at, "the quarter")?.to_owned(),
            (None, Some([year, quarter])) => {
                format!("{}{}", row.need(year, "the year")?, row.need(quarter, "the quarter")?)
            }
            (None, None) => return Err("the quarter is empty".to_owned()),
        };
        let whole = |at: usize, what: &str| {
            let number = value::integer(row.need(at, what)?)?;
            if number < 0 { Err(format!("{what} {number} is negative")) } else { Ok(number) }
        };
        Ok(vec![AreaSales {
            area_code: row.need(code, "상권_코드")?.to_owned(),
            area_name: row.need(name, "상권_코드_명")?.to_owned(),
            area_kind: row.need(kind, "상권_구분_코드_명")?.to_owned(),
            industry_code: row.need(industry, "서비스_업종_코드")?.to_owned(),
            quarter: value::quarter(&quarter)?,
            version_id: 0,
            amount_won: whole(amount, "the amount")?
                .checked_mul(options.amount_unit.unwrap_or(1))
                .ok_or("the amount is too large")?,
            transactions: row.get(transactions).map(|_| whole(transactions, "the number of payments")).transpose()?,
        }])
    });
    parsed.refuse_duplicates(&table, |r| (r.area_code.clone(), r.industry_code.clone(), r.quarter));
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str =
        "기준_년분기_코드,상권_구분_코드_명,상권_코드,상권_코드_명,서비스_업종_코드,당월_매출_금액,당월_매출_건수";

    fn source(rows: &str) -> Source {
        Source { name: "a.csv".into(), bytes: format!("{HEADER}\n{rows}").into_bytes() }
    }

    #[test]
    fn amounts_are_in_won_and_bad_rows_are_refused() {
        let rows = "20241,전통시장,3130001,가시장,CS100001,12,3\n20241,전통시장,3130001,가시장,CS100001,12,3\n\
                    20241,전통시장,3130001,가시장,CS100002,-1,3\n20249,전통시장,3130001,가시장,CS100003,1,3\n\
                    20241,전통시장,3130001,가시장,CS100004,1,\n";
        let options = ReadOptions { amount_unit: Some(1_000), ..ReadOptions::default() };
        let parsed = area_sales(&source(rows), &options).unwrap();
        let kept: Vec<_> = parsed.rows.iter().map(|(_, r)| (r.amount_won, r.transactions)).collect();
        assert_eq!((kept, parsed.refused.len()), (vec![(12_000, Some(3)), (1_000, None)], 3));
    }

    #[test]
    fn a_file_by_dong_does_not_speak_of_areas() {
        let dong = Source { name: "d.csv".into(), bytes: "행정동_코드,당월_매출_금액\n1,2\n".into() };
        let of = |s: &Source| speaks_of_areas(s, &ReadOptions::default()).unwrap();
        assert_eq!((of(&source("")), of(&dong)), (true, false));
    }
}
