//! Card sales (카드매출): one row a day, dong and trade, in the layout of a card company's export.
//!
//! The logarithm of a cell's expected sales is a sum: size, day of the week, season, holidays, growth, caution, relief,
//! and noise that lasts from day to day in the district, in the trade and in the cell. The oddities that real files
//! have are put in on purpose: see `Oddity`.

use std::f64::consts::TAU;

use super::days::{self, DAYS, DAYS_OF_2019, Day, DayKind};
use super::district::{Traits, traits};
use super::epidemic::{self, Epidemic};
use super::random::Random;
use super::table::{OWN, Table};
use super::trades::{TRADES, Trade};
use super::{DemoDong, GeneratedFile, shops};

const HEADER: [&str; 7] = [
    "receipt_dttm",
    "adstrd_code",
    "adstrd_nm",
    "mrhst_induty_cl_code",
    "mrhst_induty_cl_nm",
    "selng_cascnt",
    "salamt",
];

/// Letters to which the names of trades are padded with spaces, as the export does it.
const NAME_WIDTH: usize = 20;

/// Day of 2020 on which the relief money can first be spent, and days until its effect has fallen by a factor of e.
const RELIEF_FIRST_DAY: usize = 133;
const RELIEF_LASTS_DAYS: f64 = 30.0;

/// Share of days that are missing from the export for no reason.
const MISSING_SHARE: f64 = 0.003;

/// What is odd about a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Oddity {
    None,
    /// Twelve days in a row are missing.
    Gap {
        first_day: usize,
    },
    /// The shops are closed for a month: true zeros.
    Closed {
        first_day: usize,
    },
}

/// One file a year.
pub fn files(seed: u64, dongs: &[DemoDong]) -> Vec<GeneratedFile> {
    let days = days::all();
    let cells = cells(seed, dongs, &days);
    let (first, second) = days.split_at(DAYS_OF_2019);
    [("card-sales-2019-synthetic.csv", first), ("card-sales-2020-synthetic.csv", second)]
        .map(|(name, days)| GeneratedFile { dataset: "card-sales", name: name.to_owned(), bytes: year(days, &cells) })
        .into()
}

/// A day's payments and won; `None` where the export has no row.
type Sale = Option<(u32, i64)>;

struct Cell<'a> {
    dong: &'a DemoDong,
    trade: &'a Trade,
    padded_name: String,
    sales: Vec<Sale>,
}

fn cells<'a>(seed: u64, dongs: &'a [DemoDong], days: &[Day]) -> Vec<Cell<'a>> {
    let epidemic = epidemic::invent(seed);
    let district_noise = lasting_noise(&mut Random::for_topic(seed, "sales/district"), 0.9, 0.012);
    let trade_noise: Vec<Vec<f64>> = TRADES
        .iter()
        .map(|trade| {
            lasting_noise(&mut Random::for_topic(seed, &format!("sales/trade/{}", trade.card_code)), 0.9, 0.012)
        })
        .collect();
    dongs
        .iter()
        .flat_map(|dong| TRADES.iter().zip(&trade_noise).map(move |(trade, noise)| (dong, trade, noise)))
        .map(|(dong, trade, trade_noise)| {
            let traits = traits(seed, dong);
            let common = district_noise.iter().zip(trade_noise).map(|(district, trade)| district + trade);
            let sales = cell_sales(seed, dong, &traits, trade, days, &epidemic, common);
            Cell { dong, trade, padded_name: format!("{:<NAME_WIDTH$}", trade.card_name), sales }
        })
        .collect()
}

