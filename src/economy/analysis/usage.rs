//! Use of merchants by payment scheme: its trend by month for the district, each dong and each industry, and as an
//! outcome of policies.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::before_after::Member;
use super::protection::Earlier;
use crate::stats::disclosure::{Entry, protect};

/// Use of one scheme in one dong, industry and month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageInput {
    /// Such as `zero_pay`.
    pub scheme: String,
    /// Code of the dong.
    pub dong: String,
    /// Code of the industry.
    pub industry: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Merchants.
    pub merchants: u64,
    /// Payments.
    pub transactions: u64,
    /// Won.
    pub amount: i64,
}

/// What was added up for a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UsageMonth {
    /// Merchants; one that sells in two industries counts in both.
    pub merchants: u64,
    /// Payments.
    pub transactions: u64,
    /// Won.
    pub amount: i64,
}

/// The trend of one scheme for the district (both codes empty), a dong or an industry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// The scheme.
    pub scheme: String,
    /// Code of the dong, or empty.
    pub dong: String,
    /// Code of the industry, or empty.
    pub industry: String,
    /// Too few merchants stand behind it in some month, or it protects one of which that is true.
    pub hidden: bool,
    /// By first day.
    pub months: BTreeMap<NaiveDate, UsageMonth>,
}

/// What earlier runs did, by scheme.
pub type EarlierUsage = BTreeMap<String, Earlier>;

/// All trends, by scheme; the district first, then dongs, then industries. Cells of dong and industry are never shown.
/// What is hidden takes partners with it until nothing follows from sums (see [`crate::stats::disclosure`]); what earlier
/// runs have shown counts as shown, and what they have hidden stays hidden.
pub fn usage(rows: &[UsageInput], earlier: &EarlierUsage, min_merchants: u32) -> Vec<Usage> {
    let mut sums = BTreeMap::<(String, u8, String), BTreeMap<NaiveDate, UsageMonth>>::new();
    for row in rows {
        for (kind, code) in [(0, String::new()), (1, row.dong.clone()), (2, row.industry.clone())] {
            let sum = sums.entry((row.scheme.clone(), kind, code)).or_default().entry(row.month).or_default();
            sum.merchants += row.merchants;
            sum.transactions += row.transactions;
            sum.amount = sum.amount.saturating_add(row.amount);
        }
    }
    let mut found: Vec<Usage> = sums
        .into_iter()
        .map(|((scheme, kind, code), months)| Usage {
            scheme,
            dong: if kind == 1 { code.clone() } else { String::new() },
            industry: if kind == 2 { code } else { String::new() },
            hidden: months.values().any(|m| m.merchants > 0 && m.merchants < u64::from(min_merchants)),
            months,
        })
        .collect();
    let schemes: BTreeSet<&str> = rows.iter().map(|row| row.scheme.as_str()).collect();
    let nothing = Earlier::default();
    for scheme in schemes {
        let cells =
            rows.iter().filter(|row| row.scheme == scheme).map(|row| (row.dong.as_str(), row.industry.as_str()));
        let lines: Vec<&mut Usage> = found.iter_mut().filter(|line| line.scheme == scheme).collect();
        protect_scheme(lines, &cells.collect(), earlier.get(scheme).unwrap_or(&nothing));
    }
    found
}

/// Hides lines of one scheme with what would give them away.
fn protect_scheme(mut lines: Vec<&mut Usage>, cells: &BTreeSet<(&str, &str)>, earlier: &Earlier) {
    let dongs: BTreeSet<&str> = cells.iter().map(|(dong, _)| *dong).collect();
    let industries: BTreeSet<&str> = cells.iter().map(|(_, industry)| *industry).collect();
    let row: BTreeMap<&str, usize> = dongs.into_iter().chain([""]).zip(0..).collect();
    let column: BTreeMap<&str, usize> = industries.into_iter().chain([""]).zip(0..).collect();
    let entry = |dong: &str, industry: &str| Entry {
        row: row[dong],
        column: column[industry],
        sensitive: false,
        known: false,
        withheld: false,
        cost: 1.0,
    };
    let mut entries: Vec<Entry> = lines
        .iter()
        .map(|line| {
            let key = (line.dong.clone(), line.industry.clone());
            let amount: f64 = line.months.values().map(|m| m.amount.unsigned_abs() as f64).sum();
            Entry {
                sensitive: line.hidden || earlier.sensitive.contains(&key),
                known: earlier.shown.contains(&key),
                cost: 1.0 + amount,
                ..entry(&line.dong, &line.industry)
            }
        })
        .collect();
    entries.extend(cells.iter().map(|(dong, industry)| Entry { withheld: true, ..entry(dong, industry) }));
    for (line, shown) in lines.iter_mut().zip(protect(&entries)) {
        line.hidden = !shown;
    }
}

