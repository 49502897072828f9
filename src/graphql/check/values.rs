//! Values and variables against the types that take them.
//!
//! A variable is checked against its own type, and every place where it is used against the type of that place; a
//! literal against the type of its place. What the library would find out field by field is so found out at once.

use std::collections::{HashMap, HashSet};

use async_graphql_parser::Positioned;
use async_graphql_parser::types::{
    BaseType, Directive, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet, Type,
    VariableDefinition,
};
use async_graphql_value::{ConstValue, Name, Number, Value};

use super::Variables;
use super::root;
use super::types::{Input, Types, named};
use crate::error::{Error, Result};
use crate::graphql::scalars;

/// Checks the variables that were given, then every value and every use of a variable in the operation.
pub fn check(
    types: &Types,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    given: &Variables,
) -> Result<()> {
    let definitions: HashMap<&str, &VariableDefinition> =
        operation.variable_definitions.iter().map(|d| (d.node.name.node.as_str(), &d.node)).collect();
    for definition in definitions.values() {
        variable(types, definition, given.get(definition.name.node.as_str()))?;
    }
    let mut walk = Walk { types, document, definitions, seen: HashSet::new() };
    walk.directives(&operation.directives)?;
    walk.set(root(operation.ty), &operation.selection_set.node)
}

fn variable(types: &Types, definition: &VariableDefinition, given: Option<&ConstValue>) -> Result<()> {
    let (name, ty) = (&definition.name.node, &definition.var_type.node);
    match given {
        None if !ty.nullable && definition.default_value.is_none() => {
            Err(Error::bad_input(format!("The variable ${name} is required."))
                .in_korean(format!("변수 ${name}은(는) 반드시 주어야 합니다.")))
        }
        None => Ok(()),
        Some(value) => constant(types, ty, value, &format!("${name}"), Source::Variable),
    }
}

/// Where a value was written: in JSON an enum value is a string, in the query it is a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Query,
    Variable,
}

struct Walk<'a> {
    types: &'a Types,
    document: &'a ExecutableDocument,
    definitions: HashMap<&'a str, &'a VariableDefinition>,
    seen: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, parent: &str, set: &'a SelectionSet) -> Result<()> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(parent, &field.node)?,
                Selection::InlineFragment(fragment) => {
                    self.directives(&fragment.node.directives)?;
                    let on = fragment.node.type_condition.as_ref().map_or(parent, |c| c.node.on.node.as_str());
                    self.set(on, &fragment.node.selection_set.node)?;
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.node.directives)?;
                    let found =
                        self.document.fragments.iter().find(|(name, _)| **name == spread.node.fragment_name.node);
                    if let Some((name, fragment)) = found
                        && self.seen.insert(name.as_str())
                    {
                        self.set(
                            fragment.node.type_condition.node.on.node.as_str(),
                            &fragment.node.selection_set.node,
                        )?;
                    }
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, parent: &str, field: &'a Field) -> Result<()> {
        self.directives(&field.directives)?;
        // An unknown field is refused by the library, with a sentence of its own.
        let Some(known) = self.types.field(parent, field.name.node.as_str()) else { return Ok(()) };
        self.arguments(&known.arguments, &field.arguments)?;
        let inner = named(&known.ty).to_string();
        self.set(&inner, &field.selection_set.node)
    }

    fn arguments(&self, known: &HashMap<String, Input>, given: &[(Positioned<Name>, Positioned<Value>)]) -> Result<()> {
        for (name, value) in given {
            if let Some(input) = known.get(name.node.as_str()) {
                self.value(&input.ty, input.has_default, &value.node, name.node.as_str())?;
            }
        }
        Ok(())
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> Result<()> {
        let flag = Type { base: BaseType::Named(Name::new("Boolean")), nullable: false };
        for directive in directives.iter().filter(|d| matches!(d.node.name.node.as_str(), "include" | "skip")) {
            for (name, value) in directive.node.arguments.iter().filter(|(name, _)| name.node == "if") {
                self.value(&flag, false, &value.node, name.node.as_str())?;
            }
        }
        Ok(())
    }

    fn value(&self, ty: &Type, has_default: bool, value: &Value, path: &str) -> Result<()> {
        match (value, &ty.base) {
            (Value::Variable(name), _) => self.usage(ty, has_default, name.as_str(), path),
            (Value::List(items), BaseType::List(inner)) => {
                items.iter().enumerate().try_for_each(|(n, v)| self.value(inner, false, v, &format!("{path}[{n}]")))
            }
            (single, BaseType::List(inner)) if *single != Value::Null => self.value(inner, false, single, path),
            (Value::Object(fields), BaseType::Named(name)) if self.types.input(name).is_some() => {
                let known = self.types.input(name).cloned().unwrap_or_default();
                // A variable in a place of a one-of input may be null, which would give no field at all.
                complete(self.types, name, &known, fields.keys().map(Name::as_str), path)?;
                for (field, value) in fields {
                    let Some(input) = known.get(field.as_str()) else { continue };
                    self.value(&input.ty, input.has_default, value, &format!("{path}.{field}"))?;
                }
                Ok(())
            }
            (literal, _) => match literal.clone().into_const() {
                Some(literal) => constant(self.types, ty, &literal, path, Source::Query),
                None => Err(wrong(path, ty)),
            },
        }
    }

    /// A nullable variable may stand in a place that takes no null only when one of the two has a default.
    fn usage(&self, place: &Type, place_has_default: bool, name: &str, path: &str) -> Result<()> {
        // An unknown variable is refused by the library, with a sentence of its own.
        let Some(definition) = self.definitions.get(name) else { return Ok(()) };
        let ty = &definition.var_type.node;
        let default = definition.default_value.as_ref().is_some_and(|d| d.node != ConstValue::Null);
        let fits = if !place.nullable && ty.nullable {
            (default || place_has_default) && fits_base(&ty.base, &place.base)
        } else {
            fits_base(&ty.base, &place.base)
        };
        if fits {
            return Ok(());
        }
        Err(Error::bad_input(format!(
            "The variable ${name} of type {ty} cannot be used for {path}, which takes {place}."
        ))
        .in_korean(format!("{ty} 형의 변수 ${name}은(는) {place} 형을 받는 {path}에 쓸 수 없습니다.")))
    }
}

