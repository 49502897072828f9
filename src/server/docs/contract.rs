//! The contract as chapters: each question with the types that it alone uses, and what all questions share.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::parse_schema;
use async_graphql_parser::types::{FieldDefinition, TypeDefinition, TypeKind, TypeSystemDefinition};

use crate::api;
use crate::error::{Error, Result};
use crate::run::Analysis;

/// One page of the documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// One of the three questions.
    Question(Analysis),
    /// Figures, runs, datasets and places: what every question's answers are made of.
    Common,
}

/// Where a query or a change begins.
#[derive(Debug, Clone, Copy)]
pub enum Root {
    /// What can be asked.
    Query,
    /// What can be changed.
    Mutation,
}

impl Root {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Query, Self::Mutation];

    /// The name of its type in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Query => "Query",
            Self::Mutation => "Mutation",
        }
    }

    fn is_one(name: &str) -> bool {
        Self::ALL.iter().any(|root| root.name() == name)
    }
}

/// The parsed contract.
pub struct Contract {
    types: BTreeMap<String, TypeDefinition>,
    /// Root fields of each question.
    roots: [BTreeSet<String>; 3],
    /// Types that only one question reaches.
    own: [BTreeSet<String>; 3],
}

impl Contract {
    /// Reads the contract that this program serves.
    pub fn read() -> Result<Self> {
        let types = parse(&api::sdl())?;
        let mut roots = [BTreeSet::new(), BTreeSet::new(), BTreeSet::new()];
        for (names, question) in roots.iter_mut().zip(Analysis::ALL) {
            *names = root_names(&api::sdl_of(question))?;
        }
        let reached = roots.each_ref().map(|names| reach(&types, names));
        let mut own = reached.clone();
        for (at, types) in own.iter_mut().enumerate() {
            types.retain(|name| reached.iter().enumerate().all(|(other, names)| other == at || !names.contains(name)));
        }
        Ok(Self { types, roots, own })
    }

    /// What can be asked, or changed, in a chapter, in the order of the contract.
    pub fn root_fields(&self, root: Root, chapter: Chapter) -> Vec<&FieldDefinition> {
        let wanted = |name: &str| match chapter {
            Chapter::Question(question) => self.roots[place(question)].contains(name),
            Chapter::Common => self.roots.iter().all(|names| !names.contains(name)),
        };
        self.fields(root.name()).into_iter().filter(|field| wanted(&field.name.node)).collect()
    }

    /// The types of a chapter. Pages of lists are left out: they only repeat the type of their rows.
    pub fn types(&self, chapter: Chapter) -> Vec<&TypeDefinition> {
        self.types
            .iter()
            .filter(|(name, _)| self.chapter_of(name) == chapter && !Root::is_one(name) && row_type(name).is_none())
            .map(|(_, definition)| definition)
            .collect()
    }

    /// Where a type is described.
    pub fn chapter_of(&self, name: &str) -> Chapter {
        self.own
            .iter()
            .position(|names| names.contains(name))
            .and_then(|at| Analysis::ALL.get(at).copied())
            .map_or(Chapter::Common, Chapter::Question)
    }

    /// Whether the contract has a type of this name; the built-in scalars are none of its own.
    pub fn has(&self, name: &str) -> bool {
        self.types.contains_key(name)
    }

    /// The description of an enum's value.
    pub fn value_description(&self, type_name: &str, value: &str) -> Option<&str> {
        let TypeKind::Enum(kind) = &self.types.get(type_name)?.kind else { return None };
        let found = kind.values.iter().find(|v| v.node.value.node == value)?;
        found.node.description.as_ref().map(|d| d.node.as_str())
    }

    fn fields(&self, name: &str) -> Vec<&FieldDefinition> {
        self.types.get(name).map(fields).unwrap_or_default()
    }
}

/// A description's paragraphs, each on one line.
pub fn paragraphs(description: &str) -> impl Iterator<Item = String> + '_ {
    description
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
}

/// The type of the rows when the name is that of a page of a list, or of an edge in it.
pub fn row_type(name: &str) -> Option<&str> {
    name.strip_suffix("Connection").or_else(|| name.strip_suffix("Edge")).filter(|rows| !rows.is_empty())
}

fn place(question: Analysis) -> usize {
    Analysis::ALL.iter().position(|known| *known == question).unwrap_or(0)
}

fn parse(sdl: &str) -> Result<BTreeMap<String, TypeDefinition>> {
    let document = parse_schema(sdl).map_err(|e| Error::internal(format!("the contract is not well-formed: {e}")))?;
    Ok(document
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some((definition.node.name.node.to_string(), definition.node)),
            TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
        })
        .collect())
}

