//! From the text of a query to a request that may run. Nothing here needs the database.

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet,
};
use async_graphql::{Request, Variables};

use crate::config::QueryLimits;
use crate::error::{Error, Result, both};
use crate::graphql::check::cost::Cost;
use crate::graphql::check::names::Misfit;
use crate::graphql::check::types::Types;
use crate::graphql::check::{self, text};

/// A query as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Its text.
    pub text: String,
    /// Values of its variables.
    pub variables: serde_json::Map<String, serde_json::Value>,
    /// Which of its operations is meant.
    pub operation_name: Option<String>,
}

/// A query that may run.
pub struct Checked {
    /// For the library.
    pub request: Request,
    /// What it costs.
    pub cost: Cost,
    /// It asks about the contract only, so it needs no data.
    pub about_contract: bool,
    /// It changes something, so its answer is nobody else's and is not kept.
    pub changes: bool,
    /// It goes on and on.
    pub is_subscription: bool,
}

/// Why a query may not run.
#[derive(Debug)]
pub enum Refused {
    /// The text is no GraphQL.
    Syntax(Error),
    /// It is GraphQL, but cannot be executed.
    Document(Error),
    /// It names what the contract does not have.
    Misfit(Box<Misfit>),
    /// It would change something and was sent by GET.
    MutationByGet,
}

/// Parses and checks everything that can be checked before anything runs.
pub fn prepare(
    types: &Types,
    limits: &QueryLimits,
    query: &Query,
    by_get: bool,
) -> std::result::Result<Checked, Refused> {
    text::check(&query.text, limits).map_err(Refused::Document)?;
    let document = async_graphql::parser::parse_query(&query.text).map_err(|e| {
        let at = e.positions().next();
        let place = |text: &str| {
            at.map_or_else(String::new, |p| text.replace('L', &p.line.to_string()).replace('C', &p.column.to_string()))
        };
        Refused::Syntax(
            Error::bad_input(format!("The query is not well-formed GraphQL{}.", place(" at line L, column C")))
                .in_korean(format!("질의가 GraphQL 문법에 맞지 않습니다{}.", place(" (L행 C열)"))),
        )
    })?;
    let operation = operation(&document, query.operation_name.as_deref()).map_err(Refused::Document)?;
    if by_get && operation.ty == OperationType::Mutation {
        return Err(Refused::MutationByGet);
    }
    let variables = Variables::from_json(serde_json::Value::Object(query.variables.clone()));
    let known = variables.iter().map(|(name, value)| (name.to_string(), value.clone())).collect();
    let cost = check::check(types, limits, &document, operation, &known).map_err(Refused::Document)?;
    check::names::check(types, &document, operation).map_err(|misfit| Refused::Misfit(Box::new(misfit)))?;
    let about_contract = only_about_contract(&operation.selection_set.node);
    let changes = operation.ty == OperationType::Mutation;
    let is_subscription = operation.ty == OperationType::Subscription;
    let mut request = Request::new(query.text.clone()).variables(variables);
    if let Some(name) = &query.operation_name {
        request = request.operation_name(name);
    }
    request.set_parsed_query(document);
    Ok(Checked { request, cost, about_contract, changes, is_subscription })
}

fn only_about_contract(set: &SelectionSet) -> bool {
    set.items.iter().all(|selection| match &selection.node {
        Selection::Field(field) => field.node.name.node.starts_with("__"),
        Selection::InlineFragment(fragment) => only_about_contract(&fragment.node.selection_set.node),
        Selection::FragmentSpread(_) => false,
    })
}

fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Result<&'a OperationDefinition> {
    let unknown = |name: &str| {
        Error::bad_input(format!("The document has no operation named {name}."))
            .in_korean(format!("문서에 {name}(이)라는 작업이 없습니다."))
    };
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Ok(&operation.node),
        (DocumentOperations::Multiple(operations), Some(name)) => operations
            .iter()
            .find(|(n, _)| n.as_str() == name)
            .map(|(_, operation)| &operation.node)
            .ok_or_else(|| unknown(name)),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next().map(|operation| &operation.node).ok_or_else(|| {
                Error::bad_input(both(
                    "The document has no operation.",
                    "문서에 작업이 없습니다. query를 하나 적어 주십시오.",
                ))
            })
        }
        (DocumentOperations::Multiple(_), None) => {
            Err(Error::bad_input("The document has several operations; say which with `operationName`.")
                .in_korean("문서에 작업이 여럿입니다. `operationName`으로 하나를 고르십시오."))
        }
        (DocumentOperations::Single(_), Some(name)) => Err(unknown(name)),
    }
}
