//! Demands of departments in the database.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::rules::demand_limit;
use crate::change::personal::{Contribution, Words};
use crate::change::{Act, Done, Outcome};
use crate::db::While;
use crate::db::schema::data_demand;
use crate::error::Result;

/// A demand as a department brings it forward.
#[derive(Debug, Clone)]
pub struct NewDemand {
    /// Which department.
    pub department: String,
    /// What it needs, in one line.
    pub title: String,
    /// What for.
    pub purpose: String,
    /// Which data.
    pub data: Vec<String>,
    /// Which analysis of them.
    pub analysis: String,
    /// By when.
    pub needed_on: Option<NaiveDate>,
    /// How to reach whoever has written it.
    pub contact: Option<String>,
}

/// A demand as it may be shown.
#[derive(Debug, Clone, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = data_demand)]
pub struct Demand {
    /// Its number.
    pub number: i32,
    /// Which department.
    pub department: String,
    /// What it needs, in one line, masked.
    pub title: String,
    /// What for, masked.
    pub purpose: String,
    /// Which data, masked.
    pub data: Vec<Option<String>>,
    /// Which analysis of them, masked.
    pub analysis: String,
    /// By when.
    pub needed_on: Option<NaiveDate>,
    /// When it was filed.
    pub filed_at: DateTime<Utc>,
}

/// Files a demand.
pub fn demand_file(act: &mut Act<'_>, new: &NewDemand) -> Result<Outcome<Done<Demand>>> {
    act.one_at_a_time(Contribution::DataDemand)?;
    if let Some(reached) = demand_limit(act.filed_within(Contribution::DataDemand, 24)?) {
        return Ok(Err(vec![reached]));
    }
    let mut words = Words::default();
    let demand: Demand = diesel::insert_into(data_demand::table)
        .values((
            data_demand::department.eq(words.masked("department", new.department.trim())),
            data_demand::title.eq(words.masked("title", new.title.trim())),
            data_demand::purpose.eq(words.masked("purpose", new.purpose.trim())),
            data_demand::data.eq(words.masked_list("data", &new.data)),
            data_demand::analysis.eq(words.masked("analysis", new.analysis.trim())),
            data_demand::needed_on.eq(new.needed_on),
        ))
        .returning(Demand::as_returning())
        .get_result(act.conn)
        .doing("filing a demand")?;
    act.keep_apart(Contribution::DataDemand, demand.number, words, new.contact.as_deref())?;
    let subject = format!("demand {}", demand.number);
    Ok(Ok(Done::new(demand, subject)))
}

/// Every demand, newest first.
pub fn demand_list(conn: &mut PgConnection) -> Result<Vec<Demand>> {
    data_demand::table
        .order(data_demand::number.desc())
        .select(Demand::as_select())
        .load(conn)
        .doing("reading the demands")
}
