//! Ideas and decisions about them in the database.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use super::calls::Call;
use super::rules::idea_limit;
use crate::change::personal::{Contribution, Words};
use crate::change::{Act, Done, Outcome};
use crate::db::While;
use crate::db::schema::{idea_call, idea_decision, policy_idea};
use crate::error::{Result, both};
use crate::graphql::user_error::{UserError, UserErrorCode};

/// An idea as somebody brings it forward.
#[derive(Debug, Clone)]
pub struct NewIdea {
    /// The call that it answers; none for the one that is open.
    pub call: Option<i32>,
    /// Name of the topic.
    pub topic: String,
    /// What it is, in one line.
    pub title: String,
    /// What it is, in full.
    pub description: String,
    /// Public data that it combines.
    pub public_data: Vec<String>,
    /// Data of companies that it combines.
    pub private_data: Vec<String>,
    /// How to reach whoever brings it forward.
    pub contact: Option<String>,
    /// It comes with a key.
    pub with_key: bool,
}

/// An idea as it may be shown.
#[derive(Debug, Clone, Serialize, Deserialize, QueryableByName)]
pub struct Idea {
    /// Its number.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// The call that it answers.
    #[diesel(sql_type = Integer)]
    pub call: i32,
    /// Name of the topic.
    #[diesel(sql_type = Text)]
    pub topic: String,
    /// What it is, in one line, masked.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// What it is, in full, masked.
    #[diesel(sql_type = Text)]
    pub description: String,
    /// Public data that it combines, masked.
    #[diesel(sql_type = Array<Text>)]
    pub public_data: Vec<String>,
    /// Data of companies that it combines, masked.
    #[diesel(sql_type = Array<Text>)]
    pub private_data: Vec<String>,
    /// When it was filed.
    #[diesel(sql_type = Timestamptz)]
    pub filed_at: DateTime<Utc>,
    /// `PUBLISHED`, `DECLINED` or `WITHDRAWN`; none while it waits.
    #[diesel(sql_type = Nullable<Text>)]
    pub decision: Option<String>,
    /// Why it was decided so.
    #[diesel(sql_type = Nullable<Text>)]
    pub note: Option<String>,
    /// When it was decided.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub decided_at: Option<DateTime<Utc>>,
}

/// Files an idea in a call that is open.
pub fn idea_file(act: &mut Act<'_>, new: &NewIdea, today: NaiveDate) -> Result<Outcome<Done<Idea>>> {
    act.one_at_a_time(Contribution::PolicyIdea)?;
    let call = match open_call(act.conn, new.call, today)? {
        Ok(call) => call,
        Err(closed) => return Ok(Err(vec![closed])),
    };
    if let Some(reached) = idea_limit(act.filed_within(Contribution::PolicyIdea, 24)?, new.with_key) {
        return Ok(Err(vec![reached]));
    }
    let mut words = Words::default();
    let title = words.masked("title", new.title.trim());
    let description = words.masked("description", new.description.trim());
    let public_data = words.masked_list("publicData", &new.public_data);
    let private_data = words.masked_list("privateData", &new.private_data);
    let (number, filed_at): (i32, DateTime<Utc>) = diesel::insert_into(policy_idea::table)
        .values((
            policy_idea::call.eq(call),
            policy_idea::topic.eq(&new.topic),
            policy_idea::title.eq(&title),
            policy_idea::description.eq(&description),
            policy_idea::public_data.eq(&public_data),
            policy_idea::private_data.eq(&private_data),
            policy_idea::receipt.eq(act.receipt_digest.to_vec()),
        ))
        .returning((policy_idea::number, policy_idea::filed_at))
        .get_result(act.conn)
        .doing("filing an idea")?;
    act.keep_apart(Contribution::PolicyIdea, number, words, new.contact.as_deref())?;
    let idea = Idea {
        number,
        call,
        topic: new.topic.clone(),
        title,
        description,
        public_data,
        private_data,
        filed_at,
        decision: None,
        note: None,
        decided_at: None,
    };
    Ok(Ok(Done::new(idea, format!("idea {number}"))))
}

fn open_call(
    conn: &mut PgConnection,
    wanted: Option<i32>,
    today: NaiveDate,
) -> Result<std::result::Result<i32, UserError>> {
    let mut calls = idea_call::table.select(Call::as_select()).order(idea_call::number.desc()).into_boxed();
    if let Some(number) = wanted {
        calls = calls.filter(idea_call::number.eq(number));
    }
    let calls: Vec<Call> = calls.load(conn).doing("looking for the open call")?;
    if let Some(open) = calls.iter().find(|call| call.is_open(today)) {
        return Ok(Ok(open.number));
    }
    let said = match (wanted, calls.first()) {
        (Some(_), None) => {
            let said = both(
                "There is no such call; policyIdeaCalls lists them.",
                "그런 공모가 없습니다. 공모는 policyIdeaCalls에 있습니다.",
            );
            return Ok(Err(UserError::new(&["input", "call"], UserErrorCode::NotFound, said)));
        }
        (Some(_), Some(call)) => both(
            format!("This call takes ideas from {} to {} only.", call.opens_on, call.closes_on),
            format!("이 공모는 {}부터 {}까지만 접수합니다.", call.opens_on, call.closes_on),
        ),
        (None, _) => both("No call is open at the moment.", "지금 진행 중인 공모가 없습니다."),
    };
    Ok(Err(UserError::new(&["input", "call"], UserErrorCode::Closed, said)))
}

