//! What is checked of a document before anything runs.
//!
//! The library walks every fragment once for each place where it is spread, accepts a field that two fragments define
//! differently, and finds out about a wrong variable only while it executes. So a document first passes here: its
//! text ([`text`]), its cost ([`cost`]), its names ([`names`]), its values ([`values`]) and its merged fields ([`merge`]). None of it needs
//! the database.

pub mod cost;
mod merge;
pub mod names;
pub mod text;
pub mod types;
mod values;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use async_graphql_parser::types::{ExecutableDocument, OperationDefinition, OperationType};
use async_graphql_value::ConstValue;

use self::cost::Cost;
use self::types::Types;
use crate::config::QueryLimits;
use crate::error::Result;

/// Variables by name, as the client gave them.
pub type Variables = HashMap<String, ConstValue>;

/// The type at the root of an operation.
fn root(ty: OperationType) -> &'static str {
    match ty {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// Everything that can be said of a parsed document without running it.
pub fn check(
    types: &Types,
    limits: &QueryLimits,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<Cost> {
    // The cost comes first: it bounds the work of the checks after it.
    let cost = cost::check(types, limits, document, variables)?;
    values::check(types, document, operation, variables)?;
    merge::check(types, document)?;
    Ok(cost)
}
