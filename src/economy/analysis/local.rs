//! What a district asks about its own streets: structure, markets, use of merchants, policies by those outcomes, and
//! where sales stand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::before_after::{Comparison, Member, NoComparison, before_after};
use super::level::{Level, level};
use super::markets::{AreaInput, Market, MarketInput, markets, members as market_members};
use super::policy::PolicyInput;
use super::structure::{ShopCounts, Structure, structure};
use super::usage::{EarlierUsage, Usage, UsageInput, members as usage_members, usage};
use super::{CheckedParams, EconomyInputs, EconomyResults, Protection, Scope};
use crate::calendar::Grain;

/// What it reads beside [`EconomyInputs`].
#[derive(Debug, Clone, Default)]
pub struct LocalInputs {
    /// Shops by cell and quarter.
    pub shops: ShopCounts,
    /// Rows of all lists of markets.
    pub markets: Vec<MarketInput>,
    /// Sales of commercial areas.
    pub areas: Vec<AreaInput>,
    /// Use of merchants.
    pub usage: Vec<UsageInput>,
    /// What earlier runs did with the same lines.
    pub earlier_usage: EarlierUsage,
    /// People on the street by dong and quarter.
    pub footfall: BTreeMap<String, BTreeMap<NaiveDate, f64>>,
}

/// What a policy is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Outcome {
    /// Quarterly sales of traditional markets against those of other commercial areas.
    MarketSales,
    /// Sales of chains against those of independent shops.
    FranchiseSales,
    /// Number of chains against that of independent shops, by industry and quarter.
    FranchiseShops,
    /// Monthly amounts of one payment scheme in the industries that it reached against the others.
    MerchantUsage,
}

impl Outcome {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::MarketSales => "market_sales",
            Self::FranchiseSales => "franchise_sales",
            Self::FranchiseShops => "franchise_shops",
            Self::MerchantUsage => "merchant_usage",
        }
    }

    /// The outcome with this word.
    pub fn named(name: &str) -> Option<Self> {
        [Self::MarketSales, Self::FranchiseSales, Self::FranchiseShops, Self::MerchantUsage]
            .into_iter()
            .find(|outcome| outcome.name() == name)
    }
}

/// A policy judged by one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Code of the policy.
    pub policy: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The scheme, of the use of merchants; otherwise empty.
    pub scheme: String,
    /// What was found.
    pub found: Result<Comparison, NoComparison>,
}

/// The answers.
#[derive(Debug, Clone, Default)]
pub struct LocalResults {
    /// Lines of the structure.
    pub structure: Vec<Structure>,
    /// Markets, by name.
    pub markets: Vec<Market>,
    /// Use of merchants.
    pub usage: Vec<Usage>,
    /// Policies by other outcomes.
    pub judged: Vec<Judged>,
    /// Where the district, its dongs and industries stand; `None` with too few weeks.
    pub levels: Vec<(Scope, Option<Level>)>,
}

/// Answers the questions. `results` are those of the same inputs.
pub fn local(
    inputs: &EconomyInputs,
    local: &LocalInputs,
    results: &EconomyResults,
    params: &CheckedParams,
) -> LocalResults {
    let mut structure = structure(inputs, &local.shops, results, params.base_year);
    add_footfall(&mut structure, &local.footfall);
    let markets = markets(&local.markets, &local.areas);
    let usage = usage(&local.usage, &local.earlier_usage, params.min_establishments);
    let chains = chains(&local.shops, &results.protection);
    let judged = inputs.policies.iter().flat_map(|p| judge(p, &markets, &chains, &usage, params)).collect();
    let levels = results.series.iter().map(|series| (series.scope.clone(), level(series, params))).collect();
    LocalResults { structure, markets, usage, judged, levels }
}

/// People on the street stand beside the lines of dongs, and beside the district where all its dongs are counted.
fn add_footfall(lines: &mut [Structure], footfall: &BTreeMap<String, BTreeMap<NaiveDate, f64>>) {
    let dongs: BTreeSet<String> = lines.iter().map(|l| l.dong.clone()).filter(|dong| !dong.is_empty()).collect();
    for line in lines.iter_mut().filter(|line| line.industry.is_empty()) {
        for (quarter, values) in &mut line.quarters {
            let of = |dong: &String| footfall.get(dong).and_then(|counts| counts.get(quarter)).copied();
            values.footfall =
                if line.dong.is_empty() { dongs.iter().map(of).sum::<Option<f64>>() } else { of(&line.dong) };
        }
    }
}