/// What somebody decides about an idea.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Everybody may read it.
    Published,
    /// Nobody may read it.
    Declined,
    /// Whoever has filed it takes it back.
    Withdrawn,
}

impl Decision {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "PUBLISHED",
            Self::Declined => "DECLINED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

/// Decides about an idea. One that was withdrawn stays withdrawn.
pub fn idea_decide(
    act: &mut Act<'_>,
    number: i32,
    decision: Decision,
    note: Option<&str>,
) -> Result<Outcome<Done<Idea>>> {
    act.one_at_a_time(Contribution::PolicyIdea)?;
    let wrong = |code, en: &str, ko: &str| Ok(Err(vec![UserError::new(&["input", "idea"], code, both(en, ko))]));
    let Some(idea) = idea_find(act.conn, number)? else {
        return wrong(UserErrorCode::NotFound, "There is no such idea.", "그런 아이디어가 없습니다.");
    };
    match idea.decision.as_deref() {
        Some("WITHDRAWN") => {
            return wrong(
                UserErrorCode::Conflict,
                "Whoever has filed this idea has withdrawn it.",
                "제출한 사람이 철회한 아이디어입니다.",
            );
        }
        Some(already) if already == decision.name() => {
            return wrong(UserErrorCode::Conflict, "This is decided already.", "이미 그렇게 결정된 아이디어입니다.");
        }
        _ => {}
    }
    diesel::insert_into(idea_decision::table)
        .values((
            idea_decision::idea.eq(number),
            idea_decision::decision.eq(decision.name()),
            idea_decision::note.eq(note),
        ))
        .execute(act.conn)
        .doing("deciding about an idea")?;
    if decision == Decision::Withdrawn {
        act.forget_words(Contribution::PolicyIdea, number)?;
    }
    let (decision, note, decided_at) = (Some(decision.name().to_owned()), note.map(str::to_owned), Some(Utc::now()));
    let detail = serde_json::json!({"decision": decision});
    let idea = Idea { decision, note, decided_at, ..idea };
    Ok(Ok(Done { answer: idea, subject: format!("idea {number}"), detail }))
}

/// The number of the idea to which the receipt with this digest belongs.
pub fn idea_of_receipt(conn: &mut PgConnection, receipt: &[u8; 32]) -> Result<Option<i32>> {
    policy_idea::table
        .filter(policy_idea::receipt.eq(receipt.to_vec()))
        .select(policy_idea::number)
        .first(conn)
        .optional()
        .doing("looking for an idea")
}

/// Ideas with the newest decision about each, of which some are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of this call only.
    pub call: Option<i32>,
    /// Of these topics only; all when empty.
    pub topics: Vec<String>,
    /// With this decision; none for those that wait.
    pub decision: Option<&'static str>,
}

const IDEAS: &str = include_str!("ideas.sql");

fn idea_find(conn: &mut PgConnection, number: i32) -> Result<Option<Idea>> {
    diesel::sql_query(format!("{IDEAS} WHERE idea.number = $1"))
        .bind::<Integer, _>(number)
        .get_result(conn)
        .optional()
        .doing("reading an idea")
}

/// How many ideas are wanted, with a number that changes whenever any of the list does.
pub fn idea_count(conn: &mut PgConnection, wanted: &Wanted) -> Result<(usize, i64)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        total: i64,
        #[diesel(sql_type = BigInt)]
        state: i64,
    }
    let row: Row = bind(
        "SELECT count(*) AS total, \
                (SELECT count(*) FROM idea_decision) + (SELECT count(*) FROM policy_idea) AS state \
           FROM (",
        ") AS wanted",
        wanted,
    )
    .get_result(conn)
    .doing("counting the ideas")?;
    Ok((usize::try_from(row.total).unwrap_or(0), row.state))
}

/// Some of the wanted ideas, those decided or filed last first.
pub fn idea_list(conn: &mut PgConnection, wanted: &Wanted, range: std::ops::Range<usize>) -> Result<Vec<Idea>> {
    let end = format!(
        " ORDER BY coalesce(decided.decided_at, idea.filed_at) DESC, idea.number DESC LIMIT {} OFFSET {}",
        range.len(),
        range.start
    );
    bind("", &end, wanted).load(conn).doing("reading the ideas")
}

type Bound = diesel::query_builder::BoxedSqlQuery<'static, diesel::pg::Pg, diesel::query_builder::SqlQuery>;

fn bind(before: &str, after: &str, wanted: &Wanted) -> Bound {
    let filter = "WHERE ($1 IS NULL OR idea.call = $1) AND (cardinality($2) = 0 OR idea.topic = ANY ($2)) \
                    AND decided.decision IS NOT DISTINCT FROM $3";
    diesel::sql_query(format!("{before}{IDEAS} {filter}{after}"))
        .into_boxed()
        .bind::<Nullable<Integer>, _>(wanted.call)
        .bind::<Array<Text>, _>(wanted.topics.clone())
        .bind::<Nullable<Text>, _>(wanted.decision)
}
