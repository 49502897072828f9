//! The roles of the database, one for each kind of work, and their rights.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::{While, in_transaction};
use crate::error::{Error, Kind, Result};

/// What each role may do, table by table; see the file.
const ROLES: &str = include_str!("roles.sql");

/// Makes the roles that are missing and sets the rights of all of them anew.
pub fn set(conn: &mut PgConnection) -> Result<()> {
    in_transaction(conn, |conn| {
        conn.batch_execute(ROLES).map_err(|e| {
            Error::new(
                Kind::Internal,
                "The roles could not be made or their rights not be set. The first time this needs an administrator of the database, later the owner of its tables.",
            )
            .with_log(format!("while setting the rights of the roles: {e}"))
        })
    })
}

/// How many tables lack the rights that [`set`] gives, because they were made after it; `None` where nobody has set any.
/// The roles are those of the whole server, so that they exist says nothing about this database.
pub fn tables_without_rights(conn: &mut PgConnection) -> Result<Option<i64>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        in_use: bool,
        #[diesel(sql_type = BigInt)]
        without: i64,
    }
    // Of every table dj_backup may read something, and whoever has a right stands in the list of the table.
    let row: Row = diesel::sql_query(
        "SELECT coalesce(bool_or(pg_get_userbyid(c.relowner) = 'dj_migrator'), false) AS in_use, \
                count(*) FILTER (WHERE NOT EXISTS (SELECT FROM aclexplode(c.relacl) AS given \
                                                    WHERE pg_get_userbyid(given.grantee) = 'dj_backup')) AS without \
           FROM pg_class AS c \
           JOIN pg_namespace AS n ON n.oid = c.relnamespace \
          WHERE n.nspname IN ('public', 'personal') AND c.relkind = 'r' \
            AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')",
    )
    .get_result(conn)
    .doing("looking at the rights of the roles")?;
    Ok(row.in_use.then_some(row.without))
}
