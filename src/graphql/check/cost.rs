//! What a query may cost, decided before anything runs.
//!
//! The library walks every fragment once for each place where it is spread, also when it only computes limits, so a
//! few hundred bytes of nested fragments take seconds and gigabytes. Here the cost of a fragment is computed once,
//! with saturating arithmetic, and a query over the limit is refused before the library sees it.

use std::collections::HashMap;

use async_graphql_parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};
use async_graphql_value::{ConstValue, Value};

use super::types::{Field, Types, is_list, named};
use super::{Variables, root};
use crate::config::QueryLimits;
use crate::error::{Error, Result, both, grouped};
use crate::graphql::paging::{DEFAULT_PAGE, LARGEST_PAGE};

/// Rows assumed for lists without a page size, by field name: what the district can have of them.
const PLAIN_LISTS: [(&str, u64); 13] = [
    ("weeks", 60),
    ("sentiment", 24),
    ("mixSentiment", 24),
    ("effects", 4),
    ("policyEffects", 10),
    ("path", 14),
    ("components", 8),
    ("weights", 8),
    ("sites", 10),
    ("rows", 60),
    ("files", 1),
    ("topHours", 1),
    ("userErrors", 3),
];
/// Fields that are computed for the question instead of read, or answered again and again, and how many times their selection that costs.
const COMPUTED: [(&str, u64); 4] =
    [("analysisProgress", 10), ("wifiPlan", 10), ("wifiCoverage", 10), ("wifiEquityCurve", 50)];
/// Most changes of one request.
const MOST_CHANGES: u64 = 5;
/// Points that a change costs beside what is read of its answer.
const CHANGE: u64 = 100;
/// Rows assumed for any other list: about the number of neighbourhoods of a district.
const ROWS: u64 = 20;

/// Points that a field costs beside its rows, because it computes something for this question alone or is long.
const HEAVY: [(&str, u64); 3] = [("childcareSites", 5_000), ("childcareVulnerability", 500), ("boundary", 20)];
/// Lists by which the contract, asked about itself, leads back to its types.
const ABOUT_TYPES: [&str; 4] = ["fields", "inputFields", "interfaces", "possibleTypes"];
/// Most of them inside one another: each multiplies the answer. The usual tools need one.
const MOST_NESTED: usize = 2;
/// Most of them in all. The usual tools need four.
const MOST_ABOUT_TYPES: u64 = 12;

/// What a query would cost, for `extensions.cost`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Weighted objects: an object costs 1, a scalar nothing, a list its rows times what a row costs.
    pub cost: u64,
    /// Fields after all fragments are spread.
    pub fields: u64,
}

/// Computes the cost of a document and refuses one over a limit.
pub fn check(
    types: &Types,
    limits: &QueryLimits,
    document: &ExecutableDocument,
    variables: &Variables,
) -> Result<Cost> {
    over("fragments", "조각", document.fragments.len() as u64, limits.fragments as u64)?;
    let mut walk = Walk { types, limits, document, variables, known: HashMap::new() };
    let mut total = Sum::default();
    for (_, operation) in document.operations.iter() {
        let ty = operation.node.ty;
        let set = &operation.node.selection_set.node;
        let mut sum = walk.set(Some(root(ty)), set, 1, &mut Vec::new())?;
        over("fields at its root", "최상위 필드", sum.here, limits.root_fields as u64)?;
        if ty == OperationType::Mutation {
            over("changes", "변경", sum.here, MOST_CHANGES)?;
            sum.cost = sum.cost.saturating_add(sum.here.saturating_mul(CHANGE));
        }
        if ty == OperationType::Subscription && sum.here != 1 {
            return Err(Error::bad_input("A subscription has exactly one field at its root.")
                .in_korean("구독(subscription)의 최상위 필드는 하나여야 합니다."));
        }
        total = total.add(sum);
    }
    over("fields", "필드", total.fields, limits.fields)?;
    over("aliases", "별칭", total.aliases, limits.aliases as u64)?;
    over("lists of the contract's types", "스키마 목록", total.about_types, MOST_ABOUT_TYPES)?;
    over("points of cost", "비용 점", total.cost, limits.cost)?;
    Ok(Cost { cost: total.cost, fields: total.fields })
}

fn over(what: &str, ko: &str, found: u64, most: u64) -> Result<()> {
    if found <= most {
        return Ok(());
    }
    let most = grouped(most);
    Err(Error::bad_input(format!(
        "The query has more than {most} {what}. Ask for fewer rows with first, or for fewer fields."
    ))
    .in_korean(format!("질의의 {ko} 수가 한도 {most}을(를) 넘습니다. first로 행을 줄이거나 필드를 줄이십시오.")))
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    cost: u64,
    fields: u64,
    aliases: u64,
    /// Fields of this selection itself, fragments spread.
    here: u64,
    height: usize,
    /// Lists about types, and how many of them stand inside one another at most.
    about_types: u64,
    nested: usize,
}

impl Sum {
    fn add(self, other: Self) -> Self {
        Self {
            cost: self.cost.saturating_add(other.cost),
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            here: self.here.saturating_add(other.here),
            height: self.height.max(other.height),
            about_types: self.about_types.saturating_add(other.about_types),
            nested: self.nested.max(other.nested),
        }
    }
}

