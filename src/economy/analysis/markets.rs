//! Markets and shopping streets: one entry for what several lists say, with the sales that are really its own where a
//! file of commercial areas has them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::before_after::Member;
use crate::calendar::Grain;

/// A row of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MarketInput {
    /// The list.
    pub layout: String,
    /// Code in the list, or name and address.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind, as the source table has it.
    pub kind: String,
    /// Its address.
    pub address: Option<String>,
    /// Shops.
    pub shops: Option<u32>,
    /// Year of opening.
    pub opened_in: Option<i16>,
    /// Longitude and latitude.
    pub at: Option<(f64, f64)>,
    /// The dong whose boundary holds the place.
    pub dong: Option<String>,
    /// It is ours: by place, or by the district that the list names.
    pub ours: bool,
}

/// Sales of one commercial area by quarter, all industries together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AreaInput {
    /// Code of the area.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its kind, as the file says.
    pub kind: String,
    /// Won by quarter.
    pub sales: BTreeMap<NaiveDate, f64>,
}

/// How the sales of an area were found to be those of a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// By the code of the area.
    Code,
    /// By its name, which no other market or area has.
    Name,
}

/// A market.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// What the lists say together; that of the list named first where they differ.
    pub facts: MarketInput,
    /// The lists that name it.
    pub lists: Vec<String>,
    /// Its own sales by quarter, and how they were found.
    pub sales: Option<(Link, BTreeMap<NaiveDate, f64>)>,
}

/// Spaces say nothing in a name.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Our markets by name. Rows of different lists with the same name are one market; two rows of one list are two.
pub fn markets(rows: &[MarketInput], areas: &[AreaInput]) -> Vec<Market> {
    let mut by_name = BTreeMap::<String, Vec<&MarketInput>>::new();
    for row in rows.iter().filter(|row| row.ours) {
        by_name.entry(plain(&row.name)).or_default().push(row);
    }
    let foreign: BTreeSet<String> = rows.iter().filter(|row| !row.ours).map(|row| plain(&row.name)).collect();
    let mut found = Vec::new();
    for (name, mut same) in by_name {
        // A list with coordinates knows most; then by name of the list, so that the order is always the same.
        same.sort_by(|a, b| (a.at.is_none(), &a.layout, &a.id).cmp(&(b.at.is_none(), &b.layout, &b.id)));
        let lists: BTreeSet<&str> = same.iter().map(|row| row.layout.as_str()).collect();
        let is_one = lists.len() == same.len();
        let groups: Vec<Vec<&MarketInput>> =
            if is_one { vec![same] } else { same.into_iter().map(|row| vec![row]).collect() };
        for group in groups {
            let sales = own_sales(&group, areas).or_else(|| {
                let sold: Vec<&AreaInput> = areas.iter().filter(|area| plain(&area.name) == name).collect();
                match sold.as_slice() {
                    [only] if is_one && !foreign.contains(&name) => Some((Link::Name, only.sales.clone())),
                    _ => None,
                }
            });
            found.push(Market { sales, ..joined(&group) });
        }
    }
    found
}

fn own_sales(group: &[&MarketInput], areas: &[AreaInput]) -> Option<(Link, BTreeMap<NaiveDate, f64>)> {
    let area = areas
        .iter()
        .find(|area| group.iter().any(|row| row.layout == "seoul-commercial-areas" && row.id == area.code))?;
    Some((Link::Code, area.sales.clone()))
}

fn joined(group: &[&MarketInput]) -> Market {
    let mut facts = group.first().map(|row| (*row).clone()).unwrap_or_default();
    for row in group {
        facts.address = facts.address.or_else(|| row.address.clone());
        facts.shops = facts.shops.or(row.shops);
        facts.opened_in = facts.opened_in.or(row.opened_in);
        if facts.kind == "other" {
            facts.kind.clone_from(&row.kind);
        }
    }
    Market { facts, lists: group.iter().map(|row| row.layout.clone()).collect(), sales: None }
}

/// Change of a quarter against the same one of the base year.
pub fn change(sales: &BTreeMap<NaiveDate, f64>, quarter: NaiveDate, base_year: i32) -> Option<f64> {
    let base = Grain::Quarter.in_year(quarter, base_year).filter(|base| *base < quarter)?;
    let then = sales.get(&base).filter(|won| **won > 0.0)?;
    Some(sales.get(&quarter)? / then - 1.0)
}

/// Traditional markets against other commercial areas, as far as their own sales are known.
pub fn members(markets: &[Market]) -> Vec<Member> {
    let with_sales = markets.iter().filter_map(|market| Some((market, &market.sales.as_ref()?.1)));
    with_sales
        .map(|(market, sales)| Member {
            name: market.facts.name.clone(),
            treated: market.facts.kind == "traditional_market",
            amounts: sales.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(layout: &str, id: &str, name: &str) -> MarketInput {
        MarketInput { layout: layout.into(), id: id.into(), name: name.into(), ours: true, ..MarketInput::default() }
    }

    fn area(code: &str, name: &str) -> AreaInput {
        let quarter = |y| NaiveDate::from_ymd_opt(y, 4, 1).unwrap();
        let sales = BTreeMap::from([(quarter(2019), 100.0), (quarter(2020), 80.0)]);
        AreaInput { code: code.into(), name: name.into(), kind: "전통시장".into(), sales }
    }

    #[test]
    fn lists_are_joined_by_name_and_each_adds_what_it_knows() {
        let rows = [
            MarketInput {
                shops: Some(70),
                kind: "traditional_market".into(),
                ..row("agency-markets", "a1", "가 시장")
            },
            MarketInput {
                at: Some((126.9, 37.5)),
                dong: Some("11590510".into()),
                ..row("seoul-markets", "가시장/1", "가시장")
            },
        ];
        let found = markets(&rows, &[]);
        assert_eq!(found.len(), 1);
        let facts = &found[0].facts;
        assert_eq!((facts.shops, facts.dong.as_deref()), (Some(70), Some("11590510")));
        assert_eq!(found[0].lists, ["seoul-markets", "agency-markets"]);
    }

    #[test]
    fn two_of_one_name_in_one_list_stay_two_and_take_no_sales_by_name() {
        let rows = [row("seoul-markets", "강남시장/1", "강남시장"), row("seoul-markets", "강남시장/2", "강남시장")];
        let found = markets(&rows, &[area("9", "강남시장")]);
        assert_eq!((found.len(), found.iter().all(|m| m.sales.is_none())), (2, true));
    }

    #[test]
    fn sales_are_found_by_code_or_by_a_name_that_nobody_else_has() {
        let rows = [
            row("seoul-commercial-areas", "9", "가시장"),
            row("seoul-markets", "나시장/", "나시장"),
            row("seoul-markets", "다시장/", "다시장"),
            MarketInput { ours: false, ..row("seoul-markets", "다시장/x", "다시장") },
        ];
        let found = markets(&rows, &[area("9", "별명"), area("8", "나 시장"), area("7", "다시장")]);
        let links: Vec<_> = found.iter().map(|m| m.sales.as_ref().map(|s| s.0)).collect();
        assert_eq!(links, [Some(Link::Code), Some(Link::Name), None]);
        let sales = &found[0].sales.as_ref().unwrap().1;
        let quarter = NaiveDate::from_ymd_opt(2020, 4, 1).unwrap();
        assert!((change(sales, quarter, 2019).unwrap() + 0.2).abs() < 1e-12);
        assert_eq!(change(sales, NaiveDate::from_ymd_opt(2019, 4, 1).unwrap(), 2019), None);
    }
}
