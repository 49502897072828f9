//! Refused rows of the inputs of a run, counted by reason.
//!
//! A reason may quote what stood in the cell. Quotations and numbers are taken out before anything is counted, so no
//! content of a refused row is shown.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text};

use crate::db::While;
use crate::error::Result;

/// Refused rows of one version with one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRows {
    /// The dataset version.
    pub version: i32,
    /// Its dataset.
    pub dataset: String,
    /// Why, without what stood in the cells.
    pub reason: String,
    /// How many.
    pub count: i64,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Integer)]
    version_id: i32,
    #[diesel(sql_type = Text)]
    dataset: String,
    #[diesel(sql_type = Text)]
    reason: String,
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Refused rows of everything that a run has read, by version and reason.
pub fn refused_rows(conn: &mut PgConnection, run: i32) -> Result<Vec<RefusedRows>> {
    let counted: Vec<Counted> = diesel::sql_query(
        "SELECT refused.version_id, version.dataset, refused.reason, count(*) AS count \
           FROM refused_row AS refused \
           JOIN dataset_version AS version ON version.id = refused.version_id \
           JOIN run_input AS input ON input.version_id = refused.version_id \
          WHERE input.run_id = $1 \
          GROUP BY 1, 2, 3 ORDER BY 1, 3",
    )
    .bind::<Integer, _>(run)
    .load(conn)
    .doing("counting refused rows")?;
    let mut sums = BTreeMap::<(i32, String, String), i64>::new();
    for row in counted {
        *sums.entry((row.version_id, row.dataset, without_content(&row.reason))).or_default() += row.count;
    }
    let one = |((version, dataset, reason), count)| RefusedRows { version, dataset, reason, count };
    Ok(sums.into_iter().map(one).collect())
}

/// The reason without quotations and numbers.
fn without_content(reason: &str) -> String {
    let mut text = String::with_capacity(reason.len());
    for (at, part) in reason.split('"').enumerate() {
        if at % 2 == 1 {
            text.push('…');
            continue;
        }
        let mut in_number = false;
        for c in part.chars() {
            match (c.is_ascii_digit(), in_number) {
                (true, false) => text.push('…'),
                (true, true) => {}
                (false, _) => text.push(c),
            }
            in_number = c.is_ascii_digit();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_loses_what_it_quotes_and_keeps_what_it_says() {
        assert_eq!(without_content("\"서울 010-1234\" is not a day"), "… is not a day");
        assert_eq!(without_content("the amount -512 is negative"), "the amount -… is negative");
        assert_eq!(
            without_content("\"a \"b\" is not a number"),
            "…b…",
            "a quotation that does not close hides the rest"
        );
    }
}
