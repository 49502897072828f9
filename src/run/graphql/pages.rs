//! Pages of rows, as every list of the contract has them.

use async_graphql::SimpleObject;
use async_graphql::connection::{Connection, Edge, EmptyFields};

use crate::error::Result;
use crate::graphql::paging::{List, PageArguments};

/// A page of rows.
pub type Rows<N> = Connection<String, N, Total, EmptyFields>;

/// Rows with what a client needs to page through them.
pub fn connect<T, N, F>(list: &List, page: &PageArguments, rows: &[T], node: F) -> Result<Rows<N>>
where
    N: async_graphql::OutputType + async_graphql::ObjectType,
    F: Fn(&T) -> N,
{
    let range = list.page(page)?;
    let shown: Vec<N> = rows.get(range.clone()).unwrap_or_default().iter().map(node).collect();
    Ok(Page { list: list.clone(), range }.connect(shown))
}

/// One page of a list of which only the rows of the page were read.
#[derive(Debug, Clone)]
pub struct Page {
    /// The list as it was asked for.
    pub list: List,
    /// Positions of the rows.
    pub range: std::ops::Range<usize>,
}

impl Page {
    /// The page as a connection. `rows` are those of the range.
    pub fn connect<N>(self, rows: impl IntoIterator<Item = N>) -> Rows<N>
    where
        N: async_graphql::OutputType + async_graphql::ObjectType,
    {
        let total = self.list.total();
        let mut connection = Connection::with_additional_fields(
            self.range.start > 0,
            self.range.end < total,
            Total { total_count: i64::try_from(total).unwrap_or(i64::MAX) },
        );
        let edges = self.range.zip(rows).map(|(at, row)| Edge::new(self.list.cursor(at), row));
        connection.edges.extend(edges);
        connection
    }
}

/// What every connection says beside its rows.
#[derive(SimpleObject, Debug, Clone, Copy)]
#[graphql(name = "Total")]
pub struct Total {
    /// Rows of the whole list, before paging.
    pub total_count: i64,
}
