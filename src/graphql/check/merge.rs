//! Fields that would be merged under one name must mean the same.
//!
//! The library compares the fields of one selection but not those that come through a fragment, and answers one of
//! the two in silence. Fragments are spread here; the count of fields that [`super::cost`] has bounded bounds this too.

use async_graphql_parser::types::{
    BaseType, DocumentOperations, ExecutableDocument, Field, Selection, SelectionSet, Type,
};

use super::root;
use super::types::{Types, named};
use crate::error::{Error, Result};

/// Refuses a document in which two fields with one name differ.
pub fn check(types: &Types, document: &ExecutableDocument) -> Result<()> {
    let operations: Vec<_> = match &document.operations {
        DocumentOperations::Single(operation) => vec![&operation.node],
        DocumentOperations::Multiple(operations) => operations.values().map(|o| &o.node).collect(),
    };
    let merger = Merger { types, document };
    operations
        .into_iter()
        .try_for_each(|operation| merger.sets(&[(root(operation.ty).to_owned(), &operation.selection_set.node)]))
}

struct Merger<'a> {
    types: &'a Types,
    document: &'a ExecutableDocument,
}

/// A field, and the type in which it was asked for.
struct Asked<'a> {
    parent: String,
    field: &'a Field,
}

impl<'a> Merger<'a> {
    fn sets(&self, sets: &[(String, &'a SelectionSet)]) -> Result<()> {
        let mut fields = Vec::new();
        for (parent, set) in sets {
            self.collect(parent, set, &mut Vec::new(), &mut fields);
        }
        // Sorted by name, so that equal names stand together and the first of each is the one asked for first.
        fields.sort_by(|a, b| a.field.response_key().node.cmp(&b.field.response_key().node));
        for group in fields.chunk_by(|a, b| a.field.response_key().node == b.field.response_key().node) {
            self.group(group)?;
        }
        Ok(())
    }

    fn group(&self, group: &[Asked<'a>]) -> Result<()> {
        let mut different: Vec<&Asked<'a>> = Vec::new();
        for asked in group {
            if different.iter().any(|d| d.parent == asked.parent && same(d.field, asked.field)) {
                continue;
            }
            for earlier in &different {
                // Two different objects never answer the same place, so their fields may differ in all but shape.
                let apart = earlier.parent != asked.parent
                    && self.types.is_object(&earlier.parent)
                    && self.types.is_object(&asked.parent);
                if !(apart || same(earlier.field, asked.field)) || !self.same_shape(earlier, asked) {
                    let key = &asked.field.response_key().node;
                    return Err(Error::bad_input(format!(
                        "The name {key} is asked for twice with different meanings; give one of the two fields an alias."
                    ))
                    .in_korean(format!(
                        "같은 이름 {key}(으)로 서로 다른 필드를 요청했습니다. 하나에 별칭을 붙이십시오."
                    )));
                }
            }
            different.push(asked);
        }
        let inner: Vec<(String, &SelectionSet)> = group
            .iter()
            .filter(|asked| !asked.field.selection_set.node.items.is_empty())
            .filter_map(|asked| {
                let known = self.types.field(&asked.parent, asked.field.name.node.as_str())?;
                Some((named(&known.ty).to_string(), &asked.field.selection_set.node))
            })
            .collect();
        if inner.is_empty() { Ok(()) } else { self.sets(&inner) }
    }

    fn same_shape(&self, a: &Asked<'_>, b: &Asked<'_>) -> bool {
        let ty =
            |asked: &Asked<'_>| self.types.field(&asked.parent, asked.field.name.node.as_str()).map(|f| f.ty.clone());
        match (ty(a), ty(b)) {
            (Some(a), Some(b)) => self.same_type_shape(&a, &b),
            // Unknown fields are refused by the library.
            _ => true,
        }
    }

    fn same_type_shape(&self, a: &Type, b: &Type) -> bool {
        a.nullable == b.nullable
            && match (&a.base, &b.base) {
                (BaseType::List(a), BaseType::List(b)) => self.same_type_shape(a, b),
                (BaseType::Named(a), BaseType::Named(b)) => a == b || !(self.types.is_leaf(a) || self.types.is_leaf(b)),
                _ => false,
            }
    }

    fn collect(&self, parent: &str, set: &'a SelectionSet, open: &mut Vec<&'a str>, fields: &mut Vec<Asked<'a>>) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => fields.push(Asked { parent: parent.to_owned(), field: &field.node }),
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map_or(parent, |c| c.node.on.node.as_str());
                    self.collect(on, &fragment.node.selection_set.node, open, fields);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.node.fragment_name.node.as_str();
                    let found = self.document.fragments.iter().find(|(known, _)| known.as_str() == name);
                    if let Some((_, fragment)) = found
                        && !open.contains(&name)
                    {
                        open.push(name);
                        let on = fragment.node.type_condition.node.on.node.as_str();
                        self.collect(on, &fragment.node.selection_set.node, open, fields);
                        open.pop();
                    }
                }
            }
        }
    }
}

/// The same field with the same arguments, in whatever order.
fn same(a: &Field, b: &Field) -> bool {
    a.name.node == b.name.node
        && a.arguments.len() == b.arguments.len()
        && a.arguments
            .iter()
            .all(|(name, value)| b.arguments.iter().any(|(n, v)| n.node == name.node && v.node == value.node))
}
