//! Root fields about structure, markets, use of merchants, policies by other outcomes, and where to act.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, FixedOffset};

use super::act::{ActFilter, ActionLine, lines};
use super::chosen;
use super::judged::{JudgedFilter, PolicyComparison};
use super::markets::{Market, MarketFilter};
use super::structure::{EconomicStructure, Quarters, StructureFilter};
use super::usage::{MerchantUsage, UsageFilter};
use crate::db::Db;
use crate::economy::results::local;
use crate::error::Result;
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::run::graphql::{Page, Rows, connect, data};

/// Root fields about the district's own streets.
#[derive(Debug, Default, Clone, Copy)]
pub struct LocalEconomyQuery;

/// Root fields about the district's own streets.
#[Object]
impl LocalEconomyQuery {
    /// Structure of the trade by quarter (산업 구조): the district, its industries, each neighbourhood with its industries, by
    /// code. Null before the first publication.
    #[allow(clippy::too_many_arguments)]
    async fn economic_structure(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lines are wanted; all without it.")] filter: Option<StructureFilter>,
        #[graphql(desc = "Only quarters that begin on or after this day.")] from: Option<Date>,
        #[graphql(desc = "Only quarters that begin on or before this day.")] to: Option<Date>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<EconomicStructure>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let quarters = Quarters::new(from, to)?;
            let wanted = filter.unwrap_or_default().wanted()?;
            let asked = format!("economicStructure {} {wanted:?}", run.id);
            let page = PageArguments { first, after, last, before };
            let id = run.id;
            let (list, rows) = data::<Db>(ctx)?
                .run(move |conn| {
                    let keys = local::keys(conn, id, &wanted)?;
                    let list = List::new(&asked, keys.len());
                    let range = list.page(&page)?;
                    let rows = local::with_keys(conn, id, &keys[range.clone()])?;
                    Ok((Page { list, range }, rows))
                })
                .await?;
            let row = |row| EconomicStructure { run: run.clone(), all: all.clone(), row, quarters };
            Ok(Some(list.connect(rows.into_iter().map(row))))
        };
        answer.await.transpose()
    }

    /// Traditional markets, shopping streets and commercial areas (전통시장·상점가·상권), by name. Null before the first
    /// publication; empty where no list is imported.
    #[allow(clippy::too_many_arguments)]
    async fn markets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which markets are wanted; all without it.")] filter: Option<MarketFilter>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<Market>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            filter.check()?;
            let rows: Vec<_> = all.local.markets.iter().filter(|row| filter.takes(row)).cloned().collect();
            let list = List::new(&format!("markets {} {filter:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| Market {
                run: run.clone(),
                all: all.clone(),
                row: row.clone(),
            })
            .map(Some)
        };
        answer.await.transpose()
    }

    /// Use of merchants by payment scheme and month (가맹점 이용현황): by scheme, the district first, then industries, then
    /// neighbourhoods. Null before the first publication; empty where nothing is imported.
    #[allow(clippy::too_many_arguments)]
    async fn merchant_usage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lines are wanted; all without it.")] filter: Option<UsageFilter>,
        #[graphql(desc = "Only months that begin on or after this day.")] from: Option<Date>,
        #[graphql(desc = "Only months that begin on or before this day.")] to: Option<Date>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<MerchantUsage>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let (months, filter) = (Quarters::new(from, to)?, filter.unwrap_or_default());
            filter.check()?;
            let rows: Vec<_> = all.local.usage.iter().filter(|row| filter.takes(row)).cloned().collect();
            let list = List::new(&format!("merchantUsage {} {filter:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, |row| MerchantUsage {
                run: run.clone(),
                all: all.clone(),
                row: row.clone(),
                months,
            })
            .map(Some)
        };
        answer.await.transpose()
    }

    /// Policies judged by markets, chains and the use of merchants (정책 전후 비교), by policy and outcome. Null before the first
    /// publication.
    async fn policy_comparisons(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which comparisons are wanted; all without it.")] filter: Option<JudgedFilter>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Vec<PolicyComparison>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            let row =
                |row: &local::JudgedRow| PolicyComparison { run: run.clone(), all: all.clone(), row: row.clone() };
            Ok(Some(all.local.judged.iter().filter(|judged| filter.takes(judged)).map(row).collect()))
        };
        answer.await.transpose()
    }

    /// Where to act (어디에 힘을 쓸까): every market, neighbourhood and industry with where its sales stand, those still below
    /// with confidence first and the lowest of them first; what has too few data is listed with the reason. Null before
    /// the first publication.
    #[allow(clippy::too_many_arguments)]
    async fn where_to_act(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which lines are wanted; all without it.")] filter: Option<ActFilter>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Answer from this published run; not together with asOf.")] run: Option<ID>,
        #[graphql(desc = "Answer from the newest run that was public at this moment.")] as_of: Option<
            DateTime<FixedOffset>,
        >,
    ) -> Option<Result<Rows<ActionLine>>> {
        let answer = async {
            let Some((run, all)) = chosen(ctx, run.as_ref(), as_of).await? else { return Ok(None) };
            let filter = filter.unwrap_or_default();
            let rows: Vec<_> = lines(&run, &all).into_iter().filter(|line| filter.takes(line)).collect();
            let list = List::new(&format!("whereToAct {} {filter:?}", run.id), rows.len());
            connect(&list, &PageArguments { first, after, last, before }, &rows, Clone::clone).map(Some)
        };
        answer.await.transpose()
    }
}

/// The structure of one neighbourhood, all industries together, for the field on it.
pub async fn structure_of_neighbourhood(
    ctx: &Context<'_>,
    code: &str,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<EconomicStructure>> {
    let Some((run, all)) = chosen(ctx, run, as_of).await? else { return Ok(None) };
    let line = all.local.margins.iter().find(|line| line.dong_code == code && line.industry_code.is_empty()).cloned();
    let quarters = Quarters::new(None, None)?;
    Ok(line.map(|row| EconomicStructure { run, all, row, quarters }))
}

/// The markets of one neighbourhood, for the field on it.
pub async fn markets_of_neighbourhood(
    ctx: &Context<'_>,
    code: &str,
    run: Option<&ID>,
    as_of: Option<DateTime<FixedOffset>>,
) -> Result<Option<Vec<Market>>> {
    let Some((run, all)) = chosen(ctx, run, as_of).await? else { return Ok(None) };
    let here = all.local.markets.iter().filter(|row| row.dong_code.as_deref() == Some(code));
    Ok(Some(here.map(|row| Market { run: run.clone(), all: all.clone(), row: row.clone() }).collect()))
}