fn fits(ty: &Type, place: &Type) -> bool {
    (place.nullable || !ty.nullable) && fits_base(&ty.base, &place.base)
}

fn fits_base(ty: &BaseType, place: &BaseType) -> bool {
    match (ty, place) {
        (BaseType::Named(a), BaseType::Named(b)) => a == b,
        (BaseType::List(a), BaseType::List(b)) => fits(a, b),
        _ => false,
    }
}

fn constant(types: &Types, ty: &Type, value: &ConstValue, path: &str, source: Source) -> Result<()> {
    if *value == ConstValue::Null {
        return if ty.nullable { Ok(()) } else { Err(wrong(path, ty)) };
    }
    let name = match (&ty.base, value) {
        (BaseType::List(inner), ConstValue::List(items)) => {
            return items
                .iter()
                .enumerate()
                .try_for_each(|(n, item)| constant(types, inner, item, &format!("{path}[{n}]"), source));
        }
        (BaseType::List(inner), single) => return constant(types, inner, single, path, source),
        (BaseType::Named(name), _) => name,
    };
    if let Some(known) = types.input(name) {
        let ConstValue::Object(fields) = value else { return Err(wrong(path, ty)) };
        complete(types, name, known, fields.keys().map(Name::as_str), path)?;
        return fields.iter().try_for_each(|(field, value)| match known.get(field.as_str()) {
            Some(input) => constant(types, &input.ty, value, &format!("{path}.{field}"), source),
            None => Ok(()),
        });
    }
    let right = match types.enum_values(name) {
        Some(values) => match (value, source) {
            (ConstValue::Enum(word), Source::Query) => values.contains(word.as_str()),
            (ConstValue::String(word), Source::Variable) => values.contains(word.as_str()),
            _ => false,
        },
        None => scalar(name, value),
    };
    if !right {
        return Err(wrong(path, ty));
    }
    match value {
        // PostgreSQL stores no such text, and no text that people write holds one.
        ConstValue::String(text) if text.contains('\0') => {
            Err(Error::bad_input(format!("{path} holds the character U+0000; take it out."))
                .in_korean(format!("{path}에 U+0000 문자가 있습니다. 빼고 다시 보내 주십시오.")))
        }
        _ => Ok(()),
    }
}

fn scalar(name: &str, value: &ConstValue) -> bool {
    let number = |check: fn(&Number) -> bool| matches!(value, ConstValue::Number(n) if check(n));
    match name {
        "Int" => number(|n| n.as_i64().is_some_and(|n| i32::try_from(n).is_ok())),
        "Float" => number(|n| n.as_f64().is_some_and(f64::is_finite)),
        "Boolean" => matches!(value, ConstValue::Boolean(_)),
        "String" => matches!(value, ConstValue::String(_)),
        "ID" => matches!(value, ConstValue::String(_)) || number(|n| n.is_i64()),
        _ => scalars::is_readable(name, value),
    }
}

/// Every field is known, no required one is missing, and a one-of input has exactly one.
fn complete<'f>(
    types: &Types,
    name: &str,
    known: &HashMap<String, Input>,
    given: impl Iterator<Item = &'f str>,
    path: &str,
) -> Result<()> {
    let given: HashSet<&str> = given.collect();
    if let Some(unknown) = given.iter().find(|field| !known.contains_key(**field)) {
        return Err(Error::bad_input(format!("{path} has no field {unknown}; it takes {name}."))
            .in_korean(format!("{path}에는 {unknown} 필드가 없습니다({name}).")));
    }
    let required = |input: &Input| !input.ty.nullable && !input.has_default;
    if let Some((missing, _)) = known.iter().find(|(field, input)| required(input) && !given.contains(field.as_str())) {
        return Err(Error::bad_input(format!("{path} needs the field {missing}; it takes {name}."))
            .in_korean(format!("{path}에 {missing} 필드가 필요합니다({name}).")));
    }
    if types.is_one_of(name) && given.len() != 1 {
        return Err(Error::bad_input(format!("{path} needs exactly one field; it takes {name}."))
            .in_korean(format!("{path}에는 필드를 정확히 하나만 주어야 합니다({name}).")));
    }
    Ok(())
}

fn wrong(path: &str, ty: &Type) -> Error {
    Error::bad_input(format!("The value of {path} is not one that {ty} takes."))
        .in_korean(format!("{path}의 값이 {ty} 형에 맞지 않습니다."))
}
