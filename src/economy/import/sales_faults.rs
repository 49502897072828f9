//! What no row of card sales can say: amounts that nobody can have paid, days that cannot be, another money unit.
//!
//! A wrong row that is believed moves every figure above it, so each is refused with a reason that says what to do.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::economy::tables::CardSales;
use crate::geo::DongDirectory;
use crate::import::{Parsed, Refusal, Table, value};

/// More than all cards of the country together take in a day, in won; that is some three trillion.
const MOST_A_DAY_WON: i64 = 4_000_000_000_000;
/// Nobody pays less than one won.
const LEAST_A_PAYMENT_WON: i64 = 1;
/// The first year that can be meant. Nobody has card sales by dong from before.
const FIRST_YEAR: i32 = 2000;
/// How far the mean payment of a row may lie from the usual one of its industry in the same file. Units differ by a
/// thousand or more; between shops of one industry, means differ by tens.
const SAME_UNIT: f64 = 300.0;
/// Rows of an industry from which its usual payment can be told.
const ENOUGH_ROWS: usize = 10;

/// What the importer knows of the district, so that a mistake can be told from a fact.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The dongs.
    pub directory: &'a DongDirectory,
    /// Codes of the district's own industries; empty before their list was imported.
    pub industries: &'a BTreeSet<String>,
    /// Today in Seoul.
    pub today: NaiveDate,
}

/// The amount in won. `unit` is what one unit of the file is worth.
pub fn amount(text: &str, unit: i64, days: i64) -> Result<i64, String> {
    if text.contains(['천', '만', '억', '조']) {
        return Err(format!(
            "\"{text}\" carries a unit of its own; amounts are numbers, all in the unit of --amount-unit"
        ));
    }
    let amount = value::integer(text)?;
    if amount < 0 {
        return Err(format!("the amount {amount} is negative"));
    }
    amount.checked_mul(unit).filter(|won| *won <= MOST_A_DAY_WON.saturating_mul(days)).ok_or_else(|| {
        format!("the amount {amount} times {unit} won is more than all cards of the country take in {days} days")
    })
}

/// Refuses a row whose amount and number of payments cannot both be true.
pub fn payments(amount_won: i64, transactions: Option<i64>) -> Result<(), String> {
    match transactions {
        Some(n) if n < 0 => Err("the number of payments is negative".to_owned()),
        Some(0) if amount_won > 0 => Err(format!("{amount_won} won were sold in no payment at all")),
        Some(n) if amount_won < n.saturating_mul(LEAST_A_PAYMENT_WON) => Err(format!(
            "{amount_won} won in {n} payments is less than {LEAST_A_PAYMENT_WON} won each; if the file counts in thousands, say so with --amount-unit"
        )),
        _ => Ok(()),
    }
}

/// Refuses days that have not come yet, that nobody can have data of, or that the file was not to hold.
pub fn day(
    starts_on: NaiveDate,
    today: NaiveDate,
    period: (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(), String> {
    use chrono::Datelike;
    if starts_on > today {
        return Err(format!("{starts_on} has not come yet"));
    }
    if starts_on.year() < FIRST_YEAR {
        return Err(format!("{starts_on} lies before {FIRST_YEAR}"));
    }
    if period.0.is_some_and(|from| starts_on < from) || period.1.is_some_and(|to| starts_on > to) {
        return Err(format!("{starts_on} lies outside the period that was named with --from and --to"));
    }
    Ok(())
}

/// Refuses rows in another money unit than the rest of the file: their mean payment is hundreds of times that of the
/// same industry. Files without numbers of payments cannot be checked.
pub fn refuse_other_units(parsed: &mut Parsed<CardSales>, table: &Table) {
    let mean = |row: &CardSales| {
        row.transactions.filter(|n| *n > 0 && row.amount_won > 0).map(|n| row.amount_won as f64 / n as f64)
    };
    let mut means = BTreeMap::<String, Vec<f64>>::new();
    for (_, row) in &parsed.rows {
        means.entry(row.industry_code.clone()).or_default().extend(mean(row));
    }
    let usual: BTreeMap<String, f64> = means
        .into_iter()
        .filter(|(_, means)| means.len() >= ENOUGH_ROWS)
        .map(|(code, mut means)| {
            means.sort_by(f64::total_cmp);
            (code, means[means.len() / 2])
        })
        .collect();
    let mut refused = Vec::new();
    parsed.rows.retain(|(line, row)| {
        let Some((own, usual)) = mean(row).zip(usual.get(&row.industry_code)) else { return true };
        let same = own < usual * SAME_UNIT && own > usual / SAME_UNIT;
        if !same {
            refused.push(Refusal {
                line: *line,
                reason: format!(
                    "{own:.0} won a payment, where {usual:.0} are usual for {} in this file: another money unit",
                    row.industry_code
                ),
                raw: table.raw_line(*line).to_owned(),
            });
        }
        same
    });
    parsed.refused.extend(refused);
}
