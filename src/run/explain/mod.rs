//! How a number came about: the shapes that every question explains its own figures in.
//!
//! An explanation holds what may be shown and nothing else: of a figure that is hidden it says why, and gives no term.

pub mod graphql;
pub mod refused;

use serde_json::Value;

use super::record::Run;
use crate::graphql::figure::Reason;

/// A sentence in both languages.
pub fn both(ko: impl Into<String>, en: impl Into<String>) -> Reason {
    Reason { ko: ko.into(), en: en.into() }
}

/// One number that enters a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// How the formula writes it.
    pub symbol: &'static str,
    /// What it is.
    pub name: Reason,
    /// The number; none where there is none.
    pub value: Option<f64>,
}

/// Numbers of many rows that enter a figure: weeks, industries.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// How the formula writes each column.
    pub columns: Vec<&'static str>,
    /// A name for each row, and its numbers in the order of the columns.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
}

/// Something that did not enter the figure, or was filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// What, and why.
    pub what: Reason,
    /// How much of it; none where it has no number.
    pub count: Option<f64>,
}

/// How a figure came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What the figure is.
    pub what: Reason,
    /// The formula in words.
    pub words: Reason,
    /// The formula in symbols.
    pub formula: &'static str,
    /// The formula with the numbers in it; none where there is no number to show.
    pub filled: Option<String>,
    /// The numbers.
    pub terms: Vec<Term>,
    /// The rows, where the figure rests on rows that a run keeps.
    pub table: Table,
    /// What did not enter.
    pub left_out: Vec<LeftOut>,
    /// Names of the run's parameters that entered.
    pub parameters: &'static [&'static str],
}

impl Explanation {
    /// A formula without numbers.
    pub fn new(what: Reason, words: Reason, formula: &'static str) -> Self {
        Self {
            what,
            words,
            formula,
            filled: None,
            terms: Vec::new(),
            table: Table::default(),
            left_out: Vec::new(),
            parameters: &[],
        }
    }

    /// Adds the names of the parameters that entered.
    #[must_use]
    pub fn with_parameters(mut self, names: &'static [&'static str]) -> Self {
        self.parameters = names;
        self
    }

    /// Adds a number.
    pub fn term(&mut self, symbol: &'static str, ko: &str, en: &str, value: Option<f64>) {
        self.terms.push(Term { symbol, name: both(ko, en), value });
    }

    /// Adds something that did not enter.
    pub fn leave_out(&mut self, ko: &str, en: &str, count: Option<f64>) {
        self.left_out.push(LeftOut { what: both(ko, en), count });
    }

    /// Takes every number away, for a figure that is hidden.
    #[must_use]
    pub fn hidden(self, reason: Option<Reason>) -> Self {
        let what = reason.unwrap_or_else(|| {
            both("작은 값을 보호하기 위해 공개하지 않습니다.", "It is hidden to protect small numbers.")
        });
        Self {
            filled: None,
            terms: Vec::new(),
            table: Table::default(),
            left_out: vec![LeftOut { what, count: None }],
            ..self
        }
    }

    /// The parameters that entered, as the run has them.
    pub fn chosen_parameters(&self, run: &Run) -> Vec<(&'static str, Value)> {
        let of = |name: &&'static str| run.parameters.get(*name).map(|value| (*name, value.clone()));
        self.parameters.iter().filter_map(of).collect()
    }
}

/// A number as a formula shows it: all its digits, so that it can be computed with.
pub fn number(value: f64) -> String {
    if value < 0.0 { format!("({value})") } else { value.to_string() }
}