/// Names of the root fields of a contract, whatever its roots are called.
fn root_names(sdl: &str) -> Result<BTreeSet<String>> {
    let document = parse_schema(sdl).map_err(|e| Error::internal(format!("the contract is not well-formed: {e}")))?;
    let roots = document.definitions.iter().find_map(|definition| match definition {
        TypeSystemDefinition::Schema(schema) => Some([&schema.node.query, &schema.node.mutation]),
        TypeSystemDefinition::Type(_) | TypeSystemDefinition::Directive(_) => None,
    });
    let types = parse(sdl)?;
    let names = roots.into_iter().flatten().flatten().filter_map(|root| types.get(root.node.as_str()));
    Ok(names.flat_map(fields).map(|field| field.name.node.to_string()).collect())
}

/// Names of all types that can be reached from these root fields. The walk ends at a place and at what has a global
/// id: from there every question can be reached.
fn reach(types: &BTreeMap<String, TypeDefinition>, roots: &BTreeSet<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = Root::ALL
        .iter()
        .filter_map(|root| types.get(root.name()))
        .flat_map(fields)
        .filter(|field| roots.contains(field.name.node.as_str()))
        .flat_map(names_in)
        .collect();
    while let Some(name) = open.pop() {
        let Some(definition) = types.get(&name) else { continue };
        if !reached.insert(name.clone()) || matches!(name.as_str(), "Neighbourhood" | "Node") {
            continue;
        }
        open.extend(fields(definition).into_iter().flat_map(names_in));
        if let TypeKind::InputObject(input) = &definition.kind {
            open.extend(input.fields.iter().map(|field| type_name(&field.node.ty.node.to_string())));
        }
        if let TypeKind::Union(union) = &definition.kind {
            open.extend(union.members.iter().map(|member| member.node.to_string()));
        }
    }
    reached
}

fn fields(definition: &TypeDefinition) -> Vec<&FieldDefinition> {
    match &definition.kind {
        TypeKind::Object(object) => object.fields.iter().map(|field| &field.node).collect(),
        TypeKind::Interface(interface) => interface.fields.iter().map(|field| &field.node).collect(),
        TypeKind::Scalar | TypeKind::Union(_) | TypeKind::Enum(_) | TypeKind::InputObject(_) => Vec::new(),
    }
}

fn names_in(field: &FieldDefinition) -> Vec<String> {
    let arguments = field.arguments.iter().map(|argument| type_name(&argument.node.ty.node.to_string()));
    std::iter::once(type_name(&field.ty.node.to_string())).chain(arguments).collect()
}

/// The name inside `[Name!]!`.
pub fn type_name(written: &str) -> String {
    written.trim_matches(|c| matches!(c, '[' | ']' | '!')).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_root_field_and_every_type_stands_in_exactly_one_chapter() {
        let contract = Contract::read().expect("a contract");
        let chapters = [
            Chapter::Question(Analysis::Economy),
            Chapter::Question(Analysis::Childcare),
            Chapter::Question(Analysis::Wifi),
            Chapter::Common,
        ];
        for root in Root::ALL {
            let shown: Vec<_> =
                chapters.iter().flat_map(|c| contract.root_fields(root, *c)).map(|f| f.name.node.to_string()).collect();
            let all: BTreeSet<_> = contract.fields(root.name()).iter().map(|f| f.name.node.to_string()).collect();
            assert_eq!((shown.len(), shown.into_iter().collect::<BTreeSet<_>>()), (all.len(), all));
        }
        let types: Vec<_> = chapters.iter().flat_map(|c| contract.types(*c)).map(|t| t.name.node.to_string()).collect();
        let listed: BTreeSet<_> = types.iter().cloned().collect();
        assert_eq!(types.len(), listed.len());
        for name in contract.types.keys().filter(|name| !Root::is_one(name) && row_type(name).is_none()) {
            assert!(listed.contains(name), "{name}");
        }
    }

    #[test]
    fn a_question_has_its_own_types_and_shares_the_figure() {
        let contract = Contract::read().expect("a contract");
        assert_eq!(contract.chapter_of("EconomicSensitivity"), Chapter::Question(Analysis::Economy));
        assert_eq!(contract.chapter_of("ChildcareSentiment"), Chapter::Question(Analysis::Childcare));
        assert_eq!(contract.chapter_of("WifiSite"), Chapter::Question(Analysis::Wifi));
        for (also, question) in [
            ("ActionLine", Analysis::Economy),
            ("Market", Analysis::Economy),
            ("WifiPlan", Analysis::Wifi),
            ("WifiCoverage", Analysis::Wifi),
            ("RequestWifiInput", Analysis::Wifi),
        ] {
            assert_eq!(contract.chapter_of(also), Chapter::Question(question), "{also}");
        }
        for shared in ["Figure", "FigureStatus", "AnalysisRun", "Neighbourhood"] {
            assert_eq!(contract.chapter_of(shared), Chapter::Common, "{shared}");
        }
    }

    #[test]
    fn a_paragraph_is_one_line_whatever_the_width_of_the_text() {
        assert_eq!(paragraphs("a\nb  c\n\n d\n").collect::<Vec<_>>(), ["a b c", "d"]);
    }
}
