//! Use of merchants by payment scheme (가맹점 이용현황), in our own layout: there is no official one.

use crate::economy::tables::MerchantUsage;
use crate::geo::DongDirectory;
use crate::import::{Column, FileError, Parsed, ReadOptions, Row, Source, Table, value};

/// Reads month, scheme, dong_code, industry_code, merchants, transactions, amount_won. Amounts are multiplied by
/// `--amount-unit`.
pub fn merchant_usage(
    source: &Source,
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Parsed<MerchantUsage>, FileError> {
    let table = Table::read(source, options)?;
    let columns = table.require([
        Column(&["month"]),
        Column(&["scheme"]),
        Column(&["dong_code"]),
        Column(&["industry_code"]),
        Column(&["merchants"]),
        Column(&["transactions"]),
        Column(&["amount_won"]),
    ])?;
    let mut parsed = Parsed::from_table("own", &table, |row| one(row, columns, options, directory).map(|r| vec![r]));
    parsed.refuse_duplicates(&table, |r| (r.dong_code.clone(), r.scheme.clone(), r.industry_code.clone(), r.month));
    Ok(parsed)
}

fn one(
    row: &Row<'_>,
    [month, scheme, dong, industry, merchants, transactions, amount]: [usize; 7],
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<MerchantUsage, String> {
    let whole = |at: usize, what: &str| {
        let number = value::integer(row.need(at, what)?)?;
        if number < 0 { Err(format!("{what} {number} is negative")) } else { Ok(number) }
    };
    let scheme = row.need(scheme, "scheme")?;
    if scheme.chars().count() > 40 {
        return Err(format!("scheme \"{scheme}\" has more than 40 letters"));
    }
    let usage = MerchantUsage {
        dong_code: directory.resolve(row.need(dong, "dong_code")?)?.as_str().to_owned(),
        scheme: scheme.to_owned(),
        industry_code: row.need(industry, "industry_code")?.to_owned(),
        month: value::month(row.need(month, "month")?)?,
        version_id: 0,
        merchants: value::count(row.need(merchants, "merchants")?)?,
        transactions: whole(transactions, "transactions")?,
        amount_won: whole(amount, "amount_won")?
            .checked_mul(options.amount_unit.unwrap_or(1))
            .ok_or("the amount is too large")?,
    };
    if usage.amount_won > 0 && (usage.merchants == 0 || usage.transactions == 0) {
        return Err("there is an amount, but no merchant or no payment".to_owned());
    }
    Ok(usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_contradict_themselves_are_refused_with_the_reason() {
        let text = "month,scheme,dong_code,industry_code,merchants,transactions,amount_won\n\
            2020-05,zero_pay,11590510,cafe,4,10,90000\n2020-05,zero_pay,11590510,cafe,4,10,90000\n\
            2020-05,zero_pay,11590510,pub,0,10,90000\n2020-05,zero_pay,11590510,pub,3,0,1\n\
            2020-05,zero_pay,11590510,pub,3,5,-1\n2020-13,zero_pay,11590510,pub,3,5,1\n\
            2020-06,zero_pay,11590999x,pub,3,5,1\n202006,card,11590510,cafe,0,0,0\n";
        let source = Source { name: "u.csv".into(), bytes: text.as_bytes().to_vec() };
        let directory =
            DongDirectory::new("11590", [("1159051000".to_owned(), String::new(), "노량진제1동".to_owned())]);
        let parsed = merchant_usage(&source, &ReadOptions::default(), &directory).unwrap();
        let kept: Vec<_> =
            parsed.rows.iter().map(|(_, r)| (r.scheme.as_str(), r.month.to_string(), r.amount_won)).collect();
        assert_eq!(kept, [("zero_pay", "2020-05-01".to_owned(), 90_000), ("card", "2020-06-01".to_owned(), 0)]);
        let reasons: Vec<&str> = parsed.refused.iter().map(|r| r.reason.as_str()).collect();
        assert_eq!(reasons.len(), 6, "{reasons:?}");
        assert!(reasons.iter().any(|r| r.contains("no merchant")) && reasons.iter().any(|r| r.contains("negative")));
    }
}
