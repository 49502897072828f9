//! Reads what is published.

use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Publication;
use crate::db::While;
use crate::error::Result;
use crate::run::catalog::Catalog;

/// The statement that gives the key of what is published.
pub(super) const KEY: &str = include_str!("key.sql");

/// What is published now; the one that is known already where nothing has changed.
pub(super) fn load(conn: &mut PgConnection, known: Option<Arc<Publication>>) -> Result<Arc<Publication>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        key: String,
    }
    let digest = |conn: &mut PgConnection| -> Result<String> {
        let row: Row = diesel::sql_query(KEY).get_result(conn).doing("asking what is published")?;
        Ok(row.key)
    };
    let mut key = digest(conn)?;
    if let Some(known) = known.filter(|known| known.key == key) {
        return Ok(known);
    }
    // The lists are read after the digest. If it has changed meanwhile they may be a mixture, so they are read again.
    loop {
        let public = Catalog::load(conn)?;
        let after = digest(conn)?;
        if after == key {
            let internal = Arc::new(public.for_signed_in());
            return Ok(Arc::new(Publication { key, public: Arc::new(public), internal }));
        }
        key = after;
    }
}
