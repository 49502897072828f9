//! What a query may cost, decided before anything runs.
//!
//! The library walks every fragment once for each place where it is spread, also when it only computes limits, so a
//! few hundred bytes of nested fragments take seconds and gigabytes. Here the cost of a fragment is computed once,
//! with saturating arithmetic, and a query over the limit is refused before the library sees it.

use std::collections::HashMap;

use async_graphql_parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql_value::{ConstValue, Value};

use crate::error::{Error, Result};
use crate::graphql::paging::{DEFAULT_PAGE, LARGEST_PAGE};

/// Most that a query may cost: an object costs 1, a scalar nothing, a list its rows times what a row costs.
/// Introspection by the usual tools costs about 2,000; the three sample queries stay below 3,000.
pub const MOST_COST: u64 = 50_000;
/// Deepest nesting. The introspection query of the usual tools needs 15.
pub const DEEPEST: usize = 24;
/// Most fields at the root, aliases included.
pub const MOST_ROOT_FIELDS: usize = 20;
/// Most fields after all fragments are spread.
pub const MOST_FIELDS: u64 = 5_000;
/// Most fragments.
pub const MOST_FRAGMENTS: usize = 50;
/// Most braces, brackets and parentheses open at once, counted before parsing so that the parser stays shallow.
pub const DEEPEST_BRACES: usize = 64;

/// Rows assumed for lists without a page size, by field name: what the district can have of them.
const PLAIN_LISTS: [(&str, u64); 13] = [
    ("neighbourhoods", 20),
    ("weeks", 60),
    ("sources", 20),
    ("inputs", 20),
    ("sentiment", 24),
    ("mixSentiment", 24),
    ("effects", 4),
    ("policyEffects", 10),
    ("path", 14),
    ("treated", 20),
    ("control", 20),
    ("ranks", 20),
    ("components", 5),
];

/// What a query would cost, for `extensions.cost`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Weighted objects.
    pub cost: u64,
    /// Fields after all fragments are spread.
    pub fields: u64,
}

/// Refuses text that nests too deeply to be parsed safely. Strings and comments do not count.
pub fn check_nesting(query: &str) -> Result<()> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut in_comment = false;
    let mut escaped = false;
    for byte in query.bytes() {
        match byte {
            b'\n' => (in_comment, in_string, escaped) = (false, false, false),
            _ if in_comment => {}
            b'\\' if in_string => escaped = !escaped,
            b'"' if !escaped => in_string = !in_string,
            _ if in_string => escaped = false,
            b'#' => in_comment = true,
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST_BRACES {
            return Err(Error::bad_input(format!("The query nests deeper than {DEEPEST_BRACES} levels.")));
        }
    }
    Ok(())
}

/// Computes the cost of a document and refuses one over a limit.
pub fn check(document: &ExecutableDocument, variables: &HashMap<String, ConstValue>) -> Result<Cost> {
    if document.fragments.len() > MOST_FRAGMENTS {
        return Err(Error::bad_input(format!("The query has more than {MOST_FRAGMENTS} fragments.")));
    }
    let mut walk = Walk { document, variables, known: HashMap::new() };
    let mut total = Sum::default();
    for (_, operation) in document.operations.iter() {
        let set = &operation.node.selection_set.node;
        let sum = walk.set(set, 1, &mut Vec::new())?;
        if walk.root_fields(set, 0) > MOST_ROOT_FIELDS {
            return Err(Error::bad_input(format!(
                "The query asks for more than {MOST_ROOT_FIELDS} fields at its root."
            )));
        }
        total = total.add(sum);
    }
    for (name, too_large, limit) in
        [("asks for", total.fields > MOST_FIELDS, MOST_FIELDS), ("costs", total.cost > MOST_COST, MOST_COST)]
    {
        if too_large {
            return Err(Error::bad_input(format!(
                "The query {name} more than {limit}{}. Ask for fewer rows with first, or for fewer fields.",
                if name == "costs" { " points" } else { " fields" }
            )));
        }
    }
    Ok(Cost { cost: total.cost, fields: total.fields })
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    cost: u64,
    fields: u64,
    height: usize,
}

