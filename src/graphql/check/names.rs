//! Names against the contract: fields, arguments and fragments, and whether a field takes a selection.
//!
//! The library finds the same, but can say it in English only. What people get wrong most is found here, in both
//! languages; what is rarer is left to the library.

use std::collections::HashSet;

use async_graphql_parser::Pos;
use async_graphql_parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet};

use super::root;
use super::types::{Types, named};
use crate::error::{Error, Sentence, both};

/// What does not fit, and where it stands.
pub type Misfit = (Error, Pos);

/// Names resemble each other from here on, as `strsim` counts it: 1 is the same, 0 nothing in common.
const RESEMBLES: f64 = 0.8;

/// Refuses the first name of the operation that the contract does not have.
pub fn check(types: &Types, document: &ExecutableDocument, operation: &OperationDefinition) -> Result<(), Misfit> {
    Walk { types, document, seen: HashSet::new() }.set(root(operation.ty), &operation.selection_set.node)
}

struct Walk<'a> {
    types: &'a Types,
    document: &'a ExecutableDocument,
    seen: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, parent: &str, set: &'a SelectionSet) -> Result<(), Misfit> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(parent, &field.node, field.pos)?,
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map_or(parent, |c| c.node.on.node.as_str());
                    self.set(on, &fragment.node.selection_set.node)?;
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let Some((name, fragment)) = self.document.fragments.iter().find(|(known, _)| *known == name)
                    else {
                        return Err(misfit(
                            spread.pos,
                            both(
                                format!("The document has no fragment {name}."),
                                format!(
                                    "문서에 조각 {name}의 정의가 없습니다. 조각을 추가하거나 이름을 확인해 주십시오."
                                ),
                            ),
                        ));
                    };
                    if self.seen.insert(name.as_str()) {
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.set(on, &fragment.node.selection_set.node)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, parent: &str, field: &'a Field, at: Pos) -> Result<(), Misfit> {
        let name = field.name.node.as_str();
        // Questions about the contract itself, and types that it does not have, are the library's.
        if name.starts_with("__") || self.types.is_leaf(parent) {
            return Ok(());
        }
        let Some(known) = self.types.field(parent, name) else {
            let like = nearest(name, self.types.field_names(parent));
            return Err(misfit(
                at,
                both(
                    format!("{parent} has no field {name}.{}", hint(like, "Did you mean", "?")),
                    format!("{parent} 형에는 {name} 필드가 없습니다.{}", hint(like, "혹시", "입니까?")),
                ),
            ));
        };
        for (argument, _) in &field.arguments {
            let wrong = argument.node.as_str();
            if !known.arguments.contains_key(wrong) {
                let like = nearest(wrong, known.arguments.keys());
                return Err(misfit(
                    argument.pos,
                    both(
                        format!("The field {name} takes no argument {wrong}.{}", hint(like, "Did you mean", "?")),
                        format!("{name} 필드에는 {wrong} 인자가 없습니다.{}", hint(like, "혹시", "입니까?")),
                    ),
                ));
            }
        }
        let given = |wanted: &str| field.arguments.iter().any(|(argument, _)| argument.node == wanted);
        let required = known.arguments.iter().filter(|(_, input)| !input.ty.nullable && !input.has_default);
        if let Some(missing) = required.map(|(wanted, _)| wanted).filter(|wanted| !given(wanted)).min() {
            return Err(misfit(
                at,
                both(
                    format!("The field {name} needs the argument {missing}."),
                    format!("{name} 필드에는 {missing} 인자를 반드시 주어야 합니다."),
                ),
            ));
        }
        let inner = named(&known.ty).as_str();
        match (self.types.is_leaf(inner), field.selection_set.node.items.is_empty()) {
            (true, false) => Err(misfit(
                at,
                both(
                    format!("The field {name} is a value of type {inner}; take the braces behind it away."),
                    format!("{name} 필드는 {inner} 형의 값입니다. 뒤의 중괄호를 빼 주십시오."),
                ),
            )),
            (false, true) => Err(misfit(
                at,
                both(
                    format!("The field {name} is of type {inner}; say in braces which of its fields are wanted."),
                    format!("{name} 필드는 {inner} 형입니다. 받을 필드를 중괄호 안에 적어 주십시오."),
                ),
            )),
            _ => self.set(inner, &field.selection_set.node),
        }
    }
}

fn misfit(at: Pos, said: Sentence) -> Misfit {
    (Error::misfit(said), at)
}

fn nearest<'n>(wrong: &str, known: impl Iterator<Item = &'n String>) -> Option<&'n str> {
    // Two fields may resemble it equally; the first by name is taken, so that the answer is always the same.
    let likeness = |name: &str| strsim::jaro_winkler(wrong, name);
    let like = known.map(|name| (likeness(name), name.as_str())).filter(|(like, _)| *like >= RESEMBLES);
    like.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1))).map(|(_, name)| name)
}

fn hint(like: Option<&str>, before: &str, after: &str) -> String {
    like.map_or_else(String::new, |name| format!(" {before} {name}{after}"))
}
