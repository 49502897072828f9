//! `dongjak doctor`: what works, what does not, and what to do about it.

use diesel::prelude::*;

use super::say;
use crate::childcare::dictionary;
use crate::config::Settings;
use crate::db::{self, While, migrate, roles};
use crate::error::{Error, Result};
use crate::run::Analysis;
use crate::run::record::run_list;

/// PostGIS that has every function which the queries use (`ST_SquareGrid` came with 3.1).
const OLDEST_POSTGIS: (u32, u32) = (3, 1);

/// Checks everything and fails when something needs to be done.
pub fn command(settings: &Settings) -> Result<()> {
    // The settings were read and checked before this line could run.
    let mut findings =
        vec![Ok(format!("settings: {}:{}, district {}", settings.host, settings.port, settings.district))];
    match settings.required_database_url().and_then(db::connect) {
        Ok(mut conn) => {
            findings.push(Ok("database: answers".to_owned()));
            findings.push(postgis(&mut conn));
            findings.push(form(&mut conn));
            findings.push(rights(&mut conn));
            findings.push(published(&mut conn));
        }
        Err(error) => findings.push(Err(error)),
    }
    findings
        .push(dictionary::tokeniser(settings).map(|_| format!("dictionary: {}", settings.dictionary_dir().display())));
    let mut wrong = 0;
    for finding in &findings {
        match finding {
            Ok(fact) => say::line(&format!("ok     {fact}")),
            Err(error) => {
                wrong += 1;
                say::line(&format!("to do  {}", error.outside()));
            }
        }
    }
    if wrong == 0 {
        Ok(())
    } else {
        Err(Error::bad_input(format!("{wrong} of {} checks ask for something to be done.", findings.len())))
    }
}

fn postgis(conn: &mut PgConnection) -> Result<String> {
    #[derive(QueryableByName)]
    struct Versions {
        #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
        postgis: Option<String>,
        #[diesel(sql_type = diesel::sql_types::Text)]
        server: String,
    }
    let found: Versions = diesel::sql_query(
        "SELECT (SELECT extversion FROM pg_extension WHERE extname = 'postgis') AS postgis, current_setting('server_version') AS server",
    )
    .get_result(conn)
    .doing("asking for the versions")?;
    let Some(postgis) = found.postgis else {
        return Err(Error::bad_input(
            "PostGIS is not in this database. Run `dongjak migrate`; if that fails, let an administrator run CREATE EXTENSION postgis.",
        ));
    };
    let mut numbers = postgis.split('.').filter_map(|n| n.parse::<u32>().ok());
    if (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < OLDEST_POSTGIS {
        return Err(Error::bad_input(format!("PostGIS {postgis} is too old; version 3.1 or newer is needed.")));
    }
    Ok(format!("PostgreSQL {} with PostGIS {postgis}", found.server))
}

fn form(conn: &mut PgConnection) -> Result<String> {
    match migrate::pending(conn)? {
        0 => Ok("migrations: all applied".to_owned()),
        n => Err(Error::bad_input(format!("{n} migrations are waiting. Run `dongjak migrate`."))),
    }
}

fn rights(conn: &mut PgConnection) -> Result<String> {
    match roles::tables_without_rights(conn)? {
        None => Ok("roles: not in use; one role does everything".to_owned()),
        Some(0) => Ok("roles: their rights are set for every table".to_owned()),
        Some(n) => Err(Error::bad_input(format!(
            "{n} tables were made after the rights of the roles were set. Run `dongjak roles` as dj_migrator or as an administrator of the database."
        ))),
    }
}

fn published(conn: &mut PgConnection) -> Result<String> {
    if migrate::pending(conn)? > 0 {
        return Ok("runs: not looked at before the migrations".to_owned());
    }
    let runs = run_list(conn)?;
    let states = Analysis::ALL.map(|analysis| {
        let count = runs.iter().filter(|run| run.analysis == analysis.name() && run.audience.is_some()).count();
        format!("{} {count}", analysis.name())
    });
    Ok(format!("published runs: {}", states.join(", ")))
}