impl Sum {
    fn add(self, other: Self) -> Self {
        Self {
            cost: self.cost.saturating_add(other.cost),
            fields: self.fields.saturating_add(other.fields),
            height: self.height.max(other.height),
        }
    }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    variables: &'a HashMap<String, ConstValue>,
    known: HashMap<&'a str, Sum>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet, depth: usize, open: &mut Vec<&'a str>) -> Result<Sum> {
        if depth > DEEPEST {
            return Err(too_deep());
        }
        let mut total = Sum::default();
        for selection in &set.items {
            let part = match &selection.node {
                Selection::Field(field) => {
                    let inner = self.set(&field.node.selection_set.node, depth + 1, open)?;
                    let is_object = !field.node.selection_set.node.items.is_empty();
                    let rows = self.rows(field.node.name.node.as_str(), &field.node.arguments);
                    Sum {
                        cost: u64::from(is_object).saturating_add(inner.cost).saturating_mul(rows),
                        fields: inner.fields.saturating_add(1),
                        height: inner.height + 1,
                    }
                }
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node, depth, open)?,
                Selection::FragmentSpread(spread) => {
                    self.fragment(spread.node.fragment_name.node.as_str(), depth, open)?
                }
            };
            total = total.add(part);
        }
        if depth + total.height > DEEPEST + 1 {
            return Err(too_deep());
        }
        Ok(total)
    }

    fn fragment(&mut self, name: &'a str, depth: usize, open: &mut Vec<&'a str>) -> Result<Sum> {
        if let Some(sum) = self.known.get(name) {
            return Ok(*sum);
        }
        // A cycle or an unknown name: the library says so in its own words.
        let Some((name, fragment)) = self.document.fragments.iter().find(|(n, _)| n.as_str() == name) else {
            return Ok(Sum::default());
        };
        if open.contains(&name.as_str()) {
            return Err(Error::bad_input(format!("The fragment {name} contains itself.")));
        }
        open.push(name.as_str());
        // Computed at the depth of its first use; the height keeps later, deeper uses honest.
        let sum = self.set(&fragment.node.selection_set.node, depth, open)?;
        open.pop();
        self.known.insert(name.as_str(), sum);
        Ok(sum)
    }

    fn rows(
        &self,
        field: &str,
        arguments: &[(async_graphql::Positioned<async_graphql::Name>, async_graphql::Positioned<Value>)],
    ) -> u64 {
        let page =
            arguments.iter().filter(|(name, _)| matches!(name.node.as_str(), "first" | "last")).map(|(_, value)| {
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
            });
        if let Some(rows) = page.max() {
            return u64::try_from(rows).unwrap_or(1);
        }
        if let Some((_, rows)) = PLAIN_LISTS.iter().find(|(name, _)| *name == field) {
            return *rows;
        }
        if CONNECTIONS.contains(&field) {
            return u64::try_from(DEFAULT_PAGE).unwrap_or(1);
        }
        1
    }

    fn root_fields(&self, set: &'a SelectionSet, level: usize) -> usize {
        if level > DEEPEST {
            return 0;
        }
        let count = |selection: &'a Selection| match selection {
            Selection::Field(_) => 1,
            Selection::InlineFragment(f) => self.root_fields(&f.node.selection_set.node, level + 1),
            // Spreads at the root are bounded by MOST_FIELDS already.
            Selection::FragmentSpread(_) => 1,
        };
        set.items.iter().map(|s| count(&s.node)).sum()
    }
}

/// Fields that page by default.
const CONNECTIONS: [&str; 7] = [
    "economicSensitivity",
    "childcareSentiment",
    "childcareAccess",
    "childcareUse",
    "wifiSites",
    "analysisRuns",
    "datasets",
];

fn too_deep() -> Error {
    Error::bad_input(format!("The query nests deeper than {DEEPEST} levels."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(query: &str) -> Result<Cost> {
        check(&async_graphql_parser::parse_query(query).unwrap(), &HashMap::new())
    }

    #[test]
    fn an_object_costs_one_a_scalar_nothing_and_a_page_its_rows() {
        assert_eq!(cost("{ a { b } }").unwrap().cost, 1);
        assert_eq!(cost("{ wifiSites(first: 10) { nodes { rank marginalGain { value } } } }").unwrap().cost, 30);
        assert_eq!(cost("{ wifiSites { nodes { rank } } }").unwrap().cost, 40);
    }

    #[test]
    fn a_doubling_fragment_is_counted_in_full_but_walked_once() {
        let bomb: String = (0..22).map(|n| format!("fragment f{n} on Query{{...f{} ...f{}}}", n + 1, n + 1)).collect();
        let query = format!("{{...f0}}{bomb}fragment f22 on Query{{__typename}}");
        let started = std::time::Instant::now();
        let error = cost(&query).unwrap_err();
        assert!(error.outside().contains("fields"), "{error}");
        assert!(started.elapsed().as_millis() < 500, "walked more than once");
    }

    #[test]
    fn a_page_size_in_a_variable_counts_and_a_huge_one_cannot_wrap_around() {
        let document = async_graphql_parser::parse_query(
            "query($n: Int) { a(first: $n) { b(first: 2147483647) { c(first: 2147483647) { d } } } }",
        )
        .unwrap();
        let variables = HashMap::from([("n".to_owned(), ConstValue::from(2))]);
        assert!(check(&document, &variables).unwrap().cost < MOST_COST);
        assert!(check(&document, &HashMap::new()).is_err());
    }

    #[test]
    fn deep_nesting_is_refused_before_the_parser_sees_it() {
        assert!(check_nesting(&"{a".repeat(20_000)).is_err());
        assert!(check_nesting("{ a(text: \"((((((((((\") { b } # {{{{{{{\n }").is_ok());
    }

    #[test]
    fn a_fragment_that_contains_itself_is_refused() {
        assert!(cost("{...a} fragment a on Query {...b} fragment b on Query {...a}").is_err());
    }
}
