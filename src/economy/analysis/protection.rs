//! What of the sales may be shown: one pattern over dongs, industries and their cells, the same for all periods.
//!
//! A cell is sensitive when fewer merchants than the run asks for stand behind it, when nobody knows how many, or when
//! one of them makes most of its sales. Sums of such cells are no better. Partners are hidden with them until nothing
//! follows from sums (see [`crate::stats::disclosure`]); what earlier runs have shown counts as shown, and what they
//! held to be sensitive stays so. Everything else that rests on several cells is made of those that are shown.

use std::collections::{BTreeMap, BTreeSet};

use super::sales::Cell;
use super::{CheckedParams, EconomyInputs};
use crate::stats::disclosure::{Entry, protect};

/// Largest share of one merchant that may be shown.
const LARGEST_SHARE: f64 = 0.8;
/// How many cells of average sales a total is worth as a partner.
const CELLS_A_TOTAL: f64 = 1_000.0;

/// What an earlier run did with its numbers. The empty code stands for all dongs, or all industries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Shown there.
    pub shown: BTreeSet<Cell>,
    /// Hidden there because they are sensitive, not as partners.
    pub sensitive: BTreeSet<Cell>,
}

/// What may not be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Protection {
    /// Hidden numbers: sensitive ones and their partners. The empty code stands for all.
    pub hidden: BTreeSet<Cell>,
    /// Of them the sensitive ones.
    pub sensitive: BTreeSet<Cell>,
}

impl Protection {
    /// May the number of a dong and an industry be shown?
    pub fn shows(&self, dong: &str, industry: &str) -> bool {
        !self.hidden.contains(&(dong.to_owned(), industry.to_owned()))
    }
}

/// Decides what is hidden. `sales` are the cells with what they sold in all: of two possible partners the one with less
/// is hidden.
pub fn protection(sales: &BTreeMap<Cell, f64>, inputs: &EconomyInputs, params: &CheckedParams) -> Protection {
    if inputs.sales.disclosure_checked && inputs.earlier.sensitive.is_empty() {
        return Protection::default();
    }
    let mut keys: Vec<Cell> = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let dongs: BTreeSet<&str> = sales.keys().map(|(dong, _)| dong.as_str()).collect();
    let industries: BTreeSet<&str> = sales.keys().map(|(_, industry)| industry.as_str()).collect();
    let row: BTreeMap<&str, usize> = dongs.iter().copied().chain([""]).zip(0..).collect();
    let column: BTreeMap<&str, usize> = industries.iter().copied().chain([""]).zip(0..).collect();
    let average = sales.values().sum::<f64>() / sales.len() as f64;
    let mut totals = BTreeMap::<Cell, u32>::new();
    let mut add = |key: &Cell, sensitive: bool, cost: f64| {
        entries.push(Entry {
            row: row[key.0.as_str()],
            column: column[key.1.as_str()],
            sensitive: sensitive || inputs.earlier.sensitive.contains(key),
            known: inputs.earlier.shown.contains(key),
            withheld: false,
            cost,
        });
        keys.push(key.clone());
    };
    let few = |shops: u32| shops < params.min_establishments && !inputs.sales.disclosure_checked;
    for (cell, amount) in sales {
        let reported = inputs.sales.merchants.get(cell).copied().unwrap_or_default();
        // Where nobody knows how many they are, there is at least one.
        let shops = reported.fewest.or_else(|| inputs.establishments.get(cell).copied()).unwrap_or(1);
        let dominated = reported.largest_share.is_some_and(|share| share > LARGEST_SHARE);
        add(cell, few(shops) || (dominated && !inputs.sales.disclosure_checked), average + amount);
        for key in [(cell.0.clone(), String::new()), (String::new(), cell.1.clone()), Cell::default()] {
            let sum = totals.entry(key).or_default();
            *sum = sum.saturating_add(shops);
        }
    }
    for (key, shops) in &totals {
        add(key, few(*shops), CELLS_A_TOTAL * average);
    }
    let shown = protect(&entries);
    let chosen = |wanted: &dyn Fn(usize) -> bool| {
        (0..keys.len()).filter(|at| wanted(*at)).map(|at| keys[at].clone()).collect::<BTreeSet<Cell>>()
    };
    Protection { hidden: chosen(&|at| !shown[at]), sensitive: chosen(&|at| entries[at].sensitive) }
}
