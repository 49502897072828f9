//! The types of the contract, as far as the checks need them.

use std::collections::{HashMap, HashSet};

use async_graphql_parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, ObjectType, Type, TypeKind, TypeSystemDefinition,
};
use async_graphql_value::Name;

use crate::error::{Error, Result};

/// A field of an object or an interface.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it returns.
    pub ty: Type,
    /// Its arguments by name.
    pub arguments: HashMap<String, Input>,
}

/// An argument, or a field of an input object.
#[derive(Debug, Clone)]
pub struct Input {
    /// What it takes.
    pub ty: Type,
    /// It may be left out although its type is not nullable.
    pub has_default: bool,
}

/// Every type of the contract by name.
#[derive(Debug, Clone, Default)]
pub struct Types {
    fields: HashMap<String, HashMap<String, Field>>,
    inputs: HashMap<String, HashMap<String, Input>>,
    one_of: HashSet<String>,
    enums: HashMap<String, HashSet<String>>,
    objects: HashSet<String>,
}

impl Types {
    /// Reads the contract from its own text.
    pub fn read(sdl: &str) -> Result<Self> {
        let document = async_graphql_parser::parse_schema(sdl)
            .map_err(|e| Error::internal(format!("the schema cannot be read back: {e}")))?;
        let mut types = Self::default();
        for definition in document.definitions {
            let TypeSystemDefinition::Type(definition) = definition else { continue };
            let definition = definition.node;
            let name = definition.name.node.to_string();
            match definition.kind {
                TypeKind::Object(ObjectType { fields, .. }) => {
                    types.objects.insert(name.clone());
                    types.fields.insert(name, fields.into_iter().map(|f| field(f.node)).collect());
                }
                TypeKind::Interface(interface) => {
                    types.fields.insert(name, interface.fields.into_iter().map(|f| field(f.node)).collect());
                }
                TypeKind::InputObject(input) => {
                    if definition.directives.iter().any(|d| d.node.name.node == "oneOf") {
                        types.one_of.insert(name.clone());
                    }
                    types.inputs.insert(name, input.fields.into_iter().map(|f| input_value(f.node)).collect());
                }
                TypeKind::Enum(values) => {
                    types
                        .enums
                        .insert(name, values.values.into_iter().map(|v| v.node.value.node.to_string()).collect());
                }
                TypeKind::Scalar | TypeKind::Union(_) => {}
            }
        }
        Ok(types)
    }

    /// The field of an object or interface. `None` for what the contract does not know, introspection included.
    pub fn field(&self, parent: &str, name: &str) -> Option<&Field> {
        self.fields.get(parent)?.get(name)
    }

    /// The names of its fields, in no order.
    pub fn field_names(&self, parent: &str) -> impl Iterator<Item = &String> {
        self.fields.get(parent).into_iter().flat_map(HashMap::keys)
    }

    /// Whether it is an object: two different objects never answer the same selection.
    pub fn is_object(&self, name: &str) -> bool {
        self.objects.contains(name)
    }

    /// Whether values of this type are given as a whole, without a selection.
    pub fn is_leaf(&self, name: &str) -> bool {
        !self.fields.contains_key(name)
    }

    /// The fields of an input object.
    pub fn input(&self, name: &str) -> Option<&HashMap<String, Input>> {
        self.inputs.get(name)
    }

    /// Whether exactly one field of this input object must be given.
    pub fn is_one_of(&self, name: &str) -> bool {
        self.one_of.contains(name)
    }

    /// The values of an enum.
    pub fn enum_values(&self, name: &str) -> Option<&HashSet<String>> {
        self.enums.get(name)
    }
}

fn field(definition: FieldDefinition) -> (String, Field) {
    let arguments = definition.arguments.into_iter().map(|a| input_value(a.node)).collect();
    (definition.name.node.to_string(), Field { ty: definition.ty.node, arguments })
}

fn input_value(definition: InputValueDefinition) -> (String, Input) {
    let input = Input { has_default: definition.default_value.is_some(), ty: definition.ty.node };
    (definition.name.node.to_string(), input)
}

/// The name inside all lists.
pub fn named(ty: &Type) -> &Name {
    match &ty.base {
        BaseType::Named(name) => name,
        BaseType::List(inner) => named(inner),
    }
}

/// Whether any number of values may come.
pub fn is_list(ty: &Type) -> bool {
    matches!(ty.base, BaseType::List(_))
}
