//! Use of merchants (가맹점 이용현황) by payment scheme, in our own layout: Zero Pay, the gift certificate of the district,
//! and cards.
//!
//! The schemes of the district grow over the two years and leap when the certificates are sold at a discount; cards
//! follow the epidemic. Not every shop accepts every scheme.

use super::days::DAYS_OF_2019;
use super::district::traits;
use super::epidemic;
use super::random::Random;
use super::shops::of_trade;
use super::table::{OWN, Table};
use super::trades::{TRADES, Trade};
use super::{DemoDong, GeneratedFile};

const HEADER: [&str; 7] = ["month", "scheme", "dong_code", "industry_code", "merchants", "transactions", "amount_won"];

/// Codes of the committed industries, in the order of the trades.
const INDUSTRY_CODES: &str = include_str!("../../data/industry-codes.csv");

const MONTHS: usize = 24;
const DAYS_A_MONTH: f64 = 30.4;

/// A scheme: share of the shops that accept it when the demo begins and ends, share of their payments, and how much a
/// payment is worth against one by card.
struct Scheme {
    name: &'static str,
    accepted: (f64, f64),
    share: f64,
    ticket: f64,
    /// Factor in the months in which certificates are sold at a discount.
    discount: f64,
}

const SCHEMES: [Scheme; 3] = [
    Scheme { name: "zero_pay", accepted: (0.12, 0.45), share: 0.02, ticket: 0.8, discount: 1.6 },
    Scheme { name: "gift_certificate", accepted: (0.05, 0.5), share: 0.03, ticket: 1.3, discount: 2.4 },
    Scheme { name: "card", accepted: (0.97, 0.98), share: 0.9, ticket: 1.0, discount: 1.0 },
];

/// Months counted from January 2019 in which certificates are sold at a discount.
const DISCOUNTS: [usize; 4] = [15, 16, 18, 23];

/// One file.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let caution = monthly_caution(seed);
    let mut table = Table::new(OWN, &HEADER);
    for dong in dongs {
        let traits = traits(seed, dong);
        for trade in TRADES.iter().filter(|trade| accepts(trade)) {
            let Some(industry) = industry_of(trade) else { continue };
            let shops = f64::from(of_trade(seed, dong, &traits, trade));
            for scheme in &SCHEMES {
                let topic = format!("usage/{}/{}/{}", dong.code8, trade.card_code, scheme.name);
                let mut random = Random::for_topic(seed, &topic);
                let liking = random.around_one(0.2);
                for (month, caution) in caution.iter().enumerate() {
                    let passed = month as f64 / (MONTHS - 1) as f64;
                    let accepted = scheme.accepted.0 + (scheme.accepted.1 - scheme.accepted.0) * passed;
                    let merchants = random.count(shops * accepted).min(shops as u32);
                    let busy = (trade.caution * traits.caution * caution).exp()
                        * if DISCOUNTS.contains(&month) { scheme.discount } else { 1.0 };
                    let expected = f64::from(merchants) * trade.payments_per_shop * DAYS_A_MONTH * scheme.share;
                    let payments = random.count(expected * busy * liking);
                    let won =
                        (f64::from(payments) * trade.ticket_won * scheme.ticket * random.around_one(0.04)).round();
                    table.row(&[
                        format!("{}-{:02}", 2019 + month / 12, month % 12 + 1),
                        scheme.name.to_owned(),
                        dong.code8.clone(),
                        industry.to_owned(),
                        merchants.to_string(),
                        payments.to_string(),
                        format!("{won:.0}"),
                    ]);
                }
            }
        }
    }
    vec![GeneratedFile {
        dataset: "merchant-usage",
        name: "merchant-usage-2019-2020-synthetic.csv".into(),
        bytes: table.into_bytes(),
    }]
}

/// Mean caution of every month; none in 2019.
fn monthly_caution(seed: u64) -> [f64; MONTHS] {
    let daily = epidemic::invent(seed).caution;
    std::array::from_fn(|month| {
        let first = DAYS_OF_2019 as f64 / 12.0 * month as f64;
        let days = daily.iter().skip(first as usize).take(30);
        days.clone().sum::<f64>() / days.count().max(1) as f64
    })
}

/// Online shops are no merchants of the district's schemes.
fn accepts(trade: &Trade) -> bool {
    trade.card_name != "전자상거래"
}

fn industry_of(trade: &Trade) -> Option<&'static str> {
    INDUSTRY_CODES.lines().find_map(|line| line.strip_prefix(&format!("card,{},", trade.card_code)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::demo::testing::{file_of, table_of};

    #[test]
    fn the_schemes_of_the_district_grow_and_leap_with_the_discount() {
        let (_, rows) = table_of(file_of("merchant-usage"));
        let mut sums = BTreeMap::<(String, String), f64>::new();
        for row in &rows {
            *sums.entry((row[1].clone(), row[0].clone())).or_default() += row[6].parse::<f64>().expect("won");
            assert!(row[4] != "0" || row[6] == "0", "an amount without a merchant: {row:?}");
        }
        let of = |scheme: &str, month: &str| sums[&(scheme.to_owned(), month.to_owned())];
        assert!(of("gift_certificate", "2020-10") > 3.0 * of("gift_certificate", "2019-01"));
        assert!(of("gift_certificate", "2020-04") > 1.4 * of("gift_certificate", "2020-03"));
        assert!(of("card", "2020-03") < of("card", "2019-03"));
    }
}
