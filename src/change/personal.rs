//! What is personal in a contribution, apart from everything that is shown: who filed it, and the words as written.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Interval, Jsonb, Nullable, Text, Timestamptz};

use super::Act;
use crate::audit::Actor;
use crate::db::While;
use crate::error::Result;
use crate::text::mask::mask;

/// What somebody contributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contribution {
    /// A request for Wi-Fi.
    WifiRequest,
    /// An idea for a policy.
    PolicyIdea,
    /// A demand of a department for data.
    DataDemand,
}

impl Contribution {
    fn name(self) -> &'static str {
        match self {
            Self::WifiRequest => "wifi_request",
            Self::PolicyIdea => "policy_idea",
            Self::DataDemand => "data_demand",
        }
    }
}

/// Texts as they were written, on their way apart; what is shown of each is masked.
#[derive(Debug, Default)]
pub struct Words(serde_json::Map<String, serde_json::Value>);

impl Words {
    /// Keeps a text under the name of its field, and hands back what may be shown of it.
    pub fn masked(&mut self, field: &str, text: &str) -> String {
        self.0.insert(field.to_owned(), text.into());
        mask(text).text
    }

    /// The same with a list of texts.
    pub fn masked_list(&mut self, field: &str, texts: &[String]) -> Vec<String> {
        self.0.insert(field.to_owned(), texts.into());
        texts.iter().map(|text| mask(text.trim()).text).collect()
    }
}

impl Act<'_> {
    /// Keeps who has filed this and what was written, apart.
    pub fn keep_apart(&mut self, kind: Contribution, number: i32, words: Words, contact: Option<&str>) -> Result<()> {
        diesel::sql_query(
            "INSERT INTO personal.contribution (kind, number, actor, texts, contact) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind::<Text, _>(kind.name())
        .bind::<Integer, _>(number)
        .bind::<Text, _>(self.actor.as_str())
        .bind::<Jsonb, _>(serde_json::Value::Object(words.0))
        .bind::<Nullable<Text>, _>(contact)
        .execute(self.conn)
        .map(drop)
        .doing("keeping a contribution's words apart")
    }

    /// Drops the words of a contribution that was withdrawn. Who filed it stays until its time is over, so that nobody
    /// escapes a limit by withdrawing.
    pub fn forget_words(&mut self, kind: Contribution, number: i32) -> Result<()> {
        diesel::sql_query(
            "UPDATE personal.contribution SET texts = NULL, contact = NULL WHERE kind = $1 AND number = $2",
        )
        .bind::<Text, _>(kind.name())
        .bind::<Integer, _>(number)
        .execute(self.conn)
        .map(drop)
        .doing("dropping a contribution's words")
    }

    /// How many of a kind the asker has filed within the last hours.
    pub fn filed_within(&mut self, kind: Contribution, hours: i32) -> Result<i64> {
        filed_within(self.conn, kind, self.actor, hours)
    }

    /// One contribution of a kind at a time: whoever counts is not overtaken by another.
    pub fn one_at_a_time(&mut self, kind: Contribution) -> Result<()> {
        diesel::sql_query("SELECT pg_advisory_xact_lock(hashtext('dongjak contribution ' || $1))")
            .bind::<Text, _>(kind.name())
            .execute(self.conn)
            .map(drop)
            .doing("waiting for another contribution")
    }
}

fn filed_within(conn: &mut PgConnection, kind: Contribution, actor: &Actor, hours: i32) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        filed: i64,
    }
    let row: Row = diesel::sql_query(
        "SELECT count(*) AS filed FROM personal.contribution \
          WHERE kind = $1 AND actor = $2 AND filed_at > now() - $3",
    )
    .bind::<Text, _>(kind.name())
    .bind::<Text, _>(actor.as_str())
    .bind::<Interval, _>(diesel::data_types::PgInterval::from_microseconds(i64::from(hours) * 3_600_000_000))
    .get_result(conn)
    .doing("counting what was filed")?;
    Ok(row.filed)
}

/// What was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped {
    /// Contributions whose words and sender are gone.
    pub contributions: usize,
    /// Answers that are not given again any more.
    pub answers: usize,
}

/// Drops whatever is personal of contributions that were filed before a time, and the answers given before it.
pub fn drop_personal(conn: &mut PgConnection, before: DateTime<Utc>) -> Result<Dropped> {
    let mut delete =
        |sql: &str, what: &str| diesel::sql_query(sql).bind::<Timestamptz, _>(before).execute(conn).doing(what);
    Ok(Dropped {
        contributions: delete(
            "DELETE FROM personal.contribution WHERE filed_at < $1",
            "dropping what is personal in contributions",
        )?,
        answers: delete("DELETE FROM change_answer WHERE answered_at < $1", "dropping old answers")?,
    })
}
