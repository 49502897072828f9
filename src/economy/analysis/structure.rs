//! Structure of the trade by quarter: shops, openings and closures, chains, sales for each shop, shares, and how a change
//! of sales splits into more payments and larger ones.
//!
//! It speaks of exactly the cells whose sales are read, so that what protects the sales protects every sum here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::sales::Cell;
use super::{EconomyInputs, EconomyResults};
use crate::calendar::Grain;

/// Shops of one cell in one quarter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shops {
    /// Establishments at the end of the quarter.
    pub establishments: u64,
    /// Of them chains; `None` where the file does not say.
    pub franchises: Option<u64>,
    /// Opened in the quarter.
    pub opened: Option<u64>,
    /// Closed in the quarter.
    pub closed: Option<u64>,
}

/// Shops of every cell by quarter.
pub type ShopCounts = BTreeMap<Cell, BTreeMap<NaiveDate, Shops>>;

/// One quarter of the structure of the district, a dong, an industry or a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct StructureQuarter {
    /// Shops; `None` where a cell with sales has no count.
    pub shops: Option<Shops>,
    /// Sales in won.
    pub sales: Option<f64>,
    /// Payments behind the sales; `None` where the files do not count them.
    pub payments: Option<f64>,
    /// Share of the sales of the district, 0 to 1.
    pub market_share: Option<f64>,
    /// Log of sales over those of the same quarter of the base year.
    pub amount_log: Option<f64>,
    /// Log of won a payment over that of the same quarter of the base year.
    pub ticket_log: Option<f64>,
    /// People on the street; of dongs and the district only.
    pub footfall: Option<f64>,
    /// The sales of the quarter, or of that of the base year, were filled in for a cell.
    pub imputed: bool,
}

impl StructureQuarter {
    /// Openings less closures, over the shops when the quarter began.
    pub fn net_rate(&self) -> Option<f64> {
        let shops = self.shops?;
        let (opened, closed) = (shops.opened? as f64, shops.closed? as f64);
        let before = shops.establishments as f64 + closed - opened;
        (before > 0.0).then(|| (opened - closed) / before)
    }

    /// Chains over all shops.
    pub fn franchise_share(&self) -> Option<f64> {
        let shops = self.shops?;
        (shops.establishments > 0).then_some(shops.franchises? as f64 / shops.establishments as f64)
    }

    /// Won a shop.
    pub fn sales_per_establishment(&self) -> Option<f64> {
        let shops = self.shops.filter(|shops| shops.establishments > 0)?;
        Some(self.sales? / shops.establishments as f64)
    }

    /// Log of the number of payments over that of the base year: what of the change the ticket does not explain.
    pub fn count_log(&self) -> Option<f64> {
        Some(self.amount_log? - self.ticket_log?)
    }
}

/// The quarters of one line. The empty code stands for all dongs, or all industries.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// Code of the dong, or empty.
    pub dong: String,
    /// Code of the industry, or empty.
    pub industry: String,
    /// It may not be shown.
    pub hidden: bool,
    /// By first day.
    pub quarters: BTreeMap<NaiveDate, StructureQuarter>,
}

/// What was added up for one line and quarter.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    cells: usize,
    with_shops: usize,
    shops: Shops,
    amount: f64,
    payments: Option<f64>,
}