/// Industries of one scheme that may be shown: those that a policy reached, and the others.
pub fn members(lines: &[Usage], scheme: &str, reached: &BTreeSet<String>) -> Vec<Member> {
    lines
        .iter()
        .filter(|line| line.scheme == scheme && !line.industry.is_empty() && !line.hidden)
        .map(|line| Member {
            name: line.industry.clone(),
            treated: reached.contains(&line.industry),
            amounts: line.months.iter().map(|(month, m)| (*month, m.amount as f64)).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(dong: &str, industry: &str, merchants: u64, amount: i64) -> UsageInput {
        let month = NaiveDate::from_ymd_opt(2020, 5, 1).unwrap();
        let (dong, industry) = (dong.into(), industry.into());
        UsageInput { scheme: "zero_pay".into(), dong, industry, month, merchants, transactions: 2 * merchants, amount }
    }

    #[test]
    fn lines_add_up_and_a_small_one_takes_the_smallest_other_with_it() {
        let rows = [
            row("a", "x", 2, 5),
            row("b", "x", 9, 70),
            row("c", "x", 9, 60),
            row("b", "y", 8, 30),
            row("c", "z", 7, 1),
        ];
        let found = usage(&rows, &EarlierUsage::new(), 3);
        let line = |dong: &str, industry: &str| {
            found
                .iter()
                .find(|l| l.dong == dong && l.industry == industry)
                .map(|l| (l.hidden, l.months.values().next().unwrap().amount))
        };
        assert_eq!(line("", ""), Some((false, 166)));
        assert_eq!(
            (line("a", ""), line("b", ""), line("c", "")),
            (Some((true, 5)), Some((false, 100)), Some((true, 61)))
        );
        assert_eq!(
            (line("", "x"), line("", "y"), line("", "z")),
            (Some((false, 135)), Some((false, 30)), Some((false, 1)))
        );
        assert_eq!(
            members(&found, "zero_pay", &BTreeSet::from(["x".to_owned()])).iter().filter(|m| m.treated).count(),
            1
        );
    }

    /// c sells in y alone, and y is shown: c would not protect a, b does.
    #[test]
    fn a_line_that_follows_from_another_total_is_no_partner() {
        let found = usage(&[row("a", "x", 2, 5), row("b", "x", 9, 70), row("c", "y", 9, 60)], &EarlierUsage::new(), 3);
        let hidden: Vec<&str> = found.iter().filter(|l| l.hidden).map(|l| l.dong.as_str()).collect();
        assert_eq!(hidden, ["a", "b"]);
    }

    /// The newer run must not hide another partner than the older one: the total less the lines that either shows would
    /// be the small one. And a small line of the only dong is the total itself.
    #[test]
    fn a_partner_stays_a_partner_and_the_only_line_takes_the_total_with_it() {
        let of = |b: i64| {
            let both = ["b", "c"].map(|dong| row(dong, "y", 9, 1));
            [row("a", "x", 2, 5), row("b", "x", 9, b), row("c", "x", 9, 60)].into_iter().chain(both).collect::<Vec<_>>()
        };
        let (older, newer) = (of(70), of(40));
        let hidden = |found: &[Usage]| -> Vec<String> {
            found.iter().filter(|l| l.hidden && !l.dong.is_empty()).map(|l| l.dong.clone()).collect()
        };
        let first = usage(&older, &EarlierUsage::new(), 3);
        assert_eq!(hidden(&first), ["a", "c"]);
        let key = |l: &Usage| (l.dong.clone(), l.industry.clone());
        let earlier = Earlier {
            shown: first.iter().filter(|l| !l.hidden).map(key).collect(),
            sensitive: first.iter().filter(|l| l.hidden).map(key).collect(),
        };
        assert_eq!(hidden(&usage(&newer, &EarlierUsage::new(), 3)), ["a", "b"]);
        let both = EarlierUsage::from([("zero_pay".to_owned(), earlier)]);
        assert_eq!(hidden(&usage(&newer, &both, 3)), ["a", "c"]);
        let alone = usage(&[row("a", "x", 2, 5), row("a", "y", 9, 70)], &EarlierUsage::new(), 20);
        assert!(alone.iter().all(|l| l.hidden), "{alone:?}");
    }
}