/// Chains and independent shops of every industry that may be shown.
fn chains(shops: &ShopCounts, protection: &Protection) -> Vec<Member> {
    let mut counts = BTreeMap::<(&str, bool), BTreeMap<NaiveDate, f64>>::new();
    for ((_, industry), quarters) in shops.iter().filter(|((_, industry), _)| protection.shows("", industry)) {
        for (quarter, shops) in quarters {
            let Some(franchises) = shops.franchises else { continue };
            let independents = shops.establishments.saturating_sub(franchises);
            for (chain, n) in [(true, franchises), (false, independents)] {
                *counts.entry((industry, chain)).or_default().entry(*quarter).or_default() += n as f64;
            }
        }
    }
    let member =
        |((industry, chain), amounts): ((&str, bool), _)| Member { name: industry.to_owned(), treated: chain, amounts };
    counts.into_iter().map(member).collect()
}

fn judge(
    policy: &PolicyInput,
    markets: &[Market],
    chains: &[Member],
    usage: &[Usage],
    params: &CheckedParams,
) -> Vec<Judged> {
    let compare = |members: &[Member], grain| {
        before_after(members, grain, policy.starts_on, params.policy_window, params.base_year)
    };
    let one = |outcome, scheme: &str, found| Judged {
        policy: policy.code.clone(),
        outcome,
        scheme: scheme.to_owned(),
        found,
    };
    let mut judged = vec![
        one(Outcome::MarketSales, "", compare(&market_members(markets), Grain::Quarter)),
        // No file that is read tells the sales of chains from those of others.
        one(Outcome::FranchiseSales, "", Err(NoComparison::NoData)),
        one(Outcome::FranchiseShops, "", compare(chains, Grain::Quarter)),
    ];
    let schemes: BTreeSet<&str> = usage.iter().map(|line| line.scheme.as_str()).collect();
    judged.extend(schemes.into_iter().map(|scheme| {
        let found = if policy.industries.is_empty() {
            Err(NoComparison::NothingToCompare)
        } else {
            compare(&usage_members(usage, scheme, &policy.industries), Grain::Month)
        };
        one(Outcome::MerchantUsage, scheme, found)
    }));
    judged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economy::analysis::structure::{Shops, StructureQuarter};

    fn quarter() -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 4, 1).unwrap()
    }

    #[test]
    fn the_district_has_footfall_only_where_all_its_dongs_have() {
        let line = |dong: &str| Structure {
            dong: dong.into(),
            industry: String::new(),
            hidden: false,
            quarters: BTreeMap::from([(quarter(), StructureQuarter::default())]),
        };
        let counts =
            |dongs: &[&str]| dongs.iter().map(|d| ((*d).to_owned(), BTreeMap::from([(quarter(), 5.0)]))).collect();
        let found = |dongs: &[&str]| {
            let mut lines = [line(""), line("a"), line("b")];
            add_footfall(&mut lines, &counts(dongs));
            lines.map(|l| l.quarters[&quarter()].footfall)
        };
        assert_eq!(found(&["a", "b"]), [Some(10.0), Some(5.0), Some(5.0)]);
        assert_eq!(found(&["a"]), [None, Some(5.0), None]);
    }

    #[test]
    fn chains_and_independent_shops_are_two_members_of_an_industry() {
        let shops = |franchises| Shops { establishments: 10, franchises, ..Shops::default() };
        let counts: ShopCounts = [("a", Some(3)), ("b", Some(4)), ("c", None)]
            .map(|(dong, n)| ((dong.to_owned(), "x".to_owned()), BTreeMap::from([(quarter(), shops(n))])))
            .into();
        let found = chains(&counts, &Protection::default());
        let amounts: Vec<_> = found.iter().map(|m| (m.treated, m.amounts[&quarter()])).collect();
        assert_eq!(amounts, [(false, 13.0), (true, 7.0)]);
    }
}
