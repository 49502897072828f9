//! Demands of departments: how they are filed and read.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::change::{self, Kept, Outcome, Wish};
use crate::db::Db;
use crate::error::Result;
use crate::graphql::faults::{Faults, filled};
use crate::graphql::paging::{List, PageArguments};
use crate::graphql::scalars::Date;
use crate::graphql::user_error::UserError;
use crate::graphql::{data, ids};
use crate::ideas::demands::{Demand, NewDemand, demand_file, demand_list};
use crate::ideas::rules::{LONGEST_LINE, LONGEST_TEXT, data_faults};
use crate::keys::{Asker, Scope};
use crate::run::graphql::{Rows, connect, note_fleeting, seoul};

/// What a department needs (데이터 수요).
#[derive(Debug)]
pub struct DataDemandNode(Demand);

/// What a department needs (데이터 수요). Personal data in its texts are masked.
#[Object(name = "DataDemand")]
impl DataDemandNode {
    /// Opaque id of the demand.
    async fn id(&self) -> ID {
        ids::encode("DataDemand", &self.0.number.to_string())
    }

    /// Which department.
    async fn department(&self) -> &str {
        &self.0.department
    }

    /// What it needs, in one line.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What for.
    async fn purpose(&self) -> &str {
        &self.0.purpose
    }

    /// Which data.
    #[graphql(name = "data")]
    async fn names(&self) -> Vec<&str> {
        self.0.data.iter().flatten().map(String::as_str).collect()
    }

    /// Which analysis of them.
    async fn analysis(&self) -> &str {
        &self.0.analysis
    }

    /// By when. Null when it does not matter.
    async fn needed_on(&self) -> Option<Date> {
        self.0.needed_on.map(Date)
    }

    /// When it was filed.
    async fn filed_at(&self) -> DateTime<FixedOffset> {
        seoul(self.0.filed_at)
    }
}

/// A demand of a department.
#[derive(InputObject, Debug, Serialize)]
#[graphql(name = "SubmitDataDemandInput")]
pub struct SubmitDataDemandInput {
    /// Chosen by the client, new for each demand, 8 to 100 signs such as a UUID: sent again with the same input it gives
    /// the same answer and files nothing twice.
    #[serde(skip)]
    idempotency_key: String,
    /// Which department, at most 200 characters.
    department: String,
    /// What it needs, in one line of at most 200 characters.
    title: String,
    /// What for, at most 5,000 characters.
    purpose: String,
    /// Which data, 1 to 20 names.
    data: Vec<String>,
    /// Which analysis of them, at most 5,000 characters.
    analysis: String,
    /// By when.
    #[serde(serialize_with = "as_text")]
    needed_on: Option<Date>,
    /// How to reach you, at most 200 characters. Never shown, and dropped after its time.
    contact: Option<String>,
}

fn as_text<S: serde::Serializer>(day: &Option<Date>, to: S) -> std::result::Result<S::Ok, S::Error> {
    day.map(|day| day.0.to_string()).serialize(to)
}

/// What came of filing a demand.
#[derive(SimpleObject, Debug)]
#[graphql(name = "SubmitDataDemandPayload")]
pub struct SubmitDataDemandPayload {
    /// The demand as it is shown; null when it was not filed.
    demand: Option<DataDemandNode>,
    /// Why it was not filed; empty when it was.
    user_errors: Vec<UserError>,
}

/// Root fields about demands.
#[derive(Default)]
pub struct DemandQuery;

/// Root fields about demands.
#[Object]
impl DemandQuery {
    /// What departments need, newest first (데이터 수요조사). Needs a key with the scope `read-internal`.
    async fn data_demands(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 when neither first nor last is given.")] first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100; not together with first.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Rows<DataDemandNode>>> {
        let answer = async {
            note_fleeting(ctx);
            data::<Asker>(ctx)?.require(Scope::ReadInternal)?;
            let demands = data::<Db>(ctx)?.run(demand_list).await?;
            let newest = demands.first().map_or(0, |demand| demand.number);
            let list = List::new(&format!("dataDemands {newest}"), demands.len());
            connect(&list, &PageArguments { first, after, last, before }, &demands, |d| DataDemandNode(d.clone()))
        };
        Some(answer.await)
    }
}

/// What may be changed about demands.
#[derive(Default)]
pub struct DemandMutation;

/// What may be changed about demands.
#[Object]
impl DemandMutation {
    /// Files what a department needs: data, and the analysis of them (데이터 수요 제출). Needs a key with the scope `write`.
    async fn submit_data_demand(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The demand.")] input: SubmitDataDemandInput,
    ) -> Option<Result<SubmitDataDemandPayload>> {
        Some(submit(ctx, input).await)
    }
}

async fn submit(ctx: &Context<'_>, input: SubmitDataDemandInput) -> Result<SubmitDataDemandPayload> {
    let asker = change::asker_with(ctx, Scope::Write)?;
    let wish = Wish::new("submitDataDemand", &input.idempotency_key, &input)?;
    let contact = filled(input.contact);
    let mut faults = Faults::default();
    faults.text("department", &input.department, LONGEST_LINE);
    faults.text("title", &input.title, LONGEST_LINE);
    faults.text("purpose", &input.purpose, LONGEST_TEXT);
    data_faults(&mut faults, "data", &input.data, 1);
    faults.text("analysis", &input.analysis, LONGEST_TEXT);
    faults.optional("contact", contact.as_deref(), LONGEST_LINE);
    if !faults.is_empty() {
        return Ok(SubmitDataDemandPayload { demand: None, user_errors: faults.found() });
    }
    let new = NewDemand {
        department: input.department,
        title: input.title,
        purpose: input.purpose,
        data: input.data,
        analysis: input.analysis,
        needed_on: input.needed_on.map(|day| day.0),
        contact,
    };
    let kept: Outcome<Kept<Demand>> =
        change::writer(ctx)?.once(&asker, wish, move |act| demand_file(act, &new)).await?;
    Ok(match kept {
        Ok(kept) => SubmitDataDemandPayload { demand: Some(DataDemandNode(kept.answer)), user_errors: Vec::new() },
        Err(user_errors) => SubmitDataDemandPayload { demand: None, user_errors },
    })
}