struct Walk<'a> {
    types: &'a Types,
    limits: &'a QueryLimits,
    document: &'a ExecutableDocument,
    variables: &'a Variables,
    known: HashMap<&'a str, Sum>,
}

impl<'a> Walk<'a> {
    fn set(
        &mut self,
        parent: Option<&str>,
        set: &'a SelectionSet,
        depth: usize,
        open: &mut Vec<&'a str>,
    ) -> Result<Sum> {
        if depth > self.limits.depth {
            return Err(self.too_deep());
        }
        let mut total = Sum::default();
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    let known = parent.and_then(|p| self.types.field(p, field.name.node.as_str()));
                    let inner_type = known.map(|f| named(&f.ty).to_string());
                    let inner = self.set(inner_type.as_deref(), &field.selection_set.node, depth + 1, open)?;
                    let is_object = !field.selection_set.node.items.is_empty();
                    let rows = if is_object { self.rows(parent, known, field) } else { 1 };
                    let heavy = HEAVY.iter().find(|(name, _)| *name == field.name.node.as_str());
                    let own = u64::from(is_object) + heavy.map_or(0, |(_, points)| *points);
                    // The contract as the checks know it does not hold the types that describe it.
                    let is_about_types = parent.is_none_or(|parent| parent.starts_with("__"))
                        && ABOUT_TYPES.contains(&field.name.node.as_str());
                    Sum {
                        cost: own.saturating_add(inner.cost).saturating_mul(rows),
                        fields: inner.fields.saturating_add(1),
                        aliases: inner.aliases.saturating_add(u64::from(field.alias.is_some())),
                        here: 1,
                        height: inner.height + 1,
                        about_types: inner.about_types.saturating_add(u64::from(is_about_types)),
                        nested: inner.nested + usize::from(is_about_types),
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|c| c.node.on.node.as_str());
                    self.set(on.or(parent), &fragment.node.selection_set.node, depth, open)?
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(spread.node.fragment_name.node.as_str(), depth, open)?
                }
            };
            total = total.add(part);
        }
        if depth + total.height > self.limits.depth + 1 {
            return Err(self.too_deep());
        }
        if total.nested > MOST_NESTED {
            return Err(Error::bad_input(both(
                format!("Lists of the contract's types may stand inside one another {MOST_NESTED} times at most."),
                format!("스키마의 형 목록은 {MOST_NESTED}번까지만 겹쳐 물을 수 있습니다."),
            )));
        }
        Ok(total)
    }

    fn fragment(&mut self, name: &'a str, depth: usize, open: &mut Vec<&'a str>) -> Result<Sum> {
        if let Some(sum) = self.known.get(name) {
            return Ok(*sum);
        }
        // An unknown name: the library says so in its own words.
        let Some((name, fragment)) = self.document.fragments.iter().find(|(n, _)| n.as_str() == name) else {
            return Ok(Sum::default());
        };
        if open.contains(&name.as_str()) {
            return Err(Error::bad_input(format!("The fragment {name} contains itself."))
                .in_korean(format!("조각 {name}이(가) 자기 자신을 포함합니다.")));
        }
        open.push(name.as_str());
        // Computed at the depth of its first use; the height keeps later, deeper uses honest.
        let on = fragment.node.type_condition.node.on.node.as_str();
        let sum = self.set(Some(on), &fragment.node.selection_set.node, depth, open)?;
        open.pop();
        self.known.insert(name.as_str(), sum);
        Ok(sum)
    }

    /// Rows that a field brings: its page, or what such a list is assumed to hold.
    fn rows(&self, parent: Option<&str>, known: Option<&Field>, field: &async_graphql_parser::types::Field) -> u64 {
        let page = field.arguments.iter().filter(|(name, _)| matches!(name.node.as_str(), "first" | "last")).map(
            |(_, value)| {
                let number = match &value.node {
                    Value::Number(n) => n.as_i64(),
                    Value::Variable(name) => match self.variables.get(name.as_str()) {
                        Some(ConstValue::Number(n)) => n.as_i64(),
                        _ => None,
                    },
                    _ => None,
                };
                // A senseless size is refused later with a sentence of its own; here it counts as the largest.
                number.filter(|n| (1..=i64::from(LARGEST_PAGE)).contains(n)).unwrap_or(i64::from(LARGEST_PAGE))
            },
        );
        if let Some(rows) = page.max() {
            return u64::try_from(rows).unwrap_or(1);
        }
        let Some(known) = known else { return 1 };
        if let Some((_, times)) = COMPUTED.iter().find(|(computed, _)| *computed == field.name.node.as_str()) {
            return *times;
        }
        if known.arguments.contains_key("first") {
            return u64::try_from(DEFAULT_PAGE).unwrap_or(1);
        }
        // The rows of a connection are counted where it is asked for.
        if !is_list(&known.ty) || parent.is_some_and(|p| p.ends_with("Connection")) {
            return 1;
        }
        let name = field.name.node.as_str();
        PLAIN_LISTS.iter().find(|(known, _)| *known == name).map_or(ROWS, |(_, rows)| *rows)
    }

    fn too_deep(&self) -> Error {
        let most = self.limits.depth;
        Error::bad_input(format!("The query nests deeper than {most} levels."))
            .in_korean(format!("질의가 {most}단계보다 깊습니다."))
    }
}
