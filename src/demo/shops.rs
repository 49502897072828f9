//! How many shops there are: quarter by quarter, so that openings and closures explain every change of the stock.

use super::DemoDong;
use super::district::Traits;
use super::random::Random;
use super::trades::{SeoulTrade, Trade};

/// Quarters of the demo: 2019 and 2020.
pub const QUARTERS: usize = 8;

/// A portal's trade in one dong and quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stock {
    pub shops: u32,
    pub opened: u32,
    pub closed: u32,
    pub franchises: u32,
}

/// The stock of every quarter. Trades that feel the epidemic lose more shops in 2020.
pub fn stocks(seed: u64, dong: &DemoDong, traits: &Traits, trade: &Trade, part: &SeoulTrade) -> [Stock; QUARTERS] {
    let mut random = Random::for_topic(seed, &format!("shops/{}/{}", dong.code8, part.code));
    let expected = part.shops_in_a_mean_dong * traits.commerce * random.around_one(0.35);
    // Every dong has at least one: a trade with no shop at all would leave a hole in every table of the demo.
    let mut shops = random.count(expected).max(1);
    std::array::from_fn(|quarter| {
        let in_2020 = quarter >= 4;
        let hardship = if in_2020 { (-trade.caution).max(-0.3) } else { 0.0 };
        let opened = random.count(f64::from(shops) * 0.028 * (1.0 - 0.5 * hardship));
        // The last shop stays, for the same reason.
        let closed = random.count(f64::from(shops) * 0.027 * (1.0 + hardship)).min((shops + opened).saturating_sub(1));
        shops = shops + opened - closed;
        let franchises = (f64::from(shops) * part.franchise_share).round() as u32;
        Stock { shops, opened, closed, franchises }
    })
}

/// Shops of a whole trade in a dong when the demo begins.
pub fn of_trade(seed: u64, dong: &DemoDong, traits: &Traits, trade: &Trade) -> u32 {
    trade.seoul.iter().filter_map(|part| stocks(seed, dong, traits, trade, part).first().map(|stock| stock.shops)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::district::traits;
    use crate::demo::testing::checkerboard;
    use crate::demo::trades::TRADES;

    #[test]
    fn openings_and_closures_explain_every_change_of_the_stock() {
        for dong in checkerboard() {
            for trade in &TRADES {
                for part in trade.seoul {
                    let stocks = stocks(5, &dong, &traits(5, &dong), trade, part);
                    for pair in stocks.windows(2) {
                        assert_eq!(pair[0].shops + pair[1].opened, pair[1].shops + pair[1].closed);
                        assert!(pair[1].shops >= 1 && pair[1].franchises <= pair[1].shops);
                    }
                }
            }
        }
    }

    #[test]
    fn pubs_close_more_often_in_the_second_year() {
        // One seed has some fifty closures a year, too few to tell chance from hardship: ten seeds are counted.
        let mut closures = [0, 0];
        for seed in 1..=10 {
            for dong in checkerboard() {
                for trade in TRADES.iter().filter(|trade| trade.card_name == "호프/주점") {
                    let stocks = stocks(seed, &dong, &traits(seed, &dong), trade, &trade.seoul[0]);
                    for (quarter, stock) in stocks.iter().enumerate() {
                        closures[quarter / 4] += stock.closed;
                    }
                }
            }
        }
        assert!(closures[0] > 200 && closures[1] * 4 > closures[0] * 5, "{closures:?}");
    }
}
