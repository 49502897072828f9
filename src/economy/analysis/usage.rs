//! Use of merchants by payment scheme: its trend by month for the district, each dong and each industry, and as an
//! outcome of policies.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::before_after::Member;

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

/// All trends, by scheme; the district first, then dongs, then industries. Cells of dong and industry are not shown, so
/// what is hidden in a scheme needs one partner among the dongs and one among the industries.
pub fn usage(rows: &[UsageInput], min_merchants: u32) -> Vec<Usage> {
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
    protect(&mut found);
    found
}

/// A single hidden line would follow from the total and the others: the smallest of the others is hidden with it.
fn protect(lines: &mut [Usage]) {
    let schemes: BTreeSet<String> = lines.iter().map(|line| line.scheme.clone()).collect();
    let all_time = |line: &Usage| line.months.values().map(|m| i128::from(m.amount)).sum::<i128>();
    for scheme in schemes {
        for of_dongs in [true, false] {
            let is_one = |line: &Usage| {
                line.scheme == scheme && if of_dongs { !line.dong.is_empty() } else { !line.industry.is_empty() }
            };
            let hidden = lines.iter().filter(|line| is_one(line) && line.hidden).count();
            if hidden == 1
                && let Some(partner) =
                    lines.iter_mut().filter(|line| is_one(line) && !line.hidden).min_by_key(|line| all_time(line))
            {
                partner.hidden = true;
            }
        }
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
        let found = usage(&rows, 3);
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
}