fn cell_sales(
    seed: u64,
    dong: &DemoDong,
    traits: &Traits,
    trade: &Trade,
    days: &[Day],
    epidemic: &Epidemic,
    common_noise: impl Iterator<Item = f64>,
) -> Vec<Sale> {
    let mut random = Random::for_topic(seed, &format!("sales/{}/{}", dong.code8, trade.card_code));
    let shops = shops::of_trade(seed, dong, traits, trade);
    let payments_a_day = f64::from(shops) * trade.payments_per_shop * random.around_one(0.3);
    let ticket_won = trade.ticket_won * random.around_one(0.15);
    let caution = traits.caution * random.between(0.8, 1.2);
    let rests_on_sundays = random.chance(trade.sunday_rest);
    let oddity = oddity(&mut random, shops);
    let own_noise = lasting_noise(&mut random, 0.6, 0.06);
    days.iter()
        .zip(common_noise.zip(own_noise))
        .map(|(day, (common, own))| {
            if random.chance(MISSING_SHARE) || matches!(oddity, Oddity::Gap { first_day } if within(day, first_day, 12))
            {
                return None;
            }
            let closed = matches!(oddity, Oddity::Closed { first_day } if within(day, first_day, 30));
            if closed || (rests_on_sundays && day.weekday == 6) {
                return Some((0, 0));
            }
            let expected = payments_a_day * (expected_log(trade, day, epidemic, caution) + common + own).exp();
            let payments = random.count(expected);
            let spread = 0.5 / f64::from(payments.max(1)).sqrt();
            let amount = f64::from(payments) * ticket_won * random.around_one(spread);
            Some((payments, (amount / 10.0).round() as i64 * 10))
        })
        .collect()
}

/// The systematic part of a day, as a logarithm against a mean day of 2019.
fn expected_log(trade: &Trade, day: &Day, epidemic: &Epidemic, caution_of_cell: f64) -> f64 {
    let [holiday, feast_day, feast_side, feast_shopping] = trade.holidays;
    let weekday = trade.week.factors().get(day.weekday).copied().unwrap_or(1.0);
    let level = match day.kind {
        DayKind::Ordinary => weekday,
        DayKind::Holiday => holiday,
        DayKind::FeastDay => feast_day,
        DayKind::FeastSide => feast_side,
        DayKind::FeastShopping => weekday * feast_shopping,
    };
    let (amplitude, top_day) = trade.season;
    let year_position = (day.position % DAYS_OF_2019) as f64;
    let season = amplitude * (TAU * (year_position - top_day) / 365.25).cos();
    let growth = trade.growth * day.position as f64 / 365.0;
    let caution = epidemic.caution.get(day.position).copied().unwrap_or(0.0) * trade.caution * caution_of_cell;
    let ordered_shut = trade.closes_on_order && epidemic.closure.get(day.position) == Some(&true);
    let closure = if ordered_shut { -1.6 } else { 0.0 };
    let relief = match day.position.checked_sub(DAYS_OF_2019 + RELIEF_FIRST_DAY) {
        Some(since) => trade.relief * (-(since as f64) / RELIEF_LASTS_DAYS).exp(),
        None => 0.0,
    };
    level.ln() + season + growth + caution + closure + relief
}

fn oddity(random: &mut Random, shops: u32) -> Oddity {
    let first_day = 40 + random.below(DAYS - 90);
    if shops <= 3 && random.chance(0.35) {
        Oddity::Closed { first_day }
    } else if random.chance(0.02) {
        Oddity::Gap { first_day }
    } else {
        Oddity::None
    }
}

fn within(day: &Day, first_day: usize, span: usize) -> bool {
    (first_day..first_day + span).contains(&day.position)
}

/// Noise of order one: each day keeps `memory` of the day before and adds a shock.
fn lasting_noise(random: &mut Random, memory: f64, shock: f64) -> Vec<f64> {
    let mut level = shock / (1.0 - memory * memory).sqrt() * random.normal();
    (0..DAYS)
        .map(|_| {
            level = memory * level + shock * random.normal();
            level
        })
        .collect()
}

fn year(days: &[Day], cells: &[Cell<'_>]) -> Vec<u8> {
    let mut table = Table::new(OWN, &HEADER);
    for day in days {
        let date = day.date.format("%Y%m%d").to_string();
        for cell in cells {
            let Some((payments, amount_won)) = cell.sales.get(day.position).copied().flatten() else { continue };
            table.row(&[
                &date,
                &cell.dong.code8,
                &cell.dong.name,
                cell.trade.card_code,
                &cell.padded_name,
                &payments.to_string(),
                &amount_won.to_string(),
            ]);
        }
    }
    table.into_bytes()
}

#[cfg(test)]
#[path = "card_sales_tests.rs"]
mod tests;
