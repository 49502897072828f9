//! Policies judged by other outcomes than weekly sales: markets, chains, use of merchants.

use std::sync::Arc;

use async_graphql::{Context, Enum, InputObject, Object};

use super::policy::RandomisationTest;
use crate::economy::analysis::Outcome;
use crate::economy::results::EconomyRun;
use crate::economy::results::local::JudgedRow;
use crate::economy::shown::local::comparison;
use crate::graphql::language::Language;
use crate::graphql::scalars::Date;
use crate::run::graphql::{AnalysisRun, Figure};
use crate::run::record::Run;

/// What a policy is judged by, and which groups are compared.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "PolicyOutcome")]
pub enum PolicyOutcome {
    /// Quarterly sales of traditional markets against those of other commercial areas (전통시장 대 그 밖의 상권).
    MarketSales,
    /// Sales of chains against those of independent shops (프랜차이즈 대 개인 점포). No file that is read tells them apart.
    FranchiseSales,
    /// Number of chains against that of independent shops, by industry and quarter.
    FranchiseShops,
    /// Monthly amounts of a payment scheme in the industries that the policy reached against the others (가맹점 이용).
    MerchantUsage,
}

impl From<Outcome> for PolicyOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::MarketSales => Self::MarketSales,
            Outcome::FranchiseSales => Self::FranchiseSales,
            Outcome::FranchiseShops => Self::FranchiseShops,
            Outcome::MerchantUsage => Self::MerchantUsage,
        }
    }
}

/// Which comparisons are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "PolicyComparisonFilter")]
pub struct JudgedFilter {
    /// Only this policy, by code of the district's list.
    policy: Option<String>,
    /// Only this outcome.
    outcome: Option<PolicyOutcome>,
    /// Only this payment scheme.
    scheme: Option<String>,
}

impl JudgedFilter {
    /// Is the comparison wanted?
    pub fn takes(&self, row: &JudgedRow) -> bool {
        self.policy.as_ref().is_none_or(|code| *code == row.policy)
            && self.outcome.is_none_or(|outcome| outcome == row.outcome.into())
            && self.scheme.as_ref().is_none_or(|scheme| *scheme == row.scheme)
    }
}

/// A policy judged by one outcome.
#[derive(Debug, Clone)]
pub struct PolicyComparison {
    pub(super) run: Arc<Run>,
    pub(super) all: Arc<EconomyRun>,
    pub(super) row: JudgedRow,
}

/// What went with a policy by months or quarters (정책 전후 비교): the change of the first group against that of the second,
/// from the periods before to the periods after; the period in which the policy began is left out. An association: what
/// moved from one group to the other counts twice, and other things of the same time are not taken out.
#[Object(name = "PolicyComparison")]
impl PolicyComparison {
    /// Code in the district's list of policies.
    async fn policy(&self) -> &str {
        &self.row.policy
    }

    /// Name of the policy. Falls back to Korean where the list has no English name.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the name; without it the language of the request.")] lang: Option<Language>,
    ) -> Option<&str> {
        let (event, _) = self.all.policies.iter().find(|(event, _)| event.code == self.row.policy)?;
        let english = event.name_en.as_deref().unwrap_or(&event.name_ko);
        Some(Language::choose(lang, ctx).pick(&event.name_ko, english))
    }

    /// What it is judged by, and which groups are compared.
    async fn outcome(&self) -> PolicyOutcome {
        self.row.outcome.into()
    }

    /// The payment scheme, of the use of merchants. Null for other outcomes.
    async fn scheme(&self) -> Option<&str> {
        Some(self.row.scheme.as_str()).filter(|scheme| !scheme.is_empty())
    }

    /// Difference of the changes in per cent: 100·(exp(difference of logs) − 1), where a log is that of an amount over the
    /// same month or quarter of the base year; with Welch's interval over the members. Sample size: members.
    async fn difference(&self) -> Figure {
        let path = ["comparison", &self.row.policy, self.row.outcome.name(), &self.row.scheme];
        Figure::of(&self.run, comparison(&self.row)).at(&path)
    }

    /// Randomisation test of the difference. Null when there is none.
    async fn randomisation(&self) -> Option<RandomisationTest> {
        self.row.found.as_ref().ok().map(|found| RandomisationTest::from(found.randomisation))
    }

    /// First days of the months or quarters before. Empty when nothing was compared.
    async fn before(&self) -> Vec<Date> {
        self.row.found.iter().flat_map(|found| &found.before).copied().map(Date).collect()
    }

    /// First days of the months or quarters after. Empty when nothing was compared.
    async fn after(&self) -> Vec<Date> {
        self.row.found.iter().flat_map(|found| &found.after).copied().map(Date).collect()
    }

    /// Members of the first group: names of markets, or codes of industries. Empty when nothing was compared.
    async fn treated(&self) -> Vec<&str> {
        self.row.found.iter().flat_map(|found| &found.treated).map(String::as_str).collect()
    }

    /// Members of the second group. Empty when nothing was compared.
    async fn control(&self) -> Vec<&str> {
        self.row.found.iter().flat_map(|found| &found.control).map(String::as_str).collect()
    }

    /// The run that computed the difference.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}