/// The structure of every line that has sales by quarter.
pub fn structure(
    inputs: &EconomyInputs,
    shops: &ShopCounts,
    results: &EconomyResults,
    base_year: i32,
) -> Vec<Structure> {
    let sums = sums(inputs, shops);
    let quarterly = || results.periods.iter().filter(|series| series.grain == Grain::Quarter);
    let district: BTreeMap<NaiveDate, f64> = quarterly()
        .find(|s| s.dong.is_empty() && s.industry.is_empty())
        .map(|s| s.periods.iter().map(|p| (p.start, p.sales)).collect())
        .unwrap_or_default();
    let district_shown = results.protection.shows("", "");
    quarterly()
        .map(|series| {
            let key = (series.dong.clone(), series.industry.clone());
            let sold: BTreeMap<NaiveDate, f64> = series.periods.iter().map(|p| (p.start, p.sales)).collect();
            let filled_in: BTreeSet<NaiveDate> = series.periods.iter().filter(|p| p.imputed).map(|p| p.start).collect();
            let of = sums.get(&key);
            let ticket = |quarter: NaiveDate| {
                let sum = of?.get(&quarter)?;
                sum.payments.filter(|n| *n > 0.0 && sum.amount > 0.0).map(|n| sum.amount / n)
            };
            let against_base = |quarter: NaiveDate, value: &dyn Fn(NaiveDate) -> Option<f64>| {
                let base = Grain::Quarter.in_year(quarter, base_year).filter(|base| *base < quarter)?;
                let (now, then) = (value(quarter)?, value(base)?);
                (now > 0.0 && then > 0.0).then(|| (now / then).ln())
            };
            let quarters = sold
                .iter()
                .map(|(start, sales)| {
                    let counted = of.and_then(|of| of.get(start)).filter(|sum| sum.with_shops == sum.cells);
                    let quarter = StructureQuarter {
                        shops: counted.map(|sum| sum.shops),
                        sales: Some(*sales),
                        payments: ticket(*start).map(|won| sales / won),
                        market_share: district
                            .get(start)
                            .filter(|all| district_shown && **all > 0.0)
                            .map(|all| sales / all),
                        amount_log: against_base(*start, &|quarter| sold.get(&quarter).copied()),
                        ticket_log: against_base(*start, &ticket),
                        footfall: None,
                        imputed: [Some(*start), Grain::Quarter.in_year(*start, base_year)]
                            .into_iter()
                            .flatten()
                            .any(|quarter| filled_in.contains(&quarter)),
                    };
                    (*start, quarter)
                })
                .collect();
            Structure {
                hidden: !results.protection.shows(&series.dong, &series.industry),
                dong: key.0,
                industry: key.1,
                quarters,
            }
        })
        .collect()
}

/// Sums of the cells with sales, for each cell, dong, industry and the district.
fn sums(inputs: &EconomyInputs, shops: &ShopCounts) -> BTreeMap<Cell, BTreeMap<NaiveDate, Sum>> {
    let mut sums = BTreeMap::<Cell, BTreeMap<NaiveDate, Sum>>::new();
    for (cell, quarters) in inputs.sales.of(Grain::Quarter) {
        let counts = shops.get(cell);
        for (quarter, observed) in quarters {
            let found = counts.and_then(|counts| counts.get(quarter));
            let keys =
                [cell.clone(), (cell.0.clone(), String::new()), (String::new(), cell.1.clone()), Cell::default()];
            for key in keys {
                let sum = sums.entry(key).or_default().entry(*quarter).or_default();
                let payments = observed.payments.map(|n| n as f64);
                sum.payments = if sum.cells == 0 { payments } else { sum.payments.zip(payments).map(|(a, b)| a + b) };
                sum.amount += observed.amount as f64;
                if let Some(found) = found {
                    sum.shops = if sum.with_shops == 0 { *found } else { added(sum.shops, *found) };
                    sum.with_shops += 1;
                }
                sum.cells += 1;
            }
        }
    }
    sums
}

fn added(a: Shops, b: Shops) -> Shops {
    let both = |a: Option<u64>, b: Option<u64>| a.zip(b).map(|(a, b)| a + b);
    Shops {
        establishments: a.establishments + b.establishments,
        franchises: both(a.franchises, b.franchises),
        opened: both(a.opened, b.opened),
        closed: both(a.closed, b.closed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter() -> StructureQuarter {
        StructureQuarter {
            shops: Some(Shops { establishments: 12, franchises: Some(3), opened: Some(4), closed: Some(2) }),
            sales: Some(240.0),
            payments: Some(60.0),
            market_share: Some(0.1),
            amount_log: Some(1.2_f64.ln()),
            ticket_log: Some(0.8_f64.ln()),
            footfall: None,
            imputed: false,
        }
    }

    /// 10 shops when the quarter began, 4 opened, 2 closed; 3 of 12 are chains; 240 won over 12 shops.
    #[test]
    fn rates_and_shares_are_those_by_pencil() {
        let q = quarter();
        assert_eq!(
            (q.net_rate(), q.franchise_share(), q.sales_per_establishment()),
            (Some(0.2), Some(0.25), Some(20.0))
        );
        let nothing =
            StructureQuarter { shops: Some(Shops { opened: Some(0), closed: Some(0), ..Shops::default() }), ..q };
        assert_eq!(
            (nothing.net_rate(), nothing.franchise_share(), nothing.sales_per_establishment()),
            (None, None, None)
        );
    }

    proptest::proptest! {
        #[test]
        fn count_and_ticket_make_up_the_change_of_the_amount(amount in -3.0..3.0_f64, ticket in -3.0..3.0_f64) {
            let q = StructureQuarter { amount_log: Some(amount), ticket_log: Some(ticket), ..quarter() };
            proptest::prop_assert!((q.count_log().unwrap() + ticket - amount).abs() < 1e-12);
        }
    }
}
