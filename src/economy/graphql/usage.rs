//! Use of merchants by payment scheme.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::NaiveDate;

use super::industry::{Industry, industry_of};
use super::structure::Quarters;
use crate::dong::graphql::{Neighbourhood, neighbourhood};
use crate::economy::results::EconomyRun;
use crate::economy::results::local::UsageRow;
use crate::economy::shown::local::{usage, usage_numbers};
use crate::error::{Error, Result, too_many};
use crate::graphql::scalars::Date;
use crate::run::graphql::{AnalysisRun, Figure};
use crate::run::record::Run;

/// Which lines of the use of merchants are wanted. Conditions are joined by "and".
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "MerchantUsageFilter")]
pub struct UsageFilter {
    /// Only these schemes, such as "zero_pay"; at most 50.
    schemes: Option<Vec<String>>,
    /// Only these neighbourhoods, by eight-digit code; at most 50.
    neighbourhoods: Option<Vec<String>>,
    /// Only these industries, by code of the district's list; at most 50.
    industries: Option<Vec<String>>,
}

impl UsageFilter {
    /// Refuses lists that are too long.
    pub fn check(&self) -> Result<()> {
        let lists = [&self.schemes, &self.neighbourhoods, &self.industries];
        if lists.iter().any(|list| list.as_ref().is_some_and(|list| list.len() > 50)) {
            return Err(Error::bad_input(too_many("A filter", "필터 하나", 50)));
        }
        Ok(())
    }

    /// Is the line wanted?
    pub fn takes(&self, row: &UsageRow) -> bool {
        let listed = |list: &Option<Vec<String>>, value: &String| list.as_ref().is_none_or(|l| l.contains(value));
        listed(&self.schemes, &row.scheme)
            && listed(&self.neighbourhoods, &row.dong_code)
            && listed(&self.industries, &row.industry_code)
    }
}

/// Use of merchants of one scheme in the district, a neighbourhood or an industry.
#[derive(Debug, Clone)]
pub struct MerchantUsage {
    pub(super) run: Arc<Run>,
    pub(super) all: Arc<EconomyRun>,
    pub(super) row: UsageRow,
    pub(super) months: Quarters,
}

/// Use of merchants (가맹점 이용현황) of one payment scheme, by month: the whole district, a neighbourhood, or an industry.
#[Object(name = "MerchantUsage")]
impl MerchantUsage {
    /// The scheme, as the file names it: such as zero_pay (제로페이), gift_certificate (지역사랑상품권), card (카드).
    async fn scheme(&self) -> &str {
        &self.row.scheme
    }

    /// The neighbourhood. Null for the district and for industries, and when its boundary is not imported.
    async fn neighbourhood(&self, ctx: &Context<'_>) -> Option<Result<Neighbourhood>> {
        if self.row.dong_code.is_empty() {
            return None;
        }
        neighbourhood(ctx, &self.row.dong_code).await.transpose()
    }

    /// The industry. Null for the district and for neighbourhoods.
    async fn industry(&self) -> Option<Industry> {
        (!self.row.industry_code.is_empty()).then(|| industry_of(&self.all, &self.row.industry_code))
    }

    /// The months in order of time.
    async fn months(&self) -> Vec<UsageMonth> {
        let months = self.row.months.iter().enumerate().filter_map(|(i, month)| Some((i, (*month)?)));
        let month = |(at, month): (usize, NaiveDate)| {
            let [merchants, transactions, amount] = usage_numbers(&self.row).map(|(name, numbers, unit)| {
                let row = &self.row;
                let path = ["usage", &row.scheme, &row.dong_code, &row.industry_code, &month.to_string(), name];
                Figure::of(&self.run, usage(numbers, at, unit)).at(&path)
            });
            UsageMonth { month: Date(month), merchants, transactions, amount }
        };
        months.filter(|(_, month)| self.months.hold(*month)).map(month).collect()
    }

    /// The run that read it.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// One month of the use of merchants.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "MerchantUsageMonth")]
pub struct UsageMonth {
    /// First day of the month.
    month: Date,
    /// Merchants; one that is counted in two industries counts twice in their sum.
    merchants: Figure,
    /// Payments.
    transactions: Figure,
    /// Amount in won.
    amount: Figure,
}
