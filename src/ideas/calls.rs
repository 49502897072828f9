//! Calls for ideas: which days ideas are taken.

use chrono::{NaiveDate, Utc};
use diesel::prelude::*;

use crate::audit::{Actor, Entry, audit_add};
use crate::db::schema::idea_call;
use crate::db::{While, in_transaction};
use crate::error::{Error, Result};
use crate::run::graphql::seoul;

/// A call as it is stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = idea_call)]
pub struct Call {
    /// Its number.
    pub number: i32,
    /// What it asks for, in Korean.
    pub title_ko: String,
    /// The same in English.
    pub title_en: String,
    /// First day.
    pub opens_on: NaiveDate,
    /// Last day.
    pub closes_on: NaiveDate,
}

impl Call {
    /// Whether ideas are taken on this day.
    pub fn is_open(&self, today: NaiveDate) -> bool {
        (self.opens_on..=self.closes_on).contains(&today)
    }
}

/// Today in Seoul.
pub fn today() -> NaiveDate {
    seoul(Utc::now()).date_naive()
}

/// Makes a call.
pub fn call_open(
    conn: &mut PgConnection,
    by: &Actor,
    (title_ko, title_en): (&str, &str),
    (opens_on, closes_on): (NaiveDate, NaiveDate),
) -> Result<Call> {
    if title_ko.trim().is_empty() || title_en.trim().is_empty() {
        return Err(Error::bad_input("A call needs a title in Korean and one in English."));
    }
    if closes_on < opens_on {
        return Err(Error::bad_input(format!("The call would close on {closes_on}, before it opens on {opens_on}.")));
    }
    in_transaction(conn, |conn| {
        let call: Call = diesel::insert_into(idea_call::table)
            .values((
                idea_call::title_ko.eq(title_ko.trim()),
                idea_call::title_en.eq(title_en.trim()),
                idea_call::opens_on.eq(opens_on),
                idea_call::closes_on.eq(closes_on),
            ))
            .returning(Call::as_returning())
            .get_result(conn)
            .doing("making a call")?;
        let detail = serde_json::json!({"opensOn": opens_on, "closesOn": closes_on});
        let subject = format!("call {}", call.number);
        audit_add(conn, &Entry { actor: by, action: "open a call", subject, detail })?;
        Ok(call)
    })
}

/// Sets the last day of a call; it may not lie before its first.
pub fn call_close(conn: &mut PgConnection, by: &Actor, number: i32, closes_on: NaiveDate) -> Result<Call> {
    in_transaction(conn, |conn| {
        let known: Option<Call> = idea_call::table
            .find(number)
            .select(Call::as_select())
            .first(conn)
            .optional()
            .doing("looking for a call")?;
        let call = known
            .ok_or_else(|| Error::bad_input(format!("There is no call {number}; `dongjak call list` lists them.")))?;
        if closes_on < call.opens_on {
            return Err(Error::bad_input(format!(
                "Call {number} opens on {}, so it cannot close before.",
                call.opens_on
            )));
        }
        let call: Call = diesel::update(idea_call::table.find(number))
            .set(idea_call::closes_on.eq(closes_on))
            .returning(Call::as_returning())
            .get_result(conn)
            .doing("closing a call")?;
        let detail = serde_json::json!({"closesOn": closes_on});
        audit_add(conn, &Entry { actor: by, action: "close a call", subject: format!("call {number}"), detail })?;
        Ok(call)
    })
}

/// Every call, newest first.
pub fn call_list(conn: &mut PgConnection) -> Result<Vec<Call>> {
    idea_call::table
        .order((idea_call::opens_on.desc(), idea_call::number.desc()))
        .select(Call::as_select())
        .load(conn)
        .doing("reading the calls")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_open_on_its_first_and_on_its_last_day() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let call =
            Call { number: 1, title_ko: "가".into(), title_en: "a".into(), opens_on: day(3), closes_on: day(5) };
        assert_eq!([2, 3, 4, 5, 6].map(|d| call.is_open(day(d))), [false, true, true, true, false]);
    }
}
